//! What owners, attesters and debtors do now and then.

use {
    super::Move,
    crate::{
        cast::key,
        chance,
        draft::{Call, call},
        scene::Scene,
    },
    upside_sdk::{
        instruction as ix,
        state::{
            Account, Approval, Claim, ClaimKind, NameTexts, Relaxation, RevenueReport,
            Transformation,
        },
    },
    upside_tests::world::ONE,
};

pub const MOVES: &[Move] = &[
    (4, relax),
    (2, announce_name),
    (2, apply_name),
    (2, set_venue),
    (2, apply_venue),
    (1, cancel_policy),
    (2, revoke_approval),
    (1, remove_attester),
    (3, transform),
    (3, report),
    (1, book_loss),
    (1, note_immovable),
];

fn relax(scene: &mut Scene) -> Option<Call> {
    let owner = scene.owner()?;
    let terms = scene.facts.token.terms;
    let taken = scene.facts.supply() + scene.facts.token.offered;
    let mut relaxation = Relaxation::default();
    match scene.rng.below(4) {
        0 => {
            relaxation.supply_cap = Some(chance::edge(&mut scene.rng, terms.supply_cap, &[taken]));
        }
        1 => relaxation.floor = Some(chance::edge(&mut scene.rng, terms.floor, &[])),
        2 => relaxation.cash_out_tax_bps = Some(scene.rng.below(5_001) as u16),
        _ => relaxation.royalty_bps = Some(scene.rng.below(5_001) as u16),
    }
    call(
        format!("{owner} relaxes {relaxation:?}"),
        ix::relax_terms(&scene.token(), relaxation),
        &[owner],
    )
}

fn announce_name(scene: &mut Scene) -> Option<Call> {
    let owner = scene.owner()?;
    let texts = NameTexts {
        name: Some("Somebody Else".into()),
        ..NameTexts::default()
    };
    let (token, payer) = (scene.token(), scene.payer());
    let announce = ix::announce_name(&token, &payer, texts);
    call(format!("{owner} announces a name"), announce, &[owner])
}

fn apply_name(scene: &mut Scene) -> Option<Call> {
    let apply = ix::apply_name(&scene.token(), &scene.payer());
    call("a name is applied", apply, &[])
}

fn set_venue(scene: &mut Scene) -> Option<Call> {
    let (owner, who) = (scene.owner()?, scene.anybody());
    let open = scene.rng.percent(60);
    call(
        format!("{owner} marks {who} as a venue: {open}"),
        ix::set_venue(&scene.token(), &key(who), open),
        &[owner],
    )
}

fn apply_venue(scene: &mut Scene) -> Option<Call> {
    let who = scene.anybody();
    let apply = ix::apply_venue(&scene.facts.key, &key(who));
    call(format!("the mark of {who} is applied"), apply, &[])
}

fn cancel_policy(scene: &mut Scene) -> Option<Call> {
    let owner = scene.owner()?;
    let withdraw = ix::cancel_policy(&scene.token());
    call(format!("{owner} takes a policy back"), withdraw, &[owner])
}

fn revoke_approval(scene: &mut Scene) -> Option<Call> {
    let owner = scene.owner()?;
    let approval: Account<Approval> = scene.some_account()?;
    call(
        format!("{owner} revokes an approval"),
        ix::revoke_approval(&scene.token(), &approval),
        &[owner],
    )
}

fn remove_attester(scene: &mut Scene) -> Option<Call> {
    let owner = scene.owner()?;
    let remove = ix::remove_attester(&scene.facts.key, &key(owner), &key("notary"));
    call(format!("{owner} removes the attester"), remove, &[owner])
}

fn claim(scene: &mut Scene, kind: ClaimKind) -> Option<Account<Claim>> {
    let claims = scene.facts.claims.iter();
    let claims = claims.filter(|(_, it)| it.kind == kind);
    let claims: Vec<_> = claims.map(|(key, data)| (*key, *data)).collect();
    let (key, data) = scene.rng.one(&claims)?;
    Some(Account { key, data })
}

fn transform(scene: &mut Scene) -> Option<Call> {
    let owner = scene.owner()?;
    let claim = claim(scene, ClaimKind::Equity)?;
    let into = Transformation {
        units: scene.rng.one(&[1, 1_000, u64::MAX])?,
        decimals: 0,
        value: 1,
        name: "Something Else".into(),
        unit_label: "x".into(),
        uri: String::new(),
        document: [scene.rng.below(250) as u8 + 3; 32],
    };
    call(
        format!("{owner} transforms a claim into {} units", into.units),
        ix::transform_claim(&claim, &key(owner), into),
        &[owner],
    )
}

fn report(scene: &mut Scene) -> Option<Call> {
    let owner = scene.owner()?;
    let claim = claim(scene, ClaimKind::RevenueShare)?;
    let month = claim.data.next_month().ok()?;
    let report = RevenueReport {
        period: u32::try_from(month.number()).ok()?,
        gross: chance::edge(&mut scene.rng, 1_000_000 * ONE, &[]),
        evidence: [5; 32],
    };
    call(
        format!("{owner} reports revenue of {}", report.gross),
        ix::report_revenue(&claim, &key(owner), report),
        &[owner],
    )
}

fn book_loss(scene: &mut Scene) -> Option<Call> {
    let mint = scene.mint();
    let book = ix::book_loss(&scene.token(), &mint).ok()?;
    call("a loss is booked", book, &[])
}

fn note_immovable(scene: &mut Scene) -> Option<Call> {
    let mint = scene.mint();
    let note = ix::note_immovable(&scene.token(), &mint).ok()?;
    call("an asset is noted as immovable", note, &[])
}

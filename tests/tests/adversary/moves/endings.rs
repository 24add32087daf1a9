//! What a wind-down pays out, and accounts that nothing needs any more.

use {
    super::Move,
    crate::{
        cast::key,
        draft::{Call, call},
        scene::Scene,
    },
    upside_sdk::{
        Pubkey,
        address::{TOKEN_PROGRAM, find_attesters, find_naming},
        instruction as ix,
        state::{
            Account, Approval, Claim, ClaimKind, Contribution, Pass, Product, Receipt, Round,
            RoundStatus,
        },
    },
};

pub const MOVES: &[Move] = &[
    (8, open_estate),
    (16, collect_estate),
    (4, join_endowment),
    (3, release),
    (4, close_round),
    (3, close_contribution),
    (4, close_claim),
    (2, close_product),
    (2, close_pass),
    (2, close_approval),
    (1, close_names),
    (1, close_attesters),
    (3, close_vault),
    (1, close_custody),
];

/// One of some accounts.
fn one<T: Copy>(
    scene: &mut Scene,
    all: impl FnOnce(&Scene) -> Vec<(Pubkey, T)>,
) -> Option<Account<T>> {
    let all = all(scene);
    let (key, data) = scene.rng.one(&all)?;
    Some(Account { key, data })
}

fn listed<'a, T: Copy + 'a>(all: impl Iterator<Item = (&'a Pubkey, &'a T)>) -> Vec<(Pubkey, T)> {
    all.map(|(key, data)| (*key, *data)).collect()
}

/// A claim, mostly one with custody.
fn custody(scene: &mut Scene) -> Option<Account<Claim>> {
    let strict = !scene.rng.percent(5);
    one(scene, |scene| {
        let claims = scene.facts.claims.iter();
        listed(claims.filter(|(_, it)| !strict || it.kind == ClaimKind::TokenizedEquity))
    })
}

/// Mostly nothing of it is tried while the token lives.
fn wound_up(scene: &mut Scene) -> Option<()> {
    let tries = scene.facts.token.wound_up_at != 0 || scene.rng.percent(5);
    tries.then_some(())
}

fn open_estate(scene: &mut Scene) -> Option<Call> {
    wound_up(scene)?;
    let (who, claim) = (scene.actor(), custody(scene)?);
    call(
        format!("{who} opens an estate of claim {}", claim.data.number),
        ix::open_estate(&claim, &key(who)),
        &[who],
    )
}

fn collect_estate(scene: &mut Scene) -> Option<Call> {
    wound_up(scene)?;
    let claim = custody(scene)?;
    let receipt: Account<Receipt> = one(scene, |scene| listed(scene.facts.receipts.iter()))?;
    call(
        format!(
            "{:?} takes part of claim {} by receipt {}",
            scene.named(&receipt.data.wallet),
            claim.data.number,
            receipt.data.number
        ),
        ix::collect_estate(&claim, &receipt, &TOKEN_PROGRAM),
        &[],
    )
}

fn join_endowment(scene: &mut Scene) -> Option<Call> {
    wound_up(scene)?;
    let who = scene.actor();
    let place = scene.rng.below(u64::from(scene.facts.token.asset_count)) as u8;
    call(
        format!("{who} joins the endowment of asset {place}"),
        ix::join_endowment(&scene.facts.key, &key(who), place),
        &[who],
    )
}

/// Custody of a listed mint, by anybody.
fn release(scene: &mut Scene) -> Option<Call> {
    wound_up(scene)?;
    let (who, claim) = (scene.actor(), custody(scene)?);
    let units = claim.data.held().ok()?;
    let mut release = ix::release_equity(&scene.token(), &claim, units).ok()?;
    release.accounts[0].pubkey = key(who);
    call(
        format!("{who} releases all of claim {}", claim.data.number),
        release,
        &[who],
    )
}

fn close_round(scene: &mut Scene) -> Option<Call> {
    let who = scene.actor();
    let round: Account<Round> = one(scene, |scene| {
        let rounds = scene.facts.rounds.iter();
        listed(rounds.filter(|(_, it)| !matches!(it.status(), Ok(RoundStatus::Open))))
    })?;
    call(
        format!("{who} clears round {} away", round.data.number),
        ix::close_round_account(&round, &key(who)),
        &[who],
    )
}

fn close_contribution(scene: &mut Scene) -> Option<Call> {
    let who = scene.actor();
    let contribution: Account<Contribution> =
        one(scene, |scene| listed(scene.facts.contributions.iter()))?;
    call(
        format!("{who} clears a contribution away"),
        ix::close_contribution(&scene.facts.key, &contribution, &key(who)),
        &[who],
    )
}

fn close_claim(scene: &mut Scene) -> Option<Call> {
    let who = scene.actor();
    let claim: Account<Claim> = one(scene, |scene| listed(scene.facts.claims.iter()))?;
    call(
        format!("{who} clears claim {} away", claim.data.number),
        ix::close_claim(&claim, &key(who)),
        &[who],
    )
}

fn close_product(scene: &mut Scene) -> Option<Call> {
    let who = scene.actor();
    let product: Account<Product> = scene.some_account()?;
    call(
        format!("{who} clears product {} away", product.data.number),
        ix::close_product_account(&product, &key(who)),
        &[who],
    )
}

fn close_pass(scene: &mut Scene) -> Option<Call> {
    let who = scene.actor();
    let pass: Account<Pass> = scene.some_account()?;
    call(
        format!("{who} clears a pass away"),
        ix::close_pass(&pass, &key(who)),
        &[who],
    )
}

fn close_approval(scene: &mut Scene) -> Option<Call> {
    let who = scene.actor();
    let approval: Account<Approval> = scene.some_account()?;
    call(
        format!("{who} clears an approval away"),
        ix::close_approval(&approval, &key(who)),
        &[who],
    )
}

fn close_names(scene: &mut Scene) -> Option<Call> {
    wound_up(scene)?;
    let who = scene.actor();
    let place = find_naming(&scene.facts.key).0;
    let there = scene.world.engine.account(&place)?;
    let names = upside_sdk::state::decode(&place, &there.owner, &there.data).ok()?;
    call(
        format!("{who} clears the names away"),
        ix::close_naming(&names, &key(who)),
        &[who],
    )
}

fn close_attesters(scene: &mut Scene) -> Option<Call> {
    wound_up(scene)?;
    let who = scene.actor();
    let place = find_attesters(&scene.facts.key).0;
    let list = Account {
        key: place,
        data: *scene.facts.attesters.get(&place)?,
    };
    call(
        format!("{who} clears the attesters away"),
        ix::close_attesters(&list, &key(who)),
        &[who],
    )
}

fn close_vault(scene: &mut Scene) -> Option<Call> {
    wound_up(scene)?;
    let place = scene.rng.below(u64::from(scene.facts.token.asset_count)) as usize;
    let mint = scene.facts.token.assets[place].mint;
    let rest = scene.facts.balance(&scene.facts.key, &mint) > 0;
    let close = ix::close_vault(&scene.token(), place, rest).ok()?;
    call(format!("the vault of asset {place} is closed"), close, &[])
}

fn close_custody(scene: &mut Scene) -> Option<Call> {
    wound_up(scene)?;
    let close = ix::close_share_custody(&scene.token());
    call("the share custody is closed", close, &[])
}

//! Rounds from their opening to the last contribution.

use {
    super::Move,
    crate::{
        cast::key,
        chance,
        draft::{Call, call},
        random_terms::round_terms,
        scene::Scene,
    },
    upside_sdk::{
        Pubkey,
        address::find_round,
        instruction as ix,
        state::{Account, ContributeArgs, Contribution, Round, RoundStatus},
    },
    upside_tests::world::{DAY, NEVER},
};

pub const MOVES: &[Move] = &[
    (8, open),
    (20, contribute),
    (8, close),
    (6, settle),
    (8, collect),
    (4, leave),
    (4, refund),
    (2, extend),
    (2, cancel),
];

fn open(scene: &mut Scene) -> Option<Call> {
    let owner = scene.owner()?;
    let (now, escrow) = (scene.world.now(), scene.rng.percent(50));
    let terms = round_terms(&mut scene.rng, &scene.facts, now, escrow);
    let open = ix::open_round(&scene.token(), &scene.payer(), terms);
    let kind = if escrow { "an escrow" } else { "an immediate" };
    call(
        format!(
            "{owner} opens {kind} round of {:?}, {} to the reserve",
            terms.stages, terms.reserve_bps
        ),
        open,
        &[owner],
    )
}

/// A round that stands so, mostly.
fn round(scene: &mut Scene, fits: impl Fn(&Round) -> bool) -> Option<Account<Round>> {
    let strict = !scene.rng.percent(5);
    let rounds: Vec<Account<Round>> = scene
        .facts
        .rounds
        .iter()
        .filter(|(_, round)| !strict || fits(round))
        .map(|(key, data)| Account {
            key: *key,
            data: *data,
        })
        .collect();
    scene.rng.one(&rounds)
}

fn stands(round: &Round, status: RoundStatus) -> bool {
    round.status().is_ok_and(|is| is == status)
}

fn contribute(scene: &mut Scene) -> Option<Call> {
    let who = scene.actor();
    let round = round(scene, |round| stands(round, RoundStatus::Open))?;
    // What would buy the round out.
    let left = (0..4)
        .map(|stage| {
            let open = round.data.stage_shares[stage].saturating_sub(round.data.sold[stage]);
            u128::from(open) * u128::from(round.data.stage_prices[stage]) / 1_000_000 + 1
        })
        .sum::<u128>();
    let left = u64::try_from(left).unwrap_or(u64::MAX).min(scene.cash(who));
    let figures = [round.data.min_contribution, round.data.min_raise, left];
    let payment = chance::edge(&mut scene.rng, left, &figures).max(round.data.min_contribution);
    let args = ContributeArgs {
        max_payment: payment,
        min_shares: 0,
        max_supply: u64::MAX,
        terms_version: scene.facts.token.terms_version,
        deadline: NEVER,
    };
    let back = ix::contribute(&scene.token(), &round, &key(who), None, args);
    call(
        format!("{who} pays {payment} into round {}", round.data.number),
        back,
        &[who],
    )
}

/// A round's close by somebody.
pub fn close_now(scene: &mut Scene, number: u64, by: &'static str) -> Option<Call> {
    let round = find_round(&scene.facts.key, number).0;
    let close = ix::close_round(&scene.token(), &round, &key(by));
    call(format!("{by} closes round {number}"), close, &[by])
}

fn close(scene: &mut Scene) -> Option<Call> {
    let by = scene.actor();
    let round = round(scene, |round| stands(round, RoundStatus::Open))?;
    close_now(scene, round.data.number, by)
}

fn settle(scene: &mut Scene) -> Option<Call> {
    let round = round(scene, |round| stands(round, RoundStatus::Succeeded))?;
    let settle = ix::settle_round(&scene.token(), &round.key);
    call(
        format!("round {} is settled", round.data.number),
        settle,
        &[],
    )
}

fn contribution(
    scene: &mut Scene,
    fits: impl Fn(&Round, &Contribution) -> bool,
) -> Option<Account<Contribution>> {
    let strict = !scene.rng.percent(5);
    let rounds = &scene.facts.rounds;
    let all: Vec<Account<Contribution>> = scene
        .facts
        .contributions
        .iter()
        .filter(|(_, it)| !strict || fits(&rounds[&it.round], it))
        .map(|(key, data)| Account {
            key: *key,
            data: *data,
        })
        .collect();
    scene.rng.one(&all)
}

/// What somebody's contribution to a round bought.
pub fn collect_of(scene: &mut Scene, number: u64, wallet: &Pubkey) -> Option<Call> {
    let round = find_round(&scene.facts.key, number).0;
    let (key, data) = scene
        .facts
        .contributions
        .iter()
        .find(|(_, it)| it.round == round && it.wallet == *wallet)?;
    let mine = Account {
        key: *key,
        data: *data,
    };
    call("", ix::collect_contribution(&scene.facts.key, &mine), &[])
}

fn collect(scene: &mut Scene) -> Option<Call> {
    let mine = contribution(scene, |round, _| {
        stands(round, RoundStatus::Succeeded) || stands(round, RoundStatus::Settled)
    })?;
    let collect = ix::collect_contribution(&scene.facts.key, &mine);
    call(
        format!(
            "{:?} gets the shares of a round",
            scene.named(&mine.data.wallet)
        ),
        collect,
        &[],
    )
}

fn leave(scene: &mut Scene) -> Option<Call> {
    let group = scene.group;
    let mine = contribution(scene, |round, it| {
        stands(round, RoundStatus::Open) && group.iter().any(|name| key(name) == it.wallet)
    })?;
    let who = scene.named(&mine.data.wallet)?;
    call(
        format!("{who} leaves a round"),
        ix::leave_round(&scene.token(), &mine),
        &[who],
    )
}

fn refund(scene: &mut Scene) -> Option<Call> {
    let mine = contribution(scene, |round, _| stands(round, RoundStatus::Failed))?;
    call(
        "somebody is refunded",
        ix::refund_contribution(&scene.token(), &mine),
        &[],
    )
}

fn extend(scene: &mut Scene) -> Option<Call> {
    let owner = scene.owner()?;
    let round = round(scene, |round| stands(round, RoundStatus::Open))?;
    let later = scene.rng.one(&[1, DAY, 90 * DAY, 91 * DAY])?;
    let extend = ix::extend_round(&scene.token(), &round.key, round.data.closes_at + later);
    call(
        format!("{owner} extends round {} by {later}", round.data.number),
        extend,
        &[owner],
    )
}

fn cancel(scene: &mut Scene) -> Option<Call> {
    let owner = scene.owner()?;
    let round = round(scene, |round| stands(round, RoundStatus::Open))?;
    let cancel = ix::cancel_round(&scene.token(), &round.key);
    call(
        format!("{owner} cancels round {}", round.data.number),
        cancel,
        &[owner],
    )
}

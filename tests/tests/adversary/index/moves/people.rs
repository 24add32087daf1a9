//! What owners of constituents do with their own tokens: print, burn, sell, pay; and what
//! holders of them do.

use {
    super::{super::cast::PEOPLE, Move, terms},
    crate::{
        cast::key,
        chance,
        draft::{Call, call, shares},
        index::Scene,
    },
    upside_sdk::{
        Atoms,
        address::{find_claim, find_round},
        instruction as ix, quote,
        state::{Account, Claim, ContributeArgs, Round, RoundTerms, StageTerms, decode},
    },
    upside_tests::{
        cases::redeem_args,
        pool::token_of,
        terms::{revenue_terms, round_terms},
        world::{DAY, NEVER, ONE},
    },
};

pub const MOVES: &[Move] = &[
    (10, issue),
    (6, endow),
    (12, redeem),
    (6, transfer),
    (4, withdraw),
    (4, open_round),
    (6, contribute),
    (4, close_round),
    (8, pay_revenue),
    (3, deposit_reserve),
    (3, collect_dividend),
    (3, terms::propose_policy),
    (3, terms::apply_policy),
    (3, terms::set_venue),
    (3, terms::apply_venue),
    (3, terms::put_poll),
    (3, terms::answer_poll),
    (3, terms::apply_poll),
    (2, terms::add_asset),
    (1, terms::set_executor),
    (2, terms::wind_up),
    (1, terms::propose_owner),
    (2, terms::accept_ownership),
];

/// A person and their token's owner, who acts.
pub fn owned(scene: &mut Scene) -> Option<(&'static str, &'static str)> {
    let name = scene.owners()?;
    Some((name, scene.owner(name)?))
}

/// Shares that the endowment and the cap leave room for.
fn affordable(scene: &Scene, name: &str) -> u64 {
    let Some(token) = scene.token(name) else {
        return 0;
    };
    let mut most = token.data.creatable(scene.facts.now).unwrap_or(0);
    for asset in token.data.listed().unwrap_or_default() {
        let free = u128::from(asset.unlocked().unwrap_or(0));
        if asset.reserve > 0 {
            let covered = free * u128::from(token.data.supply) / u128::from(asset.reserve);
            most = most.min(u64::try_from(covered).unwrap_or(u64::MAX));
        }
    }
    most
}

fn issue(scene: &mut Scene) -> Option<Call> {
    let (name, owner) = owned(scene)?;
    let to = if scene.rng.percent(80) {
        scene.actor()
    } else {
        scene.anybody()
    };
    let most = affordable(scene, name);
    let atoms = chance::edge(&mut scene.rng, most, &[most, 100_000 * ONE]);
    let made = ix::issue(&scene.token(name)?, &key(to), shares(atoms), Atoms(0));
    call(
        format!("{owner} prints {atoms} of {name} to {to}"),
        made,
        &[owner],
    )
}

/// What the next issue has to bring.
fn endow(scene: &mut Scene) -> Option<Call> {
    let (name, owner) = owned(scene)?;
    let token = scene.token(name)?;
    let more = scene.rng.one(&[ONE, 100_000 * ONE, 5_000_000 * ONE])?;
    let lacks = quote::creation(&token.data, shares(more), scene.now())
        .ok()?
        .missing;
    let lack = scene.rng.one(&lacks)?;
    let mint = token.data.assets[lack.place].mint;
    let made = ix::deposit_endowment(&token, &key(owner), &mint, lack.with_margin()).ok()?;
    call(format!("{owner} endows {name} for {more}"), made, &[owner])
}

/// Somebody who acts and has shares of a person.
fn holding(scene: &mut Scene) -> Option<(&'static str, &'static str, u64)> {
    let mut all = Vec::new();
    for name in PEOPLE {
        for who in scene.group {
            let has = scene.facts.registered(&token_of(name), &key(who));
            if has > 0 {
                all.push((name, *who, has));
            }
        }
    }
    scene.rng.one(&all)
}

fn redeem(scene: &mut Scene) -> Option<Call> {
    let (name, who, has) = holding(scene)?;
    let atoms = chance::edge(&mut scene.rng, has, &[has]);
    let made = ix::redeem(&scene.token(name)?, &key(who), redeem_args(atoms)).ok()?;
    call(format!("{who} burns {atoms} of {name}"), made, &[who])
}

fn transfer(scene: &mut Scene) -> Option<Call> {
    let (name, who, has) = holding(scene)?;
    let to = scene.anybody();
    let atoms = chance::edge(&mut scene.rng, has, &[]);
    let made = ix::transfer_shares(&token_of(name), &key(who), &key(to), shares(atoms), None);
    call(
        format!("{who} sends {atoms} of {name} to {to}"),
        made,
        &[who],
    )
}

fn withdraw(scene: &mut Scene) -> Option<Call> {
    let (name, who, has) = holding(scene)?;
    let atoms = chance::edge(&mut scene.rng, has, &[]);
    let made = ix::withdraw(&scene.token(name)?, &key(who), shares(atoms));
    call(format!("{who} withdraws {atoms} of {name}"), made, &[who])
}

fn open_round(scene: &mut Scene) -> Option<Call> {
    let (name, owner) = owned(scene)?;
    let mut stages = [StageTerms::default(); 4];
    stages[0] = StageTerms {
        shares: chance::edge(&mut scene.rng, 1_000_000 * ONE, &[]).max(1),
        price: scene.rng.one(&[1, ONE / 10, ONE, 10 * ONE])?,
    };
    let now = scene.now();
    let terms = RoundTerms {
        stages,
        min_raise: 0,
        min_contribution: (2 * stages[0].price).div_ceil(ONE).max(1),
        opens_at: now,
        closes_at: now + DAY,
        reserve_bps: scene.rng.one(&[0, 3_000])?,
        ..round_terms()
    };
    let made = ix::open_round(&scene.token(name)?, &scene.payer(), terms);
    let what = format!("{owner} opens a round of {name} at {}", stages[0].price);
    call(what, made, &[owner])
}

/// The last round of a person.
fn round(scene: &mut Scene) -> Option<(&'static str, Account<Round>)> {
    let name = scene.rng.one(&PEOPLE)?;
    let token = scene.token(name)?;
    let place = find_round(&token.key, token.data.rounds.checked_sub(1)?).0;
    let there = scene.pool.world.engine.account(&place)?;
    Some((name, decode(&place, &there.owner, &there.data).ok()?))
}

fn contribute(scene: &mut Scene) -> Option<Call> {
    let (name, round) = round(scene)?;
    let who = scene.actor();
    let token = scene.token(name)?;
    let all = u128::from(round.data.stage_shares[0]) * u128::from(round.data.stage_prices[0]);
    let all = u64::try_from(all / 1_000_000 + 1).unwrap_or(u64::MAX);
    let payment = chance::edge(&mut scene.rng, all, &[all]).max(round.data.min_contribution);
    let args = ContributeArgs {
        max_payment: payment,
        min_shares: 0,
        max_supply: u64::MAX,
        terms_version: token.data.terms_version,
        deadline: NEVER,
    };
    let made = ix::contribute(&token, &round, &key(who), None, args);
    call(
        format!("{who} pays {payment} into a round of {name}"),
        made,
        &[who],
    )
}

fn close_round(scene: &mut Scene) -> Option<Call> {
    let (name, round) = round(scene)?;
    let by = scene.actor();
    let made = ix::close_round(&scene.token(name)?, &round.key, &key(by));
    call(format!("{by} closes the round of {name}"), made, &[by])
}

/// A revenue claim of a person, declared in the setting of the scene.
fn claim(scene: &mut Scene, name: &str) -> Option<Account<Claim>> {
    let token = scene.token(name)?;
    let number = scene.rng.below(token.data.claims);
    let place = find_claim(&token.key, number).0;
    let there = scene.pool.world.engine.account(&place)?;
    decode(&place, &there.owner, &there.data).ok()
}

fn pay_revenue(scene: &mut Scene) -> Option<Call> {
    let (name, owner) = owned(scene)?;
    let token = scene.token(name)?;
    let Some(claim) = claim(scene, name) else {
        let mut terms = revenue_terms(scene.pool.world.quote);
        if let upside_sdk::state::ClaimTerms::RevenueShare { payer, .. } = &mut terms {
            *payer = key(owner);
        }
        let made = ix::declare_claim(&token, &scene.payer(), terms);
        return call(
            format!("{owner} declares revenue of {name}"),
            made,
            &[owner],
        );
    };
    let atoms = chance::edge(&mut scene.rng, 100_000 * ONE, &[]);
    let made = ix::pay_revenue(&token, &claim, &key(owner), Atoms(atoms)).ok()?;
    call(
        format!("{owner} pays {atoms} of revenue of {name}"),
        made,
        &[owner],
    )
}

fn deposit_reserve(scene: &mut Scene) -> Option<Call> {
    let (name, owner) = owned(scene)?;
    let token = scene.token(name)?;
    let place = scene.rng.below(u64::from(token.data.asset_count)) as usize;
    let mint = token.data.assets[place].mint;
    let atoms = chance::edge(&mut scene.rng, 100_000 * ONE, &[]);
    let made = ix::deposit_reserve(&token, &key(owner), &mint, Atoms(atoms)).ok()?;
    call(
        format!("{owner} puts {atoms} into the reserve of {name}"),
        made,
        &[owner],
    )
}

fn collect_dividend(scene: &mut Scene) -> Option<Call> {
    let (name, who, _) = holding(scene)?;
    let token = scene.token(name)?;
    let place = scene.rng.below(u64::from(token.data.stream_count)) as usize;
    let asset = token.data.streams[place].asset;
    let mint = token.data.assets[usize::from(asset)].mint;
    let made = ix::collect_dividend(&token, &key(who), &mint).ok()?;
    call(format!("{who} collects dividends of {name}"), made, &[who])
}

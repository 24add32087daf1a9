//! Random terms of tokens and rounds, often at the ends of what is allowed.

use {
    super::{cast::key, chance},
    upside_sdk::state::{CreateTokenArgs, RoundTerms, StageTerms, TermsInput},
    upside_tests::{
        invariant::Facts,
        rng::Rng,
        terms::token_args,
        world::{DAY, ONE},
    },
};

/// Random terms, often at the ends of what is allowed.
pub fn args(rng: &mut Rng) -> CreateTokenArgs {
    let mut args = token_args();
    args.terms = TermsInput {
        supply_cap: rng
            .one(&[2_000_000 * ONE, 10_000_000 * ONE, u64::MAX / 4])
            .unwrap(),
        launch_shares: rng
            .one(&[0, 700_000 * ONE, 1_000_000 * ONE, 2_000_000 * ONE])
            .unwrap(),
        room_bps: rng.one(&[0, 1, 2_500, 10_000]).unwrap(),
        bearer_cap: rng.one(&[0, u64::MAX, 100_000 * ONE]).unwrap(),
        floor: rng.one(&[0, 0, 500 * ONE]).unwrap(),
        cash_out_tax_bps: rng.one(&[0, 0, 1, 1_000, 5_000]).unwrap(),
        royalty_bps: rng.one(&[0, 1_000, 5_000]).unwrap(),
        reserve_bps: rng.one(&[0, 1, 2_000, 5_000, 10_000]).unwrap(),
        drip_seconds: rng.one(&[86_400, 7 * 86_400, 30 * 86_400]).unwrap(),
        notice_seconds: rng.one(&[86_400, 7 * 86_400]).unwrap(),
        inactivity_seconds: 90 * 86_400,
        ..TermsInput::default()
    };
    args.guardian = key("guardian");
    args.registrar = key("registrar");
    args
}

/// A round of one or two stages, its price around what the reserve holds for each share.
pub fn round_terms(rng: &mut Rng, facts: &Facts, now: i64, escrow: bool) -> RoundTerms {
    let mut stages = [StageTerms::default(); 4];
    let shares = chance::edge(rng, 500_000 * ONE, &[]).max(1);
    let (reserve, supply) = (facts.token.quote().reserve, facts.supply().max(1));
    let backing = u128::from(reserve) * 1_000_000 / u128::from(supply);
    let backing = u64::try_from(backing)
        .unwrap_or(u64::MAX / 16)
        .min(u64::MAX / 16);
    let prices = [
        1,
        ONE / 100,
        ONE,
        backing.max(1),
        backing + 1,
        backing.saturating_mul(2).saturating_add(ONE),
        backing.saturating_mul(2).saturating_add(ONE),
        backing.saturating_mul(10).saturating_add(ONE),
    ];
    let price = rng.one(&prices).unwrap();
    stages[0] = StageTerms { shares, price };
    if rng.percent(30) {
        stages[1] = StageTerms {
            shares: shares / 2 + 1,
            price: price.saturating_mul(2),
        };
    }
    let most = stages
        .iter()
        .map(|it| u128::from(it.shares) * u128::from(it.price) / 1_000_000);
    let most = u64::try_from(most.sum::<u128>()).unwrap_or(u64::MAX);
    RoundTerms {
        stages,
        min_raise: if escrow { (most / 2).max(1) } else { 0 },
        backer_cap: u64::MAX,
        min_contribution: price.saturating_mul(2).div_ceil(ONE).max(1),
        opens_at: now,
        closes_at: now + rng.one(&[3_600, 3 * DAY, 100 * DAY]).unwrap(),
        reserve_bps: rng.one(&[0, 1, 3_000, 10_000]).unwrap(),
        most_part_bps: rng.one(&[10_000, 10_000, 5_000, 1]).unwrap(),
        by_approval: false,
    }
}

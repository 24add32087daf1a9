//! I7: counters never exceed what vaults hold, and sums agree.

use {
    super::{Facts, Findings, Rule},
    upside_sdk::{quote, state::RoundStatus},
};

/// Nothing is missing that was not missing before: only an issuer can take it.
pub(super) fn check(before: &Facts, facts: &Facts, found: &mut Findings) {
    let token = &facts.token;
    let mut require = |holds: bool, what: &dyn Fn() -> String| {
        found.require(holds, Rule::Books, None, what);
    };
    for place in 0..usize::from(token.asset_count) {
        let (was, is) = (before.missing(place), facts.missing(place));
        require(is <= was, &|| {
            format!("asset {place}: the vault lacks {is} atoms, {was} before")
        });
    }
    for (place, asset) in token.listed().unwrap_or_default().iter().enumerate() {
        require(asset.locked <= asset.endowment, &|| {
            format!(
                "asset {place}: {} locked of {}",
                asset.locked, asset.endowment
            )
        });
    }
    let custody = facts.balance(&facts.key, &token.mint);
    let kept = u128::from(token.registered) + u128::from(token.warming);
    require(kept <= u128::from(custody), &|| {
        format!("registered and warming {kept}, custody holds {custody}")
    });
    let warming: u64 = facts.holders.values().map(|it| it.warm).sum();
    require(warming == token.warming, &|| {
        format!("holders warm {warming}, the token {}", token.warming)
    });
    let held: u64 = facts.holders.values().map(|it| it.shares).sum();
    let uncollected: u64 = facts.rounds.values().map(|it| it.uncollected).sum();
    let granted: u64 = facts.grants.values().filter_map(|it| it.held().ok()).sum();
    require(held + uncollected + granted == token.registered, &|| {
        format!(
            "holders {held}, uncollected {uncollected} and in grants {granted}, registered {}",
            token.registered
        )
    });
    require(facts.minted <= token.supply, &|| {
        format!("minted {}, supply {}", facts.minted, token.supply)
    });
    let waiting = facts.contributions.values().filter(|it| {
        let round = &facts.rounds[&it.round];
        let waits = matches!(round.status(), Ok(RoundStatus::Open | RoundStatus::Failed));
        round.escrows() && waits
    });
    let mut escrow: u64 = waiting.map(|it| it.paid).sum();
    let unsettled = facts.rounds.values();
    escrow += unsettled
        .filter(|round| matches!(round.status(), Ok(RoundStatus::Succeeded)))
        .map(|round| round.to_owner)
        .sum::<u64>();
    require(escrow <= token.quote().escrow, &|| {
        format!("rounds hold {escrow}, escrow {}", token.quote().escrow)
    });
    let bidding: u64 = facts.bids.values().map(|bid| bid.escrow).sum();
    require(bidding == token.quote().bids, &|| {
        format!("bids hold {bidding}, the books {}", token.quote().bids)
    });
    for place in 0..usize::from(token.stream_count) {
        let stream = &token.streams[place];
        let asset = &token.assets[usize::from(stream.asset)];
        let mut due: u128 = 0;
        let mut left = stream.remaining;
        for holder in facts.holders.values() {
            if let Ok(dividend) = quote::dividend(token, holder, place, facts.now) {
                due += u128::from(dividend.collectable.0);
                left = dividend.streaming.0;
            }
        }
        for grant in facts.grants.values() {
            if let Ok(held) = quote::grant(token, grant, facts.now) {
                due += u128::from(held.earned[place].0);
                due += u128::from(held.unvested_earned[place].0);
            }
        }
        require(due + u128::from(left) <= u128::from(asset.payouts), &|| {
            format!(
                "stream {place}: {due} due and {left} to come, payouts {}",
                asset.payouts
            )
        });
    }
}

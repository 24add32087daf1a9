//! I2, the other half: a stream gets longer only by the weight of what is added.

use {
    super::{Facts, Findings, Rule},
    std::collections::BTreeSet,
    upside_sdk::{Pubkey, Shares},
};

/// What a stream has yet to release at unix second `now`, and when it ends.
fn ahead(facts: &Facts, place: usize, now: i64) -> (u128, i64) {
    let mut stream = facts.token.streams[place].plain();
    if stream.remaining > 0
        && let Ok(released) = stream.release(now, Shares(facts.token.registered))
    {
        stream = released;
    }
    (stream.remaining.into(), stream.end)
}

/// Whether somebody who does not sign earns of streams: else the last share that earned can
/// have left, and with it the stream.
fn others_earn(before: &Facts, signed: &BTreeSet<Pubkey>) -> bool {
    let theirs = signed
        .iter()
        .filter_map(|wallet| before.holders.get(wallet));
    let theirs: u64 = theirs.map(|it| it.shares + it.warm).sum();
    let grants = before.grants.values();
    let grants = grants.filter(|it| signed.contains(&it.beneficiary));
    let granted: u64 = grants.filter_map(|it| it.held().ok()).sum();
    theirs + granted < before.token.registered + before.token.warming
}

pub(super) fn check(
    before: &Facts,
    after: &Facts,
    signed: &BTreeSet<Pubkey>,
    found: &mut Findings,
) {
    if !others_earn(before, signed) {
        return;
    }
    let now = after.now;
    for place in 0..usize::from(before.token.stream_count) {
        let ((had, end), (has, is)) = (ahead(before, place, now), ahead(after, place, now));
        if has == 0 {
            continue;
        }
        let drips = [before, after].map(|facts| facts.token.terms.drip_seconds);
        let drip = u128::from(drips[0].max(drips[1]));
        let rest = u128::try_from(end - now).unwrap_or(0);
        let rest = if had == 0 { 0 } else { rest };
        let added = has.saturating_sub(had);
        let longest = (had * rest + added * drip) / (had + added).max(1);
        let latest = now + i64::try_from(longest.max(rest)).unwrap_or(i64::MAX / 2);
        found.require(is <= latest, Rule::Earned, None, || {
            format!("stream {place}: {had} until {end}, {added} were added, {has} until {is}")
        });
    }
}

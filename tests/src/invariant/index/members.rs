//! Deals with people: in parts of what could exist of them, announced, within the room of a
//! year.

use {
    super::{PoolFacts, value},
    crate::invariant::{Findings, Rule},
    upside_sdk::index::AnnouncementKind,
};

/// Most that members may get of an index in a year, in basis points.
const MOST: u128 = 1_000;

/// Parts that the books count dilution in: a million million in the whole.
const WHOLE: u128 = 1_000_000_000_000;
/// Seconds of a period of the books, of which they know the current one and twelve before.
const PERIOD: u64 = 31 * 86_400;

/// Parts of the index that the books say members took in the last thirteen periods.
fn taken(facts: &PoolFacts, now: i64) -> u128 {
    let ring = facts.index.diluted;
    let periods = ring.len() as u64;
    let last = facts.index.diluted_period;
    let current = last.max(now as u64 / PERIOD);
    let mut all = 0;
    for back in 0..periods.min(last + 1) {
        let period = last - back;
        if period + periods > current {
            all += u128::from(ring[(period % periods) as usize]);
        }
    }
    all
}

pub(super) fn check(before: &PoolFacts, after: &PoolFacts, one: bool, found: &mut Findings) {
    let minted = value::for_members(before, after);
    if minted == 0 {
        return;
    }
    let (was, is) = (taken(before, after.now), taken(after, after.now));
    let terms = u128::from(after.index.terms.dilution_bps).min(MOST);
    found.require(is * 10_000 <= WHOLE * terms, Rule::Supply, None, || {
        format!("members took {is} parts of {WHOLE}, {terms} basis points a year")
    });
    // Of several instructions each is checked alone: what is contributed in between counts.
    let supply = u128::from(before.effective(after.now));
    let noted = !one || minted * WHOLE <= (is - was) * (supply + minted);
    found.require(noted, Rule::Supply, None, || {
        format!("{minted} minted for members of {supply}, noted as {was}, then {is} parts")
    });
    for (key, is) in &after.memberships {
        let was = before.memberships.get(key);
        let got = is.index_shares - was.map_or(0, |was| was.index_shares);
        let gave = is.token_shares - was.map_or(0, |was| was.token_shares);
        let locked = is.locked.saturating_sub(was.map_or(0, |was| was.locked));
        if got == 0 {
            continue;
        }
        let agreed = before.offers.values().filter(|it| {
            let place = before.index.announcement(it.nonce);
            let announced = place.is_ok_and(|place| {
                let offer = place.kind == AnnouncementKind::Offer;
                offer && place.effective_at <= after.now && after.now <= place.expires_at()
            });
            it.token == is.token && announced && after.index.announcement(it.nonce).is_err()
        });
        let cap = after
            .tokens
            .get(&is.token)
            .map_or(0, |it| it.terms.supply_cap);
        let (mut most, mut least) = (0u128, 0u128);
        for offer in agreed {
            let cap = u128::from(cap.max(offer.cap));
            most += u128::from(offer.index_shares);
            least += (u128::from(offer.token_shares) * cap).div_ceil(u128::from(offer.cap));
        }
        let holds = u128::from(got) <= most && u128::from(gave) >= least;
        found.require(holds, Rule::Supply, Some(is.member), || {
            format!("a member gave {gave} for {got}; offered {most} for {least}")
        });
        let half = is.ends_at != 0 || locked >= got / 2;
        found.require(half, Rule::Supply, Some(is.member), || {
            format!("{locked} of {got} are locked")
        });
    }
}

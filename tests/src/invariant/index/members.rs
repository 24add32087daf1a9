//! Deals with people: in parts of what could exist of them, announced, within the room of a
//! year.

use {
    super::{PoolFacts, value},
    crate::invariant::{Findings, Rule},
    upside_math::{DILUTION_ONE, Made},
    upside_sdk::index::AnnouncementKind,
};

/// Most that members may get of an index in a year, in basis points.
const MOST: u128 = 1_000;

/// Parts of the index that the books say members took lately.
fn taken(facts: &PoolFacts, now: i64) -> u128 {
    let made = Made {
        period: facts.index.diluted_period,
        by_period: facts.index.diluted,
    };
    made.at(now).by_period.iter().copied().map(u128::from).sum()
}

pub(super) fn check(before: &PoolFacts, after: &PoolFacts, one: bool, found: &mut Findings) {
    let minted = value::for_members(before, after);
    if minted == 0 {
        return;
    }
    let whole = u128::from(DILUTION_ONE);
    let (was, is) = (taken(before, after.now), taken(after, after.now));
    let terms = u128::from(after.index.terms.dilution_bps).min(MOST);
    found.require(is * 10_000 <= whole * terms, Rule::Supply, None, || {
        format!("members took {is} parts of {whole}, {terms} basis points a year")
    });
    // Of several instructions each is checked alone: what is contributed in between counts.
    let supply = u128::from(before.effective(after.now));
    let noted = !one || minted * whole <= (is - was) * (supply + minted);
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
                let offer = place.kind == AnnouncementKind::Offer as u8;
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

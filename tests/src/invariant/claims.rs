//! I6, of claims: a debtor ends no revenue claim, and changes none of its terms.

use {
    super::{Facts, Findings, Rule, voice},
    upside_sdk::state::{Claim, ClaimKind, ClaimStatus},
};

fn is_over(claim: &Claim) -> bool {
    matches!(
        claim.status.get(),
        Ok(ClaimStatus::Closed | ClaimStatus::WrittenOff)
    )
}

/// One instruction clears no revenue claim away that is not over. Several may: the last
/// payment, and then that.
pub(super) fn gone(before: &Facts, after: &Facts, found: &mut Findings) {
    let revenue = before.claims.iter();
    for (key, was) in revenue.filter(|(_, it)| it.kind == ClaimKind::RevenueShare) {
        let there = after.claims.contains_key(key);
        let over = is_over(was) || after.now >= was.ends_at;
        found.require(there || over, Rule::Terms, None, || {
            format!("revenue claim {} is gone", was.number)
        });
    }
}

pub(super) fn check(before: &Facts, after: &Facts, found: &mut Findings) {
    let alone = before.held_by_owner();
    let revenue = before.claims.iter();
    for (key, was) in revenue.filter(|(_, it)| it.kind == ClaimKind::RevenueShare) {
        let Some(is) = after.claims.get(key) else {
            continue;
        };
        let due = is.received >= was.total || after.now >= was.ends_at;
        let ended = is_over(is) && !is_over(was);
        let terms = |it: &Claim| (it.share_bps, it.total, it.ends_at, it.payer);
        let changed = terms(was) != terms(is);
        let agreed = alone || voice::passed(before, after);
        let holds = (!ended || due || agreed) && (!changed || agreed);
        found.require(holds, Rule::Terms, None, || {
            format!(
                "revenue claim {}: {:?} to {:?}, status {} to {}, {} of {} received",
                was.number,
                terms(was),
                terms(is),
                was.status.raw(),
                is.status.raw(),
                is.received,
                is.total
            )
        });
    }
}

//! Who can stop what is announced: shares that can be locked, and whose they are.

use {
    super::{below::Below, build::index_shares},
    crate::report::{Amount, Percent},
    crate::{
        error::CoreError,
        index::{AnnouncementPlace, IndexStatus, LOCKED_SHARES, Pool, VoteSide, quote},
        inspect::Part,
    },
    serde::Serialize,
};

/// How many shares can be locked, and how many it takes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct IndexVoice {
    /// Shares that parts of holders are parts of: those in existence, and fee shares to be
    /// minted.
    pub counted: Amount,
    /// Lockable supply: shares that their holders have locked or could lock. Shares that a
    /// program holds, as a pool of an exchange, are among them: nobody locks those.
    pub lockable: Amount,
    /// Percent of those that count.
    pub lockable_part: Percent,
    /// Locked now.
    pub locked: Amount,
    /// Nobody locks these: of members, until their memberships have ended.
    pub members_locked: Amount,
    /// Those that cancel an announcement the first time: a fifth.
    pub veto_needs: Amount,
    /// Whether so many could be locked.
    pub can_veto: bool,
    /// Those that replace the curator, or lift the limits of turnover.
    pub majority_needs: Amount,
    /// Seconds that a lock must be old to count against an announcement.
    pub veto_age_seconds: u32,
    /// Seconds that it must be old to count for one, or for another curator.
    pub majority_age_seconds: u32,
    /// What those hold who have a role or receive fees, in their share accounts and locks.
    /// Other wallets may be theirs: nobody can see that.
    pub insiders: Vec<Part>,
}

/// Who can stop what is announced.
///
/// # Errors
/// `IndexRefused` where the books do not add up; `WrongAccount`.
pub(super) fn voice(pool: &Pool, below: &Below) -> Result<IndexVoice, CoreError> {
    let index = quote::accrued(pool)?;
    let counted = index.counted_supply()?;
    let launched = index.status()? != IndexStatus::Seeding;
    let for_good = if launched { LOCKED_SHARES } else { 0 };
    let outside = index.supply.saturating_sub(for_good);
    let lockable = outside.saturating_sub(index.members_locked);
    let mut any = AnnouncementPlace::default();
    any.notice = index.terms.notice_seconds;
    let needs = index.veto_needs(&any)?;
    let mut insiders = below.insiders()?;
    insiders.retain(|(_, shares)| *shares > 0);
    insiders.sort_by_key(|(wallet, shares)| (core::cmp::Reverse(*shares), *wallet));
    Ok(IndexVoice {
        counted: index_shares(counted),
        lockable: index_shares(lockable),
        lockable_part: Percent::of(lockable, counted),
        locked: index_shares(index.locked),
        members_locked: index_shares(index.members_locked),
        veto_needs: index_shares(needs),
        can_veto: lockable >= needs,
        majority_needs: index_shares((counted / 2).saturating_add(1)),
        veto_age_seconds: any.required_age(VoteSide::Against),
        majority_age_seconds: any.required_age(VoteSide::For),
        insiders: insiders
            .into_iter()
            .map(|(wallet, shares)| Part {
                wallet,
                amount: index_shares(shares),
                part: Percent::of(shares, counted),
            })
            .collect(),
    })
}

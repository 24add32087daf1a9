//! What is announced: what it would do, when, and what holders count against it.

use {
    super::{
        below::Below,
        build::index_shares,
        report::{
            ActionReport, AnnouncedKind, AnnouncementPhase, AnnouncementReport, ParametersReport,
            RecipientReport,
        },
    },
    crate::report::Percent,
    crate::{
        error::CoreError,
        index::{
            ActionKind, AnnouncementKind, AnnouncementPlace, FeeRecipient, IndexParameters, Pool,
            PooledIndex, StoredAction, VoteSide, quote,
        },
    },
};

/// Every open announcement, the oldest first.
pub(super) fn reports(pool: &Pool, below: &Below) -> Result<Vec<AnnouncementReport>, CoreError> {
    let index = quote::accrued(pool)?;
    let open = index.announcements.iter().filter(|place| place.is_open());
    let reports = open.map(|place| report(pool, below, &index, place));
    let mut reports = reports.collect::<Result<Vec<_>, _>>()?;
    reports.sort_by_key(|report| report.nonce);
    Ok(reports)
}

fn report(
    pool: &Pool,
    below: &Below,
    index: &PooledIndex,
    place: &AnnouncementPlace,
) -> Result<AnnouncementReport, CoreError> {
    let now = pool.clock.unix_timestamp;
    let mut expires_at = place.expires_at();
    let (kind, actions) = match place.kind.get()? {
        AnnouncementKind::Free | AnnouncementKind::Actions => {
            (AnnouncedKind::Actions, actions(below, place.nonce)?)
        }
        AnnouncementKind::Rebalance => {
            let rebalance = below.rebalance()?;
            let own = rebalance.filter(|rebalance| rebalance.data.nonce == place.nonce);
            expires_at = own.map_or(expires_at, |rebalance| rebalance.data.ends_at);
            (AnnouncedKind::Rebalance, Vec::new())
        }
        AnnouncementKind::Offer => (AnnouncedKind::Offer, Vec::new()),
    };
    let status = if index.is_vetoed(place)? {
        AnnouncementPhase::Vetoed
    } else if now > expires_at {
        AnnouncementPhase::Expired
    } else if now >= place.effective_at {
        AnnouncementPhase::Effective
    } else {
        AnnouncementPhase::Waiting
    };
    Ok(AnnouncementReport {
        nonce: place.nonce,
        kind,
        status,
        effective_at: place.effective_at,
        expires_at,
        notice_seconds: place.notice,
        against: index_shares(place.against),
        veto_needs: index_shares(index.veto_needs(place)?),
        veto_age_seconds: place.required_age(VoteSide::Against),
        vetoes: place.vetoes,
        support: index_shares(place.support),
        supported: index.is_majority(place.support)?,
        actions,
    })
}

fn actions(below: &Below, nonce: u64) -> Result<Vec<ActionReport>, CoreError> {
    let all = below.announcements()?;
    let own = all.iter().find(|it| it.data.nonce == nonce);
    let actions = own.map(|own| own.data.list().map(action).collect());
    actions.unwrap_or_else(|| Ok(Vec::new()))
}

/// One announced action.
///
/// # Errors
/// `IndexRefused(InvariantBroken)` if it is none.
pub fn action(stored: &StoredAction) -> Result<ActionReport, CoreError> {
    Ok(match stored.kind.get()? {
        ActionKind::None => return Err(crate::index::IndexError::InvariantBroken.into()),
        ActionKind::SetFees => ActionReport::SetFees {
            fees: parameters(&stored.fees),
        },
        ActionKind::SetRecipients => ActionReport::SetRecipients {
            recipients: recipients(stored.recipients.iter()),
        },
        ActionKind::SetRole => ActionReport::SetRole {
            role: stored.role.get()?,
            key: stored.key,
        },
        ActionKind::ListCoin => ActionReport::ListCoin { mint: stored.key },
        ActionKind::UnlistCoin => ActionReport::UnlistCoin { mint: stored.key },
    })
}

/// Fees in percent.
pub(super) fn parameters(parameters: &IndexParameters) -> ParametersReport {
    ParametersReport {
        management_fee: Percent::of_bps(parameters.management_fee_bps),
        entry_fee: Percent::of_bps(parameters.entry_fee_bps),
        exit_fee: Percent::of_bps(parameters.exit_fee_bps),
    }
}

/// Who receives fee shares.
pub(super) fn recipients<'a>(
    places: impl Iterator<Item = &'a FeeRecipient>,
) -> Vec<RecipientReport> {
    let named = places.filter(|place| place.portion_bps > 0);
    let report = |recipient: &FeeRecipient| RecipientReport {
        key: recipient.key,
        portion: Percent::of_bps(recipient.portion_bps),
    };
    named.map(report).collect()
}

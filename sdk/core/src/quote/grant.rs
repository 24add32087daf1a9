//! What grants reserve, bring, hold and give back.

use {
    super::{
        CreationQuote,
        creation::{missing, released},
    },
    crate::{
        error::CoreError,
        state::{Grant, GrantOffer, Holder, MAX_STREAMS, PersonalToken, Revocation, TokenStatus},
    },
    personal_token::{error::TokenError, state::Parts},
    upside_math::{Atoms, Shares, payable},
};

/// What a grant holds now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct GrantQuote {
    /// Share atoms that have vested, collected ones among them.
    pub vested: Shares,
    /// Share atoms that the beneficiary can collect.
    pub collectable: Shares,
    /// Payout atoms that these have earned, by stream, rounded down.
    pub earned: [Atoms; MAX_STREAMS],
    /// Share atoms that have not vested.
    pub unvested: Shares,
    /// Payout atoms that those have earned, by stream, rounded down: they vest with them.
    pub unvested_earned: [Atoms; MAX_STREAMS],
}

fn whole(amounts: [u128; MAX_STREAMS]) -> [Atoms; MAX_STREAMS] {
    amounts.map(|amount| payable(amount).0)
}

/// What a grant holds at unix second `now`.
///
/// # Errors
/// `Math` if the numbers leave their range.
pub fn grant(token: &PersonalToken, grant: &Grant, now: i64) -> Result<GrantQuote, CoreError> {
    let token = released(token, now)?;
    let (collectable, unvested) = (
        grant.collectable(&token, now)?,
        grant.unvested(&token, now)?,
    );
    Ok(GrantQuote {
        vested: Shares(grant.vested(&token, now)?),
        collectable: Shares(collectable),
        earned: whole(grant.earned(&token, collectable)?),
        unvested: Shares(unvested),
        unvested_earned: whole(grant.earned(&token, unvested)?),
    })
}

/// Payout atoms that the beneficiary's holder account can collect at unix second `now` once it
/// has collected the grant, by stream. Both are added before they are rounded down, as the
/// program does: what the account and the grant lack to an atom may be one together. `holder`
/// is the account, if it exists.
///
/// # Errors
/// `Math` if the numbers leave their range.
pub fn collection(
    token: &PersonalToken,
    holder: Option<&Holder>,
    grant: &Grant,
    now: i64,
) -> Result<[Atoms; MAX_STREAMS], CoreError> {
    let token = released(token, now)?;
    let mut owed = grant.earned(&token, grant.collectable(&token, now)?)?;
    if let Some(holder) = holder {
        let streams = token.active_streams()?.iter().enumerate();
        for (owed, (place, stream)) in owed.iter_mut().zip(streams) {
            let had = holder.owed_at(place, stream.index.unsigned())?;
            *owed = owed.checked_add(had).ok_or(TokenError::Overflow)?;
        }
    }
    Ok(whole(owed))
}

/// What offers lock in the endowment at unix second `now`, all of them, and what that lacks.
///
/// # Errors
/// `Refused` with what the program would refuse of them but a short endowment:
/// `ZeroAmount`, `InvalidGrant`, `InvalidGrantOffer`, `Paused`, `WoundUp`,
/// `SupplyCapExceeded`, `YearlyRoomExceeded`.
pub fn offers(
    token: &PersonalToken,
    offers: &[GrantOffer],
    now: i64,
) -> Result<CreationQuote, CoreError> {
    token.require_running()?;
    let token = released(token, now)?;
    let (mut shares, mut parts) = (0u64, Parts::default());
    let sum = |a: u64, b: u64| a.checked_add(b).ok_or(TokenError::Overflow);
    for offer in offers {
        offer.validate(now)?;
        shares = sum(shares, offer.terms.shares)?;
        let one = token.parts(offer.terms.shares, 0)?;
        let all = parts.reserve.iter_mut().chain(&mut parts.stream);
        for (all, one) in all.zip(one.reserve.iter().chain(&one.stream)) {
            *all = sum(*all, *one)?;
        }
    }
    token.require_room(shares, now)?;
    Ok(CreationQuote {
        shares: Shares(shares),
        missing: missing(&token, &parts, 0)?,
        parts,
    })
}

/// What accepting an offer brings at unix second `now`, and what the endowment lacks for it.
///
/// # Errors
/// `Refused` with what the program would refuse but a short endowment: `GrantAccepted`,
/// `OfferLapsed`, `Paused`, `WoundUp`, `RoundEscrowing`, `IssueFirst`.
pub fn acceptance(
    token: &PersonalToken,
    grant: &Grant,
    now: i64,
) -> Result<CreationQuote, CoreError> {
    grant.require_offered()?;
    if grant.is_lapsed(now) {
        return Err(TokenError::OfferLapsed.into());
    }
    token.require_running()?;
    token.require_no_escrow()?;
    token.require_backed()?;
    let mut token = released(token, now)?;
    for (asset, locked) in token.assets.iter_mut().zip(grant.backing) {
        asset.locked = asset.locked.saturating_sub(locked);
    }
    let parts = token.parts(grant.shares, 0)?;
    Ok(CreationQuote {
        shares: Shares(grant.shares),
        missing: missing(&token, &parts, 0)?,
        parts,
    })
}

/// What revoking a grant does at unix second `now`.
///
/// # Errors
/// `Refused(GrantNotRevocable)` unless it is revocable or the token is being wound up;
/// `Refused(GrantNotAccepted)`, `Refused(GrantVested)`.
pub fn revocation(token: &PersonalToken, grant: &Grant, now: i64) -> Result<Revocation, CoreError> {
    if grant.revocable == 0 && token.status()? == TokenStatus::Active {
        return Err(TokenError::GrantNotRevocable.into());
    }
    Ok(grant.revocation(&released(token, now)?, now)?)
}

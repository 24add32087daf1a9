//! What a person's token and the index's holder account of it say about a trade.

use {
    crate::error::{ProgramResult, foreign},
    anchor_lang::prelude::*,
    personal_token::state::{Holder, PersonalToken},
};

/// Whether nothing is on its way that would change what the index may do with shares of
/// this person, or how many there may be: a policy, the index's mark as a venue, or a
/// poll against holders that has passed.
pub fn is_settled(token: &PersonalToken, holder: &Holder) -> ProgramResult<bool> {
    let marked = holder.announced_venue(token).map_err(foreign)?;
    let policy = token.pending_policy().map_err(foreign)?;
    Ok(policy.is_none() && marked.is_none() && !token.has_passed_poll())
}

/// What redeeming `shares` of a person pays in `asset`, in its atoms; 0 of what is no
/// asset of the reserve.
pub fn redeemable(token: &PersonalToken, shares: u64, asset: &Pubkey) -> ProgramResult<u64> {
    if shares == 0 || shares > token.supply {
        return Ok(0);
    }
    let assets = token.listed().map_err(foreign)?;
    let Some(place) = assets.iter().position(|listed| listed.mint == *asset) else {
        return Ok(0);
    };
    let paid = token.share_out(shares, 0).map_err(foreign)?.paid;
    Ok(paid.get(place).copied().unwrap_or(0))
}

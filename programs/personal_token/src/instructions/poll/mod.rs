//! Polls: put, answered, applied, ended.

mod answer_poll;
mod apply_poll;
mod end_poll;
mod put_poll;

pub use {answer_poll::*, apply_poll::*, end_poll::*, put_poll::*};

use {
    crate::{
        error::{Outcome, TokenError, require},
        state::{About, Attesters, Change, Claim},
    },
    anchor_lang::prelude::*,
};

/// What a poll is about, from the accounts that were passed. Errors: `WrongToken`.
fn about<'a>(
    token: &Pubkey,
    change: &Change,
    claim: Option<&'a Claim>,
    attesters: Option<&Attesters>,
) -> Outcome<About<'a>> {
    let ours = claim.is_none_or(|claim| claim.token == *token)
        && attesters.is_none_or(|list| list.token == *token);
    require(ours, TokenError::WrongToken)?;
    Ok(change.about(claim, attesters))
}

//! Polls: put, answered, applied, ended.

mod answer_poll;
mod apply_poll;
mod cancel_poll;
mod close_poll;
mod end_poll;
mod put_poll;

pub use {answer_poll::*, apply_poll::*, end_poll::*, put_poll::*};

// These have accounts that others have too, and none of their own.
pub(crate) use {cancel_poll::*, close_poll::*};

use {
    crate::{
        error::{ProgramResult, TokenError, require},
        instructions::evidence::{Given, weigh},
        state::{About, Attesters, Change, Claim, Evidence, PersonalToken},
    },
    anchor_lang::prelude::*,
};

/// What a poll is about, from the accounts that were passed. Errors: `WrongToken`.
fn about<'a>(
    token: &Pubkey,
    change: &Change,
    claim: Option<&'a Claim>,
    attesters: Option<&Attesters>,
    evidence: Option<Evidence>,
) -> ProgramResult<About<'a>> {
    let ours = claim.is_none_or(|claim| claim.token == *token)
        && attesters.is_none_or(|list| list.token == *token);
    require(ours, TokenError::WrongToken)?;
    Ok(change.about(claim, attesters, evidence))
}

/// The accounts of what accepted attesters say of a claim.
struct Said<'a, 'info> {
    claim: Option<&'a AccountLoader<'info, Claim>>,
    attesters: Option<&'a AccountLoader<'info, Attesters>>,
    /// The attestation of each of them, in the order of the list.
    signed: &'a [AccountInfo<'info>],
}

impl Said<'_, '_> {
    /// All of it, if `change` announces an auction and both accounts were passed. Errors:
    /// `EvidenceIncomplete`, `WrongToken`.
    #[inline(never)]
    fn weigh(
        &self,
        token: &AccountLoader<PersonalToken>,
        change: &Change,
        now: i64,
    ) -> Result<Option<Evidence>> {
        let (Some(claim), Some(list)) = (self.claim, self.attesters) else {
            return Ok(None);
        };
        if !matches!(change, Change::Auction { .. }) {
            return Ok(None);
        }
        let given = Given {
            token: &token.key(),
            claim: claim.as_ref().key,
            attesters: list.as_ref(),
            signed: self.signed,
        };
        weigh(&*token.load()?, &*claim.load()?, &given, now).map(Some)
    }
}

//! Deals with persons, and what members earn.

mod accept_membership;
mod apply_end;
mod apply_take_over;
mod cancel_offer;
mod close_membership;
mod collect_equal_share;
mod collect_locked;
mod end_membership;
mod keep_membership;
mod offer_membership;
mod oppose_poll;
mod subject;
mod take_over_membership;

pub use subject::subject_of;
pub use {
    accept_membership::*, apply_end::*, apply_take_over::*, cancel_offer::*, close_membership::*,
    collect_equal_share::*, collect_locked::*, end_membership::*, keep_membership::*,
    offer_membership::*, oppose_poll::*, take_over_membership::*,
};

use {
    crate::{
        error::{IndexError, ProgramResult, require},
        host::TokenIo,
    },
    anchor_lang::prelude::*,
};

/// Proves an account of `mint` that receives what is a member's: any of the member's if the
/// member signs, else the associated one, or another if `shown` proves that the associated one
/// cannot be paid. Errors: `NotMember`, `WrongTokenAccount`, `WrongAccount`.
fn prove_receiver(
    signer: Option<&Signer>,
    account: &AccountInfo,
    mint: &Pubkey,
    member: &Pubkey,
    shown: Option<&AccountInfo>,
) -> ProgramResult<()> {
    if let Some(signer) = signer {
        require(signer.key == member, IndexError::NotMember)?;
    }
    TokenIo::prove_own(account, mint, member, signer.is_some(), shown)
}

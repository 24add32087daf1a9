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
        host::AccountIo,
        seeds::find_associated,
    },
    anchor_lang::prelude::*,
};

/// Proves that an account is a member's associated one, unless the member signs. `own` is
/// the member, the mint and its token program. Errors: `NotMember`, `WrongAccount`.
fn prove_own(
    signer: Option<&Signer>,
    account: &Pubkey,
    (member, mint, program): (&Pubkey, &Pubkey, &Pubkey),
) -> ProgramResult<()> {
    match signer {
        Some(signer) => require(signer.key == member, IndexError::NotMember),
        None => AccountIo::same(account, &find_associated(member, mint, program).0),
    }
}

//! What holders lock, and what it counts.

mod back_candidate;
mod close_candidacy;
mod lock_shares;
mod open_candidacy;
mod support;
mod take_over;
mod unlock_shares;
mod veto;
mod vote;

pub use {
    back_candidate::*, close_candidacy::*, lock_shares::*, open_candidacy::*, take_over::*,
    unlock_shares::*, vote::*,
};
pub(crate) use {support::*, veto::*};

use {
    crate::{
        error::{IndexError, ProgramResult},
        host::AccountIo,
        state::{Candidacy, Lock},
    },
    anchor_lang::prelude::*,
    core::cell::RefMut,
};

/// The candidacy that a lock backs, while it is open: one that was closed, or opened again
/// at the same address, counts nothing of it any more. Errors: `BacksAnother` if the account
/// is missing or another.
fn open_candidacy_of<'a>(
    lock: &Lock,
    account: Option<&'a AccountInfo>,
) -> ProgramResult<Option<RefMut<'a, Candidacy>>> {
    if lock.candidacy == Pubkey::default() {
        return Ok(None);
    }
    let account = account.ok_or(IndexError::BacksAnother)?;
    if *account.key != lock.candidacy {
        return Err(IndexError::BacksAnother);
    }
    let Ok(candidacy) = AccountIo::load::<Candidacy>(account) else {
        return Ok(None);
    };
    let same = lock.backs(account.key, &candidacy);
    Ok(same.then_some(candidacy))
}

//! Contributions and redemptions in several transactions.

mod cancel_basket;
mod close_basket;
mod deposit;
mod finish_basket;
mod open_basket;
mod redeem_to_basket;
mod withdraw_basket;

pub use {
    cancel_basket::*, close_basket::*, deposit::*, finish_basket::*, open_basket::*,
    redeem_to_basket::*, withdraw_basket::*,
};

use {
    crate::{
        error::{IndexError, require},
        state::MAX_CONSTITUENTS,
    },
    anchor_lang::prelude::*,
};

/// Refuses an empty list, and one of more entries than there are slots. Errors:
/// `LengthMismatch`.
fn require_length(length: usize) -> Result<()> {
    let fits = length > 0 && length <= MAX_CONSTITUENTS;
    require(fits, IndexError::LengthMismatch)?;
    Ok(())
}

//! Fees and who receives them.

mod collect_fees;
mod lower_fees;

pub use {collect_fees::*, lower_fees::*};

use {
    crate::{
        error::ProgramResult,
        events::{self, RecipientSet},
        host::{AccountIo, TokenIo},
        state::PooledIndex,
    },
    anchor_lang::prelude::*,
};

/// Proves the share mint and brings supply and fees up to now.
pub(crate) fn accrue(index: &mut PooledIndex, mint: &AccountInfo, now: i64) -> ProgramResult<()> {
    AccountIo::same(mint.key, &index.mint)?;
    index.accrue(TokenIo::mint_supply(mint)?, now)
}

/// Tells who receives fees, one event each.
#[inline(never)]
pub(crate) fn tell_recipients(index: &mut PooledIndex, key: &Pubkey, clock: &Clock) -> Result<()> {
    let recipients = index.recipients;
    for (place, recipient) in (0u64..).zip(recipients) {
        if recipient.portion_bps > 0 {
            events::log(&RecipientSet {
                header: index.header(key, clock)?,
                place,
                recipient: recipient.key,
                portion_bps: u64::from(recipient.portion_bps),
            });
        }
    }
    Ok(())
}

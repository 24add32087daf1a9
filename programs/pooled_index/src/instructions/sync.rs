use {
    crate::{
        events::{self, CustodySynced},
        host::{AccountIo, TokenIo},
        state::Index,
    },
    anchor_lang::prelude::*,
    personal_token::state::Holder,
};

/// Brings the books of one slot and what its custody really holds together. Anybody
/// may.
#[derive(Accounts)]
pub struct SyncCustody<'info> {
    /// The index.
    #[account(mut)]
    pub index: AccountLoader<'info, Index>,
    /// CHECK: the slot's custody, proven by the index.
    pub custody: UncheckedAccount<'info>,
}

impl SyncCustody<'_> {
    fn sync(
        &self,
        slot: u8,
        change: impl FnOnce(&mut Index, i64) -> Result<(u64, u64)>,
    ) -> Result<()> {
        let clock = Clock::get()?;
        let event = {
            let mut index = self.index.load_mut()?;
            AccountIo::same(self.custody.key, &index.constituent(slot)?.custody)?;
            let (found, lost) = change(&mut index, clock.unix_timestamp)?;
            CustodySynced {
                header: index.header(&self.index.key(), &clock)?,
                place: u64::from(slot),
                found,
                lost,
                counter: index.constituent(slot)?.counter,
            }
        };

        events::log(&event);
        Ok(())
    }
}

/// Books cash that somebody sent unasked, or takes what an issuer seized out of the
/// counter.
pub(crate) fn sync_mint(ctx: Context<SyncCustody>, slot: u8) -> Result<()> {
    let a = ctx.accounts;
    a.sync(slot, |index, now| {
        Ok(index.sync_mint(slot, TokenIo::balance(&a.custody)?, now)?)
    })
}

/// Books registered shares that others gave, or takes what is missing out of the
/// counter.
pub(crate) fn sync_personal(ctx: Context<SyncCustody>, slot: u8) -> Result<()> {
    let a = ctx.accounts;
    a.sync(slot, |index, now| {
        let shares = AccountIo::read::<Holder>(&a.custody)?.shares;
        Ok(index.sync_personal(slot, shares, now)?)
    })
}

use {
    super::{constituents::Curate, fees::accrue},
    crate::{
        error::Outcome,
        events::{self, CuratorAccepted, CuratorResigned, PauseChanged, RoleSet, WindDownStarted},
        state::{Index, Role},
    },
    anchor_lang::prelude::*,
};

/// Takes a role from whoever has it: the curator, or whoever has it. To be proposed as
/// curator is one too.
pub(crate) fn clear_role(ctx: Context<Curate>, role: Role) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let (header, previous) = {
        let mut index = a.index.load_mut()?;
        let previous = index.clear_role(role, a.authority.key)?;
        (index.header(&a.index.key(), &clock)?, previous)
    };

    events::log(&RoleSet {
        header,
        role: u64::from(role as u8),
        previous,
        key: Pubkey::default(),
    });
    Ok(())
}

/// The proposed curator takes over.
pub(crate) fn accept_curator(ctx: Context<Curate>) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let (header, previous) = {
        let mut index = a.index.load_mut()?;
        let previous = index.accept_curator(a.authority.key)?;
        (index.header(&a.index.key(), &clock)?, previous)
    };

    events::log(&CuratorAccepted {
        header,
        previous,
        curator: a.authority.key(),
    });
    Ok(())
}

/// Stops new money for 14 days. The guardian may pause too.
pub(crate) fn pause(ctx: Context<Curate>) -> Result<()> {
    ctx.accounts.change_pause(|index, signer, now| {
        index.require_guardian(signer)?;
        index.pause(now)
    })
}

/// Admits new money again. Only the curator may.
pub(crate) fn unpause(ctx: Context<Curate>) -> Result<()> {
    ctx.accounts.change_pause(|index, signer, now| {
        index.require_curator(signer)?;
        index.unpause(now)?;
        Ok(now)
    })
}

impl Curate<'_> {
    fn change_pause(
        &self,
        change: impl FnOnce(&mut Index, &Pubkey, i64) -> Outcome<i64>,
    ) -> Result<()> {
        let clock = Clock::get()?;
        let event = {
            let mut index = self.index.load_mut()?;
            let until = change(&mut index, self.authority.key, clock.unix_timestamp)?;
            PauseChanged {
                header: index.header(&self.index.key(), &clock)?,
                by: self.authority.key(),
                until,
                pausable_from: index.pausable_from,
            }
        };

        events::log(&event);
        Ok(())
    }
}

/// The curator ends the index, or leaves, which ends it too: fees stop, and only
/// redemptions, harvests and claims remain. There is no way back.
#[derive(Accounts)]
pub struct WindDown<'info> {
    /// The curator.
    pub curator: Signer<'info>,
    /// The index.
    #[account(mut)]
    pub index: AccountLoader<'info, Index>,
    /// CHECK: the share mint, proven by the index: fees up to now are due.
    pub mint: UncheckedAccount<'info>,
}

impl WindDown<'_> {
    fn end(
        &self,
        clock: &Clock,
        change: impl FnOnce(&mut Index) -> Outcome<()>,
    ) -> Result<WindDownStarted> {
        let mut index = self.index.load_mut()?;
        index.require_curator(self.curator.key)?;
        accrue(&mut index, &self.mint, clock.unix_timestamp)?;
        change(&mut index)?;
        Ok(WindDownStarted {
            header: index.header(&self.index.key(), clock)?,
            supply: index.supply,
            pending_fee_shares: index.pending_fee_shares,
        })
    }
}

pub(crate) fn wind_down(ctx: Context<WindDown>) -> Result<()> {
    let clock = Clock::get()?;
    let event = ctx.accounts.end(&clock, Index::wind_down)?;

    events::log(&event);
    Ok(())
}

pub(crate) fn resign_curator(ctx: Context<WindDown>) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let ended = a.end(&clock, Index::resign)?;

    let previous = a.curator.key();
    let header = ended.header;
    events::log(&CuratorResigned { header, previous });
    Ok(())
}

use {
    super::{constituents::Curate, fees::accrue},
    crate::{
        error::{IndexError, Outcome, require},
        events::{
            self, CuratorAccepted, CuratorProposed, CuratorResigned, Header, PauseChanged,
            RolesChanged, WindDownStarted,
        },
        state::Index,
    },
    anchor_lang::prelude::*,
};

impl Curate<'_> {
    /// Lets `change` work on the index after the curator's signature was proven.
    pub(crate) fn as_curator<T>(
        &self,
        clock: &Clock,
        change: impl FnOnce(&mut Index) -> Outcome<T>,
    ) -> Result<(Header, T)> {
        let mut index = self.index.load_mut()?;
        index.require_curator(self.authority.key)?;
        let result = change(&mut index)?;
        Ok((index.header(&self.index.key(), clock)?, result))
    }
}

/// Names who may pause besides the curator (zero for nobody) and whose share account
/// receives fees.
pub(crate) fn set_roles(
    ctx: Context<Curate>,
    guardian: Pubkey,
    fee_recipient: Pubkey,
) -> Result<()> {
    let clock = Clock::get()?;
    let (header, ()) = ctx.accounts.as_curator(&clock, |index| {
        let named = fee_recipient != Pubkey::default();
        require(named, IndexError::InvalidParameters)?;
        index.guardian = guardian;
        index.fee_recipient = fee_recipient;
        Ok(())
    })?;

    events::log(&RolesChanged {
        header,
        guardian,
        fee_recipient,
    });
    Ok(())
}

/// Proposes a new curator, who must accept; zero withdraws the proposal.
pub(crate) fn propose_curator(ctx: Context<Curate>, pending_curator: Pubkey) -> Result<()> {
    let clock = Clock::get()?;
    let (header, ()) = ctx.accounts.as_curator(&clock, |index| {
        index.pending_curator = pending_curator;
        Ok(())
    })?;

    events::log(&CuratorProposed {
        header,
        pending_curator,
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

/// Stops new money. The guardian may pause too.
pub(crate) fn pause(ctx: Context<Curate>) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let header = {
        let mut index = a.index.load_mut()?;
        index.require_guardian(a.authority.key)?;
        require(index.paused == 0, IndexError::Paused)?;
        index.paused = 1;
        index.header(&a.index.key(), &clock)?
    };

    events::log(&PauseChanged {
        header,
        by: a.authority.key(),
        paused: 1,
    });
    Ok(())
}

/// Admits new money again. Only the curator may.
pub(crate) fn unpause(ctx: Context<Curate>) -> Result<()> {
    let clock = Clock::get()?;
    let (header, ()) = ctx.accounts.as_curator(&clock, |index| {
        require(index.paused == 1, IndexError::NotPaused)?;
        index.paused = 0;
        Ok(())
    })?;

    events::log(&PauseChanged {
        header,
        by: ctx.accounts.authority.key(),
        paused: 0,
    });
    Ok(())
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

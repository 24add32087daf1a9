use {
    super::{constituents::Curate, shares::*},
    crate::{
        error::{IndexError, Outcome, require},
        events::{
            self, FeesCollected, Header, ParametersApplied, ParametersProposed, WeightsApplied,
            WeightsProposed,
        },
        host::{AccountIo, TokenIo},
        state::{Index, Parameters, ParametersArgs, SlotAtoms, Status},
    },
    anchor_lang::prelude::*,
};

/// Mints the pending fee shares to the fee recipient's account. Anybody may.
#[derive(Accounts)]
pub struct CollectFees<'info> {
    /// Index, mint and the fee recipient's share account.
    pub shares: ShareAccounts<'info>,
}

pub(crate) fn collect_fees(ctx: Context<CollectFees>) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let event = {
        let mut index = a.shares.index.load_mut()?;
        let recipient = index.fee_recipient;
        a.shares
            .prepare(&mut index, &recipient, clock.unix_timestamp)?;
        let shares = index.collect_fees()?;
        FeesCollected {
            header: index.header(&a.shares.index.key(), &clock)?,
            recipient,
            shares,
            supply: index.supply,
        }
    };

    a.shares.mint(event.shares)?;

    events::log(&event);
    Ok(())
}

pub(crate) fn propose_parameters(ctx: Context<Curate>, args: ParametersArgs) -> Result<()> {
    let clock = Clock::get()?;
    let parameters = args.validated()?;
    let (header, effective_at) = ctx.accounts.as_curator(&clock, |index| {
        require(index.status()? != Status::WindDown, IndexError::NotActive)?;
        index.propose_parameters(parameters, clock.unix_timestamp)
    })?;

    let [
        management_fee_bps,
        entry_fee_bps,
        exit_fee_bps,
        max_harvest_age,
    ] = wide(&parameters);
    events::log(&ParametersProposed {
        header,
        management_fee_bps,
        entry_fee_bps,
        exit_fee_bps,
        max_harvest_age,
        effective_at,
    });
    Ok(())
}

/// Applies what the curator announced, after the notice. Anybody may.
#[derive(Accounts)]
pub struct ApplyParameters<'info> {
    /// The index.
    #[account(mut)]
    pub index: AccountLoader<'info, Index>,
    /// CHECK: the share mint, proven by the index: fees up to now are due.
    pub mint: UncheckedAccount<'info>,
}

pub(crate) fn apply_parameters(ctx: Context<ApplyParameters>) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let now = clock.unix_timestamp;
    let (header, parameters) = {
        let mut index = a.index.load_mut()?;
        accrue(&mut index, &a.mint, now)?;
        let parameters = index.apply_parameters(now)?;
        (index.header(&a.index.key(), &clock)?, parameters)
    };

    let [
        management_fee_bps,
        entry_fee_bps,
        exit_fee_bps,
        max_harvest_age,
    ] = wide(&parameters);
    events::log(&ParametersApplied {
        header,
        management_fee_bps,
        entry_fee_bps,
        exit_fee_bps,
        max_harvest_age,
    });
    Ok(())
}

/// Proves the share mint and brings supply and fees up to now.
pub(crate) fn accrue(index: &mut Index, mint: &AccountInfo, now: i64) -> Outcome<()> {
    AccountIo::same(mint.key, &index.mint)?;
    index.accrue(TokenIo::mint_supply(mint)?, now)
}

fn wide(parameters: &Parameters) -> [u64; 4] {
    [
        u64::from(parameters.management_fee_bps),
        u64::from(parameters.entry_fee_bps),
        u64::from(parameters.exit_fee_bps),
        u64::from(parameters.max_harvest_age),
    ]
}

/// `weights` are slots and atoms per whole index share; other slots keep theirs.
pub(crate) fn propose_weights(ctx: Context<Curate>, weights: Vec<SlotAtoms>) -> Result<()> {
    let clock = Clock::get()?;
    let (header, effective_at) = ctx.accounts.as_curator(&clock, |index| {
        require(index.status()? != Status::WindDown, IndexError::NotActive)?;
        index.propose_weights(&weights, clock.unix_timestamp)
    })?;

    events::log(&WeightsProposed {
        header,
        changed: u64::try_from(weights.len()).map_err(|_| IndexError::LengthMismatch)?,
        effective_at,
    });
    Ok(())
}

/// Applies announced weights, after the notice. Anybody may.
pub(crate) fn apply_weights(ctx: Context<Curate>) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let header: Header = {
        let mut index = a.index.load_mut()?;
        index.apply_weights(clock.unix_timestamp)?;
        index.header(&a.index.key(), &clock)?
    };

    events::log(&WeightsApplied {
        header,
        by: a.authority.key(),
    });
    Ok(())
}

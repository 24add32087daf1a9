use {
    super::accrue,
    crate::{
        events::{self, FeesSet},
        state::{ParametersInput, PooledIndex},
    },
    anchor_lang::prelude::*,
};

/// The curator lowers fees, at once.
#[derive(Accounts)]
pub struct LowerFees<'info> {
    /// The curator, who signs.
    pub curator: Signer<'info>,
    /// The index.
    #[account(mut)]
    pub index: AccountLoader<'info, PooledIndex>,
    /// The share mint; fees up to now are due at the old rate.
    ///
    /// CHECK: proven by the index.
    pub mint: UncheckedAccount<'info>,
}

pub(crate) fn lower_fees(ctx: Context<LowerFees>, args: ParametersInput) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let fees = args.validated()?;
    let event = {
        let mut index = a.index.load_mut()?;
        index.require_curator(a.curator.key)?;
        accrue(&mut index, &a.mint, clock.unix_timestamp)?;
        index.lower_fees(fees)?;
        FeesSet::of(index.header(&a.index.key(), &clock)?, &fees)
    };

    events::log(&event);
    Ok(())
}

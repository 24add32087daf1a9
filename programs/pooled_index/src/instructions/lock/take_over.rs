use {
    crate::{
        events::{self, CuratorReplaced},
        host::AccountIo,
        instructions::{accrue, tell_recipients},
        state::{Candidacy, PooledIndex},
    },
    anchor_lang::prelude::*,
};

/// The candidate whom a majority backs becomes curator.
#[derive(Accounts)]
pub struct TakeOver<'info> {
    /// The candidate, who signs and becomes curator.
    pub candidate: Signer<'info>,
    /// The index.
    #[account(mut)]
    pub index: AccountLoader<'info, PooledIndex>,
    /// The share mint.
    ///
    /// CHECK: proven by the index.
    pub mint: UncheckedAccount<'info>,
    /// The candidacy; it is closed.
    #[account(mut)]
    pub candidacy: AccountLoader<'info, Candidacy>,
    /// Who paid the candidacy's rent and gets it back.
    ///
    /// CHECK: proven by the candidacy.
    #[account(mut)]
    pub rent_payer: UncheckedAccount<'info>,
}

pub(crate) fn take_over(ctx: Context<TakeOver>) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let key = a.index.key();
    {
        let mut index = a.index.load_mut()?;
        let candidacy = a.candidacy.load()?;
        candidacy.require(&key)?;
        AccountIo::same(a.rent_payer.key, &candidacy.rent_payer)?;
        accrue(&mut index, &a.mint, clock.unix_timestamp)?;

        let previous = index.take_over(&candidacy, a.candidate.key)?;
        events::log(&CuratorReplaced {
            header: index.header(&key, &clock)?,
            previous,
            curator: index.curator,
            support: candidacy.support,
            supply: index.counted_supply()?,
        });
        tell_recipients(&mut index, &key, &clock)?;
    }
    AccountIo::close(a.candidacy.as_ref(), &a.rent_payer)?;
    Ok(())
}

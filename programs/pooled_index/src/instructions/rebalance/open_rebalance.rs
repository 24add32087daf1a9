use {
    crate::{
        error::{IndexError, require},
        events::{self, RebalanceOpened},
        host::AccountIo,
        seeds,
        state::{PooledIndex, Rebalance},
    },
    anchor_lang::{prelude::*, system_program},
};

/// The curator begins a draft of orders, in place of an earlier draft or of what is
/// over. The account is made the first time.
#[derive(Accounts)]
pub struct OpenRebalance<'info> {
    /// Signs and pays the rent of the account, the first time.
    #[account(mut)]
    pub payer: Signer<'info>,
    /// The curator, who signs.
    pub curator: Signer<'info>,
    /// The index.
    #[account(mut)]
    pub index: AccountLoader<'info, PooledIndex>,
    /// The index's rebalance; made here the first time.
    ///
    /// CHECK: proven by its seeds.
    #[account(mut)]
    pub rebalance: UncheckedAccount<'info>,
    /// The system program.
    pub system_program: Program<'info, System>,
}

pub(crate) fn open_rebalance(ctx: Context<OpenRebalance>) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let key = a.index.key();
    a.index.load()?.require_curator(a.curator.key)?;
    if *a.rebalance.owner == system_program::ID {
        let seeds = seeds::rebalance(&key);
        let bump = AccountIo::create_own::<Rebalance>(&a.payer, &a.rebalance, &seeds)?;
        AccountIo::load_new::<Rebalance>(&a.rebalance)?.create(&key, bump);
    }
    let event = {
        let mut index = a.index.load_mut()?;
        let mut rebalance = AccountIo::load::<Rebalance>(&a.rebalance)?;
        require(rebalance.index == key, IndexError::WrongIndex)?;

        rebalance.open(&mut index, clock.unix_timestamp)?;
        RebalanceOpened {
            header: index.header(&key, &clock)?,
            by: a.curator.key(),
        }
    };

    events::log(&event);
    Ok(())
}

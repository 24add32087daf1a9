use {
    crate::{
        custody::{self, Accounts as Constituents, Rest},
        events::{self, Seeded, Unseeded},
        state::Index,
    },
    anchor_lang::prelude::*,
};

/// The curator puts one constituent into an index before its launch, or takes it
/// back; the last atoms of a person only when nothing is due from it. The constituent's
/// accounts follow.
#[derive(Accounts)]
pub struct Seed<'info> {
    /// The curator; it is also the wallet that atoms come from and go to.
    pub curator: Signer<'info>,
    /// The index.
    #[account(mut)]
    pub index: AccountLoader<'info, Index>,
    /// CHECK: proven by its address where it is called.
    pub personal_token_program: UncheckedAccount<'info>,
}

pub(crate) fn seed<'info>(ctx: Context<'info, Seed<'info>>, slot: u8, amount: u64) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let event = {
        let mut index = a.index.load_mut()?;
        index.require_curator(a.curator.key)?;
        index.seed(slot, amount, clock.unix_timestamp)?;
        Seeded {
            header: index.header(&a.index.key(), &clock)?,
            place: u64::from(slot),
            amount,
            counter: index.constituent(slot)?.counter,
        }
    };

    {
        let index = a.index.load()?;
        let mut rest = Rest(ctx.remaining_accounts);
        let (constituent, program) = (index.constituent(slot)?, &a.personal_token_program);
        let accounts = custody::next(&mut rest, constituent, program, a.curator.key)?;
        rest.done()?;
        custody::bring_in(&accounts, &index, slot, &a.curator, amount)?;
    }

    events::log(&event);
    Ok(())
}

pub(crate) fn unseed<'info>(ctx: Context<'info, Seed<'info>>, slot: u8, amount: u64) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let accounts = {
        let index = a.index.load()?;
        index.require_curator(a.curator.key)?;
        let mut rest = Rest(ctx.remaining_accounts);
        let (constituent, program) = (index.constituent(slot)?, &a.personal_token_program);
        let accounts = custody::next(&mut rest, constituent, program, a.curator.key)?;
        rest.done()?;
        accounts
    };
    let event = {
        let mut index = a.index.load_mut()?;
        index.unseed(slot, amount)?;
        if let (Constituents::Personal(person), false) =
            (&accounts, index.constituent(slot)?.is_held())
        {
            let now = clock.unix_timestamp;
            custody::require_nothing_due(&index, person.token, person.ours, now)?;
        }
        Unseeded {
            header: index.header(&a.index.key(), &clock)?,
            place: u64::from(slot),
            amount,
            counter: index.constituent(slot)?.counter,
        }
    };

    {
        let index = a.index.load()?;
        custody::pay_out(&accounts, &index, slot, a.index.as_ref(), amount)?;
    }

    events::log(&event);
    Ok(())
}

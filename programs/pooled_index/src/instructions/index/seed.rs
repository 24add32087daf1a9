use {
    super::seeding::Seed,
    crate::{
        custody::{self, Rest},
        events::{self, Seeded},
    },
    anchor_lang::prelude::*,
};

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

use {
    super::seeding::Seed,
    crate::{
        custody::{self, Accounts as Constituents, Rest},
        events::{self, Unseeded},
    },
    anchor_lang::prelude::*,
};

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

use {
    crate::{
        events::{self, PolicyApplied},
        instructions::GovernAccounts,
    },
    anchor_lang::prelude::*,
};

/// Applies announced policies whose notice is over. Anybody may.
pub(crate) fn apply_policy(ctx: Context<GovernAccounts>) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let event = {
        let mut token = a.token.load_mut()?;
        token.apply_policy(clock.unix_timestamp)?;
        PolicyApplied {
            header: token.header(&a.token.key(), &clock)?,
            admission: u64::from(token.admission),
            transfer_policy: u64::from(token.transfer_policy),
            credential: token.credential,
            schema: token.schema,
        }
    };
    events::log(&event);
    Ok(())
}

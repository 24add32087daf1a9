use {
    crate::{
        events::{self, PolicyAnnounced},
        instructions::GovernAccounts,
        state::Policy,
    },
    anchor_lang::prelude::*,
};

/// Announces who may hold and how shares move, in place of what was announced before.
pub(crate) fn propose_policy(ctx: Context<GovernAccounts>, policy: Policy) -> Result<()> {
    let now = Clock::get()?.unix_timestamp;
    let (header, effective_at) = ctx
        .accounts
        .as_owner(|token| token.announce_policy(&policy, now))?;
    events::log(&PolicyAnnounced {
        header,
        admission: u64::from(policy.admission),
        transfer_policy: u64::from(policy.transfer_policy),
        credential: policy.credential,
        schema: policy.schema,
        effective_at,
    });
    Ok(())
}

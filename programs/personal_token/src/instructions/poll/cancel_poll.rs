use {super::EndPollAccounts, anchor_lang::prelude::*};

/// Who put the poll takes it back.
pub(crate) fn cancel_poll(ctx: Context<EndPollAccounts>) -> Result<()> {
    let a = ctx.accounts;
    a.end(|poll, token, _| poll.cancel(token, a.authority.key))
}

use {super::EndPollAccounts, anchor_lang::prelude::*};

/// Anybody closes a poll that is over: applied, void, lapsed, or put by a wallet that no
/// longer holds 1 %.
pub(crate) fn close_poll(ctx: Context<EndPollAccounts>) -> Result<()> {
    let a = ctx.accounts;
    let held = a.held()?;
    a.end(|poll, token, now| poll.close(token, held, now))
}

use {
    // All of it: Anchor looks for the helper modules of a nested `Accounts` struct.
    super::proceeds::*,
    crate::{events, state::ClaimKind},
    anchor_lang::prelude::*,
};

/// The owner exits equity on paper; the proceeds run through the waterfall. A cost counts
/// only if the terms of a first round published it, or accepted attesters have said it for a
/// notice period.
#[derive(Accounts)]
pub struct ExitClaim<'info> {
    /// The owner; in a wind-down the executor too. The owner's part is the owner's.
    pub owner: Signer<'info>,
    /// The claim, the proceeds and where they go.
    pub exit: ProceedsAccounts<'info>,
}

pub(crate) fn exit_claim<'info>(
    ctx: Context<'info, ExitClaim<'info>>,
    args: ExitArgs,
) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    a.exit
        .token
        .load_mut()?
        .require_manager(a.owner.key, &clock)?;
    let signed = ctx.remaining_accounts;
    let event = a.exit.book(ClaimKind::Equity, &args, signed, &clock)?;
    a.exit.settle(&event)?;

    events::log(&event);
    Ok(())
}

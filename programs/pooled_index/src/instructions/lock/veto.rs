use {super::vote::CountLockAccounts, crate::state::VoteSide, anchor_lang::prelude::*};

/// Counts a lock that is a third of the notice old against an announcement. As soon as such
/// locks hold a fifth of all shares, it is cancelled for good.
pub(crate) fn veto(ctx: Context<CountLockAccounts>, nonce: u64) -> Result<()> {
    ctx.accounts.count(nonce, VoteSide::Against)
}

use {super::vote::CountLockAccounts, crate::state::VoteSide, anchor_lang::prelude::*};

/// Counts a lock that is a whole notice old for an announcement.
pub(crate) fn support(ctx: Context<CountLockAccounts>, nonce: u64) -> Result<()> {
    ctx.accounts.count(nonce, VoteSide::For)
}

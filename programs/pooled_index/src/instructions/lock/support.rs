use {super::vote::CountLock, crate::state::VoteSide, anchor_lang::prelude::*};

/// Counts a lock that is a whole notice old for an announcement.
pub(crate) fn support(ctx: Context<CountLock>, nonce: u64) -> Result<()> {
    ctx.accounts.count(nonce, VoteSide::For)
}

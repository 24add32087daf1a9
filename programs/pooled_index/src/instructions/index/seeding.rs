use {crate::state::PooledIndex, anchor_lang::prelude::*};

/// The curator puts one constituent into an index before its launch, or takes it
/// back; the last atoms of a person only when nothing is due from it. The constituent's
/// accounts follow.
#[derive(Accounts)]
pub struct Seed<'info> {
    /// The curator, who signs; atoms come from this wallet and go to it.
    pub curator: Signer<'info>,
    /// The index.
    #[account(mut)]
    pub index: AccountLoader<'info, PooledIndex>,
    /// The personal token program.
    ///
    /// CHECK: proven by its address where it is called.
    pub personal_token_program: UncheckedAccount<'info>,
}

use {
    crate::state::{PersonalToken, Round},
    anchor_lang::prelude::*,
};

/// What the owner does with one of their rounds.
#[derive(Accounts)]
pub struct ManageRoundAccounts<'info> {
    /// The owner.
    pub owner: Signer<'info>,
    /// The token.
    #[account(mut)]
    pub token: AccountLoader<'info, PersonalToken>,
    /// The round.
    #[account(mut)]
    pub round: AccountLoader<'info, Round>,
}

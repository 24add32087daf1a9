use {
    crate::state::{Claim, PersonalToken},
    anchor_lang::prelude::*,
};

/// A change of a claim that moves no money.
#[derive(Accounts)]
pub struct ChangeClaimAccounts<'info> {
    /// The owner; to report revenue the claim's payer too; to open an estate anybody.
    pub authority: Signer<'info>,
    /// The token.
    #[account(mut)]
    pub token: AccountLoader<'info, PersonalToken>,
    /// The claim.
    #[account(mut)]
    pub claim: AccountLoader<'info, Claim>,
}

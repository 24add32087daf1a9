use {
    crate::state::{Attesters, Claim, PersonalToken},
    anchor_lang::prelude::*,
};

/// An accepted attester disputes a claim, or a dispute ends. While one lasts the claim is
/// not attested; what exits and revenue bring reaches holders all the same.
#[derive(Accounts)]
pub struct DisputeClaim<'info> {
    /// An accepted attester; to resolve, the owner if the attester who disputed has no seat any
    /// more.
    pub authority: Signer<'info>,
    /// The token.
    #[account(mut)]
    pub token: AccountLoader<'info, PersonalToken>,
    /// The token's attesters.
    pub attesters: AccountLoader<'info, Attesters>,
    /// The claim.
    #[account(mut)]
    pub claim: AccountLoader<'info, Claim>,
}

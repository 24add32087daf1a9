use {
    crate::state::{Attesters, PersonalToken},
    anchor_lang::prelude::*,
};

/// An accepted attester hands its seat to a successor, after the notice period.
#[derive(Accounts)]
pub struct HandOverSeatAccounts<'info> {
    /// The attester who names a successor, or the successor who takes the seat.
    pub authority: Signer<'info>,
    /// The token.
    #[account(mut)]
    pub token: AccountLoader<'info, PersonalToken>,
    /// The token's attesters.
    #[account(mut)]
    pub attesters: AccountLoader<'info, Attesters>,
}

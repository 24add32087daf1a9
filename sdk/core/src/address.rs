//! Addresses of everything that belongs to a token: the program's own finders.

use {
    crate::state::{Account, PersonalToken},
    anchor_lang::prelude::Pubkey,
};

pub use personal_token::seeds;
pub use personal_token::seeds::{
    ASSOCIATED_TOKEN_PROGRAM, TOKEN_2022_PROGRAM, TOKEN_PROGRAM, find_approval, find_associated,
    find_attestation, find_attesters, find_bid, find_claim, find_contribution, find_grant,
    find_holder, find_mint, find_poll, find_round, find_sale, find_token,
};
pub use personal_token::seeds::{
    find_credential, find_identity, find_naming, find_order, find_pass, find_product, find_receipt,
};

/// The system program.
pub const SYSTEM_PROGRAM: Pubkey = anchor_lang::system_program::ID;

/// The mint under which SOL is wrapped, on every cluster.
pub const NATIVE_MINT: Pubkey =
    Pubkey::from_str_const("So11111111111111111111111111111111111111112");

/// The addresses that a token has from its creation.
///
/// ```
/// use upside_core::address::TokenAddresses;
/// let creator = upside_core::Pubkey::new_unique();
/// let addresses = TokenAddresses::of_creator(&creator);
/// assert_eq!(addresses, TokenAddresses::of_token(&addresses.token));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TokenAddresses {
    /// The `PersonalToken` account.
    pub token: Pubkey,
    /// The share mint.
    pub mint: Pubkey,
    /// Custody of registered shares.
    pub share_custody: Pubkey,
}

impl TokenAddresses {
    /// Of the token that `creator` created or will create.
    pub fn of_creator(creator: &Pubkey) -> Self {
        Self::of_token(&find_token(creator).0)
    }

    /// Of a token by its own address.
    pub fn of_token(token: &Pubkey) -> Self {
        let mint = find_mint(token).0;
        let share_custody = find_associated(token, &mint, &TOKEN_2022_PROGRAM).0;
        TokenAddresses {
            token: *token,
            mint,
            share_custody,
        }
    }
}

/// `wallet`'s associated account of a token's share mint, for bearer tokens.
pub fn bearer_account(token: &Pubkey, wallet: &Pubkey) -> Pubkey {
    find_associated(wallet, &find_mint(token).0, &TOKEN_2022_PROGRAM).0
}

/// Addresses of a token's open polls, by place.
pub fn open_poll_keys(token: &Account<PersonalToken>) -> Vec<Pubkey> {
    let data = &token.data;
    let places = (0u8..).zip(&data.polls);
    let open = places.filter(|(place, _)| data.is_poll_open(*place));
    let numbers = open.filter_map(|(_, slot)| slot.seq.checked_sub(1));
    numbers
        .map(|number| find_poll(&token.key, number).0)
        .collect()
}

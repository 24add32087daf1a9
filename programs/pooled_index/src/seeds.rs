//! Every seed prefix and address of the program. SDK and tests import this module;
//! seed literals anywhere else are a defect.

use anchor_lang::prelude::Pubkey;

pub use upside_program::keys::{
    ASSOCIATED_TOKEN_PROGRAM, TOKEN_2022_PROGRAM, TOKEN_PROGRAM, find_associated,
};

/// `Index`: `index`, creator, number (u64, little endian).
pub const INDEX: &[u8] = b"index";
/// The share mint: `shares`, index.
pub const SHARES: &[u8] = b"shares";
/// `Basket`: `basket`, index, wallet, nonce (u64, little endian).
pub const BASKET: &[u8] = b"basket";
/// `Membership`: `membership`, index, personal token.
pub const MEMBERSHIP: &[u8] = b"membership";
/// `Auction`: `auction`, index, number (u64, little endian).
pub const AUCTION: &[u8] = b"auction";

fn find(seeds: &[&[u8]]) -> (Pubkey, u8) {
    Pubkey::find_program_address(seeds, &crate::ID)
}

/// Address and bump of the index that `creator` gave this number.
pub fn find_index(creator: &Pubkey, number: u64) -> (Pubkey, u8) {
    find(&[INDEX, creator.as_ref(), &number.to_le_bytes()])
}

/// Address and bump of the share mint of `index`.
pub fn find_shares(index: &Pubkey) -> (Pubkey, u8) {
    find(&[SHARES, index.as_ref()])
}

/// Address and bump of `wallet`'s basket with this nonce.
pub fn find_basket(index: &Pubkey, wallet: &Pubkey, nonce: u64) -> (Pubkey, u8) {
    find(&[
        BASKET,
        index.as_ref(),
        wallet.as_ref(),
        &nonce.to_le_bytes(),
    ])
}

/// Address and bump of the membership of a personal token.
pub fn find_membership(index: &Pubkey, token: &Pubkey) -> (Pubkey, u8) {
    find(&[MEMBERSHIP, index.as_ref(), token.as_ref()])
}

/// Address and bump of the auction with this number.
pub fn find_auction(index: &Pubkey, number: u64) -> (Pubkey, u8) {
    find(&[AUCTION, index.as_ref(), &number.to_le_bytes()])
}

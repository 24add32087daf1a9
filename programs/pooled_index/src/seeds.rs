//! Every seed prefix and address of the program. SDK and tests import this module;
//! seed literals anywhere else are a defect.

use anchor_lang::prelude::Pubkey;

pub use upside_support::keys::{
    ASSOCIATED_TOKEN_PROGRAM, TOKEN_2022_PROGRAM, TOKEN_PROGRAM, find_associated,
};

/// `PooledIndex`: `index`, creator, number (u64, little endian).
pub const INDEX: &[u8] = b"index";
/// The share mint: `shares`, index.
pub const SHARES: &[u8] = b"shares";
/// `Basket`: `basket`, index, wallet, nonce (u64, little endian).
pub const BASKET: &[u8] = b"basket";
/// `Membership`: `membership`, index, personal token.
pub const MEMBERSHIP: &[u8] = b"membership";
/// `Announcement`: `announcement`, index, its number (u64, little endian).
pub const ANNOUNCEMENT: &[u8] = b"announcement";
/// `Lock`: `lock`, index, wallet.
pub const LOCK: &[u8] = b"lock";
/// `Candidacy`: `candidacy`, index, candidate.
pub const CANDIDACY: &[u8] = b"candidacy";
/// `Offer`: `offer`, index, number of its announcement (u64, little endian).
pub const OFFER: &[u8] = b"offer";
/// `Subject`: `subject`, index, SHA-256 of what attestations about a human have in common.
pub const SUBJECT: &[u8] = b"subject";
/// `Rebalance`: `rebalance`, index.
pub const REBALANCE: &[u8] = b"rebalance";

/// A mint of tickets: `tickets`, index, number of the wrap (u64, little endian).
pub const TICKETS: &[u8] = b"tickets";
/// `Wrapper`: `wrapper`, mint of its tickets.
pub const WRAPPER: &[u8] = b"wrapper";

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

/// Address and bump of the announced actions with this number.
pub fn find_announcement(index: &Pubkey, nonce: u64) -> (Pubkey, u8) {
    find(&[ANNOUNCEMENT, index.as_ref(), &nonce.to_le_bytes()])
}

/// Address and bump of `wallet`'s lock.
pub fn find_lock(index: &Pubkey, wallet: &Pubkey) -> (Pubkey, u8) {
    find(&[LOCK, index.as_ref(), wallet.as_ref()])
}

/// Address and bump of `candidate`'s candidacy.
pub fn find_candidacy(index: &Pubkey, candidate: &Pubkey) -> (Pubkey, u8) {
    find(&[CANDIDACY, index.as_ref(), candidate.as_ref()])
}

/// Address and bump of an offer with this number.
pub fn find_offer(index: &Pubkey, nonce: u64) -> (Pubkey, u8) {
    find(&[OFFER, index.as_ref(), &nonce.to_le_bytes()])
}

/// Address and bump of what keeps a human from a second membership.
pub fn find_subject(index: &Pubkey, subject: &[u8; 32]) -> (Pubkey, u8) {
    find(&[SUBJECT, index.as_ref(), subject])
}

/// Address and bump of the index's rebalance.
pub fn find_rebalance(index: &Pubkey) -> (Pubkey, u8) {
    find(&[REBALANCE, index.as_ref()])
}

/// Address and bump of the mint of tickets of the wrap with this number.
pub fn find_tickets(index: &Pubkey, number: u64) -> (Pubkey, u8) {
    find(&[TICKETS, index.as_ref(), &number.to_le_bytes()])
}

/// Address and bump of the wrapper of these tickets.
pub fn find_wrapper(tickets: &Pubkey) -> (Pubkey, u8) {
    find(&[WRAPPER, tickets.as_ref()])
}

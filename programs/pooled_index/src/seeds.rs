//! Every seed prefix, address and signer of the program. Each kind of account has its seeds
//! in one function, which makes the account, finds its address and signs for it. SDK and tests
//! use this module; seed literals anywhere else are a defect.

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

/// Seeds of `PooledIndex`: `index`, creator, number (u64, little endian).
pub fn index<'a>(creator: &'a Pubkey, number: &'a [u8; 8]) -> [&'a [u8]; 3] {
    [INDEX, creator.as_ref(), number]
}

/// Seeds with which the index that `creator` gave this number signs.
pub fn index_signer<'a>(
    creator: &'a Pubkey,
    number: &'a [u8; 8],
    bump: &'a [u8; 1],
) -> [&'a [u8]; 4] {
    let [prefix, creator, number] = index(creator, number);
    [prefix, creator, number, bump]
}

/// Address and bump of the index that `creator` gave this number.
pub fn find_index(creator: &Pubkey, number: u64) -> (Pubkey, u8) {
    find(&index(creator, &number.to_le_bytes()))
}

/// Seeds of the share mint: `shares`, index.
pub fn shares(index: &Pubkey) -> [&[u8]; 2] {
    [SHARES, index.as_ref()]
}

/// Address and bump of the share mint of `index`.
pub fn find_shares(index: &Pubkey) -> (Pubkey, u8) {
    find(&shares(index))
}

/// Seeds of `Basket`: `basket`, index, wallet, nonce (u64, little endian).
pub fn basket<'a>(index: &'a Pubkey, wallet: &'a Pubkey, nonce: &'a [u8; 8]) -> [&'a [u8]; 4] {
    [BASKET, index.as_ref(), wallet.as_ref(), nonce]
}

/// Address and bump of `wallet`'s basket with this nonce.
pub fn find_basket(index: &Pubkey, wallet: &Pubkey, nonce: u64) -> (Pubkey, u8) {
    find(&basket(index, wallet, &nonce.to_le_bytes()))
}

/// Seeds of `Membership`: `membership`, index, personal token.
pub fn membership<'a>(index: &'a Pubkey, token: &'a Pubkey) -> [&'a [u8]; 3] {
    [MEMBERSHIP, index.as_ref(), token.as_ref()]
}

/// Address and bump of the membership of a personal token.
pub fn find_membership(index: &Pubkey, token: &Pubkey) -> (Pubkey, u8) {
    find(&membership(index, token))
}

/// Seeds of `Announcement`: `announcement`, index, its number (u64, little endian).
pub fn announcement<'a>(index: &'a Pubkey, nonce: &'a [u8; 8]) -> [&'a [u8]; 3] {
    [ANNOUNCEMENT, index.as_ref(), nonce]
}

/// Address and bump of the announced actions with this number.
pub fn find_announcement(index: &Pubkey, nonce: u64) -> (Pubkey, u8) {
    find(&announcement(index, &nonce.to_le_bytes()))
}

/// Seeds of `Lock`: `lock`, index, wallet.
pub fn lock<'a>(index: &'a Pubkey, wallet: &'a Pubkey) -> [&'a [u8]; 3] {
    [LOCK, index.as_ref(), wallet.as_ref()]
}

/// Address and bump of `wallet`'s lock.
pub fn find_lock(index: &Pubkey, wallet: &Pubkey) -> (Pubkey, u8) {
    find(&lock(index, wallet))
}

/// Seeds of `Candidacy`: `candidacy`, index, candidate.
pub fn candidacy<'a>(index: &'a Pubkey, candidate: &'a Pubkey) -> [&'a [u8]; 3] {
    [CANDIDACY, index.as_ref(), candidate.as_ref()]
}

/// Address and bump of `candidate`'s candidacy.
pub fn find_candidacy(index: &Pubkey, candidate: &Pubkey) -> (Pubkey, u8) {
    find(&candidacy(index, candidate))
}

/// Seeds of `Offer`: `offer`, index, number of its announcement (u64, little endian).
pub fn offer<'a>(index: &'a Pubkey, nonce: &'a [u8; 8]) -> [&'a [u8]; 3] {
    [OFFER, index.as_ref(), nonce]
}

/// Address and bump of an offer with this number.
pub fn find_offer(index: &Pubkey, nonce: u64) -> (Pubkey, u8) {
    find(&offer(index, &nonce.to_le_bytes()))
}

/// Seeds of `Subject`: `subject`, index, SHA-256 of what attestations about a human have in common.
pub fn subject<'a>(index: &'a Pubkey, human: &'a [u8; 32]) -> [&'a [u8]; 3] {
    [SUBJECT, index.as_ref(), human]
}

/// Address and bump of what keeps a human from a second membership.
pub fn find_subject(index: &Pubkey, human: &[u8; 32]) -> (Pubkey, u8) {
    find(&subject(index, human))
}

/// Seeds of `Rebalance`: `rebalance`, index.
pub fn rebalance(index: &Pubkey) -> [&[u8]; 2] {
    [REBALANCE, index.as_ref()]
}

/// Address and bump of the index's rebalance.
pub fn find_rebalance(index: &Pubkey) -> (Pubkey, u8) {
    find(&rebalance(index))
}

/// Seeds of a mint of tickets: `tickets`, index, number of the wrap (u64, little endian).
pub fn tickets<'a>(index: &'a Pubkey, number: &'a [u8; 8]) -> [&'a [u8]; 3] {
    [TICKETS, index.as_ref(), number]
}

/// Seeds with which the mint of tickets of this wrap signs that it is made.
pub fn tickets_signer<'a>(
    index: &'a Pubkey,
    number: &'a [u8; 8],
    bump: &'a [u8; 1],
) -> [&'a [u8]; 4] {
    let [prefix, index, number] = tickets(index, number);
    [prefix, index, number, bump]
}

/// Address and bump of the mint of tickets of the wrap with this number.
pub fn find_tickets(index: &Pubkey, number: u64) -> (Pubkey, u8) {
    find(&tickets(index, &number.to_le_bytes()))
}

/// Seeds of `Wrapper`: `wrapper`, mint of its tickets.
pub fn wrapper(tickets: &Pubkey) -> [&[u8]; 2] {
    [WRAPPER, tickets.as_ref()]
}

/// Address and bump of the wrapper of these tickets.
pub fn find_wrapper(tickets: &Pubkey) -> (Pubkey, u8) {
    find(&wrapper(tickets))
}

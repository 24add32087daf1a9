//! Every seed prefix, address and signer of the program. Each kind of account has its seeds
//! in one function, which makes the account, finds its address and signs for it. SDK and tests
//! use this module; seed literals anywhere else are a defect.
//!
//! `Pubkey::find_program_address` costs 1,500 compute units a try, so programs
//! store bumps and find addresses only where an account is made.

use anchor_lang::prelude::Pubkey;

/// `PersonalToken`: `token`, creator.
pub const TOKEN: &[u8] = b"token";
/// The share mint: `mint`, token.
pub const MINT: &[u8] = b"mint";
/// `Holder`: `holder`, token, wallet.
pub const HOLDER: &[u8] = b"holder";
/// `Approval`: `approval`, token, from, to.
pub const APPROVAL: &[u8] = b"approval";
/// `Round`: `round`, token, number (u64, little endian).
pub const ROUND: &[u8] = b"round";
/// `Contribution`: `contribution`, round, wallet.
pub const CONTRIBUTION: &[u8] = b"contribution";
/// `Attesters`: `attesters`, token.
pub const ATTESTERS: &[u8] = b"attesters";
/// `Attestation`: `attestation`, claim, attester.
pub const ATTESTATION: &[u8] = b"attestation";
/// `Sale`: `sale`, token, seller, number (u64, little endian).
pub const SALE: &[u8] = b"sale";
/// `Bid`: `bid`, token, bidder, number (u64, little endian).
pub const BID: &[u8] = b"bid";
/// `StandingOrder`: `order`, token, wallet.
pub const ORDER: &[u8] = b"order";
/// `Grant`: `grant`, token, number (u64, little endian).
pub const GRANT: &[u8] = b"grant";
/// `Product`: `product`, token, number (u64, little endian).
pub const PRODUCT: &[u8] = b"product";
/// `Identity`: `identity`, token, attester.
pub const IDENTITY: &[u8] = b"identity";
/// `Naming`: `naming`, token.
pub const NAMING: &[u8] = b"naming";
/// `Receipt`: `receipt`, token, wallet, number (u64, little endian).
pub const RECEIPT: &[u8] = b"receipt";
/// `Pass`: `pass`, product, wallet.
pub const PASS: &[u8] = b"pass";
/// An attestation of the Solana Attestation Service: `attestation`, credential, schema,
/// nonce.
const SERVICE_ATTESTATION: &[u8] = b"attestation";
/// `Claim`: `claim`, token, number (u64, little endian).
pub const CLAIM: &[u8] = b"claim";
/// `Poll`: `poll`, token, number (u64, little endian).
pub const POLL: &[u8] = b"poll";

pub use upside_support::keys::{
    ASSOCIATED_TOKEN_PROGRAM, TOKEN_2022_PROGRAM, TOKEN_PROGRAM, find_associated,
};

fn find(seeds: &[&[u8]]) -> (Pubkey, u8) {
    Pubkey::find_program_address(seeds, &crate::ID)
}

/// Seeds of `PersonalToken`: `token`, creator.
pub fn token(creator: &Pubkey) -> [&[u8]; 2] {
    [TOKEN, creator.as_ref()]
}

/// Seeds with which the token that `creator` created signs.
pub fn token_signer<'a>(creator: &'a Pubkey, bump: &'a [u8; 1]) -> [&'a [u8]; 3] {
    let [prefix, creator] = token(creator);
    [prefix, creator, bump]
}

/// Address and bump of the token that `creator` created.
pub fn find_token(creator: &Pubkey) -> (Pubkey, u8) {
    find(&token(creator))
}

/// Seeds of the share mint: `mint`, token.
pub fn mint(token: &Pubkey) -> [&[u8]; 2] {
    [MINT, token.as_ref()]
}

/// Address and bump of the share mint of `token`.
pub fn find_mint(token: &Pubkey) -> (Pubkey, u8) {
    find(&mint(token))
}

/// Seeds of `Holder`: `holder`, token, wallet.
pub fn holder<'a>(token: &'a Pubkey, wallet: &'a Pubkey) -> [&'a [u8]; 3] {
    [HOLDER, token.as_ref(), wallet.as_ref()]
}

/// Address and bump of `wallet`'s holder account of `token`.
pub fn find_holder(token: &Pubkey, wallet: &Pubkey) -> (Pubkey, u8) {
    find(&holder(token, wallet))
}

/// Seeds of `Approval`: `approval`, token, from, to.
pub fn approval<'a>(token: &'a Pubkey, from: &'a Pubkey, to: &'a Pubkey) -> [&'a [u8]; 4] {
    [APPROVAL, token.as_ref(), from.as_ref(), to.as_ref()]
}

/// Address and bump of the one-time approval of a transfer between two wallets.
pub fn find_approval(token: &Pubkey, from: &Pubkey, to: &Pubkey) -> (Pubkey, u8) {
    find(&approval(token, from, to))
}

/// Seeds of `Round`: `round`, token, number (u64, little endian).
pub fn round<'a>(token: &'a Pubkey, number: &'a [u8; 8]) -> [&'a [u8]; 3] {
    [ROUND, token.as_ref(), number]
}

/// Address and bump of the round with this number.
pub fn find_round(token: &Pubkey, number: u64) -> (Pubkey, u8) {
    find(&round(token, &number.to_le_bytes()))
}

/// Seeds of `Contribution`: `contribution`, round, wallet.
pub fn contribution<'a>(round: &'a Pubkey, wallet: &'a Pubkey) -> [&'a [u8]; 3] {
    [CONTRIBUTION, round.as_ref(), wallet.as_ref()]
}

/// Address and bump of what `wallet` put into `round`.
pub fn find_contribution(round: &Pubkey, wallet: &Pubkey) -> (Pubkey, u8) {
    find(&contribution(round, wallet))
}

/// Seeds of `Claim`: `claim`, token, number (u64, little endian).
pub fn claim<'a>(token: &'a Pubkey, number: &'a [u8; 8]) -> [&'a [u8]; 3] {
    [CLAIM, token.as_ref(), number]
}

/// Seeds with which the claim with this number signs for its vault.
pub fn claim_signer<'a>(
    token: &'a Pubkey,
    number: &'a [u8; 8],
    bump: &'a [u8; 1],
) -> [&'a [u8]; 4] {
    let [prefix, token, number] = claim(token, number);
    [prefix, token, number, bump]
}

/// Address and bump of the claim with this number.
pub fn find_claim(token: &Pubkey, number: u64) -> (Pubkey, u8) {
    find(&claim(token, &number.to_le_bytes()))
}

/// Seeds of `Attesters`: `attesters`, token.
pub fn attesters(token: &Pubkey) -> [&[u8]; 2] {
    [ATTESTERS, token.as_ref()]
}

/// Address and bump of the attesters of `token`.
pub fn find_attesters(token: &Pubkey) -> (Pubkey, u8) {
    find(&attesters(token))
}

/// Seeds of `Attestation`: `attestation`, claim, attester.
pub fn attestation<'a>(claim: &'a Pubkey, attester: &'a Pubkey) -> [&'a [u8]; 3] {
    [ATTESTATION, claim.as_ref(), attester.as_ref()]
}

/// Address and bump of what `attester` signed on `claim`.
pub fn find_attestation(claim: &Pubkey, attester: &Pubkey) -> (Pubkey, u8) {
    find(&attestation(claim, attester))
}

/// Seeds of `Sale`: `sale`, token, seller, number (u64, little endian).
pub fn sale<'a>(token: &'a Pubkey, seller: &'a Pubkey, number: &'a [u8; 8]) -> [&'a [u8]; 4] {
    [SALE, token.as_ref(), seller.as_ref(), number]
}

/// Address and bump of `seller`'s sale with this number.
pub fn find_sale(token: &Pubkey, seller: &Pubkey, number: u64) -> (Pubkey, u8) {
    find(&sale(token, seller, &number.to_le_bytes()))
}

/// Seeds of `Bid`: `bid`, token, bidder, number (u64, little endian).
pub fn bid<'a>(token: &'a Pubkey, bidder: &'a Pubkey, number: &'a [u8; 8]) -> [&'a [u8]; 4] {
    [BID, token.as_ref(), bidder.as_ref(), number]
}

/// Address and bump of `bidder`'s bid with this number.
pub fn find_bid(token: &Pubkey, bidder: &Pubkey, number: u64) -> (Pubkey, u8) {
    find(&bid(token, bidder, &number.to_le_bytes()))
}

/// Seeds of `StandingOrder`: `order`, token, wallet.
pub fn order<'a>(token: &'a Pubkey, wallet: &'a Pubkey) -> [&'a [u8]; 3] {
    [ORDER, token.as_ref(), wallet.as_ref()]
}

/// Address and bump of `wallet`'s standing order.
pub fn find_order(token: &Pubkey, wallet: &Pubkey) -> (Pubkey, u8) {
    find(&order(token, wallet))
}

/// Seeds of `Grant`: `grant`, token, number (u64, little endian).
pub fn grant<'a>(token: &'a Pubkey, number: &'a [u8; 8]) -> [&'a [u8]; 3] {
    [GRANT, token.as_ref(), number]
}

/// Address and bump of the grant with this number.
pub fn find_grant(token: &Pubkey, number: u64) -> (Pubkey, u8) {
    find(&grant(token, &number.to_le_bytes()))
}

/// Seeds of `Product`: `product`, token, number (u64, little endian).
pub fn product<'a>(token: &'a Pubkey, number: &'a [u8; 8]) -> [&'a [u8]; 3] {
    [PRODUCT, token.as_ref(), number]
}

/// Address and bump of the product with this number.
pub fn find_product(token: &Pubkey, number: u64) -> (Pubkey, u8) {
    find(&product(token, &number.to_le_bytes()))
}

/// Seeds of `Identity`: `identity`, token, attester.
pub fn identity<'a>(token: &'a Pubkey, attester: &'a Pubkey) -> [&'a [u8]; 3] {
    [IDENTITY, token.as_ref(), attester.as_ref()]
}

/// Address and bump of what `attester` signed on the identity of a token's creator.
pub fn find_identity(token: &Pubkey, attester: &Pubkey) -> (Pubkey, u8) {
    find(&identity(token, attester))
}

/// Seeds of `Naming`: `naming`, token.
pub fn naming(token: &Pubkey) -> [&[u8]; 2] {
    [NAMING, token.as_ref()]
}

/// Address and bump of the announced and former names of `token`.
pub fn find_naming(token: &Pubkey) -> (Pubkey, u8) {
    find(&naming(token))
}

/// Seeds of `Receipt`: `receipt`, token, wallet, number (u64, little endian).
pub fn receipt<'a>(token: &'a Pubkey, wallet: &'a Pubkey, number: &'a [u8; 8]) -> [&'a [u8]; 4] {
    [RECEIPT, token.as_ref(), wallet.as_ref(), number]
}

/// Address and bump of `wallet`'s receipt with this number.
pub fn find_receipt(token: &Pubkey, wallet: &Pubkey, number: u64) -> (Pubkey, u8) {
    find(&receipt(token, wallet, &number.to_le_bytes()))
}

/// Seeds of `Pass`: `pass`, product, wallet.
pub fn pass<'a>(product: &'a Pubkey, wallet: &'a Pubkey) -> [&'a [u8]; 3] {
    [PASS, product.as_ref(), wallet.as_ref()]
}

/// Address and bump of `wallet`'s pass of `product`.
pub fn find_pass(product: &Pubkey, wallet: &Pubkey) -> (Pubkey, u8) {
    find(&pass(product, wallet))
}

/// Address and bump of what the Solana Attestation Service attests of `wallet` under a
/// credential and a schema.
pub fn find_credential(credential: &Pubkey, schema: &Pubkey, wallet: &Pubkey) -> (Pubkey, u8) {
    Pubkey::find_program_address(
        &[
            SERVICE_ATTESTATION,
            credential.as_ref(),
            schema.as_ref(),
            wallet.as_ref(),
        ],
        &crate::credential::SERVICE,
    )
}

/// Seeds of `Poll`: `poll`, token, number (u64, little endian).
pub fn poll<'a>(token: &'a Pubkey, number: &'a [u8; 8]) -> [&'a [u8]; 3] {
    [POLL, token.as_ref(), number]
}

/// Address and bump of the poll with this number.
pub fn find_poll(token: &Pubkey, number: u64) -> (Pubkey, u8) {
    find(&poll(token, &number.to_le_bytes()))
}

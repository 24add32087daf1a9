//! What accounts there are, and where.

use upside_sdk::{
    Pubkey,
    address::{
        find_approval, find_associated, find_attestation, find_attesters, find_bid, find_claim,
        find_contribution, find_grant, find_holder, find_identity, find_naming, find_order,
        find_pass, find_poll, find_product, find_receipt, find_round, find_sale,
    },
    index::{
        find_announcement, find_basket, find_candidacy, find_lock, find_membership, find_offer,
        find_rebalance, find_subject, find_tickets, find_wrapper,
    },
};

/// An account by what it is. Tokens, indexes and mints are known by their addresses,
/// everything else by what its address is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// A personal token.
    Token(Pubkey),
    /// A mint.
    Mint(Pubkey),
    /// The associated account of an owner for a mint of a token program.
    Account(Pubkey, Pubkey, Pubkey),
    /// Token, wallet.
    Holder(Pubkey, Pubkey),
    /// Token, from, to.
    Approval(Pubkey, Pubkey, Pubkey),
    /// Token, number.
    Round(Pubkey, u64),
    /// Token, round, wallet.
    Contribution(Pubkey, u64, Pubkey),
    /// Token, number.
    Claim(Pubkey, u64),
    /// Token.
    Attesters(Pubkey),
    /// Token, claim, attester.
    Attestation(Pubkey, u64, Pubkey),
    /// Token, identity attestation.
    Identity(Pubkey, Pubkey),
    /// Token.
    Naming(Pubkey),
    /// Token, number.
    Poll(Pubkey, u64),
    /// Token, wallet, number.
    Receipt(Pubkey, Pubkey, u64),
    /// Token, number.
    Grant(Pubkey, u64),
    /// Token, seller, number.
    Sale(Pubkey, Pubkey, u64),
    /// Token, bidder, number.
    Bid(Pubkey, Pubkey, u64),
    /// Token, wallet.
    Order(Pubkey, Pubkey),
    /// Token, number.
    Product(Pubkey, u64),
    /// Token, product, wallet.
    Pass(Pubkey, u64, Pubkey),
    /// An index.
    Index(Pubkey),
    /// Index, personal token.
    Membership(Pubkey, Pubkey),
    /// Index, number.
    Offer(Pubkey, u64),
    /// Index, what names a human.
    Subject(Pubkey, [u8; 32]),
    /// Index, wallet, nonce.
    Basket(Pubkey, Pubkey, u64),
    /// Index.
    Rebalance(Pubkey),
    /// Index, number.
    Wrapper(Pubkey, u64),
    /// Index, number.
    Announcement(Pubkey, u64),
    /// Index, wallet.
    Lock(Pubkey, Pubkey),
    /// Index, candidate.
    Candidacy(Pubkey, Pubkey),
}

impl Place {
    /// The account's address.
    pub fn address(&self) -> Pubkey {
        match self {
            Place::Token(key) | Place::Mint(key) | Place::Index(key) => *key,
            Place::Account(owner, mint, program) => find_associated(owner, mint, program).0,
            Place::Holder(token, wallet) => find_holder(token, wallet).0,
            Place::Approval(token, from, to) => find_approval(token, from, to).0,
            Place::Round(token, number) => find_round(token, *number).0,
            Place::Contribution(token, round, wallet) => {
                find_contribution(&find_round(token, *round).0, wallet).0
            }
            Place::Claim(token, number) => find_claim(token, *number).0,
            Place::Attesters(token) => find_attesters(token).0,
            Place::Attestation(token, claim, attester) => {
                find_attestation(&find_claim(token, *claim).0, attester).0
            }
            Place::Identity(token, identity_attestation) => {
                find_identity(token, identity_attestation).0
            }
            Place::Naming(token) => find_naming(token).0,
            Place::Poll(token, number) => find_poll(token, *number).0,
            Place::Grant(token, number) => find_grant(token, *number).0,
            Place::Receipt(token, wallet, number) => find_receipt(token, wallet, *number).0,
            Place::Sale(token, seller, number) => find_sale(token, seller, *number).0,
            Place::Bid(token, bidder, number) => find_bid(token, bidder, *number).0,
            Place::Order(token, wallet) => find_order(token, wallet).0,
            Place::Product(token, number) => find_product(token, *number).0,
            Place::Pass(token, product, wallet) => {
                find_pass(&find_product(token, *product).0, wallet).0
            }
            Place::Membership(index, token) => find_membership(index, token).0,
            Place::Offer(index, nonce) => find_offer(index, *nonce).0,
            Place::Subject(index, subject) => find_subject(index, subject).0,
            Place::Basket(index, wallet, nonce) => find_basket(index, wallet, *nonce).0,
            Place::Rebalance(index) => find_rebalance(index).0,
            Place::Wrapper(index, number) => find_wrapper(&find_tickets(index, *number).0).0,
            Place::Announcement(index, nonce) => find_announcement(index, *nonce).0,
            Place::Lock(index, wallet) => find_lock(index, wallet).0,
            Place::Candidacy(index, candidate) => find_candidacy(index, candidate).0,
        }
    }
}

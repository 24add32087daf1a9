//! Pooled indexes: many people and cash behind one share.
//!
//! As for personal tokens: [`instruction`] builds, [`quote`] tells to the atom what
//! the chain will do, [`fetch`] reads, [`action`] plans, [`inspect`] looks through
//! both levels down to each claim and each atom.

pub mod action;
pub mod fetch;
pub mod inspect;
pub mod instruction;
pub mod quote;

pub use {
    crate::state::PROGRAM_ID as PERSONAL_TOKEN,
    pooled_index::{
        ID as PROGRAM_ID,
        error::IndexError,
        events::IndexEvent,
        instructions::{BidArgs, ContributeArgs, CreateIndexArgs, RedeemArgs, SlotList},
        seeds::{find_auction, find_basket, find_index, find_membership, find_shares},
        state::{
            Amounts, Auction, AuctionTerms, Basket, BasketKind, CashBook, Constituent, Index, Kind,
            LOCKED_SHARES, MAX_CASH, MAX_CONSTITUENTS, Membership, MembershipStatus, OfferTerms,
            Parameters, ParametersArgs, SlotAtoms, Status, Terms, TermsArgs, TradeRef,
        },
    },
    upside_math::{INDEX_SHARE_DECIMALS, WHOLE_INDEX_SHARE},
};

/// Name of an index.
pub fn name(index: &Index) -> &str {
    crate::state::text::read(&index.name)
}

/// Symbol of an index.
pub fn symbol(index: &Index) -> &str {
    crate::state::text::read(&index.symbol)
}

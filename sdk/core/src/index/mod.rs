//! Pooled indexes: many people and cash behind one share.
//!
//! As for personal tokens: [`instruction`] builds, [`quote`] tells to the atom what
//! the chain will do, [`fetch`] reads, [`action`] plans, [`inspect`] looks through
//! both levels down to each claim and each atom.

pub mod inspect;
pub mod instruction;
pub mod plan;
mod pool;
pub mod quote;
pub mod rebalance;
pub mod watch;

pub use {
    crate::state::PROGRAM_ID as PERSONAL_TOKEN,
    pool::{Person, Pool},
    pooled_index::{
        ID as PROGRAM_ID,
        error::IndexError,
        events::IndexEvent,
        instructions::{
            AcceptArgs, BidArgs, ContributeArgs, CreateIndexArgs, RedeemArgs, SetUriArgs, SlotList,
            UnwrapTicketsArgs, subject_of,
        },
        seeds::{
            self, find_announcement, find_basket, find_candidacy, find_index, find_lock,
            find_membership, find_offer, find_rebalance, find_shares, find_subject, find_tickets,
            find_wrapper,
        },
        state::{
            Action, ActionKind, Amounts, Announcement, AnnouncementKind, AnnouncementPlace, Basket,
            BasketKind, Candidacy, Coin, Constituent, Due, DueNote, Dues, EXPIRY, Ending,
            FeeRecipient, IndexParameters, IndexStatus, IndexTerms, LOCKED_SHARES, LONG_NOTICE,
            Lock, MAX_ACTIONS, MAX_ANNOUNCEMENTS, MAX_COINS, MAX_CONSTITUENTS, MAX_HARVEST_AGE,
            MAX_NEW_MEMBERS, MAX_ORDERS_ADDED, MAX_PAUSE, MAX_RECIPIENTS, Membership,
            MembershipStatus, Offer, OfferTerms, Order, OrderInput, OrderSide, ParametersInput,
            Part, PooledIndex, REBALANCE_DURATION, Rebalance, RebalanceStatus, RecipientArgs,
            References, Role, SealArgs, Shown, Side, SlotAtoms, SlotKind, StoredAction, Subject,
            TermsInput, Trade, VETO_PARTS, VoteMark, VoteSide, Wrapper,
        },
    },
    upside_math::{INDEX_SHARE_DECIMALS, WHOLE_INDEX_SHARE},
};

/// Name of an index.
pub fn name(index: &PooledIndex) -> &str {
    crate::state::text::read(&index.name)
}

/// Symbol of an index.
pub fn symbol(index: &PooledIndex) -> &str {
    crate::state::text::read(&index.symbol)
}

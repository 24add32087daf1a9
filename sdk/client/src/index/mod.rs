//! Pooled indexes: many people and cash behind one share.
//!
//! As for personal tokens: [`instruction`] builds, [`quote`] tells to the atom what
//! the chain will do, [`fetch`] reads, [`action`] plans, [`inspect`] looks through
//! both levels down to each claim and each atom.

pub mod action;
pub mod fetch;
pub mod inspect;
pub mod plan;
pub mod watch;

pub use upside_core::index::{
    AcceptArgs, Action, ActionKind, Amounts, Announcement, AnnouncementKind, AnnouncementPlace,
    Basket, BasketKind, BidArgs, Candidacy, Coin, Constituent, ContributeArgs, CreateIndexArgs,
    Due, DueNote, Dues, EXPIRY, Ending, FeeRecipient, INDEX_SHARE_DECIMALS, IndexError, IndexEvent,
    IndexParameters, IndexStatus, IndexTerms, LOCKED_SHARES, LONG_NOTICE, Lock, MAX_ACTIONS,
    MAX_ANNOUNCEMENTS, MAX_COINS, MAX_CONSTITUENTS, MAX_HARVEST_AGE, MAX_NEW_MEMBERS,
    MAX_ORDERS_ADDED, MAX_PAUSE, MAX_RECIPIENTS, Membership, MembershipStatus, Offer, OfferTerms,
    Order, OrderInput, OrderSide, PERSONAL_TOKEN, PROGRAM_ID, ParametersInput, Part, Person, Pool,
    PooledIndex, REBALANCE_DURATION, Rebalance, RebalanceStatus, RecipientArgs, RedeemArgs,
    References, Role, SealArgs, SetUriArgs, Shown, Side, SlotAtoms, SlotKind, SlotList,
    StoredAction, Subject, TermsInput, Trade, UnwrapTicketsArgs, VETO_PARTS, VoteMark, VoteSide,
    WHOLE_INDEX_SHARE, Wrapper, find_announcement, find_basket, find_candidacy, find_index,
    find_lock, find_membership, find_offer, find_rebalance, find_shares, find_subject,
    find_tickets, find_wrapper, instruction, name, quote, rebalance, seeds, subject_of, symbol,
};

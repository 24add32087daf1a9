//! Accounts and their transitions. Handlers never change a field: they call a
//! method here, which either leaves every invariant true or returns an error.

mod actions;
mod announcement;
mod basket;
mod books;
mod candidacy;
mod constituent;
mod due;
mod equal_share;
mod governance;
mod index;
mod lock;
mod membership;
mod offer;
mod pool;
mod rebalance;
mod recipients;
mod roles;
mod terms;
mod trading;
mod voting;
mod wrap;
mod wrapper;

pub use {
    actions::{Action, ActionKind, Announcement, MAX_ACTIONS, StoredAction},
    announcement::{
        AnnouncementKind, AnnouncementPlace, EXPIRY, MAX_ANNOUNCEMENTS, MAX_VETOED, VETO_MEMORY,
        Vetoed,
    },
    basket::{Basket, BasketKind, DueNote, MAX_BASKET_SECONDS, MAX_NOTES},
    candidacy::Candidacy,
    constituent::{Constituent, SlotKind},
    due::{Due, Dues},
    equal_share::Coin,
    governance::MAX_PAUSE,
    index::{IndexStatus, PooledIndex},
    lock::{Lock, VoteMark, VoteSide},
    membership::{
        ADMISSION_SECONDS, Ending, MAX_NEW_MEMBERS, Membership, MembershipStatus, Subject,
    },
    offer::{MAX_HARVEST_AGE, Offer, OfferTerms},
    pool::{Contribution, Redemption, require_at_least, require_within},
    rebalance::{
        LONG_NOTICE, MAX_ORDERS_ADDED, Order, OrderInput, OrderSide, REBALANCE_DURATION, Rebalance,
        RebalanceStatus, SealArgs, Side,
    },
    recipients::{FeeRecipient, MAX_RECIPIENTS, RecipientArgs},
    roles::Role,
    terms::{
        IndexParameters, IndexTerms, MAX_DILUTION, NOTICE, ParametersInput, SlotAtoms, TermsInput,
    },
    trading::{References, Trade},
    voting::{VETO_PARTS, Vote},
    wrapper::{Part, Shown, Unwrapped, WrappedHarvest, Wrapper},
};

/// Version byte of every account that this program writes.
pub const VERSION: u8 = 1;
/// Most constituents of an index.
pub const MAX_CONSTITUENTS: usize = 64;
/// Most coins of an index: mints in which it collects dividends.
pub const MAX_COINS: usize = 8;
/// Share atoms that are locked at the launch for good, so that a share never costs
/// nothing and its price cannot be moved by donations.
pub const LOCKED_SHARES: u64 = 1_000_000;

/// Atoms of each constituent, by slot.
pub type Amounts = [u64; MAX_CONSTITUENTS];

pub(crate) use {books::SyncEffects, index::NewIndex, wrapper::ticket_decimals};

use crate::error::{IndexError, ProgramResult};

pub(crate) fn add(a: u64, b: u64) -> ProgramResult<u64> {
    a.checked_add(b).ok_or(IndexError::Overflow)
}

pub(crate) fn sub(a: u64, b: u64, error: IndexError) -> ProgramResult<u64> {
    a.checked_sub(b).ok_or(error)
}

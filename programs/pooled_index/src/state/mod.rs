//! Accounts and their transitions. Handlers never change a field: they call a
//! method here, which either leaves every invariant true or returns an error.

mod auction;
mod basket;
mod books;
mod constituent;
mod equal_share;
mod governance;
mod index;
mod membership;
mod pool;
mod terms;
mod trades;

pub use {
    auction::{Auction, AuctionTerms},
    basket::{Basket, BasketKind},
    constituent::{Constituent, Kind},
    equal_share::CashBook,
    index::{Index, Status, TradeRef},
    membership::{Membership, MembershipStatus, OfferTerms},
    pool::{Contribution, Redemption},
    terms::{Parameters, ParametersArgs, SlotAtoms, Terms, TermsArgs},
};

/// Version byte of every account that this program writes.
pub const VERSION: u8 = 1;
/// Most constituents of an index.
pub const MAX_CONSTITUENTS: usize = 64;
/// Most cash constituents of an index.
pub const MAX_CASH: usize = 4;
/// Most auctions open at a time.
pub const MAX_AUCTIONS: usize = 8;
/// Share atoms that are locked at the launch for good, so that a share never costs
/// nothing and its price cannot be moved by donations.
pub const LOCKED_SHARES: u64 = 1_000_000;

/// Atoms of each constituent, by slot.
pub type Amounts = [u64; MAX_CONSTITUENTS];

pub(crate) use pool::require_at_most;

use crate::error::{IndexError, Outcome};

pub(crate) fn add(a: u64, b: u64) -> Outcome<u64> {
    a.checked_add(b).ok_or(IndexError::Overflow)
}

pub(crate) fn sub(a: u64, b: u64, error: IndexError) -> Outcome<u64> {
    a.checked_sub(b).ok_or(error)
}

macro_rules! byte_enum {
    ($(#[$doc:meta])* $name:ident, $error:ident, $($(#[$variant_doc:meta])* $variant:ident = $value:literal,)+) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[repr(u8)]
        pub enum $name {
            $($(#[$variant_doc])* $variant = $value,)+
        }

        impl TryFrom<u8> for $name {
            type Error = $crate::error::IndexError;

            fn try_from(byte: u8) -> $crate::error::Outcome<Self> {
                match byte {
                    $($value => Ok($name::$variant),)+
                    _ => Err($crate::error::IndexError::$error),
                }
            }
        }
    };
}
pub(crate) use byte_enum;

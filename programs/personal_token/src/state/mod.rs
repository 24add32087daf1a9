//! Accounts and their transitions. Handlers never change a field: they call a
//! method here, which either leaves every invariant true or returns an error.

mod asset;
mod attestation;
mod auction;
mod bid;
mod change;
mod claim;
mod claim_life;
mod claim_terms;
mod claim_units;
mod contribution;
mod creation;
mod evidence;
mod governance;
mod grant;
mod holder;
mod identity;
mod personal_token;
mod pod_u128;
mod poll;
mod round;
mod sale;
mod terms;
mod trade;
mod vaults;

mod estate;
mod naming;
mod order;
mod pass_lock;
mod product;
mod venue;

pub use estate::{MAX_ESTATES, Receipt};
pub use naming::{FormerName, MAX_FORMER_NAMES, NameTexts, Naming};
pub use order::{MAX_ORDER, Order, StandingOrder};
pub use product::{
    MAX_LIFETIME, Pass, PassPrice, Product, ProductKind, ProductStatus, ProductTerms,
};
pub use venue::Venue;
pub use {
    asset::{Asset, FREEZABLE, NO_STREAM, PAUSABLE, PayoutStream, SEIZABLE, TOKEN_2022},
    attestation::{Attestation, Attesters, MAX_ATTESTATION, MAX_ATTESTERS, Origin, Statement},
    auction::{AUCTION_SECONDS, Auction, AuctionTerms},
    bid::{Bid, BidTerms},
    change::{Change, ChangeClass, Figures},
    claim::{CENTURY, Claim, ClaimKind, ClaimStatus, MAX_UNIT_DECIMALS},
    claim_life::{RevenueReport, Transformation},
    claim_terms::{ClaimTerms, Declaration},
    claim_units::TRIFLE_PARTS,
    contribution::{Approval, Contribution},
    creation::Parts,
    evidence::{Evidence, Weighing},
    governance::{ENDOWMENT_WAITS, Policy, Relaxation},
    grant::{Grant, GrantOffer, GrantStatus, GrantTerms, MAX_GRANT_OFFER, MAX_VESTING, Revocation},
    holder::{Holder, HolderStream, WARMING},
    identity::{Identity, IdentityAttestation},
    personal_token::PersonalToken,
    pod_u128::PodU128,
    poll::{
        Answer, DISSOLUTION_PLACE, OWNER_PLACE, POLL_LIFE, POLLS, Poll, PollEnd, PollMark,
        PollSlot, PollStatus, WALLET_PLACES,
    },
    round::{
        COOLING, COVER_TIME, CloseEffects, MAX_EXTENSION, MAX_OPENING, MAX_ROUND, Round,
        RoundStatus, RoundTerms, SellEffects, StageTerms,
    },
    sale::{MAX_OFFER, Sale, SaleTerms},
    terms::{
        Admission, DRIP, MAX_ROYALTY, MAX_TAX, MIN_INACTIVITY, NOTICE, THRESHOLD, TermsInput,
        TokenStatus, TokenTerms, TransferPolicy,
    },
    trade::{Deal, RoyaltyMark, Trade},
    vaults::{ForHolders, MIN_DECIMALS, Redemption},
};

/// Version byte of every account that this program writes.
pub const VERSION: u8 = 1;
/// Most assets that a token lists.
pub const MAX_ASSETS: usize = 8;
/// Most payout mints, and so streams, that a token has.
pub const MAX_STREAMS: usize = 4;

pub(crate) use estate::ReceiptPlace;
pub(crate) use {
    auction::AuctionBy,
    change::About,
    creation::Brought,
    grant::whole,
    holder::GiveUpEffects,
    personal_token::NewToken,
    poll::Question,
    product::{PassPlace, ProductPlace},
    round::require_shares,
    vaults::is_forgone,
};

use crate::error::{ProgramResult, TokenError};

pub(crate) fn add(a: u64, b: u64) -> ProgramResult<u64> {
    a.checked_add(b).ok_or(TokenError::Overflow)
}

pub(crate) fn sub(a: u64, b: u64, error: TokenError) -> ProgramResult<u64> {
    a.checked_sub(b).ok_or(error)
}

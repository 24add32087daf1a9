//! Accounts and their transitions. Handlers never change a field: they call a
//! method here, which either leaves every invariant true or returns an error.

mod asset;
mod attestation;
mod bid;
mod change;
mod claim;
mod claim_life;
mod contribution;
mod creation;
mod governance;
mod grant;
mod holder;
mod identity;
mod personal_token;
mod poll;
mod round;
mod sale;
mod terms;
mod trade;
mod vaults;
mod wide;

mod offering;

pub use offering::{
    Asks, MAX_LIFETIME, Offering, OfferingKind, OfferingStatus, OfferingTerms, Pass,
};
pub use {
    asset::{Asset, NO_STREAM, PayoutStream, SEIZABLE, TOKEN_2022},
    attestation::{Attestation, Attesters, MAX_ATTESTERS, Statement},
    bid::{Bid, BidTerms},
    change::{Change, ChangeClass, Figures},
    claim::{Claim, ClaimKind, ClaimStatus, ClaimTerms, Declaration},
    claim_life::{RevenueReport, Transformation},
    contribution::{Approval, Contribution},
    creation::Parts,
    governance::{Easing, Policy},
    grant::{Grant, GrantTerms, MAX_VESTING},
    holder::{Holder, HolderStream, WARMING},
    identity::{Identity, Voucher},
    personal_token::PersonalToken,
    poll::{
        Answer, DISSOLUTION_PLACE, OWNER_PLACE, POLL_LIFE, POLLS, Poll, PollEnd, PollMark,
        PollSlot, PollStatus, WALLET_PLACES,
    },
    round::{CloseEffects, Round, RoundStatus, RoundTerms, SellEffects, StageTerms},
    sale::{MAX_OFFER, Sale, SaleTerms},
    terms::{Admission, Status, Terms, TermsArgs, TransferPolicy},
    trade::Trade,
    vaults::Redemption,
    wide::Wide,
};

/// Version byte of every account that this program writes.
pub const VERSION: u8 = 1;
/// Most assets that a token lists.
pub const MAX_ASSETS: usize = 8;
/// Most payout mints, and so streams, that a token has.
pub const MAX_STREAMS: usize = 4;

pub(crate) use {
    change::About, creation::Brought, grant::is_paid_out, offering::PassPlace, poll::Question,
    round::require_shares, vaults::is_forgone,
};

use crate::error::{Outcome, TokenError};

pub(crate) fn add(a: u64, b: u64) -> Outcome<u64> {
    a.checked_add(b).ok_or(TokenError::Overflow)
}

pub(crate) fn sub(a: u64, b: u64, error: TokenError) -> Outcome<u64> {
    a.checked_sub(b).ok_or(error)
}

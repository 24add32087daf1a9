//! The program's accounts, as clients read them. The types are the program's own.

use {
    crate::error::CoreError,
    anchor_lang::prelude::Pubkey,
    anchor_lang::{Owner, ZeroCopy},
};

pub use upside_support::{Byte, ByteEnum};

pub use personal_token::state::{
    Deal, ENDOWMENT_WAITS, FREEZABLE, ForHolders, FormerName, MAX_ESTATES, MAX_FORMER_NAMES,
    MAX_ORDER, MAX_ROYALTY, MAX_TAX, MIN_DECIMALS, NameTexts, Naming, Order, PAUSABLE, Receipt,
    RoyaltyMark, SEIZABLE, StandingOrder, TRIFLE_PARTS, Venue,
};
pub use personal_token::{
    ID as PROGRAM_ID,
    instructions::{
        ApproveTransferArgs, AuctionBuyArgs, BuyArgs, ContributeArgs, CreateTokenArgs, ExitArgs,
        FillBidArgs, PutPollArgs, RedeemArgs,
    },
    state::{
        Admission, Answer, Approval, Asset, Attestation, Attesters, Auction, AuctionTerms, Bid,
        BidTerms, COOLING, COVER_TIME, Change, ChangeClass, Claim, ClaimKind, ClaimStatus,
        ClaimTerms, Contribution, DISSOLUTION_PLACE, Evidence, Figures, Grant, GrantOffer,
        GrantStatus, GrantTerms, Holder, HolderStream, Identity, IdentityAttestation, MAX_ASSETS,
        MAX_ATTESTERS, MAX_EXTENSION, MAX_GRANT_OFFER, MAX_OFFER, MAX_STREAMS, MAX_VESTING,
        NO_STREAM, OWNER_PLACE, Origin, POLL_LIFE, POLLS, PayoutStream, PersonalToken, Policy,
        Poll, PollEnd, PollMark, PollSlot, PollStatus, Relaxation, RevenueReport, Revocation,
        Round, RoundStatus, RoundTerms, Sale, SaleTerms, StageTerms, Statement, TermsInput,
        TokenStatus, TokenTerms, Trade, TransferPolicy, Transformation, VERSION, WALLET_PLACES,
        WARMING, Weighing,
    },
    text,
};
pub use personal_token::{
    credential::{Credential, SERVICE as ATTESTATION_SERVICE},
    instructions::PassInput,
    state::{MAX_LIFETIME, Pass, PassPrice, Product, ProductKind, ProductStatus, ProductTerms},
};

/// An account of the program with its address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account<T> {
    /// Address.
    pub key: Pubkey,
    /// Content.
    pub data: T,
}

/// Bytes of an account of type `T`, with its discriminator.
pub const fn space<T>() -> usize {
    size_of::<T>() + 8
}

/// Decodes an account that was fetched from a cluster.
///
/// # Errors
/// `WrongAccount` where owner, type, size or version are not those of a `T`.
///
/// # Example
/// ```
/// use upside_core::{Pubkey, state::{Holder, decode}};
///
/// let key = Pubkey::default();
/// let error = decode::<Holder>(&key, &Pubkey::default(), &[]).unwrap_err();
/// assert!(error.to_string().contains("another program"));
/// ```
pub fn decode<T: ZeroCopy + Owner>(
    key: &Pubkey,
    owner: &Pubkey,
    data: &[u8],
) -> Result<Account<T>, CoreError> {
    let wrong = |why| CoreError::WrongAccount {
        key: *key,
        expected: type_name::<T>(),
        why,
    };
    if *owner != T::owner() {
        return Err(wrong("it belongs to another program"));
    }
    let body = data
        .strip_prefix(T::DISCRIMINATOR)
        .ok_or_else(|| wrong("it is of another type"))?;
    if body.len() != size_of::<T>() {
        return Err(wrong("its size is of another version"));
    }
    if body.first() != Some(&VERSION) {
        return Err(wrong("its version is unknown to this SDK: use a newer one"));
    }
    Ok(Account {
        key: *key,
        data: bytemuck::pod_read_unaligned(body),
    })
}

fn type_name<T>() -> &'static str {
    core::any::type_name::<T>()
        .rsplit("::")
        .next()
        .unwrap_or("account")
}

//! The program's own errors. `ALL` is their order, and so their numbers, on chain:
//! new ones are added at the end.

use {
    anchor_lang::{error::Error, prelude::ProgramError},
    upside_math::MathError,
};

/// Number of the first error, as with every Anchor program.
pub const FIRST_CODE: u32 = 6_000;

macro_rules! errors {
    ($($name:ident: $message:literal,)+) => {
        /// Why an instruction was refused. Nothing moved.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
        #[repr(u32)]
        pub enum TokenError {
            $(#[doc = $message] #[error($message)] $name,)+
        }

        impl TokenError {
            /// Every error, by number.
            pub const ALL: &'static [TokenError] = &[$(TokenError::$name,)+];

            /// The variant's name, as the program logs it.
            pub fn name(self) -> &'static str {
                match self {
                    $(TokenError::$name => stringify!($name),)+
                }
            }
        }
    };
}

errors! {
    Overflow: "A number left its range: use a smaller amount",
    InvariantBroken: "The books would not add up after this instruction: please report it",
    BalanceMismatch: "A token account did not move by exactly the computed amount: the mint takes fees or runs a hook",
    ZeroAmount: "The amount is zero: give one above zero",
    AmountTooSmall: "The amount is too small to buy or pay a single atom: give a larger one",
    DeadlinePassed: "The deadline is over: quote again and send with a later deadline",
    Slippage: "The result would be worse than the given minimum: quote again or accept less",
    InvalidText: "A text is empty, too long, or has control characters: shorten or clean it",
    InvalidTerms: "The token's terms are out of range: see the limits in the documentation of Terms",
    InvalidAdmission: "This admission policy is not available: use Open or Approved",
    InvalidTransferPolicy: "This transfer policy does not exist: use Free, Approved or Closed",
    InvalidVote: "This vote does not exist: use Distribute or Reinvest",
    NotOwner: "Only the token's owner may do this: sign with the owner's key",
    NotPendingOwner: "Only the proposed owner may accept: sign with the key that was proposed",
    NotGuardian: "Only the owner or the guardian may pause: sign with one of their keys",
    NotAdmitted: "Admission needs the signature of the owner or the registrar",
    NotHolder: "The holder account belongs to another wallet: sign with that wallet",
    WrongToken: "The account belongs to another personal token",
    WrongAccount: "The account is not the one that the token's state names: pass the expected address",
    WrongMint: "The mint is not the expected one: pass the token's quote or listed mint",
    WrongTokenProgram: "The token program does not own this mint: pass the program that does",
    WrongTokenAccount: "Not a token account of the expected mint and wallet",
    SameAccount: "Two accounts must differ: pass different ones",
    AlreadyExists: "This account exists already",
    Paused: "New money is paused: exits, dividends and transfers still work",
    NotPaused: "The token is not paused",
    SupplyCapExceeded: "Supply with open rounds would exceed the supply cap",
    BearerCapExceeded: "More shares would be outside than the bearer cap allows: withdraw fewer",
    InsufficientShares: "Not that many registered shares are free: some may be locked",
    TransferClosed: "This token's transfers are closed: only venues may send and receive",
    ApprovalRequired: "The transfer needs the owner's approval for these two wallets: ask the owner to approve it",
    ApprovalExpired: "The approval has expired: ask the owner for a new one",
    ApprovalExceeded: "The approval is for fewer shares: transfer at most what was approved",
    InvalidRound: "The round's terms are impossible: check stages, prices, minimum raise, caps and times",
    RoundNotOpen: "The round is not open for contributions at this time",
    RoundNotOver: "The round is not over: it ends at its closing time or when all is sold",
    RoundNotSucceeded: "The round did not succeed: contributions are refunded instead",
    RoundNotFailed: "The round did not fail: contributions are claimed instead",
    RoundAlreadyClosed: "The round is closed already",
    RoundAlreadySettled: "The round's proceeds are settled already",
    RoundEscrows: "This round has a minimum raise: contribute into its escrow",
    RoundDoesNotEscrow: "This round has no minimum raise: contribute at once",
    RoundSoldOut: "No shares are left in this round",
    BackerCapExceeded: "The contribution would exceed the round's cap per backer: give less",
    ContributionRequired: "This round caps each backer: pass the backer's contribution account",
    ContributionTooSmall: "The contribution is below the round's minimum contribution: give more",
    RoundNeedsApproval: "This round admits by approval: the owner or the registrar must sign too",
    OwnerCannotContribute: "The owner cannot buy from their own round: use issue",
    UnsupportedMint: "The mint has an extension that is not allowed: fees, hooks, non-transferable and confidential mints are refused",
    AssetAlreadyListed: "The mint is listed already",
    AssetNotListed: "The mint is not listed by this token: list it first",
    AssetListFull: "The list of assets or payout mints is full: 8 assets, 4 payout mints",
    NotAPayoutMint: "The mint is listed, but not as a payout mint",
    AssetAccountsMismatch: "Pass mint, vault and destination of every listed asset in order, leaving out only those forgone",
    NothingToSync: "Balance and books agree: there is nothing to sync",
    NothingToClaim: "Nothing is claimable now: wait for the stream or for a payout",
    NothingToRedeem: "These shares would redeem for nothing: the reserve is empty or the amount too small",
    InvalidClaim: "The claim's fields are out of range: see the documentation of its kind",
    WrongClaimKind: "The claim is of another kind: use the instruction for its kind",
    ClaimNotOpen: "The claim is closed",
    ClaimEnded: "The revenue claim has reached its end date",
    RevenueCapExceeded: "The payment would exceed the revenue claim's total: pay at most what remains",
    UnitsExceedHeld: "More units than the claim holds: use at most what is held",
    ProceedsBelowCost: "Tokenized equity cannot be sold below its carried cost",
    VaultShort: "The vault holds less than its books say: an issuer seized or burned assets; sync first",
    MathDomain: "A computation was asked outside its domain: check the amounts",
}

impl TokenError {
    /// The number that the program returns: `6000 +` place in [`TokenError::ALL`].
    pub fn code(self) -> u32 {
        // Never wraps: the enum has far fewer than 2^32 - 6000 variants.
        FIRST_CODE.wrapping_add(self as u32)
    }

    /// The error with this number, if it is one of this program's.
    pub fn from_code(code: u32) -> Option<TokenError> {
        let place = usize::try_from(code.checked_sub(FIRST_CODE)?).ok()?;
        TokenError::ALL.get(place).copied()
    }
}

impl From<TokenError> for Error {
    #[cold]
    #[inline(never)]
    fn from(error: TokenError) -> Error {
        solana_program::log::sol_log(error.name());
        Error::from(ProgramError::Custom(error.code()))
    }
}

impl From<MathError> for TokenError {
    fn from(error: MathError) -> TokenError {
        match error {
            MathError::Overflow | MathError::Underflow => TokenError::Overflow,
            MathError::DivisionByZero | MathError::OutOfRange => TokenError::MathDomain,
        }
    }
}

/// What the program's own functions return. Handlers turn it into Anchor's
/// [`Error`] with `?`; until then an error is one number, without a heap.
pub type Outcome<T> = Result<T, TokenError>;

/// `Ok` where `condition` holds, else `error`.
pub fn require(condition: bool, error: TokenError) -> Outcome<()> {
    if condition { Ok(()) } else { Err(error) }
}

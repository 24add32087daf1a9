//! What the chain will do, computed beforehand by the very functions that the
//! program runs: equal to the atom for the same state and time.

mod creation;
mod grant;
mod order;

pub use creation::{
    CloseQuote, ContributionQuote, CreationQuote, Missing, close_now, contribution_now, creation,
    is_cover_time_over, opening,
};
pub use grant::{GrantQuote, acceptance, collection, grant, offers, revocation};
pub use order::{OrderQuote, order};

use {
    crate::{
        error::CoreError,
        state::{
            Account, Attestation, Attesters, Bid, Claim, Evidence, Holder, MAX_ASSETS,
            PersonalToken, Round, Sale, Trade, Weighing,
        },
    },
    upside_math::{Atoms, Purchase, Shares, carried, exit},
};

/// What a contribution of at most `payment` quote atoms buys.
///
/// # Errors
/// `Refused(RoundSoldOut)` or `Refused(AmountTooSmall)`.
///
/// # Example
/// ```no_run
/// # fn example(round: &upside_core::state::Round) -> Result<(), upside_core::error::CoreError> {
/// let buys = upside_core::quote::contribution(round, upside_core::Atoms(100_000_000))?;
/// println!("{} share atoms for {}", buys.shares.0, buys.charge.0);
/// # Ok(())
/// # }
/// ```
pub fn contribution(round: &Round, payment: Atoms) -> Result<Purchase, CoreError> {
    Ok(round.quote(payment.0)?)
}

/// The least payment in quote atoms that buys `shares` now, found by bisection.
///
/// # Errors
/// `Refused(RoundSoldOut)` where fewer are left.
pub fn payment_for(round: &Round, shares: Shares) -> Result<Atoms, CoreError> {
    let buys = |payment| round.quote(payment).map_or(0, |purchase| purchase.shares.0);
    let (mut low, mut high) = (0u64, u64::MAX);
    if buys(high) < shares.0 {
        return Err(personal_token::error::TokenError::RoundSoldOut.into());
    }
    while low < high {
        let middle = low + (high - low) / 2;
        if buys(middle) >= shares.0 {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    Ok(Atoms(low))
}

/// What burning `shares` pays of each listed asset, in atoms and in the order of
/// the list. `mint_supply` is the share mint's true supply; an asset whose bit is
/// set in `forgone` pays nothing.
///
/// # Errors
/// `Refused(NothingToRedeem)`, `Refused(ZeroAmount)`; `Math` for more than the supply.
///
/// # Example
/// ```no_run
/// # fn example(token: &upside_core::state::PersonalToken, supply: upside_core::Shares) -> Result<(), upside_core::error::CoreError> {
/// let paid = upside_core::quote::redemption(token, supply, upside_core::Shares(1_000_000), 0)?;
/// println!("{} quote atoms for one share", paid[0]);
/// # Ok(())
/// # }
/// ```
pub fn redemption(
    token: &PersonalToken,
    mint_supply: Shares,
    shares: Shares,
    forgone: u8,
) -> Result<[u64; MAX_ASSETS], CoreError> {
    let mut token = *token;
    token.supply = mint_supply.0;
    Ok(token.redemption(shares.0, forgone)?.paid)
}

/// The same for shares of a holder account at unix time `now`: the last ones that earn
/// take what still streams along.
///
/// # Errors
/// `Refused(InsufficientShares)`, `Refused(ZeroAmount)`, `Refused(NothingToRedeem)`.
pub fn holder_redemption(
    token: &PersonalToken,
    holder: &Holder,
    mint_supply: Shares,
    shares: Shares,
    forgone: u8,
    now: i64,
) -> Result<[u64; MAX_ASSETS], CoreError> {
    let token = token.once_left(holder, shares.0, now)?;
    redemption(&token, mint_supply, shares, forgone)
}

/// What a holder has of one payout mint at a time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Dividend {
    /// Payout atoms that a claim pays now.
    pub collectable: Atoms,
    /// Payout atoms of the stream that are still to be released to all holders.
    pub streaming: Atoms,
}

/// What `holder` can collect of the stream at `place` at unix time `now`.
///
/// # Errors
/// `Refused(NotAPayoutMint)` for a place without a stream.
///
/// # Example
/// ```no_run
/// # fn example(token: &upside_core::state::PersonalToken, holder: &upside_core::state::Holder) -> Result<(), upside_core::error::CoreError> {
/// let tomorrow = 1_900_000_000;
/// let quote = upside_core::quote::dividend(token, holder, 0, tomorrow)?;
/// println!("{} atoms to collect then", quote.collectable.0);
/// # Ok(())
/// # }
/// ```
pub fn dividend(
    token: &PersonalToken,
    holder: &Holder,
    place: usize,
    now: i64,
) -> Result<Dividend, CoreError> {
    let (collectable, streaming) = token.dividend(holder, place, now)?;
    Ok(Dividend {
        collectable,
        streaming,
    })
}

/// What buying `shares` of a sale does at unix second `now`: the payment, and the part of
/// it that is royalty, the owner's. What has warmed of the seller's shares by then counts.
///
/// # Errors
/// `Refused(SaleExceeded)`.
pub fn sale(
    token: &PersonalToken,
    sale: &Sale,
    seller: &Holder,
    shares: Shares,
    now: i64,
) -> Result<Trade, CoreError> {
    Ok(token.trade(&seller.warmed(now)?, &sale.deal(shares.0)?)?)
}

/// What selling `shares` into a bid does at unix second `now`: what the bid pays, and the
/// part of it that is royalty, the owner's. What has warmed of the seller's shares by then
/// counts.
///
/// # Errors
/// `Refused(BidExceeded)`; `Refused(AmountTooSmall)` if the price rounds to nothing.
pub fn bid(
    token: &PersonalToken,
    bid: &Bid,
    seller: &Holder,
    shares: Shares,
    now: i64,
) -> Result<Trade, CoreError> {
    Ok(token.trade(&seller.warmed(now)?, &bid.deal(shares.0)?)?)
}

/// What accepted attesters say of a claim at unix time `now`: of all that was signed on it,
/// more may be given than counts. `list` are the token's attesters, where it has any.
///
/// # Errors
/// `Refused` where the accounts do not add up.
pub fn evidence(
    token: &PersonalToken,
    claim: &Account<Claim>,
    list: Option<&Attesters>,
    signed: &[Account<Attestation>],
    now: i64,
) -> Result<Evidence, CoreError> {
    let Some(list) = list else {
        return Ok(Evidence::default());
    };
    let at = Weighing {
        list,
        owner: &token.owner,
        notice: i64::from(token.terms.notice_seconds),
        now,
    };
    let of_claim = signed.iter().map(|signed| &signed.data);
    let of_claim = of_claim.filter(|signed| signed.claim == claim.key);
    Ok(Evidence::of(&claim.data, of_claim, &at)?)
}

/// Where the proceeds of an exit go, in quote atoms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ExitQuote {
    /// The cost of the exited units that counts.
    pub cost: Atoms,
    /// Cumulative result after it.
    pub cumulative: i128,
    /// To the owner.
    pub to_owner: Atoms,
    /// To the reserve.
    pub to_reserve: Atoms,
    /// To the stream.
    pub to_stream: Atoms,
    /// To the endowment: what is for holders, while no share exists.
    pub to_endowment: Atoms,
}

/// Where `proceeds` for `units` of a claim would go now, with the [`evidence`] of now.
///
/// # Errors
/// `Math` for more units than held.
pub fn exit_of(
    token: &PersonalToken,
    claim: &Account<Claim>,
    evidence: &Evidence,
    units: u64,
    proceeds: Atoms,
) -> Result<ExitQuote, CoreError> {
    let counted = evidence.cost_that_counts(&claim.data, token);
    let cost = carried(Atoms(counted), units, claim.data.held()?)?;
    let numbers = exit(proceeds, cost, token.result.signed(), token.bounds())?;
    let parts = token.for_holders(numbers.in_scope.0)?;
    Ok(ExitQuote {
        cost,
        cumulative: numbers.cumulative,
        to_owner: numbers.to_owner,
        to_reserve: Atoms(parts.to_reserve),
        to_stream: Atoms(parts.to_stream),
        to_endowment: Atoms(parts.to_endowment),
    })
}

/// What `units` of a claim's auction cost at unix time `now`, and where the payment goes.
///
/// # Errors
/// `Refused(AuctionNotOpen)`, `Refused(UnitsExceedHeld)`.
pub fn auction(
    token: &PersonalToken,
    claim: &Account<Claim>,
    evidence: &Evidence,
    units: u64,
    now: i64,
) -> Result<(Atoms, ExitQuote), CoreError> {
    let payment = Atoms(claim.data.auction.price(units, now)?);
    let quote = exit_of(token, claim, evidence, units, payment)?;
    Ok((payment, quote))
}

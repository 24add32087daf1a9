//! What an index will do, computed beforehand by the functions that the program runs.
//!
//! Quotes are for the pool's own clock. Dividends stream by the second, and the
//! management fee accrues by the second: what lands later differs by what came
//! meanwhile, which is what the bounds of each instruction are for.

use {
    super::{Amounts, Index, IndexError, Kind, MAX_CONSTITUENTS, Membership, fetch::Pool},
    crate::{error::SdkError, state::MAX_STREAMS},
    anchor_lang::prelude::Pubkey,
    upside_math::Atoms,
};

/// Dividends of one person's token that the index can claim of one payout mint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Harvest {
    /// Slot of the personal constituent.
    pub slot: u8,
    /// Slot of the cash constituent; none where the person pays in no mint that the
    /// index holds, and the harvest only notes that.
    pub cash_slot: Option<u8>,
    /// Payout atoms that are claimed.
    pub amount: Atoms,
    /// Payout atoms of them that go to members.
    pub to_members: Atoms,
}

/// What a contribution gives and gets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContributionQuote {
    /// Index share atoms asked for.
    pub shares: u64,
    /// Index share atoms that arrive: those asked for without the entry fee.
    pub minted: u64,
    /// Index share atoms of the entry fee.
    pub fee: u64,
    /// Atoms to give of each held constituent, by slot.
    pub amounts: Vec<(u8, u64)>,
}

/// What a redemption pays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RedemptionQuote {
    /// Index share atoms burned.
    pub shares: u64,
    /// Index share atoms of the exit fee.
    pub fee: u64,
    /// Atoms paid of each held constituent, by slot.
    pub amounts: Vec<(u8, u64)>,
}

/// The personal constituents that must be harvested before anybody contributes.
pub fn stale(pool: &Pool) -> Vec<u8> {
    let (index, now) = (&pool.index.data, pool.clock.unix_timestamp);
    let age = index.parameters.max_harvest_age;
    let held = index.held();
    held.filter(|(_, slot)| !slot.is_fresh(now, age))
        .map(|(number, _)| number)
        .collect()
}

/// What there is to harvest of a personal constituent, one entry a payout mint that
/// the index holds, or one entry without any.
///
/// # Errors
/// `NotFound` for a slot that is no person's; `Math`.
pub fn harvests(pool: &Pool, slot: u8) -> Result<Vec<Harvest>, SdkError> {
    let person = pool.person(slot)?;
    let (index, token) = (&pool.index.data, &person.token.data);
    let rate = upside_math::Bps::new(index.terms.equal_share_bps)?;
    let mut found = Vec::new();
    for (place, stream) in token.active_streams()?.iter().enumerate().take(MAX_STREAMS) {
        let mint = token.asset(usize::from(stream.asset))?.mint;
        let Some(cash_slot) = cash_slot(index, &mint) else {
            continue;
        };
        let now = pool.clock.unix_timestamp;
        let quote = crate::quote::dividend(token, &person.custody.data, place, now)?;
        let amount = quote.claimable;
        let to_members = if index.members > 0 {
            Atoms(upside_math::set_aside(amount.0, rate)?)
        } else {
            Atoms::ZERO
        };
        found.push(Harvest {
            slot,
            cash_slot: Some(cash_slot),
            amount,
            to_members,
        });
    }
    if found.is_empty() {
        found.push(Harvest {
            slot,
            cash_slot: None,
            amount: Atoms::ZERO,
            to_members: Atoms::ZERO,
        });
    }
    Ok(found)
}

/// Slot of a cash constituent.
pub fn cash_slot(index: &Index, mint: &Pubkey) -> Option<u8> {
    let slot = index.slot_of(mint).ok()?;
    index.constituent(slot).ok()?.require(Kind::Cash).ok()?;
    Some(slot)
}

impl Pool {
    /// The pool as it is once these harvests were made, at the pool's own time.
    ///
    /// # Errors
    /// `IndexRefused` where the books cannot take them.
    pub fn harvested(&self, harvests: &[Harvest]) -> Result<Pool, SdkError> {
        let mut pool = self.clone();
        let now = pool.clock.unix_timestamp;
        let index = &mut pool.index.data;
        for harvest in harvests {
            if let Some(cash) = harvest.cash_slot.filter(|_| !harvest.amount.is_zero()) {
                index.share_out_cash(cash, harvest.amount.0, now)?;
            }
            index.stamp(harvest.slot, now)?;
        }
        Ok(pool)
    }

    /// The index with its fee accrued up to the pool's time.
    fn accrued(&self) -> Result<Index, SdkError> {
        let mut index = self.index.data;
        index.accrue(self.mint_supply, self.clock.unix_timestamp)?;
        Ok(index)
    }
}

/// What `shares` (index share atoms) cost now.
///
/// # Errors
/// `IndexRefused(ZeroAmount)`, `IndexRefused(EmptyIndex)`, `IndexRefused(AmountTooSmall)`.
///
/// # Example
/// ```no_run
/// # fn example(pool: &upside_sdk::index::fetch::Pool) -> Result<(), upside_sdk::error::SdkError> {
/// let quote = upside_sdk::index::quote::contribution(pool, 5_000_000_000)?;
/// for (slot, atoms) in &quote.amounts {
///     println!("slot {slot}: {atoms} atoms");
/// }
/// # Ok(())
/// # }
/// ```
pub fn contribution(pool: &Pool, shares: u64) -> Result<ContributionQuote, SdkError> {
    let index = pool.accrued()?;
    let computed = index.contribution(shares)?;
    Ok(ContributionQuote {
        shares,
        minted: computed.minted,
        fee: computed.fee,
        amounts: held(&index, &computed.amounts),
    })
}

/// The most index share atoms for which nobody gives more than `have` atoms of any
/// constituent, by slot; found by bisection.
///
/// # Errors
/// `IndexRefused(AmountTooSmall)` where that buys nothing.
pub fn shares_for(pool: &Pool, have: &Amounts) -> Result<u64, SdkError> {
    let index = pool.accrued()?;
    let affordable = |shares: u64| {
        index.contribution(shares).is_ok_and(|costs| {
            let pairs = costs.amounts.iter().zip(have);
            pairs.into_iter().all(|(cost, have)| cost <= have)
        })
    };
    most(affordable).ok_or_else(|| IndexError::AmountTooSmall.into())
}

/// The largest number for which a condition holds that is true up to somewhere.
pub(super) fn most(holds: impl Fn(u64) -> bool) -> Option<u64> {
    let (mut low, mut high) = (0u64, u64::MAX);
    while low < high {
        // Above the middle, so that it ends.
        let middle = high - (high - low) / 2;
        if holds(middle) {
            low = middle;
        } else {
            high = middle - 1;
        }
    }
    (low > 0).then_some(low)
}

/// What burning `shares` (index share atoms) pays now.
///
/// # Errors
/// `IndexRefused(ZeroAmount)`, `IndexRefused(InsufficientShares)`, `IndexRefused(AmountTooSmall)`.
pub fn redemption(pool: &Pool, shares: u64) -> Result<RedemptionQuote, SdkError> {
    let index = pool.accrued()?;
    let computed = index.redemption(shares)?;
    Ok(RedemptionQuote {
        shares,
        fee: computed.fee,
        amounts: held(&index, &computed.amounts),
    })
}

/// Shares whose atoms the index holds: those in existence and fee shares to be minted.
///
/// # Errors
/// `IndexRefused(Overflow)`.
pub fn effective_supply(pool: &Pool) -> Result<u64, SdkError> {
    Ok(pool.accrued()?.effective_supply()?)
}

/// The amounts of held constituents, with their slots.
fn held(index: &Index, amounts: &Amounts) -> Vec<(u8, u64)> {
    index
        .held()
        .filter_map(|(slot, _)| Some((slot, *amounts.get(usize::from(slot))?)))
        .collect()
}

/// Upper bounds of amounts, in the order that instructions take: each with
/// `slippage_bps` more, rounded up.
pub(super) fn at_most(amounts: &[(u8, u64)], slippage_bps: u16) -> Vec<u64> {
    let part = 10_000 + u128::from(slippage_bps);
    scaled(amounts, |atoms| (atoms * part).div_ceil(10_000))
}

/// Lower bounds, likewise: each with as much less, rounded down.
pub(super) fn at_least(amounts: &[(u8, u64)], slippage_bps: u16) -> Vec<u64> {
    let part = 10_000u128.saturating_sub(slippage_bps.into());
    scaled(amounts, |atoms| atoms * part / 10_000)
}

/// A bound above every amount there can be is no bound.
fn scaled(amounts: &[(u8, u64)], scale: impl Fn(u128) -> u128) -> Vec<u64> {
    let one = |(_, atoms): &(u8, u64)| u64::try_from(scale(u128::from(*atoms)));
    amounts
        .iter()
        .map(|pair| one(pair).unwrap_or(u64::MAX))
        .collect()
}

/// An empty set of amounts.
pub const NOTHING: Amounts = [0; MAX_CONSTITUENTS];

/// What a membership can claim of the equal share now, by slot of cash.
///
/// # Errors
/// `IndexRefused(InvariantBroken)` where the books do not add up.
pub fn equal_share(pool: &Pool, membership: &Membership) -> Result<Vec<(u8, u64)>, SdkError> {
    let index = &pool.index.data;
    let mut membership = *membership;
    membership.settle(index)?;
    let mut amounts = Vec::new();
    for (slot, constituent) in pool.constituents() {
        if constituent.kind()? == Kind::Cash {
            amounts.push((slot, membership.owed(constituent.cash)?));
        }
    }
    Ok(amounts)
}

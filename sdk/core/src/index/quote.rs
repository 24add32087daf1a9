//! What an index will do, computed beforehand by the functions that the program runs.
//!
//! Quotes are for the pool's own clock. Dividends stream by the second, and the
//! management fee accrues by the second: what lands later differs by what came
//! meanwhile, which is what the bounds of each instruction are for.

mod accept;

pub use accept::{AcceptQuote, accept_quote};

use {
    super::{
        Amounts, Basket, Dues, IndexError, MAX_CONSTITUENTS, Membership, Person, Pool, PooledIndex,
        SlotAtoms, SlotKind,
    },
    crate::{error::CoreError, state::MAX_STREAMS},
    anchor_lang::prelude::Pubkey,
    upside_math::Atoms,
};

/// Dividends of one person's token that the index can collect of one payout mint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Harvest {
    /// Slot of the personal constituent.
    pub slot: u8,
    /// Slot of the coin; `None` if the person pays in no coin of the index, and the harvest
    /// only notes that.
    pub coin_slot: Option<u8>,
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
    /// Atoms to give of each slot that costs something: of what the index holds, and of
    /// coins also for what persons owe it.
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

/// The persons of whom a harvest collects something now.
///
/// # Errors
/// `IndexRefused(InvariantBroken)` where books do not add up.
pub fn harvestable(pool: &Pool) -> Result<Vec<u8>, CoreError> {
    let (index, now) = (&pool.index.data, pool.clock.unix_timestamp);
    let mut found = Vec::new();
    for (slot, person) in &pool.persons {
        let dues = index.due(&person.token.data, &person.custody.data, now)?;
        let collected = |place: u8| {
            let slot = index.book(place).map(|book| book.slot);
            slot.is_ok_and(|slot| index.collected(slot).is_ok())
        };
        if dues.iter().any(|due| due.atoms > 0 && collected(due.coin)) {
            found.push(*slot);
        }
    }
    Ok(found)
}

/// What the persons that the index holds owe it at `now` (unix seconds), by place of the
/// coin.
///
/// # Errors
/// `IndexRefused(InvariantBroken)` where books do not add up.
pub fn dues(pool: &Pool, now: i64) -> Result<Dues, CoreError> {
    dues_of(pool, now, |_| true)
}

fn dues_of(pool: &Pool, now: i64, counts: impl Fn(u8) -> bool) -> Result<Dues, CoreError> {
    let (index, mut dues) = (&pool.index.data, Dues::default());
    for (slot, person) in &pool.persons {
        if index.constituent(*slot)?.is_held() && counts(*slot) {
            let (token, holder) = (&person.token.data, &person.custody.data);
            index.add_due(&mut dues, token, holder, now)?;
        }
    }
    Ok(dues)
}

/// What there is to harvest of a personal constituent, one entry a coin in which the
/// person pays, or one entry without any.
///
/// # Errors
/// `NotFound` for a slot that is no person's; `Math`.
pub fn harvests(pool: &Pool, slot: u8) -> Result<Vec<Harvest>, CoreError> {
    let person = pool.person(slot)?;
    let (index, token) = (&pool.index.data, &person.token.data);
    let rate = upside_math::Bps::new(index.terms.equal_share_bps)?;
    let mut found = Vec::new();
    for (place, stream) in token.active_streams()?.iter().enumerate().take(MAX_STREAMS) {
        let mint = token.asset(usize::from(stream.asset))?.mint;
        let coin = index.coin_of(&mint).and_then(|place| index.book(place));
        let Some(coin_slot) = coin.ok().map(|book| book.slot) else {
            continue;
        };
        if index.collected(coin_slot).is_err() {
            continue;
        }
        let now = pool.clock.unix_timestamp;
        let quote = crate::quote::dividend(token, &person.custody.data, place, now)?;
        let amount = quote.collectable;
        let to_members = upside_math::set_aside(amount.0, rate, index.members)?;
        found.push(Harvest {
            slot,
            coin_slot: Some(coin_slot),
            amount,
            to_members: Atoms(to_members),
        });
    }
    if found.is_empty() {
        found.push(Harvest {
            slot,
            coin_slot: None,
            amount: Atoms::ZERO,
            to_members: Atoms::ZERO,
        });
    }
    Ok(found)
}

/// Slot of a cash constituent.
pub fn coin_slot(index: &PooledIndex, mint: &Pubkey) -> Option<u8> {
    let slot = index.slot_of(mint).ok()?;
    index.constituent(slot).ok()?.require(SlotKind::Mint).ok()?;
    Some(slot)
}

impl Pool {
    /// The pool as it is once these harvests were made, at the pool's own time.
    ///
    /// # Errors
    /// `IndexRefused` where the books cannot take them.
    pub fn harvested(&self, harvests: &[Harvest]) -> Result<Pool, CoreError> {
        let mut pool = self.clone();
        let now = pool.clock.unix_timestamp;
        let index = &mut pool.index.data;
        for harvest in harvests {
            if let Some(coin) = harvest.coin_slot.filter(|_| !harvest.amount.is_zero()) {
                index.share_out(coin, harvest.amount.0, now)?;
                let mint = index.constituent(coin)?.key;
                if let Some(person) = pool.persons.get_mut(&harvest.slot) {
                    let stream = collect(person, &mint, now)?;
                    // What baskets noted of this stream is in the coin from now on.
                    let slot = index.constituents.get_mut(usize::from(harvest.slot));
                    let moved = slot.and_then(|slot| slot.harvests.get_mut(stream));
                    if let Some(moved) = moved {
                        *moved = moved.wrapping_add(1);
                    }
                }
            }
            index.stamp(harvest.slot, now)?;
        }
        Ok(pool)
    }

    /// The index with its fee accrued up to the pool's time.
    fn accrued(&self) -> Result<PooledIndex, CoreError> {
        let mut index = self.index.data;
        index.accrue(self.mint_supply, self.clock.unix_timestamp)?;
        Ok(index)
    }
}

/// Takes what a person owes in one mint out of the person's books. Returns the place of its
/// stream.
fn collect(person: &mut Person, mint: &Pubkey, now: i64) -> Result<usize, CoreError> {
    let token = person.token.data.released(now)?;
    let place = usize::from(token.asset(token.asset_of(mint)?)?.stream);
    let index = token.streams.get(place).map(|stream| stream.index);
    let holder = &mut person.custody.data;
    if let (Some(index), Some(mine)) = (index, holder.streams.get(place).copied()) {
        let owed = holder.owed_at(place, index.unsigned())?;
        let (_, fraction) = upside_math::payable(owed);
        if let Some(place) = holder.streams.get_mut(place) {
            *place = mine;
            place.checkpoint = index;
            place.owed = fraction.into();
        }
    }
    person.token.data = token;
    Ok(place)
}

/// What `shares` (index share atoms) cost now, with what persons owe the index.
///
/// # Errors
/// `IndexRefused(ZeroAmount)`, `IndexRefused(EmptyIndex)`, `IndexRefused(AmountTooSmall)`.
///
/// # Example
/// ```no_run
/// # fn example(pool: &upside_core::index::Pool) -> Result<(), upside_core::error::CoreError> {
/// let quote = upside_core::index::quote::contribution(pool, 5_000_000_000)?;
/// for (slot, atoms) in &quote.amounts {
///     println!("slot {slot}: {atoms} atoms");
/// }
/// # Ok(())
/// # }
/// ```
pub fn contribution(pool: &Pool, shares: u64) -> Result<ContributionQuote, CoreError> {
    let index = pool.accrued()?;
    let dues = dues(pool, pool.clock.unix_timestamp)?;
    cost(&index, shares, &dues, index.parameters.entry_fee_bps)
}

/// What is still to be brought to a basket, and what its shares cost: what was due when
/// persons were deposited, and is due now from those that were not.
///
/// # Errors
/// As [`contribution`].
pub fn basket(pool: &Pool, basket: &Basket, shares: u64) -> Result<ContributionQuote, CoreError> {
    let index = pool.accrued()?;
    let brought = |slot: u8| basket.amount(slot).is_ok_and(|atoms| atoms > 0);
    let now = pool.clock.unix_timestamp;
    let mut dues = dues_of(pool, now, |slot| !brought(slot))?;
    for (sum, noted) in dues.iter_mut().zip(index.noted_dues(basket)?) {
        *sum = Atoms(*sum).checked_add(Atoms(noted))?.0;
    }
    cost(&index, shares, &dues, basket.entry_fee_bps)
}

fn cost(
    index: &PooledIndex,
    shares: u64,
    dues: &Dues,
    fee: u16,
) -> Result<ContributionQuote, CoreError> {
    let computed = index.contribution(shares, dues, fee)?;
    let amounts = (0u8..).zip(computed.amounts);
    Ok(ContributionQuote {
        shares,
        minted: computed.minted,
        fee: computed.fee,
        amounts: amounts.filter(|(_, atoms)| *atoms > 0).collect(),
    })
}

/// Upper bounds of what `shares` cost up to `deadline` (unix seconds), by slot: with what
/// persons will owe the index by then, and `slippage_bps` more. Slots that will cost
/// something by then are among them.
///
/// # Errors
/// As [`contribution`].
pub fn most_given(
    pool: &Pool,
    shares: u64,
    slippage_bps: u16,
    deadline: i64,
) -> Result<Vec<SlotAtoms>, CoreError> {
    let index = pool.accrued()?;
    let dues = dues(pool, deadline.max(pool.clock.unix_timestamp))?;
    let quote = cost(&index, shares, &dues, index.parameters.entry_fee_bps)?;
    Ok(at_most(&quote.amounts, slippage_bps))
}

/// The most index share atoms for which nobody gives more than `have` atoms of any
/// constituent, by slot; found by bisection.
///
/// # Errors
/// `IndexRefused(AmountTooSmall)` where that buys nothing.
pub fn shares_for(pool: &Pool, have: &Amounts) -> Result<u64, CoreError> {
    let index = pool.accrued()?;
    let dues = dues(pool, pool.clock.unix_timestamp)?;
    let fee = index.parameters.entry_fee_bps;
    let affordable = |shares: u64| {
        index.contribution(shares, &dues, fee).is_ok_and(|costs| {
            let pairs = costs.amounts.iter().zip(have);
            pairs.into_iter().all(|(cost, have)| cost <= have)
        })
    };
    most(affordable).ok_or_else(|| IndexError::AmountTooSmall.into())
}

/// The largest number for which a condition holds that is true up to somewhere.
pub fn most(holds: impl Fn(u64) -> bool) -> Option<u64> {
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
pub fn redemption(pool: &Pool, shares: u64) -> Result<RedemptionQuote, CoreError> {
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
pub fn effective_supply(pool: &Pool) -> Result<u64, CoreError> {
    Ok(pool.accrued()?.effective_supply()?)
}

/// The index with its fee accrued up to the pool's time: what parts of holders are parts of.
///
/// # Errors
/// `IndexRefused(Overflow)`.
pub fn accrued(pool: &Pool) -> Result<PooledIndex, CoreError> {
    pool.accrued()
}

/// The amounts of held constituents, with their slots.
fn held(index: &PooledIndex, amounts: &Amounts) -> Vec<(u8, u64)> {
    index
        .held()
        .filter_map(|(slot, _)| Some((slot, *amounts.get(usize::from(slot))?)))
        .collect()
}

/// Upper bounds of amounts: each with `slippage_bps` more, rounded up.
pub fn at_most(amounts: &[(u8, u64)], slippage_bps: u16) -> Vec<SlotAtoms> {
    let part = 10_000 + u128::from(slippage_bps);
    scaled(amounts, |atoms| (atoms * part).div_ceil(10_000))
}

/// Lower bounds, likewise: each with as much less, rounded down.
pub fn at_least(amounts: &[(u8, u64)], slippage_bps: u16) -> Vec<SlotAtoms> {
    let part = 10_000u128.saturating_sub(slippage_bps.into());
    scaled(amounts, |atoms| atoms * part / 10_000)
}

/// A bound above every amount there can be is no bound.
fn scaled(amounts: &[(u8, u64)], scale: impl Fn(u128) -> u128) -> Vec<SlotAtoms> {
    let pairs = amounts.iter();
    let scaled = pairs.map(|(slot, atoms)| SlotAtoms {
        slot: *slot,
        atoms: u64::try_from(scale(u128::from(*atoms))).unwrap_or(u64::MAX),
    });
    scaled.collect()
}

/// An empty set of amounts.
pub const NOTHING: Amounts = [0; MAX_CONSTITUENTS];

/// What a membership can collect of the equal share now, by slot of cash.
///
/// # Errors
/// `IndexRefused(InvariantBroken)` where the books do not add up.
pub fn equal_share(pool: &Pool, membership: &Membership) -> Result<Vec<(u8, u64)>, CoreError> {
    let index = &pool.index.data;
    let mut membership = *membership;
    membership.settle(index)?;
    let mut amounts = Vec::new();
    for (slot, constituent) in pool.constituents() {
        // What is owed in a coin that is wrapped is paid once it is not any more.
        if let (Ok(place), false) = (constituent.coin_place(), constituent.is_wrapped()) {
            amounts.push((slot, membership.owed(place)?));
        }
    }
    Ok(amounts)
}

//! What a slot is worth, by whose word, and the band of a trade of it.

use {
    super::{Book, Depth, Drawn, Market, Note, PlanError, PlanRequest, SlotPlan, Venue},
    crate::{
        error::CoreError,
        index::{Person, Pool, Side, SlotKind, rebalance},
        state::PersonalToken,
    },
    pooled_index::instructions::is_settled,
    std::collections::{BTreeMap, BTreeSet},
    upside_math::{MathError, SHARE_DECIMALS, WHOLE_SHARE},
};

/// Who says what a slot is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Source {
    /// It is the currency.
    Currency,
    /// The curator.
    Curator,
    /// The person's reserve, after tax.
    Reserve,
    /// Standing offers to buy.
    Bids,
    /// Standing offers to sell.
    Sales,
    /// An open round: the person.
    Round,
}

/// A price and its source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quoted {
    /// Of one whole unit, in billionths of the currency.
    pub price: u64,
    /// Whose it is.
    pub source: Source,
    /// Share atoms that it holds for; `None` for as many as there are.
    pub depth: Option<u64>,
}

/// What one whole unit of a slot is worth, in billionths of the currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Price {
    /// By which percentages count: halfway between what is paid and what is asked, or the
    /// one of both that is known.
    pub value: u64,
    /// What somebody pays now.
    pub paid: Option<Quoted>,
    /// What somebody asks now.
    pub asked: Option<Quoted>,
    /// What redeeming pays, after tax: it is never sold for less. 0 of a mint.
    pub redeems: u64,
}

impl Price {
    fn fixed(price: u64, source: Source) -> Self {
        let quoted = Quoted {
            price,
            source,
            depth: None,
        };
        Price {
            value: price,
            paid: Some(quoted),
            asked: Some(quoted),
            redeems: 0,
        }
    }

    /// Of what is paid and asked; `None` if nobody does.
    fn of(paid: Option<Quoted>, asked: Option<Quoted>, redeems: u64) -> Option<Self> {
        let value = match (&paid, &asked) {
            (Some(paid), Some(asked)) => paid.price.midpoint(asked.price),
            (Some(one), None) | (None, Some(one)) => one.price,
            (None, None) => return None,
        };
        Some(Price {
            value,
            paid,
            asked,
            redeems,
        })
    }

    /// The lower and the higher of what is paid and asked.
    fn ends(&self) -> (u64, u64) {
        let price = |quoted: Option<Quoted>| quoted.map_or(self.value, |quoted| quoted.price);
        let (paid, asked) = (price(self.paid), price(self.asked));
        (paid.min(asked), paid.max(asked))
    }

    /// Whether it is the currency itself, which has no band.
    pub fn is_currency(&self) -> bool {
        self.paid
            .is_some_and(|paid| paid.source == Source::Currency)
    }

    /// Whether what is asked is more than twice what is paid.
    pub fn is_far_apart(&self) -> bool {
        let (low, high) = self.ends();
        high > low.saturating_mul(2)
    }

    /// Lowest and highest price of a trade, at most a factor of two apart, `bps` beyond
    /// what is paid and asked. What is sold keeps the upper end, what is bought the lower.
    ///
    /// # Errors
    /// `Overflow` where a price leaves 64 bits.
    pub fn band(&self, side: Side, bps: u16) -> Result<(u64, u64), MathError> {
        let (low, high) = self.ends();
        let low = scaled(low, 10_000u64.saturating_sub(bps.into()), 10_000)?.max(1);
        let high = scaled(high, 10_000u64.saturating_add(bps.into()), 10_000)?;
        match side {
            Side::Sell => {
                // Nobody pays more than what redeeming pays: there it stays.
                let high = high.max(self.redeems);
                Ok((low.max(high.div_ceil(2)).max(self.redeems), high))
            }
            Side::Buy => Ok((low, high.min(low.saturating_mul(2)))),
        }
    }
}

/// `amount · by ÷ of`, rounded down.
fn scaled(amount: u64, by: u64, of: u64) -> Result<u64, MathError> {
    upside_math::mul_div(amount, by, of, upside_math::Rounding::Down)
}

/// `10^decimals`.
pub(super) fn one(decimals: u8) -> Result<u64, MathError> {
    10u64
        .checked_pow(u32::from(decimals))
        .ok_or(MathError::Overflow)
}

/// Value of atoms in billionths of the currency.
pub(super) fn worth(atoms: u64, price: u64, decimals: u8) -> Result<u128, MathError> {
    let product = u128::from(atoms).checked_mul(u128::from(price));
    let product = product.ok_or(MathError::Overflow)?;
    Ok(product / u128::from(one(decimals)?))
}

/// Atoms of that value, rounded down.
pub(super) fn atoms_of(value: u128, price: u64, decimals: u8) -> Result<u64, MathError> {
    let atoms = value.checked_mul(u128::from(one(decimals)?));
    let atoms = atoms
        .and_then(|scaled| scaled.checked_div(u128::from(price)))
        .ok_or(MathError::Overflow)?;
    u64::try_from(atoms).map_err(|_| MathError::Overflow)
}

/// Share atoms for which people are priced, by slot.
pub(super) type Depths = BTreeMap<u8, u64>;

/// The occupied slots with their prices; persons at these depths, or a quarter of what the
/// index holds.
pub(super) fn slots(
    pool: &Pool,
    market: &Market,
    request: &PlanRequest,
    depths: &Depths,
) -> Result<Vec<SlotPlan>, PlanError> {
    let mut slots = Vec::new();
    for (slot, constituent) in pool.constituents() {
        let decimals = rebalance::decimals(&pool.index.data, slot)?;
        let atoms = constituent.counter;
        let mut notes = BTreeSet::new();
        let price = match constituent.kind().map_err(CoreError::from)? {
            SlotKind::Personal => {
                let person = pool.person(slot)?;
                let depth = depths.get(&slot).copied();
                let depth = depth.unwrap_or_else(|| (atoms / 4).max(WHOLE_SHARE));
                let book = market.0.get(&slot).cloned().unwrap_or_default();
                person_price(person, &book, depth, request, &mut notes)?
            }
            SlotKind::Free | SlotKind::Mint => {
                let price = request.price_of(&constituent.key);
                let source = match constituent.key == request.unit {
                    true => Source::Currency,
                    false => Source::Curator,
                };
                price.map(|price| Price::fixed(price, source))
            }
        };
        let value = match &price {
            Some(price) => worth(atoms, price.value, decimals)?,
            None => 0,
        };
        if price.is_none() {
            notes.insert(Note::Unpriced);
        }
        if constituent.stuck_at != 0 {
            notes.insert(Note::Stuck);
        }
        slots.push(SlotPlan {
            slot,
            decimals,
            price,
            atoms,
            value,
            target: value,
            reached: value,
            notes,
        });
    }
    Ok(slots)
}

fn person_price(
    person: &Person,
    book: &Book,
    depth: u64,
    request: &PlanRequest,
    notes: &mut BTreeSet<Note>,
) -> Result<Option<Price>, PlanError> {
    let token = &person.token.data;
    let (redeems, whole) = redeems(token, depth, request)?;
    if !whole {
        notes.insert(Note::ReserveUnpriced);
    }
    if let Some(given) = request.price_of(&person.token.key) {
        let mut price = Price::fixed(given, Source::Curator);
        price.redeems = redeems;
        return Ok(Some(price));
    }
    let in_unit = |depth: Depth| -> Result<Option<Quoted>, PlanError> {
        let quote = token.quote();
        let Some(of_quote) = request.price_of(&quote.mint) else {
            return Ok(None);
        };
        let price = scaled(depth.price, of_quote, one(quote.decimals)?)?;
        Ok((price > 0).then_some(Quoted {
            price,
            source: match depth.venue {
                Venue::Round => Source::Round,
                Venue::Sale => Source::Sales,
                Venue::Bid => Source::Bids,
            },
            depth: Some(depth.shares),
        }))
    };
    let asked = book.ask(depth).map(in_unit).transpose()?.flatten();
    let mut paid = book.bid(depth).map(in_unit).transpose()?.flatten();
    if redeems > paid.map_or(0, |paid| paid.price) {
        paid = Some(Quoted {
            price: redeems,
            source: Source::Reserve,
            depth: None,
        });
    }
    Ok(Price::of(paid, asked, redeems))
}

/// What redeeming so many shares pays for one whole share, and whether all assets that it
/// pays have a price.
fn redeems(
    token: &PersonalToken,
    shares: u64,
    request: &PlanRequest,
) -> Result<(u64, bool), PlanError> {
    let shares = shares.min(token.supply);
    if shares == 0 {
        return Ok((0, true));
    }
    let paid = token.share_out(shares, 0).map_err(CoreError::from)?.paid;
    let (mut sum, mut whole) = (0u128, true);
    for (asset, paid) in token.listed().map_err(CoreError::from)?.iter().zip(paid) {
        if paid == 0 || asset.immovable_at != 0 {
            continue;
        }
        match request.price_of(&asset.mint) {
            Some(price) => {
                let more = sum.checked_add(worth(paid, price, asset.decimals)?);
                sum = more.ok_or(MathError::Overflow)?;
            }
            None => whole = false,
        }
    }
    let each = sum.checked_mul(u128::from(one(SHARE_DECIMALS)?));
    let each = each.ok_or(MathError::Overflow)? / u128::from(shares);
    let each = u64::try_from(each).map_err(|_| MathError::Overflow)?;
    Ok((each, whole))
}

/// Notes what to look at before it is announced.
pub(super) fn look(drawn: &mut Drawn, pool: &Pool) -> Result<(), PlanError> {
    for plan in &mut drawn.slots {
        let trades = drawn.rebalances.iter().flat_map(|one| &one.trades);
        let mut trades = trades
            .filter(|trade| trade.order.slot == plan.slot)
            .peekable();
        let (Some(first), Some(price)) = (trades.peek().copied(), plan.price) else {
            plan.notes.remove(&Note::Stuck);
            continue;
        };
        let lot = trades.fold(0u64, |sum, trade| sum.saturating_add(trade.lot));
        let (other, nobody) = match first.sells() {
            true => (price.paid, Note::NothingPaid),
            false => (price.asked, Note::NothingAsked),
        };
        match other {
            None => {
                plan.notes.insert(nobody);
            }
            Some(Quoted {
                depth: Some(depth), ..
            }) if depth < lot => {
                plan.notes.insert(Note::Thin { depth });
            }
            Some(_) => {}
        }
        if price.is_far_apart() {
            plan.notes.insert(Note::FarApart);
        }
        if let Some(person) = pool.persons.get(&plan.slot).filter(|_| !first.sells())
            && !is_settled(&person.token.data, &person.custody.data).map_err(CoreError::from)?
        {
            plan.notes.insert(Note::Unsettled);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quoted(price: u64) -> Option<Quoted> {
        Some(Quoted {
            price,
            source: Source::Bids,
            depth: None,
        })
    }

    #[test]
    fn a_band_goes_beyond_what_is_paid_and_asked() {
        let price = Price::of(quoted(100), quoted(120), 90).unwrap();
        assert_eq!(price.value, 110);
        assert_eq!(price.band(Side::Sell, 500).unwrap(), (95, 126));
        assert_eq!(price.band(Side::Buy, 500).unwrap(), (95, 126));
    }

    #[test]
    fn far_apart_a_band_stays_on_the_side_of_the_holders() {
        let price = Price::of(quoted(10), quoted(1_000), 10).unwrap();
        assert!(price.is_far_apart());
        assert_eq!(price.band(Side::Sell, 0).unwrap(), (500, 1_000));
        assert_eq!(price.band(Side::Buy, 0).unwrap(), (10, 20));
    }

    #[test]
    fn nothing_is_sold_below_what_redeeming_pays() {
        let price = Price::of(quoted(100), quoted(102), 100).unwrap();
        assert_eq!(price.band(Side::Sell, 500).unwrap(), (100, 107));
        let given = Price {
            redeems: 300,
            ..Price::fixed(100, Source::Curator)
        };
        assert_eq!(given.band(Side::Sell, 500).unwrap(), (300, 300));
        assert_eq!(given.band(Side::Buy, 500).unwrap(), (95, 105));
    }

    #[test]
    fn the_currency_itself_has_one_price_whatever_the_band() {
        let price = Price::fixed(7, Source::Currency);
        assert!(price.is_currency());
        assert_eq!(price.band(Side::Sell, 0).unwrap(), (7, 7));
        assert_eq!(Price::of(None, None, 0), None);
    }

    #[test]
    fn values_and_atoms_go_back_and_forth() {
        let value = worth(2_500_000, 4_000_000_000, 6).unwrap();
        assert_eq!(value, 10_000_000_000);
        assert_eq!(atoms_of(value, 4_000_000_000, 6).unwrap(), 2_500_000);
        assert!(atoms_of(1, 0, 6).is_err());
        assert!(atoms_of(u128::MAX, 1, 6).is_err());
    }
}

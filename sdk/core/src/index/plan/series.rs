//! What moves in which rebalance: limits of turnover, and both sides of the same value.

use {
    super::{
        Drawn, MOST_REBALANCES, Note, Pace, PlanError, PlanRequest, Price, RebalancePlan,
        TradePlan,
        price::{atoms_of, worth},
        target::part,
    },
    crate::{
        error::CoreError,
        index::{
            LONG_NOTICE, Order, OrderInput, Pool, PooledIndex, Rebalance, References, Side,
            rebalance,
        },
    },
    upside_math::{MathError, Rounding, WHOLE_INDEX_SHARE, held_per_share, mul_div, target_atoms},
};

/// Seconds after its last trade in which a slot's reference is renewed.
const PERIOD: i64 = 30 * 86_400;
/// Part of a limit that is kept in hand: what comes into a slot between plan and trade
/// would make too much of a trade at the limit.
const IN_HAND: u64 = 100;

/// A slot on its way.
struct Lane {
    /// Its place in the plan.
    place: usize,
    slot: u8,
    side: Side,
    decimals: u8,
    price: Price,
    /// Atoms that the index holds by now, and shall hold.
    atoms: u64,
    want: u64,
    /// What the rebalance remembers of its trades.
    memory: Order,
    /// In how many rebalances it was traded.
    times: usize,
}

/// Fills in the rebalances.
pub(super) fn fill(
    drawn: &mut Drawn,
    index: &PooledIndex,
    pool: &Pool,
    present: Option<&Rebalance>,
    request: &PlanRequest,
) -> Result<(), PlanError> {
    let smallest = part(drawn.value, request.least_trade_bps.into(), 10_000)?;
    let mut lanes = lanes(drawn, index, present, request, smallest)?;
    let notice = index.terms.notice_seconds.max(match request.pace {
        Pace::LongNotice => LONG_NOTICE,
        Pace::Notice | Pace::Majority => 0,
    });
    let now = pool.clock.unix_timestamp;
    let mut seal_at = first_seal(index, present, now)?;
    for _ in 0..MOST_REBALANCES {
        let starts_at = later(seal_at, i64::from(notice))?;
        let ends_at = later(starts_at, i64::from(request.duration))?;
        let trades = one(&mut lanes, drawn.supply, pool, request, starts_at, smallest)?;
        if trades.is_empty() {
            break;
        }
        remember(&mut lanes, drawn.supply, &trades, ends_at)?;
        drawn.rebalances.push(RebalancePlan {
            seal_at,
            starts_at,
            ends_at,
            trades,
        });
        // The next one starts once references are renewed, at the earliest.
        let renewed = later(ends_at, PERIOD)?.saturating_sub(i64::from(notice));
        seal_at = renewed.max(later(ends_at, 1)?);
    }
    reach(drawn, &lanes, request, smallest)
}

/// When the first rebalance can be sealed.
fn first_seal(
    index: &PooledIndex,
    present: Option<&Rebalance>,
    now: i64,
) -> Result<i64, PlanError> {
    if let Some(present) = present
        && present.is_running(index, now).map_err(CoreError::from)?
    {
        return later(present.ends_at, 1);
    }
    Ok(now)
}

fn later(time: i64, seconds: i64) -> Result<i64, PlanError> {
    Ok(time.checked_add(seconds).ok_or(MathError::Overflow)?)
}

/// The slots that have to move.
fn lanes(
    drawn: &mut Drawn,
    index: &PooledIndex,
    present: Option<&Rebalance>,
    request: &PlanRequest,
    smallest: u128,
) -> Result<Vec<Lane>, PlanError> {
    let mut lanes = Vec::new();
    for (place, plan) in drawn.slots.iter_mut().enumerate() {
        let Some(price) = plan.price else { continue };
        let distance = plan.target.abs_diff(plan.value);
        if distance == 0 {
            continue;
        }
        if distance < smallest {
            if request.targets.contains_key(&plan.slot) {
                plan.notes.insert(Note::TooSmall);
            }
            continue;
        }
        let identity = index
            .constituent(plan.slot)
            .map_err(CoreError::from)?
            .identity();
        let order = present.map(|present| present.order(plan.slot)).transpose();
        let memory = order.map_err(CoreError::from)?.copied();
        lanes.push(Lane {
            place,
            slot: plan.slot,
            side: match plan.target < plan.value {
                true => Side::Sell,
                false => Side::Buy,
            },
            decimals: plan.decimals,
            price,
            atoms: plan.atoms,
            want: atoms_of(plan.target, price.value, plan.decimals)?,
            memory: memory
                .filter(|order| order.known == identity)
                .unwrap_or_default(),
            times: 0,
        });
    }
    Ok(lanes)
}

impl Lane {
    /// Atoms that can move in a rebalance that starts at `starts_at`, as far as the other
    /// side suffices.
    fn free(&self, supply: u64, pace: Pace, starts_at: i64) -> Result<u64, PlanError> {
        if self.side == Side::Buy {
            return Ok(self.want.saturating_sub(self.atoms));
        }
        let least = target_atoms(self.least(supply, pace, starts_at)?, supply, Rounding::Up)?;
        Ok(self.atoms.saturating_sub(self.want.max(least)))
    }

    /// Lowest count per share to which it may be sold, with something in hand.
    fn least(&self, supply: u64, pace: Pace, at: i64) -> Result<u64, PlanError> {
        let held = held_per_share(self.atoms, supply)?;
        let most = References::of(&self.memory, held, at);
        let (quarters, half) = most.least_targets().map_err(CoreError::from)?;
        let least = match pace {
            Pace::Majority => return Ok(0),
            Pace::LongNotice => half,
            Pace::Notice => quarters.max(half),
        };
        Ok(least.saturating_add(least.div_ceil(IN_HAND)))
    }

    fn worth(&self, atoms: u64) -> Result<u128, MathError> {
        worth(atoms, self.price.value, self.decimals)
    }

    /// The trade of `lot` atoms; `None` if it is of nothing.
    fn trade(
        &self,
        lot: u64,
        supply: u64,
        pool: &Pool,
        band_bps: u16,
    ) -> Result<Option<TradePlan>, PlanError> {
        let (held, atoms) = (held_per_share(self.atoms, supply)?, self.atoms);
        let (target, lot) = match self.side {
            Side::Sell => {
                let target = held_per_share(atoms.saturating_sub(lot), supply)?;
                let kept = target_atoms(target, supply, Rounding::Up)?;
                (target, atoms.saturating_sub(kept))
            }
            Side::Buy => {
                let full = atoms.checked_add(lot).ok_or(MathError::Overflow)?;
                let target = mul_div(full, WHOLE_INDEX_SHARE, supply, Rounding::Down)?;
                let full = target_atoms(target, supply, Rounding::Down)?;
                (target, full.saturating_sub(atoms))
            }
        };
        if lot == 0 {
            return Ok(None);
        }
        let band_bps = match self.price.is_currency() {
            true => 0,
            false => band_bps,
        };
        let (low, high) = self.price.band(self.side, band_bps)?;
        let lowest = rebalance::value_of(low, self.decimals)?;
        let highest = rebalance::value_of(high, self.decimals)?;
        Ok(Some(TradePlan {
            order: OrderInput {
                slot: self.slot,
                side: self.side,
                target,
                low: lowest,
                // Rounding may leave it an atom beyond twice the lowest.
                high: highest.min(lowest.saturating_mul(2)),
                supply: rebalance::supply_of(pool, self.slot)?,
            },
            held,
            lot,
            value: self.worth(lot)?,
            low,
            high,
        }))
    }
}

/// The trades of one rebalance: both sides of the same value. None where a side has nothing
/// to give, or too little.
fn one(
    lanes: &mut [Lane],
    supply: u64,
    pool: &Pool,
    request: &PlanRequest,
    starts_at: i64,
    smallest: u128,
) -> Result<Vec<TradePlan>, PlanError> {
    let mut free = Vec::with_capacity(lanes.len());
    let (mut sold, mut bought) = (0u128, 0u128);
    for lane in lanes.iter() {
        let atoms = lane.free(supply, request.pace, starts_at)?;
        let side = match lane.side {
            Side::Sell => &mut sold,
            Side::Buy => &mut bought,
        };
        *side = side
            .checked_add(lane.worth(atoms)?)
            .ok_or(MathError::Overflow)?;
        free.push(atoms);
    }
    let both = sold.min(bought);
    if both == 0 || both < smallest {
        return Ok(Vec::new());
    }
    let mut trades = Vec::new();
    for (lane, atoms) in lanes.iter().zip(free) {
        let all = match lane.side {
            Side::Sell => sold,
            Side::Buy => bought,
        };
        let lot = part(atoms.into(), both, all)?;
        let lot = u64::try_from(lot).map_err(|_| MathError::Overflow)?;
        trades.extend(lane.trade(lot, supply, pool, request.band_bps)?);
    }
    let sells = trades.iter().any(TradePlan::sells);
    let buys = trades.iter().any(|trade| !trade.sells());
    Ok(match sells && buys {
        true => trades,
        false => Vec::new(),
    })
}

/// What holds once these trades are made at `at`.
fn remember(
    lanes: &mut [Lane],
    supply: u64,
    trades: &[TradePlan],
    at: i64,
) -> Result<(), PlanError> {
    for trade in trades {
        let lane = lanes.iter_mut().find(|lane| lane.slot == trade.order.slot);
        let Some(lane) = lane else { continue };
        lane.atoms = match lane.side {
            Side::Sell => lane.atoms.saturating_sub(trade.lot),
            Side::Buy => lane.atoms.saturating_add(trade.lot),
        };
        lane.times += 1;
        let seen = trade.held.max(held_per_share(lane.atoms, supply)?);
        lane.memory.note_trade(seen, at);
    }
    Ok(())
}

/// What each slot has in the end, and why it is not what was wanted.
fn reach(
    drawn: &mut Drawn,
    lanes: &[Lane],
    request: &PlanRequest,
    smallest: u128,
) -> Result<(), PlanError> {
    let last = drawn.rebalances.last();
    let at = last.map_or(0, |last| last.ends_at.saturating_add(PERIOD));
    let supply = drawn.supply;
    for lane in lanes {
        let Some(plan) = drawn.slots.get_mut(lane.place) else {
            continue;
        };
        plan.reached = lane.worth(lane.atoms)?;
        if lane.times > 1 {
            plan.notes.insert(Note::Spread);
        }
        if plan.reached.abs_diff(plan.target) < smallest.max(1) {
            continue;
        }
        let limited = lane.side == Side::Sell
            && lane.worth(lane.free(supply, request.pace, at)?)? < smallest.max(1);
        plan.notes.insert(match limited {
            true => Note::YearlyLimit,
            false => Note::NoCounterpart,
        });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The period is the program's own.
    #[test]
    fn a_reference_is_renewed_a_period_after_the_last_trade() {
        let mut memory = Order::default();
        memory.note_trade(1_000, 5);
        let of = |at: i64| References::of(&memory, 10, at).period;
        assert_eq!(of(5 + PERIOD - 1), 1_000);
        assert_eq!(of(5 + PERIOD), 10);
    }
}

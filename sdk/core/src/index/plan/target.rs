//! From percentages to values.

use {
    super::{PlanError, PlanRequest, SlotPlan},
    upside_math::MathError,
};

/// All of it, in basis points.
const WHOLE: u32 = 10_000;

/// Sets the value that each slot shall have; returns the value of all slots with a price.
pub(super) fn set(slots: &mut [SlotPlan], request: &PlanRequest) -> Result<u128, PlanError> {
    for plan in slots.iter() {
        let named = request.targets.contains_key(&plan.slot) || request.rest == Some(plan.slot);
        if named && plan.price.is_none() {
            return Err(PlanError::NoPrice(plan.slot));
        }
    }
    let all = sum(slots.iter().map(|plan| plan.value))?;
    if all == 0 {
        return Err(PlanError::NoValue);
    }
    let parts = request.targets.values().map(|bps| u32::from(*bps));
    let parts: u32 = parts.sum();
    if parts > WHOLE {
        return Err(PlanError::NotWhole(parts));
    }
    for plan in slots.iter_mut() {
        if let Some(bps) = request.targets.get(&plan.slot) {
            plan.target = part(all, u128::from(*bps), u128::from(WHOLE))?;
        }
    }
    let named = |plan: &&SlotPlan| request.targets.contains_key(&plan.slot);
    let left = all.saturating_sub(sum(slots.iter().filter(named).map(|plan| plan.target))?);
    match request.rest {
        Some(rest) => difference(slots, request, rest, left),
        None => shared(slots, request, parts, left),
    }?;
    Ok(all)
}

/// One slot takes the difference.
fn difference(
    slots: &mut [SlotPlan],
    request: &PlanRequest,
    rest: u8,
    left: u128,
) -> Result<(), PlanError> {
    let stays = |plan: &&SlotPlan| plan.slot != rest && !request.targets.contains_key(&plan.slot);
    let staying = sum(slots.iter().filter(stays).map(|plan| plan.value))?;
    let target = left.checked_sub(staying);
    let target = target.ok_or(PlanError::RestTooSmall(rest))?;
    for plan in slots.iter_mut().filter(|plan| plan.slot == rest) {
        plan.target = target;
    }
    Ok(())
}

/// All others share what is left as they do now.
fn shared(
    slots: &mut [SlotPlan],
    request: &PlanRequest,
    parts: u32,
    left: u128,
) -> Result<(), PlanError> {
    let other = |plan: &&SlotPlan| !request.targets.contains_key(&plan.slot);
    let others = sum(slots.iter().filter(other).map(|plan| plan.value))?;
    if others == 0 {
        return match parts == WHOLE {
            true => Ok(()),
            false => Err(PlanError::NotWhole(parts)),
        };
    }
    for plan in slots.iter_mut() {
        if !request.targets.contains_key(&plan.slot) {
            plan.target = part(left, plan.value, others)?;
        }
    }
    Ok(())
}

fn sum(values: impl Iterator<Item = u128>) -> Result<u128, MathError> {
    let mut values = values;
    values
        .try_fold(0u128, |sum, value| sum.checked_add(value))
        .ok_or(MathError::Overflow)
}

/// `whole · of ÷ all`, rounded down; precise to 2^-64 where the product is too large.
pub(super) fn part(whole: u128, of: u128, all: u128) -> Result<u128, MathError> {
    // Values of a pool stay far below this; ratios do not change when both lose bits.
    let (mut of, mut all) = (of, all);
    while whole.checked_mul(of).is_none() {
        of >>= 1;
        all >>= 1;
    }
    whole
        .checked_mul(of)
        .and_then(|product| product.checked_div(all))
        .ok_or(MathError::Overflow)
}

#[cfg(test)]
mod tests {
    use {
        super::{super::UNIT_PRICE, *},
        crate::index::plan::{Price, Source, price::Quoted},
        anchor_lang::prelude::Pubkey,
        std::collections::BTreeSet,
    };

    fn slots(values: &[u128]) -> Vec<SlotPlan> {
        let quoted = Some(Quoted {
            price: UNIT_PRICE,
            source: Source::Curator,
            depth: None,
        });
        let price = Price {
            value: UNIT_PRICE,
            paid: quoted,
            asked: quoted,
            redeems: 0,
        };
        let slots = values.iter().zip(0u8..).map(|(value, slot)| SlotPlan {
            slot,
            decimals: 6,
            price: (*value > 0).then_some(price),
            atoms: 0,
            value: *value,
            target: *value,
            reached: *value,
            notes: BTreeSet::new(),
        });
        slots.collect()
    }

    fn targets(
        values: &[u128],
        wanted: &[(u8, u16)],
        rest: Option<u8>,
    ) -> Result<Vec<u128>, String> {
        let mut request = PlanRequest::new(Pubkey::default());
        request.targets.extend(wanted.iter().copied());
        request.rest = rest;
        let mut slots = slots(values);
        set(&mut slots, &request).map_err(|error| error.to_string())?;
        Ok(slots.iter().map(|plan| plan.target).collect())
    }

    #[test]
    fn others_share_what_targets_leave_as_they_do_now() {
        let found = targets(&[100, 300, 600], &[(0, 2_800)], None).unwrap();
        assert_eq!(found, [280, 240, 480]);
    }

    #[test]
    fn one_slot_takes_the_difference_and_the_others_stay() {
        let found = targets(&[100, 300, 600], &[(0, 2_800)], Some(2)).unwrap();
        assert_eq!(found, [280, 300, 420]);
        assert!(targets(&[100, 300, 600], &[(0, 8_000)], Some(2)).is_err());
    }

    #[test]
    fn targets_are_refused_that_are_more_than_all_or_leave_what_nothing_takes() {
        assert!(targets(&[100, 900], &[(0, 6_000), (1, 4_001)], None).is_err());
        assert!(targets(&[100, 900], &[(0, 6_000), (1, 3_000)], None).is_err());
        assert_eq!(
            targets(&[100, 900], &[(0, 6_000), (1, 4_000)], None).unwrap(),
            [600, 400]
        );
    }

    #[test]
    fn what_has_no_price_is_not_counted_and_cannot_be_named() {
        assert_eq!(
            targets(&[100, 0, 300], &[(0, 5_000)], None).unwrap(),
            [200, 0, 200]
        );
        assert!(targets(&[100, 0, 300], &[(1, 5_000)], None).is_err());
        assert!(targets(&[0, 0], &[], None).is_err());
    }

    #[test]
    fn parts_of_large_values_lose_bits_and_not_the_ratio() {
        let huge = 1u128 << 100;
        let found = part(huge, huge, huge * 2).unwrap();
        assert_eq!(found, huge / 2);
        assert_eq!(part(10, 1, 3), Ok(3));
        assert!(part(1, 1, 0).is_err());
    }
}

//! What contributions, redemptions and fees compute. Where the fields lie is tested with
//! the chain's bytes.

use {
    bytemuck::Zeroable,
    pooled_index::{
        error::IndexError,
        state::{
            Dues, IndexStatus, MAX_COINS, PooledIndex, SlotAtoms, SlotKind, require_at_least,
            require_within,
        },
    },
};

const SUPPLY: u64 = 1_000_000_000_000;
const NOW: i64 = 1_800_000_000;
const NOTHING: Dues = [0; MAX_COINS];

fn index(counters: &[u64]) -> Box<PooledIndex> {
    let mut index = Box::new(PooledIndex::zeroed());
    index.status = IndexStatus::Active.into();
    index.supply = SUPPLY;
    index.accrued_at = NOW;
    index.slots = u8::try_from(counters.len()).unwrap();
    for (slot, counter) in index.constituents.iter_mut().zip(counters) {
        slot.kind = SlotKind::Personal.into();
        slot.counter = *counter;
        slot.harvested_at = NOW;
    }
    index
}

#[test]
fn a_round_trip_never_profits() {
    for counter in [1, 2, 3, 999, 1_000_003, u64::MAX / 2] {
        for shares in [1, 7, 1_000_000, SUPPLY / 3, SUPPLY] {
            let before = index(&[counter]);
            let given = before.contribution(shares, &NOTHING, 0).unwrap();
            let mut after = index(&[counter + given.amounts[0]]);
            after.supply += shares;
            let back = after.redemption(shares);
            let back = back.map_or(0, |redemption| redemption.amounts[0]);
            assert!(back <= given.amounts[0]);
            assert!(given.amounts[0] > 0);
        }
    }
}

#[test]
fn fees_are_rounded_against_the_payer_and_end_with_the_index() {
    let mut index = index(&[1_000_000]);
    index.parameters.exit_fee_bps = 100;
    let given = index.contribution(1_001, &NOTHING, 50).unwrap();
    assert_eq!((given.minted, given.fee), (995, 6));
    assert_eq!(index.redemption(100_000_000).unwrap().fee, 1_000_000);
    index.status = IndexStatus::WindDown.into();
    assert_eq!(index.redemption(100_000_000).unwrap().fee, 0);
    assert_eq!(
        index
            .contribution(1, &NOTHING, 50)
            .map(|given| given.minted),
        Err(IndexError::AmountTooSmall)
    );
}

#[test]
fn the_management_fee_accrues_once_and_counts_at_once() {
    let mut index = index(&[1_000_000]);
    index.parameters.management_fee_bps = 200;
    let year = NOW + 31_536_000;
    index.accrue(SUPPLY, year).unwrap();
    assert_eq!(index.pending_fee_shares, SUPPLY / 50);
    assert_eq!(index.effective_supply(), Ok(SUPPLY + SUPPLY / 50));
    index.accrue(SUPPLY, year).unwrap();
    assert_eq!(index.pending_fee_shares, SUPPLY / 50);
    assert_eq!(
        index.accrue(SUPPLY + 1, year),
        Err(IndexError::InvariantBroken)
    );
    // A fee that does not fit must not close anybody's exit.
    index.supply = u64::MAX - index.pending_fee_shares;
    index.accrue(index.supply, i64::MAX).unwrap();
    assert_eq!(index.effective_supply(), Ok(u64::MAX));
    assert!(index.redemption(1_000_000_000_000_000_000).is_ok());
}

#[test]
fn bounds_are_by_slot() {
    let bound = |slot, atoms| SlotAtoms { slot, atoms };
    let mut amounts = [0; 64];
    (amounts[0], amounts[2]) = (5, 7);
    let exact = [bound(0, 5), bound(1, 0), bound(2, 7), bound(63, 0)];
    assert_eq!(require_within(&amounts, &exact), Ok(()));
    assert_eq!(require_at_least(&amounts, &exact), Ok(()));
    for bad in [&exact[..2], &exact[1..], &[exact[2], exact[0]]] {
        let named = require_within(&amounts, bad);
        assert_eq!(named, Err(IndexError::SlotNotNamed));
    }
    let low = [bound(0, 4), bound(2, 7)];
    assert_eq!(require_within(&amounts, &low), Err(IndexError::Slippage));
    assert_eq!(require_at_least(&amounts, &low), Ok(()));
    assert_eq!(require_at_least(&amounts, &[]), Ok(()));
    let high = [bound(2, 8)];
    let paid = require_at_least(&amounts, &high);
    assert_eq!(paid, Err(IndexError::Slippage));
    let nowhere = require_at_least(&amounts, &[bound(64, 0)]);
    assert_eq!(nowhere, Err(IndexError::NotAConstituent));
}

#[test]
fn what_is_due_costs_as_what_is_held() {
    let mut index = index(&[1_000, 30]);
    index.constituents[1].kind = SlotKind::Mint.into();
    index.constituents[1].coin = 3;
    index.coins[2].used = 1;
    index.coins[2].slot = 1;
    let mut dues = NOTHING;
    dues[2] = 71;
    let tenth = SUPPLY / 10;
    let given = index.contribution(tenth, &dues, 0).unwrap();
    assert_eq!(given.amounts[..3], [100, 11, 0]);
    // An empty coin in which something is due is held for whoever comes in.
    index.constituents[1].counter = 0;
    let given = index.contribution(tenth, &dues, 0).unwrap();
    assert_eq!(given.amounts[..3], [100, 8, 0]);
    let given = index.contribution(tenth, &NOTHING, 0).unwrap();
    assert_eq!(given.amounts[..3], [100, 0, 0]);
}

#[test]
fn an_empty_index_takes_no_contribution() {
    let index = index(&[]);
    let given = index.contribution(1, &NOTHING, 0);
    let given = given.map(|given| given.minted);
    assert_eq!(given, Err(IndexError::EmptyIndex));
}

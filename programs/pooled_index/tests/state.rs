//! What contributions, redemptions and fees compute, and where the fields lie.

use {
    bytemuck::Zeroable,
    core::mem::{offset_of, size_of},
    pooled_index::{
        error::IndexError,
        state::{
            Auction, Basket, CashBook, Constituent, Index, Kind, Membership, Parameters, Status,
        },
    },
};

const SUPPLY: u64 = 1_000_000_000_000;
const NOW: i64 = 1_800_000_000;

fn index(counters: &[u64]) -> Box<Index> {
    let mut index = Box::new(Index::zeroed());
    index.status = Status::Active as u8;
    index.supply = SUPPLY;
    index.accrued_at = NOW;
    index.parameters.max_harvest_age = 3_600;
    for (slot, counter) in index.constituents.iter_mut().zip(counters) {
        slot.kind = Kind::Personal as u8;
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
            let given = before.contribution(shares).unwrap();
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
    index.parameters.entry_fee_bps = 50;
    index.parameters.exit_fee_bps = 100;
    let given = index.contribution(1_001).unwrap();
    assert_eq!((given.minted, given.fee), (995, 6));
    assert_eq!(index.redemption(100_000_000).unwrap().fee, 1_000_000);
    index.status = Status::WindDown as u8;
    assert_eq!(index.redemption(100_000_000).unwrap().fee, 0);
    assert_eq!(
        index.contribution(1).map(|given| given.minted),
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
fn bounds_are_one_for_each_held_constituent() {
    let index = index(&[5, 0, 7]);
    let bounds = index.by_slot(&[1, 2]).unwrap();
    assert_eq!(bounds[..3], [1, 0, 2]);
    assert_eq!(index.by_slot(&[1]), Err(IndexError::WrongBounds));
    assert_eq!(index.by_slot(&[1, 2, 3]), Err(IndexError::WrongBounds));
}

#[test]
fn only_held_constituents_need_a_harvest() {
    let mut index = index(&[5, 0]);
    index.constituents[1].harvested_at = 0;
    assert_eq!(index.require_fresh(NOW + 3_600), Ok(()));
    assert_eq!(
        index.require_fresh(NOW + 3_601),
        Err(IndexError::NotHarvested)
    );
    index.constituents[0].kind = Kind::Cash as u8;
    assert_eq!(index.require_fresh(NOW + 3_601), Ok(()));
}

#[test]
fn an_empty_index_takes_no_contribution() {
    let index = index(&[]);
    let given = index.contribution(1).map(|given| given.minted);
    assert_eq!(given, Err(IndexError::EmptyIndex));
}

#[test]
fn layouts_of_version_1() {
    assert_eq!(size_of::<Constituent>(), 112);
    assert_eq!(size_of::<CashBook>(), 40);
    assert_eq!(size_of::<Parameters>(), 16);
    assert_eq!(size_of::<Basket>(), 704);
    assert_eq!(size_of::<Membership>(), 376);
    assert_eq!(size_of::<Auction>(), 216);
    assert_eq!(offset_of!(Index, terms), 8);
    assert_eq!(offset_of!(Index, creator), 120);
    assert_eq!(offset_of!(Index, mint), 280);
    assert_eq!(offset_of!(Index, supply), 320);
}

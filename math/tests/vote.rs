mod common;

use common::config;
use proptest::prelude::*;
use upside_math::{Bps, Shares, passes};

fn bps(bps: u16) -> Bps {
    Bps::new(bps).unwrap()
}

#[test]
fn to_the_atom() {
    assert!(!passes(Shares(0), Shares(0), bps(5_001)));
    assert!(passes(Shares(7), Shares(7), Bps::ONE));
    assert!(!passes(Shares(6), Shares(7), Bps::ONE));
    assert!(passes(Shares(5_001), Shares(10_000), bps(5_001)));
    assert!(!passes(Shares(5_000), Shares(10_000), bps(5_001)));
    assert!(!passes(Shares(1), Shares(2), bps(5_001)));
    let all = Shares(u64::MAX);
    assert!(passes(all, all, Bps::ONE));
    assert!(!passes(Shares(u64::MAX - 1), all, Bps::ONE));
}

proptest! {
    #![proptest_config(config!("vote"))]

    /// More approval never fails what less passed; a higher threshold never passes
    /// what a lower one failed; all of them always pass.
    #[test]
    fn monotone(
        approving: u64,
        more: u64,
        eligible in 1u64..,
        low in 0u16..=10_000,
        high in 0u16..=10_000,
    ) {
        let (low, high) = (low.min(high), low.max(high));
        let (less, more) = (Shares(approving.min(more)), Shares(approving.max(more)));
        let eligible = Shares(eligible);
        prop_assert!(!passes(less, eligible, bps(low)) || passes(more, eligible, bps(low)));
        prop_assert!(!passes(less, eligible, bps(high)) || passes(less, eligible, bps(low)));
        prop_assert!(passes(eligible, eligible, bps(high)));
    }

    /// Above half, two opposed camps never both pass.
    #[test]
    fn two_camps_never_both_pass(
        eligible in 1u64..,
        part: u64,
        threshold in 5_001u16..=10_000,
    ) {
        let mine = part.checked_rem(eligible).unwrap_or(0);
        let (mine, rest) = (Shares(mine), Shares(eligible.saturating_sub(mine)));
        let (all, threshold) = (Shares(eligible), bps(threshold));
        prop_assert!(!(passes(mine, all, threshold) && passes(rest, all, threshold)));
    }
}

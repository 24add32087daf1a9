mod common;

use common::{bps, config, number};
use proptest::prelude::*;
use upside_math::{Atoms, Bps, cut};

proptest! {
    #![proptest_config(config!("revenue"))]

    #[test]
    fn a_cut_conserves_the_payment_and_never_exceeds_the_room(
        amount in number(), share in bps(), room in number(),
    ) {
        let one = cut(Atoms(amount), share, Atoms(room))?;
        prop_assert_eq!(one.claim.checked_add(one.owner)?, Atoms(amount));
        prop_assert!(one.claim <= Atoms(room));
        let exact = u128::from(amount) * u128::from(share.get());
        let due = exact.div_ceil(10_000);
        prop_assert_eq!(u128::from(one.claim.0), due.min(u128::from(room)));
    }

    #[test]
    fn paying_in_parts_never_gives_the_claim_less(
        first in number(), second in number(), share in bps(), room in number(),
    ) {
        // Their sum is a payment, too.
        let (first, second) = (first / 2, second / 2);
        let whole = cut(Atoms(first + second), share, Atoms(room))?;
        let one = cut(Atoms(first), share, Atoms(room))?;
        let left = Atoms(room).checked_sub(one.claim)?;
        let other = cut(Atoms(second), share, left)?;
        prop_assert!(one.claim.checked_add(other.claim)? >= whole.claim);
    }
}

#[test]
fn rounds_for_the_holders_until_the_claim_is_full() {
    let share = Bps::new(1_000).unwrap();
    let parts = |amount, room| {
        let one = cut(Atoms(amount), share, Atoms(room)).unwrap();
        (one.claim.0, one.owner.0)
    };
    assert_eq!(parts(1_001, u64::MAX), (101, 900));
    assert_eq!(parts(1_001, 40), (40, 961));
    assert_eq!(parts(1_001, 0), (0, 1_001));
    assert_eq!(parts(1, 5), (1, 0));
    assert_eq!(parts(0, 5), (0, 0));
}

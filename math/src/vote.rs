use crate::{Bps, Shares};

/// Whether `approving` of `eligible` votes pass at `threshold`:
/// `approving * 10,000 >= threshold * eligible`, exactly. Without anybody eligible
/// nothing passes.
pub fn passes(approving: Shares, eligible: Shares, threshold: Bps) -> bool {
    let one = u128::from(Bps::ONE.get());
    // 64 and 14 bits each: neither product leaves 128 bits.
    let given = u128::from(approving.0).saturating_mul(one);
    let needed = u128::from(threshold.get()).saturating_mul(u128::from(eligible.0));
    eligible.0 > 0 && given >= needed
}

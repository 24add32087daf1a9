//! Contributions and redemptions in one transaction.

use crate::cases::index::*;

pub(crate) fn contribute() -> Case<PoolWorld> {
    let mut pool = launched();
    let contribute = pool.contribute_ix("bob", 10 * INDEX_ONE);
    by(pool, contribute, &["bob"])
}

pub(crate) fn redeem() -> Case<PoolWorld> {
    let mut pool = launched();
    pool.contribute("bob", 10 * INDEX_ONE);
    let redeem = pool.redeem_ix("bob", 4 * INDEX_ONE);
    by(pool, redeem, &["bob"])
}

//! Fees.

use {crate::cases::index::*, crate::votes::recipients};

pub(crate) fn collect_fees() -> Case<PoolWorld> {
    let mut pool = launched();
    pool.world.pass(30 * DAY);
    let collect = ix::collect_fees(&pool.index());
    by(pool, collect, &[])
}

pub(crate) fn collect_split_fees() -> Case<PoolWorld> {
    let portions = [("treasury", 3_333), ("bob", 6_666), ("carol", 1)];
    let mut pool = PoolWorld::with(1, |args| args.recipients = recipients(&portions));
    for name in ["treasury", "bob", "carol"] {
        pool.open_shares(name);
    }
    pool.world.pass(30 * DAY);
    let collect = ix::collect_fees(&pool.index());
    by(pool, collect, &[])
}

pub(crate) fn lower_fees() -> Case<PoolWorld> {
    curator(launched(), |p| {
        let lower = ParametersInput {
            management_fee_bps: 100,
            entry_fee_bps: 100,
            exit_fee_bps: 0,
        };
        ix::lower_fees(&p.index(), lower)
    })
}

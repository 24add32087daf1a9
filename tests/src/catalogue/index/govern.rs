//! Fees, parameters, roles, the end, and what custody really holds.

use super::*;

/// Parameters other than those of the launch.
pub fn new_parameters() -> ParametersArgs {
    ParametersArgs {
        management_fee_bps: 500,
        entry_fee_bps: 300,
        exit_fee_bps: 100,
        max_harvest_age: 60,
    }
}

/// A world in which parameters and weights were announced and may be applied.
pub fn under_notice() -> PoolWorld {
    let mut pool = launched();
    let propose = ix::propose_parameters(&pool.index(), new_parameters());
    pool.send(&propose, &["curator"]).succeeded();
    let propose = ix::propose_weights(&pool.index(), vec![(0, 2 * ONE), (2, 4 * ONE)]);
    pool.send(&propose, &["curator"]).succeeded();
    pool.world.pass(7 * DAY);
    pool
}

/// A world in which the index is wound down.
pub fn wound_down() -> PoolWorld {
    let mut pool = launched();
    let end = ix::wind_down(&pool.index());
    pool.send(&end, &["curator"]).succeeded();
    pool
}

/// Takes atoms out of the custody of cash as an issuer could.
pub fn seize(pool: &mut PoolWorld, atoms: u64) {
    let custody = pool.index().data.constituents[usize::from(CASH_SLOT)].custody;
    let mut account = pool.world.engine.account(&custody).unwrap();
    let held = u64::from_le_bytes(account.data[64..72].try_into().unwrap());
    account.data[64..72].copy_from_slice(&(held - atoms).to_le_bytes());
    pool.world.engine.set_account(custody, account);
}

/// bob sends registered shares of p0 to the index unasked.
pub fn give_shares(pool: &mut PoolWorld, shares: u64) {
    let (from, to) = (key("bob"), pool.index);
    let send = token_ix::transfer_shares(&token_of("p0"), &from, &to, Shares(shares), None);
    pool.send(&send, &["bob"]).succeeded();
}

pub(super) fn collect_fees() -> Case<PoolWorld> {
    let mut pool = launched();
    pool.world.pass(30 * DAY);
    let collect = ix::collect_fees(&pool.index());
    by(pool, collect, &[])
}

pub(super) fn propose_parameters() -> Case<PoolWorld> {
    curator(launched(), |p| {
        ix::propose_parameters(&p.index(), new_parameters())
    })
}

pub(super) fn apply_parameters() -> Case<PoolWorld> {
    let mut pool = under_notice();
    let apply = ix::apply_parameters(&pool.index());
    by(pool, apply, &[])
}

pub(super) fn propose_weights() -> Case<PoolWorld> {
    curator(launched(), |p| {
        ix::propose_weights(&p.index(), vec![(1, ONE), (0, 3 * ONE)])
    })
}

pub(super) fn apply_weights() -> Case<PoolWorld> {
    let mut pool = under_notice();
    let apply = ix::apply_weights(&pool.index(), &key("carol"));
    by(pool, apply, &["carol"])
}

pub(super) fn set_roles() -> Case<PoolWorld> {
    curator(launched(), |p| {
        ix::set_index_roles(&p.index(), &key("carol"), &key("bob"))
    })
}

pub(super) fn propose_curator() -> Case<PoolWorld> {
    curator(launched(), |p| ix::propose_curator(&p.index(), &key("bob")))
}

pub(super) fn accept_curator() -> Case<PoolWorld> {
    let Case {
        world: mut pool,
        instruction,
        ..
    } = propose_curator();
    pool.send(&instruction, &["curator"]).succeeded();
    let accept = ix::accept_curator(&pool.index());
    by(pool, accept, &["bob"])
}

pub(super) fn resign() -> Case<PoolWorld> {
    curator(launched(), |p| ix::resign_curator(&p.index()))
}

pub(super) fn wind_down() -> Case<PoolWorld> {
    curator(launched(), |p| ix::wind_down(&p.index()))
}

pub(super) fn pause(by_whom: &'static str) -> Case<PoolWorld> {
    let mut pool = launched();
    let pause = ix::pause(&pool.index(), &key(by_whom));
    by(pool, pause, &[by_whom])
}

pub(super) fn unpause() -> Case<PoolWorld> {
    let mut pool = launched();
    let pause = ix::pause(&pool.index(), &key("guardian"));
    pool.send(&pause, &["guardian"]).succeeded();
    curator(pool, |p| ix::unpause(&p.index()))
}

pub(super) fn sync_cash() -> Case<PoolWorld> {
    let mut pool = launched();
    let (index, quote): (Pubkey, Pubkey) = (pool.index, pool.world.quote);
    let held = pool.index().data.constituents[2].counter;
    pool.world.give(&index, &quote, held + 5 * ONE);
    let sync = ix::sync_custody(&pool.index(), CASH_SLOT).unwrap();
    by(pool, sync, &[])
}

pub(super) fn sync_seized() -> Case<PoolWorld> {
    let mut pool = launched();
    seize(&mut pool, 5 * ONE);
    let sync = ix::sync_custody(&pool.index(), CASH_SLOT).unwrap();
    by(pool, sync, &[])
}

pub(super) fn sync_personal() -> Case<PoolWorld> {
    let mut pool = launched();
    give_shares(&mut pool, 3 * ONE);
    let sync = ix::sync_custody(&pool.index(), 0).unwrap();
    by(pool, sync, &[])
}

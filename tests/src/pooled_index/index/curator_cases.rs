//! Fees, roles, the end, and what custody really holds.

use {
    crate::cases::index::*,
    crate::votes::recipients,
    upside_sdk::index::{Action, Role},
};

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

pub(crate) fn clear_role(by_whom: &'static str) -> Case<PoolWorld> {
    let mut pool = launched();
    let clear = ix::clear_role(&pool.index(), &key(by_whom), Role::Launcher);
    by(pool, clear, &[by_whom])
}

pub(crate) fn accept_curator() -> Case<PoolWorld> {
    let mut pool = launched();
    let nonce = pool.announce(&[Action::SetRole {
        role: Role::PendingCurator,
        key: key("bob"),
    }]);
    pool.world.pass(7 * DAY);
    pool.apply(nonce);
    let accept = ix::accept_curator(&pool.index());
    by(pool, accept, &["bob"])
}

pub(crate) fn resign() -> Case<PoolWorld> {
    curator(launched(), |p| ix::resign_curator(&p.index()))
}

pub(crate) fn wind_down() -> Case<PoolWorld> {
    curator(launched(), |p| ix::wind_down(&p.index()))
}

pub(crate) fn pause(by_whom: &'static str) -> Case<PoolWorld> {
    let mut pool = launched();
    let pause = ix::pause(&pool.index(), &key(by_whom));
    by(pool, pause, &[by_whom])
}

pub(crate) fn unpause() -> Case<PoolWorld> {
    let mut pool = launched();
    let pause = ix::pause(&pool.index(), &key("guardian"));
    pool.send(&pause, &["guardian"]).succeeded();
    curator(pool, |p| ix::unpause(&p.index()))
}

pub(crate) fn sync_mint() -> Case<PoolWorld> {
    let mut pool = launched();
    let (index, quote): (Pubkey, Pubkey) = (pool.index, pool.world.quote);
    let held = pool.index().data.constituents[2].counter;
    pool.world.give(&index, &quote, held + 5 * ONE);
    let sync = ix::sync_custody(&pool.index(), CASH_SLOT).unwrap();
    by(pool, sync, &[])
}

pub(crate) fn sync_seized() -> Case<PoolWorld> {
    let mut pool = launched();
    seize(&mut pool, 5 * ONE);
    let sync = ix::sync_custody(&pool.index(), CASH_SLOT).unwrap();
    by(pool, sync, &[])
}

pub(crate) fn sync_personal() -> Case<PoolWorld> {
    let mut pool = launched();
    give_shares(&mut pool, 3 * ONE);
    let sync = ix::sync_custody(&pool.index(), 0).unwrap();
    by(pool, sync, &[])
}

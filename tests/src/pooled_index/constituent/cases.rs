//! Constituents: added, removed, harvested, kept in step with custody.

use crate::cases::index::*;
use upside_sdk::state::Admission;
use upside_sdk::state::TransferPolicy;

pub(crate) fn add_personal() -> Case<PoolWorld> {
    let mut pool = launched();
    pool.add_person("p2", |_| {});
    curator(pool, |p| {
        ix::add_personal(&p.index(), &p.payer(), &token_of("p2"))
    })
}

/// A person's token of closed transfers and admission, for which the index is a venue.
pub(crate) fn add_admitted() -> Case<PoolWorld> {
    let mut pool = launched();
    pool.add_person("p2", |args| {
        args.admission = Admission::Approved;
        args.transfer_policy = TransferPolicy::Closed;
    });
    let (token, payer, index) = (token_of("p2"), pool.payer(), pool.index);
    let open = token_ix::open_holder(&token, &payer, &key("p2"), &index);
    pool.send(&open, &["p2"]).succeeded();
    pool.mark_venue("p2", &index, true);
    curator(pool, |p| ix::add_personal(&p.index(), &p.payer(), &token))
}

/// As a coin, before the launch.
pub(crate) fn add_coin() -> Case<PoolWorld> {
    adding(composed(), true)
}

pub(crate) fn add_mint() -> Case<PoolWorld> {
    adding(launched(), false)
}

pub(crate) fn adding(mut pool: PoolWorld, coin: bool) -> Case<PoolWorld> {
    let mint = key("another mint");
    pool.world
        .add_mint(mint, TOKEN_PROGRAM, crate::world::mint_bytes(5));
    let authority = Some(key("mint authority"));
    curator(pool, |p| {
        ix::add_mint(
            &p.index(),
            &p.payer(),
            &mint,
            &TOKEN_PROGRAM,
            authority,
            coin,
        )
    })
}

pub(crate) fn remove_constituent() -> Case<PoolWorld> {
    let Case {
        world: mut pool,
        instruction,
        ..
    } = add_personal();
    pool.send(&instruction, &["curator"]).succeeded();
    curator(pool, |p| ix::remove_constituent(&p.index(), 3))
}

pub(crate) fn remove_cash() -> Case<PoolWorld> {
    let Case {
        world: mut pool,
        instruction,
        ..
    } = add_mint();
    pool.send(&instruction, &["curator"]).succeeded();
    curator(pool, |p| ix::remove_constituent(&p.index(), 3))
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

/// p0 is in, p1's dividends were harvested.
pub(crate) fn earning() -> PoolWorld {
    let mut pool = joined();
    pool.pay_revenue("p1", 10_000 * ONE);
    pool.world.pass(8 * DAY);
    pool.harvest_all();
    pool
}

pub(crate) fn harvest() -> Case<PoolWorld> {
    let mut pool = joined();
    pool.pay_revenue("p1", 10_000 * ONE);
    pool.world.pass(DAY);
    let mut harvests = pool.harvest_ixs(1);
    by(pool, harvests.remove(0), &[])
}

pub(crate) fn harvest_nothing() -> Case<PoolWorld> {
    let mut pool = launched();
    pool.world.pass(DAY);
    let harvest = ix::harvest(&pool.index(), 0, &pool.token("p0"), None).unwrap();
    by(pool, harvest, &[])
}

//! Fees, roles, the end, and what custody really holds.

use {
    crate::cases::index::*,
    upside_sdk::index::{Action, Role},
};

/// A world in which the index is wound down.
pub fn wound_down() -> PoolWorld {
    let mut pool = launched();
    let end = ix::wind_down(&pool.index());
    pool.send(&end, &["curator"]).succeeded();
    pool
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

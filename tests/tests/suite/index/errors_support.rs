//! What the suites of errors and events share.

use {
    solana_program::instruction::Instruction,
    upside_sdk::{event::IndexEvent, index::IndexError},
    upside_tests::pool::PoolWorld,
};

/// The program refuses with this error, and not a byte of the index changes.
#[track_caller]
pub fn refused(pool: &mut PoolWorld, call: &Instruction, signers: &[&str], error: IndexError) {
    let key = pool.index;
    let before = pool.world.engine.account(&key).map(|a| a.data);
    let outcome = pool.send(call, signers);
    outcome.refused(error);
    assert_eq!(outcome.code(), Some(error.code()), "another program's");
    let after = pool.world.engine.account(&key).map(|a| a.data);
    assert!(before == after, "the index changed");
}

/// The instruction succeeds with one event of the index.
#[track_caller]
pub fn done(pool: &mut PoolWorld, call: &Instruction, signers: &[&str]) -> IndexEvent {
    let outcome = pool.send(call, signers).succeeded();
    let mut events: Vec<IndexEvent> = outcome.events();
    assert_eq!(events.len(), 1, "{events:?}");
    pool.check_books();
    events.remove(0)
}

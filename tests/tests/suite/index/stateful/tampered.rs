//! The oracle itself: what it must notice.

use {
    super::*,
    core::mem::offset_of,
    upside_sdk::{
        address::TOKEN_PROGRAM,
        index::{Coin, Constituent, PooledIndex, instruction::share_account},
        state::Holder,
    },
    upside_tests::world::token_account_bytes,
};

/// Changes a number in an account, then collects fees, which checks everything.
fn tamper(account: impl FnOnce(&mut Run) -> Pubkey, place: usize, change: i64) {
    let mut run = Run::new(&base(2), 7, true);
    run.pool.world.pass(DAY);
    let account = account(&mut run);
    let mut bytes = run.pool.world.engine.account(&account).unwrap();
    let field: &mut [u8] = &mut bytes.data[place..place + 8];
    let was = u64::from_le_bytes(field.try_into().unwrap());
    let is = was.checked_add_signed(change).unwrap();
    field.copy_from_slice(&is.to_le_bytes());
    run.pool.world.put(account, bytes.owner, bytes.data);
    let harvest = harvests(&run.pool.pool(), &[0]).1;
    run.send(Act::new("a harvest".into(), harvest, &[]).must(true));
}

fn counter(slot: usize) -> usize {
    8 + offset_of!(PooledIndex, constituents)
        + slot * size_of::<Constituent>()
        + offset_of!(Constituent, counter)
}

#[test]
#[should_panic(expected = "a share lost of slot 1")]
fn one_atom_less_behind_the_shares() {
    tamper(|run| run.pool.index, counter(1), -1);
}

#[test]
#[should_panic(expected = "slot 1 books")]
fn one_atom_more_in_the_books_than_in_custody() {
    tamper(|run| run.pool.index, counter(1), 1);
}

#[test]
#[should_panic(expected = "slot 2 books")]
fn one_atom_taken_out_of_custody() {
    let vault = |run: &mut Run| run.state.index.constituents[2].custody;
    tamper(vault, 64, -1);
}

#[test]
#[should_panic(expected = "baskets of slot 0")]
fn one_atom_in_no_basket() {
    let pending = offset_of!(Constituent, pending) - offset_of!(Constituent, counter);
    tamper(|run| run.pool.index, counter(0) + pending, 1);
}

#[test]
#[should_panic(expected = "what holders have")]
fn one_index_share_from_nowhere() {
    let account = |run: &mut Run| share_account(&run.state.index, &key("bob"));
    tamper(account, 64, 1);
}

#[test]
#[should_panic(expected = "left == right")]
fn one_atom_owed_to_members_from_nowhere() {
    let owed = 8 + offset_of!(PooledIndex, coins) + offset_of!(Coin, owed);
    tamper(
        |run| {
            // Custody has one more, so that only the equal share does not add up.
            let vault = run.state.index.constituents[2].custody;
            let (index, quote) = (run.pool.index, run.pool.world.quote);
            let held = run.pool.world.balance(&vault);
            let bytes = token_account_bytes(&quote, &index, held + 1);
            run.pool.world.put(vault, TOKEN_PROGRAM, bytes);
            index
        },
        owed,
        1,
    );
}

#[test]
#[should_panic(expected = "holders and the register's books")]
fn one_share_of_a_person_from_nowhere() {
    let account = |_: &mut Run| find_holder(&token_of("p1"), &key("bob")).0;
    tamper(account, 8 + offset_of!(Holder, shares), 1);
}

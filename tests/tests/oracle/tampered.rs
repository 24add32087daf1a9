//! The comparison itself: what it must notice, for each type of account.

use {
    crate::run::Run,
    core::mem::offset_of,
    upside_sdk::{
        Pubkey,
        address::{TOKEN_PROGRAM, find_associated, find_holder},
        state::{Asset, Holder, HolderStream, PersonalToken},
    },
    upside_tests::pool::token_of,
};

/// Where the bytes of a field are, past the discriminator.
fn field(at: usize) -> usize {
    8 + at
}

/// Changes a number in an account by one, then compares everything.
fn tamper(account: impl FnOnce(&mut Run) -> Pubkey, place: usize) {
    let mut run = Run::base().fork(1);
    let account = account(&mut run);
    let mut bytes = run.pool.world.engine.account(&account).unwrap();
    bytes.data[place] ^= 1;
    run.pool.world.put(account, bytes.owner, bytes.data);
    run.finished = true;
    run.compare_all();
}

#[test]
#[should_panic(expected = "shares: the chain says")]
fn one_share_of_a_holder() {
    let holder = |run: &mut Run| find_holder(&token_of("p0"), &run.key("bob")).0;
    tamper(holder, field(offset_of!(Holder, shares)));
}

#[test]
#[should_panic(expected = "streams[3].owed: the chain says")]
fn a_fraction_of_an_atom_that_a_holder_earned() {
    let holder = |run: &mut Run| find_holder(&token_of("p1"), &run.key("carol")).0;
    let stream = offset_of!(Holder, streams) + 3 * size_of::<HolderStream>();
    tamper(holder, field(stream + offset_of!(HolderStream, owed)));
}

#[test]
#[should_panic(expected = "distribute_votes: the chain says")]
fn one_vote_of_a_token() {
    tamper(
        |_| token_of("p0"),
        field(offset_of!(PersonalToken, distribute_votes)),
    );
}

#[test]
#[should_panic(expected = "assets[0].reserve: the chain says")]
fn one_atom_of_a_reserve() {
    let reserve = offset_of!(PersonalToken, assets) + offset_of!(Asset, reserve);
    tamper(|_| token_of("p1"), field(reserve));
}

#[test]
#[should_panic(expected = "amount: the chain says")]
fn one_atom_of_a_wallet() {
    let account = |run: &mut Run| {
        let quote = run.pool.world.quote;
        find_associated(&run.key("bob"), &quote, &TOKEN_PROGRAM).0
    };
    tamper(account, 64);
}

#[test]
#[should_panic(expected = "supply: the chain says")]
fn one_share_of_a_mint() {
    tamper(|run| run.model.share_mint(&token_of("p0")), 36);
}

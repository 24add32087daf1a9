//! Memberships: offers, deals, the human behind a member, the equal share, ends.

mod deals;
mod ends;
mod equal_share;
mod humans;
mod offers;
mod polls;
mod rooms;
mod successors;

use {
    super::{
        errors_support::{done, refused},
        support::*,
    },
    solana_program::instruction::Instruction,
    upside_sdk::{
        Pubkey,
        address::find_poll,
        event::IndexEvent,
        index::{
            AcceptArgs, AnnouncementKind, CreateIndexArgs, Ending, IndexError, MembershipStatus,
            ParametersInput, Side, find_membership, instruction as ix,
        },
        instruction as token_ix,
        state::{Answer, Change, Poll},
    },
    upside_tests::{
        cases::index::{CASH_SLOT, ended, joined, launched, locked, offered, sold, wound_down},
        credential::{Attested, statement},
        pool::{ACTORS, HAS, INDEX_ONE, LAUNCHED, PoolWorld, seeded, token_of},
        world::{DAY, NEVER, ONE},
    },
};

/// Whatever it gives and gets.
const ANY: AcceptArgs = AcceptArgs {
    most_gives: u64::MAX,
    least_index_shares: 0,
    deadline: NEVER,
};

/// Terms without fees and without an equal share: members show nothing about them.
fn plain(args: &mut CreateIndexArgs) {
    args.parameters = ParametersInput::default();
    args.terms.equal_share_bps = 0;
    args.terms.credential = Pubkey::default();
    args.terms.schema = Pubkey::default();
}

/// An index of `count` people and cash with these terms.
fn plain_index(count: usize) -> PoolWorld {
    let mut pool = PoolWorld::with(count, plain);
    pool.world.pass(1);
    pool
}

/// The offer's notice passes, and everybody was harvested.
fn notice(pool: &mut PoolWorld) {
    pool.world.pass(7 * DAY);
    pool.harvest_all();
}

/// The acceptance of the last offer to a person within bounds.
fn accept_within(pool: &mut PoolWorld, name: &str, args: AcceptArgs) -> Instruction {
    let mut call = pool.accept_ix(name);
    let (index, payer) = (pool.index(), pool.payer());
    let (token, offer) = (pool.token(name), pool.offered(name));
    call.data = ix::accept_membership(&index, &payer, &token, &offer, None, args).data;
    call
}

/// Everybody who has shares of a person approves a poll.
fn approve(pool: &mut PoolWorld, name: &str, number: u64) {
    for voter in ACTORS {
        let poll = pool
            .world
            .get::<Poll>(&find_poll(&token_of(name), number).0);
        let answer = token_ix::answer_poll(&poll, &key(voter), Answer::For);
        pool.send(&answer, &[voter]).succeeded();
    }
}

/// Anybody applies a poll of a person's token.
fn apply_poll(pool: &mut PoolWorld, name: &str, number: u64) {
    let poll = pool
        .world
        .get::<Poll>(&find_poll(&token_of(name), number).0);
    let apply = token_ix::apply_poll(&poll, &key("carol"));
    pool.send(&apply, &["carol"]).succeeded();
}

/// A person's token gets another owner.
fn sell(pool: &mut PoolWorld, name: &str, from: &str, to: &str) {
    let propose = token_ix::propose_owner(&pool.token(name), &key(to));
    pool.send(&propose, &[from]).succeeded();
    let accept = token_ix::accept_ownership(&pool.token(name), &key(to));
    pool.send(&accept, &[to]).succeeded();
}

/// An attestation says that a wallet is this human's; returns what it names.
fn attest_as(pool: &mut PoolWorld, wallet: &str, human: &str) -> [u8; 32] {
    let attested = Attested {
        data: statement(human.as_bytes()),
        ..Attested::on(&key(wallet))
    };
    attested.put(&mut pool.world);
    upside_sdk::index::subject_of(&attested.bytes()).expect("it names its human")
}

//! The bounds of a transaction: its size, its compute units, its logs; and lists at
//! their maximum.

use {
    super::key,
    solana_message::{AddressLookupTableAccount, Hash, VersionedMessage, v0::Message},
    solana_program::instruction::Instruction,
    upside_sdk::{
        Atoms, Pubkey, Shares,
        event::TokenEvent,
        instruction as ix,
        state::{Change, MAX_ASSETS, MAX_STREAMS, StageTerms},
    },
    upside_tests::{
        cases::{grant_to_bob, offer, open_with, product_terms, redeem_args},
        engine::Engine,
        people::person,
        terms::{equity_terms, round_terms},
        world::{DAY, ONE, World},
    },
};

/// Most bytes of a transaction.
const PACKET: usize = 1_232;

/// Bytes of a transaction of one instruction, whose wallet pays, with a lookup table
/// of everything that does not sign.
fn size(wallet: &Pubkey, call: &Instruction) -> usize {
    let addresses = call.accounts.iter().filter(|meta| !meta.is_signer);
    let table = AddressLookupTableAccount {
        key: key("a lookup table"),
        addresses: addresses.map(|meta| meta.pubkey).collect(),
    };
    let calls = std::slice::from_ref(call);
    let message = Message::try_compile(wallet, calls, &[table], Hash::default()).unwrap();
    let signatures = usize::from(message.header.num_required_signatures);
    // Counts of signatures come before them, the version before the message.
    1 + 64 * signatures + VersionedMessage::V0(message).serialize().len()
}

/// A token with every list full and something open of everything.
fn full() -> World {
    let mut world = World::new();
    let attesters: Vec<_> = (0..8).map(|n| format!("attester {n}")).collect();
    let names: Vec<_> = attesters.iter().map(String::as_str).collect();
    world.accept(&names);
    world.issue("bob", 600 * ONE);
    world.issue("carol", 400 * ONE);
    world.open_bearer("bob");
    let withdraw = ix::withdraw(&world.token(), &key("bob"), Shares(200 * ONE));
    world.send(&withdraw, &[&person("bob")]).ok();
    for number in 1..MAX_ASSETS {
        let mint = world.list(&format!("mint {number}"), number < MAX_STREAMS);
        let (token, founder, atoms) = (world.token(), key("founder"), Atoms(500 * ONE));
        let reserve = ix::deposit_reserve(&token, &founder, &mint, atoms).unwrap();
        let endow = ix::deposit_endowment(&token, &founder, &mint, atoms).unwrap();
        world
            .send_all(&[reserve, endow], &[&person("founder")])
            .ok();
    }
    world.give_reserve(1_000 * ONE);
    world.endow(1_000 * ONE);
    for number in 0..40 {
        world.declare(equity_terms());
        grant_to_bob(&mut world, |terms| terms.shares = ONE);
        offer(&mut world, |terms| {
            terms.number = number;
            terms.shares = ONE;
        });
    }
    let quote = world.quote;
    for _ in 0..10 {
        open_with(&mut world, product_terms(quote));
    }
    for _ in 0..4 {
        // Each locks its part of every asset.
        let mut terms = round_terms();
        for (stage, price) in terms.stages.iter_mut().zip([2, 3, 4, 5]) {
            *stage = StageTerms {
                shares: 10 * ONE,
                price: price * ONE,
            };
        }
        let round = world.open_round(terms);
        world.contribute(round, "carol", 50 * ONE);
    }
    world.pay_revenue(900 * ONE);
    // A poll in every place, each answered.
    for (name, change) in [
        ("bob", Change::CashOutTax(5)),
        ("carol", Change::RevenueEnd(0)),
    ] {
        world.put_poll(name, change);
        world.approve("bob");
    }
    world.pass(DAY);
    world
}

#[test]
fn with_every_list_full_every_share_redeems_within_one_transaction() {
    let mut world = full();
    assert_eq!(usize::from(world.token().data.asset_count), MAX_ASSETS);
    let (token, bob) = (world.token(), key("bob"));
    let registered = ix::redeem(&token, &bob, redeem_args(100 * ONE)).unwrap();
    let bearer = ix::redeem_bearer(&token, &bob, redeem_args(100 * ONE)).unwrap();
    for redeem in [registered, bearer] {
        let bytes = size(&bob, &redeem);
        assert!(bytes <= PACKET, "{bytes} bytes");
        // Without a request a transaction of one instruction has 200,000 units.
        let outcome = world.send(&redeem, &[&person("bob")]).succeeded();
        println!("{bytes} bytes, {} units", outcome.units);
        assert!(outcome.units < 200_000);
    }
    let quote = world.quote;
    let claim = ix::collect_dividend(&world.token(), &bob, &quote).unwrap();
    world.send(&claim, &[&person("bob")]).ok();
    world.check_books(&["founder", "bob", "carol"]);
}

#[test]
fn closing_a_round_costs_the_same_however_many_contributed() {
    let units = |backers: u32| {
        let mut world = World::new();
        let mut terms = round_terms();
        terms.min_raise = 10 * ONE;
        terms.min_contribution = 1;
        world.open_round(terms);
        world.contribute(0, "carol", 20 * ONE);
        for number in 0..backers {
            let name = format!("tiny {number}");
            let wallet = key(&name);
            world.engine.fund(wallet);
            world.give_quote(&wallet, ONE);
            // One atom of the quote currency each: ten share atoms.
            world.contribute(0, &name, 1);
        }
        world.pass(11 * DAY);
        let round = upside_sdk::address::find_round(&world.token, 0).0;
        let close = ix::close_round(&world.token(), &round, &key("mallory"));
        let units = world.send(&close, &[&person("mallory")]).succeeded().units;
        let contribution = world.contribution(0, "carol");
        let claim = ix::collect_contribution(&world.token, &contribution);
        (units, world.send(&claim, &[]).succeeded().units)
    };
    // The amounts differ, and with them a branch or two of the arithmetic.
    let (few, many) = (units(1), units(60));
    assert!(few.0.abs_diff(many.0) < 10, "{few:?} {many:?}");
    assert_eq!(few.1, many.1);
}

#[test]
fn an_event_lost_to_full_logs_leaves_a_gap() {
    let mut world = World::on(Engine::lite(), |_| {});
    if let Engine::Lite(svm) = &mut world.engine {
        // What a validator keeps of a transaction's logs.
        *svm = svm.clone().with_log_bytes_limit(Some(10_000));
    }
    world.issue("bob", 100 * ONE);
    world.open_holder("carol");
    let before = world.token().data.sequence;
    let send = ix::transfer_shares(&world.token, &key("bob"), &key("carol"), Shares(1), None);
    let calls = vec![send.clone(); 40];
    let events: Vec<TokenEvent> = world.send_all(&calls, &[&person("bob")]).ok();
    assert!(events.len() < 40, "the logs were cut");
    assert_eq!(world.token().data.sequence, before + 40);
    // The next event's number tells that some were missed, and how many.
    let next = world.send(&send, &[&person("bob")]).ok();
    assert_eq!(next[0].header().sequence, before + 41);
    let last = events
        .last()
        .map_or(before, |event| event.header().sequence);
    assert!(last < before + 40);
}

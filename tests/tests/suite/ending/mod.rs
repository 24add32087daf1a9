//! How a token ends: the executor, dissolution, what still works, empty accounts.

mod wind_downs;

use {
    solana_program::instruction::Instruction,
    solana_signer::Signer,
    upside_sdk::{
        Atoms, Pubkey, Shares, TokenError,
        address::{TOKEN_PROGRAM, find_claim, find_holder},
        event::TokenEvent,
        instruction as ix,
        state::{Change, ContributeArgs, ExitArgs, TokenStatus},
    },
    upside_tests::{
        cases::{redeem_args, with_attester, with_equity, with_paper, with_voters},
        engine::Outcome,
        people::person,
        terms::{equity_terms, escrow_terms, round_terms},
        world::{DAY, NEVER, ONE, World, minter},
    },
};

fn key(name: &str) -> Pubkey {
    person(name).pubkey()
}

fn send(world: &mut World, call: &Instruction, name: &str) -> Outcome {
    world.send(call, &[&person(name)])
}

#[test]
fn the_executor_acts_after_the_inactivity_and_not_a_second_before() {
    let mut world = with_voters();
    let up = ix::wind_up_by_executor(&world.token, &key("executor"));
    send(&mut world, &up, "executor").refused(TokenError::NotExecutor);
    let set = ix::set_executor(&world.token(), &key("executor"));
    let events = send(&mut world, &set, "founder").ok();
    assert!(matches!(&events[0], TokenEvent::ExecutorSet(e) if e.executor == key("executor")));
    let mut foreign = ix::set_executor(&world.token(), &key("mallory"));
    foreign.accounts[0].pubkey = key("mallory");
    send(&mut world, &foreign, "mallory").refused(TokenError::NotOwner);

    world.pass(200 * DAY);
    let beat = ix::heartbeat(&world.token());
    let events = send(&mut world, &beat, "founder").ok();
    assert!(matches!(&events[0], TokenEvent::OwnerSeen(e) if e.at == world.now()));
    assert_eq!(world.token().data.owner_seen, world.now());
    world.pass(365 * DAY);
    send(&mut world, &up, "executor").refused(TokenError::OwnerActive);
    let other = ix::wind_up_by_executor(&world.token, &key("mallory"));
    world.pass(1);
    send(&mut world, &other, "mallory").refused(TokenError::NotExecutor);
    assert_eq!(world.token().data.executor_from(), Ok(world.now()));
    let seen = world.token().data.owner_seen;
    let events = send(&mut world, &up, "executor").ok();
    let TokenEvent::TokenWoundUp(event) = &events[0] else {
        panic!("{events:?}")
    };
    assert_eq!((event.executor, event.owner_seen), (key("executor"), seen));
    assert_eq!(world.token().data.status(), Ok(TokenStatus::WindDown));
    world.pass(1);
    send(&mut world, &up, "executor").refused(TokenError::WoundUp);
    // The owner comes back too late.
    let beat = ix::heartbeat(&world.token());
    send(&mut world, &beat, "founder").ok();
    assert_eq!(world.token().data.status(), Ok(TokenStatus::WindDown));
}

#[test]
fn every_signature_of_the_owner_is_a_sign_of_life() {
    let mut world = with_voters();
    let set = ix::set_executor(&world.token(), &key("executor"));
    send(&mut world, &set, "founder").ok();
    world.pass(364 * DAY);
    world.issue("bob", ONE);
    assert_eq!(world.token().data.owner_seen, world.now());
    world.pass(2 * DAY);
    let up = ix::wind_up_by_executor(&world.token, &key("executor"));
    send(&mut world, &up, "executor").refused(TokenError::OwnerActive);
    // Nobody is executor where none is named, not even the zero key's place.
    let none = ix::set_executor(&world.token(), &Pubkey::default());
    send(&mut world, &none, "founder").ok();
    world.pass(2_000 * DAY);
    send(&mut world, &up, "executor").refused(TokenError::NotExecutor);
}

#[test]
fn after_a_dissolution_everybody_redeems_without_tax_to_the_last_share() {
    let mut world = with_voters();
    world.give_reserve(1_000 * ONE);
    world.open_bearer("carol");
    let out = ix::withdraw(&world.token(), &key("carol"), Shares(10 * ONE));
    send(&mut world, &out, "carol").ok();
    world.change_terms(Change::Dissolve, &["bob", "carol"]);
    let token = world.token().data;
    assert_eq!(token.status(), Ok(TokenStatus::WindDown));
    // The tax of the terms stays on record; it is not taken.
    assert_eq!(token.terms.cash_out_tax_bps, 1_000);
    let redeem = |world: &mut World, name: &str, shares: u64| {
        let before = world.cash(name);
        let redeem = ix::redeem(&world.token(), &key(name), redeem_args(shares)).unwrap();
        send(world, &redeem, name).ok();
        world.cash(name) - before
    };
    assert_eq!(redeem(&mut world, "bob", 60 * ONE), 300 * ONE);
    assert_eq!(redeem(&mut world, "carol", 30 * ONE), 150 * ONE);
    let before = world.cash("carol");
    let bearer = ix::redeem_bearer(&world.token(), &key("carol"), redeem_args(10 * ONE)).unwrap();
    send(&mut world, &bearer, "carol").ok();
    assert_eq!(world.cash("carol") - before, 50 * ONE);
    assert_eq!(redeem(&mut world, "founder", 100 * ONE), 500 * ONE);
    let token = world.token().data;
    assert_eq!((token.supply, token.registered), (0, 0));
    assert_eq!(token.quote().reserve, 0);
    world.check_books(&["founder", "bob", "carol"]);
}

#[test]
fn nothing_new_begins_in_a_wind_down() {
    let mut world = with_voters();
    let round = world.open_round(round_terms());
    world.declare(upside_tests::terms::tokenized_terms());
    world.open_holder("mallory");
    let equity = world.list("equity mint", false);
    world.ask(Change::Dissolve).ok();
    world.approve("bob").ok();
    world.approve("carol").ok();
    world.pass(8 * DAY);
    world.apply("mallory").ok();

    let (token, payer) = (world.token(), world.payer.pubkey());
    let args = ContributeArgs {
        max_payment: 100 * ONE,
        max_supply: u64::MAX,
        terms_version: 0,
        min_shares: 0,
        deadline: NEVER,
    };
    let another = person("another mint").pubkey();
    world.add_mint(another, TOKEN_PROGRAM, upside_tests::world::mint_bytes(5));
    let claim = find_claim(&token.key, 0).0;
    let new: Vec<(Instruction, &str)> = vec![
        (ix::open_round(&token, &payer, round_terms()), "founder"),
        (
            ix::issue(&token, &key("bob"), Shares(1), Atoms(0)),
            "founder",
        ),
        (
            ix::contribute(&token, &world.round(round), &key("bob"), None, args),
            "bob",
        ),
        (ix::declare_claim(&token, &payer, equity_terms()), "founder"),
        (
            ix::add_asset(&token, &payer, &another, &TOKEN_PROGRAM, minter(), false),
            "founder",
        ),
        (
            ix::deposit_equity(&token, &claim, &equity, &TOKEN_PROGRAM, ONE, Atoms(1)),
            "founder",
        ),
        (
            ix::put_poll(&token, &payer, &key("founder"), Change::Drip(9), [0; 32]),
            "founder",
        ),
    ];
    for (call, name) in new {
        send(&mut world, &call, name).refused(TokenError::WoundUp);
    }
}

#[test]
fn what_holders_have_goes_on_in_a_wind_down() {
    let mut world = with_voters();
    world.pay_revenue(1_000 * ONE);
    // Dearer than what backs a share.
    let mut terms = escrow_terms();
    terms.stages[0].price = 20 * ONE;
    terms.stages[1].price = 30 * ONE;
    let escrow = world.open_round(terms);
    world.contribute(escrow, "mallory", 2_000 * ONE);
    let close = ix::close_holder(&world.holder("mallory"), &key("mallory"));
    send(&mut world, &close, "mallory").ok();
    let policy = ix::propose_policy(&world.token(), upside_tests::cases::approved_policy());
    send(&mut world, &policy, "founder").ok();
    world.pass(8 * DAY);
    let apply = ix::apply_policy(&world.token, &key("carol"));
    send(&mut world, &apply, "carol").ok();
    world.change_terms(Change::Dissolve, &["bob", "carol"]);

    // Revenue, dividends, refunds.
    world.pay_more(0, 100 * ONE);
    world.pass(8 * DAY);
    let quote = world.quote;
    let before = world.cash("bob");
    let dividend = ix::collect_dividend(&world.token(), &key("bob"), &quote).unwrap();
    send(&mut world, &dividend, "bob").ok();
    // 30 % of 80 % of 1,100.
    assert_eq!((world.cash("bob") - before).div_ceil(ONE), 264);
    let key_of_round = world.round(escrow).key;
    let close = ix::close_round(&world.token(), &key_of_round, &key("bob"));
    send(&mut world, &close, "bob").ok();
    // Nobody is left to admit, so everybody opens their own account again.
    world.open_holder("mallory");
    let before = world.cash("mallory");
    let contribution = world.contribution(escrow, "mallory");
    let refund = ix::refund_contribution(&world.token(), &contribution);
    world.send(&refund, &[]).ok();
    assert_eq!(world.cash("mallory") - before, 2_000 * ONE);
    world.check_books(&["founder", "bob", "carol", "mallory"]);
}

#[test]
fn the_executor_exits_claims_for_holders() {
    let mut world = with_paper();
    world.issue("founder", 10 * ONE);
    world.issue("bob", 90 * ONE);
    let exit = |world: &mut World, units, proceeds| {
        let call = world.exit_ix(
            0,
            "bob",
            ExitArgs {
                units,
                received: proceeds,
            },
        );
        let call = ix::by_executor(call, &world.token());
        world.send(&call, &[&person("executor"), &person("bob")])
    };
    let set = ix::set_executor(&world.token(), &key("executor"));
    send(&mut world, &set, "founder").ok();
    // Not before the wind-down.
    exit(&mut world, 500, 1_500 * ONE).refused(TokenError::NotOwner);
    let close = ix::close_claim(&world.claim(0), &key("mallory"));
    send(&mut world, &close, "mallory").refused(TokenError::NotOwner);
    world.wind_up();
    let before = world.cash("founder");
    let events = exit(&mut world, 500, 1_500 * ONE).ok();
    let TokenEvent::ClaimExited(event) = &events[0] else {
        panic!("{events:?}")
    };
    // Nobody attested a cost: all of it is above the floor of zero.
    assert_eq!((event.to_owner, event.cost), (0, 0));
    assert_eq!(
        (event.to_reserve, event.to_stream),
        (300 * ONE, 1_200 * ONE)
    );
    assert_eq!(world.cash("founder"), before);
    let seen = world.token().data.owner_seen;
    assert!(
        seen < world.now() - 300 * DAY,
        "the executor's is no sign of life"
    );
    let off = ix::by_executor(
        ix::write_off_claim(&world.claim(0), &key("founder"), None, 500),
        &world.token(),
    );
    send(&mut world, &off, "executor").ok();
    // Nothing is left of it: in a wind-down anybody clears it away.
    send(&mut world, &close, "mallory").ok();

    // Real tokens are released.
    let mut world = with_equity();
    world.wind_up();
    let token = world.token();
    let release = ix::release_equity(&token, &world.claim(0), 100 * ONE).unwrap();
    let release = ix::by_executor(release, &token);
    send(&mut world, &release, "executor").ok();
    assert_eq!(world.claim(0).data.released, 100 * ONE);
}

#[test]
fn only_empty_holder_accounts_close() {
    let mut world = with_voters();
    let holders = world.token().data.holders;
    let close = |world: &mut World, whose: &str, by: &str| {
        let close = ix::close_holder(&world.holder(whose), &key(by));
        send(world, &close, by)
    };
    close(&mut world, "bob", "bob").refused(TokenError::HolderNotEmpty);
    close(&mut world, "bob", "mallory").refused(TokenError::NotHolder);
    world.pay_revenue(1_000 * ONE);
    world.pass(8 * DAY);
    let give = ix::transfer_shares(
        &world.token,
        &key("bob"),
        &key("carol"),
        Shares(60 * ONE),
        None,
    );
    send(&mut world, &give, "bob").ok();
    // Without shares, but with a dividend to claim.
    close(&mut world, "bob", "bob").refused(TokenError::HolderNotEmpty);
    let quote = world.quote;
    let dividend = ix::collect_dividend(&world.token(), &key("bob"), &quote).unwrap();
    send(&mut world, &dividend, "bob").ok();
    let (payer, account) = (
        world.payer.pubkey(),
        find_holder(&world.token, &key("bob")).0,
    );
    let rent = world.engine.account(&account).unwrap().lamports;
    let had = world.engine.account(&payer).unwrap().lamports;
    let payouts = world.token().data.quote().payouts;
    let events = close(&mut world, "bob", "bob").ok();
    let TokenEvent::HolderClosed(event) = &events[0] else {
        panic!("{events:?}")
    };
    assert_eq!((event.wallet, event.holders), (key("bob"), holders - 1));
    assert!(world.engine.account(&account).is_none());
    let has = world.engine.account(&payer).unwrap().lamports;
    assert_eq!(had + rent - has, 10_000);
    assert_eq!(world.token().data.quote().payouts, payouts);
    // It opens again, with nothing of before.
    world.open_holder("bob");
    assert_eq!(world.token().data.holders, holders);
    assert_eq!(world.holder("bob").data.moved_at, 0);
    world.check_books(&["founder", "bob", "carol"]);
}

#[test]
fn in_a_wind_down_anybody_closes_what_is_empty_and_can_open_again() {
    let mut world = with_voters();
    world.open_holder("mallory");
    world.open_bearer("bob");
    let out = ix::withdraw(&world.token(), &key("bob"), Shares(60 * ONE));
    send(&mut world, &out, "bob").ok();
    // A program's account, an index say, could not open its own again.
    let index = person("an index").pubkey();
    let open = ix::open_holder(&world.token, &world.payer.pubkey(), &key("founder"), &index);
    send(&mut world, &open, "founder").ok();
    world.put(index, upside_sdk::index::PROGRAM_ID, vec![0; 8]);
    let close = |world: &mut World, whose: &str, by: &str| {
        let close = ix::close_holder(&world.holder(whose), &key(by));
        send(world, &close, by)
    };
    close(&mut world, "mallory", "carol").refused(TokenError::NotHolder);
    world.wind_up();
    close(&mut world, "an index", "carol").refused(TokenError::NotHolder);
    close(&mut world, "carol", "mallory").refused(TokenError::HolderNotEmpty);
    // What bob withdrew carries a cost: only he gives that up.
    close(&mut world, "bob", "mallory").refused(TokenError::HolderNotEmpty);
    close(&mut world, "mallory", "carol").ok();
    close(&mut world, "bob", "bob").ok();
}

#[test]
fn a_claims_account_closes_once_it_is_over() {
    let mut world = with_attester();
    world.attest(0, "ann", 1, 1);
    let dispute = ix::dispute_claim(&world.claim(0), &key("ann"), [4; 32]);
    send(&mut world, &dispute, "ann").ok();
    let close = ix::close_claim(&world.claim(0), &key("founder"));
    send(&mut world, &close, "founder").refused(TokenError::ClaimNotClosed);
    let list = world.attesters();
    let off = ix::write_off_claim(&world.claim(0), &key("founder"), list.as_ref(), 1_000);
    send(&mut world, &off, "founder").ok();
    // Neither a dispute nor what anybody signed keeps it open.
    let claim = world.claim(0).key;
    let events = send(&mut world, &close, "founder").ok();
    assert!(matches!(&events[0], TokenEvent::ClaimAccountClosed(e) if e.claim == 0));
    assert!(world.engine.account(&claim).is_none());
    // Its number does not come back.
    assert_eq!(world.declare(equity_terms()), 1);
}

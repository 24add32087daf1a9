//! Grants: shares for help that are offered, accepted, and vest over time.

use {
    solana_program::instruction::Instruction,
    solana_signer::Signer,
    upside_sdk::{
        Atoms, Pubkey, Shares, TokenError,
        address::{find_grant, find_holder, find_round},
        event::TokenEvent,
        instruction as ix, quote,
        state::{Account, Grant, GrantOffer, GrantStatus},
    },
    upside_tests::{
        cases::{
            grant_offer, grant_to_bob, offer_to_bob, offer_to_bob_ix, redeem_args, with_grant,
        },
        engine::Outcome,
        people::person,
        terms::escrow_terms,
        world::{DAY, ONE, World},
    },
};

fn key(name: &str) -> Pubkey {
    person(name).pubkey()
}

fn again(world: &mut World, grant: &Account<Grant>) -> Account<Grant> {
    world.get(&grant.key)
}

fn accept(world: &mut World, grant: &Account<Grant>) -> Outcome {
    let accept = ix::accept_grant(&world.token(), grant);
    world.send(&accept, &[&person("bob")])
}

fn cancel(world: &mut World, grant: &Account<Grant>, by: &str) -> Outcome {
    world.send(&ix::cancel_grant(grant, &key(by)), &[&person(by)])
}

fn collect(world: &mut World, grant: &Account<Grant>) -> Outcome {
    let collect = ix::collect_grant(grant, &world.payer.pubkey());
    world.send(&collect, &[&person("bob")])
}

fn revoke_ix(world: &mut World, grant: &Account<Grant>, by: &str) -> Instruction {
    ix::revoke_grant(&world.token(), grant, &key(by))
}

fn revoke(world: &mut World, grant: &Account<Grant>, by: &str) -> Outcome {
    let revoke = revoke_ix(world, grant, by);
    world.send(&revoke, &[&person(by)])
}

fn close(world: &mut World, grant: &Account<Grant>) -> Outcome {
    world.send(&ix::close_grant(grant), &[])
}

/// What a person's holder account could collect now, in quote atoms.
fn owed(world: &mut World, name: &str) -> u64 {
    let (token, holder, now) = (world.token().data, world.holder(name).data, world.now());
    quote::dividend(&token, &holder, 0, now)
        .unwrap()
        .collectable
        .0
}

/// Atoms of the quote mint that a redemption of all of a person's shares pays.
fn worth(world: &mut World, name: &str) -> u64 {
    let (token, holder) = (world.token().data, world.holder(name).data);
    let (supply, shares) = (Shares(token.supply), Shares(holder.shares));
    quote::redemption(&token, supply, shares, 0).unwrap()[0]
}

fn about(found: u64, expected: u64) {
    assert!(found.abs_diff(expected) <= 2, "{found}, not {expected}");
}

#[test]
fn a_grant_is_offered_accepted_and_vests() {
    let mut world = World::new();
    world.issue("carol", 100 * ONE);
    let offer = grant_offer(&world, |_| {});
    let call = offer_to_bob_ix(&mut world, offer);
    let events = world.send(&call, &[&person("founder")]).ok();
    let [TokenEvent::GrantOffered(event)] = &events[..] else {
        panic!("{events:?}")
    };
    assert_eq!((event.grant, event.beneficiary), (0, key("bob")));
    assert_eq!((event.shares, event.offered), (100 * ONE, 100 * ONE));
    assert_eq!((event.reference, event.revocable), (7, 1));
    // Nothing exists, and nothing vests.
    let token = world.token().data;
    assert_eq!((token.supply, token.offered), (100 * ONE, 100 * ONE));
    let grant: Account<Grant> = world.get(&find_grant(&world.token, 0).0);
    assert_eq!(grant.data.held().unwrap(), 0);
    collect(&mut world, &grant).refused(TokenError::GrantNotAccepted);
    revoke(&mut world, &grant, "founder").refused(TokenError::GrantNotAccepted);
    close(&mut world, &grant).refused(TokenError::GrantNotAccepted);

    // Its beneficiary accepts it alone, without a holder account.
    let events = accept(&mut world, &grant).ok();
    let [TokenEvent::GrantAccepted(event)] = &events[..] else {
        panic!("{events:?}")
    };
    assert_eq!((event.supply, event.offered), (200 * ONE, 0));
    let token = world.token().data;
    assert_eq!((token.supply, token.registered), (200 * ONE, 200 * ONE));
    accept(&mut world, &grant).refused(TokenError::GrantAccepted);
    cancel(&mut world, &grant, "founder").refused(TokenError::GrantAccepted);

    // Nothing before the cliff, then what has passed of the whole. The holder account is
    // opened with the first shares.
    world.pass(10 * DAY - 1);
    collect(&mut world, &grant).refused(TokenError::NothingToCollect);
    world.pass(1);
    let events = collect(&mut world, &grant).ok();
    let [
        TokenEvent::HolderOpened(opened),
        TokenEvent::GrantCollected(event),
    ] = &events[..]
    else {
        panic!("{events:?}")
    };
    assert_eq!(opened.wallet, key("bob"));
    assert_eq!((event.shares, event.held), (10 * ONE, 90 * ONE));
    assert_eq!(event.holder_shares, 10 * ONE);
    collect(&mut world, &grant).refused(TokenError::NothingToCollect);
    let bob = world.holder("bob").data;
    assert_eq!((bob.shares, bob.cost), (10 * ONE, 0));
    close(&mut world, &grant).refused(TokenError::GrantNotEmpty);

    world.pass(200 * DAY);
    revoke(&mut world, &grant, "founder").refused(TokenError::GrantVested);
    collect(&mut world, &grant).ok();
    assert_eq!(world.holder("bob").data.shares, 100 * ONE);
    let rent = world.engine.account(&grant.key).unwrap().lamports;
    let payer = world.payer.pubkey();
    let had = world.engine.account(&payer).unwrap().lamports;
    close(&mut world, &grant).ok();
    // One signature's fee.
    let has = world.engine.account(&payer).unwrap().lamports;
    assert_eq!(has + 5_000, had + rent);
    assert!(world.engine.account(&grant.key).is_none());
    world.check_books(&["founder", "bob", "carol"]);
    // The number is used up: the next grant is another one.
    let next = grant_to_bob(&mut world, |_| {});
    assert_eq!(next.data.number, 1);
}

/// What unvested shares earn vests with them, however often the beneficiary collects.
#[test]
fn earnings_vest_with_their_shares() {
    for often in [false, true] {
        let mut world = World::new();
        world.issue("carol", 100 * ONE);
        let grant = grant_to_bob(&mut world, |_| {});
        // Half of what streams is the grant's. None of it has vested. A fifth of what is paid
        // goes to the reserve.
        world.pay_revenue(2_500 * ONE);
        world.pass(9 * DAY);
        collect(&mut world, &grant).refused(TokenError::NothingToCollect);
        world.pass(DAY);
        if often {
            collect(&mut world, &grant).ok();
            about(owed(&mut world, "bob"), 100 * ONE);
            world.pass(DAY / 2);
            collect(&mut world, &grant).ok();
        } else {
            world.pass(DAY / 2);
        }
        world.pass(39 * DAY + DAY / 2);
        let events = collect(&mut world, &grant).ok();
        assert!(matches!(events.last(), Some(TokenEvent::GrantCollected(_))));
        // Half of its shares have vested, and with them half of the 1,000.
        assert_eq!(world.holder("bob").data.shares, 50 * ONE);
        about(owed(&mut world, "bob"), 500 * ONE);
        let (token, grant) = (world.token().data, again(&mut world, &grant).data);
        let held = quote::grant(&token, &grant, world.now()).unwrap();
        about(held.unvested_earned[0].0, 500 * ONE);
        assert_eq!(held.earned[0].0, 0);
        world.check_books(&["founder", "bob", "carol"]);
    }
}

/// Parts of an atom that holder account and grant have are one atom together: the quote adds
/// before it rounds down, as the program does.
#[test]
fn the_quote_of_a_collection_is_what_it_pays() {
    let mut world = World::new();
    world.issue("carol", 7 * ONE + 3);
    world.issue("bob", 2 * ONE + 1);
    let grant = grant_to_bob(&mut world, |terms| terms.cliff_seconds = 0);
    let claim = world.pay_revenue(11);
    let (mut more, quote) = (0, world.quote);
    for step in 0..12 {
        world.pay_more(claim, 100_000_007 + step);
        world.pass(DAY / 2 + 17 * i64::try_from(step).unwrap());
        let (token, now) = (world.token().data, world.now());
        let (mine, given) = (world.holder("bob").data, again(&mut world, &grant).data);
        let quoted = quote::collection(&token, Some(&mine), &given, now).unwrap()[0];
        let floors = quote::grant(&token, &given, now).unwrap().earned[0].0
            + quote::dividend(&token, &mine, 0, now)
                .unwrap()
                .collectable
                .0;
        more += quoted.0 - floors;
        let collect = ix::collect_grant(&grant, &world.payer.pubkey());
        let claim = ix::collect_dividend(&world.token(), &key("bob"), &quote).unwrap();
        let before = world.cash("bob");
        world.send_all(&[collect, claim], &[&person("bob")]).ok();
        assert_eq!(world.cash("bob") - before, quoted.0);
    }
    assert!(more > 0, "two floors would have been the same");
    // Without a holder account it is what the grant has.
    let alone = again(&mut world, &grant).data;
    world.pass(DAY);
    let (token, now) = (world.token().data, world.now());
    let quoted = quote::collection(&token, None, &alone, now).unwrap();
    assert_eq!(quoted, quote::grant(&token, &alone, now).unwrap().earned);
}

#[test]
fn what_vested_stays_when_the_rest_is_revoked() {
    let (mut world, grant) = with_grant();
    collect(&mut world, &grant).ok();
    world.pass(10 * DAY);
    let supply = world.token().data.supply;
    let events = revoke(&mut world, &grant, "founder").ok();
    let [TokenEvent::GrantRevoked(event)] = &events[..] else {
        panic!("{events:?}")
    };
    assert_eq!((event.burned, event.vested), (60 * ONE, 40 * ONE));
    assert_eq!(event.supply, supply - 60 * ONE);
    let token = world.token().data;
    assert_eq!((token.supply, token.registered), (40 * ONE, 40 * ONE));
    assert_eq!(token.created, 40 * ONE);
    assert_eq!(world.balance(&token.share_custody), 40 * ONE);
    revoke(&mut world, &grant, "founder").refused(TokenError::GrantVested);
    // No further vesting, and no less.
    world.pass(100 * DAY);
    collect(&mut world, &grant).ok();
    assert_eq!(world.holder("bob").data.shares, 40 * ONE);
    let after = again(&mut world, &grant).data;
    assert_eq!(after.status().unwrap(), GrantStatus::Revoked);
    assert_eq!((after.shares, after.collected), (40 * ONE, 40 * ONE));
    close(&mut world, &grant).ok();
    world.check_books(&["founder", "bob"]);
}

#[test]
fn before_the_cliff_all_of_it_can_be_revoked() {
    let mut world = World::new();
    let grant = grant_to_bob(&mut world, |_| {});
    world.pass(10 * DAY - 1);
    revoke(&mut world, &grant, "founder").ok();
    assert_eq!(world.token().data.supply, 0);
    // Bob never opened a holder account: there is nothing for it.
    close(&mut world, &grant).ok();
}

/// An offer keeps cap and endowment; what ends gives them back.
#[test]
fn an_offer_reserves_and_gives_back() {
    let mut world = World::with(|args| {
        args.terms.supply_cap = 250 * ONE;
        args.terms.launch_shares = 250 * ONE;
    });
    world.issue("carol", 100 * ONE);
    world.give_reserve(50 * ONE);
    let offer = grant_offer(&world, |_| {});
    let call = offer_to_bob_ix(&mut world, offer);
    world
        .send(&call, &[&person("founder")])
        .refused(TokenError::EndowmentShort);
    world.endow(50 * ONE);
    let events = world.send(&call, &[&person("founder")]).ok();
    let [TokenEvent::GrantOffered(event)] = &events[..] else {
        panic!("{events:?}")
    };
    assert_eq!(event.locked[0], 50 * ONE);
    let quoted = world.token().data.quote().locked;
    assert_eq!(quoted, 50 * ONE);
    let token = world.token();
    let take = ix::withdraw_endowment(&token, &world.quote, Atoms(1)).unwrap();
    world
        .send(&take, &[&person("founder")])
        .refused(TokenError::EndowmentLocked);
    // The cap is kept for it: 100 exist, 100 are on offer.
    let too_many = grant_offer(&world, |terms| terms.shares = 51 * ONE);
    let too_many = offer_to_bob_ix(&mut world, too_many);
    world
        .send(&too_many, &[&person("founder")])
        .refused(TokenError::SupplyCapExceeded);

    let grant: Account<Grant> = world.get(&find_grant(&world.token, 0).0);
    cancel(&mut world, &grant, "mallory").refused(TokenError::OfferNotLapsed);
    let events = cancel(&mut world, &grant, "founder").ok();
    let [TokenEvent::GrantCancelled(event)] = &events[..] else {
        panic!("{events:?}")
    };
    assert_eq!((event.by, event.offered), (key("founder"), 0));
    let token = world.token().data;
    assert_eq!((token.offered, token.quote().locked), (0, 0));
    assert!(world.engine.account(&grant.key).is_none());

    // The beneficiary declines, and anybody ends it once it has lapsed.
    let declined = offer_to_bob(&mut world, |_| {});
    cancel(&mut world, &declined, "bob").ok();
    let lapsed = offer_to_bob(&mut world, |_| {});
    world.pass(10 * DAY);
    cancel(&mut world, &lapsed, "mallory").refused(TokenError::OfferNotLapsed);
    world.pass(1);
    accept(&mut world, &lapsed).refused(TokenError::OfferLapsed);
    cancel(&mut world, &lapsed, "mallory").ok();
    let token = world.token().data;
    assert_eq!((token.offered, token.quote().locked), (0, 0));
    assert_eq!(token.quote().endowment, 50 * ONE);
    world.check_books(&["founder", "bob", "carol"]);
}

/// Accepting brings the part of the reserve and of what streams at that moment; revoking
/// gives back what was brought, and at most the part now.
#[test]
fn the_endowment_brings_and_takes_back() {
    let mut world = World::new();
    world.issue("carol", 100 * ONE);
    world.give_reserve(50 * ONE);
    world.endow(51 * ONE);
    let grant = offer_to_bob(&mut world, |_| {});
    let before = worth(&mut world, "carol");
    // More came into the reserve since: what is locked does not cover it.
    world.give_reserve(10 * ONE);
    accept(&mut world, &grant).refused(TokenError::EndowmentShort);
    world.endow(9 * ONE);
    let events = accept(&mut world, &grant).ok();
    let [
        TokenEvent::AssetsBrought(event),
        TokenEvent::GrantAccepted(_),
    ] = &events[..]
    else {
        panic!("{events:?}")
    };
    assert_eq!(event.to_reserve[0], 60 * ONE);
    let quoted = *world.token().data.quote();
    assert_eq!((quoted.reserve, quoted.endowment), (120 * ONE, 0));
    assert_eq!(quoted.locked, 0);
    assert!(worth(&mut world, "carol") >= before);

    // A quarter vests; then three quarters of what it brought go back.
    world.pass(25 * DAY);
    world.give_reserve(40 * ONE);
    let before = worth(&mut world, "carol");
    let events = revoke(&mut world, &grant, "founder").ok();
    let [TokenEvent::GrantRevoked(event)] = &events[..] else {
        panic!("{events:?}")
    };
    assert_eq!(event.returned[0], 45 * ONE);
    assert!(worth(&mut world, "carol") >= before);
    let quoted = *world.token().data.quote();
    assert_eq!((quoted.reserve, quoted.endowment), (115 * ONE, 45 * ONE));

    // If the reserve was used up meanwhile, only the part now.
    let grant = grant_to_bob(&mut world, |terms| terms.shares = 10 * ONE);
    let brought = again(&mut world, &grant).data.backing[0];
    let redeem = ix::redeem(&world.token(), &key("carol"), redeem_args(100 * ONE)).unwrap();
    world.send(&redeem, &[&person("carol")]).ok();
    let events = revoke(&mut world, &grant, "founder").ok();
    let [TokenEvent::GrantRevoked(event)] = &events[..] else {
        panic!("{events:?}")
    };
    assert!(event.returned[0] <= brought);
    world.check_books(&["founder", "bob", "carol"]);
}

/// What the unvested had earned streams again, to those who are left.
#[test]
fn unvested_earnings_stream_again() {
    let mut world = World::new();
    world.issue("carol", 100 * ONE);
    let grant = grant_to_bob(&mut world, |terms| terms.cliff_seconds = 100 * 86_400);
    world.pay_revenue(2_000 * ONE);
    world.pass(9 * DAY);
    about(owed(&mut world, "carol"), 800 * ONE);
    let payouts = world.token().data.quote().payouts;
    let events = revoke(&mut world, &grant, "founder").ok();
    let [TokenEvent::GrantRevoked(event)] = &events[..] else {
        panic!("{events:?}")
    };
    about(event.earned[0], 800 * ONE);
    assert_eq!(world.token().data.quote().payouts, payouts);
    world.pass(9 * DAY);
    about(owed(&mut world, "carol"), 1_600 * ONE);
    world.check_books(&["founder", "bob", "carol"]);
}

/// With nobody else registered, it goes to the reserve; with no share left, to the owner's
/// endowment, as whatever is paid in then.
#[test]
fn earnings_of_the_last_registered_shares_stream_to_nobody() {
    let mut world = World::with(|args| args.terms.bearer_cap = u64::MAX);
    world.issue("carol", 100 * ONE);
    world.open_bearer("carol");
    let grant = grant_to_bob(&mut world, |_| {});
    let out = ix::withdraw(&world.token(), &key("carol"), Shares(100 * ONE));
    world.send(&out, &[&person("carol")]).ok();
    world.pay_revenue(900 * ONE);
    world.pass(9 * DAY);
    let before = *world.token().data.quote();
    revoke(&mut world, &grant, "founder").ok();
    let after = *world.token().data.quote();
    about(after.reserve - before.reserve, before.payouts);
    let sum = |books: upside_sdk::state::Asset| books.reserve + books.payouts;
    assert_eq!(sum(after), sum(before));
    world.check_books(&["founder", "carol"]);

    let mut world = World::new();
    let grant = grant_to_bob(&mut world, |_| {});
    world.pay_revenue(900 * ONE);
    world.pass(9 * DAY);
    let before = *world.token().data.quote();
    revoke(&mut world, &grant, "founder").ok();
    let after = *world.token().data.quote();
    about(after.endowment - before.endowment, before.payouts);
    world.check_books(&["founder"]);
}

/// Nothing is created while a round escrows: acceptance waits.
#[test]
fn acceptance_waits_for_an_escrow_round() {
    let mut world = World::new();
    world.issue("carol", 1_000 * ONE);
    let grant = offer_to_bob(&mut world, |_| {});
    let round = world.open_round(escrow_terms());
    accept(&mut world, &grant).refused(TokenError::RoundEscrowing);
    let round = find_round(&world.token, round).0;
    let end = ix::cancel_round(&world.token(), &round);
    world.send(&end, &[&person("founder")]).ok();
    accept(&mut world, &grant).ok();
}

#[test]
fn room_comes_back_with_what_is_revoked() {
    let mut world = World::with(|args| {
        args.terms.launch_shares = 100 * ONE;
        args.terms.room_bps = 2_500;
    });
    world.issue("carol", 100 * ONE);
    let over = grant_offer(&world, |terms| terms.shares = 25 * ONE + 1);
    let over = offer_to_bob_ix(&mut world, over);
    world
        .send(&over, &[&person("founder")])
        .refused(TokenError::YearlyRoomExceeded);
    let grant = grant_to_bob(&mut world, |terms| terms.shares = 25 * ONE);
    let one = grant_offer(&world, |terms| terms.shares = 1);
    let one = offer_to_bob_ix(&mut world, one);
    world
        .send(&one, &[&person("founder")])
        .refused(TokenError::YearlyRoomExceeded);
    world.pass(40 * DAY);
    revoke(&mut world, &grant, "founder").ok();
    let token = world.token().data;
    assert_eq!(token.created, 110 * ONE);
    assert_eq!(
        token.created_lately(world.now()).total().unwrap().0,
        10 * ONE
    );
    // floor((110 - 10) / 4) - 10
    assert_eq!(token.creatable(world.now()).unwrap(), 15 * ONE);
}

#[test]
fn impossible_offers_are_refused() {
    let mut world = World::new();
    let attempt = |world: &mut World, change: &dyn Fn(&mut GrantOffer)| {
        let mut offer = grant_offer(world, |_| {});
        change(&mut offer);
        let call = offer_to_bob_ix(world, offer);
        world.send(&call, &[&person("founder")])
    };
    attempt(&mut world, &|offer| offer.terms.shares = 0).refused(TokenError::ZeroAmount);
    let now = world.now();
    let year = 365 * DAY;
    let bad: [&dyn Fn(&mut GrantOffer); 8] = [
        &|offer| offer.terms.duration_seconds = 0,
        &|offer| offer.terms.duration_seconds = u32::MAX,
        &|offer| offer.terms.cliff_seconds = offer.terms.duration_seconds + 1,
        &|offer| offer.terms.start = i64::MIN,
        &|offer| offer.terms.start = i64::MAX,
        &|offer| offer.terms.start = now - 10 * year - 1,
        // It would never end within ten years.
        &|offer| offer.terms.start = now + 10 * year - 99 * DAY,
        &|offer| offer.terms.start = now + 11 * year,
    ];
    for change in bad {
        attempt(&mut world, change).refused(TokenError::InvalidGrant);
    }
    let bad: [&dyn Fn(&mut GrantOffer); 4] = [
        &|offer| offer.expires_at = now,
        &|offer| offer.expires_at = now + 30 * DAY + 1,
        &|offer| offer.expires_at = i64::MAX,
        &|offer| offer.beneficiary = Pubkey::default(),
    ];
    for change in bad {
        attempt(&mut world, change).refused(TokenError::InvalidGrantOffer);
    }
    let pause = ix::pause(&world.token(), &key("founder"));
    world.send(&pause, &[&person("founder")]).ok();
    attempt(&mut world, &|_| {}).refused(TokenError::Paused);
    let unpause = ix::unpause(&world.token());
    world.send(&unpause, &[&person("founder")]).ok();
    attempt(&mut world, &|_| {}).ok();
    // Nobody but the owner offers.
    let offer = grant_offer(&world, |_| {});
    let mut theirs = offer_to_bob_ix(&mut world, offer);
    theirs.accounts[1].pubkey = key("mallory");
    world
        .send(&theirs, &[&person("mallory")])
        .refused(TokenError::NotOwner);
}

#[test]
fn a_grant_for_good_cannot_be_revoked() {
    let mut world = World::new();
    let grant = grant_to_bob(&mut world, |terms| terms.revocable = false);
    revoke(&mut world, &grant, "founder").refused(TokenError::GrantNotRevocable);
    revoke(&mut world, &grant, "mallory").refused(TokenError::NotOwner);
}

/// Strangers, and the owner, neither accept nor collect for the beneficiary; what vested
/// cannot be forced into any account.
#[test]
fn only_the_beneficiary_accepts_and_collects() {
    let mut world = World::new();
    world.open_holder("mallory");
    let offered = offer_to_bob(&mut world, |_| {});
    for who in ["mallory", "founder"] {
        let mut theirs = ix::accept_grant(&world.token(), &offered);
        theirs.accounts[0].pubkey = key(who);
        world
            .send(&theirs, &[&person(who)])
            .refused(TokenError::NotBeneficiary);
    }
    accept(&mut world, &offered).ok();
    world.pass(50 * DAY);
    for who in ["mallory", "founder"] {
        let mut theirs = ix::collect_grant(&offered, &world.payer.pubkey());
        theirs.accounts[1].pubkey = key(who);
        world
            .send(&theirs, &[&person(who)])
            .refused(TokenError::NotBeneficiary);
    }
    // Not into another's account either.
    let mut wrong = ix::collect_grant(&offered, &world.payer.pubkey());
    wrong.accounts[4].pubkey = find_holder(&world.token, &key("mallory")).0;
    world
        .send(&wrong, &[&person("bob")])
        .refused(TokenError::NotHolder);
    // The rent goes to who paid it.
    world.pass(100 * DAY);
    collect(&mut world, &offered).ok();
    let mut wrong = ix::close_grant(&offered);
    wrong.accounts[2].pubkey = key("mallory");
    world.send(&wrong, &[]).refused(TokenError::WrongAccount);
}

/// Nobody can give shares to a grant: it has no holder account that counts.
#[test]
fn gifts_change_no_grant() {
    let (mut world, grant) = with_grant();
    world.issue("carol", 5 * ONE);
    let payer = world.payer.pubkey();
    let open = ix::open_holder(&world.token, &payer, &key("registrar"), &grant.key);
    world.send(&open, &[&person("registrar")]).ok();
    let send = ix::transfer_shares(&world.token, &key("carol"), &grant.key, Shares(ONE), None);
    world.send(&send, &[&person("carol")]).ok();
    collect(&mut world, &grant).ok();
    assert_eq!(world.holder("bob").data.shares, 30 * ONE);
    revoke(&mut world, &grant, "founder").ok();
    close(&mut world, &grant).ok();
}

/// In a wind-down nothing vests any more, and anybody revokes what has not, of grants for
/// good, too; offers end.
#[test]
fn a_wind_down_stops_grants() {
    let mut world = World::with(|args| args.terms.inactivity_seconds = 90 * 86_400);
    world.engine.fund(key("executor"));
    let executor = key("executor");
    let set = ix::set_executor(&world.token(), &executor);
    world.send(&set, &[&person("founder")]).ok();
    world.issue("carol", 100 * ONE);
    let grant = grant_to_bob(&mut world, |terms| {
        terms.duration_seconds = 400 * 86_400;
        terms.revocable = false;
    });
    world.pass(100 * DAY);
    let up = ix::wind_up_by_executor(&world.token, &executor);
    world.send(&up, &[&person("executor")]).ok();
    world.pass(100 * DAY);
    let events = revoke(&mut world, &grant, "mallory").ok();
    let [TokenEvent::GrantRevoked(event)] = &events[..] else {
        panic!("{events:?}")
    };
    assert_eq!((event.burned, event.vested), (75 * ONE, 25 * ONE));
    assert_eq!(event.by, key("mallory"));
    collect(&mut world, &grant).ok();
    assert_eq!(world.holder("bob").data.shares, 25 * ONE);
    close(&mut world, &grant).ok();
    world.check_books(&["founder", "bob", "carol"]);
}

#[test]
fn offers_end_in_a_wind_down() {
    let mut world = World::with(|args| args.terms.inactivity_seconds = 90 * 86_400);
    world.engine.fund(key("executor"));
    let executor = key("executor");
    let set = ix::set_executor(&world.token(), &executor);
    world.send(&set, &[&person("founder")]).ok();
    world.pass(81 * DAY);
    // The owner's last sign of life is this offer.
    let grant = offer_to_bob(&mut world, |_| {});
    world.pass(90 * DAY + 1);
    let up = ix::wind_up_by_executor(&world.token, &executor);
    world.send(&up, &[&person("executor")]).ok();
    accept(&mut world, &grant).refused(TokenError::OfferLapsed);
    cancel(&mut world, &grant, "mallory").ok();
    assert_eq!(world.token().data.offered, 0);
}

/// A founder's second wallet takes no dividends by a grant that never vests.
#[test]
fn a_phantom_grant_takes_no_dividends() {
    let mut world = World::new();
    world.issue("carol", 100 * ONE);
    // Bob is the owner's second wallet: a million shares of which none vest for years.
    let grant = grant_to_bob(&mut world, |terms| {
        terms.shares = 900 * ONE;
        terms.cliff_seconds = terms.duration_seconds;
    });
    world.pay_revenue(1_000 * ONE);
    world.pass(9 * DAY);
    collect(&mut world, &grant).refused(TokenError::NothingToCollect);
    revoke(&mut world, &grant, "founder").ok();
    close(&mut world, &grant).ok();
    world.pass(9 * DAY);
    about(owed(&mut world, "carol"), 800 * ONE);
}

/// Accepting and revoking in one transaction, also around a payment, moves nothing away
/// from those who hold shares.
#[test]
fn accepting_and_revoking_at_once_gains_nothing() {
    let mut world = World::new();
    world.issue("carol", 100 * ONE);
    world.give_reserve(70 * ONE + 3);
    world.pay_revenue(1_000 * ONE);
    world.pass(2 * DAY);
    let grant = {
        world.endow(5_000 * ONE);
        offer_to_bob(&mut world, |terms| {
            terms.shares = 300 * ONE + 1;
            terms.cliff_seconds = terms.duration_seconds;
        })
    };
    let token = world.token().data;
    let (before, had) = (worth(&mut world, "carol"), owed(&mut world, "carol"));
    let supply = token.supply;
    let accept = ix::accept_grant(&world.token(), &grant);
    let revoke = revoke_ix(&mut world, &grant, "founder");
    let close = ix::close_grant(&grant);
    let all = [accept, revoke, close];
    world
        .send_all(&all, &[&person("founder"), &person("bob")])
        .ok();
    let after = world.token().data;
    assert_eq!(after.supply, supply);
    assert!(worth(&mut world, "carol") >= before);
    assert!(owed(&mut world, "carol") >= had);
    // Of the stream nothing is given back: it is carol's now.
    let [was, is] = [&token, &after].map(|token| token.streams[0]);
    assert!(is.remaining >= was.remaining && is.end == was.end);
    // The owner got back no more than was brought.
    let [was, is] = [&token, &after].map(|token| *token.quote());
    assert!(is.endowment <= was.endowment);
    world.check_books(&["founder", "bob", "carol"]);
}

/// Vested shares stay their helper's: nothing but their own signature moves them.
#[test]
fn vested_shares_cannot_be_taken_back() {
    let (mut world, grant) = with_grant();
    world.pass(100 * DAY);
    revoke(&mut world, &grant, "founder").refused(TokenError::GrantVested);
    collect(&mut world, &grant).ok();
    assert_eq!(world.holder("bob").data.shares, 100 * ONE);
}

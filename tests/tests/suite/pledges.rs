//! Pledges: a part of every round's shares for one wallet, usually an index.

use {
    solana_program::instruction::Instruction,
    solana_signer::Signer,
    upside_sdk::{
        Pubkey, TokenError,
        address::{find_holder, find_round},
        event::TokenEvent,
        instruction as ix,
        state::{RoundStatus, RoundTerms},
    },
    upside_tests::{
        catalogue::pledging,
        people::person,
        terms::{escrow_terms, round_terms},
        world::{DAY, ONE, World},
    },
};

fn key(name: &str) -> Pubkey {
    person(name).pubkey()
}

fn close_ix(world: &mut World, closer: &str, pledge_to: Option<&str>) -> Instruction {
    let round = find_round(&world.token, 0).0;
    let pledge_to = pledge_to.map(key);
    ix::close_pledged_round(&world.token(), &round, &key(closer), pledge_to.as_ref())
}

/// The register really holds what its books say.
fn check_register(world: &mut World) {
    let token = world.token().data;
    assert_eq!(world.balance(&token.register), token.registered);
    assert_eq!(token.registered, token.supply);
    world.check_books(&["founder", "bob", "carol"]);
}

#[test]
fn a_pledge_is_the_owners_and_within_half() {
    let mut world = World::new();
    let (founder, mallory) = (person("founder"), person("mallory"));
    let token = world.token();
    let zero = Pubkey::default();
    for (wallet, bps) in [
        (key("carol"), 0),
        (zero, 1),
        (key("carol"), 5_001),
        (key("carol"), u16::MAX),
    ] {
        world
            .send(&ix::set_pledge(&token, &wallet, bps), &[&founder])
            .refused(TokenError::InvalidPledge);
    }
    let mut theft = ix::set_pledge(&token, &mallory.pubkey(), 5_000);
    theft.accounts[0].pubkey = mallory.pubkey();
    world
        .send(&theft, &[&mallory])
        .refused(TokenError::NotOwner);
    assert_eq!(world.token().data, token.data);

    let set = ix::set_pledge(&token, &key("carol"), 5_000);
    let events = world.send(&set, &[&founder]).ok();
    let [TokenEvent::PledgeSet(event)] = &events[..] else {
        panic!("{events:?}")
    };
    assert_eq!((event.wallet, event.bps), (key("carol"), 5_000));
    let data = world.token().data;
    assert_eq!((data.pledge_to, data.pledge_bps), (key("carol"), 5_000));

    let end = ix::set_pledge(&token, &zero, 0);
    world.send(&end, &[&founder]).ok();
    let data = world.token().data;
    assert_eq!((data.pledge_to, data.pledge_bps), (zero, 0));
}

#[test]
fn an_escrow_round_registers_its_pledge_at_the_close() {
    let mut world = pledging(escrow_terms(), true);
    // 200,000 offered, a tenth of them pledged: so many are reserved under the cap.
    assert_eq!(world.token().data.offered, 220_000 * ONE);
    world.contribute(0, "bob", 12_000 * ONE);
    assert_eq!(world.token().data.supply, 0);
    world.pass(11 * DAY);
    let before = world.token().data;
    let close = close_ix(&mut world, "mallory", Some("carol"));
    let events = world.send(&close, &[&person("mallory")]).ok();

    let [
        TokenEvent::PledgeRegistered(pledge),
        TokenEvent::RoundClosed(closed),
    ] = &events[..]
    else {
        panic!("{events:?}")
    };
    assert_eq!((pledge.round, pledge.wallet), (0, key("carol")));
    assert_eq!(
        (pledge.shares, pledge.pledged),
        (11_000 * ONE, 11_000 * ONE)
    );
    assert_eq!((closed.sold, closed.raised), (110_000 * ONE, 12_000 * ONE));
    assert_eq!(
        (pledge.supply, closed.supply),
        (121_000 * ONE, 121_000 * ONE)
    );
    let holder = world.holder("carol").data;
    assert_eq!(
        (holder.shares, holder.pledged),
        (11_000 * ONE, 11_000 * ONE)
    );
    // A gift: without cost, and it votes as every holder's shares do.
    assert_eq!((holder.cost, holder.voting), (0, 1));
    let token = world.token().data;
    assert_eq!(
        token.distribute_votes - before.distribute_votes,
        11_000 * ONE
    );
    assert_eq!((token.offered, token.supply), (0, 121_000 * ONE));
    check_register(&mut world);

    let contribution = world.contribution(0, "bob");
    let claim = ix::claim_contribution(&world.token, &contribution);
    world.send(&claim, &[]).ok();
    assert_eq!(world.holder("bob").data.shares, 110_000 * ONE);
    check_register(&mut world);
    let again = close_ix(&mut world, "mallory", Some("carol"));
    world
        .send(&again, &[&person("mallory")])
        .refused(TokenError::RoundAlreadyClosed);
}

#[test]
fn a_round_at_once_registers_its_pledge_at_the_close() {
    let mut world = pledging(round_terms(), true);
    world.contribute(0, "bob", 12_000 * ONE);
    assert_eq!(world.token().data.offered, 110_000 * ONE);
    assert_eq!(world.holder("carol").data.shares, 0);
    let close = close_ix(&mut world, "founder", Some("carol"));
    world.send(&close, &[&person("founder")]).ok();
    let holder = world.holder("carol").data;
    assert_eq!(
        (holder.shares, holder.pledged, holder.cost),
        (11_000 * ONE, 11_000 * ONE, 0)
    );
    let token = world.token().data;
    assert_eq!((token.offered, token.supply), (0, 121_000 * ONE));
    check_register(&mut world);
}

#[test]
fn the_pledge_needs_room_under_the_cap() {
    let short = |missing| {
        let mut world = World::with(|args| args.terms.supply_cap = 220_000 * ONE - missing);
        let set = ix::set_pledge(&world.token(), &key("carol"), 1_000);
        world.send(&set, &[&person("founder")]).ok();
        let open = ix::open_round(&world.token(), &world.payer.pubkey(), escrow_terms());
        world.send(&open, &[&person("founder")])
    };
    short(1).refused(TokenError::SupplyCapExceeded);
    short(0).ok();
}

#[test]
fn a_pledge_lapses_where_no_holder_account_exists() {
    let mut world = pledging(escrow_terms(), false);
    world.contribute(0, "bob", 12_000 * ONE);
    world.pass(11 * DAY);
    // An empty address that is not the named wallet's holder account lets nothing lapse.
    for other in [Some("mallory"), Some("founder"), None] {
        let close = close_ix(&mut world, "mallory", other);
        world
            .send(&close, &[&person("mallory")])
            .refused(TokenError::PledgeHolderRequired);
    }
    let close = close_ix(&mut world, "mallory", Some("carol"));
    let events = world.send(&close, &[&person("mallory")]).ok();
    let [TokenEvent::PledgeRegistered(pledge), _] = &events[..] else {
        panic!("{events:?}")
    };
    assert_eq!((pledge.shares, pledge.pledged), (0, 0));
    assert_eq!(world.round(0).data.status(), Ok(RoundStatus::Succeeded));
    let token = world.token().data;
    assert_eq!((token.offered, token.supply), (0, 110_000 * ONE));
    // Whoever comes later gets nothing of it.
    world.open_holder("carol");
    assert_eq!(world.holder("carol").data.pledged, 0);
    check_register(&mut world);
}

#[test]
fn nobody_puts_another_holder_in_the_place_of_the_pledged_one() {
    let mut world = pledging(escrow_terms(), true);
    world.contribute(0, "bob", 12_000 * ONE);
    world.pass(11 * DAY);
    world.open_holder("mallory");
    let mallory = person("mallory");
    for other in [Some("mallory"), Some("founder"), None] {
        let close = close_ix(&mut world, "mallory", other);
        world
            .send(&close, &[&mallory])
            .refused(TokenError::PledgeHolderRequired);
    }
    // carol's account of another token, and one that is no holder account.
    let mut foreign = world
        .engine
        .account(&find_holder(&world.token, &key("carol")).0);
    let data = &mut foreign.as_mut().unwrap().data;
    data[8 + 56..8 + 88].copy_from_slice(key("another token").as_ref());
    let place = key("a foreign holder");
    world.engine.set_account(place, foreign.unwrap());
    let mut close = close_ix(&mut world, "mallory", Some("carol"));
    close.accounts[6].pubkey = place;
    world
        .send(&close, &[&mallory])
        .refused(TokenError::PledgeHolderRequired);
    close.accounts[6].pubkey = find_round(&world.token, 0).0;
    world.send(&close, &[&mallory]).named_failure("a round");
    assert_eq!(world.round(0).data.status(), Ok(RoundStatus::Open));
    check_register(&mut world);
}

#[test]
fn rounds_keep_the_pledge_that_they_were_opened_with() {
    let mut world = pledging(escrow_terms(), true);
    let end = ix::set_pledge(&world.token(), &Pubkey::default(), 0);
    world.send(&end, &[&person("founder")]).ok();
    let second = RoundTerms {
        closes_at: world.now() + 5 * DAY,
        ..round_terms()
    };
    world.open_round(second);
    world.contribute(0, "bob", 12_000 * ONE);
    world.contribute(1, "bob", 1_000 * ONE);
    world.pass(11 * DAY);
    // The second pledges nothing and needs nobody's account.
    let round = find_round(&world.token, 1).0;
    let close = ix::close_round(&world.token(), &round, &key("mallory"));
    let events = world.send(&close, &[&person("mallory")]).ok();
    assert_eq!(events.len(), 1);
    let close = close_ix(&mut world, "mallory", Some("carol"));
    world.send(&close, &[&person("mallory")]).ok();
    assert_eq!(world.holder("carol").data.pledged, 11_000 * ONE);
    check_register(&mut world);
}

#[test]
fn a_failed_round_pledges_nothing() {
    let terms = RoundTerms {
        min_raise: 29_000 * ONE,
        ..escrow_terms()
    };
    let mut world = pledging(terms, true);
    world.contribute(0, "bob", 12_000 * ONE);
    world.pass(11 * DAY);
    let close = close_ix(&mut world, "mallory", None);
    let events = world.send(&close, &[&person("mallory")]).ok();
    assert_eq!(events.len(), 1);
    assert_eq!(world.holder("carol").data.pledged, 0);
    assert_eq!(
        (world.token().data.offered, world.token().data.supply),
        (0, 0)
    );
    check_register(&mut world);
}

#[test]
fn pledges_of_several_rounds_add_up_and_earn_like_other_shares() {
    let mut world = pledging(round_terms(), true);
    world.contribute(0, "bob", 1_000 * ONE);
    let close = close_ix(&mut world, "founder", Some("carol"));
    world.send(&close, &[&person("founder")]).ok();
    world.open_round(round_terms());
    world.contribute(1, "bob", 1_000 * ONE);
    let round = find_round(&world.token, 1).0;
    let close =
        ix::close_pledged_round(&world.token(), &round, &key("founder"), Some(&key("carol")));
    world.send(&close, &[&person("founder")]).ok();
    let holder = world.holder("carol").data;
    assert_eq!((holder.shares, holder.pledged), (2_000 * ONE, 2_000 * ONE));

    world.pay_revenue(1_100 * ONE);
    world.pass(8 * DAY);
    let (token, quote) = (world.token(), world.quote);
    let claim = ix::claim_dividend(&token, &key("carol"), &quote).unwrap();
    let cash = world.cash("carol");
    world.send(&claim, &[&person("carol")]).ok();
    // A fifth goes to the reserve; carol has a tenth of what bob has.
    let paid = world.cash("carol") - cash;
    assert!((79_999_000..=80_000_000).contains(&paid), "{paid}");
    check_register(&mut world);
}

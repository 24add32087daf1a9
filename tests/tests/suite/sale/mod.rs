//! Sales of registered shares: delivery versus payment, royalty, policies.

mod bids;

mod refusals;

use {
    solana_signer::Signer,
    upside_sdk::{
        Atoms, Pubkey, Shares, TokenError,
        address::find_sale,
        event::TokenEvent,
        instruction as ix, quote,
        state::{Account, BuyArgs, Relaxation, Sale, SaleTerms},
    },
    upside_tests::{
        cases::{bid, buy_of, fill_of, grant_to_bob, offer, sale_terms, with_royalty},
        engine::Outcome,
        people::person,
        terms::escrow_terms,
        world::{DAY, NEVER, ONE, World},
    },
};

fn key(name: &str) -> Pubkey {
    person(name).pubkey()
}

fn buy(world: &mut World, sale: &Account<Sale>, shares: u64) -> Outcome {
    let buy = buy_of(world, sale, shares);
    world.send(&buy, &[&person("carol")])
}

fn reload(world: &mut World, sale: &Account<Sale>) -> Account<Sale> {
    world.get(&sale.key)
}

fn issue(world: &mut World, name: &str, shares: u64, paid: u64) {
    let issue = ix::issue(&world.token(), &key(name), Shares(shares), Atoms(paid));
    world.send(&issue, &[&person("founder")]).ok();
}

/// What waits in the quote vault for the owner.
fn royalties(world: &mut World) -> u64 {
    world.token().data.quote().endowment
}

#[test]
fn a_sale_pays_the_seller_and_registers_the_shares_and_the_royalty() {
    let mut world = with_royalty(0);
    let sale = offer(&mut world, |_| {});
    let (bob_had, carol_had) = (world.cash("bob"), world.cash("carol"));
    let bob = world.holder("bob").data;
    assert_eq!((bob.shares, bob.locked), (100 * ONE, 40 * ONE));

    let events = buy(&mut world, &sale, 40 * ONE).ok();
    // 80 for one who paid 50: a tenth of 30 is 3.
    let [TokenEvent::SharesSold(event)] = &events[..] else {
        panic!("{events:?}")
    };
    assert_eq!((event.seller, event.buyer), (key("bob"), key("carol")));
    assert_eq!((event.number, event.shares, event.left), (0, 40 * ONE, 0));
    assert_eq!((event.paid, event.recovered), (80 * ONE, 50 * ONE));
    assert_eq!(event.royalty, 3 * ONE);
    assert_eq!(
        (event.seller_shares, event.buyer_shares),
        (60 * ONE, 40 * ONE)
    );

    assert_eq!(world.cash("bob") - bob_had, 77 * ONE);
    assert_eq!(carol_had - world.cash("carol"), 80 * ONE);
    assert_eq!(royalties(&mut world), 3 * ONE);
    let (bob, carol) = (world.holder("bob").data, world.holder("carol").data);
    assert_eq!((bob.shares, bob.locked), (60 * ONE, 0));
    assert_eq!((bob.proceeds, bob.cost), (77 * ONE, 0));
    assert_eq!((carol.shares, carol.cost), (40 * ONE, 80 * ONE));
    assert!(world.engine.account(&sale.key).is_none());
    world.check_books(&["founder", "bob", "carol"]);
}

#[test]
fn the_seller_earns_until_it_is_sold_and_the_buyer_from_then_on() {
    let mut world = with_royalty(0);
    let sale = offer(&mut world, |terms| terms.shares = 80 * ONE);
    world.pay_revenue(1_000 * ONE);
    world.pass(30 * DAY);
    let sale = Account {
        data: sale.data,
        ..sale
    };
    buy(&mut world, &sale, ONE).refused(TokenError::SaleExpired);
    let cancel = ix::cancel_sale(&sale, &key("bob"));
    world.send(&cancel, &[&person("bob")]).ok();
    let sale = offer(&mut world, |terms| terms.shares = 80 * ONE);
    buy(&mut world, &sale, 80 * ONE).ok();
    world.pay_revenue(1_000 * ONE);
    world.pass(30 * DAY);
    let claims = |world: &mut World, name: &str| {
        let (token, holder) = (world.token().data, world.holder(name).data);
        let now = world.now();
        quote::dividend(&token, &holder, 0, now)
            .unwrap()
            .collectable
            .0
    };
    let (bob, carol) = (claims(&mut world, "bob"), claims(&mut world, "carol"));
    // All of the first payment, less the reserve's fifth, was his.
    assert!(bob >= 800 * ONE - 2 && carol > 600 * ONE);
    assert!(bob + carol <= 1_600 * ONE);
}

#[test]
fn parts_of_a_sale_owe_what_the_whole_owes_and_the_last_one_closes_it() {
    let mut world = with_royalty(0);
    let mut sale = offer(&mut world, |terms| terms.price = 1_999_999);
    let mut whole = world.fork();
    buy(&mut whole, &sale, 40 * ONE).ok();
    let payer = world.payer.pubkey();
    let rent = world.engine.account(&sale.key).unwrap().lamports;
    for shares in [
        1,
        7_654_321,
        12_000_000,
        40 * ONE - 1 - 7_654_321 - 12_000_000,
    ] {
        buy(&mut world, &sale, sale.data.shares + 1).refused(TokenError::SaleExceeded);
        let before = world.engine.account(&payer).unwrap().lamports;
        buy(&mut world, &sale, shares).ok();
        if world.engine.account(&sale.key).is_some() {
            sale = reload(&mut world, &sale);
            assert_eq!(world.holder("bob").data.locked, sale.data.shares);
        } else {
            // The rent is back, less the fees of two signatures.
            let after = world.engine.account(&payer).unwrap().lamports;
            assert_eq!(after + 10_000, before + rent);
        }
    }
    assert!(world.engine.account(&sale.key).is_none());
    // Payments are rounded up for the seller, an atom each: that is all that differs.
    let (parts, once) = (royalties(&mut world), royalties(&mut whole));
    assert!(parts.abs_diff(once) <= 1);
    assert_eq!(world.holder("carol").data.shares, 40 * ONE);
    let bob = world.holder("bob").data;
    assert_eq!(bob.locked, 0);
    assert!(bob.proceeds - whole.holder("bob").data.proceeds <= 4);
    world.check_books(&["founder", "bob", "carol"]);
}

/// Sells some of bob's shares to carol, and returns the royalty.
fn sell(world: &mut World, number: u64, shares: u64, price: u64) -> u64 {
    let before = royalties(world);
    let sale = offer(world, |terms| {
        (terms.number, terms.shares, terms.price) = (number, shares, price);
    });
    buy(world, &sale, shares).ok();
    royalties(world) - before
}

/// The specification's own figures, with a tenth: 100 paid for 100 shares.
#[test]
fn royalty_is_of_what_is_received_beyond_everything_paid() {
    let market = || {
        let mut world = with_royalty(0);
        issue(&mut world, "bob", ONE, 50 * ONE);
        world
    };
    // 50 shares for 150: 50 beyond. Then 40 for 40: all of it.
    let mut world = market();
    assert_eq!(sell(&mut world, 0, 50 * ONE, 3 * ONE), 5 * ONE);
    assert_eq!(sell(&mut world, 1, 40 * ONE, ONE), 4 * ONE);
    // 40 for 60, then 40 for 60: nothing, then 20 beyond.
    let mut world = market();
    assert_eq!(sell(&mut world, 0, 40 * ONE, ONE * 3 / 2), 0);
    assert_eq!(world.holder("bob").data.cost, 40 * ONE);
    assert_eq!(sell(&mut world, 1, 40 * ONE, ONE * 3 / 2), 2 * ONE);
    // After a profit, what is paid anew comes back first.
    issue(&mut world, "bob", ONE, 5 * ONE);
    assert_eq!(sell(&mut world, 2, 10 * ONE, ONE / 2), 0);
    assert_eq!(sell(&mut world, 3, ONE, ONE), ONE / 10);
    world.check_books(&["founder", "bob", "carol"]);
}

/// Bob sells 40 of 100 shares that cost 50, of which 40 were deposited a day ago: all of the
/// cost comes back first, whoever registered them.
#[test]
fn royalty_does_not_depend_on_who_registers_what_has_warmed() {
    let mut world = with_royalty(0);
    world.open_bearer("bob");
    let bob = [&person("bob")];
    let out = ix::withdraw(&world.token(), &key("bob"), Shares(40 * ONE));
    world.send(&out, &bob).ok();
    let back = ix::deposit(&world.token(), &key("bob"), Shares(40 * ONE));
    world.send(&back, &bob).ok();
    let sale = offer(&mut world, |_| {});
    let bid = bid(&mut world, |_| {});
    world.pass(DAY);
    assert_eq!(world.holder("bob").data.cost, 30 * ONE);
    let mut warm = world.fork();
    let call = ix::warm_up(&warm.token, &key("bob"));
    warm.send(&call, &[]).ok();
    assert_eq!(warm.holder("bob").data.cost, 50 * ONE);
    for (what, start) in [("as it is", world), ("registered before", warm)] {
        for sells in [true, false] {
            let mut world = start.fork();
            let (token, seller, now) = (world.token().data, world.holder("bob").data, world.now());
            let all = Shares(40 * ONE);
            let quoted = if sells {
                quote::bid(&token, &bid.data, &seller, all, now).unwrap()
            } else {
                quote::sale(&token, &sale.data, &seller, all, now).unwrap()
            };
            // 80 for one who paid 50: a tenth of 30.
            assert_eq!((quoted.payment, quoted.recovered), (80 * ONE, 50 * ONE));
            assert_eq!(quoted.royalty, 3 * ONE, "{what}");
            if sells {
                let fill = fill_of(&mut world, &bid, all.0);
                world.send(&fill, &bob).ok();
            } else {
                buy(&mut world, &sale, all.0).ok();
            }
            assert_eq!(royalties(&mut world), 3 * ONE, "{what}");
            let after = world.holder("bob").data;
            assert_eq!((after.warm, after.cost), (0, 0), "{what}");
            assert_eq!(after.shares, 60 * ONE, "{what}");
            world.check_books(&["founder", "bob", "carol"]);
        }
    }
}

/// What is moved between wallets takes its part of the cost along: none is lost, and none
/// counts twice.
#[test]
fn cost_goes_along_with_shares() {
    let mut world = with_royalty(0);
    world.open_bearer("bob");
    let to = |world: &mut World, from: &str, to: &str, shares: u64| {
        let token = world.token;
        let send = ix::transfer_shares(&token, &key(from), &key(to), Shares(shares), None);
        world.send(&send, &[&person(from)]).ok();
    };
    to(&mut world, "bob", "carol", 30 * ONE);
    let costs = |world: &mut World| {
        (
            world.holder("bob").data.cost,
            world.holder("carol").data.cost,
        )
    };
    assert_eq!(costs(&mut world), (35 * ONE, 15 * ONE));
    to(&mut world, "carol", "bob", 10 * ONE);
    assert_eq!(costs(&mut world), (40 * ONE, 10 * ONE));
    // So does what a wallet withdraws and deposits again.
    let token = world.token();
    let cap = ix::set_bearer_cap(&token, Shares(40 * ONE));
    world.send(&cap, &[&person("founder")]).ok();
    let out = ix::withdraw(&token, &key("bob"), Shares(40 * ONE));
    world.send(&out, &[&person("bob")]).ok();
    let bob = world.holder("bob").data;
    assert_eq!((bob.cost, bob.withdrawn_cost), (20 * ONE, 20 * ONE));
}

/// Cost that a friend lends for one sale is missing at the friend's own: what both pay is what
/// they would have paid without it.
#[test]
fn cost_that_was_lent_is_paid_for_by_who_lent_it() {
    let sold_for = |world: &mut World, number: u64| sell(world, number, 50 * ONE, 3 * ONE);
    let market = || {
        let mut world = with_royalty(0);
        world.open_holder("dave");
        let token = world.token;
        let half = ix::transfer_shares(&token, &key("bob"), &key("dave"), Shares(50 * ONE), None);
        world.send(&half, &[&person("bob")]).ok();
        world
    };
    let give_back = |world: &mut World, shares: u64| {
        let token = world.token;
        let back = ix::transfer_shares(&token, &key("dave"), &key("bob"), Shares(shares), None);
        world.send(&back, &[&person("dave")]).ok();
    };
    // Each sells 50 that cost 25 for 150: a tenth of 125, twice.
    let mut honest = market();
    assert_eq!(sold_for(&mut honest, 0), 12_500_000);
    give_back(&mut honest, 50 * ONE);
    assert_eq!(sold_for(&mut honest, 1), 12_500_000);
    // Dave's cost goes to bob with one share: bob pays less, and dave that much more.
    let mut lent = market();
    let (shares, cost) = (Shares(ONE), Some(Atoms(25 * ONE)));
    let lend = ix::transfer_shares_at(&lent.token, &key("dave"), &key("bob"), shares, cost, None);
    lent.send(&lend, &[&person("dave")]).ok();
    assert_eq!(sold_for(&mut lent, 0), 10 * ONE);
    assert_eq!(lent.holder("dave").data.cost, 0);
    give_back(&mut lent, 49 * ONE);
    assert_eq!(sold_for(&mut lent, 1), 15 * ONE);
}

/// With two wallets, an atom of shares at any price makes nothing free of royalty that was
/// not taxed.
#[test]
fn trading_with_oneself_drains_no_royalty() {
    let mut world = with_royalty(0);
    // Both wallets are one person's. An atom of shares for 1,000, back and forth.
    let dear = 1_000 * ONE;
    assert_eq!(sell(&mut world, 0, 1, dear * ONE), 95 * ONE);
    assert_eq!(world.holder("carol").data.cost, dear);
    let back = ix::transfer_shares(&world.token, &key("carol"), &key("bob"), Shares(1), None);
    world.send(&back, &[&person("carol")]).ok();
    let bob = world.holder("bob").data;
    assert_eq!((bob.shares, bob.cost), (100 * ONE, dear));
    // What is now free was paid for with a tenth of what it rose by.
    assert_eq!(sell(&mut world, 1, 50 * ONE, 20 * ONE), 0);
    assert_eq!(sell(&mut world, 2, 50 * ONE, ONE), 5 * ONE);
}

#[test]
fn the_owner_sells_and_buys_without_royalty_to_others() {
    let mut world = with_royalty(0);
    issue(&mut world, "founder", 10 * ONE, 0);
    // The owner sells: none.
    let terms = SaleTerms {
        shares: 10 * ONE,
        ..sale_terms(&world)
    };
    let open = ix::open_sale(&world.token, &world.payer.pubkey(), &key("founder"), terms);
    world.send(&open, &[&person("founder")]).ok();
    let own = find_sale(&world.token, &key("founder"), 0).0;
    let own: Account<Sale> = world.get(&own);
    buy(&mut world, &own, 10 * ONE).ok();
    assert_eq!(royalties(&mut world), 0);
    // The owner buys: the royalty comes back.
    let sale = offer(&mut world, |_| {});
    let args = BuyArgs {
        shares: 40 * ONE,
        max_payment: 80 * ONE,
        deadline: NEVER,
    };
    let buy = ix::buy(&world.token(), &sale, &key("founder"), None, args);
    world.send(&buy, &[&person("founder")]).ok();
    assert_eq!(world.holder("founder").data.shares, 40 * ONE);
    assert_eq!(royalties(&mut world), 3 * ONE);
    world.check_books(&["founder", "bob", "carol"]);
}

/// Nothing of the owner's is needed: neither a holder account nor one of the quote mint.
#[test]
fn a_sale_needs_nothing_of_the_owner() {
    let mut world = with_royalty(0);
    let sale = offer(&mut world, |_| {});
    let propose = ix::propose_owner(&world.token(), &key("mallory"));
    world.send(&propose, &[&person("founder")]).ok();
    let accept = ix::accept_ownership(&world.token(), &key("mallory"));
    world.send(&accept, &[&person("mallory")]).ok();
    buy(&mut world, &sale, 40 * ONE).ok();
    assert_eq!(royalties(&mut world), 3 * ONE);
}

/// A vault that the issuer of its mint froze takes no royalty in; shares still change hands.
#[test]
fn a_frozen_vault_stops_no_sale() {
    let mut world = with_royalty(0);
    let sale = offer(&mut world, |_| {});
    let vault = world.token().data.quote().vault;
    let mut account = world.engine.account(&vault).unwrap();
    account.data[108] = 2;
    world.put(vault, account.owner, account.data);
    let had = world.cash("bob");
    buy(&mut world, &sale, 40 * ONE).ok();
    assert_eq!(world.cash("bob") - had, 80 * ONE);
    assert_eq!(royalties(&mut world), 0);
}

#[test]
fn who_became_the_owner_owes_themselves_nothing() {
    let mut world = with_royalty(0);
    let sale = offer(&mut world, |terms| terms.price = 10 * ONE);
    buy(&mut world, &sale, 10 * ONE).ok();
    let owed = royalties(&mut world);
    assert_eq!(owed, 5 * ONE);
    let propose = ix::propose_owner(&world.token(), &key("bob"));
    world.send(&propose, &[&person("founder")]).ok();
    let accept = ix::accept_ownership(&world.token(), &key("bob"));
    world.send(&accept, &[&person("bob")]).ok();
    let sale = reload(&mut world, &sale);
    buy(&mut world, &sale, 30 * ONE).ok();
    assert_eq!(royalties(&mut world), owed);
    let bob = world.holder("bob").data;
    assert_eq!((bob.shares, bob.locked), (60 * ONE, 0));
}

/// A holder's royalty now, in basis points.
fn rate(world: &mut World, name: &str) -> u16 {
    let (token, holder) = (world.token().data, world.holder(name).data);
    token.royalty_rate(&holder).unwrap().get()
}

/// The royalty is 30 % from now on, as if a poll had raised it.
fn raise_royalty(world: &mut World) {
    let token = world.token();
    let mut raised = token.data;
    raised.terms.royalty_bps = 3_000;
    raised.royalty_epoch = 1;
    raised.royalty_lowest[1] = 3_000;
    let mut account = world.engine.account(&token.key).unwrap();
    account.data[8..].copy_from_slice(bytemuck::bytes_of(&raised));
    world.put(token.key, account.owner, account.data);
}

/// What a round sold and what a grant gave is held from its close, or its acceptance, on:
/// what was raised before somebody registers it does not count.
#[test]
fn a_raise_before_they_are_registered_is_none_for_shares_that_exist() {
    let mut world = with_royalty(0);
    let round = world.open_round(escrow_terms());
    for name in ["carol", "mallory"] {
        world.contribute(round, name, 6_000 * ONE);
    }
    world.pass(31 * DAY);
    let closed = world.round(round);
    let close = ix::close_round(&world.token(), &closed.key, &key("founder"));
    world.send(&close, &[&person("founder")]).ok();
    world.endow(100_000 * ONE);
    let grant = grant_to_bob(&mut world, |terms| terms.cliff_seconds = 0);
    raise_royalty(&mut world);
    // Carol has none but these. Mallory has as many at the new rate: they meet half-way.
    let bought = world.contribution(round, "mallory").data.shares().unwrap();
    issue(&mut world, "mallory", bought.0, 0);
    assert_eq!(rate(&mut world, "mallory"), 3_000);
    for (name, expected) in [("carol", 1_000), ("mallory", 2_000)] {
        let mine = world.contribution(round, name);
        let collect = ix::collect_contribution(&world.token, &mine);
        world.send(&collect, &[]).ok();
        assert_eq!(rate(&mut world, name), expected, "{name}");
    }
    // So with a grant.
    world.pass(400 * DAY);
    let collect = ix::collect_grant(&grant, &world.payer.pubkey());
    world.send(&collect, &[&person("bob")]).ok();
    assert_eq!(rate(&mut world, "bob"), 1_000);
    world.check_books(&["founder", "bob", "carol", "mallory"]);
    // A raise after it is none either.
    let (token, since) = (world.token().data, world.round(round).data.royalty);
    assert_eq!((since.bps, since.epoch), (1_000, 0));
    assert_eq!(token.royalty_since(&since).unwrap().get(), 1_000);
}

/// An owner who lowers the royalty lowers it for good for whoever holds shares then.
#[test]
fn the_lowest_rate_while_they_held_is_theirs() {
    let mut world = with_royalty(0);
    world.open_holder("mallory");
    let relax = |world: &mut World, bps| {
        let relaxation = Relaxation {
            royalty_bps: Some(bps),
            ..Relaxation::default()
        };
        let relax = ix::relax_terms(&world.token(), relaxation);
        world.send(&relax, &[&person("founder")]).ok();
    };
    assert_eq!(rate(&mut world, "bob"), 1_000);
    relax(&mut world, 400);
    assert_eq!(rate(&mut world, "bob"), 400);
    raise_royalty(&mut world);
    assert_eq!(rate(&mut world, "bob"), 400);
    // 200 for one who paid 50: 4 % of 150.
    assert_eq!(sell(&mut world, 0, 50 * ONE, 4 * ONE), 6 * ONE);
    // Who comes now holds at the new rate; who gets some from bob, at his, by their weight.
    assert_eq!(rate(&mut world, "carol"), 3_000);
    issue(&mut world, "mallory", 30 * ONE, 0);
    assert_eq!(rate(&mut world, "mallory"), 3_000);
    let send = |world: &mut World, shares| {
        let (from, to) = (key("bob"), key("mallory"));
        let send = ix::transfer_shares(&world.token, &from, &to, Shares(shares), None);
        world.send(&send, &[&person("bob")]).ok();
    };
    send(&mut world, 1);
    assert_eq!(rate(&mut world, "mallory"), 3_000);
    send(&mut world, 10 * ONE - 1);
    assert_eq!(rate(&mut world, "mallory"), 2_351);
    // Nobody raises somebody else's.
    let gift = ix::transfer_shares(
        &world.token,
        &key("mallory"),
        &key("bob"),
        Shares(40 * ONE),
        None,
    );
    world.send(&gift, &[&person("mallory")]).ok();
    assert_eq!(rate(&mut world, "bob"), 400);
}

//! Sales: what is refused, and how they end.

use {
    super::*,
    solana_signer::Signer,
    upside_sdk::{
        Shares, TokenError,
        address::{find_associated, find_holder},
        event::TokenEvent,
        instruction as ix, quote,
        state::{BuyArgs, SaleTerms},
    },
    upside_tests::{
        cases::{approval, approve, offer, redeem_args, sale_terms, with_royalty},
        people::person,
        world::{DAY, NEVER, ONE, START, World},
    },
};

#[test]
fn terms_that_make_no_sale_are_refused() {
    let mut world = with_royalty(0);
    let attempt = |world: &mut World, change: &dyn Fn(&mut SaleTerms)| {
        let mut terms = sale_terms(world);
        change(&mut terms);
        let open = ix::open_sale(&world.token, &world.payer.pubkey(), &key("bob"), terms);
        world.send(&open, &[&person("bob")])
    };
    attempt(&mut world, &|terms| terms.shares = 0).refused(TokenError::ZeroAmount);
    attempt(&mut world, &|terms| terms.price = 0).refused(TokenError::ZeroAmount);
    attempt(&mut world, &|terms| terms.price = u64::MAX).refused(TokenError::Overflow);
    for time in [0, START, START + 3 * 365 * DAY, i64::MAX] {
        attempt(&mut world, &|terms| terms.expires_at = time).refused(TokenError::InvalidExpiry);
    }
    for shares in [100 * ONE + 1, u64::MAX / 1_000_000] {
        attempt(&mut world, &|terms| terms.shares = shares).refused(TokenError::InsufficientShares);
    }
    attempt(&mut world, &|terms| terms.shares = 90 * ONE).ok();
    attempt(&mut world, &|_| {}).refused(TokenError::AlreadyExists);
    attempt(&mut world, &|terms| terms.number = 1).refused(TokenError::InsufficientShares);
    let foreign = ix::open_sale(
        &world.token,
        &world.payer.pubkey(),
        &key("mallory"),
        sale_terms(&world),
    );
    let mut foreign = foreign;
    foreign.accounts[3].pubkey = find_holder(&world.token, &key("bob")).0;
    world
        .send(&foreign, &[&person("mallory")])
        .refused(TokenError::NotHolder);
}

#[test]
fn locked_shares_stay_where_they_are() {
    let mut world = with_royalty(0);
    world.give_reserve(1_000 * ONE);
    world.open_bearer("bob");
    offer(&mut world, |terms| terms.shares = 55 * ONE);
    let (bob, token) = (person("bob"), world.token());
    let more = 45 * ONE + 1;
    let refused = [
        ix::transfer_shares(&token.key, &key("bob"), &key("carol"), Shares(more), None),
        ix::withdraw(&token, &key("bob"), Shares(more)),
        ix::redeem(&token, &key("bob"), redeem_args(more)).unwrap(),
    ];
    for one in &refused {
        world
            .send(one, &[&bob])
            .refused(TokenError::InsufficientShares);
    }
    let free = Shares(45 * ONE);
    let send = ix::transfer_shares(&token.key, &key("bob"), &key("carol"), free, None);
    world.send(&send, &[&bob]).ok();
    assert_eq!(world.holder("bob").data.free().unwrap(), 0);
}

#[test]
fn a_sale_ends_by_its_seller_or_after_its_time() {
    let mut world = with_royalty(0);
    let sale = offer(&mut world, |_| {});
    buy(&mut world, &sale, 10 * ONE).ok();
    let sale = reload(&mut world, &sale);
    let theirs = ix::cancel_sale(&sale, &key("carol"));
    world
        .send(&theirs, &[&person("carol")])
        .refused(TokenError::SaleNotExpired);
    let cancel = ix::cancel_sale(&sale, &key("bob"));
    let events = world.fork().send(&cancel, &[&person("bob")]).ok();
    let [TokenEvent::SaleCancelled(event)] = &events[..] else {
        panic!("{events:?}")
    };
    assert_eq!((event.shares, event.locked), (30 * ONE, 0));
    // In its last second it still sells; after it, anybody ends it.
    world.pass(7 * DAY);
    buy(&mut world.fork(), &sale, ONE).ok();
    world.pass(1);
    buy(&mut world, &sale, ONE).refused(TokenError::SaleExpired);
    world.send(&theirs, &[&person("carol")]).ok();
    assert_eq!(world.holder("bob").data.locked, 0);
    assert!(world.engine.account(&sale.key).is_none());
    // A sale of the same number may follow, and is another one.
    let next = offer(&mut world, |terms| terms.shares = ONE);
    assert_eq!((next.key, next.data.sold), (sale.key, 0));
}

#[test]
fn a_purchase_is_refused_for_its_reasons() {
    let mut world = with_royalty(0);
    let sale = offer(&mut world, |terms| terms.buyer = key("carol"));
    let args = BuyArgs {
        shares: 10 * ONE,
        max_payment: 20 * ONE,
        deadline: world.now(),
    };
    let attempt = |world: &mut World, who: &str, args: BuyArgs| {
        let buy = ix::buy(&world.token(), &sale, &key(who), None, args);
        world.send(&buy, &[&person(who)])
    };
    let zero = BuyArgs { shares: 0, ..args };
    attempt(&mut world, "carol", zero).refused(TokenError::ZeroAmount);
    let dear = BuyArgs {
        max_payment: 20 * ONE - 1,
        ..args
    };
    attempt(&mut world, "carol", dear).refused(TokenError::Slippage);
    let late = BuyArgs {
        deadline: world.now() - 1,
        ..args
    };
    attempt(&mut world, "carol", late).refused(TokenError::DeadlinePassed);
    world.open_holder("mallory");
    attempt(&mut world, "mallory", args).refused(TokenError::NotBuyer);
    attempt(&mut world, "bob", args).refused(TokenError::SameAccount);

    // Nobody's account but the seller's takes the payment.
    let mut buy = ix::buy(&world.token(), &sale, &key("carol"), None, args);
    let right = buy.accounts[6].pubkey;
    for wrong in [
        buy.accounts[5].pubkey,
        world.give_quote(&key("mallory"), ONE),
    ] {
        buy.accounts[6].pubkey = wrong;
        world
            .send(&buy, &[&person("carol")])
            .refused(TokenError::WrongTokenAccount);
    }
    buy.accounts[6].pubkey = right;
    // Nor is anybody else's money taken.
    let bobs = find_associated(
        &key("mallory"),
        &world.quote,
        &upside_sdk::address::TOKEN_PROGRAM,
    );
    buy.accounts[5].pubkey = bobs.0;
    world
        .send(&buy, &[&person("carol")])
        .named_failure("another's money");
    attempt(&mut world, "carol", args).ok();
}

#[test]
fn who_is_not_admitted_cannot_buy() {
    let mut world = with_royalty(0);
    let sale = offer(&mut world, |_| {});
    let args = BuyArgs {
        shares: ONE,
        max_payment: u64::MAX,
        deadline: NEVER,
    };
    let buy = ix::buy(&world.token(), &sale, &key("mallory"), None, args);
    world
        .send(&buy, &[&person("mallory")])
        .named_failure("no holder account");
    let mut through = buy;
    through.accounts[4].pubkey = find_holder(&world.token, &key("carol")).0;
    world
        .send(&through, &[&person("mallory")])
        .refused(TokenError::NotHolder);
}

#[test]
fn the_transfer_policy_holds_for_sales() {
    let mut world = with_royalty(2);
    let sale = offer(&mut world, |_| {});
    buy(&mut world, &sale, ONE).refused(TokenError::TransferClosed);
    world.mark_venue(&key("carol"), true);
    buy(&mut world, &sale, ONE).ok();

    let mut world = with_royalty(1);
    let sale = offer(&mut world, |_| {});
    buy(&mut world, &sale, ONE).refused(TokenError::ApprovalRequired);
    let approve = approve(&mut world, 5 * ONE);
    world.send(&approve, &[&person("founder")]).ok();
    let approval = approval(&mut world);
    let attempt = |world: &mut World, shares| {
        let args = BuyArgs {
            shares,
            max_payment: u64::MAX,
            deadline: NEVER,
        };
        let token = world.token();
        let buy = ix::buy(&token, &sale, &key("carol"), Some(&approval), args);
        world.send(&buy, &[&person("carol")])
    };
    attempt(&mut world, 5 * ONE + 1).refused(TokenError::ApprovalExceeded);
    attempt(&mut world, 5 * ONE).ok();
    // Used up.
    assert!(world.engine.account(&approval.key).is_none());
    attempt(&mut world, ONE).refused(upside_sdk::error::Refusal::of_code(3007));
}

/// The quote is what the chain does, to the atom, for any amounts.
#[test]
fn a_quote_is_what_happens() {
    let mut seed = 0x5eed_u64;
    let mut random = move |below: u64| {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        seed % below
    };
    let mut world = with_royalty(0);
    for number in 0..60 {
        let free = world.holder("bob").data.free().unwrap();
        if free < 1_000 {
            issue(&mut world, "bob", 1 + random(100 * ONE), random(200 * ONE));
            continue;
        }
        let shares = 1 + random(free / 2);
        let sale = offer(&mut world, |terms| {
            (terms.number, terms.shares) = (number, shares);
            terms.price = 1 + random(3 * ONE);
        });
        let mut open = Some(sale);
        while let Some(sale) = open {
            let part = 1 + random(sale.data.shares);
            let part = if random(2) == 0 {
                part
            } else {
                sale.data.shares
            };
            let seller = world.holder("bob").data;
            let token = world.token().data;
            let (of, now) = (Shares(part), world.now());
            let trade = quote::sale(&token, &sale.data, &seller, of, now).unwrap();
            let before = world.token().data.quote().endowment;
            let cash = world.cash("bob");
            let events = buy(&mut world, &sale, part).ok();
            let TokenEvent::SharesSold(event) = &events[0] else {
                panic!("{events:?}")
            };
            assert_eq!((event.paid, event.royalty), (trade.payment, trade.royalty));
            assert_eq!(event.recovered, trade.recovered);
            assert_eq!(world.cash("bob") - cash, trade.payment - trade.royalty);
            let after = world.token().data.quote().endowment;
            assert_eq!(after - before, trade.royalty);
            let alive = world.engine.account(&sale.key).is_some();
            open = alive.then(|| reload(&mut world, &sale));
            let locked = open.as_ref().map_or(0, |sale| sale.data.shares);
            assert_eq!(world.holder("bob").data.locked, locked);
        }
        world.check_books(&["founder", "bob", "carol"]);
    }
}

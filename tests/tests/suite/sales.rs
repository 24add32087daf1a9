//! Sales of registered shares: delivery versus payment, royalty, policies.

use {
    solana_signer::Signer,
    upside_sdk::{
        Atoms, Pubkey, Shares, TokenError,
        address::{find_associated, find_holder, find_sale},
        event::TokenEvent,
        instruction as ix, quote,
        state::{Account, BuyArgs, Sale, SaleTerms},
    },
    upside_tests::{
        catalogue::{approval, approve, buy_of, offer, redeem_args, sale_terms, with_royalty},
        engine::Outcome,
        people::person,
        world::{DAY, NEVER, ONE, START, World},
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

/// Sets the owner to mallory, who has no holder account.
fn to_mallory(world: &mut World) {
    let propose = ix::propose_owner(&world.token(), &key("mallory"));
    world.send(&propose, &[&person("founder")]).ok();
    let accept = ix::accept_ownership(&world.token(), &key("mallory"));
    world.send(&accept, &[&person("mallory")]).ok();
}

#[test]
fn a_sale_pays_the_seller_and_registers_the_shares_and_the_royalty() {
    let mut world = with_royalty(0);
    let sale = offer(&mut world, |_| {});
    let (bob_had, carol_had) = (world.cash("bob"), world.cash("carol"));
    let bob = world.holder("bob").data;
    // 40 offered, and 4 more for the largest royalty.
    assert_eq!((bob.shares, bob.locked), (100 * ONE, 44 * ONE));
    assert_eq!(sale.data.royalty_locked, 4 * ONE);
    assert_eq!(sale.data.royalty_bps, 1_000);

    let events = buy(&mut world, &sale, 40 * ONE).ok();
    // 80 for what cost 20: a tenth of 60 are 6, which are 3 shares at 2.
    let [TokenEvent::SharesSold(event)] = &events[..] else {
        panic!("{events:?}")
    };
    assert_eq!((event.seller, event.buyer), (key("bob"), key("carol")));
    assert_eq!((event.number, event.shares, event.left), (0, 40 * ONE, 0));
    assert_eq!((event.paid, event.cost), (80 * ONE, 20 * ONE));
    assert_eq!(event.royalty, 3 * ONE);
    assert_eq!(
        (event.seller_shares, event.buyer_shares),
        (57 * ONE, 40 * ONE)
    );

    assert_eq!(world.cash("bob") - bob_had, 80 * ONE);
    assert_eq!(carol_had - world.cash("carol"), 80 * ONE);
    let (bob, carol) = (world.holder("bob").data, world.holder("carol").data);
    assert_eq!((bob.shares, bob.locked), (57 * ONE, 0));
    assert_eq!((bob.proceeds, bob.sold_cost), (80 * ONE, 20 * ONE));
    assert_eq!((carol.shares, carol.cost), (40 * ONE, 80 * ONE));
    // The royalty's shares are a gift: their part of the cost goes along.
    let founder = world.holder("founder").data;
    assert_eq!((founder.shares, founder.cost), (3 * ONE, 3 * ONE / 2));
    assert_eq!(bob.cost, 50 * ONE - 20 * ONE - 3 * ONE / 2);
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
            .claimable
            .0
    };
    let (bob, carol) = (claims(&mut world, "bob"), claims(&mut world, "carol"));
    let founder = claims(&mut world, "founder");
    // All of the first payment, less the reserve's fifth, was his.
    assert!(bob >= 800 * ONE - 2 && carol > 600 * ONE && founder > 0);
    assert!(bob + carol + founder <= 1_600 * ONE);
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
            let bob = world.holder("bob").data;
            assert_eq!(bob.locked, sale.data.locked().unwrap());
        } else {
            // The rent is back, less the fees of two signatures.
            let after = world.engine.account(&payer).unwrap().lamports;
            assert_eq!(after + 10_000, before + rent);
        }
    }
    assert!(world.engine.account(&sale.key).is_none());
    let (parts, once) = (world.holder("founder").data, whole.holder("founder").data);
    assert!(parts.shares.abs_diff(once.shares) <= 4);
    assert_eq!(world.holder("carol").data.shares, 40 * ONE);
    let bob = world.holder("bob").data;
    assert_eq!(bob.locked, 0);
    assert!(bob.proceeds - whole.holder("bob").data.proceeds <= 4);
    world.check_books(&["founder", "bob", "carol"]);
}

#[test]
fn royalty_is_of_the_profit_above_zero_alone() {
    let mut world = with_royalty(0);
    // Ten shares that cost 5 for 1: a loss of 4.
    let loss = offer(&mut world, |terms| {
        (terms.shares, terms.price) = (10 * ONE, ONE / 10);
    });
    buy(&mut world, &loss, 10 * ONE).ok();
    assert_eq!(world.holder("founder").data.shares, 0);
    assert_eq!(world.holder("bob").data.sale_result(), -i128::from(4 * ONE));
    // Ten that cost 5 for 10: a gain of 5, of which 1 is above zero: a tenth of it at 1.
    let gain = offer(&mut world, |terms| {
        (terms.number, terms.shares, terms.price) = (1, 10 * ONE, ONE);
    });
    buy(&mut world, &gain, 10 * ONE).ok();
    assert_eq!(world.holder("founder").data.shares, ONE / 10);
    assert_eq!(world.holder("bob").data.sale_result(), i128::from(ONE));
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
    assert_eq!((own.data.royalty_bps, own.data.royalty_locked), (0, 0));
    buy(&mut world, &own, 10 * ONE).ok();
    assert_eq!(world.holder("founder").data.shares, 0);
    // The owner buys: the shares and the royalty.
    let sale = offer(&mut world, |_| {});
    let args = BuyArgs {
        shares: 40 * ONE,
        max_payment: 80 * ONE,
        deadline: NEVER,
    };
    let buy = ix::buy(&world.token(), &sale, &key("founder"), true, None, args);
    world.send(&buy, &[&person("founder")]).ok();
    assert_eq!(world.holder("founder").data.shares, 43 * ONE);
    world.check_books(&["founder", "bob", "carol"]);
}

#[test]
fn royalty_needs_a_place_to_go() {
    let mut world = with_royalty(0);
    let sale = offer(&mut world, |_| {});
    to_mallory(&mut world);
    let args = BuyArgs {
        shares: 40 * ONE,
        max_payment: u64::MAX,
        deadline: NEVER,
    };
    let carol = person("carol");
    let without = ix::buy(&world.token(), &sale, &key("carol"), false, None, args);
    world
        .send(&without, &[&carol])
        .refused(TokenError::OwnerHolderRequired);
    // No other holder account takes it.
    let mut wrong = ix::buy(&world.token(), &sale, &key("carol"), true, None, args);
    wrong.accounts[5].pubkey = find_holder(&world.token, &key("founder")).0;
    world
        .send(&wrong, &[&carol])
        .refused(TokenError::WrongAccount);
    for taken in ["bob", "carol"] {
        wrong.accounts[5].pubkey = find_holder(&world.token, &key(taken)).0;
        world
            .send(&wrong, &[&carol])
            .refused(TokenError::SameAccount);
    }
    world.open_holder("mallory");
    buy(&mut world, &sale, 40 * ONE).ok();
    assert_eq!(world.holder("mallory").data.shares, 3 * ONE);
    assert_eq!(world.holder("founder").data.shares, 0);
}

#[test]
fn who_became_the_owner_owes_themselves_nothing() {
    let mut world = with_royalty(0);
    let sale = offer(&mut world, |_| {});
    buy(&mut world, &sale, 10 * ONE).ok();
    let owed = world.holder("founder").data.shares;
    let propose = ix::propose_owner(&world.token(), &key("bob"));
    world.send(&propose, &[&person("founder")]).ok();
    let accept = ix::accept_ownership(&world.token(), &key("bob"));
    world.send(&accept, &[&person("bob")]).ok();
    let sale = reload(&mut world, &sale);
    buy(&mut world, &sale, 30 * ONE).ok();
    assert_eq!(world.holder("founder").data.shares, owed);
    let bob = world.holder("bob").data;
    assert_eq!((bob.shares, bob.locked), (60 * ONE - owed, 0));
}

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
    // What the royalty may take has to be there, too.
    for shares in [100 * ONE, 91 * ONE, u64::MAX / 1_000_000] {
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
    offer(&mut world, |terms| terms.shares = 50 * ONE);
    let (bob, token) = (person("bob"), world.token());
    // 55 are locked, 45 free.
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
        let buy = ix::buy(&world.token(), &sale, &key(who), true, None, args);
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
    let mut buy = ix::buy(&world.token(), &sale, &key("carol"), true, None, args);
    let right = buy.accounts[7].pubkey;
    for wrong in [
        buy.accounts[6].pubkey,
        world.give_quote(&key("mallory"), ONE),
    ] {
        buy.accounts[7].pubkey = wrong;
        world
            .send(&buy, &[&person("carol")])
            .refused(TokenError::WrongTokenAccount);
    }
    buy.accounts[7].pubkey = right;
    // Nor is anybody else's money taken.
    let bobs = find_associated(
        &key("mallory"),
        &world.quote,
        &upside_sdk::address::TOKEN_PROGRAM,
    );
    buy.accounts[6].pubkey = bobs.0;
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
    let buy = ix::buy(&world.token(), &sale, &key("mallory"), true, None, args);
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
    let venue = ix::set_venue(&world.token(), &key("carol"), true);
    world.send(&venue, &[&person("founder")]).ok();
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
        let buy = ix::buy(&token, &sale, &key("carol"), true, Some(&approval), args);
        world.send(&buy, &[&person("carol")])
    };
    attempt(&mut world, 5 * ONE + 1).refused(TokenError::ApprovalExceeded);
    attempt(&mut world, 5 * ONE).ok();
    // Used up.
    assert!(world.engine.account(&approval.key).is_none());
    attempt(&mut world, ONE).refused(TokenError::WrongAccount);
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
            let trade = quote::sale(&token, &sale.data, &seller, Shares(part)).unwrap();
            let before = world.holder("founder").data.shares;
            let cash = world.cash("bob");
            let events = buy(&mut world, &sale, part).ok();
            let TokenEvent::SharesSold(event) = &events[0] else {
                panic!("{events:?}")
            };
            assert_eq!((event.paid, event.royalty), (trade.payment, trade.royalty));
            assert_eq!(event.cost, trade.cost);
            assert_eq!(world.cash("bob") - cash, trade.payment);
            let after = world.holder("founder").data.shares;
            assert_eq!(after - before, trade.royalty);
            let alive = world.engine.account(&sale.key).is_some();
            open = alive.then(|| reload(&mut world, &sale));
            let locked = open.as_ref().map_or(0, |sale| sale.data.locked().unwrap());
            assert_eq!(world.holder("bob").data.locked, locked);
        }
        world.check_books(&["founder", "bob", "carol"]);
    }
}

//! Sales of registered shares: delivery versus payment, royalty, policies.

mod refusals;

use {
    solana_signer::Signer,
    upside_sdk::{
        Atoms, Pubkey, Shares, TokenError,
        address::{find_holder, find_sale},
        event::TokenEvent,
        instruction as ix, quote,
        state::{Account, BuyArgs, Sale, SaleTerms},
    },
    upside_tests::{
        catalogue::{buy_of, offer, sale_terms, with_royalty},
        engine::Outcome,
        people::person,
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

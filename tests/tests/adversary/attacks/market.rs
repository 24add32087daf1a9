//! Shares that are taken, or had for less than their holder asked.

use {
    super::{
        Attack, THOUSAND,
        backing::{backed_world, token_with},
        key, landed, must, refused,
        votes::{next_poll, put},
    },
    upside_sdk::{
        Pubkey, Shares,
        address::{TOKEN_PROGRAM, find_bid, find_sale},
        instruction as ix,
        state::{Account, Bid, BidTerms, BuyArgs, Change, FillBidArgs, Sale, SaleTerms},
    },
    upside_tests::world::{DAY, NEVER, ONE, World},
};

fn bid(
    w: &mut World,
    by: &str,
    number: u64,
    shares: u64,
    price: u64,
) -> solana_program::instruction::Instruction {
    let terms = BidTerms {
        number,
        shares,
        price,
        seller: Pubkey::default(),
        expires_at: w.now() + 100 * DAY,
    };
    ix::open_bid(&w.token(), &key("payer"), &key(by), terms)
}

fn args(shares: u64) -> FillBidArgs {
    FillBidArgs {
        shares,
        min_proceeds: 0,
        deadline: NEVER,
    }
}

/// F4, F5, F6, F18, F21, F44. Nobody is bought out who does not sign.
#[test]
fn nobody_is_bought_out_unsigned() {
    for wound_up in [false, true] {
        let mut w = backed_world(0);
        let mut attack = Attack::by(
            &["founder", "mallory", "executor"],
            "buy holders out at a price of one's own",
        );
        let made = bid(&mut w, "founder", 0, 60 * THOUSAND, 1);
        landed(attack.send(&mut w, "a bid of an atom", &[made]));
        if wound_up {
            w.wind_up();
        }
        let place = find_bid(&w.token, &key("founder"), 0).0;
        let open: Account<Bid> = w.get(&place);
        attack.withstood(&mut w, |a, w| {
            // Bob's holder account, mallory's signature.
            let mut fill = ix::fill_bid(&w.token(), &open, &key("bob"), None, args(60 * THOUSAND));
            for meta in fill.accounts.iter_mut().filter(|it| it.is_signer) {
                meta.pubkey = key("mallory");
            }
            let got = a.send(w, "sell another's shares into it", &[fill]);
            assert!(got.is_some(), "{got:?}");
            let token = w.token;
            let mut send =
                ix::transfer_shares(&token, &key("bob"), &key("mallory"), Shares(1), None);
            for meta in send.accounts.iter_mut().filter(|it| it.is_signer) {
                meta.pubkey = key("mallory");
            }
            let got = a.send(w, "send another's shares", &[send]);
            assert!(got.is_some(), "{got:?}");
        });
    }
}

/// F33. A sale to oneself changes nobody else's price.
#[test]
fn a_wash_sale_gains_nothing() {
    let mut w = token_with(|terms| terms.royalty_bps = 5_000);
    w.issue("bob", 100 * THOUSAND);
    w.issue("mallory", 100 * THOUSAND);
    w.open_holder("carol");
    let mut attack = Attack::by(&["mallory", "carol"], "sell to oneself and sell again");
    let terms = SaleTerms {
        number: 0,
        shares: THOUSAND,
        price: 10 * ONE,
        buyer: key("carol"),
        expires_at: w.now() + DAY,
    };
    let open = ix::open_sale(&w.token, &key("payer"), &key("mallory"), terms);
    landed(attack.send(&mut w, "an ask", &[open]));
    let place = find_sale(&w.token, &key("mallory"), 0).0;
    let sale: Account<Sale> = w.get(&place);
    let buy = BuyArgs {
        shares: THOUSAND,
        max_payment: u64::MAX,
        deadline: NEVER,
    };
    let buy = ix::buy(&w.token(), &sale, &key("carol"), None, buy);
    let (token, back) = (w.token, Shares(THOUSAND));
    let back = ix::transfer_shares(&token, &key("carol"), &key("mallory"), back, None);
    attack.withstood(&mut w, |a, w| {
        landed(a.send(w, "buy and send back", &[buy, back]));
    });
}

/// Whoever does nothing gets what their offer says, however it is cut up.
#[test]
fn offers_are_filled_at_their_price_only() {
    let mut w = token_with(|_| {});
    w.issue("bob", 10 * THOUSAND);
    w.issue("mallory", 10 * THOUSAND);
    w.open_holder("carol");
    let payer = key("payer");
    let terms = SaleTerms {
        number: 0,
        shares: 10,
        price: 3,
        buyer: Pubkey::default(),
        expires_at: w.now() + 10 * DAY,
    };
    let ask = ix::open_sale(&w.token, &payer, &key("bob"), terms);
    must(&mut w, &ask, &["bob"]);
    let made = bid(&mut w, "carol", 0, 3 * ONE, ONE / 3);
    must(&mut w, &made, &["carol"]);
    let mut attack = Attack::by(&["mallory"], "fill offers atom by atom");
    let place = find_sale(&w.token, &key("bob"), 0).0;
    let sale: Account<Sale> = w.get(&place);
    let place = find_bid(&w.token, &key("carol"), 0).0;
    let open: Account<Bid> = w.get(&place);
    attack.withstood(&mut w, |a, w| {
        let one = BuyArgs {
            shares: 1,
            max_payment: u64::MAX,
            deadline: NEVER,
        };
        let buy = ix::buy(&w.token(), &sale, &key("mallory"), None, one);
        landed(a.send(w, "an ask, atom by atom", &[buy.clone(), buy.clone(), buy]));
        let sell = ix::fill_bid(&w.token(), &open, &key("mallory"), None, args(1));
        refused(
            a.send(w, "a bid, for less than an atom", &[sell]),
            "AmountTooSmall",
        );
        let sell = ix::fill_bid(&w.token(), &open, &key("mallory"), None, args(4));
        landed(a.send(
            w,
            "a bid, four atoms at a time",
            &[sell.clone(), sell.clone(), sell],
        ));
    });
}

/// F15. An owner who can receive nothing blocks sales at a profit.
#[test]
fn an_owner_without_accounts_blocks_no_sale() {
    let mut w = token_with(|terms| terms.royalty_bps = 1_000);
    w.issue("bob", 100 * ONE);
    w.open_holder("carol");
    let mut attack = Attack::by(&["founder"], "make others' sales fail");
    let (mine, owner) = (w.holder("founder"), key("founder"));
    let close = ix::close_holder(&mine, &owner);
    landed(attack.send(&mut w, "close the owner's holder account", &[close]));
    let account = upside_sdk::address::find_associated(&owner, &w.quote, &TOKEN_PROGRAM).0;
    w.put(account, Pubkey::default(), Vec::new());
    let terms = SaleTerms {
        number: 0,
        shares: 10 * ONE,
        price: ONE,
        buyer: Pubkey::default(),
        expires_at: w.now() + DAY,
    };
    let open = ix::open_sale(&w.token, &key("payer"), &key("bob"), terms);
    must(&mut w, &open, &["bob"]);
    let place = find_sale(&w.token, &key("bob"), 0).0;
    let sale: Account<Sale> = w.get(&place);
    let buy = BuyArgs {
        shares: 10 * ONE,
        max_payment: u64::MAX,
        deadline: NEVER,
    };
    let buy = ix::buy(&w.token(), &sale, &key("carol"), None, buy);
    let cash = w.cash("bob");
    must(&mut w, &buy, &["carol"]);
    assert_eq!(w.cash("bob"), cash + 9 * ONE, "less a royalty of a tenth");
}

/// The owner, who has all shares, turns the terms under a bid and fills it at once.
#[test]
fn terms_do_not_turn_under_a_bid() {
    let mut w = token_with(|_| {});
    w.issue("founder", 100 * THOUSAND);
    w.give_reserve(100 * THOUSAND);
    w.open_holder("bob");
    let made = bid(&mut w, "bob", 0, 10 * THOUSAND, ONE);
    must(&mut w, &made, &["bob"]);
    let open: Account<Bid> = w.get(&find_bid(&w.token, &key("bob"), 0).0);
    let mut attack = Attack::by(&["founder"], "turn the terms under a bid and fill it");
    let tax = Change::CashOutTax(5_000);
    let poll = next_poll(&mut w, "founder", tax);
    let (ask, apply) = (
        put(&mut w, "founder", tax),
        ix::apply_poll(&poll, &key("founder")),
    );
    let fill = ix::fill_bid(
        &w.token(),
        &open,
        &key("founder"),
        None,
        args(10 * THOUSAND),
    );
    attack.withstood(&mut w, |a, w| {
        let all = [ask.clone(), apply.clone(), fill];
        refused(a.send(w, "put, apply and fill", &all), "NoticePending");
        landed(a.send(w, "put", &[ask]));
        w.pass(7 * DAY - 1);
        refused(
            a.send(w, "apply within the notice", std::slice::from_ref(&apply)),
            "NoticePending",
        );
    });
    // Whoever watches takes the money back; then the owner decides alone.
    let back = ix::cancel_bid(&w.token(), &open, &key("bob"));
    must(&mut w, &back, &["bob"]);
    landed(attack.send(&mut w, "apply once no money waits", &[apply]));
    assert_eq!(w.cash("bob"), 1_000_000 * ONE);
}

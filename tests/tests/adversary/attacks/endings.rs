//! What is stuck, and what outlives its owner.

use {
    super::{
        Attack, THOUSAND,
        backing::{one_stage, token_with},
        key, landed, must, refused,
    },
    solana_program::instruction::Instruction,
    upside_sdk::{
        Pubkey, Shares,
        address::{TOKEN_PROGRAM, find_associated, find_product},
        instruction as ix,
        state::{
            Account, Admission, AuctionTerms, PassInput, PassPrice, Policy, Product, ProductTerms,
            RoundStatus, TransferPolicy,
        },
    },
    upside_tests::{
        cases::{collection, for_receipt, longer_texts, receipt, wound_up},
        world::{DAY, NEVER, ONE, World, mint_bytes, minter},
    },
};

const OWNER: &[&str] = &["founder", "mallory"];

/// F19. The rent of a contribution to a capped round that sold at once.
#[test]
fn rent_of_a_capped_contribution_comes_back() {
    let mut w = token_with(|_| {});
    let mut terms = one_stage(&w, 100 * THOUSAND, ONE, 0, 0);
    terms.backer_cap = 5 * THOUSAND;
    let round = w.open_round(terms);
    w.contribute(round, "bob", THOUSAND);
    let lamports = |w: &mut World, key: &Pubkey| w.engine.account(key).map_or(0, |it| it.lamports);
    let mine = w.contribution(round, "bob");
    let (rent, had) = (
        lamports(&mut w, &mine.key),
        lamports(&mut w, &mine.data.rent_payer),
    );
    let mut attack = Attack::by(OWNER, "keep the rent of a contribution");
    let clear = ix::close_contribution(&w.token, &mine, &key("mallory"));
    attack.withstood(&mut w, |a, w| {
        refused(
            a.send(
                w,
                "clear it away while the round sells",
                std::slice::from_ref(&clear),
            ),
            "NotOver",
        );
        let round = upside_sdk::address::find_round(&w.token, round).0;
        let close = ix::close_round(&w.token(), &round, &key("founder"));
        landed(a.send(w, "close the round", &[close]));
        let mut stolen = clear.clone();
        let payer = mine.data.rent_payer;
        for meta in stolen.accounts.iter_mut().filter(|it| it.pubkey == payer) {
            meta.pubkey = key("mallory");
        }
        let got = a.send(w, "clear it away to somebody else", &[stolen]);
        assert!(got.is_some(), "{got:?}");
        landed(a.send(w, "clear it away", &[clear]));
    });
    assert_eq!(lamports(&mut w, &mine.key), 0);
    let has = lamports(&mut w, &mine.data.rent_payer);
    assert_eq!(has - had, rent, "all of it is the backer's again");
}

/// F22. Custody that nobody can move in a wind-down, and receipts that are shut out of it.
#[test]
fn custody_is_stuck_in_no_wind_down() {
    let mut w = wound_up();
    let mint = key("custody mint");
    let mut attack = Attack::by(
        &["founder", "mallory", "executor"],
        "keep custody from the holders of a token that is wound up",
    );
    let (token, claim, payer) = (w.token(), w.claim(0), key("payer"));
    let open = ix::open_estate(&claim, &key("mallory"));
    attack.withstood(&mut w, |a, w| {
        let list = ix::add_asset(&token, &payer, &mint, &TOKEN_PROGRAM, minter(), false);
        refused(a.send(w, "list its mint", &[list]), "WoundUp");
        let off = ix::write_off_claim(&claim, &key("founder"), None, 1);
        refused(a.send(w, "write it off", &[off]), "WrongClaimKind");
        let cheap = AuctionTerms {
            units: ONE,
            start: 2,
            end: 1,
            seconds: 7 * 86_400,
        };
        let sell = ix::announce_auction(&token, &claim.key, None, cheap);
        refused(a.send(w, "auction it", &[sell]), "WoundUp");
        landed(a.send(w, "open an estate", std::slice::from_ref(&open)));
    });
    // Bob redeems for a receipt, and takes nothing yet.
    let redeem = for_receipt(&mut w, "bob", 60 * ONE);
    must(&mut w, &redeem, &["bob"]);
    attack.withstood(&mut w, |a, w| {
        let vault = find_associated(&claim.key, &mint, &TOKEN_PROGRAM).0;
        let held = w.balance(&vault);
        w.give(&claim.key, &mint, held + 1);
        let sync = ix::sync_claim(&w.claim(0), &TOKEN_PROGRAM);
        landed(a.send(w, "an atom into its vault", &[sync]));
        let got = a.send(w, "open it anew, so that receipts are shut out", &[open]);
        assert!(got.is_some(), "{got:?}");
        let close = ix::close_claim(&w.claim(0), &key("mallory"));
        refused(
            a.send(w, "clear the claim away", &[close]),
            "ClaimNotClosed",
        );
        let mut stolen = collection(w, "bob");
        let theirs = find_associated(&key("bob"), &mint, &TOKEN_PROGRAM).0;
        for meta in stolen.accounts.iter_mut().filter(|it| it.pubkey == theirs) {
            meta.pubkey = find_associated(&key("mallory"), &mint, &TOKEN_PROGRAM).0;
        }
        refused(
            a.send(w, "collect another's part", &[stolen]),
            "WrongTokenAccount",
        );
    });
    let place = find_associated(&key("bob"), &mint, &TOKEN_PROGRAM).0;
    let had = w.balance(&place);
    assert_eq!(receipt(&mut w, "bob").data.left(), 1);
    let collect = collection(&mut w, "bob");
    landed(attack.send(&mut w, "collect for somebody", &[collect]));
    assert_eq!(w.balance(&place) - had, 600 * ONE, "three fifths");
}

fn pass(w: &mut World, product: &Account<Product>, who: &str) -> Instruction {
    let args = PassInput {
        max_price: u64::MAX,
        deadline: NEVER,
    };
    ix::buy_pass(&w.token(), product, &key("payer"), &key(who), args).expect("a listed mint")
}

/// F26. One lot of shares takes all passes, wallet after wallet.
#[test]
fn one_lot_of_shares_takes_one_pass() {
    let mut w = token_with(|_| {});
    w.issue("mallory", 10 * ONE);
    w.issue("bob", THOUSAND);
    let terms = ProductTerms {
        name: "Concert".into(),
        uri: String::new(),
        tier: 0,
        asks: PassPrice::Hold { shares: 10 * ONE },
        units: 1,
        lifetime: 30 * 86_400,
        max_passes: 2,
        claim_number: None,
        point_of_sale: Pubkey::default(),
    };
    let open = ix::open_product(&w.token(), &key("payer"), terms);
    must(&mut w, &open, &["founder"]);
    w.open_holder("carol");
    let product: Account<Product> = w.get(&find_product(&w.token, 0).0);
    let mut attack = Attack::by(
        &["mallory", "carol"],
        "take every pass with one lot of shares",
    );
    let (first, second) = (
        pass(&mut w, &product, "mallory"),
        pass(&mut w, &product, "carol"),
    );
    let (token, lot) = (w.token, Shares(10 * ONE));
    let lend = ix::transfer_shares(&token, &key("mallory"), &key("carol"), lot, None);
    attack.withstood(&mut w, |a, w| {
        let all = [first.clone(), lend.clone(), second];
        refused(
            a.send(w, "a pass, send the shares on, another", &all),
            "InsufficientShares",
        );
        landed(a.send(w, "a pass", &[first]));
        w.pass(DAY);
        refused(
            a.send(w, "send the shares on a day later", &[lend]),
            "InsufficientShares",
        );
    });
    let theirs = pass(&mut w, &product, "bob");
    must(&mut w, &theirs, &["bob"]);
}

/// F29. A mint whose issuer can freeze it looks like any other.
#[test]
fn a_mint_that_can_be_frozen_is_marked() {
    let mut w = token_with(|_| {});
    let mint = key("freezable");
    let mut data = mint_bytes(u64::MAX);
    data[46..50].copy_from_slice(&1u32.to_le_bytes());
    data[50..82].copy_from_slice(key("issuer").as_ref());
    w.add_mint(mint, TOKEN_PROGRAM, data);
    let mut attack = Attack::by(&["founder"], "list a mint whose issuer can freeze it");
    let list = ix::add_asset(
        &w.token(),
        &key("payer"),
        &mint,
        &TOKEN_PROGRAM,
        minter(),
        false,
    );
    landed(attack.send(&mut w, "list it", &[list]));
    let asset = w.token().data.assets[1];
    assert!(asset.is_freezable() && !asset.is_seizable());
    assert!(
        !w.token().data.quote().is_freezable(),
        "nobody freezes this"
    );
}

/// F31. Roles and announcements of a former owner.
#[test]
fn nothing_of_a_former_owner_outlives_the_handover() {
    let mut w = token_with(|terms| terms.inactivity_seconds = 90 * 86_400);
    w.issue("bob", THOUSAND);
    let mallory = key("mallory");
    let closed = Policy {
        admission: Admission::Approved,
        transfer_policy: TransferPolicy::Closed,
        credential: Pubkey::default(),
        schema: Pubkey::default(),
    };
    let token = w.token();
    for set in [
        ix::set_roles(&token, &mallory, &mallory),
        ix::set_executor(&token, &mallory),
        ix::propose_policy(&token, closed),
        ix::announce_name(&token, &key("payer"), longer_texts()),
        ix::propose_owner(&token, &key("carol")),
    ] {
        must(&mut w, &set, &["founder"]);
    }
    w.pass(1);
    let accept = ix::accept_ownership(&w.token(), &key("carol"));
    must(&mut w, &accept, &["carol"]);
    let after = w.token().data;
    let nobody = Pubkey::default();
    assert_eq!(
        (after.guardian, after.registrar, after.executor),
        (nobody, nobody, nobody)
    );
    let mut attack = Attack::by(OWNER, "act on what a former owner gave and announced");
    attack.withstood(&mut w, |a, w| {
        let token = w.token();
        let pause = ix::pause(&token, &mallory);
        let got = a.send(w, "pause as guardian", &[pause]);
        assert!(got.is_some(), "{got:?}");
        w.pass(91 * DAY);
        let up = ix::wind_up_by_executor(&w.token, &mallory);
        refused(a.send(w, "wind up as executor", &[up]), "NotExecutor");
        let apply = ix::apply_policy(&w.token, &mallory);
        refused(a.send(w, "apply a policy", &[apply]), "NothingToApply");
        let name = ix::apply_name(&w.token(), &key("payer"));
        refused(a.send(w, "apply a name", &[name]), "NothingToApply");
    });
}

/// A minimum raise that the owner lets wait: backers are refunded a week after its end.
#[test]
fn an_uncovered_raise_is_not_held_for_ever() {
    let mut w = token_with(|_| {});
    w.issue("carol", 10 * THOUSAND);
    let terms = one_stage(&w, 100 * THOUSAND, ONE, 50 * THOUSAND, 0);
    let round = w.open_round(terms);
    w.contribute(round, "bob", 60 * THOUSAND);
    // Each share of carol's is worth more by now than the round's price.
    w.give_reserve(100 * THOUSAND);
    w.open_holder("mallory");
    let mut attack = Attack::by(OWNER, "keep the raise of a round that is not covered");
    let place = upside_sdk::address::find_round(&w.token, round).0;
    let close = ix::close_round(&w.token(), &place, &key("mallory"));
    w.pass(11 * DAY);
    attack.withstood(&mut w, |a, w| {
        refused(
            a.send(w, "close it", std::slice::from_ref(&close)),
            "EndowmentShort",
        );
        let later = ix::extend_round(&w.token(), &place, w.now() + 30 * DAY);
        let got = a.send(w, "extend it after its end", &[later]);
        assert!(got.is_some(), "{got:?}");
    });
    w.pass(8 * DAY);
    landed(attack.send(&mut w, "close it a week later", &[close]));
    assert_eq!(w.round(round).data.status(), Ok(RoundStatus::Failed));
    let cash = w.cash("bob");
    let mine = w.contribution(round, "bob");
    let refund = ix::refund_contribution(&w.token(), &mine);
    must(&mut w, &refund, &[]);
    assert_eq!(w.cash("bob"), cash + 60 * THOUSAND);
}

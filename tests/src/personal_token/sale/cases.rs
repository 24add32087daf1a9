//! Sales of registered shares, and grants.

use {
    crate::cases::*,
    upside_sdk::{
        address::{find_bid, find_sale},
        state::{Account, Bid, BidTerms, BuyArgs, FillBidArgs, Sale, SaleTerms},
    },
};

/// A world in which bob has 100 shares that cost him 50, and owes a tenth of his profit;
/// carol has a holder account.
pub fn with_royalty(policy: u8) -> World {
    let mut w = World::with(|args| {
        args.terms.royalty_bps = 1_000;
        args.transfer_policy = policy.try_into().unwrap();
    });
    w.open_holder("bob");
    w.open_holder("carol");
    let issue = ix::issue(&w.token(), &key("bob"), Shares(100 * ONE), Atoms(50 * ONE));
    w.send(&issue, &[&person("founder")]).ok();
    w
}

/// Terms of 40 shares at 2 for anybody, number 0, for a week.
pub fn sale_terms(w: &World) -> SaleTerms {
    SaleTerms {
        number: 0,
        shares: 40 * ONE,
        price: 2 * ONE,
        buyer: Pubkey::default(),
        expires_at: w.now() + 7 * DAY,
    }
}

/// Opens a sale of bob's.
pub fn offer(w: &mut World, change: impl FnOnce(&mut SaleTerms)) -> Account<Sale> {
    let mut terms = sale_terms(w);
    change(&mut terms);
    let open = ix::open_sale(&w.token, &payer(w), &key("bob"), terms);
    w.send(&open, &[&person("bob")]).ok();
    w.get(&find_sale(&w.token, &key("bob"), terms.number).0)
}

/// A purchase by carol from a sale, at any price.
pub fn buy_of(w: &mut World, sale: &Account<Sale>, shares: u64) -> Instruction {
    let args = BuyArgs {
        shares,
        max_payment: u64::MAX,
        deadline: NEVER,
    };
    ix::buy(&w.token(), sale, &key("carol"), None, args)
}

pub(crate) fn open_sale() -> Case {
    let w = with_royalty(0);
    let open = ix::open_sale(&w.token, &payer(&w), &key("bob"), sale_terms(&w));
    by(w, open, &["bob"])
}

pub(crate) fn cancel_sale() -> Case {
    let mut w = with_royalty(0);
    let sale = offer(&mut w, |_| {});
    let cancel = ix::cancel_sale(&sale, &key("bob"));
    by(w, cancel, &["bob"])
}

pub(crate) fn cancel_expired_sale() -> Case {
    let mut w = with_royalty(0);
    let sale = offer(&mut w, |_| {});
    w.pass(8 * DAY);
    let cancel = ix::cancel_sale(&sale, &key("carol"));
    by(w, cancel, &["carol"])
}

pub(crate) fn buy(shares: u64) -> Case {
    let mut w = with_royalty(0);
    let sale = offer(&mut w, |_| {});
    let buy = buy_of(&mut w, &sale, shares);
    by(w, buy, &["carol"])
}

pub(crate) fn buy_approved() -> Case {
    let mut w = with_royalty(1);
    let sale = offer(&mut w, |_| {});
    let approve = approve(&mut w, 40 * ONE);
    w.send(&approve, &[&person("founder")]).ok();
    let mut buy = buy_of(&mut w, &sale, 40 * ONE);
    let approval = approval(&mut w);
    let rent_payer = approval.data.rent_payer;
    for (place, key) in [(11, approval.key), (12, rent_payer)] {
        buy.accounts[place].pubkey = key;
        buy.accounts[place].is_writable = true;
    }
    by(w, buy, &["carol"])
}

/// Terms of carol's bid for 40 shares at 2 from anybody, number 0, for a week.
pub fn bid_terms(w: &World) -> BidTerms {
    BidTerms {
        number: 0,
        shares: 40 * ONE,
        price: 2 * ONE,
        seller: Pubkey::default(),
        expires_at: w.now() + 7 * DAY,
    }
}

/// Opens a bid of carol's.
pub fn bid(w: &mut World, change: impl FnOnce(&mut BidTerms)) -> Account<Bid> {
    let mut terms = bid_terms(w);
    change(&mut terms);
    let open = ix::open_bid(&w.token(), &payer(w), &key("carol"), terms);
    w.send(&open, &[&person("carol")]).ok();
    w.get(&find_bid(&w.token, &key("carol"), terms.number).0)
}

/// A sale by bob into a bid, at any price.
pub fn fill_of(w: &mut World, bid: &Account<Bid>, shares: u64) -> Instruction {
    let args = FillBidArgs {
        shares,
        min_proceeds: 0,
        deadline: NEVER,
    };
    ix::fill_bid(&w.token(), bid, &key("bob"), None, args)
}

pub(crate) fn open_bid() -> Case {
    let mut w = with_royalty(0);
    let terms = bid_terms(&w);
    let open = ix::open_bid(&w.token(), &payer(&w), &key("carol"), terms);
    by(w, open, &["carol"])
}

pub(crate) fn cancel_bid() -> Case {
    let mut w = with_royalty(0);
    let bid = bid(&mut w, |_| {});
    let cancel = ix::cancel_bid(&w.token(), &bid, &key("carol"));
    by(w, cancel, &["carol"])
}

pub(crate) fn cancel_expired_bid() -> Case {
    let mut w = with_royalty(0);
    let bid = bid(&mut w, |_| {});
    w.pass(8 * DAY);
    let cancel = ix::cancel_bid(&w.token(), &bid, &key("bob"));
    by(w, cancel, &["bob"])
}

pub(crate) fn fill_bid(shares: u64) -> Case {
    let mut w = with_royalty(0);
    let bid = bid(&mut w, |_| {});
    let fill = fill_of(&mut w, &bid, shares);
    by(w, fill, &["bob"])
}

pub(crate) fn fill_bid_approved() -> Case {
    let mut w = with_royalty(1);
    let bid = bid(&mut w, |_| {});
    let approve = approve(&mut w, 40 * ONE);
    w.send(&approve, &[&person("founder")]).ok();
    let mut fill = fill_of(&mut w, &bid, 40 * ONE);
    let approval = approval(&mut w);
    let rent_payer = approval.data.rent_payer;
    for (place, key) in [(10, approval.key), (11, rent_payer)] {
        fill.accounts[place].pubkey = key;
        fill.accounts[place].is_writable = true;
    }
    by(w, fill, &["bob"])
}

//! Assets, claims, dividends and redemption.

use crate::cases::*;

pub(crate) fn add_asset() -> Case {
    owner(|w| {
        let mint = key("another mint");
        w.add_mint(mint, TOKEN_PROGRAM, crate::world::mint_bytes(5));
        ix::add_asset(
            &w.token(),
            &payer(w),
            &mint,
            &TOKEN_PROGRAM,
            crate::world::minter(),
            true,
        )
    })
}

pub(crate) fn deposit_reserve() -> Case {
    owner(|w| {
        let mint = w.list("another mint", false);
        ix::deposit_reserve(&w.token(), &key("founder"), &mint, Atoms(50 * ONE)).unwrap()
    })
}

pub(crate) fn deposit_endowment() -> Case {
    let mut w = World::new();
    let quote = w.quote;
    let add = ix::deposit_endowment(&w.token(), &key("bob"), &quote, Atoms(50 * ONE)).unwrap();
    by(w, add, &["bob"])
}

pub(crate) fn withdraw_endowment() -> Case {
    let mut w = World::new();
    w.endow(50 * ONE);
    let quote = w.quote;
    let take = ix::withdraw_endowment(&w.token(), &quote, Atoms(20 * ONE)).unwrap();
    by(w, take, &["founder"])
}

pub(crate) fn book_surplus() -> Case {
    let mut w = World::new();
    w.issue("bob", ONE);
    w.give_reserve(100 * ONE);
    let (token, quote) = (w.token, w.quote);
    w.give(&token, &quote, 150 * ONE);
    let book = ix::book_surplus(&w.token(), &key("founder"), &quote).unwrap();
    by(w, book, &["founder"])
}

pub(crate) fn book_loss() -> Case {
    let mut w = World::new();
    w.issue("bob", ONE);
    w.give_reserve(100 * ONE);
    w.endow(10 * ONE);
    let (token, quote) = (w.token, w.quote);
    w.give(&token, &quote, 80 * ONE);
    let book = ix::book_loss(&w.token(), &quote).unwrap();
    by(w, book, &[])
}

pub(crate) fn note_immovable() -> Case {
    let mut w = World::new();
    let vault = w.token().data.quote().vault;
    let mut frozen = w.engine.account(&vault).expect("the vault exists");
    frozen.data[108] = 2;
    w.engine.set_account(vault, frozen);
    let quote = w.quote;
    let note = ix::note_immovable(&w.token(), &quote).unwrap();
    by(w, note, &[])
}

pub(crate) fn sync_share_custody() -> Case {
    let mut w = with_bearer();
    let stray = crate::world::token_2022_transfer(&mut w, "bob", ONE);
    w.send(&stray, &[&person("bob")]).ok();
    let sync = ix::sync_share_custody(&w.token());
    by(w, sync, &[])
}

/// Arguments of a redemption without limits.
pub fn redeem_args(shares: u64) -> RedeemArgs {
    RedeemArgs {
        shares,
        min_out: [0; MAX_ASSETS],
        forgone: 0,
        deadline: NEVER,
    }
}

/// A world with a reserve in the quote mint and in `more` others.
pub fn with_reserve(more: usize) -> World {
    let mut w = World::new();
    w.issue("bob", 60 * ONE);
    w.issue("carol", 40 * ONE);
    w.give_reserve(1_000 * ONE);
    let names = [
        "mint 1", "mint 2", "mint 3", "mint 4", "mint 5", "mint 6", "mint 7",
    ];
    for name in names.iter().take(more) {
        let mint = w.list(name, false);
        let give =
            ix::deposit_reserve(&w.token(), &key("founder"), &mint, Atoms(500 * ONE)).unwrap();
        w.send(&give, &[&person("founder")]).ok();
    }
    w
}

pub(crate) fn redeem(more: usize) -> Case {
    let mut w = with_reserve(more);
    let redeem = ix::redeem(&w.token(), &key("bob"), redeem_args(10 * ONE)).unwrap();
    by(w, redeem, &["bob"])
}

pub(crate) fn redeem_bearer() -> Case {
    let mut w = with_bearer();
    w.give_reserve(1_000 * ONE);
    let redeem = ix::redeem_bearer(&w.token(), &key("bob"), redeem_args(10 * ONE)).unwrap();
    by(w, redeem, &["bob"])
}

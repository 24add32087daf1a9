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

pub(crate) fn deposit_equity_ix(w: &mut World, mint: &Pubkey) -> Instruction {
    let claim = find_claim(&w.token, 0).0;
    ix::deposit_equity(
        &w.token(),
        &claim,
        mint,
        &TOKEN_PROGRAM,
        1_000 * ONE,
        Atoms(500 * ONE),
    )
}

pub(crate) fn deposit_equity() -> Case {
    owner(|w| {
        let mint = w.list("equity mint", false);
        w.declare(tokenized_terms());
        deposit_equity_ix(w, &mint)
    })
}

/// A world with 1,000 units of tokenized equity in custody that cost 500.
pub fn with_equity() -> World {
    let Case {
        mut world,
        instruction,
        ..
    } = deposit_equity();
    world.send(&instruction, &[&person("founder")]).ok();
    world.issue("bob", 100 * ONE);
    world
}

pub(crate) fn release_equity() -> Case {
    let mut w = with_equity();
    let claim = w.claim(0);
    let release = ix::release_equity(&w.token(), &claim, 300 * ONE).unwrap();
    by(w, release, &["founder"])
}

/// A world with equity on paper and two voting holders.
pub fn with_paper() -> World {
    let mut w = World::new();
    w.issue("bob", 100 * ONE);
    w.issue("carol", 50 * ONE);
    w.declare(equity_terms());
    w
}

pub(crate) fn exit_claim() -> Case {
    let mut w = with_paper();
    let args = ExitArgs {
        units: 400,
        proceeds: 2_000 * ONE,
    };
    let exit = w.exit_ix(0, "carol", args);
    by(w, exit, &["founder", "carol"])
}

pub(crate) fn pay_revenue() -> Case {
    let mut w = World::new();
    w.issue("bob", 100 * ONE);
    let claim = w.pay_revenue(10 * ONE);
    let (token, claim) = (w.token(), w.claim(claim));
    let pay = ix::pay_revenue(&token, &claim, &key("carol"), Atoms(100 * ONE)).unwrap();
    by(w, pay, &["carol"])
}

/// A world in which half of 1,000 has streamed to bob and carol.
pub fn streaming() -> World {
    let mut w = World::with(|args| args.terms.reserve_bps = 0);
    w.issue("bob", 60 * ONE);
    w.issue("carol", 40 * ONE);
    w.pay_revenue(1_000 * ONE);
    w.pass(7 * DAY / 2);
    w
}

pub(crate) fn collect_dividend() -> Case {
    let mut w = streaming();
    let quote = w.quote;
    let claim = ix::collect_dividend(&w.token(), &key("bob"), &quote).unwrap();
    by(w, claim, &["bob"])
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

//! Payouts that wait in baskets.

use {
    super::{
        errors_support::{done, refused},
        support::*,
    },
    solana_program::instruction::Instruction,
    upside_sdk::{
        address::{TOKEN_PROGRAM, find_associated, find_holder},
        event::IndexEvent,
        index::{BasketKind, IndexError, instruction as ix},
        instruction as token_ix,
        state::TransferPolicy,
    },
    upside_tests::{
        cases::index::{CASH_SLOT, payout},
        engine::Engine,
        payee::{instead, pays_another},
        pool::{INDEX_ONE, PoolWorld, token_of},
        world::{DAY, ONE},
    },
};

fn withdraw_ix(pool: &mut PoolWorld, slots: &[u8]) -> Instruction {
    ix::withdraw_basket(&pool.index(), &key("bob"), 0, slots.to_vec()).unwrap()
}

/// The wallet may have a payout sent anywhere, everybody else to accounts of the wallet from
/// which nobody else can take.
#[test]
fn a_payout_goes_where_its_wallet_says_and_else_to_its_own_accounts() {
    let mut pool = payout();
    let index = pool.index();
    let place = |slot: usize| ix::place_of(&index.data.constituents[slot], &key("carol"));
    let places = [(0, place(0)), (CASH_SLOT, place(2))];
    let to_carol = ix::withdraw_basket_to(&index, &key("bob"), 0, &places).unwrap();
    let mut stranger = to_carol.clone();
    stranger.accounts[0].pubkey = key("mallory");
    pool.world.engine.fund(key("mallory"));
    let error = IndexError::NotBasketOwner;
    refused(&mut pool, &stranger, &["mallory"], error);
    let unsigned = withdraw_ix(&mut pool, &[CASH_SLOT]);
    let quote_mint = pool.world.quote;
    let own = |name: &str| find_associated(&key(name), &quote_mint, &TOKEN_PROGRAM).0;
    let carols = instead(&unsigned, &own("bob"), &own("carol"));
    refused(&mut pool, &carols, &[], IndexError::WrongTokenAccount);
    let (shares, cash) = (pool.has("p0", "carol"), pool.cash("carol"));
    let owed = pool.basket("bob", 0).data.amounts;
    pool.send(&to_carol, &["bob"]).succeeded();
    assert_eq!(pool.has("p0", "carol") - shares, owed[0]);
    assert_eq!(pool.cash("carol") - cash, owed[2]);
    pool.check_books();
}

/// A curator who wants a slot removed pays what waits in baskets, whatever a wallet did with
/// its account.
#[test]
fn a_wallet_that_gives_its_account_away_keeps_no_slot_occupied() {
    let mut pool = payout();
    let (quote, owed) = (pool.world.quote, pool.basket("bob", 0).data.amounts);
    let withdraw = withdraw_ix(&mut pool, &[CASH_SLOT]);
    let errors = [IndexError::WrongTokenAccount, IndexError::WrongAccount];
    let paid = pays_another(
        &mut pool.world,
        &withdraw,
        &[],
        ("bob", &quote),
        errors,
        true,
    );
    assert_eq!(paid, owed[2]);
    let pending = pool.index().data.constituents[usize::from(CASH_SLOT)].pending;
    assert_eq!(pending, 0);
    pool.check_books();
}

#[test]
fn a_redemption_waits_in_a_basket_that_owes_it() {
    let mut pool = payout();
    let data = pool.basket("bob", 0).data;
    let index = pool.index().data;
    assert_eq!(data.kind(), Ok(BasketKind::Payout));
    for slot in 0..=CASH_SLOT {
        let pending = index.constituents[usize::from(slot)].pending;
        assert!(pending > 0);
        assert_eq!(data.amount(slot), Ok(pending));
    }
    let cancel = ix::cancel_basket(&pool.index, &key("bob"), 0, &key("bob"));
    refused(&mut pool, &cancel, &["bob"], IndexError::WrongBasketKind);
    let none = withdraw_ix(&mut pool, &[]);
    refused(&mut pool, &none, &[], IndexError::LengthMismatch);
    // The same slot twice finds nothing the second time, and is passed over.
    let twice = withdraw_ix(&mut pool.fork(), &[1, 1]);
    let outcome = pool.fork().send(&twice, &[]);
    assert_eq!(outcome.succeeded().events::<IndexEvent>().len(), 1);
    let mut foreign = withdraw_ix(&mut pool, &[1]);
    foreign.accounts[5].pubkey = find_holder(&token_of("p1"), &key("carol")).0;
    refused(&mut pool, &foreign, &[], IndexError::WrongHolder);
}

/// Freezes or thaws a token account as the mint's authority could.
fn set_frozen(pool: &mut PoolWorld, account: upside_sdk::Pubkey, frozen: bool) {
    let mut bytes = pool.world.engine.account(&account).unwrap();
    bytes.data[108] = 1 + u8::from(frozen);
    pool.world.engine.set_account(account, bytes);
}

#[test]
fn one_frozen_constituent_keeps_nobody_from_the_rest() {
    let mut pool = payout();
    let custody = pool.index().data.constituents[2].custody;
    set_frozen(&mut pool, custody, true);
    let everything = withdraw_ix(&mut pool, &[0, 1, CASH_SLOT]);
    pool.send(&everything, &[]).named_failure("frozen cash");
    let rest = withdraw_ix(&mut pool, &[0, 1]);
    pool.send(&rest, &[]).succeeded();
    let cash = withdraw_ix(&mut pool, &[CASH_SLOT]);
    pool.send(&cash, &[]).named_failure("frozen cash");
    set_frozen(&mut pool, custody, false);
    pool.world.pass(400 * DAY);
    let had = pool.cash("bob");
    let IndexEvent::BasketWithdrawn(event) = done(&mut pool, &cash, &[]) else {
        panic!("another event")
    };
    assert_eq!(pool.cash("bob") - had, event.amount);
}

#[test]
fn one_closed_token_keeps_nobody_from_the_rest() {
    // The index is a venue of a closed token until its owner ends that.
    let mut pool = PoolWorld::seeding(Engine::lite(), 1, |_| {});
    pool.add_person("closed", |args| {
        args.transfer_policy = TransferPolicy::Closed
    });
    let (token, payer, index) = (token_of("closed"), pool.payer(), pool.index);
    let open = token_ix::open_holder(&token, &payer, &key("closed"), &index);
    pool.send(&open, &["closed"]).succeeded();
    let add = ix::add_personal(&pool.index(), &payer, &token);
    refused(&mut pool, &add, &["curator"], IndexError::NotTransferable);
    let venue = |pool: &mut PoolWorld, on| pool.mark_venue("closed", &index, on);
    venue(&mut pool, true);
    pool.add_everybody();
    for slot in 0..=CASH_SLOT {
        pool.seed(slot, 1_000 * ONE);
    }
    pool.launch(100 * INDEX_ONE);
    venue(&mut pool, false);
    pool.harvest_all();
    // What it holds it gives out all the same: the exit stays open.
    let redeem = pool.redeem_ix("curator", INDEX_ONE);
    pool.send(&redeem, &["curator"]).succeeded();
    let args = pool.redeem_args(INDEX_ONE);
    let owed = ix::redeem_to_basket(&pool.index(), &key("curator"), 0, args);
    let IndexEvent::SharesRedeemed(event) = done(&mut pool, &owed, &["curator"]) else {
        panic!("another event")
    };
    assert_eq!(event.basket, pool.basket("curator", 0).key);
    let withdraw = |pool: &mut PoolWorld, slots: Vec<u8>| {
        let wallet = key("curator");
        let withdraw = ix::withdraw_basket(&pool.index(), &wallet, 0, slots).unwrap();
        pool.send(&withdraw, &[])
    };
    withdraw(&mut pool, vec![0, CASH_SLOT]).succeeded();
    let has = pool.has("closed", "curator");
    withdraw(&mut pool, vec![1]).succeeded();
    assert!(pool.has("closed", "curator") > has);
    pool.check_books();
}

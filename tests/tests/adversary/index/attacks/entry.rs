//! Coming in, staying for a moment, and leaving with more.

use {
    super::{Attack, facts, free, join_in, key, landed, no_fees, refused, send_atoms},
    solana_program::instruction::Instruction,
    upside_sdk::{
        Atoms,
        address::{TOKEN_PROGRAM, find_associated, find_claim},
        index::{instruction as ix, quote},
        instruction as token_ix,
        state::ClaimTerms,
    },
    upside_tests::{
        engine::Engine,
        pool::{INDEX_ONE, LAUNCHED, PoolWorld, token_of},
        terms::revenue_terms,
        world::{DAY, NEVER, ONE, mint_bytes, minter},
    },
};

/// Contributes, harvests a slot and redeems everything, as three or more instructions.
fn in_and_out(pool: &mut PoolWorld, who: &str, shares: u64, slot: u8) -> Vec<Instruction> {
    let contribute = pool.contribute_ix(who, shares);
    let mut fork = pool.fork();
    fork.send(&contribute, &[who]).succeeded();
    let harvests = fork.harvest_ixs(slot);
    fork.send_all(&harvests, &[]).succeeded();
    let redeem = fork.redeem_ix(who, shares);
    let mut all = vec![contribute];
    all.extend(harvests);
    all.push(redeem);
    all
}

/// M4. What was paid a second ago is had by nobody who comes now.
#[test]
fn what_streams_is_sniped_by_nobody() {
    let mut attack = Attack::by(
        &["mallory", "sam"],
        "come in before a harvest and leave after it",
    );
    for seconds in [1, 3_600, DAY, 20 * DAY] {
        let mut pool = free(2);
        for who in ["mallory", "sam"] {
            join_in(&mut pool, who);
        }
        for person in ["p0", "p1"] {
            pool.issue(person, "mallory", 90_000_000 * ONE / 100);
        }
        pool.harvest_all();
        pool.pay_revenue("p0", 400_000 * ONE);
        pool.world.pass(seconds);
        attack.withstood(&mut pool, |a, pool| {
            let all = in_and_out(pool, "mallory", 40 * INDEX_ONE, 0);
            landed(a.send(pool, "contribute, harvest, redeem", &all));
        });
    }
}

/// M4. Nor by a basket that is opened before the payment and finished after it.
#[test]
fn what_streams_is_sniped_by_no_basket() {
    let mut attack = Attack::by(
        &["mallory"],
        "fill a basket before a harvest, finish after it",
    );
    let mut pool = free(1);
    join_in(&mut pool, "mallory");
    pool.issue("p0", "mallory", 50_000 * ONE);
    pool.pay_revenue("p0", 400_000 * ONE);
    pool.world.pass(2 * DAY);
    attack.withstood(&mut pool, |a, pool| {
        let (index, mallory) = (pool.index(), key("mallory"));
        let amounts = quote::contribution(&pool.pool(), 10 * INDEX_ONE)
            .unwrap()
            .amounts;
        let deadline = pool.world.now() + 7 * DAY;
        let open = ix::open_basket(&index.key, &mallory, 1, 10 * INDEX_ONE, deadline);
        let only = |slot: u8| {
            amounts
                .iter()
                .copied()
                .filter(|it| it.0 == slot)
                .collect::<Vec<_>>()
        };
        // Cash first, the person's shares only after the harvest.
        let cash = ix::deposit(&index, &mallory, 1, only(1)).unwrap();
        landed(a.send(pool, "bring the cash", &[open, cash]));
        pool.world.pass(DAY);
        let mut all = pool.harvest_ixs(0);
        all.push(ix::deposit(&index, &mallory, 1, only(0)).unwrap());
        all.push(ix::finish_basket(
            &index,
            &mallory,
            1,
            &mallory,
            10 * INDEX_ONE,
        ));
        let got = a.send(pool, "harvest, bring the person's shares and finish", &all);
        assert!(got.is_some(), "the cash of before is too little now");
    });
}

/// M3. Dividends of a mint that is no coin yet are nobody's who comes as it is listed.
#[test]
fn dividends_of_a_mint_that_is_listed_later_are_sniped_by_nobody() {
    let mut attack = Attack::by(&["curator", "mallory"], "list a mint in which much is due");
    let mut pool = free(1);
    join_in(&mut pool, "mallory");
    pool.issue("p0", "mallory", 50_000 * ONE);
    let mint = key("late coin");
    pool.world
        .add_mint(mint, TOKEN_PROGRAM, mint_bytes(u64::MAX));
    for name in ["curator", "mallory", "bob", "carol", "p0"] {
        pool.world.give(&key(name), &mint, 1_000_000 * ONE);
    }
    pay_in(&mut pool, "p0", "late coin", 400_000 * ONE);
    pool.world.pass(365 * DAY);
    let authority = Some(key("mint authority"));
    for coin in [true, false] {
        let mut pool = pool.fork();
        let add = ix::add_mint(
            &pool.index(),
            &pool.payer(),
            &mint,
            &TOKEN_PROGRAM,
            authority,
            coin,
        );
        attack.withstood(&mut pool, |a, pool| {
            let contribute = pool.contribute_ix("mallory", 100 * INDEX_ONE);
            let got = a.send(pool, "add the mint and come in", &[add, contribute]);
            assert_eq!(got.is_none(), !coin, "{got:?}: coins are announced");
            let held = facts(pool).index.constituents[0].key;
            assert_eq!(held, token_of("p0"));
        });
    }
}

/// A person lists a mint for dividends and pays in it.
fn pay_in(pool: &mut PoolWorld, name: &str, coin: &str, atoms: u64) {
    let mint = key(coin);
    let token = pool.token(name);
    let list = token_ix::add_asset(&token, &pool.payer(), &mint, &TOKEN_PROGRAM, minter(), true);
    pool.send(&list, &[name]).succeeded();
    pool.world.pass(i64::from(token.data.terms.notice_seconds));
    let token = pool.token(name);
    let mut terms = revenue_terms(mint);
    if let ClaimTerms::RevenueShare { payer, total, .. } = &mut terms {
        *payer = key(name);
        *total = u64::MAX;
    }
    let declare = token_ix::declare_claim(&token, &pool.payer(), terms);
    pool.send(&declare, &[name]).succeeded();
    let claim = pool.world.get(&find_claim(&token.key, token.data.claims).0);
    let pay = token_ix::pay_revenue(&pool.token(name), &claim, &key(name), Atoms(atoms)).unwrap();
    pool.send(&pay, &[name]).succeeded();
}

/// L1. An atom that somebody sends breaks nothing that is under way.
#[test]
fn an_atom_makes_nothing_in_flight_fail() {
    let mut pool = free(1);
    let mint = key("coin");
    pool.world
        .add_mint(mint, TOKEN_PROGRAM, mint_bytes(u64::MAX));
    pool.world.give(&key("mallory"), &mint, ONE);
    let authority = Some(key("mint authority"));
    let add = ix::add_mint(
        &pool.index(),
        &pool.payer(),
        &mint,
        &TOKEN_PROGRAM,
        authority,
        false,
    );
    pool.send(&add, &["curator"]).succeeded();
    pool.contribute("bob", 10 * INDEX_ONE);
    let redeem = pool.redeem_ix("bob", INDEX_ONE);
    let (index, bob) = (pool.index(), key("bob"));
    let quoted = quote::contribution(&pool.pool(), INDEX_ONE).unwrap();
    let deadline = pool.world.now() + DAY;
    let open = ix::open_basket(&index.key, &bob, 1, INDEX_ONE, deadline);
    let deposit = ix::deposit(&index, &bob, 1, quoted.amounts).unwrap();
    pool.send_all(&[open, deposit], &["bob"]).succeeded();
    let contribute = pool.contribute_ix("carol", INDEX_ONE);
    let mut attack = Attack::by(&["mallory"], "an atom into an empty slot");
    attack.withstood(&mut pool, |a, pool| {
        let vault = index.data.constituents[2].custody;
        let from = find_associated(&key("mallory"), &mint, &TOKEN_PROGRAM).0;
        let gift = send_atoms(from, vault, "mallory", 1);
        landed(a.send(pool, "send it", std::slice::from_ref(&gift)));
        let sync = ix::sync_custody(&index, 2).unwrap();
        let got = a.send(pool, "have it booked", &[sync]);
        assert!(got.is_some(), "no gift is booked to an empty slot");
    });
    pool.send(&redeem, &["bob"]).succeeded();
    let finish = ix::finish_basket(&index, &bob, 1, &bob, INDEX_ONE);
    pool.send(&finish, &["bob"]).succeeded();
    pool.send(&contribute, &["carol"]).succeeded();
}

/// L8. A basket that is never finished pins no slot.
#[test]
fn a_strangers_atom_pins_no_slot() {
    let mut pool = free(1);
    join_in(&mut pool, "mallory");
    let mint = key("coin");
    pool.world
        .add_mint(mint, TOKEN_PROGRAM, mint_bytes(u64::MAX));
    pool.world.give(&key("mallory"), &mint, ONE);
    let authority = Some(key("mint authority"));
    let add = ix::add_mint(
        &pool.index(),
        &pool.payer(),
        &mint,
        &TOKEN_PROGRAM,
        authority,
        false,
    );
    pool.send(&add, &["curator"]).succeeded();
    let mut attack = Attack::by(&["mallory"], "keep a slot with an atom in a basket");
    attack.withstood(&mut pool, |a, pool| {
        let (index, mallory) = (pool.index(), key("mallory"));
        let open = ix::open_basket(&index.key, &mallory, 1, 1, NEVER);
        refused(a.send(pool, "for ever", &[open]), "DeadlineTooFar");
        let open = ix::open_basket(&index.key, &mallory, 1, 1, pool.world.now() + 7 * DAY);
        let deposit = ix::deposit(&index, &mallory, 1, vec![(2, 1)]).unwrap();
        refused(
            a.send(pool, "for a week", &[open.clone(), deposit]),
            "SlotNotHeld",
        );
        // In a slot that costs something it is there, for a week.
        let deposit = ix::deposit(&index, &mallory, 1, vec![(1, 1)]).unwrap();
        landed(a.send(pool, "in another slot", &[open, deposit]));
    });
    let remove = ix::remove_constituent(&pool.index(), 2);
    pool.send(&remove, &["curator"]).succeeded();
    pool.world.pass(7 * DAY + 1);
    let (index, mallory) = (pool.index(), key("mallory"));
    let cancel = ix::cancel_basket(&index.key, &mallory, 1, &key("curator"));
    let back = ix::withdraw_basket(&index, &mallory, 1, vec![1]).unwrap();
    pool.send_all(&[cancel, back], &["curator"]).succeeded();
    assert_eq!(pool.index().data.constituents[1].pending, 0);
}

/// L4. A basket is paid to the account that its wallet shows, whoever has it paid.
#[test]
fn a_basket_is_paid_to_the_wallets_own_account() {
    let mut pool = free(1);
    pool.contribute("bob", 100 * INDEX_ONE);
    let args = pool.redeem_args(100 * INDEX_ONE);
    let (index, bob) = (pool.index(), key("bob"));
    let out = ix::redeem_to_basket(&index, &bob, 1, args);
    pool.send(&out, &["bob"]).succeeded();
    let odd = key("an account of bob's that mallory made");
    let quote_mint = pool.world.quote;
    let bytes = upside_tests::world::token_account_bytes(&quote_mint, &bob, 0);
    pool.world.put(odd, TOKEN_PROGRAM, bytes);
    let mut pay = ix::withdraw_basket(&index, &bob, 1, vec![1]).unwrap();
    let ata = find_associated(&bob, &quote_mint, &TOKEN_PROGRAM).0;
    for meta in pay.accounts.iter_mut().filter(|it| it.pubkey == ata) {
        meta.pubkey = odd;
    }
    let mut attack = Attack::by(&["mallory"], "pay a basket where its wallet does not look");
    attack.withstood(&mut pool, |a, pool| {
        let got = a.send(pool, "into an account of bob's that mallory made", &[pay]);
        assert!(got.is_some());
    });
}

/// R2. Deposited atoms pay for no bid, and come back once.
#[test]
fn what_is_in_a_basket_is_paid_back_once() {
    let mut pool = PoolWorld::seeding(Engine::lite(), 0, no_fees);
    pool.add_person("p0", |_| {});
    pool.add_everybody();
    pool.seed(0, 1_000 * ONE);
    pool.seed(1, 5_000 * ONE);
    pool.launch(LAUNCHED);
    join_in(&mut pool, "mallory");
    pool.issue("p0", "mallory", 50_000 * ONE);
    let mut attack = Attack::by(&["mallory"], "have a basket paid back twice");
    attack.withstood(&mut pool, |a, pool| {
        let (index, mallory) = (pool.index(), key("mallory"));
        let deadline = pool.world.now() + DAY;
        let open = ix::open_basket(&index.key, &mallory, 1, INDEX_ONE, deadline);
        let deposit = ix::deposit(&index, &mallory, 1, vec![(0, 400 * ONE)]).unwrap();
        let cancel = ix::cancel_basket(&index.key, &mallory, 1, &mallory);
        let back = ix::withdraw_basket(&index, &mallory, 1, vec![0]).unwrap();
        let all = [open, deposit, cancel, back.clone(), back];
        let got = a.send(pool, "deposit, cancel, withdraw twice", &all);
        assert!(got.is_some());
        landed(a.send(pool, "withdraw once", &all[..4]));
    });
    pool.check_books();
}

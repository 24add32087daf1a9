//! Rounding, donations, dust, and the ends of every range.

use {
    super::*,
    upside_tests::cases::index::{draft, orders, seal_args},
};

#[test]
fn inflating_the_first_share_costs_the_attacker_and_nobody_else() {
    let mut pool = PoolWorld::seeding(Engine::lite(), 1, |args| {
        args.parameters.management_fee_bps = 0;
        args.parameters.entry_fee_bps = 0;
        args.parameters.exit_fee_bps = 0;
    });
    pool.add_everybody();
    pool.seed(0, 1);
    pool.seed(1, 1);
    // One atom beyond those that are locked: as few as can be.
    pool.launch(LOCKED_SHARES + 1);
    let index = pool.index();
    let vault = index.data.constituents[1].custody;
    let quote = pool.world.quote;
    let from = find_associated(&key("curator"), &quote, &TOKEN_PROGRAM).0;
    let donation = 100_000 * ONE;
    let give = send_atoms(from, vault, "curator", donation);
    let sync = ix::sync_custody(&index, 1).unwrap();
    pool.send_all(&[give, sync], &["curator"]).succeeded();
    let before = wealth(&mut pool, &key("bob"));
    let shares = 500_000;
    pool.contribute("bob", shares);
    let paid = before[&1] - wealth(&mut pool, &key("bob"))[&1];
    pool.redeem("bob", shares);
    let lost = before[&1] - wealth(&mut pool, &key("bob"))[&1];
    assert!(paid > 49_000 * ONE && lost <= 1, "paid {paid}, lost {lost}");
    let curator = wealth(&mut pool, &key("curator"))[&1];
    pool.redeem("curator", 1);
    let back = wealth(&mut pool, &key("curator"))[&1] - curator;
    assert!(
        back <= donation / LOCKED_SHARES + 1,
        "the attacker got {back} back"
    );
    pool.check_books();
}

#[test]
fn a_donation_changes_no_price_until_it_is_booked() {
    let mut pool = free();
    let price = quote::contribution(&pool.pool(), INDEX_ONE).unwrap();
    let index = pool.index();
    let quote_mint = pool.world.quote;
    let from = find_associated(&key("carol"), &quote_mint, &TOKEN_PROGRAM).0;
    let vault = index.data.constituents[2].custody;
    let give = send_atoms(from, vault, "carol", CASH);
    let transfer = token_ix::transfer_shares(
        &token_of("p0"),
        &key("carol"),
        &index.key,
        Shares(ONE),
        None,
    );
    pool.send_all(&[give, transfer], &["carol"]).succeeded();
    assert_eq!(quote::contribution(&pool.pool(), INDEX_ONE).unwrap(), price);
    // A deposit of somebody else cannot book it for themselves.
    pool.contribute("bob", INDEX_ONE);
    assert_eq!(quote::contribution(&pool.pool(), INDEX_ONE).unwrap(), price);
    let sync = ix::sync_custody(&index, 2).unwrap();
    pool.send(&sync, &[]).succeeded();
    let after = quote::contribution(&pool.pool(), INDEX_ONE).unwrap();
    assert!(after.amounts[2].1 > price.amounts[2].1);
    assert_eq!(
        after.amounts[0], price.amounts[0],
        "gifts of shares stay unbooked"
    );
    pool.check_books();
}

#[test]
fn contributing_and_redeeming_single_atoms_thousands_of_times_gains_nothing() {
    let mut pool = free();
    let had = wealth(&mut pool, &key("bob"));
    let index = pool.pool().index.data;
    let before: Vec<u64> = index.constituents.iter().map(|slot| slot.counter).collect();
    let contribute = pool.contribute_ix("bob", 1);
    let batch = vec![contribute; 5];
    for _ in 0..400 {
        pool.send_all(&batch, &["bob"]).succeeded();
    }
    assert_eq!(pool.shares("bob"), 2_000);
    // 2,000 atoms of shares redeem for less than the 2,000 atoms that each cost.
    let redeem = pool.redeem_ix("bob", 10);
    for _ in 0..200 {
        let sent = pool.send(&redeem, &["bob"]);
        if sent.error.is_some() {
            sent.refused(IndexError::AmountTooSmall);
        }
    }
    if pool.shares("bob") > 0 {
        leave(&mut pool, "bob");
    }
    never_more(&mut pool, "bob", &had);
    let after = pool.index().data;
    for (slot, counter) in before.iter().enumerate().take(3) {
        assert!(after.constituents[slot].counter >= *counter);
    }
    pool.check_books();
}

#[test]
fn splitting_and_merging_contributions_and_redemptions_gains_nothing() {
    let odd = 7 * INDEX_ONE + 13;
    let mut whole = free();
    whole.contribute("bob", odd * 3);
    let mut parts = free();
    for _ in 0..3 {
        parts.contribute("bob", odd);
    }
    let (once, thrice) = (
        wealth(&mut whole, &key("bob")),
        wealth(&mut parts, &key("bob")),
    );
    assert!(
        once.iter().all(|(slot, atoms)| *atoms >= thrice[slot]),
        "{once:?} {thrice:?}"
    );
    // And back the other way round.
    leave(&mut parts, "bob");
    for part in [odd, odd, odd] {
        whole.redeem("bob", part);
    }
    let began = wealth(&mut free(), &key("bob"));
    never_more(&mut parts, "bob", &began);
    never_more(&mut whole, "bob", &began);
}

#[test]
fn dust_is_refused_or_costs_its_atom() {
    let mut pool = free();
    let had = wealth(&mut pool, &key("bob"));
    pool.contribute("bob", 1);
    let has = wealth(&mut pool, &key("bob"));
    assert!(
        had.iter().all(|(slot, atoms)| has[slot] == atoms - 1),
        "one atom of each"
    );
    let redeem = pool.redeem_ix("bob", 1);
    pool.send(&redeem, &["bob"])
        .refused(IndexError::AmountTooSmall);
    for shares in [0, 1] {
        let mut fees = PoolWorld::new(1);
        let contribute = fees.contribute_ix("bob", shares);
        let error = [IndexError::ZeroAmount, IndexError::AmountTooSmall][shares as usize];
        fees.send(&contribute, &["bob"]).refused(error);
    }
}

#[test]
fn the_largest_numbers_there_are_move_nothing() {
    let mut pool = free();
    pool.contribute("bob", INDEX_ONE);
    let index = pool.index();
    let (bob, payer) = (key("bob"), pool.payer());
    let before = index.data;
    let contribute = pool.contribute_ix("bob", u64::MAX);
    pool.send(&contribute, &["bob"])
        .refused(IndexError::Overflow);
    let redeem = pool.redeem_ix("bob", u64::MAX);
    pool.send(&redeem, &["bob"])
        .refused(IndexError::InsufficientShares);
    let args = pool.redeem_args(u64::MAX);
    let to_basket = ix::redeem_to_basket(&index, &bob, 1, args);
    pool.send(&to_basket, &["bob"])
        .refused(IndexError::InsufficientShares);
    let terms = OfferTerms {
        token_shares: u64::MAX,
        index_shares: u64::MAX,
    };
    let offer =
        |terms| ix::offer_membership(&index, &payer, &key("curator"), &token_of("p0"), terms);
    pool.send(&offer(terms), &["curator"])
        .refused(IndexError::InvalidOffer);
    let terms = OfferTerms {
        token_shares: 1,
        ..terms
    };
    pool.send(&offer(terms), &["curator"])
        .refused(IndexError::OfferTooLarge);
    assert!(pool.index().data == before, "nothing moved");

    let open = ix::open_basket(&index.key, &bob, 2, u64::MAX, pool.world.now() + DAY);
    pool.send(&open, &["bob"]).succeeded();
    let deposit = ix::deposit(&index, &bob, 2, vec![(0, u64::MAX)]).unwrap();
    pool.send(&deposit, &["bob"])
        .named_failure("a deposit of everything");
    let finish = ix::finish_basket(&index, &bob, 2, &payer, u64::MAX);
    pool.send(&finish, &[]).refused(IndexError::Overflow);
    // A target beyond all atoms is a refusal of rebalances, never of exits.
    let mut orders = orders(&mut pool, false);
    orders[1].target = u64::MAX;
    draft(&mut pool, &orders);
    let args = seal_args(&mut pool);
    let seal = ix::seal_rebalance(&pool.index(), args);
    pool.send(&seal, &["curator"]).refused(IndexError::Overflow);
    leave(&mut pool, "bob");
    pool.check_books();
}

#[test]
fn when_everybody_leaves_the_locked_shares_stay_and_the_index_can_go_on() {
    let mut pool = free();
    pool.contribute("bob", 33 * INDEX_ONE + 1);
    pool.contribute("carol", 3);
    // Too little to redeem alone.
    let index = pool.index().data;
    let account = |name| ix::share_account(&index, &key(name));
    let give = send_shares(account("carol"), account("bob"), "carol", 3);
    pool.send(&give, &["carol"]).succeeded();
    leave(&mut pool, "curator");
    leave(&mut pool, "bob");
    let index = pool.index().data;
    assert_eq!(index.supply, LOCKED_SHARES);
    assert!(
        index.held().count() == 3,
        "the locked shares still stand for everything"
    );
    pool.check_books();
    let had = wealth(&mut pool, &key("bob"));
    pool.contribute("bob", INDEX_ONE);
    leave(&mut pool, "bob");
    never_more(&mut pool, "bob", &had);
    pool.check_books();
}

#[test]
fn ten_idle_years_cost_ten_yearly_fees_however_often_they_are_counted() {
    let rate = |args: &mut upside_sdk::index::CreateIndexArgs| {
        args.parameters.management_fee_bps = 500;
        args.parameters.entry_fee_bps = 0;
        args.parameters.exit_fee_bps = 0;
    };
    let mut idle = PoolWorld::with(1, rate);
    let mut busy = PoolWorld::with(1, rate);
    let collect = ix::collect_fees(&idle.index());
    idle.world.pass(3_650 * DAY);
    idle.send(&collect, &[]).succeeded();
    assert_eq!(
        idle.shares("treasury"),
        LAUNCHED / 2,
        "ten times five percent"
    );
    for _ in 0..120 {
        busy.world.pass(3_650 * DAY / 120);
        busy.send(&collect, &[]).succeeded();
    }
    let compounded = busy.shares("treasury");
    assert!(compounded > LAUNCHED * 64 / 100 && compounded < LAUNCHED * 65 / 100);
    for pool in [&mut idle, &mut busy] {
        let (shares, before) = (pool.shares("curator"), pool.index().data);
        leave(pool, "curator");
        let (kept, supply) = (pool.index().data.constituents[0].counter, before.supply);
        let part = u128::from(before.constituents[0].counter) * u128::from(supply - shares);
        assert_eq!(u128::from(kept), part.div_ceil(u128::from(supply)));
        pool.check_books();
    }
}

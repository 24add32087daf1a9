//! Indexes of every size: in one transaction where it fits, through baskets above.

use {
    super::support::*,
    solana_program::instruction::Instruction,
    std::collections::BTreeSet,
    upside_sdk::{
        Pubkey,
        index::{
            IndexError, LOCKED_SHARES, MAX_CONSTITUENTS, action::AT_ONCE, instruction as ix, quote,
        },
    },
    upside_tests::{
        engine::Engine,
        pool::{HAS, INDEX_ONE, PoolWorld},
        world::{DAY, ONE},
    },
};

/// Most accounts that a transaction may lock.
const LOCKS: usize = 64;

/// Accounts that a transaction of these instructions locks, with the payer's.
fn locks(payer: &Pubkey, instructions: &[Instruction]) -> usize {
    let mut keys = BTreeSet::from([*payer]);
    for instruction in instructions {
        keys.insert(instruction.program_id);
        keys.extend(instruction.accounts.iter().map(|meta| meta.pubkey));
    }
    keys.len()
}

/// Sends as many of the instructions at once as a transaction can lock accounts for;
/// returns the number of transactions.
fn send_packed(pool: &mut PoolWorld, instructions: Vec<Instruction>, name: &str) -> usize {
    let (payer, wallet) = (pool.payer(), key(name));
    let (mut count, mut batch) = (0, Vec::new());
    let mut rest = instructions.into_iter().peekable();
    while let Some(next) = rest.next() {
        batch.push(next);
        let fits = rest.peek().is_some_and(|next| {
            let with = [batch.as_slice(), std::slice::from_ref(next)].concat();
            // Compute units of a transaction's default budget bind first.
            locks(&payer, &with) <= LOCKS && with.len() <= 4
        });
        if !fits {
            assert!(locks(&payer, &batch) <= LOCKS);
            let signs = |meta: &solana_program::instruction::AccountMeta| {
                meta.is_signer && meta.pubkey == wallet
            };
            let own = batch.iter().any(|one| one.accounts.iter().any(signs));
            let signers: &[&str] = if own { &[name] } else { &[] };
            pool.send_all(&batch, signers).succeeded();
            batch.clear();
            count += 1;
        }
    }
    count
}

/// An index of `count` constituents, the last of them cash, lives: dividends come,
/// somebody contributes and redeems, and has lost nothing but fees and roundings.
fn live(engine: Engine, count: usize) {
    let mut pool = PoolWorld::on(engine, count - 1, |args| {
        args.parameters.entry_fee_bps = 0;
        args.parameters.exit_fee_bps = 0;
    });
    let bob = key("bob");
    for name in pool.people.clone().iter().take(3) {
        pool.pay_revenue(name, 1_000 * ONE);
    }
    pool.world.pass(10 * DAY);
    let due = quote::harvestable(&pool.pool()).unwrap();
    assert_eq!(due.len(), (count - 1).min(3), "everybody who was paid");
    let (_, harvests) = harvests(&pool.pool(), &due);
    send_packed(&mut pool, harvests, "bob");

    let index = pool.index();
    let shares = 10 * INDEX_ONE;
    let quoted = quote::contribution(&pool.pool(), shares).unwrap();
    assert_eq!(quoted.amounts.len(), count);
    let had = wealth(&mut pool, &bob);
    let contribute = pool.contribute_ix("bob", shares);
    let at_once = locks(&pool.payer(), std::slice::from_ref(&contribute)) <= LOCKS;
    assert_eq!(at_once, count <= AT_ONCE, "{count} constituents");
    if at_once {
        pool.send(&contribute, &["bob"]).succeeded();
    } else {
        let deadline = pool.world.now() + 7 * DAY;
        let mut steps = vec![ix::open_basket(&index.key, &bob, 1, shares, deadline)];
        for part in quoted.amounts.chunks(AT_ONCE) {
            steps.push(ix::deposit(&index, &bob, 1, part.to_vec()).unwrap());
        }
        steps.push(ix::finish_basket(&index, &bob, 1, &bob, shares));
        // Resumable after any of them: each is a transaction of its own.
        for step in steps {
            assert!(locks(&pool.payer(), std::slice::from_ref(&step)) <= LOCKS);
            pool.send(&step, &["bob"]).succeeded();
            pool.check_books();
        }
    }
    assert_eq!(pool.shares("bob"), quoted.minted);
    let has = wealth(&mut pool, &bob);
    for (slot, atoms) in &quoted.amounts {
        assert_eq!(has[slot], had[slot] - atoms, "slot {slot}");
    }
    pool.check_books();

    let quoted = quote::redemption(&pool.pool(), shares).unwrap();
    if at_once {
        pool.redeem("bob", shares);
    } else {
        let args = pool.redeem_args(shares);
        let redeem = ix::redeem_to_basket(&index, &bob, 2, args);
        pool.send(&redeem, &["bob"]).succeeded();
        let slots: Vec<u8> = quoted.amounts.iter().map(|(slot, _)| *slot).collect();
        for part in slots.chunks(AT_ONCE) {
            let withdraw = ix::withdraw_basket(&index, &bob, 2, part.to_vec()).unwrap();
            assert!(locks(&pool.payer(), std::slice::from_ref(&withdraw)) <= LOCKS);
            pool.send(&withdraw, &[]).succeeded();
            pool.check_books();
        }
        let close = ix::close_basket(&index.key, &bob, 2);
        pool.send(&close, &[]).succeeded();
    }
    let after = wealth(&mut pool, &bob);
    for (slot, atoms) in &quoted.amounts {
        assert_eq!(after[slot], has[slot] + atoms, "slot {slot}");
        assert!(
            after[slot] <= had[slot] && had[slot] - after[slot] <= 1,
            "slot {slot}"
        );
    }

    let all = pool.shares("curator");
    let args = pool.redeem_args(all);
    let redeem = ix::redeem_to_basket(&index, &key("curator"), 1, args);
    pool.send(&redeem, &["curator"]).succeeded();
    let supply = pool.index().data.supply;
    assert_eq!(supply, LOCKED_SHARES, "all but the locked shares are out");
    pool.check_books();
}

#[test]
fn one_constituent() {
    live(Engine::lite(), 1);
}

#[test]
fn two_constituents() {
    live(Engine::lite(), 2);
}

#[test]
fn ten_constituents() {
    live(Engine::lite(), 10);
}

#[test]
fn eighteen_constituents_fit_one_transaction() {
    live(Engine::lite(), AT_ONCE);
}

#[test]
fn nineteen_constituents_go_through_a_basket() {
    live(Engine::lite(), AT_ONCE + 1);
}

#[test]
fn thirty_constituents() {
    live(Engine::lite(), 30);
}

#[test]
fn sixty_four_constituents() {
    live(Engine::lite(), MAX_CONSTITUENTS);
}

#[test]
fn a_sixty_fifth_constituent_is_refused() {
    let mut pool = PoolWorld::seeding(Engine::lite(), MAX_CONSTITUENTS, |_| {});
    let (payer, quote) = (pool.payer(), pool.world.quote);
    for name in pool.people.clone() {
        let token = upside_tests::pool::token_of(&name);
        let add = ix::add_personal(&pool.index(), &payer, &token);
        pool.send(&add, &["curator"]).succeeded();
    }
    let authority = Some(key("mint authority"));
    let program = upside_sdk::address::TOKEN_PROGRAM;
    let add = ix::add_mint(&pool.index(), &payer, &quote, &program, authority, true);
    pool.send(&add, &["curator"])
        .refused(IndexError::ConstituentListFull);
    assert!(pool.has("p0", "bob") == HAS);
}

#[test]
fn two_constituents_with_all_features() {
    live(Engine::bank(), 2);
}

#[test]
fn ten_constituents_with_all_features() {
    live(Engine::bank(), 10);
}

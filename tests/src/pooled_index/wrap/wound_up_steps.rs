//! The index's shares of persons who were wound up.

use {
    crate::oracle::steps::index::{
        wraps::{people, person_of},
        *,
    },
    crate::oracle::{
        Weighted,
        steps::{claims, endings, ids},
    },
    crate::{
        model::{claim::ClaimKind, grant::GrantState},
        pool::token_of,
        world::ONE,
    },
    upside_sdk::{
        Atoms,
        address::{find_holder, find_receipt},
        state::{Holder, Receipt},
    },
};

pub const STEPS: &[Weighted] = &[(4, redeem_wound_up), (5, collect)];

/// The most that somebody pays of a revenue claim at once.
const AFFORDABLE: u64 = 2_000_000 * ONE;

/// The owner pays all that a revenue claim may ever bring.
fn pays_all(run: &mut Run, person: &str, number: u64) -> Option<Step> {
    let (token, owner) = (run.token(person), run.owner_of(person));
    let (key, wallet) = (token.key, run.key(&owner));
    let it = run.model.claims[&(key, number)].clone();
    let left = it.total - it.received;
    if left > AFFORDABLE || run.now() >= it.ends_at {
        return None;
    }
    if run.model.balance(&wallet, &it.mint) < left {
        run.give(&owner, it.mint, left);
    }
    let claim = claims::account(run, &key, number);
    let pay = token_ix::pay_revenue(&token, &claim, &wallet, Atoms(left)).ok()?;
    let what = format!("{owner} pays all of claim {number} of {person}");
    Some(Step::new(what, pay, &[&owner], move |model| {
        model.pay_revenue(&key, number, &wallet, left)
    }))
}

/// What ends an open claim of a person in wind-down.
fn ending(run: &mut Run, person: &str, number: u64) -> Option<Step> {
    let (token, owner) = (run.token(person), run.owner_of(person));
    let (key, by) = (token.key, run.key(&owner));
    let it = run.model.claims[&(key, number)].clone();
    let (claim, held) = (claims::account(run, &key, number), it.held());
    let listed = run.model.tokens[&key].place_of(&it.mint).is_ok();
    match it.kind {
        ClaimKind::Equity => {
            let list = ids::attesters(run, &key);
            let off = token_ix::write_off_claim(&claim, &by, list.as_ref(), held);
            let off = Step::new("a claim is written off", off, &[&owner], move |model| {
                model.write_off_claim((&key, number), &by, held)
            });
            Some(off)
        }
        ClaimKind::Tokenized if listed => {
            let release = token_ix::release_equity(&token, &claim, held).ok()?;
            let what = "custody goes to the reserve";
            Some(Step::new(what, release, &[&owner], move |model| {
                model.release_equity((&key, number), &by, held)
            }))
        }
        ClaimKind::Tokenized => {
            let open = token_ix::open_estate(&claim, &by);
            Some(Step::new("an estate", open, &[&owner], move |model| {
                model.open_estate(&key, number)
            }))
        }
        ClaimKind::Revenue => pays_all(run, person, number),
    }
}

/// Claims of a person in wind-down end.
fn ends_claims(run: &mut Run, person: &str) -> Option<()> {
    let token = token_of(person);
    let claims = run.model.claims.iter();
    let claims = claims.filter(|((of, _), it)| *of == token && it.is_open() && it.estate == 0);
    let claims: Vec<u64> = claims.map(|((_, number), _)| *number).collect();
    for number in claims {
        let step = ending(run, person, number)?;
        run.send(step).then_some(())?;
    }
    Some(())
}

/// Grants of a person in wind-down earn nothing any more.
fn ends_grants(run: &mut Run, person: &str) {
    let (token, owner) = (run.token(person), run.owner_of(person));
    let (key, by) = (token.key, run.key(&owner));
    let grants = run.model.grants.iter();
    let grants = grants.filter(|((of, _), it)| *of == key && it.state == GrantState::Accepted);
    let grants: Vec<u64> = grants.map(|((_, number), _)| *number).collect();
    for number in grants {
        let (known, grant) = (run.token(person), ids::grant(run, person, number));
        let revoke = token_ix::revoke_grant(&known, &grant, &by);
        let revoke = Step::new("a grant is revoked", revoke, &[&owner], move |model| {
            model.revoke_grant(&key, &by, number)
        });
        run.send(revoke);
    }
}

/// The owner takes an endowment back, and what lies beside the books is booked.
fn ends_endowment(run: &mut Run, person: &str, mint: Pubkey) -> Option<()> {
    let (known, owner) = (run.token(person), run.owner_of(person));
    let (key, by) = (known.key, run.key(&owner));
    let asset = |run: &Run| {
        let it = &run.model.tokens[&key];
        it.place_of(&mint).ok().map(|place| it.assets[place])
    };
    let endowed = asset(run)?.endowment - asset(run)?.locked;
    if endowed > 0 {
        let take = token_ix::withdraw_endowment(&known, &mint, Atoms(endowed)).ok()?;
        let take = Step::new("an endowment is taken", take, &[&owner], move |model| {
            model.withdraw_endowment(&key, &by, &mint, endowed)
        });
        run.send(take).then_some(())?;
    }
    if run.model.balance(&key, &mint) > asset(run)?.booked() {
        let book = token_ix::book_surplus(&known, &by, &mint).ok()?;
        let book = Step::new("a surplus is booked", book, &[&owner], move |model| {
            model.book_surplus(&key, &by, &mint)
        });
        run.send(book);
    }
    Some(())
}

/// The curator adds a mint that the index does not know.
fn knows(run: &mut Run, at: &Pubkey, mint: Pubkey) -> Option<()> {
    let index: Account<PooledIndex> = run.pool.world.get(at);
    if index.data.slot_of(&mint).is_ok() {
        return Some(());
    }
    run.name(&index.data.curator)?;
    let add = crate::pooled_index::constituent::steps::add_mint_to(run, index, mint, false)?;
    run.send(add).then_some(())
}

/// Takes away what may still add to the reserve of a person in wind-down.
fn clears(run: &mut Run, at: &Pubkey, slot: u8, token: &Pubkey) -> Option<()> {
    let person = person_of(run, token)?;
    ends_claims(run, &person);
    ends_grants(run, &person);
    for asset in run.model.tokens[token].assets.clone() {
        ends_endowment(run, &person, asset.mint);
        if asset.reserve > 0 {
            knows(run, at, asset.mint);
        }
    }
    // Whatever streams comes in.
    let streams = run.model.tokens[token].streams.iter();
    let streams = streams.filter(|stream| stream.remaining > 0);
    let end = streams.map(|stream| stream.end).max();
    run.pass_until(end.unwrap_or(0));
    let index: Account<PooledIndex> = run.pool.world.get(at);
    for (mint, atoms) in dividends(&run.model, at, slot) {
        if atoms > 0 {
            let (instruction, rule) = harvest(run, &index, slot, Some(mint));
            run.send(Step::new("a harvest", instruction, &[], rule));
        }
    }
    Some(())
}

fn redeem_wound_up(run: &mut Run) -> Option<Step> {
    let index = any(run);
    let all = people(run, &index);
    let over = all
        .iter()
        .filter(|(_, token)| run.model.tokens[token].wound_up);
    let over: Vec<(u8, Pubkey)> = over.copied().collect();
    let (slot, token) = match run.rng.one(&over) {
        Some(found) => found,
        None if run.rng.percent(20) => {
            let (slot, token) = run.rng.one(&all)?;
            let person = person_of(run, &token)?;
            if run.rng.percent(70) {
                // So much that the index's part is no trifle.
                // Now and then too few for a receipt to be worth one.
                let units = match run.rng.percent(25) {
                    true => run.rng.within(1, ONE),
                    false => run.rng.within(ONE, 10_000 * ONE),
                };
                endings::brings_custody(run, &person, units);
            }
            endings::winds_up(run, &person)?;
            (slot, token)
        }
        None => run.rng.one(&all).filter(|_| run.rng.percent(10))?,
    };
    if run.model.tokens[&token].wound_up && run.rng.percent(90) {
        clears(run, &index.key, slot, &token);
    }
    let index: Account<PooledIndex> = run.pool.world.get(&index.key);
    let custody = find_holder(&token, &index.key).0;
    let holder: Account<Holder> = run.pool.world.get(&custody);
    let (known, payer): (Account<PersonalToken>, Pubkey) =
        (run.pool.world.get(&token), run.pool.payer());
    let redeem = ix::redeem_wound_up(&index, &payer, slot, &known, &holder.data).ok()?;
    let key = index.key;
    let what = format!("the index's shares of slot {slot} are redeemed");
    Some(Step::new(what, redeem, &[], move |model| {
        model.redeem_wound_up(&key, slot)
    }))
}

/// Receipts that indexes have, with the claims of which they have a part.
fn receipts(run: &Run) -> Vec<(Pubkey, Pubkey, u64, u64)> {
    let all = run.model.receipts.iter();
    let all = all.filter(|((_, wallet, _), _)| run.model.indexes.contains_key(wallet));
    let all = all.flat_map(|((token, at, receipt), mine)| {
        let claims = run.model.claims.iter();
        let due = claims.filter(move |((of, _), it)| {
            of == token
                && (1..=mine.estates).contains(&it.estate)
                && !mine.taken.contains(&(it.estate - 1))
        });
        due.map(|((_, number), _)| (*token, *at, *receipt, *number))
    });
    all.collect()
}

fn collect(run: &mut Run) -> Option<Step> {
    let mut all = receipts(run);
    if all.is_empty() && run.rng.percent(50) {
        let redeem = redeem_wound_up(run)?;
        run.send(redeem);
        all = receipts(run);
    }
    let (token, at, receipt, number) = run.rng.one(&all)?;
    let mint = run.model.claims[&(token, number)].mint;
    knows(run, &at, mint)?;
    let claim = claims::account(run, &token, number);
    let mine: Account<Receipt> = run.pool.world.get(&find_receipt(&token, &at, receipt).0);
    let index: Account<PooledIndex> = run.pool.world.get(&at);
    let program = run.model.mints[&mint].program;
    let collect = ix::collect_wound_up(&index, &claim, &mine, &program).ok()?;
    let what = format!("the index's part of claim {number}");
    Some(Step::new(what, collect, &[], move |model| {
        model.collect_wound_up(&at, &token, number, receipt)
    }))
}

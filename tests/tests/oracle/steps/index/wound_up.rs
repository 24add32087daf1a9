//! The index's shares of persons who were wound up.

use {
    super::{
        wraps::{people, person_of},
        *,
    },
    crate::{
        Weighted,
        steps::{claims, endings, ids},
    },
    upside_sdk::{
        Atoms,
        address::{find_claim, find_holder, find_receipt},
        state::{Holder, Receipt},
    },
    upside_tests::model::{claim::ClaimKind, grant::GrantState},
};

pub const STEPS: &[Weighted] = &[(4, redeem_wound_up), (5, collect)];

/// Takes away what may still add to the reserve of a person in wind-down.
fn clears(run: &mut Run, index: &Account<Index>, slot: u8, token: &Pubkey) -> Option<()> {
    let (key, person) = (*token, person_of(run, token)?);
    let owner = run.owner_of(&person);
    let by = run.key(&owner);
    let claims: Vec<(u64, u64, ClaimKind)> = run
        .model
        .claims
        .iter()
        .filter(|((of, _), it)| of == token && it.is_open() && it.estate == 0)
        .map(|((_, number), it)| (*number, it.held(), it.kind))
        .collect();
    for (number, held, kind) in claims {
        let claim = claims::account(run, token, number);
        let step = match kind {
            ClaimKind::Equity => {
                let list = ids::attesters(run, token);
                let off = token_ix::write_off_claim(&claim, &by, list.as_ref(), held);
                Step::new("a claim is written off", off, &[&owner], move |model| {
                    model.write_off_claim((&key, number), &by, held)
                })
            }
            ClaimKind::Tokenized => {
                let open = token_ix::open_estate(&claim, &by);
                Step::new("an estate", open, &[&owner], move |model| {
                    model.open_estate(&key, number)
                })
            }
            ClaimKind::Revenue => return None,
        };
        run.send(step).then_some(())?;
    }
    let grants: Vec<u64> = run
        .model
        .grants
        .iter()
        .filter(|((of, _), it)| of == token && it.state == GrantState::Accepted)
        .map(|((_, number), _)| *number)
        .collect();
    for number in grants {
        let (known, grant) = (run.token(&person), ids::grant(run, &person, number));
        let revoke = token_ix::revoke_grant(&known, &grant, &by);
        let revoke = Step::new("a grant is revoked", revoke, &[&owner], move |model| {
            model.revoke_grant(&key, &by, number)
        });
        run.send(revoke);
    }
    for asset in run.model.tokens[token].assets.clone() {
        let (known, mint) = (run.token(&person), asset.mint);
        let endowed = asset.endowment - asset.locked;
        if endowed > 0 {
            let take = token_ix::withdraw_endowment(&known, &mint, Atoms(endowed)).ok()?;
            let take = Step::new("an endowment is taken", take, &[&owner], move |model| {
                model.withdraw_endowment(&key, &by, &mint, endowed)
            });
            run.send(take).then_some(())?;
        }
        if run.model.balance(token, &mint) > asset.booked() {
            let book = token_ix::book_surplus(&known, &by, &mint).ok()?;
            let book = Step::new("a surplus is booked", book, &[&owner], move |model| {
                model.book_surplus(&key, &by, &mint)
            });
            run.send(book);
        }
    }
    for (mint, atoms) in dividends(&run.model, &index.key, slot) {
        if atoms > 0 {
            let (instruction, rule) = harvest(run, index, slot, Some(mint));
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
    let (slot, token) = match run.dice.one(&over) {
        Some(found) => found,
        None if run.dice.percent(20) => {
            let (slot, token) = run.dice.one(&all)?;
            let person = person_of(run, &token)?;
            endings::winds_up(run, &person)?;
            (slot, token)
        }
        None => run.dice.one(&all).filter(|_| run.dice.percent(10))?,
    };
    if run.model.tokens[&token].wound_up && run.dice.percent(90) {
        clears(run, &index, slot, &token);
    }
    let index: Account<Index> = run.pool.world.get(&index.key);
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

fn collect(run: &mut Run) -> Option<Step> {
    let receipts = run.model.receipts.keys().copied();
    let receipts: Vec<_> = receipts
        .filter(|(_, wallet, _)| run.model.indexes.contains_key(wallet))
        .collect();
    let (token, at, receipt) = run.dice.one(&receipts)?;
    let claims = run.model.claims.iter();
    let claims = claims.filter(|((of, _), it)| *of == token && it.estate > 0);
    let claims: Vec<u64> = claims.map(|((_, number), _)| *number).collect();
    let number = run.dice.one(&claims)?;
    let claim = run.pool.world.get(&find_claim(&token, number).0);
    let mine: Account<Receipt> = run.pool.world.get(&find_receipt(&token, &at, receipt).0);
    let mint = run.model.claims[&(token, number)].mint;
    let index: Account<Index> = run.pool.world.get(&at);
    let known = index.data.slot_of(&mint).is_ok();
    if !known {
        // The curator adds its mint first.
        let add = super::compose::add_mint_to(run, index, mint, false)?;
        run.send(add);
    }
    let index: Account<Index> = run.pool.world.get(&at);
    let program = run.model.mints[&mint].program;
    let collect = ix::collect_wound_up(&index, &claim, &mine, &program).ok()?;
    let what = format!("the index's part of claim {number}");
    Some(Step::new(what, collect, &[], move |model| {
        model.collect_wound_up(&at, &token, number, receipt)
    }))
}

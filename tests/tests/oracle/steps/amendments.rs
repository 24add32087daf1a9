//! Amendments: proposed, voted on, applied, withdrawn, expired.

use {
    super::{holders, ids},
    crate::{
        Weighted,
        run::{Run, Step},
    },
    upside_sdk::{
        Pubkey, instruction as ix,
        state::{Change, TermsArgs},
    },
    upside_tests::{pool::token_of, world::ONE},
};

pub const STEPS: &[Weighted] = &[
    (7, propose),
    (12, approve),
    (3, retract),
    (8, apply),
    (1, withdraw),
    (2, expire),
];

const DAY: u64 = 86_400;

/// An amendment of a token, mostly the open one.
fn any(run: &mut Run, person: &str) -> Option<u64> {
    let token = token_of(person);
    let open = run.model.tokens[&token].open_amendment;
    let made = run.model.tokens[&token].amendments;
    if run.dice.percent(4) {
        return Some(run.dice.below(made + 1));
    }
    open.checked_sub(1)
}

/// A number near another one, sometimes the same.
fn near(run: &mut Run, value: u64, most: u64) -> u64 {
    match run.dice.below(20) {
        0 => value,
        1 | 2 => most,
        3 => most + 1,
        4 => 0,
        _ => run.dice.within(value / 2, (value + most) / 2),
    }
}

fn revenue_terms(run: &mut Run, token: &Pubkey) -> Option<Change> {
    let there = run.model.claims.keys();
    let there = there.filter(|(whose, _)| whose == token);
    let there = there.map(|(_, number)| *number).collect();
    let made = run.model.tokens[token].claims;
    let claim = ids::number(run, there, made)?;
    let known = run.model.claims.get(&(*token, claim));
    let (total, ends_at, share_bps) = known.map_or((ONE, 0, 100), |claim| {
        (claim.total, claim.ends_at, claim.share_bps)
    });
    let received = known.map_or(0, |claim| claim.received);
    Some(match run.dice.below(6) {
        0 => Change::RevenueTerms {
            claim,
            share_bps,
            total,
            ends_at,
        },
        _ => Change::RevenueTerms {
            claim,
            share_bps: near(run, share_bps.into(), 10_000) as u16,
            total: received + run.dice.amount(1_000 * ONE),
            ends_at: ids::ahead(run, 1_000 * DAY as i64),
        },
    })
}

fn change(run: &mut Run, token: &Pubkey) -> Option<Change> {
    let it = &run.model.tokens[token];
    let terms: TermsArgs = it.terms;
    let supply = it.supply;
    let bps = |run: &mut Run, value: u16, most| near(run, value.into(), most) as u16;
    let seconds = |run: &mut Run, value: u32, most| near(run, value.into(), most) as u32;
    Some(match run.dice.below(11) {
        0 => Change::SupplyCap(match run.dice.below(4) {
            0 => supply,
            1 => supply.saturating_sub(1),
            2 => u64::MAX,
            _ => supply + run.dice.amount(5_000_000 * ONE),
        }),
        1 => Change::Floor(run.dice.amount(2_000 * ONE)),
        2 => Change::CashOutTax(bps(run, terms.cash_out_tax_bps, 10_000)),
        3 => Change::Royalty(bps(run, terms.royalty_bps, 5_000)),
        4 => Change::ReserveShare(bps(run, terms.reserve_bps, 10_000)),
        5 => Change::Drip(seconds(run, terms.drip_seconds, 30 * DAY)),
        6 => revenue_terms(run, token)?,
        7 => Change::Threshold(match run.dice.below(4) {
            0 => 5_000,
            1 => 10_001,
            2 => 5_001,
            _ => run.dice.within(5_001, 10_000) as u16,
        }),
        8 => Change::Notice(match run.dice.below(4) {
            0 => (DAY - 1) as u32,
            1 => (90 * DAY + 1) as u32,
            _ => run.dice.within(DAY, 4 * DAY) as u32,
        }),
        9 => Change::Inactivity(match run.dice.below(4) {
            0 => (90 * DAY - 1) as u32,
            _ => run.dice.within(90 * DAY, 200 * DAY) as u32,
        }),
        _ if run.dice.percent(15) => Change::Dissolve,
        _ => revenue_terms(run, token)?,
    })
}

fn propose(run: &mut Run) -> Option<Step> {
    let person = run.somebody();
    let owner = run.owner_of(&person);
    let by = run.mostly(&owner);
    let token = ids::token_as(run, &person, &by);
    if token.data.open_amendment != 0 && run.dice.percent(80) {
        return None;
    }
    let change = change(run, &token.key)?;
    let document = [run.dice.below(4) as u8; 32];
    let expires_in = match run.dice.below(20) {
        0 => DAY - 1,
        1 => 90 * DAY + 1,
        2 => 90 * DAY,
        3 => DAY,
        _ => run.dice.within(DAY, 10 * DAY),
    };
    let expires_in = expires_in as u32;
    let payer = run.pool.payer();
    let propose = ix::propose_amendment(&token, &payer, change, document, expires_in);
    let what = format!("{by} proposes for {person}: {change:?} in {expires_in}");
    Some(Step::new(what, propose, &[&by], move |model| {
        let owner = token.data.owner;
        model.propose_amendment(&token.key, &owner, &change, document, expires_in)
    }))
}

fn approve(run: &mut Run) -> Option<Step> {
    ballot(run, true)
}

fn retract(run: &mut Run) -> Option<Step> {
    ballot(run, false)
}

fn ballot(run: &mut Run, approves: bool) -> Option<Step> {
    let person = run.somebody();
    let number = any(run, &person)?;
    let amendment = ids::amendment(run, &person, number);
    let token = token_of(&person);
    let known = run.model.amendments.get(&(token, number));
    let over = known.is_some_and(|known| known.expires_at < run.now());
    if over && run.dice.percent(85) {
        return None;
    }
    // Mostly somebody who can: retracts, or votes and has not approved.
    let wallets = run.model.holders_of(&token);
    let wallets: Vec<_> = wallets
        .filter(|(_, holder)| {
            let approved = holder.ballot == number + 1;
            holder.voting && holder.shares > 0 && approved != approves
        })
        .filter_map(|(wallet, _)| run.name(wallet))
        .collect();
    let by = match run.dice.percent(85) {
        true => run.dice.one(&wallets)?,
        false => holders::holder_of(run, &person),
    };
    let key = run.key(&by);
    let (send, verb) = match approves {
        true => (ix::approve_amendment(&amendment, &key), "approves"),
        false => (ix::retract_approval(&amendment, &key), "retracts"),
    };
    let what = format!("{by} {verb} amendment {number} of {person}");
    Some(Step::new(what, send, &[&by], move |model| {
        model.ballot(&token, &key, number, approves)
    }))
}

fn apply(run: &mut Run) -> Option<Step> {
    let person = run.somebody();
    let number = any(run, &person)?;
    let amendment = ids::amendment(run, &person, number);
    let token = run.token(&person);
    let known = run.model.amendments.get(&(token.key, number)).copied();
    let tally = run.model.tally(&token.key);
    let few = tally.approving <= (tally.distribute + tally.reinvest) / 2;
    if few && run.dice.percent(80) {
        return None;
    }
    if let Some(known) = known {
        let when = match run.dice.below(12) {
            0 => 0,
            1 => known.effective_at - 1,
            2 => known.expires_at,
            3 => known.expires_at + 1,
            _ => known.effective_at,
        };
        if when < run.now() + 20 * DAY as i64 {
            run.pass_until(when);
        }
    }
    let by = match run.dice.percent(30) {
        true => run.owner_of(&person),
        false => run.anybody(),
    };
    let key = run.key(&by);
    let apply = ix::apply_amendment(&token, &amendment, &key);
    let what = format!("{by} applies amendment {number} of {person}");
    Some(Step::new(what, apply, &[&by], move |model| {
        model.apply_amendment(&token.key, &key, number)
    }))
}

fn withdraw(run: &mut Run) -> Option<Step> {
    let person = run.somebody();
    let number = any(run, &person)?;
    let amendment = ids::amendment(run, &person, number);
    let owner = run.owner_of(&person);
    let by = run.mostly(&owner);
    let (token, key) = (token_of(&person), run.key(&by));
    let withdraw = ix::withdraw_amendment(&amendment, &key);
    let what = format!("{by} withdraws amendment {number} of {person}");
    Some(Step::new(what, withdraw, &[&by], move |model| {
        model.withdraw_amendment(&token, &key, number)
    }))
}

fn expire(run: &mut Run) -> Option<Step> {
    let person = run.somebody();
    let number = any(run, &person)?;
    let amendment = ids::amendment(run, &person, number);
    let token = token_of(&person);
    let known = run.model.amendments.get(&(token, number)).copied();
    if let Some(known) = known.filter(|known| known.applied_at.is_none()) {
        let late = i64::from(run.dice.percent(80));
        run.pass_until(known.expires_at + late);
    }
    let by = run.anybody();
    let key = run.key(&by);
    let expire = ix::expire_amendment(&amendment, &key);
    let what = format!("{by} expires amendment {number} of {person}");
    Some(Step::new(what, expire, &[&by], move |model| {
        model.expire_amendment(&token, number)
    }))
}

//! Polls: put, answered, applied, cancelled, closed.

use {
    crate::oracle::steps::{holders, ids},
    crate::oracle::{
        Weighted,
        run::{Run, Step},
    },
    crate::{
        model::{claim::ClaimKind, poll::Poll},
        pool::token_of,
        world::ONE,
    },
    solana_program::instruction::Instruction,
    upside_sdk::{
        Pubkey,
        address::find_claim,
        instruction as ix,
        state::{Answer, Change, TermsInput},
    },
};

pub const STEPS: &[Weighted] = &[(8, put), (14, answer), (9, apply), (1, cancel), (3, close)];

const DAY: u64 = 86_400;

/// A poll of a token, mostly an open one.
fn any(run: &mut Run, person: &str) -> Option<u64> {
    let token = token_of(person);
    let it = &run.model.tokens[&token];
    let (put, open) = (it.polls_put, it.open_polls);
    if run.rng.percent(4) {
        return Some(run.rng.below(put + 1));
    }
    let open: Vec<_> = open.into_iter().flatten().collect();
    run.rng.one(&open)
}

/// A number near another one, sometimes the same.
fn near(run: &mut Run, value: u64, most: u64) -> u64 {
    match run.rng.below(20) {
        0 => value,
        1 | 2 => most,
        3 => most + 1,
        4 => 0,
        _ => run.rng.within(value / 2, (value + most) / 2),
    }
}

fn claim(run: &mut Run, token: &Pubkey) -> Option<u64> {
    let there = run.model.claims.keys();
    let there = there.filter(|(whose, _)| whose == token);
    let there = there.map(|(_, number)| *number).collect();
    let made = run.model.tokens[token].claims;
    ids::number(run, there, made)
}

fn revenue_terms(run: &mut Run, token: &Pubkey) -> Option<Change> {
    let claim = claim(run, token)?;
    let known = run.model.claims.get(&(*token, claim));
    let (total, ends_at, share_bps) = known.map_or((ONE, 0, 100), |claim| {
        (claim.total, claim.ends_at, claim.share_bps)
    });
    let received = known.map_or(0, |claim| claim.received);
    Some(match run.rng.below(6) {
        0 => Change::RevenueTerms {
            claim,
            share_bps,
            total,
            ends_at,
        },
        _ => Change::RevenueTerms {
            claim,
            share_bps: near(run, share_bps.into(), 10_000) as u16,
            total: received + run.rng.amount(1_000 * ONE),
            ends_at: ids::ahead(run, 1_000 * DAY as i64),
        },
    })
}

/// An attester of the token, or anybody.
fn attester(run: &mut Run, token: &Pubkey) -> Pubkey {
    let list = run.model.attesters.get(token);
    let keys = list.map(|list| list.seats.iter().flatten().map(|seat| seat.key).collect());
    let keys: Vec<_> = keys.unwrap_or_default();
    match run.rng.one(&keys) {
        Some(key) if run.rng.percent(50) => key,
        _ => {
            let name = run.anybody();
            run.key(&name)
        }
    }
}

/// An auction of custody, near what fresh attesters say if any does.
fn auction(run: &mut Run, token: &Pubkey) -> Option<Change> {
    let claims = run.model.claims.iter();
    let custody = claims.filter(|((whose, _), claim)| whose == token && claim.held() > 0);
    let custody: Vec<_> = custody
        .filter(|(_, claim)| claim.kind == ClaimKind::Tokenized)
        .map(|((_, number), _)| *number)
        .collect();
    let claim = match run.rng.one(&custody) {
        Some(number) if run.rng.percent(92) => number,
        _ => claim(run, token)?,
    };
    let held = run.model.claims.get(&(*token, claim));
    let held = held.map_or(ONE, |claim| claim.held());
    let units = run.rng.rash(held);
    let said = run.model.highest_fresh(token, claim, units).ok();
    let value = match said.flatten() {
        Some(highest) => match run.rng.below(4) {
            0 => highest.saturating_sub(1),
            1 => highest,
            _ => highest.saturating_add(run.rng.amount(500 * ONE)),
        },
        None => run.rng.amount(1_000 * ONE),
    };
    Some(Change::Auction {
        claim,
        units,
        value: match run.rng.below(30) {
            0 => u64::MAX / 2 + 1,
            _ => value,
        },
        seconds: match run.rng.below(20) {
            0 => 604_799,
            1 => 90 * 86_400 + 1,
            2 => 90 * 86_400,
            _ => 604_800,
        },
    })
}

/// A call that weighs what attesters said on a claim, if its change announces an auction.
pub fn proven(run: &Run, token: &Pubkey, change: &Change, call: Instruction) -> Instruction {
    match (change, change.claim()) {
        (Change::Auction { .. }, Some(claim)) => {
            let list = ids::attesters(run, token);
            ix::with_evidence(call, &find_claim(token, claim).0, list.as_ref())
        }
        _ => call,
    }
}

fn change(run: &mut Run, token: &Pubkey) -> Option<Change> {
    let it = &run.model.tokens[token];
    let terms: TermsInput = it.terms;
    let (supply, wound_up, assets) = (it.supply, it.wound_up, it.assets.len() as u64);
    let bps = |run: &mut Run, value: u16, most| near(run, value.into(), most) as u16;
    let seconds = |run: &mut Run, value: u32, most| near(run, value.into(), most) as u32;
    Some(match run.rng.below(24) {
        0 => Change::SupplyCap(match run.rng.below(5) {
            0 => supply,
            1 => supply.saturating_sub(1),
            2 => u64::MAX,
            _ => terms
                .supply_cap
                .saturating_add(run.rng.amount(5_000_000 * ONE)),
        }),
        1 => Change::Room(bps(run, terms.room_bps, 10_000)),
        2 | 3 => Change::CashOutTax(bps(run, terms.cash_out_tax_bps, 10_000)),
        4 => Change::Royalty(bps(run, terms.royalty_bps, 5_000)),
        5 => Change::ReserveShare(bps(run, terms.reserve_bps, 10_000)),
        6 => Change::Drip(seconds(run, terms.drip_seconds, 30 * DAY)),
        7 | 8 => revenue_terms(run, token)?,
        9 => Change::RevenueEnd(claim(run, token)?),
        10 => Change::AcceptAttester(attester(run, token)),
        11 => Change::RemoveAttester(attester(run, token)),
        12 => Change::Exempt(run.rng.below(3) as u8),
        13 => Change::Threshold(match run.rng.below(4) {
            0 => 5_000,
            1 => 10_001,
            2 => 5_001,
            _ => run.rng.within(5_001, 10_000) as u16,
        }),
        14 => Change::Notice(match run.rng.below(4) {
            0 => (DAY - 1) as u32,
            1 => (90 * DAY + 1) as u32,
            _ => run.rng.within(DAY, 4 * DAY) as u32,
        }),
        15 => Change::Inactivity(match run.rng.below(4) {
            0 => (90 * DAY - 1) as u32,
            _ => run.rng.within(90 * DAY, 200 * DAY) as u32,
        }),
        16 => Change::LossLimit(run.rng.amount(2_000 * ONE)),
        17 => Change::Floor(near(run, terms.floor, 1_000 * ONE)),
        18 => match run.rng.percent(60) {
            true => Change::DisputeClaim(claim(run, token)?),
            false => Change::ResolveClaim(claim(run, token)?),
        },
        19 | 20 => auction(run, token)?,
        21 | 22 => Change::BookSurplus(run.rng.below(assets + 1) as u8),
        _ if wound_up || run.rng.percent(10) => Change::Dissolve,
        _ => revenue_terms(run, token)?,
    })
}

fn put(run: &mut Run) -> Option<Step> {
    let person = run.somebody();
    let token = run.token(&person);
    let change = change(run, &token.key)?;
    // What owners relax alone, holders ask for.
    let by = match run.rng.percent(55) {
        true => run.owner_of(&person),
        false => holders::holder_of(run, &person),
    };
    let key = run.key(&by);
    let document = [run.rng.below(4) as u8; 32];
    let payer = run.pool.payer();
    let put = ix::put_poll(&token, &payer, &key, change, document);
    let put = proven(run, &token.key, &change, put);
    let what = format!("{by} puts a poll of {person}: {change:?}");
    Some(Step::new(what, put, &[&by], move |model| {
        model.put_poll(&token.key, &key, &change, document)
    }))
}

fn answer(run: &mut Run) -> Option<Step> {
    let person = run.somebody();
    let number = any(run, &person)?;
    let poll = ids::poll(run, &person, number);
    let token = token_of(&person);
    let known = run.model.polls.get(&(token, number)).copied();
    let over = known.is_some_and(|known| known.lapses_at < run.now());
    if over && run.rng.percent(85) {
        return None;
    }
    let answer = match run.rng.below(10) {
        0 => Answer::Withdraw,
        1 => Answer::Against,
        _ => Answer::For,
    };
    // Mostly somebody who can.
    let owners = [
        known.map(|known| known.owner),
        Some(run.model.tokens[&token].owner),
    ];
    let wallets = run.model.holders_of(&token);
    let wallets: Vec<_> = wallets
        .filter(|(wallet, holder)| holder.shares > 0 && !owners.contains(&Some(**wallet)))
        .filter_map(|(wallet, _)| run.name(wallet))
        .collect();
    let by = match run.rng.percent(90) {
        true => run.rng.one(&wallets)?,
        false => holders::holder_of(run, &person),
    };
    let key = run.key(&by);
    let send = ix::answer_poll(&poll, &key, answer);
    let what = format!("{by} answers poll {number} of {person}: {answer:?}");
    Some(Step::new(what, send, &[&by], move |model| {
        model.answer_poll(&token, &key, number, answer)
    }))
}

/// When something may become of a poll.
fn due(run: &mut Run, poll: &Poll) -> i64 {
    let notice = i64::from(poll.notice);
    match run.rng.below(12) {
        0 => 0,
        1 => poll.passed_at + notice - 1,
        2 => poll.lapses_at,
        3 => poll.lapses_at + 1,
        _ if poll.passed_at == 0 => 0,
        _ => poll.passed_at + notice,
    }
}

fn apply(run: &mut Run) -> Option<Step> {
    let person = run.somebody();
    let number = any(run, &person)?;
    let poll = ids::poll(run, &person, number);
    let token = token_of(&person);
    let known = run.model.polls.get(&(token, number)).copied();
    if let Some(known) = known {
        let (yes, _) = run.model.counted(&token, number);
        if yes <= known.eligible / 2 && run.rng.percent(80) {
            return None;
        }
        let when = due(run, &known);
        if when < run.now() + 20 * DAY as i64 {
            run.pass_until(when);
        }
    }
    let by = match run.rng.percent(30) {
        true => run.owner_of(&person),
        false => run.anybody(),
    };
    let key = run.key(&by);
    let apply = ix::apply_poll(&poll, &key);
    let apply = match known {
        Some(known) => proven(run, &token, &known.change, apply),
        None => apply,
    };
    let what = format!("{by} applies poll {number} of {person}");
    Some(Step::new(what, apply, &[&by], move |model| {
        model.apply_poll(&token, &key, number)
    }))
}

fn cancel(run: &mut Run) -> Option<Step> {
    let person = run.somebody();
    let number = any(run, &person)?;
    let poll = ids::poll(run, &person, number);
    let token = token_of(&person);
    let known = run.model.polls.get(&(token, number)).copied();
    let by = known.and_then(|known| run.name(&known.put_by));
    let by = match by {
        Some(by) => run.mostly(&by),
        None => run.anybody(),
    };
    let key = run.key(&by);
    let cancel = ix::cancel_poll(&poll, &key);
    let what = format!("{by} cancels poll {number} of {person}");
    Some(Step::new(what, cancel, &[&by], move |model| {
        model.cancel_poll(&token, &key, number)
    }))
}

fn close(run: &mut Run) -> Option<Step> {
    let person = run.somebody();
    let token = token_of(&person);
    let kept = run.model.polls.keys().filter(|(of, _)| *of == token);
    let kept: Vec<_> = kept.map(|(_, number)| *number).collect();
    let number = match run.rng.one(&kept) {
        Some(number) if run.rng.percent(96) => number,
        _ => any(run, &person)?,
    };
    let poll = ids::poll(run, &person, number);
    let known = run.model.polls.get(&(token, number)).copied();
    let open = run.model.tokens[&token].open_polls.contains(&Some(number));
    if let Some(known) = known.filter(|_| open) {
        if run.rng.percent(70) {
            return None;
        }
        let late = i64::from(run.rng.percent(80));
        run.pass_until(known.lapses_at + late);
    }
    let by = run.anybody();
    let key = run.key(&by);
    let close = ix::close_poll(&poll, &key);
    let what = format!("{by} closes poll {number} of {person}");
    Some(Step::new(what, close, &[&by], move |model| {
        model.close_poll(&token, &key, number)
    }))
}

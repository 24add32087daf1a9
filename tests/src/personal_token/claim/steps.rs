//! Claims: what is declared, paid and reported, and what becomes of it without money.

use {
    crate::oracle::steps::money::listed,
    crate::oracle::{
        Weighted,
        run::{Run, Step, resigned},
    },
    crate::{
        model::claim::{self, ClaimKind},
        pool::token_of,
        world::{DAY, ONE},
    },
    upside_sdk::{
        Atoms, Pubkey,
        address::{TOKEN_PROGRAM, find_claim},
        instruction as ix,
        state::{Account, Claim, ClaimTerms, RevenueReport, Transformation},
    },
};

pub const STEPS: &[Weighted] = &[
    (6, declare),
    (10, pay_revenue),
    (3, report),
    (2, transform),
    (2, write_off),
    (3, close),
];

/// A claim: whose, the token, its number.
pub type Found = (String, Pubkey, u64);

/// A claim, mostly one that fits.
pub fn found(run: &mut Run, fits: impl Fn(&claim::Claim) -> bool) -> Option<Found> {
    let all: Vec<_> = run
        .model
        .claims
        .iter()
        .map(|(place, claim)| (*place, fits(claim)))
        .collect();
    let fitting: Vec<_> = all.iter().filter(|(_, fits)| *fits).copied().collect();
    let chosen = if run.rng.percent(6) { all } else { fitting };
    let ((token, number), _) = run.rng.one(&chosen)?;
    Some((run.name(&run.model.tokens[&token].creator)?, token, number))
}

/// A claim's account.
pub fn account(run: &mut Run, token: &Pubkey, number: u64) -> Account<Claim> {
    run.pool.world.get(&find_claim(token, number).0)
}

fn document(run: &mut Run) -> [u8; 32] {
    [run.rng.below(3) as u8; 32]
}

fn declare(run: &mut Run) -> Option<Step> {
    let person = run.somebody();
    let bad = run.rng.percent(10);
    let name = if bad && run.rng.percent(30) {
        String::new()
    } else {
        "A right".into()
    };
    let (uri, document) = ("https://example.org/right.pdf".to_string(), document(run));
    let terms = match run.rng.below(4) {
        0 => ClaimTerms::TokenizedEquity {
            name,
            uri,
            document,
        },
        1 => ClaimTerms::Equity {
            name,
            unit_label: if bad && run.rng.percent(30) {
                "x".repeat(17)
            } else {
                "shares".into()
            },
            decimals: if bad { 10 } else { run.rng.below(10) as u8 },
            units: if bad { 0 } else { run.rng.amount(1_000_000) },
            cost: run.rng.amount(2_000 * ONE),
            value: run.rng.amount(9_000 * ONE),
            uri,
            document,
        },
        _ => ClaimTerms::RevenueShare {
            name,
            share_bps: if bad {
                10_001
            } else {
                run.rng.within(1, 10_000) as u16
            },
            payer: run.key("carol"),
            mint: if run.rng.percent(5) {
                run.key("m1")
            } else {
                listed(run, &person)
            },
            total: if run.rng.percent(20) {
                run.rng.amount(2_000 * ONE)
            } else {
                u64::MAX
            },
            ends_at: match run.rng.percent(3) {
                true => run.now() * 1_000,
                false => run.now() + run.rng.below(300 * DAY as u64) as i64,
            },
            uri,
            document,
        },
    };
    let owner = run.owner_of(&person);
    let signer = run.mostly(&owner);
    let (token, payer, by) = (run.token(&person), run.pool.payer(), run.key(&signer));
    let declare = ix::declare_claim(&token, &payer, terms.clone());
    let declare = resigned(declare, &token.data.owner, &by);
    let what = format!("{signer} declares for {person}: {terms:?}");
    Some(Step::new(what, declare, &[&signer], move |model| {
        model.declare_claim(&token.key, &by, &terms)
    }))
}

fn pay_revenue(run: &mut Run) -> Option<Step> {
    let now = run.now();
    let late = run.rng.percent(10);
    let revenue = |it: &claim::Claim| {
        let pays = now < it.ends_at || (late && it.due > it.received);
        it.kind == ClaimKind::Revenue && it.is_open() && pays
    };
    let (person, key, number) = found(run, revenue)?;
    let state = run.model.claims[&(key, number)].clone();
    let (token, claim, payer) = (
        run.token(&person),
        account(run, &key, number),
        run.anybody(),
    );
    let wallet = run.key(&payer);
    let has = run.model.balance(&wallet, &state.mint);
    let most = if run.rng.percent(20) {
        has
    } else {
        20_000 * ONE
    };
    let most_due = if now < state.ends_at {
        state.total
    } else {
        state.due
    };
    let left = most_due.saturating_sub(state.received);
    let amount = run.rng.rash(left.min(most));
    let pay = ix::pay_revenue(&token, &claim, &wallet, Atoms(amount)).ok()?;
    let what = format!("{payer} pays {amount} on claim {number} of {person}");
    Some(Step::new(what, pay, &[&payer], move |model| {
        model.pay_revenue(&key, number, &wallet, amount)
    }))
}

fn report(run: &mut Run) -> Option<Step> {
    let (person, key, number) = found(run, |it| it.kind == ClaimKind::Revenue && it.is_open())?;
    let owner = run.owner_of(&person);
    let right = if run.rng.percent(50) {
        owner
    } else {
        "carol".to_string()
    };
    let signer = run.mostly(&right);
    let (by, account) = (run.key(&signer), account(run, &key, number));
    let state = run.model.claims[&(key, number)].clone();
    let last = state.reported_period;
    let next = match last {
        0 => claim::month_of(state.declared_at),
        _ if last % 100 == 12 => (last / 100 + 1, 1),
        _ => (last / 100, last % 100 + 1),
    };
    let period = match run.rng.below(20) {
        0 => 202_613,
        1 => claim::number_of(next) + 1,
        2 | 3 if last > 0 => last,
        _ => claim::number_of(next),
    };
    // Mostly when the month is over.
    let over = if next.1 == 12 {
        (next.0 + 1, 1)
    } else {
        (next.0, next.1 + 1)
    };
    if run.rng.percent(60) {
        run.pass_mostly_until(claim::start_of(over));
    }
    let report = RevenueReport {
        period: period as u32,
        gross: run.rng.rash(10_000 * ONE),
        evidence: document(run),
    };
    let report_ix = ix::report_revenue(&account, &by, report);
    let what = format!("{signer} reports on claim {number} of {person}: {report:?}");
    Some(Step::new(what, report_ix, &[&signer], move |model| {
        model.report_revenue((&key, number), &by, &report)
    }))
}

fn transform(run: &mut Run) -> Option<Step> {
    let (person, key, number) = found(run, |it| it.kind == ClaimKind::Equity && it.is_open())?;
    let owner = run.owner_of(&person);
    let signer = run.mostly(&owner);
    let (by, claim) = (run.key(&signer), account(run, &key, number));
    let into = Transformation {
        units: if run.rng.percent(5) {
            0
        } else {
            run.rng.amount(1_000_000)
        },
        decimals: run.rng.below(10) as u8,
        value: run.rng.amount(9_000 * ONE),
        name: if run.rng.percent(5) {
            " ".into()
        } else {
            "Another right".into()
        },
        unit_label: "units".into(),
        uri: String::new(),
        document: document(run),
    };
    let transform = ix::transform_claim(&claim, &by, into.clone());
    let what = format!("{signer} transforms claim {number} of {person}: {into:?}");
    Some(Step::new(what, transform, &[&signer], move |model| {
        model.transform_claim((&key, number), &by, &into)
    }))
}

fn write_off(run: &mut Run) -> Option<Step> {
    let (person, key, number) = found(run, |it| it.kind == ClaimKind::Equity && it.is_open())?;
    let held = run.model.claims[&(key, number)].held();
    let signer = run.manager_of(&person);
    let (by, units) = (run.key(&signer), run.rng.rash(held));
    let claim = account(run, &key, number);
    let list = crate::oracle::steps::ids::attesters(run, &key);
    let off = ix::write_off_claim(&claim, &by, list.as_ref(), units);
    let what = format!("{signer} writes {units} off claim {number} of {person}");
    Some(Step::new(what, off, &[&signer], move |model| {
        model.write_off_claim((&key, number), &by, units)
    }))
}

fn close(run: &mut Run) -> Option<Step> {
    let ended = run.rng.percent(15);
    let now = run.now();
    let (person, key, number) = found(run, |it| {
        let out = it.kind == ClaimKind::Revenue && now >= it.ends_at;
        !it.is_open() || (ended && out)
    })?;
    let signer = run.manager_of(&person);
    let (by, claim) = (run.key(&signer), account(run, &key, number));
    let mint = run.model.mints.get(&claim.data.mint);
    let program = mint.map_or(TOKEN_PROGRAM, |mint| mint.program);
    let owner = run.model.tokens[&key].owner;
    let left = run.rng.percent(80).then_some(&owner);
    let close = ix::close_claim_of(&claim, &by, &program, left);
    debug_assert_eq!(claim.data.token, token_of(&person));
    let what = format!("{signer} closes claim {number} of {person}");
    let left = left.is_some();
    Some(Step::new(what, close, &[&signer], move |model| {
        model.close_claim((&key, number), &by, left)
    }))
}

//! Rounds from their opening to the last contribution.

use {
    crate::oracle::steps::holders::holder_of,
    crate::oracle::{
        Weighted,
        run::{Run, Step, resigned},
    },
    crate::{
        model::round::{self, RoundStatus},
        world::{DAY, NEVER, ONE},
    },
    upside_sdk::{
        Pubkey,
        address::{find_contribution, find_round},
        instruction as ix,
        state::{
            Account, ContributeArgs, Contribution, PersonalToken, Round, RoundTerms, StageTerms,
        },
    },
};

pub const STEPS: &[Weighted] = &[
    (5, open),
    (18, contribute),
    (3, leave),
    (2, extend),
    (2, cancel),
    (8, close),
    (8, claim),
    (6, refund),
    (5, settle),
];

/// A round: whose, the token, its number.
type Found = (String, Pubkey, u64);

fn terms(run: &mut Run) -> RoundTerms {
    let mut stages = [StageTerms::default(); 4];
    let used = run.rng.within(1, 4) as usize;
    // Mostly at least what the reserve holds of each share, and dearer stage by stage.
    let mut price = if run.rng.percent(80) { ONE } else { 0 };
    for stage in stages.iter_mut().take(used) {
        price += run.rng.amount(ONE).max(1);
        *stage = StageTerms {
            shares: run.rng.amount(20_000 * ONE),
            price,
        };
    }
    if run.rng.percent(5) {
        stages[..used].reverse();
    }
    let all: u128 = stages
        .iter()
        .map(|it| u128::from(it.shares) * u128::from(it.price))
        .sum();
    let most = u64::try_from(all / u128::from(ONE)).unwrap_or(u64::MAX);
    let dearest = stages.iter().map(|stage| stage.price).max().unwrap_or(0);
    let least = dearest.div_ceil(ONE).max(1);
    let min_contribution = if run.rng.percent(50) {
        least
    } else {
        run.rng.within(least, least * 3)
    };
    let now = run.now();
    let mut terms = RoundTerms {
        stages,
        min_raise: if run.rng.percent(60) {
            run.rng.amount(most / 2)
        } else {
            0
        },
        backer_cap: if run.rng.percent(30) {
            run.rng.amount(most).max(min_contribution)
        } else {
            u64::MAX
        },
        min_contribution,
        opens_at: now - run.rng.below(10) as i64 + if run.rng.percent(10) { 3_600 } else { 0 },
        closes_at: now + 7_200 + run.rng.below(4 * DAY as u64) as i64,
        reserve_bps: run.rng.below(10_001) as u16,
        most_part_bps: 10_000 - run.rng.below(5_000) as u16,
        by_approval: run.rng.percent(20),
    };
    if run.rng.percent(10) {
        match run.rng.below(9) {
            0 => terms.closes_at = terms.opens_at,
            1 => terms.stages[0].shares = 0,
            2 => terms.stages[0].price = 0,
            3 => terms.min_raise = most.saturating_add(1),
            4 => terms.reserve_bps = 10_001,
            5 => terms.backer_cap = min_contribution - 1,
            6 => terms.most_part_bps = 0,
            7 => terms.closes_at = now + 366 * DAY,
            _ => terms.stages[0].shares = u64::MAX,
        }
    }
    terms
}

fn open(run: &mut Run) -> Option<Step> {
    let person = run.somebody();
    let terms = terms(run);
    let owner = run.owner_of(&person);
    let signer = run.mostly(&owner);
    let (token, payer, by) = (run.token(&person), run.pool.payer(), run.key(&signer));
    let open = resigned(
        ix::open_round(&token, &payer, terms),
        &token.data.owner,
        &by,
    );
    let what = format!("{signer} opens a round of {person}: {terms:?}");
    Some(Step::new(what, open, &[&signer], move |model| {
        model.open_round(&token.key, &by, &terms)
    }))
}

/// A round, mostly one that fits.
fn found(run: &mut Run, fits: impl Fn(&round::Round) -> bool) -> Option<Found> {
    let all: Vec<_> = run
        .model
        .rounds
        .iter()
        .map(|(place, round)| (*place, fits(round)))
        .collect();
    let fitting: Vec<_> = all.iter().filter(|(_, fits)| *fits).copied().collect();
    let chosen = if run.rng.percent(6) { all } else { fitting };
    let ((token, number), _) = run.rng.one(&chosen)?;
    Some((run.name(&run.model.tokens[&token].creator)?, token, number))
}

fn account(run: &mut Run, token: &Pubkey, number: u64) -> Account<Round> {
    run.pool.world.get(&find_round(token, number).0)
}

fn contribute(run: &mut Run) -> Option<Step> {
    let now = run.now();
    let (person, key, number) = found(run, |round| {
        round.status == RoundStatus::Open && now < round.terms.closes_at
    })?;
    let state = run.model.rounds[&(key, number)];
    if run.rng.percent(80) && state.status == RoundStatus::Open {
        run.pass_until(state.terms.opens_at);
    }
    let name = holder_of(run, &person);
    let (token, backer) = (run.token(&person), run.key(&name));
    let mut round = account(run, &key, number);
    if run.rng.percent(3) {
        round.data.min_raise = u64::from(round.data.min_raise == 0);
    }
    let escrowed = round.data.escrows();
    let left: u128 = (0..4)
        .map(|stage| {
            let open = state.terms.stages[stage]
                .shares
                .saturating_sub(state.sold[stage]);
            u128::from(open) * u128::from(state.terms.stages[stage].price)
        })
        .sum();
    let left = u64::try_from(left.div_ceil(ONE.into())).unwrap_or(u64::MAX);
    let (least, cap) = (state.terms.min_contribution, state.terms.backer_cap);
    let most = left.min(cap);
    let amount = if run.rng.percent(30) {
        most
    } else {
        run.rng.rash(most)
    };
    let args = ContributeArgs {
        max_payment: if run.rng.percent(90) {
            amount.max(least)
        } else {
            amount
        },
        max_supply: if run.rng.percent(3) {
            run.rng.rash(1_000 * ONE)
        } else {
            u64::MAX
        },
        terms_version: u64::from(run.rng.percent(2)),
        min_shares: if run.rng.percent(5) {
            run.rng.rash(1_000 * ONE)
        } else {
            0
        },
        deadline: if run.rng.percent(3) {
            run.now() - 1
        } else {
            NEVER
        },
    };
    let mut signers = vec![name.clone()];
    let mut approver = None;
    if state.terms.by_approval && run.rng.percent(90) {
        let by = run.mostly("registrar");
        approver = Some(run.key(&by));
        signers.push(by);
    }
    let back = ix::contribute(&token, &round, &backer, approver.as_ref(), args);
    let what = format!(
        "{name} pays {} into round {number} of {person}",
        args.max_payment
    );
    let signers: Vec<&str> = signers.iter().map(String::as_str).collect();
    Some(Step::new(what, back, &signers, move |model| {
        let place = (&key, number);
        model.contribute(place, &backer, approver.as_ref(), escrowed, &args)
    }))
}

/// A contribution, mostly to a round that fits: the round, who, the account.
fn contributed(
    run: &mut Run,
    fits: impl Fn(&round::Round) -> bool,
) -> Option<(Found, Pubkey, Account<Contribution>)> {
    let all: Vec<_> = run
        .model
        .contributions
        .keys()
        .filter_map(|place| {
            let round = run.model.rounds.get(&(place.0, place.1))?;
            Some((*place, fits(round)))
        })
        .collect();
    let fitting: Vec<_> = all.iter().filter(|(_, fits)| *fits).copied().collect();
    let chosen = if run.rng.percent(6) { all } else { fitting };
    let ((token, number, wallet), _) = run.rng.one(&chosen)?;
    let person = run.name(&run.model.tokens[&token].creator)?;
    let round = find_round(&token, number).0;
    let contribution = run.pool.world.get(&find_contribution(&round, &wallet).0);
    Some(((person, token, number), wallet, contribution))
}

fn leave(run: &mut Run) -> Option<Step> {
    let ((person, key, number), wallet, mine) = contributed(run, |round| {
        round.status == RoundStatus::Open && round.escrows()
    })?;
    let (token, name) = (run.token(&person), run.name(&wallet)?);
    let leave = ix::leave_round(&token, &mine);
    let what = format!("{name} leaves round {number} of {person}");
    Some(Step::new(what, leave, &[&name], move |model| {
        model.leave_round((&key, number), &wallet)
    }))
}

/// A round of which the owner is asked to do something.
fn managed(run: &mut Run) -> Option<(Found, String, Account<PersonalToken>)> {
    let (person, key, number) = found(run, |round| {
        round.status == RoundStatus::Open && round.escrows()
    })?;
    let owner = run.owner_of(&person);
    let signer = run.mostly(&owner);
    let mut token = run.token(&person);
    token.data.owner = run.key(&signer);
    Some(((person, key, number), signer, token))
}

fn extend(run: &mut Run) -> Option<Step> {
    let ((person, key, number), signer, token) = managed(run)?;
    let by = token.data.owner;
    let closes_at = run.model.rounds[&(key, number)].terms.closes_at;
    let more = run.rng.below(100 * DAY as u64) as i64;
    let until = closes_at + more;
    let extend = ix::extend_round(&token, &find_round(&key, number).0, until);
    let what = format!("{signer} extends round {number} of {person} by {more} seconds");
    Some(Step::new(what, extend, &[&signer], move |model| {
        model.extend_round((&key, number), &by, until)
    }))
}

fn cancel(run: &mut Run) -> Option<Step> {
    let ((person, key, number), signer, token) = managed(run)?;
    let by = token.data.owner;
    let cancel = ix::cancel_round(&token, &find_round(&key, number).0);
    let what = format!("{signer} cancels round {number} of {person}");
    Some(Step::new(what, cancel, &[&signer], move |model| {
        model.cancel_round((&key, number), &by)
    }))
}

fn refund(run: &mut Run) -> Option<Step> {
    let ((person, key, number), wallet, mine) =
        contributed(run, |round| round.status == RoundStatus::Failed)?;
    let token = run.token(&person);
    let refund = ix::refund_contribution(&token, &mine);
    let what = format!(
        "{:?} is refunded of round {number} of {person}",
        run.name(&wallet)
    );
    Some(Step::new(what, refund, &[], move |model| {
        model.refund_contribution((&key, number), &wallet)
    }))
}

fn claim(run: &mut Run) -> Option<Step> {
    let ((person, key, number), wallet, mine) = contributed(run, |round| {
        round.escrows() && matches!(round.status, RoundStatus::Succeeded | RoundStatus::Settled)
    })?;
    let claim = ix::collect_contribution(&key, &mine);
    let what = format!(
        "{:?} gets the shares of round {number} of {person}",
        run.name(&wallet)
    );
    Some(Step::new(what, claim, &[], move |model| {
        model.collect_contribution((&key, number), &wallet)
    }))
}

fn close(run: &mut Run) -> Option<Step> {
    let (person, key, number) = found(run, |round| round.status == RoundStatus::Open)?;
    let state = run.model.rounds[&(key, number)];
    if run.rng.percent(75) {
        run.pass_until(state.ends_at());
    }
    // A round that is not covered fails a week later.
    if run.rng.percent(10) {
        run.pass_mostly_until(state.ends_at() + 7 * DAY);
    }
    let closer = if run.rng.percent(50) {
        run.owner_of(&person)
    } else {
        run.anybody()
    };
    let (token, by) = (run.token(&person), run.key(&closer));
    let round = find_round(&key, number).0;
    let close = ix::close_round(&token, &round, &by);
    let what = format!("{closer} closes round {number} of {person}");
    Some(Step::new(what, close, &[&closer], move |model| {
        model.close_round((&key, number), &by)
    }))
}

fn settle(run: &mut Run) -> Option<Step> {
    let (person, key, number) = found(run, |round| round.status == RoundStatus::Succeeded)?;
    let token = run.token(&person);
    let settle = ix::settle_round(&token, &find_round(&key, number).0);
    let what = format!("round {number} of {person} is settled");
    Some(Step::new(what, settle, &[], move |model| {
        model.settle_round((&key, number))
    }))
}

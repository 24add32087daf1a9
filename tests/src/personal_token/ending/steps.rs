//! How tokens end: estates and receipts, the endowment that joins, accounts that close.

use {
    crate::oracle::steps::{claims, holders, ids, people},
    crate::oracle::{
        Weighted,
        run::{Run, Step},
    },
    crate::{
        model::{Place, claim::ClaimKind, round::RoundStatus},
        pool::token_of,
        world::ONE,
    },
    upside_sdk::{
        Atoms, Pubkey,
        address::{
            find_approval, find_attesters, find_claim, find_contribution, find_holder, find_naming,
            find_product, find_receipt, find_round,
        },
        instruction as ix,
        state::{
            Approval, Attesters, ClaimTerms, Contribution, Holder, Naming, Product, Receipt,
            RedeemArgs, Round,
        },
    },
};

pub const STEPS: &[Weighted] = &[
    (6, open_estate),
    (12, collect),
    (2, join),
    (6, close_ended),
    (5, close_vault),
    (2, last_out),
];

/// Whose token it is.
fn person_of(run: &Run, token: &Pubkey) -> Option<String> {
    run.name(&run.model.tokens[token].creator)
}

/// The owner brings units of a mint that nobody lists into custody.
pub fn brings_custody(run: &mut Run, person: &str, units: u64) -> Option<()> {
    let (token, owner) = (run.token(person), run.owner_of(person));
    let (key, by, payer) = (token.key, token.data.owner, run.pool.payer());
    let number = run.model.tokens[&key].claims;
    let mint = run.key("m3");
    let listed = run.model.tokens[&key].place_of(&mint).is_ok();
    if listed || run.model.balance(&by, &mint) == 0 {
        return None;
    }
    let terms = ClaimTerms::TokenizedEquity {
        name: "Custody".into(),
        uri: String::new(),
        document: [1; 32],
    };
    let declare = ix::declare_claim(&token, &payer, terms.clone());
    let declare = Step::new(
        format!("{owner} declares custody"),
        declare,
        &[&owner],
        move |model| model.declare_claim(&key, &by, &terms),
    );
    if !run.send(declare) {
        return None;
    }
    let program = run.model.mints[&mint].program;
    let (token, claim) = (run.token(person), find_claim(&key, number).0);
    let bring = ix::deposit_equity(&token, &claim, &mint, &program, units, Atoms(0));
    let bring = Step::new(
        format!("{owner} brings {units} into custody"),
        bring,
        &[&owner],
        move |model| model.deposit_equity((&key, number), &by, &mint, units, 0),
    );
    run.send(bring).then_some(())
}

/// The executor winds a token up after silence.
pub fn winds_up(run: &mut Run, person: &str) -> Option<()> {
    let (token, owner) = (run.token(person), run.owner_of(person));
    let (key, by, executor) = (token.key, token.data.owner, run.key("executor"));
    let set = ix::set_executor(&token, &executor);
    let set = Step::new("an executor is named", set, &[&owner], move |model| {
        model.set_executor(&key, &by, &executor)
    });
    if !run.send(set) {
        return None;
    }
    let silent = run.model.tokens[&key].terms.inactivity_seconds;
    run.pass_until(run.now() + i64::from(silent) + 1);
    let up = ix::wind_up_by_executor(&key, &executor);
    let up = Step::new("a wind-down begins", up, &["executor"], move |model| {
        model.wind_up(&key, &executor)
    });
    run.send(up).then_some(())
}

/// Somebody whose token is wound up, or seldom is now.
fn wound_up(run: &mut Run, fits: impl Fn(&Run, &Pubkey) -> bool) -> Option<String> {
    let over = |run: &Run, person: &String| {
        let token = token_of(person);
        run.model.tokens[&token].wound_up && fits(run, &token)
    };
    let people = run.pool.people.clone();
    let ended: Vec<String> = people.into_iter().filter(|it| over(run, it)).collect();
    if let Some(found) = run.rng.one(&ended) {
        return Some(found);
    }
    let person = run.somebody();
    let token = token_of(&person);
    if run.model.tokens[&token].wound_up || !run.rng.percent(12) {
        return run.rng.percent(3).then_some(person);
    }
    if run.rng.percent(70) {
        let units = run.rng.amount(ONE);
        brings_custody(run, &person, units);
    }
    winds_up(run, &person)?;
    Some(person)
}

fn open_estate(run: &mut Run) -> Option<Step> {
    let custody = |run: &Run, token: &Pubkey| {
        let mut claims = run.model.claims.iter();
        claims.any(|((of, _), it)| of == token && it.kind == ClaimKind::Tokenized && it.held() > 0)
    };
    let person = wound_up(run, custody)?;
    let key = token_of(&person);
    let claims = run.model.claims.iter();
    let claims = claims.filter(|((of, _), it)| *of == key && it.kind == ClaimKind::Tokenized);
    let open = |it: &crate::model::Claim| it.held() > 0 && it.estate == 0;
    let (fits, all): (Vec<_>, Vec<_>) = claims
        .map(|((_, number), it)| (*number, open(it)))
        .partition(|(_, open)| *open);
    let chosen = if run.rng.percent(90) { fits } else { all };
    let (number, _) = run.rng.one(&chosen)?;
    let (claim, by) = (claims::account(run, &key, number), run.anybody());
    let open = ix::open_estate(&claim, &run.key(&by));
    let what = format!("{by} makes claim {number} of {person} an estate");
    Some(Step::new(what, open, &[&by], move |model| {
        model.open_estate(&key, number)
    }))
}

/// Somebody redeems a part of their shares of a token with estates.
fn redeems_for_receipt(run: &mut Run) -> Option<()> {
    let with = |run: &Run, token: &Pubkey| run.model.tokens[token].estates > 0;
    let people = run.pool.people.clone();
    let people: Vec<String> = people
        .into_iter()
        .filter(|it| with(run, &token_of(it)))
        .collect();
    let person = run.rng.one(&people)?;
    let token = run.token(&person);
    let holders = run.model.holders_of(&token.key);
    let holders: Vec<Pubkey> = holders
        .filter(|(wallet, it)| it.free() > 0 && run.name(wallet).is_some())
        .map(|(wallet, _)| *wallet)
        .collect();
    let wallet = run.rng.one(&holders)?;
    let name = run.name(&wallet)?;
    let known = run.model.holders[&(token.key, wallet)];
    let mut holder = ids::blank::<Holder>(find_holder(&token.key, &wallet).0);
    (holder.data.wallet, holder.data.receipts) = (wallet, known.receipts);
    let args = RedeemArgs {
        shares: run.rng.amount(known.free()),
        min_out: [0; 8],
        forgone: (1u16 << run.model.tokens[&token.key].assets.len()).wrapping_sub(1) as u8,
        deadline: i64::MAX,
    };
    let redeem = ix::redeem_for_receipt(&token, &holder, &run.pool.payer(), args).ok()?;
    let what = format!("{name} redeems {person} for a receipt: {args:?}");
    let redeem = Step::new(what, redeem, &[&name], move |model| {
        model.redeem(&token.key, &wallet, &args, true)
    });
    run.send(redeem).then_some(())
}

fn collect(run: &mut Run) -> Option<Step> {
    let mut receipts: Vec<_> = run.model.receipts.keys().copied().collect();
    if receipts.is_empty() {
        redeems_for_receipt(run);
        receipts = run.model.receipts.keys().copied().collect();
    }
    let (key, wallet, number) = run.rng.one(&receipts)?;
    let person = person_of(run, &key)?;
    let mine = run.model.receipts[&(key, wallet, number)].clone();
    let claims = run.model.claims.iter().filter(|((of, _), _)| *of == key);
    let (due, all): (Vec<_>, Vec<_>) = claims
        .map(|((_, number), it)| (*number, it.estate))
        .partition(|(_, it)| *it > 0 && *it <= mine.estates && !mine.taken.contains(&(it - 1)));
    let chosen = if run.rng.percent(90) { due } else { all };
    let (of, _) = run.rng.one(&chosen)?;
    let claim = claims::account(run, &key, of);
    let mint = claim.data.mint;
    let program = run.model.mints.get(&mint)?.program;
    let mut receipt = ids::blank::<Receipt>(find_receipt(&key, &wallet, number).0);
    (receipt.data.wallet, receipt.data.rent_payer) = (wallet, mine.rent_payer);
    if let Some(name) = run.name(&wallet)
        && !run.model.accounts.contains_key(&(wallet, mint))
        && run.rng.percent(90)
    {
        run.give(&name, mint, 0);
    }
    let collect = ix::collect_estate(&claim, &receipt, &program);
    let what = format!("receipt {number} of {wallet} collects of claim {of} of {person}");
    Some(Step::new(what, collect, &[], move |model| {
        model.collect_estate(&key, of, (&wallet, number))
    }))
}

fn join(run: &mut Run) -> Option<Step> {
    let endowed = |run: &Run, token: &Pubkey| {
        let it = &run.model.tokens[token];
        it.supply > 0 && it.assets.iter().any(|asset| asset.endowment > asset.locked)
    };
    let person = wound_up(run, endowed)?;
    let key = token_of(&person);
    let it = &run.model.tokens[&key];
    let (at, count) = (it.wound_up_at + 365 * 86_400, it.assets.len() as u64);
    if at > 365 * 86_400 && run.rng.percent(85) {
        run.pass_mostly_until(at);
    }
    let place = match run.rng.percent(94) {
        true => run.rng.below(count),
        false => run.rng.below(10),
    } as u8;
    let by = run.anybody();
    let join = ix::join_endowment(&key, &run.key(&by), place);
    let what = format!("the endowment {place} of {person} joins");
    Some(Step::new(what, join, &[&by], move |model| {
        model.join_endowment(&key, place)
    }))
}

/// Accounts that may be closed once they are over.
fn closings(run: &Run) -> Vec<(Pubkey, Place, bool)> {
    let (model, now) = (&run.model, run.now());
    let up = |token: &Pubkey| model.tokens[token].wound_up;
    let ended = |token: &Pubkey| up(token) && model.tokens[token].supply == 0;
    let mut all = Vec::new();
    for ((token, number), round) in &model.rounds {
        let over = matches!(round.status, RoundStatus::Failed | RoundStatus::Settled);
        all.push((*token, Place::Round(*token, *number), over));
    }
    for ((token, number), it) in &model.products {
        let over = !it.open || up(token);
        all.push((*token, Place::Product(*token, *number), over));
    }
    for (token, number, wallet) in model.contributions.keys() {
        let round = model.rounds.get(&(*token, *number));
        let over = round.is_none_or(|it| it.status == RoundStatus::Settled && !it.escrows());
        all.push((*token, Place::Contribution(*token, *number, *wallet), over));
    }
    for ((token, from, to), it) in &model.approvals {
        let over = now > it.expires_at || up(token);
        all.push((*token, Place::Approval(*token, *from, *to), over));
    }
    for token in model.naming.keys() {
        all.push((*token, Place::Naming(*token), ended(token)));
    }
    for token in model.attesters.keys() {
        all.push((*token, Place::Attesters(*token), ended(token)));
    }
    all
}

fn close_ended(run: &mut Run) -> Option<Step> {
    if run.rng.percent(5) {
        let nobody = |run: &Run, token: &Pubkey| run.model.tokens[token].supply == 0;
        wound_up(run, nobody);
    }
    let (over, early): (Vec<_>, Vec<_>) = closings(run).into_iter().partition(|it| it.2);
    let chosen = if run.rng.percent(85) { over } else { early };
    let (key, place, _) = run.rng.one(&chosen)?;
    let person = person_of(run, &key)?;
    let owner = run.owner_of(&person);
    let by = match run.model.tokens[&key].wound_up {
        true => run.anybody(),
        false => run.mostly(&owner),
    };
    let (signer, payer) = (run.key(&by), run.model.payer);
    let close = match place {
        Place::Round(_, number) => {
            let mut it = ids::blank::<Round>(find_round(&key, number).0);
            (it.data.token, it.data.rent_payer) = (key, payer);
            ix::close_round_account(&it, &signer)
        }
        Place::Product(_, number) => {
            let mut it = ids::blank::<Product>(find_product(&key, number).0);
            (it.data.token, it.data.rent_payer) = (key, payer);
            ix::close_product_account(&it, &signer)
        }
        Place::Contribution(_, number, wallet) => {
            let round = find_round(&key, number).0;
            let mut it = ids::blank::<Contribution>(find_contribution(&round, &wallet).0);
            let mine = run.model.contributions[&(key, number, wallet)];
            (it.data.round, it.data.rent_payer) = (round, mine.rent_payer);
            ix::close_contribution(&key, &it, &signer)
        }
        Place::Approval(_, from, to) => {
            let mut it = ids::blank::<Approval>(find_approval(&key, &from, &to).0);
            (it.data.token, it.data.rent_payer) = (key, payer);
            ix::close_approval(&it, &signer)
        }
        Place::Naming(_) => {
            let mut it = ids::blank::<Naming>(find_naming(&key).0);
            (it.data.token, it.data.rent_payer) = (key, payer);
            ix::close_naming(&it, &signer)
        }
        _ => {
            let mut it = ids::blank::<Attesters>(find_attesters(&key).0);
            (it.data.token, it.data.rent_payer) = (key, payer);
            ix::close_attesters(&it, &signer)
        }
    };
    let what = format!("{by} closes {place:?} of {person}");
    Some(Step::new(what, close, &[&by], move |model| {
        model.close_ended(&key, &signer, place)
    }))
}

/// Holders who have no shares any more take what streamed to them, and their accounts are
/// closed.
fn closes_holders(run: &mut Run, person: &str) -> Option<()> {
    let token = token_of(person);
    let holders = run.model.holders_of(&token);
    let gone = holders.filter(|(_, it)| it.shares + it.warm == 0);
    let gone: Vec<Pubkey> = gone.map(|(wallet, _)| *wallet).collect();
    for wallet in gone {
        let name = run.name(&wallet)?;
        for asset in run.model.tokens[&token].assets.clone() {
            let owed = run.model.dividend(&token, &wallet, &asset.mint);
            if asset.stream.is_some() && owed.unwrap_or(0) > 0 {
                let claim = crate::personal_token::dividend::steps::claiming(
                    run, person, &name, asset.mint,
                )?;
                run.send(claim);
            }
        }
        let close = holders::closing(run, person, &name, &name);
        run.send(close);
    }
    Some(())
}

/// A token of which there are no shares ends: one that had some once, or a stranger's that
/// never had any.
fn ends_without_shares(run: &mut Run) -> Option<()> {
    let people = run.pool.people.clone();
    let none = |person: &String| run.model.tokens[&token_of(person)].supply == 0;
    let none: Vec<String> = people.iter().filter(|it| none(it)).cloned().collect();
    let person = match run.rng.one(&none) {
        Some(person) => person,
        None => {
            let stranger = run.rng.pick(&people::STRANGERS).to_string();
            if people.contains(&stranger) {
                return None;
            }
            let args = people::rich_args(run, &stranger);
            let create = people::create(run, &stranger, args);
            run.send(create).then_some(stranger)?
        }
    };
    if !run.model.tokens[&token_of(&person)].wound_up {
        winds_up(run, &person)?;
    }
    closes_holders(run, &person)
}

fn close_vault(run: &mut Run) -> Option<Step> {
    if run.rng.percent(15) {
        ends_without_shares(run);
    }
    let nobody = |run: &Run, token: &Pubkey| {
        run.model.tokens[token].supply == 0 && run.model.tally(token).holders == 0
    };
    let person = wound_up(run, nobody)?;
    let token = run.token(&person);
    let it = &run.model.tokens[&token.key];
    let (key, shares, count) = (token.key, it.mint, it.assets.len() as u64);
    let place = run.rng.below(count + 1) as usize;
    let mint = it_mint(run, &key, place).unwrap_or(shares);
    if !run.model.accounts.contains_key(&(key, mint)) {
        return None;
    }
    let rest = (run.model.balance(&key, &mint) > 0) != run.rng.percent(4);
    let rest = rest && mint != shares;
    let close = match mint == shares {
        true => ix::close_share_custody(&token),
        false => ix::close_vault(&token, place, rest).ok()?,
    };
    let what = format!("the vault of {mint} of {person} is closed, rest: {rest}");
    Some(Step::new(what, close, &[], move |model| {
        model.close_vault(&key, &mint, rest)
    }))
}

/// Who alone has shares of a young token redeems all of them while a stream runs.
fn last_out(run: &mut Run) -> Option<Step> {
    let young = |run: &Run, person: &String| {
        people::STRANGERS.contains(&person.as_str()) && {
            let it = &run.model.tokens[&token_of(person)];
            !it.wound_up
                && run
                    .model
                    .is_owners_alone(&token_of(person))
                    .unwrap_or(false)
        }
    };
    let people = run.pool.people.clone();
    let people: Vec<String> = people.into_iter().filter(|it| young(run, it)).collect();
    let person = run.rng.one(&people)?;
    let owner = run.owner_of(&person);
    let (key, wallet) = (token_of(&person), run.key(&owner));
    if !run.model.holders.contains_key(&(key, wallet)) {
        let admit = people::admit(run, &person, &owner, wallet);
        run.send(admit);
    }
    if run.model.registered(&key) == 0 {
        let shares = run.rng.amount(ONE);
        let issue = people::issue(run, &person, &owner, shares, 0);
        run.send(issue);
    }
    if run.model.tokens[&key].claims == 0 {
        let share = people::shares_revenue(run, &person);
        run.send(share);
    }
    let open = run.model.claims.get(&(key, 0));
    if open.is_some_and(|it| it.kind == ClaimKind::Revenue && it.is_open()) {
        let atoms = run.rng.amount(ONE);
        let pay = people::pays(run, &person, &owner, atoms);
        run.send(pay);
    }
    let shares = run.model.holders.get(&(key, wallet))?.shares;
    let args = RedeemArgs {
        shares,
        min_out: [0; 8],
        forgone: 0,
        deadline: i64::MAX,
    };
    let redeem = ix::redeem(&run.token(&person), &wallet, args).ok()?;
    let what = format!("{owner} redeems all of {person}: {args:?}");
    Some(Step::new(what, redeem, &[&owner], move |model| {
        model.redeem(&key, &wallet, &args, false)
    }))
}

fn it_mint(run: &Run, token: &Pubkey, place: usize) -> Option<Pubkey> {
    let assets = &run.model.tokens[token].assets;
    assets.get(place).map(|asset| asset.mint)
}

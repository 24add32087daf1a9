//! Slots that cannot move, and tickets for them.

use {
    crate::oracle::Weighted,
    crate::oracle::steps::index::*,
    upside_sdk::{
        address::TOKEN_PROGRAM,
        index::{UnwrapTicketsArgs, Wrapper, find_tickets, find_wrapper},
        state::Policy,
    },
};

pub const STEPS: &[Weighted] = &[
    (5, note),
    (7, wrap),
    (6, harvest_wrapped),
    (7, unwrap),
    (6, unwrap_slot),
    (4, close),
];

/// Whose token this is.
pub fn person_of(run: &Run, token: &Pubkey) -> Option<String> {
    run.name(&run.model.tokens.get(token)?.creator)
}

/// An owner changes how shares move; anybody applies it after the notice.
pub fn moves(run: &mut Run, token: &Pubkey, transfer_policy: u8) -> Option<()> {
    let person = person_of(run, token)?;
    let owner = run.owner_of(&person);
    let known = run.token(&person);
    if known.data.transfer_policy.raw() != transfer_policy {
        let policy = Policy {
            transfer_policy: transfer_policy.try_into().unwrap(),
            ..known.data.policy().unwrap()
        };
        let propose = token_ix::propose_policy(&known, policy);
        let (key, by) = (*token, known.data.owner);
        let Policy {
            admission,
            transfer_policy: now,
            credential,
            schema,
            ..
        } = policy;
        let what = format!("{owner} announces transfers {transfer_policy} of {person}");
        let propose = Step::new(what, propose, &[&owner], move |model| {
            let policy = (admission, now, credential, schema);
            model.propose_policy(&key, &by, policy)
        });
        if !run.send(propose) {
            return None;
        }
    }
    if let Some((_, at)) = run.model.tokens[token].pending_policy {
        run.pass_until(at);
        let apply = token_ix::apply_policy(token, &run.key("bob"));
        let key = *token;
        let apply = Step::new("it is applied", apply, &["bob"], move |model| {
            model.apply_policy(&key)
        });
        run.send(apply).then_some(())?;
    }
    Some(())
}

/// Whether the index cannot send shares of this person now.
fn is_stuck(run: &Run, index: &Pubkey, token: &Pubkey) -> bool {
    let holder = run.model.holders.get(&(*token, *index));
    let policy = run.model.tokens[token].transfer_policy();
    policy != 0 && holder.is_some_and(|holder| holder.venue == 0)
}

/// Slots of people whom the index holds, with their tokens.
pub fn people(run: &Run, index: &Account<PooledIndex>) -> Vec<(u8, Pubkey)> {
    let people = rules_of(run, index).held();
    let people = people.filter(|(_, slot)| slot.kind == SlotKind::Personal);
    people.map(|(slot, it)| (slot, it.key)).collect()
}

pub fn noting(run: &mut Run, index: &Account<PooledIndex>, slot: u8) -> Option<Step> {
    let constituent = index.data.constituents[usize::from(slot)];
    let token = run.model.tokens.contains_key(&constituent.key);
    let token: Option<Account<PersonalToken>> = token.then(|| run.pool.world.get(&constituent.key));
    let note = ix::note_stuck(index, slot, token.as_ref().map(|token| &token.data)).ok()?;
    let key = index.key;
    let what = format!("it is noted whether slot {slot} moves");
    Some(Step::new(what, note, &[], move |model| {
        model.note_stuck(&key, slot)
    }))
}

fn note(run: &mut Run) -> Option<Step> {
    let index = any(run);
    let all = people(run, &index);
    let due = all.iter().filter(|(slot, token)| {
        let noted = rules_of(run, &index)
            .slot(*slot)
            .is_ok_and(|it| it.stuck_at != 0);
        noted != is_stuck(run, &index.key, token)
    });
    let due: Vec<u8> = due.map(|(slot, _)| *slot).collect();
    let slot = match run.rng.one(&due) {
        Some(slot) => slot,
        None if run.rng.percent(15) => {
            let used: Vec<u8> = rules_of(run, &index).used().map(|(slot, _)| slot).collect();
            run.rng.one(&used)?
        }
        None if run.rng.percent(25) => {
            let (slot, token) = run.rng.one(&all)?;
            let policy = *run.rng.pick(&[&1, &2]);
            moves(run, &token, policy)?;
            slot
        }
        None => return None,
    };
    noting(run, &index, slot)
}

pub fn wrapping(run: &mut Run, index: &Account<PooledIndex>, slot: u8) -> Option<Step> {
    let constituent = index.data.constituents[usize::from(slot)];
    let token = run.model.tokens.contains_key(&constituent.key);
    let token: Option<Account<PersonalToken>> = token.then(|| run.pool.world.get(&constituent.key));
    let payer = run.pool.payer();
    let token = token.as_ref().map(|token| &token.data);
    let wrap = ix::wrap(index, &payer, slot, token).ok()?;
    let key = index.key;
    let what = format!("slot {slot} is wrapped");
    Some(Step::new(what, wrap, &[], move |model| {
        model.wrap(&key, slot)
    }))
}

fn wrap(run: &mut Run) -> Option<Step> {
    let index = any(run);
    let it = rules_of(run, &index);
    let noted = it.used().filter(|(_, slot)| slot.stuck_at != 0);
    let mut noted: Vec<u8> = noted.map(|(slot, _)| slot).collect();
    if noted.is_empty() && run.rng.percent(30) {
        let all = people(run, &index);
        let (slot, token) = run.rng.one(&all)?;
        if !is_stuck(run, &index.key, &token) {
            moves(run, &token, 2)?;
        }
        let note = noting(run, &index, slot)?;
        if run.send(note) {
            noted.push(slot);
        }
    }
    let Some(slot) = run.rng.one(&noted) else {
        let used = rules_of(run, &index).used();
        let used: Vec<u8> = used.map(|(slot, _)| slot).collect();
        let slot = run.rng.one(&used).filter(|_| run.rng.percent(15))?;
        return wrapping(run, &index, slot);
    };
    let it = rules_of(run, &index);
    let from = it.slot(slot).ok()?.stuck_at + i64::from(it.terms.notice_seconds);
    run.pass_mostly_until(from);
    wrapping(run, &index, slot)
}

/// A wrapper of an index, mostly one that fits.
fn wrapper(
    run: &mut Run,
    index: &Account<PooledIndex>,
    fits: impl Fn(&Run, &rules::wraps::Wrapper) -> bool,
) -> Option<(u64, Account<Wrapper>)> {
    let all: Vec<(u64, rules::wraps::Wrapper)> = rules_of(run, index)
        .wrappers
        .iter()
        .map(|(number, it)| (*number, it.clone()))
        .collect();
    let good = all.iter().filter(|(_, it)| fits(run, it));
    let good: Vec<u64> = good.map(|(number, _)| *number).collect();
    let all: Vec<u64> = all.into_iter().map(|(number, _)| number).collect();
    let number = match run.rng.one(&good) {
        Some(number) => number,
        None => run.rng.one(&all).filter(|_| run.rng.percent(20))?,
    };
    let key = find_wrapper(&find_tickets(&index.key, number).0).0;
    Some((number, run.pool.world.get(&key)))
}

/// The token of a person that is wrapped.
fn wrapped_token(run: &mut Run, wrapper: &Wrapper) -> Option<Account<PersonalToken>> {
    let known = run.model.tokens.contains_key(&wrapper.key);
    known.then(|| run.pool.world.get(&wrapper.key))
}

/// What a wrapped person owes, by mint.
fn owed(run: &Run, index: &Pubkey, it: &rules::wraps::Wrapper) -> Vec<Pubkey> {
    let Ok(token) = run.model.token(&it.key) else {
        return Vec::new();
    };
    let mints = token.assets.iter().filter(|asset| asset.stream.is_some());
    let due = |mint: &Pubkey| run.model.dividend(&it.key, index, mint).unwrap_or(0) > 0;
    mints.map(|asset| asset.mint).filter(due).collect()
}

fn harvesting(
    run: &mut Run,
    index: &Account<PooledIndex>,
    (number, wrapper): (u64, &Account<Wrapper>),
    mint: Pubkey,
) -> Option<Step> {
    let token = wrapped_token(run, &wrapper.data)?;
    let payout = token.data.asset_of(&mint).ok()?;
    let harvest = ix::harvest_wrapped(index, wrapper, &token.data, payout).ok()?;
    let key = index.key;
    let what = format!("{mint} is collected for tickets {number}");
    Some(Step::new(what, harvest, &[], move |model| {
        model.harvest_wrapped(&key, number, &mint)
    }))
}

fn harvest_wrapped(run: &mut Run) -> Option<Step> {
    let index = any(run);
    let at = index.key;
    let (number, found) = wrapper(run, &index, |run, it| {
        it.active && !owed(run, &at, it).is_empty()
    })?;
    let it = rules_of(run, &index).wrappers[&number].clone();
    let due = owed(run, &at, &it);
    let mint = match run.rng.one(&due) {
        Some(mint) => mint,
        None => run.pool.world.quote,
    };
    harvesting(run, &index, (number, &found), mint)
}

/// Somebody with shares of the index gets tickets for some.
fn gets_tickets(run: &mut Run, index: &Account<PooledIndex>, number: u64) -> Option<()> {
    let (name, had) = shareholder(run, &index.key);
    let (wallet, mint) = (run.key(&name), find_tickets(&index.key, number).0);
    let payer = run.pool.payer();
    let create = token_ix::create_associated(&payer, &wallet, &mint, &TOKEN_PROGRAM);
    let create = Step::new("an account of tickets", create, &[], move |model| {
        model.open_account(&wallet, &mint);
        Ok(())
    });
    run.send(create).then_some(())?;
    let shares = run.rng.amount(had / 3);
    let redeem = shares::redeeming(run, index, &name, shares)?;
    run.send(redeem).then_some(())
}

/// Who has tickets.
fn holders(run: &Run, index: &Pubkey, number: u64) -> Vec<(Pubkey, u64)> {
    let mint = find_tickets(index, number).0;
    let accounts = run.model.accounts.iter();
    let accounts = accounts.filter(|((owner, of), atoms)| {
        *of == mint && **atoms > 0 && owner != index && run.name(owner).is_some()
    });
    accounts
        .map(|((owner, _), atoms)| (*owner, *atoms))
        .collect()
}

fn unwrap(run: &mut Run) -> Option<Step> {
    let index = any(run);
    let (number, found) = wrapper(run, &index, |_, _| true)?;
    if holders(run, &index.key, number).is_empty() && found.data.active == 1 {
        gets_tickets(run, &index, number)?;
    }
    if let Some(known) = wrapped_token(run, &found.data)
        && is_stuck(run, &index.key, &known.key)
        && run.rng.percent(80)
    {
        moves(run, &known.key, 0)?;
    }
    let having = holders(run, &index.key, number);
    let (wallet, had) = run.rng.one(&having)?;
    let name = run.name(&wallet)?;
    let args = UnwrapTicketsArgs {
        tickets: run.rng.rash(had),
        least: if run.rng.percent(4) { had + 1 } else { 0 },
        forgone: if run.rng.percent(10) { 1 } else { 0 },
    };
    let supply = run.model.mints[&found.data.mint].supply;
    let wrapper: Account<Wrapper> = run.pool.world.get(&found.key);
    let index: Account<PooledIndex> = run.pool.world.get(&index.key);
    let unwrap = ix::unwrap_tickets(&index, &wrapper, &wallet, supply, args).ok()?;
    let key = index.key;
    let what = format!("{name} unwraps {} of {had} tickets {number}", args.tickets);
    Some(Step::new(what, unwrap, &[&name], move |model| {
        model.unwrap_tickets(&key, number, &wallet, &args)
    }))
}

fn unwrap_slot(run: &mut Run) -> Option<Step> {
    let index = any(run);
    let (number, found) = wrapper(run, &index, |_, it| it.active)?;
    let token = wrapped_token(run, &found.data)?;
    let at = index.key;
    if is_stuck(run, &at, &token.key) && run.rng.percent(80) {
        moves(run, &token.key, 0)?;
    }
    let it = rules_of(run, &index).wrappers[&number].clone();
    if run.rng.percent(90) {
        for mint in owed(run, &at, &it) {
            let harvest = harvesting(run, &index, (number, &found), mint)?;
            run.send(harvest);
        }
    }
    let unwrap = ix::unwrap_slot(&index, &found, Some(&token.data)).ok()?;
    let what = format!("slot {} is itself again", it.slot);
    Some(Step::new(what, unwrap, &[], move |model| {
        model.unwrap_slot(&at, number)
    }))
}

fn close(run: &mut Run) -> Option<Step> {
    let index = any(run);
    let at = index.key;
    let (number, found) = wrapper(run, &index, |_, it| !it.active && it.tickets == 0)?;
    let close = ix::close_wrapper(&at, &found);
    let what = format!("wrapper {number} is closed");
    Some(Step::new(what, close, &[], move |model| {
        model.close_wrapper(&at, number)
    }))
}

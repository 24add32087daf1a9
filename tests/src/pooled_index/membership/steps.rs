//! Memberships: the equal share, ends, new owners.

use {
    crate::oracle::Weighted,
    crate::oracle::steps::index::*,
    crate::{engine::Engine, model::index::members},
    upside_sdk::index::{
        Ending, Membership, MembershipStatus, Subject, find_membership, find_subject,
    },
};

pub const STEPS: &[Weighted] = &[
    (6, collect_equal_share),
    (3, end),
    (2, keep),
    (5, apply_end),
    (4, take_over),
    (4, apply_take_over),
    (4, collect_locked),
    (5, close),
];

/// What names the human of a wallet, if the issuer knows it; asked for where an equal share
/// is paid.
pub fn attested(run: &Run, index: &Account<PooledIndex>, wallet: &Pubkey) -> Option<[u8; 32]> {
    let asked = index.data.terms.equal_share_bps > 0;
    let subject = run.model.subjects.get(wallet);
    subject.copied().filter(|_| asked)
}

/// A membership, with its index.
struct Found {
    index: Account<PooledIndex>,
    account: Account<Membership>,
    token: Pubkey,
    mine: members::Membership,
}

impl Found {
    /// Who owns the token now.
    fn owner(&self, run: &Run) -> Pubkey {
        run.model.tokens[&self.token].owner
    }

    /// The account that keeps the member's human from another membership.
    fn subject(&self, run: &mut Run) -> Option<Account<Subject>> {
        let subject = self.mine.subject?;
        let key = find_subject(&self.index.key, &subject).0;
        Some(run.pool.world.get(&key))
    }
}

/// A membership that fits, now and then any.
fn any_membership(
    run: &mut Run,
    fits: impl Fn(&Run, &Pubkey, &members::Membership) -> bool,
) -> Option<Found> {
    let either = run.rng.percent(8);
    let all = run.model.indexes.iter().flat_map(|(key, index)| {
        let people = index.people.iter();
        let fitting = people.filter(|(token, mine)| either || fits(run, token, mine));
        fitting.map(|(token, mine)| (*key, *token, mine.clone()))
    });
    let all: Vec<_> = all.collect();
    let (key, token, mine) = run.rng.one(&all)?;
    let (index, account) = (
        run.pool.world.get(&key),
        run.pool.world.get(&find_membership(&key, &token).0),
    );
    Some(Found {
        index,
        account,
        token,
        mine,
    })
}

fn is_active(_: &Run, _: &Pubkey, mine: &members::Membership) -> bool {
    mine.status == MembershipStatus::Active
}

fn is_ended(_: &Run, _: &Pubkey, mine: &members::Membership) -> bool {
    mine.status == MembershipStatus::Ended
}

/// What a member is owed of each coin's slot.
fn owed(run: &Run, found: &Found) -> Vec<(u8, u64)> {
    let it = rules_of(run, &found.index);
    let mut mine = found.mine.clone();
    mine.settle(&it.books);
    let coins = it.used().filter(|(_, slot)| slot.kind == SlotKind::Mint);
    let owed = coins.filter_map(|(number, slot)| {
        let place = slot.place()?;
        Some((number, (mine.owed[place] >> 64) as u64))
    });
    owed.collect()
}

fn claim_of(found: &Found, slot: u8, owed: u64) -> Option<Step> {
    let claim = ix::collect_equal_share(&found.index, &found.account, slot).ok()?;
    let (index, token) = (found.index.key, found.token);
    let what = format!("a member is paid {owed} of the equal share in slot {slot}");
    Some(Step::new(what, claim, &[], move |model| {
        model.collect_equal_share(&index, &token, slot)
    }))
}

fn collect_equal_share(run: &mut Run) -> Option<Step> {
    let status = match run.rng.percent(70) {
        true => MembershipStatus::Active,
        false => MembershipStatus::Ended,
    };
    let found = any_membership(run, |_, _, mine| mine.status == status)?;
    let all = owed(run, &found);
    let some: Vec<(u8, u64)> = all.iter().copied().filter(|(_, owed)| *owed > 0).collect();
    let (slot, atoms) = match run.rng.one(&some) {
        Some(found) => found,
        None => run.rng.one(&all).filter(|_| run.rng.percent(10))?,
    };
    claim_of(&found, slot, atoms)
}

/// Whatever the member is owed is paid.
fn pay(run: &mut Run, found: &Found) {
    for (slot, atoms) in owed(run, found) {
        if atoms > 0
            && let Some(claim) = claim_of(found, slot, atoms)
        {
            run.send(claim);
        }
    }
}

fn end_by(run: &mut Run, found: &Found, name: &str) -> Step {
    let (index, token, who) = (found.index.key, found.token, run.key(name));
    let end = ix::end_membership(&found.account, &who);
    let what = format!("{name} announces the end of a membership");
    Step::new(what, end, &[name], move |model| {
        model.end_membership(&index, &who, &token)
    })
}

fn end(run: &mut Run) -> Option<Step> {
    let found = any_membership(run, is_active)?;
    let of = [
        found.index.data.curator,
        found.index.data.admissions,
        found.mine.member,
        found.owner(run),
    ];
    let right = run.rng.one(&of).and_then(|key| run.name(&key));
    let name = or_other(run, right);
    Some(end_by(run, &found, &name))
}

/// Says how much of a person backs the shares of an index, on chain and in the model. Only
/// where accounts can be written.
fn set_counter(run: &mut Run, index: &Pubkey, slot: u8, atoms: u64) -> Option<()> {
    if !matches!(run.pool.world.engine, Engine::Lite(_)) {
        return None;
    }
    let main = std::mem::replace(&mut run.pool.index, *index);
    run.pool.set_counter(slot, atoms);
    run.pool.index = main;
    let it = run.model.indexes.get_mut(index)?;
    let place = it.slots.get_mut(usize::from(slot))?;
    place.as_mut()?.counter = atoms;
    Some(())
}

/// The index holds nothing of a member for a while: anybody ends the membership. Mostly
/// something comes back in time.
fn keep(run: &mut Run) -> Option<Step> {
    let found = any_membership(run, |_, _, mine| {
        mine.status == MembershipStatus::Active && mine.ending != Ending::Notice
    })?;
    let (index, token) = (found.index.key, found.token);
    let it = rules_of(run, &found.index);
    let slot = it.used().find(|(_, slot)| slot.key == token);
    let (slot, counter) = slot.map(|(number, slot)| (number, slot.counter))?;
    if run.rng.percent(80) {
        set_counter(run, &index, slot, 0)?;
        let name = actor(run);
        let step = end_by(run, &found, &name);
        run.send(step);
        if run.rng.percent(25) {
            let at = run.model.indexes[&index].people[&token].ends_at;
            run.pass_mostly_until(at);
            let step = apply_end_of(run, &found);
            run.send(step);
        }
        if run.rng.percent(10) {
            let step = keep_of(&found);
            run.send(step);
        }
        set_counter(run, &index, slot, counter)?;
    }
    Some(keep_of(&found))
}

fn keep_of(found: &Found) -> Step {
    let (index, token) = (found.index.key, found.token);
    let keep = ix::keep_membership(&found.account);
    Step::new("a membership is kept", keep, &[], move |model| {
        model.keep_membership(&index, &token)
    })
}

fn apply_end_of(run: &mut Run, found: &Found) -> Step {
    let (index, token) = (found.index.key, found.token);
    let subject = found.subject(run);
    let apply = ix::apply_end(&found.account, subject.as_ref());
    Step::new("a membership ends", apply, &[], move |model| {
        model.apply_end(&index, &token)
    })
}

fn apply_end(run: &mut Run) -> Option<Step> {
    let found = any_membership(run, |_, _, mine| {
        mine.status == MembershipStatus::Active && mine.ends_at != 0
    })?;
    run.pass_mostly_until(found.mine.ends_at);
    Some(apply_end_of(run, &found))
}

/// The owner hands a token on, mostly to somebody whom the issuer knows.
fn hand_on(run: &mut Run, token: &Pubkey) -> Option<()> {
    let person = run.name(&run.model.tokens[token].creator)?;
    let owner = run.owner_of(&person);
    let to = run.rng.pick(&["bob", "curator", "carol"]).to_string();
    let (key, by, next) = (*token, run.key(&owner), run.key(&to));
    let propose = token_ix::propose_owner(&run.token(&person), &next);
    let what = format!("{owner} proposes {to} as owner of {person}");
    let propose = Step::new(what, propose, &[&owner], move |model| {
        model.propose_owner(&key, &by, &next)
    });
    run.send(propose).then_some(())?;
    let accept = token_ix::accept_ownership(&run.token(&person), &next);
    let what = format!("{to} owns {person}");
    let accept = Step::new(what, accept, &[&to], move |model| {
        model.accept_ownership(&key, &next)
    });
    run.send(accept).then_some(())
}

fn take_over(run: &mut Run) -> Option<Step> {
    let found = any_membership(run, is_active)?;
    if found.owner(run) == found.mine.member && run.rng.percent(60) {
        hand_on(run, &found.token)?;
    }
    let mut token: Account<PersonalToken> = run.pool.world.get(&found.token);
    let owner = run.name(&token.data.owner);
    let name = or_other(run, owner);
    token.data.owner = run.key(&name);
    let (index, who) = (found.index.key, token.data.owner);
    let announce = ix::take_over_membership(&found.account, &token);
    let what = format!("{name} announces to take a membership over");
    Some(Step::new(what, announce, &[&name], move |model| {
        model.take_over_membership(&index, &who, &token.key)
    }))
}

fn apply_take_over(run: &mut Run) -> Option<Step> {
    let found = any_membership(run, |run, token, mine| {
        let owner = run.model.tokens[token].owner;
        mine.successor.is_some_and(|(who, _)| who == owner)
    })?;
    if let Some((_, at)) = found.mine.successor {
        run.pass_mostly_until(at);
    }
    if run.rng.percent(75) {
        pay(run, &found);
    }
    let (index, token, payer) = (found.index.key, found.token, run.pool.payer());
    let owner = found.owner(run);
    let subject = attested(run, &found.index, &owner);
    let previous = found.subject(run);
    let account: Account<PersonalToken> = run.pool.world.get(&token);
    let apply = ix::apply_take_over(
        &found.index,
        &payer,
        &found.account,
        &account,
        subject.as_ref(),
        previous.as_ref().filter(|_| subject != found.mine.subject),
    );
    let what = "the token's owner is the member from now on";
    Some(Step::new(what, apply, &[], move |model| {
        model.apply_take_over(&index, &token)
    }))
}

fn collect_of(found: &Found) -> Step {
    let (index, token) = (found.index.key, found.token);
    let collect = ix::collect_locked(&found.index, &found.account);
    let what = "a member is paid what was locked";
    Step::new(what, collect, &[], move |model| {
        model.collect_locked(&index, &token)
    })
}

fn collect_locked(run: &mut Run) -> Option<Step> {
    let found = any_membership(run, is_ended)?;
    if found.mine.locked == 0 && !run.rng.percent(10) {
        return None;
    }
    Some(collect_of(&found))
}

fn close(run: &mut Run) -> Option<Step> {
    let found = any_membership(run, is_ended)?;
    if run.rng.percent(60) {
        pay(run, &found);
        if found.mine.locked > 0 {
            run.send(collect_of(&found));
        }
    }
    let (index, token) = (found.index.key, found.token);
    let close = ix::close_membership(&found.account);
    let what = "a membership is closed";
    Some(Step::new(what, close, &[], move |model| {
        model.close_membership(&index, &token)
    }))
}

//! What is announced, what holders lock, and what it counts.

use crate::pooled_index::announcement::steps::*;
use {
    crate::model::Place,
    crate::oracle::steps::index::*,
    crate::oracle::{Weighted, run::resigned},
    upside_sdk::index::{Candidacy, Lock, Role, VoteSide},
};

pub const STEPS: &[Weighted] = &[
    (8, announce),
    (6, apply),
    (2, cancel),
    (5, veto),
    (3, support),
    (2, count_veto),
    (8, lock),
    (4, unlock),
    (2, stand),
    (1, give_up),
    (4, back),
    (1, back_nobody),
    (4, take_over),
];

pub(crate) fn get<T: upside_sdk::anchor::ZeroCopy + upside_sdk::anchor::Owner>(
    run: &mut Run,
    place: Place,
) -> Account<T> {
    run.pool.world.get(&place.address())
}

/// Somebody with a lock, large ones more often.
pub(crate) fn locker(run: &mut Run, index: &Account<PooledIndex>) -> Option<(String, Pubkey)> {
    let locks = &rules_of(run, index).locks;
    let all: Vec<Pubkey> = locks.keys().copied().collect();
    let largest = locks.iter().max_by_key(|(_, lock)| lock.shares);
    let largest = largest.map(|(wallet, _)| *wallet);
    let chosen = match run.rng.percent(50) {
        true => largest,
        false => run.rng.one(&all),
    };
    let wallet = chosen?;
    Some((run.name(&wallet)?, wallet))
}

/// Mostly waits until a lock is so old.
pub(crate) fn ripen(run: &mut Run, index: &Account<PooledIndex>, wallet: &Pubkey, seconds: u32) {
    let since = rules_of(run, index).locks[wallet].since;
    run.pass_mostly_until(since + i64::from(seconds));
}

pub(crate) fn vote(run: &mut Run, side: VoteSide) -> Option<Step> {
    let index = any(run);
    let (name, wallet) = locker(run, &index)?;
    let nonce = open(run, &index);
    let waits = rules_of(run, &index).notice(nonce).map(|it| it.notice);
    match (waits, side) {
        (Ok(notice), VoteSide::Against) => ripen(run, &index, &wallet, notice.div_ceil(3)),
        (Ok(notice), VoteSide::For) => ripen(run, &index, &wallet, notice),
        (Err(_), _) if run.rng.percent(90) => return None,
        (Err(_), _) => {}
    }
    Some(voting(run, &index, &name, nonce, side))
}

/// Somebody's lock counts on a side.
pub(crate) fn voting(
    run: &mut Run,
    index: &Account<PooledIndex>,
    name: &str,
    nonce: u64,
    side: VoteSide,
) -> Step {
    let (key, wallet) = (index.key, run.key(name));
    let call = match side {
        VoteSide::Against => ix::veto(index, &wallet, nonce),
        VoteSide::For => ix::support(index, &wallet, nonce),
    };
    let what = format!("{name}'s lock counts in {nonce}: {side:?}");
    Step::new(what, call, &[name], move |model| {
        model.vote(&key, &wallet, nonce, side)
    })
}

pub(crate) fn veto(run: &mut Run) -> Option<Step> {
    vote(run, VoteSide::Against)
}

pub(crate) fn support(run: &mut Run) -> Option<Step> {
    vote(run, VoteSide::For)
}

/// Who has most shares of an index, not counting those in locks.
pub(crate) fn largest(run: &Run, index: &Pubkey) -> Option<(String, u64)> {
    let mint = find_shares(index).0;
    let owners = run.model.accounts.iter();
    let owners = owners.filter(|((owner, of), _)| *of == mint && owner != index);
    let ((owner, _), atoms) = owners.max_by_key(|(_, atoms)| **atoms)?;
    Some((run.name(owner)?, *atoms))
}

/// Somebody is against an announcement with less than a veto needs.
pub(crate) fn opposes(
    run: &mut Run,
    index: &Account<PooledIndex>,
    name: &str,
    nonce: u64,
) -> Option<()> {
    let (wallet, it) = (run.key(name), run.model.accrued(&index.key));
    let (needs, notice) = (it.veto_needs(nonce).ok()?, it.notice(nonce).ok()?.notice);
    let has = it.locks.get(&wallet).map_or(0, |lock| lock.shares);
    let missing = (needs / 4 * 3).saturating_sub(has);
    if missing > 0 {
        let lock = locking(run, index, name, missing);
        run.send(lock).then_some(())?;
    }
    let since = rules_of(run, index).locks.get(&wallet)?.since;
    run.pass_until(since + i64::from(notice.div_ceil(3)));
    let veto = voting(run, index, name, nonce, VoteSide::Against);
    run.send(veto).then_some(())?;
    // A large lock may have been enough at once.
    rules_of(run, index).notice(nonce).is_ok().then_some(())
}

/// Something is announced, somebody is against it, and redeems so much else that this is
/// enough for a veto. Returns the announcement's number.
pub(crate) fn opposes_and_leaves(run: &mut Run, index: &Account<PooledIndex>) -> Option<u64> {
    let (name, _) = largest(run, &index.key)?;
    let nonce = announces_role(run, index, Role::Guardian)?;
    opposes(run, index, &name, nonce)?;
    let it = run.model.accrued(&index.key);
    let (supply, needs) = (it.effective().ok()?, it.veto_needs(nonce).ok()?);
    let against = it.counted(nonce, VoteSide::Against);
    let enough = u128::from(supply) * u128::from(against) / u128::from(needs);
    let leaves = supply.saturating_sub(u64::try_from(enough).ok()?);
    // The exit fee stays, and fees come in.
    let leaves = leaves.saturating_add(leaves / 32);
    let known = run.pool.world.get(&index.key);
    let redeem = shares::redeeming(run, &known, &name, leaves)?;
    run.send(redeem).then_some(())?;
    // Shares count as long as they were there a second ago.
    run.pass_until(run.now() + 2);
    Some(nonce)
}

/// Enough may have left since the last vote.
pub(crate) fn count_veto(run: &mut Run) -> Option<Step> {
    let index = any(run);
    let made = match run.rng.percent(50) {
        true => opposes_and_leaves(run, &index),
        false => None,
    };
    let nonce = made.unwrap_or_else(|| open(run, &index));
    let call = ix::count_veto(&index, nonce);
    let what = format!("the veto of {nonce} is counted");
    Some(Step::new(what, call, &[], move |model| {
        model.count_veto(&index.key, nonce)
    }))
}

pub(crate) fn lock(run: &mut Run) -> Option<Step> {
    let index = any(run);
    let (name, has) = shareholder(run, &index.key);
    let amount = match run.rng.below(3) {
        0 => has,
        _ => run.rng.rash(has),
    };
    Some(locking(run, &index, &name, amount))
}

/// Somebody locks index shares.
pub(crate) fn locking(
    run: &mut Run,
    index: &Account<PooledIndex>,
    name: &str,
    amount: u64,
) -> Step {
    let (key, wallet) = (index.key, run.key(name));
    let call = ix::lock_shares(index, &run.pool.payer(), &wallet, amount);
    let what = format!("{name} locks {amount} index shares");
    Step::new(what, call, &[name], move |model| {
        model.lock_shares(&key, &wallet, amount)
    })
}

pub(crate) fn unlock(run: &mut Run) -> Option<Step> {
    let index = any(run);
    let (name, wallet) = locker(run, &index)?;
    let has = rules_of(run, &index).locks[&wallet].shares;
    let amount = match run.rng.below(4) {
        0 => has,
        _ => run.rng.rash(has),
    };
    let lock: Account<Lock> = get(run, Place::Lock(index.key, wallet));
    let call = ix::unlock_shares(&index, &lock, amount);
    let what = format!("{name} unlocks {amount} index shares");
    Some(Step::new(what, call, &[&name], move |model| {
        model.unlock_shares(&index.key, &wallet, amount)
    }))
}

pub(crate) fn stand(run: &mut Run) -> Option<Step> {
    let (index, name) = (any(run), actor(run));
    let candidate = run.key(&name);
    let call = ix::open_candidacy(&index.key, &run.pool.payer(), &candidate);
    let what = format!("{name} would be curator");
    Some(Step::new(what, call, &[&name], move |model| {
        model.open_candidacy(&index.key, &candidate)
    }))
}

pub(crate) fn candidate(run: &mut Run, index: &Account<PooledIndex>) -> Option<(String, Pubkey)> {
    let it = rules_of(run, index);
    let all: Vec<(Pubkey, u64)> = it.candidates.iter().map(|(a, b)| (*a, *b)).collect();
    let first = all
        .iter()
        .max_by_key(|(_, number)| it.backers(*number))
        .copied();
    let chosen = match run.rng.percent(60) {
        true => first,
        false => run.rng.one(&all),
    };
    let (key, _) = chosen?;
    Some((run.name(&key)?, key))
}

pub(crate) fn give_up(run: &mut Run) -> Option<Step> {
    let index = any(run);
    let (name, key) = candidate(run, &index)?;
    let by = or_other(run, Some(name.clone()));
    let who = run.key(&by);
    let candidacy: Account<Candidacy> = get(run, Place::Candidacy(index.key, key));
    let call = resigned(ix::close_candidacy(&candidacy), &key, &who);
    let what = format!("{by} gives the candidacy of {name} up");
    Some(Step::new(what, call, &[&by], move |model| {
        model.close_candidacy(&index.key, &key, &who)
    }))
}

pub(crate) fn back(run: &mut Run) -> Option<Step> {
    let index = any(run);
    let (name, wallet) = locker(run, &index)?;
    let (whom, key) = candidate(run, &index)?;
    let notice = index.data.terms.notice_seconds;
    ripen(run, &index, &wallet, notice);
    let lock: Account<Lock> = get(run, Place::Lock(index.key, wallet));
    let call = ix::back_candidate(&lock, Some(&key));
    let what = format!("{name} backs {whom}");
    Some(Step::new(what, call, &[&name], move |model| {
        model.back_candidate(&index.key, &wallet, Some(&key))
    }))
}

pub(crate) fn back_nobody(run: &mut Run) -> Option<Step> {
    let index = any(run);
    let (name, wallet) = locker(run, &index)?;
    let lock: Account<Lock> = get(run, Place::Lock(index.key, wallet));
    let call = ix::back_candidate(&lock, None);
    let what = format!("{name} backs nobody");
    Some(Step::new(what, call, &[&name], move |model| {
        model.back_candidate(&index.key, &wallet, None)
    }))
}

pub(crate) fn take_over(run: &mut Run) -> Option<Step> {
    let index = any(run);
    let (name, key) = candidate(run, &index)?;
    let by = or_other(run, Some(name.clone()));
    let who = run.key(&by);
    let candidacy: Account<Candidacy> = get(run, Place::Candidacy(index.key, key));
    let call = resigned(ix::take_over(&index, &candidacy), &key, &who);
    let what = format!("{by} takes the index over as {name}");
    Some(Step::new(what, call, &[&by], move |model| {
        model.take_over(&index.key, &key, &who)
    }))
}

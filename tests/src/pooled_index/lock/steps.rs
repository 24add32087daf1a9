//! What is announced, what holders lock, and what it counts.

use {
    crate::model::Place,
    crate::oracle::steps::index::*,
    crate::oracle::{Weighted, run::resigned},
    upside_sdk::index::{Action, Candidacy, Lock, ParametersInput, RecipientArgs, Role, VoteSide},
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

/// Somebody's key, now and then nobody's.
fn somebody(run: &mut Run) -> Pubkey {
    if run.rng.percent(4) {
        return Pubkey::default();
    }
    let name = match run.rng.below(5) {
        0 => "treasury".to_string(),
        1 => "launcher".to_string(),
        _ => actor(run),
    };
    run.key(&name)
}

fn recipients(run: &mut Run) -> Vec<RecipientArgs> {
    let count = run.rng.within(1, 4);
    let mut left = 10_000;
    let mut all = Vec::new();
    for place in 1..=count {
        let portion = match place == count {
            true => left,
            false => run.rng.below(left + 1),
        };
        left -= portion;
        let key = match place {
            1 => run.key("treasury"),
            _ => somebody(run),
        };
        all.push(RecipientArgs {
            key,
            portion_bps: portion as u16,
        });
    }
    all
}

/// A mint of the index, mostly one that suits; or none of it.
fn mint(run: &mut Run, index: &Account<PooledIndex>, coin: bool) -> Pubkey {
    let it = rules_of(run, index);
    let mints = it.used().filter(|(_, slot)| slot.kind == Kind::Mint);
    let suits = mints.filter(|(_, slot)| slot.place().is_some() == coin);
    let suits: Vec<Pubkey> = suits.map(|(_, slot)| slot.key).collect();
    let found = run.rng.one(&suits);
    found.unwrap_or(run.pool.world.quote)
}

fn action(run: &mut Run, index: &Account<PooledIndex>) -> Action {
    match run.rng.below(8) {
        0 | 1 => {
            let beyond = u64::from(run.rng.percent(10));
            Action::SetFees(ParametersInput {
                management_fee_bps: run.rng.below(501 + beyond) as u16,
                entry_fee_bps: run.rng.below(301 + beyond) as u16,
                exit_fee_bps: run.rng.below(101 + beyond) as u16,
            })
        }
        2 => Action::SetRecipients(recipients(run)),
        3 | 4 => Action::SetRole {
            role: run.rng.one(&Role::ALL).expect("there are roles"),
            key: somebody(run),
        },
        5 | 6 => Action::ListCoin {
            mint: mint(run, index, false),
        },
        _ => Action::UnlistCoin {
            mint: mint(run, index, true),
        },
    }
}

fn announce(run: &mut Run) -> Option<Step> {
    let mut index = any(run);
    let name = curator(run, &mut index);
    let count = match run.rng.below(20) {
        0 => 0,
        1 => 9,
        2 => 8,
        _ => run.rng.within(1, 3),
    };
    let mut actions: Vec<Action> = (0..count).map(|_| action(run, &index)).collect();
    // What was vetoed, or is announced, again.
    let known = rules_of(run, &index).announced.values();
    let known: Vec<Vec<Action>> = known.map(|it| it.actions.clone()).collect();
    if run.rng.percent(25)
        && let Some(again) = run.rng.one(&known)
    {
        actions = again;
    }
    Some(announcing(run, &index, &name, actions))
}

/// Somebody announces actions as the curator whom the index names.
pub fn announcing(
    run: &mut Run,
    index: &Account<PooledIndex>,
    name: &str,
    actions: Vec<Action>,
) -> Step {
    let call = ix::announce(index, &run.pool.payer(), actions.clone());
    let (key, who) = (index.key, index.data.curator);
    let what = format!("{name} announces {actions:?}");
    Step::new(what, call, &[name], move |model| {
        model.announce_actions(&key, &who, &actions)
    })
}

/// The curator announces somebody for a role. Returns the announcement's number.
pub fn announces_role(run: &mut Run, index: &Account<PooledIndex>, role: Role) -> Option<u64> {
    let name = run.name(&index.data.curator)?;
    let named = actor(run);
    let key = run.key(&named);
    let announce = announcing(run, index, &name, vec![Action::SetRole { role, key }]);
    let made = run.send(announce);
    made.then(|| rules_of(run, index).notices_made)
}

/// Announced actions, also those that fell.
fn announced(run: &mut Run, index: &Account<PooledIndex>) -> Option<u64> {
    let all = rules_of(run, index).announced.keys();
    let all: Vec<u64> = all.copied().collect();
    run.rng.one(&all)
}

/// The number of something open, or the next.
fn open(run: &mut Run, index: &Account<PooledIndex>) -> u64 {
    let it = rules_of(run, index);
    let all: Vec<u64> = it.notices.iter().flatten().map(|it| it.nonce).collect();
    let next = it.notices_made + 1;
    run.rng.one(&all).unwrap_or(next)
}

fn get<T: upside_sdk::anchor::ZeroCopy + upside_sdk::anchor::Owner>(
    run: &mut Run,
    place: Place,
) -> Account<T> {
    run.pool.world.get(&place.address())
}

fn apply(run: &mut Run) -> Option<Step> {
    let index = any(run);
    let nonce = announced(run, &index)?;
    let at = rules_of(run, &index).announced[&nonce].effective_at;
    match run.rng.below(12) {
        0 => {}
        1 => run.pass_until(at + 15 * 86_400),
        _ => run.pass_mostly_until(at),
    }
    Some(applying(run, &index, nonce))
}

/// Anybody has announced actions done.
pub fn applying(run: &mut Run, index: &Account<PooledIndex>, nonce: u64) -> Step {
    let announcement = get(run, Place::Announcement(index.key, nonce));
    let call = ix::apply_announcement(index, &announcement);
    let key = index.key;
    let what = format!("announcement {nonce} is applied");
    Step::new(what, call, &[], move |model| {
        model.apply_announcement(&key, nonce)
    })
}

fn cancel(run: &mut Run) -> Option<Step> {
    let index = any(run);
    let nonce = announced(run, &index)?;
    let name = match run.rng.below(3) {
        0 => run.name(&index.data.launcher),
        _ => run.name(&index.data.curator),
    };
    let name = or_other(run, name);
    let who = run.key(&name);
    if run.rng.percent(15) {
        let at = rules_of(run, &index).announced[&nonce].effective_at;
        run.pass_until(at + 15 * 86_400);
    }
    let announcement = get(run, Place::Announcement(index.key, nonce));
    let call = ix::cancel_announcement(&index, &announcement, &who);
    let what = format!("{name} cancels announcement {nonce}");
    Some(Step::new(what, call, &[&name], move |model| {
        model.cancel_announcement(&index.key, nonce, &who)
    }))
}

/// Somebody with a lock, large ones more often.
fn locker(run: &mut Run, index: &Account<PooledIndex>) -> Option<(String, Pubkey)> {
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
fn ripen(run: &mut Run, index: &Account<PooledIndex>, wallet: &Pubkey, seconds: u32) {
    let since = rules_of(run, index).locks[wallet].since;
    run.pass_mostly_until(since + i64::from(seconds));
}

fn vote(run: &mut Run, side: VoteSide) -> Option<Step> {
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
fn voting(
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

fn veto(run: &mut Run) -> Option<Step> {
    vote(run, VoteSide::Against)
}

fn support(run: &mut Run) -> Option<Step> {
    vote(run, VoteSide::For)
}

/// Who has most shares of an index, not counting those in locks.
fn largest(run: &Run, index: &Pubkey) -> Option<(String, u64)> {
    let mint = find_shares(index).0;
    let owners = run.model.accounts.iter();
    let owners = owners.filter(|((owner, of), _)| *of == mint && owner != index);
    let ((owner, _), atoms) = owners.max_by_key(|(_, atoms)| **atoms)?;
    Some((run.name(owner)?, *atoms))
}

/// Somebody is against an announcement with less than a veto needs.
fn opposes(run: &mut Run, index: &Account<PooledIndex>, name: &str, nonce: u64) -> Option<()> {
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
fn opposes_and_leaves(run: &mut Run, index: &Account<PooledIndex>) -> Option<u64> {
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
fn count_veto(run: &mut Run) -> Option<Step> {
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

fn lock(run: &mut Run) -> Option<Step> {
    let index = any(run);
    let (name, has) = shareholder(run, &index.key);
    let amount = match run.rng.below(3) {
        0 => has,
        _ => run.rng.rash(has),
    };
    Some(locking(run, &index, &name, amount))
}

/// Somebody locks index shares.
fn locking(run: &mut Run, index: &Account<PooledIndex>, name: &str, amount: u64) -> Step {
    let (key, wallet) = (index.key, run.key(name));
    let call = ix::lock_shares(index, &run.pool.payer(), &wallet, amount);
    let what = format!("{name} locks {amount} index shares");
    Step::new(what, call, &[name], move |model| {
        model.lock_shares(&key, &wallet, amount)
    })
}

fn unlock(run: &mut Run) -> Option<Step> {
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

fn stand(run: &mut Run) -> Option<Step> {
    let (index, name) = (any(run), actor(run));
    let candidate = run.key(&name);
    let call = ix::open_candidacy(&index.key, &run.pool.payer(), &candidate);
    let what = format!("{name} would be curator");
    Some(Step::new(what, call, &[&name], move |model| {
        model.open_candidacy(&index.key, &candidate)
    }))
}

fn candidate(run: &mut Run, index: &Account<PooledIndex>) -> Option<(String, Pubkey)> {
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

fn give_up(run: &mut Run) -> Option<Step> {
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

fn back(run: &mut Run) -> Option<Step> {
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

fn back_nobody(run: &mut Run) -> Option<Step> {
    let index = any(run);
    let (name, wallet) = locker(run, &index)?;
    let lock: Account<Lock> = get(run, Place::Lock(index.key, wallet));
    let call = ix::back_candidate(&lock, None);
    let what = format!("{name} backs nobody");
    Some(Step::new(what, call, &[&name], move |model| {
        model.back_candidate(&index.key, &wallet, None)
    }))
}

fn take_over(run: &mut Run) -> Option<Step> {
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

//! What is announced, and what becomes of it.

use crate::pooled_index::lock::steps::*;
use {
    crate::model::Place,
    crate::oracle::steps::index::*,
    upside_sdk::index::{Action, ParametersInput, RecipientArgs, Role},
};

/// Somebody's key, now and then nobody's.
pub(crate) fn somebody(run: &mut Run) -> Pubkey {
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

pub(crate) fn recipients(run: &mut Run) -> Vec<RecipientArgs> {
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
pub(crate) fn mint(run: &mut Run, index: &Account<PooledIndex>, coin: bool) -> Pubkey {
    let it = rules_of(run, index);
    let mints = it.used().filter(|(_, slot)| slot.kind == SlotKind::Mint);
    let suits = mints.filter(|(_, slot)| slot.place().is_some() == coin);
    let suits: Vec<Pubkey> = suits.map(|(_, slot)| slot.key).collect();
    let found = run.rng.one(&suits);
    found.unwrap_or(run.pool.world.quote)
}

pub(crate) fn action(run: &mut Run, index: &Account<PooledIndex>) -> Action {
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

pub(crate) fn announce(run: &mut Run) -> Option<Step> {
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
pub(crate) fn announced(run: &mut Run, index: &Account<PooledIndex>) -> Option<u64> {
    let all = rules_of(run, index).announced.keys();
    let all: Vec<u64> = all.copied().collect();
    run.rng.one(&all)
}

/// The number of something open, or the next.
pub(crate) fn open(run: &mut Run, index: &Account<PooledIndex>) -> u64 {
    let it = rules_of(run, index);
    let all: Vec<u64> = it.notices.iter().flatten().map(|it| it.nonce).collect();
    let next = it.notices_made + 1;
    run.rng.one(&all).unwrap_or(next)
}

pub(crate) fn apply(run: &mut Run) -> Option<Step> {
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

pub(crate) fn cancel(run: &mut Run) -> Option<Step> {
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

//! Holders' say, and what is announced: locks, votes, candidates, actions.

use {
    super::{super::cast::ACTORS, Move},
    crate::{
        cast::key,
        chance,
        draft::{Call, call},
        index::{Scene, setup},
    },
    upside_sdk::{
        Pubkey,
        index::{
            Action, AnnouncementKind, Candidacy, ParametersInput, RecipientArgs, Role,
            instruction as ix,
        },
        state::Account,
    },
};

pub const MOVES: &[Move] = &[
    (10, lock),
    (8, unlock),
    (10, vote),
    (3, count),
    (12, announce),
    (12, apply),
    (2, cancel),
    (2, open_candidacy),
    (5, back),
    (5, take_over),
    (3, accept_curator),
    (1, clear_role),
    (1, lower_fees),
    (1, resign),
];

fn lock(scene: &mut Scene) -> Option<Call> {
    let who = scene.shareholder();
    let has = scene.shares(who);
    let atoms = chance::edge(&mut scene.rng, has, &[has]);
    let made = ix::lock_shares(&scene.index(), &scene.payer(), &key(who), atoms);
    call(format!("{who} locks {atoms}"), made, &[who])
}

/// Somebody who acts and has a lock.
fn locker(scene: &mut Scene) -> Option<&'static str> {
    let locks = |name: &&'static str| scene.facts.locks.contains_key(&key(name));
    let all: Vec<&'static str> = scene.group.iter().copied().filter(locks).collect();
    scene.rng.one(&all)
}

fn unlock(scene: &mut Scene) -> Option<Call> {
    let who = locker(scene)?;
    let it = scene.facts.locks[&key(who)];
    let atoms = chance::edge(&mut scene.rng, it.shares, &[it.shares]);
    let made = ix::unlock_shares(&scene.index(), &scene.lock(who)?, atoms);
    call(format!("{who} unlocks {atoms}"), made, &[who])
}

/// Number of an open announcement.
fn nonce(scene: &mut Scene, kind: Option<AnnouncementKind>) -> Option<u64> {
    let open = scene.facts.index.announcements.iter();
    let open = open.filter(|it| it.is_open() && kind.is_none_or(|kind| it.kind == kind));
    let all: Vec<u64> = open.map(|it| it.nonce).collect();
    scene.rng.one(&all)
}

fn vote(scene: &mut Scene) -> Option<Call> {
    let (who, nonce) = (locker(scene)?, nonce(scene, None)?);
    let index = scene.index();
    let (what, made) = if scene.rng.percent(50) {
        ("for", ix::support(&index, &key(who), nonce))
    } else {
        ("against", ix::veto(&index, &key(who), nonce))
    };
    call(
        format!("{who} votes {what} announcement {nonce}"),
        made,
        &[who],
    )
}

fn count(scene: &mut Scene) -> Option<Call> {
    let nonce = nonce(scene, None)?;
    let made = ix::count_veto(&scene.index(), nonce);
    call(
        format!("votes against announcement {nonce} are counted"),
        made,
        &[],
    )
}

fn some_key(scene: &mut Scene) -> Pubkey {
    key(scene.rng.one(&ACTORS).expect("somebody"))
}

fn action(scene: &mut Scene) -> Option<Action> {
    Some(match scene.rng.below(6) {
        0 | 1 => Action::SetFees(ParametersInput {
            management_fee_bps: scene.rng.one(&[0, 500])?,
            entry_fee_bps: scene.rng.one(&[0, 300])?,
            exit_fee_bps: scene.rng.one(&[0, 100])?,
        }),
        2 => {
            let (one, other) = (some_key(scene), some_key(scene));
            let portion = |key, portion_bps| RecipientArgs { key, portion_bps };
            Action::SetRecipients(vec![portion(one, 3_333), portion(other, 6_667)])
        }
        3 => Action::SetRole {
            role: scene.rng.one(&Role::ALL)?,
            key: some_key(scene),
        },
        4 => Action::ListCoin {
            mint: setup::mint(scene.rng.one(&setup::MINTS)?),
        },
        _ => Action::UnlistCoin {
            mint: setup::mint(scene.rng.one(&setup::MINTS)?),
        },
    })
}

fn announce(scene: &mut Scene) -> Option<Call> {
    let curator = scene.curator()?;
    let count = scene.rng.within(1, 3);
    let actions: Vec<Action> = (0..count).filter_map(|_| action(scene)).collect();
    let what = format!("{curator} announces {actions:?}");
    let made = ix::announce(&scene.index(), &scene.payer(), actions);
    call(what, made, &[curator])
}

fn apply(scene: &mut Scene) -> Option<Call> {
    let all: Vec<_> = scene.facts.announcements.iter().collect();
    let (key, data) = scene.rng.one(&all)?;
    let it = Account {
        key: *key,
        data: *data,
    };
    let nonce = it.data.nonce;
    let made = ix::apply_announcement(&scene.index(), &it);
    call(format!("announcement {nonce} is applied"), made, &[])
}

fn cancel(scene: &mut Scene) -> Option<Call> {
    let by = scene.actor();
    let all: Vec<_> = scene.facts.announcements.iter().collect();
    let (place, data) = scene.rng.one(&all)?;
    let it = Account {
        key: *place,
        data: *data,
    };
    let nonce = it.data.nonce;
    let made = ix::cancel_announcement(&scene.index(), &it, &key(by));
    call(format!("{by} cancels announcement {nonce}"), made, &[by])
}

fn open_candidacy(scene: &mut Scene) -> Option<Call> {
    let who = scene.actor();
    let made = ix::open_candidacy(&scene.facts.key, &scene.payer(), &key(who));
    call(format!("{who} stands as candidate"), made, &[who])
}

fn candidacy(scene: &mut Scene) -> Option<Account<Candidacy>> {
    let all: Vec<_> = scene.facts.candidacies.iter().collect();
    let (key, data) = scene.rng.one(&all)?;
    Some(Account {
        key: *key,
        data: *data,
    })
}

fn back(scene: &mut Scene) -> Option<Call> {
    let (who, it) = (locker(scene)?, candidacy(scene)?);
    let lock = scene.lock(who)?;
    let made = ix::back_candidate(&lock, Some(&it.data.candidate));
    call(format!("{who} backs a candidate"), made, &[who])
}

fn take_over(scene: &mut Scene) -> Option<Call> {
    let it = candidacy(scene)?;
    let who = scene.named(&it.data.candidate)?;
    let made = ix::take_over(&scene.index(), &it);
    call(format!("{who} takes over"), made, &[who])
}

fn accept_curator(scene: &mut Scene) -> Option<Call> {
    let pending = scene.facts.index.pending_curator;
    let who = scene.named(&pending)?;
    call(
        format!("{who} accepts to be curator"),
        ix::accept_curator(&scene.index()),
        &[who],
    )
}

fn clear_role(scene: &mut Scene) -> Option<Call> {
    let by = scene.actor();
    let role = scene.rng.one(&Role::ALL)?;
    let made = ix::clear_role(&scene.index(), &key(by), role);
    call(format!("{by} clears {role:?}"), made, &[by])
}

fn lower_fees(scene: &mut Scene) -> Option<Call> {
    let curator = scene.curator()?;
    let was = scene.facts.index.parameters;
    let args = ParametersInput {
        management_fee_bps: was.management_fee_bps / 2,
        entry_fee_bps: was.entry_fee_bps,
        exit_fee_bps: scene
            .rng
            .one(&[was.exit_fee_bps / 2, was.exit_fee_bps + 1])?,
    };
    let made = ix::lower_fees(&scene.index(), args);
    call(format!("{curator} lowers fees"), made, &[curator])
}

fn resign(scene: &mut Scene) -> Option<Call> {
    if !scene.rng.percent(10) {
        return None;
    }
    let curator = scene.curator()?;
    call(
        format!("{curator} resigns"),
        ix::resign_curator(&scene.index()),
        &[curator],
    )
}

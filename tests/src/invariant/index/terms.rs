//! Terms turn only by an announcement that waited and that holders did not cancel.

use {
    super::PoolFacts,
    crate::invariant::{Findings, Rule},
    upside_sdk::{
        Pubkey,
        index::{AnnouncementKind, Candidacy, PooledIndex},
    },
};

/// Shortest notice, in seconds.
const NOTICE: i64 = 3 * 86_400;

pub(super) fn check(before: &PoolFacts, after: &PoolFacts, found: &mut Findings) {
    let (was, is) = (&before.index, &after.index);
    if was.supply == 0 {
        return;
    }
    found.require(was.terms == is.terms, Rule::Terms, None, || {
        format!("terms {:?} to {:?}", was.terms, is.terms)
    });
    announced(before, after, found);
    let turned = turned(was, is);
    let taken_over = before
        .candidacies
        .values()
        .any(|it| took_over(before, after, it));
    let agreed = taken_over || applied(before, after);
    found.require(turned.is_empty() || agreed, Rule::Terms, None, || {
        format!("{} without an announcement that waited", turned.join(", "))
    });
    // A curator hands over only to whom the announcement named, who accepts.
    let accepted = is.curator == was.pending_curator && is.pending_curator == Pubkey::default();
    let gone = is.curator == Pubkey::default();
    let holds = was.curator == is.curator || gone || accepted || taken_over || agreed;
    found.require(holds, Rule::Terms, None, || {
        format!("curator {} to {}", was.curator, is.curator)
    });
    found.require(
        is.status.raw() >= was.status.raw(),
        Rule::Terms,
        None,
        || format!("status {} to {}", was.status.raw(), is.status.raw()),
    );
}

/// What turned against holders, or for somebody.
fn turned(was: &PooledIndex, is: &PooledIndex) -> Vec<&'static str> {
    let fees = |it: &PooledIndex| {
        let it = &it.parameters;
        [it.management_fee_bps, it.entry_fee_bps, it.exit_fee_bps]
    };
    let rose = fees(was).iter().zip(fees(is)).any(|(was, is)| is > *was);
    let named = |was: Pubkey, is: Pubkey| is != was && is != Pubkey::default();
    let coins = |it: &PooledIndex| {
        it.coins
            .map(|coin| (coin.used == 1 && coin.listing == 0, coin.slot))
    };
    let listed = coins(was)
        .iter()
        .zip(coins(is))
        .any(|(was, is)| *was != is && (was.0 || is.0));
    let changes = [
        ("a fee rose", rose),
        ("fees go elsewhere", was.recipients != is.recipients),
        (
            "there is another launcher",
            named(was.launcher, is.launcher),
        ),
        ("others admit members", named(was.admissions, is.admissions)),
        (
            "there is another guardian",
            named(was.guardian, is.guardian),
        ),
        (
            "a curator is proposed",
            named(was.pending_curator, is.pending_curator),
        ),
        ("the list of coins changed", listed),
    ];
    let happened = changes.into_iter().filter(|(_, happened)| *happened);
    happened.map(|(what, _)| what).collect()
}

/// Whether announced actions were applied whose notice was over, and that locks did not
/// cancel.
fn applied(before: &PoolFacts, after: &PoolFacts) -> bool {
    let index = &before.index;
    let mut counted = *index;
    let accrued = counted.accrue(before.minted, after.now);
    index.announcements.iter().any(|place| {
        let actions = place.kind == AnnouncementKind::Actions;
        let waited = place.effective_at <= after.now && after.now <= place.expires_at();
        let gone = after.index.announcement(place.nonce).is_err();
        let few = accrued.is_ok() && !counted.is_vetoed(place).unwrap_or(true);
        actions && waited && gone && few
    })
}

/// Whether a candidate of more than half of all shares became curator.
fn took_over(before: &PoolFacts, after: &PoolFacts, candidacy: &Candidacy) -> bool {
    let supply = before.effective(after.now);
    let last = before.candidacies.values();
    let most = last.filter(|it| it.candidate == candidacy.candidate);
    let most = most.map(|it| it.support).max().unwrap_or(0);
    // The last one who backed it may have done so in this transaction.
    let backed = after.locks.values().chain(before.locks.values());
    let backed: u64 = backed.map(|it| it.shares).sum();
    let majority = most.max(backed) > supply / 2;
    // The new curator may announce at once: what was announced before falls.
    let mut open = before.index.announcements.iter().filter(|it| it.is_open());
    let fell = open.all(|it| after.index.announcement(it.nonce).is_err());
    majority && fell && after.index.curator == candidacy.candidate
}

/// What is announced waits for the notice of the terms.
fn announced(before: &PoolFacts, after: &PoolFacts, found: &mut Findings) {
    let (was, is) = (&before.index, &after.index);
    for place in is.announcements.iter().filter(|it| it.is_open()) {
        let known = was.announcement(place.nonce);
        let wait = place.effective_at - after.now;
        let least = i64::from(is.terms.notice_seconds).max(NOTICE);
        let holds = match known {
            Ok(known) => {
                known.effective_at == place.effective_at
                    && known.content == place.content
                    && known.kind == place.kind
                    && known.vetoes == place.vetoes
            }
            Err(_) => place.nonce > was.announcements_made && wait >= least,
        };
        found.require(holds, Rule::Terms, None, || {
            format!(
                "announcement {} is effective in {wait} seconds",
                place.nonce
            )
        });
    }
    for (key, now) in &after.announcements {
        let fixed = before.announcements.get(key).is_none_or(|then| then == now);
        let there = is.announcement(now.nonce);
        let same = there.is_ok_and(|it| it.effective_at == now.effective_at);
        let over = there.is_err();
        found.require(fixed && (same || over), Rule::Terms, None, || {
            format!("announced actions {} changed", now.nonce)
        });
    }
}

//! Holders' say: tallies are what locks count, and what was cancelled is not done.

use {
    super::PoolFacts,
    crate::invariant::{Findings, Rule},
    upside_sdk::index::VoteSide,
};

pub(super) fn check(before: &PoolFacts, after: &PoolFacts, found: &mut Findings) {
    let index = &after.index;
    let locked: u64 = after.locks.values().map(|it| it.shares).sum();
    found.require(locked == index.locked, Rule::Voice, None, || {
        format!("locks hold {locked}, the index counts {}", index.locked)
    });
    for (number, place) in index.announcements.iter().enumerate() {
        if !place.is_open() {
            continue;
        }
        let mut tally = [0, 0];
        for lock in after.locks.values() {
            let mark = &lock.marks[number];
            if mark.nonce == place.nonce {
                tally[usize::from(mark.side == VoteSide::For)] += mark.weight;
                found.require(mark.weight <= lock.shares, Rule::Voice, None, || {
                    format!("a lock of {} counts {}", lock.shares, mark.weight)
                });
            }
        }
        let sums = [place.against, place.support];
        found.require(tally == sums, Rule::Voice, None, || {
            format!("announcement {}: {sums:?}, locks {tally:?}", place.nonce)
        });
    }
    for (key, candidacy) in &after.candidacies {
        let backing = after
            .locks
            .values()
            .filter(|it| it.candidacy == *key && it.candidacy_number == candidacy.number);
        let backing: u64 = backing.map(|it| it.backing).sum();
        found.require(backing == candidacy.support, Rule::Voice, None, || {
            format!("a candidacy counts {}, locks {backing}", candidacy.support)
        });
    }
    // Locks count only as old as they are.
    for (wallet, is) in &after.locks {
        let was = before.locks.get(wallet);
        let more = was.is_none_or(|was| is.shares > was.shares);
        found.require(
            !more || is.since >= after.now,
            Rule::Voice,
            Some(*wallet),
            || format!("{} shares are locked since {}", is.shares, is.since),
        );
        let kept = was.is_none_or(|was| is.since >= was.since);
        found.require(kept, Rule::Voice, Some(*wallet), || {
            "a lock grew older".into()
        });
        for (number, mark) in is.marks.iter().enumerate() {
            let place = &index.announcements[number];
            let counted = was.is_none_or(|was| was.marks[number] != *mark);
            if !counted || place.nonce != mark.nonce || mark.weight == 0 {
                continue;
            }
            let shrunk = was.is_some_and(|was| {
                was.marks[number].nonce == mark.nonce && was.marks[number].weight > mark.weight
            });
            let side = if mark.side == VoteSide::For {
                VoteSide::For
            } else {
                VoteSide::Against
            };
            let age = i64::from(place.required_age(side));
            // What was locked after the vote counts nothing in it.
            let aged = was
                .filter(|was| mark.weight <= was.shares)
                .map_or(is.since, |was| was.since);
            let old = after.now - aged >= age;
            found.require(old || shrunk, Rule::Voice, Some(*wallet), || {
                format!("{} locked since {aged} count at {}", mark.weight, after.now)
            });
        }
    }
}

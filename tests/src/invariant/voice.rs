//! I5: a share weighs in a poll by the least that its account held since before the poll
//! was put; the owner of now and of then weighs nothing.

use {
    super::{Facts, Findings, Rule},
    std::collections::BTreeMap,
    upside_sdk::Pubkey,
};

/// What each account held at least since before each poll was put, kept by who watches.
#[derive(Clone, Default)]
pub struct Least(BTreeMap<(u64, Pubkey), u64>);

fn is_open(facts: &Facts, place: usize) -> bool {
    (facts.token.open_polls >> place) & 1 == 1
}

impl Least {
    /// Notes what is held after an instruction of a transaction that found `start`.
    pub fn note(&mut self, start: &Facts, after: &Facts) {
        for (place, slot) in after.token.polls.iter().enumerate() {
            if !is_open(after, place) {
                continue;
            }
            let known = is_open(start, place) && start.token.polls[place].seq == slot.seq;
            for (wallet, holder) in &after.holders {
                let had = start.holders.get(wallet).map_or(0, |it| it.shares);
                let first = if known { 0 } else { had };
                let least = self.0.entry((slot.seq, *wallet)).or_insert(first);
                *least = holder.shares.min(*least);
            }
        }
    }

    /// Nobody answers with more.
    pub fn check(&self, after: &Facts) -> Findings {
        let mut found = Findings::default();
        for (place, slot) in after.token.polls.iter().enumerate() {
            if !is_open(after, place) {
                continue;
            }
            let (mut in_favor, mut against) = (0, 0);
            for (wallet, holder) in &after.holders {
                let mark = holder.marks[place];
                if mark.seq != slot.seq {
                    continue;
                }
                in_favor += mark.in_favor;
                against += mark.against;
                let answers = mark.in_favor + mark.against;
                let mut most = self.0.get(&(slot.seq, *wallet)).copied().unwrap_or(0);
                let put = after.polls.values().find(|it| it.number + 1 == slot.seq);
                let then = put.map_or(after.token.owner, |it| it.owner);
                if *wallet == after.token.owner || *wallet == then {
                    most = 0;
                }
                found.require(answers <= most, Rule::Voice, Some(*wallet), || {
                    format!(
                        "poll {} is answered with {answers}, at most {most}",
                        slot.seq - 1
                    )
                });
            }
            let sums = (in_favor, against) == (slot.in_favor, slot.against);
            found.require(sums, Rule::Voice, None, || {
                format!(
                    "poll {}: {} for and {} against, holders {in_favor} and {against}",
                    slot.seq - 1,
                    slot.in_favor,
                    slot.against
                )
            });
        }
        found
    }
}

/// Whether a poll against holders ended that had passed a notice before, with enough for
/// it and few against.
pub(super) fn passed(before: &Facts, after: &Facts) -> bool {
    let (was, is) = (&before.token, &after.token);
    was.polls.iter().enumerate().any(|(place, slot)| {
        let ended =
            is_open(before, place) && !(is_open(after, place) && is.polls[place].seq == slot.seq);
        let notice = i64::from(was.terms.notice_seconds);
        let waited = slot.passed_at > 0 && slot.passed_at + notice <= after.now;
        let owners = before.holders.get(&was.owner).map_or(0, |it| it.shares);
        let eligible = u128::from(slot.eligible.max(was.supply - owners));
        let enough = u128::from(slot.in_favor) * 10_000
            >= eligible * u128::from(slot.threshold_bps.max(was.terms.poll_threshold_bps));
        let few = u128::from(slot.against) * 10 < eligible;
        ended && waited && enough && few
    })
}

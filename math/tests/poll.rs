//! Weights in polls against a history of everything, and what passes to the atom.

mod common;

use common::{config, number};
use proptest::prelude::*;
use upside_math::{
    Answer, Ballots, Bps, Mark, Shares, Standing, Verdict, may_put, passes_against_holders,
    passes_for_holders,
};

fn bps(bps: u16) -> Bps {
    Bps::new(bps).unwrap()
}

const ACCOUNTS: usize = 5;
const PLACES: usize = 4;
/// Steps of the comparison; `POLL_STEPS` sets others.
const STEPS: u64 = 1_000_000;

/// One account as the machine knows it.
#[derive(Clone, Copy, Default)]
struct Account {
    standing: Standing,
    marks: [Mark; PLACES],
    shares: Shares,
}

/// The same account with everything that ever happened: when its shares changed, and to
/// what; what it answered in each poll; whether it was opened before each.
#[derive(Clone, Default)]
struct Diary {
    held: Vec<(i64, u64)>,
    answers: [Option<Answer>; PLACES],
    opened_after: u64,
}

impl Diary {
    /// The least that was held since before the second in which a poll was put.
    fn least_since(&self, put_at: i64) -> u64 {
        let before = self.held.iter().rev().find(|(at, _)| *at < put_at);
        let before = before.map_or(0, |(_, held)| *held);
        let later = self.held.iter().filter(|(at, _)| *at >= put_at);
        later.fold(before, |least, (_, held)| least.min(*held))
    }
}

struct Simulation {
    now: i64,
    seq: u64,
    polls: [Option<Ballots>; PLACES],
    accounts: [Account; ACCOUNTS],
    diaries: [Diary; ACCOUNTS],
    random: u64,
}

impl Simulation {
    fn below(&mut self, most: u64) -> u64 {
        self.random ^= self.random << 13;
        self.random ^= self.random >> 7;
        self.random ^= self.random << 17;
        self.random % most
    }

    /// As the program does it: touch, change, cut, note.
    fn change(&mut self, place: usize, shares: u64) {
        let account = &mut self.accounts[place];
        let before = account.shares;
        for (mark, poll) in account.marks.iter_mut().zip(&self.polls) {
            if let Some(poll) = poll {
                mark.touch(poll, &account.standing, account.shares);
            }
        }
        account.shares = Shares(shares);
        for (mark, poll) in account.marks.iter_mut().zip(&mut self.polls) {
            if let Some(poll) = poll {
                mark.cut(poll, account.shares).unwrap();
            }
        }
        account.standing.note(self.now, before, account.shares);
        self.diaries[place].held.push((self.now, shares));
    }

    fn step(&mut self) {
        // Often several steps within one second.
        if self.below(3) == 0 {
            self.now += self.below(3) as i64;
        }
        let place = self.below(ACCOUNTS as u64) as usize;
        let slot = self.below(PLACES as u64) as usize;
        match self.below(16) {
            // A poll is put in a free place, or a place becomes free.
            0 | 1 => {
                if self.polls[slot].take().is_none() {
                    self.seq += 1;
                    self.polls[slot] = Some(Ballots {
                        seq: self.seq,
                        put_at: self.now,
                        ..Ballots::default()
                    });
                    for diary in &mut self.diaries {
                        diary.answers[slot] = None;
                    }
                }
            }
            // An account is closed, and opened again.
            2 => {
                if self.accounts[place].shares.is_zero() {
                    self.accounts[place] = Account {
                        standing: Standing {
                            born: self.seq,
                            ..Standing::default()
                        },
                        ..Account::default()
                    };
                    self.diaries[place] = Diary {
                        opened_after: self.seq,
                        ..Diary::default()
                    };
                }
            }
            // Shares go from one to another.
            3..=8 => {
                let to = self.below(ACCOUNTS as u64) as usize;
                let has = self.accounts[place].shares.0;
                let moved = self.below(has + 1);
                if to != place {
                    self.change(place, has - moved);
                    let has = self.accounts[to].shares.0;
                    self.change(to, has + moved);
                }
            }
            // Shares come into being, or cease to be.
            9 => {
                let has = self.accounts[place].shares.0;
                let new = self.below(1_000);
                self.change(place, has + new);
            }
            10 => {
                let has = self.accounts[place].shares.0;
                let left = self.below(has + 1);
                self.change(place, left);
            }
            _ => {
                if let Some(poll) = &mut self.polls[slot] {
                    let answer = [Answer::For, Answer::Against, Answer::Withdraw];
                    let account = &mut self.accounts[place];
                    let mark = &mut account.marks[slot];
                    mark.touch(poll, &account.standing, account.shares);
                    let chosen = answer[(self.random % 3) as usize];
                    mark.answer(poll, chosen).unwrap();
                    self.diaries[place].answers[slot] = Some(chosen);
                }
            }
        }
    }

    fn check(&self) {
        for (slot, poll) in self.polls.iter().enumerate() {
            let Some(poll) = poll else { continue };
            let (mut in_favor, mut against) = (0, 0);
            for (account, diary) in self.accounts.iter().zip(&self.diaries) {
                let least = match diary.opened_after < poll.seq {
                    true => diary.least_since(poll.put_at),
                    false => 0,
                };
                // Shares that came within the second of the put weigh nothing.
                let mut mark = account.marks[slot];
                mark.touch(poll, &account.standing, account.shares);
                assert_eq!(mark.weight.0, least, "poll {poll:?}, {:?}", diary.held);
                match diary.answers[slot] {
                    Some(Answer::For) => in_favor += least,
                    Some(Answer::Against) => against += least,
                    _ => {}
                }
            }
            assert_eq!((poll.in_favor.0, poll.against.0), (in_favor, against));
            let all: u64 = self.accounts.iter().map(|it| it.shares.0).sum();
            assert!(in_favor + against <= all, "no share weighs twice");
        }
    }
}

#[test]
fn weights_are_the_least_held_since_before_the_put() {
    let steps = std::env::var("POLL_STEPS").ok();
    let steps = steps.map_or(STEPS, |steps| steps.parse().unwrap());
    let mut answered = 0;
    // A history that begins anew now and then stays short.
    for round in 0..steps.div_ceil(200) {
        let mut it = Simulation {
            now: 1_700_000_000,
            seq: 0,
            polls: [None; PLACES],
            accounts: [Account::default(); ACCOUNTS],
            diaries: Default::default(),
            random: round * 2 + 0x9E37_79B9_7F4A_7C15,
        };
        for _ in 0..200 {
            it.step();
            it.check();
        }
        let polls = it.polls.iter().flatten();
        answered += polls.filter(|poll| !poll.in_favor.is_zero()).count();
    }
    assert!(answered > 100, "polls were answered: {answered}");
}

#[test]
fn nobody_takes_a_vote_by_a_gift() {
    let poll = Ballots {
        seq: 1,
        put_at: 10,
        ..Ballots::default()
    };
    let mut standing = Standing::default();
    standing.note(5, Shares(0), Shares(100));
    // An atom comes in the second of the put, before it.
    standing.note(10, Shares(100), Shares(101));
    let mut mark = Mark::default();
    mark.touch(&poll, &standing, Shares(101));
    assert_eq!(mark.weight, Shares(100));
    // And one comes and goes.
    let mut standing = Standing::default();
    standing.note(5, Shares(0), Shares(100));
    standing.note(10, Shares(100), Shares(150));
    standing.note(10, Shares(150), Shares(100));
    let mut mark = Mark::default();
    mark.touch(&poll, &standing, Shares(100));
    assert_eq!(mark.weight, Shares(100));
}

#[test]
fn to_the_atom() {
    let verdict = |in_favor, against, eligible, threshold| {
        passes_against_holders(
            Shares(in_favor),
            Shares(against),
            [Shares(eligible), Shares(0)],
            bps(threshold),
        )
    };
    assert_eq!(verdict(0, 0, 0, 5_001), Verdict::NotEnough);
    assert_eq!(verdict(7, 0, 7, 10_000), Verdict::Passed);
    assert_eq!(verdict(6, 0, 7, 10_000), Verdict::NotEnough);
    assert_eq!(verdict(6_667, 999, 10_000, 6_667), Verdict::Passed);
    assert_eq!(verdict(6_666, 0, 10_000, 6_667), Verdict::NotEnough);
    assert_eq!(verdict(6_667, 1_000, 10_000, 6_667), Verdict::Objected);
    let all = u64::MAX;
    assert_eq!(verdict(all, 0, all, 10_000), Verdict::Passed);
    assert_eq!(verdict(all - 1, 0, all, 10_000), Verdict::NotEnough);

    let passes = |in_favor, eligible, supply, part| {
        passes_for_holders(
            Shares(in_favor),
            Shares(eligible),
            Shares(supply),
            bps(part),
        )
    };
    assert!(passes(2, 3, 20, 1_000));
    assert!(!passes(1, 3, 10, 1_000));
    assert!(!passes(2, 3, 21, 1_000));
    assert!(!passes(0, 0, 0, 0));
    assert!(passes(all, all, all, 2_500));
    assert!(may_put(Shares(1), Shares(100)));
    assert!(!may_put(Shares(1), Shares(101)));
    assert!(!may_put(Shares(0), Shares(0)));
}

proptest! {
    #![proptest_config(config!("poll"))]

    /// More approval never fails what less passed, more objection never passes what less
    /// failed.
    #[test]
    fn monotone(
        approving in number(),
        more in number(),
        against in number(),
        eligible in number(),
        later in number(),
        threshold in 5_001u16..=10_000,
    ) {
        let (less, more) = (Shares(approving.min(more)), Shares(approving.max(more)));
        let verdict = |in_favor, against, eligible| {
            passes_against_holders(in_favor, Shares(against), eligible, bps(threshold))
        };
        let eligible = [Shares(eligible), Shares(later)];
        let passed = |verdict| verdict == Verdict::Passed;
        prop_assert!(!passed(verdict(less, against, eligible)) || passed(verdict(more, against, eligible)));
        prop_assert!(!passed(verdict(less, against, eligible)) || passed(verdict(less, against / 2, eligible)));
    }

    /// Of two opposed camps never both pass.
    #[test]
    fn two_camps_never_both_pass(
        eligible in 1u64..,
        part: u64,
        threshold in 5_001u16..=10_000,
    ) {
        let mine = part.checked_rem(eligible).unwrap_or(0);
        let (mine, rest) = (Shares(mine), Shares(eligible.saturating_sub(mine)));
        let all = [Shares(eligible), Shares(eligible)];
        let one = passes_against_holders(mine, rest, all, bps(threshold));
        let other = passes_against_holders(rest, mine, all, bps(threshold));
        prop_assert!(one != Verdict::Passed || other != Verdict::Passed);
    }
}

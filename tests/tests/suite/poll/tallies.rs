//! Random sequences of everything that moves shares or votes: the live tally is what
//! the holders' accounts add up to, always.
//!
//! `UPSIDE_TALLIES` sets how many sequences run (500 without it).

use {
    solana_program::instruction::Instruction,
    solana_signer::Signer,
    upside_sdk::{
        Pubkey, Shares, TokenError, instruction as ix,
        state::{Answer, Change},
    },
    upside_tests::{
        cases::redeem_args,
        people::person,
        world::{DAY, ONE, World},
    },
};

const STEPS: usize = 40;
const SEQUENCES: u64 = 500;
const PEOPLE: [&str; 5] = ["founder", "bob", "carol", "mallory", "dora"];

fn key(name: &str) -> Pubkey {
    person(name).pubkey()
}

/// SplitMix64.
struct Rng(u64);

impl Rng {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound
    }

    fn person(&mut self) -> &'static str {
        PEOPLE[usize::try_from(self.below(5)).unwrap()]
    }
}

fn owner(world: &mut World) -> &'static str {
    let owner = world.token().data.owner;
    PEOPLE.into_iter().find(|name| key(name) == owner).unwrap()
}

/// A step: what it is, the call, and who signs. None where it makes no sense now.
fn step(world: &mut World, rng: &mut Rng) -> Option<(&'static str, Instruction, &'static str)> {
    let (who, other) = (rng.person(), rng.person());
    let token = world.token();
    let polls = world.open_polls();
    let open = match polls.len() {
        0 => None,
        many => Some(polls[usize::try_from(rng.below(many as u64)).unwrap()].clone()),
    };
    let owner = owner(world);
    let amount = Shares(rng.below(30 * ONE));
    Some(match rng.below(16) {
        0..=2 => (
            "transfer",
            ix::transfer_shares(&token.key, &key(who), &key(other), amount, None),
            who,
        ),
        3..=5 => {
            let answer = ix::answer_poll(&open?, &key(who), Answer::For);
            ("approve", answer, who)
        }
        6 => {
            let answer = [Answer::Withdraw, Answer::Against][usize::from(rng.below(2) == 1)];
            ("answer", ix::answer_poll(&open?, &key(who), answer), who)
        }
        7 => {
            world.pass(1);
            let payer = world.payer.pubkey();
            let change = Change::LossLimit(token.data.poll_seq + 1);
            let by = if rng.below(2) == 0 { owner } else { who };
            let call = ix::put_poll(&token, &payer, &key(by), change, [0; 32]);
            ("put", call, by)
        }
        // Often enough that some find a poll whose notice is over.
        8 | 14 | 15 => {
            world.pass(i64::try_from(rng.below(9)).unwrap() * DAY);
            ("apply", ix::apply_poll(&open?, &key(who)), who)
        }
        9 if rng.below(3) == 0 => ("cancel", ix::cancel_poll(&open?, &key(owner)), owner),
        9 => {
            world.pass(i64::try_from(rng.below(20)).unwrap() * DAY);
            ("close", ix::close_poll(&open?, &key(who)), who)
        }
        10 => {
            let call = ix::issue(&token, &key(who), amount, upside_sdk::Atoms(0));
            ("issue", call, owner)
        }
        11 if rng.below(2) == 0 => ("withdraw", ix::withdraw(&token, &key(who), amount), who),
        11 => {
            let amount = Shares(amount.0.min(world.bearer(who)));
            ("deposit", ix::deposit(&token, &key(who), amount), who)
        }
        12 => {
            let args = redeem_args(amount.0);
            ("redeem", ix::redeem(&token, &key(who), args).unwrap(), who)
        }
        _ if token.data.pending_owner == key(other) => {
            ("accept", ix::accept_ownership(&token, &key(other)), other)
        }
        _ => ("hand over", ix::propose_owner(&token, &key(other)), owner),
    })
}

#[test]
fn the_tally_is_what_the_holders_add_up_to() {
    let start = start();
    let sequences = std::env::var("UPSIDE_TALLIES").ok();
    let sequences = sequences.map_or(SEQUENCES, |text| text.parse().unwrap());
    let (mut done, mut applied) = (std::collections::BTreeMap::new(), 0);
    for seed in 0..sequences {
        let mut world = start.fork();
        let mut rng = Rng(seed);
        for number in 0..STEPS {
            let Some((what, call, signer)) = step(&mut world, &mut rng) else {
                continue;
            };
            let before = world.token().data;
            let outcome = world.send(&call, &[&person(signer)]);
            assert_ne!(
                outcome.code(),
                Some(TokenError::InvariantBroken.code()),
                "seed {seed}, step {number}: {what}"
            );
            if outcome.error.is_none() {
                *done.entry(what).or_insert(0) += 1;
            }
            // The books of `check_books` recompute the tally from all holders.
            world.check_books(&PEOPLE);
            let after = world.token().data;
            for slot in after.polls {
                assert!(slot.in_favor + slot.against <= after.registered);
            }
            if what == "apply" && outcome.error.is_none() {
                applied += 1;
                // Exactly one poll is over, and it had what it takes.
                let over = before.polls.iter().zip(after.polls);
                let (was, _) = over
                    .into_iter()
                    .find(|(was, is)| was.seq != is.seq)
                    .unwrap();
                let eligible = before.eligible().unwrap().max(was.eligible);
                let alone = before.is_owners_alone(before.owner_shares);
                let enough = u128::from(was.in_favor) * 10_000 >= u128::from(eligible) * 6_000
                    && u128::from(was.against) * 10 < u128::from(eligible);
                assert!(alone || enough, "seed {seed}, step {number}");
                assert_eq!(after.terms.loss_limit, was.seq);
            } else {
                assert_eq!(after.terms, before.terms);
            }
        }
    }
    println!("{done:?}, {applied} applied");
    if sequences >= SEQUENCES {
        assert!(done.len() == 13 && applied > 20, "{done:?}");
    }
}

fn start() -> World {
    let mut world = World::with(|args| args.terms.poll_threshold_bps = 6_000);
    world.engine.fund(key("dora"));
    let quote = world.quote;
    world.give(&key("dora"), &quote, 0);
    for (name, shares) in PEOPLE.into_iter().zip([50, 60, 40, 20, 5]) {
        world.issue(name, shares * ONE);
        world.open_bearer(name);
    }
    world.give_reserve(1_000 * ONE);
    // What new shares bring.
    world.endow(100_000 * ONE);
    world
}

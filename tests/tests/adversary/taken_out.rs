//! The search works: with a rule of the program taken out it finds who loses by it within a
//! minute's sequences. A rule is taken out by undoing after each transaction what it did.

use {
    crate::{
        scene::{Mutation, Scene},
        search::{self, Stage},
    },
    std::time::Instant,
    upside_sdk::{
        Pubkey,
        address::find_holder,
        anchor::{Discriminator, Owner, ZeroCopy},
    },
    upside_tests::{invariant::Rule, world::World},
};

/// Sequences that a machine of two cores searches in less than a minute.
const MINUTE: u64 = 300;

/// Writes an account past its program.
pub fn write<T: ZeroCopy + Discriminator + Owner>(w: &mut World, key: Pubkey, data: &T) {
    let bytes = [T::DISCRIMINATOR, bytemuck::bytes_of(data)].concat();
    w.put(key, T::owner(), bytes);
}

/// Searches until somebody loses by this rule.
#[track_caller]
fn finds(rule: Rule, mutation: Mutation) {
    search_for::<Scene>(rule, |scene| scene.mutation = Some(mutation));
}

/// The same in scenes that `take_out` alters.
#[track_caller]
pub fn search_for<S: Stage>(rule: Rule, take_out: impl Fn(&mut S)) {
    let start = Instant::now();
    for seed in 0..MINUTE {
        let (_, loss) = search::tried::<S>(seed, &take_out);
        if let Some(loss) = loss
            && loss.breaches.iter().any(|it| it.rule == rule)
        {
            let seconds = start.elapsed().as_secs_f64();
            println!("after {} sequences, {seconds:.1} s: {loss}", seed + 1);
            return;
        }
    }
    panic!("{MINUTE} sequences found nothing");
}

#[test]
fn shares_that_bring_nothing_are_found() {
    // What new shares bring to the reserve goes back to the endowment.
    finds(Rule::Backing, |w, before, after| {
        let mut token = after.token;
        let (was, is) = (before.token.assets[0], &mut token.assets[0]);
        let brought = is.reserve.saturating_sub(was.reserve);
        if after.supply() > before.supply() && brought > 0 {
            is.reserve -= brought;
            is.endowment += brought;
            write(w, after.key, &token);
        }
    });
}

#[test]
fn streams_that_newcomers_share_are_found() {
    // What new shares bring to a stream is taken out of it again.
    finds(Rule::Earned, |w, before, after| {
        let mut token = after.token;
        let grown = token.registered > before.token.registered;
        let (was, is) = (before.token.streams[0], &mut token.streams[0]);
        let brought = is.remaining.saturating_sub(was.remaining);
        if grown && was.remaining > 0 && was.end == is.end && brought > 0 {
            is.remaining -= brought;
            token.assets[0].payouts -= brought;
            token.assets[0].endowment += brought;
            write(w, after.key, &token);
        }
    });
}

#[test]
fn receipts_that_take_twice_are_found() {
    // Nobody notes that a receipt took its part.
    finds(Rule::Books, |w, before, after| {
        for (key, receipt) in &before.receipts {
            if after.receipts.get(key) != Some(receipt) {
                write(w, *key, receipt);
            }
        }
    });
}

#[test]
fn receipts_that_are_shut_out_are_found() {
    // An estate counts the receipts of redemptions from now on only.
    finds(Rule::Books, |w, _, after| {
        for (key, claim) in &after.claims {
            if claim.estate != 0 && claim.estate_from != after.token.receipted {
                let mut anew = *claim;
                (anew.estate_from, anew.estate_collected) = (after.token.receipted, 0);
                write(w, *key, &anew);
            }
        }
    });
}

#[test]
fn shares_that_do_not_warm_are_found() {
    // Deposited shares are registered by whoever asks, at once.
    finds(Rule::Earned, |w, _, after| {
        for (wallet, holder) in &after.holders {
            if holder.warm > 0 && holder.warm_at > after.now {
                let mut hot = *holder;
                hot.warm_at = after.now;
                write(w, find_holder(&after.key, wallet).0, &hot);
            }
        }
    });
}

#[test]
fn shares_that_weigh_anew_are_found() {
    // What shares weigh in a poll is looked up when they answer.
    finds(Rule::Voice, |w, _, after| {
        for (wallet, holder) in &after.holders {
            let mut anew = *holder;
            (anew.born, anew.low, anew.moved_at) = (0, anew.shares, 0);
            for mark in &mut anew.marks {
                if mark.in_favor + mark.against == 0 {
                    mark.seq = 0;
                }
            }
            if anew != *holder {
                write(w, find_holder(&after.key, wallet).0, &anew);
            }
        }
    });
}

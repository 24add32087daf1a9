//! The index that every sequence begins with, over everybody and cash.

use {
    super::{
        compose::{create_of, launch_of, seed_into},
        income::{add_mint_to, add_personal_to},
        *,
    },
    crate::oracle::run::WALLETS,
    crate::oracle::steps::people::{self, admit, issue},
    crate::{
        pool::{CASH, LAUNCHED, index_args, seeded},
        world::{DAY, ONE},
    },
};

/// Name of the second kind of cash of the first index.
pub const SECOND_CASH: &str = "seizable mint";

/// The second kind of cash, whose issuer may seize it; everybody has some.
fn second_cash(run: &mut Run) -> Pubkey {
    let mint = run.key(SECOND_CASH);
    let names = WALLETS.iter().map(|name| (*name).to_string());
    for name in names.chain(run.pool.people.clone()).collect::<Vec<_>>() {
        let wallet = run.key(&name);
        if !run.model.accounts.contains_key(&(wallet, mint)) {
            run.give(&name, mint, people::CASH);
        }
    }
    mint
}

pub fn setup(run: &mut Run) {
    let key = run.pool.index;
    let mut args = index_args();
    args.terms.notice_seconds = 3 * DAY as u32;
    run.key("launcher");
    run.key("admissions");
    let create = create_of(run, "curator", args);
    run.must(create);
    for name in ["curator", "bob", "carol", "dave", "treasury", "p0", "p1"] {
        let open = open_shares(run, &key, name);
        run.must(open);
    }
    let people = run.pool.people.clone();
    for person in &people {
        for holder in people.iter().map(String::as_str).chain(["dave"]) {
            let wallet = run.key(holder);
            if holder != person {
                let open = admit(run, person, holder, wallet);
                run.must(open);
            }
        }
        let issue = issue(run, person, "dave", 10_000 * ONE, 0);
        run.must(issue);
    }
    for (place, person) in people.iter().enumerate() {
        let index = run.pool.index();
        let add = add_personal_to(run, index, person);
        run.must(add);
        let index = run.pool.index();
        let seed = seed_into(run, index, place as u8, seeded(place)).expect("a curator");
        run.must(seed);
    }
    let cash = [run.pool.world.quote, second_cash(run)];
    income::setup(run, cash[1]);
    for (slot, mint) in (people.len() as u8..).zip(cash) {
        let index = run.pool.index();
        let add = add_mint_to(run, index, mint, true).expect("a mint");
        run.must(add);
        let index = run.pool.index();
        let seed = seed_into(run, index, slot, CASH).expect("a curator");
        run.must(seed);
    }
    let index = run.pool.index();
    let launch = launch_of(run, index, LAUNCHED);
    run.must(launch);
}

//! The index that every sequence begins with, over everybody and cash.

use {
    super::{
        compose::{add_cash_to, add_personal_to, create_of, launch_of, seed_into},
        *,
    },
    upside_tests::{
        pool::{CASH, LAUNCHED, index_args, seeded},
        world::DAY,
    },
};

pub fn setup(run: &mut Run) {
    let key = run.pool.index;
    let mut args = index_args();
    args.terms.notice_seconds = DAY as u32;
    args.parameters.max_harvest_age = 86_400;
    let create = create_of(run, "curator", args);
    run.must(create);
    for name in ["curator", "bob", "carol", "treasury", "p0", "p1"] {
        let open = open_shares(run, &key, name);
        run.must(open);
    }
    let people = run.pool.people.clone();
    for (place, person) in people.iter().enumerate() {
        let index = run.pool.index();
        let add = add_personal_to(run, index, person);
        run.must(add);
        let index = run.pool.index();
        let seed = seed_into(run, index, place as u8, seeded(place)).expect("a curator");
        run.must(seed);
    }
    let (index, quote) = (run.pool.index(), run.pool.world.quote);
    let add = add_cash_to(run, index, quote).expect("a mint");
    run.must(add);
    let index = run.pool.index();
    let seed = seed_into(run, index, people.len() as u8, CASH).expect("a curator");
    run.must(seed);
    let index = run.pool.index();
    let launch = launch_of(run, index, LAUNCHED);
    run.must(launch);
}

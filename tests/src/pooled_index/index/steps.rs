//! Indexes are made: created, filled, launched.

use crate::pooled_index::constituent::steps::*;
use {
    crate::oracle::Weighted,
    crate::oracle::steps::index::*,
    crate::{
        pool::{INDEX_ONE, index_args},
        world::ONE,
    },
    upside_sdk::index::{CreateIndexArgs, IndexStatus, LOCKED_SHARES, find_index},
};

pub const STEPS: &[Weighted] = &[
    (2, create),
    (1, set_uri),
    (4, add_personal),
    (4, add_mint),
    (2, remove),
    (6, seed),
    (2, unseed),
    (4, launch),
];

/// An index to fill: one that was not launched, and now and then any.
pub(crate) fn seeding(run: &mut Run) -> Option<Account<PooledIndex>> {
    let all = run.model.indexes.iter();
    let all = all.filter(|(_, index)| index.status == IndexStatus::Seeding);
    let all: Vec<Pubkey> = all.map(|(key, _)| *key).collect();
    if run.rng.percent(8) {
        return Some(any(run));
    }
    let key = run.rng.one(&all)?;
    Some(run.pool.world.get(&key))
}

pub(crate) fn set_uri(run: &mut Run) -> Option<Step> {
    let mut index = any(run);
    let name = curator(run, &mut index);
    let uri = match run.rng.below(6) {
        0 => String::new(),
        1 => "https://pool.example/\n".into(),
        2 => "x".repeat(201),
        _ => format!("https://pool.example/{}.json", run.rng.below(1_000_000)),
    };
    let set = ix::set_uri(&index, &run.pool.payer(), &uri);
    let (who, what) = (index.data.curator, format!("{name} sets the uri {uri:?}"));
    Some(Step::new(what, set, &[&name], move |model| {
        model.set_uri(&index.key, &who, &uri)
    }))
}

/// The name of who signs as the curator.
pub(crate) fn signer(run: &Run, index: &Account<PooledIndex>) -> String {
    let name = run.name(&index.data.curator);
    name.expect("curators have names")
}

/// Creates an index of somebody.
pub fn create_of(run: &mut Run, name: &str, args: CreateIndexArgs) -> Step {
    let creator = run.key(name);
    let create = ix::create_index(&run.pool.payer(), &creator, args.clone());
    let what = format!("{name} creates index {}", args.number);
    Step::new(what, create, &[name], move |model| {
        model.create_index(&creator, &args)
    })
}

/// Somebody's new index, mostly filled and launched at once.
pub(crate) fn create(run: &mut Run) -> Option<Step> {
    if run.model.indexes.len() > 3 {
        return None;
    }
    let name = actor(run);
    let mut args = index_args();
    args.number = run.rng.below(4);
    args.name = format!("Pool {}", args.number);
    args.terms.equal_share_bps = run.rng.within(1, 2_500) as u16;
    args.terms.dilution_bps = run.rng.below(1_001) as u16;
    if run.rng.percent(15) {
        // Members of such an index show no attestation.
        args.terms.equal_share_bps = 0;
        if !run.rng.percent(10) {
            let none = Pubkey::default();
            (args.terms.credential, args.terms.schema) = (none, none);
        }
    }
    args.terms.notice_seconds = run.rng.within(3 * 86_400, 10 * 86_400) as u32;
    args.parameters.management_fee_bps = run.rng.below(501) as u16;
    match run.rng.below(12) {
        0 => args.terms.equal_share_bps = 2_501,
        1 => args.parameters.exit_fee_bps = 101,
        2 => args.name = " Pool".into(),
        3 => args.recipients[0].key = Pubkey::default(),
        4 => args.uri = "tab\t".into(),
        _ => {}
    }
    let key = find_index(&run.key(&name), args.number).0;
    let step = create_of(run, &name, args);
    if !run.send(step) {
        return None;
    }
    // Its curator receives shares at the launch.
    let open = open_shares(run, &key, &name);
    run.send(open);
    if run.rng.percent(70) {
        fill(run, key);
    }
    launch(run)
}

/// People and cash come into a new index, and a little of each.
pub(crate) fn fill(run: &mut Run, key: Pubkey) {
    for person in run.pool.people.clone() {
        let index = run.pool.world.get(&key);
        let add = add_personal_to(run, index, &person);
        run.send(add);
    }
    let (index, quote) = (run.pool.world.get(&key), run.pool.world.quote);
    if let Some(add) = add_mint_to(run, index, quote, true) {
        run.send(add);
    }
    // Now and then one is not wanted.
    if run.rng.percent(30)
        && let Some(step) = remove(run)
    {
        run.send(step);
    }
    let slots: Vec<u8> = run.model.indexes[&key]
        .used()
        .map(|(slot, _)| slot)
        .collect();
    for slot in slots {
        let index = run.pool.world.get(&key);
        let atoms = run.rng.amount(1_000 * ONE);
        if let Some(seed) = seed_into(run, index, slot, atoms) {
            run.send(seed);
        }
    }
    // Now and then something is taken back.
    if run.rng.percent(25)
        && let Some(step) = unseed(run)
    {
        run.send(step);
    }
}

/// Somebody signs as the curator; a slot, and what they have of it.
pub(crate) fn filling(run: &mut Run) -> Option<(Account<PooledIndex>, String, u8, rules::Slot)> {
    let mut index = seeding(run)?;
    let name = curator(run, &mut index);
    let used = rules_of(run, &index).used();
    let empty: Vec<(u8, rules::Slot)> = used.map(|(slot, it)| (slot, it.clone())).collect();
    let (slot, it) = run.rng.one(&empty)?;
    Some((index, name, slot, it))
}

/// The curator puts atoms into a slot.
pub fn seed_into(run: &mut Run, index: Account<PooledIndex>, slot: u8, atoms: u64) -> Option<Step> {
    let (who, name) = (index.data.curator, signer(run, &index));
    let seed = ix::seed(&index, slot, atoms).ok()?;
    let what = format!("{name} seeds slot {slot} with {atoms}");
    Some(Step::new(what, seed, &[&name], move |model| {
        model.seed(&index.key, &who, slot, atoms)
    }))
}

pub(crate) fn seed(run: &mut Run) -> Option<Step> {
    let (index, _, slot, it) = filling(run)?;
    let has = wealth(&run.model, &it, &index.data.curator);
    let atoms = run.rng.rash(has.min(2_000 * ONE));
    seed_into(run, index, slot, atoms)
}

pub(crate) fn unseed(run: &mut Run) -> Option<Step> {
    let (index, name, slot, it) = filling(run)?;
    let atoms = run.rng.rash(it.counter);
    let (who, unseed) = (index.data.curator, ix::unseed(&index, slot, atoms).ok()?);
    let what = format!("{name} takes {atoms} back out of slot {slot}");
    Some(Step::new(what, unseed, &[&name], move |model| {
        model.unseed(&index.key, &who, slot, atoms)
    }))
}

/// The curator launches.
pub fn launch_of(run: &mut Run, index: Account<PooledIndex>, shares: u64) -> Step {
    let name = signer(run, &index);
    let (who, launch) = (
        index.data.curator,
        ix::launch(&index, &run.pool.payer(), shares),
    );
    let what = format!("{name} launches with {shares}");
    Step::new(what, launch, &[&name], move |model| {
        model.launch(&index.key, &who, shares)
    })
}

pub(crate) fn launch(run: &mut Run) -> Option<Step> {
    let mut index = seeding(run)?;
    curator(run, &mut index);
    let shares = match run.rng.below(10) {
        0 => LOCKED_SHARES,
        1 => LOCKED_SHARES + 1,
        _ => LOCKED_SHARES.saturating_add(run.rng.rash(1_000 * INDEX_ONE)),
    };
    Some(launch_of(run, index, shares))
}

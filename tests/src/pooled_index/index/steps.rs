//! Indexes are made: created, filled, launched.

use {
    crate::oracle::Weighted,
    crate::oracle::steps::index::*,
    crate::{
        model::Checks,
        pool::{INDEX_ONE, index_args, token_of},
        world::ONE,
    },
    upside_sdk::index::{CreateIndexArgs, IndexError, LOCKED_SHARES, Status, find_index},
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
fn seeding(run: &mut Run) -> Option<Account<PooledIndex>> {
    let all = run.model.indexes.iter();
    let all = all.filter(|(_, index)| index.status == Status::Seeding);
    let all: Vec<Pubkey> = all.map(|(key, _)| *key).collect();
    if run.rng.percent(8) {
        return Some(any(run));
    }
    let key = run.rng.one(&all)?;
    Some(run.pool.world.get(&key))
}

fn set_uri(run: &mut Run) -> Option<Step> {
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
fn signer(run: &Run, index: &Account<PooledIndex>) -> String {
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
fn create(run: &mut Run) -> Option<Step> {
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
fn fill(run: &mut Run, key: Pubkey) {
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

/// The curator adds a person.
pub fn add_personal_to(run: &mut Run, index: Account<PooledIndex>, person: &str) -> Step {
    let name = signer(run, &index);
    let token = token_of(person);
    let add = ix::add_personal(&index, &run.pool.payer(), &token);
    let (who, what) = (index.data.curator, format!("{name} adds {person}"));
    Step::new(what, add, &[&name], move |model| {
        model.add_personal(&index.key, &who, &token)
    })
}

fn add_personal(run: &mut Run) -> Option<Step> {
    let (mut index, person) = (seeding(run)?, run.somebody());
    curator(run, &mut index);
    Some(add_personal_to(run, index, &person))
}

/// The curator adds a mint, also as a coin.
pub fn add_mint_to(
    run: &mut Run,
    index: Account<PooledIndex>,
    mint: Pubkey,
    coin: bool,
) -> Option<Step> {
    let name = signer(run, &index);
    let account = run.pool.world.engine.account(&mint)?;
    let authority = Pubkey::try_from(account.data.get(4..36)?).ok();
    let authority = authority.filter(|_| account.data[0] == 1);
    let payer = run.pool.payer();
    let add = ix::add_mint(&index, &payer, &mint, &account.owner, authority, coin);
    let (who, what) = (index.data.curator, format!("{name} adds {mint}"));
    // The model knows of no extensions: this mint has one that is not allowed.
    let bad = mint == run.key("fee mint");
    Some(Step::new(what, add, &[&name], move |model| {
        Checks::new()
            .require(!bad, IndexError::UnsupportedMint)
            .all(model.attempt(|model| model.add_mint(&index.key, &who, &mint, coin)))
            .end()
    }))
}

fn add_mint(run: &mut Run) -> Option<Step> {
    let mut index = seeding(run)?;
    curator(run, &mut index);
    let mints: Vec<Pubkey> = run.model.mints.keys().copied().collect();
    let mint = match run.rng.one(&mints) {
        Some(mint) if run.rng.percent(30) => mint,
        _ => run.pool.world.quote,
    };
    let coin = run.rng.percent(50);
    add_mint_to(run, index, mint, coin)
}

fn remove(run: &mut Run) -> Option<Step> {
    let mut index = seeding(run)?;
    let used = rules_of(run, &index).used();
    let all: Vec<(u8, u64)> = used.map(|(slot, it)| (slot, it.counter)).collect();
    let empty: Vec<(u8, u64)> = all
        .iter()
        .copied()
        .filter(|(_, atoms)| *atoms == 0)
        .collect();
    let some = run.rng.one(&empty).or_else(|| run.rng.one(&all));
    let slot = if run.rng.percent(5) { 63 } else { some?.0 };
    let name = curator(run, &mut index);
    let (who, remove) = (index.data.curator, ix::remove_constituent(&index, slot));
    let what = format!("{name} removes slot {slot}");
    Some(Step::new(what, remove, &[&name], move |model| {
        model.remove_constituent(&index.key, &who, slot)
    }))
}

/// Somebody signs as the curator; a slot, and what they have of it.
fn filling(run: &mut Run) -> Option<(Account<PooledIndex>, String, u8, rules::Slot)> {
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

fn seed(run: &mut Run) -> Option<Step> {
    let (index, _, slot, it) = filling(run)?;
    let has = wealth(&run.model, &it, &index.data.curator);
    let atoms = run.rng.rash(has.min(2_000 * ONE));
    seed_into(run, index, slot, atoms)
}

fn unseed(run: &mut Run) -> Option<Step> {
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

fn launch(run: &mut Run) -> Option<Step> {
    let mut index = seeding(run)?;
    curator(run, &mut index);
    let shares = match run.rng.below(10) {
        0 => LOCKED_SHARES,
        1 => LOCKED_SHARES + 1,
        _ => LOCKED_SHARES.saturating_add(run.rng.rash(1_000 * INDEX_ONE)),
    };
    Some(launch_of(run, index, shares))
}

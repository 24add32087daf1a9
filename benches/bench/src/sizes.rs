//! What contributing to and redeeming from indexes of every size takes: transactions,
//! bytes, compute units.

use {
    crate::{Section, grouped},
    solana_message::AddressLookupTableAccount,
    solana_program::instruction::{AccountMeta, Instruction},
    solana_signer::Signer,
    solana_transaction::versioned::VersionedTransaction,
    std::{collections::BTreeSet, fmt::Write as _},
    upside_sdk::{
        Pubkey,
        address::TOKEN_2022_PROGRAM,
        index::{instruction as ix, quote},
        transaction::{MAX_ACCOUNTS, compile},
    },
    upside_tests::{
        engine::Engine,
        people::person,
        pool::{INDEX_ONE, PoolWorld},
        world::{DAY, ONE},
    },
};

/// People beside the cash.
const PEOPLE: [usize; 6] = [1, 2, 5, 10, 20, 63];
/// Shares that are contributed for and redeemed.
pub const SHARES: u64 = 10 * INDEX_ONE;
/// Most compute units of a transaction.
const MAX_UNITS: u32 = 1_400_000;
const COMPUTE_BUDGET: Pubkey =
    Pubkey::from_str_const("ComputeBudget111111111111111111111111111111");
const LOOKUP_TABLES: Pubkey = Pubkey::from_str_const("AddressLookupTab1e1111111111111111111111111");
/// Most addresses of a lookup table.
const TABLE: usize = 256;

/// What several transactions took.
#[derive(Default)]
pub struct Taken {
    pub transactions: usize,
    pub units: u64,
    most_units: u64,
    most_bytes: usize,
    most_accounts: usize,
}

/// An index whose people all paid dividends ten days ago, and of which bob has shares.
pub fn world(people: usize, harvested: bool) -> PoolWorld {
    let mut pool = PoolWorld::new(people);
    let (index, curator) = (pool.index().data, person("curator").pubkey());
    let account = |wallet: &Pubkey| ix::share_account(&index, wallet);
    let give = Instruction {
        program_id: TOKEN_2022_PROGRAM,
        accounts: vec![
            AccountMeta::new(account(&curator), false),
            AccountMeta::new(account(&person("bob").pubkey()), false),
            AccountMeta::new_readonly(curator, true),
        ],
        data: [&[3], (2 * SHARES).to_le_bytes().as_slice()].concat(),
    };
    pool.send(&give, &["curator"]).succeeded();
    for name in pool.people.clone() {
        pool.pay_revenue(&name, 1_000 * ONE);
    }
    pool.world.pass(10 * DAY);
    if harvested {
        pool.harvest_all();
    }
    pool
}

/// The three instructions with which every transaction of the SDK begins.
fn budget() -> Vec<Instruction> {
    let set = |tag: u8, argument: &[u8]| Instruction {
        program_id: COMPUTE_BUDGET,
        accounts: Vec::new(),
        data: [&[tag], argument].concat(),
    };
    vec![
        set(2, &MAX_UNITS.to_le_bytes()),
        set(4, &(64u32 << 20).to_le_bytes()),
        set(3, &1_000u64.to_le_bytes()),
    ]
}

/// Lookup tables with everything that can be in one.
fn tables(pool: &mut PoolWorld, instructions: &[Instruction]) -> Vec<AddressLookupTableAccount> {
    let mut keys = BTreeSet::new();
    for instruction in instructions {
        let unsigned = instruction.accounts.iter().filter(|meta| !meta.is_signer);
        keys.extend(unsigned.map(|meta| meta.pubkey));
    }
    for instruction in instructions {
        keys.remove(&instruction.program_id);
    }
    let keys: Vec<Pubkey> = keys.into_iter().collect();
    let mut tables = Vec::new();
    for (place, part) in keys.chunks(TABLE).enumerate() {
        let key = person(&format!("lookup table {place}")).pubkey();
        // A table in use, long since extended, of nobody.
        let mut data = vec![0; 56];
        data[0] = 1;
        data[4..12].copy_from_slice(&u64::MAX.to_le_bytes());
        part.iter()
            .for_each(|key| data.extend_from_slice(key.as_ref()));
        pool.world.put(key, LOOKUP_TABLES, data);
        tables.push(AddressLookupTableAccount {
            key,
            addresses: part.to_vec(),
        });
    }
    tables
}

/// Sends instructions in bob's name in one transaction; `None` where it does not fit.
fn send(
    pool: &mut PoolWorld,
    tables: &[AddressLookupTableAccount],
    instructions: &[Instruction],
    taken: &mut Taken,
) -> Option<()> {
    let Engine::Lite(svm) = &mut pool.world.engine else {
        return None;
    };
    svm.expire_blockhash();
    let all = [budget(), instructions.to_vec()].concat();
    let bob = person("bob");
    let message = compile(&all, &bob.pubkey(), tables, svm.latest_blockhash()).ok()?;
    let lookups = message.address_table_lookups().unwrap_or_default();
    let loaded: usize = lookups
        .iter()
        .map(|table| table.writable_indexes.len() + table.readonly_indexes.len())
        .sum();
    let accounts = message.static_account_keys().len() + loaded;
    assert!(accounts <= MAX_ACCOUNTS);
    let bytes = 1 + 64 + message.serialize().len();
    let signed = VersionedTransaction::try_new(message, &[&bob]).expect("bob alone signs");
    let before = svm.clone();
    match svm.send_transaction(signed) {
        Ok(meta) => {
            let units = meta.compute_units_consumed;
            taken.transactions += 1;
            taken.units += units;
            taken.most_units = taken.most_units.max(units);
            taken.most_bytes = taken.most_bytes.max(bytes);
            taken.most_accounts = taken.most_accounts.max(accounts);
            Some(())
        }
        Err(failed) => {
            *svm = before;
            let short = failed.meta.compute_units_consumed >= u64::from(MAX_UNITS) * 9 / 10;
            assert!(short, "{:?}\n{}", failed.err, failed.meta.logs.join("\n"));
            None
        }
    }
}

/// Sends all in order, as many at once as fit.
fn pack(pool: &mut PoolWorld, instructions: &[Instruction]) -> Option<Taken> {
    let tables = tables(pool, instructions);
    let mut taken = Taken::default();
    let mut rest = instructions;
    while !rest.is_empty() {
        let fits = (1..=rest.len())
            .rev()
            .find(|count| send(pool, &tables, &rest[..*count], &mut taken).is_some())?;
        rest = &rest[fits..];
    }
    Some(taken)
}

/// The instructions that harvest everybody who owes something.
fn harvests(pool: &mut PoolWorld) -> Vec<Instruction> {
    let due = quote::harvestable(&pool.pool()).expect("sound books");
    let each = due.into_iter().map(|slot| pool.harvest_ixs(slot));
    each.flatten().collect()
}

/// Most slots of a basket that move in one transaction.
fn chunk(pool: &mut PoolWorld, one: &dyn Fn(Vec<u8>) -> Instruction, first: &Instruction) -> usize {
    let slots = pool.index().data.held().count() as u8;
    let fits = |count: &u8| {
        let all = [budget(), vec![first.clone(), one((0..*count).collect())]].concat();
        let tables = tables(&mut pool.fork(), &all);
        compile(&all, &person("bob").pubkey(), &tables, Default::default()).is_ok()
    };
    usize::from((1..=slots).rev().find(fits).expect("one slot fits"))
}

/// Contributes for [`SHARES`] in bob's name.
pub fn contribute(pool: &mut PoolWorld) -> Taken {
    let at_once = pool.contribute_ix("bob", SHARES);
    if let Some(taken) = pack(&mut pool.fork(), &[at_once]) {
        return taken;
    }
    let (index, bob) = (pool.index(), person("bob").pubkey());
    let costs = quote::contribution(&pool.pool(), SHARES)
        .expect("a quote")
        .amounts;
    let deadline = pool.world.now() + DAY;
    let open = ix::open_basket(&index.key, &bob, 1, SHARES, deadline);
    let deposit = |slots: Vec<u8>| {
        let amounts = slots.iter().map(|slot| costs[usize::from(*slot)]).collect();
        ix::deposit(&index, &bob, 1, amounts).expect("held slots")
    };
    let size = chunk(pool, &deposit, &open);
    let mut instructions = vec![open];
    let slots: Vec<u8> = costs.iter().map(|(slot, _)| *slot).collect();
    instructions.extend(slots.chunks(size).map(|part| deposit(part.to_vec())));
    instructions.push(ix::finish_basket(&index, &bob, 1, &bob, SHARES));
    pack(pool, &instructions).expect("each of them fits")
}

/// Redeems [`SHARES`] in bob's name.
pub fn redeem(pool: &mut PoolWorld) -> Taken {
    let harvests = harvests(pool);
    let mut instructions = harvests.clone();
    instructions.push(pool.redeem_ix("bob", SHARES));
    let mut at_once = pool.fork();
    if let Some(taken) = pack(&mut at_once, &instructions) {
        return taken;
    }
    let (index, bob) = (pool.index(), person("bob").pubkey());
    let args = pool.redeem_args(SHARES);
    let redeem = ix::redeem_to_basket(&index, &bob, 1, args);
    let withdraw =
        |slots: Vec<u8>| ix::withdraw_basket(&index, &bob, 1, slots).expect("held slots");
    let size = chunk(pool, &withdraw, &redeem);
    let mut instructions = harvests;
    instructions.push(redeem);
    let slots: Vec<u8> = index.data.held().map(|(slot, _)| slot).collect();
    instructions.extend(slots.chunks(size).map(|part| withdraw(part.to_vec())));
    instructions.push(ix::close_basket(&index.key, &bob, 1));
    pack(pool, &instructions).expect("each of them fits")
}

type Flow = fn(&mut PoolWorld) -> Taken;

const FLOWS: [(&str, Flow); 2] = [("contribute", contribute), ("redeem", redeem)];

/// Most people beside the cash with whom it is one transaction.
fn largest(flow: Flow, harvested: bool) -> (usize, Taken) {
    let sizes = (1..=MAX_ACCOUNTS / 3).rev();
    let mut taken = sizes.map(|people| (people, flow(&mut world(people, harvested))));
    taken
        .find(|(_, taken)| taken.transactions == 1)
        .expect("one person fits")
}

fn named(people: usize) -> String {
    let word = if people == 1 { "person" } else { "people" };
    format!("{people} {word}")
}

pub fn section() -> Section {
    let mut text = String::from(
        "Through `contribute` and `redeem` where everything fits one transaction, else\n\
         through a basket: version 0, paid by the one who signs, with a lookup table of\n\
         all accounts that can be in one, and the three instructions that set the budget.\n\
         A transaction locks 64 accounts and has 1,232 bytes and 1,400,000 units at most.\n\
         *Due*: everybody owes dividends; a contribution pays for them, a redemption has them\n\
         harvested first, by the same transactions. *Units* are those\n\
         of all transactions together; *most* of one of them. Every index holds one cash\n\
         beside the people. *At most*: the most people with whom one transaction does it.\n\n\
         | what | units | transactions | most units | most bytes | most accounts |\n\
         | --- | ---: | ---: | ---: | ---: | ---: |\n",
    );
    let mut rows = Vec::new();
    let mut row = |name: String, taken: &Taken| {
        let _ = writeln!(
            text,
            "| {name} | {} | {} | {} | {} | {} |",
            grouped(taken.units),
            taken.transactions,
            grouped(taken.most_units),
            grouped(taken.most_bytes as u64),
            taken.most_accounts,
        );
        rows.push((name, taken.units));
    };
    for (what, flow) in FLOWS {
        for (state, paid) in [("harvested", true), ("due", false)] {
            for people in PEOPLE {
                let taken = flow(&mut world(people, paid));
                row(format!("{what}: {}, {state}", named(people)), &taken);
            }
            let (people, taken) = largest(flow, paid);
            row(
                format!("{what}: at most {}, {state}", named(people)),
                &taken,
            );
        }
    }
    Section {
        heading: "Indexes by size",
        text,
        rows,
    }
}

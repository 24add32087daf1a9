//! What the hot paths cost at the least: a program that only makes the same calls and
//! the same writes, replayed by `benches/floor` at the program's own address.

use {
    crate::{Section, calls, grouped, sizes},
    litesvm::LiteSVM,
    solana_account::Account,
    solana_keypair::Keypair,
    solana_message::{Message, inner_instruction::InnerInstruction},
    solana_program::instruction::{AccountMeta, Instruction},
    solana_signer::Signer,
    solana_transaction::Transaction,
    std::fmt::Write as _,
    upside_sdk::{
        Pubkey,
        address::seeds as token_seeds,
        index::{PooledIndex, seeds as index_seeds},
        state::{PersonalToken, decode},
    },
    upside_tests::{
        cases::{self, Case},
        engine::Engine,
        people::person,
        world::World,
    },
};

const FLOOR: &[u8] = include_bytes!("../../floor/floor.so");
/// Constituents of the index that is measured, the cash among them.
const CONSTITUENTS: usize = 10;

/// What a program and its floor spent themselves.
struct Row {
    name: String,
    units: u64,
    own: u64,
    floor: u64,
}

/// One call on one engine: what came of it.
struct Done {
    svm: LiteSVM,
    units: u64,
    own: u64,
    inner: Vec<InnerInstruction>,
}

fn send(svm: LiteSVM, call: &Instruction, signers: &[Keypair]) -> Done {
    try_send(svm, call, signers).unwrap_or_else(|why| panic!("{why}"))
}

fn try_send(mut svm: LiteSVM, call: &Instruction, signers: &[Keypair]) -> Result<Done, String> {
    svm.expire_blockhash();
    let payer = person("payer");
    let message = Message::new(std::slice::from_ref(call), Some(&payer.pubkey()));
    let mut keys = vec![&payer];
    keys.extend(signers.iter().filter(|key| key.pubkey() != payer.pubkey()));
    let mut transaction = Transaction::new_unsigned(message);
    transaction.sign(&keys, svm.latest_blockhash());
    let done = svm.send_transaction(transaction);
    let meta =
        done.map_err(|failed| format!("{:?}\n{}", failed.err, failed.meta.logs.join("\n")))?;
    let (called, _) = calls::calls(&meta.logs, &call.program_id);
    Ok(Done {
        svm,
        units: meta.compute_units_consumed,
        own: meta.compute_units_consumed.saturating_sub(called),
        inner: meta.inner_instructions.into_iter().flatten().collect(),
    })
}

/// All different accounts of a call, its programs among them.
fn places(call: &Instruction) -> Vec<AccountMeta> {
    let mut places: Vec<AccountMeta> = Vec::new();
    for meta in &call.accounts {
        match places.iter_mut().find(|known| known.pubkey == meta.pubkey) {
            Some(known) => {
                known.is_signer |= meta.is_signer;
                known.is_writable |= meta.is_writable;
            }
            None => places.push(meta.clone()),
        }
    }
    places
}

/// The 64-bit words of a script.
#[derive(Default)]
struct Script(Vec<u64>);

impl Script {
    fn number(&mut self, number: usize) {
        self.0.push(number as u64);
    }

    fn bytes(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            let mut word = [0; 8];
            word[..chunk.len()].copy_from_slice(chunk);
            self.0.push(u64::from_le_bytes(word));
        }
    }
}

fn words(account: &Account) -> Vec<u64> {
    let chunks = account.data.chunks_exact(8);
    chunks
        .map(|chunk| u64::from_le_bytes(chunk.try_into().expect("eight bytes")))
        .collect()
}

/// The words that changed in the program's own accounts, as runs.
fn runs(before: &LiteSVM, after: &LiteSVM, own: &Pubkey, places: &[AccountMeta]) -> Vec<Script> {
    let mut runs: Vec<Script> = Vec::new();
    for (place, meta) in places.iter().enumerate() {
        let (Some(was), Some(is)) = (
            before.get_account(&meta.pubkey),
            after.get_account(&meta.pubkey),
        ) else {
            continue;
        };
        if was.owner != *own {
            continue;
        }
        assert_eq!(
            was.data.len(),
            is.data.len(),
            "no hot path makes an account"
        );
        let (was, is) = (words(&was), words(&is));
        let mut at = 0;
        while at < is.len() {
            let same = |at: &usize| was[*at] == is[*at];
            let end = (at..is.len()).find(same).unwrap_or(is.len());
            if end > at {
                let mut run = Script::default();
                run.0
                    .extend([place, at, end - at].map(|number| number as u64));
                run.0.extend(&is[at..end]);
                runs.push(run);
            }
            at = end.max(at + 1);
        }
    }
    runs
}

/// The seeds with which `program` signs for an account of its own.
fn seeds(svm: &LiteSVM, program: &Pubkey, key: &Pubkey) -> Option<Vec<Vec<u8>>> {
    let account = svm
        .get_account(key)
        .filter(|account| account.owner == *program)?;
    if let Ok(token) = decode::<PersonalToken>(key, &account.owner, &account.data) {
        let data = token.data;
        let signer = token_seeds::token_signer(&data.creator, &[data.bump]).map(<[u8]>::to_vec);
        return Some(signer.to_vec());
    }
    let index = decode::<PooledIndex>(key, &account.owner, &account.data)
        .ok()?
        .data;
    let (number, bump) = (index.number.to_le_bytes(), [index.bump]);
    let signer = index_seeds::index_signer(&index.creator, &number, &bump);
    Some(signer.map(<[u8]>::to_vec).to_vec())
}

/// A call that the program made, for the floor to make again.
fn again(
    svm: &LiteSVM,
    program: &Pubkey,
    done: &InnerInstruction,
    keys: &[Pubkey],
    places: &[AccountMeta],
) -> Script {
    let place = |key: &Pubkey| {
        let found = places.iter().position(|meta| meta.pubkey == *key);
        found.expect("a call's accounts are the caller's")
    };
    let key = |index: &u8| keys[usize::from(*index)];
    let call = &done.instruction;
    let called: Vec<Pubkey> = call.accounts.iter().map(key).collect();
    let unsigned = |key: &&Pubkey| {
        places
            .iter()
            .any(|meta| meta.pubkey == **key && !meta.is_signer)
    };
    let mut own = called.iter().filter(unsigned);
    let signing = own.find_map(|key| seeds(svm, program, key).map(|seeds| (*key, seeds)));
    let mut script = Script::default();
    script.number(place(&key(&call.program_id_index)));
    script.number(called.len());
    script.number(call.data.len());
    script.number(signing.as_ref().map_or(0, |(_, seeds)| seeds.len()));
    for key in &called {
        let place = place(key);
        let meta = &places[place];
        let signs = meta.is_signer || signing.as_ref().is_some_and(|(own, _)| own == key);
        script.number(place + 256 * usize::from(meta.is_writable) + 512 * usize::from(signs));
    }
    script.bytes(&call.data);
    for seed in signing.iter().flat_map(|(_, seeds)| seeds) {
        script.number(seed.len());
        script.bytes(seed);
    }
    script
}

/// Measures a call and its floor, and proves that both leave the same behind.
fn measure(name: String, world: &World, call: &Instruction, signers: &[Keypair]) -> Row {
    let svm = lite(world);
    let done = send(svm.clone(), call, signers);
    let places = places(call);
    let payer = person("payer").pubkey();
    let message = Message::new(std::slice::from_ref(call), Some(&payer));
    let keys = &message.account_keys;

    let runs = runs(svm, &done.svm, &call.program_id, &places);
    let made = done.inner.iter().filter(|inner| inner.stack_height == 2);
    let made: Vec<Script> = made
        .map(|inner| again(svm, &call.program_id, inner, keys, &places))
        .collect();
    let mut script = Script::default();
    script.number(runs.len());
    script.number(made.len());
    let script = runs.into_iter().chain(made).fold(script, |mut all, part| {
        all.0.extend(part.0);
        all
    });

    let mut bare = svm.clone();
    let elf = FLOOR.to_vec();
    bare.add_program(call.program_id, &elf)
        .expect("the floor loads");
    let place = person("script of the floor").pubkey();
    let account = Account {
        lamports: 1_000_000_000,
        data: script
            .0
            .iter()
            .flat_map(|word| word.to_le_bytes())
            .collect(),
        owner: call.program_id,
        executable: false,
        rent_epoch: u64::MAX,
    };
    bare.set_account(place, account).expect("a valid account");
    let mut accounts = places.clone();
    accounts.push(AccountMeta::new_readonly(place, false));
    let replay = Instruction {
        program_id: call.program_id,
        accounts,
        data: Vec::new(),
    };
    let floor = send(bare, &replay, signers);
    for meta in &places {
        let (ours, floors) = (&done.svm, &floor.svm);
        let data = |svm: &LiteSVM| svm.get_account(&meta.pubkey).map(|account| account.data);
        assert_eq!(data(ours), data(floors), "{name}: {} differs", meta.pubkey);
    }
    Row {
        name,
        units: done.units,
        own: done.own,
        floor: floor.own,
    }
}

/// Compute units of one call, and those that its program did not spend in others.
pub fn cost(world: &World, call: &Instruction, signers: &[Keypair]) -> (u64, u64) {
    let done = send(lite(world).clone(), call, signers);
    (done.units, done.own)
}

/// Compute units of one call, unless it is refused.
pub fn accepted(world: &World, call: &Instruction, signers: &[Keypair]) -> Option<u64> {
    let done = try_send(lite(world).clone(), call, signers).ok()?;
    Some(done.units)
}

/// Compute units of one call.
pub fn units(world: &World, call: &Instruction, signers: &[Keypair]) -> u64 {
    cost(world, call, signers).0
}

fn lite(world: &World) -> &LiteSVM {
    match &world.engine {
        Engine::Lite(svm) => svm,
        Engine::Bank { .. } | Engine::Rpc(_) => panic!("the benchmark runs on LiteSVM"),
    }
}

fn keys(names: &[&str]) -> Vec<Keypair> {
    names.iter().map(|name| person(name)).collect()
}

/// The hot paths of personal tokens, by the names of their cases.
const HOT: [&str; 5] = [
    "contribute",
    "collect_dividend",
    "redeem: 1 asset",
    "redeem: 8 assets",
    "transfer_shares",
];

fn rows() -> Vec<Row> {
    let mut rows = Vec::new();
    for (name, make) in cases::CASES.iter().filter(|(name, _)| HOT.contains(name)) {
        let Case {
            world,
            instruction,
            signers,
        } = make();
        rows.push(measure(
            (*name).into(),
            &world,
            &instruction,
            &keys(&signers),
        ));
    }
    let mut pool = sizes::world(CONSTITUENTS - 1, true);
    let contribute = pool.contribute_ix("bob", sizes::SHARES);
    let redeem = pool.redeem_ix("bob", sizes::SHARES);
    for (name, call) in [("contribute", contribute), ("redeem", redeem)] {
        let name = format!("index {name}: {CONSTITUENTS} constituents");
        rows.push(measure(name, &pool.world, &call, &keys(&["bob"])));
    }
    let mut pool = sizes::world(1, false);
    let harvest = pool.harvest_ixs(0).remove(0);
    rows.push(measure("index harvest".into(), &pool.world, &harvest, &[]));
    rows
}

pub fn section() -> Section {
    let mut text = String::from(
        "The *floor* is a hand-written program without a framework that makes the same\n\
         calls and the same writes of account data and nothing else: no check, no\n\
         computation, no event (`benches/floor`). What it leaves behind is proven equal\n\
         byte for byte. Both are given without what the called programs spend.\n\n\
         | instruction | units | own | floor | own / floor |\n\
         | --- | ---: | ---: | ---: | ---: |\n",
    );
    let rows = rows();
    for row in &rows {
        let _ = writeln!(
            text,
            "| {} | {} | {} | {} | {}.{:02} |",
            row.name,
            grouped(row.units),
            grouped(row.own),
            grouped(row.floor),
            row.own / row.floor,
            row.own % row.floor * 100 / row.floor,
        );
    }
    Section {
        heading: "Floor",
        text,
        rows: rows.into_iter().map(|row| (row.name, row.units)).collect(),
    }
}

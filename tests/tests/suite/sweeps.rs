//! What must hold for every instruction of both programs, over the catalogue: it
//! succeeds, and it fails with a named error where a signature is missing, an account
//! is read-only, or an account is replaced by a well-formed stranger.

mod logs;
mod scene;

use {
    scene::Scene,
    solana_keypair::Keypair,
    solana_program::instruction::Instruction,
    solana_signer::Signer,
    upside_sdk::{
        Pubkey,
        address::{TOKEN_2022_PROGRAM, TOKEN_PROGRAM},
        index, state,
    },
    upside_tests::{
        catalogue::{CASES, Case, index::CASES as INDEX_CASES},
        engine::Outcome,
        people::person,
        world::token_account_bytes,
    },
};

type Cases<W> = [(&'static str, fn() -> Case<W>)];

/// Slots in which an account of the right type makes another valid call, or which
/// this variant of the instruction does not use.
const FREE: &[(&str, usize)] = &[
    // Anybody applies what any owner announced; an executor may be that of many tokens.
    ("apply_policy", 1),
    ("wind_up_by_executor", 1),
    // Anybody applies what any curator announced.
    ("apply_weights", 1),
    // Anybody cancels any basket after its deadline.
    ("cancel_basket: anybody", 2),
    // The personal token program, where only cash moves.
    ("seed: cash", 2),
    ("unseed: cash", 2),
    ("deposit: cash", 3),
    ("withdraw_basket: cash", 2),
    // What a harvest that claims nothing would claim from and to.
    ("harvest: nothing", 4),
    ("harvest: nothing", 5),
    ("harvest: nothing", 6),
];

/// Token accounts that a claim owns: any one that holds its equity will do.
const BY_FIELDS: &[(&str, usize)] = &[("release_equity", 3), ("sell_equity", 9)];

fn send<W: Scene>(case: &mut Case<W>, instruction: &Instruction) -> Outcome {
    send_without(case, instruction, None)
}

fn send_without<W: Scene>(
    case: &mut Case<W>,
    instruction: &Instruction,
    missing: Option<Pubkey>,
) -> Outcome {
    let keys: Vec<Keypair> = case.signers.iter().map(|name| person(name)).collect();
    let keys = keys.iter().filter(|key| Some(key.pubkey()) != missing);
    case.world
        .world()
        .send(instruction, &keys.collect::<Vec<_>>())
}

/// The bytes of all accounts of a call.
fn bytes<W: Scene>(case: &mut Case<W>) -> Vec<Option<Vec<u8>>> {
    let world = case.world.world();
    let metas = case.instruction.accounts.iter();
    metas
        .map(|meta| {
            world
                .engine
                .account(&meta.pubkey)
                .map(|account| account.data)
        })
        .collect()
}

fn succeeds<W: Scene>(cases: &Cases<W>) {
    for (name, make) in cases {
        let mut case = make();
        let call = case.instruction.clone();
        let outcome = send(&mut case, &call);
        if outcome.error.is_some() {
            println!("{name}");
        }
        case.world.check(name, outcome);
    }
}

#[test]
fn every_instruction_succeeds_and_keeps_the_books() {
    succeeds(CASES);
}

#[test]
fn every_instruction_of_the_index_succeeds_and_keeps_the_books() {
    succeeds(INDEX_CASES);
}

fn cover(idl: &str, cases: &[&str]) -> usize {
    let idl: serde_json::Value = serde_json::from_str(idl).unwrap();
    let instructions = idl["instructions"].as_array().unwrap();
    for instruction in instructions {
        let name = instruction["name"].as_str().unwrap();
        let covered = cases
            .iter()
            .any(|case| case.split(':').next() == Some(name));
        assert!(covered, "{name} is not in the catalogue");
    }
    instructions.len()
}

#[test]
fn every_instruction_of_both_programs_is_in_the_catalogue() {
    let names: Vec<&str> = CASES.iter().map(|(name, _)| *name).collect();
    let count = cover(include_str!("../../../idl/personal_token.json"), &names);
    let names: Vec<&str> = INDEX_CASES.iter().map(|(name, _)| *name).collect();
    let of_index = cover(include_str!("../../../idl/pooled_index.json"), &names);
    assert!(
        count >= 39 && of_index >= 41,
        "{count} and {of_index} instructions"
    );
}

fn sweep_signatures<W: Scene>(cases: &Cases<W>) -> usize {
    let mut tried = 0;
    for (name, make) in cases {
        // A refused transaction changes nothing, so one world serves all of them.
        let mut case = make();
        let before = bytes(&mut case);
        let payer = case.world.world().payer.pubkey();
        for (place, meta) in case.instruction.accounts.clone().iter().enumerate() {
            if !meta.is_signer || meta.pubkey == payer {
                continue;
            }
            let mut call = case.instruction.clone();
            // One person may stand in several slots: none of them signs.
            for other in &mut call.accounts {
                other.is_signer &= other.pubkey != meta.pubkey;
            }
            let outcome = send_without(&mut case, &call, Some(meta.pubkey));
            outcome.named_failure(&format!("{name}, slot {place} without signature"));
            tried += 1;
        }
        assert!(bytes(&mut case) == before, "{name}: something moved");
    }
    tried
}

#[test]
fn every_missing_signature_is_refused() {
    let tried = sweep_signatures(CASES);
    let of_index = sweep_signatures(INDEX_CASES);
    println!("{tried} and {of_index} signatures missing");
    assert!(tried > 30 && of_index > 35, "{tried} {of_index}");
}

fn sweep_read_only<W: Scene>(cases: &Cases<W>) -> usize {
    let mut tried = 0;
    for (name, make) in cases {
        let mut case = make();
        let before = bytes(&mut case);
        let payer = case.world.world().payer.pubkey();
        for (place, meta) in case.instruction.accounts.clone().iter().enumerate() {
            if !meta.is_writable || meta.pubkey == payer {
                continue;
            }
            let mut call = case.instruction.clone();
            for other in &mut call.accounts {
                other.is_writable &= other.pubkey != meta.pubkey;
            }
            let outcome = send(&mut case, &call);
            outcome.named_failure(&format!("{name}, slot {place} read-only"));
            tried += 1;
        }
        assert!(bytes(&mut case) == before, "{name}: something moved");
    }
    tried
}

#[test]
fn every_read_only_account_is_refused() {
    let tried = sweep_read_only(CASES);
    let of_index = sweep_read_only(INDEX_CASES);
    println!("{tried} and {of_index} accounts read-only");
    assert!(tried > 200 && of_index > 180, "{tried} {of_index}");
}

/// Well-formed strangers of every kind: the case's own accounts as another token or
/// index and another owner would have them, accounts of others, wallets, programs,
/// mints, foreign money.
fn strangers<W: Scene>(case: &mut Case<W>) -> Vec<Pubkey> {
    let disguises = case.world.disguises();
    let mut strangers = case.world.residents();
    let keys: Vec<Pubkey> = case
        .instruction
        .accounts
        .iter()
        .map(|meta| meta.pubkey)
        .collect();
    let world = case.world.world();
    strangers.extend([
        person("a stranger").pubkey(),
        person("mallory").pubkey(),
        TOKEN_PROGRAM,
        TOKEN_2022_PROGRAM,
        state::PROGRAM_ID,
        index::PROGRAM_ID,
        world.quote,
    ]);
    for (place, key) in keys.into_iter().enumerate() {
        let Some(account) = world.engine.account(&key) else {
            continue;
        };
        let ours = is_ours(&account.owner);
        if !ours && account.owner != TOKEN_PROGRAM && account.owner != TOKEN_2022_PROGRAM {
            continue;
        }
        for (number, disguise) in disguises.iter().enumerate() {
            let typed = ours && disguise.types.iter().any(|own| account.data[..8] == *own);
            if !typed && !disguise.types.is_empty() {
                continue;
            }
            let mut data = account.data.clone();
            for at in 0..=data.len() - 32 {
                let found = disguise.pairs.iter();
                let found = found.filter(|(own, _)| account.data[at..at + 32] == own.to_bytes());
                for (_, other) in found {
                    data[at..at + 32].copy_from_slice(other.as_ref());
                }
            }
            // Where nothing in it is replaced it would be a copy, which has its own test.
            if data != account.data {
                let stranger = person(&format!("stranger {place} {number}")).pubkey();
                world.put(stranger, account.owner, data);
                strangers.push(stranger);
            }
        }
    }
    let tokens = person("mallory's money").pubkey();
    let money = token_account_bytes(&world.quote, &person("mallory").pubkey(), 5_000_000);
    world.put(tokens, TOKEN_PROGRAM, money);
    strangers.push(tokens);
    strangers
}

fn is_ours(owner: &Pubkey) -> bool {
    *owner == state::PROGRAM_ID || *owner == index::PROGRAM_ID
}

fn is_free(name: &str, place: usize) -> bool {
    FREE.contains(&(name, place))
}

fn sweep_strangers<W: Scene>(cases: &Cases<W>) -> usize {
    let mut tried = 0;
    for (name, make) in cases {
        let mut case = make();
        let strangers = strangers(&mut case);
        let before = bytes(&mut case);
        for place in 0..case.instruction.accounts.len() {
            for stranger in &strangers {
                let meta = &case.instruction.accounts[place];
                if meta.pubkey == *stranger || meta.is_signer || is_free(name, place) {
                    continue;
                }
                let mut call = case.instruction.clone();
                call.accounts[place].pubkey = *stranger;
                let outcome = send(&mut case, &call);
                outcome.named_failure(&format!("{name}, slot {place}, stranger {stranger}"));
                tried += 1;
            }
        }
        assert!(bytes(&mut case) == before, "{name}: something moved");
        // What was tried did no harm: the call still succeeds.
        let call = case.instruction.clone();
        send(&mut case, &call).succeeded();
    }
    tried
}

#[test]
fn every_stranger_in_every_slot_is_refused() {
    let tried = sweep_strangers(CASES);
    println!("{tried} substitutions refused");
    assert!(tried > 2_500);
}

#[test]
fn every_stranger_in_every_slot_of_the_index_is_refused() {
    // Two halves: the machine has more than one core.
    let half = INDEX_CASES.len() / 2;
    let (first, second) = INDEX_CASES.split_at(half);
    let tried = std::thread::scope(|scope| {
        let first = scope.spawn(|| sweep_strangers(first));
        sweep_strangers(second) + first.join().unwrap()
    });
    println!("{tried} substitutions refused");
    assert!(tried > 7_500, "{tried}");
}

/// A copy at another address, of mints, vaults and accounts that the state names. One
/// of an account that a program trusts by owner and type cannot exist: only the
/// program itself makes such accounts. A wallet may have several token accounts.
fn sweep_copies<W: Scene>(cases: &Cases<W>) -> (usize, usize) {
    let (mut refused, mut trusted, mut taken) = (0, 0, Vec::new());
    for (name, make) in cases {
        let mut case = make();
        for (place, meta) in case.instruction.accounts.clone().iter().enumerate() {
            let account = case.world.world().engine.account(&meta.pubkey);
            let Some(account) = account.filter(|account| !account.data.is_empty()) else {
                continue;
            };
            if meta.is_signer || account.executable || is_free(name, place) {
                continue;
            }
            let copy = person(&format!("copy {place}")).pubkey();
            let mut branch = Case {
                world: case.world.branch(),
                instruction: case.instruction.clone(),
                signers: case.signers.clone(),
            };
            branch
                .world
                .world()
                .put(copy, account.owner, account.data.clone());
            branch.instruction.accounts[place].pubkey = copy;
            let call = branch.instruction.clone();
            let outcome = send(&mut branch, &call);
            if outcome.error.is_some() {
                outcome.named_failure(&format!("{name}, slot {place}, copy"));
                refused += 1;
                continue;
            }
            // A token account names its owner behind its mint: a wallet, not a program's.
            let wallet = account.data.get(32..64).map(|key| {
                let key = Pubkey::new_from_array(key.try_into().unwrap());
                let owner = case.world.world().engine.account(&key);
                owner.is_none_or(|owner| !is_ours(&owner.owner))
            });
            let theirs = account.data.len() != 82 && wallet == Some(true);
            if !is_ours(&account.owner) && !theirs && !BY_FIELDS.contains(&(name, place)) {
                taken.push(format!("{name}, slot {place}"));
            }
            trusted += 1;
        }
    }
    assert!(taken.is_empty(), "copies were taken: {taken:?}");
    (refused, trusted)
}

#[test]
fn copies_of_what_the_state_names_are_refused() {
    for (refused, trusted) in [sweep_copies(CASES), sweep_copies(INDEX_CASES)] {
        println!("{refused} copies refused, {trusted} trusted by type or fields");
        assert!(refused > 100, "{refused}");
    }
}

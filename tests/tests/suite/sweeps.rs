//! What must hold for every instruction, over the catalogue: it succeeds, and it
//! fails with a named error where a signature is missing, an account is read-only,
//! or an account is replaced by a well-formed stranger.

use {
    solana_keypair::Keypair,
    solana_signer::Signer,
    upside_sdk::{
        Pubkey,
        address::{TOKEN_2022_PROGRAM, TOKEN_PROGRAM, TokenAddresses},
        state::PROGRAM_ID,
    },
    upside_tests::{
        catalogue::{CASES, Case},
        people::person,
        world::token_account_bytes,
    },
};

fn signers(case: &Case) -> Vec<Keypair> {
    case.signers.iter().map(|name| person(name)).collect()
}

#[test]
fn every_instruction_succeeds_and_keeps_the_books() {
    for (name, make) in CASES {
        let mut case = make();
        let keys = signers(&case);
        let keys: Vec<&Keypair> = keys.iter().collect();
        let events = case.world.send(&case.instruction, &keys).ok();
        let pledged = events.len() == 2 && name.contains("pledge");
        assert!(events.len() == 1 || pledged, "{name} emits one event");
        let header = *events[events.len() - 1].header();
        let token = case.world.token().data;
        assert_eq!(header.token, case.world.token, "{name}");
        assert_eq!(header.sequence, token.sequence, "{name}: the newest event");
        case.world.check_books(&["founder", "bob", "carol"]);
    }
}

#[test]
fn every_instruction_of_the_program_is_in_the_catalogue() {
    let source = include_str!("../../../programs/personal_token/src/lib.rs");
    let program = source.split("pub mod personal_token").nth(1).unwrap();
    let names = program
        .lines()
        .filter_map(|line| line.trim().strip_prefix("pub fn "));
    let mut count = 0;
    for name in names.map(|line| line.split(['(', '<']).next().unwrap()) {
        let covered = CASES
            .iter()
            .any(|(case, _)| case.split(':').next() == Some(name));
        assert!(covered, "{name} is not in the catalogue");
        count += 1;
    }
    assert!(
        count >= 38,
        "only {count} instructions found: has the file's form changed?"
    );
}

#[test]
fn every_missing_signature_is_refused() {
    for (name, make) in CASES {
        let case = make();
        let payer = case.world.payer.pubkey();
        let places = case.instruction.accounts.iter().enumerate();
        let missing: Vec<usize> = places
            .filter(|(_, meta)| meta.is_signer && meta.pubkey != payer)
            .map(|(place, _)| place)
            .collect();
        for place in missing {
            let mut case = make();
            let key = case.instruction.accounts[place].pubkey;
            // One person may stand in several slots: none of them signs.
            for meta in &mut case.instruction.accounts {
                meta.is_signer &= meta.pubkey != key;
            }
            let keys = signers(&case);
            let keys: Vec<&Keypair> = keys.iter().filter(|k| k.pubkey() != key).collect();
            let outcome = case.world.send(&case.instruction, &keys);
            outcome.named_failure(&format!("{name}, slot {place} without signature"));
        }
    }
}

#[test]
fn every_read_only_account_is_refused() {
    for (name, make) in CASES {
        let count = make().instruction.accounts.len();
        for place in 0..count {
            let mut case = make();
            let payer = case.world.payer.pubkey();
            let meta = case.instruction.accounts[place].clone();
            if !meta.is_writable || meta.pubkey == payer {
                continue;
            }
            for other in &mut case.instruction.accounts {
                other.is_writable &= other.pubkey != meta.pubkey;
            }
            let keys = signers(&case);
            let keys: Vec<&Keypair> = keys.iter().collect();
            let outcome = case.world.send(&case.instruction, &keys);
            outcome.named_failure(&format!("{name}, slot {place} read-only"));
        }
    }
}

/// Well-formed strangers of every kind: the case's own accounts as another token and
/// another owner would have them, wallets, programs, mints, foreign money.
fn strangers(case: &mut Case) -> Vec<Pubkey> {
    let mut strangers = vec![
        person("a stranger").pubkey(),
        person("mallory").pubkey(),
        TOKEN_PROGRAM,
        TOKEN_2022_PROGRAM,
        PROGRAM_ID,
        case.world.quote,
    ];
    let others = counterparts(case);
    let own: Vec<Pubkey> = case
        .instruction
        .accounts
        .iter()
        .map(|meta| meta.pubkey)
        .collect();
    for (place, key) in own.into_iter().enumerate() {
        let Some(account) = case.world.engine.account(&key) else {
            continue;
        };
        let foreign = account.owner == TOKEN_PROGRAM || account.owner == TOKEN_2022_PROGRAM;
        if account.owner == PROGRAM_ID || foreign {
            // The same bytes at another address: nothing but the address is wrong.
            let copy = person(&format!("copy {place}")).pubkey();
            case.world.put(copy, account.owner, account.data.clone());
            strangers.push(copy);
        }
        if account.owner == PROGRAM_ID {
            // An account of the same type of another token and another owner.
            let mut data = account.data.clone();
            for (own, other) in &others {
                for at in 0..data.len() - 32 {
                    if data[at..at + 32] == own.to_bytes() {
                        data[at..at + 32].copy_from_slice(other.as_ref());
                    }
                }
            }
            if data == account.data {
                // Nothing in it is the token's or its owner's: it would be a copy.
                continue;
            }
            let stranger = person(&format!("stranger {place}")).pubkey();
            case.world.put(stranger, PROGRAM_ID, data);
            strangers.push(stranger);
        }
    }
    let mallory = person("mallory").pubkey();
    let tokens = person("mallory's money").pubkey();
    let quote = case.world.quote;
    case.world.put(
        tokens,
        TOKEN_PROGRAM,
        token_account_bytes(&quote, &mallory, 5_000_000),
    );
    strangers.push(tokens);
    strangers
}

/// What mallory's token would have where the founder's token has its own.
fn counterparts(case: &mut Case) -> Vec<(Pubkey, Pubkey)> {
    let mallory = person("mallory").pubkey();
    let other = TokenAddresses::of_creator(&mallory);
    let mut pairs = vec![(case.world.token, other.token)];
    for role in ["founder", "guardian", "registrar"] {
        pairs.push((person(role).pubkey(), mallory));
    }
    if case.world.engine.account(&case.world.token).is_some() {
        let token = case.world.token().data;
        pairs.extend([(token.mint, other.mint), (token.register, other.register)]);
        for (place, asset) in token.listed().unwrap().iter().enumerate() {
            pairs.push((
                asset.vault,
                person(&format!("mallory's vault {place}")).pubkey(),
            ));
        }
    }
    pairs
}

/// A copy of an account that the program trusts by owner and type is such an account:
/// only the program can make one, so a copy cannot exist and need not be refused.
fn is_copy(key: &Pubkey) -> bool {
    (0..64).any(|place| person(&format!("copy {place}")).pubkey() == *key)
}

#[test]
fn every_stranger_in_every_slot_is_refused() {
    let mut tried = 0;
    for (name, make) in CASES {
        // A refused transaction changes nothing, so one world serves all of them.
        let mut case = make();
        let strangers = strangers(&mut case);
        let keys = signers(&case);
        let keys: Vec<&Keypair> = keys.iter().collect();
        for place in 0..case.instruction.accounts.len() {
            for stranger in &strangers {
                let meta = &case.instruction.accounts[place];
                if meta.pubkey == *stranger || meta.is_signer || is_copy(stranger) {
                    continue;
                }
                let mut instruction = case.instruction.clone();
                instruction.accounts[place].pubkey = *stranger;
                let outcome = case.world.send(&instruction, &keys);
                outcome.named_failure(&format!("{name}, slot {place}, stranger {stranger}"));
                tried += 1;
            }
        }
        // What was tried did no harm: the call still succeeds.
        case.world.send(&case.instruction, &keys).ok();
    }
    println!("{tried} substitutions refused");
    assert!(tried > 2_500);
}

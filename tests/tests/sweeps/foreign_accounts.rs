//! Accounts that do not belong where the sweeps put them.

use {
    crate::{
        Cases,
        idl::{Idl, Kind},
        scene::Scene,
    },
    solana_account::Account,
    solana_signer::Signer,
    std::sync::OnceLock,
    upside_sdk::{
        Pubkey,
        address::{SYSTEM_PROGRAM, TOKEN_2022_PROGRAM, TOKEN_PROGRAM},
        index, state,
    },
    upside_tests::{
        cases::{CASES, Case, index::CASES as INDEX_CASES},
        people::person,
        world::{mint_bytes, token_account_bytes},
    },
};

/// An account that does not belong.
#[derive(Clone, Debug)]
pub struct Stranger {
    /// What it is.
    pub what: String,
    /// Where it is.
    pub key: Pubkey,
    /// Whether it is a wallet, which can sign.
    pub signs: bool,
}

fn key(name: &str) -> Pubkey {
    person(name).pubkey()
}

fn stranger(what: &str, key: Pubkey) -> Stranger {
    Stranger {
        what: what.to_string(),
        key,
        signs: false,
    }
}

/// Whether a program of ours owns it.
pub fn is_ours(owner: &Pubkey) -> bool {
    *owner == state::PROGRAM_ID || *owner == index::PROGRAM_ID
}

fn other_program(owner: &Pubkey) -> Pubkey {
    if *owner == state::PROGRAM_ID {
        index::PROGRAM_ID
    } else {
        state::PROGRAM_ID
    }
}

/// Bytes with other keys in the place of some.
fn disguised(data: &[u8], pairs: &[(Pubkey, Pubkey)]) -> Vec<u8> {
    let mut other = data.to_vec();
    for at in 0..=data.len().saturating_sub(32) {
        let Some(found) = data.get(at..at + 32) else {
            continue;
        };
        for (_, new) in pairs.iter().filter(|(own, _)| found == own.to_bytes()) {
            other[at..at + 32].copy_from_slice(new.as_ref());
        }
    }
    other
}

/// One real account of every type that the IDLs have, of mallory's token or index.
fn specimens() -> &'static [(Kind, Vec<u8>)] {
    static FOUND: OnceLock<Vec<(Kind, Vec<u8>)>> = OnceLock::new();
    FOUND.get_or_init(|| {
        let mut missing = kinds();
        let mut found = Vec::new();
        collect(CASES, &mut missing, &mut found);
        collect(INDEX_CASES, &mut missing, &mut found);
        assert!(missing.is_empty(), "no call of the cases has {missing:?}");
        found
    })
}

/// Every type of account of both programs.
pub fn kinds() -> Vec<Kind> {
    let mut kinds = Idl::personal_token().kinds();
    kinds.extend(Idl::pooled_index().kinds());
    kinds
}

fn collect<W: Scene>(cases: &Cases<W>, missing: &mut Vec<Kind>, found: &mut Vec<(Kind, Vec<u8>)>) {
    for (_, make) in cases {
        if missing.is_empty() {
            return;
        }
        let mut case = make();
        let pairs = elsewhere(&mut case);
        for meta in case.instruction.accounts.clone() {
            let Some(account) = case.world.world().engine.account(&meta.pubkey) else {
                continue;
            };
            let place = missing.iter().position(|kind| {
                kind.owner == account.owner && account.data[..8] == kind.discriminator
            });
            if let Some(place) = place {
                let data = disguised(&account.data, &pairs);
                found.push((missing.remove(place), data));
            }
        }
    }
}

/// Mallory's token or index in the place of the case's, mallory in the place of its
/// people, and accounts of theirs in the place of all others that the call names.
fn elsewhere<W: Scene>(case: &mut Case<W>) -> Vec<(Pubkey, Pubkey)> {
    let mut pairs = case.world.disguises().swap_remove(0).pairs;
    for name in ["founder", "bob", "carol", "curator"] {
        pairs.push((key(name), key("mallory")));
    }
    let quote = case.world.world().quote;
    for meta in &case.instruction.accounts {
        let account = case.world.world().engine.account(&meta.pubkey);
        let known = pairs.iter().any(|(own, _)| *own == meta.pubkey);
        let ours = account.is_some_and(|account| is_ours(&account.owner));
        if ours && !known && meta.pubkey != quote {
            pairs.push((meta.pubkey, key(&format!("not {}", meta.pubkey))));
        }
    }
    pairs
}

/// Puts everything into a world that no call may take for its own.
pub fn settle<W: Scene>(case: &mut Case<W>) -> Vec<Stranger> {
    let mut all = typed(case);
    all.extend(money(case));
    all.extend(others());
    all.extend(disguises(case));
    for (number, key) in case.world.residents().into_iter().enumerate() {
        all.push(stranger(&format!("resident {number}"), key));
    }
    all
}

/// Each type of account: a real one of another token or index, the same owned by the
/// other program, and the same with a discriminator of the other program.
fn typed<W: Scene>(case: &mut Case<W>) -> Vec<Stranger> {
    let mut all = Vec::new();
    let world = case.world.world();
    let mut put = |what: String, owner: Pubkey, data: Vec<u8>| {
        let key = key(&what);
        world.put(key, owner, data);
        all.push(stranger(&what, key));
    };
    for (kind, data) in specimens() {
        let Kind { name, owner, .. } = kind;
        let other = other_program(owner);
        put(format!("a foreign {name}"), *owner, data.clone());
        put(
            format!("a {name} of the wrong program"),
            other,
            data.clone(),
        );
        let kinds = kinds();
        let theirs = kinds.iter().filter(|kind| kind.owner == other);
        for of in theirs.take(2) {
            let bytes = [&of.discriminator, &data[8..]].concat();
            let what = format!("a {name} that says {}", of.name);
            put(what, other, bytes);
        }
    }
    for owner in [state::PROGRAM_ID, index::PROGRAM_ID] {
        put(format!("nothing of {owner}"), owner, Vec::new());
        put(format!("zeros of {owner}"), owner, vec![0; 4_096]);
        put(format!("a closed one of {owner}"), owner, vec![255; 4_096]);
    }
    all
}

/// Mints and token accounts of both token programs, which are mallory's.
fn money<W: Scene>(case: &mut Case<W>) -> Vec<Stranger> {
    let world = case.world.world();
    let mut all = vec![stranger("the quote mint", world.quote)];
    let quote = (
        world.quote,
        token_account_bytes(&world.quote, &key("mallory"), 5_000_000),
    );
    let mut put = |what: &str, owner: Pubkey, data: Vec<u8>| {
        world.put(key(what), owner, data);
        all.push(stranger(what, key(what)));
    };
    put("mallory's quote", TOKEN_PROGRAM, quote.1);
    for (program, name) in [(TOKEN_PROGRAM, "classic"), (TOKEN_2022_PROGRAM, "2022")] {
        let mint = format!("a {name} mint");
        let money = token_account_bytes(&key(&mint), &key("mallory"), 5_000_000);
        put(&mint, program, mint_bytes(u64::MAX));
        put(&format!("a {name} token account"), program, money);
    }
    all
}

/// Wallets, an address without account, programs, sysvars.
fn others() -> Vec<Stranger> {
    let wallets = ["mallory", "carol", "an empty address"].map(|name| Stranger {
        what: name.to_string(),
        key: key(name),
        signs: true,
    });
    let known = [
        ("SPL Token", TOKEN_PROGRAM),
        ("Token-2022", TOKEN_2022_PROGRAM),
        ("personal_token", state::PROGRAM_ID),
        ("pooled_index", index::PROGRAM_ID),
        ("the system program", SYSTEM_PROGRAM),
        ("the loader", solana_program::bpf_loader::ID),
        ("the clock", solana_program::sysvar::clock::ID),
        ("the rent", solana_program::sysvar::rent::ID),
        ("the instructions", solana_program::sysvar::instructions::ID),
    ];
    let known = known.map(|(what, key)| stranger(what, key));
    wallets.into_iter().chain(known).collect()
}

/// The call's own accounts as another token or index and another owner have them.
fn disguises<W: Scene>(case: &mut Case<W>) -> Vec<Stranger> {
    let disguises = case.world.disguises();
    let metas = case.instruction.accounts.clone();
    let world = case.world.world();
    let mut all = Vec::new();
    for (place, meta) in metas.iter().enumerate() {
        let Some(account) = world.engine.account(&meta.pubkey) else {
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
            let data = disguised(&account.data, &disguise.pairs);
            // Where nothing in it is replaced it would be a copy, which has its own test.
            if data != account.data {
                let what = format!("account {place} in disguise {number}");
                world.put(key(&what), account.owner, data);
                all.push(stranger(&what, key(&what)));
            }
        }
    }
    all
}

/// An account as another one may have left it at its address: closed, with only its
/// lamports, or taken over by another program. Accounts of our programs also as no
/// program writes them: emptied, cut short, of every other type.
pub fn forgeries(account: &Account) -> Vec<(String, Account)> {
    let owned = |owner: Pubkey| Account {
        owner,
        ..account.clone()
    };
    let with = |data: Vec<u8>| Account {
        data,
        ..account.clone()
    };
    let lamports = Account {
        data: Vec::new(),
        owner: SYSTEM_PROGRAM,
        ..account.clone()
    };
    let mut all = vec![
        ("closed".to_string(), Account::default()),
        ("closed and funded".into(), lamports),
    ];
    if !is_ours(&account.owner) {
        return all;
    }
    for (name, owner) in [
        ("the system program", SYSTEM_PROGRAM),
        ("the other program", other_program(&account.owner)),
        ("SPL Token", TOKEN_PROGRAM),
        ("Token-2022", TOKEN_2022_PROGRAM),
    ] {
        all.push((format!("owned by {name}"), owned(owner)));
    }
    all.push(("emptied".into(), with(Vec::new())));
    all.push(("zeroed".into(), with(vec![0; account.data.len()])));
    all.push(("cut short".into(), with(account.data[1..].to_vec())));
    for kind in kinds() {
        let mut data = account.data.clone();
        data[..8].copy_from_slice(&kind.discriminator);
        if data != account.data {
            all.push((format!("that says {}", kind.name), with(data)));
        }
    }
    all
}

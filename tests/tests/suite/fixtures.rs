//! Bytes of every released version still load: `tests/fixtures` has accounts and instruction
//! data as they were, with what they meant. A changed layout shows as a difference.
//!
//! `UPDATE=1` writes the folder of the present version, from the cases; those of versions
//! before stay as they are.

use {
    std::{
        collections::BTreeMap,
        fs,
        path::{Path, PathBuf},
        sync::Once,
    },
    upside_sdk::{
        Pubkey,
        index::{
            self, Announcement, Basket, Candidacy, Lock, Membership, Offer, PooledIndex, Rebalance,
            Wrapper,
        },
        state::{
            self, Approval, Attestation, Attesters, Bid, Claim, Contribution, Grant, Holder,
            Identity, Naming, Pass, PersonalToken, Poll, Product, Receipt, Round, Sale,
            StandingOrder, decode,
        },
    },
    upside_tests::{
        cases::{self, Case},
        listing::{Idl, hex, unhex},
        people::person,
        world::World,
    },
};

/// Bytes in a line of a fixture.
const WIDTH: usize = 32;

/// One program: its folder, its IDL, and how its accounts are decoded.
struct Program {
    name: &'static str,
    id: Pubkey,
    idl: Idl,
    decoders: Vec<(&'static str, Decode)>,
}

/// Decodes an account's bytes, and fails if they do not come back the same.
type Decode = fn(&[u8]);

/// The SDK's decoders of some types, which must give the same bytes back.
macro_rules! decoders {
    ($($kind:ident),* $(,)?) => {
        vec![$((stringify!($kind), |data: &[u8]| {
            let (key, owner) = (Pubkey::default(), <$kind as upside_sdk::anchor::Owner>::owner());
            let decoded = decode::<$kind>(&key, &owner, data).expect(stringify!($kind));
            assert!(bytemuck::bytes_of(&decoded.data) == &data[8..], stringify!($kind));
        })),*]
    };
}

fn programs() -> [Program; 2] {
    [
        Program {
            name: "personal_token",
            id: state::PROGRAM_ID,
            idl: Idl::parse(include_str!("../../../idl/personal_token.json")),
            decoders: decoders![
                Approval,
                Attestation,
                Attesters,
                Bid,
                Claim,
                Contribution,
                Grant,
                Holder,
                Identity,
                Naming,
                Pass,
                PersonalToken,
                Poll,
                Product,
                Receipt,
                Round,
                Sale,
                StandingOrder,
            ],
        },
        Program {
            name: "pooled_index",
            id: index::PROGRAM_ID,
            idl: Idl::parse(include_str!("../../../idl/pooled_index.json")),
            decoders: decoders![
                Announcement,
                Basket,
                Candidacy,
                Lock,
                Membership,
                Offer,
                PooledIndex,
                Rebalance,
                Wrapper,
            ],
        },
    ]
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures")
}

/// Bytes of an account in lines, then its fields.
fn account_text(data: &[u8], fields: &str) -> String {
    let lines = data.chunks(WIDTH).map(|line| hex(line) + "\n");
    lines.collect::<String>() + "\n" + fields
}

/// Reads [`account_text`].
fn parts(text: &str) -> (Vec<u8>, &str) {
    let (bytes, fields) = text.split_once("\n\n").expect("bytes, then fields");
    (unhex(&bytes.replace('\n', "")), fields)
}

/// Names of the entries of a folder.
fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap_or_else(|_| panic!("{}", folder.display()));
    let names = entries.map(|it| it.expect("it can be listed").file_name());
    let mut names: Vec<String> = names.map(|it| it.to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

/// The versions that have fixtures; with `UPDATE=1` the present one is written first, once.
fn versions() -> Vec<String> {
    static UPDATED: Once = Once::new();
    if std::env::var_os("UPDATE").is_some() {
        UPDATED.call_once(update);
    }
    names(&folder())
}

#[test]
fn accounts_of_every_version_load() {
    for version in versions() {
        for program in programs() {
            let folder = folder().join(&version).join(program.name).join("accounts");
            for (name, decode) in &program.decoders {
                let path = folder.join(format!("{name}.txt"));
                let Ok(text) = fs::read_to_string(&path) else {
                    // It came with a later version.
                    assert!(version != env!("CARGO_PKG_VERSION"), "there is no {path:?}");
                    continue;
                };
                let (data, fields) = parts(&text);
                decode(&data);
                let now = program.idl.account(name, &data);
                assert_eq!(now.as_deref(), Ok(fields), "{version}: {name}");
            }
            let known: Vec<&str> = program.decoders.iter().map(|(name, _)| *name).collect();
            assert_eq!(known, program.idl.accounts(), "every type has a fixture");
            for file in names(&folder) {
                let name = file.trim_end_matches(".txt");
                assert!(known.contains(&name), "{file}: no type is called so now");
            }
        }
    }
}

#[test]
fn instruction_data_of_every_version_loads() {
    for version in versions() {
        for program in programs() {
            let folder = folder().join(&version).join(program.name);
            let path = folder.join("instructions.txt");
            let text = fs::read_to_string(path).expect("instruction data");
            let mut read = Vec::new();
            for entry in text.split_terminator("\n\n") {
                let mut lines = entry.lines();
                let (name, data) = (lines.next().unwrap_or(""), lines.next().unwrap_or(""));
                let fields: String = lines.map(|line| format!("{line}\n")).collect();
                let now = program.idl.instruction(name, &unhex(data));
                assert_eq!(now, Ok(fields), "{version}: {name}");
                read.push(name);
            }
            if version == env!("CARGO_PKG_VERSION") {
                let mut all = program.idl.instructions();
                all.sort_unstable();
                assert_eq!(read, all, "every instruction has a fixture");
            }
        }
    }
}

/// What the cases leave on chain and send.
#[derive(Default)]
struct Found {
    /// By program and type; the account with the fewest zeros.
    accounts: BTreeMap<(&'static str, &'static str), Vec<u8>>,
    /// By program and name; the longest.
    instructions: BTreeMap<(&'static str, String), Vec<u8>>,
}

impl Found {
    fn add(&mut self, programs: &[Program], name: &str, case: Case<&mut World>) {
        let name = name.split(':').next().unwrap_or(name);
        let data = &case.instruction.data;
        let own = programs
            .iter()
            .find(|it| it.id == case.instruction.program_id);
        let own = own.expect("a case calls one of our programs").name;
        let known = self.instructions.entry((own, name.to_owned())).or_default();
        if data.len() > known.len() {
            known.clone_from(data);
        }
        let signers: Vec<_> = case.signers.iter().map(|name| person(name)).collect();
        let signers: Vec<_> = signers.iter().collect();
        case.world.send(&case.instruction, &signers);
        for program in programs {
            let mut owned = case.world.engine.owned_by(&program.id);
            owned.sort_by_key(|(key, _)| *key);
            for (kind, _) in &program.decoders {
                let these = owned.iter().map(|(_, account)| &account.data);
                for data in these.filter(|data| program.idl.is_account(kind, data)) {
                    let known = self.accounts.entry((program.name, kind)).or_default();
                    let full = |data: &[u8]| data.iter().filter(|byte| **byte != 0).count();
                    if full(data) > full(known) {
                        known.clone_from(data);
                    }
                }
            }
        }
    }
}

/// Writes the fixtures of the present version.
fn update() {
    let programs = programs();
    let mut found = Found::default();
    for (name, make) in cases::CASES {
        let mut case = make();
        let (instruction, signers) = (case.instruction, case.signers);
        let world = &mut case.world;
        found.add(
            &programs,
            name,
            Case {
                world,
                instruction,
                signers,
            },
        );
    }
    for (name, make) in cases::index::CASES {
        let mut case = make();
        let (instruction, signers) = (case.instruction, case.signers);
        let world = &mut case.world.world;
        found.add(
            &programs,
            name,
            Case {
                world,
                instruction,
                signers,
            },
        );
    }
    let folder = folder().join(env!("CARGO_PKG_VERSION"));
    for program in &programs {
        let folder = folder.join(program.name);
        fs::create_dir_all(folder.join("accounts")).expect("a folder");
        for (kind, _) in &program.decoders {
            let data = &found.accounts[&(program.name, *kind)];
            let fields = program.idl.account(kind, data).expect(kind);
            let path = folder.join(format!("accounts/{kind}.txt"));
            fs::write(path, account_text(data, &fields)).expect("a fixture");
        }
        let own = found.instructions.iter();
        let own = own.filter(|((of, _), _)| *of == program.name);
        let texts = own.map(|((_, name), data)| {
            let fields = program.idl.instruction(name, data).expect(name);
            format!("{name}\n{}\n{fields}\n", hex(data))
        });
        let text: String = texts.collect();
        fs::write(folder.join("instructions.txt"), text).expect("fixtures");
    }
}

//! The limits and the prefixes of addresses, as an IDL lists them. Anchor's `#[constant]`
//! describes no `usize` and no pair, so they are named here; their docs and values are the
//! programs' own.

use {
    crate::workspace::{self, Program},
    anchor_lang_idl::types::{Idl, IdlConst, IdlType},
    anyhow::{Context, Result, ensure},
    personal_token::{seeds as token_seeds, state as token},
    pooled_index::{seeds as index_seeds, state as index},
    std::path::Path,
};

/// A constant's value as an IDL writes it.
trait Value {
    fn ty(&self) -> IdlType;
    fn text(&self) -> String;
}

macro_rules! number {
    ($($number:ty => $ty:ident),+) => {
        $(impl Value for $number {
            fn ty(&self) -> IdlType {
                IdlType::$ty
            }

            fn text(&self) -> String {
                self.to_string()
            }
        })+
    };
}

number!(u8 => U8, u16 => U16, u32 => U32, u64 => U64, i64 => I64, usize => U64);

impl Value for &[u8] {
    fn ty(&self) -> IdlType {
        IdlType::Bytes
    }

    fn text(&self) -> String {
        format!("{self:?}")
    }
}

/// The least and the most of a term.
impl<T: Value> Value for (T, T) {
    fn ty(&self) -> IdlType {
        IdlType::Array(
            Box::new(self.0.ty()),
            anchor_lang_idl::types::IdlArrayLen::Value(2),
        )
    }

    fn text(&self) -> String {
        format!("[{}, {}]", self.0.text(), self.1.text())
    }
}

impl<T: Value, const N: usize> Value for [T; N] {
    fn ty(&self) -> IdlType {
        let ty = self.first().map_or(IdlType::U64, Value::ty);
        IdlType::Array(Box::new(ty), anchor_lang_idl::types::IdlArrayLen::Value(N))
    }

    fn text(&self) -> String {
        let all: Vec<String> = self.iter().map(Value::text).collect();
        format!("[{}]", all.join(", "))
    }
}

type Named = (&'static str, Box<dyn Value>);

macro_rules! named {
    ($of:ident: $($name:ident),+ $(,)?) => {
        vec![$((stringify!($name), Box::new($of::$name) as Box<dyn Value>)),+]
    };
}

fn limits(program: &str) -> Vec<Named> {
    if program == "personal_token" {
        return named!(token:
        AUCTION_SECONDS, CENTURY, COOLING, COVER_TIME, DISSOLUTION_PLACE, DRIP, ENDOWMENT_WAITS, MAX_ASSETS, MAX_ATTESTATION, MAX_ATTESTERS, MAX_ESTATES, MAX_EXTENSION, MAX_FORMER_NAMES, MAX_GRANT_OFFER, MAX_LIFETIME, MAX_OFFER, MAX_OPENING, MAX_ORDER, MAX_ROUND, MAX_ROYALTY, MAX_STREAMS, MAX_TAX, MAX_UNIT_DECIMALS, MAX_VESTING, MIN_DECIMALS, MIN_INACTIVITY, NOTICE, NO_STREAM, OWNER_PLACE, POLLS, POLL_LIFE, THRESHOLD, TRIFLE_PARTS, VERSION, WARMING
                );
    }
    named!(index:
    ADMISSION_SECONDS, EXPIRY, LOCKED_SHARES, LONG_NOTICE, MAX_ACTIONS, MAX_ANNOUNCEMENTS, MAX_BASKET_SECONDS, MAX_COINS, MAX_CONSTITUENTS, MAX_DILUTION, MAX_HARVEST_AGE, MAX_NEW_MEMBERS, MAX_NOTES, MAX_ORDERS_ADDED, MAX_PAUSE, MAX_RECIPIENTS, MAX_VETOED, NOTICE, REBALANCE_DURATION, VERSION, VETO_MEMORY, VETO_PARTS
        )
}

fn seeds(program: &str) -> Vec<Named> {
    if program == "personal_token" {
        return named!(token_seeds:
        APPROVAL, ATTESTATION, ATTESTERS, BID, CLAIM, CONTRIBUTION, GRANT, HOLDER, IDENTITY, MINT, NAMING, ORDER, PASS, POLL, PRODUCT, RECEIPT, ROUND, SALE, TOKEN
                );
    }
    named!(index_seeds:
    ANNOUNCEMENT, BASKET, CANDIDACY, INDEX, LOCK, MEMBERSHIP, OFFER, REBALANCE, SHARES, SUBJECT, TICKETS, WRAPPER
        )
}

/// Adds them. Fails for a public constant of the program's state or seeds that is not named
/// here, and for one without documentation.
pub fn note(program: &Program, idl: &mut Idl) -> Result<()> {
    let state = declared(&program.folder().join("src/state"))?;
    let prefixes = declared(&program.folder().join("src/seeds.rs"))?;
    let lists = [
        (state, limits(&program.name), ""),
        (prefixes, seeds(&program.name), "SEED_"),
    ];
    for (declared, named, prefix) in lists {
        // A range is told by the docs of the constants beside it.
        for (name, docs) in declared
            .into_iter()
            .filter(|(name, _)| name != "WALLET_PLACES")
        {
            let found = named.iter().find(|(it, _)| *it == name);
            let (_, value) = found
                .with_context(|| format!("{}: constant {name} is not in the IDL", program.name))?;
            ensure!(
                !docs.is_empty(),
                "{}: constant {name} has no documentation",
                program.name
            );
            idl.constants.push(IdlConst {
                name: format!("{prefix}{name}"),
                docs,
                ty: value.ty(),
                value: value.text(),
            });
        }
    }
    idl.constants.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(())
}

/// Names and docs of the public constants in a file, or in a folder's files.
fn declared(path: &Path) -> Result<Vec<(String, Vec<String>)>> {
    if path.is_dir() {
        let mut all = Vec::new();
        for entry in std::fs::read_dir(path)? {
            all.extend(declared(&entry?.path())?);
        }
        return Ok(all);
    }
    let (mut docs, mut all) = (Vec::new(), Vec::new());
    for line in workspace::read(path)?.lines() {
        if let Some(doc) = line.strip_prefix("///") {
            docs.push(doc.trim().to_owned());
            continue;
        }
        let name = line
            .strip_prefix("pub const ")
            .and_then(|rest| rest.split(':').next());
        match name {
            Some(name) if !name.contains("fn ") => {
                all.push((name.to_owned(), std::mem::take(&mut docs)));
            }
            _ => docs.clear(),
        }
    }
    Ok(all)
}

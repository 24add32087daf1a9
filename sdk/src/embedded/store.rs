//! The durable half of the embedded chain: one redb database, one write
//! transaction for everything that a Solana transaction changed.

use super::error::EmbeddedError;
use super::state::{MAX_SLOT, Record, State, decode_account, encode_account};
use redb::{Builder, Database, DatabaseError, Durability, ReadableDatabase, TableDefinition};
use serde::Serialize;
use solana_account::{AccountSharedData, ReadableAccount};
use solana_pubkey::Pubkey;
use solana_signature::Signature;
use std::io::ErrorKind;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// The name of the database file in a chain's folder.
pub(super) const FILE_NAME: &str = "chain.redb";
const FORMAT: u32 = 1;

const ACCOUNTS: TableDefinition<&[u8; 32], &[u8]> = TableDefinition::new("accounts");
const TRANSACTIONS: TableDefinition<&[u8; 64], &[u8]> = TableDefinition::new("transactions");
/// Address and big-endian slot → signature. A slot holds one transaction.
const ADDRESS_SIGNATURES: TableDefinition<&[u8; 40], &[u8; 64]> =
    TableDefinition::new("address_signatures");
/// Slot → the signature of its transaction.
const BLOCKS: TableDefinition<u64, &[u8; 64]> = TableDefinition::new("blocks");
const META: TableDefinition<&str, &[u8]> = TableDefinition::new("meta");

/// A record with what finds it again.
pub(super) struct NewRecord<'a> {
    pub signature: &'a Signature,
    pub keys: &'a [Pubkey],
    pub record: &'a Record,
}

pub(super) struct Store {
    db: Database,
    dir: PathBuf,
}

impl Store {
    /// Opens the chain in `dir`, or creates it with the state that `fresh`
    /// gives. Waits up to `wait` for another process to let go of it.
    pub fn open(
        dir: &Path,
        wait: Duration,
        fresh: impl Fn() -> State,
    ) -> Result<Self, EmbeddedError> {
        std::fs::create_dir_all(dir).map_err(|e| EmbeddedError::io(dir, e))?;
        let file = dir.join(FILE_NAME);
        let deadline = Instant::now() + wait;
        loop {
            if !file.try_exists().map_err(|e| EmbeddedError::io(dir, e))? {
                Self::create(dir, &file, &fresh())?;
            }
            match guarded(dir, || Builder::new().open(&file))? {
                Ok(db) => {
                    remove_leftovers(dir);
                    return Ok(Self {
                        db,
                        dir: dir.to_path_buf(),
                    });
                }
                Err(DatabaseError::DatabaseAlreadyOpen) if Instant::now() < deadline => {
                    std::thread::sleep(Duration::from_millis(20));
                }
                Err(error) => return Err(EmbeddedError::open(dir, error)),
            }
        }
    }

    /// A chain that vanishes with its last handle.
    pub fn in_memory(state: &State) -> Result<Self, EmbeddedError> {
        let dir = PathBuf::from(":memory:");
        let db = Builder::new()
            .create_with_backend(redb::backends::InMemoryBackend::new())
            .map_err(|e| EmbeddedError::open(&dir, e))?;
        let store = Self { db, dir };
        store.initialize(state)?;
        Ok(store)
    }

    /// Makes the file under another name and moves it in place when complete,
    /// so that a crash never leaves half a database. Of two processes that do
    /// this at once, the first wins.
    fn create(dir: &Path, file: &Path, state: &State) -> Result<(), EmbeddedError> {
        let new = tempfile_name(dir);
        let db = Builder::new()
            .create(&new)
            .map_err(|e| EmbeddedError::open(dir, e))?;
        let store = Self {
            db,
            dir: dir.to_path_buf(),
        };
        store.initialize(state)?;
        drop(store);
        let placed = match std::fs::hard_link(&new, file) {
            Ok(()) => remove(&new),
            Err(e) if e.kind() == ErrorKind::AlreadyExists => remove(&new),
            // File systems without hard links.
            Err(_) => std::fs::rename(&new, file),
        };
        placed.map_err(|e| EmbeddedError::io(dir, e))?;
        if let Ok(folder) = std::fs::File::open(dir) {
            // Not every platform can sync a folder.
            let _ = folder.sync_all();
        }
        Ok(())
    }

    fn initialize(&self, state: &State) -> Result<(), EmbeddedError> {
        let txn = self.db.begin_write().map_err(db)?;
        {
            txn.open_table(ACCOUNTS).map_err(db)?;
            txn.open_table(TRANSACTIONS).map_err(db)?;
            txn.open_table(ADDRESS_SIGNATURES).map_err(db)?;
            txn.open_table(BLOCKS).map_err(db)?;
            let mut meta = txn.open_table(META).map_err(db)?;
            meta.insert("format", FORMAT.to_le_bytes().as_slice())
                .map_err(db)?;
            meta.insert("state", encode(state)?.as_slice())
                .map_err(db)?;
        }
        txn.commit().map_err(db)
    }

    /// Reads the state and every account.
    pub fn load(&self) -> Result<(State, Vec<(Pubkey, AccountSharedData)>), EmbeddedError> {
        guarded(&self.dir, || self.read())?
    }

    fn read(&self) -> Result<(State, Vec<(Pubkey, AccountSharedData)>), EmbeddedError> {
        let corrupt = |detail: String| EmbeddedError::Corrupt {
            path: self.dir.clone(),
            detail,
        };
        let txn = self.db.begin_read().map_err(db)?;
        let meta = txn.open_table(META).map_err(|e| corrupt(e.to_string()))?;
        let value = |key: &str| match meta.get(key) {
            Ok(Some(value)) => Ok(value.value().to_vec()),
            Ok(None) => Err(corrupt(format!("it has no {key}"))),
            Err(e) => Err(corrupt(e.to_string())),
        };
        let found = u32::from_le_bytes(
            value("format")?
                .try_into()
                .map_err(|_| corrupt("bad format number".into()))?,
        );
        if found != FORMAT {
            return Err(EmbeddedError::Format {
                path: self.dir.clone(),
                found,
                expected: FORMAT,
            });
        }
        let state: State =
            bincode::deserialize(&value("state")?).map_err(|e| corrupt(e.to_string()))?;
        if state.slot > MAX_SLOT {
            return Err(corrupt(format!("slot {} is beyond any chain", state.slot)));
        }
        let table = txn
            .open_table(ACCOUNTS)
            .map_err(|e| corrupt(e.to_string()))?;
        let mut accounts = Vec::new();
        for row in table
            .range::<&[u8; 32]>(..)
            .map_err(|e| corrupt(e.to_string()))?
        {
            let (key, value) = row.map_err(|e| corrupt(e.to_string()))?;
            let key = Pubkey::from(*key.value());
            let account = decode_account(value.value())
                .ok_or_else(|| corrupt(format!("account {key} is malformed")))?;
            accounts.push((key, account));
        }
        Ok((state, accounts))
    }

    /// Writes accounts (without lamports: removes them), the state and at most
    /// one transaction, all or nothing, and durably before it returns.
    pub fn commit(
        &self,
        state: &State,
        accounts: &[(Pubkey, AccountSharedData)],
        new: Option<NewRecord<'_>>,
    ) -> Result<(), EmbeddedError> {
        let mut txn = self.db.begin_write().map_err(db)?;
        txn.set_durability(Durability::Immediate)
            .map_err(|e| EmbeddedError::Storage(e.to_string()))?;
        {
            let mut table = txn.open_table(ACCOUNTS).map_err(db)?;
            for (key, account) in accounts {
                if account.lamports() == 0 {
                    table.remove(&key.to_bytes()).map_err(db)?;
                } else {
                    table
                        .insert(&key.to_bytes(), encode_account(account).as_slice())
                        .map_err(db)?;
                }
            }
            let mut meta = txn.open_table(META).map_err(db)?;
            meta.insert("state", encode(state)?.as_slice())
                .map_err(db)?;
            if let Some(NewRecord {
                signature,
                keys,
                record,
            }) = new
            {
                let signature: &[u8; 64] = signature.as_array();
                txn.open_table(TRANSACTIONS)
                    .map_err(db)?
                    .insert(signature, encode(record)?.as_slice())
                    .map_err(db)?;
                txn.open_table(BLOCKS)
                    .map_err(db)?
                    .insert(record.slot, signature)
                    .map_err(db)?;
                let mut index = txn.open_table(ADDRESS_SIGNATURES).map_err(db)?;
                for key in keys {
                    index
                        .insert(&index_key(key, record.slot), signature)
                        .map_err(db)?;
                }
            }
        }
        txn.commit().map_err(db)
    }

    /// What is known of a transaction.
    pub fn record(&self, signature: &Signature) -> Result<Option<Record>, EmbeddedError> {
        let txn = self.db.begin_read().map_err(db)?;
        let table = txn.open_table(TRANSACTIONS).map_err(db)?;
        let signature: &[u8; 64] = signature.as_array();
        let Some(value) = table.get(signature).map_err(db)? else {
            return Ok(None);
        };
        bincode::deserialize(value.value())
            .map(Some)
            .map_err(|e| EmbeddedError::Corrupt {
                path: self.dir.clone(),
                detail: e.to_string(),
            })
    }

    /// The newest transaction in `slot` or before it.
    pub fn last_before(&self, slot: u64) -> Result<Option<Signature>, EmbeddedError> {
        let txn = self.db.begin_read().map_err(db)?;
        let table = txn.open_table(BLOCKS).map_err(db)?;
        let last = table.range(..=slot).map_err(db)?.next_back();
        let last = last.transpose().map_err(db)?;
        Ok(last.map(|(_, signature)| Signature::from(*signature.value())))
    }

    /// Signatures of transactions that named `address`, newest first, in slots
    /// strictly between `after` and `before`.
    pub fn signatures(
        &self,
        address: &Pubkey,
        after: Option<u64>,
        before: Option<u64>,
        limit: usize,
    ) -> Result<Vec<Signature>, EmbeddedError> {
        let first = after.map_or(0, |slot| slot.saturating_add(1));
        let Some(last) = before.map_or(Some(u64::MAX), |slot| slot.checked_sub(1)) else {
            return Ok(Vec::new());
        };
        if first > last {
            return Ok(Vec::new());
        }
        let txn = self.db.begin_read().map_err(db)?;
        let table = txn.open_table(ADDRESS_SIGNATURES).map_err(db)?;
        let (low, high) = (index_key(address, first), index_key(address, last));
        table
            .range::<&[u8; 40]>(&low..=&high)
            .map_err(db)?
            .rev()
            .take(limit)
            .map(|row| {
                let (_, value) = row.map_err(db)?;
                Ok(Signature::from(*value.value()))
            })
            .collect()
    }
}

fn db(error: impl Into<redb::Error>) -> EmbeddedError {
    EmbeddedError::Storage(error.into().to_string())
}

/// redb panics over some kinds of damage that it meets while it opens a file.
fn guarded<T>(dir: &Path, run: impl FnOnce() -> T) -> Result<T, EmbeddedError> {
    catch_unwind(AssertUnwindSafe(run)).map_err(|_| EmbeddedError::Corrupt {
        path: dir.to_path_buf(),
        detail: "its pages contradict each other".to_string(),
    })
}

fn tempfile_name(dir: &Path) -> PathBuf {
    dir.join(format!(
        ".{FILE_NAME}.{}.{}.new",
        std::process::id(),
        Pubkey::new_unique()
    ))
}

/// Removes what creators left behind that were killed a minute ago or longer. That
/// they stay would harm nothing, so an error is passed over.
fn remove_leftovers(dir: &Path) {
    let prefix = format!(".{FILE_NAME}.");
    for entry in std::fs::read_dir(dir).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let age = entry.metadata().and_then(|meta| meta.modified());
        let old = age.is_ok_and(|time| time.elapsed().is_ok_and(|age| age.as_secs() >= 60));
        if old && name.starts_with(&prefix) && name.ends_with(".new") {
            let _ = remove(&entry.path());
        }
    }
}

/// Removes a file that another process may have removed before.
fn remove(file: &Path) -> std::io::Result<()> {
    match std::fs::remove_file(file) {
        Err(e) if e.kind() != ErrorKind::NotFound => Err(e),
        _ => Ok(()),
    }
}

fn index_key(address: &Pubkey, slot: u64) -> [u8; 40] {
    let mut key = [0; 40];
    key[..32].copy_from_slice(&address.to_bytes());
    key[32..].copy_from_slice(&slot.to_be_bytes());
    key
}

fn encode<T: Serialize>(value: &T) -> Result<Vec<u8>, EmbeddedError> {
    bincode::serialize(value).map_err(|e| EmbeddedError::Storage(e.to_string()))
}

//! The durable half of the embedded chain: one redb database, one write
//! transaction for everything that a Solana transaction changed.

use super::error::EmbeddedError;
use super::folder::{self, checked, guarded};
use super::state::{MAX_SLOT, Record, State, decode_account, encode_account};
use redb::{Builder, Database, DatabaseError, Durability, ReadableDatabase, TableDefinition};
use serde::Serialize;
use solana_account::{AccountSharedData, ReadableAccount};
use solana_pubkey::Pubkey;
use solana_signature::Signature;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

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

/// Opens the database of a chain again, after it failed.
pub(super) type Reopen = Box<dyn Fn() -> Result<Database, DatabaseError> + Send>;

pub(super) struct Store {
    /// `None` after a failure that left open what is on disk.
    db: Option<Database>,
    reopen: Reopen,
    /// The state that is on disk, as far as it was read or written.
    kept: Option<State>,
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
        let file = folder::prepare(dir)?;
        let deadline = Instant::now() + wait;
        loop {
            if !file.try_exists().map_err(|e| EmbeddedError::io(dir, e))? {
                Self::create(dir, &file, &fresh())?;
            }
            match guarded(dir, || checked(Builder::new().open(&file)))? {
                Ok(db) => {
                    folder::sync(dir);
                    folder::remove_leftovers(dir);
                    let reopen = Box::new(move || checked(Builder::new().open(&file)));
                    return Ok(Self::new(db, reopen, dir));
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
        let gone = || Err(DatabaseError::DatabaseAlreadyOpen);
        let store = Self::new(db, Box::new(gone), &dir);
        store.initialize(state)?;
        Ok(store)
    }

    pub fn new(db: Database, reopen: Reopen, dir: &Path) -> Self {
        Self {
            db: Some(db),
            reopen,
            kept: None,
            dir: dir.to_path_buf(),
        }
    }

    /// Makes the file under another name and moves it in place when complete,
    /// so that a crash never leaves half a database. Of two processes that do
    /// this at once, the first wins.
    fn create(dir: &Path, file: &Path, state: &State) -> Result<(), EmbeddedError> {
        let new = folder::temporary(dir);
        let made = Builder::new()
            .create(&new)
            .map_err(|e| EmbeddedError::open(dir, e))
            .and_then(|db| {
                let gone = || Err(DatabaseError::DatabaseAlreadyOpen);
                Self::new(db, Box::new(gone), dir).initialize(state)
            });
        if made.is_err() {
            // What a full disk cut short would only take more of it.
            let _ = folder::remove(&new);
        }
        made?;
        folder::place(&new, file).map_err(|e| EmbeddedError::io(dir, e))?;
        folder::sync(dir);
        Ok(())
    }

    fn db(&self) -> Result<&Database, EmbeddedError> {
        self.db.as_ref().ok_or_else(|| {
            EmbeddedError::Storage("it failed before; open the chain again".to_string())
        })
    }

    pub fn initialize(&self, state: &State) -> Result<(), EmbeddedError> {
        let txn = self.db()?.begin_write().map_err(db)?;
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
    pub fn load(&mut self) -> Result<(State, Vec<(Pubkey, AccountSharedData)>), EmbeddedError> {
        let (state, accounts) = guarded(&self.dir, || self.read())??;
        self.kept = Some(state.clone());
        Ok((state, accounts))
    }

    fn read(&self) -> Result<(State, Vec<(Pubkey, AccountSharedData)>), EmbeddedError> {
        let corrupt = |detail: String| EmbeddedError::Corrupt {
            path: self.dir.clone(),
            detail,
        };
        let txn = self.db()?.begin_read().map_err(db)?;
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
    ///
    /// # Errors
    /// [`EmbeddedError::Storage`]: nothing was kept, the disk was looked at.
    /// [`EmbeddedError::Unknown`]: the disk could not be looked at.
    pub fn commit(
        &mut self,
        state: &State,
        accounts: &[(Pubkey, AccountSharedData)],
        new: Option<NewRecord<'_>>,
    ) -> Result<(), EmbeddedError> {
        let written = guarded(&self.dir, || self.write(state, accounts, new));
        match written.and_then(|written| written) {
            Ok(()) => {}
            Err(error) if self.db.is_none() => return Err(error),
            Err(error) => self.recover(state, accounts, error)?,
        }
        self.kept = Some(state.clone());
        Ok(())
    }

    /// Finds out what became of a write that failed: an error while the disk syncs
    /// does not say which side of it the disk stopped at.
    fn recover(
        &mut self,
        state: &State,
        accounts: &[(Pubkey, AccountSharedData)],
        error: EmbeddedError,
    ) -> Result<(), EmbeddedError> {
        let unknown = |why: String| {
            let what = match &error {
                EmbeddedError::Storage(what) => what.clone(),
                other => other.to_string(),
            };
            EmbeddedError::Unknown(format!("{what} ({why})"))
        };
        let old = self.db.take();
        let db = guarded(&self.dir, || {
            drop(old);
            (self.reopen)()
        });
        let db = db.map_err(|e| unknown(e.to_string()))?;
        self.db = Some(db.map_err(|e| unknown(e.to_string()))?);
        let found = self.read().map(|(found, all)| {
            let all: HashMap<_, _> = all.into_iter().collect();
            let new: HashMap<_, _> = accounts.iter().map(|(key, new)| (key, new)).collect();
            let holds = new.iter().all(|(key, account)| match all.get(*key) {
                Some(kept) => kept == *account,
                None => account.lamports() == 0,
            });
            let before = self.kept.as_ref() == Some(&found);
            (found == *state && holds, before)
        });
        match found {
            Ok((true, _)) => Ok(()),
            Ok((_, true)) => Err(error),
            Ok(_) => {
                self.db = None;
                Err(unknown("another process went on".to_string()))
            }
            Err(e) => {
                self.db = None;
                Err(unknown(e.to_string()))
            }
        }
    }

    fn write(
        &self,
        state: &State,
        accounts: &[(Pubkey, AccountSharedData)],
        new: Option<NewRecord<'_>>,
    ) -> Result<(), EmbeddedError> {
        let mut txn = self.db()?.begin_write().map_err(db)?;
        txn.set_durability(Durability::Immediate)
            .map_err(|e| EmbeddedError::Storage(e.to_string()))?;
        // In two phases what was committed is never taken for a torn write: damage to
        // it is an error when the file is opened, and not a silent step back.
        txn.set_two_phase_commit(true);
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
        let txn = self.db()?.begin_read().map_err(db)?;
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
        let txn = self.db()?.begin_read().map_err(db)?;
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
        let txn = self.db()?.begin_read().map_err(db)?;
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

fn index_key(address: &Pubkey, slot: u64) -> [u8; 40] {
    let mut key = [0; 40];
    key[..32].copy_from_slice(&address.to_bytes());
    key[32..].copy_from_slice(&slot.to_be_bytes());
    key
}

fn encode<T: Serialize>(value: &T) -> Result<Vec<u8>, EmbeddedError> {
    bincode::serialize(value).map_err(|e| EmbeddedError::Storage(e.to_string()))
}

//! The machine of the embedded chain: LiteSVM, its clock and blockhashes, and
//! the one path by which a transaction becomes durable.

use super::error::EmbeddedError;
use super::state::{Inner, MAX_SLOT, Record, State, new_seed};
use super::store::{NewRecord, Store};
use super::{ClockMode, Options};
use litesvm::LiteSVM;
use litesvm::types::TransactionMetadata;
use solana_account::{AccountSharedData, ReadableAccount, WritableAccount};
use solana_clock::Clock;
use solana_epoch_schedule::EpochSchedule;
use solana_hash::Hash;
use solana_message::inner_instruction::InnerInstruction;
use solana_pubkey::Pubkey;
use solana_signature::Signature;
use solana_signer::Signer;
use solana_slot_hashes::SlotHashes;
use solana_transaction::versioned::VersionedTransaction;
use solana_transaction_error::TransactionError;
use std::collections::{BTreeSet, HashMap, HashSet, VecDeque};
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

/// How many blockhashes a transaction may be built on, as on a cluster.
pub(super) const MAX_AGE: u64 = 150;
/// How many slots the slot-hashes sysvar knows.
const SLOT_HASHES: u64 = 512;
const FAUCET_LAMPORTS: u64 = 1 << 60;

/// What one run of a transaction did.
pub(super) struct Outcome {
    pub err: Option<TransactionError>,
    pub meta: TransactionMetadata,
    /// Every writable account after the run; empty when it failed.
    pub post: Vec<(Pubkey, AccountSharedData)>,
}

pub(super) struct Chain {
    pub svm: LiteSVM,
    pub store: Store,
    pub state: State,
    mode: ClockMode,
    schedule: EpochSchedule,
    owners: HashMap<Pubkey, BTreeSet<Pubkey>>,
    /// Slots and their blockhashes, newest first.
    recent: VecDeque<(u64, Hash)>,
    programs: HashSet<Pubkey>,
}

/// The mint of SOL: nine decimals, and nobody mints or freezes.
const NATIVE_MINT: Pubkey = Pubkey::from_str_const("So11111111111111111111111111111111111111112");
const TOKEN: Pubkey = Pubkey::from_str_const("TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA");

fn native_mint(svm: &LiteSVM) -> AccountSharedData {
    let mut data = [0; 82];
    data[44] = 9;
    data[45] = 1; // initialized
    let lamports = svm.minimum_balance_for_rent_exemption(data.len());
    let mut account = AccountSharedData::new(lamports, 0, &TOKEN);
    account.set_data_from_slice(&data);
    account.set_rent_epoch(u64::MAX);
    account
}

impl Chain {
    pub fn open(
        dir: Option<&Path>,
        programs: &[(Pubkey, &[u8])],
        options: Options,
    ) -> Result<Self, EmbeddedError> {
        // The chain checks signatures, blockhashes and repeats by itself: it
        // knows more than one blockhash and every signature since genesis.
        let mut svm = LiteSVM::new()
            .with_sigverify(false)
            .with_blockhash_check(false)
            .with_transaction_history(0);
        let first = svm.get_sysvar::<Clock>().slot;
        let fresh = || State {
            slot: first,
            time: wall(),
            offset: 0,
            created: wall(),
            seed: new_seed(),
            transactions: 0,
        };
        let mut store = match dir {
            Some(dir) => Store::open(dir, options.wait, fresh)?,
            None => Store::in_memory(&fresh())?,
        };
        let (state, accounts) = store.load()?;
        let schedule = svm.get_sysvar::<EpochSchedule>();
        let faucet = state.faucet().pubkey();
        put(
            &mut svm,
            &faucet,
            AccountSharedData::new(FAUCET_LAMPORTS, 0, &Pubkey::default()),
        )?;
        // As on every cluster, SOL has a mint, under which it is wrapped.
        let native = native_mint(&svm);
        put(&mut svm, &NATIVE_MINT, native)?;
        // Programs need the data of their executables before themselves.
        let (late, early): (Vec<_>, Vec<_>) = accounts
            .into_iter()
            .partition(|(_, account)| account.executable());
        for (key, account) in early.into_iter().chain(late) {
            put(&mut svm, &key, account)?;
        }
        for (id, elf) in programs {
            svm.add_program(*id, elf)
                .map_err(|e| EmbeddedError::Program {
                    id: *id,
                    detail: e.to_string(),
                })?;
        }
        let mut owners: HashMap<Pubkey, BTreeSet<Pubkey>> = HashMap::new();
        for (key, account) in &svm.accounts_db().inner {
            owners.entry(*account.owner()).or_default().insert(*key);
        }
        let mut chain = Self {
            svm,
            store,
            state,
            mode: options.clock,
            schedule,
            owners,
            recent: VecDeque::new(),
            programs: programs.iter().map(|(id, _)| *id).collect(),
        };
        chain.fill_recent();
        chain.set_clock(chain.state.slot);
        Ok(chain)
    }

    pub fn account(&self, key: &Pubkey) -> Option<&AccountSharedData> {
        self.svm.accounts_db().get_account_ref(key)
    }

    /// The accounts of a program, in the order of their addresses.
    pub fn owned_by(&self, owner: &Pubkey) -> impl Iterator<Item = (&Pubkey, &AccountSharedData)> {
        let keys = self.owners.get(owner).into_iter().flatten();
        keys.filter_map(|key| Some((key, self.account(key)?)))
    }

    pub fn now(&self) -> i64 {
        match self.mode {
            ClockMode::Manual => self.state.time,
            ClockMode::Wall => self
                .state
                .time
                .max(wall().saturating_add(self.state.offset)),
        }
    }

    pub fn epoch(&self, slot: u64) -> (u64, u64, u64) {
        let (epoch, index) = self.schedule.get_epoch_and_slot_index(slot);
        (epoch, index, self.schedule.get_slots_in_epoch(epoch))
    }

    /// Whether a transaction may still be built on this blockhash.
    pub fn is_recent(&self, hash: &Hash) -> bool {
        self.recent
            .iter()
            .take(MAX_AGE as usize)
            .any(|(_, known)| known == hash)
    }

    /// Shows `slot` and the present time to whatever reads the clock next.
    pub fn set_clock(&mut self, slot: u64) {
        let now = self.now();
        let old = self.svm.get_sysvar::<Clock>();
        if old.slot == slot && old.unix_timestamp == now {
            return;
        }
        let epoch = self.epoch(slot).0;
        self.svm.set_sysvar(&Clock {
            slot,
            unix_timestamp: now,
            epoch,
            leader_schedule_epoch: epoch.saturating_add(1),
            // Nobody reads it; a plausible value for the ordinary schedule.
            epoch_start_timestamp: now.min(self.state.created.max(old.epoch_start_timestamp)),
        });
    }

    /// Runs a transaction on the next slot without keeping anything.
    pub fn run(&mut self, tx: &VersionedTransaction) -> Outcome {
        self.set_clock(self.state.slot.saturating_add(1));
        match self.svm.simulate_transaction(tx.clone()) {
            Ok(done) => Outcome {
                err: None,
                meta: done.meta,
                post: done.post_accounts,
            },
            Err(failed) => Outcome {
                err: Some(failed.err),
                meta: failed.meta,
                post: Vec::new(),
            },
        }
    }

    /// Makes a run of a transaction durable and then visible. Of a failed one
    /// only the fee remains. An error of the storage leaves everything as it was.
    pub fn keep(
        &mut self,
        tx: &VersionedTransaction,
        wire: Vec<u8>,
        outcome: Outcome,
    ) -> Result<Signature, EmbeddedError> {
        let Outcome {
            err,
            meta,
            mut post,
        } = outcome;
        let keys = self.keys(tx);
        let pre_balances = keys.all.iter().map(|key| self.lamports(key)).collect();
        if err.is_some() {
            let payer = tx.message.static_account_keys()[0];
            let mut account = self.account(&payer).cloned().unwrap_or_default();
            account.set_lamports(account.lamports().saturating_sub(meta.fee));
            post = vec![(payer, account)];
            post.extend(self.used_nonce(&tx.message));
        }
        post.retain(|(key, account)| match self.account(key) {
            // A program is loaded again even when only its executable changed.
            Some(old) => (old != account || account.executable()) && !self.programs.contains(key),
            None => account.lamports() != 0,
        });
        let after: HashMap<_, _> = post.iter().map(|(k, a)| (*k, a.lamports())).collect();
        let balance = |key| {
            after
                .get(key)
                .copied()
                .unwrap_or_else(|| self.lamports(key))
        };
        let state = State {
            slot: self.state.slot.saturating_add(1),
            time: self.svm.get_sysvar::<Clock>().unix_timestamp,
            transactions: self.state.transactions.saturating_add(1),
            ..self.state
        };
        let record = Record {
            slot: state.slot,
            time: state.time,
            wire,
            err,
            inner: inner(&meta),
            logs: meta.logs,
            units: meta.compute_units_consumed,
            fee: meta.fee,
            loaded_writable: keys.all[keys.statics..keys.statics + keys.writable].to_vec(),
            loaded_readonly: keys.all[keys.statics + keys.writable..].to_vec(),
            pre_balances,
            post_balances: keys.all.iter().map(balance).collect(),
            return_data: (!meta.return_data.data.is_empty())
                .then_some((meta.return_data.program_id, meta.return_data.data)),
        };
        let signature = tx.signatures[0];
        let new = NewRecord {
            signature: &signature,
            keys: &keys.all,
            record: &record,
        };
        self.settle(state, post, Some(new))?;
        self.fill_recent();
        Ok(signature)
    }

    /// Writes accounts directly, durably.
    pub fn set_accounts(
        &mut self,
        accounts: Vec<(Pubkey, AccountSharedData)>,
    ) -> Result<(), EmbeddedError> {
        self.settle(self.state.clone(), accounts, None)
    }

    /// Moves the clock forward, durably. A slot takes 0.4 s.
    pub fn advance(&mut self, seconds: i64) -> Result<(), EmbeddedError> {
        let too_far = || EmbeddedError::Invalid(format!("cannot advance by {seconds} seconds"));
        let forward = u64::try_from(seconds).map_err(|_| too_far())?;
        let slots = forward.checked_mul(5).ok_or_else(too_far)? / 2;
        let slot = self.state.slot.checked_add(slots).ok_or_else(too_far)?;
        if slot > MAX_SLOT {
            return Err(too_far());
        }
        let state = State {
            slot,
            time: self.now().checked_add(seconds).ok_or_else(too_far)?,
            offset: self.state.offset.checked_add(seconds).ok_or_else(too_far)?,
            ..self.state
        };
        self.store.commit(&state, &[], None)?;
        self.state = state;
        self.fill_recent();
        self.set_clock(self.state.slot);
        Ok(())
    }

    pub fn lamports(&self, key: &Pubkey) -> u64 {
        self.account(key).map_or(0, ReadableAccount::lamports)
    }

    /// Makes accounts and state durable, or leaves everything as it was. What the
    /// machine does not take never comes to the disk: the chain would not open again.
    fn settle(
        &mut self,
        state: State,
        accounts: Vec<(Pubkey, AccountSharedData)>,
        new: Option<NewRecord<'_>>,
    ) -> Result<(), EmbeddedError> {
        let old = |(key, _): &(Pubkey, _)| (*key, self.account(key).cloned().unwrap_or_default());
        let before: Vec<_> = accounts.iter().map(old).collect();
        let applied = self.apply(accounts.clone());
        match applied.and_then(|()| self.store.commit(&state, &accounts, new)) {
            Ok(()) => {
                self.state = state;
                Ok(())
            }
            Err(error) => {
                self.apply(before)?;
                Err(error)
            }
        }
    }

    fn apply(
        &mut self,
        mut accounts: Vec<(Pubkey, AccountSharedData)>,
    ) -> Result<(), EmbeddedError> {
        accounts.sort_by_key(|(_, account)| account.executable());
        for (key, account) in accounts {
            if let Some(old) = self.svm.accounts_db().get_account_ref(&key)
                && let Some(keys) = self.owners.get_mut(old.owner())
            {
                keys.remove(&key);
            }
            if account.lamports() != 0 {
                self.owners.entry(*account.owner()).or_default().insert(key);
            }
            put(&mut self.svm, &key, account)?;
        }
        Ok(())
    }

    /// Brings the known blockhashes and the slot-hashes sysvar up to the slot.
    fn fill_recent(&mut self) {
        let slot = self.state.slot;
        let known = self.recent.front().map_or(0, |(slot, _)| *slot);
        let oldest = (slot + 1).saturating_sub(SLOT_HASHES);
        for new in oldest.max(known + 1)..=slot {
            self.recent.push_front((new, self.state.blockhash(new)));
        }
        self.recent.truncate(SLOT_HASHES as usize);
        self.svm
            .set_sysvar(&SlotHashes::new(self.recent.make_contiguous()));
    }
}

/// The calls of programs that a run made, by top-level instruction.
pub(super) fn inner(meta: &TransactionMetadata) -> Vec<Vec<Inner>> {
    let call = |call: &InnerInstruction| Inner {
        program: call.instruction.program_id_index,
        accounts: call.instruction.accounts.clone(),
        data: call.instruction.data.clone(),
        height: call.stack_height,
    };
    meta.inner_instructions
        .iter()
        .map(|calls| calls.iter().map(call).collect())
        .collect()
}

fn put(svm: &mut LiteSVM, key: &Pubkey, account: AccountSharedData) -> Result<(), EmbeddedError> {
    svm.set_account(*key, account.into())
        .map_err(|e| EmbeddedError::Invalid(format!("cannot set account {key}: {e}")))
}

pub(super) fn wall() -> i64 {
    let now = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    i64::try_from(now.as_secs()).unwrap_or(i64::MAX)
}

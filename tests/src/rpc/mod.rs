//! A validator over JSON-RPC.
//!
//! Transactions skip the preflight: what is refused is refused on chain, with a slot and
//! a time of its own. Reads are at `confirmed`, never older than the last transaction.

pub mod genesis;
mod patience;
mod send;

pub use send::fits;

use {
    crate::engine::Outcome,
    patience::Patience,
    solana_account::Account,
    solana_account_decoder_client_types::UiAccountEncoding,
    solana_clock::Clock,
    solana_commitment_config::CommitmentConfig,
    solana_rpc_client::rpc_client::RpcClient,
    solana_rpc_client_api::{client_error::Result as ClientResult, config::RpcAccountInfoConfig},
    solana_signature::Signature,
    std::{
        collections::{BTreeMap, HashMap, HashSet},
        thread,
        time::{Duration, Instant},
    },
    upside_sdk::Pubkey,
};

/// When a transaction ran.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// Its slot.
    pub slot: u64,
    /// The time of its block, which is what programs read as the time, unix seconds.
    pub time: i64,
}

/// How many accounts a node returns at once.
const BATCH: usize = 100;
/// How long a request may take.
const TIMEOUT: Duration = Duration::from_secs(30);
/// How many seconds somebody waits for a time that is to come.
const SOON: i64 = 3;
/// How long at most: a chain's clock may be slower than ours.
const PATIENCE: Duration = Duration::from_secs(4);

/// A client of a validator. Nobody else may write the accounts that it reads: it
/// remembers them until it writes them itself.
pub struct Rpc {
    client: RpcClient,
    known: HashMap<Pubkey, Option<Account>>,
    sent: HashSet<Signature>,
    /// The latest slot that a transaction ran in.
    slot: u64,
    patience: Patience,
    /// What ran, and what the node told of it.
    pub ran: Vec<(Signature, Outcome)>,
    /// How long each took, from its blockhash until it was confirmed.
    pub took: Vec<Duration>,
}

impl Rpc {
    /// A client of the validator at `url`.
    pub fn new(url: &str) -> Rpc {
        let commitment = CommitmentConfig::confirmed();
        Rpc {
            client: RpcClient::new_with_timeout_and_commitment(url, TIMEOUT, commitment),
            known: HashMap::new(),
            sent: HashSet::new(),
            slot: 0,
            patience: Patience::default(),
            ran: Vec::new(),
            took: Vec::new(),
        }
    }

    /// Requests that failed and were repeated, by kind.
    pub fn faults(&self) -> &BTreeMap<String, u64> {
        &self.patience.faults
    }

    /// Forgets every account, so that all are read again.
    pub fn forget(&mut self) {
        self.known.clear();
    }

    /// Reads accounts together, so that [`Rpc::account`] finds them.
    pub fn prefetch(&mut self, keys: &[Pubkey]) {
        let unknown = keys.iter().filter(|key| !self.known.contains_key(key));
        let unknown: HashSet<Pubkey> = unknown.copied().collect();
        let unknown: Vec<Pubkey> = unknown.into_iter().collect();
        let config = RpcAccountInfoConfig {
            encoding: Some(UiAccountEncoding::Base64),
            commitment: Some(CommitmentConfig::confirmed()),
            min_context_slot: Some(self.slot),
            data_slice: None,
        };
        for batch in unknown.chunks(BATCH) {
            let found = self.patience.request("getMultipleAccounts", || {
                self.client
                    .get_multiple_ui_accounts_with_config(batch, config.clone())
            });
            for (key, account) in batch.iter().zip(found.value) {
                let account = account.map(|account| account.to_account().expect("base64"));
                self.known.insert(*key, account);
            }
        }
    }

    /// Reads an account.
    pub fn account(&mut self, key: &Pubkey) -> Option<Account> {
        self.prefetch(std::slice::from_ref(key));
        self.known[key].clone()
    }

    /// The clock.
    pub fn clock(&mut self) -> Clock {
        let id = solana_program::sysvar::clock::ID;
        self.known.remove(&id);
        let data = self.account(&id).expect("a clock").data;
        let word = |at: usize| data[at * 8..][..8].try_into().expect("eight bytes");
        Clock {
            slot: u64::from_le_bytes(word(0)),
            epoch_start_timestamp: i64::from_le_bytes(word(1)),
            epoch: u64::from_le_bytes(word(2)),
            leader_schedule_epoch: u64::from_le_bytes(word(3)),
            unix_timestamp: i64::from_le_bytes(word(4)),
        }
    }

    /// The time that the node tells of a slot's block, unix seconds.
    pub fn block_time(&mut self, slot: u64) -> i64 {
        self.patience
            .request("getBlockTime", || self.client.get_block_time(slot))
    }

    /// Waits for a time if it comes soon; returns the time.
    pub fn wait_for(&mut self, at: i64) -> i64 {
        let start = Instant::now();
        loop {
            let now = self.clock().unix_timestamp;
            let soon = (now + 1..=now + SOON).contains(&at);
            if !soon || start.elapsed() > PATIENCE {
                return now;
            }
            thread::sleep(Duration::from_millis(200));
        }
    }

    /// The latest slot that a transaction of this client ran in.
    pub fn slot(&self) -> u64 {
        self.slot
    }

    /// Waits until the validator has finalized a slot.
    pub fn wait_for_finalized(&mut self, slot: u64) {
        self.wait_until(slot, "getSlot", |client| {
            client.get_slot_with_commitment(CommitmentConfig::finalized())
        });
    }

    /// Waits until the validator has a snapshot of a slot or a later one.
    pub fn wait_for_snapshot(&mut self, slot: u64) {
        self.wait_until(slot, "getHighestSnapshotSlot", |client| {
            match client.get_highest_snapshot_slot() {
                Err(error) if patience::is_without_snapshot(&error) => Ok(0),
                highest => highest.map(|snapshot| snapshot.full),
            }
        });
    }

    fn wait_until(&mut self, slot: u64, name: &str, ask: impl Fn(&RpcClient) -> ClientResult<u64>) {
        while self.patience.request(name, || ask(&self.client)) < slot {
            thread::sleep(Duration::from_millis(500));
        }
    }
}

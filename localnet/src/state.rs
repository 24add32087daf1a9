//! What the chain keeps, and how it is written.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use solana_account::{AccountSharedData, ReadableAccount, WritableAccount};
use solana_hash::Hash;
use solana_keypair::Keypair;
use solana_pubkey::Pubkey;
use solana_transaction_error::TransactionError;

/// No chain gets further: it would take longer than the sun lasts.
pub(super) const MAX_SLOT: u64 = 1 << 62;

/// What the chain is besides its accounts. Written with every change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct State {
    /// The slot of the newest transaction.
    pub slot: u64,
    /// The newest time that the chain has shown to a transaction.
    pub time: i64,
    /// How far the chain's clock is ahead of the wall clock, in seconds.
    pub offset: i64,
    /// When the chain was created, by its own clock.
    pub created: i64,
    /// Blockhashes, the genesis hash and the faucet derive from this.
    pub seed: [u8; 32],
    /// How many transactions were executed.
    pub transactions: u64,
}

impl State {
    /// The blockhash of a slot.
    pub fn blockhash(&self, slot: u64) -> Hash {
        Hash::new_from_array(sha(&[b"blockhash", &self.seed, &slot.to_le_bytes()]))
    }

    pub fn genesis(&self) -> Hash {
        Hash::new_from_array(sha(&[b"genesis", &self.seed]))
    }

    /// The account that pays airdrops.
    pub fn faucet(&self) -> Keypair {
        Keypair::new_from_array(sha(&[b"faucet", &self.seed]))
    }
}

/// Fresh randomness for a new chain.
pub(super) fn new_seed() -> [u8; 32] {
    sha(&[b"seed", Keypair::new().secret_bytes()])
}

fn sha(parts: &[&[u8]]) -> [u8; 32] {
    let mut hasher = Sha256::new();
    parts.iter().for_each(|part| hasher.update(part));
    hasher.finalize().into()
}

/// One instruction that a program called.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Inner {
    pub program: u8,
    pub accounts: Vec<u8>,
    pub data: Vec<u8>,
    pub height: u8,
}

/// What is kept of an executed transaction.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Record {
    pub slot: u64,
    pub time: i64,
    /// The transaction in wire format.
    pub wire: Vec<u8>,
    pub err: Option<TransactionError>,
    pub logs: Vec<String>,
    pub units: u64,
    pub fee: u64,
    /// Addresses from lookup tables: writable, then read-only.
    pub loaded_writable: Vec<Pubkey>,
    pub loaded_readonly: Vec<Pubkey>,
    pub pre_balances: Vec<u64>,
    pub post_balances: Vec<u64>,
    pub inner: Vec<Vec<Inner>>,
    pub return_data: Option<(Pubkey, Vec<u8>)>,
}

/// lamports (8) · rent epoch (8) · executable (1) · owner (32) · data.
pub(super) fn encode_account(account: &AccountSharedData) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(49 + account.data().len());
    bytes.extend_from_slice(&account.lamports().to_le_bytes());
    bytes.extend_from_slice(&account.rent_epoch().to_le_bytes());
    bytes.push(u8::from(account.executable()));
    bytes.extend_from_slice(&account.owner().to_bytes());
    bytes.extend_from_slice(account.data());
    bytes
}

pub(super) fn decode_account(bytes: &[u8]) -> Option<AccountSharedData> {
    let (lamports, rest) = bytes.split_first_chunk::<8>()?;
    let (rent_epoch, rest) = rest.split_first_chunk::<8>()?;
    let (executable, rest) = rest.split_first()?;
    let (owner, data) = rest.split_first_chunk::<32>()?;
    let mut account = AccountSharedData::new(u64::from_le_bytes(*lamports), 0, &(*owner).into());
    account.set_rent_epoch(u64::from_le_bytes(*rent_epoch));
    account.set_executable(*executable != 0);
    account.set_data_from_slice(data);
    Some(account)
}

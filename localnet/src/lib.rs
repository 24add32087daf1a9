//! An embedded chain: Solana's own runtime ([LiteSVM](litesvm), with mainnet's
//! features) behind the ordinary [`RpcClient`], kept in a folder.
//!
//! Whatever works against a cluster works against this chain, because it is
//! the same client and the same runtime. What a transaction changed is on disk
//! before its sender hears of it, in one transaction of an embedded database:
//! a process that is killed loses nothing that was confirmed, and neither does a
//! machine that loses power, as long as its disk keeps what it says it has synced.
//! Every page is compared with its checksum when the chain is opened: damage is an
//! error, never a silent step back.
//!
//! It differs from a cluster where that helps: every transaction is final at
//! once and has a slot of its own; slots pass with transactions and
//! [`advance`](EmbeddedChain::advance), not with time; a transaction that could
//! not even pay its fee is refused, where a cluster would forget it silently.
//! Durable nonces work; their values follow from one another, not from blockhashes.

#![forbid(unsafe_code)]
#![deny(missing_docs)]

mod chain;
mod error;
mod folder;
mod keys;
mod nonce;
mod rpc;
mod rpc_accounts;
mod rpc_cluster;
mod rpc_history;
mod rpc_transactions;
mod state;
mod store;
#[cfg(test)]
mod store_disk;
#[cfg(test)]
mod store_faults;

pub use error::EmbeddedError;
pub use rpc::{MAYBE_KEPT, NOT_KEPT};

use async_trait::async_trait;
use solana_account::{Account, AccountSharedData, ReadableAccount, WritableAccount};
use solana_pubkey::Pubkey;
use solana_rpc_client::nonblocking::rpc_client::RpcClient;
use solana_rpc_client::rpc_client::RpcClientConfig;
use solana_rpc_client::rpc_sender::{RpcSender, RpcTransportStats};
use solana_rpc_client_api::client_error::{Error as ClientError, Result as ClientResult};
use solana_rpc_client_api::request::RpcRequest;
use solana_signature::Signature;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// Where the chain's time comes from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ClockMode {
    /// The wall clock, plus whatever was [advanced](EmbeddedChain::advance).
    #[default]
    Wall,
    /// Time stands still except when [advanced](EmbeddedChain::advance).
    Manual,
}

/// How to open a chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// Where time comes from.
    pub clock: ClockMode,
    /// How long to wait for another process that has the chain open.
    pub wait: Duration,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            clock: ClockMode::Wall,
            wait: Duration::from_secs(5),
        }
    }
}

/// A handle to an embedded chain. Clones share the chain; it closes when the
/// last one (and the last [`RpcClient`] made from one) is dropped.
///
/// ```
/// use solana_keypair::Keypair;
/// use solana_signer::Signer;
/// use upside_localnet::{EmbeddedChain, Options};
///
/// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
/// let chain = EmbeddedChain::in_memory(&[], Options::default())?;
/// let client = chain.client();
/// let alice = Keypair::new().pubkey();
///
/// let signature = client.request_airdrop(&alice, 1_000_000_000).await?;
/// assert!(client.confirm_transaction(&signature).await?);
/// assert_eq!(client.get_balance(&alice).await?, 1_000_000_000);
///
/// let before = chain.now();
/// chain.advance(86_400)?;
/// assert!(chain.now() >= before + 86_400);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// # }).unwrap();
/// ```
#[derive(Clone)]
pub struct EmbeddedChain(Arc<Shared>);

struct Shared {
    chain: Mutex<chain::Chain>,
    stats: Mutex<RpcTransportStats>,
    dir: Option<PathBuf>,
}

const TOKEN: Pubkey = Pubkey::from_str_const("TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA");
const ATA: Pubkey = Pubkey::from_str_const("ATokenGPvbdGVxr1b2hvZbsiqW5xWH25efTNsLJA8knL");
const MINT_LEN: usize = 82;
const TOKEN_ACCOUNT_LEN: usize = 165;

impl EmbeddedChain {
    /// Opens the chain in `dir`, or starts one there.
    ///
    /// Programs are given as their ELFs every time and are not stored, so the
    /// next version of a program applies from the next open.
    ///
    /// # Errors
    /// [`EmbeddedError::InUse`] when another process still has the chain after
    /// `options.wait`; others when the folder or a program cannot be used.
    pub fn open(
        dir: &Path,
        programs: &[(Pubkey, &[u8])],
        options: Options,
    ) -> Result<Self, EmbeddedError> {
        Self::build(Some(dir), programs, options)
    }

    /// A chain that is gone with its last handle.
    ///
    /// # Errors
    /// When a program cannot be loaded.
    pub fn in_memory(
        programs: &[(Pubkey, &[u8])],
        options: Options,
    ) -> Result<Self, EmbeddedError> {
        Self::build(None, programs, options)
    }

    fn build(
        dir: Option<&Path>,
        programs: &[(Pubkey, &[u8])],
        options: Options,
    ) -> Result<Self, EmbeddedError> {
        Ok(Self(Arc::new(Shared {
            chain: Mutex::new(chain::Chain::open(dir, programs, options)?),
            stats: Mutex::default(),
            dir: dir.map(Path::to_path_buf),
        })))
    }

    /// The ordinary client, talking to this chain.
    pub fn client(&self) -> RpcClient {
        RpcClient::new_sender(self.clone(), RpcClientConfig::default())
    }

    /// The time that programs see, in seconds since 1970.
    pub fn now(&self) -> i64 {
        self.lock().now()
    }

    /// The slot of the newest transaction.
    pub fn slot(&self) -> u64 {
        self.lock().state.slot
    }

    /// Moves time forward, and slots with it (0.4 s each).
    ///
    /// # Errors
    /// When `seconds` is negative or absurd, or the storage fails.
    pub fn advance(&self, seconds: i64) -> Result<(), EmbeddedError> {
        self.lock().advance(seconds)
    }

    /// Gives lamports out of thin air, by a transaction of the faucet.
    ///
    /// # Errors
    /// When the faucet cannot pay that much, or the storage fails.
    pub fn airdrop(&self, to: &Pubkey, lamports: u64) -> Result<Signature, EmbeddedError> {
        rpc_transactions::airdrop(&mut self.lock(), to, lamports)
    }

    /// An account as it is now.
    pub fn account(&self, key: &Pubkey) -> Option<Account> {
        let mut chain = self.lock();
        let slot = chain.state.slot;
        chain.set_clock(slot);
        chain.account(key).cloned().map(Into::into)
    }

    /// Writes an account; one without lamports is removed.
    ///
    /// # Errors
    /// When the storage fails, or a program cannot be loaded.
    pub fn set_account(&self, key: &Pubkey, account: Account) -> Result<(), EmbeddedError> {
        self.set_accounts([(*key, account)])
    }

    /// Writes many accounts at once, all or none, which is much faster than one
    /// by one.
    ///
    /// # Errors
    /// When the storage fails, or a program cannot be loaded.
    pub fn set_accounts(
        &self,
        accounts: impl IntoIterator<Item = (Pubkey, Account)>,
    ) -> Result<(), EmbeddedError> {
        let accounts = accounts
            .into_iter()
            .map(|(key, account)| (key, account.into()))
            .collect();
        self.lock().set_accounts(accounts)
    }

    /// Creates a mint of the classic token program, without freeze authority.
    ///
    /// # Errors
    /// When the account exists, or the storage fails.
    pub fn create_mint(
        &self,
        mint: &Pubkey,
        decimals: u8,
        authority: &Pubkey,
    ) -> Result<(), EmbeddedError> {
        let mut chain = self.lock();
        if chain.account(mint).is_some() {
            return Err(EmbeddedError::Invalid(format!(
                "account {mint} exists already"
            )));
        }
        let mut data = [0; MINT_LEN];
        data[0] = 1; // an authority follows
        data[4..36].copy_from_slice(&authority.to_bytes());
        data[44] = decimals;
        data[45] = 1; // initialized
        let account = token_account(&chain, &data);
        chain.set_accounts(vec![(*mint, account)])
    }

    /// Mints atoms to the associated token account of `owner`, which is
    /// created where missing, and returns the account's address.
    ///
    /// # Errors
    /// When `mint` is no classic mint, the supply overflows, or the storage
    /// fails.
    pub fn mint_to(
        &self,
        mint: &Pubkey,
        owner: &Pubkey,
        atoms: u64,
    ) -> Result<Pubkey, EmbeddedError> {
        let mut chain = self.lock();
        let invalid = |what: &str| EmbeddedError::Invalid(format!("{mint} {what}"));
        let mut of_mint = chain
            .account(mint)
            .filter(|account| account.owner() == &TOKEN && account.data().len() == MINT_LEN)
            .cloned()
            .ok_or_else(|| invalid("is not a mint of the classic token program"))?;
        add_atoms(&mut of_mint, 36, atoms).ok_or_else(|| invalid("has too large a supply"))?;
        let seeds = [owner.as_ref(), TOKEN.as_ref(), mint.as_ref()];
        let address = Pubkey::find_program_address(&seeds, &ATA).0;
        let mut of_owner = match chain.account(&address) {
            Some(account) if account.owner() == &TOKEN => account.clone(),
            _ => {
                let mut data = [0; TOKEN_ACCOUNT_LEN];
                data[..32].copy_from_slice(&mint.to_bytes());
                data[32..64].copy_from_slice(&owner.to_bytes());
                data[108] = 1; // initialized
                token_account(&chain, &data)
            }
        };
        add_atoms(&mut of_owner, 64, atoms).ok_or_else(|| invalid("has too large a supply"))?;
        chain.set_accounts(vec![(*mint, of_mint), (address, of_owner)])?;
        Ok(address)
    }

    fn lock(&self) -> MutexGuard<'_, chain::Chain> {
        self.0.chain.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A rent-exempt account of the classic token program.
fn token_account(chain: &chain::Chain, data: &[u8]) -> AccountSharedData {
    let lamports = chain.svm.minimum_balance_for_rent_exemption(data.len());
    let mut account = AccountSharedData::new(lamports, 0, &TOKEN);
    account.set_data_from_slice(data);
    account.set_rent_epoch(u64::MAX);
    account
}

/// Adds to the little-endian u64 at `offset`.
fn add_atoms(account: &mut AccountSharedData, offset: usize, atoms: u64) -> Option<()> {
    let bytes = account
        .data_as_mut_slice()
        .get_mut(offset..)?
        .first_chunk_mut::<8>()?;
    *bytes = u64::from_le_bytes(*bytes).checked_add(atoms)?.to_le_bytes();
    Some(())
}

#[async_trait]
impl RpcSender for EmbeddedChain {
    async fn send(
        &self,
        request: RpcRequest,
        params: serde_json::Value,
    ) -> ClientResult<serde_json::Value> {
        let start = Instant::now();
        let answer = rpc::answer(&mut self.lock(), request.as_str(), params);
        let mut stats = self.0.stats.lock().unwrap_or_else(PoisonError::into_inner);
        stats.request_count += 1;
        stats.elapsed_time += start.elapsed();
        answer.map_err(|fault| ClientError::new_with_request(fault.into(), request))
    }

    fn get_transport_stats(&self) -> RpcTransportStats {
        self.0
            .stats
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    fn url(&self) -> String {
        match &self.0.dir {
            Some(dir) => format!("embedded:{}", dir.display()),
            None => "embedded:memory".to_string(),
        }
    }
}

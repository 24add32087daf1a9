//! A request, its simulation, and the budget that follows from it.

use {
    super::{
        SendOptions, TransactionError, compile,
        offline::{missing_signers, required_signers, unsigned},
    },
    solana_account_decoder_client_types::UiAccountEncoding,
    solana_commitment_config::CommitmentConfig,
    solana_compute_budget_interface::{self as compute_budget, ComputeBudgetInstruction as Set},
    solana_message::{AddressLookupTableAccount, Hash, VersionedMessage},
    solana_program::{instruction::Instruction, pubkey::Pubkey},
    solana_rpc_client::nonblocking::rpc_client::RpcClient,
    solana_rpc_client_api::{
        client_error::{Error as ClientError, ErrorKind, Result as ClientResult},
        config::{RpcSimulateTransactionAccountsConfig, RpcSimulateTransactionConfig},
        custom_error::JSON_RPC_SERVER_ERROR_MIN_CONTEXT_SLOT_NOT_REACHED,
        request::RpcError,
        response::RpcSimulateTransactionResult,
    },
    solana_signer::Signer,
    std::{collections::BTreeSet, future::Future, io, time::Duration},
    tokio::time::{Instant, sleep},
};

/// Compute units that a transaction may ask for at most.
const MAX_UNITS: u32 = 1_400_000;
/// Compute units that an instruction may need above what its simulation used: money that
/// falls due in between (a stream that went on, a round that filled) is a transfer more.
const DUE_UNITS: u64 = 10_000;
/// Bytes of accounts that a transaction may load at most.
const MAX_LOADED_BYTES: u32 = 64 << 20;
/// Loaded bytes are charged by this page.
const LOADED_PAGE: u32 = 32 << 10;
/// Lamports a signature, where the node's simulation names no fee.
const SIGNATURE_FEE: u64 = 5_000;
/// How many accounts `getRecentPrioritizationFees` takes.
const FEE_ACCOUNTS: usize = 128;
/// How long one call may take.
const CALL_PATIENCE: Duration = Duration::from_secs(20);

/// What is to be done in one transaction, by whom, paid by whom.
///
/// A compute budget instruction among `instructions` is kept: the builder adds only
/// those that are not there, after all others, so that indexes stay what they are.
///
/// With signers that may be shared between threads (`S` of `Keypair`, or of
/// `dyn Signer + Sync`), what sends it may be spawned on any of a runtime's threads.
pub struct TransactionRequest<'a, S: Signer + ?Sized = dyn Signer> {
    /// The instructions, in order.
    pub instructions: Vec<Instruction>,
    /// Who pays the fee.
    pub payer: Pubkey,
    /// Everybody who has to sign, the payer among them. Others are passed over.
    pub signers: Vec<&'a S>,
    /// Lookup tables, as they are on chain.
    pub lookup_tables: Vec<AddressLookupTableAccount>,
}

/// What a request would do now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Simulation {
    /// Compute units that it used.
    pub units: u64,
    /// The program logs.
    pub logs: Vec<String>,
    /// Bytes of the accounts that it loaded, when the node tells.
    pub loaded_accounts_data_size: Option<u32>,
    /// Estimated fee in lamports: that of the signatures, and the limit that would be
    /// set times the price that recent fees suggest.
    pub fee: u64,
}

/// Runs a request on the node's newest state without sending it. Signatures are not
/// needed.
///
/// # Errors
/// [`Rejected`](TransactionError::Rejected) with code and logs when it would fail,
/// [`TooLarge`](TransactionError::TooLarge), [`Compile`](TransactionError::Compile),
/// [`Network`](TransactionError::Network).
pub async fn simulate<S: Signer + ?Sized>(
    client: &RpcClient,
    request: &TransactionRequest<'_, S>,
) -> Result<Simulation, TransactionError> {
    let options = SendOptions::default();
    let price = price(client, request, &options).await?;
    let (message, result) = run(client, request, price, &options, &[]).await?;
    let budget = request.budget(&result, price);
    let signatures = required_signers(&message).len() as u64;
    // The simulated fee would have a price of the request's own times the largest limit.
    let simulated = result.fee.filter(|_| request.own(3).is_none());
    let base = simulated.unwrap_or(SIGNATURE_FEE * signatures);
    let units = request.own(2).map_or(budget.units.into(), number);
    let price = request.own(3).map_or(price, number);
    let priority = (u128::from(units) * u128::from(price)).div_ceil(1_000_000);
    Ok(Simulation {
        units: result.units_consumed.unwrap_or_default(),
        logs: result.logs.unwrap_or_default(),
        loaded_accounts_data_size: result.loaded_accounts_data_size,
        fee: base.saturating_add(u64::try_from(priority).unwrap_or(u64::MAX)),
    })
}

/// Lamports of accounts after a transaction, in their order, by a simulation; 0 for one that
/// is not there then.
///
/// # Errors
/// `Rejected` if the transaction would fail; `Rpc`.
pub async fn lamports_after<S: Signer + ?Sized>(
    client: &RpcClient,
    request: &TransactionRequest<'_, S>,
    accounts: &[Pubkey],
) -> Result<Vec<u64>, TransactionError> {
    let (_, result) = run(client, request, 0, &SendOptions::default(), accounts).await?;
    let after = result.accounts.unwrap_or_default().into_iter();
    let mut lamports: Vec<_> = after
        .map(|account| account.map_or(0, |account| account.lamports))
        .collect();
    lamports.resize(accounts.len(), 0);
    Ok(lamports)
}

/// The tight budget that a simulation asks for.
pub(super) async fn measure<S: Signer + ?Sized>(
    client: &RpcClient,
    request: &TransactionRequest<'_, S>,
    options: &SendOptions,
) -> Result<Budget, TransactionError> {
    let price = price(client, request, options).await?;
    let (_, result) = run(client, request, price, options, &[]).await?;
    Ok(request.budget(&result, price))
}

/// What a transaction is allowed and what it offers.
#[derive(Clone, Copy, Debug)]
pub(super) struct Budget {
    units: u32,
    loaded_bytes: u32,
    /// `None`: no price is set.
    price: Option<u64>,
}

impl<S: Signer + ?Sized> TransactionRequest<'_, S> {
    /// # Errors
    /// [`MissingSigner`](TransactionError::MissingSigner).
    pub(super) fn check_signers(&self) -> Result<(), TransactionError> {
        let message = compile(
            &self.instructions,
            &self.payer,
            &self.lookup_tables,
            Hash::default(),
        )?;
        let present: Vec<_> = self.signers.iter().map(|signer| signer.pubkey()).collect();
        match missing_signers(&message, &present).first() {
            Some(key) => Err(TransactionError::MissingSigner(*key)),
            None => Ok(()),
        }
    }

    /// What the simulation used, a tenth more, and what may fall due until it is sent.
    fn budget(&self, result: &RpcSimulateTransactionResult, price: u64) -> Budget {
        let due = (self.instructions.len() as u64).saturating_mul(DUE_UNITS);
        let units = result.units_consumed.map_or(u64::from(MAX_UNITS), |used| {
            used.saturating_add(used / 10).saturating_add(due)
        });
        let loaded_bytes = result
            .loaded_accounts_data_size
            .map_or(MAX_LOADED_BYTES, |bytes| {
                let pages = bytes.div_ceil(LOADED_PAGE).saturating_add(1);
                pages.saturating_mul(LOADED_PAGE).min(MAX_LOADED_BYTES)
            });
        Budget {
            units: u32::try_from(units).unwrap_or(MAX_UNITS).min(MAX_UNITS),
            loaded_bytes,
            price: (price > 0).then_some(price),
        }
    }

    pub(super) fn message(
        &self,
        budget: &Budget,
        blockhash: Hash,
    ) -> Result<VersionedMessage, TransactionError> {
        let mut instructions = self.instructions.clone();
        let mut add = |tag, instruction| {
            if self.own(tag).is_none() {
                instructions.push(instruction);
            }
        };
        add(2, Set::set_compute_unit_limit(budget.units));
        add(
            4,
            Set::set_loaded_accounts_data_size_limit(budget.loaded_bytes),
        );
        if let Some(price) = budget.price {
            add(3, Set::set_compute_unit_price(price));
        }
        compile(&instructions, &self.payer, &self.lookup_tables, blockhash)
    }

    /// The argument of the request's own compute budget instruction with this tag.
    fn own(&self, tag: u8) -> Option<&[u8]> {
        self.instructions.iter().find_map(|instruction| {
            let (first, argument) = instruction.data.split_first()?;
            (compute_budget::check_id(&instruction.program_id) && *first == tag).then_some(argument)
        })
    }

    fn write_locked(&self) -> Vec<Pubkey> {
        let metas = self
            .instructions
            .iter()
            .flat_map(|instruction| &instruction.accounts);
        let writable = metas
            .filter(|meta| meta.is_writable)
            .map(|meta| meta.pubkey);
        let keys: BTreeSet<_> = writable.chain([self.payer]).collect();
        keys.into_iter().take(FEE_ACCOUNTS).collect()
    }
}

/// The price to set: the options', or what three quarters of the recent slots asked of
/// these accounts, at most the options' maximum.
async fn price<S: Signer + ?Sized>(
    client: &RpcClient,
    request: &TransactionRequest<'_, S>,
    options: &SendOptions,
) -> Result<u64, TransactionError> {
    if let Some(price) = options.compute_unit_price {
        return Ok(price);
    }
    if request.own(3).is_some() {
        return Ok(0);
    }
    let accounts = request.write_locked();
    let recent = within(client.get_recent_prioritization_fees(&accounts)).await?;
    let mut fees: Vec<_> = recent.iter().map(|slot| slot.prioritization_fee).collect();
    fees.sort_unstable();
    let rank = (fees.len() * 3).div_ceil(4).saturating_sub(1);
    Ok(fees
        .get(rank)
        .copied()
        .unwrap_or_default()
        .min(options.max_price))
}

/// Simulates with the largest budget, in the shape that will be sent.
async fn run<S: Signer + ?Sized>(
    client: &RpcClient,
    request: &TransactionRequest<'_, S>,
    price: u64,
    options: &SendOptions,
    watched: &[Pubkey],
) -> Result<(VersionedMessage, RpcSimulateTransactionResult), TransactionError> {
    let budget = Budget {
        units: MAX_UNITS,
        loaded_bytes: MAX_LOADED_BYTES,
        // Not the price itself: times the largest limit it could exceed the balance.
        price: (price > 0).then_some(0),
    };
    let message = request.message(&budget, Hash::default())?;
    let config = RpcSimulateTransactionConfig {
        sig_verify: false,
        replace_recent_blockhash: true,
        commitment: Some(working_commitment(options)),
        min_context_slot: (options.min_slot > 0).then_some(options.min_slot),
        accounts: (!watched.is_empty()).then(|| RpcSimulateTransactionAccountsConfig {
            encoding: Some(UiAccountEncoding::Base64),
            addresses: watched.iter().map(ToString::to_string).collect(),
        }),
        ..Default::default()
    };
    let transaction = unsigned(message);
    let deadline = Instant::now() + options.confirm_timeout;
    let answer = loop {
        let call = client.simulate_transaction_with_config(&transaction, config.clone());
        match within(call).await {
            // Its no would be about a past that lacks what this builds on.
            Err(error) if is_behind(&error) && Instant::now() < deadline => {
                sleep(options.poll).await;
            }
            answer => break answer?,
        }
    };
    let mut result = answer.value;
    if let Some(error) = result.err.take() {
        let logs = result.logs.take().unwrap_or_default();
        let count = request.instructions.len();
        return Err(TransactionError::rejected(error.into(), logs, count, None));
    }
    Ok((transaction.message, result))
}

/// Whether a node has not yet seen the slot that it was to have seen.
fn is_behind(error: &ClientError) -> bool {
    let ErrorKind::RpcError(RpcError::RpcResponseError { code, .. }) = error.kind() else {
        return false;
    };
    *code == JSON_RPC_SERVER_ERROR_MIN_CONTEXT_SLOT_NOT_REACHED
}

/// A blockhash that outlives the last one, which a node that lags may still give, and
/// the last block height that it is valid at.
pub(super) async fn newer_blockhash(
    client: &RpcClient,
    last: u64,
    options: &SendOptions,
) -> Result<(Hash, u64), TransactionError> {
    let deadline = Instant::now() + options.confirm_timeout;
    let commitment = working_commitment(options);
    loop {
        let newest = within(client.get_latest_blockhash_with_commitment(commitment)).await?;
        if newest.1 > last {
            return Ok(newest);
        }
        if Instant::now() >= deadline {
            let reason = io::Error::other("the node gives no new blockhash");
            return Err(ClientError::from(reason).into());
        }
        sleep(options.poll).await;
    }
}

/// The state to work on. Finalized state is half a minute old: a blockhash from there
/// has lost a fifth of its life.
pub(super) fn working_commitment(options: &SendOptions) -> CommitmentConfig {
    if options.commitment.is_finalized() {
        CommitmentConfig::confirmed()
    } else {
        options.commitment
    }
}

/// The answer of one call, or an error when there is none for too long.
pub(super) async fn within<T>(call: impl Future<Output = ClientResult<T>>) -> ClientResult<T> {
    match tokio::time::timeout(CALL_PATIENCE, call).await {
        Ok(answer) => answer,
        Err(_) => Err(io::Error::new(io::ErrorKind::TimedOut, "no answer in time").into()),
    }
}

fn number(little_endian: &[u8]) -> u64 {
    little_endian
        .iter()
        .rev()
        .fold(0, |sum, byte| sum << 8 | u64::from(*byte))
}

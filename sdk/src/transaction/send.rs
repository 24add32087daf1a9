//! Sending an intent so that it is executed once or not at all.

use {
    super::{
        TransactionError, TransactionRequest,
        builder::{measure, newer_blockhash, within, working_commitment},
        sign_partially,
    },
    solana_commitment_config::CommitmentConfig,
    solana_rpc_client::nonblocking::rpc_client::RpcClient,
    solana_rpc_client_api::{
        client_error::Result as ClientResult,
        config::{RpcSendTransactionConfig, RpcTransactionConfig},
    },
    solana_signature::Signature,
    solana_signer::Signer,
    solana_transaction::versioned::VersionedTransaction,
    solana_transaction_error::TransactionResult,
    std::{io, time::Duration},
    tokio::time::{Instant, sleep},
};

/// After how long without a sign of it a transaction is sent again.
const RESEND: Duration = Duration::from_secs(2);
/// How often a landed transaction's details are asked for.
const DETAIL_ATTEMPTS: u32 = 5;

/// How to send.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SendOptions {
    /// What counts as landed. Below confirmed a landed transaction can still vanish.
    pub commitment: CommitmentConfig,
    /// Micro-lamports a compute unit, as given; `None`: from recent fees.
    pub compute_unit_price: Option<u64>,
    /// Micro-lamports a compute unit that recent fees may lead to at most.
    pub max_price: u64,
    /// Whether the node forwards without checking first.
    pub skip_preflight: bool,
    /// How many versions are made, each after the one before has expired. 0 means 1.
    pub max_attempts: u32,
    /// The pause between two looks at the outcome.
    pub poll: Duration,
    /// After how long one version's outcome is given up as unknown. A blockhash lives
    /// for one to one and a half minutes, its end is final a quarter of a minute later.
    pub patience: Duration,
}

impl Default for SendOptions {
    /// Confirmed, a price from recent fees of at most one lamport a compute unit,
    /// checked by the node, three attempts, one look a second, five minutes' patience.
    fn default() -> Self {
        Self {
            commitment: CommitmentConfig::confirmed(),
            compute_unit_price: None,
            max_price: 1_000_000,
            skip_preflight: false,
            max_attempts: 3,
            poll: Duration::from_secs(1),
            patience: Duration::from_secs(300),
        }
    }
}

/// A transaction that succeeded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Landed {
    /// Its signature.
    pub signature: Signature,
    /// The slot that executed it.
    pub slot: u64,
    /// Compute units that it used, when the node tells.
    pub units: Option<u64>,
    /// The fee it paid in lamports, when the node tells.
    pub fee: Option<u64>,
    /// The program logs, when the node tells.
    pub logs: Vec<String>,
}

/// Executes a request once: simulates it, sets the budget and the price, signs, sends,
/// sends again while nothing is seen of it, and waits until it has reached
/// [`SendOptions::commitment`].
///
/// A version that can no longer land (the finalized chain is past its blockhash's life,
/// and the node's history does not know it) is followed by a new one, signed anew, up
/// to [`SendOptions::max_attempts`]. Anything less certain is waited for. An error while
/// sending proves nothing: the transaction may be under way, and is watched.
///
/// Once sent, dropping the future stops the watching, not the transaction.
///
/// # Errors
/// - [`MissingSigner`](TransactionError::MissingSigner),
///   [`TooLarge`](TransactionError::TooLarge), [`Compile`](TransactionError::Compile),
///   [`Sign`](TransactionError::Sign): nothing was sent.
/// - [`Rejected`](TransactionError::Rejected): it would fail, or landed and failed.
/// - [`Expired`](TransactionError::Expired), [`Network`](TransactionError::Network):
///   it did not land and no longer can.
/// - [`UnknownOutcome`](TransactionError::UnknownOutcome): it may land or have landed.
///
/// # Example
/// ```no_run
/// # use solana_keypair::Keypair;
/// # use solana_program::instruction::Instruction;
/// # use solana_rpc_client::nonblocking::rpc_client::RpcClient;
/// # use solana_signer::Signer;
/// use upside_sdk::transaction::{
///     SendOptions, TransactionError, TransactionRequest, send_and_confirm,
/// };
///
/// # async fn example(
/// #     client: &RpcClient, owner: Keypair, instruction: Instruction,
/// # ) -> Result<(), TransactionError> {
/// let request = TransactionRequest {
///     instructions: vec![instruction],
///     payer: owner.pubkey(),
///     signers: vec![&owner],
///     lookup_tables: vec![],
/// };
/// match send_and_confirm(client, &request, &SendOptions::default()).await {
///     Ok(landed) => println!("{} in slot {}", landed.signature, landed.slot),
///     Err(error) => match error.custom_code() {
///         Some((instruction, code)) => println!("instruction {instruction}: error {code}"),
///         None => return Err(error),
///     },
/// }
/// # Ok(())
/// # }
/// ```
pub async fn send_and_confirm<S: Signer + ?Sized>(
    client: &RpcClient,
    request: &TransactionRequest<'_, S>,
    options: &SendOptions,
) -> Result<Landed, TransactionError> {
    request.check_signers()?;
    let mut signatures = Vec::new();
    let mut valid_until = 0;
    for _ in 0..options.max_attempts.max(1) {
        let budget = measure(client, request, options).await?;
        let blockhash;
        (blockhash, valid_until) = newer_blockhash(client, valid_until, options).await?;
        let message = request.message(&budget, blockhash)?;
        let transaction = sign_partially(message, &request.signers, &[])?;
        let attempt = Attempt {
            client,
            options,
            transaction,
            valid_until,
        };
        signatures.push(attempt.signature());
        if let Some(seen) = attempt.run(request.instructions.len()).await? {
            return attempt.landed(seen, request.instructions.len()).await;
        }
    }
    Err(TransactionError::Expired { signatures })
}

/// One signed version of the intent.
struct Attempt<'a> {
    client: &'a RpcClient,
    options: &'a SendOptions,
    transaction: VersionedTransaction,
    /// The last block height that it can land at.
    valid_until: u64,
}

/// A transaction as a node's chain has it.
struct Seen {
    slot: u64,
    result: TransactionResult<()>,
    /// Whether it has the commitment that was asked for.
    settled: bool,
}

/// What there is to see of a transaction.
enum Sight {
    Nothing,
    Seen(Seen),
    Expired,
}

impl Attempt<'_> {
    fn signature(&self) -> Signature {
        self.transaction.signatures[0]
    }

    /// Sends and watches. `None`: it has expired and cannot land any more.
    async fn run(&self, count: usize) -> Result<Option<Seen>, TransactionError> {
        let deadline = Instant::now() + self.options.patience;
        let mut first = true;
        let mut next_send = Instant::now();
        let mut refused = None;
        let mut accepted = false;
        let mut failure = None;
        let mut newest_slot = 0;
        loop {
            if refused.is_none() && Instant::now() >= next_send {
                match self.send(first).await {
                    Ok(_) => accepted = true,
                    Err(error) => match TransactionError::refusal(error, count) {
                        // A later refusal may come from the first copy's having landed.
                        Ok(error) if first => {
                            refused = Some(error);
                            // A proxy may have asked two nodes and passed on the second's no.
                            sleep(self.options.poll).await;
                        }
                        Ok(_) => {}
                        Err(error) if first && TransactionError::is_final(&error) => {
                            return Err(error.into());
                        }
                        Err(error) => failure = Some(error),
                    },
                }
                first = false;
                next_send = Instant::now() + RESEND;
            }
            match self.look(&mut newest_slot).await {
                Ok(Sight::Seen(seen)) if seen.settled => return Ok(Some(seen)),
                Ok(Sight::Seen(_)) => next_send = Instant::now() + RESEND,
                Ok(sight) => match (refused.take(), sight, failure.take()) {
                    (Some(error), ..) => return Err(error),
                    // A new version would meet the same error.
                    (_, Sight::Expired, Some(error)) if !accepted => return Err(error.into()),
                    (_, Sight::Expired, _) => return Ok(None),
                    (_, _, last) => failure = last,
                },
                Err(_) => {}
            }
            if Instant::now() >= deadline {
                return Err(TransactionError::UnknownOutcome {
                    signature: self.signature(),
                });
            }
            sleep(self.options.poll).await;
        }
    }

    async fn send(&self, first: bool) -> ClientResult<Signature> {
        let config = RpcSendTransactionConfig {
            skip_preflight: self.options.skip_preflight || !first,
            preflight_commitment: Some(working_commitment(self.options).commitment),
            max_retries: Some(0),
            ..Default::default()
        };
        within(
            self.client
                .send_transaction_with_config(&self.transaction, config),
        )
        .await
    }

    /// Looks for it. It has expired when no chain can contain it any more: the
    /// finalized chain, which no fork replaces, is past its life and does not have it.
    async fn look(&self, newest_slot: &mut u64) -> ClientResult<Sight> {
        if let Some(seen) = self.status(false, newest_slot).await? {
            return Ok(Sight::Seen(seen));
        }
        let finalized = CommitmentConfig::finalized();
        let end = within(self.client.get_epoch_info_with_commitment(finalized)).await?;
        if end.block_height <= self.valid_until {
            return Ok(Sight::Nothing);
        }
        // Only a node that has seen this end of the chain can tell what is not on it.
        *newest_slot = end.absolute_slot.max(*newest_slot);
        Ok(self
            .status(true, newest_slot)
            .await?
            .map_or(Sight::Expired, Sight::Seen))
    }

    /// What a node knows of it, from all its history or only the recent.
    ///
    /// # Errors
    /// Also when the node is behind `newest_slot`, the newest that any answer was from:
    /// its not knowing would prove nothing.
    async fn status(&self, history: bool, newest_slot: &mut u64) -> ClientResult<Option<Seen>> {
        let signatures = [self.signature()];
        let answer = if history {
            within(self.client.get_signature_statuses_with_history(&signatures)).await?
        } else {
            within(self.client.get_signature_statuses(&signatures)).await?
        };
        let behind = answer.context.slot < *newest_slot;
        *newest_slot = answer.context.slot.max(*newest_slot);
        match answer.value.into_iter().next().flatten() {
            Some(status) => Ok(Some(Seen {
                settled: status.satisfies_commitment(self.options.commitment),
                slot: status.slot,
                result: status.err.map_or(Ok(()), Err),
            })),
            None if behind => Err(io::Error::other("the node is behind").into()),
            None => Ok(None),
        }
    }

    async fn landed(&self, seen: Seen, count: usize) -> Result<Landed, TransactionError> {
        let signature = self.signature();
        let (units, fee, logs) = self.details().await.unwrap_or_default();
        match seen.result {
            Ok(()) => Ok(Landed {
                signature,
                slot: seen.slot,
                units,
                fee,
                logs,
            }),
            Err(error) => Err(TransactionError::rejected(
                error,
                logs,
                count,
                Some(signature),
            )),
        }
    }

    /// Units, fee and logs, if the node can tell: it has them a little after the status.
    async fn details(&self) -> Option<(Option<u64>, Option<u64>, Vec<String>)> {
        let config = RpcTransactionConfig {
            commitment: Some(CommitmentConfig::confirmed()),
            max_supported_transaction_version: Some(1),
            ..Default::default()
        };
        let signature = self.signature();
        for _ in 0..DETAIL_ATTEMPTS {
            let call = self.client.get_transaction_with_config(&signature, config);
            if let Ok(found) = within(call).await
                && let Some(meta) = found.transaction.meta
            {
                let logs: Option<_> = meta.log_messages.into();
                let logs = logs.unwrap_or_default();
                return Some((meta.compute_units_consumed.into(), Some(meta.fee), logs));
            }
            sleep(self.options.poll).await;
        }
        None
    }
}

//! Sending an intent so that it is executed once or not at all.

use {
    super::{
        TransactionError, TransactionRequest,
        attempt::Attempt,
        builder::{measure, newer_blockhash, within, working_commitment},
        sign_partially,
        watch::{Sight, Watch},
    },
    solana_commitment_config::CommitmentConfig,
    solana_rpc_client::nonblocking::rpc_client::RpcClient,
    solana_signature::Signature,
    solana_signer::Signer,
    solana_transaction::versioned::VersionedTransaction,
    solana_transaction_error::TransactionError as ChainError,
    std::time::Duration,
};

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
    pub confirm_timeout: Duration,
    /// A slot that the node has to have seen before it is believed: the one in which
    /// landed what this builds on. 0 for none.
    pub min_slot: u64,
}

impl Default for SendOptions {
    /// Confirmed, a price from recent fees of at most one lamport a compute unit,
    /// checked by the node, three attempts, one look a second, five minutes until it gives up.
    fn default() -> Self {
        Self {
            commitment: CommitmentConfig::confirmed(),
            compute_unit_price: None,
            max_price: 1_000_000,
            skip_preflight: false,
            max_attempts: 3,
            poll: Duration::from_secs(1),
            confirm_timeout: Duration::from_secs(300),
            min_slot: 0,
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
        let watch = Watch {
            client,
            options,
            signature: transaction.signatures[0],
            valid_until,
            count: request.instructions.len(),
        };
        signatures.push(watch.signature);
        let attempt = Attempt { transaction, watch };
        if let Some(landed) = attempt.run().await? {
            return Ok(landed);
        }
    }
    Err(TransactionError::Expired { signatures })
}

/// Executes a transaction that was signed before, once: sends it, sends it again while
/// nothing is seen of it, and waits until it has reached [`SendOptions::commitment`].
/// It is never made anew.
///
/// `on_nonce` for one that is built on a durable nonce instead of a blockhash: it never
/// expires, so that without a sign of it its outcome stays unknown. The instruction that
/// uses the nonce up is not counted: instructions are those that come after it.
///
/// # Errors
/// As [`send_and_confirm`]; [`Rejected`](TransactionError::Rejected) with
/// `AlreadyProcessed` and its signature for one that landed before, with
/// `BlockhashNotFound` for one that was too old before it was sent.
pub async fn send_signed(
    client: &RpcClient,
    transaction: VersionedTransaction,
    on_nonce: bool,
    options: &SendOptions,
) -> Result<Landed, TransactionError> {
    let commitment = working_commitment(options);
    let count = transaction.message.instructions().len();
    // Its own blockhash is no newer than the newest, and outlives it by nothing.
    let (newest, last) = within(client.get_latest_blockhash_with_commitment(commitment)).await?;
    let signature = transaction.signatures[0];
    let watch = Watch {
        client,
        options,
        signature,
        valid_until: if on_nonce { u64::MAX } else { last },
        count,
    };
    let hash = *transaction.message.recent_blockhash();
    let known =
        on_nonce || hash == newest || within(client.is_blockhash_valid(&hash, commitment)).await?;
    if let Some(landed) = watch.find().await? {
        let (error, signature) = (ChainError::AlreadyProcessed, Some(landed.signature));
        return Err(TransactionError::rejected(
            error,
            landed.logs,
            count,
            signature,
        ));
    }
    if !known {
        // Too old, or newer than what this node has: in either case it is not sent.
        let error = ChainError::BlockhashNotFound;
        return Err(TransactionError::rejected(error, Vec::new(), count, None));
    }
    let landed = Attempt { transaction, watch }.run().await;
    match landed.map_err(|error| error.after_nonce(on_nonce))? {
        Some(landed) => Ok(landed),
        None => Err(TransactionError::Expired {
            signatures: vec![signature],
        }),
    }
}

/// What became of a transaction that was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It landed and succeeded.
    Landed(Landed),
    /// It did not land and no longer can.
    Expired,
    /// It is not there, and may land yet.
    Open,
}

/// Looks up a transaction that was sent, by whomever: what
/// [`UnknownOutcome`](TransactionError::UnknownOutcome) left open. `valid_until` is the
/// last block height that it can land at; without it, what is not there stays open.
///
/// # Errors
/// [`Rejected`](TransactionError::Rejected) for one that landed and failed,
/// [`UnknownOutcome`](TransactionError::UnknownOutcome) where the node contradicts
/// itself, [`Network`](TransactionError::Network).
pub async fn outcome(
    client: &RpcClient,
    signature: Signature,
    valid_until: Option<u64>,
    options: &SendOptions,
) -> Result<Outcome, TransactionError> {
    let watch = Watch {
        client,
        options,
        signature,
        valid_until: valid_until.unwrap_or(u64::MAX),
        count: usize::MAX,
    };
    let mut newest_slot = options.min_slot;
    if let Some(landed) = watch.find().await? {
        return Ok(Outcome::Landed(landed));
    }
    match watch.look(&mut newest_slot).await? {
        Sight::Expired => Ok(Outcome::Expired),
        Sight::Nothing => Ok(Outcome::Open),
        Sight::Seen(_) => match watch.find().await? {
            Some(landed) => Ok(Outcome::Landed(landed)),
            None => Ok(Outcome::Open),
        },
    }
}

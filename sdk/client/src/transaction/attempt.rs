//! One signed version of an intent, from its sending to its being settled.

use {
    super::{
        Landed, TransactionError,
        builder::{within, working_commitment},
        watch::{Doubt, Sight, Watch},
    },
    solana_rpc_client_api::{
        client_error::Result as ClientResult, config::RpcSendTransactionConfig,
    },
    solana_signature::Signature,
    solana_transaction::versioned::VersionedTransaction,
    std::time::Duration,
    tokio::time::{Instant, sleep},
};

/// After how long without a sign of it a transaction is sent again.
const RESEND: Duration = Duration::from_secs(2);
/// How often one that a node refused is looked for: somebody on the way may have asked
/// two nodes and passed on the second's no, which came of the first's yes.
const REFUSED_LOOKS: u32 = 10;

/// One signed version of the intent.
pub(super) struct Attempt<'a> {
    pub transaction: VersionedTransaction,
    /// Of its first signature.
    pub watch: Watch<'a>,
}

impl Attempt<'_> {
    /// Sends and watches. `None`: it has expired and cannot land any more.
    pub async fn run(&self) -> Result<Option<Landed>, TransactionError> {
        let options = self.watch.options;
        let deadline = Instant::now() + options.confirm_timeout;
        let mut first = true;
        let mut next_send = Instant::now();
        let mut refused: Option<(TransactionError, u32)> = None;
        let mut accepted = false;
        let mut failure = None;
        let mut newest_slot = options.min_slot;
        let mut doubt = Doubt::default();
        loop {
            if refused.is_none() && Instant::now() >= next_send {
                match self.send(first).await {
                    Ok(_) => accepted = true,
                    Err(error) => match TransactionError::refusal(error, self.watch.count) {
                        // A later refusal may come from the first copy's having landed.
                        Ok(error) if first => refused = Some((error, REFUSED_LOOKS)),
                        Ok(_) => {}
                        Err(error) if TransactionError::is_open(&error) => {
                            return Err(self.watch.unknown());
                        }
                        Err(error) if first && TransactionError::is_final(&error) => {
                            return Err(error.into());
                        }
                        Err(error) => failure = Some(error),
                    },
                }
                first = false;
                next_send = Instant::now() + RESEND;
            }
            match self.watch.look(&mut newest_slot).await {
                Ok(Sight::Seen(seen)) if seen.settled => {
                    if let Some(landed) = self.watch.settle(seen, &mut doubt).await? {
                        return Ok(Some(landed));
                    }
                }
                Ok(Sight::Seen(_)) => next_send = Instant::now() + RESEND,
                Ok(Sight::Nothing) => {
                    doubt = Doubt::default();
                    match &mut refused {
                        Some((_, looks)) if *looks > 1 => *looks -= 1,
                        Some(_) => {
                            if let Some((error, _)) = refused.take() {
                                return Err(error);
                            }
                        }
                        None => {}
                    }
                }
                Ok(Sight::Expired) => match (refused, failure) {
                    (Some((error, _)), _) => return Err(error),
                    // A new version would meet the same error.
                    (_, Some(error)) if !accepted => return Err(error.into()),
                    _ => return Ok(None),
                },
                Err(_) => {}
            }
            if Instant::now() >= deadline {
                return Err(self.watch.unknown());
            }
            sleep(options.poll).await;
        }
    }

    async fn send(&self, first: bool) -> ClientResult<Signature> {
        let options = self.watch.options;
        let config = RpcSendTransactionConfig {
            skip_preflight: options.skip_preflight || !first,
            preflight_commitment: Some(working_commitment(options).commitment),
            max_retries: Some(0),
            min_context_slot: (options.min_slot > 0).then_some(options.min_slot),
            ..Default::default()
        };
        within(
            self.watch
                .client
                .send_transaction_with_config(&self.transaction, config),
        )
        .await
    }
}

//! What a node knows of a transaction, and how far that is believed.

use {
    super::{Landed, SendOptions, TransactionError, builder::within},
    serde_json::json,
    solana_commitment_config::CommitmentConfig,
    solana_rpc_client::nonblocking::rpc_client::RpcClient,
    solana_rpc_client_api::{
        client_error::Result as ClientResult, config::RpcTransactionConfig, request::RpcRequest,
    },
    solana_signature::Signature,
    solana_transaction_error::TransactionResult,
    solana_transaction_status_client_types::EncodedConfirmedTransactionWithStatusMeta,
    std::{io, time::Duration},
    tokio::time::{Instant, sleep},
};

/// How often a node that does not answer is asked for a landed transaction's details.
const DETAIL_ATTEMPTS: u32 = 5;
/// For how long a node may call a transaction settled that it does not show.
const SHOW_PATIENCE: Duration = Duration::from_secs(30);

/// A transaction that may be under way.
pub(super) struct Watch<'a> {
    pub client: &'a RpcClient,
    pub options: &'a SendOptions,
    pub signature: Signature,
    /// The last block height that it can land at; `u64::MAX` where it never expires.
    pub valid_until: u64,
    /// How many of its instructions are the request's.
    pub count: usize,
}

/// A transaction as a node's chain has it.
pub(super) struct Seen {
    slot: u64,
    result: TransactionResult<()>,
    /// Whether it has the commitment that was asked for.
    pub settled: bool,
}

/// What there is to see of a transaction.
pub(super) enum Sight {
    Nothing,
    Seen(Seen),
    Expired,
}

/// What a node tells of a transaction that it calls settled.
enum Shown {
    Details(Option<u64>, u64, Vec<String>),
    /// It does not know it.
    Nothing,
    /// It does not answer.
    Silence,
}

impl Watch<'_> {
    /// It may land or have landed.
    pub fn unknown(&self) -> TransactionError {
        TransactionError::UnknownOutcome {
            signature: self.signature,
            valid_until: (self.valid_until != u64::MAX).then_some(self.valid_until),
        }
    }

    /// Looks for one that was sent before, without sending it.
    pub async fn find(&self) -> Result<Option<Landed>, TransactionError> {
        let mut doubt = Doubt::default();
        let mut newest_slot = self.options.min_slot;
        loop {
            match self.status(true, &mut newest_slot).await? {
                None => return Ok(None),
                Some(seen) if seen.settled => {
                    if let Some(landed) = self.settle(seen, &mut doubt).await? {
                        return Ok(Some(landed));
                    }
                }
                Some(_) => {}
            }
            sleep(self.options.poll).await;
        }
    }

    /// Looks for it. It has expired when no chain can contain it any more: the
    /// finalized chain, which no fork replaces, is past its life and does not have it.
    pub async fn look(&self, newest_slot: &mut u64) -> ClientResult<Sight> {
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
        if let Some(seen) = self.status(true, newest_slot).await? {
            return Ok(Sight::Seen(seen));
        }
        // Statuses and transactions are kept apart: both have to lack it.
        match self.shown().await {
            Shown::Nothing => Ok(Sight::Expired),
            _ => Err(io::Error::other("the node may have it after all").into()),
        }
    }

    /// What a node knows of it, from all its history or only the recent.
    ///
    /// # Errors
    /// Also when the node is behind `newest_slot`, the newest that any answer was from:
    /// its not knowing would prove nothing.
    async fn status(&self, history: bool, newest_slot: &mut u64) -> ClientResult<Option<Seen>> {
        let signatures = [self.signature];
        let answer = if history {
            within(self.client.get_signature_statuses_with_history(&signatures)).await?
        } else {
            within(self.client.get_signature_statuses(&signatures)).await?
        };
        let behind = answer.context.slot < *newest_slot;
        *newest_slot = answer.context.slot.max(*newest_slot);
        let [status] = <[_; 1]>::try_from(answer.value)
            .map_err(|_| io::Error::other("the answer is not one status"))?;
        match status {
            Some(status) => Ok(Some(Seen {
                settled: status.satisfies_commitment(self.options.commitment),
                slot: status.slot,
                result: status.err.map_or(Ok(()), Err),
            })),
            None if behind => Err(io::Error::other("the node is behind").into()),
            None => Ok(None),
        }
    }

    /// A settled transaction with its details. `None` while the node that calls it
    /// settled does not show it: it may lag, or a fork may have taken it away.
    ///
    /// # Errors
    /// [`UnknownOutcome`](TransactionError::UnknownOutcome) where the node goes on to
    /// contradict itself; [`Rejected`](TransactionError::Rejected) where it failed.
    pub async fn settle(
        &self,
        seen: Seen,
        doubt: &mut Doubt,
    ) -> Result<Option<Landed>, TransactionError> {
        let (units, fee, logs) = match self.shown().await {
            Shown::Details(units, fee, logs) => (units, Some(fee), logs),
            Shown::Nothing => {
                let since = *doubt.since.get_or_insert_with(Instant::now);
                if since.elapsed() >= SHOW_PATIENCE {
                    return Err(self.unknown());
                }
                return Ok(None);
            }
            Shown::Silence => {
                doubt.silent += 1;
                if doubt.silent < DETAIL_ATTEMPTS || doubt.since.is_some() {
                    return Ok(None);
                }
                (None, None, Vec::new())
            }
        };
        let signature = self.signature;
        match seen.result {
            Ok(()) => Ok(Some(Landed {
                signature,
                slot: seen.slot,
                units,
                fee,
                logs,
            })),
            Err(error) => Err(TransactionError::rejected(
                error,
                logs,
                self.count,
                Some(signature),
            )),
        }
    }

    /// Units, fee and logs, if the node can tell: it has them a little after the status.
    async fn shown(&self) -> Shown {
        let config = RpcTransactionConfig {
            commitment: Some(CommitmentConfig::confirmed()),
            max_supported_transaction_version: Some(1),
            ..Default::default()
        };
        let params = json!([self.signature.to_string(), config]);
        let call = self
            .client
            .send::<Option<EncodedConfirmedTransactionWithStatusMeta>>(
                RpcRequest::GetTransaction,
                params,
            );
        let found = match within(call).await {
            Ok(None) => return Shown::Nothing,
            Ok(Some(found)) => found.transaction.meta,
            Err(_) => None,
        };
        found.map_or(Shown::Silence, |meta| {
            let logs: Option<_> = meta.log_messages.into();
            let units = meta.compute_units_consumed.into();
            Shown::Details(units, meta.fee, logs.unwrap_or_default())
        })
    }
}

/// What stands against believing a node that calls a transaction settled.
#[derive(Default)]
pub(super) struct Doubt {
    /// Since when it calls settled what it does not show.
    since: Option<Instant>,
    /// How often it did not answer.
    silent: u32,
}

//! Sending: one transaction at a time, until the chain has executed it.

use {
    super::{Moment, Rpc, patience::kind},
    crate::engine::Outcome,
    solana_commitment_config::CommitmentConfig,
    solana_keypair::Keypair,
    solana_message::Message,
    solana_program::instruction::Instruction,
    solana_rpc_client_api::config::{RpcSendTransactionConfig, RpcTransactionConfig},
    solana_signature::Signature,
    solana_transaction::Transaction,
    solana_transaction_status_client_types::{
        TransactionStatus, UiTransactionEncoding, option_serializer::OptionSerializer,
    },
    std::{
        thread,
        time::{Duration, Instant},
    },
    upside_sdk::Pubkey,
};

/// Between two looks at a status.
const LOOK: Duration = Duration::from_millis(150);
/// Between two broadcasts of the same transaction.
const BROADCAST: Duration = Duration::from_secs(2);
/// How many bytes a transaction may have.
const PACKET: usize = 1_232;

/// Whether a transaction of these instructions fits a packet.
pub fn fits(instructions: &[Instruction], payer: &Pubkey) -> bool {
    let message = Message::new(instructions, Some(payer));
    let signatures = usize::from(message.header.num_required_signatures);
    1 + signatures * 64 + message.serialize().len() <= PACKET
}

impl Rpc {
    /// Signs and sends until it was executed, whatever became of it.
    pub fn send(&mut self, message: &Message, signers: &[&Keypair]) -> Outcome {
        let start = Instant::now();
        loop {
            let (hash, last_height) = self.patience.request("getLatestBlockhash", || {
                let confirmed = CommitmentConfig::confirmed();
                self.client.get_latest_blockhash_with_commitment(confirmed)
            });
            let mut transaction = Transaction::new_unsigned(message.clone());
            transaction
                .try_partial_sign(signers, hash)
                .expect("known signers");
            let signature = transaction.signatures[0];
            // The same call a second time needs a new blockhash, or it is the same call.
            if !self.sent.insert(signature) {
                thread::sleep(LOOK);
                continue;
            }
            if self.lands(&transaction, last_height) {
                self.took.push(start.elapsed());
                return self.executed(message, signature);
            }
            self.patience.note("expired, signed again");
        }
    }

    /// Whether it lands before its blockhash expires.
    fn lands(&mut self, transaction: &Transaction, last_height: u64) -> bool {
        let signature = transaction.signatures[0];
        let config = RpcSendTransactionConfig {
            skip_preflight: true,
            max_retries: Some(0),
            ..RpcSendTransactionConfig::default()
        };
        loop {
            // The height before the status: what lands in between is seen.
            let height = self
                .patience
                .request("getBlockHeight", || self.client.get_block_height());
            let sent = self
                .client
                .send_transaction_with_config(transaction, config);
            if let Err(error) = sent {
                self.patience
                    .note(&format!("sendTransaction: {}", kind(&error)));
            }
            let start = Instant::now();
            let mut landed = false;
            while start.elapsed() < BROADCAST {
                thread::sleep(LOOK);
                let Some(status) = self.status(&signature) else {
                    continue;
                };
                landed = true;
                if status.satisfies_commitment(CommitmentConfig::confirmed()) {
                    return true;
                }
            }
            if !landed && height > last_height {
                return false;
            }
            self.patience.note("not confirmed in 2 s, broadcast again");
        }
    }

    fn status(&mut self, signature: &Signature) -> Option<TransactionStatus> {
        let found = self.patience.request("getSignatureStatuses", || {
            self.client
                .get_signature_statuses(std::slice::from_ref(signature))
        });
        found.value.into_iter().next().flatten()
    }

    /// What became of it.
    fn executed(&mut self, message: &Message, signature: Signature) -> Outcome {
        let outcome = self.outcome(&signature);
        let at = outcome.at.expect("a transaction of a cluster has a moment");
        self.slot = self.slot.max(at.slot);
        self.ran.push((signature, outcome.clone()));
        for key in &message.account_keys {
            self.known.remove(key);
        }
        outcome
    }

    /// What the node tells of a transaction that was executed.
    pub fn outcome(&mut self, signature: &Signature) -> Outcome {
        let config = RpcTransactionConfig {
            encoding: Some(UiTransactionEncoding::Base64),
            commitment: Some(CommitmentConfig::confirmed()),
            max_supported_transaction_version: Some(0),
        };
        loop {
            let answer = self.patience.request("getTransaction", || {
                self.client.get_transaction_with_config(signature, config)
            });
            // Both are written some time after the bank is.
            let (Some(meta), Some(time)) = (answer.transaction.meta, answer.block_time) else {
                self.patience.note("getTransaction: not complete yet");
                thread::sleep(LOOK);
                continue;
            };
            let units = match meta.compute_units_consumed {
                OptionSerializer::Some(units) => units,
                _ => 0,
            };
            let logs = match meta.log_messages {
                OptionSerializer::Some(logs) => logs,
                _ => Vec::new(),
            };
            let slot = answer.slot;
            return Outcome {
                error: meta.err.map(Into::into),
                logs,
                units,
                at: Some(Moment { slot, time }),
            };
        }
    }
}

//! What a node answers: pages of signatures, and transactions by signature.

use {
    super::{Entry, is_truncated, of_subject},
    crate::error::SdkError,
    anchor_lang::prelude::Pubkey,
    serde_json::json,
    solana_commitment_config::CommitmentConfig,
    solana_rpc_client::{
        nonblocking::rpc_client::RpcClient, rpc_client::GetConfirmedSignaturesForAddress2Config,
    },
    solana_rpc_client_api::{
        client_error::ErrorKind,
        config::{RpcTransactionConfig, UiTransactionEncoding},
        custom_error,
        request::{RpcError, RpcRequest},
        response::{OptionSerializer, RpcConfirmedTransactionStatusWithSignature},
    },
    solana_signature::Signature,
    solana_transaction_status_client_types::EncodedConfirmedTransactionWithStatusMeta,
};

/// Newest version of transactions that is asked for.
const VERSION: u8 = 1;

/// Nodes do not list transactions that are only processed.
fn commitment(client: &RpcClient) -> CommitmentConfig {
    let config = client.commitment();
    if config.is_at_least_confirmed() {
        config
    } else {
        CommitmentConfig::confirmed()
    }
}

/// Signatures of transactions that named `subject`, newest first.
pub(super) async fn signatures(
    client: &RpcClient,
    subject: &Pubkey,
    before: Option<Signature>,
    until: Option<Signature>,
    limit: usize,
) -> Result<Vec<RpcConfirmedTransactionStatusWithSignature>, SdkError> {
    let config = GetConfirmedSignaturesForAddress2Config {
        before,
        until,
        limit: Some(limit),
        commitment: Some(commitment(client)),
    };
    Ok(client
        .get_signatures_for_address_with_config(subject, config)
        .await?)
}

/// What one transaction held of the subject.
pub(super) enum Found {
    /// Its events.
    Events(Vec<Entry>),
    /// The same, where the log was cut short.
    Truncated(Vec<Entry>),
    /// The node does not have it, or has it in a form that cannot be read.
    Unreadable,
}

/// Reads a transaction and decodes the subject's events.
pub(super) async fn transaction(
    client: &RpcClient,
    subject: &Pubkey,
    status: &RpcConfirmedTransactionStatusWithSignature,
) -> Result<Found, SdkError> {
    let config = RpcTransactionConfig {
        encoding: Some(UiTransactionEncoding::Base64),
        commitment: Some(commitment(client)),
        max_supported_transaction_version: Some(VERSION),
    };
    let parameters = json!([status.signature, config]);
    let sent = client
        .send::<Option<EncodedConfirmedTransactionWithStatusMeta>>(
            RpcRequest::GetTransaction,
            parameters,
        )
        .await;
    let confirmed = match sent {
        Ok(Some(confirmed)) => confirmed,
        Ok(None) => return Ok(Found::Unreadable),
        Err(error) if is_about_the_transaction(error.kind()) => return Ok(Found::Unreadable),
        Err(error) => return Err(error.into()),
    };
    let Some(OptionSerializer::Some(logs)) =
        confirmed.transaction.meta.map(|meta| meta.log_messages)
    else {
        return Ok(Found::Unreadable);
    };
    let entry = |event| Entry {
        time: confirmed.block_time.or(status.block_time),
        slot: confirmed.slot,
        signature: status.signature.clone(),
        event,
    };
    let entries = of_subject(&logs, subject).into_iter().map(entry).collect();
    Ok(if is_truncated(&logs) {
        Found::Truncated(entries)
    } else {
        Found::Events(entries)
    })
}

/// Whether the node understood and cannot serve this one: a version beyond ours, or a
/// block that it skipped or no longer keeps.
fn is_about_the_transaction(kind: &ErrorKind) -> bool {
    const ABOUT_ONE: [i64; 5] = [
        custom_error::JSON_RPC_SERVER_ERROR_BLOCK_CLEANED_UP,
        custom_error::JSON_RPC_SERVER_ERROR_BLOCK_NOT_AVAILABLE,
        custom_error::JSON_RPC_SERVER_ERROR_SLOT_SKIPPED,
        custom_error::JSON_RPC_SERVER_ERROR_LONG_TERM_STORAGE_SLOT_SKIPPED,
        custom_error::JSON_RPC_SERVER_ERROR_UNSUPPORTED_TRANSACTION_VERSION,
    ];
    match kind {
        ErrorKind::RpcError(RpcError::RpcResponseError { code, .. }) => ABOUT_ONE.contains(code),
        _ => false,
    }
}

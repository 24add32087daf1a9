//! Methods that run and send transactions.

use super::chain::{Chain, Outcome};
use super::error::EmbeddedError;
use super::rpc::{Answer, Fault, Params, in_context, parse, reached, to_value};
use super::rpc_accounts::encode;
use super::rpc_cluster::newest_blockhash;
use super::rpc_history::ui_inner;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use litesvm::types::TransactionMetadata;
use solana_account::{AccountSharedData, ReadableAccount};
use solana_account_decoder_client_types::{UiAccount, UiAccountEncoding};
use solana_message::compiled_instruction::CompiledInstruction;
use solana_message::{Message, MessageHeader, VersionedMessage};
use solana_pubkey::Pubkey;
use solana_rpc_client_api::config::{
    RpcContextConfig, RpcSendTransactionConfig, RpcSimulateTransactionAccountsConfig,
    RpcSimulateTransactionConfig, UiTransactionEncoding,
};
use solana_rpc_client_api::custom_error as code;
use solana_rpc_client_api::request::{MAX_MULTIPLE_ACCOUNTS, RpcResponseErrorData};
use solana_rpc_client_api::response::{
    RpcSimulateTransactionResult, UiLoadedAddresses, UiTransactionReturnData,
};
use solana_signature::Signature;
use solana_signer::Signer;
use solana_transaction::versioned::VersionedTransaction;
use solana_transaction_error::TransactionError;
use std::collections::HashMap;

/// How large a transaction may be on the wire: legacy and v0, and v1.
const MAX_WIRE: usize = 1_232;
const MAX_WIRE_V1: usize = 4_096;

pub(super) fn send(chain: &mut Chain, params: &Params) -> Answer {
    let config: RpcSendTransactionConfig = params.config(1)?;
    reached(chain, config.min_context_slot)?;
    let (tx, wire) = decode(&params.need::<String>(0, "transaction")?, config.encoding)?;
    verify(&tx)?;
    let outcome = match refusal(chain, &tx)? {
        Some(err) => failed(err),
        None => chain.run(&tx),
    };
    if let Some(err) = &outcome.err {
        // What cannot pay its fee never lands, with or without preflight.
        let lands = outcome.meta.signature != Signature::default();
        if !(config.skip_preflight && lands) {
            let message = format!("Transaction simulation failed: {err}");
            let preflight = result(chain, &tx, outcome, false);
            return Err(Fault {
                code: code::JSON_RPC_SERVER_ERROR_SEND_TRANSACTION_PREFLIGHT_FAILURE,
                message,
                data: Box::new(RpcResponseErrorData::SendTransactionPreflightFailure(
                    preflight,
                )),
            });
        }
    }
    to_value(chain.keep(&tx, wire, outcome)?.to_string())
}

pub(super) fn simulate(chain: &mut Chain, params: &Params) -> Answer {
    let config: RpcSimulateTransactionConfig = params.config(1)?;
    reached(chain, config.min_context_slot)?;
    let (mut tx, _) = decode(&params.need::<String>(0, "transaction")?, config.encoding)?;
    let replacement = config
        .replace_recent_blockhash
        .then(|| newest_blockhash(chain));
    let refused = match &replacement {
        Some(_) if config.sig_verify => {
            return Err(Fault::params(
                "sigVerify may not be used with replaceRecentBlockhash",
            ));
        }
        Some(newest) => {
            tx.message
                .set_recent_blockhash(parse(&newest.blockhash, "blockhash")?);
            None
        }
        None => refusal(chain, &tx)?,
    };
    if config.sig_verify {
        verify(&tx)?;
    }
    let outcome = match refused {
        Some(err) => failed(err),
        None => chain.run(&tx),
    };
    let wanted = config
        .accounts
        .map(|wanted| after(chain, &outcome, wanted))
        .transpose()?;
    let simulated = RpcSimulateTransactionResult {
        accounts: wanted,
        replacement_blockhash: replacement,
        ..result(chain, &tx, outcome, config.inner_instructions)
    };
    in_context(chain, simulated)
}

pub(super) fn fee_for_message(chain: &mut Chain, params: &Params) -> Answer {
    let text: String = params.need(0, "message")?;
    let config: RpcContextConfig = params.config(1)?;
    reached(chain, config.min_context_slot)?;
    let bytes = BASE64_STANDARD.decode(text).map_err(Fault::params)?;
    let message: VersionedMessage = wincode::deserialize(&bytes).map_err(Fault::params)?;
    message.sanitize().map_err(Fault::params)?;
    let fee = chain.is_fresh(&message).then(|| {
        let signers = usize::from(message.header().num_required_signatures);
        let tx = VersionedTransaction {
            signatures: vec![Signature::default(); signers],
            message,
        };
        chain.run(&tx).meta.fee
    });
    in_context(chain, fee)
}

pub(super) fn request_airdrop(chain: &mut Chain, params: &Params) -> Answer {
    let to: Pubkey = params.parsed(0, "address")?;
    let signature = airdrop(chain, &to, params.need(1, "lamports")?)?;
    to_value(signature.to_string())
}

/// Sends lamports from the faucet.
pub(super) fn airdrop(
    chain: &mut Chain,
    to: &Pubkey,
    lamports: u64,
) -> Result<Signature, EmbeddedError> {
    let impossible = |e: String| EmbeddedError::Invalid(format!("cannot airdrop to {to}: {e}"));
    let faucet = chain.state.faucet();
    let mut data = vec![2, 0, 0, 0];
    data.extend_from_slice(&lamports.to_le_bytes());
    let message = Message {
        header: MessageHeader {
            num_required_signatures: 1,
            num_readonly_unsigned_accounts: 1,
            ..MessageHeader::default()
        },
        account_keys: vec![faucet.pubkey(), *to, Pubkey::default()],
        recent_blockhash: chain.state.blockhash(chain.state.slot),
        instructions: vec![CompiledInstruction {
            program_id_index: 2,
            accounts: vec![0, 1],
            data,
        }],
    };
    let tx = VersionedTransaction::try_new(VersionedMessage::Legacy(message), &[&faucet])
        .map_err(|e| impossible(e.to_string()))?;
    let outcome = chain.run(&tx);
    if let Some(err) = outcome.err {
        return Err(impossible(err.to_string()));
    }
    let wire = wincode::serialize(&tx).map_err(|e| impossible(e.to_string()))?;
    chain.keep(&tx, wire, outcome)
}

/// Reads a transaction and brings it into its canonical form.
fn decode(
    text: &str,
    encoding: Option<UiTransactionEncoding>,
) -> Result<(VersionedTransaction, Vec<u8>), Fault> {
    let bytes = match encoding.unwrap_or(UiTransactionEncoding::Base58) {
        UiTransactionEncoding::Base64 => BASE64_STANDARD.decode(text).map_err(Fault::params)?,
        UiTransactionEncoding::Base58 | UiTransactionEncoding::Binary => {
            bs58::decode(text).into_vec().map_err(Fault::params)?
        }
        other => return Err(Fault::params(format_args!("unsupported encoding: {other}"))),
    };
    let tx: VersionedTransaction = wincode::deserialize(&bytes).map_err(Fault::params)?;
    let max = match &tx.message {
        VersionedMessage::V1(_) => MAX_WIRE_V1,
        _ => MAX_WIRE,
    };
    if bytes.len() > max {
        let len = bytes.len();
        return Err(Fault::params(format_args!(
            "transaction too large: {len} bytes (max: {max})"
        )));
    }
    tx.sanitize()
        .map_err(|e| Fault::params(format_args!("invalid transaction: {e}")))?;
    let wire = wincode::serialize(&tx).map_err(Fault::params)?;
    Ok((tx, wire))
}

fn verify(tx: &VersionedTransaction) -> Result<(), Fault> {
    if tx.verify_with_results().into_iter().all(|valid| valid) {
        return Ok(());
    }
    Err(Fault::new(
        code::JSON_RPC_SERVER_ERROR_TRANSACTION_SIGNATURE_VERIFICATION_FAILURE,
        "Transaction signature verification failure",
    ))
}

/// Why a transaction may not run at all: it ran before, or is too old.
fn refusal(chain: &Chain, tx: &VersionedTransaction) -> Result<Option<TransactionError>, Fault> {
    if chain.store.record(&tx.signatures[0])?.is_some() {
        return Ok(Some(TransactionError::AlreadyProcessed));
    }
    let fresh = chain.is_fresh(&tx.message);
    Ok((!fresh).then_some(TransactionError::BlockhashNotFound))
}

fn failed(err: TransactionError) -> Outcome {
    Outcome {
        err: Some(err),
        meta: TransactionMetadata::default(),
        post: Vec::new(),
    }
}

/// Accounts as they would be after a run.
fn after(
    chain: &Chain,
    outcome: &Outcome,
    wanted: RpcSimulateTransactionAccountsConfig,
) -> Result<Vec<Option<UiAccount>>, Fault> {
    let encoding = wanted.encoding.unwrap_or(UiAccountEncoding::Base64);
    if matches!(
        encoding,
        UiAccountEncoding::Binary | UiAccountEncoding::Base58
    ) {
        return Err(Fault::params("base58 encoding not supported"));
    }
    if wanted.addresses.len() > MAX_MULTIPLE_ACCOUNTS {
        return Err(Fault::params(format_args!(
            "at most {MAX_MULTIPLE_ACCOUNTS} addresses"
        )));
    }
    let post: HashMap<&Pubkey, &AccountSharedData> = outcome
        .post
        .iter()
        .map(|(key, account)| (key, account))
        .collect();
    let account = |text: &String| {
        let key: Pubkey = parse(text, "address")?;
        let account = post.get(&key).copied().or_else(|| chain.account(&key));
        let account = account.filter(|account| account.lamports() != 0);
        account
            .map(|account| encode(chain, &key, account, encoding, None))
            .transpose()
    };
    wanted.addresses.iter().map(account).collect()
}

fn result(
    chain: &Chain,
    tx: &VersionedTransaction,
    Outcome { err, meta, .. }: Outcome,
    with_inner: bool,
) -> RpcSimulateTransactionResult {
    let keys = chain.keys(tx);
    let texts = |keys: &[Pubkey]| keys.iter().map(Pubkey::to_string).collect();
    let (writable, readonly) = keys.all[keys.statics..].split_at(keys.writable);
    let loaded = UiLoadedAddresses {
        writable: texts(writable),
        readonly: texts(readonly),
    };
    RpcSimulateTransactionResult {
        err: err.map(Into::into),
        inner_instructions: with_inner.then(|| ui_inner(&super::chain::inner(&meta))),
        logs: Some(meta.logs),
        accounts: None,
        units_consumed: Some(meta.compute_units_consumed),
        loaded_accounts_data_size: Some(chain.loaded_size(tx)),
        return_data: (!meta.return_data.data.is_empty())
            .then(|| UiTransactionReturnData::from(meta.return_data)),
        replacement_blockhash: None,
        fee: Some(meta.fee),
        pre_balances: None,
        post_balances: None,
        pre_token_balances: None,
        post_token_balances: None,
        loaded_addresses: Some(loaded),
    }
}

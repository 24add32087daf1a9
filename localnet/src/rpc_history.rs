//! Methods that look up what was executed.

use super::chain::Chain;
use super::rpc::{Answer, Fault, Params, in_context, parse, reached, to_value};
use super::state::{Inner, Record};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde_json::Value;
use solana_message::VersionedMessage;
use solana_message::compiled_instruction::CompiledInstruction;
use solana_pubkey::Pubkey;
use solana_rpc_client_api::config::{
    RpcEncodingConfigWrapper, RpcSignaturesForAddressConfig, RpcTransactionConfig,
    UiTransactionEncoding,
};
use solana_rpc_client_api::custom_error::JSON_RPC_SERVER_ERROR_UNSUPPORTED_TRANSACTION_VERSION;
use solana_rpc_client_api::request::{
    MAX_GET_CONFIRMED_SIGNATURES_FOR_ADDRESS2_LIMIT, MAX_GET_SIGNATURE_STATUSES_QUERY_ITEMS,
};
use solana_rpc_client_api::response::{
    EncodedTransaction, EncodedTransactionWithStatusMeta, OptionSerializer,
    RpcConfirmedTransactionStatusWithSignature, TransactionBinaryEncoding,
    TransactionConfirmationStatus, UiCompiledInstruction, UiInnerInstructions, UiInstruction,
    UiLoadedAddresses, UiReturnDataEncoding, UiTransactionReturnData, UiTransactionStatusMeta,
};
use solana_signature::Signature;
use solana_transaction::versioned::{TransactionVersion, VersionedTransaction};
use solana_transaction_status_client_types::{
    EncodedConfirmedTransactionWithStatusMeta, TransactionStatus, UiMessage, UiRawMessage,
    UiTransaction,
};

pub(super) fn signature_statuses(chain: &mut Chain, params: &Params) -> Answer {
    let signatures: Vec<String> = params.need(0, "signatures")?;
    if signatures.len() > MAX_GET_SIGNATURE_STATUSES_QUERY_ITEMS {
        let max = MAX_GET_SIGNATURE_STATUSES_QUERY_ITEMS;
        return Err(Fault::params(format_args!("at most {max} signatures")));
    }
    let status = |text: &String| {
        let record = chain.store.record(&parse(text, "signature")?)?;
        Ok(record.map(|record| TransactionStatus {
            slot: record.slot,
            confirmations: None,
            status: record.err.clone().map_or(Ok(()), Err),
            err: record.err,
            confirmation_status: Some(TransactionConfirmationStatus::Finalized),
        }))
    };
    let statuses = signatures
        .iter()
        .map(status)
        .collect::<Result<Vec<_>, Fault>>()?;
    in_context(chain, statuses)
}

pub(super) fn signatures_for_address(chain: &mut Chain, params: &Params) -> Answer {
    let address: Pubkey = params.parsed(0, "address")?;
    let config: RpcSignaturesForAddressConfig = params.config(1)?;
    reached(chain, config.min_context_slot)?;
    let max = MAX_GET_CONFIRMED_SIGNATURES_FOR_ADDRESS2_LIMIT;
    let limit = config.limit.unwrap_or(max);
    if limit == 0 || limit > max {
        return Err(Fault::params(format_args!("Invalid limit; max {max}")));
    }
    // An unknown `before` has nothing before it, an unknown `until` ends nothing.
    let before = match &config.before {
        None => None,
        Some(text) => match slot_of(chain, text)? {
            None => return to_value(Vec::<Value>::new()),
            some => some,
        },
    };
    let until = match &config.until {
        None => None,
        Some(text) => slot_of(chain, text)?,
    };
    let mut statuses = Vec::new();
    for signature in chain.store.signatures(&address, until, before, limit)? {
        let Some(record) = chain.store.record(&signature)? else {
            continue;
        };
        statuses.push(RpcConfirmedTransactionStatusWithSignature {
            signature: signature.to_string(),
            slot: record.slot,
            err: record.err.map(Into::into),
            memo: None,
            block_time: Some(record.time),
            confirmation_status: Some(TransactionConfirmationStatus::Finalized),
            transaction_index: Some(0),
        });
    }
    to_value(statuses)
}

pub(super) fn transaction(chain: &mut Chain, params: &Params) -> Answer {
    let signature: Signature = params.parsed(0, "signature")?;
    let config: Option<RpcEncodingConfigWrapper<RpcTransactionConfig>> = params.config(1)?;
    let config = config
        .map(|config| config.convert_to_current())
        .unwrap_or_default();
    let Some(record) = chain.store.record(&signature)? else {
        return Ok(Value::Null);
    };
    let tx: VersionedTransaction = wincode::deserialize(&record.wire).map_err(Fault::params)?;
    let version = match (tx.version(), config.max_supported_transaction_version) {
        (TransactionVersion::Number(n), Some(max)) if n <= max => {
            Some(TransactionVersion::Number(n))
        }
        (TransactionVersion::Number(n), _) => {
            return Err(Fault::new(
                JSON_RPC_SERVER_ERROR_UNSUPPORTED_TRANSACTION_VERSION,
                format!(
                    "Transaction version ({n}) is not supported by the requesting client. Please \
                     try the request again with the following configuration parameter: \
                     \"maxSupportedTransactionVersion\": {n}"
                ),
            ));
        }
        (legacy, Some(_)) => Some(legacy),
        (_, None) => None,
    };
    let transaction = match config.encoding.unwrap_or(UiTransactionEncoding::Json) {
        UiTransactionEncoding::Base64 => EncodedTransaction::Binary(
            BASE64_STANDARD.encode(&record.wire),
            TransactionBinaryEncoding::Base64,
        ),
        UiTransactionEncoding::Base58 => EncodedTransaction::Binary(
            bs58::encode(&record.wire).into_string(),
            TransactionBinaryEncoding::Base58,
        ),
        UiTransactionEncoding::Binary => {
            EncodedTransaction::LegacyBinary(bs58::encode(&record.wire).into_string())
        }
        // Instructions stay as they are: there is no parser of programs here.
        UiTransactionEncoding::Json | UiTransactionEncoding::JsonParsed => {
            EncodedTransaction::Json(ui_transaction(&tx))
        }
    };
    to_value(EncodedConfirmedTransactionWithStatusMeta {
        slot: record.slot,
        block_time: Some(record.time),
        transaction: EncodedTransactionWithStatusMeta {
            transaction,
            meta: Some(ui_meta(record)),
            version,
        },
        transaction_index: Some(0),
    })
}

fn slot_of(chain: &Chain, signature: &str) -> Result<Option<u64>, Fault> {
    let record = chain.store.record(&parse(signature, "signature")?)?;
    Ok(record.map(|record| record.slot))
}

fn ui_transaction(tx: &VersionedTransaction) -> UiTransaction {
    let message = &tx.message;
    let instructions = message.instructions();
    UiTransaction {
        signatures: tx.signatures.iter().map(Signature::to_string).collect(),
        message: UiMessage::Raw(UiRawMessage {
            header: *message.header(),
            account_keys: message
                .static_account_keys()
                .iter()
                .map(Pubkey::to_string)
                .collect(),
            recent_blockhash: message.recent_blockhash().to_string(),
            instructions: instructions
                .iter()
                .map(|call| UiCompiledInstruction::from(call, Some(1)))
                .collect(),
            address_table_lookups: message
                .address_table_lookups()
                .map(|lookups| lookups.iter().map(Into::into).collect()),
            transaction_config: match message {
                VersionedMessage::V1(message) => Some((&message.config).into()),
                _ => None,
            },
        }),
    }
}

fn ui_meta(record: Record) -> UiTransactionStatusMeta {
    let texts = |keys: &[Pubkey]| keys.iter().map(Pubkey::to_string).collect();
    let err = record
        .err
        .map(solana_rpc_client_api::response::UiTransactionError::from);
    UiTransactionStatusMeta {
        status: err.clone().map_or(Ok(()), Err),
        err,
        fee: record.fee,
        pre_balances: record.pre_balances,
        post_balances: record.post_balances,
        inner_instructions: OptionSerializer::Some(ui_inner(&record.inner)),
        log_messages: OptionSerializer::Some(record.logs),
        pre_token_balances: OptionSerializer::None,
        post_token_balances: OptionSerializer::None,
        rewards: OptionSerializer::Some(Vec::new()),
        loaded_addresses: OptionSerializer::Some(UiLoadedAddresses {
            writable: texts(&record.loaded_writable),
            readonly: texts(&record.loaded_readonly),
        }),
        return_data: OptionSerializer::or_skip(record.return_data.map(|(program, data)| {
            UiTransactionReturnData {
                program_id: program.to_string(),
                data: (BASE64_STANDARD.encode(data), UiReturnDataEncoding::Base64),
            }
        })),
        compute_units_consumed: OptionSerializer::Some(record.units),
        cost_units: OptionSerializer::Skip,
    }
}

/// The calls of programs, by top-level instruction; those without any left out.
pub(super) fn ui_inner(lists: &[Vec<Inner>]) -> Vec<UiInnerInstructions> {
    let call = |inner: &Inner| {
        let instruction = CompiledInstruction {
            program_id_index: inner.program,
            accounts: inner.accounts.clone(),
            data: inner.data.clone(),
        };
        let height = Some(u32::from(inner.height));
        UiInstruction::Compiled(UiCompiledInstruction::from(&instruction, height))
    };
    (0..=u8::MAX)
        .zip(lists)
        .filter(|(_, list)| !list.is_empty())
        .map(|(index, list)| UiInnerInstructions {
            index,
            instructions: list.iter().map(call).collect(),
        })
        .collect()
}

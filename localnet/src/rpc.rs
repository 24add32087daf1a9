//! The table of methods, and what they share: parameters, contexts, faults.

use super::chain::Chain;
use super::error::EmbeddedError;
use super::{rpc_accounts as accounts, rpc_cluster as cluster};
use super::{rpc_history as history, rpc_transactions as transactions};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use solana_rpc_client_api::client_error::ErrorKind;
use solana_rpc_client_api::custom_error::JSON_RPC_SERVER_ERROR_MIN_CONTEXT_SLOT_NOT_REACHED;
use solana_rpc_client_api::request::{RpcError, RpcResponseErrorData};
use solana_rpc_client_api::response::{Response, RpcResponseContext};
use std::fmt::Display;
use std::str::FromStr;

pub(super) const INVALID_REQUEST: i64 = -32600;
const METHOD_NOT_FOUND: i64 = -32601;
const INVALID_PARAMS: i64 = -32602;
const INTERNAL_ERROR: i64 = -32603;
/// The code of an answer of the embedded chain whose storage failed: nothing of the
/// request was kept.
pub const NOT_KEPT: i64 = -32050;
/// The code of an answer of the embedded chain whose storage failed: whether the request
/// was kept is not known.
pub const MAYBE_KEPT: i64 = -32051;

/// A JSON-RPC error.
pub(super) struct Fault {
    pub code: i64,
    pub message: String,
    pub data: Box<RpcResponseErrorData>,
}

impl Fault {
    pub fn new(code: i64, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            data: Box::new(RpcResponseErrorData::Empty),
        }
    }

    pub fn params(what: impl Display) -> Self {
        Self::new(INVALID_PARAMS, format!("Invalid param: {what}"))
    }
}

impl From<EmbeddedError> for Fault {
    fn from(error: EmbeddedError) -> Self {
        let code = match error {
            EmbeddedError::Unknown(_) => MAYBE_KEPT,
            _ => NOT_KEPT,
        };
        Self::new(code, error.to_string())
    }
}

impl From<Fault> for ErrorKind {
    fn from(
        Fault {
            code,
            message,
            data,
        }: Fault,
    ) -> Self {
        RpcError::RpcResponseError {
            code,
            message,
            data: *data,
        }
        .into()
    }
}

/// What a method answers.
pub(super) type Answer = Result<Value, Fault>;

type Method = fn(&mut Chain, &Params) -> Answer;

/// The positional parameters of a request.
pub(super) struct Params(Vec<Value>);

impl Params {
    /// The parameter at `index`, which has to be there.
    pub fn need<T: DeserializeOwned>(&self, index: usize, name: &str) -> Result<T, Fault> {
        let value = self.0.get(index).filter(|value| !value.is_null());
        let value = value.ok_or_else(|| Fault::params(format_args!("{name} is missing")))?;
        T::deserialize(value).map_err(|e| Fault::params(format_args!("{name}: {e}")))
    }

    /// The parameter at `index`, or its default.
    pub fn config<T: DeserializeOwned + Default>(&self, index: usize) -> Result<T, Fault> {
        match self.0.get(index) {
            None | Some(Value::Null) => Ok(T::default()),
            Some(value) => T::deserialize(value).map_err(Fault::params),
        }
    }

    /// A parameter that is written as a string: an address, a signature.
    pub fn parsed<T: FromStr<Err: Display>>(&self, index: usize, name: &str) -> Result<T, Fault> {
        parse(&self.need::<String>(index, name)?, name)
    }
}

/// Reads an address, a signature or a hash.
pub(super) fn parse<T: FromStr<Err: Display>>(text: &str, name: &str) -> Result<T, Fault> {
    text.parse()
        .map_err(|e| Fault::params(format_args!("{name}: {e}")))
}

pub(super) fn to_value(value: impl Serialize) -> Answer {
    serde_json::to_value(value).map_err(|e| Fault::new(INTERNAL_ERROR, e.to_string()))
}

/// An answer in the context of the newest slot.
pub(super) fn in_context(chain: &Chain, value: impl Serialize) -> Answer {
    to_value(Response {
        context: RpcResponseContext::new(chain.state.slot),
        value,
    })
}

/// Refuses a request that wants to see a slot that is yet to come.
pub(super) fn reached(chain: &Chain, min_context_slot: Option<u64>) -> Result<(), Fault> {
    if min_context_slot.is_some_and(|slot| slot > chain.state.slot) {
        let code = JSON_RPC_SERVER_ERROR_MIN_CONTEXT_SLOT_NOT_REACHED;
        return Err(Fault::new(
            code,
            "Minimum context slot has not been reached",
        ));
    }
    Ok(())
}

fn method(name: &str) -> Option<Method> {
    Some(match name {
        "getAccountInfo" => accounts::account_info,
        "getBalance" => accounts::balance,
        "getMinimumBalanceForRentExemption" => accounts::rent,
        "getMultipleAccounts" => accounts::multiple_accounts,
        "getProgramAccounts" => accounts::program_accounts,
        "getTokenAccountBalance" => accounts::token_account_balance,
        "getTokenAccountsByOwner" => accounts::token_accounts_by_owner,
        "getTokenSupply" => accounts::token_supply,
        "getBlockHeight" => cluster::block_height,
        "getBlockTime" => cluster::block_time,
        "getEpochInfo" => cluster::epoch_info,
        "getEpochSchedule" => cluster::epoch_schedule,
        "getFirstAvailableBlock" => cluster::first_available_block,
        "getGenesisHash" => cluster::genesis_hash,
        "getHealth" => cluster::health,
        "getLatestBlockhash" => cluster::latest_blockhash,
        "getRecentPrioritizationFees" => cluster::recent_prioritization_fees,
        "getSlot" => cluster::slot,
        "getTransactionCount" => cluster::transaction_count,
        "getVersion" => cluster::version,
        "isBlockhashValid" => cluster::is_blockhash_valid,
        "getFeeForMessage" => transactions::fee_for_message,
        "getSignatureStatuses" => history::signature_statuses,
        "getSignaturesForAddress" => history::signatures_for_address,
        "getTransaction" => history::transaction,
        "requestAirdrop" => transactions::request_airdrop,
        "sendTransaction" => transactions::send,
        "simulateTransaction" => transactions::simulate,
        _ => return None,
    })
}

/// Answers a request.
pub(super) fn answer(chain: &mut Chain, name: &str, params: Value) -> Answer {
    let method = method(name).ok_or_else(|| {
        let message = format!("Method not found: the embedded chain has no {name}");
        Fault::new(METHOD_NOT_FOUND, message)
    })?;
    let params = match params {
        Value::Array(params) => Params(params),
        Value::Null => Params(Vec::new()),
        _ => return Err(Fault::params("parameters have to be a list")),
    };
    chain.set_clock(chain.state.slot);
    method(chain, &params)
}

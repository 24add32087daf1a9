//! Methods about the chain as a whole.

use super::chain::{Chain, MAX_AGE};
use super::rpc::{Answer, Fault, Params, in_context, reached, to_value};
use serde_json::{Value, json};
use solana_epoch_info::EpochInfo;
use solana_epoch_schedule::EpochSchedule;
use solana_hash::Hash;
use solana_rpc_client_api::config::RpcContextConfig;
use solana_rpc_client_api::custom_error::JSON_RPC_SERVER_ERROR_BLOCK_NOT_AVAILABLE;
use solana_rpc_client_api::response::{RpcBlockhash, RpcPrioritizationFee, RpcVersionInfo};

/// The version of the runtime that the chain runs.
const VERSION: &str = "4.2.2";

pub(super) fn slot(chain: &mut Chain, params: &Params) -> Answer {
    let config: RpcContextConfig = params.config(0)?;
    reached(chain, config.min_context_slot)?;
    to_value(chain.state.slot)
}

pub(super) fn block_height(chain: &mut Chain, params: &Params) -> Answer {
    slot(chain, params)
}

pub(super) fn block_time(chain: &mut Chain, params: &Params) -> Answer {
    let slot: u64 = params.need(0, "slot")?;
    if slot > chain.state.slot {
        let message = format!("Block not available for slot {slot}");
        return Err(Fault::new(
            JSON_RPC_SERVER_ERROR_BLOCK_NOT_AVAILABLE,
            message,
        ));
    }
    if slot == chain.state.slot {
        return to_value(chain.state.time);
    }
    let last = chain.store.last_before(slot)?;
    let record = last
        .map(|signature| chain.store.record(&signature))
        .transpose()?
        .flatten();
    to_value(record.map_or(chain.state.created, |record| record.time))
}

pub(super) fn epoch_info(chain: &mut Chain, params: &Params) -> Answer {
    let config: RpcContextConfig = params.config(0)?;
    reached(chain, config.min_context_slot)?;
    let slot = chain.state.slot;
    let (epoch, slot_index, slots_in_epoch) = chain.epoch(slot);
    to_value(EpochInfo {
        epoch,
        slot_index,
        slots_in_epoch,
        absolute_slot: slot,
        block_height: slot,
        transaction_count: Some(chain.state.transactions),
    })
}

pub(super) fn epoch_schedule(chain: &mut Chain, _: &Params) -> Answer {
    to_value(chain.svm.get_sysvar::<EpochSchedule>())
}

pub(super) fn first_available_block(_: &mut Chain, _: &Params) -> Answer {
    to_value(0)
}

pub(super) fn genesis_hash(chain: &mut Chain, _: &Params) -> Answer {
    to_value(chain.state.genesis().to_string())
}

pub(super) fn health(_: &mut Chain, _: &Params) -> Answer {
    Ok(json!("ok"))
}

pub(super) fn latest_blockhash(chain: &mut Chain, params: &Params) -> Answer {
    let config: RpcContextConfig = params.config(0)?;
    reached(chain, config.min_context_slot)?;
    in_context(chain, newest_blockhash(chain))
}

pub(super) fn newest_blockhash(chain: &Chain) -> RpcBlockhash {
    let slot = chain.state.slot;
    RpcBlockhash {
        blockhash: chain.state.blockhash(slot).to_string(),
        // A transaction runs in the slot after the one that it was sent in.
        last_valid_block_height: slot.saturating_add(MAX_AGE - 1),
    }
}

pub(super) fn is_blockhash_valid(chain: &mut Chain, params: &Params) -> Answer {
    let hash: Hash = params.parsed(0, "blockhash")?;
    let config: RpcContextConfig = params.config(1)?;
    reached(chain, config.min_context_slot)?;
    in_context(chain, chain.is_recent(&hash))
}

/// Nobody competes for room on this chain.
pub(super) fn recent_prioritization_fees(chain: &mut Chain, params: &Params) -> Answer {
    let _: Vec<String> = params.config(0)?;
    let slot = chain.state.slot;
    to_value([RpcPrioritizationFee {
        slot,
        prioritization_fee: 0,
    }])
}

pub(super) fn transaction_count(chain: &mut Chain, _: &Params) -> Answer {
    to_value(chain.state.transactions)
}

pub(super) fn version(_: &mut Chain, _: &Params) -> Result<Value, Fault> {
    to_value(RpcVersionInfo {
        solana_core: VERSION.to_string(),
        feature_set: None,
    })
}

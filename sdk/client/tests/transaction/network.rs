//! A network that does with each transaction what the test says.

use {
    async_trait::async_trait,
    base64::{Engine, prelude::BASE64_STANDARD},
    serde_json::{Value, json},
    solana_commitment_config::CommitmentConfig,
    solana_keypair::Keypair,
    solana_message::Hash,
    solana_program::{
        instruction::{AccountMeta, Instruction},
        pubkey::Pubkey,
    },
    solana_rpc_client::{
        nonblocking::rpc_client::RpcClient,
        rpc_client::RpcClientConfig,
        rpc_sender::{RpcSender, RpcTransportStats},
    },
    solana_rpc_client_api::{
        client_error::{Error as ClientError, Result as ClientResult},
        request::{RpcError, RpcRequest, RpcResponseErrorData},
        response::RpcSimulateTransactionResult,
    },
    solana_signature::Signature,
    solana_signer::Signer,
    solana_transaction::versioned::VersionedTransaction,
    std::{
        collections::{HashMap, VecDeque},
        sync::{Arc, Mutex},
        time::Duration,
    },
    tokio::time::{Instant, sleep},
    upside_sdk::transaction::{
        SendOptions, TransactionError, TransactionRequest, send_and_confirm, transaction_base64,
    },
};

pub const SLOT: Duration = Duration::from_millis(400);
pub const START: u64 = 1_000;
pub const LIFE: u64 = 150;
pub const FINAL: u64 = 32;

/// What the network does with one `sendTransaction`.
#[derive(Clone, Copy)]
pub enum Fate {
    Land,
    Drop,
    /// Executes it, but the caller gets an error.
    LandButFail,
    /// Loses it, and the caller gets an error.
    Fail,
    /// Executes it, but answers only after this long.
    LandAnswerLate(Duration),
    /// Executes it in the last block that may hold it.
    LandLast,
    /// Shows it as processed for eight slots on a fork that then dies.
    Fork,
    /// The node's check before forwarding fails.
    Refuse(u32),
    /// The node finds the request itself at fault.
    Malformed,
    /// Executes it, and it fails with this code.
    LandFailing(u32),
}

#[derive(Default)]
pub struct Chain {
    pub fates: VecDeque<Fate>,
    /// What the network does when the script is over.
    pub after: Option<Fate>,
    pub simulation_error: Option<Value>,
    /// Slots in which no status call is answered.
    pub deaf: Option<(u64, u64)>,
    /// Slots in which status calls reach a node that stands still, and where it stands.
    pub stale: Option<(u64, u64, u64)>,
    /// Whether only the history knows what was executed.
    pub forgetful: bool,
    /// What was sent, in order, each version once.
    pub versions: Vec<VersionedTransaction>,
    pub sends: usize,
    /// Slot and error of what the surviving chain executed.
    pub executed: HashMap<Signature, (u64, Option<u32>)>,
    /// Slots in which a version is visible on a fork that dies.
    pub forked: HashMap<Signature, (u64, u64)>,
    pub simulated: Vec<VersionedTransaction>,
}

#[derive(Clone)]
pub struct Net {
    pub chain: Arc<Mutex<Chain>>,
    pub born: Instant,
}

impl Net {
    pub fn new(fates: &[Fate], after: Fate) -> Self {
        let chain = Chain {
            fates: fates.iter().copied().collect(),
            after: Some(after),
            ..Chain::default()
        };
        Self {
            chain: Arc::new(Mutex::new(chain)),
            born: Instant::now(),
        }
    }

    pub fn client(&self) -> RpcClient {
        let config = RpcClientConfig::with_commitment(CommitmentConfig::confirmed());
        RpcClient::new_sender(self.clone(), config)
    }

    /// In this chain every slot has a block: the slot is the height.
    pub fn slot(&self) -> u64 {
        START + (self.born.elapsed().as_millis() / SLOT.as_millis()) as u64
    }

    pub fn executions(&self) -> usize {
        self.chain.lock().unwrap().executed.len()
    }

    pub fn sends(&self) -> usize {
        self.chain.lock().unwrap().sends
    }

    fn receive(&self, encoded: &str, skip_preflight: bool) -> (ClientResult<Value>, Duration) {
        let now = self.slot();
        let chain = &mut *self.chain.lock().unwrap();
        let transaction = decode(encoded);
        assert!(transaction.verify_with_results().iter().all(|good| *good));
        let signature = transaction.signatures[0];
        chain.sends += 1;
        if !chain.versions.contains(&transaction) {
            for old in &chain.versions {
                assert!(
                    dead(old, now),
                    "a second version while the first could still land"
                );
                assert!(!chain.executed.contains_key(&old.signatures[0]));
            }
            chain.versions.push(transaction.clone());
        } else {
            assert!(
                skip_preflight,
                "a check of a copy would fail on the first one's effect"
            );
        }
        let fate = chain.fates.pop_front().or(chain.after).unwrap();
        let last = valid_until(&transaction);
        let mut land = |slot: u64, error| {
            if slot <= last {
                chain.executed.entry(signature).or_insert((slot, error));
            }
        };
        let ok = Ok(json!(signature.to_string()));
        let broken = Err(std::io::Error::other("connection reset").into());
        let none = Duration::ZERO;
        match fate {
            Fate::Land => land(now + 1, None),
            Fate::LandFailing(code) => land(now + 1, Some(code)),
            Fate::Drop => {}
            Fate::Fail => return (broken, none),
            Fate::LandButFail => {
                land(now + 1, None);
                return (broken, none);
            }
            Fate::LandAnswerLate(delay) => {
                land(now + 1, None);
                return (ok, delay);
            }
            Fate::LandLast => land(last, None),
            Fate::Fork => {
                chain.forked.insert(signature, (now + 1, now + 9));
            }
            Fate::Malformed => {
                let error = RpcError::RpcResponseError {
                    code: -32602,
                    message: "Invalid params".into(),
                    data: RpcResponseErrorData::Empty,
                };
                return (Err(error.into()), none);
            }
            Fate::Refuse(code) => {
                assert!(!skip_preflight);
                return (Err(refusal(code)), none);
            }
        }
        (ok, none)
    }

    fn status(&self, signature: &str, now: u64) -> Value {
        let chain = self.chain.lock().unwrap();
        let signature: Signature = signature.parse().unwrap();
        let ok = json!({ "Ok": null });
        match (chain.executed.get(&signature), chain.forked.get(&signature)) {
            (Some((slot, error)), _) if *slot <= now => {
                let level = match now - slot {
                    0..2 => "processed",
                    2..FINAL => "confirmed",
                    _ => "finalized",
                };
                let error =
                    error.map(|code| json!({ "InstructionError": [0, { "Custom": code }] }));
                json!({
                    "slot": slot,
                    "confirmations": (now - slot < FINAL).then_some(now - slot),
                    "status": error.as_ref().map_or(ok, |error| json!({ "Err": error })),
                    "err": error,
                    "confirmationStatus": level,
                })
            }
            (_, Some((from, to))) if (*from..*to).contains(&now) => json!({
                "slot": from, "confirmations": 0, "status": ok, "err": null,
                "confirmationStatus": "processed",
            }),
            _ => Value::Null,
        }
    }
}

#[async_trait]
impl RpcSender for Net {
    async fn send(&self, request: RpcRequest, params: Value) -> ClientResult<Value> {
        let now = self.slot();
        let level = params
            .as_array()
            .and_then(|list| list.last()?["commitment"].as_str());
        let behind = if level == Some("finalized") { FINAL } else { 0 };
        let with_context = |slot, value| json!({ "context": { "slot": slot }, "value": value });
        Ok(match request {
            RpcRequest::GetLatestBlockhash => with_context(
                now,
                json!({
                    "blockhash": blockhash(now).to_string(),
                    "lastValidBlockHeight": now + LIFE,
                }),
            ),
            RpcRequest::GetEpochInfo => json!({
                "absoluteSlot": now - behind, "blockHeight": now - behind, "epoch": 0,
                "slotIndex": now - behind, "slotsInEpoch": 432_000, "transactionCount": null,
            }),
            RpcRequest::GetRecentPrioritizationFees => (0..8)
                .map(|i| json!({ "slot": now - i, "prioritizationFee": i * 100 }))
                .collect(),
            RpcRequest::SimulateTransaction => {
                assert_eq!(params[1]["sigVerify"], false);
                assert_eq!(params[1]["replaceRecentBlockhash"], true);
                let mut chain = self.chain.lock().unwrap();
                chain.simulated.push(decode(params[0].as_str().unwrap()));
                with_context(
                    now,
                    json!({
                        "err": chain.simulation_error, "logs": ["Program log: simulated"],
                        "unitsConsumed": 10_000, "loadedAccountsDataSize": 40_000, "fee": 5_000,
                    }),
                )
            }
            RpcRequest::SendTransaction => {
                let skip = params[1]["skipPreflight"].as_bool().unwrap();
                assert_eq!(params[1]["maxRetries"], 0);
                let (answer, delay) = self.receive(params[0].as_str().unwrap(), skip);
                sleep(delay).await;
                return answer;
            }
            RpcRequest::GetSignatureStatuses => {
                let (deaf, stale, forgetful) = {
                    let chain = self.chain.lock().unwrap();
                    (chain.deaf, chain.stale, chain.forgetful)
                };
                if deaf.is_some_and(|(from, to)| (from..to).contains(&now)) {
                    return Err(std::io::Error::other("connection refused").into());
                }
                let view = match stale {
                    Some((from, to, view)) if (from..to).contains(&now) => view,
                    _ => now,
                };
                if forgetful && params[1]["searchTransactionHistory"] != true {
                    return Ok(with_context(view, json!([null])));
                }
                let signatures = params[0].as_array().unwrap().iter();
                let statuses = signatures.map(|s| self.status(s.as_str().unwrap(), view));
                with_context(view, statuses.collect())
            }
            RpcRequest::GetTransaction => {
                let status = self.status(params[0].as_str().unwrap(), now);
                if status.is_null() {
                    return Ok(Value::Null);
                }
                let transaction = self.chain.lock().unwrap().versions[0].clone();
                let bytes = transaction_base64(&transaction);
                json!({
                    "slot": status["slot"], "blockTime": null, "version": 0,
                    "transaction": [bytes, "base64"],
                    "meta": {
                        "err": status["err"], "status": status["status"], "fee": 5_006,
                        "preBalances": [], "postBalances": [],
                        "logMessages": ["Program log: landed"], "computeUnitsConsumed": 9_900,
                    },
                })
            }
            other => panic!("nobody asks for {other}"),
        })
    }

    fn get_transport_stats(&self) -> RpcTransportStats {
        RpcTransportStats::default()
    }

    fn url(&self) -> String {
        "scripted".into()
    }
}

pub fn decode(encoded: &str) -> VersionedTransaction {
    wincode::deserialize(&BASE64_STANDARD.decode(encoded).unwrap()).unwrap()
}

/// The blockhash of a slot tells the slot.
pub fn blockhash(slot: u64) -> Hash {
    let mut bytes = [7; 32];
    bytes[..8].copy_from_slice(&slot.to_le_bytes());
    Hash::new_from_array(bytes)
}

pub fn valid_until(transaction: &VersionedTransaction) -> u64 {
    let hash = transaction.message.recent_blockhash().to_bytes();
    u64::from_le_bytes(hash[..8].try_into().unwrap()) + LIFE
}

pub fn dead(transaction: &VersionedTransaction, now: u64) -> bool {
    now - FINAL > valid_until(transaction)
}

pub fn refusal(code: u32) -> ClientError {
    let result: RpcSimulateTransactionResult = serde_json::from_value(json!({
        "err": { "InstructionError": [0, { "Custom": code }] }, "logs": ["Program log: no"],
    }))
    .unwrap();
    let data = RpcResponseErrorData::SendTransactionPreflightFailure(result);
    let message = "Transaction simulation failed".into();
    RpcError::RpcResponseError {
        code: -32002,
        message,
        data,
    }
    .into()
}

pub fn instruction(owner: &Pubkey, data: usize) -> Instruction {
    let accounts = vec![AccountMeta::new(*owner, true)];
    Instruction {
        program_id: Pubkey::new_from_array([9; 32]),
        accounts,
        data: vec![1; data],
    }
}

pub async fn run(net: &Net, options: &SendOptions) -> Result<u64, TransactionError> {
    let owner = Keypair::new();
    let request = TransactionRequest {
        instructions: vec![instruction(&owner.pubkey(), 8)],
        payer: owner.pubkey(),
        signers: vec![&owner],
        lookup_tables: vec![],
    };
    let landed = send_and_confirm(&net.client(), &request, options).await?;
    assert_eq!((landed.units, landed.fee), (Some(9_900), Some(5_006)));
    assert_eq!(landed.logs, ["Program log: landed"]);
    assert!(
        net.chain
            .lock()
            .unwrap()
            .executed
            .contains_key(&landed.signature)
    );
    Ok(landed.slot)
}

/// The data of the compute budget instructions of a transaction.
pub fn budget(transaction: &VersionedTransaction) -> Vec<Vec<u8>> {
    let instructions = transaction.message.instructions();
    instructions[1..]
        .iter()
        .map(|instruction| instruction.data.clone())
        .collect()
}

pub fn with_tag(tag: u8, argument: &[u8]) -> Vec<u8> {
    [&[tag], argument].concat()
}

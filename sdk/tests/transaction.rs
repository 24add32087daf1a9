//! Sending over a network that loses, delays and misreports: whatever it does, an
//! intent is executed at most once, and the caller learns what became of it.

use {
    async_trait::async_trait,
    base64::{Engine, prelude::BASE64_STANDARD},
    serde_json::{Value, json},
    solana_commitment_config::CommitmentConfig,
    solana_keypair::Keypair,
    solana_message::{AddressLookupTableAccount, Hash},
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
        MAX_TRANSACTION_BYTES, SendOptions, TransactionError, TransactionRequest, compile,
        message_base64, missing_signers, send_and_confirm, sign_partially, simulate,
        transaction_base64,
    },
};

const SLOT: Duration = Duration::from_millis(400);
const START: u64 = 1_000;
const LIFE: u64 = 150;
const FINAL: u64 = 32;

/// What the network does with one `sendTransaction`.
#[derive(Clone, Copy)]
enum Fate {
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
struct Chain {
    fates: VecDeque<Fate>,
    /// What the network does when the script is over.
    after: Option<Fate>,
    simulation_error: Option<Value>,
    /// Slots in which no status call is answered.
    deaf: Option<(u64, u64)>,
    /// Slots in which status calls reach a node that stands still, and where it stands.
    stale: Option<(u64, u64, u64)>,
    /// Whether only the history knows what was executed.
    forgetful: bool,
    /// What was sent, in order, each version once.
    versions: Vec<VersionedTransaction>,
    sends: usize,
    /// Slot and error of what the surviving chain executed.
    executed: HashMap<Signature, (u64, Option<u32>)>,
    /// Slots in which a version is visible on a fork that dies.
    forked: HashMap<Signature, (u64, u64)>,
    simulated: Vec<VersionedTransaction>,
}

#[derive(Clone)]
struct Net {
    chain: Arc<Mutex<Chain>>,
    born: Instant,
}

impl Net {
    fn new(fates: &[Fate], after: Fate) -> Self {
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

    fn client(&self) -> RpcClient {
        let config = RpcClientConfig::with_commitment(CommitmentConfig::confirmed());
        RpcClient::new_sender(self.clone(), config)
    }

    /// In this chain every slot has a block: the slot is the height.
    fn slot(&self) -> u64 {
        START + (self.born.elapsed().as_millis() / SLOT.as_millis()) as u64
    }

    fn executions(&self) -> usize {
        self.chain.lock().unwrap().executed.len()
    }

    fn sends(&self) -> usize {
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

fn decode(encoded: &str) -> VersionedTransaction {
    wincode::deserialize(&BASE64_STANDARD.decode(encoded).unwrap()).unwrap()
}

/// The blockhash of a slot tells the slot.
fn blockhash(slot: u64) -> Hash {
    let mut bytes = [7; 32];
    bytes[..8].copy_from_slice(&slot.to_le_bytes());
    Hash::new_from_array(bytes)
}

fn valid_until(transaction: &VersionedTransaction) -> u64 {
    let hash = transaction.message.recent_blockhash().to_bytes();
    u64::from_le_bytes(hash[..8].try_into().unwrap()) + LIFE
}

fn dead(transaction: &VersionedTransaction, now: u64) -> bool {
    now - FINAL > valid_until(transaction)
}

fn refusal(code: u32) -> ClientError {
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

fn instruction(owner: &Pubkey, data: usize) -> Instruction {
    let accounts = vec![AccountMeta::new(*owner, true)];
    Instruction {
        program_id: Pubkey::new_from_array([9; 32]),
        accounts,
        data: vec![1; data],
    }
}

async fn run(net: &Net, options: &SendOptions) -> Result<u64, TransactionError> {
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
fn budget(transaction: &VersionedTransaction) -> Vec<Vec<u8>> {
    let instructions = transaction.message.instructions();
    instructions[1..]
        .iter()
        .map(|instruction| instruction.data.clone())
        .collect()
}

fn with_tag(tag: u8, argument: &[u8]) -> Vec<u8> {
    [&[tag], argument].concat()
}

#[tokio::test(start_paused = true)]
async fn lands_with_a_tight_budget_and_a_price_from_recent_fees() {
    let net = Net::new(&[], Fate::Land);
    run(&net, &SendOptions::default()).await.unwrap();
    let chain = net.chain.lock().unwrap();
    assert_eq!((chain.sends, chain.executed.len()), (1, 1));
    // 10,000 units and a tenth and 300; 40,000 bytes are two pages, and one more; three
    // quarters of 0, 100, … 700.
    let expected = [
        with_tag(2, &11_300u32.to_le_bytes()),
        with_tag(4, &(3 * 32_768u32).to_le_bytes()),
        with_tag(3, &500u64.to_le_bytes()),
    ];
    assert_eq!(budget(&chain.versions[0]), expected);
    let simulated = [
        with_tag(2, &1_400_000u32.to_le_bytes()),
        with_tag(4, &(64u32 << 20).to_le_bytes()),
        with_tag(3, &0u64.to_le_bytes()),
    ];
    assert_eq!(budget(&chain.simulated[0]), simulated);
}

#[tokio::test(start_paused = true)]
async fn the_price_is_capped_and_can_be_none() {
    for (options, expected) in [
        (
            SendOptions {
                max_price: 40,
                ..Default::default()
            },
            Some(40u64),
        ),
        (
            SendOptions {
                compute_unit_price: Some(0),
                ..Default::default()
            },
            None,
        ),
        (
            SendOptions {
                compute_unit_price: Some(9),
                ..Default::default()
            },
            Some(9),
        ),
    ] {
        let net = Net::new(&[], Fate::Land);
        run(&net, &options).await.unwrap();
        let set = budget(&net.chain.lock().unwrap().versions[0]);
        let price = set.iter().find(|data| data[0] == 3);
        assert_eq!(
            price.cloned(),
            expected.map(|price| with_tag(3, &price.to_le_bytes()))
        );
    }
}

#[tokio::test(start_paused = true)]
async fn executes_once_on_a_bad_network() {
    let late = Fate::LandAnswerLate(Duration::from_secs(15));
    let never = Fate::LandAnswerLate(Duration::from_secs(3_600));
    for (fates, after, versions) in [
        (vec![Fate::Drop], Fate::Land, 1),
        (vec![Fate::Drop, Fate::Fail, Fate::Drop], Fate::Land, 1),
        (vec![late], Fate::Land, 1),
        (vec![never], Fate::Land, 1),
        (vec![Fate::LandButFail], Fate::Land, 1),
        (vec![Fate::LandButFail], Fate::Fail, 1),
        (vec![Fate::LandLast], Fate::Drop, 1),
        (vec![Fate::Fork], Fate::Land, 1),
        (vec![Fate::Fork, Fate::Fork], Fate::LandButFail, 1),
        // All of the first version's copies are lost: about ninety go out in its life.
        (vec![Fate::Drop; 37], Fate::Land, 2),
        (
            [vec![Fate::Fork], vec![Fate::Drop; 35]].concat(),
            Fate::Land,
            2,
        ),
    ] {
        for commitment in [CommitmentConfig::confirmed(), CommitmentConfig::finalized()] {
            let net = Net::new(&fates, after);
            run(
                &net,
                &SendOptions {
                    commitment,
                    ..Default::default()
                },
            )
            .await
            .unwrap();
            assert_eq!(net.executions(), 1);
            assert_eq!(net.chain.lock().unwrap().versions.len(), versions);
        }
    }
}

#[tokio::test(start_paused = true)]
async fn waits_for_the_commitment_that_was_asked_for() {
    for (commitment, slots) in [
        (CommitmentConfig::confirmed(), 2),
        (CommitmentConfig::finalized(), FINAL),
    ] {
        let net = Net::new(&[], Fate::Land);
        let options = SendOptions {
            commitment,
            poll: Duration::from_millis(100),
            ..Default::default()
        };
        let slot = run(&net, &options).await.unwrap();
        assert!((slot + slots..slot + slots + 3).contains(&net.slot()));
    }
}

#[tokio::test(start_paused = true)]
async fn expires_after_the_last_attempt_and_never_overlaps() {
    let net = Net::new(&[], Fate::Drop);
    let error = run(&net, &SendOptions::default()).await.unwrap_err();
    let TransactionError::Expired { signatures } = error else {
        panic!("{error}")
    };
    let chain = net.chain.lock().unwrap();
    let sent: Vec<_> = chain
        .versions
        .iter()
        .map(|version| version.signatures[0])
        .collect();
    assert_eq!((sent.len(), sent), (3, signatures));
    assert!(
        chain
            .versions
            .iter()
            .all(|version| dead(version, net.slot()))
    );
}

#[tokio::test(start_paused = true)]
async fn a_network_that_takes_nothing_is_reported_when_nothing_can_land() {
    let net = Net::new(&[], Fate::Fail);
    let error = run(&net, &SendOptions::default()).await.unwrap_err();
    assert!(matches!(error, TransactionError::Network(_)), "{error}");
    let chain = net.chain.lock().unwrap();
    assert_eq!(chain.versions.len(), 1);
    assert!(dead(&chain.versions[0], net.slot()));
}

#[tokio::test(start_paused = true)]
async fn a_malformed_request_is_reported_at_once() {
    let net = Net::new(&[Fate::Malformed], Fate::Land);
    let start = Instant::now();
    let error = run(&net, &SendOptions::default()).await.unwrap_err();
    assert!(matches!(error, TransactionError::Network(_)), "{error}");
    assert_eq!((net.sends(), net.executions()), (1, 0));
    assert!(start.elapsed() < Duration::from_secs(2));
}

#[tokio::test(start_paused = true)]
async fn patience_is_the_callers_choice() {
    let net = Net::new(&[Fate::Land], Fate::Drop);
    net.chain.lock().unwrap().deaf = Some((START, u64::MAX));
    let start = Instant::now();
    let options = SendOptions {
        patience: Duration::from_secs(7),
        ..Default::default()
    };
    let error = run(&net, &options).await.unwrap_err();
    assert!(matches!(error, TransactionError::UnknownOutcome { .. }));
    assert!((7..10).contains(&start.elapsed().as_secs()));
}

#[tokio::test(start_paused = true)]
async fn a_deaf_spell_is_waited_out_and_a_long_one_leaves_the_outcome_open() {
    let net = Net::new(&[Fate::Land], Fate::Drop);
    net.chain.lock().unwrap().deaf = Some((START, START + 500));
    run(&net, &SendOptions::default()).await.unwrap();
    assert_eq!(net.executions(), 1);

    let net = Net::new(&[Fate::Land], Fate::Drop);
    net.chain.lock().unwrap().deaf = Some((START, u64::MAX));
    let error = run(&net, &SendOptions::default()).await.unwrap_err();
    let TransactionError::UnknownOutcome { signature } = error else {
        panic!("{error}")
    };
    let chain = net.chain.lock().unwrap();
    assert_eq!(chain.versions.len(), 1);
    assert!(chain.executed.contains_key(&signature));
}

#[tokio::test(start_paused = true)]
async fn a_node_that_stands_still_or_forgets_proves_nothing() {
    let net = Net::new(&[Fate::LandLast], Fate::Drop);
    net.chain.lock().unwrap().stale = Some((START + 20, START + LIFE + FINAL + 20, START + 3));
    run(&net, &SendOptions::default()).await.unwrap();
    assert_eq!(net.chain.lock().unwrap().versions.len(), 1);
    assert_eq!(net.executions(), 1);

    // Landed, but the node that is asked for statuses never gets to see it.
    let net = Net::new(&[Fate::Land], Fate::Land);
    net.chain.lock().unwrap().stale = Some((START, u64::MAX, START));
    let error = run(&net, &SendOptions::default()).await.unwrap_err();
    assert!(
        matches!(error, TransactionError::UnknownOutcome { .. }),
        "{error}"
    );
    assert_eq!(net.chain.lock().unwrap().versions.len(), 1);
    assert_eq!(net.executions(), 1);

    let net = Net::new(&[Fate::Land], Fate::Drop);
    net.chain.lock().unwrap().forgetful = true;
    run(&net, &SendOptions::default()).await.unwrap();
    assert_eq!(net.chain.lock().unwrap().versions.len(), 1);
    assert_eq!(net.executions(), 1);
}

#[tokio::test(start_paused = true)]
async fn refusals_are_typed_and_nothing_is_sent_again() {
    // In simulation.
    let net = Net::new(&[], Fate::Land);
    let refused = json!({ "InstructionError": [0, { "Custom": 6_001 }] });
    net.chain.lock().unwrap().simulation_error = Some(refused);
    let error = run(&net, &SendOptions::default()).await.unwrap_err();
    assert_eq!(error.custom_code(), Some((0, 6_001)));
    let TransactionError::Rejected {
        logs,
        signature: None,
        ..
    } = error
    else {
        panic!()
    };
    assert_eq!(logs, ["Program log: simulated"]);
    assert_eq!(net.sends(), 0);

    // Of a compute budget instruction: it is not one of the request's.
    let net = Net::new(&[], Fate::Land);
    let refused = json!({ "InstructionError": [2, { "Custom": 1 }] });
    net.chain.lock().unwrap().simulation_error = Some(refused);
    assert_eq!(
        run(&net, &SendOptions::default())
            .await
            .unwrap_err()
            .custom_code(),
        None
    );

    // By the node that was to forward it.
    let net = Net::new(&[Fate::Refuse(6_002)], Fate::Land);
    let error = run(&net, &SendOptions::default()).await.unwrap_err();
    assert_eq!(error.custom_code(), Some((0, 6_002)));
    let TransactionError::Rejected {
        logs,
        signature: None,
        ..
    } = error
    else {
        panic!()
    };
    assert_eq!(logs, ["Program log: no"]);
    assert_eq!((net.sends(), net.executions()), (1, 0));

    // On chain.
    let net = Net::new(&[Fate::LandFailing(6_003)], Fate::Land);
    let error = run(&net, &SendOptions::default()).await.unwrap_err();
    assert_eq!(error.custom_code(), Some((0, 6_003)));
    assert!(error.to_string().contains("the fee was paid"));
    let TransactionError::Rejected {
        logs, signature, ..
    } = error
    else {
        panic!()
    };
    assert_eq!(logs, ["Program log: landed"]);
    assert!(
        net.chain
            .lock()
            .unwrap()
            .executed
            .contains_key(&*signature.unwrap())
    );
    assert_eq!(net.chain.lock().unwrap().versions.len(), 1);
}

#[tokio::test(start_paused = true)]
async fn simulation_needs_no_signer_and_estimates_the_fee() {
    let owner = Pubkey::new_from_array([3; 32]);
    let request = TransactionRequest {
        instructions: vec![instruction(&owner, 8)],
        payer: owner,
        signers: vec![],
        lookup_tables: vec![],
    };
    let net = Net::new(&[], Fate::Land);
    let simulation = simulate(&net.client(), &request).await.unwrap();
    assert_eq!(
        (simulation.units, simulation.loaded_accounts_data_size),
        (10_000, Some(40_000))
    );
    // 11,300 units at 500 micro-lamports are 5.65 lamports.
    assert_eq!(simulation.fee, 5_006);
    assert_eq!(simulation.logs, ["Program log: simulated"]);

    let error = send_and_confirm(&net.client(), &request, &SendOptions::default()).await;
    assert!(matches!(error, Err(TransactionError::MissingSigner(key)) if key == owner));
    assert_eq!(net.sends(), 0);
}

#[tokio::test(start_paused = true)]
async fn a_budget_of_the_requests_own_is_kept() {
    use solana_compute_budget_interface::ComputeBudgetInstruction as Set;
    let owner = Keypair::new();
    let own = [
        Set::set_compute_unit_limit(50_000),
        Set::set_compute_unit_price(2_000_000),
    ];
    let request = TransactionRequest {
        instructions: [&own[..], &[instruction(&owner.pubkey(), 8)]].concat(),
        payer: owner.pubkey(),
        signers: vec![&owner],
        lookup_tables: vec![],
    };
    let net = Net::new(&[], Fate::Land);
    assert_eq!(
        simulate(&net.client(), &request).await.unwrap().fee,
        5_000 + 100_000
    );
    send_and_confirm(&net.client(), &request, &SendOptions::default())
        .await
        .unwrap();
    let chain = net.chain.lock().unwrap();
    let sent = chain.versions[0].message.instructions();
    let data: Vec<_> = sent.iter().map(|instruction| instruction.data[0]).collect();
    assert_eq!(data, [2, 3, 1, 4]);
}

#[test]
fn a_message_that_does_not_fit_says_by_how_much_and_a_lookup_table_helps() {
    let payer = Pubkey::new_from_array([1; 32]);
    let error = compile(&[instruction(&payer, 1_232)], &payer, &[], Hash::default()).unwrap_err();
    let TransactionError::TooLarge {
        bytes,
        limit: MAX_TRANSACTION_BYTES,
    } = error
    else {
        panic!("{error}")
    };
    assert!((1_300..1_450).contains(&bytes));

    let keys: Vec<_> = (10..60)
        .map(|byte| Pubkey::new_from_array([byte; 32]))
        .collect();
    let mut wide = instruction(&payer, 8);
    wide.accounts
        .extend(keys.iter().map(|key| AccountMeta::new(*key, false)));
    let wide = [wide];
    assert!(compile(&wide, &payer, &[], Hash::default()).is_err());
    let table = AddressLookupTableAccount {
        key: Pubkey::new_from_array([99; 32]),
        addresses: keys,
    };
    compile(&wide, &payer, &[table], Hash::default()).unwrap();
}

#[test]
fn signatures_can_be_gathered_and_are_verified() {
    let (payer, owner, stranger) = (Keypair::new(), Keypair::new(), Keypair::new());
    let message = compile(
        &[instruction(&owner.pubkey(), 8)],
        &payer.pubkey(),
        &[],
        blockhash(5),
    )
    .unwrap();
    assert_eq!(
        missing_signers(&message, &[]),
        [payer.pubkey(), owner.pubkey()]
    );
    assert_eq!(
        missing_signers(&message, &[payer.pubkey()]),
        [owner.pubkey()]
    );

    // The owner signs what it was shown, elsewhere.
    let shown = BASE64_STANDARD.decode(message_base64(&message)).unwrap();
    let given = (owner.pubkey(), owner.sign_message(&shown));
    let half = sign_partially(message.clone(), &[&payer, &stranger], &[]).unwrap();
    assert_eq!(half.verify_with_results(), [true, false]);
    let whole = sign_partially(message.clone(), &[&payer], &[given]).unwrap();
    assert_eq!(whole.verify_with_results(), [true, true]);
    assert_eq!(decode(&transaction_base64(&whole)), whole);

    let wrong = [
        (owner.pubkey(), owner.sign_message(b"something else")),
        (owner.pubkey(), stranger.sign_message(&shown)),
        (stranger.pubkey(), stranger.sign_message(&shown)),
    ];
    for (key, signature) in wrong {
        let error = sign_partially(message.clone(), &[&payer], &[(key, signature)]).unwrap_err();
        assert!(matches!(error, TransactionError::Sign(whose, _) if whose == key));
    }
}

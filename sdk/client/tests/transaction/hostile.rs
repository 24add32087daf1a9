//! Hundreds of bad networks by seed, in front of a real chain: whatever the network does,
//! an intent is executed once, or not at all, or said to be open.

use {
    async_trait::async_trait,
    serde_json::{Value, json},
    solana_commitment_config::CommitmentConfig,
    solana_keypair::Keypair,
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
        client_error::{ErrorKind, Result as ClientResult},
        request::{RpcError, RpcRequest, RpcResponseErrorData},
    },
    solana_signer::Signer,
    std::{
        collections::{BTreeMap, HashMap},
        io,
        path::Path,
        sync::{Arc, Mutex},
        time::Duration,
    },
    tokio::time::{Instant, sleep},
    upside_localnet::{ClockMode, EmbeddedChain, Options},
    upside_sdk::transaction::{
        Outcome, SendOptions, TransactionError, TransactionRequest, outcome, send_and_confirm,
    },
};

const SOL: u64 = 1_000_000_000;
const SCHEDULES: u64 = 400;

/// What the network does with one request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fault {
    DropBefore,
    DropAfter,
    TimeOut,
    TimeOutAfter,
    Late,
    Twice,
    RateLimit,
    Malformed,
    WrongId,
    Unhealthy,
    BlockhashNotFound,
    /// Transactions: called confirmed for a while, and never executed.
    Fork,
    /// Statuses: called confirmed, whatever it is.
    Lie,
    /// Statuses: not there, whatever it is.
    Hide,
    /// Statuses: as they were a while ago.
    Behind,
    Empty,
}

/// Those that fit any request, and those of some.
const ANY: [Fault; 10] = [
    Fault::DropBefore,
    Fault::DropAfter,
    Fault::TimeOut,
    Fault::TimeOutAfter,
    Fault::Late,
    Fault::Twice,
    Fault::RateLimit,
    Fault::Malformed,
    Fault::WrongId,
    Fault::Unhealthy,
];
const OF_SENDING: [Fault; 2] = [Fault::BlockhashNotFound, Fault::Fork];
const OF_STATUSES: [Fault; 4] = [Fault::Lie, Fault::Hide, Fault::Behind, Fault::Empty];

#[derive(Default)]
struct Weather {
    dice: u64,
    /// In percent.
    bad: u64,
    faults: BTreeMap<Fault, u64>,
    /// Until when the statuses of a fork are shown.
    forked: HashMap<String, Instant>,
    seconds: u64,
}

impl Weather {
    fn roll(&mut self, below: u64) -> u64 {
        self.dice ^= self.dice << 13;
        self.dice ^= self.dice >> 7;
        self.dice ^= self.dice << 17;
        self.dice % below
    }

    fn fault(&mut self, request: RpcRequest) -> Option<Fault> {
        if self.roll(100) >= self.bad {
            return None;
        }
        let own: &[Fault] = match request {
            RpcRequest::SendTransaction => &OF_SENDING,
            RpcRequest::GetSignatureStatuses => &OF_STATUSES,
            _ => &[],
        };
        let fitting = [&ANY[..], own, own].concat();
        let fault = fitting[self.roll(fitting.len() as u64) as usize];
        *self.faults.entry(fault).or_default() += 1;
        Some(fault)
    }
}

#[derive(Clone)]
struct Hostile {
    chain: EmbeddedChain,
    born: Instant,
    weather: Arc<Mutex<Weather>>,
}

impl Hostile {
    fn new(seed: u64) -> Self {
        let options = Options {
            clock: ClockMode::Manual,
            ..Options::default()
        };
        let chain = EmbeddedChain::in_memory(&[], options).unwrap();
        let weather = Weather {
            dice: seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1,
            bad: [5, 15, 30, 50, 70, 90][seed as usize % 6],
            ..Weather::default()
        };
        Hostile {
            chain,
            born: Instant::now(),
            weather: Arc::new(Mutex::new(weather)),
        }
    }

    fn client(&self) -> RpcClient {
        let config = RpcClientConfig::with_commitment(CommitmentConfig::confirmed());
        RpcClient::new_sender(self.clone(), config)
    }

    /// Lets the chain's slots pass with the test's time.
    fn tick(&self) {
        let mut weather = self.weather.lock().unwrap();
        let passed = self.born.elapsed().as_secs() - weather.seconds;
        weather.seconds += passed;
        self.chain.advance(passed as i64).unwrap();
    }

    async fn forward(&self, request: RpcRequest, params: &Value) -> ClientResult<Value> {
        RpcSender::send(&self.chain, request, params.clone()).await
    }

    fn confirmed(&self) -> Value {
        json!({
            "slot": self.chain.slot(), "confirmations": 1, "err": null,
            "status": { "Ok": null }, "confirmationStatus": "confirmed",
        })
    }

    /// Where a fork is on show, its transactions are confirmed.
    fn with_forks(&self, params: &Value, mut answer: Value) -> Value {
        let forked = &self.weather.lock().unwrap().forked;
        for (i, signature) in params[0].as_array().unwrap().iter().enumerate() {
            let until = forked.get(signature.as_str().unwrap());
            if until.is_some_and(|until| Instant::now() < *until) && answer["value"][i].is_null() {
                answer["value"][i] = self.confirmed();
            }
        }
        answer
    }
}

fn broken(why: &str) -> ClientResult<Value> {
    Err(io::Error::other(why.to_string()).into())
}

fn refused(code: i64) -> ClientResult<Value> {
    let (message, data) = ("no".to_string(), RpcResponseErrorData::Empty);
    Err(RpcError::RpcResponseError {
        code,
        message,
        data,
    }
    .into())
}

#[async_trait]
impl RpcSender for Hostile {
    async fn send(&self, request: RpcRequest, params: Value) -> ClientResult<Value> {
        self.tick();
        let fault = self.weather.lock().unwrap().fault(request);
        let context = |slot, value| json!({ "context": { "slot": slot }, "value": value });
        let statuses = request == RpcRequest::GetSignatureStatuses;
        match fault {
            Some(Fault::DropBefore) => broken("connection reset"),
            Some(Fault::DropAfter) => {
                let _ = self.forward(request, &params).await;
                broken("connection reset")
            }
            Some(Fault::TimeOut) => {
                sleep(Duration::from_secs(3_600)).await;
                broken("never")
            }
            Some(Fault::TimeOutAfter) => {
                let _ = self.forward(request, &params).await;
                sleep(Duration::from_secs(3_600)).await;
                broken("never")
            }
            Some(Fault::Late) => {
                let answer = self.forward(request, &params).await;
                sleep(Duration::from_secs(12)).await;
                answer
            }
            Some(Fault::Twice) => {
                let _ = self.forward(request, &params).await;
                self.forward(request, &params).await
            }
            Some(Fault::RateLimit) => broken("429 too many requests"),
            Some(Fault::Malformed) => Ok(json!({ "surprise": [1, "two"] })),
            // As the client of `transport` has it; another would take the answer before.
            Some(Fault::WrongId) => {
                Err(ErrorKind::Custom("it is to another request".to_string()).into())
            }
            Some(Fault::Unhealthy) => refused(-32005),
            Some(Fault::BlockhashNotFound) => refused(-32002),
            Some(Fault::Fork) => {
                let transaction = crate::network::decode(params[0].as_str().unwrap());
                let signature = transaction.signatures[0].to_string();
                let mut weather = self.weather.lock().unwrap();
                let until = Instant::now() + Duration::from_secs(1 + weather.dice % 20);
                weather.forked.insert(signature.clone(), until);
                Ok(json!(signature))
            }
            Some(Fault::Lie) => Ok(context(self.chain.slot(), json!([self.confirmed()]))),
            // A node that hides what it has may do so while it lags, and no longer.
            Some(Fault::Hide | Fault::Behind) => {
                Ok(context(self.chain.slot().saturating_sub(40), json!([null])))
            }
            Some(Fault::Empty) => Ok(context(self.chain.slot(), json!([]))),
            None if statuses => {
                let answer = self.forward(request, &params).await?;
                Ok(self.with_forks(&params, answer))
            }
            None => self.forward(request, &params).await,
        }
    }

    fn get_transport_stats(&self) -> RpcTransportStats {
        RpcTransportStats::default()
    }

    fn url(&self) -> String {
        "hostile".into()
    }
}

/// What a person knows at the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Belief {
    Done,
    NotDone,
    Unknown,
}

/// A person who wants it done once: repeats what certainly was not done, and looks up
/// what is not certain.
async fn insist(
    net: &Hostile,
    request: &TransactionRequest<'_, Keypair>,
    options: &SendOptions,
) -> Belief {
    let client = net.client();
    for _ in 0..4 {
        match send_and_confirm(&client, request, options).await {
            Ok(_) => return Belief::Done,
            Err(TransactionError::UnknownOutcome {
                signature,
                valid_until,
            }) => {
                let mut looks = 0;
                loop {
                    match outcome(&client, signature, valid_until, options).await {
                        Ok(Outcome::Landed(_)) => return Belief::Done,
                        Ok(Outcome::Expired) => break,
                        _ if looks == 20 => return Belief::Unknown,
                        _ => looks += 1,
                    }
                    sleep(Duration::from_secs(10)).await;
                }
            }
            Err(error) => assert!(
                !matches!(
                    error,
                    TransactionError::Rejected {
                        signature: Some(_),
                        ..
                    }
                ),
                "{error}"
            ),
        }
    }
    Belief::NotDone
}

#[tokio::test(start_paused = true)]
async fn whatever_the_network_does_an_intent_is_executed_once_at_most() {
    let mut faults: BTreeMap<Fault, u64> = BTreeMap::new();
    let (mut once, mut not, mut unknown, mut twice, mut wrong) = (0, 0, 0, 0, 0);
    let mut intents = 0;
    for seed in 0..SCHEDULES {
        let net = Hostile::new(seed);
        let payer = Keypair::new_from_array([seed as u8; 32]);
        net.chain.airdrop(&payer.pubkey(), 100 * SOL).unwrap();
        let options = SendOptions {
            compute_unit_price: Some(0),
            ..SendOptions::default()
        };
        for n in 0..3_u8 {
            intents += 1;
            let to = Pubkey::new_from_array([n + 1; 32]);
            let request = TransactionRequest {
                instructions: vec![transfer(&payer.pubkey(), &to, SOL)],
                payer: payer.pubkey(),
                signers: vec![&payer],
                lookup_tables: vec![],
            };
            let belief = insist(&net, &request, &options).await;
            // Whatever may still be under way has its time to land.
            sleep(Duration::from_secs(200)).await;
            net.tick();
            let received = net.chain.account(&to).map_or(0, |account| account.lamports);
            assert_eq!(received % SOL, 0);
            match (received / SOL, belief) {
                (1, Belief::Done) => once += 1,
                (0, Belief::NotDone) => not += 1,
                (0 | 1, Belief::Unknown) => unknown += 1,
                (0 | 1, _) => wrong += 1,
                _ => twice += 1,
            }
            assert_eq!(
                (twice, wrong),
                (0, 0),
                "seed {seed}: {received} and {belief:?}"
            );
        }
        for (fault, count) in &net.weather.lock().unwrap().faults {
            *faults.entry(*fault).or_default() += count;
        }
    }
    let by_kind: BTreeMap<String, u64> = faults
        .iter()
        .map(|(fault, count)| (format!("{fault:?}"), *count))
        .collect();
    assert_eq!(
        by_kind.len(),
        ANY.len() + OF_SENDING.len() + OF_STATUSES.len()
    );
    let report = json!({
        "schedules": SCHEDULES, "intents": intents, "faults": by_kind,
        "done_once": once, "not_done_and_told_so": not, "unknown_and_told_so": unknown,
        "done_twice": twice, "told_wrong": wrong,
    });
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/trust");
    std::fs::create_dir_all(&folder).unwrap();
    let text = serde_json::to_string_pretty(&report).unwrap();
    std::fs::write(folder.join("network.json"), &text).unwrap();
    println!("{text}");
    assert!(once > intents / 2 && not > 0 && unknown > 0);
}

fn transfer(from: &Pubkey, to: &Pubkey, lamports: u64) -> Instruction {
    let mut data = vec![2, 0, 0, 0];
    data.extend(lamports.to_le_bytes());
    Instruction {
        program_id: Pubkey::default(),
        accounts: vec![AccountMeta::new(*from, true), AccountMeta::new(*to, false)],
        data,
    }
}

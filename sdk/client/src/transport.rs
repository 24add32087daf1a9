//! The way to a cluster: an [`RpcClient`] that takes no answer on trust.
//!
//! It differs from the ordinary one where a network is bad. Every request ends within
//! [`PATIENCE`], however often the node asks to wait. A question that changes nothing is
//! asked again when its answer is lost or makes no sense; a transaction is not, because
//! whoever sends it watches for it. An answer has to be whole, of a sane size, and to the
//! request that was asked.

use {
    async_trait::async_trait,
    reqwest::{
        Client, Response, StatusCode,
        header::{CONTENT_TYPE, RETRY_AFTER},
    },
    serde::Deserialize,
    serde_json::Value,
    solana_account_decoder_client_types::UiAccount,
    solana_commitment_config::CommitmentConfig,
    solana_rpc_client::{
        nonblocking::rpc_client::RpcClient,
        rpc_client::RpcClientConfig,
        rpc_sender::{RpcSender, RpcTransportStats},
    },
    solana_rpc_client_api::{
        client_error::{Error as ClientError, ErrorKind, Result as ClientResult},
        custom_error::{
            JSON_RPC_SERVER_ERROR_NODE_UNHEALTHY,
            JSON_RPC_SERVER_ERROR_SEND_TRANSACTION_PREFLIGHT_FAILURE, NodeUnhealthyErrorData,
        },
        error_object::RpcErrorObject,
        request::{RpcError, RpcRequest, RpcResponseErrorData},
    },
    std::{
        io,
        sync::{
            Mutex, PoisonError,
            atomic::{AtomicU64, Ordering},
        },
        time::Duration,
    },
    tokio::time::{Instant, sleep},
};

/// How long a request may take in all, with its repetitions.
pub const PATIENCE: Duration = Duration::from_secs(60);
/// How long one try may take.
const TRY: Duration = Duration::from_secs(30);
/// How often a question is asked.
const TRIES: u32 = 4;
/// The pause after the first try; it doubles with each.
const PAUSE: Duration = Duration::from_millis(250);
/// How many bytes an answer may have.
const MAX_ANSWER: usize = 256 << 20;

/// A client of the cluster at `url`.
///
/// # Errors
/// When this machine has no TLS.
pub fn client(url: &str, commitment: CommitmentConfig) -> Result<RpcClient, io::Error> {
    let client = Client::builder().timeout(TRY).build();
    let sender = HttpSender {
        client: client.map_err(io::Error::other)?,
        url: url.to_string(),
        next: AtomicU64::new(0),
        stats: Mutex::default(),
    };
    let config = RpcClientConfig::with_commitment(commitment);
    Ok(RpcClient::new_sender(sender, config))
}

struct HttpSender {
    client: Client,
    url: String,
    next: AtomicU64,
    stats: Mutex<RpcTransportStats>,
}

/// Why there is no answer.
enum Trouble {
    /// The node asks to wait before the next request; it did not look at this one.
    Busy(Option<Duration>, ClientError),
    /// The answer was lost or makes no sense.
    Lost(ClientError),
    /// The node's answer is an error.
    Answered(ClientError),
}

impl From<reqwest::Error> for Trouble {
    fn from(error: reqwest::Error) -> Self {
        Trouble::Lost(error.into())
    }
}

fn senseless(what: impl Into<String>) -> Trouble {
    Trouble::Lost(ErrorKind::Custom(what.into()).into())
}

impl HttpSender {
    async fn ask(&self, request: RpcRequest, params: Value) -> ClientResult<Value> {
        let changes = matches!(
            request,
            RpcRequest::SendTransaction | RpcRequest::RequestAirdrop
        );
        let deadline = Instant::now() + PATIENCE;
        let mut pause = PAUSE;
        for left in (0..TRIES).rev() {
            let (wait, error) = match self.once(request, &params).await {
                Ok(value) => return Ok(value),
                Err(Trouble::Answered(error)) => return Err(error),
                Err(Trouble::Lost(error)) if changes => return Err(error),
                Err(Trouble::Lost(error)) => (pause, error),
                Err(Trouble::Busy(wait, error)) => (wait.unwrap_or(pause), error),
            };
            if left == 0 || Instant::now() + wait >= deadline {
                return Err(error);
            }
            sleep(wait).await;
            pause *= 2;
        }
        Err(ErrorKind::Custom("no answer".to_string()).into())
    }

    async fn once(&self, request: RpcRequest, params: &Value) -> Result<Value, Trouble> {
        let id = self.next.fetch_add(1, Ordering::Relaxed);
        let body = request.build_request_json(id, params.clone()).to_string();
        let post = self.client.post(&self.url).body(body);
        let response = post.header(CONTENT_TYPE, "application/json").send().await?;
        if let Err(error) = response.error_for_status_ref() {
            return Err(match response.status() {
                StatusCode::TOO_MANY_REQUESTS => Trouble::Busy(wait(&response), error.into()),
                status if status.is_server_error() => Trouble::Lost(error.into()),
                _ => Trouble::Answered(error.into()),
            });
        }
        let answer: Value = serde_json::from_slice(&whole(response).await?)
            .map_err(|error| senseless(format!("it is not JSON ({error})")))?;
        let result = result(answer, id)?;
        if ACCOUNTS.contains(&request) && !asks_for_json(params) && !readable(&result) {
            return Err(senseless("an account in it cannot be decoded"));
        }
        Ok(result)
    }
}

/// Requests that are answered with accounts.
const ACCOUNTS: [RpcRequest; 4] = [
    RpcRequest::GetAccountInfo,
    RpcRequest::GetMultipleAccounts,
    RpcRequest::GetProgramAccounts,
    RpcRequest::GetTokenAccountsByOwner,
];

/// Whether a request asks for accounts that the node has taken apart: who does, reads
/// them as JSON.
fn asks_for_json(params: &Value) -> bool {
    let mut params = params.as_array().into_iter().flatten();
    params.any(|param| param["encoding"] == "jsonParsed")
}

/// Whether every account in an answer can be decoded: [`RpcClient`] panics over others.
fn readable(answer: &Value) -> bool {
    match answer {
        Value::Array(list) => list.iter().all(readable),
        Value::Object(fields) if fields.contains_key("lamports") => {
            let account = UiAccount::deserialize(answer);
            account.is_ok_and(|account| account.to_account().is_some())
        }
        Value::Object(fields) => fields.values().all(readable),
        _ => true,
    }
}

/// How long a node asks to wait.
fn wait(response: &Response) -> Option<Duration> {
    let text = response.headers().get(RETRY_AFTER)?.to_str().ok()?;
    text.parse().ok().map(Duration::from_secs)
}

/// The bytes of an answer.
async fn whole(mut response: Response) -> Result<Vec<u8>, Trouble> {
    let mut bytes = Vec::new();
    while let Some(chunk) = response.chunk().await? {
        if bytes.len() + chunk.len() > MAX_ANSWER {
            return Err(Trouble::Answered(
                ErrorKind::Custom(format!("it is longer than {MAX_ANSWER} bytes")).into(),
            ));
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}

/// What an answer says, if it is one to this request.
fn result(mut answer: Value, id: u64) -> Result<Value, Trouble> {
    let error = answer.get("error").filter(|error| error.is_object());
    // A node that could not read the request does not know its number.
    let unread = error.is_some() && answer["id"].is_null();
    if answer["id"] != id && !unread {
        return Err(senseless("it is to another request"));
    }
    let Some(error) = error else {
        let result = answer.get_mut("result").map(Value::take);
        return result.ok_or_else(|| senseless("it has no result"));
    };
    let object: RpcErrorObject = serde_json::from_value(error.clone())
        .map_err(|error| senseless(format!("its error is malformed ({error})")))?;
    let data = error.get("data").cloned().unwrap_or_default();
    let data = match object.code {
        JSON_RPC_SERVER_ERROR_SEND_TRANSACTION_PREFLIGHT_FAILURE => serde_json::from_value(data)
            .map(RpcResponseErrorData::SendTransactionPreflightFailure)
            .ok(),
        JSON_RPC_SERVER_ERROR_NODE_UNHEALTHY => {
            serde_json::from_value(data)
                .ok()
                .map(|NodeUnhealthyErrorData { num_slots_behind }| {
                    RpcResponseErrorData::NodeUnhealthy { num_slots_behind }
                })
        }
        _ => None,
    };
    let (code, message) = (object.code, object.message);
    let data = data.unwrap_or(RpcResponseErrorData::Empty);
    let error = RpcError::RpcResponseError {
        code,
        message,
        data,
    };
    Err(Trouble::Answered(error.into()))
}

#[async_trait]
impl RpcSender for HttpSender {
    async fn send(&self, request: RpcRequest, params: Value) -> ClientResult<Value> {
        let start = Instant::now();
        let answer = self.ask(request, params).await;
        let mut stats = self.stats.lock().unwrap_or_else(PoisonError::into_inner);
        stats.request_count += 1;
        stats.elapsed_time += start.elapsed();
        answer
    }

    fn get_transport_stats(&self) -> RpcTransportStats {
        let stats = self.stats.lock().unwrap_or_else(PoisonError::into_inner);
        stats.clone()
    }

    fn url(&self) -> String {
        self.url.clone()
    }
}

//! Requests that are repeated until they are answered.

use {
    solana_rpc_client_api::{
        client_error::{Error, ErrorKind},
        request::RpcError,
    },
    std::{
        collections::BTreeMap,
        thread,
        time::{Duration, Instant},
    },
};

/// How long a request is repeated.
const LIMIT: Duration = Duration::from_secs(120);
/// Between two attempts.
const PAUSE: Duration = Duration::from_millis(150);

/// Repeats requests and counts why.
#[derive(Default)]
pub struct Patience {
    /// Requests that failed, by kind.
    pub faults: BTreeMap<String, u64>,
}

impl Patience {
    /// Asks until there is an answer.
    ///
    /// # Panics
    /// Where there is none for two minutes.
    pub fn request<T>(&mut self, name: &str, ask: impl Fn() -> Result<T, Error>) -> T {
        let start = Instant::now();
        loop {
            match ask() {
                Ok(answer) => return answer,
                Err(error) if start.elapsed() > LIMIT => panic!("{name}: {error}"),
                Err(error) => self.note(&format!("{name}: {}", kind(&error))),
            }
            thread::sleep(PAUSE);
        }
    }

    /// Counts a fault.
    pub fn note(&mut self, fault: &str) {
        *self.faults.entry(fault.to_string()).or_default() += 1;
    }
}

/// What kind of error it is, without addresses and numbers of the occasion.
pub fn kind(error: &Error) -> String {
    match error.kind() {
        ErrorKind::Reqwest(error) if error.is_timeout() => "timeout".into(),
        ErrorKind::Reqwest(error) if error.is_connect() => "no connection".into(),
        ErrorKind::Reqwest(_) | ErrorKind::Middleware(_) | ErrorKind::Io(_) => "HTTP".into(),
        ErrorKind::RpcError(RpcError::RpcResponseError { code, .. }) => match code {
            -32_002 => "refused by the node (-32002)".into(),
            -32_004 => "block not available yet (-32004)".into(),
            -32_005 => "node behind (-32005)".into(),
            -32_016 => "slot not reached yet (-32016)".into(),
            code => format!("error {code}"),
        },
        ErrorKind::RpcError(_) => "not there yet".into(),
        ErrorKind::SerdeJson(_) => "unreadable answer".into(),
        other => other.to_string(),
    }
}

/// Whether the node says that it has no snapshot yet.
pub fn is_without_snapshot(error: &Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::RpcError(RpcError::RpcResponseError { code: -32_008, .. })
    )
}

//! A JSON-RPC server in front of an embedded chain that does with each request what the
//! test says.

use {
    serde_json::{Value, json},
    solana_rpc_client::rpc_sender::RpcSender,
    solana_rpc_client_api::{
        client_error::ErrorKind,
        request::{RpcError, RpcRequest, RpcResponseErrorData},
    },
    std::{
        collections::VecDeque,
        io::{BufRead, BufReader, Read, Write},
        net::{Shutdown, TcpListener, TcpStream},
        path::Path,
        sync::{Arc, Mutex},
        thread,
        time::Duration,
    },
    upside_localnet::{EmbeddedChain, Options},
};

/// What the server does with a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Closes the connection, before or after the chain has had the request.
    DropBefore,
    DropAfter,
    /// Never answers, and the chain has had the request.
    Hang,
    /// Answers after so many milliseconds.
    Late(u64),
    /// Gives it to the chain twice and passes the second answer on.
    Twice,
    /// 429, with so many seconds to wait.
    RateLimit(Option<u64>),
    /// 502.
    BadGateway,
    /// 200 and no JSON.
    Malformed,
    /// Half of the answer.
    Truncated,
    /// The answer to another request.
    WrongId,
    /// An answer without end.
    Huge,
    /// Accounts of another owner, cut in half, or in no encoding.
    WrongOwner,
    WrongLength,
    Garbled,
    /// A check on a node that does not know the blockhash.
    BlockhashNotFound,
    /// A node that is behind.
    Behind,
    /// Sending: taken, and thrown away.
    Lose,
    /// Statuses: confirmed, whatever it is.
    Lie,
    /// Statuses: nothing, from a node that lags.
    Hide,
}

/// A fault for the next requests of a method; `*` fits all.
struct Rule {
    method: &'static str,
    fault: Fault,
    times: usize,
}

#[derive(Clone)]
pub struct Server {
    pub chain: EmbeddedChain,
    pub url: String,
    rules: Arc<Mutex<VecDeque<Rule>>>,
}

impl Server {
    /// In front of the chain in this folder.
    pub fn start(dir: &Path) -> Self {
        let options = Options::default();
        let chain = EmbeddedChain::open(dir, &upside_sdk::programs(), options).unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let server = Server {
            chain,
            url: format!("http://{}", listener.local_addr().unwrap()),
            rules: Arc::default(),
        };
        let serving = server.clone();
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let server = serving.clone();
                thread::spawn(move || while server.serve(&stream).is_some() {});
            }
        });
        server
    }

    /// Does this with the next requests of a method.
    pub fn next(&self, method: &'static str, fault: Fault, times: usize) {
        let rule = Rule {
            method,
            fault,
            times,
        };
        self.rules.lock().unwrap().push_back(rule);
    }

    /// Forgets the rules.
    pub fn calm(&self) {
        self.rules.lock().unwrap().clear();
    }

    /// Lets the chain's time pass quickly while `work` runs: four seconds, ten slots, in
    /// a tenth of one.
    pub fn hurried<T>(&self, work: impl FnOnce() -> T) -> T {
        let running = Arc::new(());
        let (watch, chain) = (Arc::downgrade(&running), self.chain.clone());
        let clock = thread::spawn(move || {
            while watch.upgrade().is_some() {
                chain.advance(4).unwrap();
                thread::sleep(Duration::from_millis(100));
            }
        });
        let done = work();
        drop(running);
        clock.join().unwrap();
        done
    }

    fn fault(&self, method: &str) -> Option<Fault> {
        let mut rules = self.rules.lock().unwrap();
        let fits = |rule: &Rule| rule.times > 0 && (rule.method == "*" || rule.method == method);
        let rule = rules.iter_mut().find(|rule| fits(rule))?;
        rule.times -= 1;
        Some(rule.fault)
    }

    fn serve(&self, stream: &TcpStream) -> Option<()> {
        let body = request(stream)?;
        let asked: Value = serde_json::from_slice(&body).ok()?;
        let method = asked["method"].as_str()?.to_string();
        let forward = || self.forward(&method, &asked);
        let answer = match self.fault(&method) {
            None => forward(),
            Some(Fault::DropBefore) => return close(stream),
            Some(Fault::DropAfter) => {
                forward();
                return close(stream);
            }
            Some(Fault::Hang) => {
                forward();
                thread::sleep(Duration::from_secs(90));
                return close(stream);
            }
            Some(Fault::Late(millis)) => {
                let answer = forward();
                thread::sleep(Duration::from_millis(millis));
                answer
            }
            Some(Fault::Twice) => {
                forward();
                forward()
            }
            Some(Fault::RateLimit(wait)) => {
                let wait = wait.map_or(String::new(), |wait| format!("Retry-After: {wait}\r\n"));
                return respond(stream, "429 Too Many Requests", &wait, b"slow down");
            }
            Some(Fault::BadGateway) => return respond(stream, "502 Bad Gateway", "", b"<html>"),
            Some(Fault::Malformed) => return respond(stream, "200 OK", "", b"<html>surprise"),
            Some(Fault::Truncated) => {
                let text = forward().to_string();
                let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n", text.len());
                let mut stream = stream;
                stream.write_all(head.as_bytes()).ok()?;
                stream.write_all(&text.as_bytes()[..text.len() / 2]).ok()?;
                return close(stream);
            }
            Some(Fault::WrongId) => {
                let mut answer = forward();
                answer["id"] = json!(asked["id"].as_u64()? + 1_000);
                answer
            }
            Some(Fault::Huge) => {
                let mut stream = stream;
                let head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
                stream.write_all(head).ok()?;
                let megabyte = [
                    b"100000\r\n".to_vec(),
                    vec![b' '; 1 << 20],
                    b"\r\n".to_vec(),
                ];
                let megabyte = megabyte.concat();
                while stream.write_all(&megabyte).is_ok() {}
                return None;
            }
            Some(fault @ (Fault::WrongOwner | Fault::WrongLength | Fault::Garbled)) => {
                let mut asked = asked.clone();
                asked["params"][1]["encoding"] = json!("base64");
                let mut answer = self.forward(&method, &asked);
                let result = &mut answer["result"];
                let result = match result.is_object() {
                    true => &mut result["value"],
                    false => result,
                };
                each_account(result, &mut |found| match found.get_mut("account") {
                    Some(account) => spoil(account, fault),
                    None => spoil(found, fault),
                });
                answer
            }
            Some(Fault::BlockhashNotFound) => {
                let logs: [&str; 0] = [];
                let data = json!({ "err": "BlockhashNotFound", "logs": logs });
                error(&asked, -32002, "Blockhash not found", data)
            }
            Some(Fault::Behind) => error(&asked, -32016, "Minimum context slot", Value::Null),
            Some(Fault::Lose) => {
                let wire = asked["params"][0].as_str()?;
                json!({ "jsonrpc": "2.0", "id": asked["id"], "result": signature_of(wire) })
            }
            Some(Fault::Lie) => {
                let slot = self.chain.slot();
                let status = json!({
                    "slot": slot, "confirmations": 1, "err": null,
                    "status": { "Ok": null }, "confirmationStatus": "confirmed",
                });
                let result = json!({ "context": { "slot": slot }, "value": [status] });
                json!({ "jsonrpc": "2.0", "id": asked["id"], "result": result })
            }
            Some(Fault::Hide) => {
                let slot = self.chain.slot().saturating_sub(40);
                let result = json!({ "context": { "slot": slot }, "value": [null] });
                json!({ "jsonrpc": "2.0", "id": asked["id"], "result": result })
            }
        };
        respond(stream, "200 OK", "", answer.to_string().as_bytes())
    }

    /// The chain's answer.
    fn forward(&self, method: &str, asked: &Value) -> Value {
        let request = RpcRequest::Custom {
            method: Box::leak(method.to_string().into_boxed_str()),
        };
        let runtime = tokio::runtime::Builder::new_current_thread();
        let runtime = { runtime }.build().unwrap();
        let call = RpcSender::send(&self.chain, request, asked["params"].clone());
        match runtime.block_on(call) {
            Ok(result) => json!({ "jsonrpc": "2.0", "id": asked["id"], "result": result }),
            Err(failed) => match failed.kind() {
                ErrorKind::RpcError(RpcError::RpcResponseError {
                    code,
                    message,
                    data,
                }) => {
                    let data = match data {
                        RpcResponseErrorData::SendTransactionPreflightFailure(result) => {
                            serde_json::to_value(result).unwrap()
                        }
                        _ => Value::Null,
                    };
                    error(asked, *code, message, data)
                }
                other => panic!("{other:?}"),
            },
        }
    }
}

fn error(asked: &Value, code: i64, message: &str, data: Value) -> Value {
    let error = json!({ "code": code, "message": message, "data": data });
    json!({ "jsonrpc": "2.0", "id": asked["id"], "error": error })
}

/// The first signature of a transaction in base64.
pub fn signature_of(wire: &str) -> String {
    use base64::{Engine, prelude::BASE64_STANDARD};
    let bytes = BASE64_STANDARD.decode(wire).unwrap();
    let signature: [u8; 64] = bytes[1..65].try_into().unwrap();
    solana_signature::Signature::from(signature).to_string()
}

fn each_account(value: &mut Value, change: &mut dyn FnMut(&mut Value)) {
    match value {
        Value::Array(list) => list
            .iter_mut()
            .filter(|one| one.is_object())
            .for_each(change),
        one if one.is_object() => change(one),
        _ => {}
    }
}

fn spoil(account: &mut Value, fault: Fault) {
    if fault == Fault::WrongOwner {
        account["owner"] = json!("Vote111111111111111111111111111111111111111");
    } else if let Some(text) = account["data"][0].as_str().map(str::to_string) {
        let half = &text[..text.len() / 8 * 4];
        let garbled = format!("{half}!");
        account["data"][0] = json!(if fault == Fault::Garbled {
            &garbled
        } else {
            half
        });
    }
}

fn request(mut stream: &TcpStream) -> Option<Vec<u8>> {
    let mut reader = BufReader::new(&mut stream);
    let mut length = 0;
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).ok()? == 0 {
            return None;
        }
        let line = line.trim().to_ascii_lowercase();
        if let Some(value) = line.strip_prefix("content-length:") {
            length = value.trim().parse().ok()?;
        }
        if line.is_empty() {
            break;
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    Some(body)
}

fn respond(mut stream: &TcpStream, status: &str, more: &str, body: &[u8]) -> Option<()> {
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: application/json\r\n{more}Content-Length: {}\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes()).ok()?;
    stream.write_all(body).ok()
}

fn close(stream: &TcpStream) -> Option<()> {
    let _ = stream.shutdown(Shutdown::Both);
    None
}

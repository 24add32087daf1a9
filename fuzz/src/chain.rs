//! The embedded chain as a server: any request, any transaction.

use {
    base64::{Engine as _, engine::general_purpose::STANDARD},
    serde_json::{Value, json},
    solana_rpc_client::rpc_sender::RpcSender,
    solana_rpc_client_api::request::RpcRequest,
    std::{cell::RefCell, future::Future},
    upside_localnet::{ClockMode, EmbeddedChain, Options},
    upside_sdk::programs,
};

/// A new chain after so many inputs, so that what one leaves behind ends.
const INPUTS: usize = 2_000;

thread_local! {
    static CHAIN: RefCell<Option<(EmbeddedChain, usize)>> = const { RefCell::new(None) };
}

fn with_chain(run: impl FnOnce(&EmbeddedChain)) {
    CHAIN.with_borrow_mut(|known| {
        let (chain, used) = known
            .take()
            .filter(|(_, used)| *used < INPUTS)
            .unwrap_or_else(|| {
                let options = Options {
                    clock: ClockMode::Manual,
                    ..Options::default()
                };
                let chain = EmbeddedChain::in_memory(&programs(), options).expect("a chain");
                (chain, 0)
            });
        run(&chain);
        *known = Some((chain, used + 1));
    });
}

fn ask(chain: &EmbeddedChain, request: RpcRequest, params: Value) -> Option<Value> {
    let mut answer = Box::pin(chain.send(request, params));
    // It answers at once: nothing in it waits.
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    match answer.as_mut().poll(&mut context) {
        std::task::Poll::Ready(answer) => answer.ok(),
        std::task::Poll::Pending => panic!("the embedded chain waits for nothing"),
    }
}

/// A method by the first byte, and its parameters in JSON.
pub fn request(data: &[u8]) {
    let Some((method, params)) = data.split_first() else {
        return;
    };
    let Ok(params) = serde_json::from_slice(params) else {
        return;
    };
    with_chain(|chain| {
        ask(chain, method_of(*method), params);
    });
}

fn method_of(number: u8) -> RpcRequest {
    let methods = [
        RpcRequest::GetAccountInfo,
        RpcRequest::GetBalance,
        RpcRequest::GetMinimumBalanceForRentExemption,
        RpcRequest::GetMultipleAccounts,
        RpcRequest::GetProgramAccounts,
        RpcRequest::GetTokenAccountBalance,
        RpcRequest::GetTokenAccountsByOwner,
        RpcRequest::GetTokenSupply,
        RpcRequest::GetBlockHeight,
        RpcRequest::GetBlockTime,
        RpcRequest::GetEpochInfo,
        RpcRequest::GetLatestBlockhash,
        RpcRequest::GetRecentPrioritizationFees,
        RpcRequest::GetSlot,
        RpcRequest::GetTransactionCount,
        RpcRequest::IsBlockhashValid,
        RpcRequest::GetFeeForMessage,
        RpcRequest::GetSignatureStatuses,
        RpcRequest::GetSignaturesForAddress,
        RpcRequest::GetTransaction,
        RpcRequest::RequestAirdrop,
        RpcRequest::SendTransaction,
        RpcRequest::SimulateTransaction,
        RpcRequest::GetBlock,
    ];
    methods[usize::from(number) % methods.len()]
}

/// A transaction in wire format: sent, simulated, and its message's fee asked.
pub fn transaction(data: &[u8]) {
    let wire = STANDARD.encode(data);
    with_chain(|chain| {
        let encoding = json!({"encoding": "base64", "skipPreflight": true});
        ask(chain, RpcRequest::SendTransaction, json!([wire, encoding]));
        for replace in [false, true] {
            let config = json!({
                "encoding": "base64",
                "sigVerify": !replace,
                "replaceRecentBlockhash": replace,
                "innerInstructions": true,
                "accounts": {"addresses": ["11111111111111111111111111111111"]},
            });
            ask(
                chain,
                RpcRequest::SimulateTransaction,
                json!([wire, config]),
            );
        }
        // Behind the signatures of a transaction with one signer.
        let message = STANDARD.encode(data.get(65..).unwrap_or_default());
        ask(chain, RpcRequest::GetFeeForMessage, json!([message]));
    });
}

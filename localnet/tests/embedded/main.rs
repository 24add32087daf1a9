//! The embedded chain, through the client that everybody uses.

mod durability;
mod failures;
mod folder;
mod methods;
mod nonce;
mod orders;
mod preview;
mod round;

use solana_account::Account;
use solana_keypair::Keypair;
use solana_message::compiled_instruction::CompiledInstruction;
use solana_message::{Hash, Message, MessageHeader, VersionedMessage, v0};
use solana_pubkey::Pubkey;
use solana_rpc_client::nonblocking::rpc_client::RpcClient;
use solana_rpc_client::rpc_client::GetConfirmedSignaturesForAddress2Config;
use solana_rpc_client_api::client_error::ErrorKind;
use solana_rpc_client_api::config::{
    RpcAccountInfoConfig, RpcProgramAccountsConfig, RpcSendTransactionConfig,
    RpcSimulateTransactionAccountsConfig, RpcSimulateTransactionConfig, RpcTransactionConfig,
    UiAccountEncoding, UiDataSliceConfig, UiTransactionEncoding,
};
use solana_rpc_client_api::filter::{Memcmp, RpcFilterType};
use solana_rpc_client_api::request::{
    RpcError, RpcRequest, RpcResponseErrorData, TokenAccountsFilter,
};
use solana_signature::Signature;
use solana_signer::Signer;
use solana_transaction::versioned::VersionedTransaction;
use solana_transaction_error::TransactionError;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant, SystemTime};
use upside_localnet::{ClockMode, EmbeddedChain, EmbeddedError, Options};

const SOL: u64 = 1_000_000_000;
const FEE: u64 = 5_000;
const STEP: u64 = 1_000_000;
const SYSTEM: Pubkey = Pubkey::new_from_array([0; 32]);
const TOKEN: Pubkey = Pubkey::from_str_const("TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA");
const TABLES: Pubkey = Pubkey::from_str_const("AddressLookupTab1e1111111111111111111111111");
const CLOCK: Pubkey = Pubkey::from_str_const("SysvarC1ock11111111111111111111111111111111");
const CHILD: &str = "UPSIDE_EMBEDDED_CHILD";

fn no_wait() -> Options {
    Options {
        wait: Duration::ZERO,
        ..Options::default()
    }
}

fn open(dir: &Path) -> EmbeddedChain {
    EmbeddedChain::open(dir, &[], no_wait()).unwrap()
}

/// A key that is the same in every process.
fn key(n: u8) -> Keypair {
    Keypair::new_from_array([n; 32])
}

fn transfer(from: &Keypair, to: &Pubkey, lamports: u64, hash: Hash) -> VersionedTransaction {
    let mut data = vec![2, 0, 0, 0];
    data.extend(lamports.to_le_bytes());
    one_call(
        from,
        vec![from.pubkey(), *to, SYSTEM],
        vec![0, 1],
        data,
        hash,
    )
}

/// One instruction, to the last of the keys.
fn one_call(
    payer: &Keypair,
    account_keys: Vec<Pubkey>,
    accounts: Vec<u8>,
    data: Vec<u8>,
    recent_blockhash: Hash,
) -> VersionedTransaction {
    let program_id_index = account_keys.len() as u8 - 1;
    let message = Message {
        header: MessageHeader {
            num_required_signatures: 1,
            num_readonly_signed_accounts: 0,
            num_readonly_unsigned_accounts: 1,
        },
        account_keys,
        recent_blockhash,
        instructions: vec![CompiledInstruction {
            program_id_index,
            accounts,
            data,
        }],
    };
    VersionedTransaction::try_new(VersionedMessage::Legacy(message), &[payer]).unwrap()
}

async fn hash(client: &RpcClient) -> Hash {
    client.get_latest_blockhash().await.unwrap()
}

fn rpc_code(error: &solana_rpc_client_api::client_error::Error) -> i64 {
    match error.kind() {
        ErrorKind::RpcError(RpcError::RpcResponseError { code, .. }) => *code,
        other => panic!("{other:?}"),
    }
}

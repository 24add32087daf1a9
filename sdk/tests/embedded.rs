//! The embedded chain, through the client that everybody uses.

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
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};
use upside_sdk::embedded::{ClockMode, EmbeddedChain, EmbeddedError, Options};

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

#[tokio::test]
async fn reopening_keeps_everything() {
    let dir = tempfile::tempdir().unwrap();
    let (alice, bob, mint) = (key(1), key(2).pubkey(), key(3).pubkey());
    let chain = open(dir.path());
    let client = chain.client();
    chain.airdrop(&alice.pubkey(), SOL).unwrap();
    chain.create_mint(&mint, 6, &alice.pubkey()).unwrap();
    let ata = chain.mint_to(&mint, &bob, 7).unwrap();
    assert_eq!(chain.mint_to(&mint, &bob, 5).unwrap(), ata);
    let tx = transfer(&alice, &bob, STEP, hash(&client).await);
    let signature = client.send_and_confirm_transaction(&tx).await.unwrap();
    let (slot, now) = (chain.slot(), chain.now());
    let (genesis, newest) = (
        client.get_genesis_hash().await.unwrap(),
        hash(&client).await,
    );
    drop((chain, client));

    let chain = open(dir.path());
    let client = chain.client();
    assert_eq!(chain.slot(), slot);
    assert!(chain.now() >= now);
    assert_eq!(client.get_genesis_hash().await.unwrap(), genesis);
    assert_eq!(hash(&client).await, newest);
    assert_eq!(client.get_balance(&bob).await.unwrap(), STEP);
    assert_eq!(
        client.get_balance(&alice.pubkey()).await.unwrap(),
        SOL - STEP - FEE
    );
    assert_eq!(
        client.get_token_account_balance(&ata).await.unwrap().amount,
        "12"
    );
    assert_eq!(
        client
            .get_token_supply(&mint)
            .await
            .unwrap()
            .ui_amount_string,
        "0.000012"
    );
    assert_eq!(
        client.get_signature_status(&signature).await.unwrap(),
        Some(Ok(()))
    );

    // The same transaction again: it ran before, and says so.
    let error = client.send_transaction(&tx).await.unwrap_err();
    assert_eq!(
        error.get_transaction_error(),
        Some(TransactionError::AlreadyProcessed)
    );
    // The blockhash of before still serves for another one.
    let tx = transfer(&alice, &bob, STEP, newest);
    client.send_and_confirm_transaction(&tx).await.unwrap();
}

#[test]
fn one_process_at_a_time() {
    let dir = tempfile::tempdir().unwrap();
    let chain = open(dir.path());
    let start = Instant::now();
    let error = EmbeddedChain::open(dir.path(), &[], no_wait())
        .err()
        .unwrap();
    assert!(
        matches!(&error, EmbeddedError::InUse { path } if path == dir.path()),
        "{error}"
    );
    assert!(start.elapsed() < Duration::from_secs(5));
    // It waits when told to.
    let path = dir.path().to_path_buf();
    let options = Options {
        wait: Duration::from_secs(30),
        ..Options::default()
    };
    let waiting = std::thread::spawn(move || EmbeddedChain::open(&path, &[], options).map(drop));
    std::thread::sleep(Duration::from_millis(200));
    drop(chain);
    waiting.join().unwrap().unwrap();
}

#[test]
fn unusable_folders_are_named() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("file");
    std::fs::write(&file, b"x").unwrap();
    let error = EmbeddedChain::open(&file, &[], no_wait()).err().unwrap();
    assert!(matches!(error, EmbeddedError::Unreadable { .. }), "{error}");
    for garbage in [&b""[..], b"not a database", &[0x55; 10_000]] {
        std::fs::write(dir.path().join("chain.redb"), garbage).unwrap();
        let error = EmbeddedChain::open(dir.path(), &[], no_wait())
            .err()
            .unwrap();
        assert!(matches!(error, EmbeddedError::Corrupt { .. }), "{error}");
    }
    // Damaged files: an error or, where nothing of value is hit, a chain; never a panic.
    let good = tempfile::tempdir().unwrap();
    open(good.path()).airdrop(&key(1).pubkey(), SOL).unwrap();
    let bytes = std::fs::read(good.path().join("chain.redb")).unwrap();
    for (from, to) in [
        (4_096, bytes.len()),
        (bytes.len() / 2, bytes.len()),
        (100, 300),
    ] {
        let mut damaged = bytes.clone();
        if to == bytes.len() {
            damaged.truncate(from);
        } else {
            damaged[from..to].fill(0xff);
        }
        std::fs::write(dir.path().join("chain.redb"), damaged).unwrap();
        let error = EmbeddedChain::open(dir.path(), &[], no_wait())
            .err()
            .unwrap();
        assert!(matches!(error, EmbeddedError::Corrupt { .. }), "{error:?}");
    }
    let error = EmbeddedChain::in_memory(&[(key(9).pubkey(), &b"no elf"[..])])
        .err()
        .unwrap();
    assert!(matches!(error, EmbeddedError::Program { .. }), "{error}");
}

#[tokio::test]
async fn failures_look_like_a_nodes() {
    let chain = EmbeddedChain::in_memory(&[]).unwrap();
    let client = chain.client();
    let (alice, bob) = (key(1), key(2).pubkey());
    chain.airdrop(&alice.pubkey(), SOL).unwrap();
    let slot = chain.slot();

    // Preflight: nothing happens, and the logs say why.
    let tx = transfer(&alice, &bob, 2 * SOL, hash(&client).await);
    let error = client.send_transaction(&tx).await.unwrap_err();
    assert_eq!(rpc_code(&error), -32002);
    assert!(matches!(
        error.get_transaction_error(),
        Some(TransactionError::InstructionError(0, _))
    ));
    let ErrorKind::RpcError(RpcError::RpcResponseError {
        data: RpcResponseErrorData::SendTransactionPreflightFailure(simulated),
        ..
    }) = error.kind()
    else {
        panic!("{error:?}")
    };
    assert!(
        simulated
            .logs
            .as_ref()
            .unwrap()
            .iter()
            .any(|log| log.contains("insufficient"))
    );
    assert_eq!(
        (
            chain.slot(),
            chain.account(&alice.pubkey()).unwrap().lamports
        ),
        (slot, SOL)
    );

    // Without preflight it lands, fails, and pays its fee.
    let config = RpcSendTransactionConfig {
        skip_preflight: true,
        ..Default::default()
    };
    let signature = client
        .send_transaction_with_config(&tx, config)
        .await
        .unwrap();
    assert!(
        client
            .get_signature_status(&signature)
            .await
            .unwrap()
            .unwrap()
            .is_err()
    );
    assert_eq!(
        client.get_balance(&alice.pubkey()).await.unwrap(),
        SOL - FEE
    );
    assert_eq!(chain.slot(), slot + 1);

    // A bad signature, a stranger's blockhash, a payer without lamports.
    let mut bad = transfer(&alice, &bob, STEP, hash(&client).await);
    bad.signatures[0] = Default::default();
    assert_eq!(
        rpc_code(&client.send_transaction(&bad).await.unwrap_err()),
        -32003
    );
    let strange = transfer(&alice, &bob, STEP, Hash::default());
    let error = client.send_transaction(&strange).await.unwrap_err();
    assert_eq!(
        error.get_transaction_error(),
        Some(TransactionError::BlockhashNotFound)
    );
    let poor = transfer(&key(5), &bob, STEP, hash(&client).await);
    let error = client
        .send_transaction_with_config(&poor, config)
        .await
        .unwrap_err();
    assert_eq!(
        error.get_transaction_error(),
        Some(TransactionError::AccountNotFound)
    );

    // Unknown methods and bad parameters.
    let unknown = client
        .send::<String>(RpcRequest::GetVoteAccounts, serde_json::Value::Null)
        .await;
    assert_eq!(rpc_code(&unknown.unwrap_err()), -32601);
    for params in [serde_json::json!([]), serde_json::json!(["x"])] {
        let bad = client.send::<String>(RpcRequest::GetBalance, params).await;
        assert_eq!(rpc_code(&bad.unwrap_err()), -32602);
    }
}

#[tokio::test]
async fn blockhashes_serve_for_150_slots() {
    let chain = EmbeddedChain::in_memory(&[]).unwrap();
    let client = chain.client();
    let alice = key(1);
    chain.airdrop(&alice.pubkey(), 10 * SOL).unwrap();
    let old = hash(&client).await;
    for n in 0..149 {
        let tx = transfer(&alice, &key(2).pubkey(), STEP + n, old);
        client.send_transaction(&tx).await.unwrap();
    }
    assert!(
        client
            .is_blockhash_valid(&old, client.commitment())
            .await
            .unwrap()
    );
    client
        .send_transaction(&transfer(&alice, &key(2).pubkey(), 1, old))
        .await
        .unwrap();
    assert!(
        !client
            .is_blockhash_valid(&old, client.commitment())
            .await
            .unwrap()
    );
    let late = client
        .send_transaction(&transfer(&alice, &key(2).pubkey(), 2, old))
        .await;
    let error = late.unwrap_err().get_transaction_error();
    assert_eq!(error, Some(TransactionError::BlockhashNotFound));
}

#[tokio::test]
async fn time_moves_when_told() {
    let dir = tempfile::tempdir().unwrap();
    let options = Options {
        clock: ClockMode::Manual,
        ..no_wait()
    };
    let chain = EmbeddedChain::open(dir.path(), &[], options).unwrap();
    let (now, slot) = (chain.now(), chain.slot());
    assert!(chain.advance(-1).is_err());
    assert!(chain.advance(i64::MAX).is_err());
    chain.advance(30 * 86_400).unwrap();
    assert_eq!(chain.now(), now + 30 * 86_400);
    assert_eq!(chain.slot(), slot + 30 * 86_400 * 5 / 2);
    let clock = chain.account(&CLOCK).unwrap().data;
    assert_eq!(clock[..8], chain.slot().to_le_bytes());
    assert_eq!(clock[32..40], chain.now().to_le_bytes());
    drop(chain);
    // The wall clock continues from there.
    let chain = open(dir.path());
    assert!(chain.now() >= now + 30 * 86_400);
    let client = chain.client();
    let info = client.get_epoch_info().await.unwrap();
    assert_eq!(info.absolute_slot, chain.slot());
    let signature = chain.airdrop(&key(1).pubkey(), SOL).unwrap();
    assert_eq!(
        client.get_signature_status(&signature).await.unwrap(),
        Some(Ok(()))
    );
    let time = client.get_block_time(chain.slot()).await.unwrap();
    assert!((time - chain.now()).abs() <= 2);
}

#[tokio::test]
async fn program_accounts_are_filtered() {
    let chain = EmbeddedChain::in_memory(&[]).unwrap();
    let client = chain.client();
    let program = key(9).pubkey();
    for n in 0..50_u8 {
        let mut data = vec![n; 10 + usize::from(n % 2)];
        data[0] = 7;
        let account = Account {
            lamports: SOL,
            data,
            owner: program,
            ..Account::default()
        };
        chain
            .set_account(&Pubkey::new_from_array([n + 100; 32]), account)
            .unwrap();
    }
    assert_eq!(
        client.get_program_accounts(&program).await.unwrap().len(),
        50
    );
    let filtered = |filters, slice, encoding| RpcProgramAccountsConfig {
        filters: Some(filters),
        account_config: RpcAccountInfoConfig {
            encoding: Some(encoding),
            data_slice: slice,
            ..RpcAccountInfoConfig::default()
        },
        with_context: Some(true),
        ..RpcProgramAccountsConfig::default()
    };
    let size = || RpcFilterType::DataSize(10);
    let bytes = |bytes: Vec<u8>| RpcFilterType::Memcmp(Memcmp::new_raw_bytes(0, bytes));
    for encoding in [
        UiAccountEncoding::Base58,
        UiAccountEncoding::Base64,
        UiAccountEncoding::Base64Zstd,
    ] {
        for (filters, expected) in [
            (vec![size()], 25),
            (vec![bytes(vec![7, 4])], 1),
            (vec![bytes(vec![7]), size()], 25),
            (vec![size(), bytes(vec![7, 5])], 0),
        ] {
            let config = filtered(filters, None, encoding);
            let found = client
                .get_program_ui_accounts_with_config(&program, config)
                .await
                .unwrap();
            assert_eq!(found.len(), expected);
            assert!(
                found
                    .iter()
                    .all(|(_, account)| account.data.decode().unwrap()[0] == 7)
            );
        }
        let slice = Some(UiDataSliceConfig {
            offset: 9,
            length: 5,
        });
        let config = filtered(vec![size()], slice, encoding);
        let found = client
            .get_program_ui_accounts_with_config(&program, config)
            .await
            .unwrap();
        assert_eq!(found[0].1.data.decode().unwrap().len(), 1);
    }
    // An account that changes its owner changes its list.
    let moved = Account {
        lamports: SOL,
        owner: SYSTEM,
        ..Account::default()
    };
    chain
        .set_account(&Pubkey::new_from_array([100; 32]), moved)
        .unwrap();
    chain
        .set_account(&Pubkey::new_from_array([101; 32]), Account::default())
        .unwrap();
    assert_eq!(
        client.get_program_accounts(&program).await.unwrap().len(),
        48
    );
}

#[tokio::test]
async fn every_method_answers_in_its_type() {
    let chain = EmbeddedChain::in_memory(&[]).unwrap();
    let client = chain.client();
    let (alice, bob, mint) = (key(1), key(2).pubkey(), key(3).pubkey());
    let airdrop = client.request_airdrop(&alice.pubkey(), SOL).await.unwrap();
    assert!(client.confirm_transaction(&airdrop).await.unwrap());
    chain.create_mint(&mint, 2, &alice.pubkey()).unwrap();
    let from = chain.mint_to(&mint, &alice.pubkey(), 1_000).unwrap();
    let to = chain.mint_to(&mint, &bob, 0).unwrap();

    // A token transfer by the token program itself: fee, simulation, sending.
    let mut data = vec![3];
    data.extend(250_u64.to_le_bytes());
    let keys = vec![alice.pubkey(), from, to, TOKEN];
    let tx = one_call(&alice, keys, vec![1, 2, 0], data, hash(&client).await);
    let VersionedMessage::Legacy(message) = &tx.message else {
        unreachable!()
    };
    assert_eq!(client.get_fee_for_message(message).await.unwrap(), FEE);
    let accounts = RpcSimulateTransactionAccountsConfig {
        encoding: Some(UiAccountEncoding::Base64),
        addresses: vec![to.to_string()],
    };
    let config = RpcSimulateTransactionConfig {
        sig_verify: true,
        accounts: Some(accounts),
        inner_instructions: true,
        ..RpcSimulateTransactionConfig::default()
    };
    let simulated = client
        .simulate_transaction_with_config(&tx, config)
        .await
        .unwrap()
        .value;
    assert_eq!(simulated.err, None);
    assert!(simulated.units_consumed.unwrap() > 0);
    assert!(simulated.loaded_accounts_data_size.unwrap() > 2 * 165);
    let after = simulated.accounts.unwrap()[0]
        .as_ref()
        .unwrap()
        .data
        .decode()
        .unwrap();
    assert_eq!(after[64..72], 250_u64.to_le_bytes());
    let mut unsigned = tx.clone();
    unsigned.signatures[0] = Default::default();
    unsigned.message.set_recent_blockhash(Hash::default());
    let config = RpcSimulateTransactionConfig {
        replace_recent_blockhash: true,
        ..RpcSimulateTransactionConfig::default()
    };
    let simulated = client
        .simulate_transaction_with_config(&unsigned, config)
        .await
        .unwrap()
        .value;
    assert_eq!(
        (simulated.err, simulated.replacement_blockhash.is_some()),
        (None, true)
    );
    let signature = client.send_and_confirm_transaction(&tx).await.unwrap();

    // What it left behind.
    for encoding in [UiTransactionEncoding::Base64, UiTransactionEncoding::Json] {
        let config = RpcTransactionConfig {
            encoding: Some(encoding),
            max_supported_transaction_version: Some(0),
            ..RpcTransactionConfig::default()
        };
        let found = client
            .get_transaction_with_config(&signature, config)
            .await
            .unwrap();
        let meta = found.transaction.meta.unwrap();
        assert_eq!((found.slot, meta.err, meta.fee), (chain.slot(), None, FEE));
        assert_eq!(meta.pre_balances[0] - meta.post_balances[0], FEE);
        if encoding == UiTransactionEncoding::Base64 {
            assert_eq!(found.transaction.transaction.decode().unwrap(), tx);
        }
    }
    client
        .get_transaction(&signature, UiTransactionEncoding::Base58)
        .await
        .unwrap();
    assert_eq!(
        client.get_token_account_balance(&to).await.unwrap().amount,
        "250"
    );
    assert_eq!(client.get_token_supply(&mint).await.unwrap().amount, "1000");
    for filter in [
        TokenAccountsFilter::Mint(mint),
        TokenAccountsFilter::ProgramId(TOKEN),
    ] {
        let found = client
            .get_token_accounts_by_owner(&bob, filter)
            .await
            .unwrap();
        assert_eq!(found[0].pubkey, to.to_string());
    }
    let parsed = client.get_token_account(&to).await.unwrap().unwrap();
    assert_eq!(
        (parsed.token_amount.amount.as_str(), parsed.owner),
        ("250", bob.to_string())
    );

    // Accounts.
    assert_eq!(client.get_account(&to).await.unwrap().data.len(), 165);
    assert!(client.get_account(&key(8).pubkey()).await.is_err());
    let several = client
        .get_multiple_accounts(&[from, key(8).pubkey(), to])
        .await
        .unwrap();
    assert_eq!(
        several.iter().map(Option::is_some).collect::<Vec<_>>(),
        [true, false, true]
    );
    assert_eq!(
        client.get_balance(&alice.pubkey()).await.unwrap(),
        SOL - FEE
    );
    let rent = client
        .get_minimum_balance_for_rent_exemption(165)
        .await
        .unwrap();
    assert_eq!(several[2].as_ref().unwrap().lamports, rent);

    // Signatures of an address, newest first.
    let mut sent = vec![airdrop, signature];
    for n in 0..4 {
        let tx = transfer(&alice, &bob, STEP + n, hash(&client).await);
        sent.push(client.send_and_confirm_transaction(&tx).await.unwrap());
    }
    sent.reverse();
    let list = async |before: Option<usize>, until: Option<usize>, limit| {
        let config = GetConfirmedSignaturesForAddress2Config {
            before: before.map(|n| sent[n]),
            until: until.map(|n| sent[n]),
            limit,
            commitment: None,
        };
        let address = alice.pubkey();
        let found = client
            .get_signatures_for_address_with_config(&address, config)
            .await
            .unwrap();
        found
            .iter()
            .map(|one| one.signature.parse::<Signature>().unwrap())
            .collect::<Vec<_>>()
    };
    assert_eq!(list(None, None, None).await, sent);
    assert_eq!(list(Some(1), Some(4), None).await, sent[2..4]);
    assert_eq!(list(Some(0), None, Some(2)).await, sent[1..3]);
    let statuses = client
        .get_signature_statuses(&[sent[0], Default::default()])
        .await
        .unwrap();
    assert_eq!(
        (statuses.value[0].is_some(), statuses.value[1].is_some()),
        (true, false)
    );

    // The chain itself.
    let slot = client.get_slot().await.unwrap();
    assert_eq!(slot, chain.slot());
    let newest = client
        .get_latest_blockhash_with_commitment(client.commitment())
        .await
        .unwrap();
    assert_eq!(newest.1, client.get_block_height().await.unwrap() + 149);
    assert!(
        client
            .is_blockhash_valid(&newest.0, client.commitment())
            .await
            .unwrap()
    );
    assert!((client.get_block_time(slot - 1).await.unwrap() - chain.now()).abs() < 60);
    assert!(client.get_block_time(slot + 1).await.is_err());
    assert_eq!(
        client.get_epoch_info().await.unwrap().transaction_count,
        Some(6)
    );
    client.get_epoch_schedule().await.unwrap();
    client.get_genesis_hash().await.unwrap();
    client.get_health().await.unwrap();
    assert_eq!(client.get_version().await.unwrap().solana_core, "4.2.2");
    let fees = client
        .get_recent_prioritization_fees(&[mint])
        .await
        .unwrap();
    assert_eq!(fees[0].prioritization_fee, 0);
    assert_eq!(client.get_transaction_count().await.unwrap(), 6);
    let tx = transfer(&alice, &bob, STEP, newest.0);
    client
        .send_and_confirm_transaction_with_spinner(&tx)
        .await
        .unwrap();
    assert!(client.get_transport_stats().request_count > 40);
}

#[tokio::test]
async fn lookup_tables_serve_from_the_next_slot() {
    let chain = EmbeddedChain::in_memory(&[]).unwrap();
    let client = chain.client();
    let (alice, bob) = (key(1), key(2).pubkey());
    chain.airdrop(&alice.pubkey(), SOL).unwrap();
    let slot = client.get_slot().await.unwrap();
    let seeds = [
        alice.pubkey().to_bytes().to_vec(),
        slot.to_le_bytes().to_vec(),
    ];
    let (table, bump) = Pubkey::find_program_address(&[&seeds[0], &seeds[1]], &TABLES);
    let mut create = vec![0, 0, 0, 0];
    create.extend(slot.to_le_bytes());
    create.push(bump);
    let mut extend = vec![2, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0];
    extend.extend(bob.to_bytes());
    for data in [create, extend] {
        let keys = vec![alice.pubkey(), table, SYSTEM, TABLES];
        let tx = one_call(&alice, keys, vec![1, 0, 0, 2], data, hash(&client).await);
        client.send_and_confirm_transaction(&tx).await.unwrap();
    }
    let mut data = vec![2, 0, 0, 0];
    data.extend(STEP.to_le_bytes());
    let message = v0::Message {
        header: MessageHeader {
            num_required_signatures: 1,
            num_readonly_signed_accounts: 0,
            num_readonly_unsigned_accounts: 1,
        },
        account_keys: vec![alice.pubkey(), SYSTEM],
        recent_blockhash: hash(&client).await,
        instructions: vec![CompiledInstruction {
            program_id_index: 1,
            accounts: vec![0, 2],
            data,
        }],
        address_table_lookups: vec![v0::MessageAddressTableLookup {
            account_key: table,
            writable_indexes: vec![0],
            readonly_indexes: vec![],
        }],
    };
    let tx = VersionedTransaction::try_new(VersionedMessage::V0(message), &[&alice]).unwrap();
    let simulated = client.simulate_transaction(&tx).await.unwrap().value;
    assert!(simulated.loaded_accounts_data_size.unwrap() > 8_248);
    let signature = client.send_and_confirm_transaction(&tx).await.unwrap();
    assert_eq!(client.get_balance(&bob).await.unwrap(), STEP);
    let found = client.get_signatures_for_address(&bob).await.unwrap();
    assert_eq!(found[0].signature, signature.to_string());
    let config = RpcTransactionConfig {
        encoding: Some(UiTransactionEncoding::Json),
        max_supported_transaction_version: Some(0),
        ..RpcTransactionConfig::default()
    };
    let found = client
        .get_transaction_with_config(&signature, config)
        .await
        .unwrap();
    let loaded = found.transaction.meta.unwrap().loaded_addresses.unwrap();
    assert_eq!(
        (loaded.writable, loaded.readonly),
        (vec![bob.to_string()], vec![])
    );
    let error = client
        .get_transaction(&signature, UiTransactionEncoding::Json)
        .await
        .unwrap_err();
    assert_eq!(rpc_code(&error), -32015);
}

/// The child of the next test: transfers until it is killed.
#[test]
fn child() {
    let Some(dir) = std::env::var_os(CHILD) else {
        return;
    };
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let options = Options {
            wait: Duration::from_secs(30),
            ..Options::default()
        };
        let client = EmbeddedChain::open(Path::new(&dir), &[], options)
            .unwrap()
            .client();
        let mut out = std::io::stdout().lock();
        writeln!(out, "\nready").unwrap();
        for n in 0_u64.. {
            let tx = transfer(
                &key(1),
                &key((n % 7) as u8 + 2).pubkey(),
                STEP,
                hash(&client).await,
            );
            let signature = client.send_and_confirm_transaction(&tx).await.unwrap();
            writeln!(out, "sig {signature}").unwrap();
            out.flush().unwrap();
        }
    });
}

#[tokio::test]
async fn a_kill_loses_nothing_confirmed() {
    let dir = tempfile::tempdir().unwrap();
    let payer = key(1).pubkey();
    open(dir.path()).airdrop(&payer, 1_000 * SOL).unwrap();
    let (mut confirmed, mut idle) = (Vec::new(), 0);
    for round in 0..24_u32 {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "child", "--nocapture"])
            .env(CHILD, dir.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let random = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap()
            .subsec_nanos();
        // Every fourth dies at any time at all, while it opens the chain too.
        if round % 4 != 3 {
            lines
                .find(|line| line.as_ref().unwrap() == "ready")
                .unwrap()
                .unwrap();
        }
        std::thread::sleep(Duration::from_micros(u64::from(random / 1_000 % 250_000)));
        child.kill().unwrap();
        child.wait().unwrap();
        let before = confirmed.len();
        let printed = lines.map_while(Result::ok);
        let printed =
            printed.filter_map(|line| line.strip_prefix("sig ")?.parse::<Signature>().ok());
        confirmed.extend(printed);
        idle += usize::from(confirmed.len() == before);

        let chain = open(dir.path());
        let client = chain.client();
        for signature in &confirmed {
            assert_eq!(
                client.get_signature_status(signature).await.unwrap(),
                Some(Ok(()))
            );
        }
        let done = client.get_transaction_count().await.unwrap() - 1;
        let mut received = 0;
        for n in 2..9 {
            received += client.get_balance(&key(n).pubkey()).await.unwrap();
        }
        assert_eq!(received, done * STEP);
        let left = client.get_balance(&payer).await.unwrap();
        assert_eq!(left, 1_000 * SOL - done * (STEP + FEE));
        // At most the one in flight was kept without having been reported.
        assert!(done as usize <= confirmed.len() + round as usize + 1);
    }
    println!(
        "{} confirmed, {idle} of 24 killed before the first",
        confirmed.len()
    );
    assert!(confirmed.len() > 50 && idle < 20);
}

/// `cargo test --release -p upside-sdk --test embedded -- --ignored --nocapture`
#[tokio::test]
#[ignore = "measures"]
async fn timings() {
    let dir = tempfile::tempdir().unwrap();
    let chain = open(dir.path());
    let client = chain.client();
    let (alice, owner) = (key(1), key(9).pubkey());
    chain.airdrop(&alice.pubkey(), 1_000 * SOL).unwrap();
    let start = Instant::now();
    let accounts = (0..3_000_u32).map(|n| {
        let mut bytes = [1; 32];
        bytes[..4].copy_from_slice(&n.to_le_bytes());
        let account = Account {
            lamports: SOL,
            data: vec![1; 200],
            owner,
            ..Account::default()
        };
        (Pubkey::new_from_array(bytes), account)
    });
    chain.set_accounts(accounts).unwrap();
    println!("set_accounts, 3,000 of them: {:?}", start.elapsed());
    for (name, chain) in [
        ("durable", chain),
        ("memory", EmbeddedChain::in_memory(&[]).unwrap()),
    ] {
        let client = chain.client();
        chain.airdrop(&alice.pubkey(), 900 * SOL).unwrap();
        let start = Instant::now();
        for _ in 0..500 {
            let tx = transfer(&alice, &key(2).pubkey(), STEP, hash(&client).await);
            client.send_and_confirm_transaction(&tx).await.unwrap();
        }
        let rate = 500.0 / start.elapsed().as_secs_f64();
        println!("{name}: {rate:.0} transactions a second, confirmed one by one");
    }
    let start = Instant::now();
    assert_eq!(
        client.get_program_accounts(&owner).await.unwrap().len(),
        3_000
    );
    println!(
        "getProgramAccounts, 3,000 accounts, base64+zstd: {:?}",
        start.elapsed()
    );
    let config = RpcProgramAccountsConfig {
        filters: Some(vec![RpcFilterType::DataSize(200)]),
        account_config: RpcAccountInfoConfig {
            encoding: Some(UiAccountEncoding::Base64),
            ..RpcAccountInfoConfig::default()
        },
        ..RpcProgramAccountsConfig::default()
    };
    let start = Instant::now();
    let found = client
        .get_program_ui_accounts_with_config(&owner, config)
        .await
        .unwrap();
    println!(
        "getProgramAccounts, {} accounts, base64: {:?}",
        found.len(),
        start.elapsed()
    );
    drop(client);
    let start = Instant::now();
    let chain = open(dir.path());
    println!("open with 3,000 accounts: {:?}", start.elapsed());
    drop(chain);
    let start = Instant::now();
    EmbeddedChain::in_memory(&[]).unwrap();
    println!("in_memory: {:?}", start.elapsed());
}

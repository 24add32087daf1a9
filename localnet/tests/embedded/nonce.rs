//! Durable nonces behave as on a cluster.

use crate::*;
use solana_program::instruction::Instruction;
use upside_sdk::nonce::{self, NONCE_BYTES};
use upside_sdk::transaction::{compile, sign_partially};

fn signed(
    instructions: &[Instruction],
    payer: &Keypair,
    others: &[&Keypair],
    hash: Hash,
) -> VersionedTransaction {
    let message = compile(instructions, &payer.pubkey(), &[], hash).unwrap();
    let keys = [&[payer], others].concat();
    sign_partially(message, &keys, &[]).unwrap()
}

fn pay(from: &Keypair, to: &Pubkey, lamports: u64) -> Instruction {
    let mut data = vec![2, 0, 0, 0];
    data.extend(lamports.to_le_bytes());
    let accounts = vec![
        solana_program::instruction::AccountMeta::new(from.pubkey(), true),
        solana_program::instruction::AccountMeta::new(*to, false),
    ];
    Instruction {
        program_id: SYSTEM,
        accounts,
        data,
    }
}

fn refused(error: &solana_rpc_client_api::client_error::Error, why: TransactionError) -> bool {
    error.get_transaction_error() == Some(why)
}

#[tokio::test]
async fn a_nonce_outlives_blockhashes_and_is_good_once() {
    let dir = tempfile::tempdir().unwrap();
    let (alice, bob, account) = (key(1), key(2), key(3));
    let nonce_key = account.pubkey();
    let to = key(4).pubkey();
    let chain = open(dir.path());
    let client = chain.client();
    for who in [&alice, &bob] {
        chain.airdrop(&who.pubkey(), 10 * SOL).unwrap();
    }
    let rent = client.get_minimum_balance_for_rent_exemption(NONCE_BYTES);
    let rent = rent.await.unwrap();
    let make = nonce::create(&alice.pubkey(), &nonce_key, &bob.pubkey(), rent);
    let tx = signed(&make, &alice, &[&account], hash(&client).await);
    client.send_and_confirm_transaction(&tx).await.unwrap();
    let first = nonce::fetch(&client, &nonce_key).await.unwrap();
    assert_eq!(first.authority, bob.pubkey());

    // Signed now, sent in another process after thousands of slots.
    let advance = nonce::advance(&nonce_key, &bob.pubkey());
    let twice = |lamports| {
        let both = [advance.clone(), pay(&alice, &to, lamports)];
        signed(&both, &alice, &[&bob], first.value)
    };
    let (good, other) = (twice(SOL), twice(2 * SOL));
    drop(client);
    drop(chain);
    let chain = open(dir.path());
    let client = chain.client();
    chain.advance(86_400).unwrap();
    let VersionedMessage::V0(message) = &good.message else {
        panic!("another version: {:?}", good.message);
    };
    let fee = client.get_fee_for_message(message).await.unwrap();
    assert_eq!(fee, 2 * FEE);
    let simulated = client.simulate_transaction(&good).await.unwrap();
    assert_eq!(simulated.value.err, None);
    client.send_and_confirm_transaction(&good).await.unwrap();
    assert_eq!(chain.account(&to).unwrap().lamports, SOL);
    let second = nonce::fetch(&client, &nonce_key).await.unwrap();
    assert_ne!(second.value, first.value);

    // Neither it nor another one on the same value lands again.
    let again = client.send_transaction(&good).await.unwrap_err();
    assert!(refused(&again, TransactionError::AlreadyProcessed));
    let late = client.send_transaction(&other).await.unwrap_err();
    assert!(refused(&late, TransactionError::BlockhashNotFound));
}

#[tokio::test]
async fn what_fails_on_a_nonce_uses_it_up_and_pays() {
    let chain = EmbeddedChain::in_memory(&[], Options::default()).unwrap();
    let client = chain.client();
    let (alice, account) = (key(1), key(3));
    let nonce_key = account.pubkey();
    chain.airdrop(&alice.pubkey(), SOL).unwrap();
    let make = nonce::create(&alice.pubkey(), &nonce_key, &alice.pubkey(), SOL / 10);
    let tx = signed(&make, &alice, &[&account], hash(&client).await);
    client.send_and_confirm_transaction(&tx).await.unwrap();
    let first = nonce::fetch(&client, &nonce_key).await.unwrap();
    let before = chain.account(&alice.pubkey()).unwrap().lamports;

    let advance = nonce::advance(&nonce_key, &alice.pubkey());
    let poor = [advance.clone(), pay(&alice, &key(4).pubkey(), 5 * SOL)];
    let tx = signed(&poor, &alice, &[], first.value);
    // A node's own check leaves everything as it was.
    client.send_transaction(&tx).await.unwrap_err();
    assert_eq!(nonce::fetch(&client, &nonce_key).await.unwrap(), first);
    let config = RpcSendTransactionConfig {
        skip_preflight: true,
        ..Default::default()
    };
    client
        .send_transaction_with_config(&tx, config)
        .await
        .unwrap();
    let second = nonce::fetch(&client, &nonce_key).await.unwrap();
    assert_ne!(second.value, first.value);
    let after = chain.account(&alice.pubkey()).unwrap().lamports;
    assert_eq!(before - after, FEE);

    // Without the authority, or with the nonce used later, it is no nonce at all.
    let stranger = key(9);
    chain.airdrop(&stranger.pubkey(), SOL).unwrap();
    let theirs = nonce::advance(&nonce_key, &stranger.pubkey());
    let rest = pay(&stranger, &key(4).pubkey(), SOL / 2);
    for instructions in [vec![theirs, rest.clone()], vec![rest, advance.clone()]] {
        let tx = signed(&instructions, &stranger, &[&alice], second.value);
        let error = client.send_transaction(&tx).await.unwrap_err();
        assert!(
            refused(&error, TransactionError::BlockhashNotFound),
            "{error}"
        );
    }
    // Taken out whole, it is gone.
    let all = chain.account(&nonce_key).unwrap().lamports;
    let out = nonce::withdraw(&nonce_key, &alice.pubkey(), &alice.pubkey(), all);
    let tx = signed(&[out], &alice, &[], hash(&client).await);
    client.send_and_confirm_transaction(&tx).await.unwrap();
    assert!(nonce::fetch(&client, &nonce_key).await.is_err());
}

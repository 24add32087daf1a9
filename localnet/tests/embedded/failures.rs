//! Failures look like those of a node.

use crate::*;

#[tokio::test]
async fn failures_look_like_a_nodes() {
    let chain = EmbeddedChain::in_memory(&[], Options::default()).unwrap();
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
    let chain = EmbeddedChain::in_memory(&[], Options::default()).unwrap();
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

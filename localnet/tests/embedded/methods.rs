//! Every method answers in its type.

use crate::*;

#[tokio::test]
async fn program_accounts_are_filtered() {
    let chain = EmbeddedChain::in_memory(&[], Options::default()).unwrap();
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
    let chain = EmbeddedChain::in_memory(&[], Options::default()).unwrap();
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
    let chain = EmbeddedChain::in_memory(&[], Options::default()).unwrap();
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

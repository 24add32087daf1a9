//! From a request to its landing.

use {
    crate::network::*,
    serde_json::json,
    solana_commitment_config::CommitmentConfig,
    solana_keypair::Keypair,
    solana_program::pubkey::Pubkey,
    solana_signer::Signer,
    std::time::Duration,
    tokio::time::Instant,
    upside_sdk::transaction::{
        SendOptions, TransactionError, TransactionRequest, send_and_confirm, simulate,
    },
};

#[tokio::test(start_paused = true)]
async fn lands_with_a_tight_budget_and_a_price_from_recent_fees() {
    let net = Net::new(&[], Fate::Land);
    run(&net, &SendOptions::default()).await.unwrap();
    let chain = net.chain.lock().unwrap();
    assert_eq!((chain.sends, chain.executed.len()), (1, 1));
    // 10,000 units, a tenth more, 10,000 for what may fall due; 40,000 bytes are two
    // pages, and one more; three quarters of 0, 100, … 700.
    let expected = [
        with_tag(2, &21_000u32.to_le_bytes()),
        with_tag(4, &(3 * 32_768u32).to_le_bytes()),
        with_tag(3, &500u64.to_le_bytes()),
    ];
    assert_eq!(budget(&chain.versions[0]), expected);
    let simulated = [
        with_tag(2, &1_400_000u32.to_le_bytes()),
        with_tag(4, &(64u32 << 20).to_le_bytes()),
        with_tag(3, &0u64.to_le_bytes()),
    ];
    assert_eq!(budget(&chain.simulated[0]), simulated);
}

#[tokio::test(start_paused = true)]
async fn the_price_is_capped_and_can_be_none() {
    for (options, expected) in [
        (
            SendOptions {
                max_price: 40,
                ..Default::default()
            },
            Some(40u64),
        ),
        (
            SendOptions {
                compute_unit_price: Some(0),
                ..Default::default()
            },
            None,
        ),
        (
            SendOptions {
                compute_unit_price: Some(9),
                ..Default::default()
            },
            Some(9),
        ),
    ] {
        let net = Net::new(&[], Fate::Land);
        run(&net, &options).await.unwrap();
        let set = budget(&net.chain.lock().unwrap().versions[0]);
        let price = set.iter().find(|data| data[0] == 3);
        assert_eq!(
            price.cloned(),
            expected.map(|price| with_tag(3, &price.to_le_bytes()))
        );
    }
}

#[tokio::test(start_paused = true)]
async fn executes_once_on_a_bad_network() {
    let late = Fate::LandAnswerLate(Duration::from_secs(15));
    let never = Fate::LandAnswerLate(Duration::from_secs(3_600));
    for (fates, after, versions) in [
        (vec![Fate::Drop], Fate::Land, 1),
        (vec![Fate::Drop, Fate::Fail, Fate::Drop], Fate::Land, 1),
        (vec![late], Fate::Land, 1),
        (vec![never], Fate::Land, 1),
        (vec![Fate::LandButFail], Fate::Land, 1),
        (vec![Fate::LandButFail], Fate::Fail, 1),
        (vec![Fate::LandLast], Fate::Drop, 1),
        (vec![Fate::Fork], Fate::Land, 1),
        (vec![Fate::Fork, Fate::Fork], Fate::LandButFail, 1),
        // All of the first version's copies are lost: about ninety go out in its life.
        (vec![Fate::Drop; 37], Fate::Land, 2),
        (
            [vec![Fate::Fork], vec![Fate::Drop; 35]].concat(),
            Fate::Land,
            2,
        ),
    ] {
        for commitment in [CommitmentConfig::confirmed(), CommitmentConfig::finalized()] {
            let net = Net::new(&fates, after);
            run(
                &net,
                &SendOptions {
                    commitment,
                    ..Default::default()
                },
            )
            .await
            .unwrap();
            assert_eq!(net.executions(), 1);
            assert_eq!(net.chain.lock().unwrap().versions.len(), versions);
        }
    }
}

#[tokio::test(start_paused = true)]
async fn waits_for_the_commitment_that_was_asked_for() {
    for (commitment, slots) in [
        (CommitmentConfig::confirmed(), 2),
        (CommitmentConfig::finalized(), FINAL),
    ] {
        let net = Net::new(&[], Fate::Land);
        let options = SendOptions {
            commitment,
            poll: Duration::from_millis(100),
            ..Default::default()
        };
        let slot = run(&net, &options).await.unwrap();
        assert!((slot + slots..slot + slots + 3).contains(&net.slot()));
    }
}

#[tokio::test(start_paused = true)]
async fn expires_after_the_last_attempt_and_never_overlaps() {
    let net = Net::new(&[], Fate::Drop);
    let error = run(&net, &SendOptions::default()).await.unwrap_err();
    let TransactionError::Expired { signatures } = error else {
        panic!("{error}")
    };
    let chain = net.chain.lock().unwrap();
    let sent: Vec<_> = chain
        .versions
        .iter()
        .map(|version| version.signatures[0])
        .collect();
    assert_eq!((sent.len(), sent), (3, signatures));
    assert!(
        chain
            .versions
            .iter()
            .all(|version| dead(version, net.slot()))
    );
}

#[tokio::test(start_paused = true)]
async fn a_network_that_takes_nothing_is_reported_when_nothing_can_land() {
    let net = Net::new(&[], Fate::Fail);
    let error = run(&net, &SendOptions::default()).await.unwrap_err();
    assert!(matches!(error, TransactionError::Network(_)), "{error}");
    let chain = net.chain.lock().unwrap();
    assert_eq!(chain.versions.len(), 1);
    assert!(dead(&chain.versions[0], net.slot()));
}

#[tokio::test(start_paused = true)]
async fn a_malformed_request_is_reported_at_once() {
    let net = Net::new(&[Fate::Malformed], Fate::Land);
    let start = Instant::now();
    let error = run(&net, &SendOptions::default()).await.unwrap_err();
    assert!(matches!(error, TransactionError::Network(_)), "{error}");
    assert_eq!((net.sends(), net.executions()), (1, 0));
    assert!(start.elapsed() < Duration::from_secs(2));
}

#[tokio::test(start_paused = true)]
async fn patience_is_the_callers_choice() {
    let net = Net::new(&[Fate::Land], Fate::Drop);
    net.chain.lock().unwrap().deaf = Some((START, u64::MAX));
    let start = Instant::now();
    let options = SendOptions {
        confirm_timeout: Duration::from_secs(7),
        ..Default::default()
    };
    let error = run(&net, &options).await.unwrap_err();
    assert!(matches!(error, TransactionError::UnknownOutcome { .. }));
    assert!((7..10).contains(&start.elapsed().as_secs()));
}

#[tokio::test(start_paused = true)]
async fn a_deaf_spell_is_waited_out_and_a_long_one_leaves_the_outcome_open() {
    let net = Net::new(&[Fate::Land], Fate::Drop);
    net.chain.lock().unwrap().deaf = Some((START, START + 500));
    run(&net, &SendOptions::default()).await.unwrap();
    assert_eq!(net.executions(), 1);

    let net = Net::new(&[Fate::Land], Fate::Drop);
    net.chain.lock().unwrap().deaf = Some((START, u64::MAX));
    let error = run(&net, &SendOptions::default()).await.unwrap_err();
    let TransactionError::UnknownOutcome { signature, .. } = error else {
        panic!("{error}")
    };
    let chain = net.chain.lock().unwrap();
    assert_eq!(chain.versions.len(), 1);
    assert!(chain.executed.contains_key(&signature));
}

#[tokio::test(start_paused = true)]
async fn a_node_that_stands_still_or_forgets_proves_nothing() {
    let net = Net::new(&[Fate::LandLast], Fate::Drop);
    net.chain.lock().unwrap().stale = Some((START + 20, START + LIFE + FINAL + 20, START + 3));
    run(&net, &SendOptions::default()).await.unwrap();
    assert_eq!(net.chain.lock().unwrap().versions.len(), 1);
    assert_eq!(net.executions(), 1);

    // Landed, but the node that is asked for statuses never gets to see it.
    let net = Net::new(&[Fate::Land], Fate::Land);
    net.chain.lock().unwrap().stale = Some((START, u64::MAX, START));
    let error = run(&net, &SendOptions::default()).await.unwrap_err();
    assert!(
        matches!(error, TransactionError::UnknownOutcome { .. }),
        "{error}"
    );
    assert_eq!(net.chain.lock().unwrap().versions.len(), 1);
    assert_eq!(net.executions(), 1);

    let net = Net::new(&[Fate::Land], Fate::Drop);
    net.chain.lock().unwrap().forgetful = true;
    run(&net, &SendOptions::default()).await.unwrap();
    assert_eq!(net.chain.lock().unwrap().versions.len(), 1);
    assert_eq!(net.executions(), 1);
}

#[tokio::test(start_paused = true)]
async fn refusals_are_typed_and_nothing_is_sent_again() {
    // In simulation.
    let net = Net::new(&[], Fate::Land);
    let refused = json!({ "InstructionError": [0, { "Custom": 6_001 }] });
    net.chain.lock().unwrap().simulation_error = Some(refused);
    let error = run(&net, &SendOptions::default()).await.unwrap_err();
    assert_eq!(error.custom_code(), Some((0, 6_001)));
    let TransactionError::Rejected {
        logs,
        signature: None,
        ..
    } = error
    else {
        panic!()
    };
    assert_eq!(logs, ["Program log: simulated"]);
    assert_eq!(net.sends(), 0);

    // Of a compute budget instruction: it is not one of the request's.
    let net = Net::new(&[], Fate::Land);
    let refused = json!({ "InstructionError": [2, { "Custom": 1 }] });
    net.chain.lock().unwrap().simulation_error = Some(refused);
    assert_eq!(
        run(&net, &SendOptions::default())
            .await
            .unwrap_err()
            .custom_code(),
        None
    );

    // By the node that was to forward it.
    let net = Net::new(&[Fate::Refuse(6_002)], Fate::Land);
    let error = run(&net, &SendOptions::default()).await.unwrap_err();
    assert_eq!(error.custom_code(), Some((0, 6_002)));
    let TransactionError::Rejected {
        logs,
        signature: None,
        ..
    } = error
    else {
        panic!()
    };
    assert_eq!(logs, ["Program log: no"]);
    assert_eq!((net.sends(), net.executions()), (1, 0));

    // On chain.
    let net = Net::new(&[Fate::LandFailing(6_003)], Fate::Land);
    let error = run(&net, &SendOptions::default()).await.unwrap_err();
    assert_eq!(error.custom_code(), Some((0, 6_003)));
    assert!(error.to_string().contains("the fee was paid"));
    let TransactionError::Rejected {
        logs, signature, ..
    } = error
    else {
        panic!()
    };
    assert_eq!(logs, ["Program log: landed"]);
    assert!(
        net.chain
            .lock()
            .unwrap()
            .executed
            .contains_key(&*signature.unwrap())
    );
    assert_eq!(net.chain.lock().unwrap().versions.len(), 1);
}

#[tokio::test(start_paused = true)]
async fn simulation_needs_no_signer_and_estimates_the_fee() {
    let owner = Pubkey::new_from_array([3; 32]);
    let request: TransactionRequest<Keypair> = TransactionRequest {
        instructions: vec![instruction(&owner, 8)],
        payer: owner,
        signers: vec![],
        lookup_tables: vec![],
    };
    let net = Net::new(&[], Fate::Land);
    let simulation = simulate(&net.client(), &request).await.unwrap();
    assert_eq!(
        (simulation.units, simulation.loaded_accounts_data_size),
        (10_000, Some(40_000))
    );
    // 21,000 units at 500 micro-lamports are 10.5 lamports.
    assert_eq!(simulation.fee, 5_011);
    assert_eq!(simulation.logs, ["Program log: simulated"]);

    let error = send_and_confirm(&net.client(), &request, &SendOptions::default()).await;
    assert!(matches!(error, Err(TransactionError::MissingSigner(key)) if key == owner));
    assert_eq!(net.sends(), 0);
}

#[tokio::test(start_paused = true)]
async fn a_budget_of_the_requests_own_is_kept() {
    use solana_compute_budget_interface::ComputeBudgetInstruction as Set;
    let owner = Keypair::new();
    let own = [
        Set::set_compute_unit_limit(50_000),
        Set::set_compute_unit_price(2_000_000),
    ];
    let request = TransactionRequest {
        instructions: [&own[..], &[instruction(&owner.pubkey(), 8)]].concat(),
        payer: owner.pubkey(),
        signers: vec![&owner],
        lookup_tables: vec![],
    };
    let net = Net::new(&[], Fate::Land);
    assert_eq!(
        simulate(&net.client(), &request).await.unwrap().fee,
        5_000 + 100_000
    );
    send_and_confirm(&net.client(), &request, &SendOptions::default())
        .await
        .unwrap();
    let chain = net.chain.lock().unwrap();
    let sent = chain.versions[0].message.instructions();
    let data: Vec<_> = sent.iter().map(|instruction| instruction.data[0]).collect();
    assert_eq!(data, [2, 3, 1, 4]);
}

#[tokio::test(start_paused = true)]
async fn sending_can_be_spawned() {
    let net = Net::new(&[], Fate::Land);
    let sent = tokio::spawn(async move {
        let (owner, client) = (Keypair::new(), net.client());
        let request = TransactionRequest {
            instructions: vec![instruction(&owner.pubkey(), 8)],
            payer: owner.pubkey(),
            signers: vec![&owner],
            lookup_tables: vec![],
        };
        send_and_confirm(&client, &request, &SendOptions::default()).await
    });
    sent.await.unwrap().unwrap();
}

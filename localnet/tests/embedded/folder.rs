//! Opening, sharing and reopening a chain's folder, and its clock.

use crate::*;

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
fn what_killed_creators_left_is_removed() {
    let dir = tempfile::tempdir().unwrap();
    drop(open(dir.path()));
    let leave = |name: &str, age: u64| {
        let path = dir.path().join(name);
        let file = std::fs::File::create(&path).unwrap();
        let time = SystemTime::now() - Duration::from_secs(age);
        file.set_modified(time).unwrap();
        path
    };
    let old = leave(".chain.redb.7.old.new", 120);
    let others = [leave(".chain.redb.7.young.new", 5), leave("mine.new", 120)];
    drop(open(dir.path()));
    assert!(!old.exists());
    assert!(others.iter().all(|path| path.exists()));
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
    let error = EmbeddedChain::in_memory(&[(key(9).pubkey(), &b"no elf"[..])], Options::default())
        .err()
        .unwrap();
    assert!(matches!(error, EmbeddedError::Program { .. }), "{error}");
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

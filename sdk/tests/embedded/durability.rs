//! Whatever is confirmed survives any death of the process.

use crate::*;

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
            .args(["--exact", "durability::child", "--nocapture"])
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

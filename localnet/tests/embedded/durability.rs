//! Whatever is confirmed survives any death of the process.
//!
//! A child sends random transfers (or puts random amounts into a round) and prints each
//! signature with its effect once it is confirmed. It is killed at a random moment, and
//! whoever opens the folder next has to find everything that was printed, whole.
//! `UPSIDE_KILLS` says how often, `target/trust/durability.json` what came of it.

use crate::round::Offered;
use crate::*;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::thread::sleep;

/// Children at once, each on a folder of its own: three that transfer, one that contributes.
const LANES: u64 = 4;
const PEOPLE: u8 = 7;
const FUNDS: u64 = 1_000 * SOL;
const SEED: &str = "UPSIDE_EMBEDDED_SEED";

#[derive(Default)]
struct Tally {
    kills: AtomicU64,
    /// Kills before the chain was open.
    early: AtomicU64,
    /// Kills while the chain was being made.
    while_made: AtomicU64,
    confirmed: AtomicU64,
    /// Kept, and killed before it was printed.
    unreported: AtomicU64,
    lost: AtomicU64,
    half_written: AtomicU64,
}

/// The child of the tests below: works until it is killed.
#[test]
fn child() {
    let Some(dir) = std::env::var_os(CHILD) else {
        return;
    };
    let mut dice: u64 = std::env::var(SEED).unwrap().parse().unwrap();
    runtime().block_on(async {
        let options = Options {
            wait: Duration::from_secs(30),
            ..Options::default()
        };
        let contributes = Path::new(&dir).join(round::MARK).exists();
        let programs = upside_sdk::programs();
        let programs = if contributes { &programs[..] } else { &[] };
        let chain = EmbeddedChain::open(Path::new(&dir), programs, options).unwrap();
        let client = chain.client();
        let mut out = std::io::stdout().lock();
        writeln!(out, "\nready").unwrap();
        out.flush().unwrap();
        loop {
            let (to, amount) = (random(&mut dice, PEOPLE.into()), random(&mut dice, STEP));
            let signature = if contributes {
                Offered::contribute(&client, amount + 1).await
            } else {
                let to = key(to as u8 + 2).pubkey();
                let tx = transfer(&key(1), &to, amount + SOL / 100, hash(&client).await);
                client.send_and_confirm_transaction(&tx).await.unwrap()
            };
            writeln!(out, "sig {signature} ok").unwrap();
            out.flush().unwrap();
        }
    });
}

fn runtime() -> tokio::runtime::Runtime {
    let mut builder = tokio::runtime::Builder::new_current_thread();
    builder.enable_all().build().unwrap()
}

fn random(dice: &mut u64, below: u64) -> u64 {
    *dice ^= *dice << 13;
    *dice ^= *dice >> 7;
    *dice ^= *dice << 17;
    *dice % below
}

/// A folder in memory where there is one: a kill does not depend on the medium, and
/// many more fit in a second.
fn folder() -> tempfile::TempDir {
    let memory = Path::new("/dev/shm");
    let made = memory.is_dir().then(|| tempfile::tempdir_in(memory).ok());
    made.flatten()
        .unwrap_or_else(|| tempfile::tempdir().unwrap())
}

/// Starts a child, kills it after a while, and returns what it had printed. `None` of a
/// wait for its being ready: it dies at any time at all, while it opens the chain too.
fn killed(
    dir: &Path,
    dice: &mut u64,
    until_ready: bool,
    micros: u64,
    tally: &Tally,
) -> Vec<Signature> {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "durability::child", "--nocapture"])
        .env(CHILD, dir)
        .env(SEED, (random(dice, u64::MAX - 1) + 1).to_string())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut ready = false;
    if until_ready {
        ready = lines.any(|line| line.is_ok_and(|line| line == "ready"));
        assert!(ready, "the child could not open the chain");
    }
    sleep(Duration::from_micros(random(dice, micros)));
    child.kill().unwrap();
    child.wait().unwrap();
    tally.kills.fetch_add(1, Relaxed);
    let mut printed = Vec::new();
    for line in lines.map_while(Result::ok) {
        ready |= line == "ready";
        // A line that the kill cut short is no confirmation.
        let whole = line
            .strip_prefix("sig ")
            .and_then(|text| text.strip_suffix(" ok"));
        printed.extend(whole.map(|text| text.parse::<Signature>().unwrap()));
    }
    tally.early.fetch_add(u64::from(!ready), Relaxed);
    tally.confirmed.fetch_add(printed.len() as u64, Relaxed);
    printed
}

/// Everything that is on the chain, compared with what was printed and with itself. Of
/// many the newest are looked up; [`lane`] looks all of them up now and then.
async fn check(chain: &EmbeddedChain, printed: &[Signature], first: u64, tally: &Tally) -> u64 {
    let client = chain.client();
    for some in printed.chunks(200) {
        let found = client.get_signature_statuses_with_history(some).await;
        let missing = found.unwrap().value.into_iter();
        let missing = missing.filter(|status| status.as_ref().is_none_or(|s| s.err.is_some()));
        tally.lost.fetch_add(missing.count() as u64, Relaxed);
    }
    client.get_transaction_count().await.unwrap() - first
}

async fn transfers_are_whole(chain: &EmbeddedChain, done: u64) -> bool {
    let client = chain.client();
    let mut received = 0;
    for n in 0..PEOPLE {
        received += client.get_balance(&key(n + 2).pubkey()).await.unwrap();
    }
    let left = client.get_balance(&key(1).pubkey()).await.unwrap();
    left + received + done * FEE == FUNDS
}

/// Kills children on one folder, over and over.
async fn lane(n: u64, kills: u64, tally: &Tally) {
    let dir = folder();
    let contributes = n == 0;
    if contributes {
        round::Offered::set_up(dir.path()).await;
    } else {
        open(dir.path()).airdrop(&key(1).pubkey(), FUNDS).unwrap();
    }
    let programs = upside_sdk::programs();
    let programs = if contributes { &programs[..] } else { &[] };
    let reopen = || EmbeddedChain::open(dir.path(), programs, no_wait()).unwrap();
    let first = reopen().client().get_transaction_count().await.unwrap();
    let mut dice = 0x1234_5678_9abc_def1 + n;
    let mut printed = Vec::new();
    for kill in 0..kills {
        // Every fourth dies at any time at all, while it opens the chain too.
        let until_ready = kill % 4 != 3;
        let micros = if until_ready { 100_000 } else { 400_000 };
        printed.extend(killed(dir.path(), &mut dice, until_ready, micros, tally));
        let chain = reopen();
        let all = kill % 50 == 0 || kill + 1 == kills;
        let since = printed
            .len()
            .saturating_sub(if all { printed.len() } else { 200 });
        let done = check(&chain, &printed[since..], first, tally).await;
        let missing = (printed.len() as u64).saturating_sub(done);
        tally.lost.fetch_add(missing, Relaxed);
        let whole = if contributes {
            round::Offered::is_whole(&chain.client()).await
        } else {
            transfers_are_whole(&chain, done).await
        };
        tally.half_written.fetch_add(u64::from(!whole), Relaxed);
        // What was kept and not printed is known from here on.
        let unreported = done.saturating_sub(printed.len() as u64);
        assert!(unreported <= kill + 1, "more than one in flight was kept");
        if kill + 1 == kills {
            tally.unreported.fetch_add(unreported, Relaxed);
        }
    }
}

/// Kills children that make a chain.
async fn births(kills: u64, tally: &Tally) {
    let mut dice = 0x0fed_cba9_8765_4321;
    for _ in 0..kills {
        let dir = folder();
        let made = dir.path().join("a").join("chain");
        let before = tally.early.load(Relaxed);
        killed(&made, &mut dice, false, 250_000, tally);
        tally
            .while_made
            .fetch_add(u64::from(tally.early.load(Relaxed) > before), Relaxed);
        let genesis = async |chain: EmbeddedChain| chain.client().get_genesis_hash().await.unwrap();
        let first = genesis(open(&made)).await;
        assert_eq!(genesis(open(&made)).await, first);
        open(&made).airdrop(&key(1).pubkey(), SOL).unwrap();
    }
}

#[test]
fn a_kill_loses_nothing_confirmed() {
    let kills = std::env::var("UPSIDE_KILLS").map_or(240, |text| text.parse().unwrap());
    let tally = Tally::default();
    let start = Instant::now();
    std::thread::scope(|scope| {
        let tally = &tally;
        for n in 0..LANES {
            let each = kills / (LANES + 1);
            scope.spawn(move || runtime().block_on(lane(n, each, tally)));
        }
        let rest = kills - kills / (LANES + 1) * LANES;
        scope.spawn(move || runtime().block_on(births(rest, tally)));
    });
    let count = |counter: &AtomicU64| counter.load(Relaxed);
    let report = serde_json::json!({
        "kills": count(&tally.kills),
        "kills_before_the_chain_was_open": count(&tally.early),
        "kills_while_the_chain_was_made": count(&tally.while_made),
        "transactions_confirmed": count(&tally.confirmed),
        "kept_and_not_yet_reported": count(&tally.unreported),
        "lost": count(&tally.lost),
        "half_written": count(&tally.half_written),
        "seconds": start.elapsed().as_secs(),
    });
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/trust");
    std::fs::create_dir_all(&folder).unwrap();
    let text = serde_json::to_string_pretty(&report).unwrap();
    std::fs::write(folder.join("durability.json"), &text).unwrap();
    println!("{text}");
    assert_eq!((count(&tally.lost), count(&tally.half_written)), (0, 0));
    assert_eq!(count(&tally.kills), kills);
    // They die while they work, too.
    assert!(count(&tally.confirmed) > kills / 4 && count(&tally.early) < kills / 2);
}

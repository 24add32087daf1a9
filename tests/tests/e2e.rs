//! The CLI against a real cluster over JSON-RPC: one token's life, from mint to redemption.
//!
//! `cargo xtask e2e` starts a validator, builds the CLI and sets `UPSIDE_E2E_URL` and
//! `UPSIDE_BIN`. `UPSIDE_E2E_URL=embedded:DIR` works too. Without the variable there is
//! nothing to run against, and the test says so.

use {
    serde_json::Value,
    std::{
        env,
        path::PathBuf,
        process::{Command, Stdio},
        time::{Duration, Instant},
    },
    tempfile::TempDir,
};

/// How long the round of the test is open: a cluster's clock cannot be moved.
const ROUND_SECONDS: u64 = 30;

/// The CLI on a cluster, with a home of its own.
struct Cli {
    binary: PathBuf,
    url: String,
    home: TempDir,
}

impl Cli {
    fn new(binary: PathBuf, url: String) -> Self {
        Cli {
            binary,
            url,
            home: tempfile::tempdir().unwrap(),
        }
    }

    fn run(&self, arguments: &[&str]) -> (i32, Value) {
        let start = Instant::now();
        let output = Command::new(&self.binary)
            .args(arguments)
            .args(["--url", &self.url, "--output", "json", "--yes"])
            .current_dir(self.home.path())
            .env("HOME", self.home.path())
            .env_remove("UPSIDE_URL")
            .stdin(Stdio::null())
            .output()
            .unwrap_or_else(|error| panic!("{}: {error}", self.binary.display()));
        let code = output.status.code().unwrap_or(-1);
        println!(
            "{:>5} ms  exit {code}  upside {}",
            start.elapsed().as_millis(),
            arguments.join(" ")
        );
        let stdout = String::from_utf8_lossy(&output.stdout);
        let answer = serde_json::from_str(&stdout).unwrap_or_else(|error| {
            panic!(
                "{arguments:?}: {error}\n{stdout}{}",
                String::from_utf8_lossy(&output.stderr)
            )
        });
        (code, answer)
    }

    fn ok(&self, arguments: &[&str]) -> Value {
        let (code, answer) = self.run(arguments);
        assert_eq!(code, 0, "{arguments:?}: {answer:#}");
        answer
    }

    fn fails(&self, arguments: &[&str], code: i32, name: &str) {
        let (found, answer) = self.run(arguments);
        assert_eq!(found, code, "{arguments:?}: {answer:#}");
        assert_eq!(answer["error"]["name"], name, "{arguments:?}");
    }

    /// Repeats a command until the cluster's clock lets it pass.
    fn until_ok(&self, arguments: &[&str], refusal: &str) -> Value {
        let start = Instant::now();
        loop {
            let (code, answer) = self.run(arguments);
            if code == 0 {
                return answer;
            }
            assert_eq!(
                answer["error"]["name"], refusal,
                "{arguments:?}: {answer:#}"
            );
            assert!(
                start.elapsed() < Duration::from_secs(120),
                "{arguments:?}: not in two minutes"
            );
            std::thread::sleep(Duration::from_secs(2));
        }
    }

    /// A key with SOL: its file and its address.
    fn actor(&self, name: &str) -> (String, String) {
        let file = format!("{name}.json");
        let made = self.ok(&["keygen", "-o", &file]);
        let address = made["address"].as_str().unwrap().to_string();
        self.ok(&["airdrop", "5", "--to", &address]);
        (file, address)
    }
}

fn amount(value: &Value) -> &str {
    value["amount"]
        .as_str()
        .unwrap_or_else(|| panic!("no amount: {value}"))
}

#[test]
fn a_tokens_life_on_a_cluster() {
    let Some(url) = env::var("UPSIDE_E2E_URL")
        .ok()
        .filter(|url| !url.is_empty())
    else {
        println!("SKIPPED: UPSIDE_E2E_URL names no cluster; `cargo xtask e2e` runs one");
        return;
    };
    let binary = env::var_os("UPSIDE_BIN")
        .expect("UPSIDE_BIN names the CLI to run")
        .into();
    let cli = Cli::new(binary, url);
    main_flow(&cli);
}

/// Issue, back, declare, earn, exit, claim, give, withdraw, redeem, look through.
fn main_flow(cli: &Cli) {
    let (ada, ada_key) = cli.actor("ada");
    let (ben, ben_key) = cli.actor("ben");
    let (cleo, cleo_key) = cli.actor("cleo");
    for (wallet, units) in [(&ada_key, "20000"), (&ben_key, "8000"), (&cleo_key, "3000")] {
        let minted = cli.ok(&["-k", &ada, "mint-quote", units, "--to", wallet]);
        assert_eq!(amount(&minted["amount"]), units);
    }

    let created = cli.ok(&[
        "-k",
        &ada,
        "token",
        "create",
        "Ada Lovelace",
        "ADA",
        "--floor",
        "1000",
        "--reserve",
        "20",
        "--cash-out-tax",
        "5",
        "--bearer-cap",
        "5000",
    ]);
    // A cluster may have other tokens of this symbol: the address is meant.
    let token = created["token"].as_str().unwrap();
    cli.fails(
        &["-k", &ada, "token", "create", "Again", "ADA"],
        3,
        "AlreadyExists",
    );

    back(cli, token, &ada, &ben, &cleo);
    earn(cli, token, &ada, &ben);

    cli.fails(
        &["-k", &ben, "holder", "transfer", token, &cleo_key, "200000"],
        3,
        "InsufficientShares",
    );
    cli.ok(&["-k", &ben, "holder", "transfer", token, &cleo_key, "1000"]);
    cli.ok(&["-k", &ben, "holder", "withdraw", token, "2000"]);
    cli.ok(&["-k", &ben, "holder", "deposit", token, "500"]);
    let redeemed = cli.ok(&["-k", &ben, "redeem", token, "ALL", "--bearer", "--yes"]);
    assert_eq!(amount(&redeemed["shares"]), "1500");
    let quoted = cli.ok(&["-k", &cleo, "redeem", token, "5000", "--dry-run"]);
    assert_eq!(quoted["status"], "simulated");
    let redeemed = cli.ok(&["-k", &cleo, "redeem", token, "5000", "--yes"]);
    assert_eq!(quoted["paid"], redeemed["paid"]);

    let report = cli.ok(&["inspect", token]);
    assert_eq!(amount(&report["supply"]["total"]), "98500");
    assert_eq!(amount(&report["supply"]["held"]), "98500");
    assert_eq!(report["claims"][0]["status"], "exited_in_part");
    assert_eq!(report["rounds"][0]["status"], "settled");
    assert_eq!(report["verified"], false);
    cli.ok(&["token", "list"]);
    pool(cli, token, [&ada, &ada_key], [&ben, &ben_key], &cleo);
}

/// Two people pool their tokens: create, seed, zap in over real transactions with lookup
/// tables, harvest, redeem in kind, look through both levels.
fn pool(cli: &Cli, token: &str, ada: [&str; 2], ben: [&str; 2], cleo: &str) {
    let [ada, ada_key] = ada;
    let [ben, ben_key] = ben;
    let currency = cli.ok(&["token", "show", token])["quote_mint"]
        .as_str()
        .unwrap()
        .to_string();
    let bens = cli.ok(&[
        "-k", ben, "token", "create", "Ben", "BEN", "--quote", &currency,
    ]);
    let bens = bens["token"].as_str().unwrap();
    cli.ok(&["-k", ada, "token", "issue", token, ada_key, "1000"]);
    cli.ok(&["-k", ada, "holder", "open", bens]);
    cli.ok(&["-k", ben, "token", "issue", bens, ada_key, "500"]);
    for (owner, of) in [(ada, token), (ben, bens)] {
        cli.ok(&[
            "-k",
            owner,
            "round",
            "open",
            of,
            "--stage",
            "10000@0.10",
            "--closes",
            "30d",
        ]);
    }
    let created = cli.ok(&["-k", ada, "index", "create", "Makers", "MAKERS"]);
    let index = created["index"].as_str().unwrap();
    let (first, second) = (format!("{token}=600"), format!("{bens}=300"));
    let money = format!("{currency}=100");
    cli.ok(&[
        "-k", ada, "index", "seed", index, "--piece", &first, "--piece", &second, "--piece",
        &money, "--shares", "100",
    ]);
    let zapped = cli.ok(&["-k", cleo, "index", "zap", index, "20"]);
    assert_eq!(zapped["status"], "sent");
    cli.ok(&["-k", cleo, "index", "harvest", index]);
    cli.fails(&["-k", ben, "index", "pause", index], 3, "NotGuardian");
    cli.ok(&["-k", ada, "index", "pause", index]);
    // Nothing stops the way out.
    cli.ok(&["-k", cleo, "index", "redeem", index, "ALL", "--yes"]);
    let report = cli.ok(&["inspect", index]);
    assert_eq!(report["constituents"].as_array().unwrap().len(), 3);
    assert_eq!(report["paused"], true);
    assert_eq!(report["constituents"][0]["token"]["token"], token);
    assert_ne!(ben_key, ada_key);
}

/// A round with a minimum raise, through its escrow.
fn back(cli: &Cli, token: &str, ada: &str, ben: &str, cleo: &str) {
    let closes = format!("{ROUND_SECONDS}s");
    cli.ok(&[
        "-k",
        ada,
        "round",
        "open",
        token,
        "--stage",
        "100000@0.10",
        "--stage",
        "50000@0.20",
        "--min-raise",
        "5000",
        "--closes",
        &closes,
        "--reserve",
        "25",
    ]);
    cli.ok(&["-k", ben, "round", "contribute", token, "8000"]);
    cli.ok(&["-k", ben, "round", "leave", token]);
    let paid = cli.ok(&["-k", ben, "round", "contribute", token, "ALL"]);
    assert_eq!(
        (amount(&paid["paid"]), amount(&paid["shares"])),
        ("8000", "80000")
    );
    cli.ok(&[
        "-k",
        cleo,
        "round",
        "contribute",
        token,
        "3000",
        "--slippage",
        "0",
    ]);
    cli.fails(
        &["-k", ada, "round", "settle", token],
        3,
        "RoundNotSucceeded",
    );
    let closed = cli.until_ok(&["-k", ben, "round", "close", token], "RoundNotOver");
    assert_eq!(closed["succeeded"], true);
    let claimed = cli.ok(&["-k", ben, "round", "collect", token, "--all"]);
    assert_eq!(amount(&claimed["shares"]), "105000");
    cli.fails(
        &["-k", ben, "round", "refund", token, "--all"],
        3,
        "RoundNotFailed",
    );
    let settled = cli.ok(&["-k", ben, "round", "settle", token]);
    assert_eq!(
        (amount(&settled["to_owner"]), amount(&settled["to_reserve"])),
        ("8250", "2750")
    );
}

/// Claims, revenue, an exit above the floor, dividends.
fn earn(cli: &Cli, token: &str, ada: &str, ben: &str) {
    cli.ok(&[
        "-k",
        ada,
        "claim",
        "declare",
        "equity",
        token,
        "Acme Inc.",
        "--units",
        "100",
        "--cost",
        "2000",
        "--uri",
        "https://acme.example/deed",
    ]);
    cli.ok(&[
        "-k", ada, "claim", "declare", "revenue", token, "Lectures", "--share", "15%", "--total",
        "10000", "--ends", "365d",
    ]);
    let paid = cli.ok(&["-k", ada, "revenue", "pay", token, "1", "1000"]);
    assert_eq!(
        (amount(&paid["to_reserve"]), amount(&paid["to_stream"])),
        ("200", "800")
    );
    let exit = cli.ok(&["-k", ada, "claim", "exit", token, "0", "50", "5000"]);
    assert_eq!(amount(&exit["cost"]), "1000");
    assert_eq!(
        (amount(&exit["to_owner"]), amount(&exit["to_reserve"])),
        ("2000", "600")
    );
    // Some seconds of a week's stream are a little, but something.
    let claimed = cli.until_ok(
        &["-k", ben, "dividend", "collect", token],
        "NothingToCollect",
    );
    assert_ne!(claimed["paid"][0]["atoms"], "0");
}

//! Who has no SOL can leave if somebody else pays: rent, too.

mod common;

use common::{Home, amount};

/// Ada with a reserve of 100 and an open round, ben with 100 shares and no SOL, and a payer.
struct Scene {
    home: Home,
    ben: String,
    ben_key: String,
    payer: String,
}

impl Scene {
    fn new() -> Self {
        let home = Home::new();
        home.founder();
        let create = ["token", "create", "Ada", "ADA", "--cap", "1000000"];
        home.ok(&[&create[..], &["--launch", "200000", "--bearer-cap", "ALL"]].concat());
        let ben = home.path("ben.json").display().to_string();
        let made = home.json(&["keygen", "-o", &ben]);
        let ben_key = made["address"].as_str().unwrap().to_string();
        home.ok(&["token", "issue", "ADA", &ben_key, "100"]);
        home.ok(&["reserve", "deposit", "ADA", "100"]);
        let (payer, _) = home.actor("payer");
        Scene {
            home,
            ben,
            ben_key,
            payer,
        }
    }

    fn sol(&self, wallet: &str) -> f64 {
        let shown = self.home.json(&["balance", wallet]);
        amount(&shown["sol"]).parse().unwrap()
    }

    fn paid(&self, arguments: &[&str]) -> serde_json::Value {
        let by = ["-k", &self.ben, "--fee-payer", &self.payer];
        self.home.json(&[&by[..], arguments].concat())
    }
}

#[test]
fn a_wallet_without_sol_leaves_in_every_way() {
    let scene = Scene::new();
    let home = &scene.home;
    // A redemption makes the wallet's account of the currency.
    let dry = scene.paid(&["redeem", "ADA", "10", "--dry-run"]);
    assert!(
        dry["transactions"][0]["rent"].as_u64().unwrap() > 1_000_000,
        "{dry}"
    );
    scene.paid(&["redeem", "ADA", "10"]);
    // Bearer tokens, and back.
    scene.paid(&["holder", "withdraw", "ADA", "5"]);
    scene.paid(&["holder", "deposit", "ADA", "5"]);
    // A sale, and a bid.
    scene.paid(&["sale", "open", "ADA", "5", "2"]);
    scene.paid(&["sale", "cancel", "ADA"]);
    scene.paid(&["bid", "open", "ADA", "1", "1"]);
    scene.paid(&["bid", "cancel", "ADA"]);
    // A round that keeps contributions in an account of the backer's own.
    let open = [
        "round", "open", "ADA", "--stage", "1000@5", "--closes", "30d",
    ];
    home.ok(&[&open[..], &["--min-raise", "50"]].concat());
    home.ok(&["mint-quote", "100", "--to", &scene.ben_key]);
    scene.paid(&["round", "contribute", "ADA", "60"]);
    scene.paid(&["round", "leave", "ADA"]);
    // The program takes that rent from the backer, who has it back.
    let back = scene.sol(&scene.ben_key);
    assert!(back < 0.003, "{back}");
    // A token of one's own takes rent for many accounts.
    let create = ["token", "create", "Ben", "BEN", "--cap", "1000", "--quote"];
    let list = home.json(&["reserve", "list", "ADA"]);
    let mint = list["assets"][0]["mint"].as_str().unwrap();
    scene.paid(&[&create[..], &[mint]].concat());
    assert_eq!(scene.sol(&scene.ben_key), back);
    let (left, began) = (scene.sol(&scene.payer), 10.0);
    assert!(left < began - 0.02 && left > began - 0.2, "{left}");
}

#[test]
fn the_hint_names_who_lacks_lamports() {
    let scene = Scene::new();
    let (home, ben) = (&scene.home, &scene.ben);
    let poor = home.path("poor.json").display().to_string();
    let made = home.json(&["keygen", "-o", &poor]);
    let poor_key = made["address"].as_str().unwrap();
    for (arguments, lacks) in [
        (
            vec!["-k", ben, "redeem", "ADA", "10"],
            scene.ben_key.as_str(),
        ),
        (
            vec!["-k", ben, "--fee-payer", &poor, "redeem", "ADA", "10"],
            poor_key,
        ),
        (
            vec!["--fee-payer", &poor, "token", "pause", "ADA"],
            poor_key,
        ),
    ] {
        let error = home.fails(&arguments, 3, "InsufficientLamports");
        let (message, hint) = (error["message"].as_str(), error["hint"].as_str());
        assert!(message.unwrap().contains(lacks), "{error}");
        assert!(hint.unwrap().contains(lacks), "{error}");
    }
    // Enough for the fee, and not for the rent.
    home.ok(&["airdrop", "0.001", "--to", &poor]);
    let arguments = ["-k", ben, "--fee-payer", &poor, "redeem", "ADA", "10"];
    let error = home.fails(&arguments, 3, "InsufficientLamports");
    assert!(
        error["message"].as_str().unwrap().contains(poor_key),
        "{error}"
    );
}

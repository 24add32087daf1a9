//! An index over many processes on one chain: compose, contribute, rise, rebalance, end.

mod common;
mod pool;

use {
    common::{Home, amount},
    pool::Pool,
    serde_json::Value,
    upside_localnet::{EmbeddedChain, Options},
    upside_sdk::{
        Pubkey,
        index::{fetch, instruction as ix},
        transaction::{SendOptions, TransactionRequest, send_and_confirm},
    },
};

fn atoms(value: &Value) -> u64 {
    value["atoms"].as_str().unwrap().parse().unwrap()
}

#[test]
fn shares_are_contributed_for_and_redeemed() {
    let Pool { home, .. } = Pool::launched(&[]);
    let listed = home.json(&["index", "list"]);
    assert_eq!(listed["indexes"][0]["symbol"], "MAKERS");
    assert_eq!(listed["indexes"][0]["constituents"], 3);

    let dry = home.json(&["index", "contribute", "makers", "10", "--dry-run"]);
    assert_eq!(dry["status"], "simulated");
    let gave = home.json(&["index", "contribute", "MAKERS", "10"]);
    assert_eq!(amount(&gave["shares"]), "10");
    assert_eq!(gave["gave"][0]["name"], "ANN");
    assert_eq!(amount(&gave["gave"][0]), "1");
    assert_eq!(amount(&gave["gave"][2]), "10");

    let paid = home.json(&["index", "redeem", "MAKERS", "505"]);
    assert_eq!(amount(&paid["paid"][1]), "101");
    assert_eq!(paid["stuck"].as_array().unwrap().len(), 0);
    let text = home.ok(&["index", "redeem", "MAKERS", "1", "--leave-dues"]);
    assert!(text.contains("0.2 BOB"), "{text}");
    let shown = home.json(&["index", "show", "MAKERS"]);
    assert_eq!(amount(&shown["supply"]["total"]), "504");
    assert!(shown["constituents"][0].get("token").is_none());

    // Everything but what is locked for good.
    home.ok(&["index", "redeem", "MAKERS", "ALL"]);
    let shown = home.json(&["index", "show", "MAKERS"]);
    assert_eq!(amount(&shown["supply"]["total"]), "0.001");
}

#[test]
fn cash_becomes_shares_and_cash_again() {
    let Pool { home, .. } = Pool::launched(&[]);
    let (backer, key) = home.actor("backer");
    home.ok(&["mint-quote", "1000", "--to", &key]);
    for person in ["ann", "bob"] {
        let file = home.path(&format!("{person}.json")).display().to_string();
        let symbol = person.to_uppercase();
        home.ok(&[
            "-k",
            &file,
            "round",
            "open",
            &symbol,
            "--stage",
            "10000@0.5",
            "--reserve",
            "50%",
            "--closes",
            "100d",
        ]);
    }
    let zapped = home.json(&["-k", &backer, "index", "zap", "MAKERS", "115"]);
    let shares: f64 = amount(&zapped["shares"]).parse().unwrap();
    assert!((99.0..100.5).contains(&shares), "{zapped}");
    assert_eq!(zapped["purchases"].as_array().unwrap().len(), 2);
    assert!(atoms(&zapped["spent"]) <= 115_000_000);
    // So many shares for so much at most.
    let more = [
        "-k", &backer, "index", "zap", "MAKERS", "100", "--shares", "2.5",
    ];
    assert_eq!(amount(&home.json(&more)["shares"]), "2.5");
    let dear = [
        "-k", &backer, "index", "zap", "MAKERS", "1", "--shares", "2.5",
    ];
    home.fails(&dear, 2, "Usage");
    let poor = ["-k", &backer, "index", "zap", "MAKERS", "5000"];
    home.fails(&poor, 3, "InsufficientFunds");

    let out = home.json(&["-k", &backer, "index", "unzap", "MAKERS", "ALL"]);
    assert!(atoms(&out["reserves"][0]) > 0);
    assert_eq!(out["kept"].as_array().unwrap().len(), 0);
}

#[test]
fn a_person_without_money_comes_in_and_rises() {
    let pool = Pool::launched(&["cee"]);
    let home = &pool.home;
    let cee = home.path("cee.json").display().to_string();
    home.fails(
        &[
            "index", "member", "offer", "MAKERS", "CEE", "--gives", "1", "--gets", "1",
        ],
        2,
        "NotFound",
    );
    home.ok(&["index", "add", "MAKERS", "CEE"]);
    home.fails(&["index", "add", "MAKERS", "CEE"], 3, "AlreadyConstituent");
    let offer = |gets: &'static str| {
        [
            "index", "member", "offer", "MAKERS", "CEE", "--gives", "1000", "--gets", gets,
        ]
    };
    home.fails(&offer("500"), 3, "OfferTooLarge");
    let offered = home.json(&offer("10"));
    assert_eq!(offered["nonce"], 1, "{offered}");
    home.ok(&["index", "member", "cancel", "MAKERS", "CEE"]);
    home.ok(&offer("15"));
    let accept = ["-k", &cee, "index", "member", "accept", "MAKERS", "CEE"];
    home.fails(&accept, 3, "NoticePending");
    home.ok(&["warp", "7d"]);
    // Members are different people: an issuer says so.
    home.fails(&accept, 3, "CredentialRequired");
    pool.attest("cee");
    let accepted = home.json(&accept);
    assert_eq!(amount(&accepted["gives"]), "1000");
    assert_eq!(amount(&accepted["gets"]), "7.5");
    assert_eq!(amount(&accepted["locked"]), "7.5");
    home.fails(&accept, 2, "NotFound");

    // Ann's exit reaches everybody: the index, and Cee in equal parts with nobody else.
    pool.exit("ann");
    home.ok(&["warp", "8d"]);
    let shown = home.json(&["index", "show", "MAKERS"]);
    let due = atoms(&shown["constituents"][0]["harvestable"][0]);
    let harvested = home.json(&["index", "harvest", "MAKERS", "ANN"]);
    let line = &harvested["harvests"][0];
    assert_eq!(
        (line["from"].as_str(), atoms(&line["harvested"])),
        (Some("ANN"), due)
    );
    // A tenth of the equal share of 20 %: parts are those of ten members at least.
    assert_eq!(atoms(&line["to_members"]), due / 50);
    home.ok(&["index", "harvest", "MAKERS"]);
    let shown = home.json(&["index", "show", "MAKERS"]);
    let mut slots = shown["constituents"].as_array().unwrap().iter();
    let owed = atoms(&slots.find(|slot| slot["kind"] == "cash").unwrap()["owed_to_members"]);
    let claimed = home.json(&["index", "equal-share", "collect", "MAKERS", "CEE"]);
    // Of several members each collects a part.
    assert!(
        owed > 0 && atoms(&claimed["paid"][0]) <= owed,
        "{shown} {claimed}"
    );
    assert_eq!(atoms(&claimed["paid"][0]), due / 50);
    home.fails(
        &["index", "equal-share", "collect", "MAKERS", "CEE"],
        3,
        "NothingToCollect",
    );

    home.ok(&["-k", &cee, "index", "member", "end", "MAKERS", "CEE"]);
    let early = ["index", "member", "apply-end", "MAKERS", "CEE"];
    home.fails(&early, 3, "NoticePending");
    home.ok(&["warp", "7d"]);
    home.ok(&early);
    let shown = home.json(&["index", "show", "MAKERS"]);
    assert_eq!(shown["memberships"].as_array().unwrap().len(), 0);
    let told = home.ok(&["history", "MAKERS"]);
    for said in [
        "took back the offer to CEE",
        "CEE came in: 1,000 CEE for 15 shares; 7.5 shares stay locked",
        "announced the end of the membership of CEE",
        "the membership of CEE ended",
    ] {
        assert!(told.contains(said), "{said}: {told}");
    }
}

#[test]
fn a_rebalance_is_drafted_sealed_and_traded() {
    let pool = Pool::launched(&[]);
    let home = &pool.home;
    let (bidder, key) = home.actor("bidder");
    home.ok(&["holder", "open", "ANN", "--wallet", &key, "-k", &bidder]);
    home.ok(&["holder", "transfer", "ANN", &key, "500"]);
    let rebalance = |words: &[&'static str]| [&["index", "rebalance"][..], words].concat();
    home.fails(&rebalance(&["show", "MAKERS"]), 2, "NotFound");
    home.fails(&rebalance(&["seal", "MAKERS"]), 2, "NotFound");

    let shown = home.json(&["index", "show", "MAKERS"]);
    let slots = shown["constituents"].as_array().unwrap();
    let cash = slots
        .iter()
        .find(|slot| slot["kind"] != "personal")
        .unwrap();
    let has: f64 = amount(&cash["per_share"]).parse().unwrap();
    let sell = format!("cash={:.6}@1..2", has * 0.9);
    let draft = |sell: &str, more: &[&str]| {
        let words = ["index", "rebalance", "draft", "MAKERS", "--sell", sell];
        let words = words.iter().chain(more).map(|word| (*word).to_string());
        words.collect::<Vec<String>>()
    };
    let fails = |sell: &str, more: &[&str], code, error| {
        let words = draft(sell, more);
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        home.fails(&words, code, error);
    };
    fails(&sell, &[], 2, "Usage");
    fails(&sell, &["--buy", "ANN=1@1..3"], 2, "Usage");
    fails(&sell, &["--buy", "ANN=1@2..1"], 2, "Usage");
    fails(&sell, &["--buy", "cash=1@1..2"], 2, "Usage");
    fails(&sell, &["--buy", "NOBODY=1@1..2"], 2, "NotFound");
    let words = draft(&sell, &["--buy", "ANN=5@1..2"]);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let drafted = home.json(&words);
    let text = home.ok(&rebalance(&["show", "MAKERS"]));
    assert!(text.contains("draft") && text.contains("ANN"), "{text}");

    home.fails(
        &rebalance(&["seal", "MAKERS", "--lasts", "5h"]),
        3,
        "InvalidDuration",
    );
    let sealed = home.json(&rebalance(&["seal", "MAKERS"]));
    assert_eq!(sealed["content"], drafted["content"], "{sealed} {drafted}");
    assert_eq!(sealed["nonce"], 1);
    home.fails(&rebalance(&["seal", "MAKERS"]), 3, "NoDraft");
    home.fails(&words, 3, "RebalanceRunning");
    let bid = [
        "-k",
        &bidder,
        "index",
        "rebalance",
        "bid",
        "MAKERS",
        "10",
        "cash",
        "ANN",
    ];
    home.fails(&bid, 3, "NoticePending");
    home.fails(
        &rebalance(&["tighten", "MAKERS", "cash", "3"]),
        3,
        "NotTighter",
    );
    let tightened = home.json(&rebalance(&["tighten", "MAKERS", "cash", "1.000001"]));
    assert_eq!(tightened["low"], "1.000001");
    home.ok(&["warp", "7d12h"]);
    let shown = home.json(&rebalance(&["show", "MAKERS"]));
    assert_eq!(shown["status"], "open");
    let text = home.ok(&["index", "show", "MAKERS"]);
    assert!(text.contains("Rebalance"), "{text}");
    let taken = home.json(&bid);
    assert_eq!(amount(&taken["got"]), "10");
    assert!(
        (9_900_000..=10_100_000).contains(&atoms(&taken["gave"])),
        "{taken}"
    );
    assert!(taken["basket"].is_null(), "{taken}");
    let none = [
        "-k",
        &bidder,
        "index",
        "rebalance",
        "bid",
        "MAKERS",
        "1",
        "ANN",
        "cash",
    ];
    home.fails(&none, 3, "NotForTrade");
    let same = [
        "-k",
        &bidder,
        "index",
        "rebalance",
        "bid",
        "MAKERS",
        "1",
        "cash",
        "cash",
    ];
    home.fails(&same, 2, "Usage");
    home.fails(
        &["-k", &bidder, "index", "rebalance", "stop", "MAKERS"],
        3,
        "RebalanceNotOver",
    );
    home.ok(&rebalance(&["stop", "MAKERS"]));
    home.fails(&bid, 3, "NotAnnounced");
    let shown = home.json(&rebalance(&["show", "MAKERS"]));
    assert_eq!(shown["status"], "over");
    let told = home.ok(&["history", "MAKERS"]);
    for said in [
        "rebalance 1 of 2 slots was announced",
        "in rebalance 1",
        "ended rebalance 1",
    ] {
        assert!(told.contains(said), "{said}: {told}");
    }
}

#[test]
fn what_is_stuck_or_half_done_is_gone_on_with() {
    let pool = Pool::launched(&["dee"]);
    let home = &pool.home;
    let dee = home.path("dee.json").display().to_string();
    // Dee admits by approval: whoever was not let in cannot be paid in her shares.
    let index = pool.index.as_str();
    home.ok(&["-k", &dee, "holder", "open", "DEE", "--wallet", index]);
    home.ok(&["index", "add", "MAKERS", "DEE"]);
    home.ok(&[
        "index", "member", "offer", "MAKERS", "DEE", "--gives", "1000", "--gets", "15",
    ]);
    home.ok(&["warp", "7d"]);
    pool.attest("dee");
    home.ok(&["-k", &dee, "index", "member", "accept", "MAKERS", "DEE"]);
    let paid = home.json(&["index", "redeem", "MAKERS", "10"]);
    // The curator was let in to seed nothing of Dee, so that part waits.
    assert_eq!(paid["stuck"][0]["name"], "DEE", "{paid}");
    let number = paid["basket"].as_u64().unwrap().to_string();
    let baskets = home.json(&["index", "basket", "list", "MAKERS"]);
    assert_eq!(baskets["baskets"][0]["kind"], "redemption");
    assert_eq!(baskets["baskets"][0]["holds"].as_array().unwrap().len(), 1);
    let founder = pool.founder.as_str();
    home.ok(&["-k", &dee, "holder", "open", "DEE", "--wallet", founder]);
    home.ok(&["index", "basket", "resume", "MAKERS", "--basket", &number]);
    let resume = ["index", "basket", "resume", "MAKERS"];
    home.fails(&resume, 2, "NotFound");

    // A contribution whose process died after the first deposit, twice.
    for cancelled in [false, true] {
        half_way(&pool, 600);
        let baskets = home.json(&["index", "basket", "list", "MAKERS"]);
        assert_eq!(amount(&baskets["baskets"][0]["shares"]), "5");
        assert_eq!(baskets["baskets"][0]["holds"][0]["name"], "ANN");
        let before = supply(home);
        let verb = if cancelled { "cancel" } else { "resume" };
        home.ok(&["index", "basket", verb, "MAKERS"]);
        let more = if cancelled { 0 } else { 5_000_000_000 };
        assert_eq!(supply(home) - before, more);
        assert!(
            home.ok(&["index", "basket", "list", "MAKERS", "--all"])
                .contains("Nothing")
        );
    }
    half_way(&pool, 60);
    home.ok(&["warp", "2m"]);
    home.fails(&resume, 3, "DeadlinePassed");
    home.ok(&["index", "basket", "cancel", "MAKERS"]);
}

fn supply(home: &Home) -> u64 {
    atoms(&home.json(&["index", "show", "MAKERS"])["supply"]["total"])
}

/// Opens a basket for 5 shares and deposits Ann's part only.
fn half_way(pool: &Pool, seconds: i64) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let home = &pool.home;
    let file = home.path(".config/solana/id.json");
    let keypair = solana_keypair::read_keypair_file(file).unwrap();
    let open = || EmbeddedChain::open(&home.chain(), &upside_sdk::programs(), Options::default());
    let chain = open().unwrap();
    let (client, wallet): (_, Pubkey) = (chain.client(), pool.founder.parse().unwrap());
    runtime.block_on(async {
        let index = fetch::find(&client, "MAKERS").await.unwrap();
        let deadline = chain.now() + seconds;
        let instructions = vec![
            ix::open_basket(&index.key, &wallet, 9, 5_000_000_000, deadline),
            ix::deposit(&index, &wallet, 9, vec![(0, 500_000)]).unwrap(),
        ];
        let step = upside_sdk::action::Step::new("half a basket", instructions);
        let request: TransactionRequest<'_, solana_keypair::Keypair> =
            step.request(&wallet, vec![&keypair]);
        let options = SendOptions::default();
        send_and_confirm(&client, &request, &options).await.unwrap();
    });
}

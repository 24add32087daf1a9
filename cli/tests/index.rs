//! An index over many processes on one chain: compose, contribute, rise, rebalance, end.

mod common;
mod pool;

use {
    common::{Home, amount},
    pool::Pool,
    serde_json::Value,
    upside_sdk::{
        Pubkey,
        embedded::{EmbeddedChain, Options},
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
    let text = home.ok(&["index", "redeem", "MAKERS", "1", "--allow-stale"]);
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

    let out = home.json(&[
        "-k",
        &backer,
        "index",
        "redeem",
        "MAKERS",
        "ALL",
        "--to-cash",
    ]);
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
    home.ok(&offer("10"));
    home.ok(&["index", "member", "withdraw", "MAKERS", "CEE"]);
    home.ok(&offer("15"));
    home.fails(&offer("15"), 3, "AlreadyExists");
    let accept = ["-k", &cee, "index", "member", "accept", "MAKERS", "CEE"];
    home.fails(&accept, 3, "OfferNotOpen");
    home.ok(&["warp", "7d"]);
    let accepted = home.json(&accept);
    assert_eq!(amount(&accepted["index_shares"]), "15");
    home.fails(&accept, 3, "WrongMembershipStatus");

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
    assert_eq!(atoms(&line["to_members"]), due / 5);
    home.ok(&["index", "harvest", "MAKERS"]);
    let claimed = home.json(&["index", "equal-share", "claim", "MAKERS", "CEE"]);
    assert_eq!(atoms(&claimed["paid"][0]), due / 5);
    home.fails(
        &["index", "equal-share", "claim", "MAKERS", "CEE"],
        3,
        "NothingToCollect",
    );

    home.ok(&["-k", &cee, "index", "member", "leave", "MAKERS", "CEE"]);
    home.ok(&["index", "member", "close", "MAKERS", "CEE"]);
    let shown = home.json(&["index", "show", "MAKERS"]);
    assert_eq!(shown["memberships"].as_array().unwrap().len(), 0);
}

#[test]
fn weights_are_traded_towards() {
    let pool = Pool::launched(&[]);
    let home = &pool.home;
    let (bidder, key) = home.actor("bidder");
    home.ok(&["holder", "open", "ANN", "--wallet", &key, "-k", &bidder]);
    home.ok(&["holder", "transfer", "ANN", &key, "500"]);
    home.fails(
        &["index", "weights", "apply", "MAKERS"],
        3,
        "NothingToApply",
    );
    home.ok(&[
        "index", "weights", "propose", "MAKERS", "ANN=0.3", "cash=0.5",
    ]);
    let text = home.ok(&["index", "show", "MAKERS"]);
    assert!(
        text.contains("Announced") && text.contains("0.3 ANN"),
        "{text}"
    );
    home.fails(&["index", "weights", "apply", "MAKERS"], 3, "NoticePending");
    home.ok(&["warp", "7d"]);
    let applied = home.json(&["index", "weights", "apply", "MAKERS"]);
    assert_eq!(amount(&applied["weights"][0]), "0.3");

    let open = |extra: &[&'static str]| {
        [
            &["index", "auction", "open", "MAKERS", "cash", "ANN"][..],
            extra,
        ]
        .concat()
    };
    home.fails(&open(&["--from", "1", "--to", "2"]), 2, "Usage");
    home.fails(
        &open(&["--from", "2", "--to", "1", "--starts-in", "1d"]),
        2,
        "Usage",
    );
    home.fails(&open(&["--from", "0", "--to", "0"]), 2, "Usage");
    home.fails(
        &open(&["--from", "2", "--to", "1", "--amount", "800"]),
        3,
        "BeyondTarget",
    );
    let opened = home.json(&open(&["--from", "2", "--to", "0.5", "--amount", "100"]));
    assert_eq!(
        (amount(&opened["from"]), amount(&opened["to"])),
        ("2", "0.5")
    );
    home.fails(&open(&["--from", "2", "--to", "1"]), 3, "PairInAuction");
    let bid = [
        "-k", &bidder, "index", "auction", "bid", "MAKERS", "0", "10",
    ];
    home.fails(&bid, 3, "AuctionNotOpen");
    home.ok(&["warp", "7d12h"]);
    let listed = home.json(&["index", "auction", "list", "MAKERS"]);
    let price: f64 = amount(&listed["auctions"][0]["price"]).parse().unwrap();
    assert!((0.99..1.01).contains(&price), "{listed}");
    let taken = home.json(&bid);
    assert_eq!(amount(&taken["got"]), "10");
    assert!(
        (9_900_000..=10_100_000).contains(&atoms(&taken["gave"])),
        "{taken}"
    );
    assert_eq!(amount(&taken["left"]), "90");
    let all = [
        "-k", &bidder, "index", "auction", "bid", "MAKERS", "7", "ALL",
    ];
    home.fails(&all, 2, "NotFound");
    home.fails(
        &["-k", &bidder, "index", "auction", "close", "MAKERS", "0"],
        3,
        "AuctionNotOver",
    );
    home.ok(&["index", "auction", "close", "MAKERS", "0"]);
    let text = home.ok(&["index", "auction", "list", "MAKERS"]);
    assert!(text.contains("No auctions"), "{text}");
}

#[test]
fn a_curator_governs_under_notice_and_leaves() {
    let pool = Pool::launched(&[]);
    let home = &pool.home;
    let (next, next_key) = home.actor("next");
    home.fails(&["index", "parameters", "propose", "MAKERS"], 2, "Usage");
    let propose = |fee: &'static str| {
        [
            "index",
            "parameters",
            "propose",
            "MAKERS",
            "--management-fee",
            fee,
        ]
    };
    home.fails(&propose("6%"), 3, "InvalidParameters");
    home.ok(&propose("5%"));
    home.fails(
        &["index", "parameters", "apply", "MAKERS"],
        3,
        "NoticePending",
    );
    home.ok(&["warp", "7d"]);
    home.ok(&["-k", &next, "index", "parameters", "apply", "MAKERS"]);
    home.ok(&["warp", "365d"]);
    let fees = home.json(&["index", "fees", "show", "MAKERS"]);
    assert_eq!(fees["management_fee"], "5");
    // Five percent of 1,000 shares in exactly a year, and of the seconds since.
    assert!((50_000_000_000..50_001_000_000).contains(&atoms(&fees["pending"])));
    home.ok(&[
        "index",
        "curator",
        "roles",
        "MAKERS",
        "--fee-recipient",
        &next,
    ]);
    home.ok(&["-k", &next, "index", "fees", "collect", "MAKERS"]);
    home.fails(&["-k", &next, "index", "pause", "MAKERS"], 3, "NotGuardian");
    home.ok(&[
        "index",
        "curator",
        "roles",
        "MAKERS",
        "--guardian",
        &next_key,
    ]);
    home.ok(&["-k", &next, "index", "pause", "MAKERS"]);
    home.fails(&["index", "contribute", "MAKERS", "1"], 3, "Paused");
    home.ok(&["index", "redeem", "MAKERS", "1"]);
    home.fails(
        &["-k", &next, "index", "unpause", "MAKERS"],
        2,
        "MissingSigner",
    );
    home.ok(&["index", "unpause", "MAKERS"]);

    home.ok(&["index", "curator", "propose", "MAKERS", &next_key]);
    home.fails(
        &["index", "curator", "accept", "MAKERS"],
        3,
        "NotPendingCurator",
    );
    home.ok(&["-k", &next, "index", "curator", "accept", "MAKERS"]);
    home.fails(&["index", "wind-down", "MAKERS"], 2, "MissingSigner");
    home.fails(&["index", "sync", "MAKERS"], 3, "NothingToSync");
    let vault = home.json(&["index", "show", "MAKERS"])["constituents"][2].clone();
    assert_eq!(vault["kind"], "cash");
    home.ok(&[
        "mint-quote",
        "5",
        "--to",
        home.json(&["index", "list"])["indexes"][0]["index"]
            .as_str()
            .unwrap(),
    ]);
    let synced = home.json(&["index", "sync", "MAKERS"]);
    assert_eq!(amount(&synced["found"][0]), "5");
    home.ok(&["-k", &next, "index", "wind-down", "MAKERS"]);
    home.fails(&["index", "contribute", "MAKERS", "1"], 3, "NotActive");
    home.ok(&["-k", &next, "index", "curator", "resign", "MAKERS"]);
    let shown = home.json(&["index", "show", "MAKERS"]);
    assert_eq!(
        (shown["status"].as_str(), &shown["curator"]),
        (Some("wind_down"), &Value::Null)
    );
    home.ok(&["index", "redeem", "MAKERS", "ALL"]);
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

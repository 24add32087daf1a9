//! The main job over many processes on one chain: issue, back, earn, redeem.

mod common;

use common::{Home, amount};

#[test]
fn a_token_lives_over_many_processes() {
    let home = Home::new();
    let founder = home.founder();
    let (ben, ben_key) = home.actor("ben");
    let (cleo, cleo_key) = home.actor("cleo");
    for backer in [&ben, &cleo] {
        home.ok(&["mint-quote", "20000", "--to", backer]);
    }

    let created = home.json(&[
        "token",
        "create",
        "Ada Lovelace",
        "ADA",
        "--floor",
        "1000",
        "--reserve",
        "20%",
        "--cash-out-tax",
        "5",
        "--bearer-cap",
        "5000",
        "--cap",
        "1_000_000",
        "--launch",
        "150_000",
    ]);
    assert_eq!(created["status"], "sent");
    assert_eq!(created["creator"], founder.as_str());
    assert!(created["transactions"][0]["signature"].is_string());
    let token = created["token"].as_str().unwrap().to_string();
    let mint = created["mint"].as_str().unwrap().to_string();

    // By symbol in any case, address, mint, owner and keypair file.
    let file = home.path(".config/solana/id.json").display().to_string();
    for name in ["ADA", "ada", &token, &mint, &founder, &file] {
        assert_eq!(home.json(&["token", "show", name])["token"], token.as_str());
    }
    assert_eq!(
        home.json(&["token", "list"])["tokens"][0]["verified"],
        false
    );

    // A round with a minimum raise: in escrow, out again, in again.
    home.ok(&[
        "round",
        "open",
        "ADA",
        "--stage",
        "100000@0.10",
        "--stage",
        "50000@0.20",
        "--min-raise",
        "5000",
        "--closes",
        "30d",
        "--reserve",
        "25",
    ]);
    let put = home.json(&["-k", &ben, "round", "contribute", "ADA", "12000"]);
    assert_eq!(
        (amount(&put["paid"]), amount(&put["shares"])),
        ("12000", "110000")
    );
    assert_eq!(put["escrowed"], true);
    home.ok(&["-k", &ben, "round", "leave", "ADA"]);
    home.ok(&["-k", &ben, "round", "contribute", "ADA", "8000"]);
    home.ok(&[
        "-k",
        &cleo,
        "round",
        "contribute",
        "ADA",
        "3000",
        "--slippage",
        "0",
    ]);
    assert_eq!(
        home.json(&["round", "show", "ADA"])["open_contributions"]
            .as_array()
            .unwrap()
            .len(),
        2
    );
    home.fails(&["round", "close", "ADA"], 3, "RoundNotOver");
    home.ok(&["warp", "30d1s"]);
    let closed = home.json(&["round", "close", "ADA"]);
    assert_eq!(closed["succeeded"], true);
    assert_eq!(
        (amount(&closed["to_owner"]), amount(&closed["to_reserve"])),
        ("8250", "2750")
    );
    let claimed = home.json(&["round", "collect", "ADA", "--all"]);
    assert_eq!(amount(&claimed["shares"]), "105000");
    // Repeating it finds nothing left.
    let again = home.json(&["round", "collect", "ADA", "--all"]);
    assert_eq!(again["transactions"].as_array().unwrap().len(), 0);
    let settled = home.json(&["round", "settle", "ADA"]);
    assert_eq!(amount(&settled["to_owner"]), "8250");

    // Claims with evidence.
    let deed = home.write("deed.pdf", "a deed");
    home.ok(&[
        "claim",
        "declare",
        "equity",
        "ADA",
        "Acme Inc.",
        "--units",
        "100",
        "--cost",
        "2000",
        "--document",
        &deed,
        "--uri",
        "https://acme.example/deed",
    ]);
    home.ok(&[
        "claim", "declare", "revenue", "ADA", "Lectures", "--share", "15%", "--total", "10000",
        "--ends", "365d",
    ]);
    let claims = home.json(&["claim", "list", "ADA"]);
    assert_eq!(claims["claims"][0]["class"], "declared");
    assert_eq!(claims["claims"][1]["kind"], "revenue_share");

    // Revenue streams, an exit above the floor pays holders.
    let paid = home.json(&["revenue", "pay", "ADA", "1", "1000"]);
    assert_eq!(
        (amount(&paid["to_reserve"]), amount(&paid["to_stream"])),
        ("200", "800")
    );
    let exit = home.json(&["claim", "exit", "ADA", "0", "50", "5000"]);
    // It was declared after others bought, and nobody accepted has signed what it cost: that
    // counts as nothing. 1,000 fill the floor, a fifth of the rest goes to the reserve.
    assert_eq!(amount(&exit["cost"]), "0");
    assert_eq!(
        (amount(&exit["to_owner"]), amount(&exit["to_reserve"])),
        ("1000", "800")
    );
    assert_eq!(amount(&exit["to_stream"]), "3200");
    home.ok(&["warp", "8d"]);
    let dividend = home.json(&["-k", &ben, "dividend", "show", "ADA"]);
    let claimed = home.json(&["-k", &ben, "dividend", "collect", "ADA"]);
    assert_eq!(claimed["paid"], dividend["collectable"]);
    home.fails(
        &["-k", &ben, "dividend", "collect", "ADA"],
        3,
        "NothingToCollect",
    );

    // Gifts, the wallet and back, redemption of both kinds.
    home.fails(
        &["-k", &ben, "holder", "transfer", "ADA", &founder, "200000"],
        3,
        "InsufficientShares",
    );
    home.ok(&["-k", &ben, "holder", "transfer", "ADA", &cleo_key, "1000"]);
    home.ok(&["-k", &ben, "holder", "withdraw", "ADA", "2000"]);
    home.ok(&["-k", &ben, "holder", "deposit", "ADA", "500"]);
    let redeemed = home.json(&["-k", &ben, "redeem", "ADA", "ALL", "--bearer", "--yes"]);
    assert_eq!(amount(&redeemed["shares"]), "1500");
    let quoted = home.json(&["-k", &cleo, "redeem", "ADA", "ALL", "--dry-run"]);
    assert_eq!(quoted["status"], "simulated");
    let redeemed = home.json(&["-k", &cleo, "redeem", "ADA", "ALL"]);
    assert_eq!(quoted["paid"], redeemed["paid"]);
    let holding = home.json(&["holder", "show", "ADA", &cleo_key]);
    assert_eq!(amount(&holding["shares"]), "0");

    // What inspect says adds up, and says unverified to people, too.
    let report = home.json(&["inspect", "ADA"]);
    assert_eq!(amount(&report["supply"]["total"]), "77500");
    // The 500 that were deposited warm for a day.
    assert_eq!(amount(&report["supply"]["held"]), "77000");
    assert_eq!(amount(&report["supply"]["warming"]), "500");
    assert_eq!(report["claims"][0]["status"], "exited_in_part");
    assert_eq!(report["verified"], false);
    let ben_holds = report["holders"]
        .as_array()
        .unwrap()
        .iter()
        .find(|h| h["wallet"] == ben_key.as_str());
    assert_eq!(amount(&ben_holds.unwrap()["shares"]), "77500");
    let text = home.ok(&["inspect", "ADA"]);
    for word in [
        "unverified",
        "liquid",
        "attested",
        "stale",
        "declared",
        "Acme Inc.",
        "sha256",
    ] {
        assert!(text.contains(word), "{word} is missing:\n{text}");
    }
    assert!(!text.contains('\u{1b}'), "colours in a pipe");
}

#[test]
fn an_owner_governs_and_hands_over() {
    let home = Home::new();
    home.founder();
    let (guardian, guardian_key) = home.actor("guardian");
    let (next, next_key) = home.actor("next");
    home.ok(&[
        "token",
        "create",
        "Ada",
        "ADA",
        "--transfers",
        "approved",
        "--cap",
        "10000000",
    ]);
    home.ok(&["token", "roles", "ADA", "--guardian", &guardian_key]);
    home.ok(&["-k", &guardian, "token", "pause", "ADA"]);
    home.fails(&["token", "issue", "ADA", &next, "10"], 3, "Paused");
    home.fails(
        &["-k", &guardian, "token", "unpause", "ADA"],
        2,
        "MissingSigner",
    );
    home.ok(&["token", "unpause", "ADA"]);
    home.ok(&["token", "issue", "ADA", &next, "10", "--paid", "1.5"]);
    home.ok(&["holder", "open", "ADA", "--wallet", &guardian]);

    home.fails(
        &["-k", &next, "holder", "transfer", "ADA", &guardian, "4"],
        3,
        "ApprovalRequired",
    );
    home.ok(&["holder", "approve", "ADA", &next, &guardian, "4"]);
    home.ok(&["holder", "revoke", "ADA", &next, &guardian]);
    home.ok(&[
        "holder",
        "approve",
        "ADA",
        &next,
        &guardian,
        "4",
        "--expires",
        "1h",
    ]);
    home.ok(&["-k", &next, "holder", "transfer", "ADA", &guardian, "4"]);
    let mark = home.json(&["holder", "venue", "ADA", &guardian]);
    assert!(mark["effective_at"].is_i64(), "{mark}");
    let give = ["-k", &next, "holder", "transfer", "ADA", &guardian, "1"];
    home.fails(&give, 3, "ApprovalRequired");
    home.ok(&["warp", "7d1s"]);
    home.ok(&["holder", "venue", "ADA", &guardian, "--apply"]);
    home.ok(&give);

    home.fails(
        &["-k", &next, "holder", "withdraw", "ADA", "1"],
        3,
        "BearerCapExceeded",
    );
    home.ok(&["token", "bearer-cap", "ADA", "max"]);
    home.ok(&["-k", &next, "holder", "withdraw", "ADA", "1"]);

    // Others hold shares: another name waits out the notice.
    home.ok(&[
        "token",
        "update",
        "ADA",
        "--symbol",
        "KING",
        "--uri",
        "https://a.example",
    ]);
    home.fails(&["token", "update", "ADA", "--apply"], 3, "NoticePending");
    assert!(home.json(&["token", "show", "ADA"])["uri"].is_null());
    home.ok(&["warp", "7d1s"]);
    home.ok(&["token", "update", "ADA", "--apply"]);
    home.ok(&["token", "transfer-ownership", "KING", &next_key]);
    home.fails(
        &["token", "transfer-ownership", "KING", "--accept"],
        3,
        "NotPendingOwner",
    );
    home.ok(&[
        "-k",
        &next,
        "token",
        "transfer-ownership",
        "KING",
        "--accept",
    ]);
    let shown = home.json(&["token", "show", "KING"]);
    assert_eq!(shown["owner"], next_key.as_str());
    assert_eq!(shown["uri"], "https://a.example");
    // Roles end with a handover: the new owner names their own.
    assert!(shown["guardian"].is_null(), "{shown}");
}

#[test]
fn tokenized_equity_is_kept_released_and_sold() {
    let home = Home::new();
    home.founder();
    let (issuer, issuer_key) = home.actor("issuer");
    let (buyer, buyer_key) = home.actor("buyer");
    let (notary, notary_key) = home.actor("notary");
    home.ok(&["mint-quote", "500", "--to", &buyer_key]);
    home.ok(&["token", "create", "Ada", "ADA", "--cap", "10000000"]);
    let founder = home.json(&["token", "show", "ADA"])["owner"]
        .as_str()
        .unwrap()
        .to_string();
    // Another currency of another key stands for a company's tokens.
    let minted = home.json(&[
        "-k",
        &issuer,
        "mint-quote",
        "100",
        "--decimals",
        "4",
        "--to",
        &founder,
    ]);
    let equity = minted["mint"].as_str().unwrap().to_string();
    assert_ne!(equity, issuer_key);
    // Whose word counts is settled before others hold shares.
    home.ok(&["attester", "add", "ADA", &notary_key]);
    home.ok(&["token", "issue", "ADA", &buyer, "100"]);
    let deed = home.write("deed.pdf", "a deed");
    let declare = ["claim", "declare", "tokenized", "ADA", "Acme"];
    home.ok(&[&declare[..], &["--document", &deed]].concat());
    let deposited = home.json(&[
        "claim", "deposit", "ADA", "0", &equity, "ALL", "--cost", "50",
    ]);
    assert_eq!(amount(&deposited["units"]), "100");
    home.fails(&["claim", "release", "ADA", "0", "25"], 3, "AssetNotListed");
    home.ok(&["reserve", "add", "ADA", &equity]);
    home.ok(&["claim", "release", "ADA", "0", "25.5"]);
    // The rest leaves by an auction for all, from twice to half of what was attested.
    let auction = |start: &'static str, end: &'static str| {
        let announce = ["auction", "announce", "ADA", "0", "ALL"];
        [&announce[..], &["--start", start, "--end", end]].concat()
    };
    home.fails(&auction("160", "40"), 3, "NotAttested");
    let attest = [
        "-k", &notary, "claim", "attest", "ADA", "0", "--value", "80",
    ];
    let of = ["--document", &deed, "--expires", "60d"];
    home.ok(&[&attest[..], &of].concat());
    home.fails(&auction("159", "40"), 3, "AuctionTooCheap");
    let announced = home.json(&auction("160", "40"));
    assert_eq!(amount(&announced["units"]), "74.5");
    let buy = ["-k", &buyer, "auction", "buy", "ADA", "0"];
    home.fails(&[&buy[..], &["ALL", "--yes"]].concat(), 3, "AuctionNotOpen");
    // Half of its seven days after the notice: all of them for 100, and a little less by the
    // seconds that go by between two processes.
    home.ok(&["warp", "252h"]);
    let sold = home.json(&[&buy[..], &["ALL", "--yes"]].concat());
    assert_eq!(amount(&sold["units"]), "74.5");
    let paid: f64 = amount(&sold["paid"]).parse().unwrap();
    assert!((99.9..=100.0).contains(&paid), "{sold}");
    // Nobody accepted has signed a cost: holders get all of it.
    assert_eq!(sold["paid"], sold["to_stream"], "{sold}");
    // A trifle that somebody sends keeps nothing open: it goes to the owner.
    let token = deposited["token"].as_str().unwrap().parse().unwrap();
    let claim = upside_sdk::address::find_claim(&token, 0).0.to_string();
    let send = ["-k", &issuer, "mint-quote", "0.01", "--decimals", "4"];
    home.ok(&[&send[..], &["--to", &claim]].concat());
    home.fails(&["claim", "sync", "ADA", "0"], 3, "NothingToSync");
    let closed = home.json(&["claim", "close", "ADA", "0"]);
    assert_eq!(amount(&closed["left"]), "0.01");
    home.ok(&["reserve", "deposit", "ADA", "10"]);
    let listed = home.json(&["reserve", "list", "ADA"]);
    assert_eq!(amount(&listed["assets"][0]["reserve"]), "10");
    assert_eq!(amount(&listed["assets"][1]["reserve"]), "25.5");
    home.fails(&["reserve", "sync", "ADA"], 3, "NothingToSync");
    let redeemed = home.json(&["-k", &buyer, "redeem", "ADA", "ALL", "--forgo", &equity]);
    assert_eq!(redeemed["paid"].as_array().unwrap().len(), 1);
    assert_eq!(redeemed["forgone"][0], equity.as_str());
}

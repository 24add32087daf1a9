//! Policies, polls and endings on the command line, over many processes.

mod common;

use common::{Home, amount};

fn home() -> (Home, [String; 3]) {
    let home = Home::new();
    home.founder();
    home.ok(&[
        "token",
        "create",
        "Ada Lovelace",
        "ADA",
        "--cash-out-tax",
        "10",
        "--royalty",
        "5",
        "--cap",
        "10000000",
    ]);
    let (ben, ben_key) = home.actor("ben");
    let (cleo, _) = home.actor("cleo");
    for who in [&ben, &cleo] {
        home.ok(&["-k", who, "holder", "open", "ADA"]);
        home.ok(&["mint-quote", "100", "--to", who]);
    }
    home.ok(&["holder", "issue", "ADA", &ben, "60"]);
    home.ok(&["holder", "issue", "ADA", &cleo, "40"]);
    (home, [ben, cleo, ben_key])
}

#[test]
fn holders_are_asked_what_the_owner_cannot_change_alone() {
    let (home, [ben, cleo, ben_key]) = home();
    home.fails(&["token", "relax", "ADA"], 2, "Usage");
    home.fails(
        &["token", "relax", "ADA", "--royalty", "6"],
        3,
        "PollRequired",
    );
    let relaxed = home.json(&["token", "relax", "ADA", "--royalty", "2.5%"]);
    assert_eq!(relaxed["royalty"], "2.5");
    let relaxed = home.json(&["token", "relax", "ADA", "--cap", "5000"]);
    assert_eq!(amount(&relaxed["supply_cap"]), "5000");
    home.fails(&["poll", "show", "ADA"], 2, "NotFound");
    home.ok(&["warp", "1s"]);

    let paper = home.write("why.txt", "The tax rises to twenty percent.");
    let put = |kind: &'static str, value: &'static str| {
        vec!["poll", "put", kind, "ADA", value, "--document", &paper]
    };
    let tax = put("cash-out-tax", "20%");
    let dry: Vec<_> = tax.iter().copied().chain(["--dry-run"]).collect();
    assert_eq!(home.json(&dry)["status"], "simulated");
    let asked = home.json(&tax);
    assert_eq!(asked["poll"], 0);
    assert_eq!(asked["changes"], "cash_out_tax");
    assert_eq!(asked["class"], "against_holders");
    assert_eq!(amount(&asked["eligible"]), "100");
    home.fails(&tax, 3, "PollPlaceTaken");
    home.fails(&put("royalty", "1"), 3, "PollNotNeeded");

    let voted = home.json(&["-k", &ben, "poll", "vote", "ADA", "0", "for"]);
    assert_eq!(voted["wallet"], ben_key.as_str());
    assert_eq!(amount(&voted["weight"]), "60");
    assert_eq!(amount(&voted["in_favor"]), "60");
    let shown = home.json(&["poll", "show", "ADA"]);
    let tally = &shown["tally"];
    assert_eq!(amount(&tally["in_favor"]), "60");
    assert_eq!(amount(&tally["eligible"]), "100");
    assert_eq!(amount(&tally["needed"]), "66.67");
    assert_eq!(amount(&tally["objection"]), "10");
    assert_eq!(
        (tally["passed"].as_bool(), tally["objected"].as_bool()),
        (Some(false), Some(false))
    );
    let text = home.ok(&["poll", "show", "ADA"]);
    assert!(text.contains("████████████░"), "{text}");
    assert!(text.contains("60 of 66.67 shares"), "{text}");
    home.ok(&["-k", &ben, "poll", "vote", "ADA", "0", "withdraw"]);
    home.fails(
        &["-k", &ben, "poll", "vote", "ADA", "0", "withdraw"],
        3,
        "NotAnswered",
    );
    home.fails(&["poll", "vote", "ADA", "0", "for"], 3, "OwnerCannotVote");
    for who in [&ben, &cleo] {
        home.ok(&["-k", who, "poll", "vote", "ADA", "0", "for"]);
    }
    home.fails(&["poll", "apply", "ADA"], 3, "NoticePending");
    for noun in ["token show", "inspect"] {
        let mut call: Vec<_> = noun.split(' ').collect();
        call.push("ADA");
        let text = home.ok(&call);
        assert!(text.contains("Poll 0 of ADA, open"), "{text}");
        assert!(
            text.contains("100 of 100 eligible shares can answer"),
            "{text}"
        );
    }
    home.ok(&["warp", "7d"]);
    home.ok(&["poll", "apply", "ADA"]);
    let terms = &home.json(&["token", "show", "ADA"])["terms"];
    assert_eq!(terms["cash_out_tax"], "20");
    let listed = home.json(&["poll", "list", "ADA"]);
    assert_eq!(listed["polls"][0]["status"], "applied");
    let text = home.ok(&["poll", "list", "ADA"]);
    assert!(text.contains("applied"), "{text}");
    home.ok(&["-k", &ben, "poll", "close", "ADA", "0"]);

    // Taken back by who put it, closed by anybody once it lapsed.
    let drip = put("drip", "14d");
    home.ok(&drip);
    home.fails(&["poll", "close", "ADA"], 3, "PollNotLapsed");
    home.fails(&["-k", &ben, "poll", "cancel", "ADA"], 3, "NotPutter");
    home.ok(&["poll", "cancel", "ADA"]);
    home.ok(&drip);
    home.ok(&["warp", "38d"]);
    home.ok(&["-k", &ben, "poll", "close", "ADA", "2"]);
    let polls = &home.json(&["token", "show", "ADA"])["governance"]["polls"];
    assert_eq!(polls.as_array().map(Vec::len), Some(0));

    // A holder asks for what is for holders, and one sentence of history each.
    let lower = [&["-k", &ben][..], &put("cash-out-tax", "5%")].concat();
    let asked = home.json(&lower);
    assert_eq!(asked["class"], "for_holders");
    for who in [&ben, &cleo] {
        home.ok(&["-k", who, "poll", "vote", "ADA", "3", "for"]);
    }
    home.ok(&["-k", &cleo, "poll", "apply", "ADA", "3"]);
    let told = home.ok(&["history", "ADA"]);
    assert!(told.contains("put poll 3 of the cash-out tax"), "{told}");
    assert!(told.contains("voted for poll 3 with"), "{told}");
    assert!(
        told.contains("poll 3 of the cash-out tax was applied"),
        "{told}"
    );

    // Half of the shares outside: no poll passes, and everybody is told.
    home.ok(&["token", "bearer-cap", "ADA", "max"]);
    home.ok(&["-k", &ben, "holder", "withdraw", "ADA", "50"]);
    let text = home.ok(&["token", "show", "ADA"]);
    assert!(text.contains("no poll against holders passes"), "{text}");
    let voice = &home.json(&["token", "show", "ADA"])["governance"]["voice"];
    assert_eq!(voice["silent"], true);
}

#[test]
fn policies_wait_and_an_executor_winds_up() {
    let (home, [ben, cleo, _]) = home();
    let (heir, heir_key) = home.actor("heir");
    let policy = ["token", "policy", "propose", "ADA", "--transfers", "closed"];
    let announced = home.json(&policy);
    assert_eq!(announced["transfer_policy"], "closed");
    let shown = home.json(&["token", "show", "ADA"]);
    assert_eq!(
        shown["governance"]["announced"]["transfer_policy"],
        "closed"
    );
    assert_eq!(shown["transfer_policy"], "free");
    home.fails(&["token", "policy", "apply", "ADA"], 3, "NoticePending");
    home.ok(&["token", "policy", "cancel", "ADA"]);
    home.fails(&["token", "policy", "apply", "ADA"], 3, "NothingToApply");
    home.ok(&policy);
    home.ok(&["warp", "7d"]);
    home.ok(&["-k", &ben, "token", "policy", "apply", "ADA"]);
    assert_eq!(
        home.json(&["token", "show", "ADA"])["transfer_policy"],
        "closed"
    );

    home.ok(&[
        "claim",
        "declare",
        "equity",
        "ADA",
        "Engines Ltd",
        "--units",
        "1000",
        "--cost",
        "60",
    ]);
    home.ok(&["reserve", "deposit", "ADA", "100"]);
    let named = home.json(&["token", "executor", "set", "ADA", &heir_key]);
    assert_eq!(named["executor"], heir_key.as_str());
    let up = ["-k", &heir, "token", "executor", "wind-up", "ADA"];
    home.fails(&up, 3, "OwnerActive");
    home.ok(&["warp", "300d"]);
    home.ok(&["token", "heartbeat", "ADA"]);
    // Seconds go by between two processes: the suite proves the second itself.
    home.ok(&["warp", "364d"]);
    home.fails(&up, 3, "OwnerActive");
    home.ok(&["warp", "86401s"]);
    home.ok(&up);
    let shown = home.json(&["token", "show", "ADA"]);
    assert_eq!(shown["governance"]["status"], "wind_down");
    assert!(home.ok(&["inspect", "ADA"]).contains("wind-down"));
    home.fails(&["holder", "issue", "ADA", &ben, "1"], 3, "WoundUp");

    // The executor exits in the owner's place.
    let off = ["claim", "write-off", "ADA", "0", "400"];
    home.ok(&[&["-k", &heir][..], &off].concat());
    let exit = ["claim", "exit", "ADA", "0", "ALL", "50"];
    home.ok(&["mint-quote", "50", "--to", &heir]);
    let exited = home.json(&[&["-k", &heir][..], &exit].concat());
    assert_eq!(amount(&exited["proceeds"]), "50");
    home.ok(&["-k", &heir, "claim", "close", "ADA", "0"]);

    // What it cost was never attested: all of the proceeds are holders', and stream.
    assert_eq!(amount(&exited["cost"]), "0");
    assert_eq!(amount(&exited["to_stream"]), "50");
    home.ok(&["warp", "8d"]);
    home.fails(&["-k", &ben, "holder", "close", "ADA"], 3, "HolderNotEmpty");
    for (who, earned, paid) in [(&ben, "30", "60"), (&cleo, "20", "40")] {
        let claimed = home.json(&["-k", who, "dividend", "collect", "ADA"]);
        assert_eq!(amount(&claimed["paid"][0]), earned, "{claimed}");
        let redeemed = home.json(&["-k", who, "redeem", "ADA", "ALL"]);
        assert_eq!(amount(&redeemed["paid"][0]), paid, "{redeemed}");
    }
    home.ok(&["-k", &ben, "holder", "close", "ADA"]);
    home.ok(&["-k", &ben, "holder", "close", "ADA", "--wallet", &cleo]);
}

#[test]
fn holders_sell_custody_that_nobody_attests_and_book_what_was_sent() {
    let (home, [ben, cleo, _]) = home();
    let (issuer, _) = home.actor("issuer");
    let founder = home.json(&["token", "show", "ADA"])["owner"]
        .as_str()
        .unwrap()
        .to_string();
    // Another currency of another key stands for a company's tokens.
    let mint = [
        "-k",
        &issuer,
        "mint-quote",
        "100",
        "--decimals",
        "4",
        "--to",
        &founder,
    ];
    let equity = home.json(&mint)["mint"].as_str().unwrap().to_string();
    let deed = home.write("deed.pdf", "a deed");
    let declare = [
        "claim",
        "declare",
        "tokenized",
        "ADA",
        "Acme",
        "--document",
        &deed,
    ];
    home.ok(&declare);
    home.ok(&[
        "claim", "deposit", "ADA", "0", &equity, "ALL", "--cost", "50",
    ]);
    home.ok(&["warp", "1s"]);
    let paper = home.write("why.txt", "Acme is worth eighty.");
    let ask = |units: &'static str, value: &'static str, over: &'static str| {
        let auction = [
            "poll", "put", "auction", "ADA", "0", units, "--value", value,
        ];
        [&auction[..], &["--over", over, "--document", &paper]].concat()
    };
    home.fails(&ask("ALL", "80", "6d"), 3, "InvalidAuction");
    home.fails(&ask("101", "80", "7d"), 3, "UnitsExceedHeld");
    let asked = home.json(&ask("ALL", "80", "14d"));
    assert_eq!(asked["changes"], "auction");
    assert_eq!(asked["class"], "against_holders");
    assert_eq!(asked["claim"], 0);
    assert_eq!(asked["before"]["figure"], "attested");
    assert!(asked["before"]["value"].is_null());
    let after = &asked["after"];
    assert_eq!(after["figure"], "auction");
    let amounts = ["units", "start", "end"].map(|member| amount(&after[member]).to_string());
    assert_eq!(amounts, ["100", "160", "40"]);
    assert_eq!(after["seconds"], 14 * 86_400);
    for who in [&ben, &cleo] {
        home.ok(&["-k", who, "poll", "vote", "ADA", "0", "for"]);
    }
    home.fails(&["poll", "apply", "ADA"], 3, "NoticePending");
    home.ok(&["warp", "7d"]);
    home.ok(&["-k", &cleo, "poll", "apply", "ADA"]);
    let auction = &home.json(&["claim", "show", "ADA", "0"])["auction"];
    assert_eq!(auction["by_poll"], true, "{auction}");
    assert_eq!(amount(&auction["start"]), "160");
    let told = home.ok(&["history", "ADA"]);
    assert!(told.contains("poll 0 asks for an auction of 100"), "{told}");
    assert!(told.contains("over 14 d"), "{told}");
    assert!(told.contains("was announced by poll 0: from 160"), "{told}");
    home.ok(&["auction", "cancel", "ADA", "0"]);

    // What was sent to a vault: the owner books it alone, holders by a poll.
    let quote = home.json(&["token", "show", "ADA"])["quote_mint"]
        .as_str()
        .unwrap()
        .to_string();
    let book = [
        "poll",
        "put",
        "surplus",
        "ADA",
        &quote,
        "--document",
        &paper,
    ];
    home.fails(&book, 3, "PollNotNeeded");
    let bens = [&["-k", &ben][..], &book].concat();
    home.fails(&bens, 3, "NothingToSync");
    let key = home.json(&["token", "show", "ADA"])["token"]
        .as_str()
        .unwrap()
        .to_string();
    home.ok(&["mint-quote", "7", "--to", &key]);
    let asked = home.json(&bens);
    assert_eq!(asked["class"], "for_holders");
    assert_eq!(amount(&asked["surplus"]), "7");
    for who in [&ben, &cleo] {
        home.ok(&["-k", who, "poll", "vote", "ADA", "1", "for"]);
    }
    home.ok(&["-k", &cleo, "poll", "apply", "ADA", "1"]);
    let listed = home.json(&["reserve", "list", "ADA"]);
    assert_eq!(amount(&listed["assets"][0]["reserve"]), "7");
    let shown = home.json(&["poll", "show", "ADA", "1"]);
    assert_eq!(shown["asset"], quote.as_str());
    assert_eq!(shown["after"]["booked"], true);
}

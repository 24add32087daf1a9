//! Policies, amendments and endings on the command line, over many processes.

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
fn holders_amend_what_the_owner_cannot_change_alone() {
    let (home, [ben, cleo, ben_key]) = home();
    home.fails(&["token", "ease", "ADA"], 2, "Usage");
    home.fails(
        &["token", "ease", "ADA", "--royalty", "6"],
        3,
        "AmendmentRequired",
    );
    let eased = home.json(&["token", "ease", "ADA", "--royalty", "2.5%"]);
    assert_eq!(eased["royalty"], "2.5");
    home.fails(&["amendment", "show", "ADA"], 2, "NotFound");

    let paper = home.write("why.txt", "The tax rises to twenty percent.");
    let tax = [
        "amendment",
        "propose",
        "cash-out-tax",
        "ADA",
        "20%",
        "--document",
        &paper,
    ];
    let dry: Vec<_> = tax.iter().copied().chain(["--dry-run"]).collect();
    assert_eq!(home.json(&dry)["status"], "simulated");
    let proposed = home.json(&tax);
    assert_eq!(proposed["amendment"], 0);
    assert_eq!(proposed["changes"], "cash-out tax");
    home.fails(&tax, 3, "AmendmentOpen");
    let lower = [
        "amendment",
        "propose",
        "royalty",
        "ADA",
        "1",
        "--document",
        &paper,
    ];
    home.fails(&lower, 3, "AmendmentNotNeeded");

    let approved = home.json(&["-k", &ben, "amendment", "approve", "ADA"]);
    assert_eq!(approved["wallet"], ben_key.as_str());
    assert_eq!(amount(&approved["shares"]), "60");
    home.fails(
        &["-k", &ben, "amendment", "approve", "ADA"],
        3,
        "AlreadyApproved",
    );
    let shown = home.json(&["amendment", "show", "ADA"]);
    let tally = &shown["tally"];
    assert_eq!(amount(&tally["approving"]), "60");
    assert_eq!(amount(&tally["eligible"]), "100");
    assert_eq!(
        (tally["passed"].as_bool(), tally["expired"].as_bool()),
        (Some(false), Some(false))
    );
    let text = home.ok(&["amendment", "show", "ADA"]);
    assert!(text.contains("████████████░░░░░░░░"), "{text}");
    assert!(text.contains("60 of 100 shares"), "{text}");
    home.ok(&["-k", &ben, "amendment", "retract", "ADA"]);
    home.fails(
        &["-k", &ben, "amendment", "retract", "ADA"],
        3,
        "NotApproved",
    );
    for who in [&ben, &cleo] {
        home.ok(&["-k", who, "amendment", "approve", "ADA", "0"]);
    }
    home.fails(&["amendment", "apply", "ADA"], 3, "NoticePending");
    for noun in ["token show", "inspect"] {
        let mut call: Vec<_> = noun.split(' ').collect();
        call.push("ADA");
        let text = home.ok(&call);
        assert!(text.contains("Amendment 0 of ADA, open"), "{text}");
    }
    home.ok(&["warp", "7d"]);
    home.ok(&["amendment", "apply", "ADA"]);
    let terms = &home.json(&["token", "show", "ADA"])["terms"];
    assert_eq!(terms["cash_out_tax"], "20");
    let listed = home.json(&["amendment", "list", "ADA"]);
    assert_eq!(listed["amendments"][0]["status"], "applied");
    let text = home.ok(&["amendment", "list", "ADA"]);
    assert!(text.contains("applied"), "{text}");

    // Withdrawn by the owner, expired by anybody.
    let floor = [
        "amendment",
        "propose",
        "floor",
        "ADA",
        "500",
        "--document",
        &paper,
    ];
    home.ok(&floor);
    home.fails(&["amendment", "expire", "ADA"], 3, "AmendmentNotExpired");
    home.fails(&["-k", &ben, "amendment", "withdraw", "ADA"], 3, "NotOwner");
    home.ok(&["amendment", "withdraw", "ADA"]);
    home.ok(&floor);
    home.ok(&["warp", "38d"]);
    home.ok(&["-k", &ben, "amendment", "expire", "ADA"]);
    assert!(home.json(&["token", "show", "ADA"])["governance"]["amendment"].is_null());
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
    home.ok(&["token", "policy", "withdraw", "ADA"]);
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
    assert_eq!(exited["reinvested"], false);
    home.ok(&["-k", &heir, "claim", "close", "ADA", "0"]);

    home.fails(&["-k", &ben, "holder", "close", "ADA"], 3, "HolderNotEmpty");
    for (who, paid) in [(&ben, "60"), (&cleo, "40")] {
        let redeemed = home.json(&["-k", who, "redeem", "ADA", "ALL"]);
        assert_eq!(amount(&redeemed["paid"][0]), paid, "{redeemed}");
    }
    home.ok(&["-k", &ben, "holder", "close", "ADA"]);
    home.ok(&["-k", &ben, "holder", "close", "ADA", "--wallet", &cleo]);
}

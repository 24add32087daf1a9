//! `upside demo`: the same story on every run, on the real program, read back from chain.

mod common;

use {
    common::{Home, amount},
    serde_json::Value,
    upside_sdk::state::{Attestation, Claim, Grant, Holder, Pass},
};

fn actor<'a>(report: &'a Value, name: &str) -> &'a Value {
    let actors = report["actors"].as_array().unwrap();
    actors.iter().find(|actor| actor["name"] == name).unwrap()
}

fn atoms(value: &Value) -> u64 {
    value["atoms"].as_str().unwrap().parse().unwrap()
}

#[test]
fn the_demo_adds_up_and_is_the_same_on_every_run() {
    let home = Home::new();
    let run = |arguments: &[&str]| -> Value {
        let output = home.bare(arguments).output().unwrap();
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        serde_json::from_slice(&output.stdout).unwrap()
    };
    let report = run(&["demo", "--output", "json"]);
    let token = &report["token"];
    assert_eq!(token["symbol"], "ADA");
    assert_eq!(token["rounds"][0]["status"], "settled");
    assert_eq!(token["claims"][0]["status"], "exited_in_part");
    assert_eq!(amount(&token["claims"][1]["received"]), "1400");
    assert_eq!(amount(&token["result"]), "11000");
    // 180,000 and what Cleo's 657.777777 buy at 0.40, less the 5,000 redeemed.
    assert_eq!(amount(&token["supply"]["total"]), "176644.444442");
    assert_eq!(amount(&token["rounds"][1]["raised"]), "657.777777");
    assert_eq!(amount(&token["supply"]["bearer"]), "1000");
    assert_eq!(amount(&actor(&report, "eve")["shares"]), "2500");
    assert_eq!(amount(&actor(&report, "cleo")["bearer"]), "1000");
    // Three quarters of what Cleo's order paid are hers, too.
    assert_eq!(amount(&actor(&report, "ada")["cash"][0]), "13618.333332");

    // Every atom that was put into the story is in a wallet or in the vault.
    let cash = |actor: &Value| {
        actor["cash"]
            .as_array()
            .unwrap()
            .iter()
            .map(atoms)
            .sum::<u64>()
    };
    let wallets: u64 = report["actors"].as_array().unwrap().iter().map(cash).sum();
    let vault = atoms(&token["assets"][0]["balance"]);
    assert_eq!(wallets + vault, 85_000_000_000);

    let again = run(&["demo", "--output", "json-compact"]);
    assert_eq!(again["actors"], report["actors"]);
    for part in ["supply", "backing", "assets", "result", "holders"] {
        assert_eq!(again["token"][part], token[part], "{part}");
    }
    assert!(
        !home.path(".local").exists(),
        "the demo touched the default chain"
    );
}

#[test]
fn the_second_act_adds_up() {
    let home = Home::new();
    let run = || -> Value {
        let output = home.bare(&["demo", "--output", "json"]).output().unwrap();
        assert!(output.status.success());
        serde_json::from_slice(&output.stdout).unwrap()
    };
    let report = run();
    let (index, pool) = (&report["index"], report["pool"].as_array().unwrap());
    assert_eq!(
        (index["symbol"].as_str(), index["status"].as_str()),
        (Some("MAKERS"), Some("active"))
    );
    assert_eq!(index["constituents"].as_array().unwrap().len(), 6);

    // Every share is somebody's or locked; two came in by membership, with half of theirs.
    let held: u64 = pool.iter().map(|member| atoms(&member["shares"])).sum();
    let members = index["memberships"].as_array().unwrap();
    assert_eq!(members.len(), 2);
    for member in members {
        assert_eq!(member["status"], "active");
        assert_eq!(amount(&member["token_shares"]), "20000");
        assert_eq!(amount(&member["locked"]), "12.5");
    }
    let locked: u64 = members.iter().map(|member| atoms(&member["locked"])).sum();
    let supply = &index["supply"];
    assert_eq!(
        held + locked + atoms(&supply["locked"]),
        atoms(&supply["total"])
    );
    assert_eq!(locked, atoms(&supply["for_members"]));
    assert!(index["offers"].as_array().unwrap().is_empty());

    // A backer vetoed the highest fees: they are what they were, and nothing is locked.
    assert_eq!(index["parameters"]["management_fee"], "1");
    assert_eq!(amount(&index["locked"]), "0");

    // Who had nothing has cash now, both the same: the equal share and what was zapped.
    let of = |name: &str| pool.iter().find(|member| member["name"] == name).unwrap();
    let (kofi, lena) = (of("kofi"), of("lena"));
    assert_eq!(kofi["cash"], lena["cash"]);
    let acts = report["acts"].as_array().unwrap();
    let told = |what: &str| {
        let said = acts.iter().filter_map(|act| act["what"].as_str());
        let found = said.filter(|said| said.starts_with(what)).count();
        assert!(found > 0, "nobody {what}");
        found
    };
    // A fifth in ten parts: of 3,308.454134 each of two members has 66.169082.
    assert_eq!(told("claims 66.169082 of the equal share"), 2);
    assert_eq!(told("vetoes with more than a fifth"), 1);
    assert!(atoms(&kofi["cash"]) > 250_000_000);
    assert_eq!(amount(&kofi["shares"]), "12.5");

    // The exit lifted the index: more cash behind a share than the one it started with.
    let cash = index["constituents"].as_array().unwrap();
    let cash = cash.iter().find(|slot| slot["kind"] == "cash").unwrap();
    assert!(atoms(&cash["per_share"]) > 2_000_000, "{cash}");
    // And the backer was paid in kind: shares of all five.
    let noah = of("noah")["people"].as_array().unwrap();
    assert_eq!(noah.len(), 5);
    assert!(noah.iter().all(|person| atoms(&person[1]) > 0));

    let again = run();
    assert_eq!(again["pool"], report["pool"]);
    assert_eq!(again["index"]["backing"], index["backing"]);
}

/// A whole unit of the currency, and a whole share, in atoms.
const ONE: u128 = 1_000_000;

/// The third act's money by hand, in atoms: rita, sam, tess, paul and olga, and what the
/// reserve keeps.
fn by_hand() -> ([u128; 5], u128) {
    // 40,000 shares at 0.25, half of it to the reserve; Rita 24,000, Sam 16,000.
    let (mut rita, mut sam, mut tess) = (4_000 * ONE, 6_000 * ONE, 3_000 * ONE);
    let (mut paul, mut olga, mut reserve) = (0, 5_000 * ONE, 5_000 * ONE);
    // Paul's 7,200 shares bring their part of the 5,000, which 90,000 shares have: 400 out of
    // Olga's endowment, where she puts 1 % more.
    assert_eq!(reserve * 7_200 / 90_000, 400 * ONE);
    reserve += 400 * ONE;
    olga -= 404 * ONE;
    // Rita sells 4,000 for 0.40. She has paid 6,000: nothing is beyond that, and no royalty due.
    rita += 1_600 * ONE;
    tess -= 1_600 * ONE;
    // Sam sells 1,000 into Tess's bid at 0.30.
    sam += 300 * ONE;
    tess -= 300 * ONE;
    // A pass for 400, a quarter of it for holders, a fifth of that for the reserve.
    tess -= 400 * ONE;
    olga += 300 * ONE;
    reserve += 20 * ONE;
    // What the equity cost was attested, but nobody has signed it for a year: it counts as
    // nothing, and 30 % of all 4,000 is for the reserve by the changed terms.
    reserve += 1_200 * ONE;

    let shares = [20_000 * ONE, 15_000 * ONE, 5_000 * ONE];
    let mut left = 97_200 * ONE;
    for (cash, shares) in [&mut rita, &mut sam, &mut tess].into_iter().zip(shares) {
        // Both streams, claimed at once.
        *cash += shares * (80 + 2_800) / 97_200;
        *cash += pay(shares, &mut reserve, &mut left);
    }
    // Paul's grant earned of the first stream while half of it had not vested; what that half
    // earned vested with it, to the fraction of an atom.
    paul += 7_200 * (80 + 2_800) * ONE / 97_200;
    paul += pay(7_200 * ONE, &mut reserve, &mut left);
    assert_eq!(left, 50_000 * ONE);
    ([rita, sam, tess, paul, olga], reserve)
}

/// Redeems without tax.
fn pay(shares: u128, reserve: &mut u128, left: &mut u128) -> u128 {
    let paid = *reserve * shares / *left;
    *reserve -= paid;
    *left -= shares;
    paid
}

/// Lamports of a rent-exempt account of this type.
fn rent<T>() -> u64 {
    (128 + 8 + size_of::<T>() as u64) * 6_960
}

#[test]
fn the_third_act_is_what_a_reckoning_by_hand_says() {
    let home = Home::new();
    let run = || -> Value {
        let output = home.bare(&["demo", "--output", "json"]).output().unwrap();
        assert!(output.status.success());
        serde_json::from_slice(&output.stdout).unwrap()
    };
    let report = run();
    let life = &report["life"];
    let of = |name: &str| {
        let people = life["people"].as_array().unwrap();
        people.iter().find(|person| person["name"] == name).unwrap()
    };
    let cash = |name: &str| u128::from(atoms(&of(name)["cash"]));
    let (expected, reserve) = by_hand();
    let names = ["rita", "sam", "tess", "paul", "olga"];
    assert_eq!(names.map(cash), expected);
    let token = &life["token"];
    assert_eq!(u128::from(atoms(&token["assets"][0]["reserve"])), reserve);
    let vault = u128::from(atoms(&token["assets"][0]["balance"]));
    let everybody: u128 = names.iter().map(|name| cash(name)).sum();
    assert_eq!(
        everybody + vault + cash("sons"),
        27_000 * ONE,
        "nothing is lost"
    );

    // Who holds what at the end, and what became of the terms.
    assert_eq!(amount(&token["supply"]["total"]), "50000");
    assert_eq!(token["supply"]["holders"], 1);
    assert_eq!(of("olga")["open"], true);
    assert!(names[..4].iter().all(|name| of(name)["open"] == false));
    assert_eq!(token["governance"]["status"], "wind_down");
    assert_eq!(token["terms"]["reserve"], "30");
    assert_eq!(token["terms"]["cash_out_tax"], "10");
    assert_eq!(amount(&token["result"]), "4000");
    assert_eq!(token["claims"].as_array().unwrap().len(), 1);
    assert_eq!(amount(&token["claims"][0]["received"]), "100");

    // Verified to those who trust the notary; the copy is not.
    assert_eq!(token["identity"]["status"], "attested");
    assert_eq!(life["copy"]["verified"], false);
    assert_eq!(life["copy"]["looks_like"][0]["token"], token["token"]);
    assert_eq!(token["looks_like"][0]["token"], life["copy"]["token"]);

    // A grant, four holder accounts, a pass, an attestation, a claim.
    let rents = rent::<Grant>() + 4 * rent::<Holder>() + rent::<Pass>();
    let rents = rents + rent::<Attestation>() + rent::<Claim>();
    assert_eq!(atoms(&life["rent_returned"]), rents);

    let told: Vec<&str> = report["acts"]
        .as_array()
        .unwrap()
        .iter()
        .map(|act| act["what"].as_str().unwrap())
        .collect();
    let said = |text: &str| told.iter().filter(|what| what.contains(text)).count();
    for (text, times) in [
        ("66.67 % needed: not passed", 2),
        ("66.67 % needed: a tenth objects", 1),
        ("66.67 % needed: passed", 1),
        ("bids 0.30 each for 1,000 more: 300 wait", 1),
        ("count as attested now", 2),
        ("count as declared now", 1),
        ("a year old: stale", 1),
        ("lets Tess in: 10 evenings", 1),
        ("lets Tess in: 6 evenings", 1),
        ("keeps Tess out: no pass", 1),
        ("keeps Tess out: her pass is expired", 1),
        ("collects 3,600 vested shares", 2),
    ] {
        assert_eq!(said(text), times, "{text}");
    }
    assert_eq!(run()["life"]["people"], life["people"]);
}

#[test]
fn a_demo_that_stays_can_be_gone_on_from() {
    let home = Home::new();
    let url = format!("embedded:{}", home.path("demo").display());
    let answer = home.run(&["demo", "-u", &url]);
    assert_eq!(answer.code, 0, "{}", answer.stderr);
    for line in [
        "redeems 5,000 shares",
        "withdraws 1,000 shares",
        "half of the stream",
        "seeds it with these",
        "accepts: 12.5 shares of MAKERS now",
        "zaps 2,5",
        "vetoes with more than a fifth",
        "of the equal share",
        "in kind",
        "winds the token up",
        "redeems all 20,000 shares for 1,362.139917",
        "sells them to her for 300",
        "a tenth objects",
    ] {
        assert!(answer.stderr.contains(line), "{line}:\n{}", answer.stderr);
    }
    for word in [
        "unverified",
        "Everybody",
        "sha256",
        "friend of Cleo",
        "keys/dan.json",
        "Makers of the future",
        "What they hold of each other",
        "Who was there",
        "fully diluted",
        "went back as accounts closed",
    ] {
        assert!(answer.stdout.contains(word), "{word}:\n{}", answer.stdout);
    }
    let widest = answer.stdout.lines().map(|line| line.chars().count()).max();
    assert!(
        widest.is_some_and(|width| width <= 110),
        "{widest:?} columns"
    );
    let dan = home.path("demo/keys/dan.json").display().to_string();
    let claimed = home.json(&["-u", &url, "-k", &dan, "dividend", "collect", "ADA"]);
    assert_eq!(amount(&claimed["paid"][0]), "328.888888");
    let noah = home.path("demo/keys/noah.json").display().to_string();
    let redeemed = home.json(&["-u", &url, "-k", &noah, "index", "redeem", "MAKERS", "ALL"]);
    assert_eq!(redeemed["paid"].as_array().unwrap().len(), 6);
    home.fails(&["demo", "-u", &url], 2, "Usage");
}

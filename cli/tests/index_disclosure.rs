//! What others can do to a holder of an index, and what its shares really redeem for, is
//! shown before anybody pays: the same facts in every place.

mod common;
mod pool;

use {
    common::{Home, amount},
    pool::Pool,
    serde_json::Value,
};

fn atoms(value: &Value) -> u64 {
    value["atoms"].as_str().unwrap().parse().unwrap()
}

/// A text without its line breaks: sentences are broken to fit a terminal.
fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Who, when and what of every power.
fn acts(disclosure: &Value) -> Vec<String> {
    let word = |power: &Value, member: &str| power[member].as_str().unwrap().to_string();
    let powers = disclosure["powers"].as_array().unwrap().iter();
    let all = ["who", "when", "act"];
    powers
        .map(|power| all.map(|member| word(power, member)).join(" "))
        .collect()
}

fn disclosed(home: &Home) -> Value {
    home.json(&["inspect", "MAKERS"])["disclosure"].clone()
}

#[test]
fn a_contributor_sees_what_the_shares_really_redeem_for() {
    let Pool { home, .. } = Pool::launched(&[]);
    for (name, atoms) in [("ANN", "2500"), ("BOB", "700")] {
        home.ok(&["reserve", "deposit", name, atoms]);
    }
    let contribute = ["index", "contribute", "MAKERS", "10"];
    let dry = home.json(&[&contribute[..], &["--dry-run"]].concat());
    let (got, shown) = (&dry["preview"]["shares"], &dry["preview"]["disclosure"]);
    assert_eq!(got["shares"], dry["shares"]);
    // A contribution of 10 of 1,010, held by whoever has all of it but what is locked.
    assert_eq!(got["part"], "0.99");
    assert_eq!(amount(&dry["preview"]["holding"]["shares"]), "1009.999");
    assert_eq!(*shown, disclosed(&home));
    let dry_text = home.ok(&[&contribute[..], &["--dry-run"]].concat());
    let said = flat(&dry_text);
    for sentence in [
        "What others can do to you",
        "the most in a year",
        "and these for",
        "What it hangs on",
    ] {
        assert!(said.contains(sentence), "{sentence}: {said}");
    }

    // What it says is what comes: redeem the shares, and what they give.
    let gave = home.json(&contribute);
    assert_eq!(gave["preview"]["shares"], *got);
    let paid = home.json(&["index", "redeem", "MAKERS", "10"]);
    let mut cash = 0;
    for (paid, promised) in paid["paid"]
        .as_array()
        .unwrap()
        .iter()
        .zip(got["gives"].as_array().unwrap())
    {
        assert_eq!(paid["atoms"], promised["atoms"]);
        let name = paid["name"].as_str().unwrap();
        cash += if ["ANN", "BOB"].contains(&name) {
            let redeemed = home.json(&["redeem", name, amount(paid)]);
            atoms(&redeemed["paid"][0])
        } else {
            atoms(paid)
        };
    }
    assert_eq!(got["redeems"].as_array().unwrap().len(), 1);
    assert_eq!(atoms(&got["redeems"][0]), cash);
}

#[test]
fn the_same_facts_stand_in_every_place() {
    let pool = Pool::created(&["cee"]);
    let home = &pool.home;
    let cash = format!("{}=1000", pool.mint);
    let seed = [
        "index", "seed", "MAKERS", "--piece", "ANN=100", "--piece", "BOB=200", "--piece", &cash,
        "--shares", "1000",
    ];
    let dry = home.json(&[&seed[..], &["--dry-run"]].concat());
    let launch = &dry["preview"]["disclosure"];
    assert_eq!(dry["preview"]["shares"]["part"], "99.9999");
    home.ok(&seed);
    let shown = disclosed(home);
    assert_eq!(launch["powers"], shown["powers"]);
    assert_eq!(launch["takes"], shown["takes"]);
    assert_eq!(home.json(&["index", "show", "MAKERS"])["disclosure"], shown);

    let all = acts(&shown);
    for wanted in [
        "curator at_once take_fees",
        "curator after_notice raise_fees",
        "curator after_notice trade",
        "admissions after_notice admit_members",
        "launcher at_once tighten",
        "guardian at_once pause",
        "holders at_once veto",
        "holders by_majority replace_curator",
        "persons at_once create_personal_shares",
        "persons after_their_notice stop_personal_shares",
        "anybody after_wait wrap",
    ] {
        assert!(all.iter().any(|act| act == wanted), "{wanted}: {all:?}");
    }
    let person = &shown["slots"][0]["person"];
    assert_eq!(person["symbol"], "ANN");
    assert_eq!(amount(&person["cap"]), "10000000");
    assert_eq!(person["part_of_cap"], "0.001");
    assert_eq!(amount(&shown["voice"]["veto_needs"]), "200");

    // Announced: with its date, its votes, and the highest fees in the line of the year.
    home.ok(&["index", "lock", "MAKERS", "150"]);
    home.ok(&["warp", "3d"]);
    home.ok(&["index", "announce", "MAKERS", "--management-fee", "5%"]);
    home.ok(&["index", "veto", "MAKERS", "1"]);
    let dry = home.json(&["index", "contribute", "MAKERS", "1", "--dry-run"]);
    let announced = &dry["preview"]["disclosure"]["announcements"][0];
    assert_eq!(announced["status"], "waiting");
    assert_eq!(amount(&announced["against"]), "150");
    assert_eq!(announced["actions"][0]["fees"]["management_fee"], "5");
    let text = flat(&home.ok(&["index", "contribute", "MAKERS", "1", "--dry-run"]));
    for said in [
        "fees: 5 % a year",
        "150 of",
        "shares that cancel it are locked against it",
    ] {
        assert!(text.contains(said), "{said}: {text}");
    }
    let inspected = flat(&home.ok(&["inspect", "MAKERS"]));
    for said in [
        "the curator can, after notice of 7 d, unless a fifth vetoes: raise fees",
        "Nobody can take your shares, nor close the exit",
        "the most in a year",
        "Redeems for",
        "head-room",
        "nothing was paid for its shares of people",
    ] {
        assert!(inspected.contains(said), "{said}: {inspected}");
    }
}

#[test]
fn a_zapper_and_a_member_see_them_too() {
    let pool = Pool::launched(&["cee"]);
    let home = &pool.home;
    let (backer, key) = home.actor("backer");
    home.ok(&["mint-quote", "1000", "--to", &key]);
    for person in ["ann", "bob"] {
        let file = home.path(&format!("{person}.json")).display().to_string();
        let symbol = person.to_uppercase();
        let open = ["-k", &file, "round", "open", &symbol];
        let terms = [
            "--stage",
            "10000@0.5",
            "--reserve",
            "50%",
            "--closes",
            "100d",
        ];
        home.ok(&[&open[..], &terms].concat());
    }
    let zap = ["-k", &backer, "index", "zap", "MAKERS", "115"];
    let dry = home.json(&[&zap[..], &["--dry-run"]].concat());
    let preview = &dry["preview"];
    assert_eq!(preview["shares"]["shares"], dry["shares"]);
    assert_eq!(preview["holding"]["shares"], dry["shares"]);
    assert_eq!(preview["disclosure"], disclosed(home));
    // What was paid is put in.
    let before = &preview["disclosure"]["performance"]["by_quote"][0];
    assert_eq!(
        (&before["persons"], &before["without_cost"]),
        (&0.into(), &2.into())
    );
    home.ok(&zap);
    let after = &disclosed(home)["performance"]["by_quote"][0];
    assert_eq!(after["persons"], 2);
    assert!(atoms(&after["put_in"]) > 0 && atoms(&after["redeems"]) > 0);

    let cee = home.path("cee.json").display().to_string();
    home.ok(&["index", "add", "MAKERS", "CEE"]);
    let offer = ["index", "member", "offer", "MAKERS", "CEE"];
    home.ok(&[&offer[..], &["--gives", "1000", "--gets", "15"]].concat());
    home.ok(&["warp", "7d"]);
    pool.attest("cee");
    home.ok(&["index", "harvest", "MAKERS"]);
    let accept = [
        "-k",
        &cee,
        "index",
        "member",
        "accept",
        "MAKERS",
        "CEE",
        "--dry-run",
    ];
    let dry = home.json(&accept);
    let preview = &dry["preview"];
    assert_eq!(amount(&preview["shares"]["shares"]), "15");
    assert_eq!(preview["disclosure"], disclosed(home));
    // Cee's own shares are among what the index shares give.
    let gives = preview["shares"]["gives"].as_array().unwrap();
    assert_eq!(gives.len(), 4);
    assert_eq!(gives[3]["key"], dry["token"]);
}

//! Several transactions, and several faults at random.

use {
    crate::{
        MANY, SEND, STATUSES, Scene,
        hostile::{Fault, Server},
        pool::Pool,
    },
    serde_json::json,
    std::{collections::BTreeMap, path::Path},
};

#[test]
fn a_redemption_is_paid_once() {
    let scene = Scene::new();
    assert_eq!(scene.run(&["round", "contribute", "ADA", "100"]).0, 0);
    let shares = |scene: &Scene| {
        scene.server.calm();
        let (_, shown) = scene.run(&["holder", "show", "ADA"]);
        let shares = shown["shares"]["amount"].as_str();
        shares.unwrap_or_else(|| panic!("{shown}")).to_string()
    };
    assert_eq!(shares(&scene), "100");
    let mut left = 100;
    for (method, fault, times) in [
        (SEND, Fault::DropAfter, 2),
        (SEND, Fault::Twice, 1),
        (SEND, Fault::Lose, 1),
        (STATUSES, Fault::Lie, 1),
    ] {
        scene.server.next(method, fault, times);
        let (code, shown) = scene.run(&["redeem", "ADA", "10", "--yes"]);
        assert_eq!(code, 0, "{fault:?}: {shown}");
        left -= 10;
        assert_eq!(shares(&scene), left.to_string(), "{fault:?}");
    }
    scene.server.next(SEND, Fault::DropAfter, MANY);
    scene.server.next(STATUSES, Fault::DropBefore, MANY);
    let (code, shown) = scene.run(&["redeem", "ADA", "10", "--yes", "--confirm-timeout", "2s"]);
    assert_eq!(code, 6, "{shown}");
    assert_eq!(shares(&scene), (left - 10).to_string());
}

#[test]
fn a_plan_of_several_transactions_goes_on_where_it_stopped() {
    let Pool { home, .. } = Pool::launched(&[]);
    let (backer, key) = home.actor("backer");
    home.ok(&["mint-quote", "1000", "--to", &key]);
    for person in ["ann", "bob"] {
        let file = home.path(&format!("{person}.json")).display().to_string();
        let symbol = person.to_uppercase();
        let open = [
            "-k",
            &file,
            "round",
            "open",
            &symbol,
            "--stage",
            "10000@0.5",
        ];
        home.ok(&[&open[..], &["--reserve", "50%", "--closes", "300d"]].concat());
    }
    let server = Server::start(&home.chain());
    let scene = Scene {
        home,
        server,
        backer,
    };
    let zap = |more: &[&str]| {
        let zap = ["index", "zap", "MAKERS", "115", "--deadline", "300d"];
        scene.run(&[&zap[..], &["--yes"], more].concat())
    };
    let (_, dry) = zap(&["--dry-run"]);
    let steps = dry["transactions"].as_array().unwrap().len();
    assert!(steps > 1, "one transaction is no plan: {dry}");

    let supply = |scene: &Scene| {
        scene.server.calm();
        let (_, shown) = scene.run(&["index", "show", "MAKERS"]);
        shown["supply"]["total"]["atoms"]
            .as_str()
            .unwrap()
            .parse::<u64>()
            .unwrap()
    };
    let first = supply(&scene);

    // The network ends after the first transaction: what landed is told, and what the
    // error prints goes on.
    scene.server.next("simulateTransaction", Fault::Late(0), 1);
    scene
        .server
        .next("simulateTransaction", Fault::DropBefore, MANY);
    let (code, shown) = zap(&[]);
    let error = &shown["error"];
    assert_eq!((code, &error["kind"]), (4, &json!("network")), "{shown}");
    assert_eq!(error["landed"].as_array().unwrap().len(), 1, "{shown}");
    let hint = error["hint"].as_str().unwrap();
    let (_, printed) = hint.split_once("`upside ").unwrap();
    let (printed, _) = printed.split_once('`').unwrap();
    assert_eq!(supply(&scene), first, "no shares yet");
    let words: Vec<&str> = printed.split(' ').collect();
    let more = ["--yes", "--deadline", "300d"];
    let (code, shown) = scene.run(&[&words[..], &more].concat());
    assert_eq!(code, 0, "`upside {printed}`: {shown}");
    let asked: u64 = shown["shares"]["atoms"].as_str().unwrap().parse().unwrap();
    assert_eq!(supply(&scene), first + asked);

    // Answers are lost, and each transaction is executed once.
    let before = supply(&scene);
    scene.server.next(SEND, Fault::DropAfter, 2);
    scene.server.next(STATUSES, Fault::Hide, 3);
    let (code, shown) = zap(&[]);
    assert_eq!(code, 0, "{shown}");
    let asked: u64 = shown["shares"]["atoms"].as_str().unwrap().parse().unwrap();
    assert_eq!(supply(&scene), before + asked);
}

/// Numbers that look random (xorshift).
fn random(dice: &mut u64, below: u64) -> u64 {
    *dice ^= *dice << 13;
    *dice ^= *dice >> 7;
    *dice ^= *dice << 17;
    *dice % below
}

#[test]
fn commands_on_random_bad_networks_do_what_they_say() {
    let faults = [
        Fault::DropBefore,
        Fault::DropAfter,
        Fault::Late(300),
        Fault::Twice,
        Fault::RateLimit(None),
        Fault::RateLimit(Some(1)),
        Fault::BadGateway,
        Fault::Malformed,
        Fault::Truncated,
        Fault::WrongId,
    ];
    let sending = [Fault::BlockhashNotFound, Fault::Behind, Fault::Lose];
    let statuses = [Fault::Hide, Fault::Lie];
    let scene = Scene::new();
    let (mut dice, mut raised) = (0x5eed_5eed_5eed, 0);
    let mut by_kind: BTreeMap<String, u64> = BTreeMap::new();
    let (mut once, mut not, mut unknown, mut wrong) = (0, 0, 0, 0);
    let intents = 24;
    for _ in 0..intents {
        for _ in 0..=random(&mut dice, 3) {
            let (method, own) = match random(&mut dice, 3) {
                0 => (SEND, &sending[..]),
                1 => (STATUSES, &statuses[..]),
                _ => ("*", &[][..]),
            };
            let fitting = [&faults[..], own, own].concat();
            let fault = fitting[random(&mut dice, fitting.len() as u64) as usize];
            let times = [1, 2, 3, 8][random(&mut dice, 4) as usize];
            scene.server.next(method, fault, times);
            *by_kind.entry(format!("{fault:?}")).or_default() += times as u64;
        }
        let (code, shown) = scene.contribute(&["--confirm-timeout", "8s"]);
        let now = scene.raised();
        match (code, now - raised) {
            (0, 1) => once += 1,
            (2..=5, 0) => not += 1,
            (6, 0 | 1) => unknown += 1,
            _ => {
                wrong += 1;
                println!("{code}, {} more: {shown}", now - raised);
            }
        }
        // What may still be under way has its time to land, and does not.
        scene.server.chain.advance(120).unwrap();
        assert_eq!(scene.raised(), now);
        raised = now;
    }
    let report = json!({
        "intents": intents, "faults_at_most": by_kind, "done_once": once,
        "not_done_and_told_so": not, "unknown_and_told_so": unknown, "told_wrong": wrong,
    });
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/trust");
    std::fs::create_dir_all(&folder).unwrap();
    let text = serde_json::to_string_pretty(&report).unwrap();
    std::fs::write(folder.join("network-commands.json"), &text).unwrap();
    println!("{text}");
    assert_eq!(wrong, 0);
    assert!(once > intents / 2);
}

//! One fault after the other.

use {
    crate::{MANY, SEND, STATUSES, Scene, common::Answer, hostile::Fault},
    serde_json::{Value, json},
};

#[test]
fn what_goes_wrong_on_the_way_does_not_keep_an_intent_from_being_done_once() {
    let scene = Scene::new();
    let mut done = 0;
    for (method, fault, times) in [
        (SEND, Fault::DropBefore, 1),
        (SEND, Fault::DropAfter, 1),
        (SEND, Fault::DropAfter, 3),
        (SEND, Fault::Late(1_500), 1),
        (SEND, Fault::Twice, 1),
        (SEND, Fault::RateLimit(None), 2),
        (SEND, Fault::RateLimit(Some(1)), 1),
        (SEND, Fault::BadGateway, 1),
        (SEND, Fault::Malformed, 1),
        (SEND, Fault::Truncated, 1),
        (SEND, Fault::WrongId, 1),
        (SEND, Fault::BlockhashNotFound, 1),
        (SEND, Fault::Behind, 1),
        (SEND, Fault::Lose, 1),
        (STATUSES, Fault::DropBefore, 2),
        (STATUSES, Fault::Malformed, 2),
        (STATUSES, Fault::WrongId, 2),
        (STATUSES, Fault::Hide, 5),
        (STATUSES, Fault::Lie, 1),
        ("getTransaction", Fault::DropAfter, 2),
        ("getTransaction", Fault::Truncated, 1),
        ("simulateTransaction", Fault::Behind, 2),
        ("simulateTransaction", Fault::Malformed, 1),
        ("getLatestBlockhash", Fault::BadGateway, 2),
        ("getMultipleAccounts", Fault::WrongId, 2),
        ("getRecentPrioritizationFees", Fault::RateLimit(Some(1)), 1),
        ("*", Fault::RateLimit(Some(0)), 3),
        ("*", Fault::DropBefore, 2),
    ] {
        scene.server.next(method, fault, times);
        let (code, shown) = scene.contribute(&[]);
        assert_eq!(code, 0, "{method} {fault:?}: {shown}");
        assert_eq!(shown["paid"]["amount"], "1", "{method} {fault:?}");
        done += 1;
        assert_eq!(scene.raised(), done, "{method} {fault:?}");
    }
}

#[test]
fn what_cannot_be_done_is_not_done_and_said_in_clear_words() {
    let scene = Scene::new();
    for (method, fault, kind, name) in [
        ("*", Fault::DropBefore, 4, "Unreachable"),
        ("*", Fault::BadGateway, 4, "Unreachable"),
        ("*", Fault::RateLimit(None), 4, "RateLimited"),
        ("*", Fault::RateLimit(Some(900)), 4, "RateLimited"),
        ("*", Fault::Malformed, 4, "BadAnswer"),
        ("*", Fault::WrongId, 4, "BadAnswer"),
        ("*", Fault::Truncated, 4, "Unreachable"),
        ("*", Fault::Huge, 4, "BadAnswer"),
        ("getMultipleAccounts", Fault::WrongOwner, 2, "WrongAccount"),
        // Metadata that cannot be read names nobody.
        ("getMultipleAccounts", Fault::WrongLength, 2, "NotFound"),
        ("getProgramAccounts", Fault::WrongOwner, 2, "WrongAccount"),
        ("getProgramAccounts", Fault::WrongLength, 2, "WrongAccount"),
        ("getMultipleAccounts", Fault::Garbled, 4, "BadAnswer"),
        ("getProgramAccounts", Fault::Garbled, 4, "BadAnswer"),
        ("simulateTransaction", Fault::Truncated, 4, "Unreachable"),
    ] {
        scene.server.next(method, fault, MANY);
        let start = std::time::Instant::now();
        let (code, shown) = scene.contribute(&[]);
        let error = &shown["error"];
        assert_eq!(error["name"], name, "{method} {fault:?}: {shown}");
        assert_eq!(code, kind, "{method} {fault:?}: {shown}");
        assert!(
            error["message"]
                .as_str()
                .is_some_and(|text| text.len() < 300),
            "{shown}"
        );
        assert!(
            start.elapsed().as_secs() < 60,
            "{fault:?} took {:?}",
            start.elapsed()
        );
        assert_eq!(scene.raised(), 0, "{method} {fault:?}");
    }
    // Gone wrong so often, it still works.
    assert_eq!(scene.contribute(&[]).0, 0);
    assert_eq!(scene.raised(), 1);
}

#[test]
fn what_is_not_known_is_said_not_to_be_and_can_be_looked_up() {
    let scene = Scene::new();
    let unknown = |shown: &Value| {
        let error = &shown["error"];
        assert_eq!(
            (&error["kind"], &error["name"]),
            (&json!("unknown"), &json!("UnknownOutcome"))
        );
        let signature = error["unknown"].as_str().unwrap().to_string();
        let hint = error["hint"].as_str().unwrap().to_string();
        assert!(
            hint.contains(&format!("upside confirm {signature} --until ")),
            "{hint}"
        );
        let (_, until) = hint.split_once("--until ").unwrap();
        let until: String = until.chars().take_while(char::is_ascii_digit).collect();
        (signature, until)
    };

    // It landed, and the network never said so.
    scene.server.next(STATUSES, Fault::Malformed, MANY);
    let (code, shown) = scene.contribute(&["--confirm-timeout", "3s"]);
    assert_eq!(code, 6, "{shown}");
    let (signature, until) = unknown(&shown);
    let (code, found) = scene.run(&["confirm", &signature, "--until", &until]);
    assert_eq!(code, 4, "{found}");
    assert_eq!(scene.raised(), 1);
    let (code, found) = scene.run(&["confirm", &signature, "--until", &until]);
    assert_eq!((code, &found["status"]), (0, &json!("landed")));

    // It was called confirmed, and no chain ever had it.
    scene.server.next(SEND, Fault::Lose, MANY);
    scene.server.next(STATUSES, Fault::Lie, MANY);
    let (code, shown) = scene.contribute(&["--confirm-timeout", "3s"]);
    assert_eq!(code, 6, "{shown}");
    let (signature, until) = unknown(&shown);
    assert_eq!(scene.raised(), 1);
    let (code, found) = scene.run(&["confirm", &signature, "--until", &until]);
    assert_eq!((code, &found["status"]), (6, &json!("open")));
    scene.server.chain.advance(120).unwrap();
    let (code, found) = scene.run(&["confirm", &signature]);
    assert_eq!(
        (code, &found["status"]),
        (6, &json!("open")),
        "nobody said until when"
    );
    let (code, found) = scene.run(&["confirm", &signature, "--until", &until]);
    assert_eq!((code, &found["status"]), (1, &json!("expired")));
    // Now it is safe to repeat it.
    assert_eq!(scene.contribute(&[]).0, 0);
    assert_eq!(scene.raised(), 2);

    // For people, the same in words.
    scene.server.next(SEND, Fault::Hang, 1);
    scene.server.next(STATUSES, Fault::Hide, MANY);
    let arguments = [
        "round",
        "contribute",
        "ADA",
        "1",
        "--confirm-timeout",
        "1s",
        "-u",
    ];
    let more = [scene.server.url.as_str(), "-k", &scene.backer];
    let arguments = [&arguments[..], &more].concat();
    let answer = Answer::of(scene.home.bare(&arguments).output().unwrap());
    assert_eq!(answer.code, 6);
    assert!(
        answer.stderr.contains("its outcome is unknown"),
        "{}",
        answer.stderr
    );
    assert!(
        answer.stderr.contains("do not repeat the command before"),
        "{}",
        answer.stderr
    );
    assert_eq!(scene.raised(), 3);
}

#[test]
fn what_expires_is_said_to_have_and_can_be_repeated() {
    let scene = Scene::new();
    scene.server.next(SEND, Fault::Lose, MANY);
    let (code, shown) = scene.server.hurried(|| scene.contribute(&[]));
    assert_eq!(
        (code, &shown["error"]["name"]),
        (4, &json!("Expired")),
        "{shown}"
    );
    assert!(
        shown["error"]["message"]
            .as_str()
            .unwrap()
            .contains("none can land"),
        "{shown}"
    );
    assert_eq!(scene.raised(), 0);
    // The first version is lost, the second lands.
    scene.server.next(SEND, Fault::Lose, 2);
    let (code, shown) = scene.server.hurried(|| scene.contribute(&[]));
    assert_eq!(code, 0, "{shown}");
    assert_eq!(scene.raised(), 1);
}

/// What a wallet holds is asked of a node, too, not of the embedded chain alone.
#[test]
fn what_a_wallet_holds_is_read_over_a_network() {
    let scene = Scene::new();
    assert_eq!(scene.contribute(&[]).0, 0);
    let (code, balance) = scene.run(&["balance"]);
    assert_eq!(code, 0, "{balance}");
    let tokens = balance["tokens"].as_array().unwrap();
    assert_eq!(tokens[0]["amount"]["amount"], "9999", "{balance}");
    let (code, portfolio) = scene.run(&["portfolio"]);
    assert_eq!(code, 0, "{portfolio}");
    assert_eq!(portfolio["tokens"][0]["symbol"], "ADA", "{portfolio}");
}

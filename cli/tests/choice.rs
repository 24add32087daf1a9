//! Which of several things of one name is meant.

mod common;

use common::{Home, amount};

#[test]
fn an_owner_means_their_own_and_a_reader_the_verified_one() {
    let home = Home::new();
    home.founder();
    home.ok(&["token", "create", "Nina Okafor", "NINA", "--cap", "1000000"]);
    let (fake, _) = home.actor("fake");
    home.ok(&["-k", &fake, "mint-quote", "1"]);
    home.ok(&[
        "-k",
        &fake,
        "token",
        "create",
        "Nina 0kafor",
        "NINA",
        "--cap",
        "1000000",
    ]);
    let own = home.json(&["token", "list"])["tokens"][0].clone();
    let own_key = own["token"].as_str().unwrap();

    // The owner's commands are about their own token, and say so.
    let answer = home.run(&["token", "heartbeat", "NINA"]);
    assert_eq!(answer.code, 0, "{}", answer.stderr);
    assert!(answer.stderr.contains(own_key), "{}", answer.stderr);
    home.ok(&["round", "list", "NINA"]);
    home.ok(&["-k", &fake, "token", "heartbeat", "NINA"]);

    // Others choose, with what it takes to choose.
    let (ben, _) = home.actor("ben");
    let error = home.fails(&["-k", &ben, "inspect", "NINA"], 2, "Ambiguous");
    let message = error["message"].as_str().unwrap();
    for words in [
        own_key,
        "Nina Okafor",
        "Nina 0kafor",
        "1 holder",
        "since 20",
        "unverified",
        "owner",
    ] {
        assert!(message.contains(words), "{words}: {message}");
    }
    home.fails(&["inspect", "NINA"], 2, "Ambiguous");

    // Unless somebody whom they trust vouches for one.
    let (auditor, auditor_key) = home.actor("auditor");
    home.ok(&["-k", &auditor, "identity", "attest", own_key]);
    let answer = home.run(&["-k", &ben, "--trust", &auditor_key, "inspect", "NINA"]);
    assert_eq!(answer.code, 0, "{}", answer.stderr);
    assert!(
        answer.stderr.contains("the verified one"),
        "{}",
        answer.stderr
    );
}

#[test]
fn money_goes_into_the_cheapest_open_round() {
    let home = Home::new();
    home.founder();
    let create = [
        "token", "create", "Ada", "ADA", "--cap", "1000000", "--launch", "200000",
    ];
    home.ok(&create);
    let open = |price: &str| {
        home.ok(&[
            "round",
            "open",
            "ADA",
            "--stage",
            &format!("100@{price}"),
            "--closes",
            "30d",
        ])
    };
    open("2");
    open("5");
    let (ben, ben_key) = home.actor("ben");
    home.ok(&["mint-quote", "100", "--to", &ben_key]);
    let contribute = ["-k", &ben, "round", "contribute", "ADA", "10"];
    let made = home.json(&contribute);
    assert_eq!((&made["round"], amount(&made["shares"])), (&0.into(), "5"));
    let text = home.run(&contribute);
    assert!(text.stderr.contains("round 0 is meant"), "{}", text.stderr);
    let named = home.json(&[&contribute[..], &["--round", "1"]].concat());
    assert_eq!(named["round"], 1);
}

//! What rounds are paid in: SOL, mints of both token programs, and test mints like those of
//! tokenized stocks.

mod common;

use common::{Home, amount};

fn sol(home: &Home, wallet: &str) -> f64 {
    let shown = home.json(&["balance", wallet]);
    amount(&shown["sol"]).parse().unwrap()
}

#[test]
fn sol_is_wrapped_and_unwrapped_where_it_is_paid() {
    let home = Home::new();
    let founder = home.founder();
    let create = [
        "token", "create", "Sol", "SSS", "--cap", "1000000", "--launch", "200000",
    ];
    home.ok(&[&create[..], &["--quote", "sol"]].concat());
    let open = [
        "round",
        "open",
        "SSS",
        "--stage",
        "1000@0.01",
        "--closes",
        "30d",
    ];
    home.ok(&[&open[..], &["--reserve", "50"]].concat());
    let (ben, ben_key) = home.actor("ben");
    let contribute = ["-k", &ben, "round", "contribute", "SSS", "2"];
    home.json(&[&contribute[..], &["--dry-run"]].concat());
    let paid = home.json(&contribute);
    assert_eq!(amount(&paid["paid"]), "2");
    let left = sol(&home, &ben_key);
    assert!((7.9..8.0).contains(&left), "{left}");
    // Nothing stays wrapped.
    let shown = home.json(&["balance", &ben_key]);
    assert_eq!(shown["tokens"].as_array().unwrap().len(), 0, "{shown}");
    // More than there is.
    let error = home.fails(
        &["-k", &ben, "round", "contribute", "SSS", "9"],
        3,
        "InsufficientFunds",
    );
    assert!(
        error["message"].as_str().unwrap().contains("needs 8"),
        "{error}"
    );
    let out = home.json(&["-k", &ben, "redeem", "SSS", "ALL"]);
    assert_eq!(out["paid"].as_array().unwrap().len(), 1, "{out}");
    let back = sol(&home, &ben_key);
    assert!(back > left + 0.9, "{left} {back}");
    let shown = home.json(&["balance", &ben_key]);
    assert_eq!(shown["tokens"].as_array().unwrap().len(), 0, "{shown}");
    // The owner received it wrapped, as others pay to an account that exists.
    let shown = home.json(&["balance", &founder]);
    assert!(shown["tokens"].to_string().contains("So1111"), "{shown}");
    // The whole address means the same.
    let (other, _) = home.actor("other");
    let create = [
        "-k", &other, "token", "create", "Other", "OOO", "--cap", "1000000", "--quote",
    ];
    home.ok(&[
        &create[..],
        &["So11111111111111111111111111111111111111112"],
    ]
    .concat());
}

#[test]
fn test_mints_have_the_extensions_of_tokenized_stocks() {
    let home = Home::new();
    home.founder();
    home.ok(&["token", "create", "Ada", "ADA", "--cap", "1000000"]);
    let stock = [
        "--decimals",
        "8",
        "--extension",
        "seizable",
        "--extension",
        "scaled=10",
        "--extension",
        "pausable",
        "--extension",
        "default-state",
        "--extension",
        "hook",
    ];
    let made = home.json(&[&["mint-quote", "500"][..], &stock].concat());
    let mint = made["mint"].as_str().unwrap();
    assert_eq!(made["made"], true);
    // More of it, by its address and by the same words.
    let more = home.json(&["mint-quote", "5", "--mint", mint]);
    assert_eq!(
        (amount(&more["amount"]), &more["amount"]["ui_amount"]),
        ("0.5", &"5".into())
    );
    assert_eq!(more["made"], false);
    let more = home.json(&[&["mint-quote", "1"][..], &stock].concat());
    assert_eq!(more["mint"], mint);
    let shown = home.json(&["balance"]);
    assert!(shown["tokens"].to_string().contains("\"506\""), "{shown}");
    home.ok(&["reserve", "add", "ADA", mint]);
    home.ok(&["token", "issue", "ADA", ".config/solana/id.json", "1000"]);
    // Amounts are typed and shown as wallets show them; JSON has both.
    let error = home.fails(
        &["reserve", "deposit", "ADA", "507", "--mint", mint],
        3,
        "InsufficientFunds",
    );
    let message = error["message"].as_str().unwrap();
    assert!(
        message.contains("506") && message.contains("507"),
        "{message}"
    );
    let given = home.json(&["reserve", "deposit", "ADA", "100", "--mint", mint]);
    let ten =
        |atoms: &str| serde_json::json!({ "atoms": atoms, "amount": "10", "ui_amount": "100" });
    assert_eq!(given["amount"], ten("1000000000"));
    let shown = home.json(&["inspect", "ADA"]);
    let asset = &shown["assets"][1];
    assert_eq!(asset["reserve"], ten("1000000000"));
    assert_eq!(asset["multiplier"], "10");
    assert_eq!(shown["backing"]["liquid"][0]["ui_amount"], "100");
    let text = home.ok(&["inspect", "ADA"]);
    assert!(text.contains("shown \u{d7}10"), "{text}");
    let page = home.path("ada.html").display().to_string();
    home.ok(&["inspect", "ADA", "--html", &page]);
    let page = std::fs::read_to_string(page).unwrap();
    assert!(
        page.contains("shown \u{d7}10") && page.contains("times 10"),
        "{page}"
    );
    // Who redeems bounds what wallets show, too.
    let bound = |least: &str| format!("{mint}={least}");
    let redeem =
        |least: &str| home.run(&["redeem", "ADA", "100", "--at-least", &bound(least), "--yes"]);
    assert_ne!(redeem("101").code, 0);
    let paid = home.json(&["redeem", "ADA", "ALL", "--dry-run"]);
    assert!(paid.to_string().contains("\"ui_amount\""), "{paid}");

    // Plain ones of both programs, and one that its authority can freeze.
    for more in [
        &["--token-2022"][..],
        &["--freezable"],
        &["--token-2022", "--freezable"],
    ] {
        let made = home.json(&[&["mint-quote", "5"][..], more].concat());
        home.ok(&["mint-quote", "5", "--mint", made["mint"].as_str().unwrap()]);
    }
    let answer = home.run(&["mint-quote", "5", "--extension", "nonsense"]);
    assert_eq!(answer.code, 2);
}

#[test]
fn units_are_written_as_all_amounts_are() {
    let home = Home::new();
    home.founder();
    home.ok(&["token", "create", "Ada", "ADA", "--cap", "1000000"]);
    for (units, shown) in [("1_000", "1000"), ("33.333", "33.333"), ("0.5", "0.5")] {
        let declare = ["claim", "declare", "equity", "ADA", "X", "--units", units];
        let made = home.json(&declare);
        assert_eq!(amount(&made["units"]), shown);
    }
    home.ok(&[
        "product", "open", "ADA", "Ticket", "--pay", "1", "--units", "1_000",
    ]);
    for bad in ["1,000", "1e3", "many", "1__0"] {
        let declare = ["claim", "declare", "equity", "ADA", "X", "--units", bad];
        let error = home.fails(&declare, 2, "InvalidValue");
        assert!(
            error["message"].as_str().unwrap().contains("no amount"),
            "{error}"
        );
    }
    let open = [
        "product", "open", "ADA", "Ticket", "--pay", "1", "--units", "2.5",
    ];
    let error = home.fails(&open, 2, "InvalidValue");
    assert!(
        error["message"].as_str().unwrap().contains("no parts"),
        "{error}"
    );
}

#[test]
fn times_that_nobody_means_are_refused() {
    let home = Home::new();
    home.founder();
    home.ok(&["token", "create", "Ada", "ADA", "--cap", "1000000"]);
    let open = |closes| {
        [
            "round", "open", "ADA", "--stage", "100@1", "--closes", closes,
        ]
    };
    let error = home.fails(&open("@1801418400000"), 2, "InvalidValue");
    let message = error["message"].as_str().unwrap();
    assert!(
        message.contains("59054") && message.contains("milliseconds"),
        "{error}"
    );
    let declare = [
        "claim", "declare", "revenue", "ADA", "R", "--share", "10", "--total", "1000",
    ];
    for ends in [
        "@9223372036854775807",
        "@1801418400000",
        "9999-12-31",
        "500y",
    ] {
        home.fails(
            &[&declare[..], &["--ends", ends]].concat(),
            2,
            "InvalidValue",
        );
    }
    for far in ["3y", "2100-01-01"] {
        let answer = home.run(&open(far));
        assert_ne!(answer.code, 0, "{far}");
    }
    home.ok(&[&declare[..], &["--ends", "10y"]].concat());
}

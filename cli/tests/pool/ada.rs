//! A token with everything that a look-through has to show.

use crate::common::Home;

/// A name that the program takes and a careless page would run.
const NAME: &str = "Ada <img src=x onerror=\"x()\">";

/// A token with rounds, claims of several kinds, streams under way and many holders.
pub fn ada() -> Home {
    let home = Home::new();
    home.founder();
    let (ben, ben_key) = home.actor("ben");
    let (notary, _) = home.actor("notary");
    let (issuer, _) = home.actor("issuer");
    home.ok(&["mint-quote", "20000", "--to", &ben_key]);
    let terms = [
        "--reserve",
        "20%",
        "--cash-out-tax",
        "20",
        "--floor",
        "500",
        "--bearer-cap",
        "5000",
        "--uri",
        "https://ada.example/token.json",
    ];
    home.ok(&[
        &["token", "create", NAME, "ADA", "--cap", "10000000"][..],
        &terms,
    ]
    .concat());
    home.ok(&["attester", "add", "ADA", &notary]);
    for (number, shares) in (0..12).zip([
        9000, 7000, 5000, 4000, 3000, 2000, 1000, 900, 800, 700, 60, 5,
    ]) {
        let file = home
            .path(&format!("holder{number}.json"))
            .display()
            .to_string();
        let made = home.json(&["keygen", "-o", &file]);
        let address = made["address"].as_str().unwrap().to_string();
        home.ok(&["token", "issue", "ADA", &address, &shares.to_string()]);
    }
    let round = [
        "round",
        "open",
        "ADA",
        "--stage",
        "30000@0.10",
        "--stage",
        "20000@0.20",
    ];
    home.ok(&[
        &round[..],
        &["--min-raise", "2000", "--closes", "30d", "--reserve", "60"],
    ]
    .concat());
    home.ok(&["-k", &ben, "round", "contribute", "ADA", "4000"]);
    home.ok(&["warp", "30d1s"]);
    home.ok(&["round", "close", "ADA"]);
    home.ok(&["round", "collect", "ADA", "--all"]);
    home.ok(&["round", "settle", "ADA"]);
    home.ok(&["-k", &ben, "holder", "withdraw", "ADA", "1234.5"]);
    let deed = home.write("deed.pdf", "a deed");
    let equity = [
        "claim",
        "declare",
        "equity",
        "ADA",
        "Acme & Sons",
        "--units",
        "5000",
    ];
    let evidence = [
        "--cost",
        "2500",
        "--document",
        &deed,
        "--uri",
        "https://acme.example/deed",
    ];
    home.ok(&[&equity[..], &evidence].concat());
    let lectures = [
        "claim", "declare", "revenue", "ADA", "Lectures", "--share", "15%",
    ];
    home.ok(&[&lectures[..], &["--total", "10000", "--ends", "365d"]].concat());
    home.ok(&[
        "claim", "declare", "equity", "ADA", "Old Mill", "--units", "10", "--cost", "800",
    ]);
    let founder = home.json(&["token", "show", "ADA"])["owner"]
        .as_str()
        .unwrap()
        .to_string();
    let minted = [
        "-k",
        &issuer,
        "mint-quote",
        "100",
        "--decimals",
        "2",
        "--to",
        &founder,
    ];
    let equity = home.json(&minted)["mint"].as_str().unwrap().to_string();
    home.ok(&["claim", "declare", "tokenized", "ADA", "Beta AG"]);
    home.ok(&[
        "claim", "deposit", "ADA", "3", &equity, "ALL", "--cost", "50",
    ]);
    let attest = [
        "-k", &notary, "claim", "attest", "ADA", "0", "--value", "9876.5",
    ];
    home.ok(&[&attest[..], &["--document", &deed, "--expires", "90d"]].concat());
    home.ok(&["revenue", "pay", "ADA", "1", "1000"]);
    home.ok(&["claim", "exit", "ADA", "0", "1000", "2500"]);
    home.ok(&["warp", "3d"]);
    home.ok(&["-k", &ben, "dividend", "collect", "ADA"]);
    let round = [
        "round",
        "open",
        "ADA",
        "--stage",
        "10000@0.25",
        "--stage",
        "5000@0.4",
    ];
    home.ok(&[
        &round[..],
        &[
            "--stage",
            "5000@0.55",
            "--min-raise",
            "3000",
            "--closes",
            "60d",
        ],
    ]
    .concat());
    home.ok(&["-k", &ben, "round", "contribute", "ADA", "1000"]);
    home
}

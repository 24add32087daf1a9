//! Evidence over many processes: attesters, statements, disputes, reports, losses.

mod common;

use {
    common::{Home, amount},
    serde_json::Value,
};

/// A token with equity and revenue declared, and two attesters of three wanted.
struct Book {
    home: Home,
    deed: String,
    notary: String,
    bank: String,
    bank_key: String,
}

fn book() -> Book {
    let home = Home::new();
    home.founder();
    let (notary, _) = home.actor("notary");
    let (bank, bank_key) = home.actor("bank");
    home.ok(&[
        "token",
        "create",
        "Ada Lovelace",
        "ADA",
        "--cap",
        "10000000",
    ]);
    let deed = home.write("deed.pdf", "a deed");
    let equity = ["claim", "declare", "equity", "ADA", "Acme Inc."];
    let evidence = ["--units", "1_00.00", "--cost", "2000", "--value", "9000"];
    home.ok(&[&equity[..], &evidence, &["--document", &deed]].concat());
    let revenue = ["claim", "declare", "revenue", "ADA", "Lectures"];
    let limits = ["--share", "15%", "--total", "10000", "--ends", "365d"];
    home.ok(&[&revenue[..], &limits].concat());
    home.ok(&["attester", "add", "ADA", &notary, &bank_key]);
    home.ok(&["attester", "threshold", "ADA", "2"]);
    Book {
        home,
        deed,
        notary,
        bank,
        bank_key,
    }
}

impl Book {
    fn class(&self) -> String {
        let claims = self.home.json(&["claim", "list", "ADA"]);
        claims["claims"][0]["class"].as_str().unwrap().to_string()
    }

    fn attest(&self, who: &str) -> Value {
        let attest = ["-k", who, "claim", "attest", "ADA", "0", "--value", "5000"];
        let of = ["--document", &self.deed, "--expires", "30d"];
        self.home.json(&[&attest[..], &of].concat())
    }
}

#[test]
fn a_claim_is_attested_disputed_and_grows_stale() {
    let book = book();
    let home = &book.home;
    assert_eq!(book.class(), "declared");
    let said = book.attest(&book.notary);
    assert_eq!(amount(&said["value"]), "5000");
    assert_eq!(book.class(), "declared", "one of two");
    book.attest(&book.bank);
    assert_eq!(book.class(), "attested");

    let other = home.write("other.pdf", "another deed");
    let differing = ["claim", "attest", "ADA", "0", "--value", "1", "--document"];
    let by_bank = ["-k", &book.bank];
    home.fails(
        &[&by_bank[..], &differing, &[&other]].concat(),
        3,
        "DocumentMismatch",
    );
    // An owner vouches for nothing of their own.
    home.fails(
        &[&differing[..], &[&book.deed]].concat(),
        3,
        "InvalidAttester",
    );

    let reasons = home.write("reasons.txt", "the units were sold twice");
    let dispute = ["claim", "dispute", "ADA", "0", "--reasons", &reasons];
    home.ok(&[&by_bank[..], &dispute].concat());
    assert_eq!(book.class(), "declared", "disputed");
    home.fails(&["claim", "resolve", "ADA", "0"], 3, "NotAttester");
    home.ok(&[&by_bank[..], &["claim", "resolve", "ADA", "0"]].concat());
    assert_eq!(book.class(), "attested");

    home.ok(&["warp", "31d"]);
    assert_eq!(book.class(), "stale");
    book.attest(&book.notary);
    book.attest(&book.bank);
    assert_eq!(book.class(), "attested");
    home.ok(&[&by_bank[..], &["claim", "revoke", "ADA", "0"]].concat());
    assert_eq!(book.class(), "declared");
}

#[test]
fn attesters_are_chosen_first_and_hand_their_seats_over() {
    let book = book();
    let home = &book.home;
    let (clerk, clerk_key) = home.actor("clerk");
    let (stranger, _) = home.actor("stranger");
    book.attest(&book.notary);
    book.attest(&book.bank);
    let said = book.attest(&stranger);
    assert_eq!(said["accepted"], false);
    let listed = home.json(&["claim", "show", "ADA", "0"]);
    let signed = listed["attestations"].as_array().unwrap();
    let accepted: Vec<_> = signed.iter().map(|one| one["accepted"].clone()).collect();
    assert_eq!(accepted, [true, true, false]);
    assert_eq!(amount(&listed["counted_value"]), "5000");
    let by_bank = ["-k", &book.bank];
    let name = ["attester", "successor", "ADA", &clerk_key];
    let named = home.json(&[&by_bank[..], &name].concat());
    assert!(named["effective_at"].is_i64());
    let take = ["-k", &clerk, "attester", "take", "ADA", &book.bank_key];
    home.fails(&take, 3, "NoticePending");
    home.ok(&["warp", "7d1s"]);
    home.ok(&take);
    assert_eq!(book.class(), "declared");
    home.ok(&["attester", "remove", "ADA", &clerk_key]);
    home.ok(&["attester", "threshold", "ADA", "1"]);
    assert_eq!(book.class(), "attested");
}

#[test]
fn claims_change_their_form_and_end() {
    let book = book();
    let home = &book.home;
    let paper = home.write("split.pdf", "ten for one");
    let into = ["claim", "transform", "ADA", "0", "--units", "1000"];
    let changed = home.json(&[&into[..], &["--unit", "share", "--document", &paper]].concat());
    assert_eq!(amount(&changed["held"]), "1000");
    assert_eq!(amount(&changed["cost"]), "2000");
    let off = home.json(&["claim", "write-off", "ADA", "0", "400", "--yes"]);
    assert_eq!(amount(&off["held"]), "600");
    home.fails(
        &["claim", "write-off", "ADA", "0", "601", "--yes"],
        2,
        "Usage",
    );
    home.ok(&["claim", "write-off", "ADA", "0", "ALL", "--yes"]);
    assert_eq!(book.class(), "declared");
}

#[test]
fn reported_revenue_is_due() {
    let book = book();
    let home = &book.home;
    let books = home.write("march.csv", "8200");
    let shown = home.json(&["claim", "show", "ADA", "1"]);
    let first = shown["reports"]["next_period"].as_u64().unwrap();
    let text = |period: u64| format!("{}-{:02}", period / 100, period % 100);
    let after = |period: u64| {
        if period % 100 == 12 {
            period + 89
        } else {
            period + 1
        }
    };
    let (month, next) = (text(first), text(after(first)));
    let report = |month: &str, gross: &str| -> Vec<String> {
        let what = [
            "revenue",
            "report",
            "ADA",
            "1",
            month,
            gross,
            "--evidence",
            &books,
        ];
        what.map(str::to_string).to_vec()
    };
    let run = |words: Vec<String>| {
        let words: Vec<_> = words.iter().map(String::as_str).collect();
        home.json(&words)
    };
    let refused = |words: Vec<String>, code, name: &str| {
        let words: Vec<_> = words.iter().map(String::as_str).collect();
        home.fails(&words, code, name);
    };
    refused(report(&month, "8200"), 3, "MonthNotOver");
    home.ok(&["warp", "31d"]);
    let told = run(report(&month, "8200"));
    assert_eq!(amount(&told["due"]), "1230");
    assert_eq!(amount(&told["unpaid"]), "1230");
    let told = run(report(&month, "8400"));
    assert_eq!(amount(&told["reported_first"]), "8200");
    assert_eq!(amount(&told["due"]), "1260");
    refused(report(&text(after(after(first))), "1"), 3, "InvalidPeriod");
    refused(report("2026-13", "1"), 2, "Usage");
    home.ok(&["mint-quote", "1000"]);
    home.ok(&["revenue", "pay", "ADA", "1", "1000"]);
    home.ok(&["warp", "31d"]);
    let told = run(report(&next, "100"));
    assert_eq!(amount(&told["unpaid"]), "275");
    let shown = home.ok(&["inspect", "ADA"]);
    assert!(shown.contains("260"), "{shown}");
}

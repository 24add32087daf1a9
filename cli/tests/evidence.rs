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
    let evidence = ["--units", "100", "--cost", "2000", "--document", &deed];
    home.ok(&[&equity[..], &evidence].concat());
    let revenue = ["claim", "declare", "revenue", "ADA", "Lectures"];
    let limits = ["--share", "15%", "--total", "10000", "--ends", "365d"];
    home.ok(&[&revenue[..], &limits].concat());
    home.ok(&["token", "attesters", "add", "ADA", &notary]);
    home.ok(&["token", "attesters", "add", "ADA", &bank_key]);
    home.ok(&["token", "attesters", "threshold", "ADA", "2"]);
    Book {
        home,
        deed,
        notary,
        bank,
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
    home.fails(&[&differing[..], &[&book.deed]].concat(), 3, "NotAttester");

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
fn attesters_leave_after_the_notice_only() {
    let book = book();
    let home = &book.home;
    book.attest(&book.notary);
    book.attest(&book.bank);
    home.ok(&["token", "attesters", "remove", "ADA", &book.bank]);
    let lower = home.json(&["token", "attesters", "threshold", "ADA", "1"]);
    assert!(lower["effective_at"].is_i64());
    home.fails(&["token", "attesters", "apply", "ADA"], 3, "NothingToApply");
    assert_eq!(book.class(), "attested");
    home.ok(&["warp", "7d1s"]);
    home.ok(&["-k", &book.bank, "token", "attesters", "apply", "ADA"]);
    // The notary's alone is enough now.
    assert_eq!(book.class(), "attested");
}

#[test]
fn claims_change_their_form_and_end() {
    let book = book();
    let home = &book.home;
    let paper = home.write("split.pdf", "ten for one");
    let into = ["claim", "transform", "ADA", "0", "--units", "1000"];
    let changed = home.json(&[&into[..], &["--unit", "share", "--document", &paper]].concat());
    assert_eq!(changed["held"], 1_000);
    assert_eq!(amount(&changed["cost"]), "2000");
    let off = home.json(&["claim", "write-off", "ADA", "0", "400", "--yes"]);
    assert_eq!(off["held"], 600);
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
    let report = |month| {
        let what = ["revenue", "report", "ADA", "1", month, "8200"];
        [&what[..], &["--evidence", &books]].concat()
    };
    let told = home.json(&report("2026-03"));
    assert_eq!(amount(&told["due"]), "1230");
    assert_eq!(amount(&told["overdue"]), "1230");
    home.fails(&report("2026-03"), 3, "InvalidPeriod");
    home.fails(&report("2026-13"), 2, "Usage");
    home.ok(&["mint-quote", "1000"]);
    home.ok(&["revenue", "pay", "ADA", "1", "1000"]);
    let next = home.json(&report("2026-04"));
    assert_eq!(amount(&next["overdue"]), "1460");
    let shown = home.ok(&["inspect", "ADA"]);
    assert!(shown.contains("1,460"), "{shown}");
}

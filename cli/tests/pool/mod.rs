//! A home with an index over people, put together with the command line.

#![allow(dead_code, reason = "not every test file uses everything")]

use crate::common::Home;

/// A home with an index of Ann, Bob and cash: 0.1, 0.2 and 1 of them a share.
pub struct Pool {
    pub home: Home,
    /// Address of the curator, whose key is the home's own.
    pub founder: String,
    /// The test currency.
    pub mint: String,
    /// Address of the index.
    pub index: String,
}

impl Pool {
    /// Ann and Bob, whose shares the curator has, and `others` who have only their own.
    pub fn launched(others: &[&str]) -> Self {
        let pool = Pool::created(others);
        let (home, cash) = (&pool.home, format!("{}=1000", pool.mint));
        let seeded = home.json(&[
            "index", "seed", "MAKERS", "--piece", "ANN=100", "--piece", "BOB=200", "--piece",
            &cash, "--shares", "1000",
        ]);
        assert_eq!(seeded["yours"]["amount"], "999.999");
        pool
    }

    /// As [`launched`](Self::launched), before the index holds anything.
    pub fn created(others: &[&str]) -> Self {
        let home = Home::new();
        let founder = home.founder();
        let minted = home.json(&["mint-quote", "1"]);
        let mint = minted["mint"].as_str().unwrap().to_string();
        let pool = Pool {
            index: String::new(),
            home,
            founder,
            mint,
        };
        for name in ["ann", "bob"].iter().chain(others) {
            pool.person(name);
        }
        for name in ["ANN", "BOB"] {
            let owner = pool.home.path(&format!("{}.json", name.to_lowercase()));
            let owner = owner.display().to_string();
            pool.home.ok(&["holder", "open", name]);
            pool.home
                .ok(&["-k", &owner, "token", "issue", name, &pool.founder, "10000"]);
        }
        let issuer = pool
            .home
            .json(&["mint-credential", &pool.founder, "founder"]);
        let created = pool.home.json(&[
            "index",
            "create",
            "Makers",
            "MAKERS",
            "--equal-share",
            "20%",
            "--credential",
            issuer["credential"].as_str().unwrap(),
            "--schema",
            issuer["schema"].as_str().unwrap(),
        ]);
        Pool {
            index: created["index"].as_str().unwrap().to_string(),
            ..pool
        }
    }

    /// Makes a person with a token and 10,000 shares of their own. Dee admits by approval.
    fn person(&self, name: &str) {
        let (file, key) = self.home.actor(name);
        let symbol = name.to_uppercase();
        let admission = if name == "dee" { "approved" } else { "open" };
        self.home.ok(&[
            "-k",
            &file,
            "token",
            "create",
            name,
            &symbol,
            "--quote",
            &self.mint,
            "--admission",
            admission,
            "--inactivity",
            "90d",
            "--cap",
            "10000000",
        ]);
        self.home
            .ok(&["-k", &file, "token", "issue", &symbol, &key, "10000"]);
    }

    /// The founder, who is the issuer here, attests who somebody is.
    pub fn attest(&self, name: &str) {
        let file = self.home.path(&format!("{name}.json"));
        let file = file.display().to_string();
        self.home.ok(&["mint-credential", &file, name]);
    }

    /// Somebody who contributed for so many shares of the index; returns the keypair file.
    pub fn backer(&self, name: &str, shares: u32) -> String {
        let home = &self.home;
        let (file, key) = home.actor(name);
        for (person, part) in [("ANN", 10), ("BOB", 5)] {
            let some = (shares / part + 10).to_string();
            home.ok(&["-k", &file, "holder", "open", person]);
            home.ok(&["holder", "transfer", person, &key, &some]);
        }
        home.ok(&["mint-quote", &(shares + 10).to_string(), "--to", &key]);
        home.ok(&[
            "-k",
            &file,
            "index",
            "contribute",
            "MAKERS",
            &shares.to_string(),
        ]);
        file
    }

    /// Equity of a person that cost nothing exits for 4,000, which the founder pays.
    pub fn exit(&self, name: &str) {
        let file = self
            .home
            .path(&format!("{name}.json"))
            .display()
            .to_string();
        let symbol = name.to_uppercase();
        self.home.ok(&[
            "-k",
            &file,
            "claim",
            "declare",
            "equity",
            &symbol,
            "Acme Inc.",
            "--units",
            "10",
            "--cost",
            "0",
        ]);
        let payer = self.home.path(".config/solana/id.json");
        let payer = payer.display().to_string();
        self.home.ok(&[
            "-k", &file, "claim", "exit", &symbol, "0", "ALL", "4000", "--payer", &payer,
        ]);
    }
}

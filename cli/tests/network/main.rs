//! Whole commands over a network that loses, delays and misreports: nothing is done
//! twice, and what is not known is said not to be.

#[path = "../common/mod.rs"]
mod common;
mod faults;
mod hostile;
mod plans;
#[path = "../pool/mod.rs"]
mod pool;

use {
    common::{Answer, Home},
    hostile::Server,
    serde_json::Value,
};

const SEND: &str = "sendTransaction";
const STATUSES: &str = "getSignatureStatuses";
const MANY: usize = 10_000;

/// Ada with an open round, on a chain behind a bad network.
struct Scene {
    home: Home,
    server: Server,
    /// Whose key pays.
    backer: String,
}

impl Scene {
    fn new() -> Self {
        let home = Home::new();
        home.founder();
        home.ok(&["token", "create", "Ada", "ADA", "--cap", "10000000"]);
        let stage = [
            "--stage",
            "100000@1",
            "--reserve",
            "50%",
            "--closes",
            "300d",
        ];
        home.ok(&[&["round", "open", "ADA"], &stage[..]].concat());
        let (backer, key) = home.actor("backer");
        home.ok(&["mint-quote", "10000", "--to", &key]);
        let server = Server::start(&home.chain());
        Scene {
            home,
            server,
            backer,
        }
    }

    fn run(&self, arguments: &[&str]) -> (i32, Value) {
        let url = ["-u", &self.server.url, "-k", &self.backer];
        let url = [&url[..], &["--output", "json-compact"]].concat();
        let arguments = [arguments, &url].concat();
        let answer = Answer::of(self.home.bare(&arguments).output().unwrap());
        let text = format!("{arguments:?}: {}{}", answer.stdout, answer.stderr);
        assert!(!text.contains("panicked"), "{text}");
        let shown = serde_json::from_str(&answer.stdout);
        (answer.code, shown.unwrap_or_else(|_| panic!("{text}")))
    }

    /// Puts one in.
    fn contribute(&self, more: &[&str]) -> (i32, Value) {
        let one = ["round", "contribute", "ADA", "1", "--deadline", "300d"];
        self.run(&[&one[..], more].concat())
    }

    /// How many whole units the round has raised.
    fn raised(&self) -> u64 {
        self.server.calm();
        let (code, shown) = self.run(&["round", "show", "ADA"]);
        assert_eq!(code, 0, "{shown}");
        let raised = shown["raised"]["atoms"].as_str();
        let raised = raised.unwrap_or_else(|| panic!("{shown}"));
        raised.parse::<u64>().unwrap() / 1_000_000
    }
}

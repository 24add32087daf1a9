//! Runs the binary in a home of its own: every call is a process of its own.

#![allow(dead_code, reason = "not every test file uses everything")]

use {
    serde_json::Value,
    std::{
        ffi::OsString,
        fs,
        path::PathBuf,
        process::{Child, Command, Output, Stdio},
    },
    tempfile::TempDir,
};

/// A home with a chain in it.
pub struct Home {
    dir: TempDir,
}

/// What one call came to.
pub struct Answer {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Home {
    pub fn new() -> Self {
        Home {
            dir: tempfile::tempdir().unwrap(),
        }
    }

    /// A path in it.
    pub fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    /// The folder of its chain.
    pub fn chain(&self) -> PathBuf {
        self.path("chain")
    }

    /// A command on its chain.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = self.bare(arguments);
        command.env("UPSIDE_URL", format!("embedded:{}", self.chain().display()));
        command
    }

    /// A command that is not told which chain, by somebody who agrees to everything.
    pub fn bare(&self, arguments: &[&str]) -> Command {
        self.silent(&[&["--yes"], arguments].concat())
    }

    /// As [`bare`](Self::bare), by somebody who has not agreed to anything.
    pub fn silent(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_upside"));
        command
            .args(arguments)
            .current_dir(self.dir.path())
            .env_clear()
            .env("HOME", self.dir.path())
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .envs(counters())
            .stdin(Stdio::null());
        command
    }

    /// Runs a command to its end.
    pub fn run(&self, arguments: &[&str]) -> Answer {
        Answer::of(self.command(arguments).output().unwrap())
    }

    /// Starts a command.
    pub fn start(&self, arguments: &[&str]) -> Child {
        let mut command = self.command(arguments);
        command
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap()
    }

    /// Runs a command that has to succeed.
    pub fn ok(&self, arguments: &[&str]) -> String {
        let answer = self.run(arguments);
        assert_eq!(
            answer.code, 0,
            "{arguments:?}\n{}{}",
            answer.stdout, answer.stderr
        );
        answer.stdout
    }

    /// As [`ok`](Self::ok), as JSON.
    pub fn json(&self, arguments: &[&str]) -> Value {
        let mut arguments = arguments.to_vec();
        arguments.extend(["--output", "json"]);
        let text = self.ok(&arguments);
        serde_json::from_str(&text).unwrap_or_else(|error| panic!("{arguments:?}: {error}\n{text}"))
    }

    /// Runs a command that has to fail with this code and name, and returns the error.
    pub fn fails(&self, arguments: &[&str], code: i32, name: &str) -> Value {
        let mut arguments = arguments.to_vec();
        arguments.extend(["--output", "json-compact"]);
        let answer = self.run(&arguments);
        let tell = || format!("{arguments:?}\n{}{}", answer.stdout, answer.stderr);
        assert_eq!(answer.code, code, "{}", tell());
        let error: Value =
            serde_json::from_str(&answer.stdout).unwrap_or_else(|_| panic!("{}", tell()));
        // A command line that does not parse has a name of its own for each way.
        match name {
            "Usage" => assert_eq!(error["error"]["kind"], "usage", "{}", tell()),
            _ => assert_eq!(error["error"]["name"], name, "{}", tell()),
        }
        assert!(
            error["error"]["message"]
                .as_str()
                .is_some_and(|text| !text.is_empty())
        );
        error["error"].clone()
    }

    /// Makes a keypair file with SOL and returns its path and address.
    pub fn actor(&self, name: &str) -> (String, String) {
        let path = self.path(&format!("{name}.json")).display().to_string();
        let made = self.json(&["keygen", "-o", &path]);
        let address = made["address"].as_str().unwrap().to_string();
        self.ok(&["airdrop", "10", "--to", &address]);
        (path, address)
    }

    /// Makes the default keypair with SOL and a test currency, and returns its address.
    pub fn founder(&self) -> String {
        let made = self.json(&["keygen"]);
        self.ok(&["airdrop", "100"]);
        self.ok(&["mint-quote", "1000000"]);
        made["address"].as_str().unwrap().to_string()
    }

    /// Writes a file in it and returns its path.
    pub fn write(&self, name: &str, text: &str) -> String {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        path.display().to_string()
    }
}

impl Answer {
    pub fn of(output: Output) -> Self {
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Answer {
            code: output.status.code().unwrap_or(-1),
            stdout: text(output.stdout),
            stderr: text(output.stderr),
        }
    }
}

/// The whole-unit text of an amount in a JSON answer.
pub fn amount(value: &Value) -> &str {
    value["amount"]
        .as_str()
        .unwrap_or_else(|| panic!("no amount: {value}"))
}

/// Where a build with counters writes what was reached: kept in an environment that is
/// otherwise empty.
pub fn counters() -> impl Iterator<Item = (OsString, OsString)> {
    std::env::vars_os().filter(|(name, _)| name == "LLVM_PROFILE_FILE")
}

/// A token with a cap of 1,000,000 shares, of which 200,000 are the launch; ben and cleo
/// have money, ben has 1,000 shares.
pub fn market() -> (Home, [String; 2], [String; 2]) {
    let home = Home::new();
    home.founder();
    let (ben, ben_key) = home.actor("ben");
    let (cleo, cleo_key) = home.actor("cleo");
    let (_, notary) = home.actor("notary");
    for backer in [&ben_key, &cleo_key] {
        home.ok(&["mint-quote", "10000", "--to", backer]);
    }
    let create = ["token", "create", "Ada Lovelace", "ADA", "--cap", "1000000"];
    let terms = [
        "--launch",
        "200000",
        "--cash-out-tax",
        "5",
        "--royalty",
        "10",
    ];
    let more = [
        "--floor",
        "700",
        "--attester",
        &notary,
        "--guardian",
        &notary,
    ];
    home.ok(&[&create[..], &terms, &more].concat());
    home.ok(&["holder", "issue", "ADA", &ben_key, "1000"]);
    (home, [ben, cleo], [ben_key, cleo_key])
}

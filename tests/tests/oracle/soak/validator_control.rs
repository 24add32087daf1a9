//! The connection to `cargo xtask soak`, which starts and restarts the validator when asked.

use std::{
    io::{BufRead, BufReader, Write},
    net::TcpStream,
    path::Path,
};

/// A connection to whoever controls the validator.
pub struct ValidatorControl(BufReader<TcpStream>);

impl ValidatorControl {
    /// Connects to an address.
    pub fn at(address: &str) -> ValidatorControl {
        ValidatorControl(BufReader::new(
            TcpStream::connect(address).expect("`cargo xtask soak` listens"),
        ))
    }

    /// Starts the validator with the accounts of a folder; returns its URL.
    pub fn start(&mut self, accounts: &Path) -> String {
        self.ask(&format!("start {}", accounts.display()))
    }

    /// Has the validator exit and starts it again on the same ledger, at a later slot or,
    /// at 0, where it was; returns how many seconds it was away.
    pub fn restart(&mut self, slot: u64) -> f64 {
        let answer = self.ask(&format!("restart {slot}"));
        answer.parse().expect("seconds")
    }

    fn ask(&mut self, what: &str) -> String {
        writeln!(self.0.get_mut(), "{what}").expect("the control listens");
        let mut answer = String::new();
        self.0.read_line(&mut answer).expect("the control answers");
        let answer = answer.trim_end().to_string();
        assert!(!answer.is_empty(), "the control failed");
        answer
    }
}

//! Every place where the command line reads what a person wrote, for fuzzing and tests. None of
//! them may panic, whatever is written.

use {
    crate::{
        command::Cli,
        config::Settings,
        values::{
            Decimal, Document, IndexQuery, OrderArg, Percent, PieceArg, Quantity, SignerArg,
            StageArg, TokenQuery, UnitPrice, When, duration,
        },
    },
    clap::{CommandFactory, Parser},
    std::{path::Path, str::FromStr},
    upside_sdk::index::rebalance::value_of,
};

/// Reads a whole command line, its first word the program's name. Words that make
/// sense come with their settings, which read the configuration file that they name.
pub fn command_line(words: &[&str]) {
    if let Ok(cli) = Cli::try_parse_from(words) {
        let _ = Settings::resolve(&cli.global);
    }
}

/// Reads a configuration file in the Solana tools' format.
pub fn config_file(path: &Path) {
    let path = path.to_string_lossy();
    command_line(&["upside", "-C", &path, "-u", "config", "token", "list"]);
}

/// Reads one value as everything that it could be meant for, with a mint's decimals.
pub fn value(text: &str, decimals: u8) {
    if let Ok(amount) = text.parse::<Decimal>() {
        let _ = (amount.atoms(decimals), amount.shares(), amount.to_string());
    }
    if let Ok(price) = text.parse::<UnitPrice>() {
        let _ = value_of(price.0, decimals);
    }
    if let Ok(percent) = text.parse::<Percent>() {
        assert!(percent.bps() <= 10_000, "{text:?} is more than all");
    }
    if let Ok(when) = text.parse::<When>() {
        let _ = when.at(i64::from(decimals));
    }
    let _ = duration(text);
    let _ = (Quantity::from_str(text), StageArg::from_str(text));
    // What has a separator may be a path: fuzzing is not to read whatever files it names.
    if !text.contains(['/', '.', '~']) {
        let _ = (TokenQuery::from_str(text), IndexQuery::from_str(text));
        let _ = (SignerArg::from_str(text), PieceArg::from_str(text));
        let _ = OrderArg::from_str(text);
        let _ = Document::from_str(text);
    }
}

/// The whole command tree, for tests that parse what hints and helps suggest.
pub fn command_tree() -> clap::Command {
    Cli::command()
}

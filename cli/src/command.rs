//! The command tree: subjects. Verbs are with their commands, global flags in `flags`.

use {
    crate::{
        commands::{
            address, airdrop, alias, attester, auction, balance, bid, claim, completions, confirm,
            dividend, endowment, grant, history, holder, identity, index, inspect, keygen,
            lookup_table, man, mint_credential, mint_quote, nonce, order, pass, poll, portfolio,
            product, redeem, reserve, revenue, round, sale, settings, statement, token, version,
            warp, watch,
        },
        demo,
        flags::Global,
    },
    clap::{Parser, Subcommand},
};

const AFTER: &str = "\
Examples:
  upside demo                                 a token's life, on a fresh chain
  upside keygen                               a key, where the Solana tools expect it
  upside airdrop 10                           SOL, on a test chain
  upside mint-quote 100000                    a test currency to raise money in
  upside token create Ada ADA --cap 1000000   a token of your own
  upside round open ADA --stage 100000@0.10 --min-raise 5000 --closes 30d
  upside index create Makers MAKERS           a pool of people
  upside index zap MAKERS 500                 shares of all of them, for cash
  upside inspect ADA                          everything behind it

A TOKEN is an address, its mint, its creator or owner, or its symbol; an INDEX likewise,
its curator for the owner. Amounts are in
whole units: 1250.5, 1_000, or ALL where that makes sense. Keys are addresses or the
paths of keypair files. Spans of time are 90s, 12h, 30d, 6mo (of 30 days) and 4y (of 365);
points in time those from now, 2027-01-31, 2027-01-31T18:00:00Z or @UNIX_SECONDS.

Without -u, $UPSIDE_URL or -C, the chain is embedded: it lives in a folder of yours and
needs no network. `-u config` takes the cluster of the Solana tools' configuration file.

Exit codes: 0 done; 2 bad input; 3 refused by a program; 4 network; 5 a file, key or
chain folder of this machine; 6 sent, and the outcome is not known; 1 anything else. With --output json, errors are
{\"error\": {\"kind\", \"code\", \"name\", \"message\", \"hint\"}} on standard output.

Unaudited software. A token that shares profits is a security in most countries.";

/// Personal tokens: issue, back, earn, redeem
#[derive(Debug, Parser)]
#[command(name = "upside", version, about, after_help = AFTER, max_term_width = 100)]
#[command(propagate_version = true, infer_long_args = false)]
pub struct Cli {
    #[command(flatten)]
    pub global: Global,
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Create, show and govern a personal token
    #[command(subcommand)]
    Token(token::Command),
    /// Registered shares: open an account, transfer, withdraw to a wallet and back
    #[command(subcommand)]
    Holder(holder::Command),
    /// New shares for sale: open, contribute, close, collect or refund, settle
    #[command(subcommand)]
    Round(round::Command),
    /// The vault of equity and revenue: declare, deposit, exit
    #[command(subcommand)]
    Claim(claim::Command),
    /// Questions to the holders: put, vote, apply
    #[command(subcommand)]
    Poll(poll::Command),
    /// Whose word on a token's claims counts
    #[command(subcommand)]
    Attester(attester::Command),
    /// Sell tokenized equity out of custody: an announced auction, for all
    #[command(subcommand)]
    Auction(auction::Command),
    /// Pay revenue to holders
    #[command(subcommand)]
    Revenue(revenue::Command),
    /// What holders earn: show, collect
    #[command(subcommand)]
    Dividend(dividend::Command),
    /// Standing orders on your dividends: reinvest them, or leave them to the owner
    #[command(subcommand)]
    Order(order::Command),
    /// Show everything that a wallet has: shares of tokens and of indexes, what they redeem for,
    /// what can be collected, open polls
    Portfolio(portfolio::Args),
    /// Show what came into a wallet and went out of it, with cost and gain, for the tax office
    Statement(statement::Args),
    /// Print what needs your eye in the tokens that a wallet has, until stopped
    Watch(watch::Args),
    /// Burn shares against the reserve
    Redeem(redeem::Args),
    /// What redemptions share out: list, add a mint, deposit, sync
    #[command(subcommand)]
    Reserve(reserve::Command),
    /// What the owner keeps ready for what new shares must bring
    #[command(subcommand)]
    Endowment(endowment::Command),
    /// Registered shares for a price: offer, list, cancel, buy, buy the cheapest
    #[command(subcommand)]
    Sale(sale::Command),
    /// Standing offers to buy registered shares: open, list, show, cancel, fill, fill the best
    #[command(subcommand)]
    Bid(bid::Command),
    /// Shares for help that vest over time: offer, accept, list, collect, revoke
    #[command(subcommand)]
    Grant(grant::Command),
    /// What a person sells: open, list, close
    #[command(subcommand)]
    Product(product::Command),
    /// Proof of purchase: buy, use, verify
    #[command(subcommand)]
    Pass(pass::Command),
    /// Who a token's creator is: attest, revoke, show
    #[command(subcommand)]
    Identity(identity::Command),
    /// Pools of people: create, contribute, rise together, redeem
    #[command(subcommand)]
    Index(index::Command),
    /// Lookup tables that large transactions needed: list them, take their rent back
    #[command(subcommand)]
    LookupTable(lookup_table::Command),
    /// Look through a token or an index, down to every claim with evidence and age
    Inspect(inspect::Args),
    /// Everything that ever happened to a token or an index, in order, in words
    History(history::Args),
    /// Look up what became of a transaction whose outcome was unknown
    Confirm(confirm::Args),
    /// A token's life from issue to redemption, on a fresh embedded chain
    Demo(demo::Args),
    /// Make a keypair file
    Keygen(keygen::Args),
    /// Print the address of the key that acts
    Address(address::Args),
    /// Names of your own for tokens, indexes and keys: set, list, remove
    #[command(subcommand)]
    Alias(alias::Command),
    /// Show what a wallet holds: SOL, and every token in accounts of its own
    Balance(balance::Args),
    /// Show what flags, environment and configuration file come to
    Config(settings::Args),
    /// Get SOL on a test chain
    Airdrop(airdrop::Args),
    /// Make or mint a test currency, to raise money in
    MintQuote(mint_quote::Args),
    /// Give a wallet a test credential, on the embedded chain
    MintCredential(mint_credential::Args),
    /// Durable nonces: for signatures that take longer to collect than a blockhash lives
    #[command(subcommand)]
    Nonce(nonce::Command),
    /// Move the embedded chain's clock forward
    Warp(warp::Args),
    /// Print the version
    Version(version::Args),
    /// Print what makes a shell complete commands
    Completions(completions::Args),
    /// Write the manual: a page for each command
    Man(man::Args),
}

#[cfg(test)]
mod tests {
    use {
        super::*,
        clap::{CommandFactory, ValueEnum},
        std::{fs, path::Path},
    };

    #[test]
    fn the_command_line_is_sound() {
        Cli::command().debug_assert();
    }

    #[test]
    fn every_command_says_what_it_does_and_shows_how() {
        fn check(command: &clap::Command, path: &str) {
            let path = format!("{path} {}", command.get_name());
            assert!(command.get_about().is_some(), "{path} says nothing");
            let verbs: Vec<_> = command.get_subcommands().collect();
            if verbs.is_empty() {
                let after = command
                    .get_after_help()
                    .map(ToString::to_string)
                    .unwrap_or_default();
                let example = after.contains("Example") && after.contains("upside ");
                assert!(example, "{path} shows no example");
            }
            verbs.into_iter().for_each(|verb| check(verb, &path));
        }
        check(&Cli::command(), "");
    }

    #[test]
    fn every_shell_completes_every_command() {
        fn names(command: &clap::Command, found: &mut Vec<String>) {
            for verb in command.get_subcommands() {
                found.push(verb.get_name().to_string());
                names(verb, found);
            }
        }
        let mut commands = Vec::new();
        names(&Cli::command(), &mut commands);
        assert!(commands.len() > 50);
        for shell in clap_complete::Shell::value_variants() {
            let script = completions::script(*shell, Cli::command());
            for command in &commands {
                assert!(script.contains(command), "{shell} misses {command}");
            }
        }
    }

    #[test]
    fn every_command_has_a_page() {
        fn check(command: &clap::Command, path: &str, dir: &Path) {
            let page = fs::read_to_string(dir.join(format!("{path}.1"))).unwrap();
            let about = command
                .get_about()
                .map(ToString::to_string)
                .unwrap_or_default();
            let word = about.split([' ', ':', ',']).next().unwrap_or_default();
            assert!(page.contains(".SH NAME") && page.contains(word), "{path}");
            for verb in command.get_subcommands() {
                check(verb, &format!("{path}-{}", verb.get_name()), dir);
            }
        }
        let dir = tempfile::tempdir().unwrap();
        let pages = man::write(dir.path(), Cli::command()).unwrap();
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), pages);
        check(&Cli::command(), "upside", dir.path());
    }
}

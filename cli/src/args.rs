//! The command line itself: global flags and nouns. Verbs are with their commands.

use {
    crate::{
        commands::{
            airdrop, attester, auction, bid, claim, completions, confirm, dividend, endowment,
            grant, history, holder, identity, index, inspect, keygen, lookup_table, man,
            mint_credential, mint_quote, nonce, order, pass, poll, product, redeem, reserve,
            revenue, round, sale, token, warp,
        },
        config::Target,
        demo,
        output::Format,
        values::{Address, SignerArg},
    },
    clap::{ArgAction, Args, Parser, Subcommand},
    solana_commitment_config::CommitmentLevel,
    solana_message::Hash,
    std::path::PathBuf,
    upside_sdk::identity::Trusted,
};

const GLOBAL: &str = "Global options";
const SENDING: &str = "Sending";

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
paths of keypair files. Spans of time are 90s, 12h, 30d; points in time those from now,
2027-01-31, 2027-01-31T18:00:00Z or @UNIX_SECONDS.

Without -u, $UPSIDE_URL or -C, the chain is embedded: it lives in a folder of yours and
needs no network. `-u config` takes the cluster of the Solana tools' configuration file.

Exit codes: 0 done; 2 bad input; 3 refused by a program; 4 network; 5 a file, key or
chain folder of this machine; 6 sent, and the outcome is not known; 1 anything else. With --output json, errors are
{\"error\": {\"kind\", \"code\", \"name\", \"message\", \"hint\"}} on standard output.

Unaudited software. A token that shares profits is a security in most countries.";

/// Personal tokens: issue, back, earn, redeem
#[derive(Debug, Parser)]
#[command(name = "upside", version, about, after_help = AFTER, max_term_width = 100)]
#[command(
    propagate_version = true,
    infer_long_args = false,
    disable_help_subcommand = true
)]
pub struct Cli {
    #[command(flatten)]
    pub global: Global,
    #[command(subcommand)]
    pub command: Command,
}

/// Flags of every command.
#[derive(Clone, Debug, Args)]
pub struct Global {
    /// Which chain: embedded[:DIR], localhost, devnet, testnet, mainnet-beta, a URL, or
    /// config for the configuration file's [env: UPSIDE_URL] [default: embedded]
    #[arg(short, long, global = true, value_name = "URL_OR_MONIKER", help_heading = GLOBAL)]
    pub url: Option<Target>,

    /// Who acts and signs: a keypair file, usb://ledger, - for standard input, or only an
    /// address where nothing is signed here [default: the configuration file's, or
    /// ~/.config/solana/id.json]
    #[arg(short, long, global = true, value_name = "KEYPAIR", help_heading = GLOBAL)]
    pub keypair: Option<String>,

    /// Configuration file of the Solana tools; when given, its cluster is used too
    #[arg(short = 'C', long, global = true, value_name = "FILE", help_heading = GLOBAL)]
    pub config: Option<PathBuf>,

    /// How final reads and confirmations have to be [default: the configuration file's, or
    /// confirmed]
    #[arg(long, global = true, value_name = "LEVEL", help_heading = GLOBAL)]
    #[arg(value_parser = commitment, hide_possible_values = true, hide_short_help = true)]
    pub commitment: Option<CommitmentLevel>,

    /// How to print
    #[arg(long, global = true, value_name = "FORMAT", help_heading = GLOBAL)]
    #[arg(value_enum, default_value_t = Format::Display)]
    pub output: Format,

    /// Tell more: the chain, compute units, program logs
    #[arg(short, long, global = true, help_heading = GLOBAL, action = ArgAction::SetTrue)]
    pub verbose: bool,

    /// Print results only: no progress, no notes
    #[arg(short, long, global = true, help_heading = GLOBAL, conflicts_with = "verbose")]
    pub quiet: bool,

    /// Do not ask for confirmation
    #[arg(short, long, global = true, help_heading = GLOBAL)]
    pub yes: bool,

    /// Trust this key, or CREDENTIAL/SCHEMA of the Solana Attestation Service, to know who is
    /// who; repeat for several [env: UPSIDE_TRUST, separated by commas]
    #[arg(long, global = true, value_name = "WHO", help_heading = GLOBAL)]
    #[arg(action = ArgAction::Append, hide_short_help = true)]
    pub trust: Vec<Trusted>,

    /// No colours; $NO_COLOR does the same
    #[arg(long, global = true, help_heading = GLOBAL, hide_short_help = true)]
    pub no_color: bool,

    #[command(flatten)]
    pub sending: Sending,
}

/// Flags of every command that sends.
#[derive(Clone, Debug, Args)]
pub struct Sending {
    /// Who pays fees and rent: a keypair file or, signed elsewhere, an address
    /// [default: the keypair]
    #[arg(long, global = true, value_name = "KEYPAIR", help_heading = SENDING)]
    pub fee_payer: Option<String>,

    /// Simulate and show, send nothing
    #[arg(long, global = true, help_heading = SENDING)]
    #[arg(conflicts_with_all = ["sign_only", "dump_transaction"])]
    pub dry_run: bool,

    /// Priority fee in micro-lamports a compute unit [default: from recent fees]
    #[arg(long, global = true, value_name = "MICRO_LAMPORTS", help_heading = SENDING)]
    #[arg(hide_short_help = true)]
    pub with_compute_unit_price: Option<u64>,

    /// How long to look for what became of a transaction, before it is called unknown
    #[arg(long, global = true, value_name = "SPAN", help_heading = SENDING, default_value = "5m")]
    #[arg(hide_short_help = true, value_parser = crate::values::seconds)]
    pub patience: u32,

    /// Sign and print the signatures, send nothing
    #[arg(long, global = true, help_heading = SENDING, hide_short_help = true)]
    #[arg(conflicts_with = "dump_transaction")]
    pub sign_only: bool,

    /// Use this blockhash: the one under which other signatures were made
    #[arg(long, global = true, value_name = "BLOCKHASH", help_heading = SENDING)]
    #[arg(hide_short_help = true)]
    pub blockhash: Option<Hash>,

    /// Another signer: a keypair file, usb://ledger, or a signature made elsewhere as
    /// PUBKEY=SIGNATURE
    #[arg(long = "signer", global = true, value_name = "SIGNER", help_heading = SENDING)]
    #[arg(hide_short_help = true, action = ArgAction::Append)]
    pub signers: Vec<SignerArg>,

    /// Build on this durable nonce instead of a blockhash: signatures may take days
    #[arg(long, global = true, value_name = "ACCOUNT", help_heading = SENDING)]
    #[arg(hide_short_help = true, conflicts_with = "dry_run")]
    pub nonce: Option<Address>,

    /// Who uses the nonce up: a keypair file or, signed elsewhere, an address
    /// [default: the keypair]
    #[arg(long, global = true, value_name = "KEYPAIR", help_heading = SENDING)]
    #[arg(hide_short_help = true)]
    pub nonce_authority: Option<String>,

    /// Print the unsigned message in base64 and base58, for a multisig; send nothing
    #[arg(long, global = true, help_heading = SENDING, hide_short_help = true)]
    pub dump_transaction: bool,
}

fn commitment(text: &str) -> Result<CommitmentLevel, String> {
    text.parse()
        .map_err(|_| format!("{text:?} is none of processed, confirmed, finalized"))
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
    /// Print what makes a shell complete commands
    Completions(completions::Args),
    /// Write the manual: a page for each command
    Man(man::Args),
}

#[cfg(test)]
mod tests {
    use {super::*, clap::CommandFactory};

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
}

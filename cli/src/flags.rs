//! Global flags: the ones that every command takes.

use {
    crate::{
        secrets,
        values::{Address, MessageArg, SignerArg, seconds},
    },
    clap::{ArgAction, Args, ValueEnum},
    solana_commitment_config::CommitmentLevel,
    solana_message::Hash,
    std::{path::PathBuf, str::FromStr},
    upside_sdk::identity::Trusted,
};

const GLOBAL: &str = "Global options";
const SENDING: &str = "Sending";

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
    #[arg(short, long, global = true, help_heading = GLOBAL, overrides_with = "yes")]
    pub yes: bool,

    /// Trust this key, or CREDENTIAL/SCHEMA of the Solana Attestation Service, to know who is
    /// who; repeat for several [env: UPSIDE_TRUST, separated by commas]
    #[arg(long, global = true, value_name = "WHO", help_heading = GLOBAL)]
    #[arg(action = ArgAction::Append, hide_short_help = true, value_parser = trusted)]
    pub trust: Vec<Trusted>,

    /// No colours; $NO_COLOR does the same
    #[arg(long, global = true, help_heading = GLOBAL, hide_short_help = true)]
    pub no_color: bool,

    #[command(flatten)]
    pub sending: Sending,

    /// Whether the command is one of a token's owner.
    #[arg(skip)]
    pub owners: bool,
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

    /// How long to look for what became of a transaction, before its outcome is unknown
    #[arg(long, global = true, value_name = "SPAN", help_heading = SENDING, default_value = "5m")]
    #[arg(hide_short_help = true, value_parser = seconds)]
    pub confirm_timeout: u32,

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

    /// Sign or send this very message, as --sign-only or --dump-transaction printed it in
    /// base64, whatever is quoted since; it has to do what the command does
    #[arg(long, global = true, value_name = "BASE64", help_heading = SENDING)]
    #[arg(hide_short_help = true, conflicts_with_all = ["dry_run", "dump_transaction"])]
    pub message: Option<MessageArg>,

    /// Print the unsigned message in base64 and base58, for a multisig; send nothing
    #[arg(long, global = true, help_heading = SENDING, hide_short_help = true)]
    pub dump_transaction: bool,
}

/// Somebody to trust: also as a keypair file or a name of one's own.
fn trusted(text: &str) -> Result<Trusted, String> {
    text.parse().or_else(|error| match text.parse::<Address>() {
        Ok(address) => Ok(Trusted::Key(address.key)),
        Err(_) => Err(error),
    })
}

fn commitment(text: &str) -> Result<CommitmentLevel, String> {
    text.parse()
        .map_err(|_| format!("{text:?} is none of processed, confirmed, finalized"))
}

/// How results are printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people.
    #[default]
    Display,
    /// For scripts, indented.
    Json,
    /// For scripts, on one line.
    JsonCompact,
}

/// Names that `-u` understands beside URLs, as the Solana tools do.
const MONIKERS: [(&str, &str, &str); 4] = [
    ("l", "localhost", "http://localhost:8899"),
    ("d", "devnet", "https://api.devnet.solana.com"),
    ("t", "testnet", "https://api.testnet.solana.com"),
    ("m", "mainnet-beta", "https://api.mainnet-beta.solana.com"),
];

/// A chain to work on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// An embedded chain, in this folder or the default one.
    Embedded(Option<PathBuf>),
    /// A cluster's JSON-RPC address.
    Cluster(String),
    /// Whatever the configuration file names.
    Config,
}

impl FromStr for Target {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if text == "embedded" {
            return Ok(Target::Embedded(None));
        }
        if let Some(dir) = text.strip_prefix("embedded:") {
            let named = (!dir.is_empty()).then(|| Target::Embedded(Some(PathBuf::from(dir))));
            return named.ok_or_else(|| "embedded: names no folder".to_string());
        }
        if text == "config" {
            return Ok(Target::Config);
        }
        let moniker = MONIKERS
            .iter()
            .find(|(short, long, _)| text == *short || text == *long);
        if let Some((.., url)) = moniker {
            return Ok(Target::Cluster((*url).to_string()));
        }
        let host = text
            .strip_prefix("http://")
            .or_else(|| text.strip_prefix("https://"));
        match host {
            Some(host) if !host.is_empty() && !host.starts_with(['/', ':', '?']) => {
                Ok(Target::Cluster(text.to_string()))
            }
            _ => Err(format!(
                "{:?} is none of embedded, embedded:DIR, localhost, devnet, testnet, \
                 mainnet-beta, config, or a URL with http:// or https://",
                secrets::host(text)
            )),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_is_a_moniker_a_folder_or_a_url() {
        let target = |text: &str| text.parse::<Target>();
        assert_eq!(target("embedded"), Ok(Target::Embedded(None)));
        assert_eq!(
            target("embedded:/tmp/x"),
            Ok(Target::Embedded(Some("/tmp/x".into())))
        );
        assert_eq!(
            target("l"),
            Ok(Target::Cluster("http://localhost:8899".into()))
        );
        assert_eq!(target("config"), Ok(Target::Config));
        assert_eq!(
            target("https://a.b/c"),
            Ok(Target::Cluster("https://a.b/c".into()))
        );
        for text in [
            "",
            "main",
            "ftp://x",
            "http://",
            "http:///x",
            "embedded:",
            "a.b",
        ] {
            assert!(target(text).is_err(), "{text:?}");
        }
    }
}

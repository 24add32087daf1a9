use {
    crate::{
        context::Context,
        error::{CliError, Kind, Result},
        style::{self, facts, paint},
    },
    serde::Serialize,
    solana_signature::Signature,
    std::fmt,
    upside_sdk::{
        error::SdkError,
        transaction::{self, Outcome},
    },
};

/// Look up what became of a transaction
///
/// For one whose outcome was unknown: whether it landed, and if not, whether it still can.
/// Only then is it safe to repeat the command that sent it. Exit code 0: it landed; 3: it
/// landed and failed; 1: it did not land and no longer can; 6: not known yet.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside confirm SIGNATURE
  upside confirm SIGNATURE --until 312000150     the height that the error named")]
pub struct Args {
    /// The transaction's signature
    signature: Signature,
    /// The last block height that it can land at
    #[arg(long, value_name = "HEIGHT")]
    until: Option<u64>,
}

/// What became of it.
#[derive(Debug, Serialize)]
struct Found {
    signature: String,
    /// `landed`, `expired` or `open`.
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    slot: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fee: Option<u64>,
}

impl fmt::Display for Found {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (color, sign, words) = match self.status {
            "landed" => (style::GOOD, "✔", "It landed: do not repeat the command"),
            "expired" => (
                style::BAD,
                "✘",
                "It did not land and no longer can: repeat the command",
            ),
            _ => (
                style::WARN,
                "○",
                "It is not there and may land yet: look again in two minutes",
            ),
        };
        writeln!(f, "{} {}", paint(color, sign), paint(style::BOLD, words))?;
        let mut rows = vec![("signature", self.signature.clone())];
        rows.extend(self.slot.map(|slot| ("slot", slot.to_string())));
        rows.extend(self.fee.map(|fee| ("fee", format!("{fee} lamports"))));
        f.write_str(&facts(&rows))
    }
}

pub async fn run(args: &Args, ctx: &Context) -> Result<()> {
    let found = transaction::outcome(&ctx.client, args.signature, args.until, &ctx.options).await;
    let (status, landed) = match found.map_err(SdkError::from)? {
        Outcome::Landed(landed) => ("landed", Some(landed)),
        Outcome::Expired => ("expired", None),
        Outcome::Open => ("open", None),
    };
    ctx.output.show(&Found {
        signature: args.signature.to_string(),
        status,
        slot: landed.as_ref().map(|landed| landed.slot),
        fee: landed.and_then(|landed| landed.fee),
    })?;
    match status {
        "landed" => Ok(()),
        "expired" => Err(CliError::Shown(Kind::Other)),
        _ => Err(CliError::Shown(Kind::Unknown)),
    }
}

//! What became of a transaction whose outcome was unknown.

use {
    crate::{
        context::Context,
        error::{CliError, Kind, Result},
    },
    serde::Serialize,
    solana_signature::Signature,
    std::fmt,
    upside_sdk::{
        error::SdkError,
        transaction::{self, Outcome},
    },
    upside_view::style::{self, facts, paint},
};

/// What became of it.
#[derive(Debug, Serialize)]
pub struct Confirmation {
    signature: String,
    /// `landed`, `expired` or `open`.
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    slot: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fee: Option<u64>,
}

impl fmt::Display for Confirmation {
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

impl Confirmation {
    /// Looks it up. `until` is the last block height that it can land at, if that is known.
    pub async fn of(signature: Signature, until: Option<u64>, ctx: &Context) -> Result<Self> {
        let found = transaction::outcome(&ctx.client, signature, until, &ctx.options).await;
        let (status, landed) = match found.map_err(SdkError::from)? {
            Outcome::Landed(landed) => ("landed", Some(landed)),
            Outcome::Expired => ("expired", None),
            Outcome::Open => ("open", None),
        };
        Ok(Confirmation {
            signature: signature.to_string(),
            status,
            slot: landed.as_ref().map(|landed| landed.slot),
            fee: landed.and_then(|landed| landed.fee),
        })
    }

    /// An error for every outcome but `landed`, for the exit code.
    pub fn exit(&self) -> Result<()> {
        match self.status {
            "landed" => Ok(()),
            "expired" => Err(CliError::Shown(Kind::Other)),
            _ => Err(CliError::Shown(Kind::Unknown)),
        }
    }
}

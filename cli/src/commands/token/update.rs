use {
    crate::{
        context::Context,
        error::{CliError, Result},
        send::completed::{Done, Outcome},
        values::{TokenQuery, stamp, text},
    },
    serde::Serialize,
    upside_sdk::{
        action::{self, Plan},
        instruction,
        state::NameTexts,
    },
};

/// Change name, symbol or URI
///
/// At once if nobody else has shares. Else it is announced, and anybody applies it once the
/// notice is over; former names stay in sight.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside token update ADA --uri https://ada.example/token.json
  upside token update ADA --name \"Ada King\" --symbol KING
  upside token update ADA --apply        once the notice is over
  upside token update ADA --cancel")]
pub struct Args {
    /// The token
    token: TokenQuery,
    /// New name, up to 64 bytes
    #[arg(long, value_parser = text(64), conflicts_with_all = ["apply", "cancel"])]
    name: Option<String>,
    /// New symbol, up to 12 bytes
    #[arg(long, value_parser = text(12), conflicts_with_all = ["apply", "cancel"])]
    symbol: Option<String>,
    /// New address of further metadata, up to 200 bytes
    #[arg(long, value_parser = text(200), conflicts_with_all = ["apply", "cancel"])]
    uri: Option<String>,
    /// Apply what was announced
    #[arg(long, conflicts_with = "cancel")]
    apply: bool,
    /// Cancel what was announced, as owner
    #[arg(long)]
    cancel: bool,
}

/// New texts.
#[derive(Debug, Serialize)]
pub struct Updated {
    #[serde(skip)]
    title: &'static str,
    token: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    symbol: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    uri: Option<String>,
    /// From when on it counts, unix seconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    effective_at: Option<i64>,
}

impl Outcome for Updated {
    fn title(&self) -> String {
        self.title.to_string()
    }

    fn rows(&self) -> Vec<(&str, String)> {
        let texts = [
            ("name", &self.name),
            ("symbol", &self.symbol),
            ("uri", &self.uri),
        ];
        let mut rows = vec![("token", self.token.clone())];
        rows.extend(
            texts
                .iter()
                .filter_map(|(what, text)| Some((*what, text.as_ref()?.clone()))),
        );
        rows.extend(self.effective_at.map(|time| ("from", stamp(time))));
        rows
    }
}

pub async fn run(args: Args, ctx: &Context) -> Result<Done<Updated>> {
    let named = args.name.is_some() || args.symbol.is_some() || args.uri.is_some();
    if !named && !args.apply && !args.cancel {
        return Err(CliError::usage(
            "nothing to update",
            "give --name, --symbol or --uri, or --apply or --cancel what was announced",
        ));
    }
    let token = ctx.token(&args.token).await?;
    let payer = ctx.keys.payer()?;
    let (title, texts, effective_at, steps) = if args.cancel {
        let cancel = instruction::cancel_name(&token, &payer);
        let steps = Plan::single("cancel the name", vec![cancel]).steps;
        (
            "Cancel the announced name",
            NameTexts::default(),
            None,
            steps,
        )
    } else if args.apply {
        let plan = action::apply_name(&ctx.client, &token, &payer).await?;
        ("Apply the announced name", plan.quote, None, plan.steps)
    } else {
        let texts = NameTexts {
            name: args.name,
            symbol: args.symbol,
            uri: args.uri,
        };
        let plan = action::rename(&ctx.client, &token, &payer, texts.clone()).await?;
        let title = "Update the token's metadata";
        (title, texts, Some(plan.quote), plan.steps)
    };
    let updated = Updated {
        title,
        token: token.key.to_string(),
        name: texts.name,
        symbol: texts.symbol,
        uri: texts.uri,
        effective_at,
    };
    let report = ctx.send_shown(&updated, &steps).await?;
    Ok(Done::new(updated, report))
}

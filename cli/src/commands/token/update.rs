use {
    crate::{
        context::Context,
        done::{Done, Outcome},
        error::{CliError, Result},
        values::{TokenQuery, text},
    },
    serde::Serialize,
    upside_sdk::{action::Plan, instruction, state::MetadataArgs},
};

/// Change name, symbol or URI
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside token update ADA --uri https://ada.example/token.json
  upside token update ADA --name \"Ada King\" --symbol KING")]
pub struct Args {
    /// The token
    token: TokenQuery,
    /// New name, up to 64 bytes
    #[arg(long, value_parser = text(64))]
    name: Option<String>,
    /// New symbol, up to 12 bytes
    #[arg(long, value_parser = text(12))]
    symbol: Option<String>,
    /// New address of further metadata, up to 200 bytes
    #[arg(long, value_parser = text(200))]
    uri: Option<String>,
}

/// New texts.
#[derive(Debug, Serialize)]
pub struct Updated {
    token: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    symbol: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    uri: Option<String>,
}

impl Outcome for Updated {
    fn title(&self) -> String {
        "Update the token's metadata".to_string()
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
        rows
    }
}

pub async fn run(args: Args, ctx: &Context) -> Result<Done<Updated>> {
    let Args {
        token,
        name,
        symbol,
        uri,
    } = args;
    if name.is_none() && symbol.is_none() && uri.is_none() {
        return Err(CliError::usage(
            "nothing to update",
            "give --name, --symbol or --uri",
        ));
    }
    let token = ctx.token(&token).await?;
    let texts = MetadataArgs {
        name: name.clone(),
        symbol: symbol.clone(),
        uri: uri.clone(),
    };
    let update = instruction::update_metadata(&token, &ctx.keys.payer()?, texts);
    let report = ctx
        .send(&Plan::single("update metadata", vec![update]).steps)
        .await?;
    Ok(Done::new(
        Updated {
            token: token.key.to_string(),
            name,
            symbol,
            uri,
        },
        report,
    ))
}

use {
    crate::{
        context::Context,
        error::Result,
        send::completed::{Done, Outcome},
        values::{IndexQuery, text},
    },
    serde::Serialize,
    upside_sdk::{
        action::Plan,
        index::{self, instruction},
    },
};

/// Name the address of the file that wallets read, as curator
///
/// Name and symbol are for good.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside index update MAKERS --uri https://makers.example/makers.json
  upside index update MAKERS --uri \"\"        no file

`upside index metadata MAKERS` writes the file and checks it.")]
pub struct Args {
    /// The index
    index: IndexQuery,
    /// Address of the file, up to 200 bytes
    #[arg(long, value_parser = text(200))]
    uri: String,
}

/// Another address on the share mint.
#[derive(Debug, Serialize)]
pub struct Updated {
    index: String,
    #[serde(skip)]
    symbol: String,
    uri: Option<String>,
}

impl Outcome for Updated {
    fn title(&self) -> String {
        format!("Update {}", self.symbol)
    }

    fn rows(&self) -> Vec<(&str, String)> {
        let uri = self.uri.as_deref().unwrap_or("none");
        vec![("index", self.index.clone()), ("uri", uri.to_string())]
    }
}

pub async fn run(args: Args, ctx: &Context) -> Result<Done<Updated>> {
    let found = ctx.index(&args.index).await?;
    let set = instruction::set_uri(&found, &ctx.keys.payer()?, &args.uri);
    let updated = Updated {
        index: found.key.to_string(),
        symbol: index::symbol(&found.data).to_string(),
        uri: Some(args.uri).filter(|uri| !uri.is_empty()),
    };
    let report = ctx
        .send_shown(&updated, &Plan::single("set the uri", vec![set]).steps)
        .await?;
    Ok(Done::new(updated, report))
}

use {
    crate::{
        commands::metadata::{self, Answer, FileArgs, OnMint},
        context::Context,
        error::Result,
        values::{IndexQuery, text},
    },
    upside_sdk::index,
};

/// Write the file that wallets read: picture, description, links; or check one
///
/// The share mint has name and symbol, and names the address of this file.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside index metadata MAKERS --description \"Twelve makers, one share\" \\
      --image https://makers.example/makers.png --external-url https://makers.example
  upside index metadata --name Makers --symbol MAKERS --description Art   before the index exists
  upside index metadata MAKERS --check makers.json
  upside index metadata --schema

Nothing is sent. `upside index update MAKERS --uri URL` names the address on the share mint.")]
pub struct Args {
    /// The index
    index: Option<IndexQuery>,
    /// Its name, before it exists
    #[arg(long, value_parser = text(32), conflicts_with = "index", requires = "symbol")]
    name: Option<String>,
    /// Its symbol, before it exists
    #[arg(long, value_parser = text(16), conflicts_with = "index", requires = "name")]
    symbol: Option<String>,
    #[command(flatten)]
    file: FileArgs,
}

pub async fn run(args: Args, ctx: &Context) -> Result<Answer> {
    let on_mint = match (&args.index, args.name, args.symbol) {
        (Some(query), ..) => {
            let pool = ctx.pool(query).await?;
            let data = &pool.index.data;
            let symbol = index::symbol(data).to_string();
            Some(OnMint {
                set: format!("`upside index update {symbol} --uri URL`"),
                name: index::name(data).to_string(),
                symbol,
                uri: pool.uri,
            })
        }
        (None, Some(name), Some(symbol)) => Some(OnMint {
            set: format!("`upside index create {name:?} {symbol} --uri URL`"),
            name,
            symbol,
            uri: String::new(),
        }),
        _ => None,
    };
    metadata::run(args.file, on_mint)
}

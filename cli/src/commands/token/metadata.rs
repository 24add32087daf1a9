use {
    crate::{
        commands::metadata::{self, Answer, FileArgs, OnMint},
        context::Context,
        error::Result,
        values::{TokenQuery, text},
    },
    upside_sdk::fetch,
};

/// Write the file that wallets read: picture, description, links; or check one
///
/// The share mint has name and symbol, and names the address of this file.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside token metadata ADA --description \"A part of what Ada earns\" \\
      --image https://ada.example/ada.png --link twitter=https://x.com/ada
  upside token metadata --name Ada --symbol ADA --description Art   before the token exists
  upside token metadata ADA --check ada.json
  upside token metadata --schema

Nothing is sent. `upside token update ADA --uri URL` names the address on the share mint.")]
pub struct Args {
    /// The token
    token: Option<TokenQuery>,
    /// Its name, before it exists
    #[arg(long, value_parser = text(64), conflicts_with = "token", requires = "symbol")]
    name: Option<String>,
    /// Its symbol, before it exists
    #[arg(long, value_parser = text(12), conflicts_with = "token", requires = "name")]
    symbol: Option<String>,
    #[command(flatten)]
    file: FileArgs,
}

pub async fn run(args: Args, ctx: &Context) -> Result<Answer> {
    let on_mint = match (&args.token, args.name, args.symbol) {
        (Some(query), ..) => {
            let token = ctx.token(query).await?;
            let names = fetch::names(&ctx.client, std::slice::from_ref(&token)).await?;
            let name = names.into_iter().flatten().next().unwrap_or_default();
            Some(OnMint {
                set: format!("`upside token update {} --uri URL`", name.symbol),
                name: name.name,
                symbol: name.symbol,
                uri: name.uri,
            })
        }
        (None, Some(name), Some(symbol)) => Some(OnMint {
            set: format!("`upside token create {name:?} {symbol} --uri URL`"),
            name,
            symbol,
            uri: String::new(),
        }),
        _ => None,
    };
    metadata::run(args.file, on_mint)
}

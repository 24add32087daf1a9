use {
    crate::{
        context::Context,
        error::Result,
        style::{Column, cell, colored, grouped, table},
    },
    comfy_table::Color,
    serde::Serialize,
    std::fmt,
    upside_math::SHARE_DECIMALS,
    upside_sdk::{fetch, inspect::Amount},
};

/// List all tokens of the chain
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside token list
  upside -u devnet token list --output json")]
pub struct Args {}

/// All tokens, oldest first.
#[derive(Debug, Serialize)]
pub struct Tokens {
    tokens: Vec<Line>,
}

/// One token.
#[derive(Debug, Serialize)]
struct Line {
    token: String,
    name: String,
    symbol: String,
    verified: bool,
    owner: String,
    mint: String,
    paused: bool,
    supply: Amount,
    holders: u64,
    rounds: u64,
    claims: u64,
}

impl fmt::Display for Tokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.tokens.is_empty() {
            return f.write_str("No tokens here yet: `upside token create \"Ada Lovelace\" ADA`");
        }
        let columns = [
            Column::Words("symbol"),
            Column::Words("token"),
            Column::Numbers("supply"),
            Column::Numbers("holders"),
            Column::Words("name"),
            Column::Words("identity"),
        ];
        let rows = self.tokens.iter().map(|token| {
            let identity = if token.verified {
                colored(Color::Green, "verified")
            } else {
                colored(Color::Yellow, "unverified")
            };
            vec![
                cell(&token.symbol),
                cell(&token.token),
                cell(grouped(&token.supply)),
                cell(token.holders),
                cell(&token.name),
                identity,
            ]
        });
        f.write_str(&table(&columns, rows.collect()))
    }
}

pub async fn run(_: &Args, ctx: &Context) -> Result<Tokens> {
    let tokens = fetch::tokens(&ctx.client).await?;
    let names = fetch::names(&ctx.client, &tokens).await?;
    let lines = tokens.iter().zip(names).map(|(token, name)| {
        let name = name.unwrap_or_default();
        Line {
            token: token.key.to_string(),
            name: name.name,
            symbol: name.symbol,
            verified: false,
            owner: token.data.owner.to_string(),
            mint: token.data.mint.to_string(),
            paused: token.data.paused == 1,
            supply: Amount::new(token.data.supply, SHARE_DECIMALS),
            holders: token.data.holders,
            rounds: token.data.rounds,
            claims: token.data.claims,
        }
    });
    Ok(Tokens {
        tokens: lines.collect(),
    })
}

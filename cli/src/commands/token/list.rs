use {
    crate::{context::Context, error::Result},
    comfy_table::Color,
    serde::Serialize,
    serde_with::{DisplayFromStr, serde_as},
    std::fmt,
    upside_math::SHARE_DECIMALS,
    upside_sdk::Pubkey,
    upside_sdk::{
        confusable::{self, Named},
        fetch,
        identity::{self, Identity},
        inspect::Amount,
    },
    upside_view::style::{Column, cell, colored, grouped, table},
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
#[serde_as]
#[derive(Debug, Serialize)]
struct Line {
    #[serde_as(as = "DisplayFromStr")]
    token: Pubkey,
    name: String,
    symbol: String,
    verified: bool,
    identity: Identity,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    looks_like: Vec<String>,
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
            return f.write_str(
                "No tokens here yet: `upside token create \"Ada Lovelace\" ADA --cap 1000000`",
            );
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
            let identity = match (token.verified, token.looks_like.len()) {
                (true, _) => colored(Color::Green, "verified"),
                (false, 0) => colored(Color::Yellow, "unverified"),
                (false, some) => {
                    colored(Color::Red, format!("unverified, looks like {some} other"))
                }
            };
            vec![
                cell(&token.symbol),
                cell(token.token),
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
    let people: Vec<_> = tokens
        .iter()
        .zip(&names)
        .map(|(one, name)| identity::Person {
            token: one.key,
            owner: one.data.owner,
            name: name.clone().unwrap_or_default().name,
        })
        .collect();
    let identities = identity::of(&ctx.client, &people, &ctx.trust).await?;
    let lines = tokens
        .iter()
        .zip(names)
        .zip(identities)
        .map(|((token, name), identity)| {
            let name = name.unwrap_or_default();
            Line {
                token: token.key,
                name: name.name,
                symbol: name.symbol,
                verified: identity.is_verified(),
                identity,
                looks_like: Vec::new(),
                owner: token.data.owner.to_string(),
                mint: token.data.mint.to_string(),
                paused: token.data.paused == 1,
                supply: Amount::new(token.data.supply, SHARE_DECIMALS),
                holders: token.data.holders,
                rounds: token.data.rounds,
                claims: token.data.claims,
            }
        });
    let mut tokens: Vec<Line> = lines.collect();
    let named: Vec<_> = tokens.iter().map(Line::named).collect();
    for (line, others) in tokens.iter_mut().zip(confusable::alike(&named)) {
        let others = others.into_iter().filter_map(|place| named.get(place));
        line.looks_like = others.map(|other| other.token.to_string()).collect();
    }
    Ok(Tokens { tokens })
}

impl Line {
    fn named(&self) -> Named {
        Named {
            token: self.token,
            name: self.name.clone(),
            symbol: self.symbol.clone(),
        }
    }
}

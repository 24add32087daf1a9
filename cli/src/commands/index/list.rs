use {
    crate::{context::Context, error::Result},
    comfy_table::Color,
    serde::Serialize,
    std::fmt,
    upside_sdk::{
        error::SdkError,
        index::{INDEX_SHARE_DECIMALS, IndexStatus, fetch, name, symbol},
        inspect::Amount,
    },
    upside_view::style::{Column, cell, colored, grouped, table},
};

/// List all indexes of the chain
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside index list
  upside -u devnet index list --output json")]
pub struct Args {}

/// All indexes.
#[derive(Debug, Serialize)]
pub struct Indexes {
    indexes: Vec<Line>,
}

#[derive(Debug, Serialize)]
struct Line {
    index: String,
    name: String,
    symbol: String,
    mint: String,
    curator: String,
    status: &'static str,
    paused: bool,
    supply: Amount,
    constituents: usize,
    members: u64,
}

impl fmt::Display for Indexes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.indexes.is_empty() {
            return f.write_str("No indexes here yet: `upside index create Makers MAKERS`");
        }
        let columns = [
            Column::Words("symbol"),
            Column::Words("index"),
            Column::Numbers("supply"),
            Column::Numbers("holds"),
            Column::Numbers("members"),
            Column::Words("status"),
            Column::Words("name"),
        ];
        let rows = self.indexes.iter().map(|index| {
            let status = match (index.status, index.paused) {
                ("active", false) => colored(Color::Green, "active"),
                ("active", true) => colored(Color::Yellow, "paused"),
                (status, _) => colored(Color::Yellow, status.replace('_', "-")),
            };
            vec![
                cell(&index.symbol),
                cell(&index.index),
                cell(grouped(&index.supply)),
                cell(index.constituents),
                cell(index.members),
                status,
                cell(&index.name),
            ]
        });
        f.write_str(&table(&columns, rows.collect()))
    }
}

pub async fn run(_: &Args, ctx: &Context) -> Result<Indexes> {
    let mut lines = Vec::new();
    let now = ctx.now().await?;
    for index in fetch::indexes(&ctx.client).await? {
        let data = &index.data;
        lines.push(Line {
            index: index.key.to_string(),
            name: name(data).to_string(),
            symbol: symbol(data).to_string(),
            mint: data.mint.to_string(),
            curator: data.curator.to_string(),
            status: match data.status().map_err(SdkError::from)? {
                IndexStatus::Seeding => "seeding",
                IndexStatus::Active => "active",
                IndexStatus::WindDown => "wind_down",
            },
            paused: data.is_paused(now),
            supply: Amount::new(data.supply, INDEX_SHARE_DECIMALS),
            constituents: data.held().count(),
            members: data.members,
        });
    }
    Ok(Indexes { indexes: lines })
}

use {
    super::standing::Standing,
    crate::{
        context::Context,
        error::Result,
        values::{TokenQuery, stamp},
    },
    serde::Serialize,
    std::fmt,
    upside_sdk::fetch,
    upside_view::style::{Column, cell, grouped, heading, table},
};

/// List a token's standing orders
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside order list ADA
  upside order list ADA --output json-compact")]
pub struct Args {
    /// The token
    token: TokenQuery,
}

/// All standing orders of a token.
#[derive(Debug, Serialize)]
pub struct Orders {
    token: String,
    symbol: String,
    orders: Vec<Standing>,
}

impl fmt::Display for Orders {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let title = format!("Standing orders on dividends of {}", self.symbol);
        f.write_str(heading(&title).trim_start())?;
        if self.orders.is_empty() {
            return f.write_str("none\n");
        }
        let columns = [
            Column::Words("wallet"),
            Column::Words("what"),
            Column::Numbers("price, at most"),
            Column::Words("until"),
            Column::Words("holds"),
        ];
        let rows = self.orders.iter().map(|one| {
            let price = one.max_price.as_ref().map(grouped);
            vec![
                cell(&one.wallet),
                cell(one.what()),
                cell(price.unwrap_or_default()),
                cell(stamp(one.ends_at)),
                cell(if one.holds { "yes" } else { "no" }),
            ]
        });
        f.write_str(&table(&columns, rows.collect()))
    }
}

pub async fn run(args: &Args, ctx: &Context) -> Result<Orders> {
    let token = ctx.token(&args.token).await?;
    let now = ctx.now().await?;
    let orders = fetch::orders(&ctx.client, &token.key).await?;
    let standing =
        |order: &upside_sdk::state::StandingOrder| Standing::new(order, &token.data, now);
    Ok(Orders {
        token: token.key.to_string(),
        symbol: ctx.symbol(&token).await?,
        orders: orders.iter().map(|order| standing(&order.data)).collect(),
    })
}

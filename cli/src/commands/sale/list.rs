use {
    super::offered::Offered,
    crate::{context::Context, error::Result, values::TokenQuery, views},
    serde::Serialize,
    std::fmt,
    upside_sdk::fetch,
    upside_view::style::{self, Column, cell, grouped, heading, paint, short, span, table},
};

/// List what is offered, cheapest first
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside sale list ADA
  upside sale list ADA --output json-compact")]
pub struct Args {
    /// The token
    token: TokenQuery,
}

/// All sales of a token.
#[derive(Debug, Serialize)]
pub struct Sales {
    token: String,
    symbol: String,
    quote_mint: String,
    sales: Vec<Offered>,
    #[serde(skip)]
    currency: String,
    #[serde(skip)]
    now: i64,
}

impl fmt::Display for Sales {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let title = format!("Sales of {}  ", self.symbol);
        let priced = paint(style::DIM, format!("prices in {}", self.currency));
        f.write_str(heading(&(title + &priced)).trim_start())?;
        let columns = [
            Column::Numbers("price"),
            Column::Numbers("shares"),
            Column::Words("seller"),
            Column::Numbers("number"),
            Column::Words("for"),
            Column::Words("ends in"),
        ];
        let rows = self.sales.iter().map(|one| {
            let ends = if one.expired {
                "expired".to_string()
            } else {
                span(one.expires_at.saturating_sub(self.now))
            };
            let buyer = one.buyer.as_deref().map(short);
            vec![
                cell(grouped(&one.price)),
                cell(grouped(&one.shares)),
                cell(&one.seller),
                cell(one.number),
                cell(buyer.unwrap_or_else(|| "anybody".to_string())),
                cell(ends),
            ]
        });
        f.write_str(&table(&columns, rows.collect()))
    }
}

pub async fn run(args: &Args, ctx: &Context) -> Result<Sales> {
    let token = ctx.token(&args.token).await?;
    let quote = token.data.quote();
    let now = ctx.now().await?;
    let sales = fetch::sales(&ctx.client, &token.key).await?;
    let mint = quote.mint;
    let names = views::names(&ctx.client, [mint]).await?;
    Ok(Sales {
        token: token.key.to_string(),
        symbol: ctx.symbol(&token).await?,
        sales: sales
            .iter()
            .map(|sale| Offered::new(&sale.data, quote.decimals, now))
            .collect(),
        currency: names.of(&mint),
        quote_mint: mint.to_string(),
        now,
    })
}

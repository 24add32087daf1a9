use {
    super::waiting::Waiting,
    crate::{
        context::Context,
        error::Result,
        select::bid::find,
        values::{Address, TokenQuery, stamp},
        views,
    },
    serde::Serialize,
    std::fmt,
    upside_sdk::fetch,
    upside_view::style::{self, Column, cell, facts, grouped, heading, paint, short, span, table},
};

/// List what is bid, highest first
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside bid list ADA
  upside bid list ADA --output json-compact")]
pub struct ListArgs {
    /// The token
    token: TokenQuery,
}

/// Show one bid
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside bid show ADA
  upside bid show ADA 7kbn… --number 2")]
pub struct ShowArgs {
    /// The token
    token: TokenQuery,
    /// Whose [default: yours]
    bidder: Option<Address>,
    /// Which of their bids [default: the only one]
    #[arg(short, long, value_name = "NUMBER")]
    number: Option<u64>,
}

/// All bids of a token.
#[derive(Debug, Serialize)]
pub struct Bids {
    token: String,
    symbol: String,
    quote_mint: String,
    bids: Vec<Waiting>,
    #[serde(skip)]
    currency: String,
    #[serde(skip)]
    now: i64,
}

impl fmt::Display for Bids {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let title = format!("Bids for {}  ", self.symbol);
        let priced = paint(style::DIM, format!("prices in {}", self.currency));
        f.write_str(heading(&(title + &priced)).trim_start())?;
        let columns = [
            Column::Numbers("price"),
            Column::Numbers("shares"),
            Column::Words("bidder"),
            Column::Numbers("number"),
            Column::Words("from"),
            Column::Words("ends in"),
        ];
        let rows = self.bids.iter().map(|one| {
            let ends = if one.expired {
                "expired".to_string()
            } else {
                span(one.expires_at.saturating_sub(self.now))
            };
            let seller = one.seller.as_deref().map(short);
            vec![
                cell(grouped(&one.price)),
                cell(grouped(&one.shares)),
                cell(&one.bidder),
                cell(one.number),
                cell(seller.unwrap_or_else(|| "anybody".to_string())),
                cell(ends),
            ]
        });
        f.write_str(&table(&columns, rows.collect()))
    }
}

/// One bid of a token.
#[derive(Debug, Serialize)]
pub struct Shown {
    token: String,
    symbol: String,
    bid: String,
    #[serde(flatten)]
    waiting: Waiting,
}

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let it = &self.waiting;
        let title = format!("Bid {} for {}", it.number, self.symbol);
        writeln!(f, "{}", paint(style::BOLD, title))?;
        let seller = it.seller.clone();
        let until = stamp(it.expires_at);
        f.write_str(&facts(&[
            ("bidder", it.bidder.clone()),
            ("price", grouped(&it.price)),
            ("wants", format!("{} shares", grouped(&it.shares))),
            ("bought", format!("{} shares", grouped(&it.bought))),
            ("waiting", grouped(&it.escrow)),
            ("from", seller.unwrap_or_else(|| "anybody".to_string())),
            (
                "until",
                match it.expired {
                    true => format!("{until}, expired"),
                    false => until,
                },
            ),
        ]))
    }
}

pub async fn run(args: &ListArgs, ctx: &Context) -> Result<Bids> {
    let token = ctx.token(&args.token).await?;
    let quote = token.data.quote();
    let now = ctx.now().await?;
    let bids = fetch::bids(&ctx.client, &token.key).await?;
    let mint = quote.mint;
    let names = views::names(&ctx.client, [mint]).await?;
    Ok(Bids {
        token: token.key.to_string(),
        symbol: ctx.symbol(&token).await?,
        bids: bids
            .iter()
            .map(|bid| Waiting::new(&bid.data, quote.decimals, now))
            .collect(),
        currency: names.of(&mint),
        quote_mint: mint.to_string(),
        now,
    })
}

pub async fn show(args: &ShowArgs, ctx: &Context) -> Result<Shown> {
    let token = ctx.token(&args.token).await?;
    let bidder = ctx.wallet(args.bidder.as_ref())?;
    let bid = find(ctx, &token.key, &bidder, args.number).await?;
    let now = ctx.now().await?;
    Ok(Shown {
        token: token.key.to_string(),
        symbol: ctx.symbol(&token).await?,
        bid: bid.key.to_string(),
        waiting: Waiting::new(&bid.data, token.data.quote().decimals, now),
    })
}

use {
    super::waiting::Waiting,
    crate::{
        commands::sale::price::far_off,
        context::Context,
        error::Result,
        select::bid::{find, of_bidder},
        send::completed::{Done, Outcome},
        values::{Address, Decimal, Quantity, TokenQuery, When, stamp},
        views,
    },
    serde::Serialize,
    upside_math::{SHARE_DECIMALS, Shares},
    upside_sdk::{
        action,
        address::find_bid,
        fetch,
        inspect::{Amount, Intent},
        state::BidTerms,
    },
    upside_view::{
        style::{grouped, span},
        text::Before,
    },
};

/// Offer to buy shares for a price; the money waits until somebody sells
///
/// The money leaves your account now and waits in the token's vault. Anybody who holds
/// shares may sell into it, all or a part. You end it at any time and get back what waits.
/// An owner who buys shares back opens a bid like anybody else.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside bid open ADA 100 0.25                     from anybody, for 30 days
  upside bid open ADA 100 0.25 --seller 7kbn… --expires 2d")]
pub struct OpenArgs {
    /// The token
    token: TokenQuery,
    /// How many shares; ALL is as many as your money buys
    shares: Quantity,
    /// For how much of the quote currency a share
    price: Decimal,
    /// Who alone may sell [default: anybody]
    #[arg(long, value_name = "WALLET")]
    seller: Option<Address>,
    /// Until when: a span from now, or a point in time, at most two years ahead
    #[arg(long, value_name = "TIME", default_value = "30d")]
    expires: When,
    /// Your number for it [default: your lowest that is free]
    #[arg(short, long, value_name = "NUMBER")]
    number: Option<u64>,
}

/// End a bid: yours, or anybody's that has expired; its money goes back
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside bid cancel ADA
  upside bid cancel ADA --bidder 7kbn… --number 2      once it has expired")]
pub struct CancelArgs {
    /// The token
    token: TokenQuery,
    /// Whose [default: yours]
    #[arg(long, value_name = "WALLET")]
    bidder: Option<Address>,
    /// Which of their bids [default: the only one]
    #[arg(short, long, value_name = "NUMBER")]
    number: Option<u64>,
}

/// A bid opened.
#[derive(Debug, Serialize)]
pub struct Opened {
    token: String,
    symbol: String,
    bid: String,
    #[serde(flatten)]
    waiting: Waiting,
    /// What is unusual about the price.
    warning: Option<String>,
    /// What it brings once somebody sells, and what others can do to it.
    preview: Before,
    #[serde(skip)]
    for_seconds: i64,
}

impl Outcome for Opened {
    fn title(&self) -> String {
        format!(
            "Bid {} each for {} shares of {}",
            grouped(&self.waiting.price),
            grouped(&self.waiting.shares),
            self.symbol,
        )
    }

    fn rows(&self) -> Vec<(&str, String)> {
        let waiting = &self.waiting;
        let seller = waiting.seller.clone();
        let mut rows = vec![
            ("number", waiting.number.to_string()),
            ("waiting", grouped(&waiting.escrow)),
            ("from", seller.unwrap_or_else(|| "anybody".to_string())),
            (
                "until",
                format!("{}, {}", stamp(waiting.expires_at), span(self.for_seconds)),
            ),
        ];
        rows.extend(self.warning.clone().map(|warning| ("note", warning)));
        rows.extend(self.preview.rows());
        rows
    }

    fn before(&self) -> String {
        self.preview.text()
    }
}

/// A bid ended.
#[derive(Debug, Serialize)]
pub struct Cancelled {
    token: String,
    symbol: String,
    bidder: String,
    number: u64,
    refunded: Amount,
}

impl Outcome for Cancelled {
    fn title(&self) -> String {
        format!("Cancel bid {} for {}", self.number, self.symbol)
    }

    fn rows(&self) -> Vec<(&str, String)> {
        vec![
            ("bidder", self.bidder.clone()),
            ("back", grouped(&self.refunded)),
        ]
    }
}

pub async fn open(args: &OpenArgs, ctx: &Context) -> Result<Done<Opened>> {
    let me = ctx.keys.me()?;
    let token = ctx.token(&args.token).await?;
    let quote = token.data.quote();
    let now = ctx.now().await?;
    let number = match args.number {
        Some(number) => number,
        None => {
            let own = of_bidder(ctx, &token.key, &me).await?;
            let mut numbers = 0u64..;
            let taken = |number: &u64| own.iter().any(|bid| bid.data.number == *number);
            numbers.find(|number| !taken(number)).unwrap_or_default()
        }
    };
    let price = args.price.atoms(quote.decimals)?;
    let account = upside_sdk::instruction::asset_account(quote, &me);
    let cash = fetch::balance(&ctx.client, &account).await.unwrap_or(0);
    let affordable = u128::from(cash) * 1_000_000 / u128::from(price.max(1));
    let all = u64::try_from(affordable).unwrap_or(u64::MAX);
    let terms = BidTerms {
        number,
        shares: args.shares.shares(all)?.0,
        price,
        seller: args.seller.as_ref().map(|it| it.key).unwrap_or_default(),
        expires_at: args.expires.at(now),
    };
    let payer = ctx.keys.payer()?;
    let plan = action::open_bid(&ctx.client, &token, &payer, &me, terms).await?;
    ctx.require_cash(quote, &me, plan.quote.0).await?;
    let opened = Opened {
        token: token.key.to_string(),
        symbol: ctx.symbol(&token).await?,
        bid: find_bid(&token.key, &me, number).0.to_string(),
        waiting: Waiting {
            bidder: me.to_string(),
            number,
            shares: Amount::new(terms.shares, SHARE_DECIMALS),
            price: Amount::new(price, quote.decimals),
            seller: args.seller.as_ref().map(ToString::to_string),
            expires_at: terms.expires_at,
            expired: false,
            bought: Amount::new(0, SHARE_DECIMALS),
            escrow: Amount::new(plan.quote.0, quote.decimals),
        },
        warning: far_off(price, token.data.last_price, quote.decimals),
        preview: views::preview(
            &token,
            &me,
            Intent::Buy(Shares(terms.shares)),
            &ctx.client,
            &ctx.trust,
        )
        .await?,
        for_seconds: terms.expires_at.saturating_sub(now),
    };
    if ctx.binds() {
        ctx.ask(&opened.question(), "Put up this money?")?;
    }
    let report = ctx.send(&plan.steps).await?;
    Ok(Done::new(opened, report))
}

pub async fn cancel(args: &CancelArgs, ctx: &Context) -> Result<Done<Cancelled>> {
    let me = ctx.keys.me()?;
    let token = ctx.token(&args.token).await?;
    let bidder = args.bidder.as_ref().map_or(me, |bidder| bidder.key);
    let bid = find(ctx, &token.key, &bidder, args.number).await?;
    let plan = action::cancel_bid(&ctx.client, &token, &bid, &me).await?;
    let cancelled = Cancelled {
        token: token.key.to_string(),
        symbol: ctx.symbol(&token).await?,
        bidder: bidder.to_string(),
        number: bid.data.number,
        refunded: Amount::new(plan.quote.0, token.data.quote().decimals),
    };
    let report = ctx.send(&plan.steps).await?;
    Ok(Done::new(cancelled, report))
}

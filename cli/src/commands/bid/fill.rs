use {
    crate::{
        commands::sale::price::far_off,
        context::Context,
        error::{CliError, Result},
        select::bid::find,
        send::completed::{Done, Outcome},
        values::{Address, Decimal, Quantity, TokenQuery, When},
        views,
    },
    serde::Serialize,
    upside_math::SHARE_DECIMALS,
    upside_sdk::{
        action,
        error::SdkError,
        event::TokenEvent,
        fetch,
        inspect::{Amount, Intent},
    },
    upside_view::{style::grouped, text::Before},
};

/// Sell into a bid: shares and payment change hands at once
///
/// You receive the bid's price, less royalty on what you receive beyond everything that
/// you ever paid.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside bid fill ADA 7kbn… 50
  upside bid fill ADA bidder.json ALL --number 2 --min-proceeds 100 --yes")]
pub struct Args {
    /// The token
    token: TokenQuery,
    /// Who bids
    bidder: Address,
    /// How many shares, or ALL that you have free and the bid wants
    shares: Quantity,
    /// Which of their bids [default: the only one]
    #[arg(short, long, value_name = "NUMBER")]
    number: Option<u64>,
    /// Refuse to receive less of the quote currency than this in total
    #[arg(long, value_name = "AMOUNT")]
    min_proceeds: Option<Decimal>,
    /// Until when it may land: a span from now, or a point in time [default: 2m, or 14d for
    /// what is signed elsewhere]
    #[arg(long, value_name = "TIME")]
    deadline: Option<When>,
}

/// Shares sold into a bid.
#[derive(Debug, Serialize)]
pub struct Sold {
    token: String,
    symbol: String,
    bidder: String,
    seller: String,
    number: u64,
    shares: Amount,
    paid: Amount,
    /// Of what was paid, to the owner.
    royalty: Amount,
    /// Of what was paid, to you.
    proceeds: Amount,
    /// Shares that the bid still wants.
    left: Amount,
    /// What is unusual about the price.
    warning: Option<String>,
    /// What it brings or gives up, and what others can do.
    preview: Before,
}

impl Outcome for Sold {
    fn title(&self) -> String {
        format!(
            "Sell {} shares of {} for {}",
            grouped(&self.shares),
            self.symbol,
            grouped(&self.proceeds)
        )
    }

    fn rows(&self) -> Vec<(&str, String)> {
        let mut rows = vec![
            ("to", self.bidder.clone()),
            ("from", self.seller.clone()),
            ("paid", grouped(&self.paid)),
            ("royalty", format!("{} of it", grouped(&self.royalty))),
            ("left", format!("{} shares", grouped(&self.left))),
        ];
        rows.extend(self.warning.clone().map(|warning| ("note", warning)));
        rows.extend(self.preview.rows());
        rows
    }

    fn before(&self) -> String {
        self.preview.text()
    }
}

pub async fn run(args: &Args, ctx: &Context) -> Result<Done<Sold>> {
    let me = ctx.keys.me()?;
    let token = ctx.token(&args.token).await?;
    let bid = find(ctx, &token.key, &args.bidder.key, args.number).await?;
    let quote = token.data.quote();
    let holder = fetch::holder(&ctx.client, &token.key, &me).await?;
    let free = holder.map_or(0, |holder| holder.data.free().unwrap_or_default());
    let shares = args.shares.shares(free.min(bid.data.shares))?;
    let deadline = ctx.deadline(args.deadline, 2).await?;
    let plan = action::fill_bid(&ctx.client, &token, &bid, &me, shares, deadline).await?;
    let trade = plan.quote;
    let proceeds = trade.proceeds().map_err(SdkError::from)?;
    let money = |atoms| Amount::new(atoms, quote.decimals);
    if let Some(least) = &args.min_proceeds
        && least.atoms(quote.decimals)? > proceeds
    {
        return Err(CliError::usage(
            format!(
                "these shares bring {}: less than {least}",
                grouped(&money(proceeds))
            ),
            "look for a better bid with `upside bid list TOKEN`, or pass a lower --min-proceeds",
        ));
    }
    let amount = |atoms| Amount::new(atoms, SHARE_DECIMALS);
    let mut sold = Sold {
        token: token.key.to_string(),
        symbol: ctx.symbol(&token).await?,
        bidder: bid.data.bidder.to_string(),
        seller: me.to_string(),
        number: bid.data.number,
        shares: amount(shares.0),
        paid: money(trade.payment),
        royalty: money(trade.royalty),
        proceeds: money(proceeds),
        left: amount(bid.data.shares.saturating_sub(shares.0)),
        warning: far_off(bid.data.price, token.data.last_price, quote.decimals),
        preview: views::preview(&token, &me, Intent::Sell(shares), &ctx.client, &ctx.trust).await?,
    };
    if ctx.binds() {
        ctx.ask(&sold.question(), "Sell these shares?")?;
    }
    let report = ctx.send(&plan.steps).await?;
    let landed = report.events().find_map(|event| match event {
        TokenEvent::BidFilled(event) => Some((event.paid, event.royalty, event.left)),
        _ => None,
    });
    if let Some((paid, royalty, left)) = landed {
        sold.paid = money(paid);
        sold.royalty = money(royalty);
        sold.proceeds = money(paid.saturating_sub(royalty));
        sold.left = amount(left);
    }
    Ok(Done::new(sold, report))
}

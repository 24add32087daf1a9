use {
    super::price::far_off,
    crate::{
        context::Context,
        error::{CliError, Result},
        select::sale::find,
        send::completed::{Done, Outcome},
        values::{Address, Decimal, Quantity, TokenQuery, When},
        views,
    },
    serde::Serialize,
    upside_math::SHARE_DECIMALS,
    upside_sdk::{
        action,
        event::TokenEvent,
        inspect::{Amount, Intent},
    },
    upside_view::{style::grouped, text::Before},
};

/// Buy from a sale: payment and shares change hands at once
///
/// You pay the sale's price and no more. Royalty, where any is due, is taken from what the
/// seller receives.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside sale buy ADA 7kbn… 50
  upside sale buy ADA seller.json ALL --number 2 --max-payment 100 --yes")]
pub struct Args {
    /// The token
    token: TokenQuery,
    /// Who sells
    seller: Address,
    /// How many shares, or ALL of the sale
    shares: Quantity,
    /// Which of their sales [default: the only one]
    #[arg(short, long, value_name = "NUMBER")]
    number: Option<u64>,
    /// Refuse to pay more of the quote currency than this in total
    #[arg(long, value_name = "AMOUNT")]
    max_payment: Option<Decimal>,
    /// Until when it may land: a span from now, or a point in time [default: 2m, or 14d for
    /// what is signed elsewhere]
    #[arg(long, value_name = "TIME")]
    deadline: Option<When>,
}

/// Shares bought.
#[derive(Debug, Serialize)]
pub struct Bought {
    token: String,
    symbol: String,
    seller: String,
    buyer: String,
    number: u64,
    shares: Amount,
    paid: Amount,
    /// Of what was paid, to the owner instead of the seller.
    royalty: Amount,
    /// Shares that the sale still offers.
    left: Amount,
    /// What is unusual about the price.
    warning: Option<String>,
    /// What it brings or gives up, and what others can do.
    preview: Before,
}

impl Outcome for Bought {
    fn title(&self) -> String {
        format!(
            "Buy {} shares of {} for {}",
            grouped(&self.shares),
            self.symbol,
            grouped(&self.paid)
        )
    }

    fn rows(&self) -> Vec<(&str, String)> {
        let mut rows = vec![
            ("from", self.seller.clone()),
            ("to", self.buyer.clone()),
            (
                "royalty",
                format!("{} of it, borne by the seller", grouped(&self.royalty)),
            ),
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

pub async fn run(args: &Args, ctx: &Context) -> Result<Done<Bought>> {
    let me = ctx.keys.me()?;
    let token = ctx.token(&args.token).await?;
    let sale = find(ctx, &token.key, &args.seller.key, args.number).await?;
    let quote = token.data.quote();
    let shares = args.shares.shares(sale.data.shares)?;
    let deadline = ctx.deadline(args.deadline, 2).await?;
    let plan = action::buy(&ctx.client, &token, &sale, &me, shares, deadline).await?;
    let trade = plan.quote;
    if let Some(most) = &args.max_payment
        && most.atoms(quote.decimals)? < trade.payment
    {
        let price = Amount::new(trade.payment, quote.decimals);
        return Err(CliError::usage(
            format!("these shares cost {}: more than {most}", grouped(&price)),
            "buy fewer, or pass a higher --max-payment",
        ));
    }
    ctx.require_cash(quote, &me, trade.payment).await?;
    let amount = |atoms| Amount::new(atoms, SHARE_DECIMALS);
    let mut bought = Bought {
        token: token.key.to_string(),
        symbol: ctx.symbol(&token).await?,
        seller: sale.data.seller.to_string(),
        buyer: me.to_string(),
        number: sale.data.number,
        shares: amount(shares.0),
        paid: Amount::new(trade.payment, quote.decimals),
        royalty: Amount::new(trade.royalty, quote.decimals),
        warning: far_off(sale.data.price, token.data.last_price, quote.decimals),
        left: amount(sale.data.shares.saturating_sub(shares.0)),
        preview: views::preview(&token, &me, Intent::Buy(shares), &ctx.client, &ctx.trust).await?,
    };
    if ctx.binds() {
        ctx.ask(&bought.question(), "Buy these shares?")?;
    }
    let report = ctx.send(&plan.steps).await?;
    let landed = report.events().find_map(|event| match event {
        TokenEvent::SharesSold(event) => Some((event.paid, event.royalty, event.left)),
        _ => None,
    });
    if let Some((paid, royalty, left)) = landed {
        bought.paid = Amount::new(paid, quote.decimals);
        bought.royalty = Amount::new(royalty, quote.decimals);
        bought.left = amount(left);
    }
    Ok(Done::new(bought, report))
}

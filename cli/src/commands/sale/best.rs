use {
    super::price::far_off,
    crate::{
        context::Context,
        error::{CliError, Result},
        send::completed::{Done, Outcome},
        values::{Decimal, Quantity, TokenQuery, When},
        views,
    },
    serde::Serialize,
    upside_math::SHARE_DECIMALS,
    upside_sdk::{
        Atoms, action, fetch,
        inspect::{Amount, Intent},
    },
    upside_view::{
        style::{grouped, short},
        text::Before,
    },
};

/// Buy where it is cheapest, from as many sales as it takes
///
/// Every purchase is bound to what it costs now: if a sale is gone by then, that purchase
/// fails and nothing more is paid for another. What fits goes into one transaction.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside sale buy-best ADA 50 --max-payment 20
  upside sale buy-best ADA ALL --dry-run            what everything on offer costs")]
pub struct Args {
    /// The token
    token: TokenQuery,
    /// How many shares, or ALL that you can buy
    shares: Quantity,
    /// Refuse to pay more of the quote currency than this in total
    #[arg(long, value_name = "AMOUNT")]
    max_payment: Option<Decimal>,
    /// Until when it may land: a span from now, or a point in time [default: 2m, or 14d for
    /// what is signed elsewhere]
    #[arg(long, value_name = "TIME")]
    deadline: Option<When>,
}

/// One of the trades.
#[derive(Debug, Serialize)]
pub struct Part {
    /// Who offers.
    pub wallet: String,
    /// Their number for it.
    pub number: u64,
    /// Of a whole share.
    pub price: Amount,
    /// Shares that change hands.
    pub shares: Amount,
    /// What the buyer pays for them.
    pub paid: Amount,
    /// Of it, to the owner instead of the seller.
    pub royalty: Amount,
}

impl Part {
    /// The parts of several trades.
    pub fn all(fills: &[action::Fill], decimals: u8) -> Vec<Part> {
        let part = |fill: &action::Fill| Part {
            wallet: fill.wallet.to_string(),
            number: fill.number,
            price: Amount::new(fill.price, decimals),
            shares: Amount::new(fill.trade.shares, SHARE_DECIMALS),
            paid: Amount::new(fill.trade.payment, decimals),
            royalty: Amount::new(fill.trade.royalty, decimals),
        };
        fills.iter().map(part).collect()
    }

    /// This part in a line.
    pub fn line(&self) -> String {
        format!(
            "{} at {} for {}, {} {}",
            grouped(&self.shares),
            grouped(&self.price),
            grouped(&self.paid),
            short(&self.wallet),
            self.number,
        )
    }
}

/// Shares bought where they were cheapest.
#[derive(Debug, Serialize)]
pub struct Bought {
    token: String,
    symbol: String,
    buyer: String,
    shares: Amount,
    paid: Amount,
    /// Of what was paid, to the owner instead of sellers.
    royalty: Amount,
    parts: Vec<Part>,
    /// For people: in JSON the transactions themselves stand there.
    #[serde(skip)]
    transactions: usize,
    /// What is unusual about the highest price.
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
        let mut rows = vec![("to", self.buyer.clone())];
        rows.extend(self.parts.iter().map(|part| ("buy", part.line())));
        rows.push((
            "royalty",
            format!("{} of it, borne by sellers", grouped(&self.royalty)),
        ));
        rows.push(("transactions", self.transactions.to_string()));
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
    let quote = token.data.quote();
    let now = ctx.now().await?;
    let sales = fetch::sales(&ctx.client, &token.key).await?;
    let mine = |sale: &&_| {
        let sale: &upside_sdk::state::Account<upside_sdk::state::Sale> = sale;
        sale.data.seller != me && sale.data.require(&me, sale.data.shares, now).is_ok()
    };
    let all = sales.iter().filter(mine).map(|sale| sale.data.shares);
    let shares = args.shares.shares(all.fold(0, u64::saturating_add))?;
    let most = match &args.max_payment {
        Some(most) => most.atoms(quote.decimals)?,
        None => u64::MAX,
    };
    let deadline = ctx.deadline(args.deadline, 2).await?;
    // Without a bound first, so that the refusal can say what it costs.
    let plan =
        action::buy_best(&ctx.client, &token, &me, shares, Atoms(u64::MAX), deadline).await?;
    let best = &plan.quote;
    if best.payment.0 > most {
        let price = Amount::new(best.payment.0, quote.decimals);
        return Err(CliError::usage(
            format!("these shares cost {}: more than that", grouped(&price)),
            "buy fewer, or pass a higher --max-payment",
        ));
    }
    ctx.require_cash(quote, &me, best.payment.0).await?;
    let dearest = best.fills.last().map_or(0, |fill| fill.price);
    let bought = Bought {
        token: token.key.to_string(),
        symbol: ctx.symbol(&token).await?,
        buyer: me.to_string(),
        shares: Amount::new(best.shares.0, SHARE_DECIMALS),
        paid: Amount::new(best.payment.0, quote.decimals),
        royalty: Amount::new(best.royalty.0, quote.decimals),
        parts: Part::all(&best.fills, quote.decimals),
        transactions: plan.steps.len(),
        warning: far_off(dearest, token.data.last_price, quote.decimals),
        preview: views::preview(
            &token,
            &me,
            Intent::Buy(best.shares),
            &ctx.client,
            &ctx.trust,
        )
        .await?,
    };
    if ctx.binds() {
        ctx.ask(&bought.question(), "Buy these shares?")?;
    }
    let report = ctx.send(&plan.steps).await?;
    Ok(Done::new(bought, report))
}

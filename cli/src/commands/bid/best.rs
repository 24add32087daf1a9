use {
    crate::{
        commands::sale::{best::Part, price::far_off},
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
    upside_view::{style::grouped, text::Before},
};

/// Sell where it brings most, into as many bids as it takes
///
/// Every sale is bound to what it brings now: if a bid is gone by then, that sale fails and
/// the shares stay yours. What fits goes into one transaction.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside bid fill-best ADA 50 --min-proceeds 20
  upside bid fill-best ADA ALL --dry-run            what all your free shares bring")]
pub struct Args {
    /// The token
    token: TokenQuery,
    /// How many shares, or ALL that you have free
    shares: Quantity,
    /// Refuse to receive less of the quote currency than this in total
    #[arg(long, value_name = "AMOUNT")]
    min_proceeds: Option<Decimal>,
    /// Until when it may land: a span from now, or a point in time [default: 2m, or 14d for
    /// what is signed elsewhere]
    #[arg(long, value_name = "TIME")]
    deadline: Option<When>,
}

/// Shares sold where they brought most.
#[derive(Debug, Serialize)]
pub struct Sold {
    token: String,
    symbol: String,
    seller: String,
    shares: Amount,
    paid: Amount,
    /// Of what was paid, to the owner.
    royalty: Amount,
    /// Of what was paid, to you.
    proceeds: Amount,
    parts: Vec<Part>,
    /// For people: in JSON the transactions themselves stand there.
    #[serde(skip)]
    transactions: usize,
    /// What is unusual about the lowest price.
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
        let mut rows = vec![("from", self.seller.clone())];
        rows.extend(self.parts.iter().map(|part| ("sell", part.line())));
        rows.push(("paid", grouped(&self.paid)));
        rows.push(("royalty", format!("{} of it", grouped(&self.royalty))));
        rows.push(("transactions", self.transactions.to_string()));
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
    let quote = token.data.quote();
    let holder = fetch::holder(&ctx.client, &token.key, &me).await?;
    let free = holder.map_or(0, |holder| holder.data.free().unwrap_or_default());
    let shares = args.shares.shares(free)?;
    let least = match &args.min_proceeds {
        Some(least) => least.atoms(quote.decimals)?,
        None => 0,
    };
    let deadline = ctx.deadline(args.deadline, 2).await?;
    // Without a bound first, so that the refusal can say what they bring.
    let plan = action::sell_best(&ctx.client, &token, &me, shares, Atoms(0), deadline).await?;
    let best = &plan.quote;
    let proceeds = best.proceeds()?;
    let money = |atoms: Atoms| Amount::new(atoms.0, quote.decimals);
    if proceeds.0 < least {
        return Err(CliError::usage(
            format!(
                "these shares bring {}: less than that",
                grouped(&money(proceeds))
            ),
            "sell fewer, or pass a lower --min-proceeds",
        ));
    }
    let lowest = best.fills.last().map_or(0, |fill| fill.price);
    let sold = Sold {
        token: token.key.to_string(),
        symbol: ctx.symbol(&token).await?,
        seller: me.to_string(),
        shares: Amount::new(best.shares.0, SHARE_DECIMALS),
        paid: money(best.payment),
        royalty: money(best.royalty),
        proceeds: money(proceeds),
        parts: Part::all(&best.fills, quote.decimals),
        transactions: plan.steps.len(),
        warning: far_off(lowest, token.data.last_price, quote.decimals),
        preview: views::preview(
            &token,
            &me,
            Intent::Sell(best.shares),
            &ctx.client,
            &ctx.trust,
        )
        .await?,
    };
    if ctx.binds() {
        ctx.ask(&sold.question(), "Sell these shares?")?;
    }
    let report = ctx.send(&plan.steps).await?;
    Ok(Done::new(sold, report))
}

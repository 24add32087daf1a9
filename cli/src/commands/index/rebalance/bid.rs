use {
    crate::{
        context::Context,
        error::{CliError, Result},
        select::index::SelectedIndex,
        send::completed::{Done, Outcome},
        values::{Decimal, IndexQuery, Percent, Quantity, TokenQuery, When},
        views,
    },
    serde::Serialize,
    upside_sdk::{
        IndexError,
        error::SdkError,
        event::IndexEvent,
        index::{action, rebalance},
    },
    upside_view::text::SlotAmount,
};

/// Trade with the index at the price of this second; anyone may
///
/// What the index sells comes to your wallet, or, if it cannot move there now, to a basket
/// of yours, which pays it out once it can.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside index rebalance bid MAKERS 50 cash ADA       take 50 of cash for shares of ADA
  upside index rebalance bid MAKERS ALL ADA cash --slippage 1")]
pub struct Args {
    /// The index
    index: IndexQuery,
    /// How much to take; ALL for as much as there is
    amount: Quantity,
    /// What to take: a token, a mint, or cash
    take: TokenQuery,
    /// What to give for it
    give: TokenQuery,
    /// By how much more than now it may cost, in percent: prices only fall
    #[arg(long, value_name = "PERCENT", default_value = "0")]
    slippage: Percent,
    /// Most to give, whatever is quoted
    #[arg(long, value_name = "AMOUNT", conflicts_with = "slippage")]
    most: Option<Decimal>,
    /// Until when it may land: a span from now, or a point in time [default: 2m, or 14d for
    /// what is signed elsewhere]
    #[arg(long, value_name = "TIME")]
    deadline: Option<When>,
}

/// A trade.
#[derive(Debug, Serialize)]
pub struct Taken {
    index: String,
    symbol: String,
    /// Number of the announcement.
    nonce: u64,
    wallet: String,
    got: SlotAmount,
    gave: SlotAmount,
    /// Number of the basket that keeps what was taken.
    basket: Option<u64>,
    left: SlotAmount,
}

impl Outcome for Taken {
    fn title(&self) -> String {
        format!("Trade with {}", self.symbol)
    }

    fn rows(&self) -> Vec<(&str, String)> {
        let mut rows = vec![
            ("gets", self.got.text()),
            ("gives", self.gave.text()),
            ("left", self.left.text()),
            ("wallet", self.wallet.clone()),
        ];
        if let Some(basket) = self.basket {
            let text = format!("kept in basket {basket}: it cannot move to the wallet now");
            rows.push(("basket", text));
        }
        rows
    }
}

pub async fn run(args: &Args, ctx: &Context) -> Result<Done<Taken>> {
    let me = ctx.keys.me()?;
    let found = SelectedIndex::of(&args.index, ctx).await?;
    let (sell, buy) = (
        views::find(&found.slots, &args.take)?,
        views::find(&found.slots, &args.give)?,
    );
    if sell.number == buy.number {
        return Err(CliError::usage(
            format!("{} cannot be traded for itself", sell.name),
            "name what to take, then what to give",
        ));
    }
    let account = found.rebalance(ctx).await?;
    let data = &account.data;
    let quote = match &args.amount {
        Quantity::All => rebalance::largest(&found.pool, data, sell.number, buy.number, u64::MAX)?,
        Quantity::Exactly(decimal) => {
            let take = decimal.atoms(sell.unit)?;
            rebalance::bid(&found.pool, data, sell.number, buy.number, take)?
        }
    };
    let part = 10_000 + u128::from(args.slippage.bps());
    let quoted = (u128::from(quote.cost) * part).div_ceil(10_000);
    let most = match &args.most {
        Some(most) => most.atoms(buy.unit)?,
        None => u64::try_from(quoted).unwrap_or(u64::MAX),
    };
    if most < quote.cost {
        return Err(SdkError::from(IndexError::Slippage).into());
    }
    let request = action::Bid {
        wallet: me,
        sell: sell.number,
        buy: buy.number,
        take: quote.take,
        most,
        deadline: ctx.deadline(args.deadline, 2).await?,
    };
    found.require(&me, &[(buy.number, quote.cost)], ctx).await?;
    let plan = action::bid(&ctx.client, &found.pool, &account, &request).await?;
    let report = ctx.send(&plan.steps).await?;
    let landed = report.index_events().find_map(|event| match event {
        IndexEvent::RebalanceTraded(event) => Some((event.sold, event.bought, event.sell_left)),
        _ => None,
    });
    let had = data.order(sell.number).map_or(0, |order| order.left);
    let foreseen = (quote.take, quote.cost, had.saturating_sub(quote.take));
    let (sold, bought, left) = landed.unwrap_or(foreseen);
    let taken = Taken {
        index: found.key(),
        symbol: found.symbol.clone(),
        nonce: quote.nonce,
        wallet: me.to_string(),
        got: found.slots.amount(sell.number, sold),
        gave: found.slots.amount(buy.number, bought),
        basket: plan.quote.basket,
        left: found.slots.amount(sell.number, left),
    };
    Ok(Done::new(taken, report))
}

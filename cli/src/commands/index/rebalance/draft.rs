use {
    crate::{
        context::Context,
        error::{CliError, Result},
        select::index::SelectedIndex,
        send::completed::{Done, Outcome},
        values::{IndexQuery, OrderArg},
        views,
    },
    serde::Serialize,
    upside_sdk::{
        amount,
        hex::hex,
        index::{OrderInput, Side, action, fetch, rebalance},
    },
    upside_view::{style::span, text::SlotAmount},
};

/// Put a draft together, as curator
///
/// An order says what a whole share of the index shall hold afterwards, and between which
/// prices it is traded. Prices are of one whole unit; all of them count in the same unit,
/// whichever you like. What is sold begins at its high price and falls to its low, what is
/// bought rises from its low to its high; the high is at most twice the low. A draft
/// replaces an earlier one. Nobody can trade it before it is sealed.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside index rebalance draft MAKERS --sell cash=4@1..1 --buy ADA=0.6@20..24
  upside index rebalance draft MAKERS --sell ADA=0.4@19..21 --sell BEN=1@2..3 --buy cash=9@1..1")]
pub struct Args {
    /// The index
    index: IndexQuery,
    /// What to sell of: what a whole share shall still hold, and the lowest and highest price
    #[arg(long, value_name = "WHAT=AMOUNT@LOW..HIGH")]
    sell: Vec<OrderArg>,
    /// What to buy: what a whole share shall hold, and the lowest and highest price
    #[arg(long, value_name = "WHAT=AMOUNT@LOW..HIGH")]
    buy: Vec<OrderArg>,
}

/// A draft.
#[derive(Debug, Serialize)]
pub struct Drafted {
    index: String,
    symbol: String,
    /// What the seal names.
    content: String,
    orders: Vec<Order>,
}

#[derive(Debug, Serialize)]
struct Order {
    side: &'static str,
    target: SlotAmount,
    low: String,
    high: String,
}

impl Outcome for Drafted {
    fn title(&self) -> String {
        format!("Draft a rebalance of {}", self.symbol)
    }

    fn rows(&self) -> Vec<(&str, String)> {
        let mut rows = Vec::new();
        for order in &self.orders {
            let text = format!(
                "down to {} a share, {} to {} each",
                order.target.text(),
                order.low,
                order.high
            );
            let text = match order.side {
                "sell" => text,
                _ => text.replacen("down", "up", 1),
            };
            rows.push((order.side, text));
        }
        rows.push(("content", self.content.clone()));
        let seal = format!("`upside index rebalance seal {}`", self.symbol);
        rows.push(("next", seal));
        rows
    }
}

pub async fn run(args: &Args, ctx: &Context) -> Result<Done<Drafted>> {
    let found = SelectedIndex::of(&args.index, ctx).await?;
    let sides = [(Side::Sell, &args.sell), (Side::Buy, &args.buy)];
    let mut orders: Vec<OrderInput> = Vec::new();
    let mut shown = Vec::new();
    for (side, requested) in sides {
        for want in requested {
            let slot = views::find(&found.slots, &want.what)?;
            if orders.iter().any(|order| order.slot == slot.number) {
                return Err(CliError::usage(
                    format!("{} is named twice", slot.name),
                    "a slot is sold or bought, once",
                ));
            }
            let order = OrderInput {
                slot: slot.number,
                side,
                target: want.target.atoms(slot.unit.decimals)?,
                low: rebalance::value_of(want.low, slot.unit.decimals)?,
                high: rebalance::value_of(want.high, slot.unit.decimals)?,
                supply: rebalance::supply_of(&found.pool, slot.number)?,
            };
            let price = |price| amount::print(price, rebalance::PRICE_DECIMALS);
            shown.push(Order {
                side: if side == Side::Sell { "sell" } else { "buy" },
                target: found.slots.counted(slot.number, order.target),
                low: price(want.low),
                high: price(want.high),
            });
            orders.push(order);
        }
    }
    require_both(args)?;
    let payer = ctx.keys.payer()?;
    let present = fetch::rebalance(&ctx.client, &found.pool.index.key).await?;
    let plan = action::draft(&ctx.client, &found.pool, present.as_ref(), &payer, &orders).await?;
    let drafted = Drafted {
        index: found.key(),
        symbol: found.symbol.clone(),
        content: hex(&rebalance::content(&found.pool.index.data, &orders)?),
        orders: shown,
    };
    let report = ctx.send_shown(&drafted, &plan.steps).await?;
    Ok(Done::new(drafted, report))
}

fn require_both(args: &Args) -> Result<()> {
    if args.sell.is_empty() || args.buy.is_empty() {
        return Err(CliError::usage(
            "a rebalance sells something and buys something",
            format!(
                "give at least one --sell and one --buy; nothing is traded for {} at first",
                span(0)
            ),
        ));
    }
    Ok(())
}

use {
    super::lines::price_text,
    crate::{
        context::Context,
        error::Result,
        select::index::SelectedIndex,
        send::completed::{Done, Outcome},
        values::{IndexQuery, TokenQuery, UnitPrice},
        views,
    },
    serde::Serialize,
    upside_sdk::{
        action::Plan,
        error::SdkError,
        index::{Side, instruction, rebalance},
    },
};

/// Make a price better for the index, as launcher or curator
///
/// Raises the lowest price of what is sold, or lowers the highest of what is bought. There
/// is no way back.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  upside index rebalance tighten MAKERS ADA 22")]
pub struct TightenArgs {
    /// The index
    index: IndexQuery,
    /// What is sold or bought: a token, a mint, or cash
    what: TokenQuery,
    /// The new lowest or highest price of one whole unit
    price: UnitPrice,
}

/// End it: the launcher or the curator at any time, anyone when it is over
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  upside index rebalance stop MAKERS")]
pub struct StopArgs {
    /// The index
    index: IndexQuery,
}

/// An order made tighter.
#[derive(Debug, Serialize)]
pub struct Tightened {
    index: String,
    symbol: String,
    nonce: u64,
    /// `sell` or `buy`.
    side: &'static str,
    what: String,
    low: String,
    high: String,
}

impl Outcome for Tightened {
    fn title(&self) -> String {
        format!("Tighten rebalance {} of {}", self.nonce, self.symbol)
    }

    fn rows(&self) -> Vec<(&str, String)> {
        let price = format!("{}: {} to {} each", self.what, self.low, self.high);
        vec![(self.side, price)]
    }
}

/// A rebalance ended.
#[derive(Debug, Serialize)]
pub struct Stopped {
    index: String,
    symbol: String,
    nonce: u64,
}

impl Outcome for Stopped {
    fn title(&self) -> String {
        format!("End rebalance {} of {}", self.nonce, self.symbol)
    }

    fn rows(&self) -> Vec<(&str, String)> {
        vec![("index", self.index.clone())]
    }
}

pub async fn tighten(args: &TightenArgs, ctx: &Context) -> Result<Done<Tightened>> {
    let me = ctx.keys.me()?;
    let found = SelectedIndex::of(&args.index, ctx).await?;
    let slot = views::find(&found.slots, &args.what)?;
    let data = found.rebalance(ctx).await?.data;
    let value = rebalance::value_of(args.price.0, slot.unit.decimals)?;
    let order = data.order(slot.number).map_err(SdkError::from)?;
    let (low, high) = (order.low.unsigned(), order.high.unsigned());
    let (side, low, high) = match order.side() {
        Some(Side::Sell) => ("sell", value, high),
        _ => ("buy", low, value),
    };
    let key = found.pool.index.key;
    let call = instruction::tighten_order(&key, &me, data.nonce, slot.number, value);
    let steps = Plan::single("tighten an order", vec![call]).steps;
    let tightened = Tightened {
        index: found.key(),
        symbol: found.symbol.clone(),
        nonce: data.nonce,
        side,
        what: slot.name.clone(),
        low: price_text(low, slot.unit.decimals)?,
        high: price_text(high, slot.unit.decimals)?,
    };
    let report = ctx.send_shown(&tightened, &steps).await?;
    Ok(Done::new(tightened, report))
}

pub async fn stop(args: &StopArgs, ctx: &Context) -> Result<Done<Stopped>> {
    let me = ctx.keys.me()?;
    let found = SelectedIndex::of(&args.index, ctx).await?;
    let data = found.rebalance(ctx).await?.data;
    let call = instruction::end_rebalance(&found.pool.index.key, &me, data.nonce);
    let steps = Plan::single("end the rebalance", vec![call]).steps;
    let stopped = Stopped {
        index: found.key(),
        symbol: found.symbol.clone(),
        nonce: data.nonce,
    };
    let report = ctx.send_shown(&stopped, &steps).await?;
    Ok(Done::new(stopped, report))
}

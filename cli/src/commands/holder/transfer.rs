use {
    crate::{
        context::Context,
        error::Result,
        send::completed::{Done, Outcome},
        values::{Address, Quantity, TokenQuery},
    },
    serde::Serialize,
    upside_math::SHARE_DECIMALS,
    upside_sdk::{action, fetch, inspect::Amount},
    upside_view::style::grouped,
};

/// Give registered shares to another holder
///
/// Their part of the cost goes along. The receiver needs a holder account.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside holder transfer ADA 7kbn… 250
  upside -k old.json holder transfer ADA new.json ALL")]
pub struct Args {
    /// The token
    token: TokenQuery,
    /// Who receives
    to: Address,
    /// How many shares, or ALL
    shares: Quantity,
}

/// Shares moved.
#[derive(Debug, Serialize)]
pub struct Transferred {
    token: String,
    symbol: String,
    from: String,
    to: String,
    shares: Amount,
    left: Amount,
}

impl Outcome for Transferred {
    fn title(&self) -> String {
        format!(
            "Transfer {} shares of {}",
            grouped(&self.shares),
            self.symbol
        )
    }

    fn rows(&self) -> Vec<(&str, String)> {
        vec![
            (
                "from",
                format!("{}, {} left", self.from, grouped(&self.left)),
            ),
            ("to", self.to.clone()),
        ]
    }
}

pub async fn run(args: &Args, ctx: &Context) -> Result<Done<Transferred>> {
    let me = ctx.keys.me()?;
    let token = ctx.token(&args.token).await?;
    let symbol = ctx.symbol(&token).await?;
    let holder = fetch::holder(&ctx.client, &token.key, &me).await?;
    let all = holder.map_or(0, |holder| {
        holder.data.shares.saturating_sub(holder.data.locked)
    });
    let shares = args.shares.shares(all)?;
    let plan = action::transfer(&ctx.client, &token, &me, &args.to.key, shares).await?;
    let moved = Transferred {
        token: token.key.to_string(),
        symbol,
        from: me.to_string(),
        to: args.to.to_string(),
        shares: Amount::new(shares.0, SHARE_DECIMALS),
        left: Amount::new(plan.quote.left.0, SHARE_DECIMALS),
    };
    let report = ctx.send_shown(&moved, &plan.steps).await?;
    Ok(Done::new(moved, report))
}

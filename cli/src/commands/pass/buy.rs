use {
    crate::{
        commands::product::product_report::ProductReport,
        context::Context,
        error::{CliError, Result},
        select::product::ProductQuery,
        send::completed::{Done, Outcome},
        values::{Decimal, When, stamp},
        views,
    },
    serde::Serialize,
    upside_math::SHARE_DECIMALS,
    upside_sdk::{
        action::{self, PassPrice},
        error::SdkError,
        event::TokenEvent,
        inspect::Amount,
        state::PassInput,
    },
    upside_view::style::grouped,
};

/// Get a pass, or extend yours, in the way that the product asks
///
/// Units add up, and time is added to what is left. Of an expired pass nothing is left.
/// A pass for shares held is free, and renewed only when it has expired. For shares
/// burned you get the pass and nothing else: they do not redeem.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside pass buy ADA/0
  upside pass buy ADA/0 --max-price 500")]
pub struct Args {
    /// The product: its address, or TOKEN/NUMBER
    product: ProductQuery,
    /// Refuse to give more: of the mint, or shares to burn [default: what it asks now]
    #[arg(long, value_name = "AMOUNT")]
    max_price: Option<Decimal>,
    /// Until when it may land: a span from now, or a point in time [default: 2m, or 14d for
    /// what is signed elsewhere]
    #[arg(long, value_name = "TIME")]
    deadline: Option<When>,
}

/// A pass bought.
#[derive(Debug, Serialize)]
pub struct Bought {
    token: String,
    symbol: String,
    product: String,
    number: u64,
    name: String,
    wallet: String,
    kind: &'static str,
    price: Amount,
    to_claim: Option<Amount>,
    to_owner: Option<Amount>,
    units: Option<u64>,
    expires_at: Option<i64>,
    #[serde(skip)]
    asks: String,
}

impl Outcome for Bought {
    fn title(&self) -> String {
        format!(
            "Get a pass of {}/{}: {}",
            self.symbol, self.number, self.name
        )
    }

    fn rows(&self) -> Vec<(&str, String)> {
        let mut rows = vec![("gives", self.asks.clone())];
        if let (Some(claim), Some(owner)) = (&self.to_claim, &self.to_owner) {
            rows.push(("to holders", grouped(claim)));
            rows.push(("to the owner", grouped(owner)));
        }
        rows.extend(self.units.map(|units| ("units", units.to_string())));
        rows.extend(self.expires_at.map(|time| ("good until", stamp(time))));
        rows.push(("wallet", self.wallet.clone()));
        rows
    }
}

pub async fn run(args: &Args, ctx: &Context) -> Result<Done<Bought>> {
    let me = ctx.keys.me()?;
    let found = args.product.find(ctx).await?;
    let report = ProductReport::new(ctx, &found.token.data, &found.account)?;
    let mint = &found.account.data.mint;
    let asset = match &report.mint {
        Some(_) => {
            let place = found.token.data.asset_of(mint).map_err(SdkError::from)?;
            Some(*found.token.data.asset(place).map_err(SdkError::from)?)
        }
        None => None,
    };
    let unit = asset.map_or(SHARE_DECIMALS.into(), |asset| ctx.unit_of(&asset));
    let max_price = match &args.max_price {
        Some(most) => most.atoms(unit)?,
        None => found.account.data.price,
    };
    let request = PassInput {
        max_price,
        deadline: ctx.deadline(args.deadline, 2).await?,
    };
    if found.account.data.price > max_price {
        return Err(CliError::from(SdkError::from(
            upside_sdk::TokenError::Slippage,
        )));
    }
    let payer = ctx.keys.payer()?;
    let (token, product) = (&found.token, &found.account);
    let plan = action::buy_pass(&ctx.client, token, product, &payer, &me, request).await?;
    if let Some(asset) = &asset {
        ctx.require_cash(asset, &me, found.account.data.price)
            .await?;
    }
    let sent = ctx.send(&plan.steps).await?;
    let landed = sent.events().find_map(|event| match event {
        TokenEvent::PassBought(event) => Some((event.units, event.expires_at, event.to_claim)),
        _ => None,
    });
    let cut = match plan.quote {
        PassPrice::Paid(price, cut) => {
            let claim = landed.map_or(cut.claim.0, |(_, _, claim)| claim);
            let owner = price.0.saturating_sub(claim);
            Some((Amount::new(claim, unit), Amount::new(owner, unit)))
        }
        PassPrice::Held(_) | PassPrice::Burned(_) => None,
    };
    let (to_claim, to_owner) = cut.unzip();
    let names = views::names(&ctx.client, report.mint).await?;
    let bought = Bought {
        token: found.token.key.to_string(),
        symbol: found.symbol,
        product: report.product.clone(),
        number: report.number,
        name: report.name.clone(),
        wallet: me.to_string(),
        kind: report.kind,
        asks: report.asks(&names),
        price: report.price,
        to_claim,
        to_owner,
        units: landed.map(|(units, ..)| units),
        expires_at: landed.and_then(|(_, end, _)| (end != 0).then_some(end)),
    };
    Ok(Done::new(bought, sent))
}

//! `upside auction`: custody that is sold, for all.

use {
    super::revenue::to_endowment,
    crate::{
        context::Context,
        error::{CliError, Result},
        select::{claim::ClaimSelector, round::Selling, selected::Selected},
        send::completed::{Done, Outcome},
        values::{Decimal, Quantity, seconds, stamp},
    },
    serde::Serialize,
    upside_sdk::{
        Atoms,
        action::{self, Plan},
        error::SdkError,
        event::TokenEvent,
        inspect::{Amount, Unit},
        instruction,
        state::{AuctionTerms, Claim},
    },
    upside_view::style::grouped,
};

/// Sell tokenized equity out of custody: an announced auction, for all
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// Announce an auction, as owner: it starts when the notice period is over
    Announce(AnnounceArgs),
    /// Stop an auction, as owner: what is unsold stays in custody
    Cancel(CancelArgs),
    /// Buy at an auction, in part, at the price of the moment
    Buy(BuyArgs),
}

/// Announce an auction of tokenized equity, as owner
///
/// It starts when the notice period is over. Its price falls in a line from the start to the
/// end: the start is at least twice, the end at least half of the highest value that a fresh
/// accepted attestation says. With too few of them it takes a poll of holders.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside auction announce ADA 0 50 --start 12000 --end 3000
  upside auction announce ADA 0 ALL --start 12000 --end 3000 --over 30d")]
pub struct AnnounceArgs {
    #[command(flatten)]
    which: ClaimSelector,
    /// Tokens on offer, or ALL
    units: Quantity,
    /// Price of all of them at the start, in the quote currency
    #[arg(long, value_name = "AMOUNT")]
    start: Decimal,
    /// Price of all of them at the end
    #[arg(long, value_name = "AMOUNT")]
    end: Decimal,
    /// Time over which the price falls, 7d to 90d
    #[arg(long, value_name = "SPAN", default_value = "7d", value_parser = seconds)]
    over: u32,
}

/// Stop an auction, as owner: what is unsold stays in custody
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  upside auction cancel ADA 0")]
pub struct CancelArgs {
    #[command(flatten)]
    which: ClaimSelector,
}

/// Buy at an auction, in part, at the price of the moment
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside auction buy ADA 0 10
  upside auction buy ADA 0 ALL --dry-run     what the rest costs, and where that goes")]
pub struct BuyArgs {
    #[command(flatten)]
    which: ClaimSelector,
    /// Tokens to buy, or ALL that are left
    units: Quantity,
}

/// An auction announced or stopped.
#[derive(Debug, Serialize)]
pub struct Changed {
    #[serde(skip)]
    title: &'static str,
    token: String,
    symbol: String,
    claim: u64,
    units: Amount,
    #[serde(skip_serializing_if = "Option::is_none")]
    start: Option<Amount>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end: Option<Amount>,
    #[serde(skip_serializing_if = "Option::is_none")]
    highest_attested: Option<Amount>,
    #[serde(skip_serializing_if = "Option::is_none")]
    starts_at: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ends_at: Option<i64>,
}

impl Outcome for Changed {
    fn title(&self) -> String {
        let (units, claim) = (grouped(&self.units), self.claim);
        format!(
            "{} {units} tokens of claim {claim} of {}",
            self.title, self.symbol
        )
    }

    fn rows(&self) -> Vec<(&str, String)> {
        let mut rows = Vec::new();
        rows.extend(self.starts_at.map(|at| ("starts", stamp(at))));
        rows.extend(self.start.as_ref().map(|price| ("at", grouped(price))));
        rows.extend(self.ends_at.map(|at| ("ends", stamp(at))));
        rows.extend(self.end.as_ref().map(|price| ("at", grouped(price))));
        let highest = self.highest_attested.as_ref();
        rows.extend(highest.map(|value| ("attested", grouped(value))));
        rows
    }
}

/// Bought at an auction.
#[derive(Debug, Serialize)]
pub struct Bought {
    token: String,
    symbol: String,
    claim: u64,
    auction: u64,
    units: Amount,
    paid: Amount,
    to_owner: Amount,
    to_reserve: Amount,
    to_stream: Amount,
    to_endowment: Amount,
    /// Rounds that sell at once now.
    selling_rounds: Selling,
}

impl Outcome for Bought {
    fn title(&self) -> String {
        format!(
            "Buy {} tokens of claim {} of {} for at most {}",
            grouped(&self.units),
            self.claim,
            self.symbol,
            grouped(&self.paid)
        )
    }

    fn rows(&self) -> Vec<(&str, String)> {
        let mut rows = vec![
            ("pay", grouped(&self.paid)),
            ("to the owner", grouped(&self.to_owner)),
            ("to the reserve", grouped(&self.to_reserve)),
            ("to the stream", grouped(&self.to_stream)),
        ];
        rows.extend(to_endowment(&self.to_endowment));
        rows.extend(self.selling_rounds.row());
        rows
    }
}

pub async fn run(command: Command, ctx: &Context) -> Result<()> {
    match command {
        Command::Announce(args) => ctx.output.show(&announce(&args, ctx).await?),
        Command::Cancel(args) => ctx.output.show(&cancel(&args, ctx).await?),
        Command::Buy(args) => ctx.output.show(&buy(&args, ctx).await?),
    }
}

fn changed(title: &'static str, found: &Selected<Claim>, units: u64, unit: Unit) -> Changed {
    Changed {
        title,
        token: found.token.key.to_string(),
        symbol: found.symbol.clone(),
        claim: found.account.data.number,
        units: Amount::new(units, unit),
        start: None,
        end: None,
        highest_attested: None,
        starts_at: None,
        ends_at: None,
    }
}

async fn announce(args: &AnnounceArgs, ctx: &Context) -> Result<Done<Changed>> {
    let found = args.which.find(ctx).await?;
    let unit = found.unit(ctx).await?;
    let held = found.account.data.held().map_err(SdkError::from)?;
    let terms = AuctionTerms {
        units: args.units.atoms(unit, held)?,
        start: args.start.atoms(found.quote_decimals)?,
        end: args.end.atoms(found.quote_decimals)?,
        seconds: args.over,
    };
    let (token, claim) = (&found.token, &found.account);
    let plan = action::announce_auction(&ctx.client, token, claim, terms).await?;
    let starts_at = plan.quote.starts_at;
    let announced = Changed {
        start: Some(Amount::new(terms.start, found.quote_decimals)),
        end: Some(Amount::new(terms.end, found.quote_decimals)),
        highest_attested: Some(Amount::new(plan.quote.highest.0, found.quote_decimals)),
        starts_at: Some(starts_at),
        ends_at: Some(starts_at.saturating_add(i64::from(args.over))),
        ..changed("Announce an auction of", &found, terms.units, unit)
    };
    let report = ctx.send_shown(&announced, &plan.steps).await?;
    Ok(Done::new(announced, report))
}

async fn cancel(args: &CancelArgs, ctx: &Context) -> Result<Done<Changed>> {
    let found = args.which.find(ctx).await?;
    let unit = found.unit(ctx).await?;
    let left = found.account.data.auction.left(ctx.now().await?);
    let cancel = instruction::cancel_auction(&found.account, &found.token.data.owner);
    let steps = Plan::single("cancel auction", vec![cancel]).steps;
    let stopped = changed("Stop the auction of", &found, left, unit);
    let report = ctx
        .send_shown(&stopped, &found.managed(ctx, steps)?)
        .await?;
    Ok(Done::new(stopped, report))
}

async fn buy(args: &BuyArgs, ctx: &Context) -> Result<Done<Bought>> {
    let me = ctx.keys.me()?;
    let found = args.which.find(ctx).await?;
    let unit = found.unit(ctx).await?;
    let (now, data) = (ctx.now().await?, &found.account.data);
    let left = data
        .auction
        .left(now)
        .min(data.held().map_err(SdkError::from)?);
    let units = args.units.atoms(unit, left)?;
    if units > left {
        return Err(CliError::usage(
            format!("the auction has {} left", Amount::new(left, unit)),
            "buy at most these, or ALL",
        ));
    }
    let deadline = now.saturating_add(300);
    let (token, claim) = (&found.token, &found.account);
    let plan = action::buy_at_auction(&ctx.client, token, claim, &me, units, deadline).await?;
    let quote = plan.quote;
    ctx.require_cash(token.data.quote(), &me, quote.payment.0)
        .await?;
    let selling_rounds = Selling::of(token, ctx).await?;
    selling_rounds.warn(ctx);
    let report = ctx.send(&plan.steps).await?;
    let money = |atoms: Atoms| Amount::new(atoms.0, found.quote_decimals);
    let mut bought = Bought {
        token: token.key.to_string(),
        symbol: found.symbol.clone(),
        claim: data.number,
        auction: data.auction.number,
        units: Amount::new(units, unit),
        paid: money(quote.payment),
        to_owner: money(quote.exit.to_owner),
        to_reserve: money(quote.exit.to_reserve),
        to_stream: money(quote.exit.to_stream),
        to_endowment: money(quote.exit.to_endowment),
        selling_rounds,
    };
    // The price fell until it landed.
    for event in report.events() {
        if let TokenEvent::ClaimExited(event) = event {
            bought.paid = money(Atoms(event.proceeds));
            bought.to_owner = money(Atoms(event.to_owner));
            bought.to_reserve = money(Atoms(event.to_reserve));
            bought.to_stream = money(Atoms(event.to_stream));
            bought.to_endowment = money(Atoms(event.to_endowment));
        }
    }
    Ok(Done::new(bought, report))
}

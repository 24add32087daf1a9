//! `upside revenue`: what a claim on revenue brings.

use {
    crate::{
        context::Context,
        error::Result,
        select::{claim::ClaimSelector, round::Selling},
        send::completed::{Done, Outcome},
        values::{Decimal, Document, Quantity, stamp},
    },
    serde::Serialize,
    std::str::FromStr,
    upside_sdk::{
        Atoms,
        action::{self, Plan},
        error::SdkError,
        event::TokenEvent,
        inspect::Amount,
        instruction,
        state::{Claim, ClaimKind, RevenueReport},
    },
    upside_view::style::grouped,
};

/// Pay revenue to holders, report what is due
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// Pay on a revenue claim: a part to the reserve, the rest streams to holders
    Pay(PayArgs),
    /// Report a month's revenue, as owner or payer: what is due is on show
    Report(ReportArgs),
}

/// Report a month's revenue, as owner or payer: what is due is on show
///
/// Months are reported once they are over, in order, from that of the claim's declaration on.
/// The last one again corrects it; both numbers stay in sight.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside revenue report ADA 1 2027-03 8200 --evidence march.pdf
  upside revenue report ADA 1 2027-03 8500 --evidence march-corrected.pdf")]
pub struct ReportArgs {
    #[command(flatten)]
    which: ClaimSelector,
    /// The month after the last one reported, or that one again: 2027-03
    month: Month,
    /// Gross revenue of it, in the claim's mint
    gross: Decimal,
    /// The books: a file to hash, or its SHA-256
    #[arg(long, value_name = "FILE_OR_SHA256")]
    evidence: Document,
}

/// A month, as the program counts it: year times 100 and month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Month(u32);

impl FromStr for Month {
    type Err = String;

    fn from_str(text: &str) -> std::result::Result<Self, String> {
        let bad = || format!("{text:?} is no month: write 2027-03");
        let (year, month) = text.split_once('-').ok_or_else(bad)?;
        let year: u32 = year.parse().map_err(|_| bad())?;
        let month: u32 = month.parse().map_err(|_| bad())?;
        let fits = (1970..=9999).contains(&year) && (1..=12).contains(&month);
        if fits {
            Ok(Month(year * 100 + month))
        } else {
            Err(bad())
        }
    }
}

/// Revenue reported.
#[derive(Debug, Serialize)]
pub struct Reported {
    token: String,
    symbol: String,
    claim: u64,
    period: u32,
    gross: Amount,
    reported_first: Option<Amount>,
    due: Amount,
    due_at: i64,
    unpaid: Amount,
}

impl Outcome for Reported {
    fn title(&self) -> String {
        format!("Report revenue on claim {} of {}", self.claim, self.symbol)
    }

    fn rows(&self) -> Vec<(&str, String)> {
        let mut rows = vec![("gross", grouped(&self.gross))];
        let first = self.reported_first.as_ref();
        rows.extend(first.map(|first| ("reported first", grouped(first))));
        rows.push(("due of it", grouped(&self.due)));
        rows.push(("due by", stamp(self.due_at)));
        rows.push(("due and not paid", grouped(&self.unpaid)));
        rows
    }
}

async fn report(args: &ReportArgs, ctx: &Context) -> Result<Done<Reported>> {
    let me = ctx.keys.me()?;
    let found = args.which.find(ctx).await?;
    let claim = found.account.data;
    claim
        .require_open(ClaimKind::RevenueShare)
        .map_err(SdkError::from)?;
    let place = found
        .token
        .data
        .asset_of(&claim.mint)
        .map_err(SdkError::from)?;
    let decimals = found
        .token
        .data
        .asset(place)
        .map_err(SdkError::from)?
        .decimals;
    let report = RevenueReport {
        period: args.month.0,
        gross: args.gross.atoms(decimals)?,
        evidence: args.evidence.0,
    };
    let foreseen = foresee(&claim, &report, ctx.now().await?);
    let foreseen = foreseen.map_err(|error| error.hinting(months(&claim)))?;
    let tell = instruction::report_revenue(&found.account, &me, report);
    let sent = ctx
        .send(&Plan::single("report revenue", vec![tell]).steps)
        .await?;
    let told = sent.events().find_map(|event| match event {
        TokenEvent::RevenueReported(event) => Some(event),
        _ => None,
    });
    // A dry run: what the report would come to.
    let first = told
        .as_ref()
        .map_or(foreseen.reported_gross, |event| event.first);
    let due_at = foreseen.due_at().map_err(SdkError::from)?;
    let reported = Reported {
        token: found.token.key.to_string(),
        symbol: found.symbol,
        claim: claim.number,
        period: args.month.0,
        gross: Amount::new(report.gross, decimals),
        reported_first: (first != report.gross).then(|| Amount::new(first, decimals)),
        due: Amount::new(
            told.as_ref().map_or(foreseen.due_last, |event| event.due),
            decimals,
        ),
        due_at: told
            .as_ref()
            .map_or(due_at.unwrap_or_default(), |event| event.due_at),
        unpaid: Amount::new(
            told.as_ref()
                .map_or(foreseen.unpaid(), |event| event.unpaid),
            decimals,
        ),
    };
    Ok(Done::new(reported, sent))
}

/// Which months can be reported.
fn months(claim: &Claim) -> String {
    let again = match claim.reported_period {
        0 => String::new(),
        last => format!(", and {}-{:02} again corrects it", last / 100, last % 100),
    };
    let next = claim.next_month().map(|month| month.number());
    let next = next.map_or("none".to_string(), |next| {
        format!("{}-{:02}", next / 100, next % 100)
    });
    format!("a month is reported once it is over: the next is {next}{again}")
}

/// The claim after a report, by the program's own function.
fn foresee(claim: &Claim, report: &RevenueReport, now: i64) -> Result<Claim> {
    let mut after = *claim;
    after.report(report, now).map_err(SdkError::from)?;
    Ok(after)
}

/// Pay on a revenue claim: a part to the reserve, the rest streams to holders
///
/// Anyone may pay, up to the claim's total and before its end; after it what is due.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside revenue pay ADA 1 750
  upside revenue pay ADA 1 ALL         what is left of the claim's total")]
pub struct PayArgs {
    #[command(flatten)]
    which: ClaimSelector,
    /// How much of the claim's mint, or ALL that the claim may still bring
    amount: Quantity,
}

/// Revenue paid.
#[derive(Debug, Serialize)]
pub struct Paid {
    token: String,
    symbol: String,
    claim: u64,
    payer: String,
    mint: String,
    amount: Amount,
    to_reserve: Amount,
    to_stream: Amount,
    to_endowment: Amount,
    received: Amount,
    total: Amount,
    /// Rounds that sell at once now.
    selling_rounds: Selling,
}

impl Outcome for Paid {
    fn title(&self) -> String {
        format!(
            "Pay {} on claim {} of {}",
            grouped(&self.amount),
            self.claim,
            self.symbol
        )
    }

    fn rows(&self) -> Vec<(&str, String)> {
        let (received, total) = (grouped(&self.received), grouped(&self.total));
        let mut rows = vec![
            ("to the reserve", grouped(&self.to_reserve)),
            ("to the stream", grouped(&self.to_stream)),
            ("claim", format!("{received} of at most {total} after it")),
            ("paid by", self.payer.clone()),
        ];
        rows.extend(to_endowment(&self.to_endowment));
        rows.extend(self.selling_rounds.row());
        rows
    }
}

/// The row of what goes to the endowment: only while no share exists.
pub(super) fn to_endowment(amount: &Amount) -> Option<(&'static str, String)> {
    (!amount.is_zero()).then(|| ("to the endowment", grouped(amount)))
}

pub async fn run(command: Command, ctx: &Context) -> Result<()> {
    match command {
        Command::Pay(args) => ctx.output.show(&pay(&args, ctx).await?),
        Command::Report(args) => ctx.output.show(&report(&args, ctx).await?),
    }
}

async fn pay(args: &PayArgs, ctx: &Context) -> Result<Done<Paid>> {
    let me = ctx.keys.me()?;
    let found = args.which.find(ctx).await?;
    let claim = &found.account.data;
    claim
        .require_open(ClaimKind::RevenueShare)
        .map_err(SdkError::from)?;
    let place = found
        .token
        .data
        .asset_of(&claim.mint)
        .map_err(SdkError::from)?;
    let asset = found.token.data.asset(place).map_err(SdkError::from)?;
    let left = if ctx.now().await? < claim.ends_at {
        claim.total.saturating_sub(claim.received)
    } else {
        claim.unpaid()
    };
    let has = ctx.cash(asset, &me).await?;
    let amount = Atoms(args.amount.atoms(ctx.unit_of(asset), left.min(has))?);
    let plan = action::pay_revenue(&ctx.client, &found.token, &found.account, &me, amount).await?;
    ctx.require_cash(asset, &me, amount.0).await?;
    let selling_rounds = Selling::of(&found.token, ctx).await?;
    selling_rounds.warn(ctx);
    let money = |atoms| Amount::new(atoms, ctx.unit_of(asset));
    let paid = Paid {
        token: found.token.key.to_string(),
        symbol: found.symbol,
        claim: claim.number,
        payer: me.to_string(),
        mint: claim.mint.to_string(),
        amount: money(amount.0),
        to_reserve: money(plan.quote.to_reserve),
        to_stream: money(plan.quote.to_stream),
        to_endowment: money(plan.quote.to_endowment),
        received: money(claim.received.saturating_add(amount.0)),
        total: money(claim.total),
        selling_rounds,
    };
    let report = ctx.send_shown(&paid, &plan.steps).await?;
    Ok(Done::new(paid, report))
}

use {
    super::decimals,
    crate::{
        context::Context,
        done::{Done, Outcome},
        error::{CliError, Result},
        report,
        values::{Decimal, Document, Percent, Quantity, TokenQuery, When, seconds, stamp},
    },
    serde::Serialize,
    upside_sdk::{
        action::Plan,
        error::SdkError,
        fetch,
        inspect::{change_name, figures},
        instruction,
        state::{Account, Change, PersonalToken},
    },
};

/// What is to change
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// Most shares that may ever exist
    #[command(after_help = "\
Examples:
  upside amendment propose supply-cap ADA 2000000 --document why.pdf
  upside amendment propose supply-cap ADA max --document why.pdf")]
    SupplyCap(Args<Quantity>),
    /// Cumulative result of exits that stays yours
    #[command(after_help = "\
Example:
  upside amendment propose floor ADA 80000 --document why.pdf")]
    Floor(Args<Decimal>),
    /// A higher cash-out tax; `token ease` lowers it
    #[command(after_help = "\
Example:
  upside amendment propose cash-out-tax ADA 10% --document why.pdf")]
    CashOutTax(Args<Percent>),
    /// A higher royalty; `token ease` lowers it
    #[command(after_help = "\
Example:
  upside amendment propose royalty ADA 5% --document why.pdf")]
    Royalty(Args<Percent>),
    /// Part of payouts that goes to the reserve
    #[command(after_help = "\
Example:
  upside amendment propose reserve-share ADA 30% --document why.pdf")]
    ReserveShare(Args<Percent>),
    /// How long later payouts stream, at most 30 days
    #[command(after_help = "\
Example:
  upside amendment propose drip ADA 14d --document why.pdf")]
    Drip(Args<Span>),
    /// A revenue claim's terms
    #[command(after_help = "\
Example:
  upside amendment propose revenue ADA 2 --share 8% --total 50000 --ends 2028-12-31 \\
      --document why.pdf")]
    Revenue(RevenueArgs),
    /// Part of the votes that passes an amendment: more than half, up to all
    #[command(after_help = "\
Example:
  upside amendment propose threshold ADA 66.67% --document why.pdf")]
    Threshold(Args<Percent>),
    /// How long changes are announced ahead, 1 to 90 days
    #[command(after_help = "\
Example:
  upside amendment propose notice ADA 14d --document why.pdf")]
    Notice(Args<Span>),
    /// How long you may be silent before the executor may act, at least 90 days
    #[command(after_help = "\
Example:
  upside amendment propose inactivity ADA 180d --document why.pdf")]
    Inactivity(Args<Span>),
    /// Wind the token up, for good
    #[command(after_help = "\
Example:
  upside amendment propose dissolve ADA --document why.pdf")]
    Dissolve(DissolveArgs),
}

/// A span of time.
#[derive(Clone, Copy, Debug)]
pub struct Span(u32);

impl std::str::FromStr for Span {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        seconds(text).map(Span)
    }
}

/// Flags of every proposal.
#[derive(Debug, clap::Args)]
pub struct Common {
    /// What it says in full: a file to hash, or its SHA-256
    #[arg(long, value_name = "FILE_OR_SHA256")]
    document: Document,
    /// For how long it may be applied after the notice period, 1 to 90 days
    #[arg(long, value_name = "SPAN", value_parser = seconds, default_value = "30d")]
    expires: u32,
}

/// A change to one value.
#[derive(Debug, clap::Args)]
pub struct Args<T>
where
    T: Clone + Send + Sync + std::str::FromStr + 'static,
    T::Err: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    /// The token
    token: TokenQuery,
    /// The new value
    value: T,
    #[command(flatten)]
    common: Common,
}

/// A revenue claim's new terms.
#[derive(Debug, clap::Args)]
pub struct RevenueArgs {
    /// The token
    token: TokenQuery,
    /// Number of the claim
    claim: u64,
    /// Part of gross revenue [default: as it is]
    #[arg(long, value_name = "PERCENT")]
    share: Option<Percent>,
    /// Most that will ever be paid [default: as it is]
    #[arg(long, value_name = "AMOUNT")]
    total: Option<Decimal>,
    /// When it ends [default: as it is]
    #[arg(long, value_name = "TIME")]
    ends: Option<When>,
    #[command(flatten)]
    common: Common,
}

/// The end of the token.
#[derive(Debug, clap::Args)]
pub struct DissolveArgs {
    /// The token
    token: TokenQuery,
    #[command(flatten)]
    common: Common,
}

/// An amendment proposed.
#[derive(Debug, Serialize)]
pub struct Proposed {
    token: String,
    symbol: String,
    amendment: u64,
    changes: &'static str,
    claim: Option<u64>,
    before: String,
    after: String,
    document: String,
    effective_at: i64,
    expires_at: i64,
}

impl Outcome for Proposed {
    fn title(&self) -> String {
        format!("Propose amendment {} of {}", self.amendment, self.symbol)
    }

    fn rows(&self) -> Vec<(&str, String)> {
        let (before, after) = (report::figures(&self.before), report::figures(&self.after));
        let change = format!("{}: {before} → {after}", self.changes);
        let approve = format!("`upside amendment approve {}` by holders", self.symbol);
        vec![
            ("change", change),
            ("sha256", self.document.clone()),
            ("applies from", stamp(self.effective_at)),
            ("until", stamp(self.expires_at)),
            ("next", approve),
        ]
    }
}

impl Command {
    fn parts(&self) -> (&TokenQuery, &Common) {
        match self {
            Command::SupplyCap(args) => (&args.token, &args.common),
            Command::Floor(args) => (&args.token, &args.common),
            Command::CashOutTax(args)
            | Command::Royalty(args)
            | Command::ReserveShare(args)
            | Command::Threshold(args) => (&args.token, &args.common),
            Command::Drip(args) | Command::Notice(args) | Command::Inactivity(args) => {
                (&args.token, &args.common)
            }
            Command::Revenue(args) => (&args.token, &args.common),
            Command::Dissolve(args) => (&args.token, &args.common),
        }
    }

    /// The change with amounts in atoms of `decimals`.
    async fn change(&self, ctx: &Context, token: &Account<PersonalToken>) -> Result<Change> {
        let decimals = decimals(ctx, token, self.claim()).await?;
        Ok(match self {
            Command::SupplyCap(args) => Change::SupplyCap(args.value.shares(u64::MAX)?.0),
            Command::Floor(args) => Change::Floor(args.value.atoms(decimals)?),
            Command::CashOutTax(args) => Change::CashOutTax(args.value.bps()),
            Command::Royalty(args) => Change::Royalty(args.value.bps()),
            Command::ReserveShare(args) => Change::ReserveShare(args.value.bps()),
            Command::Drip(args) => Change::Drip(args.value.0),
            Command::Threshold(args) => Change::Threshold(args.value.bps()),
            Command::Notice(args) => Change::Notice(args.value.0),
            Command::Inactivity(args) => Change::Inactivity(args.value.0),
            Command::Dissolve(_) => Change::Dissolve,
            Command::Revenue(args) => {
                let claim = fetch::claim(&ctx.client, &token.key, args.claim)
                    .await?
                    .data;
                let total = args.total.as_ref().map(|total| total.atoms(decimals));
                let now = ctx.now().await?;
                Change::RevenueTerms {
                    claim: args.claim,
                    share_bps: args.share.map_or(claim.share_bps, Percent::bps),
                    total: total.transpose()?.unwrap_or(claim.total),
                    ends_at: args.ends.map_or(claim.ends_at, |ends| ends.at(now)),
                }
            }
        })
    }

    fn claim(&self) -> Option<u64> {
        match self {
            Command::Revenue(args) => Some(args.claim),
            _ => None,
        }
    }
}

pub async fn run(command: &Command, ctx: &Context) -> Result<Done<Proposed>> {
    let (query, common) = command.parts();
    let token = ctx.token(query).await?;
    let symbol = ctx.symbol(&token).await?;
    let change = command.change(ctx, &token).await?;
    let now = ctx.now().await?;
    let claim = match change.claim() {
        Some(number) => Some(fetch::claim(&ctx.client, &token.key, number).await?.data),
        None => None,
    };
    // What the program would refuse is refused here, before anything is signed.
    let checked = change.check(&token.data, claim.as_ref(), now);
    let (before, _) = checked.map_err(|error| CliError::from(SdkError::from(error)))?;
    let places = decimals(ctx, &token, change.claim()).await?;
    let propose = instruction::propose_amendment(
        &token,
        &ctx.keys.payer()?,
        change,
        common.document.0,
        common.expires,
    );
    let steps = Plan::single("propose amendment", vec![propose]).steps;
    let report = ctx.send(&steps).await?;
    let effective_at = now.saturating_add(token.data.terms.notice_seconds.into());
    let proposed = Proposed {
        token: token.key.to_string(),
        symbol,
        amendment: token.data.amendments,
        changes: change_name(&change),
        claim: change.claim(),
        before: figures(&change, &before, places),
        after: figures(&change, &change.figures(), places),
        document: common.document.to_string(),
        effective_at,
        expires_at: effective_at.saturating_add(common.expires.into()),
    };
    Ok(Done::new(proposed, report))
}

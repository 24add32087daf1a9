use {
    super::decimals::decimals,
    crate::{
        context::Context,
        error::{CliError, Result},
        send::completed::{Done, Outcome},
        values::{Address, Decimal, Document, Percent, Quantity, TokenQuery, When, seconds, stamp},
    },
    serde::Serialize,
    upside_math::SHARE_DECIMALS,
    upside_sdk::{
        action,
        error::SdkError,
        fetch,
        inspect::{Amount, ChangeKind, Hash, PollFigures},
        report::names,
        state::{Account, Change, ChangeClass, PersonalToken},
    },
    upside_view::words::{Word, figures},
    upside_view::{style::grouped, text},
};

/// What is to change
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// Most shares that may exist or be on offer: up; `token relax` lowers it
    #[command(after_help = "\
Example:
  upside poll put supply-cap ADA 2000000 --document why.pdf")]
    SupplyCap(Args<Quantity>),
    /// Part of the supply that may be created in a year
    #[command(after_help = "\
Example:
  upside poll put room ADA 40% --document why.pdf")]
    Room(Args<Percent>),
    /// The cash-out tax, up or down; the owner lowers it with `token relax`
    #[command(after_help = "\
Example:
  upside poll put cash-out-tax ADA 10% --document why.pdf")]
    CashOutTax(Args<Percent>),
    /// The royalty, up or down; the owner lowers it with `token relax`
    #[command(after_help = "\
Example:
  upside poll put royalty ADA 5% --document why.pdf")]
    Royalty(Args<Percent>),
    /// Part of payouts that goes to the reserve
    #[command(after_help = "\
Example:
  upside poll put reserve-share ADA 30% --document why.pdf")]
    ReserveShare(Args<Percent>),
    /// How long later payouts stream, at most 30 days
    #[command(after_help = "\
Example:
  upside poll put drip ADA 14d --document why.pdf")]
    Drip(Args<Span>),
    /// A revenue claim's terms
    #[command(after_help = "\
Example:
  upside poll put revenue ADA 2 --share 8% --total 50000 --ends 2028-12-31 \\
      --document why.pdf")]
    Revenue(RevenueArgs),
    /// The end of a revenue claim: nothing is due on it any more
    #[command(after_help = "\
Example:
  upside poll put revenue-end ADA 2 --document why.pdf")]
    RevenueEnd(Args<u64>),
    /// Another attester, whose word may then count against holders
    #[command(after_help = "\
Example:
  upside poll put accept-attester ADA 7kbn… --document why.pdf")]
    AcceptAttester(Args<Address>),
    /// An attester's removal, at once
    #[command(after_help = "\
Example:
  upside poll put remove-attester ADA 7kbn… --document why.pdf")]
    RemoveAttester(Args<Address>),
    /// An asset of the reserve that new shares need not bring while it cannot move
    #[command(after_help = "\
Example:
  upside poll put exempt ADA 7kbn… --document why.pdf")]
    Exempt(Args<Address>),
    /// Part of the eligible shares that passes a poll against holders: above half, up to all
    #[command(after_help = "\
Example:
  upside poll put threshold ADA 75% --document why.pdf")]
    Threshold(Args<Percent>),
    /// How long changes are announced ahead, 1 to 90 days
    #[command(after_help = "\
Example:
  upside poll put notice ADA 14d --document why.pdf")]
    Notice(Args<Span>),
    /// How long the owner may be silent before the executor may act, at least 90 days
    #[command(after_help = "\
Example:
  upside poll put inactivity ADA 180d --document why.pdf")]
    Inactivity(Args<Span>),
    /// The most that losses may lower the cumulative result below zero
    #[command(after_help = "\
Example:
  upside poll put loss-limit ADA 5000 --document why.pdf")]
    LossLimit(Args<Decimal>),
    /// The floor: down; the owner lowers it with `token relax`
    #[command(after_help = "\
Example:
  upside poll put floor ADA 20000 --document why.pdf")]
    Floor(Args<Decimal>),
    /// A claim disputed: it counts as declared, whoever attested it
    #[command(after_help = "\
Example:
  upside poll put dispute ADA 0 --document why.pdf")]
    Dispute(Args<u64>),
    /// The end of a dispute that holders began
    #[command(after_help = "\
Example:
  upside poll put resolve ADA 0 --document why.pdf")]
    Resolve(Args<u64>),
    /// An auction of custody at a value that holders set
    ///
    /// It starts at twice that value, a notice after the poll is applied, and falls to half of
    /// it. An accepted attester's fresh signature of a higher value stops it. What is unsold
    /// stays in custody, and the owner may stop the auction.
    #[command(after_help = "\
Examples:
  upside poll put auction ADA 0 50 --value 6000 --document why.pdf
  upside poll put auction ADA 0 ALL --value 6000 --over 30d --document why.pdf")]
    Auction(AuctionArgs),
    /// What somebody sent to a vault, into the reserve; the owner books it with `reserve sync`
    #[command(after_help = "\
Example:
  upside poll put surplus ADA 7kbn… --document why.pdf")]
    Surplus(Args<Address>),
    /// Wind the token up, for good
    #[command(after_help = "\
Example:
  upside poll put dissolve ADA --document why.pdf")]
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

/// Flags of every poll.
#[derive(Debug, clap::Args)]
pub struct Common {
    /// What it says in full: a file to hash, or its SHA-256
    #[arg(long, value_name = "FILE_OR_SHA256")]
    document: Document,
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
    /// The new value, or what it is about
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

/// An auction of custody.
#[derive(Debug, clap::Args)]
pub struct AuctionArgs {
    /// The token
    token: TokenQuery,
    /// Number of the claim
    claim: u64,
    /// Tokens on offer, or ALL
    units: Quantity,
    /// What they are worth together, in the quote currency
    #[arg(long, value_name = "AMOUNT")]
    value: Decimal,
    /// Time over which the price falls, 7d to 90d
    #[arg(long, value_name = "SPAN", default_value = "7d", value_parser = seconds)]
    over: u32,
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

/// A poll put.
#[derive(Debug, Serialize)]
pub struct Put {
    token: String,
    symbol: String,
    poll: u64,
    #[serde(serialize_with = "names::ChangeClassName::serialize")]
    class: ChangeClass,
    changes: ChangeKind,
    claim: Option<u64>,
    attester: Option<String>,
    surplus: Option<Amount>,
    before: PollFigures,
    after: PollFigures,
    document: Hash,
    eligible: Amount,
    lapses_at: i64,
}

impl Outcome for Put {
    fn title(&self) -> String {
        format!("Put poll {} of {}", self.poll, self.symbol)
    }

    fn rows(&self) -> Vec<(&str, String)> {
        let (before, after) = (figures(&self.before), figures(&self.after));
        let about = match (self.claim, &self.attester) {
            (Some(claim), _) => format!(" of claim {claim}"),
            (None, Some(attester)) => format!(" {attester}"),
            (None, None) => String::new(),
        };
        let change = format!("{}{about}: {before} → {after}", self.changes.word());
        let (symbol, poll) = (&self.symbol, self.poll);
        let vote = format!("`upside poll vote {symbol} {poll} for` by holders");
        let mut rows = vec![("change", change)];
        rows.extend(
            self.surplus
                .as_ref()
                .map(|atoms| ("there now", grouped(atoms))),
        );
        rows.extend([
            ("class", text::class(self.class).to_string()),
            ("sha256", self.document.to_string()),
            ("eligible", format!("{} shares", grouped(&self.eligible))),
            ("lapses", stamp(self.lapses_at)),
            ("next", vote),
        ]);
        rows
    }
}

impl Command {
    fn parts(&self) -> (&TokenQuery, &Common) {
        match self {
            Command::SupplyCap(args) => (&args.token, &args.common),
            Command::Floor(args) | Command::LossLimit(args) => (&args.token, &args.common),
            Command::Room(args)
            | Command::CashOutTax(args)
            | Command::Royalty(args)
            | Command::ReserveShare(args)
            | Command::Threshold(args) => (&args.token, &args.common),
            Command::Drip(args) | Command::Notice(args) | Command::Inactivity(args) => {
                (&args.token, &args.common)
            }
            Command::AcceptAttester(args)
            | Command::RemoveAttester(args)
            | Command::Exempt(args)
            | Command::Surplus(args) => (&args.token, &args.common),
            Command::Auction(args) => (&args.token, &args.common),
            Command::RevenueEnd(args) | Command::Dispute(args) | Command::Resolve(args) => {
                (&args.token, &args.common)
            }
            Command::Revenue(args) => (&args.token, &args.common),
            Command::Dissolve(args) => (&args.token, &args.common),
        }
    }

    /// The change with amounts in atoms of `decimals`.
    async fn change(&self, ctx: &Context, token: &Account<PersonalToken>) -> Result<Change> {
        let places = decimals(ctx, token, self.claim()).await?;
        let decimals = places.amounts;
        Ok(match self {
            Command::SupplyCap(args) => Change::SupplyCap(args.value.shares(u64::MAX)?.0),
            Command::Room(args) => Change::Room(args.value.bps()),
            Command::CashOutTax(args) => Change::CashOutTax(args.value.bps()),
            Command::Royalty(args) => Change::Royalty(args.value.bps()),
            Command::ReserveShare(args) => Change::ReserveShare(args.value.bps()),
            Command::Drip(args) => Change::Drip(args.value.0),
            Command::Threshold(args) => Change::Threshold(args.value.bps()),
            Command::Notice(args) => Change::Notice(args.value.0),
            Command::Inactivity(args) => Change::Inactivity(args.value.0),
            Command::LossLimit(args) => Change::LossLimit(args.value.atoms(decimals)?),
            Command::Floor(args) => Change::Floor(args.value.atoms(decimals)?),
            Command::RevenueEnd(args) => Change::RevenueEnd(args.value),
            Command::Dispute(args) => Change::DisputeClaim(args.value),
            Command::Resolve(args) => Change::ResolveClaim(args.value),
            Command::AcceptAttester(args) => Change::AcceptAttester(args.value.key),
            Command::RemoveAttester(args) => Change::RemoveAttester(args.value.key),
            Command::Exempt(args) => Change::Exempt(place(token, &args.value)?),
            Command::Surplus(args) => Change::BookSurplus(place(token, &args.value)?),
            Command::Auction(args) => {
                let claim = fetch::claim(&ctx.client, &token.key, args.claim).await?;
                let held = claim.data.held().map_err(SdkError::from)?;
                Change::Auction {
                    claim: args.claim,
                    units: args.units.atoms(places.units, held)?,
                    value: args.value.atoms(decimals)?,
                    seconds: args.over,
                }
            }
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
            Command::Auction(args) => Some(args.claim),
            _ => None,
        }
    }
}

/// Place of a listed mint.
fn place(token: &Account<PersonalToken>, mint: &Address) -> Result<u8> {
    let place = token.data.asset_of(&mint.key).map_err(SdkError::from)?;
    Ok(u8::try_from(place).unwrap_or(u8::MAX))
}

pub async fn run(command: &Command, ctx: &Context) -> Result<Done<Put>> {
    let (query, common) = command.parts();
    let token = ctx.token(query).await?;
    let symbol = ctx.symbol(&token).await?;
    let change = command.change(ctx, &token).await?;
    let (payer, me) = (ctx.keys.payer()?, ctx.keys.me()?);
    // What the program would refuse is refused here, before anything is signed.
    let document = common.document.0;
    let plan = action::put_poll(&ctx.client, &token, &payer, &me, change, document).await;
    let plan = plan.map_err(CliError::from)?;
    let places = decimals(ctx, &token, change.claim()).await?;
    let quote = plan.quote;
    let booked = change
        .surplus()
        .and_then(|place| token.data.asset(place.into()).ok());
    let surplus = quote.surplus.zip(booked);
    let surplus = surplus.map(|(atoms, asset)| Amount::new(atoms.0, ctx.unit_of(asset)));
    let put = Put {
        token: token.key.to_string(),
        symbol,
        poll: quote.number,
        class: change.class(&token.data.terms),
        changes: ChangeKind::of(&change),
        claim: change.claim(),
        attester: change.attester().map(|key| key.to_string()),
        surplus,
        before: PollFigures::of(&change, &quote.before, places),
        after: PollFigures::of(&change, &change.figures(), places),
        document: Hash(common.document.0),
        eligible: Amount::new(quote.eligible.0, SHARE_DECIMALS),
        lapses_at: quote.lapses_at,
    };
    let report = ctx.send_shown(&put, &plan.steps).await?;
    Ok(Done::new(put, report))
}

use {
    crate::{
        commands::revenue::to_endowment,
        context::Context,
        error::Result,
        keys,
        select::{claim::ClaimSelector, round::Selling, selected::Selected},
        send::{
            completed::{Done, Outcome},
            sent::Report,
        },
        values::{Address, Decimal, Quantity},
    },
    serde::Serialize,
    upside_sdk::{
        action,
        error::SdkError,
        event::TokenEvent,
        inspect::Amount,
        quote::ExitQuote,
        state::{Claim, ExitArgs as Terms},
    },
    upside_view::style::grouped,
};

/// Exit equity on paper: its proceeds run through the waterfall
///
/// The owner signs; the payer brings the proceeds: the buyer, or the owner who received
/// them. A cost counts only if the terms of the first round published it, or accepted
/// attesters have said it for a notice period.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside claim exit ADA 0 400 10000               400 units for 10,000 in all
  upside claim exit ADA 0 ALL 25000 --payer buyer.json
  upside claim exit ADA 0 ALL 25000 --dry-run     where it would go")]
pub struct ExitArgs {
    #[command(flatten)]
    which: ClaimSelector,
    /// Units that leave, or ALL
    units: Quantity,
    /// What they bring in all, in the quote currency
    proceeds: Decimal,
    /// Who pays the proceeds in [default: the keypair]
    #[arg(long, value_name = "KEYPAIR")]
    payer: Option<Address>,
}

/// Units exited, and where the proceeds went.
#[derive(Debug, Serialize)]
pub struct Exited {
    token: String,
    symbol: String,
    claim: u64,
    units: Amount,
    proceeds: Amount,
    payer: String,
    cost: Amount,
    result: Amount,
    to_owner: Amount,
    to_reserve: Amount,
    to_stream: Amount,
    to_endowment: Amount,
    floor: Amount,
    /// Rounds that sell at once now.
    selling_rounds: Selling,
}

impl Outcome for Exited {
    fn title(&self) -> String {
        format!(
            "Exit {} units of claim {} of {} for {}",
            grouped(&self.units),
            self.claim,
            self.symbol,
            grouped(&self.proceeds)
        )
    }

    fn rows(&self) -> Vec<(&str, String)> {
        let mut rows = vec![
            (
                "cost",
                format!("{} of the exited units counts", grouped(&self.cost)),
            ),
            ("to the owner", grouped(&self.to_owner)),
            ("to the reserve", grouped(&self.to_reserve)),
            ("to the stream", grouped(&self.to_stream)),
            (
                "result",
                format!(
                    "{} so far, floor {}",
                    grouped(&self.result),
                    grouped(&self.floor)
                ),
            ),
            ("paid by", self.payer.clone()),
        ];
        rows.extend(to_endowment(&self.to_endowment));
        rows.extend(self.selling_rounds.row());
        rows
    }
}

impl Exited {
    /// Takes over what the program says: evidence may have changed since the quote.
    fn landed(mut self, report: &Report, decimals: u8) -> Self {
        let event = report.events().find_map(|event| match event {
            TokenEvent::ClaimExited(event) => Some(event),
            _ => None,
        });
        if let Some(event) = event {
            self.to_owner = Amount::new(event.to_owner, decimals);
            self.to_reserve = Amount::new(event.to_reserve, decimals);
            self.to_stream = Amount::new(event.to_stream, decimals);
            self.to_endowment = Amount::new(event.to_endowment, decimals);
        }
        self
    }
}

pub async fn exit(args: &ExitArgs, ctx: &Context) -> Result<Done<Exited>> {
    let payer = ctx.wallet(args.payer.as_ref())?;
    let found = args.which.find(ctx).await?;
    let held = found.account.data.held().map_err(SdkError::from)?;
    let places = found.account.data.decimals;
    let units = args.units.atoms(places, held)?;
    let terms = Terms {
        units,
        received: args.proceeds.atoms(found.quote_decimals)?,
    };
    let (token, claim) = (&found.token, &found.account);
    let plan = action::exit_claim(&ctx.client, token, claim, &payer, terms).await?;
    ctx.require_cash(found.token.data.quote(), &payer, terms.received)
        .await?;
    let extra = keys::of_files(&args.payer)?;
    let steps = found.managed(ctx, plan.steps)?;
    let selling = Selling::of(&found.token, ctx).await?;
    selling.warn(ctx);
    let report = ctx.send_with(&steps, &extra).await?;
    let mut exited = exited(&found, &terms, places, payer.to_string(), &plan.quote);
    exited.selling_rounds = selling;
    Ok(Done::new(
        exited.landed(&report, found.quote_decimals),
        report,
    ))
}

fn exited(
    found: &Selected<Claim>,
    terms: &Terms,
    places: u8,
    payer: String,
    quote: &ExitQuote,
) -> Exited {
    let amount = |atoms| Amount::new(atoms, found.quote_decimals);
    Exited {
        token: found.token.key.to_string(),
        symbol: found.symbol.clone(),
        claim: found.account.data.number,
        units: Amount::new(terms.units, places),
        proceeds: amount(terms.received),
        payer,
        cost: amount(quote.cost.0),
        result: Amount::signed(quote.cumulative, found.quote_decimals),
        to_owner: amount(quote.to_owner.0),
        to_reserve: amount(quote.to_reserve.0),
        to_stream: amount(quote.to_stream.0),
        to_endowment: amount(quote.to_endowment.0),
        floor: amount(found.token.data.terms.floor),
        selling_rounds: Selling::default(),
    }
}

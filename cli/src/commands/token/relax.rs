use {
    crate::{
        context::Context,
        error::{CliError, Result},
        send::completed::{Done, Outcome},
        values::{Decimal, Percent, Quantity, TokenQuery},
    },
    serde::Serialize,
    upside_math::SHARE_DECIMALS,
    upside_sdk::{action::Plan, amount, inspect::Amount, instruction, state::Relaxation},
    upside_view::style::grouped,
};

/// Lower the supply cap, the floor, the cash-out tax or the royalty, as owner
///
/// It takes effect at once. The other way takes a poll.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside token relax ADA --cash-out-tax 2%
  upside token relax ADA --royalty 0 --floor 20000
  upside token relax ADA --cap 500000")]
pub struct Args {
    /// The token
    token: TokenQuery,
    /// A lower supply cap: not below what exists and is on offer
    #[arg(long = "cap", value_name = "SHARES")]
    supply_cap: Option<Quantity>,
    /// A lower floor, in the quote currency
    #[arg(long, value_name = "AMOUNT")]
    floor: Option<Decimal>,
    /// A lower cash-out tax
    #[arg(long, value_name = "PERCENT")]
    cash_out_tax: Option<Percent>,
    /// A lower royalty
    #[arg(long, value_name = "PERCENT")]
    royalty: Option<Percent>,
}

/// Terms relaxed, in percent.
#[derive(Debug, Serialize)]
pub struct Relaxed {
    token: String,
    symbol: String,
    supply_cap: Amount,
    floor: Amount,
    cash_out_tax: String,
    royalty: String,
}

impl Outcome for Relaxed {
    fn title(&self) -> String {
        format!("Relax the terms of {}", self.symbol)
    }

    fn rows(&self) -> Vec<(&str, String)> {
        vec![
            ("supply cap", grouped(&self.supply_cap)),
            ("floor", grouped(&self.floor)),
            ("cash-out tax", format!("{} %", self.cash_out_tax)),
            ("royalty", format!("{} %", self.royalty)),
        ]
    }
}

pub async fn run(args: &Args, ctx: &Context) -> Result<Done<Relaxed>> {
    let token = ctx.token(&args.token).await?;
    let decimals = token.data.quote().decimals;
    let floor = args.floor.as_ref().map(|floor| floor.atoms(decimals));
    let cap = args.supply_cap.as_ref().map(|cap| cap.shares(u64::MAX));
    let relaxation = Relaxation {
        supply_cap: cap.transpose()?.map(|shares| shares.0),
        floor: floor.transpose()?,
        cash_out_tax_bps: args.cash_out_tax.map(Percent::bps),
        royalty_bps: args.royalty.map(Percent::bps),
    };
    if relaxation == Relaxation::default() {
        return Err(CliError::usage(
            "nothing to relax",
            "give --cap, --floor, --cash-out-tax or --royalty",
        ));
    }
    let symbol = ctx.symbol(&token).await?;
    let relax = instruction::relax_terms(&token, relaxation);
    let steps = Plan::single("relax terms", vec![relax]).steps;
    let terms = &token.data.terms;
    let percent = |new: Option<u16>, old: u16| amount::print(new.unwrap_or(old).into(), 2);
    let relaxed = Relaxed {
        token: token.key.to_string(),
        symbol,
        supply_cap: Amount::new(
            relaxation.supply_cap.unwrap_or(terms.supply_cap),
            SHARE_DECIMALS,
        ),
        floor: Amount::new(relaxation.floor.unwrap_or(terms.floor), decimals),
        cash_out_tax: percent(relaxation.cash_out_tax_bps, terms.cash_out_tax_bps),
        royalty: percent(relaxation.royalty_bps, terms.royalty_bps),
    };
    let report = ctx.send_shown(&relaxed, &steps).await?;
    Ok(Done::new(relaxed, report))
}

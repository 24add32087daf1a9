use {
    crate::{
        context::Context,
        done::{Done, Outcome},
        error::{CliError, Result},
        values::{Percent, TokenQuery},
    },
    serde::Serialize,
    upside_sdk::{action::Plan, amount, instruction, state::Easing},
};

/// Lower the cash-out tax or the royalty, as owner
///
/// It takes effect at once. The other way takes an amendment.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside token ease ADA --cash-out-tax 2%
  upside token ease ADA --royalty 0")]
pub struct Args {
    /// The token
    token: TokenQuery,
    /// A lower cash-out tax
    #[arg(long, value_name = "PERCENT")]
    cash_out_tax: Option<Percent>,
    /// A lower royalty
    #[arg(long, value_name = "PERCENT")]
    royalty: Option<Percent>,
}

/// Terms eased, in percent.
#[derive(Debug, Serialize)]
pub struct Eased {
    token: String,
    symbol: String,
    cash_out_tax: String,
    royalty: String,
}

impl Outcome for Eased {
    fn title(&self) -> String {
        format!("Ease the terms of {}", self.symbol)
    }

    fn rows(&self) -> Vec<(&str, String)> {
        vec![
            ("cash-out tax", format!("{} %", self.cash_out_tax)),
            ("royalty", format!("{} %", self.royalty)),
        ]
    }
}

pub async fn run(args: &Args, ctx: &Context) -> Result<Done<Eased>> {
    let easing = Easing {
        cash_out_tax_bps: args.cash_out_tax.map(Percent::bps),
        royalty_bps: args.royalty.map(Percent::bps),
    };
    if easing == Easing::default() {
        return Err(CliError::usage(
            "nothing to ease",
            "give --cash-out-tax or --royalty",
        ));
    }
    let token = ctx.token(&args.token).await?;
    let symbol = ctx.symbol(&token).await?;
    let ease = instruction::ease_terms(&token, easing);
    let steps = Plan::single("ease terms", vec![ease]).steps;
    let report = ctx.send(&steps).await?;
    let terms = &token.data.terms;
    let percent = |new: Option<u16>, old: u16| amount::print(new.unwrap_or(old).into(), 2);
    let eased = Eased {
        token: token.key.to_string(),
        symbol,
        cash_out_tax: percent(easing.cash_out_tax_bps, terms.cash_out_tax_bps),
        royalty: percent(easing.royalty_bps, terms.royalty_bps),
    };
    Ok(Done::new(eased, report))
}

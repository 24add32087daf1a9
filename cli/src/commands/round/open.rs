use {
    crate::{
        context::Context,
        error::{CliError, Result},
        send::completed::{Done, Outcome},
        values::{Decimal, Percent, Quantity, StageArg, TokenQuery, When, stamp},
    },
    serde::Serialize,
    upside_math::{MAX_STAGES, SHARE_DECIMALS, WHOLE_SHARE},
    upside_sdk::{
        action,
        address::find_round,
        inspect::Amount,
        state::{RoundTerms, StageTerms},
    },
    upside_view::style::grouped,
};

/// Open a round, as owner
///
/// With a minimum raise, payments wait in escrow: who changes their mind can leave until
/// a day before its end, and all are refunded if it is not reached. What its shares must
/// bring of other reserve assets than the quote currency is locked in your endowment, and
/// deposited into it from your accounts if it is short. Without one, shares are
/// registered at once.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside round open ADA --stage 100000@0.10 --closes 30d
  upside round open ADA --stage 50000@0.10 --stage 50000@0.15 --min-raise 5000 \\
      --backer-cap 2000 --reserve 25% --closes 2027-01-31")]
pub struct Args {
    /// The token
    token: TokenQuery,
    /// Shares for sale at a price each, up to four, each dearer than the one before
    #[arg(long = "stage", value_name = "SHARES@PRICE", required = true)]
    stages: Vec<StageArg>,
    /// Below this it fails and everybody is refunded; 0 sells at once
    #[arg(long, value_name = "AMOUNT", default_value = "0")]
    min_raise: Decimal,
    /// Most that one backer may put in
    #[arg(
        long,
        value_name = "AMOUNT",
        default_value = "max",
        hide_default_value = true
    )]
    backer_cap: Quantity,
    /// Smallest contribution [default: what buys a share atom at every stage]
    #[arg(long, value_name = "AMOUNT")]
    min_contribution: Option<Decimal>,
    /// When it opens: a span from now, or a point in time
    #[arg(long, value_name = "TIME", default_value = "now")]
    opens: When,
    /// When it closes: a span from now, or a point in time
    #[arg(long, value_name = "TIME")]
    closes: When,
    /// Part of the proceeds that goes to the reserve, in percent
    #[arg(long, value_name = "PERCENT", default_value = "0")]
    reserve: Percent,
    /// Most of a payment that may go into what new shares must bring, in percent
    #[arg(long, value_name = "PERCENT", default_value = "50")]
    most_part: Percent,
    /// Each contribution needs the owner's or the registrar's signature
    #[arg(long)]
    by_approval: bool,
}

/// A round opened.
#[derive(Debug, Serialize)]
pub struct Opened {
    token: String,
    symbol: String,
    round: u64,
    address: String,
    shares: Amount,
    proceeds: Amount,
    min_raise: Amount,
    opens_at: i64,
    closes_at: i64,
}

impl Outcome for Opened {
    fn title(&self) -> String {
        format!("Open round {} of {}", self.round, self.symbol)
    }

    fn rows(&self) -> Vec<(&str, String)> {
        let least = if self.min_raise.is_zero() {
            "none: shares are registered at once".to_string()
        } else {
            format!("{}, in escrow until then", grouped(&self.min_raise))
        };
        vec![
            ("address", self.address.clone()),
            ("for sale", format!("{} shares", grouped(&self.shares))),
            ("would raise", grouped(&self.proceeds)),
            ("minimum raise", least),
            ("opens", stamp(self.opens_at)),
            ("closes", stamp(self.closes_at)),
        ]
    }
}

pub async fn run(args: &Args, ctx: &Context) -> Result<Done<Opened>> {
    if args.stages.len() > MAX_STAGES {
        return Err(CliError::usage(
            format!("a round has at most {MAX_STAGES} stages"),
            "open another round later",
        ));
    }
    let token = ctx.token(&args.token).await?;
    let symbol = ctx.symbol(&token).await?;
    let decimals = token.data.quote().decimals;
    let mut stages = [StageTerms::default(); MAX_STAGES];
    for (stage, given) in stages.iter_mut().zip(&args.stages) {
        *stage = StageTerms {
            shares: given.shares.shares()?.0,
            price: given.price.atoms(decimals)?,
        };
    }
    let dearest = stages
        .iter()
        .map(|stage| stage.price)
        .max()
        .unwrap_or_default();
    let min_contribution = match &args.min_contribution {
        Some(amount) => amount.atoms(decimals)?,
        None => dearest.div_ceil(WHOLE_SHARE),
    };
    let now = ctx.now().await?;
    let terms = RoundTerms {
        stages,
        min_raise: args.min_raise.atoms(decimals)?,
        backer_cap: args.backer_cap.atoms(decimals, u64::MAX)?,
        min_contribution,
        opens_at: args.opens.at(now),
        closes_at: args.closes.at(now),
        reserve_bps: args.reserve.bps(),
        most_part_bps: args.most_part.bps(),
        by_approval: args.by_approval,
    };
    explain(&terms, now)?;
    let number = token.data.rounds;
    let plan = action::open_round(&ctx.client, &token, &ctx.keys.payer()?, terms).await?;
    let sum = |part: fn(&StageTerms) -> u128| stages.iter().map(part).sum::<u128>();
    let narrow = |sum: u128| u64::try_from(sum).unwrap_or(u64::MAX);
    let opened = Opened {
        token: token.key.to_string(),
        symbol,
        round: number,
        address: find_round(&token.key, number).0.to_string(),
        shares: Amount::new(narrow(sum(|stage| stage.shares.into())), SHARE_DECIMALS),
        proceeds: Amount::new(
            narrow(sum(|s| u128::from(s.shares) * u128::from(s.price)) / u128::from(WHOLE_SHARE)),
            decimals,
        ),
        min_raise: Amount::new(terms.min_raise, decimals),
        opens_at: terms.opens_at,
        closes_at: terms.closes_at,
    };
    let report = ctx.send_shown(&opened, &plan.steps).await?;
    Ok(Done::new(opened, report))
}

/// Says which of the terms is impossible, where the program would only say that one is.
fn explain(terms: &RoundTerms, now: i64) -> Result<()> {
    let given: Vec<_> = terms
        .stages
        .iter()
        .filter(|s| s.shares > 0 || s.price > 0)
        .collect();
    let wrong = |message: &str, hint: &str| Err(CliError::usage(message, hint));
    if given
        .iter()
        .any(|stage| stage.shares == 0 || stage.price == 0)
    {
        return wrong(
            "a stage has no shares or no price",
            "give both above zero: 1000@0.10",
        );
    }
    if given
        .windows(2)
        .any(|pair| matches!(pair, [a, b] if a.price >= b.price))
    {
        return wrong(
            "each stage must be dearer than the one before",
            "sort the stages by price",
        );
    }
    if terms.opens_at >= terms.closes_at {
        return wrong("the round closes before it opens", "give a later --closes");
    }
    if terms.closes_at <= now {
        return wrong(
            "the round would be over already",
            "give a --closes in the future",
        );
    }
    if terms.backer_cap < terms.min_contribution {
        return wrong(
            "the cap per backer is below the smallest contribution",
            "raise --backer-cap",
        );
    }
    let proceeds = terms.stages.iter().try_fold(0u128, |sum, stage| {
        let whole = u128::from(stage.shares).checked_mul(stage.price.into())?;
        sum.checked_add(whole)
    });
    let most = proceeds.map_or(u128::MAX, |sum| sum / u128::from(WHOLE_SHARE));
    if u128::from(terms.min_raise) > most {
        return wrong(
            "the minimum raise is more than all stages together bring",
            "offer more shares, ask a higher price, or lower --min-raise",
        );
    }
    if u128::from(terms.min_contribution) > most {
        return wrong(
            "the smallest contribution is more than all stages together bring",
            "lower --min-contribution",
        );
    }
    let dearest = terms.stages.iter().map(|stage| stage.price).max();
    if dearest.is_some_and(|price| terms.min_contribution < price.div_ceil(WHOLE_SHARE)) {
        return wrong(
            "the smallest contribution would buy no share atom at the dearest stage",
            "raise --min-contribution",
        );
    }
    // Whatever else is impossible, the program's own rules say.
    let error = terms.validate(now).err();
    error.map_or(Ok(()), |error| Err(CliError::Sdk(error.into())))
}

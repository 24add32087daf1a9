use {
    crate::{
        context::Context,
        done::{Done, Outcome},
        error::Result,
        keys,
        style::{grouped, span},
        values::{Address, Decimal, TokenQuery, When, seconds, stamp},
    },
    serde::Serialize,
    upside_math::SHARE_DECIMALS,
    upside_sdk::{action::Plan, inspect::Amount, instruction, state::GrantTerms},
};

/// Grant new shares that vest over time
///
/// They count and earn from the start; their dividends are the beneficiary's. Owner and
/// beneficiary both sign: name the beneficiary's keypair file, or let one sign elsewhere
/// with --sign-only and pass the signature with --signer.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside grant make ADA helper.json 10000 --cliff 180d --over 1460d --revocable
  upside grant make ADA 7kbn… 500 --start 2027-01-01 --over 365d --signer 7kbn…=5Uh2…")]
pub struct Args {
    /// The token
    token: TokenQuery,
    /// Who gets the shares as they vest
    beneficiary: Address,
    /// How many shares
    shares: Decimal,
    /// Over how long all of it vests, at most ten years
    #[arg(long, value_name = "SPAN", value_parser = seconds)]
    over: u32,
    /// How long nothing vests
    #[arg(long, value_name = "SPAN", default_value = "0s", value_parser = seconds)]
    cliff: u32,
    /// When vesting starts [default: now]
    #[arg(long, value_name = "TIME")]
    start: Option<When>,
    /// Let the owner take back what has not vested
    #[arg(long)]
    revocable: bool,
}

/// A grant made.
#[derive(Debug, Serialize)]
pub struct Made {
    token: String,
    symbol: String,
    grant: u64,
    beneficiary: String,
    shares: Amount,
    start: i64,
    cliff_seconds: u32,
    duration_seconds: u32,
    revocable: bool,
}

impl Outcome for Made {
    fn title(&self) -> String {
        format!("Grant {} shares of {}", grouped(&self.shares), self.symbol)
    }

    fn rows(&self) -> Vec<(&str, String)> {
        let revocable = if self.revocable {
            "what has not vested"
        } else {
            "nothing"
        };
        vec![
            ("grant", self.grant.to_string()),
            ("to", self.beneficiary.clone()),
            ("from", stamp(self.start)),
            ("cliff", span(i64::from(self.cliff_seconds))),
            ("over", span(i64::from(self.duration_seconds))),
            ("revocable", revocable.to_string()),
        ]
    }
}

pub async fn run(args: &Args, ctx: &Context) -> Result<Done<Made>> {
    let token = ctx.token(&args.token).await?;
    let now = ctx.now().await?;
    let terms = GrantTerms {
        shares: args.shares.shares()?.0,
        start: args.start.map_or(now, |start| start.at(now)),
        cliff_seconds: args.cliff,
        duration_seconds: args.over,
        revocable: args.revocable,
    };
    let beneficiary = args.beneficiary.key;
    let make = instruction::make_grant(&token, &ctx.keys.payer()?, &beneficiary, terms);
    let symbol = ctx.symbol(&token).await?;
    let theirs = keys::of_files([&args.beneficiary])?;
    let steps = Plan::single("make grant", vec![make]).steps;
    let report = ctx.send_with(&steps, &theirs).await?;
    let made = Made {
        token: token.key.to_string(),
        symbol,
        grant: token.data.grants,
        beneficiary: beneficiary.to_string(),
        shares: Amount::new(terms.shares, SHARE_DECIMALS),
        start: terms.start,
        cliff_seconds: terms.cliff_seconds,
        duration_seconds: terms.duration_seconds,
        revocable: terms.revocable,
    };
    Ok(Done::new(made, report))
}

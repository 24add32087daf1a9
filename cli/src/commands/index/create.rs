use {
    crate::{
        context::Context,
        done::{Done, Outcome},
        error::Result,
        style::span,
        values::{Address, Percent, seconds, text},
    },
    serde::Serialize,
    upside_sdk::{
        Pubkey, amount,
        index::{CreateIndexArgs, ParametersArgs, TermsArgs, action, find_shares},
    },
};

/// Create an index; you are its curator
///
/// Terms are promised for good, fees change under notice. Then seed it: nothing can be
/// contributed before.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside index create Makers MAKERS
  upside index create Makers MAKERS --equal-share 20% --management-fee 1% --notice 14d
  upside index create \"Makers II\" MAKE2 --number 1 --entry-fee 0.5% --exit-fee 0.5%

The next step is `upside index seed`.")]
pub struct Args {
    /// Name, up to 32 bytes
    #[arg(value_parser = text(32))]
    name: String,
    /// Symbol, up to 16 bytes
    #[arg(value_parser = text(16))]
    symbol: String,
    /// Which of your indexes, from 0
    #[arg(long, default_value = "0")]
    number: u64,
    /// For good: part of everything harvested that members share equally, up to 50 %
    #[arg(long, value_name = "PERCENT", default_value = "10")]
    equal_share: Percent,
    /// For good: most shares for one membership, in percent of all, up to 10 %
    #[arg(long, value_name = "PERCENT", default_value = "2")]
    offer_cap: Percent,
    /// For good: most shares for members within 30 days, in percent of all, up to 10 %
    #[arg(long, value_name = "PERCENT", default_value = "5")]
    window_cap: Percent,
    /// For good: time that changes, offers and auctions are announced ahead, 1d to 30d
    #[arg(long, value_name = "SPAN", default_value = "7d", value_parser = seconds)]
    notice: u32,
    /// Yearly fee in shares, up to 5 %
    #[arg(long, value_name = "PERCENT", default_value = "0")]
    management_fee: Percent,
    /// Fee on contributions in shares, up to 3 %
    #[arg(long, value_name = "PERCENT", default_value = "0")]
    entry_fee: Percent,
    /// Fee on redemptions in shares, up to 1 %
    #[arg(long, value_name = "PERCENT", default_value = "0")]
    exit_fee: Percent,
    /// Age after which dividends have to be harvested before a contribution, 60s to 7d
    #[arg(long, value_name = "SPAN", default_value = "1h", value_parser = seconds)]
    max_harvest_age: u32,
    /// Who receives fee shares [default: you]
    #[arg(long, value_name = "KEY")]
    fee_recipient: Option<Address>,
    /// Who may pause besides you
    #[arg(long, value_name = "KEY")]
    guardian: Option<Address>,
}

/// An index created.
#[derive(Debug, Serialize)]
pub struct Created {
    name: String,
    symbol: String,
    index: String,
    mint: String,
    curator: String,
    number: u64,
    #[serde(skip)]
    terms: String,
    #[serde(skip)]
    fees: String,
}

impl Outcome for Created {
    fn title(&self) -> String {
        format!("Create the index {} ({})", self.name, self.symbol)
    }

    fn rows(&self) -> Vec<(&str, String)> {
        vec![
            ("index", self.index.clone()),
            ("share mint", self.mint.clone()),
            ("curator", self.curator.clone()),
            ("for good", self.terms.clone()),
            ("fees", self.fees.clone()),
            (
                "next",
                format!(
                    "`upside index seed {} --piece TOKEN_OR_MINT=AMOUNT --shares N`",
                    self.symbol
                ),
            ),
        ]
    }
}

pub async fn run(args: Args, ctx: &Context) -> Result<Done<Created>> {
    let me = ctx.keys.me()?;
    let terms = TermsArgs {
        equal_share_bps: args.equal_share.bps(),
        offer_cap_bps: args.offer_cap.bps(),
        window_cap_bps: args.window_cap.bps(),
        notice_seconds: args.notice,
    };
    let parameters = ParametersArgs {
        management_fee_bps: args.management_fee.bps(),
        entry_fee_bps: args.entry_fee.bps(),
        exit_fee_bps: args.exit_fee.bps(),
        max_harvest_age: args.max_harvest_age,
    };
    let create = CreateIndexArgs {
        number: args.number,
        name: args.name.clone(),
        symbol: args.symbol.clone(),
        terms,
        parameters,
        fee_recipient: args.fee_recipient.map_or(me, |recipient| recipient.key),
        guardian: args.guardian.map_or(Pubkey::default(), |key| key.key),
    };
    let plan = action::create(&ctx.client, &ctx.keys.payer()?, &me, create).await?;
    let report = ctx.send(&plan.steps).await?;
    let percent = |bps: u16| amount::print(u64::from(bps), 2);
    let created = Created {
        name: args.name,
        symbol: args.symbol,
        index: plan.quote.to_string(),
        mint: find_shares(&plan.quote).0.to_string(),
        curator: me.to_string(),
        number: args.number,
        terms: format!(
            "equal share {} %, a member up to {} %, all in 30 days up to {} %, notice {}",
            percent(terms.equal_share_bps),
            percent(terms.offer_cap_bps),
            percent(terms.window_cap_bps),
            span(terms.notice_seconds.into())
        ),
        fees: format!(
            "{} % a year, entry {} %, exit {} %",
            percent(parameters.management_fee_bps),
            percent(parameters.entry_fee_bps),
            percent(parameters.exit_fee_bps)
        ),
    };
    Ok(Done::new(created, report))
}

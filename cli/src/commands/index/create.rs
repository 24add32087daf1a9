use {
    crate::{
        context::Context,
        error::{CliError, Result},
        send::completed::{Done, Outcome},
        values::{Address, Percent, RecipientArg, seconds, text},
    },
    serde::Serialize,
    upside_sdk::{
        Pubkey, amount,
        index::{CreateIndexArgs, ParametersInput, RecipientArgs, TermsInput, action, find_shares},
    },
    upside_view::style::span,
};

/// Create an index; you are its curator
///
/// Terms are promised for good, fees change under notice. Then seed it: nothing can be
/// contributed before.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside index create Makers MAKERS
  upside index create Makers MAKERS --management-fee 1% --notice 14d --guardian 7kbn…
  upside index create Makers MAKERS --equal-share 20% --credential 9xQe… --schema 4tRw…
  upside index create \"Makers II\" MAKE2 --number 1 --entry-fee 0.5% --exit-fee 0.5%

The next step is `upside index seed MAKERS --piece ADA=500 --shares 1000`.")]
pub struct Args {
    /// Name, up to 32 bytes
    #[arg(value_parser = text(32))]
    name: String,
    /// Symbol, up to 16 bytes
    #[arg(value_parser = text(16))]
    symbol: String,
    /// Address of the file that wallets read (`upside index metadata`), up to 200 bytes
    #[arg(long, default_value = "", hide_default_value = true, value_parser = text(200))]
    uri: String,
    /// Which of your indexes, from 0
    #[arg(long, default_value = "0")]
    number: u64,
    /// For good: part of everything harvested that members get equal parts of, up to 25 %
    #[arg(long, value_name = "PERCENT", default_value = "0")]
    equal_share: Percent,
    /// With an equal share: the issuer's credential account that members show
    #[arg(long, value_name = "KEY", requires = "schema")]
    credential: Option<Address>,
    /// With --credential, its schema account
    #[arg(long, value_name = "KEY", requires = "credential")]
    schema: Option<Address>,
    /// For good: most shares for members within a year, in percent of all, up to 10 %
    #[arg(long, value_name = "PERCENT", default_value = "5")]
    dilution: Percent,
    /// For good: time that changes, offers and rebalances are announced ahead, 3d to 30d
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
    /// Who receives fee shares: KEY, or up to 4 times KEY=PERCENT [default: you]
    #[arg(long = "recipient", value_name = "KEY=PERCENT")]
    recipients: Vec<RecipientArg>,
    /// Who may tighten or stop what was announced, besides you
    #[arg(long, value_name = "KEY")]
    launcher: Option<Address>,
    /// Who may offer and end memberships, besides you
    #[arg(long, value_name = "KEY")]
    admissions: Option<Address>,
    /// Who may pause, besides you
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
    if args.equal_share.bps() > 0 && args.credential.is_none() {
        return Err(CliError::usage(
            "members who get an equal share show that they are different people",
            "give --credential and --schema, or no --equal-share",
        ));
    }
    let key = |named: &Option<Address>| named.as_ref().map_or(Pubkey::default(), |it| it.key);
    let terms = TermsInput {
        equal_share_bps: args.equal_share.bps(),
        dilution_bps: args.dilution.bps(),
        notice_seconds: args.notice,
        credential: key(&args.credential),
        schema: key(&args.schema),
    };
    let parameters = ParametersInput {
        management_fee_bps: args.management_fee.bps(),
        entry_fee_bps: args.entry_fee.bps(),
        exit_fee_bps: args.exit_fee.bps(),
    };
    let create = CreateIndexArgs {
        number: args.number,
        name: args.name.clone(),
        symbol: args.symbol.clone(),
        uri: args.uri,
        terms,
        parameters,
        recipients: recipients(&args.recipients, &me),
        launcher: key(&args.launcher),
        admissions: key(&args.admissions),
        guardian: key(&args.guardian),
    };
    let plan = action::create(&ctx.client, &ctx.keys.payer()?, &me, create).await?;
    let percent = |bps: u16| amount::print(u64::from(bps), 2);
    let created = Created {
        name: args.name,
        symbol: args.symbol,
        index: plan.quote.to_string(),
        mint: find_shares(&plan.quote).0.to_string(),
        curator: me.to_string(),
        number: args.number,
        terms: format!(
            "equal share {} %, at most {} % a year for members, notice {}",
            percent(terms.equal_share_bps),
            percent(terms.dilution_bps),
            span(terms.notice_seconds.into())
        ),
        fees: format!(
            "{} % a year, entry {} %, exit {} %",
            percent(parameters.management_fee_bps),
            percent(parameters.entry_fee_bps),
            percent(parameters.exit_fee_bps)
        ),
    };
    let report = ctx.send_shown(&created, &plan.steps).await?;
    Ok(Done::new(created, report))
}

/// The named recipients; without any, this wallet receives all.
fn recipients(named: &[RecipientArg], me: &Pubkey) -> Vec<RecipientArgs> {
    if named.is_empty() {
        return vec![RecipientArgs {
            key: *me,
            portion_bps: 10_000,
        }];
    }
    portions(named)
}

/// Recipients as the program takes them.
pub fn portions(named: &[RecipientArg]) -> Vec<RecipientArgs> {
    let portion = |recipient: &RecipientArg| RecipientArgs {
        key: recipient.key,
        portion_bps: recipient.portion.bps(),
    };
    named.iter().map(portion).collect()
}

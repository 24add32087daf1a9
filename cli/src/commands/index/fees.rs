//! `upside index fees`: fees in shares.

use {
    crate::{
        context::Context,
        error::{CliError, Result},
        select::index::SelectedIndex,
        send::completed::{Done, Outcome},
        values::{IndexQuery, Percent},
    },
    serde::Serialize,
    std::fmt,
    upside_sdk::{
        IndexError, Pubkey,
        action::Plan,
        amount,
        error::SdkError,
        event::IndexEvent,
        index::{
            INDEX_SHARE_DECIMALS, IndexParameters, ParametersInput, instruction, quote, symbol,
        },
        inspect::Amount,
    },
    upside_view::style::{self, facts, grouped, paint, span},
};

/// Fees in shares: show, collect, lower
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// Show rates, recipients and what has accrued
    Show(ShowArgs),
    /// Mint what has accrued to the recipients; anyone may
    Collect(CollectArgs),
    /// Lower fees at once, as curator
    Lower(LowerArgs),
}

/// Show rates, recipients and what has accrued
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  upside index fees show MAKERS")]
pub struct ShowArgs {
    /// The index
    index: IndexQuery,
}

/// Mint what has accrued to the recipients; anyone may
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  upside index fees collect MAKERS")]
pub struct CollectArgs {
    /// The index
    index: IndexQuery,
}

/// Lower fees at once, as curator
///
/// What is not named stays as it is. To raise a fee, or to name other recipients, is
/// announced first: `upside index announce`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  upside index fees lower MAKERS --management-fee 0.5%")]
pub struct LowerArgs {
    /// The index
    index: IndexQuery,
    #[command(flatten)]
    rates: Rates,
}

/// Fees by name.
#[derive(Debug, clap::Args)]
pub struct Rates {
    /// Yearly fee in shares, up to 5 %
    #[arg(long, value_name = "PERCENT")]
    management_fee: Option<Percent>,
    /// Fee on contributions in shares, up to 3 %
    #[arg(long, value_name = "PERCENT")]
    entry_fee: Option<Percent>,
    /// Fee on redemptions in shares, up to 1 %
    #[arg(long, value_name = "PERCENT")]
    exit_fee: Option<Percent>,
}

impl Rates {
    /// The fees with those that are named; `None` if none is.
    pub fn named(&self, now: &IndexParameters) -> Option<ParametersInput> {
        let rates = [self.management_fee, self.entry_fee, self.exit_fee];
        if rates.iter().all(Option::is_none) {
            return None;
        }
        let bps = |new: Option<Percent>, old: u16| new.map_or(old, Percent::bps);
        Some(ParametersInput {
            management_fee_bps: bps(self.management_fee, now.management_fee_bps),
            entry_fee_bps: bps(self.entry_fee, now.entry_fee_bps),
            exit_fee_bps: bps(self.exit_fee, now.exit_fee_bps),
        })
    }
}

/// Who receives a portion of the fee shares.
#[derive(Debug, Serialize)]
struct Recipient {
    key: String,
    /// In percent.
    portion: String,
}

/// Rates, recipients and what has accrued.
#[derive(Debug, Serialize)]
pub struct Fees {
    index: String,
    symbol: String,
    recipients: Vec<Recipient>,
    /// In percent.
    management_fee: String,
    entry_fee: String,
    exit_fee: String,
    /// Not yet minted; it counts like shares that exist.
    pending: Amount,
    #[serde(skip)]
    notice: i64,
}

impl fmt::Display for Fees {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{}",
            paint(style::BOLD, format!("Fees of {}", self.symbol))
        )?;
        let mut rows = vec![
            ("management", format!("{} % a year", self.management_fee)),
            ("entry", format!("{} %", self.entry_fee)),
            ("exit", format!("{} %, none in wind-down", self.exit_fee)),
            ("accrued", format!("{} shares", grouped(&self.pending))),
        ];
        let recipients = self.recipients.iter();
        rows.extend(recipients.map(|it| ("recipient", format!("{} % {}", it.portion, it.key))));
        let raised = format!(
            "raised with {} of notice, lowered at once",
            span(self.notice)
        );
        rows.push(("changes", raised));
        f.write_str(&facts(&rows))
    }
}

/// Fees minted.
#[derive(Debug, Serialize)]
pub struct Collected {
    index: String,
    symbol: String,
    shares: Amount,
    recipients: Vec<Paid>,
}

#[derive(Debug, Serialize)]
struct Paid {
    key: String,
    shares: Amount,
}

impl Outcome for Collected {
    fn title(&self) -> String {
        format!(
            "Collect {} shares of {} in fees",
            grouped(&self.shares),
            self.symbol
        )
    }

    fn rows(&self) -> Vec<(&str, String)> {
        let recipients = self.recipients.iter();
        let row = |paid: &Paid| ("to", format!("{} {}", paid.key, grouped(&paid.shares)));
        recipients.map(row).collect()
    }
}

/// Fees lowered.
#[derive(Debug, Serialize)]
pub struct Lowered {
    index: String,
    symbol: String,
    /// In percent.
    management_fee: String,
    entry_fee: String,
    exit_fee: String,
}

impl Outcome for Lowered {
    fn title(&self) -> String {
        format!("Lower the fees of {}", self.symbol)
    }

    fn rows(&self) -> Vec<(&str, String)> {
        vec![
            ("management", format!("{} % a year", self.management_fee)),
            ("entry", format!("{} %", self.entry_fee)),
            ("exit", format!("{} %", self.exit_fee)),
        ]
    }
}

pub async fn run(command: Command, ctx: &Context) -> Result<()> {
    let out = &ctx.output;
    match command {
        Command::Show(args) => out.show(&show(&args, ctx).await?),
        Command::Collect(args) => out.show(&collect(&args, ctx).await?),
        Command::Lower(args) => out.show(&lower(&args, ctx).await?),
    }
}

fn percent(bps: u16) -> String {
    amount::print(u64::from(bps), 2)
}

/// Accrued up to now, in share atoms.
fn pending(found: &SelectedIndex) -> Result<u64, SdkError> {
    let effective = quote::effective_supply(&found.pool)?;
    Ok(effective.saturating_sub(found.pool.mint_supply))
}

async fn show(args: &ShowArgs, ctx: &Context) -> Result<Fees> {
    let found = SelectedIndex::of(&args.index, ctx).await?;
    let data = &found.pool.index.data;
    let recipients = data.fee_recipients().map(|recipient| Recipient {
        key: recipient.key.to_string(),
        portion: percent(recipient.portion_bps),
    });
    Ok(Fees {
        index: found.key(),
        symbol: found.symbol.clone(),
        recipients: recipients.collect(),
        management_fee: percent(data.parameters.management_fee_bps),
        entry_fee: percent(data.parameters.entry_fee_bps),
        exit_fee: percent(data.parameters.exit_fee_bps),
        pending: Amount::new(pending(&found)?, INDEX_SHARE_DECIMALS),
        notice: data.terms.notice_seconds.into(),
    })
}

async fn collect(args: &CollectArgs, ctx: &Context) -> Result<Done<Collected>> {
    let found = SelectedIndex::of(&args.index, ctx).await?;
    let data = &found.pool.index.data;
    let mut instructions = Vec::new();
    for recipient in data.fee_recipients() {
        instructions.extend(found.share_account(&recipient.key, ctx).await?);
    }
    instructions.push(instruction::collect_fees(&found.pool.index));
    let steps = Plan::single("collect fees", instructions).steps;
    let report = ctx.send(&steps).await?;
    let shares = |atoms| Amount::new(atoms, INDEX_SHARE_DECIMALS);
    let paid = |key: &Pubkey, atoms| Paid {
        key: key.to_string(),
        shares: shares(atoms),
    };
    let landed = report.index_events().filter_map(|event| match event {
        IndexEvent::FeesCollected(event) => Some((event.recipient, event.shares)),
        _ => None,
    });
    let mut minted: Vec<(Pubkey, u64)> = landed.collect();
    if minted.is_empty() {
        let portions = data
            .fee_portions(pending(&found)?)
            .map_err(SdkError::from)?;
        let keys = data.fee_recipients().map(|recipient| recipient.key);
        minted = keys.zip(portions).collect();
    }
    let sum = minted
        .iter()
        .fold(0u64, |sum, (_, atoms)| sum.saturating_add(*atoms));
    let collected = Collected {
        index: found.key(),
        symbol: found.symbol.clone(),
        shares: shares(sum),
        recipients: minted
            .iter()
            .map(|(key, atoms)| paid(key, *atoms))
            .collect(),
    };
    Ok(Done::new(collected, report))
}

async fn lower(args: &LowerArgs, ctx: &Context) -> Result<Done<Lowered>> {
    let index = ctx.index(&args.index).await?;
    let new = args.rates.named(&index.data.parameters).ok_or_else(|| {
        CliError::usage(
            "no fee to lower",
            "give --management-fee, --entry-fee or --exit-fee",
        )
    })?;
    let fees = new.validated().map_err(SdkError::from)?;
    if !fees.is_within(&index.data.parameters) || fees == index.data.parameters {
        return Err(SdkError::from(IndexError::FeesNotLower).into());
    }
    let lower = instruction::lower_fees(&index, new);
    let lowered = Lowered {
        index: index.key.to_string(),
        symbol: symbol(&index.data).to_string(),
        management_fee: percent(new.management_fee_bps),
        entry_fee: percent(new.entry_fee_bps),
        exit_fee: percent(new.exit_fee_bps),
    };
    let report = ctx
        .send_shown(&lowered, &Plan::single("lower fees", vec![lower]).steps)
        .await?;
    Ok(Done::new(lowered, report))
}

//! `upside index candidate`: holders replace the curator.

use {
    crate::{
        context::Context,
        error::Result,
        select::index::SelectedIndex,
        send::completed::{Done, Outcome},
        values::{Address, IndexQuery},
    },
    serde::Serialize,
    std::fmt,
    upside_sdk::{
        IndexError, Pubkey,
        action::Plan,
        error::SdkError,
        event::IndexEvent,
        index::{Candidacy, INDEX_SHARE_DECIMALS, fetch, instruction, quote},
        inspect::Amount,
        state::Account,
    },
    upside_view::style::{self, Column, cell, facts, grouped, paint, table},
};

/// Replace the curator: stand, back somebody, take over
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// Stand as candidate for curator
    Open(OpenArgs),
    /// Stand no longer
    Close(CloseArgs),
    /// List who stands, and how many locked shares back them
    List(ListArgs),
    /// Back a candidate with your locked shares
    Back(BackArgs),
    /// Back nobody any more
    Withdraw(WithdrawArgs),
    /// Become curator, as the candidate whom more than half of all shares back
    TakeOver(TakeOverArgs),
}

/// Stand as candidate for curator
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  upside -k eve.json index candidate open MAKERS")]
pub struct OpenArgs {
    /// The index
    index: IndexQuery,
}

/// Stand no longer
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  upside -k eve.json index candidate close MAKERS")]
pub struct CloseArgs {
    /// The index
    index: IndexQuery,
}

/// List who stands, and how many locked shares back them
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  upside index candidate list MAKERS")]
pub struct ListArgs {
    /// The index
    index: IndexQuery,
}

/// Back a candidate with your locked shares
///
/// The lock must be as old as the notice of the terms. It backs one candidate at a time.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  upside index candidate back MAKERS 7kbn…")]
pub struct BackArgs {
    /// The index
    index: IndexQuery,
    /// Who stands
    candidate: Address,
}

/// Back nobody any more
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  upside index candidate withdraw MAKERS")]
pub struct WithdrawArgs {
    /// The index
    index: IndexQuery,
}

/// Become curator, as the candidate whom more than half of all shares back
///
/// Everything that was announced falls, all roles end, and the fees are yours.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  upside -k eve.json index candidate take-over MAKERS")]
pub struct TakeOverArgs {
    /// The index
    index: IndexQuery,
}

/// A candidacy that changed.
#[derive(Debug, Serialize)]
pub struct Changed {
    index: String,
    symbol: String,
    /// `opened`, `closed`, `backed`, `withdrawn` or `took_over`.
    change: &'static str,
    /// Who stands; `None` if a lock backs nobody any more.
    candidate: Option<String>,
    /// Locked shares that back them.
    support: Option<Amount>,
    /// More than this is a majority.
    half: Amount,
}

impl Outcome for Changed {
    fn title(&self) -> String {
        let symbol = &self.symbol;
        match self.change {
            "opened" => format!("Stand for curator of {symbol}"),
            "closed" => format!("Stand for curator of {symbol} no longer"),
            "backed" => format!("Back a candidate of {symbol}"),
            "withdrawn" => format!("Back no candidate of {symbol}"),
            _ => format!("Become curator of {symbol}"),
        }
    }

    fn rows(&self) -> Vec<(&str, String)> {
        let mut rows = Vec::new();
        rows.extend(self.candidate.clone().map(|key| ("candidate", key)));
        if let Some(support) = &self.support {
            let (support, half) = (grouped(support), grouped(&self.half));
            rows.push((
                "backed by",
                format!("{support} shares; it takes more than {half}"),
            ));
        }
        if let ("opened", Some(candidate)) = (self.change, &self.candidate) {
            let back = format!("`upside index candidate back {} {candidate}`", self.symbol);
            rows.push(("next", format!("{back} by holders who locked shares")));
        }
        rows
    }
}

/// Who stands.
#[derive(Debug, Serialize)]
pub struct Candidates {
    index: String,
    symbol: String,
    curator: Option<String>,
    /// More than this is a majority.
    half: Amount,
    candidates: Vec<Line>,
}

#[derive(Debug, Serialize)]
struct Line {
    candidate: String,
    support: Amount,
    majority: bool,
}

impl fmt::Display for Candidates {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let title = format!("Candidates for curator of {}", self.symbol);
        writeln!(f, "{}", paint(style::BOLD, title))?;
        let curator = self.curator.clone();
        f.write_str(&facts(&[
            ("curator", curator.unwrap_or_else(|| "nobody".to_string())),
            (
                "majority",
                format!("more than {} locked shares", grouped(&self.half)),
            ),
        ]))?;
        if self.candidates.is_empty() {
            return f.write_str("  nobody stands\n");
        }
        let columns = [
            Column::Words("candidate"),
            Column::Numbers("backed by"),
            Column::Words("majority"),
        ];
        let rows = self.candidates.iter().map(|line| {
            vec![
                cell(&line.candidate),
                cell(grouped(&line.support)),
                cell(if line.majority { "yes" } else { "no" }),
            ]
        });
        f.write_str(&table(&columns, rows.collect()))
    }
}

pub async fn run(command: Command, ctx: &Context) -> Result<()> {
    let out = &ctx.output;
    match command {
        Command::Open(args) => out.show(&open(&args, ctx).await?),
        Command::Close(args) => out.show(&close(&args, ctx).await?),
        Command::List(args) => out.show(&list(&args, ctx).await?),
        Command::Back(args) => out.show(&back(&args, ctx).await?),
        Command::Withdraw(args) => out.show(&withdraw(&args, ctx).await?),
        Command::TakeOver(args) => out.show(&take_over(&args, ctx).await?),
    }
}

fn shares(atoms: u64) -> Amount {
    Amount::new(atoms, INDEX_SHARE_DECIMALS)
}

impl SelectedIndex {
    /// Share atoms that are half of all that count, rounded down.
    fn half(&self) -> Result<u64> {
        let supply = quote::accrued(&self.pool)?.counted_supply();
        Ok(supply.map_err(SdkError::from)? / 2)
    }

    async fn candidacy(&self, candidate: &Pubkey, ctx: &Context) -> Result<Account<Candidacy>> {
        Ok(fetch::candidacy(&ctx.client, &self.pool.index.key, candidate).await?)
    }

    fn changed(
        &self,
        change: &'static str,
        candidate: Option<&Pubkey>,
        support: Option<u64>,
    ) -> Result<Changed> {
        Ok(Changed {
            index: self.key(),
            symbol: self.symbol.clone(),
            change,
            candidate: candidate.map(ToString::to_string),
            support: support.map(shares),
            half: shares(self.half()?),
        })
    }
}

async fn open(args: &OpenArgs, ctx: &Context) -> Result<Done<Changed>> {
    let me = ctx.keys.me()?;
    let found = SelectedIndex::of(&args.index, ctx).await?;
    let open = instruction::open_candidacy(&found.pool.index.key, &ctx.keys.payer()?, &me);
    let steps = Plan::single("stand for curator", vec![open]).steps;
    let report = ctx.send(&steps).await?;
    Ok(Done::new(
        found.changed("opened", Some(&me), Some(0))?,
        report,
    ))
}

async fn close(args: &CloseArgs, ctx: &Context) -> Result<Done<Changed>> {
    let me = ctx.keys.me()?;
    let found = SelectedIndex::of(&args.index, ctx).await?;
    let candidacy = found.candidacy(&me, ctx).await?;
    let close = instruction::close_candidacy(&candidacy);
    let steps = Plan::single("stand no longer", vec![close]).steps;
    let report = ctx.send(&steps).await?;
    let support = Some(candidacy.data.support);
    Ok(Done::new(
        found.changed("closed", Some(&me), support)?,
        report,
    ))
}

async fn list(args: &ListArgs, ctx: &Context) -> Result<Candidates> {
    let found = SelectedIndex::of(&args.index, ctx).await?;
    let half = found.half()?;
    let curator = found.pool.index.data.curator;
    let candidates = fetch::candidacies(&ctx.client, &found.pool.index.key).await?;
    let line = |candidacy: &Account<Candidacy>| Line {
        candidate: candidacy.data.candidate.to_string(),
        support: shares(candidacy.data.support),
        majority: candidacy.data.support > half,
    };
    Ok(Candidates {
        index: found.key(),
        symbol: found.symbol.clone(),
        curator: (curator != Pubkey::default()).then(|| curator.to_string()),
        half: shares(half),
        candidates: candidates.iter().map(line).collect(),
    })
}

async fn back(args: &BackArgs, ctx: &Context) -> Result<Done<Changed>> {
    let me = ctx.keys.me()?;
    let found = SelectedIndex::of(&args.index, ctx).await?;
    let candidate = args.candidate.key;
    let candidacy = found.candidacy(&candidate, ctx).await?;
    let lock = found.lock(&me, ctx).await?;
    let age = found
        .pool
        .clock
        .unix_timestamp
        .saturating_sub(lock.data.since);
    if age < i64::from(found.pool.index.data.terms.notice_seconds) {
        return Err(SdkError::from(IndexError::LockTooYoung).into());
    }
    let back = instruction::back_candidate(&lock, Some(&candidate));
    let steps = Plan::single("back a candidate", vec![back]).steps;
    let report = ctx.send(&steps).await?;
    let landed = report.index_events().find_map(|event| match event {
        IndexEvent::CandidateBacked(event) => Some(event.support),
        _ => None,
    });
    let mine =
        candidacy.key == lock.data.candidacy && candidacy.data.number == lock.data.candidacy_number;
    let had = if mine { lock.data.backing } else { 0 };
    let others = candidacy.data.support.saturating_sub(had);
    let support = landed.unwrap_or(others.saturating_add(lock.data.shares));
    Ok(Done::new(
        found.changed("backed", Some(&candidate), Some(support))?,
        report,
    ))
}

async fn withdraw(args: &WithdrawArgs, ctx: &Context) -> Result<Done<Changed>> {
    let me = ctx.keys.me()?;
    let found = SelectedIndex::of(&args.index, ctx).await?;
    let lock = found.lock(&me, ctx).await?;
    let withdraw = instruction::back_candidate(&lock, None);
    let steps = Plan::single("back nobody", vec![withdraw]).steps;
    let report = ctx.send(&steps).await?;
    Ok(Done::new(found.changed("withdrawn", None, None)?, report))
}

async fn take_over(args: &TakeOverArgs, ctx: &Context) -> Result<Done<Changed>> {
    let me = ctx.keys.me()?;
    let found = SelectedIndex::of(&args.index, ctx).await?;
    let candidacy = found.candidacy(&me, ctx).await?;
    let support = candidacy.data.support;
    if support <= found.half()? {
        return Err(SdkError::from(IndexError::NoMajority).into());
    }
    let changed = found.changed("took_over", Some(&me), Some(support))?;
    if ctx.binds() {
        let what = "everything that was announced falls, and all roles end";
        let what = format!("{}\n{}  {what}\n", changed.title(), facts(&changed.rows()));
        ctx.ask(&what, "Become curator?")?;
    }
    let take = instruction::take_over(&found.pool.index, &candidacy);
    let steps = Plan::single("become curator", vec![take]).steps;
    let report = ctx.send(&steps).await?;
    Ok(Done::new(changed, report))
}

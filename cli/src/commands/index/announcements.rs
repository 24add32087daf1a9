//! `upside index announcements`, `apply`, `cancel` and `count-veto`.

use {
    crate::{
        context::Context,
        error::{CliError, Result},
        select::{announcement::AnnouncementSelector, index::SelectedIndex},
        send::completed::{Done, Outcome},
        values::IndexQuery,
        views,
    },
    serde::{Serialize, Serializer, ser::SerializeStruct},
    std::fmt,
    upside_sdk::{
        IndexError,
        action::Plan,
        error::SdkError,
        index::{
            Announcement, AnnouncementKind, INDEX_SHARE_DECIMALS, fetch,
            inspect::{self, ActionReport},
            instruction, quote, symbol,
        },
        inspect::Amount,
        state::Account,
    },
    upside_view::{
        style::{self, grouped, paint},
        text::{self, IndexView},
    },
};

/// List what is announced: what it does, from when, what is locked against it
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  upside index announcements MAKERS")]
pub struct ListArgs {
    /// The index
    index: IndexQuery,
}

/// Apply an announcement after its notice; anyone may
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside index apply MAKERS                the only open one
  upside index apply MAKERS 3")]
pub struct ApplyArgs {
    #[command(flatten)]
    which: AnnouncementSelector,
}

/// Cancel an announcement, as curator or launcher; anyone may what was vetoed or expired
///
/// A rebalance ends with `upside index rebalance stop`, an offer with `upside index member
/// cancel`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  upside index cancel MAKERS 3")]
pub struct CancelArgs {
    #[command(flatten)]
    which: AnnouncementSelector,
}

/// Cancel whatever locks against it hold enough; anyone may
///
/// A veto cancels by itself as soon as enough is locked against something. Shares that were
/// redeemed since make less enough: this counts again.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  upside index count-veto MAKERS 3")]
pub struct CountArgs {
    #[command(flatten)]
    which: AnnouncementSelector,
}

/// What is announced.
pub struct Listed(IndexView);

impl Serialize for Listed {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let report = &self.0.report;
        let mut tree = serializer.serialize_struct("Listed", 4)?;
        tree.serialize_field("index", &report.index)?;
        tree.serialize_field("symbol", &report.symbol)?;
        tree.serialize_field("time", &report.time)?;
        tree.serialize_field("announcements", &report.announcements)?;
        tree.end()
    }
}

impl fmt::Display for Listed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = text::index_announcements(&self.0);
        let symbol = &self.0.report.symbol;
        if text.is_empty() {
            return write!(f, "Nothing is announced by {symbol}");
        }
        writeln!(
            f,
            "{}",
            paint(style::BOLD, format!("Announced by {symbol}"))
        )?;
        f.write_str(&text)
    }
}

pub async fn list(args: &ListArgs, ctx: &Context) -> Result<Listed> {
    let pool = ctx.pool(&args.index).await?;
    let view = views::index(&pool, &ctx.client, &ctx.trust).await?;
    Ok(Listed(view))
}

/// An announcement that ended.
#[derive(Debug, Serialize)]
pub struct Ended {
    index: String,
    symbol: String,
    nonce: u64,
    /// `applied`, `cancelled` or `vetoed`.
    change: &'static str,
    /// What it does, or would have done; empty for a rebalance or an offer.
    actions: Vec<ActionReport>,
    /// Shares locked against it, and those that cancel it.
    against: Option<Amount>,
    veto_needs: Option<Amount>,
}

impl Outcome for Ended {
    fn title(&self) -> String {
        let verb = match self.change {
            "applied" => "Apply",
            "cancelled" => "Cancel",
            _ => "Count the veto against",
        };
        format!("{verb} announcement {} of {}", self.nonce, self.symbol)
    }

    fn rows(&self) -> Vec<(&str, String)> {
        let does = self.actions.iter();
        let does = does.flat_map(|it| text::action_words(it, ToString::to_string));
        let what = match self.change {
            "applied" => "does",
            _ => "would have done",
        };
        let labels = std::iter::once(what).chain(std::iter::repeat(""));
        let mut rows: Vec<(&str, String)> = labels.zip(does).collect();
        if let (Some(against), Some(needs)) = (&self.against, &self.veto_needs) {
            let (against, needs) = (grouped(against), grouped(needs));
            rows.push((
                "against",
                format!("{against} of {needs} shares that cancel it"),
            ));
        }
        rows
    }
}

/// The announced actions that are meant. What fell is closed by its number.
async fn actions(
    which: &AnnouncementSelector,
    ctx: &Context,
) -> Result<(SelectedIndex, Account<Announcement>)> {
    let found = SelectedIndex::of(&which.index, ctx).await?;
    let nonce = which.nonce(&found, Some(AnnouncementKind::Actions))?;
    let place = found.pool.index.data.announcement(nonce);
    let kind = place.map_or(AnnouncementKind::Free.into(), |place| place.kind);
    let other = match kind.get() {
        Ok(AnnouncementKind::Rebalance) => Some((
            "a rebalance",
            format!("`upside index rebalance stop {}`", found.symbol),
        )),
        Ok(AnnouncementKind::Offer) => Some((
            "an offer",
            format!("`upside index member cancel {} TOKEN`", found.symbol),
        )),
        _ => None,
    };
    if let Some((what, next)) = other {
        return Err(CliError::usage(
            format!("announcement {nonce} is {what}"),
            next,
        ));
    }
    let key = found.pool.index.key;
    let announcement = match fetch::announcement(&ctx.client, &key, nonce).await {
        Err(SdkError::NotFound { .. }) => {
            return Err(SdkError::from(IndexError::NotAnnounced).into());
        }
        found => found?,
    };
    Ok((found, announcement))
}

fn ended(
    found: &SelectedIndex,
    announcement: &Account<Announcement>,
    change: &'static str,
) -> Result<Ended> {
    let actions = announcement.data.list().map(inspect::action);
    Ok(Ended {
        index: found.key(),
        symbol: symbol(&found.pool.index.data).to_string(),
        nonce: announcement.data.nonce,
        change,
        actions: actions.collect::<Result<_, _>>()?,
        against: None,
        veto_needs: None,
    })
}

pub async fn apply(args: &ApplyArgs, ctx: &Context) -> Result<Done<Ended>> {
    let (found, announcement) = actions(&args.which, ctx).await?;
    let index = quote::accrued(&found.pool)?;
    let (nonce, now) = (announcement.data.nonce, found.pool.clock.unix_timestamp);
    let place = index
        .require_effective(nonce, now)
        .map_err(SdkError::from)?;
    index
        .require_unexpired(place, now)
        .map_err(SdkError::from)?;
    let apply = instruction::apply_announcement(&found.pool.index, &announcement);
    let steps = Plan::single("apply the announcement", vec![apply]).steps;
    let report = ctx.send(&steps).await?;
    Ok(Done::new(ended(&found, &announcement, "applied")?, report))
}

pub async fn cancel(args: &CancelArgs, ctx: &Context) -> Result<Done<Ended>> {
    let me = ctx.keys.me()?;
    let (found, announcement) = actions(&args.which, ctx).await?;
    let cancel = instruction::cancel_announcement(&found.pool.index, &announcement, &me);
    let steps = Plan::single("cancel the announcement", vec![cancel]).steps;
    let report = ctx.send(&steps).await?;
    Ok(Done::new(
        ended(&found, &announcement, "cancelled")?,
        report,
    ))
}

pub async fn count(args: &CountArgs, ctx: &Context) -> Result<Done<Ended>> {
    let found = SelectedIndex::of(&args.which.index, ctx).await?;
    let nonce = args.which.nonce(&found, None)?;
    let index = quote::accrued(&found.pool)?;
    let place = index.announcement(nonce).map_err(SdkError::from)?;
    let needs = index.veto_needs(place).map_err(SdkError::from)?;
    let count = instruction::count_veto(&found.pool.index, nonce);
    let steps = Plan::single("count the veto", vec![count]).steps;
    let shares = |atoms| Some(Amount::new(atoms, INDEX_SHARE_DECIMALS));
    let vetoed = Ended {
        index: found.key(),
        symbol: found.symbol.clone(),
        nonce,
        change: "vetoed",
        actions: Vec::new(),
        against: shares(place.against),
        veto_needs: shares(needs),
    };
    let report = ctx.send_shown(&vetoed, &steps).await?;
    Ok(Done::new(vetoed, report))
}

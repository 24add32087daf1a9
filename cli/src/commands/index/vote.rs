//! `upside index veto` and `support`: locked shares against what is announced, and for it.

use {
    crate::{
        context::Context,
        error::Result,
        select::{announcement::AnnouncementSelector, index::SelectedIndex},
        send::completed::{Done, Outcome},
    },
    serde::Serialize,
    upside_sdk::{
        IndexError,
        action::Plan,
        error::SdkError,
        event::IndexEvent,
        index::{INDEX_SHARE_DECIMALS, VoteSide, instruction, quote},
        inspect::Amount,
    },
    upside_view::style::grouped,
};

/// Count your locked shares against an announcement, a rebalance or an offer
///
/// The lock must be as old as a third of the notice. A fifth of all shares cancels it for
/// good; the same again within 180 days a third, then a half. What you unlock counts no
/// longer.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside index veto MAKERS                 the only announcement
  upside index veto MAKERS 3")]
pub struct VetoArgs {
    #[command(flatten)]
    which: AnnouncementSelector,
}

/// Count your locked shares for an announcement that needs a majority's yes
///
/// A rebalance by majority sells more than the terms' turnover. The lock must be as old as
/// the notice of the announcement.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  upside index support MAKERS 3")]
pub struct SupportArgs {
    #[command(flatten)]
    which: AnnouncementSelector,
}

/// A vote.
#[derive(Debug, Serialize)]
pub struct Voted {
    index: String,
    symbol: String,
    nonce: u64,
    wallet: String,
    /// `against` or `for`.
    side: &'static str,
    /// What the lock counts.
    weight: Amount,
    against: Amount,
    veto_needs: Amount,
    support: Amount,
    /// Whether it is cancelled by this.
    vetoed: bool,
}

impl Outcome for Voted {
    fn title(&self) -> String {
        let verb = match self.side {
            "against" => "Veto",
            _ => "Support",
        };
        format!("{verb} announcement {} of {}", self.nonce, self.symbol)
    }

    fn rows(&self) -> Vec<(&str, String)> {
        let (against, needs) = (grouped(&self.against), grouped(&self.veto_needs));
        let mut rows = vec![
            ("counts", format!("{} shares", grouped(&self.weight))),
            (
                "against",
                format!("{against} of {needs} shares that cancel it"),
            ),
            ("for", format!("{} shares", grouped(&self.support))),
            ("wallet", self.wallet.clone()),
        ];
        if self.vetoed {
            rows.push(("vetoed", "it is cancelled for good".to_string()));
        }
        rows
    }
}

pub async fn veto(args: &VetoArgs, ctx: &Context) -> Result<Done<Voted>> {
    vote(&args.which, VoteSide::Against, ctx).await
}

pub async fn support(args: &SupportArgs, ctx: &Context) -> Result<Done<Voted>> {
    vote(&args.which, VoteSide::For, ctx).await
}

async fn vote(which: &AnnouncementSelector, side: VoteSide, ctx: &Context) -> Result<Done<Voted>> {
    let me = ctx.keys.me()?;
    let found = SelectedIndex::of(&which.index, ctx).await?;
    let nonce = which.nonce(&found, None)?;
    let index = quote::accrued(&found.pool)?;
    let place = *index.announcement(nonce).map_err(SdkError::from)?;
    let lock = found.lock(&me, ctx).await?.data;
    let age = found.pool.clock.unix_timestamp.saturating_sub(lock.since);
    if age < i64::from(place.required_age(side)) {
        return Err(SdkError::from(IndexError::LockTooYoung).into());
    }
    let key = &found.pool.index;
    let (label, call) = match side {
        VoteSide::Against => ("veto", instruction::veto(key, &me, nonce)),
        VoteSide::For => ("support", instruction::support(key, &me, nonce)),
    };
    let report = ctx.send(&Plan::single(label, vec![call]).steps).await?;

    // What the lock counted on either side before counts there no longer.
    let mine = lock.marks.iter().find(|mark| mark.nonce == nonce);
    let before = |of: VoteSide| mine.filter(|m| m.side == of).map_or(0, |m| m.weight);
    let tally = |of: VoteSide, counted: u64| {
        let added = if of == side { lock.shares } else { 0 };
        counted.saturating_sub(before(of)).saturating_add(added)
    };
    let mut against = tally(VoteSide::Against, place.against);
    let mut support = tally(VoteSide::For, place.support);
    let mut weight = lock.shares;
    for event in report.index_events() {
        if let IndexEvent::VoteCounted(event) = event {
            (against, support, weight) = (event.against, event.support, event.weight);
        }
    }
    let needs = index.veto_needs(&place).map_err(SdkError::from)?;
    let shares = |atoms| Amount::new(atoms, INDEX_SHARE_DECIMALS);
    let voted = Voted {
        index: found.key(),
        symbol: found.symbol.clone(),
        nonce,
        wallet: me.to_string(),
        side: match side {
            VoteSide::Against => "against",
            VoteSide::For => "for",
        },
        weight: shares(weight),
        against: shares(against),
        veto_needs: shares(needs),
        support: shares(support),
        vetoed: against >= needs,
    };
    Ok(Done::new(voted, report))
}

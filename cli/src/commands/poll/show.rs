use {
    super::decimals::decimals,
    crate::{
        context::Context,
        error::Result,
        select::poll::PollSelector,
        values::{TokenQuery, stamp},
    },
    serde::Serialize,
    std::fmt,
    upside_sdk::{
        error::SdkError,
        fetch,
        inspect::{PollReport, poll_report},
        state::{Account, PersonalToken, Poll},
    },
    upside_view::words::{Word, figures},
    upside_view::{
        style::{Column, cell, grouped, table},
        text,
    },
};

/// Show a poll: what would change, and where it stands
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside poll show ADA                    the only open one
  upside poll show ADA 3")]
pub struct ShowArgs {
    #[command(flatten)]
    which: PollSelector,
}

/// List polls: open, lapsed, void and applied ones
///
/// What was closed is found in `upside history`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  upside poll list ADA")]
pub struct ListArgs {
    /// The token
    token: TokenQuery,
}

/// One poll.
#[derive(Debug, Serialize)]
pub struct Shown {
    token: String,
    symbol: String,
    #[serde(flatten)]
    poll: PollReport,
}

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(text::poll(&self.symbol, &self.poll).trim_start())
    }
}

/// All polls that have an account.
#[derive(Debug, Serialize)]
pub struct Listed {
    token: String,
    symbol: String,
    polls: Vec<PollReport>,
}

impl fmt::Display for Listed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.polls.is_empty() {
            return write!(f, "No polls of {} are open or kept", self.symbol);
        }
        let columns = [
            Column::Numbers("number"),
            Column::Words("status"),
            Column::Words("changes"),
            Column::Words("from"),
            Column::Words("to"),
            Column::Numbers("for"),
            Column::Numbers("needed"),
            Column::Numbers("against"),
            Column::Words("applied, or until"),
        ];
        let rows = self.polls.iter().map(|poll| {
            let tally = poll.tally.as_ref();
            let number = |shares: Option<String>| cell(shares.unwrap_or_default());
            vec![
                cell(poll.number),
                cell(poll.status.word()),
                cell(text::poll_subject(poll)),
                cell(figures(&poll.before)),
                cell(figures(&poll.after)),
                number(tally.map(|tally| grouped(&tally.in_favor))),
                number(tally.map(|tally| grouped(&tally.needed))),
                number(tally.map(|tally| grouped(&tally.against))),
                cell(stamp(poll.applied_at.unwrap_or(poll.lapses_at))),
            ]
        });
        f.write_str(&table(&columns, rows.collect()))
    }
}

async fn of(
    ctx: &Context,
    token: &Account<PersonalToken>,
    poll: &Account<Poll>,
    now: i64,
) -> Result<PollReport> {
    let change = poll.data.change().map_err(SdkError::from)?;
    // A claim's account may be closed long after its terms were changed.
    let places = match decimals(ctx, token, change.claim()).await {
        Ok(places) => places,
        Err(_) => decimals(ctx, token, None).await?,
    };
    Ok(poll_report(&token.data, poll, places, now)?)
}

pub async fn show(args: &ShowArgs, ctx: &Context) -> Result<Shown> {
    let found = args.which.find(ctx).await?;
    let now = ctx.now().await?;
    Ok(Shown {
        token: found.token.key.to_string(),
        poll: of(ctx, &found.token, &found.account, now).await?,
        symbol: found.symbol,
    })
}

pub async fn list(args: &ListArgs, ctx: &Context) -> Result<Listed> {
    let token = ctx.token(&args.token).await?;
    let now = ctx.now().await?;
    let mut polls = Vec::new();
    for poll in fetch::polls(&ctx.client, &token.key).await? {
        polls.push(of(ctx, &token, &poll, now).await?);
    }
    Ok(Listed {
        token: token.key.to_string(),
        symbol: ctx.symbol(&token).await?,
        polls,
    })
}

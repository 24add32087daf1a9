use {
    crate::{
        context::Context,
        error::Result,
        select::{poll::PollSelector, selected::Selected},
        send::completed::{Done, Outcome},
        values::TokenQuery,
    },
    clap::ValueEnum,
    serde::Serialize,
    solana_program::instruction::Instruction,
    upside_math::SHARE_DECIMALS,
    upside_sdk::{
        action::{self, Plan, PollAnswer},
        error::SdkError,
        event::TokenEvent,
        inspect::{Amount, ChangeKind},
        instruction,
        state::{Answer, Poll},
    },
    upside_view::{style::grouped, words::Word},
};

/// Vote with all that your shares weigh, as holder
///
/// In a poll a share weighs by the least that your account held since before the poll was
/// put: what you bought later weighs in later polls. Shares that leave your account leave
/// the tally. Look at the poll before.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside poll show ADA 3
  upside poll vote ADA 3 for
  upside poll vote ADA 3 against
  upside poll vote ADA 3 withdraw         say nothing any more")]
pub struct VoteArgs {
    /// The token
    token: TokenQuery,
    /// Number of the poll
    poll: u64,
    /// What your shares say
    #[arg(value_enum)]
    answer: AnswerArg,
}

/// An answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ValueEnum)]
#[serde(rename_all = "snake_case")]
enum AnswerArg {
    /// They approve
    For,
    /// They object
    Against,
    /// They say nothing any more
    Withdraw,
}

/// Apply a poll that passed; anyone may
///
/// An auction that holders decided on starts a notice after this; a surplus is booked with
/// it.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside poll apply ADA                   the only open one
  upside poll apply ADA 3")]
pub struct ApplyArgs {
    #[command(flatten)]
    which: PollSelector,
}

/// Take a poll back, as who put it
///
/// What is not against holders only while nobody has answered it.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  upside poll cancel ADA 3")]
pub struct CancelArgs {
    #[command(flatten)]
    which: PollSelector,
}

/// Close a poll that is over; anyone may
///
/// Over is what was applied, lapsed, or ended by a round or a wind-down, and what a wallet
/// put that no longer holds 1 %. The rent returns to who paid it.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  upside poll close ADA 3")]
pub struct CloseArgs {
    #[command(flatten)]
    which: PollSelector,
}

/// A vote.
#[derive(Debug, Serialize)]
pub struct Voted {
    token: String,
    symbol: String,
    poll: u64,
    wallet: String,
    answer: AnswerArg,
    weight: Amount,
    held: Amount,
    in_favor: Amount,
    against: Amount,
}

impl Outcome for Voted {
    fn title(&self) -> String {
        let what = match self.answer {
            AnswerArg::For => "Vote for",
            AnswerArg::Against => "Vote against",
            AnswerArg::Withdraw => "Withdraw from",
        };
        format!("{what} poll {} of {}", self.poll, self.symbol)
    }

    fn rows(&self) -> Vec<(&str, String)> {
        let (weight, held) = (grouped(&self.weight), grouped(&self.held));
        vec![
            ("wallet", self.wallet.clone()),
            ("weight", format!("{weight} of {held} shares")),
            ("for", grouped(&self.in_favor)),
            ("against", grouped(&self.against)),
        ]
    }
}

pub async fn vote(args: &VoteArgs, ctx: &Context) -> Result<Done<Voted>> {
    let me = ctx.keys.me()?;
    let which = PollSelector {
        token: args.token.clone(),
        poll: Some(args.poll),
    };
    let found = which.find(ctx).await?;
    let answer = match args.answer {
        AnswerArg::For => Answer::For,
        AnswerArg::Against => Answer::Against,
        AnswerArg::Withdraw => Answer::Withdraw,
    };
    let plan = action::answer_poll(&ctx.client, &found.token, &found.account, &me, answer).await?;
    let report = ctx.send(&plan.steps).await?;
    let PollAnswer {
        weight,
        held,
        mut in_favor,
        mut against,
    } = plan.quote;
    // Others may have voted since the quote.
    for event in report.events() {
        if let TokenEvent::PollAnswered(event) = event {
            in_favor.0 = event.in_favor;
            against.0 = event.against;
        }
    }
    let shares = |shares: upside_sdk::Shares| Amount::new(shares.0, SHARE_DECIMALS);
    let voted = Voted {
        token: found.token.key.to_string(),
        symbol: found.symbol,
        poll: args.poll,
        wallet: me.to_string(),
        answer: args.answer,
        weight: shares(weight),
        held: shares(held),
        in_favor: shares(in_favor),
        against: shares(against),
    };
    Ok(Done::new(voted, report))
}

/// What was done to a poll.
#[derive(Debug, Serialize)]
pub struct Acted {
    #[serde(skip)]
    title: &'static str,
    token: String,
    symbol: String,
    poll: u64,
    /// What it changes.
    changes: ChangeKind,
}

impl Outcome for Acted {
    fn title(&self) -> String {
        format!("{} poll {} of {}", self.title, self.poll, self.symbol)
    }

    fn rows(&self) -> Vec<(&str, String)> {
        vec![("about", self.changes.word().to_string())]
    }
}

async fn send(
    ctx: &Context,
    title: &'static str,
    found: &Selected<Poll>,
    call: Instruction,
) -> Result<Done<Acted>> {
    let steps = Plan::single(title.to_lowercase() + " poll", vec![call]).steps;
    let report = ctx.send(&steps).await?;
    Ok(Done::new(acted(title, found)?, report))
}

fn acted(title: &'static str, found: &Selected<Poll>) -> Result<Acted> {
    let change = found.account.data.change().map_err(SdkError::from)?;
    Ok(Acted {
        title,
        token: found.token.key.to_string(),
        symbol: found.symbol.clone(),
        poll: found.account.data.number,
        changes: ChangeKind::of(&change),
    })
}

pub async fn apply(args: &ApplyArgs, ctx: &Context) -> Result<Done<Acted>> {
    let (me, found) = (ctx.keys.me()?, args.which.find(ctx).await?);
    let plan = action::apply_poll(&ctx.client, &found.token, &found.account, &me).await?;
    let applied = acted("Apply", &found)?;
    let report = ctx.send_shown(&applied, &plan.steps).await?;
    Ok(Done::new(applied, report))
}

pub async fn cancel(args: &CancelArgs, ctx: &Context) -> Result<Done<Acted>> {
    let (me, found) = (ctx.keys.me()?, args.which.find(ctx).await?);
    let cancel = instruction::cancel_poll(&found.account, &me);
    send(ctx, "Cancel", &found, cancel).await
}

pub async fn close(args: &CloseArgs, ctx: &Context) -> Result<Done<Acted>> {
    let (me, found) = (ctx.keys.me()?, args.which.find(ctx).await?);
    let close = instruction::close_poll(&found.account, &me);
    send(ctx, "Close", &found, close).await
}

//! `upside index oppose`: the index's answer in a constituent's poll.

use {
    crate::{
        context::Context,
        error::Result,
        select::{index::SelectedIndex, poll::PollSelector},
        send::completed::{Done, Outcome},
        values::{IndexQuery, TokenQuery},
        views,
    },
    serde::Serialize,
    upside_math::SHARE_DECIMALS,
    upside_sdk::{Shares, event::TokenEvent, index::action, inspect::Amount},
    upside_view::style::grouped,
};

/// Answer against a poll on a person's cap or yearly room, for the index; anyone may
///
/// With all that the index's shares of the person weigh in it: who prints shares makes less
/// of what the index holds. In other polls an index never answers.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside poll list EVE
  upside index oppose MAKERS EVE           the only open poll
  upside index oppose MAKERS EVE 3")]
pub struct Args {
    /// The index
    index: IndexQuery,
    /// The person's token
    token: TokenQuery,
    /// Number of the poll [default: the only open one]
    poll: Option<u64>,
}

/// A poll opposed.
#[derive(Debug, Serialize)]
pub struct Opposed {
    index: String,
    symbol: String,
    token: String,
    name: String,
    poll: u64,
    /// What the index's shares weigh in it.
    weight: Amount,
    /// What the index holds.
    held: Amount,
    in_favor: Amount,
    against: Amount,
}

impl Outcome for Opposed {
    fn title(&self) -> String {
        let (symbol, name) = (&self.symbol, &self.name);
        format!("{symbol} answers against poll {} of {name}", self.poll)
    }

    fn rows(&self) -> Vec<(&str, String)> {
        let (weight, held) = (grouped(&self.weight), grouped(&self.held));
        vec![
            ("weight", format!("{weight} of {held} shares")),
            ("for", grouped(&self.in_favor)),
            ("against", grouped(&self.against)),
        ]
    }
}

pub async fn run(args: &Args, ctx: &Context) -> Result<Done<Opposed>> {
    let found = SelectedIndex::of(&args.index, ctx).await?;
    let slot = views::find(&found.slots, &args.token)?;
    let which = PollSelector {
        token: TokenQuery(slot.key.to_string()),
        poll: args.poll,
    };
    let asked = which.find(ctx).await?;
    let key = &found.pool.index.key;
    let plan = action::oppose_poll(&ctx.client, key, &asked.token, &asked.account).await?;
    let report = ctx.send(&plan.steps).await?;
    let mut quote = plan.quote;
    // Others may have voted since the quote.
    for event in report.events() {
        if let TokenEvent::PollAnswered(event) = event {
            quote.in_favor.0 = event.in_favor;
            quote.against.0 = event.against;
        }
    }
    let shares = |shares: Shares| Amount::new(shares.0, SHARE_DECIMALS);
    let opposed = Opposed {
        index: found.key(),
        symbol: found.symbol.clone(),
        token: slot.key.to_string(),
        name: slot.name.clone(),
        poll: asked.account.data.number,
        weight: shares(quote.weight),
        held: shares(quote.held),
        in_favor: shares(quote.in_favor),
        against: shares(quote.against),
    };
    Ok(Done::new(opposed, report))
}

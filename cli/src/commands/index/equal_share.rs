//! `upside index equal-share`: what is split equally among members.

use {
    crate::{
        context::Context,
        error::Result,
        select::index::SelectedIndex,
        send::completed::{Done, Outcome},
        values::{IndexQuery, TokenQuery},
        views,
    },
    serde::Serialize,
    upside_sdk::{
        event::IndexEvent,
        index::{action, fetch},
    },
    upside_view::text::{SlotAmount, slot_rows},
};

/// What is split equally among members
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// Pay a member's equal share of every cash; anyone may
    Collect(CollectArgs),
}

/// Pay a member's equal share of every cash; anyone may
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  upside index equal-share collect MAKERS EVE

`upside index show MAKERS` shows what every member can collect.")]
pub struct CollectArgs {
    /// The index
    index: IndexQuery,
    /// The member's token
    token: TokenQuery,
}

/// An equal share paid.
#[derive(Debug, Serialize)]
pub struct Collected {
    index: String,
    symbol: String,
    token: String,
    name: String,
    member: String,
    paid: Vec<SlotAmount>,
}

impl Outcome for Collected {
    fn title(&self) -> String {
        format!("Pay {} the equal share in {}", self.name, self.symbol)
    }

    fn rows(&self) -> Vec<(&str, String)> {
        let mut rows = slot_rows("paid", &self.paid);
        rows.push(("to", self.member.clone()));
        rows
    }
}

pub async fn run(command: Command, ctx: &Context) -> Result<()> {
    match command {
        Command::Collect(args) => ctx.output.show(&collect(&args, ctx).await?),
    }
}

async fn collect(args: &CollectArgs, ctx: &Context) -> Result<Done<Collected>> {
    let found = SelectedIndex::of(&args.index, ctx).await?;
    let (key, name) = match views::find(&found.slots, &args.token) {
        Ok(slot) => (slot.key, slot.name.clone()),
        Err(_) => {
            let token = ctx.token(&args.token).await?;
            (token.key, ctx.symbol(&token).await?)
        }
    };
    let membership = fetch::membership(&ctx.client, &found.pool.index.key, &key).await?;
    let payer = ctx.keys.payer()?;
    let plan = action::collect_equal_share(&ctx.client, &found.pool, &membership, &payer).await?;
    let report = ctx.send(&plan.steps).await?;
    let landed = report.index_events().filter_map(|event| match event {
        IndexEvent::EqualShareCollected(event) => {
            Some((u8::try_from(event.place).ok()?, event.amount))
        }
        _ => None,
    });
    let mut paid: Vec<(u8, u64)> = landed.collect();
    if paid.is_empty() {
        paid = plan.quote;
    }
    let collected = Collected {
        index: found.key(),
        symbol: found.symbol.clone(),
        token: key.to_string(),
        name,
        member: membership.data.member.to_string(),
        paid: found.slots.amounts(&paid),
    };
    Ok(Done::new(collected, report))
}

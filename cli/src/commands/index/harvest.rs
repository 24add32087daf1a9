use {
    crate::{
        context::Context,
        error::{CliError, Result},
        select::index::SelectedIndex,
        send::completed::{Done, Outcome},
        values::{IndexQuery, TokenQuery},
        views,
    },
    serde::Serialize,
    upside_sdk::{
        IndexError,
        error::SdkError,
        event::IndexEvent,
        index::{action, quote::Harvest},
    },
    upside_view::{
        style::grouped,
        text::{SlotAmount, Slots},
    },
};

/// Collect the dividends that people owe the index; anyone may
///
/// A part is set aside for members in equal shares, the rest comes to back the shares.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside index harvest MAKERS                 of everybody
  upside index harvest MAKERS ADA")]
pub struct Args {
    /// The index
    index: IndexQuery,
    /// Of whom [default: of everybody]
    token: Option<TokenQuery>,
}

/// Dividends harvested.
#[derive(Debug, Serialize)]
pub struct Harvested {
    index: String,
    symbol: String,
    people: usize,
    harvests: Vec<Line>,
}

#[derive(Debug, Serialize)]
struct Line {
    from: String,
    slot: u8,
    harvested: SlotAmount,
    to_members: SlotAmount,
}

impl Outcome for Harvested {
    fn title(&self) -> String {
        let people = match self.people {
            1 => "1 person".to_string(),
            many => format!("{many} people"),
        };
        format!("Harvest {people} for {}", self.symbol)
    }

    fn rows(&self) -> Vec<(&str, String)> {
        if self.harvests.is_empty() {
            return vec![("due", "nothing: noted".to_string())];
        }
        let line = |line: &Line| {
            let aside = grouped(&line.to_members.amount);
            format!("{}, {aside} of it to members", line.harvested.text())
        };
        let lines = self.harvests.iter();
        lines.map(|one| (one.from.as_str(), line(one))).collect()
    }
}

pub async fn run(args: &Args, ctx: &Context) -> Result<Done<Harvested>> {
    let found = SelectedIndex::of(&args.index, ctx).await?;
    let slots: Vec<u8> = match &args.token {
        Some(token) => {
            let slot = views::find(&found.slots, token)?;
            if !slot.personal {
                return Err(CliError::Sdk(SdkError::from(IndexError::WrongKind)));
            }
            vec![slot.number]
        }
        None => found.pool.persons.keys().copied().collect(),
    };
    if slots.is_empty() {
        return Err(CliError::usage(
            "the index holds nobody's token yet",
            "`upside index add INDEX TOKEN` by the curator",
        ));
    }
    let payer = ctx.keys.payer()?;
    let plan = action::harvest(&ctx.client, &found.pool, &payer, &slots).await?;
    let report = ctx.send(&plan.steps).await?;
    let mut harvests = plan.quote.clone();
    let events = report
        .index_events()
        .filter_map(|event| landed(&found, event));
    let events: Vec<Harvest> = events.collect();
    if !events.is_empty() {
        harvests = events;
    }
    let harvested = Harvested {
        index: found.key(),
        symbol: found.symbol.clone(),
        people: slots.len(),
        harvests: lines(&found.slots, &harvests),
    };
    Ok(Done::new(harvested, report))
}

/// What was claimed in the end: dividends stream by the second.
fn landed(found: &SelectedIndex, event: &IndexEvent) -> Option<Harvest> {
    let IndexEvent::Harvested(event) = event else {
        return None;
    };
    let index = &found.pool.index.data;
    Some(Harvest {
        slot: index.slot_of(&event.token).ok()?,
        coin_slot: index.slot_of(&event.mint).ok(),
        amount: upside_sdk::Atoms(event.amount),
        to_members: upside_sdk::Atoms(event.to_members),
    })
}

fn lines(slots: &Slots, harvests: &[Harvest]) -> Vec<Line> {
    let some = harvests.iter().filter(|harvest| harvest.amount.0 > 0);
    let line = |harvest: &Harvest| {
        let cash = harvest.coin_slot?;
        Some(Line {
            from: slots.name(harvest.slot),
            slot: harvest.slot,
            harvested: slots.amount(cash, harvest.amount.0),
            to_members: slots.amount(cash, harvest.to_members.0),
        })
    };
    some.filter_map(line).collect()
}

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
        IndexError, action::Step, error::SdkError, event::IndexEvent, fetch, index::instruction,
    },
    upside_view::text::SlotAmount,
};

/// How many fit one transaction.
const BATCH: usize = 12;

/// Book what custody holds beyond the books, or lacks; anyone may
///
/// Cash that was sent unasked comes to back the shares; what an issuer seized is taken out
/// of the books. So it is with a person's shares.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside index sync MAKERS                    whatever does not agree
  upside index sync MAKERS cash")]
pub struct Args {
    /// The index
    index: IndexQuery,
    /// A token or a mint [default: whatever does not agree]
    key: Option<TokenQuery>,
}

/// Books brought up to what is there.
#[derive(Debug, Serialize)]
pub struct Synced {
    index: String,
    symbol: String,
    found: Vec<SlotAmount>,
    lost: Vec<SlotAmount>,
}

impl Outcome for Synced {
    fn title(&self) -> String {
        format!("Sync the custody of {}", self.symbol)
    }

    fn rows(&self) -> Vec<(&str, String)> {
        let found = self.found.iter().map(|amount| ("found", amount.text()));
        let lost = self.lost.iter().map(|amount| ("lost", amount.text()));
        found.chain(lost).collect()
    }
}

pub async fn run(args: &Args, ctx: &Context) -> Result<Done<Synced>> {
    let found = SelectedIndex::of(&args.index, ctx).await?;
    let slots = match &args.key {
        Some(key) => vec![views::find(&found.slots, key)?.number],
        None => apart(&found, ctx).await?,
    };
    if slots.is_empty() {
        return Err(SdkError::from(IndexError::NothingToSync).into());
    }
    let mut steps = Vec::new();
    for batch in slots.chunks(BATCH) {
        let sync = batch
            .iter()
            .map(|slot| instruction::sync_custody(&found.pool.index, *slot));
        steps.push(Step::new("sync custody", sync.collect::<Result<_, _>>()?));
    }
    let report = ctx.send(&steps).await?;
    let (mut gained, mut lost) = (Vec::new(), Vec::new());
    for event in report.index_events() {
        if let IndexEvent::CustodySynced(event) = event
            && let Ok(slot) = u8::try_from(event.place)
        {
            gained.extend((event.found > 0).then(|| found.slots.amount(slot, event.found)));
            lost.extend((event.lost > 0).then(|| found.slots.amount(slot, event.lost)));
        }
    }
    let synced = Synced {
        index: found.key(),
        symbol: found.symbol.clone(),
        found: gained,
        lost,
    };
    Ok(Done::new(synced, report))
}

/// Slots whose custody does not hold what the books say.
async fn apart(found: &SelectedIndex, ctx: &Context) -> Result<Vec<u8>> {
    let data = &found.pool.index.data;
    let mut apart = Vec::new();
    for (slot, constituent) in found.pool.constituents() {
        let booked = data.booked(slot).map_err(SdkError::from)?;
        let has = match found.pool.persons.get(&slot) {
            Some(person) => person.custody.data.shares,
            None => fetch::balance(&ctx.client, &constituent.custody).await?,
        };
        // A gift is booked where shares have something of the slot.
        if has < booked || (has > booked && constituent.is_held()) {
            apart.push(slot);
        }
    }
    Ok(apart)
}

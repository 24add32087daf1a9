use {
    crate::{
        context::Context,
        error::Result,
        select::{
            index::SelectedIndex,
            wrapper::{name_of, wrapper},
        },
        send::completed::{Done, Outcome},
        values::{IndexQuery, TokenQuery},
        views,
    },
    serde::Serialize,
    upside_sdk::{
        Pubkey,
        index::{Wrapper, action},
    },
};

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside index wrap note MAKERS ADA
  upside index wrap open MAKERS ADA           a notice later")]
pub struct SlotArgs {
    /// The index
    index: IndexQuery,
    /// A person's token, a mint, or the number of the slot
    key: TokenQuery,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside index wrap harvest MAKERS ADA
  upside index wrap unwrap-slot MAKERS ADA")]
pub struct WrapperArgs {
    /// The index
    index: IndexQuery,
    /// What is wrapped: a person's token or a mint; or the mint of the tickets
    key: TokenQuery,
}

/// What became of a slot.
#[derive(Debug, Serialize)]
pub struct Changed {
    index: String,
    symbol: String,
    /// What happened: `noted`, `wrapped`, `harvested`, `unwrapped`, `closed`.
    change: &'static str,
    slot: u8,
    /// What stands in the slot, or is wrapped.
    key: String,
    /// The mint of the tickets, if there is one.
    tickets_mint: Option<String>,
    #[serde(skip)]
    name: String,
}

impl Outcome for Changed {
    fn title(&self) -> String {
        let (name, symbol) = (&self.name, &self.symbol);
        match self.change {
            "noted" => format!("Note whether {name} in {symbol} moves"),
            "wrapped" => format!("Wrap {name} in {symbol}"),
            "harvested" => format!("Collect for tickets of {name} in {symbol}"),
            "closed" => format!("Close the wrapper of {name} in {symbol}"),
            _ => format!("Unwrap {name} in {symbol}"),
        }
    }

    fn rows(&self) -> Vec<(&str, String)> {
        let mut rows = vec![("slot", self.slot.to_string()), ("of", self.key.clone())];
        if let Some(mint) = &self.tickets_mint {
            rows.push(("tickets", mint.clone()));
        }
        rows
    }
}

impl Changed {
    fn of_slot(found: &SelectedIndex, change: &'static str, slot: u8, key: &Pubkey) -> Self {
        Changed {
            index: found.key(),
            symbol: found.symbol.clone(),
            change,
            slot,
            key: key.to_string(),
            tickets_mint: None,
            name: found.slots.original(slot),
        }
    }

    fn of_wrapper(found: &SelectedIndex, change: &'static str, wrapper: &Wrapper) -> Self {
        Changed {
            tickets_mint: Some(wrapper.mint.to_string()),
            name: name_of(found, wrapper),
            ..Changed::of_slot(found, change, wrapper.slot, &wrapper.key)
        }
    }
}

pub async fn note(args: &SlotArgs, ctx: &Context) -> Result<Done<Changed>> {
    let found = SelectedIndex::of(&args.index, ctx).await?;
    let slot = views::find(&found.slots, &args.key)?;
    let plan = action::note_stuck(&found.pool, slot.number)?;
    let changed = Changed::of_slot(&found, "noted", slot.number, &slot.key);
    let report = ctx.send(&plan.steps).await?;
    Ok(Done::new(changed, report))
}

pub async fn open(args: &SlotArgs, ctx: &Context) -> Result<Done<Changed>> {
    let found = SelectedIndex::of(&args.index, ctx).await?;
    let slot = views::find(&found.slots, &args.key)?;
    let plan = action::wrap(&found.pool, &ctx.keys.payer()?, slot.number)?;
    let mut changed = Changed::of_slot(&found, "wrapped", slot.number, &slot.key);
    changed.tickets_mint = Some(plan.quote.to_string());
    let report = ctx.send(&plan.steps).await?;
    Ok(Done::new(changed, report))
}

pub async fn harvest(args: &WrapperArgs, ctx: &Context) -> Result<Done<Changed>> {
    let found = SelectedIndex::of(&args.index, ctx).await?;
    let wrapper = wrapper(&found, &args.key, ctx).await?;
    let payer = ctx.keys.payer()?;
    let plan = action::harvest_wrapped(&ctx.client, &found.pool, &payer, &wrapper).await?;
    let changed = Changed::of_wrapper(&found, "harvested", &wrapper.data);
    let report = ctx.send(&plan.steps).await?;
    Ok(Done::new(changed, report))
}

pub async fn unwrap_slot(args: &WrapperArgs, ctx: &Context) -> Result<Done<Changed>> {
    let found = SelectedIndex::of(&args.index, ctx).await?;
    let wrapper = wrapper(&found, &args.key, ctx).await?;
    let payer = ctx.keys.payer()?;
    let plan = action::unwrap_slot(&ctx.client, &found.pool, &payer, &wrapper).await?;
    let changed = Changed::of_wrapper(&found, "unwrapped", &wrapper.data);
    let report = ctx.send(&plan.steps).await?;
    Ok(Done::new(changed, report))
}

pub async fn close(args: &WrapperArgs, ctx: &Context) -> Result<Done<Changed>> {
    let found = SelectedIndex::of(&args.index, ctx).await?;
    let wrapper = wrapper(&found, &args.key, ctx).await?;
    let plan = action::close_wrapper(&found.pool, &wrapper);
    let changed = Changed::of_wrapper(&found, "closed", &wrapper.data);
    let report = ctx.send(&plan.steps).await?;
    Ok(Done::new(changed, report))
}

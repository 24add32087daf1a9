//! `upside index wrap`: tickets for what cannot move.

mod show;
mod unwrap;

use {
    super::Found,
    crate::{
        context::Context,
        done::{Done, Outcome},
        error::{CliError, Result},
        values::{IndexQuery, TokenQuery},
    },
    serde::Serialize,
    std::str::FromStr,
    upside_sdk::{
        Pubkey,
        error::SdkError,
        index::{Wrapper, action, fetch},
        state::Account,
    },
};

/// Tickets for what cannot move
///
/// What the state shows immovable (a person whose transfers are closed, a frozen account, a
/// paused mint) and showed immovable a notice before is wrapped: tickets, minted once, take
/// its place and are redeemed, contributed and traded like any mint. Once it moves again
/// each is worth one atom of it and its part of what they earned.
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// Note whether the state shows that a slot cannot move; anyone may
    Note(SlotArgs),
    /// Wrap a slot that was noted as stuck a notice ago; anyone may
    Open(SlotArgs),
    /// Show what is noted and what is wrapped
    Show(show::Args),
    /// Collect what a wrapped person owes for the tickets; anyone may
    Harvest(WrapperArgs),
    /// Turn tickets of yours into what they stand for, once it moves
    Unwrap(unwrap::Args),
    /// Make a slot itself again, once it moves; anyone may
    UnwrapSlot(WrapperArgs),
    /// Close a wrapper of which no ticket is left; anyone may
    Close(WrapperArgs),
}

pub async fn run(command: Command, ctx: &Context) -> Result<()> {
    let out = &ctx.output;
    match command {
        Command::Note(args) => out.show(&note(&args, ctx).await?),
        Command::Open(args) => out.show(&open(&args, ctx).await?),
        Command::Show(args) => out.show(&show::run(&args, ctx).await?),
        Command::Harvest(args) => out.show(&harvest(&args, ctx).await?),
        Command::Unwrap(args) => out.show(&unwrap::run(&args, ctx).await?),
        Command::UnwrapSlot(args) => out.show(&unwrap_slot(&args, ctx).await?),
        Command::Close(args) => out.show(&close(&args, ctx).await?),
    }
}

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
    fn of_slot(found: &Found, change: &'static str, slot: u8, key: &Pubkey) -> Self {
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

    fn of_wrapper(found: &Found, change: &'static str, wrapper: &Wrapper) -> Self {
        Changed {
            tickets_mint: Some(wrapper.mint.to_string()),
            name: name_of(found, wrapper),
            ..Changed::of_slot(found, change, wrapper.slot, &wrapper.key)
        }
    }
}

async fn note(args: &SlotArgs, ctx: &Context) -> Result<Done<Changed>> {
    let found = Found::of(&args.index, ctx).await?;
    let slot = found.slots.find(&args.key)?;
    let plan = action::note_stuck(&found.pool, slot.number)?;
    let changed = Changed::of_slot(&found, "noted", slot.number, &slot.key);
    let report = ctx.send(&plan.steps).await?;
    Ok(Done::new(changed, report))
}

async fn open(args: &SlotArgs, ctx: &Context) -> Result<Done<Changed>> {
    let found = Found::of(&args.index, ctx).await?;
    let slot = found.slots.find(&args.key)?;
    let plan = action::wrap(&found.pool, &ctx.keys.payer()?, slot.number)?;
    let mut changed = Changed::of_slot(&found, "wrapped", slot.number, &slot.key);
    changed.tickets_mint = Some(plan.quote.to_string());
    let report = ctx.send(&plan.steps).await?;
    Ok(Done::new(changed, report))
}

/// What a wrapper wraps is called: the slot may hold something else by now.
fn name_of(found: &Found, wrapper: &Wrapper) -> String {
    let slot = found.slots.get(wrapper.slot);
    let same = slot.is_some_and(|slot| slot.key == wrapper.key || slot.key == wrapper.mint);
    match same {
        true => found.slots.original(wrapper.slot),
        false => wrapper.key.to_string(),
    }
}

/// The wrapper that a person means: by what it wraps, or by its tickets.
async fn wrapper(found: &Found, query: &TokenQuery, ctx: &Context) -> Result<Account<Wrapper>> {
    let all = fetch::wrappers(&ctx.client, &found.pool.index.key).await?;
    let key = match Pubkey::from_str(&query.0) {
        Ok(key) => key,
        Err(_) => match query.0.parse::<u8>() {
            Ok(slot) => {
                found
                    .pool
                    .index
                    .data
                    .slot(slot)
                    .map_err(SdkError::from)?
                    .key
            }
            Err(_) => ctx.token(query).await?.key,
        },
    };
    let fits = |it: &&Account<Wrapper>| it.data.key == key || it.data.mint == key;
    let mut fitting: Vec<&Account<Wrapper>> = all.iter().filter(fits).collect();
    // Tickets in the slot before those of earlier wraps.
    fitting.sort_by_key(|it| (it.data.active, it.data.number));
    fitting.pop().cloned().ok_or_else(|| {
        CliError::Sdk(SdkError::NotFound {
            what: "wrapper",
            query: query.0.clone(),
        })
    })
}

async fn harvest(args: &WrapperArgs, ctx: &Context) -> Result<Done<Changed>> {
    let found = Found::of(&args.index, ctx).await?;
    let wrapper = wrapper(&found, &args.key, ctx).await?;
    let payer = ctx.keys.payer()?;
    let plan = action::harvest_wrapped(&ctx.client, &found.pool, &payer, &wrapper).await?;
    let changed = Changed::of_wrapper(&found, "harvested", &wrapper.data);
    let report = ctx.send(&plan.steps).await?;
    Ok(Done::new(changed, report))
}

async fn unwrap_slot(args: &WrapperArgs, ctx: &Context) -> Result<Done<Changed>> {
    let found = Found::of(&args.index, ctx).await?;
    let wrapper = wrapper(&found, &args.key, ctx).await?;
    let payer = ctx.keys.payer()?;
    let plan = action::unwrap_slot(&ctx.client, &found.pool, &payer, &wrapper).await?;
    let changed = Changed::of_wrapper(&found, "unwrapped", &wrapper.data);
    let report = ctx.send(&plan.steps).await?;
    Ok(Done::new(changed, report))
}

async fn close(args: &WrapperArgs, ctx: &Context) -> Result<Done<Changed>> {
    let found = Found::of(&args.index, ctx).await?;
    let wrapper = wrapper(&found, &args.key, ctx).await?;
    let plan = action::close_wrapper(&found.pool, &wrapper);
    let changed = Changed::of_wrapper(&found, "closed", &wrapper.data);
    let report = ctx.send(&plan.steps).await?;
    Ok(Done::new(changed, report))
}

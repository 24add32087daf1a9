use {
    crate::{
        context::Context,
        error::Result,
        select::{index::SelectedIndex, wrapper::name_of},
        values::{IndexQuery, stamp},
    },
    comfy_table::Color,
    serde::Serialize,
    upside_sdk::{
        error::SdkError,
        index::{Wrapper, fetch},
        inspect::Amount,
        state::Account,
    },
    upside_view::{
        style::{Column, cell, grouped, table},
        text::SlotAmount,
    },
};

/// Show what is noted and what is wrapped
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside index wrap show MAKERS")]
pub struct Args {
    /// The index
    index: IndexQuery,
}

/// What is noted as stuck, and what is wrapped.
#[derive(Debug, Serialize)]
pub struct Shown {
    index: String,
    symbol: String,
    noted: Vec<Noted>,
    wrapped: Vec<Line>,
}

#[derive(Debug, Serialize)]
struct Noted {
    slot: u8,
    name: String,
    since: String,
    /// From when on it can be wrapped, if it is stuck still.
    wrappable_at: String,
}

#[derive(Debug, Serialize)]
struct Line {
    slot: u8,
    /// What is wrapped.
    name: String,
    key: String,
    tickets_mint: String,
    /// Whether tickets stand in the slot, or only outside.
    in_slot: bool,
    tickets: Amount,
    wrapped_at: String,
    earned: Vec<SlotAmount>,
}

impl Line {
    fn cells(&self) -> Vec<(Option<Color>, String)> {
        let stand = if self.in_slot {
            "in the slot"
        } else {
            "outside"
        };
        let earned: Vec<String> = self.earned.iter().map(SlotAmount::text).collect();
        vec![
            cell(self.slot),
            cell(&self.name),
            cell(grouped(&self.tickets)),
            cell(stand),
            cell(&self.tickets_mint),
            cell(earned.join(", ")),
        ]
    }
}

impl std::fmt::Display for Shown {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.noted.is_empty() && self.wrapped.is_empty() {
            return writeln!(f, "Nothing of {} is noted as stuck or wrapped", self.symbol);
        }
        for one in &self.noted {
            writeln!(
                f,
                "{} cannot move since {}; it can be wrapped from {}",
                one.name, one.since, one.wrappable_at
            )?;
        }
        if self.wrapped.is_empty() {
            return Ok(());
        }
        let columns = [
            Column::Words("slot"),
            Column::Words("wrapped"),
            Column::Numbers("tickets"),
            Column::Words("stand"),
            Column::Words("their mint"),
            Column::Words("earned"),
        ];
        let rows = self.wrapped.iter().map(Line::cells).collect();
        write!(f, "{}", table(&columns, rows))
    }
}

pub async fn run(args: &Args, ctx: &Context) -> Result<Shown> {
    let found = SelectedIndex::of(&args.index, ctx).await?;
    let index = &found.pool.index.data;
    let mut noted = Vec::new();
    for (slot, constituent) in found.pool.constituents() {
        if constituent.stuck_at != 0 {
            let since = i64::from(constituent.stuck_at);
            noted.push(Noted {
                slot,
                name: found.slots.name(slot),
                since: stamp(since),
                wrappable_at: stamp(index.after_notice(since).map_err(SdkError::from)?),
            });
        }
    }
    let wrapped = fetch::wrappers(&ctx.client, &found.pool.index.key).await?;
    let line = |it: &Account<Wrapper>| {
        let earned = index.coins.iter().zip(it.data.pots);
        Line {
            slot: it.data.slot,
            name: name_of(&found, &it.data),
            key: it.data.key.to_string(),
            tickets_mint: it.data.mint.to_string(),
            in_slot: it.data.active == 1,
            tickets: Amount::new(it.data.tickets, it.data.decimals),
            wrapped_at: stamp(it.data.wrapped_at),
            earned: earned
                .filter(|(_, atoms)| *atoms > 0)
                .map(|(book, atoms)| found.slots.amount(book.slot, atoms))
                .collect(),
        }
    };
    Ok(Shown {
        index: found.key(),
        symbol: found.symbol.clone(),
        noted,
        wrapped: wrapped.iter().map(line).collect(),
    })
}

//! `upside lookup-table`: what made large transactions fit, and its rent back.

use {
    crate::{
        context::Context,
        error::{CliError, Result},
        send::completed::{Done, Outcome},
        values::Address,
    },
    serde::Serialize,
    std::fmt,
    upside_sdk::{
        action::Plan,
        error::SdkError,
        inspect::Amount,
        lookup_table::{self, OwnedTable},
    },
    upside_view::style::{Column, cell, table},
};

/// Decimals of SOL.
const SOL_DECIMALS: u8 = 9;

/// Lookup tables that large transactions needed: list them, take their rent back
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// List your lookup tables
    List(ListArgs),
    /// Deactivate a lookup table; run again four minutes later, close it
    Close(CloseArgs),
}

/// List your lookup tables
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  upside lookup-table list")]
pub struct ListArgs {
    /// Whose tables [default: yours]
    #[arg(long)]
    wallet: Option<Address>,
}

/// Deactivate a lookup table; run again four minutes later, close it
///
/// The chain closes a table only 513 slots after its deactivation. Its rent returns to you.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside lookup-table close            all of yours
  upside lookup-table close 7kbn…")]
pub struct CloseArgs {
    /// The table [default: all of yours]
    table: Option<Address>,
}

/// A table as it is shown.
#[derive(Debug, Serialize)]
struct Row {
    table: String,
    addresses: usize,
    rent: Amount,
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    closable_from_slot: Option<u64>,
}

impl Row {
    fn of(one: &OwnedTable, slot: u64) -> Row {
        Row {
            table: one.key.to_string(),
            addresses: one.addresses.len(),
            rent: Amount::new(one.lamports, SOL_DECIMALS),
            status: match one.closable_from() {
                None => "active",
                Some(from) if slot < from => "cooling down",
                Some(_) => "closable",
            },
            closable_from_slot: one.closable_from(),
        }
    }
}

/// Lookup tables.
#[derive(Debug, Serialize)]
struct Tables {
    slot: u64,
    tables: Vec<Row>,
}

impl fmt::Display for Tables {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.tables.is_empty() {
            return f.write_str("No lookup tables.\n");
        }
        let rows = self.tables.iter().map(|row| {
            let status = match row.closable_from_slot {
                Some(from) if row.status == "cooling down" => {
                    format!("closable from slot {from}, now {}", self.slot)
                }
                _ => row.status.to_string(),
            };
            let rent = format!("{} SOL", row.rent);
            vec![
                cell(&row.table),
                cell(row.addresses),
                cell(rent),
                cell(status),
            ]
        });
        let columns = [
            Column::Words("table"),
            Column::Numbers("addresses"),
            Column::Numbers("rent"),
            Column::Words("status"),
        ];
        f.write_str(&table(&columns, rows.collect()))
    }
}

/// Tables deactivated, and tables closed.
#[derive(Debug, Serialize)]
struct Closed {
    deactivated: Vec<String>,
    closed: Vec<String>,
    waiting: Vec<String>,
    rent: Amount,
}

impl Outcome for Closed {
    fn title(&self) -> String {
        match (self.closed.len(), self.deactivated.len()) {
            (0, 0) => "No lookup table to close now".to_string(),
            (0, some) => format!("Deactivate {some} lookup tables"),
            (some, 0) => format!("Close {some} lookup tables"),
            (closed, other) => format!("Close {closed} lookup tables, deactivate {other}"),
        }
    }

    fn rows(&self) -> Vec<(&str, String)> {
        let mut rows = Vec::new();
        if !self.closed.is_empty() {
            rows.push(("rent back", format!("{} SOL", self.rent)));
        }
        if !self.deactivated.is_empty() || !self.waiting.is_empty() {
            let then = "`upside lookup-table close` again in four minutes";
            rows.push(("then", then.to_string()));
        }
        rows
    }
}

pub async fn run(command: Command, ctx: &Context) -> Result<()> {
    match command {
        Command::List(args) => ctx.output.show(&list(&args, ctx).await?),
        Command::Close(args) => ctx.output.show(&close(&args, ctx).await?),
    }
}

async fn list(args: &ListArgs, ctx: &Context) -> Result<Tables> {
    let wallet = ctx.wallet(args.wallet.as_ref())?;
    let slot = ctx.client.get_slot().await.map_err(SdkError::from)?;
    let tables = lookup_table::all_owned_by(&ctx.client, &wallet).await?;
    Ok(Tables {
        slot,
        tables: tables.iter().map(|one| Row::of(one, slot)).collect(),
    })
}

async fn close(args: &CloseArgs, ctx: &Context) -> Result<Done<Closed>> {
    let me = ctx.keys.me()?;
    let slot = ctx.client.get_slot().await.map_err(SdkError::from)?;
    let mut tables = lookup_table::all_owned_by(&ctx.client, &me).await?;
    if let Some(named) = &args.table {
        tables.retain(|one| one.key == named.key);
        if tables.is_empty() {
            let text = format!("{} is no lookup table of yours", named.key);
            return Err(CliError::usage(text, "`upside lookup-table list`"));
        }
    }
    let mut closed = Closed {
        deactivated: Vec::new(),
        closed: Vec::new(),
        waiting: Vec::new(),
        rent: Amount::new(0, SOL_DECIMALS),
    };
    let (mut steps, mut rent) = (Vec::new(), 0u64);
    for one in &tables {
        let [deactivate, close] = lookup_table::closing(&one.key, &me);
        let key = one.key.to_string();
        let (list, step) = match Row::of(one, slot).status {
            "active" => (
                &mut closed.deactivated,
                Some(("deactivate a lookup table", deactivate)),
            ),
            "closable" => {
                rent = rent.saturating_add(one.lamports);
                (&mut closed.closed, Some(("close a lookup table", close)))
            }
            _ => (&mut closed.waiting, None),
        };
        list.push(key);
        if let Some((what, instruction)) = step {
            steps.extend(Plan::single(what, vec![instruction]).steps);
        }
    }
    closed.rent = Amount::new(rent, SOL_DECIMALS);
    let report = ctx.send(&steps).await?;
    Ok(Done::new(closed, report))
}

//! `upside demo`: a token's life from issue to redemption, told as it happens.

mod cast;
mod story;
mod world;

use {
    crate::{
        args::Global,
        commands::{
            holder::{Holding, show_holding},
            inspect::Inspected,
        },
        error::{CliError, Result},
        output::Output,
        style::{self, Column, cell, colored, grouped, heading, paint, table},
    },
    cast::Actor,
    comfy_table::Color,
    serde::Serialize,
    sha2::{Digest, Sha256},
    std::fmt,
    upside_sdk::{fetch, inspect::MintAmount, state::Holder},
    world::{Scene, World},
};

/// A token's life from issue to redemption, on a fresh embedded chain
///
/// A founder issues a token; three backers fund a round with a minimum raise; equity and
/// revenue are declared; revenue streams; equity exits above the floor; holders vote,
/// claim, redeem, give and withdraw. Every figure is read back from the chain.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside demo
  upside demo --output json
  upside demo -u embedded:demo-chain       keep the chain, to look around in it:
  upside inspect ADA -u embedded:demo-chain")]
pub struct Args {}

/// The story and what has come of it.
#[derive(Serialize)]
struct Ending {
    story: Vec<Scene>,
    actors: Vec<Part>,
    report: Inspected,
}

/// What somebody has at the end.
#[derive(Serialize)]
struct Part {
    name: &'static str,
    role: &'static str,
    #[serde(flatten)]
    holding: Holding,
}

impl fmt::Display for Ending {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rule = paint(style::DIM, "─".repeat(80));
        writeln!(f, "\n{rule}\n")?;
        write!(f, "{}{}", self.report, heading("Everybody"))?;
        let columns = [
            Column::Words("name"),
            Column::Words("role"),
            Column::Numbers("registered"),
            Column::Numbers("bearer"),
            Column::Numbers("claimable"),
            Column::Numbers("cash USDC"),
        ];
        let rows = self.actors.iter().map(|part| {
            vec![
                colored(Color::Cyan, part.name),
                cell(part.role),
                cell(grouped(&part.holding.shares)),
                cell(grouped(&part.holding.bearer)),
                cell(first(&part.holding.claimable)),
                cell(first(&part.holding.cash)),
            ]
        });
        f.write_str(&table(&columns, rows.collect()))
    }
}

/// The demo has one currency.
fn first(amounts: &[MintAmount]) -> String {
    amounts.first().map_or_else(|| "0".to_string(), |amount| grouped(&amount.amount))
}

pub async fn run(_: &Args, global: &Global, output: Output) -> Result<()> {
    let mut world = World::open(global, output).await?;
    output.line(paint(
        style::DIM,
        "A token's life: the real program on a fresh embedded chain, whose clock is moved.\n",
    ));
    story::play(&mut world).await?;
    let look = world.look().await?;
    let mut actors = Vec::new();
    for Actor { name, role, keypair } in world.cast.all() {
        let wallet = solana_signer::Signer::pubkey(keypair);
        let holding = show_holding(&look.token, &wallet, &world.client).await?;
        actors.push(Part { name, role, holding });
    }
    let story = std::mem::take(&mut world.story);
    output.show(&Ending { story, actors, report: Inspected::new(look, usize::MAX) })
}

/// SHA-256 of a document that exists only in the demo.
fn evidence(text: &str) -> [u8; 32] {
    Sha256::digest(text).into()
}

impl World {
    fn actor(&self, name: &str) -> Result<&Actor> {
        let found = self.cast.all().into_iter().find(|actor| actor.name == name);
        found.ok_or_else(|| CliError::Other(format!("nobody is called {name}")))
    }

    async fn holder(&self, name: &str) -> Result<Holder> {
        let wallet = self.actor(name)?.key();
        let found = fetch::holder(&self.client, &self.token.token, &wallet).await?;
        let missing = || CliError::Other(format!("{name} holds nothing"));
        Ok(found.ok_or_else(missing)?.data)
    }
}

//! `upside demo`
use crate::{args::Global, error::Result, output::Output};

/// A token's life from issue to redemption, on a fresh embedded chain
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  upside demo")]
pub struct Args {}

pub async fn run(_: &Args, _: &Global, _: Output) -> Result<()> { Ok(()) }

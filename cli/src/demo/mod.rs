//! `upside demo`: a token's life, a pool of five and a token's end, played on a fresh
//! embedded chain.
//! Every step is a transaction to the real programs; every figure of the reports is read
//! back.

mod act;
mod attest;
mod cast;
mod life;
mod makers;
mod money;
mod pool;
mod pool_report;
mod pool_say;
mod reinvest;
mod report;
mod story;

use {
    crate::{
        error::{CliError, Result},
        flags::{Global, Target},
        output::Output,
    },
    std::path::{Path, PathBuf},
    upside_localnet::{ClockMode, EmbeddedChain, Options},
};

/// A token's life, a pool of five people, and the end of a life, on a fresh embedded chain
///
/// A founder issues a token; three backers fund a round through its escrow; equity and
/// revenue are declared, pay and stream; holders claim, redeem, give and withdraw.
/// Then five people pool their tokens in an index, two of them without any money: a
/// backer zaps in and vetoes higher fees, one person's exit lifts all, the equal share is
/// paid. Then a potter is
/// vouched for and copied, her equity is attested and disputed, a helper's shares vest, a
/// door checks passes, shares are sold on, bid for, terms change by a poll; she dies, her
/// executor winds up, and everybody redeems without tax. Keys are the same on every run.
/// With -u embedded:DIR the chain stays in DIR with the keys beside it, to go on from
/// there; otherwise it is gone in the end.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside demo
  upside demo --output json
  upside demo -u embedded:demo-chain
  upside dividend show ADA -u embedded:demo-chain -k demo-chain/keys/dan.json")]
pub struct Args {}

pub async fn run(_: &Args, global: &Global, output: Output) -> Result<()> {
    let stays = match &global.url {
        None | Some(Target::Embedded(None)) => None,
        Some(Target::Embedded(Some(dir))) => Some(fresh(dir)?),
        Some(_) => {
            return Err(CliError::usage(
                "the demo plays on an embedded chain: it moves the clock",
                "leave -u out, or name a folder with -u embedded:DIR",
            ));
        }
    };
    // Dropped, and so removed, after the chain in it is closed.
    let passing = match &stays {
        Some(_) => None,
        None => Some(tempfile::tempdir().map_err(|source| CliError::File {
            path: std::env::temp_dir(),
            source,
        })?),
    };
    let dir = passing
        .as_ref()
        .map(tempfile::TempDir::path)
        .or(stays.as_deref());
    let dir = dir.ok_or_else(|| CliError::Other("the demo has no folder".to_string()))?;
    // Time stands still but for the story: the same figures on every run.
    let options = Options {
        clock: ClockMode::Manual,
        ..Options::default()
    };
    let chain = EmbeddedChain::open(dir, &upside_sdk::programs(), options)?;
    if stays.is_some() {
        cast::keep_keys(&dir.join("keys"))?;
    }
    let mut stage = cast::Stage::set(chain, output)?;
    story::play(&mut stage).await?;
    let first = report::Report::read(&stage).await?;
    pool::play(&mut stage).await?;
    let second = pool_report::PoolReport::read(&stage).await?;
    let kept = life::play(&mut stage).await?;
    let third = life::report::LifeReport::read(&stage, &kept).await?;
    let acts = stage.acts.clone();
    let reports = (first, second, third);
    output.show(&report::Demo::new(stays.as_deref(), acts, reports))
}

/// The folder, if nothing is in it yet.
fn fresh(dir: &Path) -> Result<PathBuf> {
    let used = std::fs::read_dir(dir).is_ok_and(|mut entries| entries.next().is_some());
    if used {
        return Err(CliError::usage(
            format!(
                "{} is not empty: the demo needs a fresh chain",
                dir.display()
            ),
            "name another folder, or leave -u out for one that passes",
        ));
    }
    Ok(dir.to_path_buf())
}

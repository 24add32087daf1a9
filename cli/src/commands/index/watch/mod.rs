//! `upside index watch`: what happens to an index, line by line.

mod lines;

use {
    self::lines::{EventLine, MissingLine, StateLine},
    crate::{
        commands::history, context::Context, error::Result, follow::Follow,
        select::index::SelectedIndex, values::IndexQuery, views,
    },
    serde::Serialize,
    std::fmt::Display,
    upside_sdk::index::watch::{Look, Watcher, look},
};

/// Polls for which an event that the node does not list yet is waited for.
const PATIENCE: u32 = 5;

/// Print what happens to an index and what time brings, until stopped
///
/// First what stands: announcements and what is locked against them, prices of a rebalance,
/// slots that cannot move, dividends that are due, a pause. Then every event, and whatever
/// of these has changed: notices that are over, prices as they move, slots that move again.
/// With `--output json` each line is a JSON object.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside index watch MAKERS
  upside index watch MAKERS --every 1m --output json
  upside index watch MAKERS --once                      what stands now
  upside index watch MAKERS --once --after 120 --output json

In scripts: each line has the number of the last event that was seen, `sequence`; give it as
--after the next time.")]
pub struct Args {
    /// The index
    index: IndexQuery,
    #[command(flatten)]
    follow: Follow,
    /// Begin with the events after this number [default: with those that come]
    #[arg(long, value_name = "SEQUENCE")]
    after: Option<u64>,
}

/// How far the events were printed.
struct Printed {
    /// Number of the last event.
    sequence: u64,
    /// How often an event after it was missing.
    missed: u32,
}

pub async fn run(args: &Args, ctx: &Context) -> Result<()> {
    args.follow.check(ctx)?;
    let index = ctx.index(&args.index).await?;
    let mut watcher = Watcher::default();
    let mut printed = Printed {
        sequence: args.after.unwrap_or(index.data.sequence),
        missed: 0,
    };
    let once = args.follow.once;
    let look = async || round(&index.key, &mut watcher, &mut printed, once, ctx).await;
    args.follow.looks(ctx, 10, look).await
}

/// One look. Returns whether somebody still reads.
async fn round(
    index: &upside_sdk::Pubkey,
    watcher: &mut Watcher,
    printed: &mut Printed,
    once: bool,
    ctx: &Context,
) -> Result<bool> {
    let seen = look(&ctx.client, index).await?;
    if !events(&seen, printed, once, ctx).await? {
        return Ok(false);
    }
    let news = watcher.news(&seen)?;
    if news.is_empty() {
        return Ok(true);
    }
    let slots = views::slots(&seen.pool, &ctx.client).await?;
    let found = SelectedIndex::seen(seen.pool, slots);
    for fact in &news {
        if !print(&StateLine::of(fact, &found, printed.sequence), ctx)? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Prints the events since the last look, without leaving one out that comes late.
async fn events(seen: &Look, printed: &mut Printed, once: bool, ctx: &Context) -> Result<bool> {
    let (lines, missing) = history::after(&seen.pool.index, printed.sequence, ctx).await?;
    let patient = !once && printed.missed < PATIENCE;
    let first = missing.first().copied();
    printed.missed = if first.is_some() && patient {
        printed.missed.saturating_add(1)
    } else {
        0
    };
    for line in lines {
        if patient && first.is_some_and(|first| line.sequence > first) {
            break;
        }
        printed.sequence = line.sequence;
        if !print(&EventLine::of(line), ctx)? {
            return Ok(false);
        }
    }
    match (patient, missing.as_slice()) {
        (false, [first, ..]) => {
            let last = seen.pool.index.data.sequence;
            printed.sequence = printed.sequence.max(last);
            let count = missing.len();
            print(&MissingLine::new(*first, count, printed.sequence), ctx)
        }
        _ => Ok(true),
    }
}

fn print(line: &(impl Serialize + Display), ctx: &Context) -> Result<bool> {
    ctx.output.line(line)
}

use {
    crate::{
        context::Context,
        error::Result,
        values::{duration, stamp},
    },
    serde::Serialize,
    std::fmt,
    upside_view::style::{self, facts, paint, span},
};

/// Move the embedded chain's clock forward
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside warp 7d                   a payout has streamed
  upside warp 30d1s                a round of 30 days is over")]
pub struct Args {
    /// How far: 90s, 12h, 7d, 1d12h
    #[arg(value_name = "SPAN", value_parser = duration)]
    span: i64,
}

/// The clock after it moved.
#[derive(Debug, Serialize)]
pub struct Warped {
    seconds: i64,
    time: i64,
    slot: u64,
}

impl fmt::Display for Warped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let title = format!("Move the clock by {}", span(self.seconds));
        writeln!(
            f,
            "{} {}",
            paint(style::GOOD, "✔"),
            paint(style::BOLD, title)
        )?;
        f.write_str(&facts(&[
            ("time", stamp(self.time)),
            ("slot", self.slot.to_string()),
        ]))
    }
}

pub fn run(args: &Args, ctx: &Context) -> Result<Warped> {
    let chain = ctx.embedded("warp")?;
    chain.advance(args.span)?;
    Ok(Warped {
        seconds: args.span,
        time: chain.now(),
        slot: chain.slot(),
    })
}

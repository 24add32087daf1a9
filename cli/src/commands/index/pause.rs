use {
    crate::{
        context::Context,
        done::{Done, Outcome},
        error::Result,
        send::Mode,
        values::IndexQuery,
    },
    serde::Serialize,
    upside_sdk::{
        action::Plan,
        index::{instruction, symbol},
    },
};

/// Stop new money; redemptions, harvests and claims go on
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside index pause MAKERS
  upside -k guardian.json index pause MAKERS")]
pub struct PauseArgs {
    /// The index
    index: IndexQuery,
}

/// Take new money again, as curator
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  upside index unpause MAKERS         only the curator may")]
pub struct UnpauseArgs {
    /// The index
    index: IndexQuery,
}

/// End an index for good: only redemptions, harvests and claims go on, as curator
///
/// Redemptions are free of fees from then on.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  upside index wind-down MAKERS --yes")]
pub struct WindDownArgs {
    /// The index
    index: IndexQuery,
}

/// Whether new money is taken.
#[derive(Debug, Serialize)]
pub struct Changed {
    index: String,
    symbol: String,
    paused: bool,
    wind_down: bool,
}

impl Outcome for Changed {
    fn title(&self) -> String {
        let verb = match (self.wind_down, self.paused) {
            (true, _) => "Wind down",
            (false, true) => "Pause",
            (false, false) => "Unpause",
        };
        format!("{verb} {}", self.symbol)
    }

    fn rows(&self) -> Vec<(&str, String)> {
        let mut rows = vec![("index", self.index.clone())];
        if self.wind_down {
            let redeem = format!("`upside index redeem {} ALL` by everybody", self.symbol);
            rows.push(("next", redeem));
        }
        rows
    }
}

#[derive(Clone, Copy)]
enum Change {
    Pause,
    Unpause,
    WindDown,
}

pub async fn pause(args: &PauseArgs, ctx: &Context) -> Result<Done<Changed>> {
    set(&args.index, Change::Pause, ctx).await
}

pub async fn unpause(args: &UnpauseArgs, ctx: &Context) -> Result<Done<Changed>> {
    set(&args.index, Change::Unpause, ctx).await
}

pub async fn wind_down(args: &WindDownArgs, ctx: &Context) -> Result<Done<Changed>> {
    set(&args.index, Change::WindDown, ctx).await
}

async fn set(query: &IndexQuery, change: Change, ctx: &Context) -> Result<Done<Changed>> {
    let index = ctx.index(query).await?;
    let symbol = symbol(&index.data).to_string();
    let (label, instruction) = match change {
        Change::Pause => ("pause", instruction::pause(&index, &ctx.keys.me()?)),
        Change::Unpause => ("unpause", instruction::unpause(&index)),
        Change::WindDown => ("wind down", instruction::wind_down(&index)),
    };
    if matches!(change, Change::WindDown) && ctx.mode == Mode::Send {
        let what = format!("{symbol} would take no contributions any more\n");
        ctx.output.ask(&what, "Wind it down for good?")?;
    }
    let steps = Plan::single(label, vec![instruction]).steps;
    let report = ctx.send(&steps).await?;
    let paused = match change {
        Change::Pause => true,
        Change::Unpause => false,
        Change::WindDown => index.data.paused == 1,
    };
    let changed = Changed {
        index: index.key.to_string(),
        symbol,
        paused,
        wind_down: matches!(change, Change::WindDown),
    };
    Ok(Done::new(changed, report))
}

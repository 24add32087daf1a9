use {
    crate::{
        context::Context,
        error::Result,
        send::completed::{Done, Outcome},
        values::{IndexQuery, stamp},
    },
    serde::Serialize,
    solana_program::instruction::Instruction,
    upside_sdk::{
        IndexError,
        action::Plan,
        error::SdkError,
        event::IndexEvent,
        index::{MAX_PAUSE, PooledIndex, instruction, symbol},
        state::Account,
    },
};

/// Stop new money for 14 days; redemptions, harvests and claims go on
///
/// After a pause there is none for the notice of the terms.
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
    /// Until when, unix seconds.
    paused_until: Option<i64>,
    /// From when on anybody may pause again, unix seconds.
    pausable_from: Option<i64>,
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
        let times = [
            ("paused until", self.paused_until),
            ("next pause from", self.pausable_from),
        ];
        let times = times.into_iter();
        rows.extend(times.filter_map(|(what, at)| Some((what, stamp(at?)))));
        if self.wind_down {
            let redeem = format!("`upside index redeem {} ALL` by everybody", self.symbol);
            rows.push(("next", redeem));
        }
        rows
    }
}

pub async fn pause(args: &PauseArgs, ctx: &Context) -> Result<Done<Changed>> {
    let (me, index) = (ctx.keys.me()?, ctx.index(&args.index).await?);
    let now = ctx.now().await?;
    if now < index.data.pausable_from && !index.data.is_paused(now) {
        return Err(SdkError::from(IndexError::PausedLately).into());
    }
    let until = now.saturating_add(MAX_PAUSE);
    let pause = instruction::pause(&index, &me);
    send(&index, "pause", pause, Some(until), ctx).await
}

pub async fn unpause(args: &UnpauseArgs, ctx: &Context) -> Result<Done<Changed>> {
    let index = ctx.index(&args.index).await?;
    let unpause = instruction::unpause(&index);
    send(&index, "unpause", unpause, None, ctx).await
}

/// Sends it. `until` is when a pause would end, if it starts one.
async fn send(
    index: &Account<PooledIndex>,
    label: &'static str,
    instruction: Instruction,
    until: Option<i64>,
    ctx: &Context,
) -> Result<Done<Changed>> {
    let ends = until.map_or(ctx.now().await?, |until| until);
    let steps = Plan::single(label, vec![instruction]).steps;
    let report = ctx.send(&steps).await?;
    let landed = report.index_events().find_map(|event| match event {
        IndexEvent::PauseChanged(event) => Some((event.until, event.pausable_from)),
        _ => None,
    });
    let notice = i64::from(index.data.terms.notice_seconds);
    let (ends, again) = landed.unwrap_or((ends, ends.saturating_add(notice)));
    let changed = Changed {
        index: index.key.to_string(),
        symbol: symbol(&index.data).to_string(),
        paused: until.is_some(),
        paused_until: until.is_some().then_some(ends),
        pausable_from: Some(again),
        wind_down: false,
    };
    Ok(Done::new(changed, report))
}

pub async fn wind_down(args: &WindDownArgs, ctx: &Context) -> Result<Done<Changed>> {
    let index = ctx.index(&args.index).await?;
    let symbol = symbol(&index.data).to_string();
    if ctx.binds() {
        let what =
            format!("{symbol} would take no contributions any more, and what is announced falls\n");
        ctx.ask(&what, "Wind it down for good?")?;
    }
    let wind_down = instruction::wind_down(&index);
    let steps = Plan::single("wind down", vec![wind_down]).steps;
    let report = ctx.send(&steps).await?;
    let paused = index.data.is_paused(ctx.now().await?);
    let changed = Changed {
        index: index.key.to_string(),
        symbol,
        paused,
        paused_until: paused.then_some(index.data.paused_until),
        pausable_from: None,
        wind_down: true,
    };
    Ok(Done::new(changed, report))
}

use {
    super::{
        args::Args,
        shown::{Planned, Sealing},
    },
    crate::{
        context::Context,
        error::{CliError, Result},
        select::{currency::currency, index::SelectedIndex},
        send::{
            completed::{Done, Outcome},
            mode::Mode,
            sent::{Report, Status},
        },
        views,
    },
    upside_sdk::{
        event::IndexEvent,
        hex::hex,
        index::{
            fetch,
            plan::{self, PlanError},
        },
    },
};

pub async fn run(args: &Args, ctx: &Context) -> Result<Done<Planned>> {
    let found = SelectedIndex::of(&args.index, ctx).await?;
    let unit = match &args.mint {
        Some(mint) => mint.key,
        None => currency(&found)?,
    };
    let request = args.request(&found, unit)?;
    let market = plan::market(&ctx.client, &found.pool).await?;
    let present = fetch::rebalance(&ctx.client, &found.pool.index.key).await?;
    let memory = present.as_ref().map(|account| &account.data);
    let drawn = plan::draw_up(&found.pool, memory, &market, &request)
        .map_err(|error| refused(error, &found))?;
    let names = views::names(&ctx.client, [unit]).await?;
    let mut planned = Planned::of(&found, &drawn, names.of(&unit))?;

    let now = found.pool.clock.unix_timestamp;
    let first = drawn.rebalances.first().filter(|one| one.seal_at <= now);
    let (Some(first), true) = (first, may_send(&found, ctx)) else {
        let report = Report {
            status: Status::Simulated,
            transactions: Vec::new(),
            notes: ctx.output.notes(),
        };
        return Ok(Done::new(planned, report));
    };
    let payer = ctx.keys.payer()?;
    let how = (drawn.pace, drawn.duration);
    let announced = plan::announce(
        &ctx.client,
        &found.pool,
        present.as_ref(),
        &payer,
        first,
        how,
    )
    .await?;
    if ctx.binds() {
        ctx.ask(&planned.question(), "Announce it?")?;
    }
    let report = ctx.send(&announced.steps).await?;
    let landed = report.index_events().find_map(|event| match event {
        IndexEvent::RebalanceSealed(event) => Some((event.nonce, event.starts_at, event.ends_at)),
        _ => None,
    });
    let nonce = found.pool.index.data.announcements_made + 1;
    let (nonce, starts_at, ends_at) = landed.unwrap_or((nonce, first.starts_at, first.ends_at));
    planned.sealed(Sealing {
        nonce,
        content: hex(&announced.quote.content),
        starts_at,
        ends_at,
    });
    Ok(Done::new(planned, report))
}

/// Whether there is somebody to announce it: others only look, with `--dry-run`.
fn may_send(found: &SelectedIndex, ctx: &Context) -> bool {
    let me = ctx.keys.me().ok();
    ctx.mode != Mode::DryRun || me == Some(found.pool.index.data.curator)
}

/// A refusal in the words of this command.
fn refused(error: PlanError, found: &SelectedIndex) -> CliError {
    let name = |slot: u8| found.slots.name(slot);
    match error {
        PlanError::Core(error) => error.into(),
        PlanError::NoPrice(slot) => CliError::usage(
            format!(
                "{} has no price: nobody asks, bids or redeems enough of it",
                name(slot)
            ),
            format!("name one with --price {}=PRICE", name(slot)),
        ),
        PlanError::RestTooSmall(slot) => CliError::usage(
            format!(
                "the targets need more than {} and the other targets hold",
                name(slot)
            ),
            "lower a target, or leave --rest out so that all others give their part",
        ),
        PlanError::RestNamed(slot) => CliError::usage(
            format!("{} has a --target and is the --rest", name(slot)),
            "what takes the difference has no target of its own",
        ),
        PlanError::NotWhole(_) => CliError::usage(
            error.to_string(),
            "targets are parts of 100 % together; what they leave goes to the others, or to --rest",
        ),
        PlanError::NoValue => CliError::usage(
            error.to_string(),
            "name the currency with --mint, and prices with --price WHAT=PRICE",
        ),
        PlanError::OutOfBounds => CliError::usage(
            error.to_string(),
            "give --band 5 and --lasts 1d, or leave them out",
        ),
        _ => CliError::usage(error.to_string(), "see `upside index plan --help`"),
    }
}

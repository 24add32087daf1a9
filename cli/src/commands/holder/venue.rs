use {
    crate::{
        context::Context,
        error::Result,
        send::completed::{Done, Outcome},
        values::{Address, TokenQuery, stamp},
    },
    serde::Serialize,
    upside_sdk::{action::Plan, event::TokenEvent, fetch, instruction},
};

/// Mark a holder as a venue, which receives freely and gives out what it holds, as owner
///
/// At once if nobody else has shares. Else it is announced, and anybody applies it once the
/// notice is over. What a venue holds it gives out freely for ever.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside holder venue ADA 7kbn…
  upside holder venue ADA 7kbn… --off
  upside holder venue ADA 7kbn… --apply        once the notice is over")]
pub struct Args {
    /// The token
    token: TokenQuery,
    /// Whose holder account
    wallet: Address,
    /// Take the mark away
    #[arg(long)]
    off: bool,
    /// Apply what was announced
    #[arg(long, conflicts_with = "off")]
    apply: bool,
}

/// A mark set or taken away.
#[derive(Debug, Serialize)]
pub struct Venue {
    token: String,
    symbol: String,
    wallet: String,
    venue: bool,
    /// From when on it counts, unix seconds; `None` if it does now.
    effective_at: Option<i64>,
}

impl Outcome for Venue {
    fn title(&self) -> String {
        let what = if self.venue {
            "Mark a venue"
        } else {
            "Unmark a venue"
        };
        format!("{what} of {}", self.symbol)
    }

    fn rows(&self) -> Vec<(&str, String)> {
        let mut rows = vec![("wallet", self.wallet.clone())];
        rows.extend(self.effective_at.map(|time| ("from", stamp(time))));
        rows
    }
}

pub async fn run(args: &Args, ctx: &Context) -> Result<Done<Venue>> {
    let token = ctx.token(&args.token).await?;
    let symbol = ctx.symbol(&token).await?;
    let set = if args.apply {
        instruction::apply_venue(&token.key, &args.wallet.key)
    } else {
        instruction::set_venue(&token, &args.wallet.key, !args.off)
    };
    let report = ctx
        .send(&Plan::single("set venue", vec![set]).steps)
        .await?;
    let announced = report.events().find_map(|event| match event {
        TokenEvent::VenueAnnounced(event) => Some(event.effective_at),
        _ => None,
    });
    let holder = fetch::holder(&ctx.client, &token.key, &args.wallet.key).await?;
    let open = holder.is_some_and(|holder| holder.data.venue == upside_sdk::state::Venue::Open);
    let venue = Venue {
        effective_at: announced,
        token: token.key.to_string(),
        symbol,
        wallet: args.wallet.to_string(),
        venue: if args.apply { open } else { !args.off },
    };
    Ok(Done::new(venue, report))
}

use {
    crate::{
        context::Context,
        error::Result,
        send::completed::{Done, Outcome},
        values::TokenQuery,
    },
    serde::Serialize,
    upside_sdk::{
        action::{self, Plan, Step},
        error::SdkError,
        instruction,
        state::{Account, PersonalToken},
    },
};

/// What a wind-down pays out and clears away; anybody may
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// Share out what claims hold in custody, before anybody redeems
    ShareOut(ShareOutArgs),
    /// Take the parts of custody that redeemed shares have
    Collect(CollectArgs),
    /// Move the endowment into the reserve, a year after the wind-down began
    JoinEndowment(JoinArgs),
    /// Close what nothing needs any more; rents return to who paid them
    Close(CloseArgs),
}

/// Share out what claims hold in custody, before anybody redeems
///
/// Custody of a listed mint goes into the reserve. Of any other mint it stays in the claim's
/// vault, and redemptions from now on get a receipt that takes their part of it.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  upside token wind-down share-out ADA")]
pub struct ShareOutArgs {
    /// The token
    token: TokenQuery,
}

/// Take the parts of custody that redeemed shares have
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  upside token wind-down collect ADA")]
pub struct CollectArgs {
    /// The token
    token: TokenQuery,
}

/// Move the endowment into the reserve, a year after the wind-down began
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  upside token wind-down join-endowment ADA")]
pub struct JoinArgs {
    /// The token
    token: TokenQuery,
}

/// Close what nothing needs any more; rents return to who paid them
///
/// Rounds, contributions, products, passes and, in a wind-down, empty holder accounts; when
/// nobody has shares any more also the vaults, with what rounding left for the owner, the share
/// custody, the names and the attesters.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  upside token wind-down close ADA")]
pub struct CloseArgs {
    /// The token
    token: TokenQuery,
}

/// What was paid out or cleared away.
#[derive(Debug, Serialize)]
pub struct WoundDown {
    #[serde(skip)]
    title: &'static str,
    token: String,
    symbol: String,
    /// How many claims, parts, assets or accounts it is about.
    count: usize,
    /// Which of these.
    of: &'static str,
}

impl Outcome for WoundDown {
    fn title(&self) -> String {
        format!("{} {}", self.title, self.symbol)
    }

    fn rows(&self) -> Vec<(&str, String)> {
        vec![(self.of, self.count.to_string())]
    }
}

async fn send(
    ctx: &Context,
    token: &Account<PersonalToken>,
    title: &'static str,
    (count, of): (usize, &'static str),
    steps: Vec<Step>,
) -> Result<Done<WoundDown>> {
    let symbol = ctx.symbol(token).await?;
    let done = WoundDown {
        title,
        token: token.key.to_string(),
        symbol,
        count,
        of,
    };
    let report = ctx.send_shown(&done, &steps).await?;
    Ok(Done::new(done, report))
}

pub async fn run(command: Command, ctx: &Context) -> Result<()> {
    let payer = ctx.keys.payer()?;
    let done = match command {
        Command::ShareOut(args) => {
            let token = ctx.token(&args.token).await?;
            let me = ctx.keys.me()?;
            let plan = action::share_custody_out(&ctx.client, &token, &me).await?;
            send(
                ctx,
                &token,
                "Share out the custody of",
                (plan.quote, "claims"),
                plan.steps,
            )
            .await?
        }
        Command::Collect(args) => {
            let token = ctx.token(&args.token).await?;
            let me = ctx.keys.me()?;
            let plan = action::collect_estates(&ctx.client, &token, &payer, &me).await?;
            let count = plan.quote.len();
            send(
                ctx,
                &token,
                "Collect custody of",
                (count, "parts"),
                plan.steps,
            )
            .await?
        }
        Command::JoinEndowment(args) => {
            let token = ctx.token(&args.token).await?;
            let listed = token.data.listed().map_err(SdkError::from)?;
            let endowed = (0u8..)
                .zip(listed)
                .filter(|(_, asset)| asset.endowment > asset.locked);
            let me = ctx.keys.me()?;
            let calls: Vec<_> = endowed
                .map(|(place, _)| instruction::join_endowment(&token.key, &me, place))
                .collect();
            let count = calls.len();
            let steps = Plan::single("join the endowment", calls).steps;
            send(
                ctx,
                &token,
                "Join the endowment to the reserve of",
                (count, "assets"),
                steps,
            )
            .await?
        }
        Command::Close(args) => {
            let token = ctx.token(&args.token).await?;
            let me = ctx.keys.me()?;
            let plan = action::close_everything(&ctx.client, &token, &me).await?;
            send(
                ctx,
                &token,
                "Close accounts of",
                (plan.quote, "accounts"),
                plan.steps,
            )
            .await?
        }
    };
    ctx.output.show(&done)
}

use {
    crate::{
        context::Context,
        error::Result,
        send::completed::{Done, Outcome},
        values::{Role, TokenQuery, stamp},
    },
    serde::Serialize,
    solana_program::instruction::Instruction,
    upside_sdk::{
        Pubkey,
        action::Plan,
        error::SdkError,
        instruction,
        state::{Account, PersonalToken},
    },
};

/// Who winds the token up after the owner's death or loss
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// Name who may wind up after your inactivity, as owner; none for nobody
    Set(SetArgs),
    /// Wind the token up, for good, as executor after the owner's inactivity
    WindUp(WindUpArgs),
}

/// Name who may wind up after your inactivity, as owner; none for nobody
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside token executor set ADA 7kbn…
  upside token executor set ADA none")]
pub struct SetArgs {
    /// The token
    token: TokenQuery,
    /// Who may; none for nobody
    executor: Role,
}

/// Wind the token up, for good, as executor after the owner's inactivity
///
/// Holders redeem without tax, claims only exit, nothing new begins. Nobody can undo it.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  upside -k executor.json token executor wind-up ADA")]
pub struct WindUpArgs {
    /// The token
    token: TokenQuery,
}

/// Show that you are there, as owner; every other signature of yours does, too
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  upside token heartbeat ADA")]
pub struct HeartbeatArgs {
    /// The token
    token: TokenQuery,
}

/// What was done about the end of a token.
#[derive(Debug, Serialize)]
pub struct Ending {
    #[serde(skip)]
    title: &'static str,
    token: String,
    symbol: String,
    executor: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    executor_from: Option<i64>,
}

impl Outcome for Ending {
    fn title(&self) -> String {
        format!("{} {}", self.title, self.symbol)
    }

    fn rows(&self) -> Vec<(&str, String)> {
        let nobody = "nobody".to_string();
        let mut rows = vec![("executor", self.executor.clone().unwrap_or(nobody))];
        let from = self.executor_from.filter(|_| self.executor.is_some());
        rows.extend(from.map(|from| ("may wind up from", stamp(from))));
        rows
    }
}

async fn send(
    ctx: &Context,
    token: &Account<PersonalToken>,
    title: &'static str,
    executor: &Pubkey,
    executor_from: Option<i64>,
    call: Instruction,
) -> Result<Done<Ending>> {
    let symbol = ctx.symbol(token).await?;
    let steps = Plan::single(title.to_lowercase(), vec![call]).steps;
    let ending = Ending {
        title,
        token: token.key.to_string(),
        symbol,
        executor: (*executor != Pubkey::default()).then(|| executor.to_string()),
        executor_from,
    };
    let report = ctx.send_shown(&ending, &steps).await?;
    Ok(Done::new(ending, report))
}

/// First second in which the executor may act where the owner signs now.
async fn from_now(ctx: &Context, token: &Account<PersonalToken>) -> Result<i64> {
    let mut signed = token.data;
    signed.owner_seen = ctx.now().await?;
    Ok(signed.executor_from().map_err(SdkError::from)?)
}

pub async fn heartbeat(args: &HeartbeatArgs, ctx: &Context) -> Result<Done<Ending>> {
    let token = ctx.token(&args.token).await?;
    let from = from_now(ctx, &token).await?;
    let call = instruction::heartbeat(&token);
    let executor = token.data.executor;
    send(
        ctx,
        &token,
        "Give a sign of life for",
        &executor,
        Some(from),
        call,
    )
    .await
}

pub async fn run(command: Command, ctx: &Context) -> Result<()> {
    let done = match command {
        Command::Set(args) => {
            let token = ctx.token(&args.token).await?;
            let from = from_now(ctx, &token).await?;
            let call = instruction::set_executor(&token, &args.executor.0);
            let title = "Name the executor of";
            send(ctx, &token, title, &args.executor.0, Some(from), call).await?
        }
        Command::WindUp(args) => {
            let token = ctx.token(&args.token).await?;
            let me = ctx.keys.me()?;
            let call = instruction::wind_up_by_executor(&token.key, &me);
            send(ctx, &token, "Wind up", &me, None, call).await?
        }
    };
    ctx.output.show(&done)
}

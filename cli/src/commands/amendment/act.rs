use {
    super::{Found, Which},
    crate::{
        context::Context,
        done::{Done, Outcome},
        error::{CliError, Result},
        style::grouped,
        values::TokenQuery,
    },
    serde::Serialize,
    solana_program::instruction::Instruction,
    upside_math::SHARE_DECIMALS,
    upside_sdk::{
        Pubkey,
        action::Plan,
        error::SdkError,
        fetch,
        inspect::Amount,
        instruction,
        state::{Account, Holder},
    },
};

/// Approve the open amendment with all your shares, as holder
///
/// Shares that you sell leave the tally, shares that you get join it. Without a number,
/// the open amendment is meant: look at it before.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside amendment show ADA
  upside amendment approve ADA 3")]
pub struct ApproveArgs {
    #[command(flatten)]
    which: Which,
}

/// Take your approval back, as holder
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  upside amendment retract ADA")]
pub struct RetractArgs {
    #[command(flatten)]
    which: Which,
}

/// Apply an amendment that passed; anyone may
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  upside amendment apply ADA")]
pub struct ApplyArgs {
    /// The token
    token: TokenQuery,
}

/// Withdraw the open amendment, as owner
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  upside amendment withdraw ADA")]
pub struct WithdrawArgs {
    /// The token
    token: TokenQuery,
}

/// Close an amendment that has expired; anyone may
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  upside amendment expire ADA")]
pub struct ExpireArgs {
    /// The token
    token: TokenQuery,
}

/// What was done to an amendment.
#[derive(Debug, Serialize)]
pub struct Acted {
    #[serde(skip)]
    title: &'static str,
    token: String,
    symbol: String,
    amendment: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    wallet: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    shares: Option<Amount>,
}

impl Outcome for Acted {
    fn title(&self) -> String {
        format!(
            "{} amendment {} of {}",
            self.title, self.amendment, self.symbol
        )
    }

    fn rows(&self) -> Vec<(&str, String)> {
        let wallet = self.wallet.clone().map(|wallet| ("wallet", wallet));
        let shares = self.shares.as_ref().map(|all| ("shares", grouped(all)));
        wallet.into_iter().chain(shares).collect()
    }
}

async fn send(
    ctx: &Context,
    title: &'static str,
    found: &Found,
    holder: Option<&Account<Holder>>,
    call: Instruction,
) -> Result<Done<Acted>> {
    let steps = Plan::single(title.to_lowercase() + " amendment", vec![call]).steps;
    let report = ctx.send(&steps).await?;
    let holder = holder.map(|holder| &holder.data);
    let acted = Acted {
        title,
        token: found.token.key.to_string(),
        symbol: found.symbol.clone(),
        amendment: found.amendment.data.number,
        wallet: holder.map(|holder| holder.wallet.to_string()),
        shares: holder.map(|holder| Amount::new(holder.shares, SHARE_DECIMALS)),
    };
    Ok(Done::new(acted, report))
}

async fn holder(ctx: &Context, found: &Found, wallet: &Pubkey) -> Result<Account<Holder>> {
    let holder = fetch::holder(&ctx.client, &found.token.key, wallet).await?;
    holder.ok_or_else(|| {
        CliError::from(SdkError::NotFound {
            what: "holder account",
            query: wallet.to_string(),
        })
    })
}

pub async fn approve(args: &ApproveArgs, ctx: &Context) -> Result<Done<Acted>> {
    let (me, found) = (ctx.keys.me()?, args.which.find(ctx).await?);
    let holder = holder(ctx, &found, &me).await?;
    let approve = instruction::approve_amendment(&found.amendment, &me);
    send(ctx, "Approve", &found, Some(&holder), approve).await
}

pub async fn retract(args: &RetractArgs, ctx: &Context) -> Result<Done<Acted>> {
    let (me, found) = (ctx.keys.me()?, args.which.find(ctx).await?);
    let holder = holder(ctx, &found, &me).await?;
    let retract = instruction::retract_approval(&found.amendment, &me);
    send(ctx, "Retract approval of", &found, Some(&holder), retract).await
}

async fn open(token: &TokenQuery, ctx: &Context) -> Result<Found> {
    let which = Which {
        token: token.clone(),
        amendment: None,
    };
    which.find(ctx).await
}

pub async fn apply(args: &ApplyArgs, ctx: &Context) -> Result<Done<Acted>> {
    let (me, found) = (ctx.keys.me()?, open(&args.token, ctx).await?);
    let apply = instruction::apply_amendment(&found.token, &found.amendment, &me);
    send(ctx, "Apply", &found, None, apply).await
}

pub async fn withdraw(args: &WithdrawArgs, ctx: &Context) -> Result<Done<Acted>> {
    let (me, found) = (ctx.keys.me()?, open(&args.token, ctx).await?);
    let withdraw = instruction::withdraw_amendment(&found.amendment, &me);
    send(ctx, "Withdraw", &found, None, withdraw).await
}

pub async fn expire(args: &ExpireArgs, ctx: &Context) -> Result<Done<Acted>> {
    let (me, found) = (ctx.keys.me()?, open(&args.token, ctx).await?);
    let expire = instruction::expire_amendment(&found.amendment, &me);
    send(ctx, "Expire", &found, None, expire).await
}

use {
    crate::{
        context::Context,
        error::Result,
        send::completed::{Done, Outcome},
        values::TokenQuery,
    },
    serde::Serialize,
    upside_sdk::{action::Plan, instruction},
};

/// Stop new money; exits, dividends and transfers go on
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside token pause ADA
  upside -k guardian.json token pause ADA")]
pub struct PauseArgs {
    /// The token
    token: TokenQuery,
}

/// Take new money again
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  upside token unpause ADA         only the owner may")]
pub struct UnpauseArgs {
    /// The token
    token: TokenQuery,
}

/// Whether new money is taken.
#[derive(Debug, Serialize)]
pub struct Paused {
    token: String,
    symbol: String,
    paused: bool,
}

impl Outcome for Paused {
    fn title(&self) -> String {
        format!(
            "{} {}",
            if self.paused { "Pause" } else { "Unpause" },
            self.symbol
        )
    }

    fn rows(&self) -> Vec<(&str, String)> {
        vec![("token", self.token.clone())]
    }
}

pub async fn pause(args: &PauseArgs, ctx: &Context) -> Result<Done<Paused>> {
    set(&args.token, true, ctx).await
}

pub async fn unpause(args: &UnpauseArgs, ctx: &Context) -> Result<Done<Paused>> {
    set(&args.token, false, ctx).await
}

async fn set(token: &TokenQuery, paused: bool, ctx: &Context) -> Result<Done<Paused>> {
    let token = ctx.token(token).await?;
    let symbol = ctx.symbol(&token).await?;
    let (label, instruction) = if paused {
        ("pause", instruction::pause(&token, &ctx.keys.me()?))
    } else {
        ("unpause", instruction::unpause(&token))
    };
    let report = ctx
        .send(&Plan::single(label, vec![instruction]).steps)
        .await?;
    Ok(Done::new(
        Paused {
            token: token.key.to_string(),
            symbol,
            paused,
        },
        report,
    ))
}

//! `upside amendment`: changes of terms that holders vote on.

mod act;
mod propose;
mod show;

use {
    crate::{context::Context, error::Result, values::TokenQuery},
    upside_sdk::{
        address::find_amendment,
        error::SdkError,
        fetch,
        state::{Account, Amendment, PersonalToken},
    },
};

/// Changes of terms: propose as owner, approve as holder, apply
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// Propose a change of terms, as owner
    #[command(subcommand)]
    Propose(propose::Command),
    /// Show an amendment: what changes, and where the vote stands
    Show(show::ShowArgs),
    /// List the open amendment and those that were applied
    List(show::ListArgs),
    /// Approve the open amendment with all your shares, as holder
    Approve(act::ApproveArgs),
    /// Take your approval back, as holder
    Retract(act::RetractArgs),
    /// Apply an amendment that passed; anyone may
    Apply(act::ApplyArgs),
    /// Withdraw the open amendment, as owner
    Withdraw(act::WithdrawArgs),
    /// Close an amendment that has expired; anyone may
    Expire(act::ExpireArgs),
}

pub async fn run(command: Command, ctx: &Context) -> Result<()> {
    let out = &ctx.output;
    match command {
        Command::Propose(command) => out.show(&propose::run(&command, ctx).await?),
        Command::Show(args) => out.show(&show::show(&args, ctx).await?),
        Command::List(args) => out.show(&show::list(&args, ctx).await?),
        Command::Approve(args) => out.show(&act::approve(&args, ctx).await?),
        Command::Retract(args) => out.show(&act::retract(&args, ctx).await?),
        Command::Apply(args) => out.show(&act::apply(&args, ctx).await?),
        Command::Withdraw(args) => out.show(&act::withdraw(&args, ctx).await?),
        Command::Expire(args) => out.show(&act::expire(&args, ctx).await?),
    }
}

/// An amendment of a token.
#[derive(Debug, clap::Args)]
pub struct Which {
    /// The token
    pub token: TokenQuery,
    /// Number of the amendment [default: the open one]
    pub amendment: Option<u64>,
}

/// What the commands of an amendment work on.
pub struct Found {
    /// The token.
    pub token: Account<PersonalToken>,
    /// The amendment.
    pub amendment: Account<Amendment>,
    /// The token's symbol.
    pub symbol: String,
}

impl Which {
    /// Fetches it. Errors: `NotFound`.
    pub async fn find(&self, ctx: &Context) -> Result<Found> {
        let token = ctx.token(&self.token).await?;
        let open = token.data.open_amendment.checked_sub(1);
        let number = self.amendment.or(open).ok_or_else(|| SdkError::NotFound {
            what: "open amendment",
            query: self.token.0.clone(),
        })?;
        let key = find_amendment(&token.key, number).0;
        let amendment = fetch::optional::<Amendment>(&ctx.client, &key).await?;
        let amendment = amendment.ok_or_else(|| SdkError::NotFound {
            what: "amendment",
            query: number.to_string(),
        })?;
        let symbol = ctx.symbol(&token).await?;
        Ok(Found {
            token,
            amendment,
            symbol,
        })
    }
}

/// Decimals of the amounts in an amendment: the quote mint's, or of revenue terms those
/// of the claim's mint.
pub async fn decimals(
    ctx: &Context,
    token: &Account<PersonalToken>,
    claim: Option<u64>,
) -> Result<u8> {
    let Some(number) = claim else {
        return Ok(token.data.quote().decimals);
    };
    let claim = fetch::claim(&ctx.client, &token.key, number).await?;
    // Equity names no mint: what is not its own is refused by the program.
    let place = token.data.asset_of(&claim.data.mint).unwrap_or(0);
    let asset = token.data.asset(place).map_err(SdkError::from)?;
    Ok(asset.decimals)
}

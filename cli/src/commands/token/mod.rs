//! `upside token`: a person's token and who governs it.

mod create;
mod creation;
mod executor;
mod govern;
mod list;
mod metadata;
mod ownership;
mod pause;
mod policy;
mod relax;
mod show;
mod update;
mod wind_down;

use {
    super::holder::issue,
    crate::{context::Context, error::Result},
};

/// Create, show and govern a personal token
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// Create your token
    Create(Box<create::Args>),
    /// Show a token's terms, roles, supply and open polls
    Show(show::Args),
    /// List all tokens of the chain
    List(list::Args),
    /// Write the file that wallets read: picture, description, links; or check one
    Metadata(Box<metadata::Args>),
    /// Change name, symbol or URI
    Update(update::Args),
    /// Stop new money; exits, dividends and transfers go on
    Pause(pause::PauseArgs),
    /// Take new money again
    Unpause(pause::UnpauseArgs),
    /// Hand the token over: propose, accept, or withdraw the proposal
    TransferOwnership(ownership::Args),
    /// Bound how many shares may be outside as bearer tokens
    BearerCap(govern::BearerCapArgs),
    /// Name guardian and registrar
    Roles(govern::RolesArgs),
    /// Who may hold and how shares move, under notice
    #[command(subcommand)]
    Policy(policy::Command),
    /// Make terms better for holders, as owner, at once
    Relax(relax::Args),
    /// Show that you are there, as owner
    Heartbeat(executor::HeartbeatArgs),
    /// Who winds the token up after the owner's death or loss
    #[command(subcommand)]
    Executor(executor::Command),
    /// What a wind-down pays out and clears away; anybody may
    #[command(subcommand)]
    WindDown(wind_down::Command),
    /// Register new shares to a holder; the same as `holder issue`
    Issue(issue::Args),
}

pub async fn run(command: Command, ctx: &Context) -> Result<()> {
    let out = &ctx.output;
    match command {
        Command::Create(args) => out.show(&create::run(*args, ctx).await?),
        Command::Show(args) => out.show(&show::run(&args, ctx).await?),
        Command::List(args) => out.show(&list::run(&args, ctx).await?),
        Command::Metadata(args) => out.show(&metadata::run(*args, ctx).await?),
        Command::Update(args) => out.show(&update::run(args, ctx).await?),
        Command::Pause(args) => out.show(&pause::pause(&args, ctx).await?),
        Command::Unpause(args) => out.show(&pause::unpause(&args, ctx).await?),
        Command::TransferOwnership(args) => out.show(&ownership::run(&args, ctx).await?),
        Command::BearerCap(args) => out.show(&govern::bearer_cap(&args, ctx).await?),
        Command::Roles(args) => out.show(&govern::roles(&args, ctx).await?),
        Command::Policy(command) => policy::run(command, ctx).await,
        Command::Relax(args) => out.show(&relax::run(&args, ctx).await?),
        Command::Heartbeat(args) => out.show(&executor::heartbeat(&args, ctx).await?),
        Command::Executor(command) => executor::run(command, ctx).await,
        Command::WindDown(command) => wind_down::run(command, ctx).await,
        Command::Issue(args) => issue::run(&args, ctx).await,
    }
}

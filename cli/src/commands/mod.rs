//! One file per command or pair of commands: its arguments, its result, and `run`.

pub mod address;
pub mod airdrop;
pub mod alias;
pub mod attester;
pub mod auction;
pub mod balance;
pub mod bid;
pub mod claim;
pub mod completions;
pub mod confirm;
pub mod dividend;
pub mod endowment;
pub mod grant;
pub mod history;
pub mod holder;
pub mod identity;
pub mod index;
pub mod inspect;
pub mod keygen;
pub mod lookup_table;
pub mod man;
pub mod metadata;
pub mod mint_credential;
pub mod mint_quote;
pub mod nonce;
pub mod order;
pub mod pass;
pub mod poll;
pub mod portfolio;
pub mod product;
pub mod redeem;
pub mod reserve;
pub mod revenue;
pub mod round;
pub mod sale;
pub mod settings;
pub mod statement;
pub mod token;
pub mod version;
pub mod warp;
pub mod watch;

use crate::{
    command::Command,
    context::Context,
    error::{CliError, Result},
};

/// Runs what works on a chain.
pub async fn run(command: Command, ctx: &Context) -> Result<()> {
    let out = &ctx.output;
    match command {
        Command::Token(command) => token::run(command, ctx).await,
        Command::Holder(command) => holder::run(command, ctx).await,
        Command::Round(command) => round::run(command, ctx).await,
        Command::Claim(command) => claim::run(command, ctx).await,
        Command::Poll(command) => poll::run(command, ctx).await,
        Command::Attester(command) => attester::run(command, ctx).await,
        Command::Auction(command) => auction::run(command, ctx).await,
        Command::Revenue(command) => revenue::run(command, ctx).await,
        Command::Dividend(command) => dividend::run(command, ctx).await,
        Command::Endowment(command) => endowment::run(command, ctx).await,
        Command::Reserve(command) => reserve::run(command, ctx).await,
        Command::Bid(command) => bid::run(command, ctx).await,
        Command::Sale(command) => sale::run(command, ctx).await,
        Command::Grant(command) => grant::run(command, ctx).await,
        Command::Product(command) => product::run(command, ctx).await,
        Command::Order(command) => order::run(command, ctx).await,
        Command::Pass(command) => pass::run(command, ctx).await,
        Command::Identity(command) => identity::run(command, ctx).await,
        Command::Index(command) => index::run(command, ctx).await,
        Command::LookupTable(command) => lookup_table::run(command, ctx).await,
        Command::Nonce(command) => nonce::run(command, ctx).await,
        Command::Redeem(args) => out.show(&redeem::run(&args, ctx).await?),
        Command::Inspect(args) => inspect::run(&args, ctx).await,
        Command::History(args) => history::run(&args, ctx).await,
        Command::Confirm(args) => confirm::run(&args, ctx).await,
        Command::Airdrop(args) => out.show(&airdrop::run(&args, ctx).await?),
        Command::MintQuote(args) => out.show(&mint_quote::run(&args, ctx).await?),
        Command::MintCredential(args) => out.show(&mint_credential::run(&args, ctx)?),
        Command::Alias(command) => alias::run(command, ctx).await,
        Command::Portfolio(args) => out.show(&portfolio::run(&args, ctx).await?),
        Command::Statement(args) => out.show(&statement::run(&args, ctx).await?),
        Command::Watch(args) => watch::run(&args, ctx).await,
        Command::Address(args) => out.show(&address::run(&args, ctx)?),
        Command::Balance(args) => out.show(&balance::run(&args, ctx).await?),
        Command::Warp(args) => out.show(&warp::run(&args, ctx)?),
        Command::Keygen(_)
        | Command::Demo(_)
        | Command::Completions(_)
        | Command::Man(_)
        | Command::Config(_)
        | Command::Version(_) => Err(CliError::Other("this command needs no chain".to_string())),
    }
}

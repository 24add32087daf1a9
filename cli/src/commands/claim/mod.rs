//! `upside claim`: the vault of equity and revenue.

mod change;
mod close;
mod custody;
mod declare;
mod evidence;
mod exit;
mod list;

use {
    crate::{context::Context, error::Result, values::TokenQuery},
    upside_sdk::{
        action::Step,
        error::SdkError,
        fetch, instruction,
        state::{Account, Claim, ClaimKind, PersonalToken},
    },
};

/// The vault of equity and revenue: declare, attest, deposit, exit
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// Declare a right: tokenized equity, equity on paper, or a share of revenue
    #[command(subcommand)]
    Declare(declare::Command),
    /// Bring tokenized equity into a claim's vault, as owner
    Deposit(custody::DepositArgs),
    /// Move tokenized equity from a claim into the reserve, as owner
    Release(custody::ReleaseArgs),
    /// Exit equity on paper: its proceeds run through the waterfall
    Exit(exit::ExitArgs),
    /// Book what arrived unasked in a claim's vault; anyone may
    Sync(custody::SyncArgs),
    /// Change the form of equity on paper: conversion, split, rollover
    Transform(change::TransformArgs),
    /// Give units up as worthless
    WriteOff(change::WriteOffArgs),
    /// Sign a statement on a claim, as attester
    Attest(evidence::AttestArgs),
    /// Take a statement back, as attester
    Revoke(evidence::RevokeArgs),
    /// Dispute a claim, as attester
    Dispute(evidence::DisputeArgs),
    /// End a dispute
    Resolve(evidence::ResolveArgs),
    /// Close the account of a claim of which nothing is left
    Close(close::Args),
    /// List all claims of a token
    List(list::ListArgs),
    /// Show one claim
    Show(list::ShowArgs),
}

pub async fn run(command: Command, ctx: &Context) -> Result<()> {
    let out = &ctx.output;
    match command {
        Command::Declare(command) => out.show(&declare::run(&command, ctx).await?),
        Command::Deposit(args) => out.show(&custody::deposit(&args, ctx).await?),
        Command::Release(args) => out.show(&custody::release(&args, ctx).await?),
        Command::Exit(args) => out.show(&exit::exit(&args, ctx).await?),
        Command::Sync(args) => out.show(&custody::sync(&args, ctx).await?),
        Command::Transform(args) => out.show(&change::transform(&args, ctx).await?),
        Command::WriteOff(args) => out.show(&change::write_off(&args, ctx).await?),
        Command::Attest(args) => out.show(&evidence::attest(&args, ctx).await?),
        Command::Revoke(args) => out.show(&evidence::revoke(&args, ctx).await?),
        Command::Dispute(args) => out.show(&evidence::dispute(&args, ctx).await?),
        Command::Resolve(args) => out.show(&evidence::resolve(&args, ctx).await?),
        Command::Close(args) => out.show(&close::run(&args, ctx).await?),
        Command::List(args) => out.show(&list::list(&args, ctx).await?),
        Command::Show(args) => out.show(&list::show(&args, ctx).await?),
    }
}

/// A claim of a token.
#[derive(Debug, clap::Args)]
pub struct Which {
    /// The token
    pub token: TokenQuery,
    /// Number of the claim
    pub claim: u64,
}

impl Found {
    /// Decimals of the claim's units.
    pub async fn unit_decimals(&self, ctx: &Context) -> Result<u8> {
        let data = &self.claim.data;
        if data.kind().map_err(SdkError::from)? != ClaimKind::TokenizedEquity {
            return Ok(data.decimals);
        }
        Ok(fetch::mint(&ctx.client, &data.mint).await?.decimals)
    }

    /// Decimals of what the claim is counted in: of revenue its own mint, else the quote's.
    pub fn paid_decimals(&self) -> Result<u8> {
        let (token, data) = (&self.token.data, &self.claim.data);
        if data.kind().map_err(SdkError::from)? != ClaimKind::RevenueShare {
            return Ok(self.decimals);
        }
        let asset = token
            .asset_of(&data.mint)
            .and_then(|place| token.asset(place));
        Ok(asset.map_err(SdkError::from)?.decimals)
    }

    /// The steps as the owner signs them; in a wind-down as the executor does, who acts.
    pub fn managed(&self, ctx: &Context, mut steps: Vec<Step>) -> Result<Vec<Step>> {
        let token = &self.token;
        let executes = ctx.keys.me()? == token.data.executor;
        if executes && token.data.require_active().is_err() {
            for step in &mut steps {
                let calls = std::mem::take(&mut step.instructions).into_iter();
                let calls = calls.map(|call| instruction::by_executor(call, token));
                step.instructions = calls.collect();
            }
        }
        Ok(steps)
    }
}

/// What the commands of a claim work on.
pub struct Found {
    /// The token.
    pub token: Account<PersonalToken>,
    /// The claim.
    pub claim: Account<Claim>,
    /// The token's symbol.
    pub symbol: String,
    /// Decimals of the quote currency.
    pub decimals: u8,
}

impl Which {
    /// Fetches it.
    pub async fn find(&self, ctx: &Context) -> Result<Found> {
        let token = ctx.token(&self.token).await?;
        let claim = fetch::claim(&ctx.client, &token.key, self.claim).await?;
        let symbol = ctx.symbol(&token).await?;
        let decimals = token.data.quote().decimals;
        Ok(Found {
            token,
            claim,
            symbol,
            decimals,
        })
    }
}

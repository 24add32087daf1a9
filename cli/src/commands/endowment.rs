//! `upside endowment`: what the owner keeps ready for what new shares must bring.

use {
    super::reserve::asset,
    crate::{
        context::Context,
        error::Result,
        send::completed::{Done, Outcome},
        values::{Address, Quantity, TokenQuery},
    },
    serde::Serialize,
    upside_sdk::{Atoms, action::Plan, error::SdkError, inspect::Amount, instruction},
    upside_view::style::grouped,
};

/// What you keep ready for what new shares must bring: deposit, withdraw
///
/// New shares bring their part of every reserve asset and of what still streams, so that
/// nobody's part falls. Commands that create shares deposit what is missing themselves.
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// Add to a token's endowment; anyone may
    Deposit(DepositArgs),
    /// Take out what no open round or grant offer locks, as owner
    Withdraw(WithdrawArgs),
}

/// Add to a token's endowment; anyone may
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside endowment deposit ADA 1000
  upside endowment deposit ADA ALL --mint 9xQe…")]
pub struct DepositArgs {
    /// The token
    token: TokenQuery,
    /// How much, or ALL
    amount: Quantity,
    /// Which asset [default: the quote mint]
    #[arg(long)]
    mint: Option<Address>,
}

/// Take out what no open round or grant offer locks, as owner
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  upside endowment withdraw ADA ALL")]
pub struct WithdrawArgs {
    /// The token
    token: TokenQuery,
    /// How much, or ALL
    amount: Quantity,
    /// Which asset [default: the quote mint]
    #[arg(long)]
    mint: Option<Address>,
}

/// An endowment changed.
#[derive(Debug, Serialize)]
struct Endowed {
    token: String,
    symbol: String,
    mint: String,
    amount: Amount,
    endowment: Amount,
    #[serde(skip)]
    deposits: bool,
}

impl Outcome for Endowed {
    fn title(&self) -> String {
        let (amount, symbol) = (grouped(&self.amount), &self.symbol);
        if self.deposits {
            format!("Add {amount} to the endowment of {symbol}")
        } else {
            format!("Take {amount} out of the endowment of {symbol}")
        }
    }

    fn rows(&self) -> Vec<(&str, String)> {
        vec![
            ("mint", self.mint.clone()),
            (
                "endowment",
                format!("{} after it", grouped(&self.endowment)),
            ),
        ]
    }
}

pub async fn run(command: Command, ctx: &Context) -> Result<()> {
    let out = &ctx.output;
    match command {
        Command::Deposit(args) => out.show(&deposit(&args, ctx).await?),
        Command::Withdraw(args) => out.show(&withdraw(&args, ctx).await?),
    }
}

async fn deposit(args: &DepositArgs, ctx: &Context) -> Result<Done<Endowed>> {
    let me = ctx.keys.me()?;
    let token = ctx.token(&args.token).await?;
    let symbol = ctx.symbol(&token).await?;
    let asset = asset(&token, args.mint.as_ref())?;
    let all = ctx.cash(asset, &me).await?;
    let amount = args.amount.atoms(ctx.unit_of(asset), all)?;
    ctx.require_cash(asset, &me, amount).await?;
    let deposit = instruction::deposit_endowment(&token, &me, &asset.mint, Atoms(amount))?;
    let endowed = Endowed {
        token: token.key.to_string(),
        symbol,
        mint: asset.mint.to_string(),
        amount: Amount::new(amount, ctx.unit_of(asset)),
        endowment: Amount::new(asset.endowment.saturating_add(amount), ctx.unit_of(asset)),
        deposits: true,
    };
    let report = ctx
        .send_shown(
            &endowed,
            &Plan::single("deposit into the endowment", vec![deposit]).steps,
        )
        .await?;
    Ok(Done::new(endowed, report))
}

async fn withdraw(args: &WithdrawArgs, ctx: &Context) -> Result<Done<Endowed>> {
    let token = ctx.token(&args.token).await?;
    let symbol = ctx.symbol(&token).await?;
    let asset = asset(&token, args.mint.as_ref())?;
    let free = asset.unlocked().map_err(SdkError::from)?;
    let amount = args.amount.atoms(ctx.unit_of(asset), free)?;
    let (payer, owner) = (ctx.keys.payer()?, token.data.owner);
    let program = asset.token_program();
    let open = instruction::create_associated(&payer, &owner, &asset.mint, &program);
    let withdraw = instruction::withdraw_endowment(&token, &asset.mint, Atoms(amount))?;
    let endowed = Endowed {
        token: token.key.to_string(),
        symbol,
        mint: asset.mint.to_string(),
        amount: Amount::new(amount, ctx.unit_of(asset)),
        endowment: Amount::new(asset.endowment.saturating_sub(amount), ctx.unit_of(asset)),
        deposits: false,
    };
    let report = ctx
        .send_shown(
            &endowed,
            &Plan::single("withdraw from the endowment", vec![open, withdraw]).steps,
        )
        .await?;
    Ok(Done::new(endowed, report))
}

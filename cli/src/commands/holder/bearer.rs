use {
    crate::{
        context::Context,
        done::{Done, Outcome},
        error::Result,
        style::grouped,
        values::{Quantity, TokenQuery},
    },
    serde::Serialize,
    upside_math::SHARE_DECIMALS,
    upside_sdk::{
        Pubkey,
        action::{self, Move},
        address::bearer_account,
        fetch,
        inspect::Amount,
        state::{Account, PersonalToken},
    },
};

/// Turn registered shares into bearer tokens in your wallet
///
/// Bearer tokens trade anywhere, but earn and vote nothing while they are outside.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside holder withdraw ADA 100
  upside holder withdraw ADA ALL")]
pub struct WithdrawArgs {
    /// The token
    token: TokenQuery,
    /// How many shares, or ALL
    shares: Quantity,
}

/// Turn bearer tokens in your wallet into registered shares
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside holder deposit ADA 100
  upside holder deposit ADA ALL")]
pub struct DepositArgs {
    /// The token
    token: TokenQuery,
    /// How many tokens, or ALL
    shares: Quantity,
}

/// Shares moved between the register and a wallet.
#[derive(Debug, Serialize)]
pub struct Moved {
    #[serde(skip)]
    what: &'static str,
    token: String,
    symbol: String,
    wallet: String,
    account: String,
    shares: Amount,
    registered: Amount,
}

impl Outcome for Moved {
    fn title(&self) -> String {
        format!(
            "{} {} shares of {}",
            self.what,
            grouped(&self.shares),
            self.symbol
        )
    }

    fn rows(&self) -> Vec<(&str, String)> {
        vec![
            ("wallet", self.wallet.clone()),
            ("account", self.account.clone()),
            (
                "registered",
                format!("{} shares after it", grouped(&self.registered)),
            ),
        ]
    }
}

impl Moved {
    fn new(
        what: &'static str,
        token: &Account<PersonalToken>,
        symbol: String,
        wallet: &Pubkey,
        moved: &Move,
    ) -> Self {
        Moved {
            what,
            token: token.key.to_string(),
            symbol,
            wallet: wallet.to_string(),
            account: bearer_account(&token.key, wallet).to_string(),
            shares: Amount::new(moved.shares.0, SHARE_DECIMALS),
            registered: Amount::new(moved.left.0, SHARE_DECIMALS),
        }
    }
}

pub async fn withdraw(args: &WithdrawArgs, ctx: &Context) -> Result<Done<Moved>> {
    let (me, payer) = (ctx.keys.me()?, ctx.keys.payer()?);
    let token = ctx.token(&args.token).await?;
    let symbol = ctx.symbol(&token).await?;
    let holder = fetch::holder(&ctx.client, &token.key, &me).await?;
    let all = holder.map_or(0, |holder| {
        holder.data.shares.saturating_sub(holder.data.locked)
    });
    let shares = args.shares.shares(all)?;
    let plan = action::withdraw(&ctx.client, &token, &payer, &me, shares).await?;
    let report = ctx.send(&plan.steps).await?;
    Ok(Done::new(
        Moved::new("Withdraw", &token, symbol, &me, &plan.quote),
        report,
    ))
}

pub async fn deposit(args: &DepositArgs, ctx: &Context) -> Result<Done<Moved>> {
    let (me, payer) = (ctx.keys.me()?, ctx.keys.payer()?);
    let token = ctx.token(&args.token).await?;
    let symbol = ctx.symbol(&token).await?;
    let all = fetch::balance(&ctx.client, &bearer_account(&token.key, &me)).await?;
    let shares = args.shares.shares(all)?;
    let plan = action::deposit(&ctx.client, &token, &payer, &me, shares).await?;
    let report = ctx.send(&plan.steps).await?;
    Ok(Done::new(
        Moved::new("Deposit", &token, symbol, &me, &plan.quote),
        report,
    ))
}

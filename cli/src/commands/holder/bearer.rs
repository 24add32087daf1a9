use {
    crate::{
        context::Context,
        error::Result,
        send::completed::{Done, Outcome},
        values::{Address, Quantity, TokenQuery, stamp},
    },
    serde::Serialize,
    upside_math::SHARE_DECIMALS,
    upside_sdk::{
        Pubkey, Shares, action,
        address::bearer_account,
        fetch,
        inspect::Amount,
        state::{Account, PersonalToken},
    },
    upside_view::style::grouped,
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
///
/// They redeem at once. They earn and vote from a day later; depositing more meanwhile
/// starts that day anew for all of them.
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
    /// Registered shares after it.
    #[serde(skip_serializing_if = "Option::is_none")]
    registered: Option<Amount>,
    /// Shares that warm after it.
    #[serde(skip_serializing_if = "Option::is_none")]
    warming: Option<Amount>,
    /// From when on those earn and vote, unix seconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    warm_at: Option<i64>,
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
        let mut rows = vec![
            ("wallet", self.wallet.clone()),
            ("account", self.account.clone()),
        ];
        if let Some(registered) = &self.registered {
            let after = format!("{} shares after it", grouped(registered));
            rows.push(("registered", after));
        }
        if let (Some(warming), Some(at)) = (&self.warming, self.warm_at) {
            let until = format!(
                "{} shares earn and vote from {}",
                grouped(warming),
                stamp(at)
            );
            rows.push(("warming", until));
        }
        rows
    }
}

impl Moved {
    fn new(
        what: &'static str,
        token: &Account<PersonalToken>,
        symbol: String,
        wallet: &Pubkey,
        shares: Shares,
    ) -> Self {
        Moved {
            what,
            token: token.key.to_string(),
            symbol,
            wallet: wallet.to_string(),
            account: bearer_account(&token.key, wallet).to_string(),
            shares: Amount::new(shares.0, SHARE_DECIMALS),
            registered: None,
            warming: None,
            warm_at: None,
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
    let mut moved = Moved::new("Withdraw", &token, symbol, &me, plan.quote.shares);
    moved.registered = Some(Amount::new(plan.quote.left.0, SHARE_DECIMALS));
    let report = ctx.send_shown(&moved, &plan.steps).await?;
    Ok(Done::new(moved, report))
}

pub async fn deposit(args: &DepositArgs, ctx: &Context) -> Result<Done<Moved>> {
    let (me, payer) = (ctx.keys.me()?, ctx.keys.payer()?);
    let token = ctx.token(&args.token).await?;
    let symbol = ctx.symbol(&token).await?;
    let all = fetch::balance(&ctx.client, &bearer_account(&token.key, &me)).await?;
    let shares = args.shares.shares(all)?;
    let plan = action::deposit(&ctx.client, &token, &payer, &me, shares).await?;
    let mut moved = Moved::new("Deposit", &token, symbol, &me, plan.quote.shares);
    moved.warming = Some(Amount::new(plan.quote.warm.0, SHARE_DECIMALS));
    moved.warm_at = Some(plan.quote.warm_at);
    let report = ctx.send_shown(&moved, &plan.steps).await?;
    Ok(Done::new(moved, report))
}

/// Have deposited shares earn and vote whose day is over; anyone may
///
/// Whatever else names the holder does it too: a transfer, a sale, collecting dividends.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside holder warm ADA                       yours
  upside holder warm ADA 7kbn…")]
pub struct WarmArgs {
    /// The token
    token: TokenQuery,
    /// Whose [default: the keypair]
    wallet: Option<Address>,
}

/// Shares that have warmed.
#[derive(Debug, Serialize)]
pub struct Warmed {
    token: String,
    symbol: String,
    wallet: String,
    shares: Amount,
}

impl Outcome for Warmed {
    fn title(&self) -> String {
        let shares = grouped(&self.shares);
        format!("Register {shares} deposited shares of {}", self.symbol)
    }

    fn rows(&self) -> Vec<(&str, String)> {
        vec![("wallet", self.wallet.clone())]
    }
}

pub async fn warm(args: &WarmArgs, ctx: &Context) -> Result<Done<Warmed>> {
    let wallet = ctx.wallet(args.wallet.as_ref())?;
    let token = ctx.token(&args.token).await?;
    let symbol = ctx.symbol(&token).await?;
    let plan = action::warm_up(&ctx.client, &token, &wallet).await?;
    let warmed = Warmed {
        token: token.key.to_string(),
        symbol,
        wallet: wallet.to_string(),
        shares: Amount::new(plan.quote.0, SHARE_DECIMALS),
    };
    let report = ctx.send_shown(&warmed, &plan.steps).await?;
    Ok(Done::new(warmed, report))
}

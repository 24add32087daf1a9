use {
    crate::{
        context::Context,
        error::Result,
        select::round::{RoundSelector, explained},
        send::completed::{Done, Outcome},
        values::Address,
    },
    serde::Serialize,
    upside_math::SHARE_DECIMALS,
    upside_sdk::{Pubkey, action, inspect::Amount},
    upside_view::style::grouped,
};

/// Register the shares of contributions to a round that succeeded; anyone may
///
/// With --all in as many transactions as it takes; what has been collected is passed over,
/// so the command can be repeated after an interruption.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside round collect ADA                       yours
  upside round collect ADA --wallet 7kbn…        somebody's, for them
  upside round collect ADA --all")]
pub struct CollectArgs {
    #[command(flatten)]
    which: RoundSelector,
    #[command(flatten)]
    whose: Whose,
}

/// Pay contributions to a failed round back; anyone may
///
/// With --all in as many transactions as it takes; what has been refunded is passed over,
/// so the command can be repeated after an interruption.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside round refund ADA                      yours
  upside round refund ADA --all")]
pub struct RefundArgs {
    #[command(flatten)]
    which: RoundSelector,
    #[command(flatten)]
    whose: Whose,
}

/// Whose contributions.
#[derive(Debug, clap::Args)]
struct Whose {
    /// Everybody's
    #[arg(long)]
    all: bool,
    /// Whose [default: the keypair]
    #[arg(long, conflicts_with = "all")]
    wallet: Option<Address>,
}

impl Whose {
    fn wallet(&self, ctx: &Context) -> Result<Option<Pubkey>> {
        if self.all {
            Ok(None)
        } else {
            ctx.wallet(self.wallet.as_ref()).map(Some)
        }
    }
}

/// Shares registered.
#[derive(Debug, Serialize)]
pub struct Collected {
    token: String,
    symbol: String,
    round: u64,
    wallet: Option<String>,
    shares: Amount,
}

impl Collected {
    fn none(&self) -> bool {
        self.shares.is_zero()
    }
}

impl Outcome for Collected {
    fn title(&self) -> String {
        format!(
            "Collect {} shares of round {} of {}",
            grouped(&self.shares),
            self.round,
            self.symbol
        )
    }

    fn rows(&self) -> Vec<(&str, String)> {
        let all = if self.none() {
            "nobody: none are left"
        } else {
            "every backer"
        };
        vec![("to", self.wallet.clone().unwrap_or_else(|| all.to_string()))]
    }
}

pub async fn collect(args: &CollectArgs, ctx: &Context) -> Result<Done<Collected>> {
    let wallet = args.whose.wallet(ctx)?;
    let found = args.which.find(ctx).await?;
    let now = ctx.now().await?;
    let (token, round) = (&found.token, &found.account);
    let plan = action::collect_contributions(&ctx.client, token, round, wallet.as_ref())
        .await
        .map_err(|error| explained(&found, now, error))?;
    let collected = Collected {
        token: token.key.to_string(),
        symbol: found.symbol,
        round: round.data.number,
        wallet: wallet.as_ref().map(Pubkey::to_string),
        shares: Amount::new(plan.quote.0, SHARE_DECIMALS),
    };
    let report = ctx.send_shown(&collected, &plan.steps).await?;
    Ok(Done::new(collected, report))
}

/// Contributions paid back.
#[derive(Debug, Serialize)]
pub struct Refunded {
    token: String,
    symbol: String,
    round: u64,
    wallet: Option<String>,
    returned: Amount,
}

impl Refunded {
    fn none(&self) -> bool {
        self.returned.is_zero()
    }
}

impl Outcome for Refunded {
    fn title(&self) -> String {
        format!(
            "Refund {} of round {} of {}",
            grouped(&self.returned),
            self.round,
            self.symbol
        )
    }

    fn rows(&self) -> Vec<(&str, String)> {
        let all = if self.none() {
            "nobody: none are left"
        } else {
            "every backer"
        };
        vec![("to", self.wallet.clone().unwrap_or_else(|| all.to_string()))]
    }
}

pub async fn refund(args: &RefundArgs, ctx: &Context) -> Result<Done<Refunded>> {
    let wallet = args.whose.wallet(ctx)?;
    let payer = ctx.keys.payer()?;
    let found = args.which.find(ctx).await?;
    let now = ctx.now().await?;
    let (token, round) = (&found.token, &found.account);
    let plan = action::refund_contributions(&ctx.client, token, round, &payer, wallet.as_ref())
        .await
        .map_err(|error| explained(&found, now, error))?;
    let refunded = Refunded {
        token: token.key.to_string(),
        symbol: found.symbol,
        round: round.data.number,
        wallet: wallet.as_ref().map(Pubkey::to_string),
        returned: Amount::new(plan.quote.0, found.quote_decimals),
    };
    let report = ctx.send_shown(&refunded, &plan.steps).await?;
    Ok(Done::new(refunded, report))
}

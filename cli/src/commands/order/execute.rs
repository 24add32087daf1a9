use {
    crate::{
        context::Context,
        error::{CliError, Result},
        send::{
            completed::{Done, Outcome},
            mode::Mode,
        },
        values::{Address, TokenQuery},
    },
    serde::Serialize,
    upside_math::SHARE_DECIMALS,
    upside_sdk::{action, event::TokenEvent, inspect::Amount},
    upside_view::style::{grouped, short},
};

/// Execute orders: one wallet's, or all that can be executed now
///
/// Anybody may: each order moves its own wallet's dividends, within the bounds that the
/// wallet signed, and nothing else. You pay the transaction.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside order execute ADA                  all of them
  upside order execute ADA 7kbn…")]
pub struct Args {
    /// The token
    token: TokenQuery,
    /// Whose [default: everybody's]
    wallet: Option<Address>,
}

/// One execution.
#[derive(Debug, Serialize)]
pub struct Executed {
    wallet: String,
    /// The owner's key, or the round's address.
    to: String,
    /// In the quote currency.
    amount: Amount,
    /// What it bought.
    shares: Option<Amount>,
}

/// An order that cannot be executed now.
#[derive(Debug, Serialize)]
pub struct Skipped {
    wallet: String,
    reason: String,
}

/// Orders executed.
#[derive(Debug, Serialize)]
pub struct Executions {
    token: String,
    symbol: String,
    executed: Vec<Executed>,
    skipped: Vec<Skipped>,
}

impl Outcome for Executions {
    fn title(&self) -> String {
        let (count, symbol) = (self.executed.len(), &self.symbol);
        let orders = if count == 1 { "order" } else { "orders" };
        format!("Execute {count} standing {orders} of {symbol}")
    }

    fn rows(&self) -> Vec<(&str, String)> {
        let executed = self.executed.iter().map(|one| {
            let amount = grouped(&one.amount);
            let what = match &one.shares {
                Some(shares) => format!("{amount} for {} shares", grouped(shares)),
                None => format!("{amount} to the owner"),
            };
            ("executed", format!("{}: {what}", short(&one.wallet)))
        });
        let skipped = self.skipped.iter();
        let skipped =
            skipped.map(|one| ("not now", format!("{}: {}", short(&one.wallet), one.reason)));
        executed.chain(skipped).collect()
    }
}

pub async fn run(args: &Args, ctx: &Context) -> Result<Done<Executions>> {
    let me = ctx.keys.me()?;
    let token = ctx.token(&args.token).await?;
    let wallet = args.wallet.as_ref().map(|wallet| &wallet.key);
    let plan = action::execute_orders(&ctx.client, &token, &me, wallet).await?;
    let skipped = plan.quote.skipped.iter();
    let skipped: Vec<Skipped> = skipped
        .map(|(wallet, why)| Skipped {
            wallet: wallet.to_string(),
            reason: why.to_string(),
        })
        .collect();
    if plan.steps.is_empty() {
        let why = skipped
            .first()
            .map(|one| format!(": {}: {}", short(&one.wallet), one.reason));
        return Err(CliError::usage(
            format!("no order can be executed now{}", why.unwrap_or_default()),
            "see `upside order list TOKEN`",
        ));
    }
    let decimals = token.data.quote().decimals;
    let one = |wallet: String, to: String, amount: u64, shares: Option<u64>| Executed {
        wallet,
        to,
        amount: Amount::new(amount, decimals),
        shares: shares.map(|atoms| Amount::new(atoms, SHARE_DECIMALS)),
    };
    let quoted = plan.quote.executed.iter().map(|it| {
        let shares = it.quote.buys.as_ref().map(|buys| buys.purchase.shares.0);
        one(
            it.wallet.to_string(),
            it.to.to_string(),
            it.quote.amount.0,
            shares,
        )
    });
    let mut executed: Vec<Executed> = quoted.collect();
    let report = ctx.send(&plan.steps).await?;
    if ctx.mode == Mode::Send {
        executed.clear();
        for event in report.events() {
            match event {
                TokenEvent::OrderExecuted(e) => {
                    executed.push(one(e.wallet.to_string(), e.to.to_string(), e.amount, None));
                }
                TokenEvent::Contributed(e) => {
                    if let Some(last) = executed.last_mut() {
                        last.shares = Some(Amount::new(e.shares, SHARE_DECIMALS));
                    }
                }
                _ => {}
            }
        }
    }
    let executions = Executions {
        token: token.key.to_string(),
        symbol: ctx.symbol(&token).await?,
        executed,
        skipped,
    };
    Ok(Done::new(executions, report))
}

use {
    super::standing::Standing,
    crate::{
        context::Context,
        error::{CliError, Result},
        send::completed::{Done, Outcome},
        values::{Address, Decimal, TokenQuery, When, stamp},
    },
    serde::Serialize,
    upside_sdk::{
        action,
        address::{find_order, find_round},
        fetch,
        inspect::Amount,
        state::{Order, StandingOrder},
    },
    upside_view::style::{facts, grouped, span},
};

/// Say what becomes of your dividends, until when, and at which price
///
/// It concerns what the quote currency's stream has for you, and replaces your order before
/// it. Anybody may execute it: nothing moves before. If the owner, the round's price, the
/// supply or the terms are other than you say here, it does nothing, and the dividends stay
/// yours. You end it at any time.
#[derive(Debug, clap::Args)]
#[command(
    group = clap::ArgGroup::new("what").required(true).args(["to_owner", "round"]),
    after_help = "\
Examples:
  upside order set ADA --round 1 --max-price 0.5       buy shares with them, for 90 days
  upside order set ADA --round 1 --max-price 0.5 --max-supply 1200000 --until 365d
  upside order set ADA --to-owner --until 30d          leave them to the owner"
)]
pub struct SetArgs {
    /// The token
    token: TokenQuery,
    /// Leave the dividends to who owns the token now
    #[arg(long)]
    to_owner: bool,
    /// Buy shares in this round, which must sell at once
    #[arg(short, long, value_name = "NUMBER", requires = "max_price")]
    round: Option<u64>,
    /// The most that a share may cost, in the quote currency
    #[arg(long, value_name = "PRICE", conflicts_with = "to_owner")]
    max_price: Option<Decimal>,
    /// Buy only while no more shares than this exist [default: those that exist now and what
    /// open rounds and grant offers may still create]
    #[arg(long, value_name = "SHARES", conflicts_with = "to_owner")]
    max_supply: Option<Decimal>,
    /// Until when: a span from now, or a point in time, at most a year ahead
    #[arg(long, value_name = "TIME", default_value = "90d")]
    until: When,
}

/// End your order, or anybody's that has ended
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside order cancel ADA
  upside order cancel ADA --wallet 7kbn…      once it has ended")]
pub struct CancelArgs {
    /// The token
    token: TokenQuery,
    /// Whose [default: yours]
    #[arg(long, value_name = "WALLET")]
    wallet: Option<Address>,
}

/// An order set.
#[derive(Debug, Serialize)]
pub struct Set {
    token: String,
    symbol: String,
    order: String,
    #[serde(flatten)]
    standing: Standing,
    /// Whether it replaced another one.
    replaced: bool,
    #[serde(skip)]
    for_seconds: i64,
}

impl Outcome for Set {
    fn title(&self) -> String {
        match self.standing.buys {
            true => format!("Buy shares of {} with your dividends", self.symbol),
            false => format!("Leave your dividends of {} to the owner", self.symbol),
        }
    }

    fn rows(&self) -> Vec<(&str, String)> {
        let it = &self.standing;
        let to = if it.buys { "round" } else { "owner" };
        let mut rows = vec![(to, it.to.clone())];
        let of = |amount: &Option<Amount>| amount.as_ref().map(grouped).unwrap_or_default();
        if it.buys {
            rows.push(("price", format!("at most {} a share", of(&it.max_price))));
            rows.push(("supply", format!("at most {} shares", of(&it.max_supply))));
        }
        let until = stamp(it.ends_at);
        rows.push(("until", format!("{until}, {}", span(self.for_seconds))));
        if self.replaced {
            rows.push(("note", "it replaces your order before".to_string()));
        }
        rows
    }
}

/// An order ended.
#[derive(Debug, Serialize)]
pub struct Cancelled {
    token: String,
    symbol: String,
    wallet: String,
}

impl Outcome for Cancelled {
    fn title(&self) -> String {
        format!("End the standing order on dividends of {}", self.symbol)
    }

    fn rows(&self) -> Vec<(&str, String)> {
        vec![("wallet", self.wallet.clone())]
    }
}

pub async fn set(args: &SetArgs, ctx: &Context) -> Result<Done<Set>> {
    let me = ctx.keys.me()?;
    let token = ctx.token(&args.token).await?;
    let now = ctx.now().await?;
    let ends_at = args.until.at(now);
    let order = match (args.round, &args.max_price) {
        (Some(number), Some(price)) => Order::BuyInRound {
            round: find_round(&token.key, number).0,
            max_price: price.atoms(token.data.quote().decimals)?,
            max_supply: match &args.max_supply {
                Some(shares) => shares.shares()?.0,
                None => action::most_supply(&token.data),
            },
            terms_version: token.data.terms_version,
        },
        (None, None) => Order::PayOwner {
            owner: token.data.owner,
        },
        _ => {
            return Err(CliError::usage(
                "an order buys in a round at a price, or leaves dividends to the owner",
                "give --round and --max-price, or --to-owner",
            ));
        }
    };
    let payer = ctx.keys.payer()?;
    let plan = action::set_order(&ctx.client, &token, &payer, &me, order, ends_at).await?;
    let key = find_order(&token.key, &me).0;
    let before = fetch::optional::<StandingOrder>(&ctx.client, &key).await?;
    let mut as_set = StandingOrder::default();
    as_set
        .set(&token.data, [&token.key, &me, &payer], &order, ends_at, now)
        .map_err(upside_sdk::error::SdkError::from)?;
    let set = Set {
        token: token.key.to_string(),
        symbol: ctx.symbol(&token).await?,
        order: key.to_string(),
        standing: Standing::new(&as_set, &token.data, now),
        replaced: before.is_some(),
        for_seconds: ends_at.saturating_sub(now),
    };
    if ctx.binds() {
        let what = format!("{}\n{}", set.title(), facts(&set.rows()));
        ctx.ask(&what, "Set this order?")?;
    }
    let report = ctx.send(&plan.steps).await?;
    Ok(Done::new(set, report))
}

pub async fn cancel(args: &CancelArgs, ctx: &Context) -> Result<Done<Cancelled>> {
    let me = ctx.keys.me()?;
    let token = ctx.token(&args.token).await?;
    let wallet = args.wallet.as_ref().map_or(me, |wallet| wallet.key);
    let order = fetch::order(&ctx.client, &token.key, &wallet).await?;
    let plan = action::cancel_order(&ctx.client, &token, &order, &me).await?;
    let cancelled = Cancelled {
        token: token.key.to_string(),
        symbol: ctx.symbol(&token).await?,
        wallet: wallet.to_string(),
    };
    let report = ctx.send(&plan.steps).await?;
    Ok(Done::new(cancelled, report))
}

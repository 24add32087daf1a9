use {
    super::Found,
    crate::{
        context::Context,
        done::{Done, Outcome},
        error::{CliError, Result},
        report::{Names, SlotAmount},
        send::Mode,
        style::{facts, grouped},
        values::{Address, Decimal, IndexQuery, Percent, Quantity, When},
    },
    serde::Serialize,
    std::collections::BTreeSet,
    upside_sdk::{
        IndexError, Pubkey,
        action::Plan,
        address::find_associated,
        error::SdkError,
        event::IndexEvent,
        fetch,
        index::{
            INDEX_SHARE_DECIMALS,
            action::{self, Zap, ZapQuote},
            quote,
        },
        inspect::Amount,
    },
};

/// Turn cash into shares: buy every person from their open round, and contribute
///
/// Shows what it buys at which cost and asks before it sends. People whose shares you
/// have already are bought less of. Where a later transaction fails, what was bought is
/// yours, and the command with --shares goes on from there.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside index zap MAKERS 500
  upside index zap MAKERS 500 --dry-run            what it would buy
  upside index zap MAKERS 500 --shares 12.5        so many shares, for 500 at most")]
pub struct Args {
    /// The index
    index: IndexQuery,
    /// How much cash to spend at most, or ALL
    amount: Quantity,
    /// The currency [default: the one that all people's rounds are in]
    #[arg(long, value_name = "MINT")]
    mint: Option<Address>,
    /// How many shares to get [default: as many as the amount buys]
    #[arg(long, value_name = "SHARES")]
    shares: Option<Decimal>,
    /// By how much more is bought of each than needed now, in percent; the rest stays yours
    #[arg(long, value_name = "PERCENT", default_value = "0.5")]
    slippage: Percent,
    /// Until when it may land: a span from now, or a point in time
    #[arg(long, value_name = "TIME", default_value = "5m")]
    deadline: When,
}

/// Cash turned into shares.
#[derive(Debug, Serialize)]
pub struct Zapped {
    index: String,
    symbol: String,
    wallet: String,
    mint: String,
    /// Spent in all, at most.
    spent: Amount,
    asked: Amount,
    shares: Amount,
    fee: Amount,
    purchases: Vec<Bought>,
    /// What is contributed.
    gives: Vec<SlotAmount>,
    #[serde(skip)]
    name: String,
    #[serde(skip)]
    steps: usize,
}

/// What is bought of one person.
#[derive(Debug, Serialize)]
struct Bought {
    #[serde(flatten)]
    shares: SlotAmount,
    round: u64,
    cost: Amount,
}

impl Outcome for Zapped {
    fn title(&self) -> String {
        format!(
            "Zap {} {} into {} shares of {}",
            grouped(&self.spent),
            self.name,
            grouped(&self.shares),
            self.symbol
        )
    }

    fn rows(&self) -> Vec<(&str, String)> {
        let mut rows = Vec::new();
        for bought in &self.purchases {
            let what = if rows.is_empty() { "buys" } else { "" };
            let text = format!(
                "{} from round {} for {}",
                bought.shares.text(),
                bought.round,
                grouped(&bought.cost)
            );
            rows.push((what, text));
        }
        rows.extend(crate::report::slot_rows("gives", &self.gives));
        if self.fee.atoms != "0" {
            rows.push(("entry fee", format!("{} shares", grouped(&self.fee))));
        }
        let takes = match self.steps {
            1 => "1 transaction".to_string(),
            many => format!("{many} transactions"),
        };
        rows.push(("takes", takes));
        rows.push(("wallet", self.wallet.clone()));
        rows
    }
}

pub async fn run(args: &Args, ctx: &Context) -> Result<Done<Zapped>> {
    let me = ctx.keys.me()?;
    let found = Found::of(&args.index, ctx).await?;
    let mint = match &args.mint {
        Some(mint) => mint.key,
        None => currency(&found)?,
    };
    let mint = fetch::mint(&ctx.client, &mint).await?;
    let account = find_associated(&me, &mint.key, &mint.token_program).0;
    let has = fetch::balance(&ctx.client, &account).await?;
    let shares = args.shares.as_ref();
    let shares = shares.map(|shares| shares.atoms(INDEX_SHARE_DECIMALS));
    let wish = Zap {
        wallet: me,
        mint: mint.key,
        budget: args.amount.atoms(mint.decimals, has)?,
        shares: shares.transpose()?,
        slippage_bps: args.slippage.bps(),
        deadline: found.at(args.deadline),
    };
    if wish.budget == 0 {
        return Err(SdkError::from(IndexError::ZeroAmount).into());
    }
    let plan = planned(&found, &wish, ctx).await?;
    if has < plan.quote.spent {
        return Err(CliError::InsufficientFunds {
            wallet: me,
            mint: mint.key,
            has: upside_sdk::amount::print(has, mint.decimals),
            needs: upside_sdk::amount::print(plan.quote.spent, mint.decimals),
        });
    }
    let other: Vec<(u8, u64)> = cash_beside(&found, &plan.quote, &mint.key);
    found.require(&me, &other, ctx).await?;
    let text = mint.key.to_string();
    let names = Names::fetch(&ctx.client, [text.as_str()].into_iter()).await?;
    let mut zapped = zapped(&found, &wish, &plan, mint.decimals, names.of(&text));
    if ctx.mode == Mode::Send {
        ctx.output.ask(
            &format!("{}\n{}", zapped.title(), facts(&zapped.rows())),
            "Buy and contribute?",
        )?;
    }
    let again = format!(
        "what was bought is yours: `upside index zap {} {} --shares {}` goes on",
        found.symbol,
        upside_sdk::amount::print(wish.budget, mint.decimals),
        zapped.asked.amount
    );
    let report = ctx.send_or(&plan.steps, &[], &again).await?;
    let landed = report.index_events().find_map(|event| match event {
        IndexEvent::SharesBought(event) => Some(event.minted),
        IndexEvent::BasketFinished(event) => Some(event.minted),
        _ => None,
    });
    if let Some(minted) = landed {
        zapped.shares = Amount::new(minted, INDEX_SHARE_DECIMALS);
    }
    Ok(Done::new(zapped, report))
}

/// The plan, with refusals in the words of this command.
async fn planned(found: &Found, wish: &Zap, ctx: &Context) -> Result<Plan<ZapQuote>> {
    match action::zap(&ctx.client, &found.pool, wish).await {
        Err(SdkError::NotFound { what, query }) => {
            let slot = query.strip_prefix("slot ").and_then(|n| n.parse().ok());
            let query = slot.map_or(query, |slot: u8| found.slots.name(slot));
            Err(CliError::Sdk(SdkError::NotFound { what, query }))
        }
        Err(SdkError::IndexRefused(IndexError::Slippage)) => Err(CliError::usage(
            "the amount does not buy so many shares",
            "give a larger AMOUNT, or ask for fewer with --shares",
        )),
        planned => Ok(planned?),
    }
}

/// The currency that all rounds are in, or else the only cash.
fn currency(found: &Found) -> Result<Pubkey> {
    let persons = found.pool.persons.values();
    let quotes: BTreeSet<Pubkey> = persons
        .map(|person| person.token.data.quote().mint)
        .collect();
    match quotes.into_iter().collect::<Vec<_>>().as_slice() {
        [one] => Ok(*one),
        _ => {
            let cash = found.slots.find(&crate::values::TokenQuery("cash".into()));
            cash.map(|slot| slot.key).map_err(|_| {
                CliError::usage(
                    "the people's rounds are in several currencies",
                    "name one with --mint; the others' shares have to be there already",
                )
            })
        }
    }
}

/// Cash of other kinds, which has to be there.
fn cash_beside(found: &Found, quoted: &ZapQuote, mint: &Pubkey) -> Vec<(u8, u64)> {
    let own = quote::cash_slot(&found.pool.index.data, mint);
    let amounts = quoted.contribution.amounts.iter().copied();
    amounts
        .filter(|(slot, _)| !found.pool.persons.contains_key(slot) && Some(*slot) != own)
        .collect()
}

fn zapped(found: &Found, wish: &Zap, plan: &Plan<ZapQuote>, decimals: u8, name: String) -> Zapped {
    let quote = &plan.quote;
    let shares = |atoms| Amount::new(atoms, INDEX_SHARE_DECIMALS);
    let bought = quote.purchases.iter().map(|purchase| Bought {
        shares: found.slots.amount(purchase.slot, purchase.shares),
        round: purchase.round,
        cost: Amount::new(purchase.cost, decimals),
    });
    Zapped {
        index: found.key(),
        symbol: found.symbol.clone(),
        wallet: wish.wallet.to_string(),
        mint: wish.mint.to_string(),
        spent: Amount::new(quote.spent, decimals),
        asked: shares(quote.contribution.shares),
        shares: shares(quote.contribution.minted),
        fee: shares(quote.contribution.fee),
        purchases: bought.collect(),
        gives: found.slots.amounts(&quote.contribution.amounts),
        name,
        steps: plan.steps.len(),
    }
}

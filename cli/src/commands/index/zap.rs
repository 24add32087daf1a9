use {
    super::rent::{Costs, tidy},
    crate::{
        context::Context,
        error::{CliError, Result},
        select::{currency::currency, index::SelectedIndex},
        send::completed::{Done, Outcome},
        values::{Address, Decimal, IndexQuery, Percent, PieceArg, Quantity, When},
        views,
    },
    serde::Serialize,
    std::collections::BTreeMap,
    upside_sdk::{
        IndexError, Pubkey,
        action::Plan,
        address::find_associated,
        error::SdkError,
        event::IndexEvent,
        fetch,
        index::{
            INDEX_SHARE_DECIMALS,
            action::{self, Source, Zap, ZapQuote},
            inspect::IndexIntent,
            quote,
        },
        inspect::Amount,
    },
    upside_view::{
        style::{grouped, short},
        text::{IndexBefore, SlotAmount},
    },
};

/// Turn cash into shares: buy every person where it is cheapest, and contribute
///
/// Buys in open rounds and from sales, several at once. Shows what it buys at which cost,
/// what it costs in rent and how many transactions it takes, and asks before it sends.
/// People whose shares you have already are bought less of. Where a later transaction
/// fails, what was bought is yours, and the command with --shares goes on from there.
/// Afterwards it closes what it opened and nobody needs.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside index zap MAKERS 500
  upside index zap MAKERS 500 --dry-run            what it would buy
  upside index zap MAKERS 500 --least 12           refused if less than 12 shares arrive
  upside index zap MAKERS 500 --most ADA=60        no more than 60 for shares of ADA
  upside index zap MAKERS 500 --shares 12.5        so many shares, for 500 at most

Nobody's prices of the past are trusted: a person may ask any price for new shares. AMOUNT,
--least and --most are absolute, and hold whatever becomes of prices until it lands.")]
pub struct Args {
    /// The index
    index: IndexQuery,
    /// How much cash to spend at most in all, or ALL
    amount: Quantity,
    /// The currency [default: the one that all people's rounds are in]
    #[arg(long, value_name = "MINT")]
    mint: Option<Address>,
    /// How many shares to ask for [default: as many as the amount buys]
    #[arg(long, value_name = "SHARES")]
    shares: Option<Decimal>,
    /// How many shares must arrive at least
    #[arg(long, value_name = "SHARES")]
    least: Option<Decimal>,
    /// How much to spend on a person at most; repeat for several
    #[arg(long, value_name = "PERSON=AMOUNT")]
    most: Vec<PieceArg>,
    /// Leave out whom it cannot buy within these bounds: the others are bought and stay
    /// yours, and nothing is contributed until you have those, too
    #[arg(long)]
    skip: bool,
    /// By how much more is bought of each than needed now, in percent; the rest stays yours
    #[arg(long, value_name = "PERCENT", default_value = "0.5")]
    slippage: Percent,
    /// Until when it may land: a span from now, or a point in time [default: 5m, or 14d for
    /// what is signed elsewhere]
    #[arg(long, value_name = "TIME")]
    deadline: Option<When>,
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
    /// Of whom nothing is bought: nothing is contributed then.
    skipped: Vec<LeftOut>,
    /// What is contributed.
    gives: Vec<SlotAmount>,
    /// What stays yours beyond it, at most.
    leftovers: Vec<SlotAmount>,
    costs: Costs,
    /// What the shares stand for before what is bought changes people's tokens, and what
    /// others can do to it.
    preview: IndexBefore,
    #[serde(skip)]
    name: String,
}

/// What is bought of one person, from one place.
#[derive(Debug, Serialize)]
struct Bought {
    #[serde(flatten)]
    shares: SlotAmount,
    /// Number of the round, or of the sale.
    number: u64,
    /// Who sells; `None` for a round.
    #[serde(skip_serializing_if = "Option::is_none")]
    seller: Option<String>,
    cost: Amount,
}

/// A person who is left out.
#[derive(Debug, Serialize)]
struct LeftOut {
    /// What you lack of their shares.
    #[serde(flatten)]
    lacks: SlotAmount,
    /// What so many cost; `None` if they are not on offer.
    #[serde(skip_serializing_if = "Option::is_none")]
    cost: Option<Amount>,
}

impl Zapped {
    fn left_out(&self) -> Vec<(&'static str, String)> {
        let said = |left: &LeftOut| match &left.cost {
            Some(cost) => format!("{} would cost {}", left.lacks.text(), grouped(cost)),
            None => format!("{} are not on offer", left.lacks.text()),
        };
        let labels = std::iter::once("leaves out").chain(std::iter::repeat(""));
        let mut rows: Vec<_> = labels.zip(self.skipped.iter().map(said)).collect();
        if !rows.is_empty() {
            rows.push(("contributes", "nothing until you have these".to_string()));
        }
        rows
    }
}

impl Outcome for Zapped {
    fn title(&self) -> String {
        let (spent, symbol) = (grouped(&self.spent), &self.symbol);
        if self.skipped.is_empty() {
            let shares = grouped(&self.shares);
            return format!("Zap {spent} {} into {shares} shares of {symbol}", self.name);
        }
        format!("Buy people of {symbol} for {spent} {}", self.name)
    }

    fn rows(&self) -> Vec<(&str, String)> {
        let mut rows = Vec::new();
        for bought in &self.purchases {
            let what = if rows.is_empty() { "buys" } else { "" };
            let from = match &bought.seller {
                Some(seller) => format!("sale {} of {}", bought.number, short(seller)),
                None => format!("round {}", bought.number),
            };
            let (shares, cost) = (bought.shares.text(), grouped(&bought.cost));
            rows.push((what, format!("{shares} from {from} for {cost}")));
        }
        rows.extend(self.left_out());
        if self.skipped.is_empty() {
            rows.extend(upside_view::text::slot_rows("gives", &self.gives));
        }
        if !self.leftovers.is_empty() {
            rows.extend(upside_view::text::slot_rows("stays yours", &self.leftovers));
        }
        if !self.fee.is_zero() {
            rows.push(("entry fee", format!("{} shares", grouped(&self.fee))));
        }
        rows.extend(self.preview.rows());
        rows.extend(self.costs.rows());
        rows.push(("wallet", self.wallet.clone()));
        rows
    }

    fn before(&self) -> String {
        self.preview.text()
    }
}

pub async fn run(args: &Args, ctx: &Context) -> Result<Done<Zapped>> {
    let me = ctx.keys.me()?;
    let found = SelectedIndex::of(&args.index, ctx).await?;
    let mint = match &args.mint {
        Some(mint) => mint.key,
        None => currency(&found)?,
    };
    let mint = fetch::mint(&ctx.client, &mint).await?;
    let account = find_associated(&me, &mint.key, &mint.token_program).0;
    let has = fetch::balance(&ctx.client, &account).await?;
    let shares = |shares: &Option<Decimal>| {
        let shares = shares.as_ref();
        shares
            .map(|shares| shares.atoms(INDEX_SHARE_DECIMALS))
            .transpose()
    };
    let request = Zap {
        wallet: me,
        mint: mint.key,
        budget: args.amount.atoms(mint.decimals, has)?,
        shares: shares(&args.shares)?,
        least_shares: shares(&args.least)?.unwrap_or(0),
        most: bounds(&found, &args.most, mint.decimals)?,
        skip: args.skip,
        slippage_bps: args.slippage.bps(),
        deadline: ctx.deadline(args.deadline, 5).await?,
    };
    if request.budget == 0 {
        return Err(SdkError::from(IndexError::ZeroAmount).into());
    }
    let plan = planned(&found, &request, ctx).await?;
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
    let names = views::names(&ctx.client, [mint.key]).await?;
    let intent = IndexIntent::Contribute(&plan.quote.contribution);
    let preview = views::index_preview(&found.pool, &me, intent, &ctx.client).await?;
    let called = (mint.decimals, names.of(&mint.key));
    let mut zapped = zapped(&found, &request, &plan, called, preview);
    if ctx.binds() {
        ctx.ask(&zapped.question(), "Buy and contribute?")?;
    }
    let again = format!(
        "what was bought is yours: `upside index zap {} {} --shares {}` goes on",
        found.symbol,
        upside_sdk::amount::print(request.budget, mint.decimals),
        zapped.asked
    );
    let mut report = ctx.send_or(&plan.steps, &[], &again).await?;
    let landed = report.index_events().find_map(|event| match event {
        IndexEvent::SharesBought(event) => Some(event.minted),
        IndexEvent::BasketFinished(event) => Some(event.minted),
        _ => None,
    });
    if let Some(minted) = landed {
        zapped.shares = Amount::new(minted, INDEX_SHARE_DECIMALS);
    }
    tidy(ctx, &me, &plan.quote.rents, &mut report).await;
    Ok(Done::new(zapped, report))
}

/// What is spent on a person at most, by slot.
fn bounds(found: &SelectedIndex, most: &[PieceArg], decimals: u8) -> Result<BTreeMap<u8, u64>> {
    let mut bounds = BTreeMap::new();
    for bound in most {
        let slot = views::find(&found.slots, &bound.what)?;
        let atoms = bound.amount.atoms(decimals)?;
        if !slot.personal || bounds.insert(slot.number, atoms).is_some() {
            return Err(CliError::usage(
                format!("{} is no person, or bounded twice", slot.name),
                "give --most once for each person of the index",
            ));
        }
    }
    Ok(bounds)
}

/// The plan, with refusals in the words of this command.
async fn planned(found: &SelectedIndex, request: &Zap, ctx: &Context) -> Result<Plan<ZapQuote>> {
    match action::zap(&ctx.client, &found.pool, request).await {
        Err(SdkError::NotFound { what, query }) => {
            let slot = query.strip_prefix("slot ").and_then(|n| n.parse().ok());
            let query = slot.map_or(query, |slot: u8| found.slots.name(slot));
            Err(CliError::Sdk(SdkError::NotFound { what, query }))
        }
        Err(SdkError::IndexRefused(IndexError::Slippage)) => Err(CliError::usage(
            "the amount does not buy so many shares within these bounds",
            "give a larger AMOUNT or --most, ask for fewer with --shares or --least, or leave \
             people out with --skip",
        )),
        planned => Ok(planned?),
    }
}

/// Cash of other kinds, which has to be there.
fn cash_beside(found: &SelectedIndex, quoted: &ZapQuote, mint: &Pubkey) -> Vec<(u8, u64)> {
    let own = quote::coin_slot(&found.pool.index.data, mint);
    let amounts = quoted.contribution.amounts.iter().copied();
    amounts
        .filter(|(slot, _)| !found.pool.persons.contains_key(slot) && Some(*slot) != own)
        .collect()
}

fn zapped(
    found: &SelectedIndex,
    request: &Zap,
    plan: &Plan<ZapQuote>,
    (decimals, name): (u8, String),
    preview: IndexBefore,
) -> Zapped {
    let quote = &plan.quote;
    let shares = |atoms| Amount::new(atoms, INDEX_SHARE_DECIMALS);
    let bought = quote.purchases.iter().map(|purchase| {
        let (number, seller) = match purchase.from {
            Source::Round(number) => (number, None),
            Source::Sale { seller, number } => (number, Some(seller.to_string())),
        };
        Bought {
            shares: found.slots.amount(purchase.slot, purchase.shares),
            number,
            seller,
            cost: Amount::new(purchase.cost, decimals),
        }
    });
    let skipped = quote.skipped.iter().map(|skipped| LeftOut {
        lacks: found.slots.amount(skipped.slot, skipped.lacks),
        cost: skipped.cost.map(|cost| Amount::new(cost, decimals)),
    });
    Zapped {
        index: found.key(),
        symbol: found.symbol.clone(),
        wallet: request.wallet.to_string(),
        mint: request.mint.to_string(),
        spent: Amount::new(quote.spent, decimals),
        asked: shares(quote.contribution.shares),
        shares: shares(quote.contribution.minted),
        fee: shares(quote.contribution.fee),
        purchases: bought.collect(),
        skipped: skipped.collect(),
        gives: found.slots.amounts(&quote.contribution.amounts),
        leftovers: found.slots.amounts(&quote.leftovers),
        costs: Costs::of(plan.steps.len(), &quote.rents),
        preview,
        name,
    }
}

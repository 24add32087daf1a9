use {
    super::rent::{Costs, tidy},
    crate::{
        context::Context,
        error::{CliError, Result},
        select::{currency::currency, index::SelectedIndex},
        send::completed::{Done, Outcome},
        values::{Address, Decimal, IndexQuery, Percent, Quantity, When},
        views,
    },
    serde::Serialize,
    serde_with::{DisplayFromStr, serde_as},
    std::collections::BTreeMap,
    upside_sdk::{
        IndexError, Pubkey,
        action::Plan,
        error::SdkError,
        fetch::{self, MintInfo},
        index::{
            INDEX_SHARE_DECIMALS,
            action::{self, Redeem, Unzap, UnzapQuote},
        },
        inspect::{Amount, MintAmount},
    },
    upside_view::{
        style::{facts, grouped, listed},
        text::{Names, SlotAmount, slot_rows},
    },
};

/// Turn shares into cash: redeem them, and sell or redeem every person's shares that come
///
/// Of each person, sells into bids and redeems the rest for the reserve after tax, in the
/// split that pays most. Shows what it brings, what it costs in rent and how many
/// transactions it takes, and asks before it sends. Afterwards it closes what it opened and
/// nobody needs.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside index unzap MAKERS 5
  upside index unzap MAKERS 5 --dry-run             what it would bring
  upside index unzap MAKERS ALL --least 480 --yes   refused if less than 480 comes back

Royalty on what a sale brings is counted at its highest: more may come.")]
pub struct Args {
    /// The index
    index: IndexQuery,
    /// How many shares, or ALL
    shares: Quantity,
    /// The currency [default: the one that all people's bids are in]
    #[arg(long, value_name = "MINT")]
    mint: Option<Address>,
    /// How much of the currency must come back at least, in all
    #[arg(long, value_name = "AMOUNT")]
    least: Option<Decimal>,
    /// Leave what people owe the index to those who stay
    #[arg(long)]
    leave_dues: bool,
    /// Part of each quoted amount that may be missing, in percent
    #[arg(long, value_name = "PERCENT", default_value = "1")]
    slippage: Percent,
    /// Until when it may land: a span from now, or a point in time [default: 5m, or 14d for
    /// what is signed elsewhere]
    #[arg(long, value_name = "TIME")]
    deadline: Option<When>,
}

/// Shares turned into cash.
#[serde_as]
#[derive(Debug, Serialize)]
pub struct Unzapped {
    index: String,
    symbol: String,
    wallet: String,
    #[serde_as(as = "DisplayFromStr")]
    mint: Pubkey,
    shares: Amount,
    fee: Amount,
    /// Of the currency, in all.
    proceeds: Amount,
    /// What is sold into bids.
    sold: Vec<Sold>,
    /// What is redeemed for reserves, after tax.
    redeemed: Vec<SlotAmount>,
    /// What reserves pay in all.
    reserves: Vec<MintAmount>,
    /// Whose shares stay yours: nobody pays for them.
    kept: Vec<SlotAmount>,
    /// What cannot move now, and stays collectable in the basket.
    stuck: Vec<SlotAmount>,
    basket: Option<u64>,
    costs: Costs,
    #[serde(skip)]
    names: Names,
}

/// Shares of one person, sold into one bid.
#[derive(Debug, Serialize)]
struct Sold {
    #[serde(flatten)]
    shares: SlotAmount,
    bidder: String,
    number: u64,
    /// Without the royalty.
    brings: Amount,
}

impl Outcome for Unzapped {
    fn title(&self) -> String {
        let (shares, proceeds) = (grouped(&self.shares), grouped(&self.proceeds));
        let name = self.names.of(&self.mint);
        format!(
            "Unzap {shares} shares of {} into {proceeds} {name}",
            self.symbol
        )
    }

    fn rows(&self) -> Vec<(&str, String)> {
        let mut rows = Vec::new();
        for sold in &self.sold {
            let what = if rows.is_empty() { "sells" } else { "" };
            let (shares, brings) = (sold.shares.text(), grouped(&sold.brings));
            rows.push((
                what,
                format!("{shares} into bid {} for {brings}", sold.number),
            ));
        }
        if !self.redeemed.is_empty() {
            rows.extend(slot_rows("redeems", &self.redeemed));
            let name = |mint: &Pubkey| self.names.of(mint);
            rows.push(("reserves pay", listed(&self.reserves, name)));
        }
        if !self.kept.is_empty() {
            rows.extend(slot_rows("stays yours", &self.kept));
        }
        if !self.stuck.is_empty() {
            rows.extend(slot_rows("cannot move now", &self.stuck));
        }
        if let (Some(basket), false) = (self.basket, self.stuck.is_empty()) {
            let symbol = &self.symbol;
            let resume = format!("`upside index basket resume {symbol} --basket {basket}`");
            rows.push(("next", format!("{resume} claims it later")));
        }
        if !self.fee.is_zero() {
            rows.push(("exit fee", format!("{} shares", grouped(&self.fee))));
        }
        rows.extend(self.costs.rows());
        rows.push(("wallet", self.wallet.clone()));
        rows
    }
}

pub async fn run(args: &Args, ctx: &Context) -> Result<Done<Unzapped>> {
    let me = ctx.keys.me()?;
    let found = SelectedIndex::of(&args.index, ctx).await?;
    let mint = match &args.mint {
        Some(mint) => mint.key,
        None => currency(&found)?,
    };
    let mint = fetch::mint(&ctx.client, &mint).await?;
    let all = found.shares(&me, ctx).await?;
    let least = args.least.as_ref();
    let least = least.map(|least| least.atoms(mint.decimals)).transpose()?;
    let request = Unzap {
        redeem: Redeem {
            wallet: me,
            shares: args.shares.atoms(INDEX_SHARE_DECIMALS, all)?,
            slippage_bps: args.slippage.bps(),
            deadline: ctx.deadline(args.deadline, 5).await?,
            leave_dues: args.leave_dues,
        },
        mint: mint.key,
        least: least.unwrap_or(0),
    };
    if request.redeem.shares > all {
        return Err(CliError::InsufficientFunds {
            wallet: me,
            mint: found.pool.index.data.mint,
            has: upside_sdk::amount::print(all, INDEX_SHARE_DECIMALS),
            needs: upside_sdk::amount::print(request.redeem.shares, INDEX_SHARE_DECIMALS),
        });
    }
    let plan = planned(&found, &request, ctx).await?;
    let unzapped = unzapped(&found, &request, &plan, &mint, ctx).await?;
    if ctx.binds() {
        ctx.ask(
            &format!("{}\n{}", unzapped.title(), facts(&unzapped.rows())),
            "Burn these shares and sell what comes?",
        )?;
    }
    let again = format!(
        "what was burned is yours: `upside index basket resume {}` pays the rest",
        found.symbol
    );
    let mut report = ctx.send_or(&plan.steps, &[], &again).await?;
    tidy(ctx, &me, &plan.quote.rents, &mut report).await;
    Ok(Done::new(unzapped, report))
}

/// The plan, with refusals in the words of this command.
async fn planned(
    found: &SelectedIndex,
    request: &Unzap,
    ctx: &Context,
) -> Result<Plan<UnzapQuote>> {
    match action::unzap(&ctx.client, &found.pool, request).await {
        Err(SdkError::IndexRefused(IndexError::Slippage)) => Err(CliError::usage(
            "these shares do not bring so much",
            "ask for less with --least, or wait for higher bids",
        )),
        planned => Ok(planned?),
    }
}

async fn unzapped(
    found: &SelectedIndex,
    request: &Unzap,
    plan: &Plan<UnzapQuote>,
    mint: &MintInfo,
    ctx: &Context,
) -> Result<Unzapped> {
    let quote = &plan.quote;
    let redemption = &quote.payout.redemption;
    let reserves = reserves(found, quote)?;
    let mints = reserves.iter().map(|amount| amount.mint);
    let names = views::names(&ctx.client, mints.chain([mint.key])).await?;
    let by_exit = |of: &dyn Fn(&action::Exit) -> u64| {
        let amounts = quote.exits.iter().map(|exit| (exit.slot, of(exit)));
        let amounts: Vec<(u8, u64)> = amounts.filter(|(_, atoms)| *atoms > 0).collect();
        found.slots.amounts(&amounts)
    };
    let stuck = redemption.amounts.iter().copied();
    let stuck: Vec<(u8, u64)> = stuck
        .filter(|(slot, _)| quote.payout.stuck.contains(slot))
        .collect();
    let sold = quote.exits.iter().flat_map(|exit| {
        exit.sold.iter().map(|fill| Sold {
            shares: found.slots.amount(exit.slot, fill.trade.shares),
            bidder: fill.wallet.to_string(),
            number: fill.number,
            brings: Amount::new(
                fill.trade.payment.saturating_sub(fill.trade.royalty),
                mint.decimals,
            ),
        })
    });
    Ok(Unzapped {
        index: found.key(),
        symbol: found.symbol.clone(),
        wallet: request.redeem.wallet.to_string(),
        mint: mint.key,
        shares: Amount::new(redemption.shares, INDEX_SHARE_DECIMALS),
        fee: Amount::new(redemption.fee, INDEX_SHARE_DECIMALS),
        proceeds: Amount::new(quote.proceeds, mint.decimals),
        sold: sold.collect(),
        redeemed: by_exit(&|exit| exit.redeemed),
        reserves,
        kept: by_exit(&|exit| exit.kept),
        stuck: found.slots.amounts(&stuck),
        basket: quote.payout.basket,
        costs: Costs::of(plan.steps.len(), &quote.rents),
        names,
    })
}

/// What all reserves pay together, by mint.
fn reserves(found: &SelectedIndex, quote: &UnzapQuote) -> Result<Vec<MintAmount>> {
    let mut sums: BTreeMap<Pubkey, (u64, u8)> = BTreeMap::new();
    for exit in &quote.exits {
        let token = &found.pool.person(exit.slot)?.token.data;
        let listed = token.listed().map_err(SdkError::from)?;
        for (asset, atoms) in listed.iter().zip(&exit.paid) {
            let sum = sums.entry(asset.mint).or_insert((0, asset.decimals));
            sum.0 = sum.0.saturating_add(*atoms);
        }
    }
    sums.retain(|_, (atoms, _)| *atoms > 0);
    let sums = sums.into_iter();
    Ok(sums
        .map(|(mint, (atoms, decimals))| MintAmount {
            mint,
            amount: Amount::new(atoms, decimals),
        })
        .collect())
}

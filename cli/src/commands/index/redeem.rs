use {
    super::Found,
    crate::{
        context::Context,
        done::{Done, Outcome},
        error::Result,
        report::{Names, SlotAmount, slot_rows},
        send::Mode,
        style::{facts, grouped, listed},
        values::{IndexQuery, Percent, Quantity, When},
    },
    serde::Serialize,
    std::collections::BTreeMap,
    upside_sdk::{
        Pubkey,
        action::Plan,
        error::SdkError,
        index::{
            INDEX_SHARE_DECIMALS,
            action::{self, Payout, Redeem, Unzap, UnzapQuote},
        },
        inspect::{Amount, MintAmount},
    },
};

/// Burn shares for their part of everything it holds
///
/// Pays in kind: registered shares of every person, and cash, whatever the curator says.
/// What cannot move now stays claimable in a basket. Shows what it will pay and asks
/// before it sends.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside index redeem MAKERS 5
  upside index redeem MAKERS 5 --dry-run           what it would pay
  upside index redeem MAKERS ALL --to-cash --yes   and redeem the people's shares, too
  upside index redeem MAKERS 5 --allow-stale       where somebody's harvest fails")]
pub struct Args {
    /// The index
    index: IndexQuery,
    /// How many shares, or ALL
    shares: Quantity,
    /// Leave dividends that were not harvested lately to those who stay
    #[arg(long)]
    allow_stale: bool,
    /// Redeem the people's shares that come against their reserves, too
    #[arg(long)]
    to_cash: bool,
    /// Part of each quoted amount that may be missing, in percent
    #[arg(long, value_name = "PERCENT", default_value = "1")]
    slippage: Percent,
    /// Until when it may land: a span from now, or a point in time
    #[arg(long, value_name = "TIME", default_value = "2m")]
    deadline: When,
}

/// Shares redeemed.
#[derive(Debug, Serialize)]
pub struct Redeemed {
    index: String,
    symbol: String,
    wallet: String,
    shares: Amount,
    fee: Amount,
    /// In kind, by slot.
    paid: Vec<SlotAmount>,
    /// What cannot move now, and stays claimable in the basket.
    stuck: Vec<SlotAmount>,
    basket: Option<u64>,
    /// What people's reserves pay for their shares, with `--to-cash`.
    reserves: Vec<MintAmount>,
    /// Whose shares stay yours for want of a reserve, with `--to-cash`.
    kept: Vec<SlotAmount>,
    #[serde(skip)]
    names: Names,
    #[serde(skip)]
    to_cash: bool,
}

impl Outcome for Redeemed {
    fn title(&self) -> String {
        format!("Redeem {} shares of {}", grouped(&self.shares), self.symbol)
    }

    fn rows(&self) -> Vec<(&str, String)> {
        let mut rows = slot_rows("pays", &self.paid);
        if self.to_cash {
            let name = |mint: &str| self.names.of(mint);
            rows.push(("their reserves", listed(&self.reserves, name)));
            rows.extend(slot_rows("no reserve, kept", &self.kept));
        }
        if !self.stuck.is_empty() {
            rows.extend(slot_rows("cannot move now", &self.stuck));
        }
        if let (Some(basket), false) = (self.basket, self.stuck.is_empty()) {
            let resume = format!(
                "`upside index basket resume {} --basket {basket}` claims it later",
                self.symbol
            );
            rows.push(("next", resume));
        }
        if self.fee.atoms != "0" {
            rows.push(("exit fee", format!("{} shares", grouped(&self.fee))));
        }
        rows.push(("wallet", self.wallet.clone()));
        rows
    }
}

pub async fn run(args: &Args, ctx: &Context) -> Result<Done<Redeemed>> {
    let me = ctx.keys.me()?;
    let found = Found::of(&args.index, ctx).await?;
    let all = found.shares(&me, ctx).await?;
    let wish = Redeem {
        wallet: me,
        shares: args.shares.atoms(INDEX_SHARE_DECIMALS, all)?,
        slippage_bps: args.slippage.bps(),
        deadline: found.at(args.deadline),
        allow_stale: args.allow_stale,
    };
    let plan = plan(&found, &wish, args.to_cash, ctx).await?;
    if wish.shares > all {
        return Err(crate::error::CliError::InsufficientFunds {
            wallet: me,
            mint: found.pool.index.data.mint,
            has: upside_sdk::amount::print(all, INDEX_SHARE_DECIMALS),
            needs: upside_sdk::amount::print(wish.shares, INDEX_SHARE_DECIMALS),
        });
    }
    let redeemed = redeemed(&found, &me, &plan.quote, args.to_cash, ctx).await?;
    if ctx.mode == Mode::Send {
        ctx.output.ask(
            &format!("{}\n{}", redeemed.title(), facts(&redeemed.rows())),
            "Burn these shares?",
        )?;
    }
    let again = format!(
        "what was burned is yours: `upside index basket resume {}` pays the rest",
        found.symbol
    );
    let report = ctx.send_or(&plan.steps, &[], &again).await?;
    Ok(Done::new(redeemed, report))
}

/// Both ways out as the longer one.
async fn plan(
    found: &Found,
    wish: &Redeem,
    to_cash: bool,
    ctx: &Context,
) -> Result<Plan<UnzapQuote>> {
    if to_cash {
        let wish = Unzap { redeem: *wish };
        return Ok(action::unzap(&ctx.client, &found.pool, &wish).await?);
    }
    let plan = action::redeem(&ctx.client, &found.pool, wish).await?;
    Ok(Plan {
        quote: UnzapQuote {
            payout: plan.quote,
            redeemed: Vec::new(),
            kept: Vec::new(),
        },
        steps: plan.steps,
    })
}

async fn redeemed(
    found: &Found,
    wallet: &Pubkey,
    quote: &UnzapQuote,
    to_cash: bool,
    ctx: &Context,
) -> Result<Redeemed> {
    let Payout {
        redemption,
        stuck,
        basket,
        ..
    } = &quote.payout;
    let of = |chosen: &dyn Fn(&u8) -> bool| {
        let amounts = redemption.amounts.iter().copied();
        let amounts: Vec<(u8, u64)> = amounts.filter(|(slot, _)| chosen(slot)).collect();
        found.slots.amounts(&amounts)
    };
    let reserves = reserves(found, quote)?;
    let mints = reserves.iter().map(|amount| amount.mint.as_str());
    let names = Names::fetch(&ctx.client, mints).await?;
    Ok(Redeemed {
        index: found.key(),
        symbol: found.symbol.clone(),
        wallet: wallet.to_string(),
        shares: Amount::new(redemption.shares, INDEX_SHARE_DECIMALS),
        fee: Amount::new(redemption.fee, INDEX_SHARE_DECIMALS),
        paid: of(&|slot| !stuck.contains(slot)),
        stuck: of(&|slot| stuck.contains(slot)),
        basket: *basket,
        kept: of(&|slot| quote.kept.contains(slot)),
        reserves,
        names,
        to_cash,
    })
}

/// What all reserves pay together, by mint.
fn reserves(found: &Found, quote: &UnzapQuote) -> Result<Vec<MintAmount>> {
    let mut sums: BTreeMap<Pubkey, (u64, u8)> = BTreeMap::new();
    for (slot, paid) in &quote.redeemed {
        let token = &found.pool.person(*slot)?.token.data;
        let listed = token.listed().map_err(SdkError::from)?;
        for (asset, atoms) in listed.iter().zip(paid) {
            let sum = sums.entry(asset.mint).or_insert((0, asset.decimals));
            sum.0 = sum.0.saturating_add(*atoms);
        }
    }
    sums.retain(|_, (atoms, _)| *atoms > 0);
    let sums = sums.into_iter();
    Ok(sums
        .map(|(mint, (atoms, decimals))| MintAmount {
            mint: mint.to_string(),
            amount: Amount::new(atoms, decimals),
        })
        .collect())
}

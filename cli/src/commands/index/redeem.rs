use {
    crate::{
        context::Context,
        error::Result,
        select::index::SelectedIndex,
        send::completed::{Done, Outcome},
        values::{IndexQuery, Percent, PieceArg, Quantity, When},
    },
    serde::Serialize,
    upside_sdk::{
        Pubkey,
        index::{
            INDEX_SHARE_DECIMALS,
            action::{self, Payout, Redeem},
            fetch,
        },
        inspect::Amount,
    },
    upside_view::{
        style::{facts, grouped},
        text::{SlotAmount, slot_rows},
    },
};

/// Burn shares for their part of everything it holds
///
/// Pays in kind: registered shares of every person, and cash, whatever the curator says.
/// What cannot move now stays collectable in a basket. Locked shares are unlocked for it if
/// the others do not suffice. Shows what it will pay and asks before it sends.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside index redeem MAKERS 5
  upside index redeem MAKERS 5 --dry-run           what it would pay
  upside index redeem MAKERS ALL --yes
  upside index redeem MAKERS 5 --leave-dues        where somebody's harvest fails

`upside index unzap MAKERS 5` turns what comes into cash, too.")]
pub struct Args {
    /// The index
    index: IndexQuery,
    /// How many shares, or ALL, locked ones too
    shares: Quantity,
    /// Leave what people owe the index to those who stay
    #[arg(long)]
    leave_dues: bool,
    /// Part of each quoted amount that may be missing, in percent
    #[arg(long, value_name = "PERCENT", default_value = "1")]
    slippage: Percent,
    /// Least to accept of something, whatever is quoted: ADA=250, or a mint; repeat for
    /// several
    #[arg(long, value_name = "WHAT=AMOUNT")]
    at_least: Vec<PieceArg>,
    /// Until when it may land: a span from now, or a point in time [default: 2m, or 14d for
    /// what is signed elsewhere]
    #[arg(long, value_name = "TIME")]
    deadline: Option<When>,
}

/// Shares redeemed.
#[derive(Debug, Serialize)]
pub struct Redeemed {
    index: String,
    symbol: String,
    wallet: String,
    shares: Amount,
    fee: Amount,
    /// How many of the shares are unlocked for it.
    unlocked: Amount,
    /// In kind, by slot.
    paid: Vec<SlotAmount>,
    /// What cannot move now, and stays collectable in the basket.
    stuck: Vec<SlotAmount>,
    basket: Option<u64>,
}

impl Outcome for Redeemed {
    fn title(&self) -> String {
        format!("Redeem {} shares of {}", grouped(&self.shares), self.symbol)
    }

    fn rows(&self) -> Vec<(&str, String)> {
        let mut rows = slot_rows("pays", &self.paid);
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
        if !self.unlocked.is_zero() {
            let unlocked = format!("{} shares, which count no longer", grouped(&self.unlocked));
            rows.push(("unlocks", unlocked));
        }
        if !self.fee.is_zero() {
            rows.push(("exit fee", format!("{} shares", grouped(&self.fee))));
        }
        rows.push(("wallet", self.wallet.clone()));
        rows
    }
}

pub async fn run(args: &Args, ctx: &Context) -> Result<Done<Redeemed>> {
    let me = ctx.keys.me()?;
    let found = SelectedIndex::of(&args.index, ctx).await?;
    let free = found.shares(&me, ctx).await?;
    let lock = fetch::lock(&ctx.client, &found.pool.index.key, &me).await?;
    let locked = lock.as_ref().map_or(0, |lock| lock.data.shares);
    let all = free.saturating_add(locked);
    let request = Redeem {
        wallet: me,
        shares: args.shares.atoms(INDEX_SHARE_DECIMALS, all)?,
        slippage_bps: args.slippage.bps(),
        deadline: ctx.deadline(args.deadline, 2).await?,
        leave_dues: args.leave_dues,
    };
    let unlock = request.shares.saturating_sub(free);
    let (client, pool) = (&ctx.client, &found.pool);
    let least = found.bounds(&args.at_least)?;
    let plan = match &lock {
        Some(lock) if unlock > 0 && request.shares <= all => {
            action::redeem_locked_at_least(client, pool, &request, lock, unlock, &least).await?
        }
        _ => action::redeem_at_least(client, pool, &request, &least).await?,
    };
    if request.shares > all {
        return Err(crate::error::CliError::InsufficientFunds {
            wallet: me,
            mint: found.pool.index.data.mint,
            has: upside_sdk::amount::print(all, INDEX_SHARE_DECIMALS),
            needs: upside_sdk::amount::print(request.shares, INDEX_SHARE_DECIMALS),
        });
    }
    let redeemed = redeemed(&found, &me, &plan.quote, unlock);
    if ctx.binds() {
        ctx.ask(
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

fn redeemed(found: &SelectedIndex, wallet: &Pubkey, quote: &Payout, unlock: u64) -> Redeemed {
    let Payout {
        redemption,
        stuck,
        basket,
        ..
    } = quote;
    let of = |chosen: &dyn Fn(&u8) -> bool| {
        let amounts = redemption.amounts.iter().copied();
        let amounts: Vec<(u8, u64)> = amounts.filter(|(slot, _)| chosen(slot)).collect();
        found.slots.amounts(&amounts)
    };
    Redeemed {
        index: found.key(),
        symbol: found.symbol.clone(),
        wallet: wallet.to_string(),
        shares: Amount::new(redemption.shares, INDEX_SHARE_DECIMALS),
        fee: Amount::new(redemption.fee, INDEX_SHARE_DECIMALS),
        unlocked: Amount::new(unlock, INDEX_SHARE_DECIMALS),
        paid: of(&|slot| !stuck.contains(slot)),
        stuck: of(&|slot| stuck.contains(slot)),
        basket: *basket,
    }
}

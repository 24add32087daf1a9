use {
    super::Found,
    crate::{
        context::Context,
        done::{Done, Outcome},
        error::Result,
        report::{SlotAmount, slot_rows},
        style::grouped,
        values::{Decimal, IndexQuery, Percent, When},
    },
    serde::Serialize,
    upside_sdk::{
        event::IndexEvent,
        index::{
            INDEX_SHARE_DECIMALS,
            action::{self, AT_ONCE, Contribute},
        },
        inspect::Amount,
    },
};

/// Give of everything it holds for new shares
///
/// No price is needed, and nobody is diluted: you give what the shares redeem for, of
/// your registered shares of every person and your cash. With many people it takes
/// several transactions, through a basket.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside index contribute MAKERS 5
  upside index contribute MAKERS 5 --dry-run       what it takes
  upside index zap MAKERS 500                      with cash only")]
pub struct Args {
    /// The index
    index: IndexQuery,
    /// How many shares to ask for
    shares: Decimal,
    /// By how much more of each it may cost, in percent
    #[arg(long, value_name = "PERCENT", default_value = "1")]
    slippage: Percent,
    /// Until when it may land: a span from now, or a point in time
    #[arg(long, value_name = "TIME", default_value = "2m")]
    deadline: When,
}

/// A contribution made.
#[derive(Debug, Serialize)]
pub struct Contributed {
    index: String,
    symbol: String,
    wallet: String,
    asked: Amount,
    shares: Amount,
    fee: Amount,
    gave: Vec<SlotAmount>,
}

impl Outcome for Contributed {
    fn title(&self) -> String {
        format!(
            "Contribute for {} shares of {}",
            grouped(&self.shares),
            self.symbol
        )
    }

    fn rows(&self) -> Vec<(&str, String)> {
        let mut rows = slot_rows("gives", &self.gave);
        if self.fee.atoms != "0" {
            rows.push(("entry fee", format!("{} shares", grouped(&self.fee))));
        }
        rows.push(("wallet", self.wallet.clone()));
        rows
    }
}

pub async fn run(args: &Args, ctx: &Context) -> Result<Done<Contributed>> {
    let me = ctx.keys.me()?;
    let found = Found::of(&args.index, ctx).await?;
    let wish = Contribute {
        wallet: me,
        shares: args.shares.atoms(INDEX_SHARE_DECIMALS)?,
        slippage_bps: args.slippage.bps(),
        deadline: found.at(args.deadline),
    };
    let plan = action::contribute(&ctx.client, &found.pool, &wish).await?;
    let quote = &plan.quote;
    found
        .require(&me, &needs(&quote.amounts, wish.slippage_bps), ctx)
        .await?;
    let again = format!(
        "`upside index basket resume {0}` goes on, `upside index basket cancel {0}` takes \
         everything back",
        found.symbol
    );
    let report = ctx.send_or(&plan.steps, &[], &again).await?;
    let landed = report.index_events().find_map(|event| match event {
        IndexEvent::SharesBought(event) => Some((event.minted, event.fee)),
        IndexEvent::BasketFinished(event) => Some((event.minted, event.fee)),
        _ => None,
    });
    let (minted, fee) = landed.unwrap_or((quote.minted, quote.fee));
    let amount = |atoms| Amount::new(atoms, INDEX_SHARE_DECIMALS);
    let contributed = Contributed {
        index: found.key(),
        symbol: found.symbol.clone(),
        wallet: me.to_string(),
        asked: amount(quote.shares),
        shares: amount(minted),
        fee: amount(fee),
        gave: found.slots.amounts(&quote.amounts),
    };
    Ok(Done::new(contributed, report))
}

/// What has to be there: through a basket the slippage is deposited, too, and comes back.
fn needs(amounts: &[(u8, u64)], slippage_bps: u16) -> Vec<(u8, u64)> {
    if amounts.len() <= AT_ONCE {
        return amounts.to_vec();
    }
    let part = 10_000 + u128::from(slippage_bps);
    let more = |atoms: u64| (u128::from(atoms) * part).div_ceil(10_000);
    let most = |atoms: u64| u64::try_from(more(atoms)).unwrap_or(u64::MAX);
    let pairs = amounts.iter();
    pairs.map(|(slot, atoms)| (*slot, most(*atoms))).collect()
}

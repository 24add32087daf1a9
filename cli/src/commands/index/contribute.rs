use {
    crate::{
        context::Context,
        error::Result,
        select::index::SelectedIndex,
        send::completed::{Done, Outcome},
        values::{Decimal, IndexQuery, Percent, PieceArg, When},
        views,
    },
    serde::Serialize,
    upside_sdk::{
        event::IndexEvent,
        index::{
            INDEX_SHARE_DECIMALS,
            action::{self, AT_ONCE, Contribute},
            inspect::IndexIntent,
            quote::most_given,
        },
        inspect::Amount,
    },
    upside_view::{
        style::grouped,
        text::{IndexBefore, SlotAmount, slot_rows},
    },
};

/// Give of everything it holds for new shares
///
/// No price is needed, and nobody is diluted: you give what the shares redeem for, of
/// your registered shares of every person and of every mint. What people owe the index in
/// dividends counts as if it were there already. With many people it takes several
/// transactions, through a basket.
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
    /// By how much more of each it may cost, in percent, beyond the dividends that come in
    /// until the deadline
    #[arg(long, value_name = "PERCENT", default_value = "1")]
    slippage: Percent,
    /// Most to give of something, whatever is quoted: ADA=250, or a mint; repeat for several
    #[arg(long, value_name = "WHAT=AMOUNT")]
    most: Vec<PieceArg>,
    /// Until when it may land: a span from now, or a point in time [default: 2m, or 14d for
    /// what is signed elsewhere]
    #[arg(long, value_name = "TIME")]
    deadline: Option<When>,
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
    /// What it brings, and what others can do to it.
    preview: IndexBefore,
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
        if !self.fee.is_zero() {
            rows.push(("entry fee", format!("{} shares", grouped(&self.fee))));
        }
        rows.extend(self.preview.rows());
        rows.push(("wallet", self.wallet.clone()));
        rows
    }

    fn before(&self) -> String {
        self.preview.text()
    }
}

pub async fn run(args: &Args, ctx: &Context) -> Result<Done<Contributed>> {
    let me = ctx.keys.me()?;
    let found = SelectedIndex::of(&args.index, ctx).await?;
    let request = Contribute {
        wallet: me,
        shares: args.shares.atoms(INDEX_SHARE_DECIMALS)?,
        slippage_bps: args.slippage.bps(),
        deadline: ctx.deadline(args.deadline, 2).await?,
    };
    let most = found.bounds(&args.most)?;
    let plan = action::contribute_at_most(&ctx.client, &found.pool, &request, &most).await?;
    let quote = &plan.quote;
    found
        .require(&me, &needs(&found, &request, &quote.amounts)?, ctx)
        .await?;
    let amount = |atoms| Amount::new(atoms, INDEX_SHARE_DECIMALS);
    let intent = IndexIntent::Contribute(quote);
    let mut contributed = Contributed {
        index: found.key(),
        symbol: found.symbol.clone(),
        wallet: me.to_string(),
        asked: amount(quote.shares),
        shares: amount(quote.minted),
        fee: amount(quote.fee),
        gave: found.slots.amounts(&quote.amounts),
        preview: views::index_preview(&found.pool, &me, intent, &ctx.client).await?,
    };
    if plan.steps.len() > 1 {
        for slot in contributed.preview.stuck() {
            ctx.output.warn(format!(
                "{} does not move now: this takes {} transactions and would stop half-way; the \
                 basket can be cancelled then (first `upside index wrap note {} {}`, or wait)",
                found.slots.name(slot),
                plan.steps.len(),
                found.symbol,
                found.slots.name(slot),
            ));
        }
    }
    if ctx.binds() {
        ctx.ask(&contributed.question(), "Contribute?")?;
    }
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
    if let Some((minted, fee)) = landed {
        (contributed.shares, contributed.fee) = (amount(minted), amount(fee));
    }
    Ok(Done::new(contributed, report))
}

/// What has to be there: through a basket the slippage is deposited, too, and comes back.
fn needs(
    found: &SelectedIndex,
    request: &Contribute,
    amounts: &[(u8, u64)],
) -> Result<Vec<(u8, u64)>> {
    let most = most_given(
        &found.pool,
        request.shares,
        request.slippage_bps,
        request.deadline,
    )?;
    if most.len() <= AT_ONCE {
        return Ok(amounts.to_vec());
    }
    Ok(most.iter().map(|bound| (bound.slot, bound.atoms)).collect())
}

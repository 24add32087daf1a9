//! `upside index basket`: contributions and redemptions under way.

use {
    crate::{
        context::Context,
        error::Result,
        select::{basket::BasketSelector, index::SelectedIndex},
        send::completed::{Done, Outcome},
        values::{Address, IndexQuery, stamp},
    },
    serde::Serialize,
    std::fmt,
    upside_sdk::{
        error::SdkError,
        index::{Basket, BasketKind, INDEX_SHARE_DECIMALS, action, fetch},
        inspect::Amount,
        state::Account,
    },
    upside_view::{
        style::{self, facts, grouped, paint},
        text::{SlotAmount, slot_rows},
    },
};

/// Contributions and redemptions under way over several transactions
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// List baskets with what is in them
    List(ListArgs),
    /// Finish a contribution, or claim what a redemption still owes
    Resume(ResumeArgs),
    /// Give a contribution up and take everything back
    Cancel(CancelArgs),
}

/// List baskets with what is in them
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside index basket list MAKERS                 yours
  upside index basket list MAKERS --all")]
pub struct ListArgs {
    /// The index
    index: IndexQuery,
    /// Everybody's
    #[arg(long)]
    all: bool,
    /// Whose [default: the keypair]
    #[arg(long, conflicts_with = "all")]
    wallet: Option<Address>,
}

/// Finish a contribution, or claim what a redemption still owes
///
/// A contribution is completed from the wallet's holdings until its deadline. Of a
/// redemption everything is paid that moves now.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside index basket resume MAKERS
  upside index basket resume MAKERS --basket 2")]
pub struct ResumeArgs {
    #[command(flatten)]
    which: BasketSelector,
}

/// Give a contribution up and take everything back
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  upside index basket cancel MAKERS")]
pub struct CancelArgs {
    #[command(flatten)]
    which: BasketSelector,
}

pub async fn run(command: Command, ctx: &Context) -> Result<()> {
    let out = &ctx.output;
    match command {
        Command::List(args) => out.show(&list(&args, ctx).await?),
        Command::Resume(args) => out.show(&go_on(&args.which, true, ctx).await?),
        Command::Cancel(args) => out.show(&go_on(&args.which, false, ctx).await?),
    }
}

/// Baskets of an index.
#[derive(Debug, Serialize)]
pub struct Baskets {
    index: String,
    symbol: String,
    baskets: Vec<Line>,
}

#[derive(Debug, Serialize)]
struct Line {
    basket: u64,
    wallet: String,
    kind: &'static str,
    /// What a contribution asks for.
    shares: Option<Amount>,
    /// Until when a contribution can be finished.
    deadline: Option<i64>,
    holds: Vec<SlotAmount>,
}

impl fmt::Display for Baskets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.baskets.is_empty() {
            return f.write_str("Nothing is under way");
        }
        for line in &self.baskets {
            let title = format!("Basket {} of {}", line.basket, self.symbol);
            writeln!(f, "{}  {}", paint(style::BOLD, title), line.kind)?;
            let mut rows = Vec::new();
            if let (Some(shares), Some(deadline)) = (&line.shares, line.deadline) {
                let until = stamp(deadline);
                rows.push((
                    "asks for",
                    format!("{} shares until {until}", grouped(shares)),
                ));
            }
            rows.extend(slot_rows("holds", &line.holds));
            rows.push(("wallet", line.wallet.clone()));
            f.write_str(&facts(&rows))?;
        }
        Ok(())
    }
}

async fn list(args: &ListArgs, ctx: &Context) -> Result<Baskets> {
    let found = SelectedIndex::of(&args.index, ctx).await?;
    let wallet = if args.all {
        None
    } else {
        Some(ctx.wallet(args.wallet.as_ref())?)
    };
    let baskets = fetch::baskets(&ctx.client, &found.pool.index.key, wallet.as_ref()).await?;
    let lines = baskets.iter().map(|basket| line(&found, basket));
    Ok(Baskets {
        index: found.key(),
        symbol: found.symbol.clone(),
        baskets: lines.collect::<Result<_>>()?,
    })
}

fn line(found: &SelectedIndex, basket: &Account<Basket>) -> Result<Line> {
    let data = &basket.data;
    let contributes = data.kind().map_err(SdkError::from)? == BasketKind::Contribution;
    Ok(Line {
        basket: data.nonce,
        wallet: data.wallet.to_string(),
        kind: if contributes {
            "contribution"
        } else {
            "redemption"
        },
        shares: contributes.then(|| Amount::new(data.shares, INDEX_SHARE_DECIMALS)),
        deadline: contributes.then_some(data.deadline),
        holds: found.slots.amounts(&content(data)),
    })
}

fn content(basket: &Basket) -> Vec<(u8, u64)> {
    let amounts = (0u8..).zip(basket.amounts);
    amounts.filter(|(_, atoms)| *atoms > 0).collect()
}

/// A basket finished or given up.
#[derive(Debug, Serialize)]
pub struct Went {
    index: String,
    symbol: String,
    basket: u64,
    wallet: String,
    resumed: bool,
    kind: &'static str,
    held: Vec<SlotAmount>,
    stuck: Vec<SlotAmount>,
}

impl Outcome for Went {
    fn title(&self) -> String {
        let verb = match (self.resumed, self.kind) {
            (false, _) => "Cancel",
            (true, "contribution") => "Finish",
            (true, _) => "Pay out",
        };
        format!("{verb} basket {} of {}", self.basket, self.symbol)
    }

    fn rows(&self) -> Vec<(&str, String)> {
        let mut rows = slot_rows("held", &self.held);
        if !self.stuck.is_empty() {
            rows.extend(slot_rows("cannot move now", &self.stuck));
        }
        rows.push(("wallet", self.wallet.clone()));
        rows
    }
}

async fn go_on(which: &BasketSelector, resume: bool, ctx: &Context) -> Result<Done<Went>> {
    let (found, basket) = which.find(ctx).await?;
    let plan = if resume {
        action::resume(&ctx.client, &found.pool, &basket).await?
    } else {
        action::cancel(&ctx.client, &found.pool, &basket).await?
    };
    let shown = line(&found, &basket)?;
    let held = content(&basket.data).into_iter();
    let stuck: Vec<_> = held.filter(|(slot, _)| plan.quote.contains(slot)).collect();
    let went = Went {
        index: found.key(),
        symbol: found.symbol.clone(),
        basket: shown.basket,
        wallet: shown.wallet,
        resumed: resume,
        kind: shown.kind,
        held: shown.holds,
        stuck: found.slots.amounts(&stuck),
    };
    let report = ctx.send_shown(&went, &plan.steps).await?;
    Ok(Done::new(went, report))
}

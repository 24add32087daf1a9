use {
    super::compose::thing,
    crate::{
        context::Context,
        error::{CliError, Result},
        send::completed::{Done, Outcome},
        values::{Decimal, IndexQuery, PieceArg},
        views,
    },
    serde::Serialize,
    upside_sdk::{
        index::{INDEX_SHARE_DECIMALS, LOCKED_SHARES, action, action::Piece, symbol},
        inspect::Amount,
    },
    upside_view::{
        style::grouped,
        text::{IndexBefore, SlotAmount, slot_rows},
    },
};

/// Put the first composition together and launch, as curator
///
/// Adds what is not a constituent yet, puts in what is missing from your holder accounts
/// and wallet, and launches. 0.001 shares are locked for good; the rest is yours. After a
/// failure half way, the same command does what is left.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  upside index seed MAKERS --piece ADA=500 --piece BEN=800 \\
      --piece EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v=1000 --shares 1000")]
pub struct Args {
    /// The index
    index: IndexQuery,
    /// How much it holds of a token or a mint at its launch; once for each
    #[arg(long = "piece", value_name = "TOKEN_OR_MINT=AMOUNT", required = true)]
    pieces: Vec<PieceArg>,
    /// How many shares stand for all of it
    #[arg(long, value_name = "SHARES")]
    shares: Decimal,
}

/// An index launched.
#[derive(Debug, Serialize)]
pub struct Seeded {
    index: String,
    symbol: String,
    curator: String,
    pieces: Vec<SlotAmount>,
    shares: Amount,
    locked: Amount,
    yours: Amount,
    /// What the shares stand for, and what can be done to whoever comes next.
    preview: IndexBefore,
}

impl Outcome for Seeded {
    fn title(&self) -> String {
        format!(
            "Launch {} with {} shares",
            self.symbol,
            grouped(&self.shares)
        )
    }

    fn rows(&self) -> Vec<(&str, String)> {
        let mut rows = slot_rows("holds", &self.pieces);
        rows.extend([
            (
                "yours",
                format!(
                    "{} shares; {} are locked for good",
                    grouped(&self.yours),
                    grouped(&self.locked)
                ),
            ),
            ("curator", self.curator.clone()),
        ]);
        rows.extend(self.preview.rows());
        rows
    }

    fn before(&self) -> String {
        self.preview.text()
    }
}

pub async fn run(args: &Args, ctx: &Context) -> Result<Done<Seeded>> {
    let index = ctx.index(&args.index).await?;
    let shares = args.shares.atoms(INDEX_SHARE_DECIMALS)?;
    let (mut pieces, mut shown): (Vec<Piece>, Vec<SlotAmount>) = (Vec::new(), Vec::new());
    for (slot, piece) in (0u8..).zip(&args.pieces) {
        let thing = thing(&piece.what, ctx).await?;
        let amount = piece.amount.atoms(thing.unit)?;
        if pieces.iter().any(|piece| piece.key == thing.key) {
            return Err(CliError::usage(
                format!("{} is named twice", thing.name),
                "give one --piece for each",
            ));
        }
        if amount == 0 {
            return Err(CliError::usage(
                format!("nothing of {}", thing.name),
                "give an amount above zero, or leave the piece out and add it later",
            ));
        }
        shown.push(SlotAmount {
            slot: index.data.slot_of(&thing.key).unwrap_or(slot),
            key: thing.key.to_string(),
            name: thing.name,
            amount: Amount::new(amount, thing.unit),
        });
        pieces.push(Piece {
            key: thing.key,
            amount,
        });
    }
    let payer = ctx.keys.payer()?;
    let plan = action::seed_and_launch(&ctx.client, &index, &payer, &pieces, shares).await?;
    let amount = |atoms| Amount::new(atoms, INDEX_SHARE_DECIMALS);
    let yours = plan.quote;
    let seeded = Seeded {
        index: index.key.to_string(),
        symbol: symbol(&index.data).to_string(),
        curator: index.data.curator.to_string(),
        pieces: shown,
        shares: amount(shares),
        locked: amount(LOCKED_SHARES),
        yours: amount(yours),
        preview: views::launch_preview(&index, &pieces, (shares, yours), &ctx.client).await?,
    };
    if ctx.binds() {
        ctx.ask(&seeded.question(), "Launch?")?;
    }
    let report = ctx.send(&plan.steps).await?;
    Ok(Done::new(seeded, report))
}

//! `upside reserve`: what redemptions share out.

use {
    crate::{
        context::Context,
        error::Result,
        select::round::Selling,
        send::completed::{Done, Outcome},
        values::{Address, Quantity, TokenQuery},
    },
    serde::{Serialize, Serializer},
    std::fmt,
    upside_sdk::{
        Atoms, Pubkey,
        action::{self, Plan},
        address::find_associated,
        error::SdkError,
        fetch,
        inspect::Amount,
        instruction,
        state::{Account, Asset, PersonalToken},
    },
    upside_view::{
        style::grouped,
        text::{self, TokenView},
    },
};

/// What redemptions share out: list, add a mint, deposit, sync
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// List the assets and their books
    List(ListArgs),
    /// List a mint as a reserve asset, for good, as owner
    Add(AddArgs),
    /// Note whether an asset cannot move: its issuer froze or paused it; anyone may
    NoteImmovable(NoteArgs),
    /// Give to the reserve; nothing is owed for it
    Deposit(DepositArgs),
    /// Bring the books up to what a vault holds
    Sync(SyncArgs),
}

/// List the assets and their books
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  upside reserve list ADA")]
pub struct ListArgs {
    /// The token
    token: TokenQuery,
}

/// List a mint as a reserve asset, for good, as owner
///
/// Mints that take fees, run hooks or cannot be transferred are refused; those whose
/// issuer can seize or freeze are marked seizable everywhere.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside reserve add ADA 9xQe…
  upside reserve add ADA 9xQe… --payout         with a stream to holders, too")]
pub struct AddArgs {
    /// The token
    token: TokenQuery,
    /// The mint to list
    mint: Address,
    /// Also as a payout mint: up to four; once others hold shares it takes payments after the
    /// notice period
    #[arg(long)]
    payout: bool,
}

/// Give to the reserve; nothing is owed for it
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside reserve deposit ADA 1000
  upside reserve deposit ADA ALL --mint 9xQe…")]
pub struct DepositArgs {
    /// The token
    token: TokenQuery,
    /// How much, or ALL
    amount: Quantity,
    /// Which asset [default: the quote mint]
    #[arg(long)]
    mint: Option<Address>,
}

/// Bring the books up to what a vault holds
///
/// What somebody sent unasked goes to the reserve: as owner, and in a wind-down anybody.
/// What an issuer seized leaves the endowment, then the reserve: anyone may.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside reserve sync ADA
  upside reserve sync ADA --mint 9xQe…
  upside reserve sync ADA --share-custody            shares sent to the share custody unasked")]
pub struct SyncArgs {
    /// The token
    token: TokenQuery,
    /// Which asset [default: the quote mint]
    #[arg(long)]
    mint: Option<Address>,
    /// The register of shares instead of an asset's vault
    #[arg(long, conflicts_with = "mint")]
    share_custody: bool,
}

/// Note whether an asset cannot move; anyone may
///
/// What was noted a notice ago and still cannot move, a poll may exempt from what new
/// shares bring.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  upside reserve note-immovable ADA 9xQe…")]
pub struct NoteArgs {
    /// The token
    token: TokenQuery,
    /// Which asset
    mint: Address,
}

async fn note(args: &NoteArgs, ctx: &Context) -> Result<Done<Synced>> {
    let token = ctx.token(&args.token).await?;
    let symbol = ctx.symbol(&token).await?;
    let note = instruction::note_immovable(&token, &args.mint.key)?;
    let report = ctx.send(&Plan::single("note", vec![note]).steps).await?;
    let what = args.mint.key.to_string();
    let token = token.key.to_string();
    Ok(Done::new(
        Synced {
            token,
            symbol,
            what,
        },
        report,
    ))
}

pub async fn run(command: Command, ctx: &Context) -> Result<()> {
    let out = &ctx.output;
    match command {
        Command::List(args) => out.show(&Assets(ctx.view(&args.token).await?)),
        Command::Add(args) => out.show(&add(&args, ctx).await?),
        Command::Deposit(args) => out.show(&deposit(&args, ctx).await?),
        Command::NoteImmovable(args) => out.show(&note(&args, ctx).await?),
        Command::Sync(args) => out.show(&sync(&args, ctx).await?),
    }
}

/// The assets and their books.
struct Assets(TokenView);

impl Serialize for Assets {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        text::parts(&self.0.report, &["token", "symbol", "assets"]).serialize(serializer)
    }
}

impl fmt::Display for Assets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(text::assets(&self.0).trim_start())
    }
}

/// A mint listed.
#[derive(Debug, Serialize)]
struct Added {
    token: String,
    symbol: String,
    mint: String,
    vault: String,
    payout: bool,
}

impl Outcome for Added {
    fn title(&self) -> String {
        format!("List a reserve asset of {}", self.symbol)
    }

    fn rows(&self) -> Vec<(&str, String)> {
        let payout = if self.payout {
            "yes, with a stream"
        } else {
            "no"
        };
        vec![
            ("mint", self.mint.clone()),
            ("vault", self.vault.clone()),
            ("payout mint", payout.to_string()),
        ]
    }
}

async fn add(args: &AddArgs, ctx: &Context) -> Result<Done<Added>> {
    let token = ctx.token(&args.token).await?;
    let symbol = ctx.symbol(&token).await?;
    let mint = fetch::mint(&ctx.client, &args.mint.key).await?;
    let (payer, program) = (ctx.keys.payer()?, mint.token_program);
    let list = instruction::add_asset(
        &token,
        &payer,
        &mint.key,
        &program,
        mint.authority,
        args.payout,
    );
    let added = Added {
        token: token.key.to_string(),
        symbol,
        mint: mint.key.to_string(),
        vault: find_associated(&token.key, &mint.key, &program)
            .0
            .to_string(),
        payout: args.payout,
    };
    let report = ctx
        .send_shown(&added, &Plan::single("list asset", vec![list]).steps)
        .await?;
    Ok(Done::new(added, report))
}

/// A gift to the reserve.
#[derive(Debug, Serialize)]
struct Deposited {
    token: String,
    symbol: String,
    giver: String,
    mint: String,
    amount: Amount,
    reserve: Amount,
    /// Rounds that sell at once now.
    selling_rounds: Selling,
}

impl Outcome for Deposited {
    fn title(&self) -> String {
        format!(
            "Give {} to the reserve of {}",
            grouped(&self.amount),
            self.symbol
        )
    }

    fn rows(&self) -> Vec<(&str, String)> {
        let mut rows = vec![
            ("mint", self.mint.clone()),
            ("reserve", format!("{} after it", grouped(&self.reserve))),
            ("given by", self.giver.clone()),
        ];
        rows.extend(self.selling_rounds.row());
        rows
    }
}

/// The named asset, or the quote mint's.
pub(super) fn asset<'a>(
    token: &'a Account<PersonalToken>,
    mint: Option<&Address>,
) -> Result<&'a Asset> {
    let Some(mint) = mint else {
        return Ok(token.data.quote());
    };
    let place = token.data.asset_of(&mint.key).map_err(SdkError::from)?;
    Ok(token.data.asset(place).map_err(SdkError::from)?)
}

async fn deposit(args: &DepositArgs, ctx: &Context) -> Result<Done<Deposited>> {
    let me = ctx.keys.me()?;
    let token = ctx.token(&args.token).await?;
    let symbol = ctx.symbol(&token).await?;
    let asset = asset(&token, args.mint.as_ref())?;
    let all = ctx.cash(asset, &me).await?;
    let amount = Atoms(args.amount.atoms(ctx.unit_of(asset), all)?);
    let plan = action::deposit_reserve(&token, &me, &asset.mint, amount)?;
    ctx.require_cash(asset, &me, amount.0).await?;
    let selling_rounds = Selling::of(&token, ctx).await?;
    selling_rounds.warn(ctx);
    let deposited = Deposited {
        token: token.key.to_string(),
        symbol,
        giver: me.to_string(),
        mint: asset.mint.to_string(),
        amount: Amount::new(amount.0, ctx.unit_of(asset)),
        reserve: Amount::new(plan.quote.0, ctx.unit_of(asset)),
        selling_rounds,
    };
    let report = ctx.send_shown(&deposited, &plan.steps).await?;
    Ok(Done::new(deposited, report))
}

/// Books brought up to a balance.
#[derive(Debug, Serialize)]
struct Synced {
    token: String,
    symbol: String,
    what: String,
}

impl Outcome for Synced {
    fn title(&self) -> String {
        format!("Sync the books of {}", self.symbol)
    }

    fn rows(&self) -> Vec<(&str, String)> {
        vec![("synced", self.what.clone())]
    }
}

async fn sync(args: &SyncArgs, ctx: &Context) -> Result<Done<Synced>> {
    let token = ctx.token(&args.token).await?;
    let symbol = ctx.symbol(&token).await?;
    let (what, sync) = if args.share_custody {
        (
            "share custody".to_string(),
            instruction::sync_share_custody(&token),
        )
    } else {
        let mint: Pubkey = asset(&token, args.mint.as_ref())?.mint;
        let vault = asset(&token, args.mint.as_ref())?;
        let balance = fetch::balance(&ctx.client, &vault.vault).await?;
        let booked = vault.booked().map_err(SdkError::from)?;
        let book = if balance < booked {
            instruction::book_loss(&token, &mint)?
        } else {
            instruction::book_surplus(&token, &ctx.keys.me()?, &mint)?
        };
        (mint.to_string(), book)
    };
    let report = ctx.send(&Plan::single("sync", vec![sync]).steps).await?;
    Ok(Done::new(
        Synced {
            token: token.key.to_string(),
            symbol,
            what,
        },
        report,
    ))
}

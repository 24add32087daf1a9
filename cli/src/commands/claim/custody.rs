use {
    crate::{
        context::Context,
        error::{CliError, Result},
        select::claim::ClaimSelector,
        send::completed::{Done, Outcome},
        values::{Address, Decimal, Quantity},
    },
    serde::Serialize,
    upside_sdk::{
        Atoms, action::Plan, address::find_associated, error::SdkError, fetch, inspect::Amount,
        instruction,
    },
    upside_view::style::grouped,
};

/// Bring tokenized equity into a claim's vault, as owner
///
/// Custody is custody: it leaves into the reserve in kind, or by an auction for all.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside claim deposit ADA 0 9xQe… 100 --cost 2500
  upside claim deposit ADA 0 9xQe… ALL")]
pub struct DepositArgs {
    #[command(flatten)]
    which: ClaimSelector,
    /// The equity's mint
    mint: Address,
    /// How many of its tokens, or ALL that you have
    units: Quantity,
    /// What they cost, in the quote currency
    #[arg(long, value_name = "AMOUNT", default_value = "0")]
    cost: Decimal,
}

/// Move tokenized equity from a claim into the reserve, as owner
///
/// From there holders redeem it in kind. Its mint must be listed.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside claim release ADA 0 50
  upside claim release ADA 0 ALL")]
pub struct ReleaseArgs {
    #[command(flatten)]
    which: ClaimSelector,
    /// How many tokens, or ALL
    units: Quantity,
}

/// Book what arrived unasked in a claim's vault; anyone may
///
/// To its units, never to its cost. What the mint's issuer took leaves them.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  upside claim sync ADA 0")]
pub struct SyncArgs {
    #[command(flatten)]
    which: ClaimSelector,
}

/// Tokenized equity moved.
#[derive(Debug, Serialize)]
pub struct Moved {
    #[serde(skip)]
    what: &'static str,
    token: String,
    symbol: String,
    claim: u64,
    mint: String,
    units: Amount,
    cost: Option<Amount>,
    held: Amount,
}

impl Outcome for Moved {
    fn title(&self) -> String {
        let units = grouped(&self.units);
        format!(
            "{} {units} tokens, claim {} of {}",
            self.what, self.claim, self.symbol
        )
    }

    fn rows(&self) -> Vec<(&str, String)> {
        let mut rows = vec![("mint", self.mint.clone())];
        rows.extend(self.cost.as_ref().map(|cost| ("cost", grouped(cost))));
        rows.push(("held", format!("{} after it", grouped(&self.held))));
        rows
    }
}

pub async fn deposit(args: &DepositArgs, ctx: &Context) -> Result<Done<Moved>> {
    let found = args.which.find(ctx).await?;
    let mint = fetch::mint(&ctx.client, &args.mint.key).await?;
    ctx.look_at(&[mint.key]).await?;
    let unit = ctx.unit(&mint.key, mint.decimals);
    let owner = found.token.data.owner;
    let account = find_associated(&owner, &mint.key, &mint.token_program).0;
    let all = fetch::balance(&ctx.client, &account).await?;
    let units = args.units.atoms(unit, all)?;
    let cost = args.cost.atoms(found.quote_decimals)?;
    let held = found.account.data.held().map_err(SdkError::from)?;
    let held = Atoms(held)
        .checked_add(Atoms(units))
        .map_err(SdkError::from)?;
    if all < units {
        return Err(CliError::InsufficientFunds {
            wallet: owner,
            mint: mint.key,
            has: Amount::new(all, unit).to_string(),
            needs: Amount::new(units, unit).to_string(),
        });
    }
    let deposit = instruction::deposit_equity(
        &found.token,
        &found.account.key,
        &mint.key,
        &mint.token_program,
        units,
        Atoms(cost),
    );
    let moved = Moved {
        what: "Deposit",
        token: found.token.key.to_string(),
        symbol: found.symbol,
        claim: found.account.data.number,
        mint: mint.key.to_string(),
        units: Amount::new(units, unit),
        cost: Some(Amount::new(cost, found.quote_decimals)),
        held: Amount::new(held.0, unit),
    };
    let report = ctx
        .send_shown(&moved, &Plan::single("deposit equity", vec![deposit]).steps)
        .await?;
    Ok(Done::new(moved, report))
}

pub async fn release(args: &ReleaseArgs, ctx: &Context) -> Result<Done<Moved>> {
    let found = args.which.find(ctx).await?;
    let held = found.account.data.held().map_err(SdkError::from)?;
    let mint = found.account.data.mint;
    let unit = found.unit(ctx).await?;
    let units = args.units.atoms(unit, held)?;
    let left = held
        .checked_sub(units)
        .ok_or(SdkError::from(upside_sdk::TokenError::UnitsExceedHeld))?;
    let release = instruction::release_equity(&found.token, &found.account, units)?;
    let steps = Plan::single("release equity", vec![release]).steps;
    let moved = Moved {
        what: "Release into the reserve",
        token: found.token.key.to_string(),
        symbol: found.symbol.clone(),
        claim: found.account.data.number,
        mint: mint.to_string(),
        units: Amount::new(units, unit),
        cost: None,
        held: Amount::new(left, unit),
    };
    let report = ctx.send_shown(&moved, &found.managed(ctx, steps)?).await?;
    Ok(Done::new(moved, report))
}

pub async fn sync(args: &SyncArgs, ctx: &Context) -> Result<Done<Moved>> {
    let found = args.which.find(ctx).await?;
    let (data, key) = (&found.account.data, found.account.key);
    let mint = fetch::mint(&ctx.client, &data.mint).await?;
    let unit = found.unit(ctx).await?;
    let vault = find_associated(&key, &mint.key, &mint.token_program).0;
    let balance = fetch::balance(&ctx.client, &vault).await?;
    let held = data.held().map_err(SdkError::from)?;
    let sync = instruction::sync_claim(&found.account, &mint.token_program);
    let steps = Plan::single("sync claim", vec![sync]).steps;
    let moved = Moved {
        what: if balance < held {
            "Book the loss of"
        } else {
            "Book the arrival of"
        },
        token: found.token.key.to_string(),
        symbol: found.symbol,
        claim: found.account.data.number,
        mint: mint.key.to_string(),
        units: Amount::new(balance.abs_diff(held), unit),
        cost: None,
        held: Amount::new(balance, unit),
    };
    let report = ctx.send_shown(&moved, &steps).await?;
    Ok(Done::new(moved, report))
}

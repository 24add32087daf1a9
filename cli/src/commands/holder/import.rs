//! `upside holder issue --file`: a cap table that was kept elsewhere, issued to its holders.

use {
    super::{
        issue::{Brought, brought},
        rows::{self, Row, Table},
    },
    crate::{
        context::Context,
        error::{CliError, Result},
        send::completed::{Done, Outcome},
        values::TokenQuery,
    },
    serde::Serialize,
    serde_with::{DisplayFromStr, serde_as},
    std::{collections::BTreeMap, path::Path},
    upside_math::SHARE_DECIMALS,
    upside_sdk::{
        Atoms, Pubkey, Shares,
        action::{self, Issue},
        error::SdkError,
        fetch,
        inspect::Amount,
        state::{Account, Holder},
    },
    upside_view::style::grouped,
};

/// Most holders that are listed before somebody agrees.
const LISTED: usize = 12;

/// A holder of the table.
#[serde_as]
#[derive(Clone, Debug, Serialize)]
struct Line {
    #[serde_as(as = "DisplayFromStr")]
    wallet: Pubkey,
    shares: Amount,
    paid: Amount,
    /// Whether an earlier run issued them.
    before: bool,
}

/// A cap table, issued.
#[derive(Debug, Serialize)]
pub struct Imported {
    token: String,
    symbol: String,
    holders: Vec<Line>,
    /// Rows of the file that are nobody's: bearer tokens, shares that wait in rounds.
    left_out: Vec<String>,
    shares: Amount,
    paid: Amount,
    brings: Vec<Brought>,
    supply: Amount,
}

impl Outcome for Imported {
    fn title(&self) -> String {
        let new = self.holders.iter().filter(|line| !line.before).count();
        format!(
            "Issue {} shares of {} to {new} holders",
            grouped(&self.shares),
            self.symbol
        )
    }

    fn rows(&self) -> Vec<(&str, String)> {
        let new: Vec<_> = self.holders.iter().filter(|line| !line.before).collect();
        let mut rows: Vec<_> = new
            .iter()
            .take(LISTED)
            .map(|line| {
                let (shares, paid) = (grouped(&line.shares), grouped(&line.paid));
                (
                    "to",
                    format!("{} {shares} shares, paid {paid}", line.wallet),
                )
            })
            .collect();
        let more = new.len().saturating_sub(LISTED);
        if more > 0 {
            rows.push(("and", format!("{more} more")));
        }
        let before = self.holders.len().saturating_sub(new.len());
        if before > 0 {
            rows.push(("issued before", format!("{before} holders, not again")));
        }
        rows.extend(self.left_out.iter().map(|what| ("left out", what.clone())));
        rows.push(("paid", format!("{} in all", grouped(&self.paid))));
        rows.push(("brings", Brought::words(&self.brings)));
        rows.push((
            "supply",
            format!("{} shares after it", grouped(&self.supply)),
        ));
        rows
    }
}

/// What one holder of the table has on the chain.
fn is_issued(row: &Row, holder: Option<&Account<Holder>>) -> Result<bool, String> {
    let Some(holder) = holder.map(|found| &found.data) else {
        return Ok(false);
    };
    let shares = holder.shares.saturating_add(holder.warm);
    if shares == 0 {
        return Ok(false);
    }
    if (shares, holder.cost) == (row.shares.0, row.paid.0) {
        return Ok(true);
    }
    let has = Amount::new(shares, SHARE_DECIMALS);
    let wants = Amount::new(row.shares.0, SHARE_DECIMALS);
    Err(format!(
        "{}: {} has {has} shares already, and the table says {wants}, or another cost",
        row.place, row.wallet
    ))
}

/// The rows of which nothing is on the chain yet, and the lines of all.
async fn compared(
    ctx: &Context,
    token: &Pubkey,
    table: &Table,
    decimals: u8,
) -> Result<(Vec<Issue>, Vec<Line>)> {
    let holders = fetch::holders(&ctx.client, token).await?;
    let holders: BTreeMap<Pubkey, _> = holders
        .into_iter()
        .map(|one| (one.data.wallet, one))
        .collect();
    let (mut new, mut lines, mut errors) = (Vec::new(), Vec::new(), Vec::new());
    for row in &table.rows {
        match is_issued(row, holders.get(&row.wallet)) {
            Err(error) => errors.push(error),
            Ok(before) => {
                lines.push(Line {
                    wallet: row.wallet,
                    shares: Amount::new(row.shares.0, SHARE_DECIMALS),
                    paid: Amount::new(row.paid.0, decimals),
                    before,
                });
                if !before {
                    new.push(Issue {
                        wallet: row.wallet,
                        shares: row.shares,
                        paid: row.paid,
                    });
                }
            }
        }
    }
    rows::require_none(errors)?;
    Ok((new, lines))
}

fn sum(amounts: impl Iterator<Item = u64>) -> Result<u64> {
    let mut amounts = amounts;
    let sum = amounts.try_fold(0u64, u64::checked_add);
    sum.ok_or_else(|| CliError::usage("the table's sum is more than there can be", "see the file"))
}

pub async fn run(
    query: &TokenQuery,
    file: &Path,
    wallets: Option<&Path>,
    ctx: &Context,
) -> Result<Done<Imported>> {
    let token = ctx.token(query).await?;
    let symbol = ctx.symbol(&token).await?;
    let decimals = token.data.quote().decimals;
    let table = rows::read(file, wallets, decimals)?;
    let (new, holders) = compared(ctx, &token.key, &table, decimals).await?;
    let shares = Shares(sum(new.iter().map(|one| one.shares.0))?);
    let paid = Atoms(sum(new.iter().map(|one| one.paid.0))?);
    let supply = fetch::share_supply(&ctx.client, &token.key).await?;
    let supply = supply.checked_add(shares).map_err(SdkError::from)?;
    let payer = ctx.keys.payer()?;
    let (brings, steps) = if new.is_empty() {
        (Vec::new(), Vec::new())
    } else {
        let plan = action::issue(&ctx.client, &token, &payer, &new).await?;
        (brought(ctx, &token, &plan.quote)?, plan.steps)
    };
    let imported = Imported {
        token: token.key.to_string(),
        symbol,
        holders,
        left_out: table.left_out,
        shares: Amount::new(shares.0, SHARE_DECIMALS),
        paid: Amount::new(paid.0, decimals),
        brings,
        supply: Amount::new(supply.0, SHARE_DECIMALS),
    };
    let report = ctx.send_shown(&imported, &steps).await?;
    Ok(Done::new(imported, report))
}

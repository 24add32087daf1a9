use {
    super::{Which, decimals},
    crate::{
        context::Context,
        error::Result,
        report,
        style::{Column, cell, table},
        values::{TokenQuery, stamp},
    },
    serde::Serialize,
    std::fmt,
    upside_sdk::{
        fetch,
        inspect::{AmendmentReport, amendment_report},
        state::{Account, Amendment, PersonalToken},
    },
};

/// Show an amendment: what changes, and where the vote stands
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside amendment show ADA            the open one
  upside amendment show ADA 3")]
pub struct ShowArgs {
    #[command(flatten)]
    which: Which,
}

/// List the open amendment and those that were applied
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  upside amendment list ADA")]
pub struct ListArgs {
    /// The token
    token: TokenQuery,
}

/// One amendment.
#[derive(Debug, Serialize)]
pub struct Shown {
    token: String,
    symbol: String,
    #[serde(flatten)]
    amendment: AmendmentReport,
}

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(report::amendment(&self.symbol, &self.amendment).trim_start())
    }
}

/// All amendments that have an account.
#[derive(Debug, Serialize)]
pub struct Listed {
    token: String,
    symbol: String,
    amendments: Vec<AmendmentReport>,
}

impl fmt::Display for Listed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.amendments.is_empty() {
            return write!(f, "No amendments of {} are open or applied", self.symbol);
        }
        let columns = [
            Column::Numbers("number"),
            Column::Words("status"),
            Column::Words("changes"),
            Column::Words("from"),
            Column::Words("to"),
            Column::Words("applied, or until"),
        ];
        let rows = self.amendments.iter().map(|amendment| {
            vec![
                cell(amendment.number),
                cell(amendment.status),
                cell(amendment.changes),
                cell(report::figures(&amendment.before)),
                cell(report::figures(&amendment.after)),
                cell(stamp(amendment.applied_at.unwrap_or(amendment.expires_at))),
            ]
        });
        f.write_str(&table(&columns, rows.collect()))
    }
}

async fn of(
    ctx: &Context,
    token: &Account<PersonalToken>,
    amendment: &Account<Amendment>,
    now: i64,
) -> Result<AmendmentReport> {
    let owner = fetch::holder(&ctx.client, &token.key, &token.data.owner).await?;
    let owner_shares = owner.map_or(0, |holder| holder.data.shares);
    let change = amendment
        .data
        .change()
        .map_err(upside_sdk::error::SdkError::from)?;
    // A claim's account may be closed long after its terms were amended.
    let places = match decimals(ctx, token, change.claim()).await {
        Ok(places) => places,
        Err(_) => token.data.quote().decimals,
    };
    Ok(amendment_report(
        &token.data,
        amendment,
        owner_shares,
        places,
        now,
    )?)
}

pub async fn show(args: &ShowArgs, ctx: &Context) -> Result<Shown> {
    let found = args.which.find(ctx).await?;
    let now = ctx.now().await?;
    Ok(Shown {
        token: found.token.key.to_string(),
        amendment: of(ctx, &found.token, &found.amendment, now).await?,
        symbol: found.symbol,
    })
}

pub async fn list(args: &ListArgs, ctx: &Context) -> Result<Listed> {
    let token = ctx.token(&args.token).await?;
    let now = ctx.now().await?;
    let mut amendments = Vec::new();
    for amendment in fetch::amendments(&ctx.client, &token.key).await? {
        amendments.push(of(ctx, &token, &amendment, now).await?);
    }
    Ok(Listed {
        token: token.key.to_string(),
        symbol: ctx.symbol(&token).await?,
        amendments,
    })
}

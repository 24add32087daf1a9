use {
    super::{OfferingQuery, OfferingReport},
    crate::{
        context::Context,
        error::{CliError, Result},
        report::Names,
        style::{Column, cell, facts, heading, span, table},
        values::{TokenQuery, stamp},
    },
    serde::Serialize,
    std::fmt,
    upside_sdk::pass,
};

/// List all offerings of a token
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  upside offering list ADA")]
pub struct ListArgs {
    /// The token
    token: TokenQuery,
}

/// Show one offering with its passes
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  upside offering show ADA/0")]
pub struct ShowArgs {
    /// The offering: its address, or TOKEN/NUMBER
    offering: OfferingQuery,
}

/// All offerings of a token.
#[derive(Serialize)]
pub struct Offerings {
    token: String,
    symbol: String,
    offerings: Vec<OfferingReport>,
    #[serde(skip)]
    names: Names,
}

fn lifetime(seconds: u64) -> String {
    match i64::try_from(seconds) {
        Ok(0) => "no end".to_string(),
        Ok(seconds) => span(seconds),
        Err(_) => "no end".to_string(),
    }
}

fn given(offering: &OfferingReport) -> String {
    match offering.max_passes {
        Some(most) => format!("{} of {most}", offering.sold),
        None => offering.sold.to_string(),
    }
}

impl fmt::Display for Offerings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.offerings.is_empty() {
            return write!(f, "{} offers nothing yet", self.symbol);
        }
        let columns = [
            Column::Words("offering"),
            Column::Words("name"),
            Column::Numbers("tier"),
            Column::Words("asks"),
            Column::Numbers("units"),
            Column::Words("lifetime"),
            Column::Numbers("given"),
            Column::Words("status"),
        ];
        let rows = self.offerings.iter().map(|offering| {
            vec![
                cell(format!("{}/{}", self.symbol, offering.number)),
                cell(&offering.name),
                cell(offering.tier),
                cell(offering.asks(&self.names)),
                cell(offering.units),
                cell(lifetime(offering.lifetime_seconds)),
                cell(given(offering)),
                cell(if offering.open { "open" } else { "closed" }),
            ]
        });
        f.write_str(&table(&columns, rows.collect()))
    }
}

/// One offering.
#[derive(Serialize)]
pub struct Shown {
    token: String,
    symbol: String,
    #[serde(flatten)]
    offering: OfferingReport,
    wallets: Vec<PassLine>,
    #[serde(skip)]
    names: Names,
}

/// One wallet's pass.
#[derive(Serialize)]
struct PassLine {
    wallet: String,
    units: u64,
    used: u64,
    expires_at: Option<i64>,
}

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let offering = &self.offering;
        let mut rows = vec![
            ("offering", offering.offering.clone()),
            ("asks", offering.asks(&self.names)),
            ("tier", offering.tier.to_string()),
            ("units of a pass", offering.units.to_string()),
            ("lifetime", lifetime(offering.lifetime_seconds)),
            ("passes given", given(offering)),
            (
                "status",
                if offering.open { "open" } else { "closed" }.to_string(),
            ),
        ];
        let claim = |number| format!("claim {number} takes its part of payments");
        rows.extend(offering.claim.map(|number| ("revenue", claim(number))));
        rows.extend(offering.till.clone().map(|till| ("till", till)));
        let uri = Some(offering.uri.clone()).filter(|uri| !uri.is_empty());
        rows.extend(uri.map(|uri| ("more", uri)));
        writeln!(f, "{}/{}: {}", self.symbol, offering.number, offering.name)?;
        f.write_str(&facts(&rows))?;
        if self.wallets.is_empty() {
            return Ok(());
        }
        let columns = [
            Column::Words("wallet"),
            Column::Numbers("units left"),
            Column::Numbers("used"),
            Column::Words("good until"),
        ];
        let rows = self.wallets.iter().map(|pass| {
            let end = pass.expires_at.map_or_else(|| "no end".to_string(), stamp);
            vec![
                cell(&pass.wallet),
                cell(pass.units),
                cell(pass.used),
                cell(end),
            ]
        });
        f.write_str(&heading("Passes"))?;
        f.write_str(&table(&columns, rows.collect()))
    }
}

async fn names(ctx: &Context, offerings: &[OfferingReport]) -> Result<Names> {
    let mints = offerings.iter().filter_map(|one| one.mint.as_deref());
    Names::fetch(&ctx.client, mints).await
}

pub async fn list(args: &ListArgs, ctx: &Context) -> Result<Offerings> {
    let token = ctx.token(&args.token).await?;
    let found = pass::offerings(&ctx.client, &token.key).await?;
    let offerings = found
        .iter()
        .map(|offering| OfferingReport::new(&token.data, offering))
        .collect::<Result<Vec<_>, CliError>>()?;
    Ok(Offerings {
        token: token.key.to_string(),
        symbol: ctx.symbol(&token).await?,
        names: names(ctx, &offerings).await?,
        offerings,
    })
}

pub async fn show(args: &ShowArgs, ctx: &Context) -> Result<Shown> {
    let found = args.offering.find(ctx).await?;
    let offering = OfferingReport::new(&found.token.data, &found.offering)?;
    let passes = pass::passes(&ctx.client, &found.offering.key).await?;
    let wallets = passes.iter().map(|pass| PassLine {
        wallet: pass.data.wallet.to_string(),
        units: pass.data.units,
        used: pass.data.used,
        expires_at: (pass.data.expires_at != 0).then_some(pass.data.expires_at),
    });
    Ok(Shown {
        token: found.token.key.to_string(),
        symbol: found.symbol,
        names: names(ctx, std::slice::from_ref(&offering)).await?,
        offering,
        wallets: wallets.collect(),
    })
}

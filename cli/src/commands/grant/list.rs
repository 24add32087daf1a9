use {
    super::granted::Granted,
    crate::{
        context::Context,
        error::Result,
        select::grant::GrantSelector,
        values::{TokenQuery, stamp},
        views,
    },
    serde::Serialize,
    std::fmt,
    upside_sdk::Pubkey,
    upside_sdk::fetch,
    upside_view::{
        style::{self, Column, cell, facts, grouped, heading, listed, paint, table},
        text::Names,
    },
};

/// List all open offers and grants
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  upside grant list ADA")]
pub struct ListArgs {
    /// The token
    token: TokenQuery,
}

/// Show one grant: what has vested, what can be collected
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  upside grant show ADA 0")]
pub struct ShowArgs {
    #[command(flatten)]
    which: GrantSelector,
}

/// All grants of a token.
#[derive(Debug, Serialize)]
pub struct Grants {
    token: String,
    symbol: String,
    grants: Vec<Granted>,
}

impl fmt::Display for Grants {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(heading(&format!("Grants of {}", self.symbol)).trim_start())?;
        let columns = [
            Column::Numbers("grant"),
            Column::Words("beneficiary"),
            Column::Numbers("shares"),
            Column::Numbers("vested"),
            Column::Numbers("collected"),
            Column::Words("status"),
            Column::Words("ends"),
            Column::Words("revocable"),
        ];
        let rows = self.grants.iter().map(|one| {
            vec![
                cell(one.grant),
                cell(&one.beneficiary),
                cell(grouped(&one.shares)),
                cell(grouped(&one.vested)),
                cell(grouped(&one.collected)),
                cell(one.status),
                cell(stamp(one.ends_at)),
                cell(revocable(one)),
            ]
        });
        f.write_str(&table(&columns, rows.collect()))
    }
}

fn revocable(one: &Granted) -> &'static str {
    if one.revocable { "yes" } else { "no" }
}

/// One grant.
#[derive(Debug, Serialize)]
pub struct Shown {
    token: String,
    symbol: String,
    #[serde(flatten)]
    granted: Granted,
    #[serde(skip)]
    names: Names,
}

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let one = &self.granted;
        let title = format!("Grant {} of {}", one.grant, self.symbol);
        writeln!(f, "{}", paint(style::BOLD, title))?;
        let accepted = match one.accepted_at {
            Some(time) => ("accepted", stamp(time)),
            None => ("offer ends", stamp(one.expires_at)),
        };
        f.write_str(&facts(&[
            ("status", one.status.to_string()),
            accepted,
            ("beneficiary", one.beneficiary.clone()),
            ("granted", format!("{} shares", grouped(&one.shares))),
            ("vested", format!("{} shares", grouped(&one.vested))),
            ("collected", format!("{} shares", grouped(&one.collected))),
            (
                "collectable",
                format!("{} shares", grouped(&one.collectable)),
            ),
            (
                "with earnings",
                listed(&one.earned, |mint| self.names.of(mint)),
            ),
            (
                "unvested earnings",
                listed(&one.unvested_earned, |mint| self.names.of(mint)),
            ),
            ("from", stamp(one.start)),
            ("cliff", stamp(one.cliff_at)),
            ("ends", stamp(one.ends_at)),
            ("revocable", revocable(one).to_string()),
        ]))
    }
}

pub async fn list(args: &ListArgs, ctx: &Context) -> Result<Grants> {
    let token = ctx.token(&args.token).await?;
    let now = ctx.now().await?;
    let mut grants = Vec::new();
    for grant in fetch::grants(&ctx.client, &token.key).await? {
        grants.push(ctx.shown(Granted::new(&token.data, &grant, now)?));
    }
    Ok(Grants {
        token: token.key.to_string(),
        symbol: ctx.symbol(&token).await?,
        grants,
    })
}

pub async fn show(args: &ShowArgs, ctx: &Context) -> Result<Shown> {
    let found = args.which.find(ctx).await?;
    let granted = Granted::new(&found.token.data, &found.account, ctx.now().await?)?;
    let granted = ctx.shown(granted);
    let mints: Vec<Pubkey> = granted
        .earned
        .iter()
        .chain(&granted.unvested_earned)
        .map(|one| one.mint)
        .collect();
    let names = views::names(&ctx.client, mints).await?;
    Ok(Shown {
        token: found.token.key.to_string(),
        symbol: found.symbol,
        granted,
        names,
    })
}

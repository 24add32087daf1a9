use {
    crate::{
        context::Context, error::Result, select::round::RoundSelector, values::TokenQuery, views,
    },
    serde::{Serialize, Serializer},
    std::fmt,
    upside_math::SHARE_DECIMALS,
    upside_sdk::{
        error::SdkError,
        fetch,
        inspect::{Amount, RoundReport},
    },
    upside_view::{
        style::{Column, cell, grouped, heading, table},
        text::{self, TokenView},
    },
};

/// List all rounds of a token
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  upside round list ADA")]
pub struct ListArgs {
    /// The token
    token: TokenQuery,
}

/// Show one round with its contributions
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside round show ADA
  upside round show ADA --round 0")]
pub struct ShowArgs {
    #[command(flatten)]
    which: RoundSelector,
}

/// All rounds.
pub struct Rounds(TokenView);

impl Serialize for Rounds {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        text::parts(&self.0.report, &["token", "symbol", "rounds"]).serialize(serializer)
    }
}

impl fmt::Display for Rounds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(text::rounds(&self.0, &self.0.report.rounds).trim_start())
    }
}

/// One round.
#[derive(Serialize)]
pub struct Shown {
    token: String,
    symbol: String,
    #[serde(flatten)]
    round: Option<RoundReport>,
    /// Contributions that were neither taken back, collected nor refunded.
    open_contributions: Vec<Contribution>,
    #[serde(skip)]
    text: String,
}

/// What one backer put in.
#[derive(Debug, Serialize)]
struct Contribution {
    wallet: String,
    paid: Amount,
    shares: Amount,
}

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.text.trim_start())?;
        if self.open_contributions.is_empty() {
            return Ok(());
        }
        let columns = [
            Column::Words("backer"),
            Column::Numbers("paid"),
            Column::Numbers("shares"),
        ];
        let rows = self.open_contributions.iter().map(|one| {
            vec![
                cell(&one.wallet),
                cell(grouped(&one.paid)),
                cell(grouped(&one.shares)),
            ]
        });
        f.write_str(&heading("Contributions"))?;
        f.write_str(&table(&columns, rows.collect()))
    }
}

pub async fn list(args: &ListArgs, ctx: &Context) -> Result<Rounds> {
    Ok(Rounds(ctx.view(&args.token).await?))
}

pub async fn show(args: &ShowArgs, ctx: &Context) -> Result<Shown> {
    let found = args.which.find(ctx).await?;
    let number = found.account.data.number;
    let mut contributions = Vec::new();
    for one in fetch::contributions(&ctx.client, &found.account.key).await? {
        let shares = one.data.shares().map_err(SdkError::from)?;
        contributions.push(Contribution {
            wallet: one.data.wallet.to_string(),
            paid: Amount::new(one.data.paid, found.quote_decimals),
            shares: Amount::new(shares.0, SHARE_DECIMALS),
        });
    }
    let view = views::token(found.token, &ctx.client, &ctx.trust).await?;
    let round = view
        .report
        .rounds
        .iter()
        .find(|round| round.number == number);
    Ok(Shown {
        token: view.report.token.to_string(),
        symbol: found.symbol,
        text: text::rounds(&view, round),
        round: round.cloned(),
        open_contributions: contributions,
    })
}

use {
    super::granted::amounts_of,
    crate::{
        context::Context,
        error::Result,
        select::grant::GrantSelector,
        send::completed::{Done, Outcome},
        views,
    },
    serde::Serialize,
    upside_math::SHARE_DECIMALS,
    upside_sdk::Pubkey,
    upside_sdk::{
        action,
        event::TokenEvent,
        inspect::{Amount, MintAmount},
    },
    upside_view::{
        style::{grouped, listed},
        text::Names,
    },
};

/// Collect what has vested and what it earned, as beneficiary
///
/// Shares go to your holder account, which is opened if it is missing; dividends, of your
/// other shares too, to your wallet. A grant of which nothing is left is closed.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside -k helper.json grant collect ADA 0
  upside -k helper.json grant collect ADA 0 --dry-run   what it would bring")]
pub struct Args {
    #[command(flatten)]
    which: GrantSelector,
}

/// A grant collected.
#[derive(Debug, Serialize)]
pub struct Collected {
    token: String,
    symbol: String,
    grant: u64,
    beneficiary: String,
    shares: Amount,
    /// What these shares earned, by payout mint.
    earned: Vec<MintAmount>,
    /// What arrived in the wallet, by payout mint.
    paid: Vec<MintAmount>,
    closed: bool,
    #[serde(skip)]
    names: Names,
}

impl Outcome for Collected {
    fn title(&self) -> String {
        format!("Collect grant {} of {}", self.grant, self.symbol)
    }

    fn rows(&self) -> Vec<(&str, String)> {
        let mut rows = vec![
            ("to", self.beneficiary.clone()),
            ("shares", grouped(&self.shares)),
            ("earned", listed(&self.earned, |mint| self.names.of(mint))),
            ("paid", listed(&self.paid, |mint| self.names.of(mint))),
        ];
        if self.closed {
            rows.push(("closed", "nothing is left of it".to_string()));
        }
        rows
    }
}

pub async fn run(args: &Args, ctx: &Context) -> Result<Done<Collected>> {
    let found = args.which.find(ctx).await?;
    let (token, grant) = (&found.token, &found.account);
    let plan = action::collect_grant(&ctx.client, token, grant, &ctx.keys.payer()?).await?;
    let mut paid = plan.quote.paid.clone();
    let report = ctx.send(&plan.steps).await?;
    let (mut shares, mut closed) = (plan.quote.shares.0, false);
    for event in report.events() {
        match event {
            TokenEvent::GrantCollected(event) => shares = event.shares,
            TokenEvent::GrantClosed(_) => closed = true,
            TokenEvent::DividendCollected(event) => {
                let own = paid.iter_mut().find(|(mint, _)| *mint == event.mint);
                own.into_iter()
                    .for_each(|(_, atoms)| atoms.0 = event.amount);
            }
            _ => {}
        }
    }
    let earned = ctx.shown(amounts_of(&token.data, &plan.quote.earned)?);
    let paid = ctx.shown(amounts_of(&token.data, &paid)?);
    let mints: Vec<Pubkey> = paid.iter().map(|one| one.mint).collect();
    let collected = Collected {
        token: token.key.to_string(),
        symbol: found.symbol,
        grant: grant.data.number,
        beneficiary: grant.data.beneficiary.to_string(),
        shares: Amount::new(shares, SHARE_DECIMALS),
        names: views::names(&ctx.client, mints).await?,
        earned,
        paid,
        closed,
    };
    Ok(Done::new(collected, report))
}

use {
    super::{Which, paid_of},
    crate::{
        context::Context,
        done::{Done, Outcome},
        error::Result,
        report::Names,
        style::{grouped, listed},
    },
    serde::Serialize,
    upside_math::SHARE_DECIMALS,
    upside_sdk::{
        action::{self, Plan},
        event::TokenEvent,
        inspect::{Amount, MintAmount},
        instruction,
    },
};

/// Claim what has vested and was earned, for the beneficiary
///
/// Anybody may: shares and dividends go to the beneficiary. Where nothing is left, the
/// grant is closed, too.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside grant claim ADA 0
  upside grant claim ADA 0 --dry-run               what it would bring")]
pub struct ClaimArgs {
    #[command(flatten)]
    which: Which,
}

/// Close an empty grant: the rent goes back to who paid it
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  upside grant close ADA 0")]
pub struct CloseArgs {
    #[command(flatten)]
    which: Which,
}

/// A grant claimed.
#[derive(Debug, Serialize)]
pub struct Claimed {
    token: String,
    symbol: String,
    grant: u64,
    beneficiary: String,
    shares: Amount,
    paid: Vec<MintAmount>,
    closed: bool,
    #[serde(skip)]
    names: Names,
}

impl Outcome for Claimed {
    fn title(&self) -> String {
        format!("Claim grant {} of {}", self.grant, self.symbol)
    }

    fn rows(&self) -> Vec<(&str, String)> {
        let mut rows = vec![
            ("to", self.beneficiary.clone()),
            ("shares", grouped(&self.shares)),
            ("paid", listed(&self.paid, |mint| self.names.of(mint))),
        ];
        if self.closed {
            rows.push(("closed", "nothing is left of it".to_string()));
        }
        rows
    }
}

/// A grant closed.
#[derive(Debug, Serialize)]
pub struct Closed {
    token: String,
    symbol: String,
    grant: u64,
    rent_to: String,
}

impl Outcome for Closed {
    fn title(&self) -> String {
        format!("Close grant {} of {}", self.grant, self.symbol)
    }

    fn rows(&self) -> Vec<(&str, String)> {
        vec![("rent to", self.rent_to.clone())]
    }
}

pub async fn claim(args: &ClaimArgs, ctx: &Context) -> Result<Done<Claimed>> {
    let found = args.which.find(ctx).await?;
    let (token, grant) = (&found.token, &found.grant);
    let plan = action::claim_grant(&ctx.client, token, grant, &ctx.keys.payer()?).await?;
    let mut paid = plan.quote.paid.clone();
    let report = ctx.send(&plan.steps).await?;
    let (mut shares, mut closed) = (plan.quote.shares.0, false);
    for event in report.events() {
        match event {
            TokenEvent::GrantClaimed(event) => shares = event.shares,
            TokenEvent::GrantClosed(_) => closed = true,
            TokenEvent::GrantDividendClaimed(event) => {
                let own = paid.iter_mut().find(|(mint, _)| *mint == event.mint);
                own.into_iter()
                    .for_each(|(_, atoms)| atoms.0 = event.amount);
            }
            _ => {}
        }
    }
    let paid = paid_of(&token.data, &paid)?;
    let mints: Vec<&str> = paid.iter().map(|one| one.mint.as_str()).collect();
    let claimed = Claimed {
        token: token.key.to_string(),
        symbol: found.symbol,
        grant: grant.data.number,
        beneficiary: grant.data.beneficiary.to_string(),
        shares: Amount::new(shares, SHARE_DECIMALS),
        names: Names::fetch(&ctx.client, mints.into_iter()).await?,
        paid,
        closed,
    };
    Ok(Done::new(claimed, report))
}

pub async fn close(args: &CloseArgs, ctx: &Context) -> Result<Done<Closed>> {
    let found = args.which.find(ctx).await?;
    let close = instruction::close_grant(&found.grant, &found.holder);
    let report = ctx
        .send(&Plan::single("close grant", vec![close]).steps)
        .await?;
    let closed = Closed {
        token: found.token.key.to_string(),
        symbol: found.symbol,
        grant: found.grant.data.number,
        rent_to: found.grant.data.rent_payer.to_string(),
    };
    Ok(Done::new(closed, report))
}

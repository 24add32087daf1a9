use {
    crate::{
        context::Context,
        error::Result,
        select::grant::GrantSelector,
        send::completed::{Done, Outcome},
    },
    serde::Serialize,
    upside_math::SHARE_DECIMALS,
    upside_sdk::{action::Plan, inspect::Amount, instruction},
    upside_view::style::grouped,
};

/// End an offer: as owner, as its beneficiary, or as anybody after its end
///
/// What it kept of cap, yearly room and endowment is free again; the rent goes back to who
/// paid it. A grant that was accepted is revoked instead.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside grant cancel ADA 0                         as owner
  upside -k helper.json grant cancel ADA 0          decline, as beneficiary")]
pub struct CancelArgs {
    #[command(flatten)]
    which: GrantSelector,
}

/// Close a grant of which nothing is left: the rent goes back to who paid it
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  upside grant close ADA 0")]
pub struct CloseArgs {
    #[command(flatten)]
    which: GrantSelector,
}

/// An offer ended.
#[derive(Debug, Serialize)]
pub struct Cancelled {
    token: String,
    symbol: String,
    grant: u64,
    beneficiary: String,
    shares: Amount,
    rent_to: String,
}

impl Outcome for Cancelled {
    fn title(&self) -> String {
        format!("End the offer of grant {} of {}", self.grant, self.symbol)
    }

    fn rows(&self) -> Vec<(&str, String)> {
        vec![
            ("to", self.beneficiary.clone()),
            ("free again", format!("{} shares", grouped(&self.shares))),
            ("rent to", self.rent_to.clone()),
        ]
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

pub async fn cancel(args: &CancelArgs, ctx: &Context) -> Result<Done<Cancelled>> {
    let found = args.which.find(ctx).await?;
    let cancel = instruction::cancel_grant(&found.account, &ctx.keys.me()?);
    let steps = Plan::single("cancel grant", vec![cancel]).steps;
    let grant = &found.account.data;
    let cancelled = Cancelled {
        token: found.token.key.to_string(),
        symbol: found.symbol,
        grant: grant.number,
        beneficiary: grant.beneficiary.to_string(),
        shares: Amount::new(grant.shares, SHARE_DECIMALS),
        rent_to: grant.rent_payer.to_string(),
    };
    let report = ctx.send_shown(&cancelled, &steps).await?;
    Ok(Done::new(cancelled, report))
}

pub async fn close(args: &CloseArgs, ctx: &Context) -> Result<Done<Closed>> {
    let found = args.which.find(ctx).await?;
    let close = instruction::close_grant(&found.account);
    let steps = Plan::single("close grant", vec![close]).steps;
    let closed = Closed {
        token: found.token.key.to_string(),
        symbol: found.symbol,
        grant: found.account.data.number,
        rent_to: found.account.data.rent_payer.to_string(),
    };
    let report = ctx.send_shown(&closed, &steps).await?;
    Ok(Done::new(closed, report))
}

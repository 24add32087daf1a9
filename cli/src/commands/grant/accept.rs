use {
    super::granted::by_asset,
    crate::{
        context::Context,
        error::Result,
        select::grant::GrantSelector,
        send::completed::{Done, Outcome},
        values::stamp,
        views,
    },
    serde::Serialize,
    upside_math::SHARE_DECIMALS,
    upside_sdk::Pubkey,
    upside_sdk::{
        action,
        inspect::{Amount, MintAmount},
    },
    upside_view::{
        style::{grouped, listed, span},
        text::Names,
    },
};

/// Accept an offer, as its beneficiary: the shares are created
///
/// They count and earn from then on; shares and earnings are yours as they vest. While a
/// round escrows nothing is created: accept once it is closed.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside grant show ADA 0                           what is offered
  upside -k helper.json grant accept ADA 0")]
pub struct Args {
    #[command(flatten)]
    which: GrantSelector,
}

/// A grant accepted.
#[derive(Debug, Serialize)]
pub struct Accepted {
    token: String,
    symbol: String,
    grant: u64,
    beneficiary: String,
    shares: Amount,
    start: i64,
    cliff_seconds: u32,
    duration_seconds: u32,
    revocable: bool,
    /// What the shares bring into reserve and streams, out of the owner's endowment.
    brings: Vec<MintAmount>,
    #[serde(skip)]
    names: Names,
}

impl Outcome for Accepted {
    fn title(&self) -> String {
        format!("Accept grant {} of {}", self.grant, self.symbol)
    }

    fn rows(&self) -> Vec<(&str, String)> {
        let revocable = if self.revocable {
            "what has not vested"
        } else {
            "nothing"
        };
        vec![
            ("shares", grouped(&self.shares)),
            ("from", stamp(self.start)),
            ("cliff", span(i64::from(self.cliff_seconds))),
            ("over", span(i64::from(self.duration_seconds))),
            ("revocable", revocable.to_string()),
            ("brings", listed(&self.brings, |mint| self.names.of(mint))),
        ]
    }
}

pub async fn run(args: &Args, ctx: &Context) -> Result<Done<Accepted>> {
    let found = args.which.find(ctx).await?;
    let grant = &found.account.data;
    let plan = action::accept_grant(&ctx.client, &found.token, &found.account).await?;
    let parts = plan.quote.parts;
    let brings = ctx.shown(by_asset(&found.token.data, |place| {
        parts.of(place).unwrap_or_default()
    })?);
    let mints: Vec<Pubkey> = brings.iter().map(|one| one.mint).collect();
    let accepted = Accepted {
        token: found.token.key.to_string(),
        symbol: found.symbol.clone(),
        grant: grant.number,
        beneficiary: grant.beneficiary.to_string(),
        shares: Amount::new(grant.shares, SHARE_DECIMALS),
        start: grant.start,
        cliff_seconds: grant.cliff_seconds,
        duration_seconds: grant.duration_seconds,
        revocable: grant.revocable == 1,
        names: views::names(&ctx.client, mints).await?,
        brings,
    };
    let report = ctx.send(&plan.steps).await?;
    Ok(Done::new(accepted, report))
}

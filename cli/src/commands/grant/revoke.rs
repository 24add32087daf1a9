use {
    super::granted::{by_asset, by_mint},
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
        Atoms, action,
        error::SdkError,
        event::TokenEvent,
        inspect::{Amount, MintAmount},
    },
    upside_view::{
        style::{facts, grouped, listed},
        text::Names,
    },
};

/// Take back what has not vested, as owner: it is burned
///
/// What it brought goes back to your endowment, at most its part of the reserve now; what
/// it earned streams again to all holders. What has vested stays the beneficiary's. In a
/// wind-down anybody does it, with every grant.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside grant revoke ADA 0
  upside grant revoke ADA 0 --dry-run")]
pub struct Args {
    #[command(flatten)]
    which: GrantSelector,
}

/// A grant revoked.
#[derive(Debug, Serialize)]
pub struct Revoked {
    token: String,
    symbol: String,
    grant: u64,
    beneficiary: String,
    burned: Amount,
    vested: Amount,
    /// What goes back to the endowment, by mint.
    returned: Vec<MintAmount>,
    /// What streams again, by payout mint.
    streams_again: Vec<MintAmount>,
    #[serde(skip)]
    names: Names,
}

impl Outcome for Revoked {
    fn title(&self) -> String {
        format!("Revoke grant {} of {}", self.grant, self.symbol)
    }

    fn rows(&self) -> Vec<(&str, String)> {
        let amounts = |all: &[MintAmount]| listed(all, |mint| self.names.of(mint));
        vec![
            ("of", self.beneficiary.clone()),
            ("burned", format!("{} shares", grouped(&self.burned))),
            ("vested", format!("{} shares", grouped(&self.vested))),
            ("to the endowment", amounts(&self.returned)),
            ("streams again", amounts(&self.streams_again)),
        ]
    }
}

pub async fn run(args: &Args, ctx: &Context) -> Result<Done<Revoked>> {
    let found = args.which.find(ctx).await?;
    let (token, grant) = (&found.token, &found.account.data);
    let me = ctx.keys.me()?;
    let plan = action::revoke_grant(&ctx.client, token, &found.account, &me).await?;
    let amount = |atoms| Amount::new(atoms, SHARE_DECIMALS);
    let revocation = plan.quote;
    let returned = ctx.shown(by_asset(&token.data, |place| {
        revocation.returned.get(place).copied().unwrap_or_default()
    })?);
    let earned = revocation
        .earned
        .map(|earned| upside_math::payable(earned).0);
    let streams_again = ctx.shown(by_mint(&token.data, earned.map(|atoms| Atoms(atoms.0)))?);
    let mints = returned.iter().chain(&streams_again);
    let mints: Vec<Pubkey> = mints.map(|one| one.mint).collect();
    let vested = grant.vested(&token.data, ctx.now().await?);
    let mut revoked = Revoked {
        token: token.key.to_string(),
        symbol: found.symbol.clone(),
        grant: grant.number,
        beneficiary: grant.beneficiary.to_string(),
        burned: amount(revocation.burned),
        vested: amount(vested.map_err(SdkError::from)?),
        names: views::names(&ctx.client, mints).await?,
        returned,
        streams_again,
    };
    if ctx.binds() {
        ctx.ask(
            &format!("{}\n{}", revoked.title(), facts(&revoked.rows())),
            "Burn what has not vested?",
        )?;
    }
    let report = ctx.send(&plan.steps).await?;
    let landed = report.events().find_map(|event| match event {
        TokenEvent::GrantRevoked(event) => Some((event.burned, event.vested)),
        _ => None,
    });
    if let Some((burned, vested)) = landed {
        (revoked.burned, revoked.vested) = (amount(burned), amount(vested));
    }
    Ok(Done::new(revoked, report))
}

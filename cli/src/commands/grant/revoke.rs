use {
    super::Which,
    crate::{
        context::Context,
        done::{Done, Outcome},
        error::Result,
        send::Mode,
        style::{facts, grouped},
    },
    serde::Serialize,
    upside_math::SHARE_DECIMALS,
    upside_sdk::{action::Plan, error::SdkError, event::TokenEvent, inspect::Amount, instruction},
};

/// Take back what has not vested, as owner: it is burned
///
/// What has vested stays claimable.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside grant revoke ADA 0
  upside grant revoke ADA 0 --dry-run")]
pub struct Args {
    #[command(flatten)]
    which: Which,
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
}

impl Outcome for Revoked {
    fn title(&self) -> String {
        format!("Revoke grant {} of {}", self.grant, self.symbol)
    }

    fn rows(&self) -> Vec<(&str, String)> {
        vec![
            ("of", self.beneficiary.clone()),
            ("burned", format!("{} shares", grouped(&self.burned))),
            ("vested", format!("{} shares", grouped(&self.vested))),
        ]
    }
}

pub async fn run(args: &Args, ctx: &Context) -> Result<Done<Revoked>> {
    let found = args.which.find(ctx).await?;
    let grant = &found.grant.data;
    let amount = |atoms| Amount::new(atoms, SHARE_DECIMALS);
    let mut revoked = Revoked {
        token: found.token.key.to_string(),
        symbol: found.symbol,
        grant: grant.number,
        beneficiary: grant.beneficiary.to_string(),
        burned: amount(grant.unvested(found.now).map_err(SdkError::from)?),
        vested: amount(grant.vested(found.now).map_err(SdkError::from)?),
    };
    if ctx.mode == Mode::Send {
        ctx.output.ask(
            &format!("{}\n{}", revoked.title(), facts(&revoked.rows())),
            "Burn what has not vested?",
        )?;
    }
    let revoke = instruction::revoke_grant(&found.token, &found.grant);
    let report = ctx
        .send(&Plan::single("revoke grant", vec![revoke]).steps)
        .await?;
    let landed = report.events().find_map(|event| match event {
        TokenEvent::GrantRevoked(event) => Some((event.burned, event.vested)),
        _ => None,
    });
    if let Some((burned, vested)) = landed {
        (revoked.burned, revoked.vested) = (amount(burned), amount(vested));
    }
    Ok(Done::new(revoked, report))
}

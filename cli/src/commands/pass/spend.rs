use {
    crate::{
        commands::offering::OfferingQuery,
        context::Context,
        done::{Done, Outcome},
        error::{CliError, Result},
        keys,
        values::Address,
    },
    serde::Serialize,
    upside_sdk::{
        action::Plan,
        address::find_pass,
        event::TokenEvent,
        fetch, instruction,
        state::{Account, Pass},
    },
};

/// Use units of a pass up: its wallet and the till both sign
///
/// The till is the one that the offering names, or the owner. Neither side spends units
/// alone. Sign elsewhere with --sign-only and --signer where the keys are apart.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside -k fan.json pass use ADA/0 --till door.json
  upside -k door.json pass use ADA/0 --wallet fan.json --units 2")]
pub struct UseArgs {
    /// The offering: its address, or TOKEN/NUMBER
    offering: OfferingQuery,
    /// How many
    #[arg(long, default_value_t = 1)]
    units: u64,
    /// Whose pass it is [default: the keypair]
    #[arg(long, value_name = "KEYPAIR")]
    wallet: Option<Address>,
    /// Who takes the units: the offering's till, or the owner [default: the keypair]
    #[arg(long, value_name = "KEYPAIR")]
    till: Option<Address>,
}

/// Close a pass that is over; its rent returns to who paid it
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  upside -k fan.json pass close ADA/0")]
pub struct CloseArgs {
    /// The offering: its address, or TOKEN/NUMBER
    offering: OfferingQuery,
}

/// Units used up, or a pass closed.
#[derive(Debug, Serialize)]
pub struct Spent {
    #[serde(skip)]
    title: String,
    token: String,
    symbol: String,
    offering: String,
    number: u64,
    wallet: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    till: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    used: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    units: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rent_to: Option<String>,
}

impl Outcome for Spent {
    fn title(&self) -> String {
        format!("{} of {}/{}", self.title, self.symbol, self.number)
    }

    fn rows(&self) -> Vec<(&str, String)> {
        let mut rows = vec![("wallet", self.wallet.clone())];
        rows.extend(self.till.clone().map(|till| ("taken by", till)));
        rows.extend(self.units.map(|units| ("units left", units.to_string())));
        rows.extend(self.rent_to.clone().map(|payer| ("rent to", payer)));
        rows
    }
}

pub async fn take(args: &UseArgs, ctx: &Context) -> Result<Done<Spent>> {
    if args.wallet.is_none() && args.till.is_none() {
        return Err(CliError::usage(
            "a pass's wallet and a till both sign",
            "name the other one with --till KEYPAIR or --wallet KEYPAIR",
        ));
    }
    let wallet = ctx.wallet(args.wallet.as_ref())?;
    let till = ctx.wallet(args.till.as_ref())?;
    let found = args.offering.find(ctx).await?;
    let take = instruction::use_pass(&found.offering, &wallet, &till, args.units)?;
    let steps = Plan::single("use the pass", vec![take]).steps;
    let extra = keys::of_files(args.wallet.iter().chain(&args.till))?;
    let report = ctx.send_with(&steps, &extra).await?;
    let left = report.events().find_map(|event| match event {
        TokenEvent::PassUsed(event) => Some(event.units),
        _ => None,
    });
    let spent = Spent {
        title: format!("Use {} of a pass", args.units),
        token: found.token.key.to_string(),
        symbol: found.symbol,
        offering: found.offering.key.to_string(),
        number: found.offering.data.number,
        wallet: wallet.to_string(),
        till: Some(till.to_string()),
        used: Some(args.units),
        units: left,
        rent_to: None,
    };
    Ok(Done::new(spent, report))
}

pub async fn close(args: &CloseArgs, ctx: &Context) -> Result<Done<Spent>> {
    let me = ctx.keys.me()?;
    let found = args.offering.find(ctx).await?;
    let key = find_pass(&found.offering.key, &me).0;
    let pass: Account<Pass> = fetch::account(&ctx.client, &key, "pass").await?;
    let close = instruction::close_pass(&pass, &me);
    let report = ctx
        .send(&Plan::single("close the pass", vec![close]).steps)
        .await?;
    let spent = Spent {
        title: "Close a pass".to_string(),
        token: found.token.key.to_string(),
        symbol: found.symbol,
        offering: found.offering.key.to_string(),
        number: found.offering.data.number,
        wallet: me.to_string(),
        till: None,
        used: None,
        units: None,
        rent_to: Some(pass.data.rent_payer.to_string()),
    };
    Ok(Done::new(spent, report))
}

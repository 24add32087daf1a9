use {
    crate::{
        context::Context,
        error::{CliError, Result},
        keys,
        select::product::ProductQuery,
        send::completed::{Done, Outcome},
        values::{Address, whole},
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

/// Use units of a pass up: its wallet and the point of sale both sign
///
/// The point of sale is the one that the product names, or the owner. Neither side spends units
/// alone. Sign elsewhere with --sign-only and --signer where the keys are apart.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside -k fan.json pass use ADA/0 --point-of-sale door.json
  upside -k door.json pass use ADA/0 --wallet fan.json --units 2")]
pub struct UseArgs {
    /// The product: its address, or TOKEN/NUMBER
    product: ProductQuery,
    /// How many
    #[arg(long, default_value = "1", value_parser = whole)]
    units: u64,
    /// Whose pass it is [default: the keypair]
    #[arg(long, value_name = "KEYPAIR")]
    wallet: Option<Address>,
    /// Who takes the units: the product's point of sale, or the owner [default: the keypair]
    #[arg(long, value_name = "KEYPAIR")]
    point_of_sale: Option<Address>,
}

/// Close a pass that is over; its rent returns to who paid it
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  upside -k fan.json pass close ADA/0")]
pub struct CloseArgs {
    /// The product: its address, or TOKEN/NUMBER
    product: ProductQuery,
}

/// Units used up, or a pass closed.
#[derive(Debug, Serialize)]
pub struct Spent {
    #[serde(skip)]
    title: String,
    token: String,
    symbol: String,
    product: String,
    number: u64,
    wallet: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    point_of_sale: Option<String>,
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
        rows.extend(
            self.point_of_sale
                .clone()
                .map(|point_of_sale| ("taken by", point_of_sale)),
        );
        rows.extend(self.units.map(|units| ("units left", units.to_string())));
        rows.extend(self.rent_to.clone().map(|payer| ("rent to", payer)));
        rows
    }
}

pub async fn take(args: &UseArgs, ctx: &Context) -> Result<Done<Spent>> {
    if args.wallet.is_none() && args.point_of_sale.is_none() {
        return Err(CliError::usage(
            "a pass's wallet and a point of sale both sign",
            "name the other one with --point-of-sale KEYPAIR or --wallet KEYPAIR",
        ));
    }
    let wallet = ctx.wallet(args.wallet.as_ref())?;
    let point_of_sale = ctx.wallet(args.point_of_sale.as_ref())?;
    let found = args.product.find(ctx).await?;
    let take = instruction::use_pass(&found.account, &wallet, &point_of_sale, args.units)?;
    let steps = Plan::single("use the pass", vec![take]).steps;
    let extra = keys::of_files(args.wallet.iter().chain(&args.point_of_sale))?;
    let report = ctx.send_with(&steps, &extra).await?;
    let left = report.events().find_map(|event| match event {
        TokenEvent::PassUsed(event) => Some(event.units),
        _ => None,
    });
    let spent = Spent {
        title: format!("Use {} of a pass", args.units),
        token: found.token.key.to_string(),
        symbol: found.symbol,
        product: found.account.key.to_string(),
        number: found.account.data.number,
        wallet: wallet.to_string(),
        point_of_sale: Some(point_of_sale.to_string()),
        used: Some(args.units),
        units: left,
        rent_to: None,
    };
    Ok(Done::new(spent, report))
}

pub async fn close(args: &CloseArgs, ctx: &Context) -> Result<Done<Spent>> {
    let me = ctx.keys.me()?;
    let found = args.product.find(ctx).await?;
    let key = find_pass(&found.account.key, &me).0;
    let pass: Account<Pass> = fetch::account(&ctx.client, &key, "pass").await?;
    let close = instruction::close_pass(&pass, &me);
    let spent = Spent {
        title: "Close a pass".to_string(),
        token: found.token.key.to_string(),
        symbol: found.symbol,
        product: found.account.key.to_string(),
        number: found.account.data.number,
        wallet: me.to_string(),
        point_of_sale: None,
        used: None,
        units: None,
        rent_to: Some(pass.data.rent_payer.to_string()),
    };
    let report = ctx
        .send_shown(&spent, &Plan::single("close the pass", vec![close]).steps)
        .await?;
    Ok(Done::new(spent, report))
}

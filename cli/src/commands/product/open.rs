use {
    super::product_report::ProductReport,
    crate::{
        context::Context,
        error::{CliError, Result},
        send::completed::{Done, Outcome},
        values::{Address, Decimal, TokenQuery, duration, text, whole},
        views,
    },
    serde::Serialize,
    upside_sdk::{
        Pubkey,
        action::Plan,
        address::find_product,
        error::SdkError,
        inspect::Amount,
        instruction,
        state::{PassPrice, PersonalToken, ProductTerms},
    },
    upside_view::style::span,
};

/// Offer something, as owner: for a price, for shares held, or for shares burned
///
/// Its terms never change: for another price or tier, open another product. A linked
/// revenue claim takes its share of every payment, up to its total and its end; the rest
/// is paid to you. Shares burned leave the supply and bring their holder nothing but the
/// pass: what they would have redeemed for stays with the others.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside product open ADA \"Ten lessons\" --pay 500 --units 10 --lifetime 90d --claim 0
  upside product open ADA \"Backstage\" --hold 1000 --tier 2 --point-of-sale door.json
  upside product open ADA \"A portrait\" --burn 250 --max-passes 20")]
pub struct Args {
    /// The token
    token: TokenQuery,
    /// What is offered, up to 64 bytes
    #[arg(value_parser = text(64))]
    name: String,
    /// Price of a pass in the payout mint
    #[arg(long, value_name = "AMOUNT", group = "asks")]
    pay: Option<Decimal>,
    /// Registered shares that a wallet has to hold for as long as it uses its pass
    #[arg(long, value_name = "SHARES", group = "asks")]
    hold: Option<Decimal>,
    /// Registered shares that a pass burns
    #[arg(long, value_name = "SHARES", group = "asks")]
    burn: Option<Decimal>,
    /// Which payout mint is paid in [default: the quote currency]
    #[arg(long, value_name = "MINT", requires = "pay")]
    mint: Option<Address>,
    /// Units of a pass
    #[arg(long, default_value = "1", value_parser = whole)]
    units: u64,
    /// How long a pass lives [default: without end]
    #[arg(long, value_name = "SPAN", value_parser = lifetime)]
    lifetime: Option<u64>,
    /// Most passes that are ever given, renewals among them [default: no bound]
    #[arg(long, value_name = "NUMBER", value_parser = whole)]
    max_passes: Option<u64>,
    /// Your own rank among your products
    #[arg(long, default_value_t = 0)]
    tier: u8,
    /// Number of the revenue claim that takes its part of payments
    #[arg(long, value_name = "CLAIM", requires = "pay")]
    claim: Option<u64>,
    /// Who takes units besides you: a door, a shop, a service
    #[arg(long, value_name = "KEY")]
    point_of_sale: Option<Address>,
    /// Where it is described, up to 128 bytes
    #[arg(long, default_value = "", value_parser = text(128))]
    uri: String,
}

/// Something offered.
#[derive(Debug, Serialize)]
pub struct Opened {
    token: String,
    symbol: String,
    product: String,
    number: u64,
    name: String,
    kind: &'static str,
    price: Amount,
    mint: Option<String>,
    units: u64,
    lifetime_seconds: u64,
    #[serde(skip)]
    asks: String,
}

impl Outcome for Opened {
    fn title(&self) -> String {
        format!(
            "Open product {} of {}: {}",
            self.number, self.symbol, self.name
        )
    }

    fn rows(&self) -> Vec<(&str, String)> {
        let end = i64::try_from(self.lifetime_seconds).unwrap_or(i64::MAX);
        let end = if end == 0 {
            "without end".to_string()
        } else {
            span(end)
        };
        vec![
            ("product", self.product.clone()),
            ("asks", self.asks.clone()),
            ("units of a pass", self.units.to_string()),
            ("lifetime", end),
        ]
    }
}

fn lifetime(text: &str) -> Result<u64, String> {
    let seconds = duration(text)?;
    u64::try_from(seconds).map_err(|_| format!("{text:?} is no span of time"))
}

impl Args {
    fn asks(&self, ctx: &Context, token: &PersonalToken) -> Result<PassPrice> {
        let shares = |amount: &Decimal| amount.shares().map(|shares| shares.0);
        match (&self.pay, &self.hold, &self.burn) {
            (Some(price), ..) => {
                let mint = self
                    .mint
                    .as_ref()
                    .map_or(token.quote().mint, |mint| mint.key);
                let place = token.asset_of(&mint).map_err(SdkError::from)?;
                let asset = token.asset(place).map_err(SdkError::from)?;
                let price = price.atoms(ctx.unit_of(asset))?;
                Ok(PassPrice::Pay { mint, price })
            }
            (_, Some(amount), _) => Ok(PassPrice::Hold {
                shares: shares(amount)?,
            }),
            (.., Some(amount)) => Ok(PassPrice::Burn {
                shares: shares(amount)?,
            }),
            _ => Err(CliError::usage(
                "a product asks for something",
                "give one of --pay AMOUNT, --hold SHARES and --burn SHARES",
            )),
        }
    }
}

pub async fn run(args: &Args, ctx: &Context) -> Result<Done<Opened>> {
    let token = ctx.token(&args.token).await?;
    let point_of_sale = args.point_of_sale.as_ref();
    let terms = ProductTerms {
        name: args.name.clone(),
        uri: args.uri.clone(),
        tier: args.tier,
        asks: args.asks(ctx, &token.data)?,
        units: args.units,
        lifetime: args.lifetime.unwrap_or(0),
        max_passes: args.max_passes.unwrap_or(0),
        claim_number: args.claim,
        point_of_sale: point_of_sale
            .map_or_else(Pubkey::default, |point_of_sale| point_of_sale.key),
    };
    let number = token.data.products;
    let (kind, price, mint) = match terms.asks {
        PassPrice::Pay { mint, price } => {
            let place = token.data.asset_of(&mint).map_err(SdkError::from)?;
            let asset = token.data.asset(place).map_err(SdkError::from)?;
            ("pay", Amount::new(price, ctx.unit_of(asset)), Some(mint))
        }
        PassPrice::Hold { shares } => ("hold", Amount::new(shares, 6), None),
        PassPrice::Burn { shares } => ("burn", Amount::new(shares, 6), None),
    };
    let (units, lifetime_seconds) = (terms.units, terms.lifetime);
    let open = instruction::open_product(&token, &ctx.keys.payer()?, terms);
    let symbol = ctx.symbol(&token).await?;
    let names = views::names(&ctx.client, mint).await?;
    let asks = ProductReport::words(kind, &price, mint.as_ref(), &names);
    let opened = Opened {
        token: token.key.to_string(),
        symbol,
        product: find_product(&token.key, number).0.to_string(),
        number,
        name: args.name.clone(),
        kind,
        price,
        mint: mint.map(|mint| mint.to_string()),
        units,
        lifetime_seconds,
        asks,
    };
    let report = ctx
        .send_shown(&opened, &Plan::single("open the product", vec![open]).steps)
        .await?;
    Ok(Done::new(opened, report))
}

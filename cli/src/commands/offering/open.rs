use {
    super::OfferingReport,
    crate::{
        context::Context,
        done::{Done, Outcome},
        error::{CliError, Result},
        report::Names,
        style::span,
        values::{Address, Decimal, TokenQuery, duration, text},
    },
    serde::Serialize,
    upside_sdk::{
        Pubkey,
        action::Plan,
        address::find_offering,
        error::SdkError,
        inspect::Amount,
        instruction,
        state::{Asks, OfferingTerms, PersonalToken},
    },
};

/// Offer something, as owner: for a price, for shares held, or for shares burned
///
/// Its terms never change: for another price or tier, open another offering. A linked
/// revenue claim takes its share of every payment, up to its total and its end; the rest
/// is paid to you. Shares burned leave the supply and bring their holder nothing but the
/// pass: what they would have redeemed for stays with the others.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside offering open ADA \"Ten lessons\" --pay 500 --units 10 --lifetime 90d --claim 0
  upside offering open ADA \"Backstage\" --hold 1000 --tier 2 --till door.json
  upside offering open ADA \"A portrait\" --burn 250 --max-passes 20")]
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
    #[arg(long, default_value_t = 1)]
    units: u64,
    /// How long a pass lives [default: without end]
    #[arg(long, value_name = "SPAN", value_parser = lifetime)]
    lifetime: Option<u64>,
    /// Most passes that are ever given, renewals among them [default: no bound]
    #[arg(long, value_name = "NUMBER")]
    max_passes: Option<u64>,
    /// Your own rank among your offerings
    #[arg(long, default_value_t = 0)]
    tier: u8,
    /// Number of the revenue claim that takes its part of payments
    #[arg(long, value_name = "CLAIM", requires = "pay")]
    claim: Option<u64>,
    /// Who takes units besides you: a door, a shop, a service
    #[arg(long, value_name = "KEY")]
    till: Option<Address>,
    /// Where it is described, up to 128 bytes
    #[arg(long, default_value = "", value_parser = text(128))]
    uri: String,
}

/// Something offered.
#[derive(Debug, Serialize)]
pub struct Opened {
    token: String,
    symbol: String,
    offering: String,
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
            "Open offering {} of {}: {}",
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
            ("offering", self.offering.clone()),
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
    fn asks(&self, token: &PersonalToken) -> Result<Asks> {
        let shares = |amount: &Decimal| amount.shares().map(|shares| shares.0);
        match (&self.pay, &self.hold, &self.burn) {
            (Some(price), ..) => {
                let mint = self
                    .mint
                    .as_ref()
                    .map_or(token.quote().mint, |mint| mint.key);
                let place = token.asset_of(&mint).map_err(SdkError::from)?;
                let asset = token.asset(place).map_err(SdkError::from)?;
                let price = price.atoms(asset.decimals)?;
                Ok(Asks::Pay { mint, price })
            }
            (_, Some(amount), _) => Ok(Asks::Hold {
                shares: shares(amount)?,
            }),
            (.., Some(amount)) => Ok(Asks::Burn {
                shares: shares(amount)?,
            }),
            _ => Err(CliError::usage(
                "an offering asks for something",
                "give one of --pay AMOUNT, --hold SHARES and --burn SHARES",
            )),
        }
    }
}

pub async fn run(args: &Args, ctx: &Context) -> Result<Done<Opened>> {
    let token = ctx.token(&args.token).await?;
    let till = args.till.as_ref();
    let terms = OfferingTerms {
        name: args.name.clone(),
        uri: args.uri.clone(),
        tier: args.tier,
        asks: args.asks(&token.data)?,
        units: args.units,
        lifetime: args.lifetime.unwrap_or(0),
        max_passes: args.max_passes.unwrap_or(0),
        claim: args.claim,
        till: till.map_or_else(Pubkey::default, |till| till.key),
    };
    let number = token.data.offerings;
    let (kind, price, mint) = match terms.asks {
        Asks::Pay { mint, price } => {
            let place = token.data.asset_of(&mint).map_err(SdkError::from)?;
            let asset = token.data.asset(place).map_err(SdkError::from)?;
            (
                "pay",
                Amount::new(price, asset.decimals),
                Some(mint.to_string()),
            )
        }
        Asks::Hold { shares } => ("hold", Amount::new(shares, 6), None),
        Asks::Burn { shares } => ("burn", Amount::new(shares, 6), None),
    };
    let (units, lifetime_seconds) = (terms.units, terms.lifetime);
    let open = instruction::open_offering(&token, &ctx.keys.payer()?, terms);
    let symbol = ctx.symbol(&token).await?;
    let names = Names::fetch(&ctx.client, mint.iter().map(String::as_str)).await?;
    let report = ctx
        .send(&Plan::single("open the offering", vec![open]).steps)
        .await?;
    let asks = OfferingReport::words(kind, &price, mint.as_deref(), &names);
    let opened = Opened {
        token: token.key.to_string(),
        symbol,
        offering: find_offering(&token.key, number).0.to_string(),
        number,
        name: args.name.clone(),
        kind,
        price,
        mint,
        units,
        lifetime_seconds,
        asks,
    };
    Ok(Done::new(opened, report))
}

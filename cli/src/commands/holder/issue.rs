use {
    crate::{
        context::Context,
        error::Result,
        send::completed::{Done, Outcome},
        values::{Address, Decimal, TokenQuery},
    },
    serde::Serialize,
    upside_math::SHARE_DECIMALS,
    upside_sdk::{Atoms, action, fetch, inspect::Amount},
    upside_view::style::grouped,
};

/// Register new shares to a holder, as owner
///
/// The wallet's holder account is opened where it is missing: the owner may admit
/// anybody. The shares bring their part of every reserve asset and of what still streams
/// out of your endowment, so that nobody's part falls; what it lacks is deposited from your
/// accounts in the same transaction.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside token issue ADA 7kbn… 1000                  a gift
  upside holder issue ADA helper.json 500 --paid 50   for 50 paid elsewhere")]
pub struct Args {
    /// The token
    token: TokenQuery,
    /// Who receives the shares
    wallet: Address,
    /// How many shares
    shares: Decimal,
    /// What was paid for them elsewhere, in the quote currency
    #[arg(long, value_name = "AMOUNT", default_value = "0")]
    paid: Decimal,
}

/// What issued shares bring of an asset into reserve and streams.
#[derive(Debug, Serialize)]
pub struct Brought {
    mint: String,
    amount: Amount,
}

/// Shares issued.
#[derive(Debug, Serialize)]
pub struct Issued {
    token: String,
    symbol: String,
    wallet: String,
    shares: Amount,
    paid: Amount,
    opened: bool,
    brings: Vec<Brought>,
    supply: Amount,
}

impl Outcome for Issued {
    fn title(&self) -> String {
        format!("Issue {} shares of {}", grouped(&self.shares), self.symbol)
    }

    fn rows(&self) -> Vec<(&str, String)> {
        let opened = if self.opened {
            " (holder account opened)"
        } else {
            ""
        };
        let brings: Vec<_> = self
            .brings
            .iter()
            .map(|one| format!("{} of {}", grouped(&one.amount), one.mint))
            .collect();
        let brings = if brings.is_empty() {
            "nothing: reserve and streams are empty".to_string()
        } else {
            brings.join(", ")
        };
        vec![
            ("brings", brings),
            ("to", format!("{}{opened}", self.wallet)),
            ("paid", grouped(&self.paid)),
            (
                "supply",
                format!("{} shares after it", grouped(&self.supply)),
            ),
        ]
    }
}

pub async fn run(args: &Args, ctx: &Context) -> Result<Done<Issued>> {
    let shares = args.shares.shares()?;
    let token = ctx.token(&args.token).await?;
    let symbol = ctx.symbol(&token).await?;
    let decimals = token.data.quote().decimals;
    let paid = Atoms(args.paid.atoms(decimals)?);
    let wallet = args.wallet.key;
    let opened = fetch::holder(&ctx.client, &token.key, &wallet)
        .await?
        .is_none();
    let payer = ctx.keys.payer()?;
    let plan = action::issue(&ctx.client, &token, &payer, &wallet, shares, paid).await?;
    let supply = fetch::share_supply(&ctx.client, &token.key).await?;
    let supply = supply
        .checked_add(shares)
        .map_err(upside_sdk::error::SdkError::from)?;
    let listed = token
        .data
        .listed()
        .map_err(upside_sdk::error::SdkError::from)?;
    let brings = listed.iter().enumerate().filter_map(|(place, asset)| {
        let whole = plan.quote.parts.of(place).ok().filter(|atoms| *atoms > 0)?;
        Some(Brought {
            mint: asset.mint.to_string(),
            amount: Amount::new(whole, asset.decimals),
        })
    });
    let brings = brings.collect();
    let issued = Issued {
        token: token.key.to_string(),
        symbol,
        wallet: wallet.to_string(),
        shares: Amount::new(shares.0, SHARE_DECIMALS),
        paid: Amount::new(paid.0, decimals),
        opened,
        brings,
        supply: Amount::new(supply.0, SHARE_DECIMALS),
    };
    let report = ctx.send_shown(&issued, &plan.steps).await?;
    Ok(Done::new(issued, report))
}

use {
    crate::{
        context::Context,
        done::{Done, Outcome},
        error::Result,
        style::grouped,
        values::{Address, Decimal, TokenQuery},
    },
    serde::Serialize,
    solana_program::instruction::Instruction,
    upside_math::SHARE_DECIMALS,
    upside_sdk::{Atoms, action::Step, fetch, inspect::Amount, instruction},
};

/// Register new shares to a holder, as owner
///
/// The wallet's holder account is opened where it is missing: the owner may admit
/// anybody.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside token issue ADA 7kbn… 1000                 a gift
  upside holder issue ADA helper.json 500 --paid 50  for 50 paid elsewhere")]
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

/// Shares issued.
#[derive(Debug, Serialize)]
pub struct Issued {
    token: String,
    symbol: String,
    wallet: String,
    shares: Amount,
    paid: Amount,
    opened: bool,
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
        vec![
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
    let (owner, wallet) = (token.data.owner, args.wallet.key);
    let opened = fetch::holder(&ctx.client, &token.key, &wallet)
        .await?
        .is_none();
    let mut instructions: Vec<Instruction> = Vec::new();
    if opened {
        let payer = ctx.keys.payer()?;
        instructions.push(instruction::open_holder(
            &token.key, &payer, &owner, &wallet,
        ));
    }
    instructions.push(instruction::issue(&token, &wallet, shares, paid));
    let supply = fetch::share_supply(&ctx.client, &token.key).await?;
    let supply = supply
        .checked_add(shares)
        .map_err(upside_sdk::error::SdkError::from)?;
    let report = ctx.send(&[Step::new("issue shares", instructions)]).await?;
    let issued = Issued {
        token: token.key.to_string(),
        symbol,
        wallet: wallet.to_string(),
        shares: Amount::new(shares.0, SHARE_DECIMALS),
        paid: Amount::new(paid.0, decimals),
        opened,
        supply: Amount::new(supply.0, SHARE_DECIMALS),
    };
    Ok(Done::new(issued, report))
}

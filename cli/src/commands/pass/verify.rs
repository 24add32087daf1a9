use {
    crate::{
        context::Context,
        error::{CliError, Kind, Result},
        select::product::ProductQuery,
        values::{Address, stamp},
    },
    serde::Serialize,
    std::fmt,
    upside_sdk::pass,
    upside_view::style::{self, facts, paint},
};

/// Show a wallet's pass
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside pass show ADA/0
  upside pass show ADA/0 7kbn…")]
pub struct Args {
    /// The product: its address, or TOKEN/NUMBER
    product: ProductQuery,
    /// Whose pass [default: the keypair]
    wallet: Option<Address>,
}

/// Verify a wallet's pass: exit code 0 only where it is valid, 3 where it is not
///
/// By the chain's clock. Ask the wallet for a signature of its own before you believe
/// that it is theirs: `upside pass use` does, and takes a unit.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside pass verify ADA/0 7kbn…
  upside pass verify ADA/0 7kbn… --output json && open-the-door")]
pub struct VerifyArgs {
    /// The product: its address, or TOKEN/NUMBER
    product: ProductQuery,
    /// Whose pass
    wallet: Address,
}

/// What a pass is good for.
#[derive(Debug, Serialize)]
pub struct Checked {
    token: String,
    symbol: String,
    product: String,
    number: u64,
    wallet: String,
    valid: bool,
    status: String,
    units: Option<u64>,
    expires_at: Option<i64>,
    tier: Option<u8>,
    #[serde(skip)]
    words: &'static str,
}

impl fmt::Display for Checked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (sign, color) = if self.valid {
            ("✔", style::GOOD)
        } else {
            ("✘", style::BAD)
        };
        let (sign, words) = (paint(color, sign), paint(color, self.words));
        writeln!(f, "{sign} {}/{}: {words}", self.symbol, self.number)?;
        let mut rows = vec![("wallet", self.wallet.clone())];
        rows.extend(self.units.map(|units| ("units left", units.to_string())));
        rows.extend(self.tier.map(|tier| ("tier", tier.to_string())));
        rows.extend(self.expires_at.map(|time| ("good until", stamp(time))));
        if self.status == "ended" {
            rows.push(("why", "the shares that it locked were redeemed".to_string()));
        }
        f.write_str(&facts(&rows))
    }
}

async fn read(product: &ProductQuery, wallet: Option<&Address>, ctx: &Context) -> Result<Checked> {
    let wallet = ctx.wallet(wallet)?;
    let found = product.find(ctx).await?;
    let status = pass::verify(&ctx.client, &found.account, &wallet).await?;
    let standing = status.standing();
    Ok(Checked {
        token: found.token.key.to_string(),
        symbol: found.symbol,
        product: found.account.key.to_string(),
        number: found.account.data.number,
        wallet: wallet.to_string(),
        valid: status.is_valid(),
        status: status.name().replace(' ', "_"),
        units: standing.map(|pass| pass.units),
        expires_at: standing.and_then(|pass| pass.expires_at),
        tier: standing.map(|pass| pass.tier),
        words: status.name(),
    })
}

pub async fn check(args: &Args, ctx: &Context) -> Result<Checked> {
    read(&args.product, args.wallet.as_ref(), ctx).await
}

pub async fn run(args: &VerifyArgs, ctx: &Context) -> Result<()> {
    let checked = read(&args.product, Some(&args.wallet), ctx).await?;
    ctx.output.show(&checked)?;
    if checked.valid {
        return Ok(());
    }
    Err(CliError::Shown(Kind::Refused))
}

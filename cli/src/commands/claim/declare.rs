use {
    crate::{
        context::Context,
        error::{CliError, Result},
        send::completed::{Done, Outcome},
        values::{Address, Decimal, Document, Percent, TokenQuery, When, stamp, text},
    },
    serde::Serialize,
    upside_sdk::{
        action::Plan,
        address::find_claim,
        error::SdkError,
        inspect::Amount,
        instruction,
        state::{Account, ClaimTerms, PersonalToken},
    },
    upside_view::style::grouped,
};

/// Declare a right, as owner. It is looked through to, never priced
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// Real tokens, brought in with `claim deposit`
    Tokenized(TokenizedArgs),
    /// Equity on paper: pays when it exits
    Equity(EquityArgs),
    /// A share of revenue, up to a total and an end: both are required
    Revenue(RevenueArgs),
}

/// What every kind has.
#[derive(Debug, clap::Args)]
struct Common {
    /// The token
    token: TokenQuery,
    /// Issuer or source, up to 64 bytes
    #[arg(value_parser = text(64))]
    name: String,
    /// Evidence: a file to hash, or its SHA-256
    #[arg(long, value_name = "FILE_OR_HASH")]
    document: Option<Document>,
    /// Address of the evidence, up to 128 bytes
    #[arg(long, default_value = "", value_parser = text(128))]
    uri: String,
}

/// Declare tokenized equity, brought in with `claim deposit`
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  upside claim declare tokenized ADA \"Acme Inc.\" --uri https://acme.example/deed")]
pub struct TokenizedArgs {
    #[command(flatten)]
    common: Common,
}

/// Declare equity on paper: it pays when it exits
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  upside claim declare equity ADA \"Acme Inc.\" --units 1_000 --cost 2500 --document deed.pdf
  upside claim declare equity ADA \"SAFE\" --units 33.333 --value 9000 --document safe.pdf")]
pub struct EquityArgs {
    #[command(flatten)]
    common: Common,
    /// Units held: 1_000, or 33.333 with up to 9 decimals
    #[arg(long)]
    units: Decimal,
    /// Decimals of a unit [default: those of --units]
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u8).range(0..=9))]
    decimals: Option<u8>,
    /// What a unit is called, up to 16 bytes
    #[arg(long, default_value = "shares", value_parser = text(16))]
    unit: String,
    /// What all units cost, in the quote currency: it counts against holders only if the
    /// first round publishes it, or accepted attesters have said it for a notice period
    #[arg(long, value_name = "AMOUNT", default_value = "0")]
    cost: Decimal,
    /// What you hold all units to be worth, in the quote currency: shown, never used
    #[arg(long, value_name = "AMOUNT", default_value = "0")]
    value: Decimal,
}

/// Declare a share of revenue, up to a total and an end: both are required
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  upside claim declare revenue ADA \"Book royalties\" --share 15% --payer 7kbn… \\
      --total 20000 --ends 2030-12-31")]
pub struct RevenueArgs {
    #[command(flatten)]
    common: Common,
    /// Part of gross revenue, in percent
    #[arg(long, value_name = "PERCENT")]
    share: Percent,
    /// Who pays; anybody may [default: the owner]
    #[arg(long, value_name = "KEY")]
    payer: Option<Address>,
    /// Most that will ever be paid
    #[arg(long, value_name = "AMOUNT")]
    total: Decimal,
    /// First moment after the claim: a span from now, or a point in time
    #[arg(long, value_name = "TIME")]
    ends: When,
    /// Payout mint that it is paid in [default: the quote mint]
    #[arg(long, value_name = "MINT")]
    mint: Option<Address>,
}

/// A claim declared.
#[derive(Debug, Serialize)]
pub struct Declared {
    token: String,
    symbol: String,
    claim: u64,
    address: String,
    kind: &'static str,
    name: String,
    /// None where no document stands behind it.
    document: Option<String>,
    uri: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    units: Option<Amount>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cost: Option<Amount>,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<Amount>,
    #[serde(skip_serializing_if = "Option::is_none")]
    total: Option<Amount>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ends_at: Option<i64>,
}

impl Outcome for Declared {
    fn title(&self) -> String {
        let kind = match self.kind {
            "tokenized_equity" => "tokenized equity",
            "revenue_share" => "a share of revenue",
            _ => "equity",
        };
        format!("Declare claim {} of {}: {kind}", self.claim, self.symbol)
    }

    fn rows(&self) -> Vec<(&str, String)> {
        let mut rows = vec![
            ("name", self.name.clone()),
            ("address", self.address.clone()),
        ];
        rows.extend(self.units.as_ref().map(|units| ("units", grouped(units))));
        rows.extend(self.cost.as_ref().map(|cost| ("cost", grouped(cost))));
        rows.extend(self.value.as_ref().map(|value| ("value", grouped(value))));
        rows.extend(self.total.as_ref().map(|total| ("at most", grouped(total))));
        rows.extend(self.ends_at.map(|end| ("until", stamp(end))));
        let none = || "none".to_string();
        rows.push(("evidence", self.document.clone().unwrap_or_else(none)));
        if let Some(uri) = &self.uri {
            rows.push(("", uri.clone()));
        }
        rows
    }
}

pub async fn run(command: &Command, ctx: &Context) -> Result<Done<Declared>> {
    let common = match command {
        Command::Tokenized(args) => &args.common,
        Command::Equity(args) => &args.common,
        Command::Revenue(args) => &args.common,
    };
    let token = ctx.token(&common.token).await?;
    let terms = terms(command, common, &token, ctx).await?;
    let symbol = ctx.symbol(&token).await?;
    let number = token.data.claims;
    let mut declared = Declared {
        token: token.key.to_string(),
        symbol,
        claim: number,
        address: find_claim(&token.key, number).0.to_string(),
        kind: "tokenized_equity",
        name: common.name.clone(),
        document: common.document.map(|document| document.to_string()),
        uri: Some(common.uri.clone()).filter(|uri| !uri.is_empty()),
        units: None,
        cost: None,
        value: None,
        total: None,
        ends_at: None,
    };
    match &terms {
        ClaimTerms::TokenizedEquity { .. } => {}
        ClaimTerms::Equity {
            units,
            decimals,
            cost,
            value,
            ..
        } => {
            declared.kind = "equity";
            declared.units = Some(Amount::new(*units, *decimals));
            declared.cost = Some(Amount::new(*cost, token.data.quote().decimals));
            declared.value = Some(Amount::new(*value, token.data.quote().decimals));
        }
        ClaimTerms::RevenueShare {
            mint,
            total,
            ends_at,
            ..
        } => {
            declared.kind = "revenue_share";
            declared.total = Some(Amount::new(*total, decimals(&token, mint)?));
            declared.ends_at = Some(*ends_at);
        }
    }
    let declare = instruction::declare_claim(&token, &ctx.keys.payer()?, terms);
    let report = ctx
        .send(&Plan::single("declare claim", vec![declare]).steps)
        .await?;
    Ok(Done::new(declared, report))
}

async fn terms(
    command: &Command,
    common: &Common,
    token: &Account<PersonalToken>,
    ctx: &Context,
) -> Result<ClaimTerms> {
    let (name, uri) = (common.name.clone(), common.uri.clone());
    let document = common.document.unwrap_or(Document([0; 32])).0;
    Ok(match command {
        Command::Tokenized(_) => ClaimTerms::TokenizedEquity {
            name,
            uri,
            document,
        },
        Command::Equity(args) => ClaimTerms::Equity {
            name,
            unit_label: args.unit.clone(),
            decimals: args.decimals.unwrap_or(args.units.decimals()),
            units: args
                .units
                .atoms(args.decimals.unwrap_or(args.units.decimals()))?,
            cost: args.cost.atoms(token.data.quote().decimals)?,
            value: args.value.atoms(token.data.quote().decimals)?,
            uri,
            document,
        },
        Command::Revenue(args) => {
            let now = ctx.now().await?;
            let ends_at = args.ends.within_a_century(now)?;
            if ends_at <= now {
                let hint = "give an --ends in the future";
                return Err(CliError::usage("the claim would be over already", hint));
            }
            let mint = args
                .mint
                .as_ref()
                .map_or(token.data.quote().mint, |mint| mint.key);
            ClaimTerms::RevenueShare {
                name,
                share_bps: args.share.bps(),
                payer: args
                    .payer
                    .as_ref()
                    .map_or(token.data.owner, |payer| payer.key),
                mint,
                total: args.total.atoms(decimals(token, &mint)?)?,
                ends_at,
                uri,
                document,
            }
        }
    })
}

/// Decimals of a listed mint.
fn decimals(token: &Account<PersonalToken>, mint: &upside_sdk::Pubkey) -> Result<u8> {
    let asset = token
        .data
        .asset_of(mint)
        .and_then(|place| token.data.asset(place));
    Ok(asset.map_err(SdkError::from)?.decimals)
}

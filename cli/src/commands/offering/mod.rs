//! `upside offering`: what a person sells.

mod list;
mod open;

use {
    crate::{
        context::Context,
        done::{Done, Outcome},
        error::Result,
        report::Names,
        style::grouped,
        values::TokenQuery,
    },
    serde::Serialize,
    std::str::FromStr,
    upside_math::SHARE_DECIMALS,
    upside_sdk::{
        Pubkey,
        action::Plan,
        address::find_offering,
        error::SdkError,
        fetch,
        inspect::Amount,
        instruction,
        state::{Account, Offering, OfferingKind, PersonalToken, text},
    },
};

/// What a person sells: for a price, for shares held, for shares burned
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// Offer something, as owner
    Open(Box<open::Args>),
    /// List all offerings of a token
    List(list::ListArgs),
    /// Show one offering with its passes
    Show(list::ShowArgs),
    /// End an offering, as owner; its passes go on
    Close(CloseArgs),
}

pub async fn run(command: Command, ctx: &Context) -> Result<()> {
    let out = &ctx.output;
    match command {
        Command::Open(args) => out.show(&open::run(&args, ctx).await?),
        Command::List(args) => out.show(&list::list(&args, ctx).await?),
        Command::Show(args) => out.show(&list::show(&args, ctx).await?),
        Command::Close(args) => out.show(&close(&args, ctx).await?),
    }
}

/// How a person names an offering: its address, or `TOKEN/NUMBER`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OfferingQuery {
    /// Its address.
    Key(Pubkey),
    /// A token and the offering's number.
    Number(TokenQuery, u64),
}

impl FromStr for OfferingQuery {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if let Ok(key) = text.parse() {
            return Ok(OfferingQuery::Key(key));
        }
        let bad =
            || format!("{text:?} is no offering: write its address, or TOKEN/NUMBER as ADA/0");
        let (token, number) = text.rsplit_once('/').ok_or_else(bad)?;
        let number = number.parse().map_err(|_| bad())?;
        let Ok(token) = token.parse();
        Ok(OfferingQuery::Number(token, number))
    }
}

/// What the commands of an offering work on.
pub struct Found {
    /// The token.
    pub token: Account<PersonalToken>,
    /// The token's symbol.
    pub symbol: String,
    /// The offering.
    pub offering: Account<Offering>,
}

impl OfferingQuery {
    /// Fetches it.
    pub async fn find(&self, ctx: &Context) -> Result<Found> {
        let (token, offering) = match self {
            OfferingQuery::Key(key) => {
                let offering: Account<Offering> =
                    fetch::account(&ctx.client, key, "offering").await?;
                let token = fetch::token(&ctx.client, &offering.data.token).await?;
                (token, offering)
            }
            OfferingQuery::Number(token, number) => {
                let token = ctx.token(token).await?;
                let key = find_offering(&token.key, *number).0;
                let offering = fetch::account(&ctx.client, &key, "offering").await?;
                (token, offering)
            }
        };
        let symbol = ctx.symbol(&token).await?;
        Ok(Found {
            token,
            symbol,
            offering,
        })
    }
}

/// What an offering is, for people and scripts.
#[derive(Clone, Debug, Serialize)]
pub struct OfferingReport {
    pub offering: String,
    pub number: u64,
    pub name: String,
    pub tier: u8,
    pub kind: &'static str,
    pub price: Amount,
    /// Of a payment.
    pub mint: Option<String>,
    pub units: u64,
    pub lifetime_seconds: u64,
    pub sold: u64,
    pub max_passes: Option<u64>,
    pub passes: u64,
    pub claim: Option<u64>,
    pub till: Option<String>,
    pub open: bool,
    pub opened_at: i64,
    pub uri: String,
}

impl OfferingReport {
    /// Of an offering of `token`.
    pub fn new(token: &PersonalToken, offering: &Account<Offering>) -> Result<Self> {
        let data = &offering.data;
        let kind = data.kind().map_err(SdkError::from)?;
        let decimals = match kind {
            OfferingKind::Pay => {
                let place = token.asset_of(&data.mint).map_err(SdkError::from)?;
                token.asset(place).map_err(SdkError::from)?.decimals
            }
            OfferingKind::Hold | OfferingKind::Burn => SHARE_DECIMALS,
        };
        let named = |key: &Pubkey| (*key != Pubkey::default()).then(|| key.to_string());
        Ok(OfferingReport {
            offering: offering.key.to_string(),
            number: data.number,
            name: text::read(&data.name).to_string(),
            tier: data.tier,
            kind: match kind {
                OfferingKind::Pay => "pay",
                OfferingKind::Hold => "hold",
                OfferingKind::Burn => "burn",
            },
            price: Amount::new(data.price, decimals),
            mint: named(&data.mint),
            units: data.units,
            lifetime_seconds: data.lifetime,
            sold: data.sold,
            max_passes: (data.max_passes > 0).then_some(data.max_passes),
            passes: data.passes,
            claim: (data.linked == 1).then_some(data.claim),
            till: named(&data.till),
            open: data.status == 0,
            opened_at: data.opened_at,
            uri: text::read(&data.uri).to_string(),
        })
    }

    /// What it asks, in words.
    pub fn asks(&self, names: &Names) -> String {
        OfferingReport::words(self.kind, &self.price, self.mint.as_deref(), names)
    }

    /// As [`asks`](Self::asks), of its parts.
    pub fn words(kind: &str, price: &Amount, mint: Option<&str>, names: &Names) -> String {
        let price = grouped(price);
        match mint {
            Some(mint) => format!("pay {price} {}", names.of(mint)),
            None => format!("{kind} {price} shares"),
        }
    }
}

/// End an offering, as owner; its passes go on
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  upside offering close ADA/0")]
pub struct CloseArgs {
    /// The offering: its address, or TOKEN/NUMBER
    offering: OfferingQuery,
}

/// An offering closed.
#[derive(Debug, Serialize)]
pub struct Closed {
    token: String,
    symbol: String,
    offering: String,
    number: u64,
    passes: u64,
}

impl Outcome for Closed {
    fn title(&self) -> String {
        format!("Close offering {} of {}", self.number, self.symbol)
    }

    fn rows(&self) -> Vec<(&str, String)> {
        let passes = format!("{} go on", self.passes);
        vec![("offering", self.offering.clone()), ("passes", passes)]
    }
}

async fn close(args: &CloseArgs, ctx: &Context) -> Result<Done<Closed>> {
    let found = args.offering.find(ctx).await?;
    let close = instruction::close_offering(&found.token, &found.offering.key);
    let steps = Plan::single("close the offering", vec![close]).steps;
    let report = ctx.send(&steps).await?;
    let closed = Closed {
        token: found.token.key.to_string(),
        symbol: found.symbol,
        offering: found.offering.key.to_string(),
        number: found.offering.data.number,
        passes: found.offering.data.passes,
    };
    Ok(Done::new(closed, report))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_offering_is_an_address_or_a_token_with_a_number() {
        let key = Pubkey::new_unique();
        assert_eq!(key.to_string().parse(), Ok(OfferingQuery::Key(key)));
        let token = TokenQuery("ADA".to_string());
        assert_eq!("ADA/7".parse(), Ok(OfferingQuery::Number(token, 7)));
        for text in ["ADA", "ADA/", "ADA/x", "7", ""] {
            assert!(text.parse::<OfferingQuery>().is_err(), "{text:?}");
        }
    }
}

//! `upside product`: what a person sells.

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
        address::find_product,
        error::SdkError,
        fetch,
        inspect::Amount,
        instruction,
        state::{Account, PersonalToken, Product, ProductKind, ProductStatus, text},
    },
};

/// What a person sells: for a price, for shares held, for shares burned
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// Offer something, as owner
    Open(Box<open::Args>),
    /// List all products of a token
    List(list::ListArgs),
    /// Show one product with its passes
    Show(list::ShowArgs),
    /// End a product, as owner; its passes go on
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

/// How a person names a product: its address, or `TOKEN/NUMBER`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProductQuery {
    /// Its address.
    Key(Pubkey),
    /// A token and the product's number.
    Number(TokenQuery, u64),
}

impl FromStr for ProductQuery {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if let Ok(key) = text.parse() {
            return Ok(ProductQuery::Key(key));
        }
        let bad = || format!("{text:?} is no product: write its address, or TOKEN/NUMBER as ADA/0");
        let (token, number) = text.rsplit_once('/').ok_or_else(bad)?;
        let number = number.parse().map_err(|_| bad())?;
        let Ok(token) = token.parse();
        Ok(ProductQuery::Number(token, number))
    }
}

/// What the commands of a product work on.
pub struct Found {
    /// The token.
    pub token: Account<PersonalToken>,
    /// The token's symbol.
    pub symbol: String,
    /// The product.
    pub product: Account<Product>,
}

impl ProductQuery {
    /// Fetches it.
    pub async fn find(&self, ctx: &Context) -> Result<Found> {
        let (token, product) = match self {
            ProductQuery::Key(key) => {
                let product: Account<Product> = fetch::account(&ctx.client, key, "product").await?;
                let token = fetch::token(&ctx.client, &product.data.token).await?;
                (token, product)
            }
            ProductQuery::Number(token, number) => {
                let token = ctx.token(token).await?;
                let key = find_product(&token.key, *number).0;
                let product = fetch::account(&ctx.client, &key, "product").await?;
                (token, product)
            }
        };
        let symbol = ctx.symbol(&token).await?;
        Ok(Found {
            token,
            symbol,
            product,
        })
    }
}

/// What a product is, for people and scripts.
#[derive(Clone, Debug, Serialize)]
pub struct ProductReport {
    pub product: String,
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
    pub point_of_sale: Option<String>,
    pub open: bool,
    pub opened_at: i64,
    pub uri: String,
}

impl ProductReport {
    /// Of a product of `token`.
    pub fn new(token: &PersonalToken, product: &Account<Product>) -> Result<Self> {
        let data = &product.data;
        let kind = data.kind().map_err(SdkError::from)?;
        let decimals = match kind {
            ProductKind::Pay => {
                let place = token.asset_of(&data.mint).map_err(SdkError::from)?;
                token.asset(place).map_err(SdkError::from)?.decimals
            }
            ProductKind::Hold | ProductKind::Burn => SHARE_DECIMALS,
        };
        let named = |key: &Pubkey| (*key != Pubkey::default()).then(|| key.to_string());
        Ok(ProductReport {
            product: product.key.to_string(),
            number: data.number,
            name: text::read(&data.name).to_string(),
            tier: data.tier,
            kind: match kind {
                ProductKind::Pay => "pay",
                ProductKind::Hold => "hold",
                ProductKind::Burn => "burn",
            },
            price: Amount::new(data.price, decimals),
            mint: named(&data.mint),
            units: data.units,
            lifetime_seconds: data.lifetime,
            sold: data.sold,
            max_passes: (data.max_passes > 0).then_some(data.max_passes),
            passes: data.passes,
            claim: (data.linked == 1).then_some(data.claim),
            point_of_sale: named(&data.point_of_sale),
            open: data.status == ProductStatus::Open,
            opened_at: data.opened_at,
            uri: text::read(&data.uri).to_string(),
        })
    }

    /// What it asks, in words.
    pub fn asks(&self, names: &Names) -> String {
        ProductReport::words(self.kind, &self.price, self.mint.as_deref(), names)
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

/// End a product, as owner; its passes go on
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  upside product close ADA/0")]
pub struct CloseArgs {
    /// The product: its address, or TOKEN/NUMBER
    product: ProductQuery,
}

/// A product closed.
#[derive(Debug, Serialize)]
pub struct Closed {
    token: String,
    symbol: String,
    product: String,
    number: u64,
    passes: u64,
}

impl Outcome for Closed {
    fn title(&self) -> String {
        format!("Close product {} of {}", self.number, self.symbol)
    }

    fn rows(&self) -> Vec<(&str, String)> {
        let passes = format!("{} go on", self.passes);
        vec![("product", self.product.clone()), ("passes", passes)]
    }
}

async fn close(args: &CloseArgs, ctx: &Context) -> Result<Done<Closed>> {
    let found = args.product.find(ctx).await?;
    let close = instruction::close_product(&found.token, &found.product.key);
    let steps = Plan::single("close the product", vec![close]).steps;
    let report = ctx.send(&steps).await?;
    let closed = Closed {
        token: found.token.key.to_string(),
        symbol: found.symbol,
        product: found.product.key.to_string(),
        number: found.product.data.number,
        passes: found.product.data.passes,
    };
    Ok(Done::new(closed, report))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_product_is_an_address_or_a_token_with_a_number() {
        let key = Pubkey::new_unique();
        assert_eq!(key.to_string().parse(), Ok(ProductQuery::Key(key)));
        let token = TokenQuery("ADA".to_string());
        assert_eq!("ADA/7".parse(), Ok(ProductQuery::Number(token, 7)));
        for text in ["ADA", "ADA/", "ADA/x", "7", ""] {
            assert!(text.parse::<ProductQuery>().is_err(), "{text:?}");
        }
    }
}

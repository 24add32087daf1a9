//! Which product is meant.

use {
    super::selected::Selected,
    crate::{context::Context, error::Result, values::TokenQuery},
    std::str::FromStr,
    upside_sdk::{
        Pubkey, fetch,
        state::{Account, Product},
    },
};

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

impl ProductQuery {
    /// Fetches it.
    pub async fn find(&self, ctx: &Context) -> Result<Selected<Product>> {
        match self {
            ProductQuery::Key(key) => {
                let product: Account<Product> = fetch::account(&ctx.client, key, "product").await?;
                let token = fetch::token(&ctx.client, &product.data.token).await?;
                Selected::new(token, product, ctx).await
            }
            ProductQuery::Number(token, number) => Selected::numbered(token, *number, ctx).await,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_product_is_an_address_or_a_token_with_a_number() {
        let key = Pubkey::new_unique();
        assert_eq!(key.to_string().parse(), Ok(ProductQuery::Key(key)));
        let token = TokenQuery("ADA".to_string());
        assert_eq!("ADA/7".parse(), Ok(ProductQuery::Number(token, 7)));
        for text in ["ADA", "ADA/", "ADA/x", "7", ""] {
            assert!(text.parse::<ProductQuery>().is_err(), "{text:?}");
        }
    }
}

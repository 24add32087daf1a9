//! A product as it is shown.

use {
    crate::{context::Context, error::Result},
    serde::Serialize,
    serde_with::{DisplayFromStr, serde_as},
    upside_math::SHARE_DECIMALS,
    upside_sdk::{
        Pubkey,
        error::SdkError,
        inspect::Amount,
        state::{Account, PersonalToken, Product, ProductKind, ProductStatus, text},
    },
    upside_view::{style::grouped, text::Names},
};

/// What a product is, for people and scripts.
#[serde_as]
#[derive(Clone, Debug, Serialize)]
pub struct ProductReport {
    pub product: String,
    pub number: u64,
    pub name: String,
    pub tier: u8,
    pub kind: &'static str,
    pub price: Amount,
    /// Of a payment.
    #[serde_as(as = "Option<DisplayFromStr>")]
    pub mint: Option<Pubkey>,
    pub units: u64,
    pub lifetime_seconds: u64,
    pub sold: u64,
    pub max_passes: Option<u64>,
    pub passes: u64,
    pub claim: Option<u64>,
    pub point_of_sale: Option<String>,
    pub open: bool,
    pub opened_at: i64,
    pub uri: Option<String>,
}

impl ProductReport {
    /// Of a product of `token`.
    pub fn new(ctx: &Context, token: &PersonalToken, product: &Account<Product>) -> Result<Self> {
        let data = &product.data;
        let kind = data.kind().map_err(SdkError::from)?;
        let unit = match kind {
            ProductKind::Pay => {
                let place = token.asset_of(&data.mint).map_err(SdkError::from)?;
                ctx.unit_of(token.asset(place).map_err(SdkError::from)?)
            }
            ProductKind::Hold | ProductKind::Burn => SHARE_DECIMALS.into(),
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
            price: Amount::new(data.price, unit),
            mint: (data.mint != Pubkey::default()).then_some(data.mint),
            units: data.units,
            lifetime_seconds: data.lifetime,
            sold: data.sold,
            max_passes: (data.max_passes > 0).then_some(data.max_passes),
            passes: data.passes,
            claim: (data.linked == 1).then_some(data.claim),
            point_of_sale: named(&data.point_of_sale),
            open: data.status == ProductStatus::Open,
            opened_at: data.opened_at,
            uri: Some(text::read(&data.uri).to_string()).filter(|uri| !uri.is_empty()),
        })
    }

    /// What it asks, in words.
    pub fn asks(&self, names: &Names) -> String {
        ProductReport::words(self.kind, &self.price, self.mint.as_ref(), names)
    }

    /// As [`asks`](Self::asks), of its parts.
    pub fn words(kind: &str, price: &Amount, mint: Option<&Pubkey>, names: &Names) -> String {
        let price = grouped(price);
        match mint {
            Some(mint) => format!("pay {price} {}", names.of(mint)),
            None => format!("{kind} {price} shares"),
        }
    }
}

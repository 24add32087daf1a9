//! Which sale of a seller is meant.

use {
    super::only::only,
    crate::{
        context::Context,
        error::{CliError, Result},
    },
    upside_sdk::{
        Pubkey,
        error::SdkError,
        fetch,
        state::{Account, Sale},
    },
    upside_view::style::short,
};

/// A seller's sale by its number, or their only one.
pub async fn find(
    ctx: &Context,
    token: &Pubkey,
    seller: &Pubkey,
    number: Option<u64>,
) -> Result<Account<Sale>> {
    if let Some(number) = number {
        let found = fetch::sale(&ctx.client, token, seller, number).await;
        return found.map_err(|error| match error {
            SdkError::NotFound { what, .. } => {
                let query = format!("{number} of {seller}");
                SdkError::NotFound { what, query }.into()
            }
            error => error.into(),
        });
    }
    let own = of_seller(ctx, token, seller).await?;
    only(
        own.into_iter()
            .map(|sale| (sale.data.number, sale))
            .collect(),
        || {
            CliError::usage(
                format!("{} offers nothing", short(&seller.to_string())),
                "see `upside sale list TOKEN`",
            )
        },
        |numbers| {
            CliError::usage(
                format!(
                    "{} has several sales: {numbers}",
                    short(&seller.to_string())
                ),
                "name one with --number",
            )
        },
    )
}

/// A seller's sales, by number.
pub async fn of_seller(
    ctx: &Context,
    token: &Pubkey,
    seller: &Pubkey,
) -> Result<Vec<Account<Sale>>> {
    let mut sales = fetch::sales(&ctx.client, token).await?;
    sales.retain(|sale| sale.data.seller == *seller);
    sales.sort_by_key(|sale| sale.data.number);
    Ok(sales)
}

//! Which basket of a wallet is meant.

use {
    super::index::SelectedIndex,
    crate::{
        context::Context,
        error::{CliError, Result},
        values::{Address, IndexQuery},
    },
    upside_sdk::{
        error::SdkError,
        index::{Basket, fetch},
        state::Account,
    },
};

/// A basket under way.
#[derive(Debug, clap::Args)]
pub struct BasketSelector {
    /// The index
    index: IndexQuery,
    /// Number of the basket [default: the oldest]
    #[arg(long, value_name = "NUMBER")]
    basket: Option<u64>,
    /// Whose [default: the keypair]
    #[arg(long)]
    wallet: Option<Address>,
}

impl BasketSelector {
    /// Fetches it. Errors: `NotFound`.
    pub async fn find(&self, ctx: &Context) -> Result<(SelectedIndex, Account<Basket>)> {
        let index = SelectedIndex::of(&self.index, ctx).await?;
        let wallet = ctx.wallet(self.wallet.as_ref())?;
        let baskets = fetch::baskets(&ctx.client, &index.pool.index.key, Some(&wallet)).await?;
        let fits = |it: &Account<Basket>| self.basket.is_none_or(|number| number == it.data.nonce);
        let basket = baskets.into_iter().find(fits).ok_or_else(|| {
            let number = self
                .basket
                .map_or(String::new(), |number| format!(" number {number}"));
            CliError::Sdk(SdkError::NotFound {
                what: "basket",
                query: format!("{wallet} has none{number}"),
            })
        })?;
        Ok((index, basket))
    }
}

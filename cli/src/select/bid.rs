//! Which bid of a bidder is meant.

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
        state::{Account, Bid},
    },
    upside_view::style::short,
};

/// A bidder's bid by its number, or their only one.
pub async fn find(
    ctx: &Context,
    token: &Pubkey,
    bidder: &Pubkey,
    number: Option<u64>,
) -> Result<Account<Bid>> {
    if let Some(number) = number {
        let found = fetch::bid(&ctx.client, token, bidder, number).await;
        return found.map_err(|error| match error {
            SdkError::NotFound { what, .. } => {
                let query = format!("{number} of {bidder}");
                SdkError::NotFound { what, query }.into()
            }
            error => error.into(),
        });
    }
    let own = of_bidder(ctx, token, bidder).await?;
    only(
        own.into_iter().map(|bid| (bid.data.number, bid)).collect(),
        || {
            CliError::usage(
                format!("{} bids nothing", short(&bidder.to_string())),
                "see `upside bid list TOKEN`",
            )
        },
        |numbers| {
            CliError::usage(
                format!("{} has several bids: {numbers}", short(&bidder.to_string())),
                "name one with --number",
            )
        },
    )
}

/// A bidder's bids, by number.
pub async fn of_bidder(
    ctx: &Context,
    token: &Pubkey,
    bidder: &Pubkey,
) -> Result<Vec<Account<Bid>>> {
    let mut bids = fetch::bids(&ctx.client, token).await?;
    bids.retain(|bid| bid.data.bidder == *bidder);
    bids.sort_by_key(|bid| bid.data.number);
    Ok(bids)
}

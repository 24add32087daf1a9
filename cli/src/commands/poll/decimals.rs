//! Decimals of the numbers in a poll.

use {
    crate::{context::Context, error::Result},
    upside_sdk::{
        Pubkey,
        error::SdkError,
        fetch,
        inspect::PollDecimals,
        state::{Account, ClaimKind, PersonalToken},
    },
};

/// Decimals of the numbers in a poll about this claim: amounts are in the quote mint, of
/// revenue in the claim's; units of custody in the equity's.
pub async fn decimals(
    ctx: &Context,
    token: &Account<PersonalToken>,
    claim: Option<u64>,
) -> Result<PollDecimals> {
    let quote = token.data.quote().decimals;
    let Some(number) = claim else {
        return Ok(PollDecimals {
            amounts: quote,
            units: 0,
        });
    };
    let claim = fetch::claim(&ctx.client, &token.key, number).await?.data;
    Ok(match claim.kind().map_err(SdkError::from)? {
        ClaimKind::RevenueShare => {
            let place = token.data.asset_of(&claim.mint).map_err(SdkError::from)?;
            let asset = token.data.asset(place).map_err(SdkError::from)?;
            PollDecimals {
                amounts: asset.decimals,
                units: 0,
            }
        }
        // Nothing was ever brought into custody: the program refuses its auction.
        ClaimKind::TokenizedEquity if claim.mint == Pubkey::default() => PollDecimals {
            amounts: quote,
            units: 0,
        },
        ClaimKind::TokenizedEquity => PollDecimals {
            amounts: quote,
            units: fetch::mint(&ctx.client, &claim.mint).await?.decimals,
        },
        ClaimKind::Equity => PollDecimals {
            amounts: quote,
            units: claim.decimals,
        },
    })
}

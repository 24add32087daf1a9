//! Decimals of the numbers in a poll.

use {
    crate::{context::Context, error::Result},
    upside_sdk::{
        Pubkey,
        error::SdkError,
        fetch,
        inspect::{PollDecimals, Unit},
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
    let quote = Unit::from(token.data.quote().decimals);
    let Some(number) = claim else {
        return Ok(PollDecimals {
            amounts: quote,
            units: Unit::default(),
        });
    };
    let claim = fetch::claim(&ctx.client, &token.key, number).await?.data;
    Ok(match claim.kind().map_err(SdkError::from)? {
        ClaimKind::RevenueShare => {
            let place = token.data.asset_of(&claim.mint).map_err(SdkError::from)?;
            let asset = token.data.asset(place).map_err(SdkError::from)?;
            PollDecimals {
                amounts: ctx.unit_of(asset),
                units: Unit::default(),
            }
        }
        // Nothing was ever brought into custody: the program refuses its auction.
        ClaimKind::TokenizedEquity if claim.mint == Pubkey::default() => PollDecimals {
            amounts: quote,
            units: Unit::default(),
        },
        ClaimKind::TokenizedEquity => {
            let decimals = fetch::mint(&ctx.client, &claim.mint).await?.decimals;
            ctx.look_at(&[claim.mint]).await?;
            PollDecimals {
                amounts: quote,
                units: ctx.unit(&claim.mint, decimals),
            }
        }
        ClaimKind::Equity => PollDecimals {
            amounts: quote,
            units: claim.decimals.into(),
        },
    })
}

//! What somebody gets, and what others can do to it: shown before they pay.

use {
    super::{
        build::Sources,
        disclosure::Disclosure,
        rescale::rescaled,
        rounds::{RoundReport, round_report},
    },
    crate::report::{Amount, MintAmount, Percent},
    crate::{
        error::CoreError,
        quote::{self, ContributionQuote},
        state::{Account, PersonalToken, Round},
    },
    anchor_lang::prelude::Pubkey,
    serde::Serialize,
    upside_math::{SHARE_DECIMALS, Shares},
};

/// What shares stand for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Stake {
    /// The shares.
    pub shares: Amount,
    /// Percent of all shares.
    pub part: Percent,
    /// Percent of the cap: the part of claims that nobody makes smaller without a poll.
    pub fully_diluted: Percent,
    /// What they redeem for, by mint.
    pub redeems: Vec<MintAmount>,
}

/// What `shares` stand for while `supply` exist and the token is as given.
///
/// # Errors
/// `Refused` if the token's list does not decode.
///
/// # Example
/// ```no_run
/// # fn example(token: &upside_core::state::PersonalToken) -> Result<(), upside_core::error::CoreError> {
/// use upside_core::{Shares, inspect};
///
/// let stake = inspect::stake(token, Shares(token.supply), Shares(1_000_000))?;
/// println!("{} % of the cap", stake.fully_diluted);
/// # Ok(())
/// # }
/// ```
pub fn stake(token: &PersonalToken, supply: Shares, shares: Shares) -> Result<Stake, CoreError> {
    // Nothing redeems for nothing, and where the reserve is empty all do.
    let paid = quote::redemption(token, supply, shares, 0).unwrap_or_default();
    let paid = token.listed()?.iter().zip(paid);
    Ok(Stake {
        shares: Amount::new(shares.0, SHARE_DECIMALS),
        part: Percent::of(shares.0, supply.0),
        fully_diluted: Percent::of(shares.0, token.terms.supply_cap),
        redeems: paid
            .filter(|(_, atoms)| *atoms > 0)
            .map(|(asset, atoms)| MintAmount {
                mint: asset.mint,
                amount: Amount::new(atoms, asset.decimals),
            })
            .collect(),
    })
}

/// What somebody is about to do.
#[derive(Clone, Copy, Debug)]
pub enum Intent<'a> {
    /// They contribute to a round.
    Contribute {
        /// The round.
        round: &'a Account<Round>,
        /// What it brings.
        quote: &'a ContributionQuote,
    },
    /// They buy registered shares of others.
    Buy(Shares),
    /// They sell registered shares.
    Sell(Shares),
}

/// What somebody gets or gives, and what others can do to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Preview {
    /// The shares that change hands, right after it: in a round that escrows, if it closed
    /// now. Of shares that are sold, what they stood for.
    pub shares: Stake,
    /// All in the wallet's holder account, right after it.
    pub holding: Stake,
    /// The round that it goes into, and from whom its money came.
    pub round: Option<RoundReport>,
    /// What others can do to a holder, and when.
    pub disclosure: Disclosure,
}

/// The token as a contribution leaves it.
fn after(token: &PersonalToken, quote: &ContributionQuote) -> PersonalToken {
    let mut after = *token;
    after.supply = quote.supply.0;
    for (asset, reserve) in after.assets.iter_mut().zip(quote.reserve) {
        asset.reserve = reserve;
    }
    after
}

fn stakes(from: &Sources, wallet: &Pubkey, intent: &Intent) -> Result<(Stake, Stake), CoreError> {
    let token = &from.token.data;
    let mut holders = from.holders.iter().map(|holder| &holder.data);
    let own = holders.find(|holder| holder.wallet == *wallet);
    let own = own.map_or(0, |holder| holder.shares.saturating_add(holder.warm));
    let supply = Shares(from.minted()?);
    let (token, supply, shares, held) = match intent {
        Intent::Contribute { quote, .. } => {
            let bought = quote.purchase.shares;
            let held = own.saturating_add(bought.0);
            (after(token, quote), quote.supply, bought, held)
        }
        Intent::Buy(bought) => (*token, supply, *bought, own.saturating_add(bought.0)),
        Intent::Sell(sold) => (*token, supply, *sold, own.saturating_sub(sold.0)),
    };
    let held = stake(&token, supply, Shares(held))?;
    Ok((stake(&token, supply, shares)?, held))
}

/// What `wallet` gets or gives, and what others can do to it: the `disclosure` of the same
/// sources, completed by the caller.
///
/// # Errors
/// `Refused`, `WrongAccount` where the accounts do not add up.
pub fn build_preview(
    from: &Sources,
    wallet: &Pubkey,
    intent: Intent<'_>,
    disclosure: Disclosure,
) -> Result<Preview, CoreError> {
    let (shares, holding) = stakes(from, wallet, &intent)?;
    let (shares, holding) = (rescaled(shares, from), rescaled(holding, from));
    let round = match intent {
        Intent::Contribute { round, .. } => Some(round_report(round, from)?),
        Intent::Buy(_) | Intent::Sell(_) => None,
    };
    Ok(Preview {
        shares,
        holding,
        round,
        disclosure,
    })
}

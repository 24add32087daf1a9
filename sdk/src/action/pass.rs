use {
    super::{Plan, Step, account_for},
    crate::{
        address::{find_claim, find_holder, find_pass},
        error::SdkError,
        fetch, instruction,
        state::{Account, Claim, Offering, OfferingKind, PassArgs, PersonalToken},
    },
    anchor_lang::prelude::Pubkey,
    personal_token::error::TokenError,
    solana_rpc_client::nonblocking::rpc_client::RpcClient,
    upside_math::{Atoms, Cut, Shares},
};

/// What a pass takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PassPrice {
    /// A payment, and how it divides between the linked claim and the owner.
    Paid(Atoms, Cut),
    /// Registered shares, which stay the wallet's and are locked while the pass runs.
    Held(Shares),
    /// Registered shares, which are burned.
    Burned(Shares),
}

/// Gets a wallet a pass, or extends its pass, in the way that the offering asks. Makes
/// the owner's token account where it is missing.
///
/// # Errors
/// `Refused(OfferingNotOpen)`, `Refused(OfferingSoldOut)`, `Refused(TooFewShares)`,
/// `Refused(InsufficientShares)`, `Refused(Paused)`; `NotFound` (the linked claim); `Rpc`.
pub async fn buy_pass(
    client: &RpcClient,
    token: &Account<PersonalToken>,
    offering: &Account<Offering>,
    payer: &Pubkey,
    wallet: &Pubkey,
    args: PassArgs,
) -> Result<Plan<PassPrice>, SdkError> {
    let (kind, price) = (offering.data.kind()?, offering.data.price);
    offering.data.require_open(kind)?;
    let mut instructions = Vec::new();
    let quote = match kind {
        OfferingKind::Pay => {
            token.data.require_running()?;
            let asset = token
                .data
                .asset(token.data.asset_of(&offering.data.mint)?)?;
            instructions.extend(account_for(client, payer, &token.data.owner, asset).await?);
            let claim = linked(client, offering).await?;
            let now = fetch::clock(client).await?.unix_timestamp;
            let cut = offering
                .data
                .cut(claim.as_ref().map(|claim| &claim.data), now)?;
            PassPrice::Paid(Atoms(price), cut)
        }
        OfferingKind::Hold | OfferingKind::Burn => {
            let key = find_holder(&token.key, wallet).0;
            let holder = fetch::optional::<crate::state::Holder>(client, &key).await?;
            let free = match &holder {
                Some(holder) => holder.data.free()?,
                None => 0,
            };
            if kind == OfferingKind::Hold {
                token.data.require_active()?;
                let pass = find_pass(&offering.key, wallet).0;
                let pass = fetch::optional::<crate::state::Pass>(client, &pass).await?;
                let locked = match (&holder, &pass) {
                    (Some(holder), Some(pass)) => holder.data.holds(&pass.data),
                    _ => false,
                };
                if !locked && free < price {
                    return Err(TokenError::TooFewShares.into());
                }
            }
            if kind == OfferingKind::Burn && free < price {
                return Err(TokenError::InsufficientShares.into());
            }
            if kind == OfferingKind::Hold {
                PassPrice::Held(Shares(price))
            } else {
                token.data.require_running()?;
                PassPrice::Burned(Shares(price))
            }
        }
    };
    instructions.push(instruction::buy_pass(token, offering, payer, wallet, args)?);
    Ok(Plan {
        quote,
        steps: vec![Step::new("get the pass", instructions)],
    })
}

async fn linked(
    client: &RpcClient,
    offering: &Account<Offering>,
) -> Result<Option<Account<Claim>>, SdkError> {
    if offering.data.linked == 0 {
        return Ok(None);
    }
    let key = find_claim(&offering.data.token, offering.data.claim).0;
    fetch::account(client, &key, "claim").await.map(Some)
}

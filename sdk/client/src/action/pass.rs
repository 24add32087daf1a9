use {
    super::{Plan, Step, account_for},
    crate::{
        address::{find_claim, find_holder, find_pass},
        error::SdkError,
        fetch, instruction,
        state::{Account, Claim, PassInput, PersonalToken, Product, ProductKind},
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

/// Gets a wallet a pass, or extends its pass, in the way that the product asks. Makes
/// the owner's token account where it is missing.
///
/// # Errors
/// `Refused(ProductNotOpen)`, `Refused(ProductSoldOut)`, `Refused(TooFewShares)`,
/// `Refused(InsufficientShares)`, `Refused(Paused)`; `NotFound` (the linked claim); `Rpc`.
pub async fn buy_pass(
    client: &RpcClient,
    token: &Account<PersonalToken>,
    product: &Account<Product>,
    payer: &Pubkey,
    wallet: &Pubkey,
    args: PassInput,
) -> Result<Plan<PassPrice>, SdkError> {
    let (kind, price) = (product.data.kind()?, product.data.price);
    product.data.require_open(kind)?;
    let mut instructions = Vec::new();
    let quote = match kind {
        ProductKind::Pay => {
            token.data.require_running()?;
            let asset = token.data.asset(token.data.asset_of(&product.data.mint)?)?;
            instructions.extend(account_for(client, payer, &token.data.owner, asset).await?);
            let claim = linked(client, product).await?;
            let now = fetch::clock(client).await?.unix_timestamp;
            let cut = product
                .data
                .cut(claim.as_ref().map(|claim| &claim.data), now)?;
            PassPrice::Paid(Atoms(price), cut)
        }
        ProductKind::Hold | ProductKind::Burn => {
            let key = find_holder(&token.key, wallet).0;
            let holder = fetch::optional::<crate::state::Holder>(client, &key).await?;
            let free = match &holder {
                Some(holder) => holder.data.free()?,
                None => 0,
            };
            if kind == ProductKind::Hold {
                token.data.require_active()?;
                let pass = find_pass(&product.key, wallet).0;
                let pass = fetch::optional::<crate::state::Pass>(client, &pass).await?;
                let locked = match (&holder, &pass) {
                    (Some(holder), Some(pass)) => holder.data.holds(&pass.data),
                    _ => false,
                };
                if !locked && free < price {
                    return Err(TokenError::TooFewShares.into());
                }
            }
            if kind == ProductKind::Burn && free < price {
                return Err(TokenError::InsufficientShares.into());
            }
            if kind == ProductKind::Hold {
                PassPrice::Held(Shares(price))
            } else {
                token.data.require_running()?;
                PassPrice::Burned(Shares(price))
            }
        }
    };
    instructions.push(instruction::buy_pass(token, product, payer, wallet, args)?);
    Ok(Plan {
        quote,
        steps: vec![Step::new("get the pass", instructions)],
    })
}

async fn linked(
    client: &RpcClient,
    product: &Account<Product>,
) -> Result<Option<Account<Claim>>, SdkError> {
    if product.data.linked == 0 {
        return Ok(None);
    }
    let key = find_claim(&product.data.token, product.data.claim).0;
    fetch::account(client, &key, "claim").await.map(Some)
}

use {
    super::{Plan, Step, account_for, holder_for},
    crate::{
        error::SdkError,
        fetch, instruction, quote,
        state::{Account, BuyArgs, Grant, PersonalToken, Sale, Trade},
    },
    anchor_lang::prelude::Pubkey,
    personal_token::error::TokenError,
    solana_rpc_client::nonblocking::rpc_client::RpcClient,
    upside_math::{Atoms, Shares},
};

/// Buys `shares` of a sale, for what they cost and no more. Opens the buyer's holder
/// account where admission is open, and the seller's account of the quote mint.
///
/// # Errors
/// `Refused(SaleExpired)`, `Refused(NotBuyer)`, `Refused(SaleExceeded)`,
/// `Refused(SameAccount)` for one's own sale, `Refused(OwnerHolderRequired)`,
/// `Refused(ApprovalRequired)`, `Refused(TransferClosed)`; `Rpc`.
///
/// # Example
/// ```no_run
/// # async fn example(client: &upside_sdk::RpcClient, token: &upside_sdk::state::Account<upside_sdk::state::PersonalToken>, seller: &upside_sdk::Pubkey, me: &upside_sdk::Pubkey) -> Result<(), upside_sdk::error::SdkError> {
/// use upside_sdk::{Shares, action, fetch};
///
/// let sale = fetch::sale(client, &token.key, seller, 0).await?;
/// let plan = action::buy(client, token, &sale, me, Shares(5_000_000), i64::MAX).await?;
/// println!("{} quote atoms for 5 shares", plan.quote.payment);
/// # Ok(())
/// # }
/// ```
pub async fn buy(
    client: &RpcClient,
    token: &Account<PersonalToken>,
    sale: &Account<Sale>,
    buyer: &Pubkey,
    shares: Shares,
    deadline: i64,
) -> Result<Plan<Trade>, SdkError> {
    let now = fetch::clock(client).await?.unix_timestamp;
    if sale.data.seller == *buyer {
        return Err(TokenError::SameAccount.into());
    }
    sale.data.require(buyer, shares.0, now)?;
    let (owner, seller) = (token.data.owner, sale.data.seller);
    let selling = fetch::holder(client, &token.key, &seller)
        .await?
        .ok_or_else(|| SdkError::NotFound {
            what: "holder account of the seller",
            query: seller.to_string(),
        })?;
    let trade = quote::sale(&token.data, &sale.data, &selling.data, shares)?;
    let owner_holds = fetch::holder(client, &token.key, &owner).await?.is_some();
    if trade.royalty > 0 && !owner_holds && owner != *buyer {
        return Err(TokenError::OwnerHolderRequired.into());
    }
    let mut instructions: Vec<_> = holder_for(client, token, buyer, buyer)
        .await?
        .into_iter()
        .collect();
    let buying = fetch::holder(client, &token.key, buyer).await?;
    let buying = buying.map(|holder| holder.data).unwrap_or_default();
    let approval = if instruction::needs_approval(&token.data, &selling.data, &buying)? {
        let found = fetch::approval(client, &token.key, &seller, buyer).await?;
        Some(found.ok_or(TokenError::ApprovalRequired)?)
    } else {
        None
    };
    instructions.extend(account_for(client, buyer, &seller, token.data.quote()).await?);
    let args = BuyArgs {
        shares: shares.0,
        max_payment: trade.payment,
        deadline,
    };
    let approval = approval.as_ref();
    instructions.push(instruction::buy(
        token,
        sale,
        buyer,
        owner_holds,
        approval,
        args,
    ));
    Ok(Plan {
        quote: trade,
        steps: vec![Step::new("buy", instructions)],
    })
}

/// What claiming from a grant brings its beneficiary.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GrantClaim {
    /// Shares that have vested.
    pub shares: Shares,
    /// Dividends of the grant's shares, by payout mint.
    pub paid: Vec<(Pubkey, Atoms)>,
}

/// Claims what has vested of a grant and all its dividends, for its beneficiary, and
/// closes it where nothing is left. `payer` pays for missing token accounts.
///
/// # Errors
/// `Refused(NothingToClaim)`; `NotFound` for a holder account; `Rpc`.
pub async fn claim_grant(
    client: &RpcClient,
    token: &Account<PersonalToken>,
    grant: &Account<Grant>,
    payer: &Pubkey,
) -> Result<Plan<GrantClaim>, SdkError> {
    let now = fetch::clock(client).await?.unix_timestamp;
    let missing = |what, wallet: &Pubkey| SdkError::NotFound {
        what,
        query: wallet.to_string(),
    };
    let holder = fetch::holder(client, &token.key, &grant.key).await?;
    let holder = holder.ok_or_else(|| missing("holder account of the grant", &grant.key))?;
    let wallet = grant.data.beneficiary;
    let (mut claim, mut instructions) = (GrantClaim::default(), Vec::new());
    for (place, stream) in token.data.active_streams()?.iter().enumerate() {
        let dividend = quote::dividend(&token.data, &holder.data, place, now)?;
        if dividend.claimable.is_zero() {
            continue;
        }
        let asset = token.data.asset(usize::from(stream.asset))?;
        instructions.extend(account_for(client, payer, &wallet, asset).await?);
        instructions.push(instruction::claim_grant_dividend(
            token,
            grant,
            &asset.mint,
        )?);
        claim.paid.push((asset.mint, dividend.claimable));
    }
    match grant.data.claimable(&holder.data, now) {
        Ok(shares) => {
            let theirs = fetch::holder(client, &token.key, &wallet).await?;
            theirs.ok_or_else(|| missing("holder account of the beneficiary", &wallet))?;
            claim.shares = Shares(shares);
            instructions.push(instruction::claim_grant(grant));
        }
        Err(TokenError::NothingToClaim) if !claim.paid.is_empty() => {}
        Err(error) => return Err(error.into()),
    }
    if claim.shares.0 == holder.data.shares {
        instructions.push(instruction::close_grant(grant, &holder));
    }
    Ok(Plan {
        quote: claim,
        steps: vec![Step::new("claim grant", instructions)],
    })
}

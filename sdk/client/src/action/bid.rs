use {
    super::{
        Plan, Step, account_for, holder_for,
        sale::{BestFills, Fill, approval_for, required_holder},
    },
    crate::{
        error::{CoreError, SdkError},
        fetch, instruction, lookup_table, quote,
        state::{Account, Bid, BidTerms, FillBidArgs, PersonalToken, Trade},
    },
    anchor_lang::prelude::Pubkey,
    personal_token::error::TokenError,
    solana_rpc_client::nonblocking::rpc_client::RpcClient,
    upside_math::{Atoms, Shares},
};

/// Offers to buy registered shares. The quote is what the bid puts up, in quote atoms:
/// what it costs at most. Opens the bidder's holder account if admission is open.
///
/// # Errors
/// `Refused(ZeroAmount)`, `Refused(AmountTooSmall)`, `Refused(Overflow)`,
/// `Refused(NotAdmitted)`; `Rpc`.
///
/// # Example
/// ```no_run
/// # async fn example(client: &upside_sdk::RpcClient, token: &upside_sdk::state::Account<upside_sdk::state::PersonalToken>, me: &upside_sdk::Pubkey) -> Result<(), upside_sdk::error::SdkError> {
/// use upside_sdk::{Pubkey, action, fetch, state::BidTerms};
///
/// let terms = BidTerms {
///     number: 0,
///     shares: 100_000_000,
///     price: 250_000,
///     seller: Pubkey::default(), // anybody
///     expires_at: fetch::clock(client).await?.unix_timestamp + 30 * 86_400,
/// };
/// let plan = action::open_bid(client, token, me, me, terms).await?;
/// println!("{} quote atoms wait for sellers", plan.quote);
/// # Ok(())
/// # }
/// ```
pub async fn open_bid(
    client: &RpcClient,
    token: &Account<PersonalToken>,
    payer: &Pubkey,
    bidder: &Pubkey,
    terms: BidTerms,
) -> Result<Plan<Atoms>, SdkError> {
    let escrow = Atoms(terms.escrow()?);
    let open = holder_for(client, token, payer, bidder).await?;
    let mut instructions: Vec<_> = open.into_iter().collect();
    instructions.push(instruction::open_bid(token, payer, bidder, terms));
    Ok(Plan {
        quote: escrow,
        steps: vec![Step::new("open bid", instructions)],
    })
}

/// Ends a bid: the bidder's own, or anybody's that has expired. The quote is what goes back
/// to the bidder, in quote atoms. Opens their account of the quote mint if it is missing.
///
/// # Errors
/// `Refused(BidNotExpired)`; `Rpc`.
pub async fn cancel_bid(
    client: &RpcClient,
    token: &Account<PersonalToken>,
    bid: &Account<Bid>,
    authority: &Pubkey,
) -> Result<Plan<Atoms>, SdkError> {
    let now = fetch::clock(client).await?.unix_timestamp;
    let bidder = bid.data.bidder;
    if *authority != bidder && now <= bid.data.expires_at {
        return Err(TokenError::BidNotExpired.into());
    }
    let account = account_for(client, authority, &bidder, token.data.quote()).await?;
    let mut instructions: Vec<_> = account.into_iter().collect();
    instructions.push(instruction::cancel_bid(token, bid, authority));
    Ok(Plan {
        quote: Atoms(bid.data.escrow),
        steps: vec![Step::new("cancel bid", instructions)],
    })
}

/// Sells `shares` into a bid, for what it pays now and no less. Opens the seller's account
/// of the quote mint if it is missing.
///
/// # Errors
/// `Refused(BidExpired)`, `Refused(NotSeller)`, `Refused(BidExceeded)`,
/// `Refused(AmountTooSmall)`, `Refused(SameAccount)` for one's own bid,
/// `Refused(InsufficientShares)`, `Refused(ApprovalRequired)`, `Refused(TransferClosed)`;
/// `NotFound` without a holder account; `Rpc`.
pub async fn fill_bid(
    client: &RpcClient,
    token: &Account<PersonalToken>,
    bid: &Account<Bid>,
    seller: &Pubkey,
    shares: Shares,
    deadline: i64,
) -> Result<Plan<Trade>, SdkError> {
    let now = fetch::clock(client).await?.unix_timestamp;
    let bidder = bid.data.bidder;
    if bidder == *seller {
        return Err(TokenError::SameAccount.into());
    }
    bid.data.require(seller, shares.0, now)?;
    let selling = required_holder(client, token, seller, "holder account").await?;
    let selling = selling.warmed(now)?;
    selling.require_free(shares.0)?;
    let buying = required_holder(client, token, &bidder, "holder account of the bidder").await?;
    let trade = quote::bid(&token.data, &bid.data, &selling, shares, now)?;
    let approval = approval_for(client, token, (seller, &selling), (&bidder, &buying)).await?;
    let account = account_for(client, seller, seller, token.data.quote()).await?;
    let mut instructions: Vec<_> = account.into_iter().collect();
    let args = FillBidArgs {
        shares: shares.0,
        min_proceeds: trade.proceeds()?,
        deadline,
    };
    let approval = approval.as_ref();
    instructions.push(instruction::fill_bid(token, bid, seller, approval, args));
    Ok(Plan {
        quote: trade,
        steps: vec![Step::new("sell", instructions)],
    })
}

/// Sells `shares` where they bring most, into as many bids as it takes and in as few
/// transactions as fit, for at least `min_proceeds` quote atoms in all: each sale is bound
/// to what it brings now. Passes over bids that `seller` cannot sell into, and what would
/// round to nothing.
///
/// # Errors
/// `Refused(BidExceeded)` if fewer are wanted; `Refused(Slippage)` if they bring less;
/// `Refused(InsufficientShares)`, `Refused(ZeroAmount)`; `NotFound` without a holder
/// account; `Rpc`.
///
/// # Example
/// ```no_run
/// # async fn example(client: &upside_sdk::RpcClient, token: &upside_sdk::state::Account<upside_sdk::state::PersonalToken>, me: &upside_sdk::Pubkey) -> Result<(), upside_sdk::error::SdkError> {
/// use upside_sdk::{Atoms, Shares, action};
///
/// let (shares, least) = (Shares(5_000_000), Atoms(20_000_000));
/// let plan = action::sell_best(client, token, me, shares, least, i64::MAX).await?;
/// println!("{} quote atoms", plan.quote.proceeds()?);
/// # Ok(())
/// # }
/// ```
pub async fn sell_best(
    client: &RpcClient,
    token: &Account<PersonalToken>,
    seller: &Pubkey,
    shares: Shares,
    min_proceeds: Atoms,
    deadline: i64,
) -> Result<Plan<BestFills>, SdkError> {
    if shares.is_zero() {
        return Err(TokenError::ZeroAmount.into());
    }
    let now = fetch::clock(client).await?.unix_timestamp;
    let mut best = BestFills::default();
    let selling = required_holder(client, token, seller, "holder account").await?;
    let mut selling = selling.warmed(now)?;
    selling.require_free(shares.0)?;
    let account = account_for(client, seller, seller, token.data.quote()).await?;
    let mut instructions: Vec<_> = account.into_iter().collect();
    let mut approved = Vec::new();
    for bid in fetch::bids(client, &token.key).await? {
        let left = shares.checked_sub(best.shares)?;
        if left.is_zero() {
            break;
        }
        let (bidder, part) = (bid.data.bidder, left.0.min(bid.data.shares));
        if bidder == *seller {
            continue;
        }
        if let Err(error) = bid.data.require(seller, part, now) {
            best.skipped.push((bid.key, error));
            continue;
        }
        let buying = required_holder(client, token, &bidder, "holder account of the bidder");
        let buying = buying.await?;
        let approval =
            match approval_for(client, token, (seller, &selling), (&bidder, &buying)).await {
                Ok(approval) => approval,
                Err(SdkError::Refused(error)) => {
                    best.skipped.push((bid.key, error));
                    continue;
                }
                Err(error) => return Err(error),
            };
        // An approval is good for one move, and for no more than it says.
        if approval.is_some() && approved.contains(&bidder) {
            best.skipped.push((bid.key, TokenError::ApprovalRequired));
            continue;
        }
        let most = approval.as_ref().map_or(part, |it| it.data.shares);
        let part = part.min(most);
        let trade = match quote::bid(&token.data, &bid.data, &selling, Shares(part), now) {
            Ok(trade) => trade,
            Err(CoreError::Refused(error)) => {
                best.skipped.push((bid.key, error));
                continue;
            }
            Err(error) => return Err(error.into()),
        };
        let args = FillBidArgs {
            shares: part,
            min_proceeds: trade.proceeds()?,
            deadline,
        };
        let approval = approval.as_ref();
        instructions.push(instruction::fill_bid(token, &bid, seller, approval, args));
        approved.push(bidder);
        selling = selling.after(&trade)?;
        best.push(Fill {
            offer: bid.key,
            wallet: bidder,
            number: bid.data.number,
            price: bid.data.price,
            trade,
        })?;
    }
    if best.shares < shares {
        return Err(TokenError::BidExceeded.into());
    }
    if best.proceeds()? < min_proceeds {
        return Err(TokenError::Slippage.into());
    }
    Ok(Plan {
        quote: best,
        steps: lookup_table::pack(client, seller, "sell", instructions).await?,
    })
}

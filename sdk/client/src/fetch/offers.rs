use {
    super::{account, all_with},
    crate::{
        address::{find_bid, find_grant, find_order, find_sale},
        error::SdkError,
        state::{Account, Bid, Grant, Sale, StandingOrder},
    },
    anchor_lang::prelude::Pubkey,
    core::{cmp::Reverse, mem::offset_of},
    solana_rpc_client::nonblocking::rpc_client::RpcClient,
};

/// All open sales of a token, cheapest first. Errors: `Rpc`.
pub async fn sales(client: &RpcClient, token: &Pubkey) -> Result<Vec<Account<Sale>>, SdkError> {
    let mut sales = all_with::<Sale>(client, Some((offset_of!(Sale, token), token))).await?;
    sales.sort_by_key(|sale| (sale.data.price, sale.data.seller, sale.data.number));
    Ok(sales)
}

/// A seller's sale by its number. Errors: `NotFound`, `Rpc`.
pub async fn sale(
    client: &RpcClient,
    token: &Pubkey,
    seller: &Pubkey,
    number: u64,
) -> Result<Account<Sale>, SdkError> {
    account(client, &find_sale(token, seller, number).0, "sale").await
}

/// All open bids of a token, highest first. Errors: `Rpc`.
pub async fn bids(client: &RpcClient, token: &Pubkey) -> Result<Vec<Account<Bid>>, SdkError> {
    let mut bids = all_with::<Bid>(client, Some((offset_of!(Bid, token), token))).await?;
    bids.sort_by_key(|bid| (Reverse(bid.data.price), bid.data.bidder, bid.data.number));
    Ok(bids)
}

/// A bidder's bid by its number. Errors: `NotFound`, `Rpc`.
pub async fn bid(
    client: &RpcClient,
    token: &Pubkey,
    bidder: &Pubkey,
    number: u64,
) -> Result<Account<Bid>, SdkError> {
    account(client, &find_bid(token, bidder, number).0, "bid").await
}

/// All standing orders on a token's dividends, by wallet. Errors: `Rpc`.
pub async fn orders(
    client: &RpcClient,
    token: &Pubkey,
) -> Result<Vec<Account<StandingOrder>>, SdkError> {
    let filter = Some((offset_of!(StandingOrder, token), token));
    let mut orders = all_with::<StandingOrder>(client, filter).await?;
    orders.sort_by_key(|order| order.data.wallet);
    Ok(orders)
}

/// A wallet's standing order. Errors: `NotFound`, `Rpc`.
pub async fn order(
    client: &RpcClient,
    token: &Pubkey,
    wallet: &Pubkey,
) -> Result<Account<StandingOrder>, SdkError> {
    account(client, &find_order(token, wallet).0, "standing order").await
}

/// Everything that is offered for a token and of it: its order book.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OrderBook {
    /// Sales, cheapest first.
    pub asks: Vec<Account<Sale>>,
    /// Bids, highest first.
    pub bids: Vec<Account<Bid>>,
}

/// All open sales and bids of a token, those that expired among them. Errors: `Rpc`.
///
/// # Example
/// ```no_run
/// # async fn example(client: &upside_sdk::RpcClient, token: &upside_sdk::Pubkey) -> Result<(), upside_sdk::error::SdkError> {
/// let book = upside_sdk::fetch::order_book(client, token).await?;
/// if let (Some(ask), Some(bid)) = (book.asks.first(), book.bids.first()) {
///     println!("{} to {} quote atoms a share", bid.data.price, ask.data.price);
/// }
/// # Ok(())
/// # }
/// ```
pub async fn order_book(client: &RpcClient, token: &Pubkey) -> Result<OrderBook, SdkError> {
    Ok(OrderBook {
        asks: sales(client, token).await?,
        bids: bids(client, token).await?,
    })
}

/// All open grants of a token by number. Errors: `Rpc`.
pub async fn grants(client: &RpcClient, token: &Pubkey) -> Result<Vec<Account<Grant>>, SdkError> {
    let mut grants = all_with::<Grant>(client, Some((offset_of!(Grant, token), token))).await?;
    grants.sort_by_key(|grant| grant.data.number);
    Ok(grants)
}

/// A grant by its number. Errors: `NotFound`, `Rpc`.
pub async fn grant(
    client: &RpcClient,
    token: &Pubkey,
    number: u64,
) -> Result<Account<Grant>, SdkError> {
    account(client, &find_grant(token, number).0, "grant").await
}

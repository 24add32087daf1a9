//! One account of a token, selected by its number.

use {
    crate::{context::Context, error::Result, values::TokenQuery},
    solana_rpc_client::nonblocking::rpc_client::RpcClient,
    upside_sdk::{
        Pubkey,
        address::{find_poll, find_product},
        error::SdkError,
        fetch,
        state::{Account, Claim, Grant, PersonalToken, Poll, Product, Round},
    },
};

/// An account of a token that has a number.
pub trait Numbered: Sized {
    /// Fetches it. Errors: `NotFound`, `Rpc`.
    async fn fetch(
        client: &RpcClient,
        token: &Pubkey,
        number: u64,
    ) -> Result<Account<Self>, SdkError>;
}

macro_rules! numbered {
    ($($account:ident: |$client:ident, $token:ident, $number:ident| $fetch:expr,)*) => {
        $(impl Numbered for $account {
            async fn fetch(
                $client: &RpcClient,
                $token: &Pubkey,
                $number: u64,
            ) -> Result<Account<Self>, SdkError> {
                $fetch.await
            }
        })*
    };
}

numbered! {
    Round: |client, token, number| fetch::round(client, token, number),
    Claim: |client, token, number| fetch::claim(client, token, number),
    Grant: |client, token, number| fetch::grant(client, token, number),
    Product: |client, token, number|
        fetch::account(client, &find_product(token, number).0, "product"),
    Poll: |client, token, number| poll(client, token, number),
}

/// Closed polls leave no account: their number is what a person knows.
async fn poll(client: &RpcClient, token: &Pubkey, number: u64) -> Result<Account<Poll>, SdkError> {
    let found = fetch::optional(client, &find_poll(token, number).0).await?;
    found.ok_or_else(|| SdkError::NotFound {
        what: "poll",
        query: number.to_string(),
    })
}

/// What a command works on: an account, with its token.
pub struct Selected<T> {
    /// The token.
    pub token: Account<PersonalToken>,
    /// The token's symbol.
    pub symbol: String,
    /// Decimals of the token's quote currency.
    pub quote_decimals: u8,
    /// The account that is selected.
    pub account: Account<T>,
}

impl<T> Selected<T> {
    /// An account that was fetched, with its token.
    pub async fn new(
        token: Account<PersonalToken>,
        account: Account<T>,
        ctx: &Context,
    ) -> Result<Self> {
        Ok(Selected {
            symbol: ctx.symbol(&token).await?,
            quote_decimals: token.data.quote().decimals,
            token,
            account,
        })
    }
}

impl<T: Numbered> Selected<T> {
    /// The account of a token with this number. Errors: `NotFound`, `Rpc`.
    pub async fn numbered(query: &TokenQuery, number: u64, ctx: &Context) -> Result<Self> {
        Selected::of(ctx.token(query).await?, number, ctx).await
    }

    /// As [`numbered`](Self::numbered), of a token that was fetched.
    pub async fn of(token: Account<PersonalToken>, number: u64, ctx: &Context) -> Result<Self> {
        let account = match T::fetch(&ctx.client, &token.key, number).await {
            // The number is what a person knows, not the address that follows from it.
            Err(SdkError::NotFound { what, .. }) => {
                let query = number.to_string();
                return Err(SdkError::NotFound { what, query }.into());
            }
            found => found?,
        };
        Selected::new(token, account, ctx).await
    }
}

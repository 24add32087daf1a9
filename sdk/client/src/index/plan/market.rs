//! What is asked and paid for people's shares now.

use {
    super::{Book, Level, Market, round_levels},
    crate::{
        address::find_round,
        error::SdkError,
        fetch::{self, OrderBook},
        index::fetch::Pool,
        state::{Account, PersonalToken, Round, decode},
    },
    anchor_lang::prelude::Pubkey,
    futures_util::stream::{self, StreamExt, TryStreamExt},
    solana_rpc_client::nonblocking::rpc_client::RpcClient,
    std::collections::BTreeMap,
};

/// Requests that are under way at a time.
const AT_A_TIME: usize = 8;

/// Reads what is asked and paid for the shares of all people of the index: open rounds that
/// sell at once, sales and bids that anybody may answer.
///
/// # Errors
/// `Rpc`, `WrongAccount`.
pub async fn market(client: &RpcClient, pool: &Pool) -> Result<Market, SdkError> {
    let now = pool.clock.unix_timestamp;
    let books: Vec<(u8, OrderBook)> = stream::iter(&pool.persons)
        .map(|(slot, person)| async move {
            let book = fetch::order_book(client, &person.token.key).await?;
            Ok::<_, SdkError>((*slot, book))
        })
        .buffered(AT_A_TIME)
        .try_collect()
        .await?;
    let mut rounds = rounds(client, pool).await?;
    let mut market = Market::default();
    for (slot, found) in books {
        let of_rounds = rounds.remove(&slot).unwrap_or_default();
        let book = Book::standing(of_rounds, &found.asks, &found.bids, now);
        market.0.insert(slot, book);
    }
    Ok(market)
}

/// What open rounds ask, by slot, in one request for a hundred.
async fn rounds(client: &RpcClient, pool: &Pool) -> Result<BTreeMap<u8, Vec<Level>>, SdkError> {
    let mut wanted = Vec::new();
    for (slot, person) in &pool.persons {
        let (key, token) = (&person.token.key, &person.token.data);
        if sells_at_once(token) {
            let keys = (0..token.rounds).map(|number| find_round(key, number).0);
            wanted.extend(keys.map(|key| (*slot, key)));
        }
    }
    let keys: Vec<Pubkey> = wanted.iter().map(|(_, key)| *key).collect();
    let mut levels: BTreeMap<u8, Vec<Level>> = BTreeMap::new();
    for ((slot, _), raw) in wanted.iter().zip(fetch::raw(client, &keys).await?) {
        let Some(raw) = raw else { continue };
        let round: Account<Round> = decode(&raw.key, &raw.owner, &raw.data)?;
        let of_slot = levels.entry(*slot).or_default();
        of_slot.extend(round_levels(&round.data, pool.clock.unix_timestamp));
    }
    Ok(levels)
}

fn sells_at_once(token: &PersonalToken) -> bool {
    token.require_running().is_ok() && token.open_rounds > 0 && token.escrow_round == 0
}

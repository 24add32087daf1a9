//! Reading indexes from a cluster, in few calls however many people they hold.

pub use upside_core::index::{Person, Pool};

use {
    super::{
        Announcement, Basket, Candidacy, Lock, Membership, Offer, PooledIndex, Rebalance, SlotKind,
        Wrapper, find_index,
    },
    crate::{
        error::SdkError,
        fetch::{self, Raw},
        state::{Account, decode},
    },
    anchor_lang::prelude::Pubkey,
    core::mem::offset_of,
    solana_program::sysvar,
    solana_rpc_client::nonblocking::rpc_client::RpcClient,
    std::{collections::BTreeMap, str::FromStr},
};

/// An index by its address. Errors: `NotFound`, `WrongAccount`, `Rpc`.
pub async fn index(client: &RpcClient, key: &Pubkey) -> Result<Account<PooledIndex>, SdkError> {
    fetch::account(client, key, "index").await
}

/// All indexes of the cluster, by address. Errors: `Rpc`.
pub async fn indexes(client: &RpcClient) -> Result<Vec<Account<PooledIndex>>, SdkError> {
    let mut indexes = fetch::all_with::<PooledIndex>(client, None).await?;
    indexes.sort_by_key(|index| index.key);
    Ok(indexes)
}

/// An index by its address, its share mint, its creator, its curator or its symbol.
///
/// # Errors
/// `NotFound`; `Ambiguous` where several fit; `Rpc`.
///
/// # Example
/// ```no_run
/// # async fn example(client: &upside_sdk::RpcClient) -> Result<(), upside_sdk::error::SdkError> {
/// use upside_sdk::index::fetch;
///
/// let index = fetch::find(client, "MAKERS").await?;
/// let pool = fetch::pool(client, &index.key).await?;
/// println!("{} people, {} share atoms", pool.persons.len(), pool.mint_supply);
/// # Ok(())
/// # }
/// ```
pub async fn find(client: &RpcClient, query: &str) -> Result<Account<PooledIndex>, SdkError> {
    let key = Pubkey::from_str(query).ok();
    if let Some(key) = &key {
        let candidates = [*key, find_index(key, 0).0];
        for raw in fetch::raw(client, &candidates).await?.into_iter().flatten() {
            if let Ok(index) = decode(&raw.key, &raw.owner, &raw.data) {
                return Ok(index);
            }
        }
    }
    let mut found = indexes(client).await?;
    found.retain(|index| match &key {
        Some(key) => [index.data.mint, index.data.curator, index.data.creator].contains(key),
        None => super::symbol(&index.data).eq_ignore_ascii_case(query),
    });
    match found.len() {
        0 => Err(SdkError::NotFound {
            what: "index",
            query: query.to_string(),
        }),
        1 => Ok(found.remove(0)),
        _ => Err(SdkError::Ambiguous {
            query: query.to_string(),
            candidates: found.iter().map(|index| index.key).collect(),
        }),
    }
}

/// An index with its personal constituents: at most three requests.
///
/// # Errors
/// `NotFound`, `WrongAccount`, `Rpc`.
pub async fn pool(client: &RpcClient, key: &Pubkey) -> Result<Pool, SdkError> {
    let mint = super::find_shares(key).0;
    let found = fetch::raw(client, &[*key, mint, sysvar::clock::ID]).await?;
    let [Some(index), mint, Some(clock)] = found.as_slice() else {
        return Err(SdkError::NotFound {
            what: "index",
            query: key.to_string(),
        });
    };
    let index: Account<PooledIndex> = decode(&index.key, &index.owner, &index.data)?;
    let mint_supply = match mint {
        Some(mint) => fetch::mint_info(mint)?.supply,
        None => 0,
    };
    let texts = mint.as_ref().and_then(|mint| fetch::metadata(&mint.data));
    let persons = persons(client, &index).await?;
    Ok(Pool {
        mint_supply,
        uri: texts.map_or_else(String::new, |texts| texts.uri),
        clock: fetch::decode_clock(clock)?,
        index,
        persons,
    })
}

async fn persons(
    client: &RpcClient,
    index: &Account<PooledIndex>,
) -> Result<BTreeMap<u8, Person>, SdkError> {
    let slots = (0u8..).zip(&index.data.constituents);
    let slots: Vec<_> = slots
        .filter(|(_, slot)| slot.kind == SlotKind::Personal)
        .collect();
    let keys: Vec<Pubkey> = slots
        .iter()
        .flat_map(|(_, slot)| [slot.key, slot.custody])
        .collect();
    let found = fetch::raw(client, &keys).await?;
    let mut persons = BTreeMap::new();
    for ((number, slot), pair) in slots.iter().zip(found.chunks(2)) {
        let [token, custody] = pair else { continue };
        let person = Person {
            token: decoded(token.as_ref(), &slot.key, "token")?,
            custody: decoded(custody.as_ref(), &slot.custody, "holder account")?,
        };
        persons.insert(*number, person);
    }
    Ok(persons)
}

fn decoded<T>(raw: Option<&Raw>, key: &Pubkey, what: &'static str) -> Result<Account<T>, SdkError>
where
    T: anchor_lang::ZeroCopy + anchor_lang::Owner,
{
    let raw = raw.ok_or_else(|| SdkError::NotFound {
        what,
        query: key.to_string(),
    })?;
    Ok(decode(&raw.key, &raw.owner, &raw.data)?)
}

/// The baskets of an index, of one wallet or of all. Errors: `Rpc`.
pub async fn baskets(
    client: &RpcClient,
    index: &Pubkey,
    wallet: Option<&Pubkey>,
) -> Result<Vec<Account<Basket>>, SdkError> {
    let of_index = Some((offset_of!(Basket, index), index));
    let mut baskets = fetch::all_with::<Basket>(client, of_index).await?;
    baskets.retain(|basket| wallet.is_none_or(|wallet| basket.data.wallet == *wallet));
    baskets.sort_by_key(|basket| (basket.data.wallet, basket.data.nonce));
    Ok(baskets)
}

/// The memberships of an index, by token. Errors: `Rpc`.
pub async fn memberships(
    client: &RpcClient,
    index: &Pubkey,
) -> Result<Vec<Account<Membership>>, SdkError> {
    let of_index = Some((offset_of!(Membership, index), index));
    let mut found = fetch::all_with::<Membership>(client, of_index).await?;
    found.sort_by_key(|membership| membership.data.token);
    Ok(found)
}

/// A person's membership. Errors: `NotFound`, `WrongAccount`, `Rpc`.
pub async fn membership(
    client: &RpcClient,
    index: &Pubkey,
    token: &Pubkey,
) -> Result<Account<Membership>, SdkError> {
    let key = super::find_membership(index, token).0;
    fetch::account(client, &key, "membership").await
}

/// The open offers of an index, by number. Errors: `Rpc`.
pub async fn offers(client: &RpcClient, index: &Pubkey) -> Result<Vec<Account<Offer>>, SdkError> {
    let of_index = Some((offset_of!(Offer, index), index));
    let mut found = fetch::all_with::<Offer>(client, of_index).await?;
    found.sort_by_key(|offer| offer.data.nonce);
    Ok(found)
}

/// An offer with this number. Errors: `NotFound`, `WrongAccount`, `Rpc`.
pub async fn offer(
    client: &RpcClient,
    index: &Pubkey,
    nonce: u64,
) -> Result<Account<Offer>, SdkError> {
    let key = super::find_offer(index, nonce).0;
    fetch::account(client, &key, "offer").await
}

/// The announced actions of an index, by number. Errors: `Rpc`.
pub async fn announcements(
    client: &RpcClient,
    index: &Pubkey,
) -> Result<Vec<Account<Announcement>>, SdkError> {
    let of_index = Some((offset_of!(Announcement, index), index));
    let mut found = fetch::all_with::<Announcement>(client, of_index).await?;
    found.sort_by_key(|announcement| announcement.data.nonce);
    Ok(found)
}

/// The announced actions with a number. Errors: `NotFound`, `WrongAccount`, `Rpc`.
pub async fn announcement(
    client: &RpcClient,
    index: &Pubkey,
    nonce: u64,
) -> Result<Account<Announcement>, SdkError> {
    let key = super::find_announcement(index, nonce).0;
    fetch::account(client, &key, "announcement").await
}

/// A wallet's lock. `None` if it locked nothing. Errors: `WrongAccount`, `Rpc`.
pub async fn lock(
    client: &RpcClient,
    index: &Pubkey,
    wallet: &Pubkey,
) -> Result<Option<Account<Lock>>, SdkError> {
    let key = super::find_lock(index, wallet).0;
    fetch::optional(client, &key).await
}

/// The locks of an index, those with most shares first. Errors: `Rpc`.
pub async fn locks(client: &RpcClient, index: &Pubkey) -> Result<Vec<Account<Lock>>, SdkError> {
    let of_index = Some((offset_of!(Lock, index), index));
    let mut found = fetch::all_with::<Lock>(client, of_index).await?;
    found.sort_by_key(|lock| core::cmp::Reverse(lock.data.shares));
    Ok(found)
}

/// The candidates for curator, those with most support first. Errors: `Rpc`.
pub async fn candidacies(
    client: &RpcClient,
    index: &Pubkey,
) -> Result<Vec<Account<Candidacy>>, SdkError> {
    let of_index = Some((offset_of!(Candidacy, index), index));
    let mut found = fetch::all_with::<Candidacy>(client, of_index).await?;
    found.sort_by_key(|candidacy| core::cmp::Reverse(candidacy.data.support));
    Ok(found)
}

/// A candidate's candidacy. Errors: `NotFound`, `WrongAccount`, `Rpc`.
pub async fn candidacy(
    client: &RpcClient,
    index: &Pubkey,
    candidate: &Pubkey,
) -> Result<Account<Candidacy>, SdkError> {
    let key = super::find_candidacy(index, candidate).0;
    fetch::account(client, &key, "candidacy").await
}

/// The rebalance of an index: a draft, what is announced, or what is over. `None` if its
/// curator never opened one. Errors: `WrongAccount`, `Rpc`.
pub async fn rebalance(
    client: &RpcClient,
    index: &Pubkey,
) -> Result<Option<Account<Rebalance>>, SdkError> {
    let key = super::find_rebalance(index).0;
    fetch::optional(client, &key).await
}

/// The wrappers of an index of which tickets exist, by number. Errors: `Rpc`.
pub async fn wrappers(
    client: &RpcClient,
    index: &Pubkey,
) -> Result<Vec<Account<Wrapper>>, SdkError> {
    let of_index = Some((offset_of!(Wrapper, index), index));
    let mut found = fetch::all_with::<Wrapper>(client, of_index).await?;
    found.sort_by_key(|wrapper| wrapper.data.number);
    Ok(found)
}

/// The wrapper of these tickets. Errors: `NotFound`, `WrongAccount`, `Rpc`.
pub async fn wrapper(client: &RpcClient, tickets: &Pubkey) -> Result<Account<Wrapper>, SdkError> {
    let key = super::find_wrapper(tickets).0;
    fetch::account(client, &key, "wrapper").await
}

//! Reading indexes from a cluster, in few calls however many people they hold.

use {
    super::{Auction, Basket, Constituent, Index, Kind, Membership, find_index},
    crate::{
        error::SdkError,
        fetch::{self, Raw},
        state::{Account, Holder, PersonalToken, decode},
    },
    anchor_lang::prelude::Pubkey,
    core::mem::offset_of,
    solana_program::{clock::Clock, sysvar},
    solana_rpc_client::nonblocking::rpc_client::RpcClient,
    std::{collections::BTreeMap, str::FromStr},
};

/// A personal constituent with what quotes and instructions need of it.
#[derive(Clone, Debug)]
pub struct Person {
    /// The personal token.
    pub token: Account<PersonalToken>,
    /// The index's holder account of it.
    pub custody: Account<Holder>,
}

/// An index with everything that quotes and instructions need, of one moment.
#[derive(Clone, Debug)]
pub struct Pool {
    /// The index.
    pub index: Account<Index>,
    /// Supply of its share mint, in share atoms.
    pub mint_supply: u64,
    /// The cluster's clock.
    pub clock: Clock,
    /// Personal constituents by slot.
    pub persons: BTreeMap<u8, Person>,
}

impl Pool {
    /// The occupied slots, with their numbers.
    pub fn constituents(&self) -> impl Iterator<Item = (u8, &Constituent)> {
        let slots = (0u8..).zip(&self.index.data.constituents);
        slots.filter(|(_, slot)| slot.kind != Kind::Free as u8)
    }

    /// A personal constituent. Errors: `NotFound`.
    pub fn person(&self, slot: u8) -> Result<&Person, SdkError> {
        self.persons.get(&slot).ok_or_else(|| SdkError::NotFound {
            what: "personal constituent",
            query: format!("slot {slot}"),
        })
    }
}

/// An index by its address. Errors: `NotFound`, `WrongAccount`, `Rpc`.
pub async fn index(client: &RpcClient, key: &Pubkey) -> Result<Account<Index>, SdkError> {
    fetch::account(client, key, "index").await
}

/// All indexes of the cluster, by address. Errors: `Rpc`.
pub async fn indexes(client: &RpcClient) -> Result<Vec<Account<Index>>, SdkError> {
    let mut indexes = fetch::all_with::<Index>(client, None).await?;
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
pub async fn find(client: &RpcClient, query: &str) -> Result<Account<Index>, SdkError> {
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
    let index: Account<Index> = decode(&index.key, &index.owner, &index.data)?;
    let mint_supply = match mint {
        Some(mint) => fetch::mint_info(mint)?.supply,
        None => 0,
    };
    let persons = persons(client, &index).await?;
    Ok(Pool {
        mint_supply,
        clock: fetch::decode_clock(clock)?,
        index,
        persons,
    })
}

async fn persons(
    client: &RpcClient,
    index: &Account<Index>,
) -> Result<BTreeMap<u8, Person>, SdkError> {
    let slots = (0u8..).zip(&index.data.constituents);
    let slots: Vec<_> = slots
        .filter(|(_, slot)| slot.kind == Kind::Personal as u8)
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
    decode(&raw.key, &raw.owner, &raw.data)
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

/// The open auctions of an index, by number. Errors: `Rpc`.
pub async fn auctions(
    client: &RpcClient,
    index: &Account<Index>,
) -> Result<Vec<Account<Auction>>, SdkError> {
    let keys: Vec<Pubkey> = index
        .data
        .trades()
        .map(|open| super::find_auction(&index.key, open.number).0)
        .collect();
    let found = fetch::raw(client, &keys).await?;
    let raws = found.into_iter().flatten();
    raws.map(|raw| decode(&raw.key, &raw.owner, &raw.data))
        .collect()
}

//! Reading from a cluster. All I/O of the SDK is here, in [`history`](crate::history) and
//! in [`transaction`](crate::transaction).

mod offers;
mod poll;
mod wallet;

pub use {
    offers::{OrderBook, bid, bids, grant, grants, order, order_book, orders, sale, sales},
    poll::{open_polls, polls},
    upside_core::{
        address::open_poll_keys,
        mint::{MintInfo, Name, metadata, mint_info},
        raw::{Raw, immovable, token_amount},
    },
    wallet::{TokenAccount, all_token_accounts, token_accounts},
};

pub(crate) use upside_core::raw::decode_clock;

use {
    crate::{
        address::{self, find_holder, find_mint, find_token},
        error::SdkError,
        state::{
            Account, Approval, Attestation, Attesters, Claim, Contribution, Holder, PersonalToken,
            Round, decode, space,
        },
    },
    anchor_lang::{Owner, ZeroCopy, prelude::Pubkey},
    core::mem::offset_of,
    solana_account_decoder_client_types::UiAccountEncoding,
    solana_program::clock::Clock,
    solana_rpc_client::nonblocking::rpc_client::RpcClient,
    solana_rpc_client_api::{
        config::{RpcAccountInfoConfig, RpcProgramAccountsConfig},
        filter::{Memcmp, RpcFilterType},
    },
    std::str::FromStr,
    upside_core::{raw::no_clock, report::Scales},
    upside_math::Shares,
};

/// Most accounts of one `getMultipleAccounts`.
const BATCH: usize = 100;

/// Accounts by address, in the given order; `None` where there is none.
///
/// # Errors
/// `Rpc`.
pub async fn raw(client: &RpcClient, keys: &[Pubkey]) -> Result<Vec<Option<Raw>>, SdkError> {
    let mut found = Vec::with_capacity(keys.len());
    for batch in keys.chunks(BATCH) {
        let accounts = client.get_multiple_accounts(batch).await?;
        for (key, account) in batch.iter().zip(accounts) {
            found.push(account.map(|account| Raw {
                key: *key,
                owner: account.owner,
                data: account.data,
                lamports: account.lamports,
            }));
        }
    }
    Ok(found)
}

/// One account of the program.
///
/// # Errors
/// `NotFound`, `WrongAccount`, `Rpc`.
pub async fn account<T: ZeroCopy + Owner>(
    client: &RpcClient,
    key: &Pubkey,
    what: &'static str,
) -> Result<Account<T>, SdkError> {
    optional(client, key)
        .await?
        .ok_or_else(|| SdkError::NotFound {
            what,
            query: key.to_string(),
        })
}

/// One account of the program, if it is there.
///
/// # Errors
/// `WrongAccount`, `Rpc`.
pub async fn optional<T: ZeroCopy + Owner>(
    client: &RpcClient,
    key: &Pubkey,
) -> Result<Option<Account<T>>, SdkError> {
    let found = raw(client, std::slice::from_ref(key))
        .await?
        .pop()
        .flatten();
    // What only received lamports belongs to nobody yet.
    let found = found.filter(|raw| raw.owner != address::SYSTEM_PROGRAM);
    Ok(found
        .map(|raw| decode(key, &raw.owner, &raw.data))
        .transpose()?)
}

/// Accounts of a type by address, in the given order; `None` where there is none, or one of
/// another kind: what strangers name must not keep others from being read.
///
/// # Errors
/// `Rpc`.
pub(crate) async fn some<T: ZeroCopy + Owner>(
    client: &RpcClient,
    keys: &[Pubkey],
) -> Result<Vec<Option<Account<T>>>, SdkError> {
    let found = raw(client, keys).await?;
    let decoded = |raw: Option<Raw>| raw.and_then(|raw| decode_found(&raw).ok());
    Ok(found.into_iter().map(decoded).collect())
}

/// Decodes what was read.
fn decode_found<T: ZeroCopy + Owner>(raw: &Raw) -> Result<Account<T>, SdkError> {
    Ok(decode(&raw.key, &raw.owner, &raw.data)?)
}

/// Every account of a type that has `key` at `offset` of its content.
pub(crate) async fn all_with<T: ZeroCopy + Owner>(
    client: &RpcClient,
    filter: Option<(usize, &Pubkey)>,
) -> Result<Vec<Account<T>>, SdkError> {
    let mut filters = vec![
        RpcFilterType::DataSize(space::<T>() as u64),
        RpcFilterType::Memcmp(Memcmp::new_base58_encoded(0, T::DISCRIMINATOR)),
    ];
    if let Some((offset, key)) = filter {
        let place = offset + T::DISCRIMINATOR.len();
        filters.push(RpcFilterType::Memcmp(Memcmp::new_base58_encoded(
            place,
            key.as_ref(),
        )));
    }
    let config = RpcProgramAccountsConfig {
        filters: Some(filters),
        account_config: RpcAccountInfoConfig {
            encoding: Some(UiAccountEncoding::Base64),
            ..RpcAccountInfoConfig::default()
        },
        ..RpcProgramAccountsConfig::default()
    };
    let accounts = client
        .get_program_ui_accounts_with_config(&T::owner(), config)
        .await?;
    // Each answer is dropped once it is decoded: there may be very many.
    accounts
        .into_iter()
        .map(|(key, account)| {
            let data = account.data.decode().ok_or(SdkError::WrongAccount {
                key,
                expected: "account of the program",
                why: "the cluster sent it in an unknown encoding",
            })?;
            // A node that mixes its answers up sends others' accounts.
            let owner = Pubkey::from_str(&account.owner).unwrap_or_default();
            Ok(decode(&key, &owner, &data)?)
        })
        .collect()
}

/// A token by its address. Errors: `NotFound`, `WrongAccount`, `Rpc`.
pub async fn token(client: &RpcClient, key: &Pubkey) -> Result<Account<PersonalToken>, SdkError> {
    account(client, key, "token").await
}

/// Tokens by their addresses, a hundred a request, in their order. Errors: `NotFound`,
/// `WrongAccount`, `Rpc`.
pub async fn tokens_at(
    client: &RpcClient,
    keys: &[Pubkey],
) -> Result<Vec<Account<PersonalToken>>, SdkError> {
    let found = raw(client, keys).await?.into_iter().zip(keys);
    let token = |(raw, key): (Option<Raw>, &Pubkey)| {
        // What only received lamports is no account of a program.
        let raw = raw.filter(|raw| raw.owner != address::SYSTEM_PROGRAM);
        let raw = raw.ok_or_else(|| SdkError::NotFound {
            what: "token",
            query: key.to_string(),
        })?;
        Ok(decode(&raw.key, &raw.owner, &raw.data)?)
    };
    found.map(token).collect()
}

/// All tokens of the cluster, oldest first. Errors: `Rpc`.
pub async fn tokens(client: &RpcClient) -> Result<Vec<Account<PersonalToken>>, SdkError> {
    let mut tokens = all_with::<PersonalToken>(client, None).await?;
    tokens.sort_by_key(|token| (token.data.created_slot, token.key));
    Ok(tokens)
}

/// A token by its address, its mint, its creator, its owner or its symbol.
///
/// # Errors
/// `NotFound`; `Ambiguous` where several have that owner or symbol; `Rpc`.
///
/// # Example
/// ```no_run
/// # async fn example(client: &upside_sdk::RpcClient) -> Result<(), upside_sdk::error::SdkError> {
/// let token = upside_sdk::fetch::find(client, "ADA").await?;
/// println!("{} has {} holders", token.key, token.data.holders);
/// # Ok(())
/// # }
/// ```
pub async fn find(client: &RpcClient, query: &str) -> Result<Account<PersonalToken>, SdkError> {
    if let Ok(key) = Pubkey::from_str(query) {
        let candidates = [key, find_token(&key).0];
        for raw in raw(client, &candidates).await?.into_iter().flatten() {
            if let Ok(token) = decode(&raw.key, &raw.owner, &raw.data) {
                return Ok(token);
            }
        }
        let all = tokens(client).await?;
        let fits =
            |token: &&Account<PersonalToken>| token.data.mint == key || token.data.owner == key;
        return one_of(query, all.iter().filter(fits).cloned().collect());
    }
    let all = tokens(client).await?;
    let names = names(client, &all).await?;
    let fits = all.into_iter().zip(names).filter(|(_, name)| {
        name.as_ref()
            .is_some_and(|name| name.symbol.eq_ignore_ascii_case(query))
    });
    one_of(query, fits.map(|(token, _)| token).collect())
}

fn one_of(
    query: &str,
    mut fits: Vec<Account<PersonalToken>>,
) -> Result<Account<PersonalToken>, SdkError> {
    if fits.len() > 1 {
        let candidates = fits.iter().map(|token| token.key).collect();
        return Err(SdkError::Ambiguous {
            query: query.to_string(),
            candidates,
        });
    }
    fits.pop().ok_or_else(|| SdkError::NotFound {
        what: "token",
        query: query.to_string(),
    })
}

/// A wallet's holder account of a token, if it was opened. Errors: `Rpc`.
pub async fn holder(
    client: &RpcClient,
    token: &Pubkey,
    wallet: &Pubkey,
) -> Result<Option<Account<Holder>>, SdkError> {
    optional(client, &find_holder(token, wallet).0).await
}

/// All holders of a token, largest first. Errors: `Rpc`.
pub async fn holders(client: &RpcClient, token: &Pubkey) -> Result<Vec<Account<Holder>>, SdkError> {
    let mut holders = all_with::<Holder>(client, Some((offset_of!(Holder, token), token))).await?;
    holders.sort_by_key(|holder| (core::cmp::Reverse(holder.data.shares), holder.data.wallet));
    Ok(holders)
}

/// All holder accounts of a wallet, by token. Errors: `Rpc`.
pub async fn holders_of(
    client: &RpcClient,
    wallet: &Pubkey,
) -> Result<Vec<Account<Holder>>, SdkError> {
    let of_wallet = Some((offset_of!(Holder, wallet), wallet));
    let mut holders = all_with::<Holder>(client, of_wallet).await?;
    holders.sort_by_key(|holder| holder.data.token);
    Ok(holders)
}

/// All rounds of a token by number. Errors: `Rpc`.
pub async fn rounds(client: &RpcClient, token: &Pubkey) -> Result<Vec<Account<Round>>, SdkError> {
    let mut rounds = all_with::<Round>(client, Some((offset_of!(Round, token), token))).await?;
    rounds.sort_by_key(|round| round.data.number);
    Ok(rounds)
}

/// A round by its number. Errors: `NotFound`, `Rpc`.
pub async fn round(
    client: &RpcClient,
    token: &Pubkey,
    number: u64,
) -> Result<Account<Round>, SdkError> {
    account(client, &address::find_round(token, number).0, "round").await
}

/// All contributions to a round by wallet. Errors: `Rpc`.
pub async fn contributions(
    client: &RpcClient,
    round: &Pubkey,
) -> Result<Vec<Account<Contribution>>, SdkError> {
    let filter = Some((offset_of!(Contribution, round), round));
    let mut contributions = all_with::<Contribution>(client, filter).await?;
    contributions.sort_by_key(|contribution| contribution.data.wallet);
    Ok(contributions)
}

/// All claims of a token by number. Errors: `Rpc`.
pub async fn claims(client: &RpcClient, token: &Pubkey) -> Result<Vec<Account<Claim>>, SdkError> {
    let mut claims = all_with::<Claim>(client, Some((offset_of!(Claim, token), token))).await?;
    claims.sort_by_key(|claim| claim.data.number);
    Ok(claims)
}

/// A claim by its number. Errors: `NotFound`, `Rpc`.
pub async fn claim(
    client: &RpcClient,
    token: &Pubkey,
    number: u64,
) -> Result<Account<Claim>, SdkError> {
    account(client, &address::find_claim(token, number).0, "claim").await
}

/// A token's attesters; `None` where it never named one. Errors: `WrongAccount`, `Rpc`.
pub async fn attesters(
    client: &RpcClient,
    token: &Pubkey,
) -> Result<Option<Account<Attesters>>, SdkError> {
    optional(client, &address::find_attesters(token).0).await
}

/// What was signed on a token's claims, by claim and attester. Errors: `Rpc`.
pub async fn attestations(
    client: &RpcClient,
    token: &Pubkey,
) -> Result<Vec<Account<Attestation>>, SdkError> {
    let of_token = Some((offset_of!(Attestation, token), token));
    let mut found = all_with::<Attestation>(client, of_token).await?;
    found.sort_by_key(|signed| (signed.data.claim, signed.data.attester));
    Ok(found)
}

/// The approval of a transfer between two wallets, if there is one. Errors: `Rpc`.
pub async fn approval(
    client: &RpcClient,
    token: &Pubkey,
    from: &Pubkey,
    to: &Pubkey,
) -> Result<Option<Account<Approval>>, SdkError> {
    optional(client, &address::find_approval(token, from, to).0).await
}

/// A token account's balance in atoms; 0 where it does not exist. Errors: `Rpc`.
pub async fn balance(client: &RpcClient, account: &Pubkey) -> Result<u64, SdkError> {
    let raw = raw(client, std::slice::from_ref(account))
        .await?
        .pop()
        .flatten();
    Ok(raw.and_then(|raw| token_amount(&raw.data)).unwrap_or(0))
}

/// A mint of either token program. Errors: `NotFound`, `WrongAccount`, `Rpc`.
pub async fn mint(client: &RpcClient, key: &Pubkey) -> Result<MintInfo, SdkError> {
    let raw = raw(client, std::slice::from_ref(key))
        .await?
        .pop()
        .flatten();
    let raw = raw.ok_or_else(|| SdkError::NotFound {
        what: "mint",
        query: key.to_string(),
    })?;
    Ok(mint_info(&raw)?)
}

/// What wallets multiply amounts of mints by now: those that say so.
///
/// # Errors
/// `NotFound` for a cluster without a clock, `Rpc`.
pub async fn scales(client: &RpcClient, mints: &[Pubkey]) -> Result<Scales, SdkError> {
    if mints.is_empty() {
        return Ok(Scales::default());
    }
    let clock = solana_program::sysvar::clock::ID;
    let mut raws = raw(client, &[&[clock], mints].concat()).await?.into_iter();
    let now = raws.next().flatten();
    let now = now
        .as_ref()
        .map_or_else(|| Err(no_clock(&clock)), decode_clock)?;
    let mints: Vec<Raw> = raws.flatten().collect();
    Ok(Scales::of(&mints, now.unix_timestamp))
}

/// What wallets multiply amounts of a token's assets by: of those that are marked as
/// seizable, no request where none is.
///
/// # Errors
/// `Refused` if the token's list does not decode, `Rpc`.
pub async fn scales_of(client: &RpcClient, token: &PersonalToken) -> Result<Scales, SdkError> {
    let listed = token.listed()?.iter().filter(|asset| asset.is_seizable());
    let mints: Vec<Pubkey> = listed.map(|asset| asset.mint).collect();
    scales(client, &mints).await
}

/// True supply of a token's share mint. Errors: `NotFound`, `Rpc`.
pub async fn share_supply(client: &RpcClient, token: &Pubkey) -> Result<Shares, SdkError> {
    Ok(Shares(mint(client, &find_mint(token).0).await?.supply))
}

/// The names of tokens, in order; `None` where a mint has none. Errors: `Rpc`.
pub async fn names(
    client: &RpcClient,
    tokens: &[Account<PersonalToken>],
) -> Result<Vec<Option<Name>>, SdkError> {
    let mints: Vec<Pubkey> = tokens.iter().map(|token| token.data.mint).collect();
    let raws = raw(client, &mints).await?;
    Ok(raws
        .iter()
        .map(|raw| raw.as_ref().and_then(|raw| metadata(&raw.data)))
        .collect())
}

/// The cluster's clock: slot and unix time. Errors: `Rpc`.
pub async fn clock(client: &RpcClient) -> Result<Clock, SdkError> {
    let key = solana_program::sysvar::clock::ID;
    let raw = raw(client, &[key]).await?.pop().flatten();
    raw.as_ref()
        .map_or_else(|| Err(no_clock(&key)), decode_clock)
        .map_err(SdkError::from)
}

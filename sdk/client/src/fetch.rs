//! Reading from a cluster. All I/O of the SDK's core is here and in `transaction`.

mod poll;

pub use poll::{open_poll_keys, open_polls, polls};

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
    upside_math::Shares,
};

mod offers;

pub use offers::{OrderBook, bid, bids, grant, grants, order, order_book, orders, sale, sales};

/// Most accounts of one `getMultipleAccounts`.
const BATCH: usize = 100;

/// An account's owner and bytes.
#[derive(Clone, Debug)]
pub struct Raw {
    /// Address.
    pub key: Pubkey,
    /// Program that owns it.
    pub owner: Pubkey,
    /// Content.
    pub data: Vec<u8>,
    /// Lamports.
    pub lamports: u64,
}

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
    found
        .map(|raw| decode(key, &raw.owner, &raw.data))
        .transpose()
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
    decode(&raw.key, &raw.owner, &raw.data)
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
            decode(&key, &owner, &data)
        })
        .collect()
}

/// A token by its address. Errors: `NotFound`, `WrongAccount`, `Rpc`.
pub async fn token(client: &RpcClient, key: &Pubkey) -> Result<Account<PersonalToken>, SdkError> {
    account(client, key, "token").await
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

/// The amount field of a token account.
pub fn token_amount(data: &[u8]) -> Option<u64> {
    data.get(64..72)?.try_into().ok().map(u64::from_le_bytes)
}

/// Why what a vault holds cannot move now: `frozen`, or `paused`, as the state of vault and
/// mint shows; `None` if it moves.
pub fn immovable(vault: Option<&Raw>, mint: Option<&Raw>) -> Option<&'static str> {
    // State of a token account; 2 is frozen.
    if vault.and_then(|raw| raw.data.get(108)) == Some(&2) {
        return Some("frozen");
    }
    let mint = mint.filter(|raw| raw.owner == address::TOKEN_2022_PROGRAM)?;
    let paused = upside_support::mint_policy::is_paused_data(&mint.data);
    paused.is_ok_and(|paused| paused).then_some("paused")
}

/// What a person needs to know of a mint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MintInfo {
    /// Address.
    pub key: Pubkey,
    /// Program that owns it.
    pub token_program: Pubkey,
    /// Decimals.
    pub decimals: u8,
    /// Atoms in existence.
    pub supply: u64,
    /// Who may mint more, if anybody may.
    pub authority: Option<Pubkey>,
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
    mint_info(&raw)
}

/// Reads a mint's bytes. Errors: `WrongAccount`.
pub fn mint_info(raw: &Raw) -> Result<MintInfo, SdkError> {
    let wrong = SdkError::WrongAccount {
        key: raw.key,
        expected: "mint",
        why: "it is no mint of SPL Token or Token-2022",
    };
    let of_program = [address::TOKEN_PROGRAM, address::TOKEN_2022_PROGRAM].contains(&raw.owner);
    let is_mint = raw.data.len() == 82 || raw.data.get(165) == Some(&1);
    let supply = raw.data.get(36..44).and_then(|bytes| bytes.try_into().ok());
    match (supply, raw.data.get(44)) {
        (Some(supply), Some(decimals)) if of_program && is_mint => Ok(MintInfo {
            key: raw.key,
            token_program: raw.owner,
            decimals: *decimals,
            supply: u64::from_le_bytes(supply),
            authority: mint_authority(&raw.data),
        }),
        _ => Err(wrong),
    }
}

/// Who may mint, as a mint's bytes say.
fn mint_authority(data: &[u8]) -> Option<Pubkey> {
    let (has, rest) = data.split_first_chunk::<4>()?;
    let key = rest.first_chunk::<32>()?;
    (u32::from_le_bytes(*has) == 1).then(|| Pubkey::new_from_array(*key))
}

/// True supply of a token's share mint. Errors: `NotFound`, `Rpc`.
pub async fn share_supply(client: &RpcClient, token: &Pubkey) -> Result<Shares, SdkError> {
    Ok(Shares(mint(client, &find_mint(token).0).await?.supply))
}

/// Name, symbol and URI on a share mint.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Name {
    /// Name.
    pub name: String,
    /// Symbol.
    pub symbol: String,
    /// Address of further metadata.
    pub uri: String,
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

/// Number of the metadata extension in Token-2022.
const TOKEN_METADATA: u16 = 19;

/// Reads the metadata extension of a Token-2022 mint.
pub fn metadata(mint: &[u8]) -> Option<Name> {
    let mut rest = mint.get(166..)?;
    loop {
        let (header, body) = rest.split_first_chunk::<4>()?;
        let number = u16::from_le_bytes([header[0], header[1]]);
        let length = usize::from(u16::from_le_bytes([header[2], header[3]]));
        let (value, next) = body.split_at_checked(length)?;
        if number == TOKEN_METADATA {
            let mut texts = value.get(64..)?;
            let mut text = || {
                let (length, body) = texts.split_first_chunk::<4>()?;
                let length = usize::try_from(u32::from_le_bytes(*length)).ok()?;
                let (text, next) = body.split_at_checked(length)?;
                texts = next;
                String::from_utf8(text.to_vec()).ok()
            };
            return Some(Name {
                name: text()?,
                symbol: text()?,
                uri: text()?,
            });
        }
        rest = next;
    }
}

/// The cluster's clock: slot and unix time. Errors: `Rpc`.
pub async fn clock(client: &RpcClient) -> Result<Clock, SdkError> {
    let key = solana_program::sysvar::clock::ID;
    let raw = raw(client, &[key]).await?.pop().flatten();
    raw.as_ref()
        .map_or_else(|| Err(no_clock(&key)), decode_clock)
}

/// The clock in the bytes of its sysvar. Errors: `NotFound`.
pub(crate) fn decode_clock(raw: &Raw) -> Result<Clock, SdkError> {
    bincode::deserialize(&raw.data).map_err(|_| no_clock(&raw.key))
}

fn no_clock(key: &Pubkey) -> SdkError {
    SdkError::NotFound {
        what: "clock",
        query: key.to_string(),
    }
}

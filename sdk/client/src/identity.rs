//! Who a token's owner is, by whomever the reader trusts, see [`upside_core::identity`]:
//! what it takes to read it from a cluster.

pub use upside_core::identity::{Identity, Person, Trust, Trusted, accounts, judge, name_hash};

use {
    crate::{
        address::{SYSTEM_PROGRAM, find_identity},
        error::SdkError,
        fetch,
        inspect::TokenReport,
        state::{self, Account, decode},
    },
    anchor_lang::prelude::Pubkey,
    core::mem::offset_of,
    solana_program::sysvar::clock,
    solana_rpc_client::nonblocking::rpc_client::RpcClient,
    upside_core::raw::no_clock,
};

/// The identities of owners, in the order of `people`, at the chain's clock: batched
/// readings, none where nobody is trusted.
///
/// # Errors
/// `Rpc`, `NotFound` (the clock).
pub async fn of(
    client: &RpcClient,
    people: &[Person],
    trust: &Trust,
) -> Result<Vec<Identity>, SdkError> {
    if trust.keys.is_empty() && trust.credentials.is_empty() {
        return Ok(vec![Identity::Unverified; people.len()]);
    }
    let mut places = vec![clock::ID];
    places.extend(people.iter().flat_map(|person| accounts(person, trust)));
    let found = fetch::raw(client, &places).await?;
    let (time, found) = found.split_first().ok_or(no_clock(&clock::ID))?;
    let now = fetch::decode_clock(time.as_ref().ok_or(no_clock(&clock::ID))?)?.unix_timestamp;
    let each = trust.keys.len().saturating_add(trust.credentials.len());
    let people = people.iter().zip(found.chunks(each));
    Ok(people
        .map(|(person, found)| judge(person, found, trust, now))
        .collect())
}

/// Writes into reports who the owners are by those whom the reader trusts.
///
/// # Errors
/// `Rpc`, `NotFound` (the clock).
pub async fn annotate(
    client: &RpcClient,
    reports: &mut [&mut TokenReport],
    trust: &Trust,
) -> Result<(), SdkError> {
    let mut people = Vec::with_capacity(reports.len());
    for report in reports.iter() {
        people.push(Person {
            token: report.token,
            owner: report.owner,
            name: report.name.clone(),
        });
    }
    let identities = of(client, &people, trust).await?;
    for (report, identity) in reports.iter_mut().zip(identities) {
        report.verified = identity.is_verified();
        report.disclosure.identity.identity = identity.clone();
        report.identity = identity;
    }
    Ok(())
}

/// Everybody who vouched for a token's owner, trusted or not, by key. Errors: `Rpc`.
pub async fn identity_attestations(
    client: &RpcClient,
    token: &Pubkey,
) -> Result<Vec<Account<state::Identity>>, SdkError> {
    let of_token = Some((offset_of!(state::Identity, token), token));
    let mut found = fetch::all_with::<state::Identity>(client, of_token).await?;
    found.sort_by_key(|one| one.data.attester);
    Ok(found)
}

/// One key's identity attestation for a token's owner, if there is one. Errors: `Rpc`.
pub async fn identity_attestation(
    client: &RpcClient,
    token: &Pubkey,
    attester: &Pubkey,
) -> Result<Option<Account<state::Identity>>, SdkError> {
    let key = find_identity(token, attester).0;
    let raw = fetch::raw(client, &[key]).await?.pop().flatten();
    let raw = raw.filter(|raw| raw.owner != SYSTEM_PROGRAM);
    Ok(raw
        .map(|raw| decode(&raw.key, &raw.owner, &raw.data))
        .transpose()?)
}

//! Who a token's creator is, by whomever the reader trusts. Anybody can type anyone's
//! name into a token: without somebody whom the reader trusts it is unverified.

use {
    crate::{
        address::{SYSTEM_PROGRAM, find_credential, find_identity},
        error::SdkError,
        fetch::{self, Raw},
        hex::hex,
        inspect::TokenReport,
        state::{self, Account, Credential, decode},
    },
    anchor_lang::prelude::Pubkey,
    core::{mem::offset_of, str::FromStr},
    serde::Serialize,
    solana_rpc_client::nonblocking::rpc_client::RpcClient,
};

/// Whom a reader trusts to know who is who.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trust {
    /// Keys whose vouchers count.
    pub keys: Vec<Pubkey>,
    /// Credentials of the Solana Attestation Service, with their schema.
    pub credentials: Vec<(Pubkey, Pubkey)>,
}

/// One of them as people write it: `KEY`, or `CREDENTIAL/SCHEMA`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trusted {
    /// A key that vouches.
    Key(Pubkey),
    /// A credential with its schema.
    Credential(Pubkey, Pubkey),
}

impl FromStr for Trusted {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let key = |text: &str| {
            Pubkey::from_str(text).map_err(|_| {
                format!("{text:?} is nobody to trust: write KEY, or CREDENTIAL/SCHEMA")
            })
        };
        Ok(match text.split_once('/') {
            Some((credential, schema)) => Trusted::Credential(key(credential)?, key(schema)?),
            None => Trusted::Key(key(text)?),
        })
    }
}

impl FromIterator<Trusted> for Trust {
    fn from_iter<I: IntoIterator<Item = Trusted>>(all: I) -> Self {
        let mut trust = Trust::default();
        for one in all {
            match one {
                Trusted::Key(key) => trust.keys.push(key),
                Trusted::Credential(credential, schema) => {
                    trust.credentials.push((credential, schema));
                }
            }
        }
        trust
    }
}

/// Who says that a token's creator is the person of its name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(tag = "status", rename_all = "snake_case")]
pub enum Identity {
    /// Nobody whom the reader trusts.
    #[default]
    Unverified,
    /// A key that the reader trusts.
    Vouched {
        /// That key.
        by: String,
        /// SHA-256 of the name that it vouched for.
        subject: String,
        /// Last good second, unix time.
        expires_at: i64,
    },
    /// A credential that the reader trusts, on the creator's key.
    Credential {
        /// The issuer's credential.
        credential: String,
        /// What it attests.
        schema: String,
        /// Last good second, unix time; none where it has no end.
        expires_at: Option<i64>,
    },
}

impl Identity {
    /// Whether somebody whom the reader trusts says so.
    pub fn is_verified(&self) -> bool {
        *self != Identity::Unverified
    }
}

/// The identities of creators, of tokens as (token, creator), in their order, at the
/// chain's clock: batched readings, none where nobody is trusted.
///
/// # Errors
/// `Rpc`, `NotFound` (the clock).
pub async fn of(
    client: &RpcClient,
    tokens: &[(Pubkey, Pubkey)],
    trust: &Trust,
) -> Result<Vec<Identity>, SdkError> {
    if trust.keys.is_empty() && trust.credentials.is_empty() {
        return Ok(vec![Identity::Unverified; tokens.len()]);
    }
    let mut places = vec![solana_program::sysvar::clock::ID];
    for (token, creator) in tokens {
        let vouchers = trust.keys.iter().map(|key| find_identity(token, key).0);
        places.extend(vouchers);
        let attested = trust.credentials.iter();
        places.extend(attested.map(|(issuer, schema)| find_credential(issuer, schema, creator).0));
    }
    let found = fetch::raw(client, &places).await?;
    let (clock, found) = found.split_first().ok_or(no_clock())?;
    let now = fetch::decode_clock(clock.as_ref().ok_or(no_clock())?)?.unix_timestamp;
    let each = trust.keys.len().saturating_add(trust.credentials.len());
    let people = tokens.iter().zip(found.chunks(each));
    Ok(people
        .map(|((token, creator), found)| judge(token, creator, found, trust, now))
        .collect())
}

/// Writes into reports who the creators are by those whom the reader trusts.
///
/// # Errors
/// `Rpc`, `NotFound` (the clock, or a report's token).
pub async fn mark(
    client: &RpcClient,
    reports: &mut [&mut TokenReport],
    trust: &Trust,
) -> Result<(), SdkError> {
    let mut people = Vec::with_capacity(reports.len());
    for report in reports.iter() {
        let key = |text: &str| {
            Pubkey::from_str(text).map_err(|_| SdkError::NotFound {
                what: "token",
                query: text.to_string(),
            })
        };
        people.push((key(&report.token)?, key(&report.creator)?));
    }
    let identities = of(client, &people, trust).await?;
    for (report, identity) in reports.iter_mut().zip(identities) {
        report.verified = identity.is_verified();
        report.identity = identity;
    }
    Ok(())
}

fn no_clock() -> SdkError {
    SdkError::NotFound {
        what: "clock",
        query: solana_program::sysvar::clock::ID.to_string(),
    }
}

/// The first that counts, in the order in which the reader named them.
fn judge(
    token: &Pubkey,
    creator: &Pubkey,
    found: &[Option<Raw>],
    trust: &Trust,
    now: i64,
) -> Identity {
    for (raw, key) in found.iter().zip(&trust.keys) {
        let signed = raw
            .as_ref()
            .and_then(|raw| decode::<state::Identity>(&raw.key, &raw.owner, &raw.data).ok());
        let signed = signed.filter(|one| {
            let data = &one.data;
            data.token == *token && data.attester == *key && !data.is_expired(now)
        });
        if let Some(signed) = signed {
            return Identity::Vouched {
                by: key.to_string(),
                subject: hex(&signed.data.subject),
                expires_at: signed.data.expires_at,
            };
        }
    }
    let credentials = found.iter().skip(trust.keys.len());
    for (raw, (issuer, schema)) in credentials.zip(&trust.credentials) {
        let attested = raw.as_ref().and_then(|raw| {
            let account = (&raw.key, &raw.owner, &raw.data[..]);
            Credential::of(account, (issuer, schema), creator).ok()
        });
        if let Some(attested) = attested.filter(|one| !one.is_expired(now)) {
            return Identity::Credential {
                credential: issuer.to_string(),
                schema: schema.to_string(),
                expires_at: (attested.expiry != 0).then_some(attested.expiry),
            };
        }
    }
    Identity::Unverified
}

/// Everybody who vouches for a token's creator, trusted or not, by key. Errors: `Rpc`.
pub async fn vouchers(
    client: &RpcClient,
    token: &Pubkey,
) -> Result<Vec<Account<state::Identity>>, SdkError> {
    let of_token = Some((offset_of!(state::Identity, token), token));
    let mut found = fetch::all_with::<state::Identity>(client, of_token).await?;
    found.sort_by_key(|one| one.data.attester);
    Ok(found)
}

/// One key's voucher for a token's creator, if there is one. Errors: `Rpc`.
pub async fn voucher(
    client: &RpcClient,
    token: &Pubkey,
    attester: &Pubkey,
) -> Result<Option<Account<state::Identity>>, SdkError> {
    let key = find_identity(token, attester).0;
    let raw = fetch::raw(client, &[key]).await?.pop().flatten();
    let raw = raw.filter(|raw| raw.owner != SYSTEM_PROGRAM);
    raw.map(|raw| decode(&raw.key, &raw.owner, &raw.data))
        .transpose()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trust_is_a_key_or_a_credential_with_its_schema() {
        let (a, b) = (Pubkey::new_unique(), Pubkey::new_unique());
        let read = |text: String| text.parse::<Trusted>();
        assert_eq!(read(a.to_string()), Ok(Trusted::Key(a)));
        assert_eq!(read(format!("{a}/{b}")), Ok(Trusted::Credential(a, b)));
        for text in ["", "x", "/", "x/y"] {
            assert!(text.parse::<Trusted>().is_err(), "{text:?}");
        }
        let trust: Trust = [Trusted::Key(a), Trusted::Credential(b, a)]
            .into_iter()
            .collect();
        assert_eq!((trust.keys, trust.credentials), (vec![a], vec![(b, a)]));
    }
}

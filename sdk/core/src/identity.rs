//! Who a token's owner is, by whomever the reader trusts. Anybody can type anyone's
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
    sha2::{Digest, Sha256},
    solana_rpc_client::nonblocking::rpc_client::RpcClient,
};

/// Whom a reader trusts to know who is who.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trust {
    /// Keys whose identity attestations count.
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

/// Who says that a token's owner is the person of its name. The token is *verified* if
/// somebody whom the reader trusts vouches for both: for the name that the token has now,
/// and for the key that owns it now.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(tag = "status", rename_all = "snake_case")]
pub enum Identity {
    /// Nobody whom the reader trusts.
    #[default]
    Unverified,
    /// A key that the reader trusts.
    Attested {
        /// That key.
        by: String,
        /// SHA-256 of the name that it vouched for.
        subject: String,
        /// The key that it vouched for.
        owner: String,
        /// Whether that is the token's name now.
        name_verified: bool,
        /// Whether that key owns the token now.
        owner_verified: bool,
        /// Last good second, unix time.
        expires_at: i64,
    },
    /// A credential that the reader trusts, on the owner's key.
    Credential {
        /// The issuer's credential.
        credential: String,
        /// What it attests.
        schema: String,
        /// Whether its data holds the SHA-256 of the token's name now.
        name_verified: bool,
        /// Last good second, unix time; none where it has no end.
        expires_at: Option<i64>,
    },
}

impl Identity {
    /// Whether somebody whom the reader trusts vouches for the present name and the
    /// present owner.
    pub fn is_verified(&self) -> bool {
        match self {
            Identity::Unverified => false,
            Identity::Attested {
                name_verified,
                owner_verified,
                ..
            } => *name_verified && *owner_verified,
            Identity::Credential { name_verified, .. } => *name_verified,
        }
    }

    /// What is not verified although somebody whom the reader trusts vouched; `None` if
    /// nobody did, or all is.
    pub fn missing(&self) -> Option<&'static str> {
        match self {
            Identity::Attested {
                name_verified,
                owner_verified,
                ..
            } => match (name_verified, owner_verified) {
                (true, true) => None,
                (false, true) => Some("vouched for under another name"),
                (true, false) => Some("vouched for under another owner"),
                (false, false) => Some("vouched for under another name and another owner"),
            },
            Identity::Credential {
                name_verified: false,
                ..
            } => Some("the owner's key has a credential, which does not name them"),
            _ => None,
        }
    }
}

/// A token as a person: what identities speak about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The token.
    pub token: Pubkey,
    /// Who owns it now.
    pub owner: Pubkey,
    /// Its name now.
    pub name: String,
}

/// SHA-256 of a name, as identities carry it.
pub fn name_hash(name: &str) -> [u8; 32] {
    Sha256::digest(name.as_bytes()).into()
}

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
    let mut places = vec![solana_program::sysvar::clock::ID];
    for person in people {
        let token = &person.token;
        let identity_attestations = trust.keys.iter().map(|key| find_identity(token, key).0);
        places.extend(identity_attestations);
        let attested = trust.credentials.iter();
        let owner = &person.owner;
        places.extend(attested.map(|(issuer, schema)| find_credential(issuer, schema, owner).0));
    }
    let found = fetch::raw(client, &places).await?;
    let (clock, found) = found.split_first().ok_or(no_clock())?;
    let now = fetch::decode_clock(clock.as_ref().ok_or(no_clock())?)?.unix_timestamp;
    let each = trust.keys.len().saturating_add(trust.credentials.len());
    let people = people.iter().zip(found.chunks(each));
    Ok(people
        .map(|(person, found)| judge(person, found, trust, now))
        .collect())
}

/// Writes into reports who the owners are by those whom the reader trusts.
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
        people.push(Person {
            token: key(&report.token)?,
            owner: key(&report.owner)?,
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

fn no_clock() -> SdkError {
    SdkError::NotFound {
        what: "clock",
        query: solana_program::sysvar::clock::ID.to_string(),
    }
}

/// Whether the data of an attestation of the service holds a hash.
fn holds(attestation: &[u8], hash: &[u8; 32]) -> bool {
    // One byte, three keys, then the data behind its length.
    let body = attestation.get(97..).and_then(|rest| {
        let (length, body) = rest.split_first_chunk::<4>()?;
        body.get(..usize::try_from(u32::from_le_bytes(*length)).ok()?)
    });
    body.is_some_and(|body| body.windows(32).any(|part| part == hash))
}

/// The first that verifies name and owner, in the order in which the reader named them;
/// else the first that verifies one of them.
fn judge(person: &Person, found: &[Option<Raw>], trust: &Trust, now: i64) -> Identity {
    let hash = name_hash(&person.name);
    let mut all = Vec::new();
    for (raw, key) in found.iter().zip(&trust.keys) {
        let signed = raw
            .as_ref()
            .and_then(|raw| decode::<state::Identity>(&raw.key, &raw.owner, &raw.data).ok());
        let signed = signed.filter(|one| {
            let data = &one.data;
            data.token == person.token && data.attester == *key && !data.is_expired(now)
        });
        all.extend(signed.map(|signed| Identity::Attested {
            by: key.to_string(),
            subject: hex(&signed.data.subject),
            owner: signed.data.owner.to_string(),
            name_verified: signed.data.subject == hash,
            owner_verified: signed.data.owner == person.owner,
            expires_at: signed.data.expires_at,
        }));
    }
    let credentials = found.iter().skip(trust.keys.len());
    for (raw, (issuer, schema)) in credentials.zip(&trust.credentials) {
        let attested = raw.as_ref().and_then(|raw| {
            let account = (&raw.key, &raw.owner, &raw.data[..]);
            let attested = Credential::of(account, (issuer, schema), &person.owner).ok()?;
            (!attested.is_expired(now)).then(|| Identity::Credential {
                credential: issuer.to_string(),
                schema: schema.to_string(),
                name_verified: holds(&raw.data, &hash),
                expires_at: (attested.expiry != 0).then_some(attested.expiry),
            })
        });
        all.extend(attested);
    }
    let verified = all.iter().position(Identity::is_verified);
    if all.is_empty() {
        return Identity::Unverified;
    }
    all.swap_remove(verified.unwrap_or(0))
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

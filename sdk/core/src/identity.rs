//! Who a token's owner is, by whomever the reader trusts. Anybody can type anyone's
//! name into a token: without somebody whom the reader trusts it is unverified.

use {
    crate::report::{Base58, Hash},
    crate::{
        address::{find_credential, find_identity},
        raw::Raw,
        state::{self, Credential, decode},
    },
    anchor_lang::prelude::Pubkey,
    core::str::FromStr,
    serde::Serialize,
    serde_with::serde_as,
    sha2::{Digest, Sha256},
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
#[serde_as]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "status", rename_all = "snake_case")]
pub enum Identity {
    /// Nobody whom the reader trusts.
    #[default]
    Unverified,
    /// A key that the reader trusts.
    Attested {
        /// That key.
        #[serde_as(as = "Base58")]
        by: Pubkey,
        /// SHA-256 of the name that it vouched for.
        subject: Hash,
        /// The key that it vouched for.
        #[serde_as(as = "Base58")]
        owner: Pubkey,
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
        #[serde_as(as = "Base58")]
        credential: Pubkey,
        /// What it attests.
        #[serde_as(as = "Base58")]
        schema: Pubkey,
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

/// The accounts in which those whom the reader trusts may vouch for a person: read them, and
/// [`judge`].
pub fn accounts(person: &Person, trust: &Trust) -> Vec<Pubkey> {
    let token = &person.token;
    let signed = trust.keys.iter().map(|key| find_identity(token, key).0);
    let owner = &person.owner;
    let attested = trust.credentials.iter();
    let attested = attested.map(|(issuer, schema)| find_credential(issuer, schema, owner).0);
    signed.chain(attested).collect()
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

/// Who a person is at unix time `now` by what was `found` in the [`accounts`], in their
/// order: the first that verifies name and owner, in the order in which the reader named
/// them; else the first that verifies one of them.
pub fn judge(person: &Person, found: &[Option<Raw>], trust: &Trust, now: i64) -> Identity {
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
            by: *key,
            subject: Hash(signed.data.subject),
            owner: signed.data.owner,
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
                credential: *issuer,
                schema: *schema,
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

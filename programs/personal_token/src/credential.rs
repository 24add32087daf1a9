//! Attestations of the Solana Attestation Service, read by their public layout: who is
//! admitted under `Admission::Credential`, and who readers hold a creator to be.
//!
//! An attestation account is one byte 2, then nonce, credential and schema (32 bytes
//! each), data (32-bit length, bytes), signer (32 bytes), expiry (64-bit, signed, last
//! good second in unix time, 0 for never) and token account (32 bytes). Its address is
//! derived from credential, schema and nonce. Revoking closes the account. Source:
//! `program/src/state/attestation.rs` of `solana-foundation/solana-attestation-service`.

use {
    crate::{
        error::{ProgramResult, TokenError, require},
        seeds,
        state::{Admission, PersonalToken},
    },
    anchor_lang::prelude::*,
};

/// The Solana Attestation Service.
pub const SERVICE: Pubkey = pubkey!("22zoJMtdu4tQc2PzL74ZUT7FrwgB1Udec8DdW4yw4BdG");
/// First byte of an attestation account.
const ATTESTATION: u8 = 2;

/// What an attestation of the service says, without its data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Credential {
    /// Whom it is about, where the issuer takes wallets as nonces.
    pub nonce: Pubkey,
    /// The issuer's namespace.
    pub credential: Pubkey,
    /// What kind of statement it is.
    pub schema: Pubkey,
    /// Who signed it for the issuer.
    pub signer: Pubkey,
    /// Last second in which it is good, unix time; 0 for no end.
    pub expiry: i64,
}

/// Takes the first `N` bytes off.
fn take<const N: usize>(rest: &mut &[u8]) -> Option<[u8; N]> {
    let (head, tail) = rest.split_first_chunk::<N>()?;
    *rest = tail;
    Some(*head)
}

/// What an attestation says in full, in the form of its schema: `None` if these are no
/// attestation account's bytes.
pub fn statement(data: &[u8]) -> Option<&[u8]> {
    let mut rest = data;
    let [kind] = take::<1>(&mut rest)?;
    take::<96>(&mut rest)?;
    let length = usize::try_from(u32::from_le_bytes(take(&mut rest)?)).ok()?;
    rest.get(..length).filter(|_| kind == ATTESTATION)
}

impl Credential {
    /// Reads an attestation account's bytes; `None` where they are none.
    pub fn read(data: &[u8]) -> Option<Credential> {
        let mut rest = data;
        let [kind] = take::<1>(&mut rest)?;
        let nonce = take(&mut rest)?.into();
        let credential = take(&mut rest)?.into();
        let schema = take(&mut rest)?.into();
        let length = usize::try_from(u32::from_le_bytes(take(&mut rest)?)).ok()?;
        rest = rest.get(length..)?;
        let signer = take(&mut rest)?.into();
        let expiry = i64::from_le_bytes(take(&mut rest)?);
        take::<32>(&mut rest)?;
        (kind == ATTESTATION).then_some(Credential {
            nonce,
            credential,
            schema,
            signer,
            expiry,
        })
    }

    /// Whether its time is over.
    pub fn is_expired(&self, now: i64) -> bool {
        self.expiry != 0 && now > self.expiry
    }

    /// The attestation of this credential and schema on `wallet` that the account at
    /// `key` is. Errors: `CredentialRequired` where there is none, or none any more;
    /// `WrongCredential` where the account is of another kind, wallet or issuer.
    pub fn of(
        (key, owner, data): (&Pubkey, &Pubkey, &[u8]),
        (credential, schema): (&Pubkey, &Pubkey),
        wallet: &Pubkey,
    ) -> ProgramResult<Credential> {
        require(*owner == SERVICE, TokenError::CredentialRequired)?;
        let found = Credential::read(data).ok_or(TokenError::WrongCredential)?;
        let fits =
            found.nonce == *wallet && found.credential == *credential && found.schema == *schema;
        require(fits, TokenError::WrongCredential)?;
        let address = seeds::find_credential(credential, schema, wallet).0;
        require(*key == address, TokenError::WrongCredential)?;
        Ok(found)
    }
}

impl PersonalToken {
    /// Refuses unless the account at `key` is the credential that admits `wallet` now.
    /// Errors: `NotAdmitted` under another policy, `CredentialRequired`,
    /// `WrongCredential`, `CredentialExpired`.
    pub fn require_credential(
        &self,
        account: (&Pubkey, &Pubkey, &[u8]),
        wallet: &Pubkey,
        now: i64,
    ) -> ProgramResult<()> {
        let asked = self.admission()? == Admission::Credential;
        require(asked, TokenError::NotAdmitted)?;
        let found = Credential::of(account, (&self.credential, &self.schema), wallet)?;
        require(!found.is_expired(now), TokenError::CredentialExpired)
    }
}

impl Admission {
    /// Refuses a policy by credential that names none, and a name that no policy uses.
    /// Errors: `InvalidPolicy`.
    pub fn require_named(self, credential: &Pubkey, schema: &Pubkey) -> ProgramResult<()> {
        let none = Pubkey::default();
        let named = (*credential != none, *schema != none);
        let asked = self == Admission::Credential;
        require(named == (asked, asked), TokenError::InvalidPolicy)
    }
}

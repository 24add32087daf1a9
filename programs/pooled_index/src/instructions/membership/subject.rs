//! Which human an attestation is about, and that nobody is a member twice.

use {
    crate::{
        error::{IndexError, ProgramResult, require},
        host::AccountIo,
        seeds,
        state::{IndexTerms, Subject},
    },
    anchor_lang::{prelude::*, system_program},
    personal_token::{
        credential::{self, Credential},
        error::TokenError,
    },
    solana_sha256_hasher::hash,
};

/// What names the human in an attestation account's bytes: SHA-256 of the first field of
/// its statement, which is text or bytes after a 32-bit length. An issuer gives all
/// attestations about one human the same. Errors: `WrongCredential` for no or an empty one.
pub fn subject_of(attestation: &[u8]) -> ProgramResult<[u8; 32]> {
    let statement = credential::statement(attestation).unwrap_or_default();
    let field = statement
        .split_first_chunk::<4>()
        .and_then(|(length, rest)| {
            let length = usize::try_from(u32::from_le_bytes(*length)).ok()?;
            rest.get(..length)
        });
    let field = field.unwrap_or_default();
    require(!field.is_empty(), IndexError::WrongCredential)?;
    Ok(hash(field).to_bytes())
}

/// The accounts of whoever becomes a member where an equal share is paid.
pub(super) struct Shown<'a, 'info> {
    pub(super) payer: &'a AccountInfo<'info>,
    pub(super) attestation: Option<&'a AccountInfo<'info>>,
    pub(super) subject: Option<&'a AccountInfo<'info>>,
}

impl Shown<'_, '_> {
    /// Proves the attestation about `wallet`, and that this human has no other membership
    /// than `membership`: makes the account that says so, unless it is there. Returns its
    /// address; zero if no equal share is paid. Errors: `CredentialRequired`,
    /// `WrongCredential`, `CredentialExpired`, `SubjectTaken`, `WrongAccount`.
    #[inline(never)]
    pub(super) fn prove(
        &self,
        terms: &IndexTerms,
        [index, membership, wallet]: [&Pubkey; 3],
        now: i64,
    ) -> Result<Pubkey> {
        if terms.equal_share_bps == 0 {
            return Ok(Pubkey::default());
        }
        let (Some(attestation), Some(account)) = (self.attestation, self.subject) else {
            return Err(IndexError::CredentialRequired.into());
        };
        let subject = {
            let data = attestation.try_borrow_data()?;
            let read = (attestation.key, attestation.owner, &data[..]);
            let found = Credential::of(read, (&terms.credential, &terms.schema), wallet);
            let expired = found.map_err(refused)?.is_expired(now);
            require(!expired, IndexError::CredentialExpired)?;
            subject_of(&data)?
        };
        let seeds = seeds::subject(index, &subject);
        if *account.owner == system_program::ID {
            let bump = AccountIo::create_own::<Subject>(self.payer, account, &seeds)?;
            let mut kept = AccountIo::load_new::<Subject>(account)?;
            kept.open(index, membership, self.payer.key, bump);
        } else {
            AccountIo::prove_address(account, &seeds)?;
            let kept = AccountIo::read::<Subject>(account)?;
            let own = kept.membership == *membership;
            require(own, IndexError::SubjectTaken)?;
        }
        Ok(*account.key)
    }
}

/// Frees the human of a membership for another one: closes `account`, the one at `kept`.
/// Errors: `MissingAccounts`, `WrongAccount`.
#[inline(never)]
pub(super) fn free<'info>(
    kept: &Pubkey,
    account: Option<&AccountInfo<'info>>,
    rent_payer: Option<&AccountInfo<'info>>,
) -> Result<()> {
    if *kept == Pubkey::default() {
        return Ok(());
    }
    let (Some(account), Some(receiver)) = (account, rent_payer) else {
        return Err(IndexError::MissingAccounts.into());
    };
    AccountIo::same(account.key, kept)?;
    {
        let subject = AccountIo::read::<Subject>(account)?;
        AccountIo::same(receiver.key, &subject.rent_payer)?;
    }
    AccountIo::close(account, receiver)
}

fn refused(error: TokenError) -> IndexError {
    match error {
        TokenError::CredentialRequired => IndexError::CredentialRequired,
        _ => IndexError::WrongCredential,
    }
}

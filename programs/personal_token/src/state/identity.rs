use {
    super::{VERSION, attestation::MAX_ATTESTATION},
    crate::error::{ProgramResult, TokenError, require},
    anchor_lang::prelude::*,
};

/// A signed statement that the key which owns a token is a certain person's. It speaks for
/// that name and that key only. Anybody may sign one: readers choose whom they believe.
#[account(zero_copy)]
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Identity {
    /// Layout version.
    pub version: u8,
    /// Bump of this account's address.
    pub bump: u8,
    pub(crate) padding: [u8; 6],
    /// The personal token.
    pub token: Pubkey,
    /// Who signed.
    pub attester: Pubkey,
    /// Who paid this account's rent and gets it back.
    pub rent_payer: Pubkey,
    /// The key that it vouches for: the owner's when it was signed.
    pub owner: Pubkey,
    /// SHA-256 of the person's name as the token has it.
    pub subject: [u8; 32],
    /// SHA-256 of what was examined.
    pub document: [u8; 32],
    /// When it was signed, unix seconds.
    pub signed_at: i64,
    /// Last second in which it is good, unix time.
    pub expires_at: i64,
    pub(crate) reserved: [u64; 8],
}

/// What somebody signs who vouches for an owner.
#[derive(AnchorSerialize, AnchorDeserialize, Clone, Copy, Debug, PartialEq, Eq)]
pub struct IdentityAttestation {
    /// The key that it vouches for: the present owner's.
    pub owner: Pubkey,
    /// SHA-256 of the person's legal or public name, not zero.
    pub subject: [u8; 32],
    /// SHA-256 of what was examined; zero where nothing is kept.
    pub document: [u8; 32],
    /// Last second in which it is good, unix time: at most two years ahead.
    pub expires_at: i64,
}

impl Identity {
    /// Begins a new account, which [`Self::sign`] fills.
    pub(crate) fn open(&mut self, keys: [&Pubkey; 3], bump: u8) {
        let [token, attester, rent_payer] = keys;
        self.bump = bump;
        self.token = *token;
        self.attester = *attester;
        self.rent_payer = *rent_payer;
    }

    /// Signs, or signs again. Errors: `NotOwner` if the token has another owner by now,
    /// `InvalidSubject`, `InvalidExpiry`.
    pub(crate) fn sign(
        &mut self,
        identity_attestation: &IdentityAttestation,
        owner: &Pubkey,
        now: i64,
    ) -> ProgramResult<()> {
        require(identity_attestation.owner == *owner, TokenError::NotOwner)?;
        require(
            identity_attestation.subject != [0; 32],
            TokenError::InvalidSubject,
        )?;
        let latest = now.saturating_add(MAX_ATTESTATION);
        let fits =
            now < identity_attestation.expires_at && identity_attestation.expires_at <= latest;
        require(fits, TokenError::InvalidExpiry)?;
        self.version = VERSION;
        self.owner = identity_attestation.owner;
        self.subject = identity_attestation.subject;
        self.document = identity_attestation.document;
        self.signed_at = now;
        self.expires_at = identity_attestation.expires_at;
        Ok(())
    }

    /// Whether its time is over.
    pub fn is_expired(&self, now: i64) -> bool {
        now > self.expires_at
    }
}

const _: () = assert!(core::mem::size_of::<Identity>() == 8 + 192 + 16 + 64);

use {
    super::{Claim, VERSION},
    crate::error::{Outcome, TokenError, require},
    anchor_lang::prelude::*,
};

/// Most attesters of a token.
pub const MAX_ATTESTERS: usize = 16;
/// Longest life of an attestation, in seconds: two years.
pub const MAX_ATTESTATION: i64 = 2 * 365 * 86_400;

/// Who may attest a token's claims, and how many of them it takes. The owner adds at
/// once and removes with notice: nobody is silenced overnight.
#[account(zero_copy)]
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Attesters {
    /// Layout version.
    pub version: u8,
    /// Bump of this account's address.
    pub bump: u8,
    /// How many fresh attestations of the same document make a claim attested.
    pub threshold: u8,
    /// A lower threshold that was announced; 0 where none was.
    pub pending_threshold: u8,
    pub(crate) padding: [u8; 4],
    /// The personal token.
    pub token: Pubkey,
    /// Who paid this account's rent and gets it back.
    pub rent_payer: Pubkey,
    /// When the announced threshold may be applied, unix seconds.
    pub threshold_at: i64,
    /// The attesters; zero where a place is free.
    pub keys: [Pubkey; MAX_ATTESTERS],
    /// When each may be removed, unix seconds; 0 where no removal was announced.
    pub removals: [i64; MAX_ATTESTERS],
    pub(crate) reserved: [u64; 8],
}

impl Attesters {
    /// Fills a new account.
    pub(crate) fn open(&mut self, token: &Pubkey, rent_payer: &Pubkey, bump: u8) {
        self.version = VERSION;
        self.bump = bump;
        self.threshold = 1;
        self.token = *token;
        self.rent_payer = *rent_payer;
    }

    fn place(&self, key: &Pubkey) -> Option<usize> {
        let named = *key != Pubkey::default();
        self.keys.iter().position(|own| named && own == key)
    }

    /// Whether this key may attest.
    pub fn contains(&self, key: &Pubkey) -> bool {
        self.place(key).is_some()
    }

    /// How many attesters there are.
    pub fn count(&self) -> usize {
        let free = Pubkey::default();
        self.keys.iter().filter(|key| **key != free).count()
    }

    /// Errors: `InvalidAttester`, `AlreadyAttester`, `AttesterListFull`.
    pub(crate) fn add(&mut self, key: &Pubkey, owner: &Pubkey) -> Outcome<()> {
        let named = *key != Pubkey::default() && key != owner;
        require(named, TokenError::InvalidAttester)?;
        require(!self.contains(key), TokenError::AlreadyAttester)?;
        let free = Pubkey::default();
        let places = self.keys.iter_mut().zip(&mut self.removals);
        let mut open = places.filter(|(own, _)| **own == free);
        let (own, removal) = open.next().ok_or(TokenError::AttesterListFull)?;
        *own = *key;
        *removal = 0;
        Ok(())
    }

    /// Removes an attester at once, as a poll asks. Errors: `NotAttester`.
    pub(crate) fn drop(&mut self, key: &Pubkey) -> Outcome<()> {
        let place = self.place(key).ok_or(TokenError::NotAttester)?;
        let own = self.keys.get_mut(place);
        *own.ok_or(TokenError::InvariantBroken)? = Pubkey::default();
        let removal = self.removals.get_mut(place);
        *removal.ok_or(TokenError::InvariantBroken)? = 0;
        Ok(())
    }

    /// Announces a removal for `at`, unix seconds. Errors: `NotAttester`.
    pub(crate) fn announce_removal(&mut self, key: &Pubkey, at: i64) -> Outcome<()> {
        let place = self.place(key).ok_or(TokenError::NotAttester)?;
        let removal = self.removals.get_mut(place);
        *removal.ok_or(TokenError::InvariantBroken)? = at;
        Ok(())
    }

    /// Removes an attester whose notice is over. Errors: `NotAttester`, `NothingToApply`,
    /// `NoticePending`.
    pub(crate) fn remove(&mut self, key: &Pubkey, now: i64) -> Outcome<()> {
        let place = self.place(key).ok_or(TokenError::NotAttester)?;
        let removal = self.removals.get_mut(place);
        let removal = removal.ok_or(TokenError::InvariantBroken)?;
        require(*removal != 0, TokenError::NothingToApply)?;
        require(now >= *removal, TokenError::NoticePending)?;
        *removal = 0;
        let own = self.keys.get_mut(place);
        *own.ok_or(TokenError::InvariantBroken)? = Pubkey::default();
        Ok(())
    }

    /// A higher threshold applies at once, a lower one from `at` on. Returns when it
    /// does. Errors: `InvalidThreshold`.
    pub(crate) fn set_threshold(&mut self, threshold: u8, now: i64, at: i64) -> Outcome<i64> {
        let fits = (1..=MAX_ATTESTERS).contains(&usize::from(threshold));
        require(fits, TokenError::InvalidThreshold)?;
        if threshold >= self.threshold {
            self.threshold = threshold;
            self.pending_threshold = 0;
            self.threshold_at = 0;
            return Ok(now);
        }
        self.pending_threshold = threshold;
        self.threshold_at = at;
        Ok(at)
    }

    /// Errors: `NothingToApply`, `NoticePending`.
    pub(crate) fn apply_threshold(&mut self, now: i64) -> Outcome<()> {
        require(self.pending_threshold != 0, TokenError::NothingToApply)?;
        require(now >= self.threshold_at, TokenError::NoticePending)?;
        self.threshold = self.pending_threshold;
        self.pending_threshold = 0;
        self.threshold_at = 0;
        Ok(())
    }
}

/// A third party's signed statement on a claim.
#[account(zero_copy)]
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Attestation {
    /// Layout version.
    pub version: u8,
    /// Bump of this account's address.
    pub bump: u8,
    pub(crate) padding: [u8; 6],
    /// The personal token.
    pub token: Pubkey,
    /// The claim.
    pub claim: Pubkey,
    /// Who signed.
    pub attester: Pubkey,
    /// Who paid this account's rent and gets it back.
    pub rent_payer: Pubkey,
    /// SHA-256 of the evidence that was examined.
    pub document: [u8; 32],
    /// What the attester holds the claim to be worth, in quote atoms: shown, never used.
    pub value: u64,
    /// When it was signed, unix seconds.
    pub signed_at: i64,
    /// Last second in which it is fresh, unix time.
    pub expires_at: i64,
    pub(crate) reserved: [u64; 8],
}

/// What an attester signs.
#[derive(AnchorSerialize, AnchorDeserialize, Clone, Copy, Debug, PartialEq, Eq)]
pub struct Statement {
    /// What the claim is held to be worth, in quote atoms.
    pub value: u64,
    /// SHA-256 of the evidence that was examined: the claim's own.
    pub document: [u8; 32],
    /// Last second in which it is fresh, unix time: at most two years ahead.
    pub expires_at: i64,
}

impl Attestation {
    /// Signs, or signs again. Errors: `ClaimNotOpen`, `DocumentMismatch`, `InvalidExpiry`.
    pub(crate) fn sign(&mut self, claim: &Claim, statement: &Statement, now: i64) -> Outcome<()> {
        require(claim.is_open()?, TokenError::ClaimNotOpen)?;
        let same = statement.document == claim.document;
        require(same, TokenError::DocumentMismatch)?;
        let latest = now.saturating_add(MAX_ATTESTATION);
        let fits = now < statement.expires_at && statement.expires_at <= latest;
        require(fits, TokenError::InvalidExpiry)?;
        self.document = statement.document;
        self.value = statement.value;
        self.signed_at = now;
        self.expires_at = statement.expires_at;
        Ok(())
    }

    /// Whether it speaks for a claim's present document, now.
    pub fn is_fresh(&self, claim: &Claim, now: i64) -> bool {
        self.document == claim.document && now <= self.expires_at
    }
}

const _: () = assert!(core::mem::size_of::<Attesters>() == 8 + 64 + 8 + MAX_ATTESTERS * 40 + 64);
const _: () = assert!(core::mem::size_of::<Attestation>() == 8 + 160 + 24 + 64);

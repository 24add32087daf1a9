use {
    crate::error::{IndexError, ProgramResult, require},
    anchor_lang::prelude::*,
    upside_math::{Bps, MAX_ENTRY_FEE, MAX_EQUAL_SHARE, MAX_EXIT_FEE, MAX_MANAGEMENT_FEE},
};

/// A day in seconds.
pub(crate) const DAY: u32 = 86_400;
/// Shortest and longest notice period.
pub const NOTICE: (u32, u32) = (3 * DAY, 30 * DAY);
/// Highest dilution by members within a year, in basis points.
pub const MAX_DILUTION: u16 = 1_000;

/// What is promised at the creation, for good, in an account's layout.
#[zero_copy]
#[derive(Debug, Default, PartialEq, Eq)]
pub struct IndexTerms {
    /// Part of everything harvested that members get equal parts of, in basis points.
    pub equal_share_bps: u16,
    /// Most that members get of the whole in a year, in basis points.
    pub dilution_bps: u16,
    /// Seconds that changes, offers and trades are announced ahead.
    pub notice_seconds: u32,
    /// Credential whose attestation members show; zero without an equal share.
    pub credential: Pubkey,
    /// Schema of that attestation; zero without an equal share.
    pub schema: Pubkey,
}

/// [`IndexTerms`] as an instruction carries them.
#[derive(AnchorSerialize, AnchorDeserialize, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TermsInput {
    /// At most 2,500.
    pub equal_share_bps: u16,
    /// At most 1,000.
    pub dilution_bps: u16,
    /// 3 to 30 days.
    pub notice_seconds: u32,
    /// Named if there is an equal share, else zero.
    pub credential: Pubkey,
    /// Likewise.
    pub schema: Pubkey,
}

impl TermsInput {
    /// The account's layout of these terms. Errors: `InvalidTerms`.
    pub fn validated(&self) -> ProgramResult<IndexTerms> {
        let none = Pubkey::default();
        let named = (self.credential != none, self.schema != none);
        let shared = self.equal_share_bps > 0;
        let within = self.equal_share_bps <= MAX_EQUAL_SHARE.get()
            && self.dilution_bps <= MAX_DILUTION
            && (NOTICE.0..=NOTICE.1).contains(&self.notice_seconds)
            && named == (shared, shared);
        require(within, IndexError::InvalidTerms)?;
        Ok(IndexTerms {
            equal_share_bps: self.equal_share_bps,
            dilution_bps: self.dilution_bps,
            notice_seconds: self.notice_seconds,
            credential: self.credential,
            schema: self.schema,
        })
    }
}

/// Fees, which the curator may raise with notice and lower at any time, in an account's
/// layout.
#[zero_copy]
#[derive(Debug, Default, PartialEq, Eq)]
pub struct IndexParameters {
    /// Yearly fee in basis points of the supply.
    pub management_fee_bps: u16,
    /// Fee on contributions, in basis points of the shares.
    pub entry_fee_bps: u16,
    /// Fee on redemptions, in basis points of the shares.
    pub exit_fee_bps: u16,
    pub(crate) padding: [u8; 2],
}

/// [`IndexParameters`] as an instruction carries them.
#[derive(AnchorSerialize, AnchorDeserialize, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ParametersInput {
    /// At most 500.
    pub management_fee_bps: u16,
    /// At most 300.
    pub entry_fee_bps: u16,
    /// At most 100.
    pub exit_fee_bps: u16,
}

impl ParametersInput {
    /// The account's layout of these parameters. Errors: `InvalidParameters`.
    pub fn validated(&self) -> ProgramResult<IndexParameters> {
        let within = self.management_fee_bps <= MAX_MANAGEMENT_FEE.get()
            && self.entry_fee_bps <= MAX_ENTRY_FEE.get()
            && self.exit_fee_bps <= MAX_EXIT_FEE.get();
        require(within, IndexError::InvalidParameters)?;
        Ok(IndexParameters {
            management_fee_bps: self.management_fee_bps,
            entry_fee_bps: self.entry_fee_bps,
            exit_fee_bps: self.exit_fee_bps,
            padding: [0; 2],
        })
    }
}

impl IndexParameters {
    /// Whether no fee is higher than in `other`.
    pub fn is_within(&self, other: &IndexParameters) -> bool {
        self.management_fee_bps <= other.management_fee_bps
            && self.entry_fee_bps <= other.entry_fee_bps
            && self.exit_fee_bps <= other.exit_fee_bps
    }
}

/// Atoms of one slot as an instruction carries them.
#[derive(AnchorSerialize, AnchorDeserialize, Clone, Copy, Debug, PartialEq, Eq)]
pub struct SlotAtoms {
    /// The slot.
    pub slot: u8,
    /// Atoms: an amount, or those per whole index share.
    pub atoms: u64,
}

/// Basis points that were validated when they were stored.
pub(crate) fn bps(number: u16) -> ProgramResult<Bps> {
    Ok(Bps::new(number)?)
}

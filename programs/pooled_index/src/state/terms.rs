use {
    crate::error::{IndexError, Outcome, require},
    anchor_lang::prelude::*,
    upside_math::{Bps, MAX_ENTRY_FEE, MAX_EQUAL_SHARE, MAX_EXIT_FEE, MAX_MANAGEMENT_FEE},
};

/// A day in seconds.
pub const DAY: u32 = 86_400;
/// Shortest and longest notice period.
pub const NOTICE: (u32, u32) = (DAY, 30 * DAY);
/// Highest dilution by one membership, and by all within 30 days, in basis points.
pub const MAX_DILUTION: u16 = 1_000;
/// Shortest and longest time since a harvest, in seconds.
pub const HARVEST_AGE: (u32, u32) = (60, 7 * DAY);

/// What is promised at the creation, for good, in an account's layout.
#[zero_copy]
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Terms {
    /// Part of everything harvested that is split equally among members.
    pub equal_share_bps: u16,
    /// Most shares for one membership, in basis points of the supply.
    pub offer_cap_bps: u16,
    /// Most shares for memberships within 30 days, likewise.
    pub window_cap_bps: u16,
    pub(crate) padding: [u8; 2],
    /// Seconds that changes, offers and auctions are announced ahead.
    pub notice_seconds: u32,
    pub(crate) padding_2: [u8; 4],
}

/// [`Terms`] as an instruction carries them.
#[derive(AnchorSerialize, AnchorDeserialize, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TermsArgs {
    /// At most 5,000.
    pub equal_share_bps: u16,
    /// At most 1,000.
    pub offer_cap_bps: u16,
    /// At most 1,000.
    pub window_cap_bps: u16,
    /// 1 to 30 days.
    pub notice_seconds: u32,
}

impl TermsArgs {
    /// The account's layout of these terms. Errors: `InvalidTerms`.
    pub fn validated(&self) -> Outcome<Terms> {
        let within = self.equal_share_bps <= MAX_EQUAL_SHARE.get()
            && self.offer_cap_bps <= MAX_DILUTION
            && self.window_cap_bps <= MAX_DILUTION
            && (NOTICE.0..=NOTICE.1).contains(&self.notice_seconds);
        require(within, IndexError::InvalidTerms)?;
        Ok(Terms {
            equal_share_bps: self.equal_share_bps,
            offer_cap_bps: self.offer_cap_bps,
            window_cap_bps: self.window_cap_bps,
            padding: [0; 2],
            notice_seconds: self.notice_seconds,
            padding_2: [0; 4],
        })
    }
}

/// What the curator may change with notice, in an account's layout.
#[zero_copy]
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Parameters {
    /// Yearly fee in basis points of the supply.
    pub management_fee_bps: u16,
    /// Fee on contributions, in basis points of the shares.
    pub entry_fee_bps: u16,
    /// Fee on redemptions, in basis points of the shares.
    pub exit_fee_bps: u16,
    pub(crate) padding: [u8; 2],
    /// Seconds since its harvest after which a constituent counts as stale.
    pub max_harvest_age: u32,
    pub(crate) padding_2: [u8; 4],
}

/// [`Parameters`] as an instruction carries them.
#[derive(AnchorSerialize, AnchorDeserialize, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ParametersArgs {
    /// At most 500.
    pub management_fee_bps: u16,
    /// At most 300.
    pub entry_fee_bps: u16,
    /// At most 100.
    pub exit_fee_bps: u16,
    /// 60 seconds to 7 days.
    pub max_harvest_age: u32,
}

impl ParametersArgs {
    /// The account's layout of these parameters. Errors: `InvalidParameters`.
    pub fn validated(&self) -> Outcome<Parameters> {
        let within = self.management_fee_bps <= MAX_MANAGEMENT_FEE.get()
            && self.entry_fee_bps <= MAX_ENTRY_FEE.get()
            && self.exit_fee_bps <= MAX_EXIT_FEE.get()
            && (HARVEST_AGE.0..=HARVEST_AGE.1).contains(&self.max_harvest_age);
        require(within, IndexError::InvalidParameters)?;
        Ok(Parameters {
            management_fee_bps: self.management_fee_bps,
            entry_fee_bps: self.entry_fee_bps,
            exit_fee_bps: self.exit_fee_bps,
            padding: [0; 2],
            max_harvest_age: self.max_harvest_age,
            padding_2: [0; 4],
        })
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
pub(crate) fn bps(number: u16) -> Outcome<Bps> {
    Ok(Bps::new(number)?)
}

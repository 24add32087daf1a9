use {
    crate::error::{ProgramResult, TokenError, require},
    anchor_lang::prelude::*,
    upside_math::{Bps, WHOLE_SHARE},
};

/// A day in seconds.
pub(crate) const DAY: u32 = 86_400;
/// Shortest and longest drip of a payout stream.
pub const DRIP: (u32, u32) = (DAY, 30 * DAY);
/// Highest cash-out tax, in basis points.
pub const MAX_TAX: u16 = 5_000;
/// Shortest and longest notice period.
pub const NOTICE: (u32, u32) = (DAY, 90 * DAY);
/// Shortest inactivity after which an executor may wind the token up.
pub const MIN_INACTIVITY: u32 = 90 * DAY;
/// Highest royalty on a seller's profit, in basis points.
pub const MAX_ROYALTY: u16 = 5_000;
/// Lowest and highest part of the eligible shares that passes a poll against holders, in
/// basis points: more than half, and all.
pub const THRESHOLD: (u16, u16) = (5_001, 10_000);

/// What the owner promised when the token was created, in an account's layout.
#[zero_copy]
#[derive(Debug, Default, PartialEq, Eq)]
pub struct TokenTerms {
    /// Most shares that may ever exist at once or be on offer, in share atoms.
    pub supply_cap: u64,
    /// The first shares ever created, which take no yearly room, in share atoms.
    pub launch_shares: u64,
    /// Most shares that may be outside as bearer tokens, in share atoms.
    pub bearer_cap: u64,
    /// Cumulative result of exits that stays with the owner, in quote atoms.
    pub floor: u64,
    /// The most that losses may lower the cumulative result below zero, in quote atoms.
    pub loss_limit: u64,
    /// Cash-out tax of the redemption curve.
    pub cash_out_tax_bps: u16,
    /// Part of a seller's profit that goes to the owner, in shares.
    pub royalty_bps: u16,
    /// Part of payouts that goes to the reserve instead of the stream.
    pub reserve_bps: u16,
    /// Part of the eligible shares that passes a poll against holders.
    pub poll_threshold_bps: u16,
    /// Part of the supply that may be created in a year beyond the first shares.
    pub room_bps: u16,
    pub(crate) padding: [u8; 2],
    /// Seconds over which a payout streams to holders.
    pub drip_seconds: u32,
    /// Seconds that changes of policy are announced ahead.
    pub notice_seconds: u32,
    /// Seconds without the owner's sign of life before an executor may act.
    pub inactivity_seconds: u32,
}

impl TokenTerms {
    /// These terms as an instruction carries them.
    pub fn args(&self) -> TermsInput {
        TermsInput {
            supply_cap: self.supply_cap,
            launch_shares: self.launch_shares,
            bearer_cap: self.bearer_cap,
            floor: self.floor,
            loss_limit: self.loss_limit,
            cash_out_tax_bps: self.cash_out_tax_bps,
            royalty_bps: self.royalty_bps,
            reserve_bps: self.reserve_bps,
            poll_threshold_bps: self.poll_threshold_bps,
            room_bps: self.room_bps,
            drip_seconds: self.drip_seconds,
            notice_seconds: self.notice_seconds,
            inactivity_seconds: self.inactivity_seconds,
        }
    }
}

/// [`TokenTerms`] as an instruction carries them.
#[derive(AnchorSerialize, AnchorDeserialize, Clone, Copy, Debug, PartialEq, Eq)]
pub struct TermsInput {
    /// Share atoms, above zero: what exists and is on offer stays within it.
    pub supply_cap: u64,
    /// Share atoms, at most the cap: the first shares ever created. They take no yearly
    /// room. It falls with the cap and never rises.
    pub launch_shares: u64,
    /// Share atoms; 0 keeps every share registered, `u64::MAX` frees all.
    pub bearer_cap: u64,
    /// Quote atoms.
    pub floor: u64,
    /// Quote atoms.
    pub loss_limit: u64,
    /// At most 5,000.
    pub cash_out_tax_bps: u16,
    /// At most 5,000.
    pub royalty_bps: u16,
    /// At most 10,000.
    pub reserve_bps: u16,
    /// 5,001 to 10,000.
    pub poll_threshold_bps: u16,
    /// At most 10,000.
    pub room_bps: u16,
    /// 1 to 30 days.
    pub drip_seconds: u32,
    /// 1 to 90 days.
    pub notice_seconds: u32,
    /// At least 90 days.
    pub inactivity_seconds: u32,
}

impl Default for TermsInput {
    /// Ten million shares at most, the first million without yearly room, then a quarter of
    /// the supply a year, all shares registered, no tax, no royalty, payouts
    /// wholly streamed over 7 days, polls against holders by two
    /// thirds.
    fn default() -> Self {
        TermsInput {
            supply_cap: 10_000_000 * WHOLE_SHARE,
            launch_shares: 1_000_000 * WHOLE_SHARE,
            bearer_cap: 0,
            floor: 0,
            loss_limit: 0,
            cash_out_tax_bps: 0,
            royalty_bps: 0,
            reserve_bps: 0,
            poll_threshold_bps: 6_667,
            room_bps: 2_500,
            drip_seconds: 7 * DAY,
            notice_seconds: 7 * DAY,
            inactivity_seconds: 365 * DAY,
        }
    }
}

impl TermsInput {
    /// The account's layout of these terms. Errors: `InvalidTerms`.
    pub fn validated(&self) -> ProgramResult<TokenTerms> {
        let within = self.supply_cap > 0
            && self.launch_shares <= self.supply_cap
            && self.room_bps <= Bps::ONE.get()
            && self.cash_out_tax_bps <= MAX_TAX
            && self.royalty_bps <= MAX_ROYALTY
            && self.reserve_bps <= Bps::ONE.get()
            && (THRESHOLD.0..=THRESHOLD.1).contains(&self.poll_threshold_bps)
            && (DRIP.0..=DRIP.1).contains(&self.drip_seconds)
            && (NOTICE.0..=NOTICE.1).contains(&self.notice_seconds)
            && self.inactivity_seconds >= MIN_INACTIVITY;
        require(within, TokenError::InvalidTerms)?;
        Ok(TokenTerms {
            supply_cap: self.supply_cap,
            launch_shares: self.launch_shares,
            bearer_cap: self.bearer_cap,
            floor: self.floor,
            loss_limit: self.loss_limit,
            cash_out_tax_bps: self.cash_out_tax_bps,
            royalty_bps: self.royalty_bps,
            reserve_bps: self.reserve_bps,
            poll_threshold_bps: self.poll_threshold_bps,
            room_bps: self.room_bps,
            padding: [0; 2],
            drip_seconds: self.drip_seconds,
            notice_seconds: self.notice_seconds,
            inactivity_seconds: self.inactivity_seconds,
        })
    }
}

upside_support::byte_enum! {
    /// Who may open a holder account.
    Admission, TokenError::InvariantBroken,
    /// Everybody opens their own.
    Open = 0,
    /// The owner or the registrar signs.
    Approved = 1,
    /// Holders of a credential of the Solana Attestation Service.
    Credential = 2,
}

upside_support::byte_enum! {
    /// How registered shares move between holders that are no venues.
    TransferPolicy, TokenError::InvariantBroken,
    /// Freely.
    Free = 0,
    /// With a one-time approval by the owner.
    Approved = 1,
    /// Not at all.
    Closed = 2,
}

upside_support::byte_enum! {
    /// What a token's life has come to.
    TokenStatus, TokenError::InvariantBroken,
    /// It lives.
    Active = 0,
    /// It is being wound up: holders redeem without tax, claims only exit, and no new
    /// money comes in.
    WindDown = 1,
}

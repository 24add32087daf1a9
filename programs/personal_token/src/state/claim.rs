use {
    super::{Attesters, Auction, PersonalToken, PodU128, add, attestation::bit},
    crate::error::{ProgramResult, TokenError, require},
    anchor_lang::prelude::*,
    upside_math::{Atoms, Bounds, Exit},
    upside_support::Byte,
};

/// Most decimals of equity's units.
pub const MAX_UNIT_DECIMALS: u8 = 9;
/// Longest time that lies between now and a date, in seconds: a century.
pub const CENTURY: i64 = 36_525 * 86_400;

upside_support::byte_enum! {
    /// What kind of right a claim is.
    ClaimKind, TokenError::InvalidClaim,
    /// Real tokens in the claim's own vault.
    TokenizedEquity = 0,
    /// A right on paper.
    Equity = 1,
    /// A share of revenue until a total or an end date.
    RevenueShare = 2,
}

upside_support::byte_enum! {
    /// Where a claim stands.
    ClaimStatus, TokenError::InvalidClaim,
    /// Declared by the owner.
    Declared = 0,
    /// Some of its units were exited.
    ExitedInPart = 1,
    /// Nothing is left of it.
    Closed = 2,
    /// Given up as worthless.
    WrittenOff = 3,
    /// An estate: a wind-down shares its custody out.
    SharedOut = 4,
}

/// One right in the vault.
#[account(zero_copy)]
#[derive(Debug, PartialEq, Eq)]
pub struct Claim {
    /// Layout version.
    pub version: u8,
    /// Bump of this account's address.
    pub bump: u8,
    /// What kind of right it is.
    pub kind: Byte<ClaimKind>,
    /// What became of it.
    pub status: Byte<ClaimStatus>,
    /// Revenue: part of gross revenue.
    pub share_bps: u16,
    /// A bit for each seat of an accepted attester who disputes the claim.
    pub disputes: u8,
    /// How often it was transformed, at most 255 times.
    pub transforms: u8,
    /// 1 while a poll of holders disputes the claim.
    pub disputed_by_holders: u8,
    /// Equity on paper: decimals of a unit.
    pub decimals: u8,
    /// Revenue: how often the last report was corrected, up to 255.
    pub corrections: u8,
    pub(crate) padding: [u8; 5],
    /// The claim's number, from 0.
    pub number: u64,
    /// The personal token.
    pub token: Pubkey,
    /// Who paid this account's rent and gets it back.
    pub rent_payer: Pubkey,
    /// Tokenized equity: its mint, once deposited. Revenue: the payout mint.
    pub mint: Pubkey,
    /// Revenue: who pays.
    pub payer: Pubkey,
    /// SHA-256 of the evidence.
    pub document: [u8; 32],
    /// SHA-256 of all that attesters sign of the claim's terms, see `seal`.
    pub terms: [u8; 32],
    /// Units ever held.
    pub units: u64,
    /// Of them, those that arrived unasked in the claim's vault.
    pub found: u64,
    /// Units that left by exits.
    pub exited: u64,
    /// Units that left into the reserve.
    pub released: u64,
    /// Units that were written off, or that the mint's issuer took.
    pub written_off: u64,
    /// What the units still held cost, in quote atoms, as the owner says.
    pub cost: u64,
    /// Of it, what counts once a round settles that opened at `said_at` or later, while
    /// nobody else held shares.
    pub published: u64,
    /// Rounds that were ever opened when that cost was said.
    pub said_at: u64,
    /// What the owner holds the units still held to be worth, in quote atoms.
    pub value: u64,
    /// Equity: what exits brought, in quote atoms. Revenue: what was paid, in its mint's atoms.
    pub received: u64,
    /// Revenue: most that will ever be paid, in its mint's atoms.
    pub total: u64,
    /// When it was declared, unix seconds.
    pub declared_at: i64,
    /// When its books last changed, unix seconds.
    pub updated_at: i64,
    /// Revenue: first second after the claim, unix time.
    pub ends_at: i64,
    /// Issuer or source, zero-padded UTF-8.
    pub name: [u8; 64],
    /// What a unit is called, zero-padded UTF-8.
    pub unit_label: [u8; 16],
    /// Address of the evidence, zero-padded UTF-8.
    pub uri: [u8; 128],
    /// Revenue: what reports say is due so far, in its mint's atoms.
    pub due: u64,
    /// Revenue: how much of it is of the last month that was reported.
    pub due_last: u64,
    /// Revenue: the last month that was reported, as year times 100 and month.
    pub reported_period: u64,
    /// Revenue: gross revenue of that month as it was reported first.
    pub reported_gross: u64,
    /// Revenue: the same as it was corrected last.
    pub corrected_gross: u64,
    /// Tokenized equity: the auction that was announced last.
    pub auction: Auction,
    /// Number of the estate that it is plus one; 0 if it is none.
    pub estate: u64,
    /// The token's `receipted` when the estate was opened.
    pub estate_from: u64,
    /// Share atoms whose receipts took their part of the estate.
    pub estate_collected: u64,
    pub(crate) reserved: [u64; 4],
}

impl Claim {
    /// Adds to what the owner says that the units cost. It is published by the next round
    /// that opens while nobody else holds shares, if that settles; what is said while a
    /// round is open, or on top of a cost that is published already, never is.
    pub(super) fn say_cost(&mut self, cost: u64, token: &PersonalToken) -> ProgramResult<()> {
        self.cost = add(self.cost, cost)?;
        let joins = self.said_at == token.rounds;
        let open = token.open_rounds > 0;
        if self.published == 0 || joins || !(open || self.is_published(token)) {
            self.published = add(self.published, cost)?;
            self.said_at = token.rounds;
        }
        Ok(())
    }

    fn is_published(&self, token: &PersonalToken) -> bool {
        token.first_round > self.said_at
    }

    /// The cost of the units held that everybody saw who bought into the token's first
    /// round, in quote atoms.
    pub fn published_cost(&self, token: &PersonalToken) -> u64 {
        if self.is_published(token) {
            self.published
        } else {
            0
        }
    }

    /// Whether an attester who is accepted now, or a poll, disputes the claim.
    pub fn is_disputed(&self, list: &Attesters) -> bool {
        self.disputed_by_holders == 1 || self.disputes & list.occupied() != 0
    }

    /// Whether the attester at this seat disputes the claim.
    pub fn is_disputed_by(&self, seat: usize) -> bool {
        self.disputes & bit(seat) != 0
    }

    /// What kind of right this is.
    pub fn kind(&self) -> ProgramResult<ClaimKind> {
        self.kind.get()
    }

    /// Where the claim stands.
    pub fn status(&self) -> ProgramResult<ClaimStatus> {
        self.status.get()
    }

    /// Refuses another kind or a closed claim.
    pub fn require_open(&self, kind: ClaimKind) -> ProgramResult<()> {
        require(self.kind()? == kind, TokenError::WrongClaimKind)?;
        require(self.is_open()?, TokenError::ClaimNotOpen)
    }

    /// Whether something is left of it.
    pub fn is_open(&self) -> ProgramResult<bool> {
        let status = self.status()?;
        Ok(!matches!(
            status,
            ClaimStatus::Closed | ClaimStatus::WrittenOff | ClaimStatus::SharedOut
        ))
    }

    /// Books a revenue payment. After the end only what reports say is due. Errors:
    /// `ClaimEnded`, `RevenueCapExceeded`.
    pub(crate) fn pay(&mut self, amount: u64, now: i64) -> ProgramResult<()> {
        self.require_open(ClaimKind::RevenueShare)?;
        require(amount > 0, TokenError::ZeroAmount)?;
        let received = add(self.received, amount)?;
        let in_time = now < self.ends_at || received <= self.due;
        require(in_time, TokenError::ClaimEnded)?;
        require(received <= self.total, TokenError::RevenueCapExceeded)?;
        self.received = received;
        self.updated_at = now;
        if received == self.total {
            self.status = ClaimStatus::Closed.into();
        }
        Ok(())
    }

    /// The token's cumulative result after an exit, stored back.
    pub(crate) fn book_result(token: &mut PersonalToken, exit: &Exit) {
        token.result = PodU128::from(exit.cumulative);
    }
}

/// Refuses a date that lies more than a century ahead. Errors: `DateTooFar`.
pub(crate) fn require_near(date: i64, now: i64) -> ProgramResult<()> {
    let latest = now.saturating_add(CENTURY);
    require(date <= latest, TokenError::DateTooFar)
}

impl PersonalToken {
    /// What the cumulative results of exits are held against.
    pub fn bounds(&self) -> Bounds {
        Bounds {
            floor: Atoms(self.terms.floor),
            loss_limit: Atoms(self.terms.loss_limit),
        }
    }
}

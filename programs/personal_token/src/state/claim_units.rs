//! The units of a claim: how many are held, what becomes of them, and where the claim stands
//! after it.

use {
    super::{Claim, ClaimKind, ClaimStatus, PersonalToken, add, sub},
    crate::error::{ProgramResult, TokenError, require},
    anchor_lang::prelude::*,
    upside_math::{Atoms, Exit, carried, exit},
};

/// One part of so many of the units ever held is a trifle.
pub const TRIFLE_PARTS: u64 = 10_000;

/// What a claim's vault held beside its books, in units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct ClaimSyncEffects {
    /// Units that came unasked.
    pub found: u64,
    /// Units that the issuer took.
    pub lost: u64,
}

impl Claim {
    /// Units still held.
    pub fn held(&self) -> ProgramResult<u64> {
        let left = sub(self.units, self.exited, TokenError::InvariantBroken)?;
        let left = sub(left, self.released, TokenError::InvariantBroken)?;
        sub(left, self.written_off, TokenError::InvariantBroken)
    }

    /// Books units that came into the claim's vault. What they cost counts as any other
    /// claim's does. Errors: `EstatesFull` if too many claims have custody already.
    pub(crate) fn deposit(
        &mut self,
        mint: &Pubkey,
        units: u64,
        cost: u64,
        token: &mut PersonalToken,
        now: i64,
    ) -> ProgramResult<()> {
        self.require_open(ClaimKind::TokenizedEquity)?;
        let first = self.mint == Pubkey::default();
        require(first || self.mint == *mint, TokenError::WrongMint)?;
        require(units > 0, TokenError::ZeroAmount)?;
        if first {
            token.begin_custody()?;
        }
        self.mint = *mint;
        self.units = add(self.units, units)?;
        self.say_cost(cost, token)?;
        self.seal();
        self.updated_at = now;
        Ok(())
    }

    /// Books what the claim's vault holds beyond its units: never to its cost. What is
    /// missing its mint's issuer took. A trifle opens no claim again. Errors:
    /// `WrongClaimKind`, `NothingToSync`.
    pub(crate) fn sync(&mut self, balance: u64, now: i64) -> ProgramResult<ClaimSyncEffects> {
        require(
            self.kind()? == ClaimKind::TokenizedEquity,
            TokenError::WrongClaimKind,
        )?;
        let held = self.held()?;
        // A gift of an atom must not open again what is over, and so keep its rent.
        let over = self.estate == 0 && self.status()? == ClaimStatus::Closed;
        let gift = over && self.is_trifle(balance);
        require(balance != held && !gift, TokenError::NothingToSync)?;
        let (found, lost) = (balance.saturating_sub(held), held.saturating_sub(balance));
        if lost > 0 {
            self.take(lost, now)?;
            self.written_off = add(self.written_off, lost)?;
        }
        self.units = add(self.units, found)?;
        self.found = add(self.found, found)?;
        self.updated_at = now;
        self.settle_status(ClaimStatus::Closed)?;
        Ok(ClaimSyncEffects { found, lost })
    }

    /// Takes what `units` carry along of cost and value. Returns the cost.
    pub(super) fn take(&mut self, units: u64, now: i64) -> ProgramResult<u64> {
        require(units > 0, TokenError::ZeroAmount)?;
        let held = self.held()?;
        require(units <= held, TokenError::UnitsExceedHeld)?;
        let part = |all: u64| carried(Atoms(all), units, held);
        let (cost, published) = (part(self.cost)?.0, part(self.published)?.0);
        let value = part(self.value)?.0;
        self.cost = sub(self.cost, cost, TokenError::InvariantBroken)?;
        self.published = sub(self.published, published, TokenError::InvariantBroken)?;
        self.value = sub(self.value, value, TokenError::InvariantBroken)?;
        self.updated_at = now;
        Ok(cost)
    }

    /// Where the claim stands once its units changed; `emptied` if none is left. Every change
    /// of units ends here, and nothing else decides it.
    pub(super) fn settle_status(&mut self, emptied: ClaimStatus) -> ProgramResult<()> {
        let status = if self.held()? == 0 {
            emptied
        } else if self.estate != 0 {
            // An estate stays one: opened anew, it would shut out its receipts.
            ClaimStatus::SharedOut
        } else if self.exited == 0 && self.released == 0 && self.written_off == 0 {
            ClaimStatus::Declared
        } else {
            ClaimStatus::ExitedInPart
        };
        self.status = status.into();
        Ok(())
    }

    /// Whether `units` are so few, of all that were ever held, that they open no claim again
    /// and keep none open.
    pub fn is_trifle(&self, units: u64) -> bool {
        units <= self.units.checked_div(TRIFLE_PARTS).unwrap_or(0)
    }

    /// Whether the claim ever had tokens in custody: then it has a vault.
    pub fn had_custody(&self) -> ProgramResult<bool> {
        Ok(self.kind()? == ClaimKind::TokenizedEquity && self.units > 0)
    }

    /// Refuses to close the account of a claim that is not over. An estate is over when
    /// nobody has a part of it to take, custody also when a wind-down has paid the last
    /// share out. Errors: `ClaimNotClosed`.
    pub fn require_over(&self, token: &PersonalToken, now: i64) -> ProgramResult<()> {
        let over = if self.estate != 0 {
            self.outstanding(token)? == 0
        } else if self.is_open()? {
            let ended = self.had_custody()? && token.has_ended()?;
            ended || self.has_run_out(now)?
        } else {
            true
        };
        require(over, TokenError::ClaimNotClosed)
    }

    /// Refuses to give the owner `left` units that lie in the vault of a claim that is over:
    /// more than a trifle is the holders', who book it by `sync_claim`, unless nobody is left
    /// of them. Errors: `NotOver`.
    pub fn require_left(&self, token: &PersonalToken, left: u64) -> ProgramResult<()> {
        let nobodys = self.is_trifle(left) || token.has_ended()?;
        require(nobodys, TokenError::NotOver)
    }

    /// Exits units for `proceeds`, of which `counted` is the cost of all units held that
    /// counts: the waterfall's numbers. Returns that of these units too. Does not touch the
    /// token.
    pub(crate) fn exit(
        &mut self,
        units: u64,
        proceeds: u64,
        counted: u64,
        token: &PersonalToken,
        now: i64,
    ) -> ProgramResult<(u64, Exit)> {
        require(units > 0, TokenError::ZeroAmount)?;
        let held = self.held()?;
        require(units <= held, TokenError::UnitsExceedHeld)?;
        let cost = carried(Atoms(counted), units, held)?;
        self.take(units, now)?;
        self.exited = add(self.exited, units)?;
        self.received = add(self.received, proceeds)?;
        self.settle_status(ClaimStatus::Closed)?;
        let result = token.result.signed();
        Ok((cost.0, exit(Atoms(proceeds), cost, result, token.bounds())?))
    }

    /// Moves units out into the reserve, with their cost. What an auction offers stays on
    /// offer; a wind-down ends every auction. Errors: `WrongClaimKind`, `ClaimNotOpen`,
    /// `AuctionOpen`, `ZeroAmount`, `UnitsExceedHeld`.
    pub(crate) fn release(
        &mut self,
        token: &PersonalToken,
        units: u64,
        now: i64,
    ) -> ProgramResult<()> {
        self.require_open(ClaimKind::TokenizedEquity)?;
        let offered = token.wound_up_at == 0 && self.auction.left(now) > 0;
        require(!offered, TokenError::AuctionOpen)?;
        self.take(units, now)?;
        self.released = add(self.released, units)?;
        self.settle_status(ClaimStatus::Closed)
    }
}

//! Shares in and out: what everybody's contribution and redemption computes.

use {
    super::{
        Amounts, Constituent, Dues, IndexStatus, MAX_CONSTITUENTS, PooledIndex, SlotAtoms, add,
        sub, terms::bps,
    },
    crate::error::{IndexError, ProgramResult, require},
    upside_math::{fee_of, management_fee, share_in, share_out},
};

/// What a contribution gives and gets: computed before anything changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Contribution {
    /// Atoms to give of each constituent, by slot.
    pub amounts: Amounts,
    /// Share atoms that the contributor gets.
    pub minted: u64,
    /// Share atoms of the entry fee.
    pub fee: u64,
}

/// What a redemption pays: computed before anything changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Redemption {
    /// Atoms to pay of each constituent, by slot.
    pub amounts: Amounts,
    /// Share atoms of the exit fee; none in wind-down.
    pub fee: u64,
}

impl PooledIndex {
    /// Takes over the share mint's supply, of which people may have burned some, and
    /// the management fee up to `now` (unix seconds). MUST run before shares or
    /// amounts are computed.
    ///
    /// A fee that would not fit 64 bits is not taken: it must not close anybody's exit.
    pub fn accrue(&mut self, mint_supply: u64, now: i64) -> ProgramResult<()> {
        require(mint_supply <= self.supply, IndexError::InvariantBroken)?;
        self.supply = mint_supply;
        self.settle_supply(now)?;
        if self.status()? != IndexStatus::Active || now <= self.accrued_at {
            return Ok(());
        }
        let seconds = now.abs_diff(self.accrued_at);
        let rate = bps(self.parameters.management_fee_bps)?;
        self.accrued_at = now;
        let effective = self.effective_supply()?;
        if let Ok(fee) = management_fee(effective, rate, seconds, self.fee_carry)
            && effective.checked_add(fee.shares).is_some()
        {
            self.pending_fee_shares = add(self.pending_fee_shares, fee.shares)?;
            self.fee_carry = fee.carry;
        }
        Ok(())
    }

    /// Atoms of a slot that belong to the shares: those in custody, and of a coin those
    /// due to the index, from before a wrap too.
    pub fn backing(&self, constituent: &Constituent, dues: &Dues) -> ProgramResult<u64> {
        let Ok(place) = constituent.coin_place() else {
            return Ok(constituent.counter);
        };
        let due = dues.get(usize::from(place));
        let due = *due.ok_or(IndexError::InvariantBroken)?;
        add(add(constituent.counter, due)?, self.book(place)?.due)
    }

    /// What `shares` cost now, in atoms of each constituent that the index holds or is
    /// owed, rounded up. The entry fee, in basis points, is taken from the shares. MUST
    /// follow [`Self::accrue`]. Errors: `ZeroAmount`, `EmptyIndex`, `AmountTooSmall`.
    pub fn contribution(
        &self,
        shares: u64,
        dues: &Dues,
        entry_fee_bps: u16,
    ) -> ProgramResult<Contribution> {
        require(shares > 0, IndexError::ZeroAmount)?;
        let supply = self.effective_supply()?;
        add(supply, shares)?;
        let mut amounts = [0; MAX_CONSTITUENTS];
        let mut any = false;
        for (amount, held) in amounts.iter_mut().zip(self.used()) {
            let backing = self.backing(held, dues)?;
            if backing > 0 {
                *amount = share_in(backing, shares, supply)?;
                any = true;
            }
        }
        require(any, IndexError::EmptyIndex)?;
        let fee = fee_of(shares, bps(entry_fee_bps)?)?;
        let minted = sub(shares, fee, IndexError::InvariantBroken)?;
        require(minted > 0, IndexError::AmountTooSmall)?;
        Ok(Contribution {
            amounts,
            minted,
            fee,
        })
    }

    /// What `shares` redeem for now, in atoms of each held constituent, rounded down.
    /// MUST follow [`Self::accrue`]. Errors: `ZeroAmount`, `InsufficientShares`,
    /// `AmountTooSmall` where they redeem for nothing.
    pub fn redemption(&self, shares: u64) -> ProgramResult<Redemption> {
        require(shares > 0, IndexError::ZeroAmount)?;
        require(shares <= self.supply, IndexError::InsufficientShares)?;
        let supply = self.effective_supply()?;
        let fee = match self.status()? {
            IndexStatus::Active => fee_of(shares, bps(self.parameters.exit_fee_bps)?)?,
            IndexStatus::Seeding | IndexStatus::WindDown => 0,
        };
        let net = sub(shares, fee, IndexError::InvariantBroken)?;
        let mut amounts = [0; MAX_CONSTITUENTS];
        let mut any = false;
        for (amount, held) in amounts.iter_mut().zip(self.used()) {
            if held.is_held() {
                *amount = share_out(held.counter, net, supply)?;
                any |= *amount > 0;
            }
        }
        require(any, IndexError::AmountTooSmall)?;
        Ok(Redemption { amounts, fee })
    }

    /// Books a contribution whose atoms come in with this instruction.
    pub(crate) fn contribute(
        &mut self,
        contribution: &Contribution,
        now: i64,
    ) -> ProgramResult<()> {
        for (slot, amount) in self.used_mut().iter_mut().zip(&contribution.amounts) {
            slot.receive(*amount, now)?;
        }
        self.mint(contribution.minted, contribution.fee)
    }

    /// Books new shares: those that a wallet gets, and those of a fee.
    pub(crate) fn mint(&mut self, shares: u64, fee: u64) -> ProgramResult<()> {
        self.supply = add(self.supply, shares)?;
        self.pending_fee_shares = add(self.pending_fee_shares, fee)?;
        self.effective_supply()?;
        Ok(())
    }

    /// Books a redemption of `shares`, which are burned with this instruction.
    pub(crate) fn redeem(&mut self, shares: u64, redemption: &Redemption) -> ProgramResult<()> {
        for (slot, amount) in self.used_mut().iter_mut().zip(&redemption.amounts) {
            slot.release(*amount)?;
        }
        self.burn(shares, redemption.fee)
    }

    /// Books burned shares, and as many of them as become fee shares.
    pub(crate) fn burn(&mut self, shares: u64, fee: u64) -> ProgramResult<()> {
        self.supply = sub(self.supply, shares, IndexError::InsufficientShares)?;
        self.pending_fee_shares = add(self.pending_fee_shares, fee)?;
        Ok(())
    }

    /// Turns the pending fee shares into shares that exist. Errors: `NothingToCollect`.
    pub(crate) fn collect_fees(&mut self) -> ProgramResult<u64> {
        let shares = self.pending_fee_shares;
        require(shares > 0, IndexError::NothingToCollect)?;
        self.supply = add(self.supply, shares)?;
        self.pending_fee_shares = 0;
        Ok(shares)
    }
}

/// Refuses amounts above the given most. Errors: `Slippage`.
pub(crate) fn require_at_most(amounts: &Amounts, most: &Amounts) -> ProgramResult<()> {
    let fits = amounts
        .iter()
        .zip(most)
        .all(|(amount, most)| amount <= most);
    require(fits, IndexError::Slippage)
}

/// Refuses a cost above its bound, or without one. Bounds are in the order of the slots; one
/// of a slot that costs nothing is no obstacle. Errors: `SlotNotNamed`, `Slippage`.
pub fn require_within(amounts: &Amounts, most: &[SlotAtoms]) -> ProgramResult<()> {
    let mut bounds = most.iter();
    for (slot, amount) in (0u8..).zip(amounts) {
        if *amount > 0 {
            let bound = bounds.find(|bound| bound.slot == slot);
            let bound = bound.ok_or(IndexError::SlotNotNamed)?;
            require(*amount <= bound.atoms, IndexError::Slippage)?;
        }
    }
    Ok(())
}

/// Refuses a payment below its bound; a slot that is not named has none. Errors:
/// `NotAConstituent`, `Slippage`.
pub fn require_at_least(amounts: &Amounts, least: &[SlotAtoms]) -> ProgramResult<()> {
    for bound in least {
        let amount = amounts.get(usize::from(bound.slot));
        let amount = amount.ok_or(IndexError::NotAConstituent)?;
        require(*amount >= bound.atoms, IndexError::Slippage)?;
    }
    Ok(())
}

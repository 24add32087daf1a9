//! Shares in and out, and the fees that are taken in shares.

use {
    crate::model::index::*,
    upside_sdk::index::{IndexStatus, SlotAtoms},
};

/// Parts of a basis point and second in one share atom of the management fee.
const FEE_PARTS: u128 = 10_000 * 31_536_000;

/// What new shares cost and who gets them.
#[derive(Clone, Debug, PartialEq)]
pub struct Contribution {
    /// Atoms to give, by slot.
    pub amounts: Amounts,
    /// Share atoms for the contributor.
    pub minted: u64,
    /// Share atoms of the fee.
    pub fee: u64,
}

/// What shares redeem for.
#[derive(Clone, Debug, PartialEq)]
pub struct Redemption {
    /// Atoms to pay, by slot.
    pub amounts: Amounts,
    /// Share atoms of the fee.
    pub fee: u64,
}

impl PooledIndex {
    /// Takes the mint's supply over and charges the yearly fee up to `now`: `supply *
    /// rate * seconds / year`, in whole share atoms; the rest is kept. A fee that is no
    /// 64-bit number is not taken. Only an active index charges.
    pub fn accrue(&mut self, minted: u64, now: i64) -> Check {
        require(minted <= self.supply, IndexError::InvariantBroken)?;
        self.supply = minted;
        if now > self.settled_at {
            (self.settled, self.settled_at) = (self.effective()?, now);
        }
        if self.status != IndexStatus::Active || now <= self.accrued_at {
            return Ok(());
        }
        let seconds = (now - self.accrued_at) as u128;
        self.accrued_at = now;
        let rate = u128::from(self.parameters.management_fee_bps);
        let supply = self.effective()?;
        let due = u128::from(supply) * rate * seconds + u128::from(self.fee_carry);
        let shares = u64::try_from(due / FEE_PARTS);
        if let Ok(shares) = shares
            && supply.checked_add(shares).is_some()
        {
            self.pending_fee += shares;
            self.fee_carry = (due % FEE_PARTS) as u64;
        }
        Ok(())
    }

    /// What `shares` cost: of everything held and due, the same part of it that they are of
    /// the supply, rounded up. `dues` are by place of the coin, the fee in basis points.
    pub fn contribution(
        &self,
        shares: u64,
        dues: &[u64; CASH],
        fee_bps: u16,
    ) -> Check<Contribution> {
        require(shares > 0, IndexError::ZeroAmount)?;
        let supply = self.effective()?;
        sum(supply, shares)?;
        let mut amounts = [0; SLOTS];
        for (number, slot) in self.used() {
            let due = slot.place().map_or(0, |place| dues[place]);
            let before = slot.place().map_or(0, |place| self.books[place].due);
            let all = sum(sum(slot.counter, due)?, before)?;
            amounts[usize::from(number)] = ceil(all, shares, supply)?;
        }
        let any = amounts.iter().any(|atoms| *atoms > 0);
        require(any, IndexError::EmptyIndex)?;
        let fee = ceil(shares, fee_bps.into(), 10_000)?;
        require(fee < shares, IndexError::AmountTooSmall)?;
        Ok(Contribution {
            amounts,
            minted: shares - fee,
            fee,
        })
    }

    /// What `shares` redeem for: the same of what is left of them after the exit fee,
    /// rounded down. In a wind-down there is no fee.
    pub fn redemption(&self, shares: u64) -> Check<Redemption> {
        require(shares > 0, IndexError::ZeroAmount)?;
        require(shares <= self.supply, IndexError::InsufficientShares)?;
        let supply = self.effective()?;
        let rate = match self.status {
            IndexStatus::Active => self.parameters.exit_fee_bps,
            IndexStatus::Seeding | IndexStatus::WindDown => 0,
        };
        let fee = ceil(shares, rate.into(), 10_000)?;
        let mut amounts = [0; SLOTS];
        for (number, slot) in self.held() {
            amounts[usize::from(number)] = floor(slot.counter, shares - fee, supply)?;
        }
        let any = amounts.iter().any(|atoms| *atoms > 0);
        require(any, IndexError::AmountTooSmall)?;
        Ok(Redemption { amounts, fee })
    }

    /// Books what a contribution brings.
    pub fn contribute(&mut self, what: &Contribution, now: i64) -> Check {
        for (number, atoms) in (0u8..).zip(what.amounts) {
            if atoms > 0 {
                self.slot_mut(number)?.receive(atoms, now)?;
            }
        }
        self.mint(what.minted, what.fee)
    }

    /// New shares, and fee shares.
    pub(crate) fn mint(&mut self, shares: u64, fee: u64) -> Check {
        self.supply = sum(self.supply, shares)?;
        self.pending_fee = sum(self.pending_fee, fee)?;
        self.effective()?;
        Ok(())
    }

    /// Books what a redemption takes.
    pub fn redeem(&mut self, shares: u64, what: &Redemption) -> Check {
        for (number, atoms) in (0u8..).zip(what.amounts) {
            if atoms > 0 {
                self.slot_mut(number)?.counter -= atoms;
            }
        }
        self.supply -= shares;
        self.pending_fee = sum(self.pending_fee, what.fee)?;
        Ok(())
    }

    /// Fee shares come into existence. Errors: `NothingToCollect`.
    pub fn collect_fees(&mut self) -> Check<u64> {
        let shares = self.pending_fee;
        require(shares > 0, IndexError::NothingToCollect)?;
        self.supply = sum(self.supply, shares)?;
        self.pending_fee = 0;
        Ok(shares)
    }
}

/// Bounds are by slot, in order. Errors: `SlotNotNamed` for a cost without a bound,
/// `Slippage` for one above it.
pub(crate) fn within(amounts: &Amounts, bounds: &[SlotAtoms]) -> Check {
    let mut from = 0;
    for (slot, atoms) in (0u8..).zip(amounts).filter(|(_, atoms)| **atoms > 0) {
        let place = bounds[from..].iter().position(|bound| bound.slot == slot);
        from += place.ok_or(IndexError::SlotNotNamed)?;
        require(*atoms <= bounds[from].atoms, IndexError::Slippage)?;
        from += 1;
    }
    Ok(())
}

/// Errors: `NotAConstituent`, `Slippage` for a payment below its bound.
pub(crate) fn at_least(amounts: &Amounts, bounds: &[SlotAtoms]) -> Check {
    for bound in bounds {
        let atoms = amounts.get(usize::from(bound.slot));
        let atoms = *atoms.ok_or(IndexError::NotAConstituent)?;
        require(atoms >= bound.atoms, IndexError::Slippage)?;
    }
    Ok(())
}

/// Errors: `Slippage` where an amount is above its bound.
pub(crate) fn at_most(amounts: &Amounts, most: &Amounts) -> Check {
    let fits = amounts
        .iter()
        .zip(most)
        .all(|(amount, most)| amount <= most);
    require(fits, IndexError::Slippage)
}

//! Baskets: contributions and redemptions over several transactions.

use {
    super::{
        shares::{Contribution, Redemption, at_most},
        *,
    },
    upside_sdk::index::BasketKind,
};

/// A basket of a wallet.
#[derive(Clone, Debug, PartialEq)]
pub struct Basket {
    /// What it is for.
    pub kind: BasketKind,
    /// Share atoms that it asks for, or that were redeemed.
    pub shares: u64,
    /// Last second in which it is finished.
    pub deadline: i64,
    /// Atoms in it, by slot.
    pub amounts: Amounts,
}

impl Basket {
    /// Errors: `WrongBasketKind`.
    pub(crate) fn require(&self, kind: BasketKind) -> Check {
        require(self.kind == kind, IndexError::WrongBasketKind)
    }

    /// Whether nothing is in it.
    pub fn is_empty(&self) -> bool {
        self.amounts.iter().all(|atoms| *atoms == 0)
    }
}

impl Index {
    /// Books atoms that come into a basket. Errors: `ZeroAmount`, `NotAConstituent`,
    /// `Overflow`.
    pub fn deposit(&mut self, basket: &mut Basket, slot: u8, atoms: u64) -> Check {
        require(atoms > 0, IndexError::ZeroAmount)?;
        let constituent = self.slot_mut(slot)?;
        constituent.pending = sum(constituent.pending, atoms)?;
        let mine = &mut basket.amounts[usize::from(slot)];
        *mine = sum(*mine, atoms)?;
        Ok(())
    }

    /// Turns a basket into shares; its rest is owed to its wallet. Errors:
    /// `BasketTooSmall`, those of [`Index::contribution`].
    pub fn finish(&mut self, basket: &mut Basket, shares: u64, now: i64) -> Check<Contribution> {
        let what = self.contribution(shares)?;
        at_most(&what.amounts, &basket.amounts).map_err(|_| IndexError::BasketTooSmall)?;
        for (number, atoms) in (0u8..).zip(what.amounts) {
            if atoms > 0 {
                self.slot_mut(number)?.pending -= atoms;
                basket.amounts[usize::from(number)] -= atoms;
            }
        }
        self.contribute(&what, now)?;
        basket.kind = BasketKind::Payout;
        Ok(what)
    }

    /// Moves what shares redeem for into a basket.
    pub fn redeem_to(&mut self, basket: &mut Basket, shares: u64, what: &Redemption) -> Check {
        for (number, atoms) in (0u8..).zip(what.amounts) {
            if atoms > 0 {
                let slot = self.slot_mut(number)?;
                slot.pending = sum(slot.pending, atoms)?;
            }
        }
        basket.amounts = what.amounts;
        self.redeem(shares, what)
    }

    /// Takes all of one slot out of a payout. Errors: `NotAConstituent`, `BasketEmpty`.
    pub fn withdraw(&mut self, basket: &mut Basket, slot: u8) -> Check<u64> {
        let mine = basket.amounts.get_mut(usize::from(slot));
        let mine = mine.ok_or(IndexError::NotAConstituent)?;
        let atoms = std::mem::take(mine);
        require(atoms > 0, IndexError::BasketEmpty)?;
        self.slot_mut(slot)?.pending -= atoms;
        Ok(atoms)
    }
}

//! Baskets: contributions and redemptions over several transactions.

use {
    crate::model::index::{
        due::Due,
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
    /// Whether it was opened to contribute.
    pub brought: bool,
    /// Entry fee of its opening, in basis points.
    pub entry_fee_bps: u16,
    /// What the shares of people in it cost, by slot.
    pub costs: Amounts,
    /// What was due when people were deposited, in the order of the deposits.
    pub notes: Vec<Note>,
}

/// What a stream owed when its person was deposited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Note {
    /// Slot of the person.
    pub slot: u8,
    /// Place of the stream in the token.
    pub stream: usize,
    /// Slot of the coin.
    pub coin: u8,
    /// Atoms.
    pub atoms: u64,
    /// How often the stream had been harvested.
    pub harvests: u16,
}

/// Notes that fit a basket.
pub const NOTES: usize = 96;

impl Basket {
    /// A basket without anything in it.
    pub(crate) fn new(kind: BasketKind, shares: u64, deadline: i64) -> Self {
        Basket {
            kind,
            shares,
            deadline,
            amounts: [0; SLOTS],
            brought: false,
            entry_fee_bps: 0,
            costs: [0; SLOTS],
            notes: Vec::new(),
        }
    }

    /// Errors: `WrongBasketKind`.
    pub(crate) fn require(&self, kind: BasketKind) -> Check {
        require(self.kind == kind, IndexError::WrongBasketKind)
    }

    /// Atoms of a slot, and what they cost.
    fn at(&mut self, slot: u8) -> (&mut u64, &mut u64) {
        let place = usize::from(slot);
        (&mut self.amounts[place], &mut self.costs[place])
    }

    /// The cost with which a slot is paid back: that with which it came. `None` for what
    /// came out of the index.
    pub(crate) fn cost(&self, slot: u8) -> Option<u64> {
        self.brought.then(|| self.costs[usize::from(slot)])
    }

    /// Whether nothing is in it.
    pub fn is_empty(&self) -> bool {
        self.amounts.iter().all(|atoms| *atoms == 0)
    }
}

impl PooledIndex {
    /// Books atoms that come into a basket, and what is due from the person. Errors:
    /// `ZeroAmount`, `NotAConstituent`, `SlotNotHeld`, `SlotBroughtAlready`, `TooManyDues`,
    /// `Overflow`.
    pub fn deposit(&mut self, basket: &mut Basket, slot: u8, atoms: u64, dues: &[Due]) -> Check {
        require(atoms > 0, IndexError::ZeroAmount)?;
        let constituent = self.slot(slot)?.clone();
        let costs = constituent.counter > 0 || constituent.coin > 0;
        require(costs, IndexError::SlotNotHeld)?;
        let mine = &mut basket.amounts[usize::from(slot)];
        require(*mine == 0, IndexError::SlotBroughtAlready)?;
        *mine = atoms;
        for due in dues.iter().filter(|due| due.atoms > 0) {
            require(basket.notes.len() < NOTES, IndexError::TooManyDues)?;
            basket.notes.push(Note {
                slot,
                stream: due.stream,
                coin: self.books[due.coin].slot,
                atoms: due.atoms,
                harvests: constituent.harvests[due.stream],
            });
        }
        let constituent = self.slot_mut(slot)?;
        constituent.pending = sum(constituent.pending, atoms)?;
        Ok(())
    }

    /// What was noted as due, and is in no counter yet, by place of the coin. Errors:
    /// `Overflow`.
    pub fn noted(&self, basket: &Basket) -> Check<[u64; CASH]> {
        let mut dues = [0; CASH];
        for note in &basket.notes {
            let person = self.slots[usize::from(note.slot)].as_ref();
            let harvests = person.map_or(0, |person| person.harvests[note.stream]);
            let coin = self.slots[usize::from(note.coin)].as_ref();
            let Some(place) = coin.and_then(Slot::place) else {
                continue;
            };
            if harvests == note.harvests && self.books[place].used == 1 {
                dues[place] = sum(dues[place], note.atoms)?;
            }
        }
        Ok(dues)
    }

    /// Turns a basket into shares; its rest is owed to its wallet. Errors:
    /// `BasketTooSmall`, those of [`PooledIndex::contribution`].
    pub fn finish(&mut self, basket: &mut Basket, shares: u64, now: i64) -> Check<Contribution> {
        let dues = self.noted(basket)?;
        let what = self.contribution(shares, &dues, basket.entry_fee_bps)?;
        at_most(&what.amounts, &basket.amounts).map_err(|_| IndexError::BasketTooSmall)?;
        for (number, atoms) in (0u8..).zip(what.amounts) {
            if atoms > 0 {
                self.slot_mut(number)?.pending -= atoms;
                let (mine, cost) = basket.at(number);
                let rest = *mine - atoms;
                *cost = floor(*cost, rest, *mine)?;
                *mine = rest;
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

    /// Takes all of one slot out of a payout. Errors: `NotAConstituent`.
    pub fn withdraw(&mut self, basket: &mut Basket, slot: u8) -> Check<u64> {
        let mine = basket.amounts.get_mut(usize::from(slot));
        let mine = mine.ok_or(IndexError::NotAConstituent)?;
        let atoms = std::mem::take(mine);
        if atoms > 0 {
            self.slot_mut(slot)?.pending -= atoms;
        }
        Ok(atoms)
    }
}

//! Constituents come and go: adding, seeding, launching, removing, syncing.

use {
    super::{Constituent, Index, Kind, LOCKED_SHARES, Status, sub},
    crate::error::{IndexError, Outcome, require},
    anchor_lang::prelude::*,
};

impl Index {
    /// Puts a constituent into a free slot, and for cash opens its book. Errors:
    /// `AlreadyConstituent`, `ConstituentListFull`, `CashListFull`.
    pub(crate) fn add_constituent(&mut self, new: Constituent) -> Outcome<u8> {
        require(
            self.slot_of(&new.key).is_err(),
            IndexError::AlreadyConstituent,
        )?;
        let free = Kind::Free as u8;
        let place = self.constituents.iter().position(|slot| slot.kind == free);
        let place = place.ok_or(IndexError::ConstituentListFull)?;
        let number = u8::try_from(place).map_err(|_| IndexError::ConstituentListFull)?;
        let cash = if new.kind()? == Kind::Cash {
            self.open_book(number)?
        } else {
            0
        };
        let slot = self.constituents.get_mut(place);
        *slot.ok_or(IndexError::ConstituentListFull)? = Constituent { cash, ..new };
        Ok(number)
    }

    /// Frees a slot that holds nothing. Errors: `ConstituentInUse`.
    pub(crate) fn remove_constituent(&mut self, slot: u8) -> Outcome<Pubkey> {
        let constituent = *self.constituent(slot)?;
        let traded = self
            .trades()
            .any(|open| open.sell == slot || open.buy == slot);
        require(
            constituent.is_empty() && !traded,
            IndexError::ConstituentInUse,
        )?;
        if constituent.kind()? == Kind::Cash {
            self.close_book(constituent.cash)?;
        }
        *self.constituent_mut(slot)? = Constituent::default();
        Ok(constituent.key)
    }

    /// Errors: `NotSeeding`.
    pub(crate) fn require_seeding(&self) -> Outcome<()> {
        require(self.status()? == Status::Seeding, IndexError::NotSeeding)
    }

    /// Atoms that the curator puts in before the launch.
    pub(crate) fn seed(&mut self, slot: u8, amount: u64, now: i64) -> Outcome<()> {
        self.require_seeding()?;
        require(amount > 0, IndexError::ZeroAmount)?;
        self.constituent_mut(slot)?.receive(amount, now)
    }

    /// Atoms that the curator takes back before the launch.
    pub(crate) fn unseed(&mut self, slot: u8, amount: u64) -> Outcome<()> {
        self.require_seeding()?;
        require(amount > 0, IndexError::ZeroAmount)?;
        let constituent = self.constituent_mut(slot)?;
        require(
            amount <= constituent.counter,
            IndexError::InsufficientShares,
        )?;
        constituent.release(amount)
    }

    /// Opens the index with `shares` in all; returns those that are not locked.
    /// Errors: `NotSeeding`, `TooFewShares`, `NothingSeeded`.
    pub(crate) fn launch(&mut self, shares: u64, now: i64) -> Outcome<u64> {
        self.require_seeding()?;
        let free = sub(shares, LOCKED_SHARES, IndexError::TooFewShares)?;
        require(free > 0, IndexError::TooFewShares)?;
        let used = |slot: &&Constituent| slot.kind != Kind::Free as u8;
        let mut seeded = self.constituents.iter().filter(used).peekable();
        let all = seeded.peek().is_some() && seeded.all(Constituent::is_held);
        require(all, IndexError::NothingSeeded)?;
        self.supply = shares;
        self.accrued_at = now;
        self.status = Status::Active as u8;
        Ok(free)
    }

    /// Books what cash custody holds beyond the books, or takes what is missing out of
    /// the counter. Returns what was found and lost. Errors: `NothingToSync`.
    pub(crate) fn sync_cash(&mut self, slot: u8, balance: u64, now: i64) -> Outcome<(u64, u64)> {
        let constituent = self.constituent(slot)?;
        constituent.require(Kind::Cash)?;
        self.forget_fractions(constituent.cash)?;
        let booked = self.booked(slot)?;
        let (found, lost) = match balance.checked_sub(booked) {
            Some(found) => (found, 0),
            None => (
                0,
                self.lose(slot, sub(booked, balance, IndexError::Overflow)?)?,
            ),
        };
        require(found > 0 || lost > 0, IndexError::NothingToSync)?;
        self.constituent_mut(slot)?.receive(found, now)?;
        Ok((found, lost))
    }

    /// Books registered shares that others gave, or takes what is missing out of the
    /// counter. Returns what was found and lost. Errors: `NothingToSync`.
    pub(crate) fn sync_personal(&mut self, slot: u8, shares: u64, now: i64) -> Outcome<(u64, u64)> {
        let constituent = self.constituent(slot)?;
        constituent.require(Kind::Personal)?;
        let booked = constituent.booked()?;
        let (found, lost) = match shares.checked_sub(booked) {
            Some(found) => (found, 0),
            None => (
                0,
                self.lose(slot, sub(booked, shares, IndexError::Overflow)?)?,
            ),
        };
        require(found > 0 || lost > 0, IndexError::NothingToSync)?;
        self.constituent_mut(slot)?.receive(found, now)?;
        Ok((found, lost))
    }

    /// A loss beyond the counter stays on show in the custody's balance.
    fn lose(&mut self, slot: u8, missing: u64) -> Outcome<u64> {
        let constituent = self.constituent_mut(slot)?;
        let lost = missing.min(constituent.counter);
        constituent.release(lost)?;
        Ok(lost)
    }

    /// Notes that nothing is claimable of a personal constituent at `now`.
    pub fn stamp(&mut self, slot: u8, now: i64) -> Outcome<()> {
        let constituent = self.constituent_mut(slot)?;
        constituent.harvested_at = constituent.harvested_at.max(now);
        Ok(())
    }

    /// Atoms in custody that the books do not know.
    pub(crate) fn unbooked(&self, slot: u8, balance: u64) -> Outcome<u64> {
        sub(balance, self.booked(slot)?, IndexError::VaultShort)
    }

    /// When something announced at `now` takes effect, unix seconds.
    pub fn after_notice(&self, now: i64) -> Outcome<i64> {
        now.checked_add(i64::from(self.terms.notice_seconds))
            .ok_or(IndexError::Overflow)
    }
}

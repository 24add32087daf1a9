//! Constituents come and go: adding, seeding, launching, removing, syncing.

use {
    super::{Constituent, IndexStatus, LOCKED_SHARES, PooledIndex, SlotKind, sub},
    crate::error::{IndexError, ProgramResult, require},
    anchor_lang::prelude::*,
};

/// What custody held beside the books, in atoms.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct SyncEffects {
    /// What came unasked.
    pub found: u64,
    /// What is missing, as far as it backed shares.
    pub lost: u64,
}

impl PooledIndex {
    /// Puts a constituent into a free slot. Errors: `AlreadyConstituent`,
    /// `ConstituentListFull`.
    pub fn add_constituent(&mut self, new: Constituent) -> ProgramResult<u8> {
        // What tickets stand for has its custody still.
        let known = self.used().iter().any(|slot| slot.has(&new.key));
        require(!known, IndexError::AlreadyConstituent)?;
        let free = SlotKind::Free;
        let place = self.constituents.iter().position(|slot| slot.kind == free);
        let place = place.ok_or(IndexError::ConstituentListFull)?;
        let number = u8::try_from(place).map_err(|_| IndexError::ConstituentListFull)?;
        let slot = self.constituents.get_mut(place);
        *slot.ok_or(IndexError::ConstituentListFull)? = new;
        self.slots = self.slots.max(number.saturating_add(1));
        Ok(number)
    }

    /// Frees a slot that holds nothing. Whether its person owes nothing MUST be checked
    /// before. Errors: `ConstituentInUse`, `StillACoin`.
    pub(crate) fn remove_constituent(&mut self, slot: u8) -> ProgramResult<Pubkey> {
        let constituent = *self.constituent(slot)?;
        require(constituent.is_empty(), IndexError::ConstituentInUse)?;
        if let Ok(place) = constituent.coin_place() {
            self.require_seeding().map_err(|_| IndexError::StillACoin)?;
            self.close_book(place)?;
        }
        *self.constituent_mut(slot)? = Constituent::default();
        let last = |slot: &Constituent| slot.kind != SlotKind::Free;
        let used = self.used().iter().rposition(last);
        let used = used.map_or(0, |place| place.saturating_add(1));
        self.slots = u8::try_from(used).map_err(|_| IndexError::InvariantBroken)?;
        Ok(constituent.key)
    }

    /// Errors: `NotSeeding`.
    pub(crate) fn require_seeding(&self) -> ProgramResult<()> {
        require(
            self.status()? == IndexStatus::Seeding,
            IndexError::NotSeeding,
        )
    }

    /// Atoms that the curator puts in before the launch.
    pub(crate) fn seed(&mut self, slot: u8, amount: u64, now: i64) -> ProgramResult<()> {
        self.require_seeding()?;
        require(amount > 0, IndexError::ZeroAmount)?;
        self.constituent_mut(slot)?.receive(amount, now)
    }

    /// Atoms that the curator takes back before the launch.
    pub(crate) fn unseed(&mut self, slot: u8, amount: u64) -> ProgramResult<()> {
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
    pub(crate) fn launch(&mut self, shares: u64, now: i64) -> ProgramResult<u64> {
        self.require_seeding()?;
        let free = sub(shares, LOCKED_SHARES, IndexError::TooFewShares)?;
        require(free > 0, IndexError::TooFewShares)?;
        let used = |slot: &&Constituent| slot.kind != SlotKind::Free;
        let mut seeded = self.used().iter().filter(used).peekable();
        let all = seeded.peek().is_some() && seeded.all(Constituent::is_held);
        require(all, IndexError::NothingSeeded)?;
        self.supply = shares;
        self.accrued_at = now;
        self.status = IndexStatus::Active.into();
        Ok(free)
    }

    /// Books what custody holds of a mint beyond the books, or takes what is missing out of
    /// the counter. Errors: `NothingToSync`.
    pub(crate) fn sync_mint(
        &mut self,
        slot: u8,
        balance: u64,
        now: i64,
    ) -> ProgramResult<SyncEffects> {
        let constituent = self.constituent(slot)?;
        constituent.require(SlotKind::Mint)?;
        if let Ok(place) = constituent.coin_place() {
            self.forget_fractions(place)?;
        }
        self.sync(slot, balance, self.booked(slot)?, now)
    }

    /// As [`Self::sync_mint`], of registered shares that others gave. Errors:
    /// `NothingToSync`.
    pub(crate) fn sync_personal(
        &mut self,
        slot: u8,
        shares: u64,
        now: i64,
    ) -> ProgramResult<SyncEffects> {
        let constituent = self.constituent(slot)?;
        constituent.require(SlotKind::Personal)?;
        self.sync(slot, shares, constituent.booked()?, now)
    }

    /// A gift is booked only to a slot that is held: else an atom from anybody would change
    /// what contributions in flight must bring. Errors: `NothingToSync`.
    fn sync(
        &mut self,
        slot: u8,
        balance: u64,
        booked: u64,
        now: i64,
    ) -> ProgramResult<SyncEffects> {
        let mut effects = SyncEffects::default();
        match balance.checked_sub(booked) {
            Some(found) if self.constituent(slot)?.is_held() => effects.found = found,
            Some(_) => {}
            None => effects.lost = self.lose(slot, sub(booked, balance, IndexError::Overflow)?)?,
        }
        let synced = effects.found > 0 || effects.lost > 0;
        require(synced, IndexError::NothingToSync)?;
        self.constituent_mut(slot)?.receive(effects.found, now)?;
        Ok(effects)
    }

    /// A loss beyond the counter stays on show in the custody's balance.
    fn lose(&mut self, slot: u8, missing: u64) -> ProgramResult<u64> {
        let constituent = self.constituent_mut(slot)?;
        let lost = missing.min(constituent.counter);
        constituent.release(lost)?;
        Ok(lost)
    }

    /// A harvest moved something of a person's stream.
    pub(crate) fn note_harvest(&mut self, slot: u8, stream: u8) -> ProgramResult<()> {
        self.constituent_mut(slot)?.note_harvest(stream)
    }

    /// Notes that nothing is collectable of a personal constituent at `now`.
    pub fn stamp(&mut self, slot: u8, now: i64) -> ProgramResult<()> {
        let constituent = self.constituent_mut(slot)?;
        constituent.harvested_at = constituent.harvested_at.max(now);
        Ok(())
    }

    /// Atoms in custody that the books do not know.
    pub(crate) fn unbooked(&self, slot: u8, balance: u64) -> ProgramResult<u64> {
        sub(balance, self.booked(slot)?, IndexError::VaultShort)
    }

    /// When something announced at `now` takes effect, unix seconds.
    pub fn after_notice(&self, now: i64) -> ProgramResult<i64> {
        now.checked_add(i64::from(self.terms.notice_seconds))
            .ok_or(IndexError::Overflow)
    }
}

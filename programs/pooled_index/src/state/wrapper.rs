//! Tickets for what cannot move. They take the slot's place in the books and move like any
//! mint; what the atoms behind them earn, or lose, belongs to the tickets.

use {
    super::{Constituent, MAX_COINS, PooledIndex, SlotKind, add, sub},
    crate::error::{IndexError, ProgramResult, require},
    anchor_lang::prelude::*,
    upside_math::{Rounding, SHARE_DECIMALS, mul_div},
    upside_support::Byte,
};

/// Tickets of one wrap of a slot, and what they stand for. All of it is shared out by
/// tickets: the atoms and the pots.
#[account(zero_copy)]
#[derive(Debug, PartialEq, Eq)]
pub struct Wrapper {
    /// Layout version.
    pub version: u8,
    /// Bump of this account's address.
    pub bump: u8,
    /// Slot of the index.
    pub slot: u8,
    /// 1 while the tickets stand in the slot.
    pub active: u8,
    /// The [`SlotKind`] of what is wrapped.
    pub kind: Byte<SlotKind>,
    /// Decimals of the tickets: those of what is wrapped.
    pub decimals: u8,
    /// Its flags, see [`Constituent::flags`].
    pub flags: u8,
    pub(crate) padding: u8,
    /// The index.
    pub index: Pubkey,
    /// The mint of the tickets.
    pub mint: Pubkey,
    /// The personal token or the mint that is wrapped.
    pub key: Pubkey,
    /// The index's account of it.
    pub custody: Pubkey,
    /// Who paid this account's rent and gets it back.
    pub rent_payer: Pubkey,
    /// Its number among the wraps of the index; part of the addresses.
    pub number: u64,
    /// Tickets in existence when last seen.
    pub tickets: u64,
    /// Atoms in custody that belong to them: one each, unless an issuer took some or
    /// somebody burned tickets.
    pub atoms: u64,
    /// When the slot was wrapped, unix seconds.
    pub wrapped_at: i64,
    /// What the atoms have earned, by place of the coin.
    pub pots: [u64; MAX_COINS],
    /// What was due to the index when the slot was wrapped, and was not collected yet, by
    /// place of the coin. It is collected before anything goes to the pots.
    pub before: [u64; MAX_COINS],
    pub(crate) reserved: [u64; 4],
}

/// What the state shows of a slot, wrapped or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shown {
    /// Whether it cannot move.
    pub stuck: bool,
    /// Atoms in the index's account of it.
    pub balance: u64,
    /// What it owes the index in coins that are collected now, by place of the coin.
    pub dues: [u64; MAX_COINS],
    /// Bit `i` set: stream `i` of the person is in such a coin.
    pub streams: u8,
}

/// What tickets are worth: computed before anything changes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Part {
    /// Atoms of what is wrapped.
    pub atoms: u64,
    /// Atoms of each coin, by place.
    pub pots: [u64; MAX_COINS],
}

/// What a harvest of wrapped shares became.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WrappedHarvest {
    /// Atoms for the index: due before the wrap, with the members' part.
    pub to_index: u64,
    /// The members' part of them.
    pub to_members: u64,
    /// Atoms for the tickets.
    pub to_pot: u64,
}

/// How a slot became itself again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unwrapped {
    /// The index's own tickets, which are burned.
    pub tickets: u64,
    /// What they were worth.
    pub part: Part,
}

/// Decimals of tickets for what stands in a slot.
pub(crate) fn ticket_decimals(constituent: &Constituent) -> ProgramResult<u8> {
    Ok(match constituent.kind()? {
        SlotKind::Personal => SHARE_DECIMALS,
        SlotKind::Free | SlotKind::Mint => constituent.decimals,
    })
}

impl Wrapper {
    /// Refuses tickets that stand in no slot any more. Errors: `NotWrapped`.
    pub fn require_active(&self) -> ProgramResult<()> {
        require(self.active == 1, IndexError::NotWrapped)
    }

    /// The slot as it is without tickets: what its accounts are proven against.
    pub fn original(&self) -> Constituent {
        Constituent {
            key: self.key,
            custody: self.custody,
            kind: self.kind,
            decimals: if self.kind == SlotKind::Mint {
                self.decimals
            } else {
                0
            },
            flags: self.flags,
            ..Constituent::default()
        }
    }

    /// Takes over the supply of tickets, of which people may have burned some: what they
    /// stood for belongs to the others. MUST run before parts are computed.
    fn observe(&mut self, supply: u64) -> ProgramResult<()> {
        require(supply <= self.tickets, IndexError::InvariantBroken)?;
        self.tickets = supply;
        Ok(())
    }

    /// The wrapper as it is with this many tickets in existence: people may have burned
    /// some.
    pub fn with_supply(mut self, supply: u64) -> Self {
        self.tickets = supply;
        self
    }

    /// The part of `tickets`, rounded down.
    pub fn part(&self, tickets: u64) -> ProgramResult<Part> {
        require(tickets <= self.tickets, IndexError::InsufficientShares)?;
        if tickets == 0 {
            return Ok(Part::default());
        }
        let part = |of| mul_div(of, tickets, self.tickets, Rounding::Down);
        let mut pots = [0; MAX_COINS];
        for (mine, pot) in pots.iter_mut().zip(&self.pots) {
            *mine = part(*pot)?;
        }
        let atoms = part(self.atoms)?;
        Ok(Part { atoms, pots })
    }

    fn take(&mut self, tickets: u64, part: &Part) -> ProgramResult<()> {
        self.tickets = sub(self.tickets, tickets, IndexError::InvariantBroken)?;
        self.atoms = sub(self.atoms, part.atoms, IndexError::InvariantBroken)?;
        for (pot, taken) in self.pots.iter_mut().zip(&part.pots) {
            *pot = sub(*pot, *taken, IndexError::InvariantBroken)?;
        }
        Ok(())
    }
}

impl PooledIndex {
    /// Books dividends of wrapped shares: what was due before the wrap is the index's,
    /// the rest the tickets'. Errors: `NotWrapped`, `CoinWrapped`.
    pub(crate) fn harvest_wrapped(
        &mut self,
        wrapper: &mut Wrapper,
        place: u8,
        amount: u64,
        now: i64,
    ) -> ProgramResult<WrappedHarvest> {
        wrapper.require_active()?;
        let before = wrapper.before.get_mut(usize::from(place));
        let before = before.ok_or(IndexError::InvariantBroken)?;
        let to_index = amount.min(*before);
        *before = sub(*before, to_index, IndexError::InvariantBroken)?;
        let to_pot = sub(amount, to_index, IndexError::InvariantBroken)?;
        let pot = wrapper.pots.get_mut(usize::from(place));
        let pot = pot.ok_or(IndexError::InvariantBroken)?;
        *pot = add(*pot, to_pot)?;

        let book = self.book_mut(place)?;
        book.due = sub(book.due, to_index, IndexError::InvariantBroken)?;
        book.pots = add(book.pots, to_pot)?;
        let to_members = self.book_earned(place, to_index, now)?;
        Ok(WrappedHarvest {
            to_index,
            to_members,
            to_pot,
        })
    }

    /// Place of the book of a mint in which dividends are collected, or were until it left
    /// the list. Errors: `NotACoin`.
    pub fn pot_place(&self, mint: &Pubkey) -> ProgramResult<u8> {
        for (place, book) in (0u8..).zip(&self.coins) {
            if book.used != 0 && book.listing == 0 && self.slot(book.slot)?.has(mint) {
                return Ok(place);
            }
        }
        Err(IndexError::NotACoin)
    }

    /// Books what came in for the index in the coin at `place`, as a harvest does while it
    /// is listed. Returns the members' part. Errors: `CoinWrapped`.
    fn book_earned(&mut self, place: u8, amount: u64, now: i64) -> ProgramResult<u64> {
        if amount == 0 {
            return Ok(0);
        }
        let book = self.book(place)?;
        let (slot, listed) = (book.slot, book.used == 1);
        let wrapped = self.constituent(slot)?.is_wrapped();
        require(!wrapped, IndexError::CoinWrapped)?;
        if listed {
            return self.share_out(slot, amount, now);
        }
        self.constituent_mut(slot)?.receive(amount, now)?;
        Ok(0)
    }

    /// Atoms in the account of what is wrapped that others than its tickets own: earlier
    /// tickets, and of a coin what members are owed and all pots.
    fn senior(&self, slot: u8) -> ProgramResult<u64> {
        let constituent = self.constituent(slot)?;
        let Ok(place) = constituent.coin_place() else {
            return Ok(constituent.behind);
        };
        let book = self.book(place)?;
        add(add(constituent.behind, book.owed)?, book.pots)
    }

    /// Takes the supply of tickets over, and while they stand in the slot a loss of what
    /// is behind them.
    fn look_at(&self, wrapper: &mut Wrapper, supply: u64, balance: u64) -> ProgramResult<()> {
        wrapper.observe(supply)?;
        if wrapper.active == 1 {
            let covered = balance.saturating_sub(self.senior(wrapper.slot)?);
            wrapper.atoms = wrapper.atoms.min(covered);
        }
        Ok(())
    }

    fn empty_pots(&mut self, part: &Part) -> ProgramResult<()> {
        for (book, taken) in self.coins.iter_mut().zip(&part.pots) {
            book.pots = sub(book.pots, *taken, IndexError::InvariantBroken)?;
        }
        Ok(())
    }

    /// Books tickets that somebody burns for their part, without the coins in `forgone`,
    /// whose part stays with the other tickets. Errors: `ZeroAmount`,
    /// `InsufficientShares`, `AmountTooSmall`.
    pub(crate) fn unwrap_tickets(
        &mut self,
        wrapper: &mut Wrapper,
        tickets: u64,
        forgone: u8,
        [supply, balance]: [u64; 2],
    ) -> ProgramResult<Part> {
        require(tickets > 0, IndexError::ZeroAmount)?;
        self.look_at(wrapper, supply, balance)?;
        let mut part = wrapper.part(tickets)?;
        for (place, pot) in (0u32..).zip(&mut part.pots) {
            if forgone.checked_shr(place).unwrap_or(0) & 1 == 1 {
                *pot = 0;
            }
        }
        require(part != Part::default(), IndexError::AmountTooSmall)?;
        wrapper.take(tickets, &part)?;
        self.empty_pots(&part)?;
        if wrapper.active == 0 {
            let constituent = self.constituent_mut(wrapper.slot)?;
            constituent.behind = sub(constituent.behind, part.atoms, IndexError::InvariantBroken)?;
        }
        Ok(part)
    }

    /// A slot that moves again is itself again. `own` are the index's tickets, `supply`
    /// all of them. The others keep their part, rounded down. Errors: `NotWrapped`,
    /// `SlotStuck`, `DividendsDue`, `VaultShort`, `CoinWrapped`.
    pub(crate) fn unwrap_slot(
        &mut self,
        wrapper: &mut Wrapper,
        shown: &Shown,
        [own, supply]: [u64; 2],
        now: i64,
    ) -> ProgramResult<Unwrapped> {
        wrapper.require_active()?;
        require(!shown.stuck, IndexError::SlotStuck)?;
        // Whatever came until now belongs to all tickets.
        let nothing_due = shown.dues.iter().all(|due| *due == 0);
        require(nothing_due, IndexError::DividendsDue)?;
        self.look_at(wrapper, supply, shown.balance)?;

        let left = sub(wrapper.tickets, own, IndexError::InvariantBroken)?;
        let others = wrapper.part(left)?;
        let mut part = Part {
            atoms: sub(wrapper.atoms, others.atoms, IndexError::InvariantBroken)?,
            pots: wrapper.pots,
        };
        for (mine, others) in part.pots.iter_mut().zip(others.pots) {
            *mine = sub(*mine, others, IndexError::InvariantBroken)?;
        }
        wrapper.take(own, &part)?;
        wrapper.active = 0;
        self.restore(wrapper, own, &part, now)?;
        self.empty_pots(&part)?;
        for (place, pot) in (0u8..).zip(part.pots) {
            self.book_earned(place, pot, now)?;
        }
        Ok(Unwrapped { tickets: own, part })
    }

    fn restore(&mut self, wrapper: &Wrapper, own: u64, part: &Part, now: i64) -> ProgramResult<()> {
        let constituent = self.constituent_mut(wrapper.slot)?;
        let booked = add(constituent.counter, constituent.pending)?;
        require(own >= booked, IndexError::VaultShort)?;
        constituent.key = wrapper.key;
        constituent.custody = wrapper.custody;
        constituent.kind = wrapper.kind;
        constituent.decimals = wrapper.original().decimals;
        constituent.flags = wrapper.flags;
        constituent.stands_for = 0;
        constituent.behind = add(constituent.behind, wrapper.atoms)?;
        match part.atoms.checked_sub(booked) {
            // Tickets that somebody gave, or others burned.
            Some(found) => constituent.receive(found, now),
            None => {
                let lost = sub(booked, part.atoms, IndexError::InvariantBroken)?;
                constituent.release(lost.min(constituent.counter))
            }
        }
    }

    /// No ticket is left: what tickets that were burned left behind is the index's.
    /// Errors: `AlreadyWrapped` while they stand in the slot, `TicketsLeft`, `CoinWrapped`.
    pub(crate) fn end_wrapper(
        &mut self,
        wrapper: &Wrapper,
        supply: u64,
        now: i64,
    ) -> ProgramResult<()> {
        require(wrapper.active == 0, IndexError::AlreadyWrapped)?;
        require(supply == 0, IndexError::TicketsLeft)?;
        let part = Part {
            atoms: wrapper.atoms,
            pots: wrapper.pots,
        };
        let constituent = self.constituent_mut(wrapper.slot)?;
        constituent.behind = sub(constituent.behind, part.atoms, IndexError::InvariantBroken)?;
        // Atoms of the slot wait in custody to be synced, as a gift does.
        self.empty_pots(&part)?;
        for (place, pot) in (0u8..).zip(part.pots) {
            self.book_earned(place, pot, now)?;
        }
        Ok(())
    }
}

const _: () =
    assert!(core::mem::size_of::<Wrapper>() == 8 + 5 * 32 + 4 * 8 + 2 * MAX_COINS * 8 + 32);

//! How tickets take the place of a slot that cannot move: it is noted as stuck, and wrapped
//! a notice later. And how the shares of a person in wind-down become what they are redeemed
//! for.

use {
    super::{
        PooledIndex, Shown, SlotKind, VERSION, Wrapper, add, constituent::first_bytes,
        ticket_decimals,
    },
    crate::error::{IndexError, ProgramResult, require},
    anchor_lang::prelude::*,
};

impl Wrapper {
    /// Begins a new account, which [`PooledIndex::wrap`] fills.
    pub(crate) fn open(&mut self, index: &Pubkey, rent_payer: &Pubkey, bump: u8) {
        self.bump = bump;
        self.index = *index;
        self.rent_payer = *rent_payer;
    }
}

impl PooledIndex {
    /// Notes whether the state shows that a slot cannot move. Returns since when, unix
    /// seconds; 0 if it can. Errors: `NotLaunched`, `AlreadyWrapped`, `NothingToNote`.
    pub(crate) fn note_stuck(&mut self, slot: u8, shown: &Shown, now: i64) -> ProgramResult<i64> {
        self.require_launched()?;
        let constituent = self.constituent_mut(slot)?;
        require(!constituent.is_wrapped(), IndexError::AlreadyWrapped)?;
        let noted = constituent.stuck_at != 0;
        require(noted != shown.stuck, IndexError::NothingToNote)?;
        constituent.stuck_at = if shown.stuck {
            u32::try_from(now).map_err(|_| IndexError::Overflow)?
        } else {
            0
        };
        Ok(i64::from(constituent.stuck_at))
    }

    /// Refuses what may not be wrapped now, and returns how many tickets there will be.
    /// Errors: `NotLaunched`, `AlreadyWrapped`, `SlotMoves`, `NotNoted`, `NoticePending`,
    /// `NothingToWrap`.
    fn wrappable(&self, slot: u8, shown: &Shown, now: i64) -> ProgramResult<u64> {
        self.require_launched()?;
        let constituent = self.constituent(slot)?;
        require(!constituent.is_wrapped(), IndexError::AlreadyWrapped)?;
        require(shown.stuck, IndexError::SlotMoves)?;
        require(constituent.stuck_at != 0, IndexError::NotNoted)?;
        let from = self.after_notice(constituent.stuck_at.into())?;
        require(now >= from, IndexError::NoticePending)?;
        let tickets = add(constituent.counter, constituent.pending)?;
        require(tickets > 0, IndexError::NothingToWrap)?;
        Ok(tickets)
    }

    /// Tickets take the place of a slot that cannot move: for what backs shares and for
    /// what waits in baskets. What is due by then stays the index's. Errors: those of
    /// [`Self::wrappable`].
    pub(crate) fn wrap(
        &mut self,
        wrapper: &mut Wrapper,
        slot: u8,
        shown: &Shown,
        [mint, custody]: [&Pubkey; 2],
        now: i64,
    ) -> ProgramResult<u64> {
        let tickets = self.wrappable(slot, shown, now)?;
        let number = self.wraps;
        self.wraps = add(number, 1)?;
        for (book, due) in self.coins.iter_mut().zip(&shown.dues) {
            book.due = add(book.due, *due)?;
        }
        let constituent = self.constituent_mut(slot)?;
        wrapper.version = VERSION;
        wrapper.slot = slot;
        wrapper.active = 1;
        wrapper.kind = constituent.kind;
        wrapper.decimals = ticket_decimals(constituent)?;
        wrapper.flags = constituent.flags;
        wrapper.mint = *mint;
        wrapper.key = constituent.key;
        wrapper.custody = constituent.custody;
        wrapper.number = number;
        wrapper.tickets = tickets;
        wrapper.atoms = tickets;
        wrapper.wrapped_at = now;
        wrapper.before = shown.dues;

        // What baskets noted as due is in the coins' books from now on.
        for stream in 0u8..8 {
            if shown.streams.checked_shr(stream.into()).unwrap_or(0) & 1 == 1 {
                constituent.note_harvest(stream)?;
            }
        }
        constituent.stands_for = first_bytes(&constituent.key);
        constituent.key = *mint;
        constituent.custody = *custody;
        constituent.kind = SlotKind::Mint.into();
        constituent.decimals = wrapper.decimals;
        constituent.flags = 0;
        constituent.stuck_at = 0;
        Ok(tickets)
    }

    /// Shares of a person leave to be redeemed.
    pub(crate) fn redeem_counter(&mut self, slot: u8, shares: u64) -> ProgramResult<()> {
        self.constituent_mut(slot)?.release(shares)
    }

    /// Books what they were redeemed for.
    pub(crate) fn receive_paid(&mut self, slot: u8, atoms: u64, now: i64) -> ProgramResult<()> {
        self.constituent_mut(slot)?.receive(atoms, now)
    }
}

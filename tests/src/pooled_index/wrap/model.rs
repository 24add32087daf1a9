//! Slots that cannot move: noted, wrapped in tickets, harvested.

use {
    crate::model::index::{CASH, Check, PooledIndex, floor, report, require, sum},
    crate::model::{Mint, Model, Predicted},
    upside_sdk::{
        Pubkey,
        address::TOKEN_PROGRAM,
        index::{IndexError, IndexStatus, SlotKind, find_tickets},
    },
};

/// Tickets of one wrap.
#[derive(Clone, Debug, PartialEq)]
pub struct Wrapper {
    /// Slot of the index.
    pub slot: u8,
    /// Whether the tickets stand in it.
    pub active: bool,
    /// What is wrapped.
    pub kind: SlotKind,
    /// Its address.
    pub key: Pubkey,
    /// Its decimals.
    pub decimals: u8,
    /// Tickets in existence when last looked at.
    pub tickets: u64,
    /// Atoms behind them.
    pub atoms: u64,
    /// When it was wrapped.
    pub wrapped_at: i64,
    /// What they earned, by place of the coin.
    pub pots: [u64; CASH],
    /// What was due to the index before.
    pub before: [u64; CASH],
    /// Who paid the rent.
    pub rent_payer: Pubkey,
}

/// What the state shows of a slot.
pub(crate) struct Shown {
    pub(crate) stuck: bool,
    pub(crate) balance: u64,
    pub(crate) dues: [u64; CASH],
    pub(crate) streams: Vec<usize>,
}

/// What tickets are worth.
pub(crate) struct Part {
    pub(crate) atoms: u64,
    pub(crate) pots: [u64; CASH],
}

impl Wrapper {
    pub(crate) fn part(&self, tickets: u64) -> Check<Part> {
        require(tickets <= self.tickets, IndexError::InsufficientShares)?;
        let of = |what: u64| match tickets {
            0 => Ok(0),
            some => floor(what, some, self.tickets),
        };
        let mut pots = [0; CASH];
        for (mine, pot) in pots.iter_mut().zip(self.pots) {
            *mine = of(pot)?;
        }
        Ok(Part {
            atoms: of(self.atoms)?,
            pots,
        })
    }

    pub(crate) fn take(&mut self, tickets: u64, part: &Part) {
        self.tickets -= tickets;
        self.atoms -= part.atoms;
        for (pot, taken) in self.pots.iter_mut().zip(part.pots) {
            *pot -= taken;
        }
    }
}

impl PooledIndex {
    /// A wrapper. Errors: `NotWrapped` of one that there is not.
    pub(crate) fn wrapper(&self, number: u64) -> Check<Wrapper> {
        self.wrappers
            .get(&number)
            .cloned()
            .ok_or(IndexError::NotWrapped)
    }

    /// Place of a mint in which dividends are, or were, collected. Errors: `NotACoin`.
    fn pot_place(&self, mint: &Pubkey) -> Check<usize> {
        let place = self.books.iter().position(|book| {
            let slot = self.slot(book.slot);
            book.used != 0 && book.listing == 0 && slot.is_ok_and(|slot| slot.has(mint))
        });
        place.ok_or(IndexError::NotACoin)
    }

    /// Books what came for the index in a coin. Returns the members' part. Errors:
    /// `CoinWrapped`.
    pub(crate) fn book_earned(&mut self, place: usize, atoms: u64, now: i64) -> Check<u64> {
        if atoms == 0 {
            return Ok(0);
        }
        let (slot, listed) = (self.books[place].slot, self.books[place].used == 1);
        let wrapped = self.slot(slot)?.wraps.is_some();
        require(!wrapped, IndexError::CoinWrapped)?;
        if listed {
            return self.share_out(slot, atoms, now);
        }
        self.slot_mut(slot)?.receive(atoms, now)?;
        Ok(0)
    }

    /// The supply of tickets now, and a loss while they stand in the slot.
    pub(crate) fn look_at(&self, it: &mut Wrapper, supply: u64, balance: u64) -> Check {
        it.tickets = supply;
        if it.active {
            let slot = self.slot(it.slot)?;
            let book = slot.place().map(|place| &self.books[place]);
            let others = slot.behind + book.map_or(0, |book| book.owed + book.pots);
            it.atoms = it.atoms.min(balance.saturating_sub(others));
        }
        Ok(())
    }

    pub(crate) fn empty_pots(&mut self, part: &Part) {
        for (book, taken) in self.books.iter_mut().zip(part.pots) {
            book.pots -= taken;
        }
    }
}

impl Model {
    pub(crate) fn shown(&self, it: &PooledIndex, kind: SlotKind, key: &Pubkey) -> Predicted<Shown> {
        let own = it.address();
        let mut shown = Shown {
            stuck: false,
            balance: 0,
            dues: [0; CASH],
            streams: Vec::new(),
        };
        if kind == SlotKind::Mint {
            // Nobody freezes or pauses anything in the model.
            shown.balance = self.balance(&own, key);
            return Ok(shown);
        }
        let holder = self.holder(key, &own)?;
        shown.balance = holder.shares;
        shown.stuck = holder.venue == 0 && self.token(key)?.transfer_policy() != 0;
        for due in self.due(it, key)? {
            if it.is_collected(due.coin) {
                let mint = it.slot(it.books[due.coin].slot)?.key;
                let vault = self.accounts.contains_key(&(*key, mint));
                require(vault, IndexError::WrongTokenAccount)?;
                shown.dues[due.coin] = due.atoms;
                shown.streams.push(due.stream);
            }
        }
        Ok(shown)
    }

    /// Anybody notes whether a slot moves.
    ///
    /// # Errors
    /// `NotLaunched`, `AlreadyWrapped`, `NothingToNote`.
    pub fn note_stuck(&mut self, index: &Pubkey, slot: u8) -> Predicted {
        self.at(index, |model, it| {
            let constituent = it.slot(slot)?.clone();
            let shown = model.shown(it, constituent.kind, &constituent.key)?;
            require(it.status != IndexStatus::Seeding, IndexError::NotLaunched)?;
            require(constituent.wraps.is_none(), IndexError::AlreadyWrapped)?;
            let changes = shown.stuck == (constituent.stuck_at == 0);
            require(changes, IndexError::NothingToNote)?;
            let since = if shown.stuck { model.now } else { 0 };
            it.slot_mut(slot)?.stuck_at = since;
            report!(
                it,
                SlotNoted {
                    place: u64::from(slot),
                    key: constituent.key,
                    since
                }
            );
            Ok(())
        })
    }

    /// Anybody wraps a slot.
    ///
    /// # Errors
    /// `NotLaunched`, `AlreadyWrapped`, `SlotMoves`, `NotNoted`, `NoticePending`,
    /// `NothingToWrap`.
    pub fn wrap(&mut self, index: &Pubkey, slot: u8) -> Predicted {
        self.at(index, |model, it| {
            let constituent = it.slot(slot)?.clone();
            let shown = model.shown(it, constituent.kind, &constituent.key)?;
            require(it.status != IndexStatus::Seeding, IndexError::NotLaunched)?;
            require(constituent.wraps.is_none(), IndexError::AlreadyWrapped)?;
            require(shown.stuck, IndexError::SlotMoves)?;
            require(constituent.stuck_at != 0, IndexError::NotNoted)?;
            let from = it.after_notice(constituent.stuck_at);
            require(model.now >= from, IndexError::NoticePending)?;
            let tickets = sum(constituent.counter, constituent.pending)?;
            require(tickets > 0, IndexError::NothingToWrap)?;

            let number = it.wraps;
            let mint = find_tickets(index, number).0;
            it.wraps += 1;
            for (book, due) in it.books.iter_mut().zip(shown.dues) {
                book.due = sum(book.due, due)?;
            }
            let decimals = match constituent.kind {
                SlotKind::Personal => 6,
                _ => constituent.decimals,
            };
            let wrapper = Wrapper {
                slot,
                active: true,
                kind: constituent.kind,
                key: constituent.key,
                decimals,
                tickets,
                atoms: tickets,
                wrapped_at: model.now,
                pots: [0; CASH],
                before: shown.dues,
                rent_payer: model.payer,
            };
            it.wrappers.insert(number, wrapper);
            let after = it.slot_mut(slot)?;
            for stream in shown.streams {
                after.harvests[stream] = after.harvests[stream].wrapping_add(1);
            }
            after.wraps = Some(constituent.key);
            after.key = mint;
            after.kind = SlotKind::Mint;
            after.decimals = decimals;
            after.stuck_at = 0;
            report!(
                it,
                SlotWrapped {
                    place: u64::from(slot),
                    key: constituent.key,
                    mint,
                    number,
                    tickets,
                    before: shown.dues,
                }
            );
            let tickets_mint = Mint {
                program: TOKEN_PROGRAM,
                decimals,
                seizable: false,
                freezable: false,
                supply: 0,
            };
            model.mints.insert(mint, tickets_mint);
            model.mint_to(index, &mint, tickets);
            Ok(())
        })
    }

    /// Anybody collects what a wrapped person owes in a mint.
    ///
    /// # Errors
    /// `NothingToCollect`, `NotACoin`, `CoinWrapped`, `NotWrapped`.
    pub fn harvest_wrapped(&mut self, index: &Pubkey, number: u64, mint: &Pubkey) -> Predicted {
        self.at(index, |model, it| {
            let mut wrapper = it.wrapper(number)?;
            let amount = model.dividend(&wrapper.key, index, mint)?;
            require(amount > 0, IndexError::NothingToCollect)?;
            let place = it.pot_place(mint)?;
            let coin = it.books[place].slot;
            let wrapped = it.slot(coin)?.wraps.is_some();
            require(!wrapped, IndexError::CoinWrapped)?;
            require(wrapper.active, IndexError::NotWrapped)?;
            let to_index = amount.min(wrapper.before[place]);
            let to_pot = amount - to_index;
            wrapper.before[place] -= to_index;
            wrapper.pots[place] = sum(wrapper.pots[place], to_pot)?;
            it.books[place].due -= to_index;
            it.books[place].pots = sum(it.books[place].pots, to_pot)?;
            let to_members = it.book_earned(place, to_index, model.now)?;
            report!(
                it,
                WrappedHarvested {
                    place: u64::from(wrapper.slot),
                    token: wrapper.key,
                    mint: *mint,
                    amount,
                    to_members,
                    to_pot,
                }
            );
            let token = wrapper.key;
            it.wrappers.insert(number, wrapper);
            model.collect_dividend(&token, index, mint)
        })
    }
}

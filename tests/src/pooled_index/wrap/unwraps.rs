//! Tickets are burned for what they stand for; a slot is itself again.

use {
    crate::model::index::{report, require, wraps::Part},
    crate::model::{Model, Predicted, require as refuse_unless},
    upside_sdk::{
        Pubkey,
        index::{IndexError, SlotKind, UnwrapTicketsArgs, find_tickets},
    },
};

impl Model {
    /// A wallet burns tickets for their part.
    ///
    /// # Errors
    /// Those of the accounts and of each movement; `ZeroAmount`, `InsufficientShares`,
    /// `AmountTooSmall`, `Slippage`, `CoinWrapped`.
    pub fn unwrap_tickets(
        &mut self,
        index: &Pubkey,
        number: u64,
        wallet: &Pubkey,
        args: &UnwrapTicketsArgs,
    ) -> Predicted {
        self.at(index, |model, it| {
            let mut wrapper = it.wrapper(number)?;
            let mint = find_tickets(index, number).0;
            let has = model.accounts.contains_key(&(*wallet, mint));
            refuse_unless(has, IndexError::WrongTokenAccount)?;
            let place = match wrapper.kind {
                SlotKind::Personal => model.holders.contains_key(&(wrapper.key, *wallet)),
                _ => model.accounts.contains_key(&(*wallet, wrapper.key)),
            };
            let error = match wrapper.kind {
                SlotKind::Personal => IndexError::WrongAccount,
                _ => IndexError::WrongTokenAccount,
            };
            refuse_unless(place, error)?;
            require(args.tickets > 0, IndexError::ZeroAmount)?;
            let shown = model.shown(it, wrapper.kind, &wrapper.key)?;
            it.look_at(&mut wrapper, model.mints[&mint].supply, shown.balance)?;
            let mut part = wrapper.part(args.tickets)?;
            for (place, pot) in part.pots.iter_mut().enumerate() {
                if args.forgone & (1 << place) != 0 {
                    *pot = 0;
                }
            }
            let any = part.atoms > 0 || part.pots.iter().any(|pot| *pot > 0);
            require(any, IndexError::AmountTooSmall)?;
            wrapper.take(args.tickets, &part);
            it.empty_pots(&part);
            if !wrapper.active {
                it.slot_mut(wrapper.slot)?.behind -= part.atoms;
            }
            require(part.atoms >= args.least, IndexError::Slippage)?;
            report!(
                it,
                TicketsUnwrapped {
                    place: u64::from(wrapper.slot),
                    mint,
                    wallet: *wallet,
                    tickets: args.tickets,
                    atoms: part.atoms,
                    pots: part.pots,
                    left: wrapper.tickets,
                }
            );
            model.burn(wallet, &mint, args.tickets)?;
            match wrapper.kind {
                _ if part.atoms == 0 => {}
                SlotKind::Personal => model.carry(&wrapper.key, index, wallet, part.atoms, None)?,
                _ => model.pay(index, wallet, &wrapper.key, part.atoms)?,
            }
            it.wrappers.insert(number, wrapper);
            for (place, pot) in part.pots.into_iter().enumerate() {
                if pot > 0 {
                    let coin = it.slot(it.books[place].slot)?;
                    require(coin.wraps.is_none(), IndexError::CoinWrapped)?;
                    let key = coin.key;
                    let has = model.accounts.contains_key(&(*wallet, key));
                    refuse_unless(has, IndexError::WrongTokenAccount)?;
                    model.pay(index, wallet, &key, pot)?;
                }
            }
            Ok(())
        })
    }

    /// Anybody makes a wrapped slot that moves itself again.
    ///
    /// # Errors
    /// `NotWrapped`, `SlotStuck`, `DividendsDue`, `CoinWrapped`.
    pub fn unwrap_slot(&mut self, index: &Pubkey, number: u64) -> Predicted {
        self.at(index, |model, it| {
            let mut wrapper = it.wrapper(number)?;
            require(wrapper.active, IndexError::NotWrapped)?;
            let shown = model.shown(it, wrapper.kind, &wrapper.key)?;
            require(!shown.stuck, IndexError::SlotStuck)?;
            let nothing = shown.dues.iter().all(|due| *due == 0);
            require(nothing, IndexError::DividendsDue)?;
            let mint = find_tickets(index, number).0;
            it.look_at(&mut wrapper, model.mints[&mint].supply, shown.balance)?;

            let own = model.balance(index, &mint);
            let left = wrapper.tickets - own;
            let others = wrapper.part(left)?;
            let mut part = Part {
                atoms: wrapper.atoms - others.atoms,
                pots: wrapper.pots,
            };
            for (mine, others) in part.pots.iter_mut().zip(others.pots) {
                *mine -= others;
            }
            wrapper.take(own, &part);
            wrapper.active = false;
            let now = model.now;
            let slot = it.slot_mut(wrapper.slot)?;
            let booked = slot.counter + slot.pending;
            (slot.key, slot.kind, slot.wraps) = (wrapper.key, wrapper.kind, None);
            if wrapper.kind == SlotKind::Personal {
                slot.decimals = 0;
            }
            slot.behind += wrapper.atoms;
            if part.atoms >= booked {
                slot.receive(part.atoms - booked, now)?;
            } else {
                slot.counter -= (booked - part.atoms).min(slot.counter);
            }
            it.empty_pots(&part);
            for (place, pot) in part.pots.into_iter().enumerate() {
                it.book_earned(place, pot, now)?;
            }
            report!(
                it,
                SlotUnwrapped {
                    place: u64::from(wrapper.slot),
                    key: wrapper.key,
                    mint,
                    tickets: own,
                    atoms: part.atoms,
                    pots: part.pots,
                    left: wrapper.tickets,
                }
            );
            it.wrappers.insert(number, wrapper);
            model.burn(index, &mint, own)?;
            model.accounts.remove(&(*index, mint));
            Ok(())
        })
    }

    /// Anybody closes a wrapper of which no ticket is left.
    ///
    /// # Errors
    /// `AlreadyWrapped`, `TicketsLeft`, `CoinWrapped`.
    pub fn close_wrapper(&mut self, index: &Pubkey, number: u64) -> Predicted {
        self.at(index, |model, it| {
            let wrapper = it.wrapper(number)?;
            let mint = find_tickets(index, number).0;
            require(!wrapper.active, IndexError::AlreadyWrapped)?;
            let none = model.mints[&mint].supply == 0;
            require(none, IndexError::TicketsLeft)?;
            it.slot_mut(wrapper.slot)?.behind -= wrapper.atoms;
            let part = Part {
                atoms: wrapper.atoms,
                pots: wrapper.pots,
            };
            it.empty_pots(&part);
            for (place, pot) in part.pots.into_iter().enumerate() {
                it.book_earned(place, pot, model.now)?;
            }
            report!(
                it,
                WrapperClosed {
                    place: u64::from(wrapper.slot),
                    mint,
                    atoms: part.atoms,
                    pots: part.pots,
                }
            );
            it.wrappers.remove(&number);
            Ok(())
        })
    }
}

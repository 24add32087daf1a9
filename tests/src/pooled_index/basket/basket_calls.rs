//! Calls on baskets.

use {
    crate::model::index::{DAY, PooledIndex, SLOTS, baskets::Basket, report, shares::at_least},
    crate::model::{Model, Predicted, Reason, require},
    upside_sdk::{
        Pubkey,
        index::{
            BasketKind, IndexError, IndexStatus, RedeemArgs, SlotKind, find_basket, find_shares,
        },
    },
};

fn basket(it: &PooledIndex, wallet: &Pubkey, nonce: u64) -> Predicted<Basket> {
    let found = it.baskets.get(&(*wallet, nonce));
    found.cloned().ok_or(Reason::Missing.into())
}

fn require_length(length: usize) -> Predicted {
    require((1..=SLOTS).contains(&length), IndexError::LengthMismatch)
}

impl Model {
    /// A wallet opens a basket for a contribution.
    ///
    /// # Errors
    /// `NotActive`, `Paused`, `AlreadyExists`, `ZeroAmount`, `DeadlinePassed`,
    /// `DeadlineTooFar`.
    pub fn open_basket(
        &mut self,
        index: &Pubkey,
        wallet: &Pubkey,
        nonce: u64,
        shares: u64,
        deadline: i64,
    ) -> Predicted {
        self.at(index, |model, it| {
            it.require_running(model.now)?;
            let known = it.baskets.contains_key(&(*wallet, nonce));
            require(!known, IndexError::AlreadyExists)?;
            require(shares > 0, IndexError::ZeroAmount)?;
            require(model.now <= deadline, IndexError::DeadlinePassed)?;
            let soon = deadline <= model.now + 7 * DAY;
            require(soon, IndexError::DeadlineTooFar)?;
            let mut new = Basket::new(BasketKind::Contribution, shares, deadline);
            new.brought = true;
            new.entry_fee_bps = it.parameters.entry_fee_bps;
            it.baskets.insert((*wallet, nonce), new);
            let basket = find_basket(index, wallet, nonce).0;
            report!(
                it,
                BasketOpened {
                    wallet: *wallet,
                    basket,
                    shares,
                    deadline
                }
            );
            Ok(())
        })
    }

    /// Its wallet puts atoms in; `signer` should be that wallet.
    ///
    /// # Errors
    /// `LengthMismatch`, `WrongHolder`, `WrongTokenAccount`, `WrongBasketKind`, those of
    /// [`PooledIndex::deposit`] and of each
    /// movement.
    pub fn deposit_to_basket(
        &mut self,
        index: &Pubkey,
        wallet: &Pubkey,
        nonce: u64,
        signer: &Pubkey,
        amounts: &[(u8, u64)],
    ) -> Predicted {
        self.at(index, |model, it| {
            let mut basket = basket(it, wallet, nonce)?;
            require_length(amounts.len())?;
            let key = find_basket(index, wallet, nonce).0;
            for (slot, atoms) in amounts {
                // The accounts are those of the basket's wallet.
                model.prove(it, *slot, wallet)?;
                let person = it.slot(*slot)?.clone();
                let whose = match person.kind {
                    SlotKind::Personal => IndexError::WrongHolder,
                    SlotKind::Free | SlotKind::Mint => IndexError::WrongTokenAccount,
                };
                require(signer == wallet, whose)?;
                let dues = match person.kind {
                    SlotKind::Personal => model.due(it, &person.key)?,
                    SlotKind::Free | SlotKind::Mint => Vec::new(),
                };
                basket.require(BasketKind::Contribution)?;
                it.require_running(model.now)?;
                it.deposit(&mut basket, *slot, *atoms, &dues)?;
                let place = u64::from(*slot);
                let mut due = [0; 4];
                for one in &dues {
                    due[one.stream] = one.atoms;
                }
                report!(
                    it,
                    BasketDeposited {
                        basket: key,
                        place,
                        amount: *atoms,
                        due
                    }
                );
                let before = model.index_cost(it, *slot)?;
                model.bring_in(it, *slot, wallet, *atoms)?;
                let after = model.index_cost(it, *slot)?;
                basket.costs[usize::from(*slot)] = after - before;
            }
            it.baskets.insert((*wallet, nonce), basket);
            Ok(())
        })
    }

    /// Anybody turns a basket into the shares that it asks for, its wallet into any;
    /// one without a rest is closed.
    ///
    /// # Errors
    /// `WrongBasketKind`, `NotBasketOwner`, `DeadlinePassed`, those of
    /// [`PooledIndex::finish`].
    pub fn finish_basket(
        &mut self,
        index: &Pubkey,
        wallet: &Pubkey,
        nonce: u64,
        authority: &Pubkey,
        shares: u64,
    ) -> Predicted {
        self.at(index, |model, it| {
            let mut basket = basket(it, wallet, nonce)?;
            basket.require(BasketKind::Contribution)?;
            let asked = shares == basket.shares || authority == wallet;
            require(asked, IndexError::NotBasketOwner)?;
            require(model.now <= basket.deadline, IndexError::DeadlinePassed)?;
            it.require_active()?;
            model.prepare(it, wallet)?;
            let what = it.finish(&mut basket, shares, model.now)?;
            let key = find_basket(index, wallet, nonce).0;
            report!(
                it,
                BasketFinished {
                    wallet: *wallet,
                    basket: key,
                    minted: what.minted,
                    fee: what.fee,
                    supply: it.supply,
                    pending_fee_shares: it.pending_fee,
                }
            );
            if basket.is_empty() {
                report!(it, BasketClosed { basket: key });
                it.baskets.remove(&(*wallet, nonce));
            } else {
                it.baskets.insert((*wallet, nonce), basket);
            }
            model.mint_shares(it, wallet, what.minted);
            Ok(())
        })
    }

    /// Its wallet gives a contribution up, after the deadline anybody.
    ///
    /// # Errors
    /// `WrongBasketKind`, `BasketNotExpired`.
    pub fn cancel_basket(
        &mut self,
        index: &Pubkey,
        wallet: &Pubkey,
        nonce: u64,
        authority: &Pubkey,
    ) -> Predicted {
        self.at(index, |model, it| {
            let mut basket = basket(it, wallet, nonce)?;
            basket.require(BasketKind::Contribution)?;
            let may = authority == wallet || model.now > basket.deadline;
            require(may, IndexError::BasketNotExpired)?;
            basket.kind = BasketKind::Payout;
            it.baskets.insert((*wallet, nonce), basket);
            report!(
                it,
                BasketCancelled {
                    basket: find_basket(index, wallet, nonce).0,
                    by: *authority
                }
            );
            Ok(())
        })
    }

    /// A wallet burns shares for a basket that owes it its part.
    ///
    /// # Errors
    /// As [`Model::redeem_from_index`], and `AlreadyExists`.
    pub fn redeem_to_basket(
        &mut self,
        index: &Pubkey,
        wallet: &Pubkey,
        nonce: u64,
        args: &RedeemArgs,
    ) -> Predicted {
        self.at(index, |model, it| {
            let now = model.now;
            require(now <= args.deadline, IndexError::DeadlinePassed)?;
            let known = it.baskets.contains_key(&(*wallet, nonce));
            require(!known, IndexError::AlreadyExists)?;
            require(it.status != IndexStatus::Seeding, IndexError::NotLaunched)?;
            model.prepare(it, wallet)?;
            let what = it.redemption(args.shares)?;
            at_least(&what.amounts, &args.least)?;
            let mut basket = Basket::new(BasketKind::Payout, args.shares, args.deadline);
            it.redeem_to(&mut basket, args.shares, &what)?;
            it.baskets.insert((*wallet, nonce), basket);
            it.report_redeemed(
                wallet,
                args.shares,
                &what,
                find_basket(index, wallet, nonce).0,
            );
            model.burn(wallet, &find_shares(index).0, args.shares)
        })
    }

    /// Anybody has slots of a payout paid to its wallet's own accounts; its wallet to those
    /// of `to`.
    ///
    /// # Errors
    /// `LengthMismatch`, `WrongBasketKind`, `BasketEmpty`, those of [`PooledIndex::withdraw`] and
    /// of each movement.
    pub fn withdraw_basket(
        &mut self,
        index: &Pubkey,
        wallet: &Pubkey,
        nonce: u64,
        slots: &[u8],
        to: &Pubkey,
    ) -> Predicted {
        self.at(index, |model, it| {
            let mut basket = basket(it, wallet, nonce)?;
            require_length(slots.len())?;
            let key = find_basket(index, wallet, nonce).0;
            let mut paid = false;
            for slot in slots {
                let waits = basket.amounts.get(usize::from(*slot));
                if *waits.ok_or(IndexError::NotAConstituent)? == 0 {
                    continue;
                }
                paid = true;
                basket.require(BasketKind::Payout)?;
                let cost = basket.cost(*slot);
                let atoms = it.withdraw(&mut basket, *slot)?;
                let place = model.place_of(it, *slot, to)?;
                report!(
                    it,
                    BasketWithdrawn {
                        basket: key,
                        place: u64::from(*slot),
                        amount: atoms,
                        to: place,
                    }
                );
                model.prove(it, *slot, to)?;
                model.pay_back(it, *slot, to, atoms, cost)?;
            }
            require(paid, IndexError::BasketEmpty)?;
            it.baskets.insert((*wallet, nonce), basket);
            Ok(())
        })
    }

    /// Anybody closes an empty payout.
    ///
    /// # Errors
    /// `WrongBasketKind`, `BasketNotEmpty`.
    pub fn close_basket(&mut self, index: &Pubkey, wallet: &Pubkey, nonce: u64) -> Predicted {
        self.at(index, |_, it| {
            let basket = basket(it, wallet, nonce)?;
            basket.require(BasketKind::Payout)?;
            require(basket.is_empty(), IndexError::BasketNotEmpty)?;
            it.baskets.remove(&(*wallet, nonce));
            report!(
                it,
                BasketClosed {
                    basket: find_basket(index, wallet, nonce).0
                }
            );
            Ok(())
        })
    }
}

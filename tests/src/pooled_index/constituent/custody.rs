//! What moves between wallets and an index: people's shares, cash, its own shares.

use {
    crate::model::{index::PooledIndex, *},
    upside_sdk::{
        address::{find_associated, find_holder},
        index::{IndexError, SlotKind, find_shares},
    },
};

impl Model {
    /// Lets a rule change an index and the rest of the model together.
    pub(crate) fn at<T>(
        &mut self,
        index: &Pubkey,
        rule: impl FnOnce(&mut Model, &mut PooledIndex) -> Predicted<T>,
    ) -> Predicted<T> {
        let mut it = self.indexes.remove(index).ok_or(Reason::Missing)?;
        let result = rule(self, &mut it)?;
        self.indexes.insert(*index, it);
        Ok(result)
    }

    /// The index.
    ///
    /// # Errors
    /// `Missing`.
    pub fn index(&self, index: &Pubkey) -> Predicted<&PooledIndex> {
        self.indexes.get(index).ok_or(Reason::Missing.into())
    }

    /// Index shares in existence.
    pub(crate) fn minted(&self, index: &PooledIndex) -> u64 {
        self.mints[&find_shares(&index.address()).0].supply
    }

    /// The index with fees up to now, as the next call finds it.
    pub fn accrued(&self, index: &Pubkey) -> PooledIndex {
        let mut it = self.indexes[index].clone();
        it.accrue(self.minted(&it), self.now)
            .expect("supplies only grow by the index");
        it
    }

    /// Fees up to now, where the wallet that gives or gets shares has an account.
    pub(crate) fn prepare(&self, index: &mut PooledIndex, wallet: &Pubkey) -> Predicted {
        let mint = find_shares(&index.address()).0;
        let has = self.accounts.contains_key(&(*wallet, mint));
        require(has, IndexError::WrongTokenAccount)?;
        index.accrue(self.minted(index), self.now)?;
        Ok(())
    }

    /// New shares of an index.
    pub(crate) fn mint_shares(&mut self, index: &PooledIndex, to: &Pubkey, shares: u64) {
        self.mint_to(to, &find_shares(&index.address()).0, shares);
    }

    /// Atoms that the custody of a slot holds.
    pub fn custody(&self, index: &PooledIndex, slot: u8) -> Predicted<u64> {
        let (key, own) = (&index.slot(slot)?.key, index.address());
        Ok(match index.slot(slot)?.kind {
            SlotKind::Mint => self.balance(&own, key),
            SlotKind::Free | SlotKind::Personal => self.holder(key, &own)?.shares,
        })
    }

    /// The wallet has a place for the constituent of a slot.
    pub(crate) fn prove(&self, index: &PooledIndex, slot: u8, wallet: &Pubkey) -> Predicted {
        let constituent = index.slot(slot)?;
        let place = (constituent.key, *wallet);
        match constituent.kind {
            SlotKind::Mint => {
                let has = self.accounts.contains_key(&(place.1, place.0));
                require(has, IndexError::WrongTokenAccount)
            }
            SlotKind::Free | SlotKind::Personal => {
                require(self.holders.contains_key(&place), IndexError::WrongAccount)
            }
        }
    }

    /// Atoms come from a wallet into custody, which then holds what the books say.
    pub(crate) fn bring_in(
        &mut self,
        index: &PooledIndex,
        slot: u8,
        wallet: &Pubkey,
        atoms: u64,
    ) -> Predicted {
        let (constituent, own) = (index.slot(slot)?, index.address());
        match constituent.kind {
            SlotKind::Mint => self.pay(wallet, &own, &constituent.key, atoms)?,
            SlotKind::Free | SlotKind::Personal => {
                self.carry(&constituent.key, wallet, &own, atoms, None)?;
            }
        }
        index.unbooked(slot, self.custody(index, slot)?)?;
        Ok(())
    }

    /// What all that the index has of a person did cost.
    pub(crate) fn index_cost(&self, index: &PooledIndex, slot: u8) -> Predicted<u64> {
        let constituent = index.slot(slot)?;
        Ok(match constituent.kind {
            SlotKind::Mint => 0,
            SlotKind::Free | SlotKind::Personal => {
                self.holder(&constituent.key, &index.address())?.cost
            }
        })
    }

    /// A wallet's place for the constituent of a slot.
    pub(crate) fn place_of(
        &self,
        index: &PooledIndex,
        slot: u8,
        wallet: &Pubkey,
    ) -> Predicted<Pubkey> {
        let constituent = index.slot(slot)?;
        Ok(match constituent.kind {
            SlotKind::Mint => {
                let program = self.mints[&constituent.key].program;
                find_associated(wallet, &constituent.key, &program).0
            }
            SlotKind::Free | SlotKind::Personal => find_holder(&constituent.key, wallet).0,
        })
    }

    /// Atoms go from custody to a wallet.
    pub(crate) fn pay_out(
        &mut self,
        index: &PooledIndex,
        slot: u8,
        wallet: &Pubkey,
        atoms: u64,
    ) -> Predicted {
        self.pay_back(index, slot, wallet, atoms, None)
    }

    /// Likewise; shares of a person with the cost named, as far as the index has that much.
    pub(crate) fn pay_back(
        &mut self,
        index: &PooledIndex,
        slot: u8,
        wallet: &Pubkey,
        atoms: u64,
        cost: Option<u64>,
    ) -> Predicted {
        let known = self.index_cost(index, slot)?;
        let cost = cost.map(|cost| cost.min(known));
        let (constituent, own) = (index.slot(slot)?, index.address());
        match constituent.kind {
            SlotKind::Mint => {
                let enough = self.balance(&own, &constituent.key) >= atoms;
                require(enough, IndexError::VaultShort)?;
                self.pay(&own, wallet, &constituent.key, atoms)
            }
            SlotKind::Free | SlotKind::Personal => {
                self.carry(&constituent.key, &own, wallet, atoms, cost)
            }
        }
    }

    /// Registered shares move by an index's call, which carries nobody's approval.
    pub(crate) fn carry(
        &mut self,
        token: &Pubkey,
        from: &Pubkey,
        to: &Pubkey,
        shares: u64,
        cost: Option<u64>,
    ) -> Predicted {
        let venue = self.holder(token, from)?.venue != 0 || self.holder(token, to)?.venue == 1;
        let policy = self.token(token)?.transfer_policy();
        require(venue || policy < 2, TokenError::TransferClosed)?;
        self.move_shares_at(token, from, to, shares, cost)?;
        require(venue || policy < 1, TokenError::ApprovalRequired)?;
        self.token_mut(token)?.report();
        Ok(())
    }
}

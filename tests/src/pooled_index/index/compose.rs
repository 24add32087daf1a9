//! An index is made: created, filled, launched, kept in step with its custody.

use {
    crate::model::index::{PooledIndex, curate::valid_uri, report},
    crate::model::{Checks, Mint, Model, Predicted, Reason, require},
    upside_sdk::{
        Pubkey,
        address::TOKEN_2022_PROGRAM,
        event::Field,
        index::{
            CreateIndexArgs, IndexError, IndexStatus, LOCKED_SHARES, SlotKind, find_index,
            find_shares,
        },
    },
};

impl Model {
    /// Somebody creates an index and is its first curator.
    ///
    /// # Errors
    /// `AlreadyExists`, those of [`PooledIndex::create`].
    pub fn create_index(&mut self, creator: &Pubkey, args: &CreateIndexArgs) -> Predicted {
        let key = find_index(creator, args.number).0;
        let known = self.indexes.contains_key(&key);
        let new = PooledIndex::create(creator, args);
        Checks::new()
            .require(!known, IndexError::AlreadyExists)
            .all(new.clone().map(drop).map_err(Into::into))
            .end()?;
        let shares = Mint {
            program: TOKEN_2022_PROGRAM,
            decimals: 9,
            seizable: false,
            freezable: false,
            supply: 0,
        };
        self.mints.insert(find_shares(&key).0, shares);
        let mut new = new?;
        report!(
            new,
            IndexCreated {
                creator: *creator,
                mint: find_shares(&key).0,
                number: args.number,
            }
        );
        self.indexes.insert(key, new);
        Ok(())
    }

    /// The curator says where the file is that wallets read.
    ///
    /// # Errors
    /// `NotCurator`, `InvalidText`.
    pub fn set_uri(&mut self, index: &Pubkey, who: &Pubkey, uri: &str) -> Predicted {
        self.at(index, |_, it| {
            valid_uri(uri)?;
            it.require_curator(who)?;
            it.uri = uri.to_string();
            let uri = Field::Text(uri.to_string());
            report!(it, UriChanged { uri });
            Ok(())
        })
    }

    /// The curator adds a person, whose token must let the index send its shares.
    ///
    /// # Errors
    /// `NotCurator`, `NotActive`, `NotAdmitted`, `NotTransferable`, those of
    /// [`PooledIndex::add`].
    pub fn add_personal(&mut self, index: &Pubkey, who: &Pubkey, token: &Pubkey) -> Predicted {
        self.token(token)?;
        self.at(index, |model, it| {
            it.require_curator(who)?;
            require(it.status != IndexStatus::WindDown, IndexError::NotActive)?;
            if !model.holders.contains_key(&(*token, *index)) {
                // The index admits itself where everybody may.
                model.open_holder(token, index, index)?;
            }
            let moves = model.token(token)?.transfer_policy() == 0;
            let free = moves || model.holder(token, index)?.venue == 1;
            require(free, IndexError::NotTransferable)?;
            let place = it.add(token, SlotKind::Personal, 0, model.now)?;
            report!(
                it,
                ConstituentAdded {
                    key: *token,
                    place: u64::from(place),
                    kind: 1u64
                }
            );
            Ok(())
        })
    }

    /// The curator adds a mint: anything but shares of persons and indexes; before the launch
    /// also as a coin.
    ///
    /// # Errors
    /// `NotCurator`, `NotActive`, `CircularMint`, `NotSeeding`, those of [`PooledIndex::add`] and
    /// [`PooledIndex::list_coin`].
    pub fn add_mint(
        &mut self,
        index: &Pubkey,
        who: &Pubkey,
        mint: &Pubkey,
        coin: bool,
    ) -> Predicted {
        let decimals = self.mints.get(mint).ok_or(Reason::Missing)?.decimals;
        let ours = self.is_shares(mint);
        self.at(index, |model, it| {
            it.require_curator(who)?;
            require(it.status != IndexStatus::WindDown, IndexError::NotActive)?;
            require(!ours, IndexError::CircularMint)?;
            model.open_account(index, mint);
            let place = it.add(mint, SlotKind::Mint, decimals, model.now)?;
            if coin {
                require(it.status == IndexStatus::Seeding, IndexError::NotSeeding)?;
                it.list_coin(place, 0)?;
            }
            report!(
                it,
                ConstituentAdded {
                    key: *mint,
                    place: u64::from(place),
                    kind: 2u64
                }
            );
            Ok(())
        })
    }

    /// The curator frees a slot to which nothing is due.
    ///
    /// # Errors
    /// `NotCurator`, `DividendsDue`, those of [`PooledIndex::remove`].
    pub fn remove_constituent(&mut self, index: &Pubkey, who: &Pubkey, slot: u8) -> Predicted {
        self.at(index, |model, it| {
            it.require_curator(who)?;
            let (key, kind) = (it.slot(slot)?.key, it.slot(slot)?.kind);
            if kind == SlotKind::Personal {
                model.require_nothing_due(it, &key)?;
            }
            it.remove(slot)?;
            report!(
                it,
                ConstituentRemoved {
                    key,
                    place: u64::from(slot)
                }
            );
            Ok(())
        })
    }

    /// The curator puts atoms in before the launch.
    ///
    /// # Errors
    /// `NotCurator`, those of [`PooledIndex::seed`] and of the movement.
    pub fn seed(&mut self, index: &Pubkey, who: &Pubkey, slot: u8, atoms: u64) -> Predicted {
        self.at(index, |model, it| {
            it.require_curator(who)?;
            it.seed(slot, atoms, false, model.now)?;
            let counter = it.slot(slot)?.counter;
            report!(
                it,
                Seeded {
                    place: u64::from(slot),
                    amount: atoms,
                    counter
                }
            );
            model.prove(it, slot, who)?;
            model.bring_in(it, slot, who, atoms)
        })
    }

    /// The curator takes atoms back before the launch.
    ///
    /// # Errors
    /// As [`Model::seed`], and `DividendsDue`.
    pub fn unseed(&mut self, index: &Pubkey, who: &Pubkey, slot: u8, atoms: u64) -> Predicted {
        self.at(index, |model, it| {
            it.require_curator(who)?;
            model.prove(it, slot, who)?;
            it.seed(slot, atoms, true, model.now)?;
            let (counter, key) = (it.slot(slot)?.counter, it.slot(slot)?.key);
            if counter == 0 && it.slot(slot)?.kind == SlotKind::Personal {
                model.require_nothing_due(it, &key)?;
            }
            report!(
                it,
                Unseeded {
                    place: u64::from(slot),
                    amount: atoms,
                    counter
                }
            );
            model.pay_out(it, slot, who, atoms)
        })
    }

    /// The curator launches: nobody ever has some of the first shares.
    ///
    /// # Errors
    /// `NotCurator`, `WrongTokenAccount`, those of [`PooledIndex::launch`].
    pub fn launch(&mut self, index: &Pubkey, who: &Pubkey, shares: u64) -> Predicted {
        let mint = find_shares(index).0;
        self.at(index, |model, it| {
            it.require_curator(who)?;
            let has = model.accounts.contains_key(&(*who, mint));
            require(has, IndexError::WrongTokenAccount)?;
            let free = it.launch(shares, model.now)?;
            report!(
                it,
                IndexLaunched {
                    curator: *who,
                    supply: it.supply,
                    locked: LOCKED_SHARES
                }
            );
            model.open_account(index, &mint);
            model.mint_to(index, &mint, LOCKED_SHARES);
            model.mint_to(who, &mint, free);
            Ok(())
        })
    }

    /// Anybody brings a slot's books and its custody together.
    ///
    /// # Errors
    /// Those of [`PooledIndex::sync`].
    pub fn sync_custody(&mut self, index: &Pubkey, slot: u8, kind: SlotKind) -> Predicted {
        self.at(index, |model, it| {
            let custody = model.custody(it, slot)?;
            let before = it.slot(slot)?.counter;
            it.sync(slot, kind, custody, model.now)?;
            let counter = it.slot(slot)?.counter;
            report!(
                it,
                CustodySynced {
                    place: u64::from(slot),
                    found: counter.saturating_sub(before),
                    lost: before.saturating_sub(counter),
                    counter,
                }
            );
            Ok(())
        })
    }
}

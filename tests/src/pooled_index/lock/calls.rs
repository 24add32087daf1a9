//! Calls of holders who lock, and of those who would be curator.

use {
    crate::model::index::{PooledIndex, report},
    crate::model::{Model, Predicted, Reason, require},
    upside_sdk::{
        Pubkey,
        index::{IndexError, VoteSide, find_shares},
    },
};

fn has_lock(index: &PooledIndex, wallet: &Pubkey) -> Predicted {
    require(index.locks.contains_key(wallet), Reason::Missing)
}

impl Model {
    /// A wallet locks index shares.
    ///
    /// # Errors
    /// `WrongTokenAccount`, `NotActive`, `ZeroAmount`, those of the movement.
    pub fn lock_shares(&mut self, index: &Pubkey, wallet: &Pubkey, amount: u64) -> Predicted {
        self.at(index, |model, it| {
            let mint = find_shares(index).0;
            let has = model.accounts.contains_key(&(*wallet, mint));
            require(has, IndexError::WrongTokenAccount)?;
            it.lock(wallet, amount, model.now)?;
            model.pay(wallet, index, &mint, amount)?;
            report!(
                it,
                SharesLocked {
                    wallet: *wallet,
                    amount,
                    shares: it.locks[wallet].shares,
                    locked: it.locked(),
                }
            );
            Ok(())
        })
    }

    /// A wallet takes locked index shares back.
    ///
    /// # Errors
    /// `Missing`, `WrongTokenAccount`, `ZeroAmount`, `LockedLess`.
    pub fn unlock_shares(&mut self, index: &Pubkey, wallet: &Pubkey, amount: u64) -> Predicted {
        self.at(index, |model, it| {
            has_lock(it, wallet)?;
            let mint = find_shares(index).0;
            let has = model.accounts.contains_key(&(*wallet, mint));
            require(has, IndexError::WrongTokenAccount)?;
            let shares = it.unlock(wallet, amount)?;
            model.pay(index, wallet, &mint, amount)?;
            report!(
                it,
                SharesUnlocked {
                    wallet: *wallet,
                    amount,
                    shares,
                    locked: it.locked(),
                }
            );
            Ok(())
        })
    }

    /// A wallet's lock counts in an announcement; enough against it cancel it.
    ///
    /// # Errors
    /// `Missing`, `NotAnnounced`, `LockTooYoung`, `VoteUnchanged`.
    pub fn vote(
        &mut self,
        index: &Pubkey,
        wallet: &Pubkey,
        nonce: u64,
        side: VoteSide,
    ) -> Predicted {
        self.at(index, |model, it| {
            has_lock(it, wallet)?;
            it.accrue(model.minted(it), model.now)?;
            let weight = it.vote(wallet, nonce, side, model.now)?;
            report!(
                it,
                VoteCounted {
                    nonce,
                    wallet: *wallet,
                    side: side as u64,
                    weight,
                    against: it.counted(nonce, VoteSide::Against),
                    support: it.counted(nonce, VoteSide::For),
                }
            );
            it.cancel_if_vetoed(nonce, model.now)?;
            Ok(())
        })
    }

    /// Anybody has a veto counted.
    ///
    /// # Errors
    /// `NotAnnounced`, `NotVetoed`.
    pub fn count_veto(&mut self, index: &Pubkey, nonce: u64) -> Predicted {
        self.at(index, |model, it| {
            it.accrue(model.minted(it), model.now)?;
            let vetoed = it.cancel_if_vetoed(nonce, model.now)?;
            require(vetoed, IndexError::NotVetoed)
        })
    }

    /// Somebody would be curator.
    ///
    /// # Errors
    /// `AlreadyExists`, `NotActive`.
    pub fn open_candidacy(&mut self, index: &Pubkey, candidate: &Pubkey) -> Predicted {
        self.at(index, |_, it| {
            let stands = it.candidates.contains_key(candidate);
            require(!stands, IndexError::AlreadyExists)?;
            it.require_active()?;
            it.candidacies += 1;
            let number = it.candidacies;
            it.candidates.insert(*candidate, number);
            report!(
                it,
                CandidacyOpened {
                    candidate: *candidate,
                    number
                }
            );
            Ok(())
        })
    }

    /// They no longer would.
    ///
    /// # Errors
    /// `Missing`, `NotCandidate`.
    pub fn close_candidacy(
        &mut self,
        index: &Pubkey,
        candidate: &Pubkey,
        who: &Pubkey,
    ) -> Predicted {
        self.at(index, |_, it| {
            let stands = it.candidates.remove(candidate).is_some();
            require(stands, Reason::Missing)?;
            require(who == candidate, IndexError::NotCandidate)?;
            report!(
                it,
                CandidacyClosed {
                    candidate: *candidate
                }
            );
            Ok(())
        })
    }

    /// A lock backs a candidate, or nobody.
    ///
    /// # Errors
    /// `Missing`, `NotActive`, `LockTooYoung`, `VoteUnchanged`.
    pub fn back_candidate(
        &mut self,
        index: &Pubkey,
        wallet: &Pubkey,
        candidate: Option<&Pubkey>,
    ) -> Predicted {
        self.at(index, |model, it| {
            has_lock(it, wallet)?;
            let (mut weight, mut support) = (0, 0);
            if let Some(candidate) = candidate {
                let number = it.candidates.get(candidate).copied();
                let number = number.ok_or(Reason::Missing)?;
                weight = it.back(wallet, candidate, model.now)?;
                support = it.backers(number);
            } else {
                it.back_nobody(wallet)?;
            }
            report!(
                it,
                CandidateBacked {
                    wallet: *wallet,
                    candidate: candidate.copied().unwrap_or_default(),
                    weight,
                    support,
                }
            );
            Ok(())
        })
    }

    /// The candidate of a majority becomes curator.
    ///
    /// # Errors
    /// `Missing`, `NotActive`, `NotCandidate`, `NoMajority`.
    pub fn take_over(&mut self, index: &Pubkey, candidate: &Pubkey, who: &Pubkey) -> Predicted {
        self.at(index, |model, it| {
            let stands = it.candidates.contains_key(candidate);
            require(stands, Reason::Missing)?;
            it.accrue(model.minted(it), model.now)?;
            it.require_active()?;
            require(who == candidate, IndexError::NotCandidate)?;
            let previous = it.curator.unwrap_or_default();
            let support = it.take_over(candidate)?;
            report!(
                it,
                CuratorReplaced {
                    previous,
                    curator: *candidate,
                    support,
                    supply: it.counted_supply()?,
                }
            );
            it.report_recipients();
            Ok(())
        })
    }
}

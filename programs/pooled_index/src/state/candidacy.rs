use {
    super::{FeeRecipient, Lock, PooledIndex, Role, VERSION, add, sub},
    crate::error::{IndexError, ProgramResult, require},
    anchor_lang::prelude::*,
};

/// Somebody whom holders may make curator.
#[account(zero_copy)]
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Candidacy {
    /// Layout version.
    pub version: u8,
    /// Bump of this account's address.
    pub bump: u8,
    pub(crate) padding: [u8; 6],
    /// The index.
    pub index: Pubkey,
    /// Who would be curator.
    pub candidate: Pubkey,
    /// Who paid this account's rent and gets it back.
    pub rent_payer: Pubkey,
    /// Its number in this index, from 1.
    pub number: u64,
    /// Index share atoms of locks that back it.
    pub support: u64,
    pub(crate) reserved: [u64; 4],
}

impl Candidacy {
    /// Errors: `WrongIndex`.
    pub(crate) fn require(&self, index: &Pubkey) -> ProgramResult<()> {
        require(self.index == *index, IndexError::WrongIndex)
    }

    /// Errors: `NotCandidate`.
    pub(crate) fn require_candidate(&self, signer: &Pubkey) -> ProgramResult<()> {
        require(self.candidate == *signer, IndexError::NotCandidate)
    }
}

impl PooledIndex {
    /// Fills a new account. Errors: `NotActive`.
    pub(crate) fn open_candidacy(
        &mut self,
        candidacy: &mut Candidacy,
        index: &Pubkey,
        candidate: &Pubkey,
        rent_payer: &Pubkey,
        bump: u8,
    ) -> ProgramResult<()> {
        self.require_active()?;
        self.candidacies = add(self.candidacies, 1)?;
        candidacy.version = VERSION;
        candidacy.bump = bump;
        candidacy.index = *index;
        candidacy.candidate = *candidate;
        candidacy.rent_payer = *rent_payer;
        candidacy.number = self.candidacies;
        Ok(())
    }

    /// A lock that is a whole notice old backs a candidacy with all of its shares. It backs
    /// nobody else by now. Errors: `NotActive`, `LockTooYoung`, `ZeroAmount`,
    /// `VoteUnchanged`.
    pub(crate) fn back(
        &self,
        lock: &mut Lock,
        key: &Pubkey,
        candidacy: &mut Candidacy,
        now: i64,
    ) -> ProgramResult<()> {
        self.require_active()?;
        lock.require_age(self.terms.notice_seconds, now)?;
        let had = if lock.backs(key, candidacy) {
            lock.backing
        } else {
            0
        };
        require(lock.shares != had, IndexError::VoteUnchanged)?;
        let others = sub(candidacy.support, had, IndexError::InvariantBroken)?;
        candidacy.support = add(others, lock.shares)?;
        lock.backing = lock.shares;
        lock.candidacy = *key;
        lock.candidacy_number = candidacy.number;
        Ok(())
    }

    /// A lock backs nobody any more. `candidacy` is the one that it backs, while it is open.
    pub(crate) fn back_nobody(
        &self,
        lock: &mut Lock,
        candidacy: Option<&mut Candidacy>,
    ) -> ProgramResult<()> {
        if let Some(candidacy) = candidacy {
            let support = candidacy.support;
            candidacy.support = sub(support, lock.backing, IndexError::InvariantBroken)?;
        }
        lock.backing = 0;
        lock.candidacy = Pubkey::default();
        lock.candidacy_number = 0;
        Ok(())
    }

    /// The candidate of a majority becomes curator. All that was announced falls, all roles
    /// end, and fees are the new curator's. MUST follow `accrue`. Errors: `NotActive`,
    /// `NotCandidate`, `NoMajority`.
    pub(crate) fn take_over(
        &mut self,
        candidacy: &Candidacy,
        signer: &Pubkey,
    ) -> ProgramResult<Pubkey> {
        self.require_active()?;
        candidacy.require_candidate(signer)?;
        let majority = self.is_majority(candidacy.support)?;
        require(majority, IndexError::NoMajority)?;
        let previous = self.curator;
        self.end_announcements()?;
        self.curator = *signer;
        for role in Role::ALL {
            self.set_role(role, Pubkey::default());
        }
        self.recipients = Default::default();
        let [first, ..] = &mut self.recipients;
        *first = FeeRecipient::whole(signer);
        Ok(previous)
    }
}

const _: () = assert!(core::mem::size_of::<Candidacy>() == 8 + 96 + 16 + 32);

use {
    super::{Candidacy, MAX_ANNOUNCEMENTS, PooledIndex, VERSION, add, sub},
    crate::error::{IndexError, ProgramResult, require},
    anchor_lang::prelude::*,
    upside_support::Byte,
};

upside_support::byte_enum! {
    /// For or against an announcement.
    VoteSide, IndexError::InvariantBroken,
    /// Against it.
    Against = 0,
    /// For it.
    For = 1,
}

/// What a lock counts in one open announcement.
#[zero_copy]
#[derive(Debug, Default, PartialEq, Eq)]
pub struct VoteMark {
    /// The announcement's number; 0 for none.
    pub nonce: u64,
    /// Index share atoms that count, at most those of the lock.
    pub weight: u64,
    /// For or against it.
    pub side: Byte<VoteSide>,
    pub(crate) padding: [u8; 7],
}

/// Index shares that a wallet locked, so that they count. They lie in the index's own
/// account, and come back at any time.
#[account(zero_copy)]
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Lock {
    /// Layout version.
    pub version: u8,
    /// Bump of this account's address.
    pub bump: u8,
    pub(crate) padding: [u8; 6],
    /// The index.
    pub index: Pubkey,
    /// Whose shares.
    pub wallet: Pubkey,
    /// Who paid this account's rent and gets it back.
    pub rent_payer: Pubkey,
    /// Index share atoms.
    pub shares: u64,
    /// Since when all of them are locked, unix seconds.
    pub since: i64,
    /// Address of the candidacy that they back; zero for none.
    pub candidacy: Pubkey,
    /// That candidacy's number: another one at the same address is another.
    pub candidacy_number: u64,
    /// Index share atoms that count there, at most those of the lock.
    pub backing: u64,
    /// What they count in announcements, by the announcement's place in the index.
    pub marks: [VoteMark; MAX_ANNOUNCEMENTS],
    pub(crate) reserved: [u64; 4],
}

impl Lock {
    /// Fills a new account.
    pub(crate) fn open(&mut self, index: &Pubkey, wallet: &Pubkey, rent_payer: &Pubkey, bump: u8) {
        self.version = VERSION;
        self.bump = bump;
        self.index = *index;
        self.wallet = *wallet;
        self.rent_payer = *rent_payer;
    }

    /// Errors: `WrongIndex`, `NotLockOwner`.
    pub(crate) fn require(&self, index: &Pubkey, signer: &Pubkey) -> ProgramResult<()> {
        require(self.index == *index, IndexError::WrongIndex)?;
        require(self.wallet == *signer, IndexError::NotLockOwner)
    }

    /// Refuses while some of the shares are locked for fewer seconds. Errors:
    /// `LockTooYoung`.
    pub(crate) fn require_age(&self, seconds: u32, now: i64) -> ProgramResult<()> {
        let old = now.saturating_sub(self.since) >= i64::from(seconds);
        require(old, IndexError::LockTooYoung)
    }

    /// Whether the lock backs this candidacy.
    pub(crate) fn backs(&self, key: &Pubkey, candidacy: &Candidacy) -> bool {
        self.candidacy == *key && self.candidacy_number == candidacy.number
    }
}

impl PooledIndex {
    /// Locks more shares. The age of all of them begins anew; what they counted until now
    /// stays. Errors: `NotActive`, `ZeroAmount`.
    pub(crate) fn lock(&mut self, lock: &mut Lock, shares: u64, now: i64) -> ProgramResult<()> {
        self.require_active()?;
        require(shares > 0, IndexError::ZeroAmount)?;
        lock.shares = add(lock.shares, shares)?;
        lock.since = now;
        self.locked = add(self.locked, shares)?;
        Ok(())
    }

    /// Unlocks shares, which count nowhere from now on. `candidacy` is the one that the lock
    /// backs, while it is open. Errors: `ZeroAmount`, `LockedLess`.
    pub(crate) fn unlock(
        &mut self,
        lock: &mut Lock,
        candidacy: Option<&mut Candidacy>,
        shares: u64,
    ) -> ProgramResult<()> {
        require(shares > 0, IndexError::ZeroAmount)?;
        lock.shares = sub(lock.shares, shares, IndexError::LockedLess)?;
        self.locked = sub(self.locked, shares, IndexError::InvariantBroken)?;
        let most = lock.shares;
        for (mark, place) in lock.marks.iter_mut().zip(&mut self.announcements) {
            let over = mark.weight.saturating_sub(most);
            if place.nonce == mark.nonce && over > 0 {
                let tally = place.tally_mut(mark.side.get()?);
                *tally = sub(*tally, over, IndexError::InvariantBroken)?;
            }
            mark.weight = mark.weight.min(most);
        }
        if let Some(candidacy) = candidacy {
            let over = lock.backing.saturating_sub(most);
            candidacy.support = sub(candidacy.support, over, IndexError::InvariantBroken)?;
        }
        lock.backing = lock.backing.min(most);
        Ok(())
    }
}

const _: () = assert!(core::mem::size_of::<VoteMark>() == 24);
const _: () =
    assert!(core::mem::size_of::<Lock>() == 8 + 128 + 4 * 8 + MAX_ANNOUNCEMENTS * 24 + 32);

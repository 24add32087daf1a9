//! Deals with persons: how somebody without cash comes in, what members share equally, and
//! how it ends.

use {
    crate::model::creation::{PERIODS, period},
    crate::model::index::*,
    sha2::{Digest, Sha256},
    upside_sdk::index::{Ending, MembershipStatus, OfferTerms},
};

/// New members within [`ADMISSION`] at most.
const MOST_NEW: usize = 3;
/// Seconds within which that holds.
const ADMISSION: i64 = 30 * DAY;
/// Seconds that the harvests of all persons may be old when a deal is made.
const HARVEST_AGE: i64 = 3_600;
/// Parts in which dilution is counted: a million million in the whole.
const WHOLE: u64 = 1_000_000_000_000;
/// SlotKind of an announced offer.
pub const OFFER: u8 = 3;

/// A deal that is offered to a person.
#[derive(Clone, Debug, PartialEq)]
pub struct Offer {
    /// The personal token.
    pub token: Pubkey,
    /// Who paid its rent.
    pub rent_payer: Pubkey,
    /// What the person gives at the noted cap.
    pub token_shares: u64,
    /// What the person gets.
    pub index_shares: u64,
    /// The token's cap then.
    pub cap: u64,
    /// When it was offered.
    pub offered_at: i64,
    /// From when it can be accepted.
    pub acceptable_from: i64,
}

/// A person's part in an index.
#[derive(Clone, Debug, PartialEq)]
pub struct Membership {
    /// Where it stands.
    pub status: MembershipStatus,
    /// Why it ends.
    pub ending: Ending,
    /// When; 0 if it does not.
    pub ends_at: i64,
    /// Who is paid.
    pub member: Pubkey,
    /// Who takes over, and from when on.
    pub successor: Option<(Pubkey, i64)>,
    /// What names the member's human.
    pub subject: Option<[u8; 32]>,
    /// Who paid its rent.
    pub rent_payer: Pubkey,
    /// What the person gave, in all deals.
    pub token_shares: u64,
    /// What the person got.
    pub index_shares: u64,
    /// What of it is locked.
    pub locked: u64,
    /// Since when.
    pub joined_at: i64,
    /// The books' indexes at the last settlement.
    pub checkpoints: [u128; CASH],
    /// Owed by each book, in 2^-64 atoms.
    pub owed: [u128; CASH],
}

impl Offer {
    /// What the person gives while the cap is this: the same part of it.
    pub fn gives(&self, cap: u64) -> Check<u64> {
        let part = u128::from(self.token_shares) * u128::from(cap.max(self.cap));
        narrow(part.div_ceil(u128::from(self.cap)))
    }
}

impl Membership {
    /// Errors: `WrongMembershipStatus`.
    pub(crate) fn require(&self, status: MembershipStatus) -> Check {
        require(self.status == status, IndexError::WrongMembershipStatus)
    }

    /// A member earns what each book's index rose by.
    pub fn settle(&mut self, books: &[Book; CASH]) {
        if self.status != MembershipStatus::Active {
            return;
        }
        for (place, book) in books.iter().enumerate() {
            self.owed[place] += book.index.wrapping_sub(self.checkpoints[place]);
            self.checkpoints[place] = book.index;
        }
    }

    /// Errors: `EqualShareOwed`.
    fn require_paid(&self) -> Check {
        let paid = self.owed.iter().all(|owed| owed >> 64 == 0);
        require(paid, IndexError::EqualShareOwed)
    }
}

impl PooledIndex {
    /// The curator, or who admits members. Errors: `NotAdmissions`.
    pub(crate) fn require_admissions(&self, who: &Pubkey) -> Check {
        let may = [&self.curator, &self.admissions];
        let may = may.iter().any(|key| key.as_ref() == Some(who));
        require(may, IndexError::NotAdmissions)
    }

    /// Parts that members took in this period and the twelve before it.
    fn diluted_lately(&self, now: i64) -> Check<u64> {
        let last = period(now).max(self.diluted_period);
        let first = (last + 1).saturating_sub(PERIODS);
        let lately = self.diluted.range(first..=last);
        narrow(lately.map(|(_, parts)| u128::from(*parts)).sum())
    }

    /// Shares of which a part of all is `left` once they are minted, rounded down.
    fn minting(&self, left: u64) -> Check<u64> {
        floor(self.effective()?, left, WHOLE - left)
    }

    /// Most index shares that an offer may be of.
    pub fn offer_most(&self) -> Check<u64> {
        self.minting(WHOLE / 10_000 * u64::from(self.terms.dilution_bps))
    }

    /// Shares that may still be minted for members.
    pub fn room(&self, now: i64) -> Check<u64> {
        let most = WHOLE / 10_000 * u64::from(self.terms.dilution_bps);
        self.minting(most.saturating_sub(self.diluted_lately(now)?))
    }

    /// Mints for a member. Errors: `DilutionCapReached`.
    fn dilute(&mut self, shares: u64, now: i64) -> Check {
        require(shares <= self.room(now)?, IndexError::DilutionCapReached)?;
        let parts = ceil(shares, WHOLE, sum(self.effective()?, shares)?)?;
        self.diluted_period = self.diluted_period.max(period(now));
        *self.diluted.entry(self.diluted_period).or_default() += parts;
        self.mint(shares, 0)
    }

    /// Index shares that are locked for members.
    pub fn members_locked(&self) -> u64 {
        self.people.values().map(|mine| mine.locked).sum()
    }

    /// Whether something of a person backs shares, as itself or in tickets.
    fn holds(&self, token: &Pubkey) -> bool {
        self.held().any(|(_, slot)| slot.has(token))
    }

    /// Announces an offer; returns its number. Comes after [`PooledIndex::accrue`]. Errors:
    /// `InvalidOffer`, `OfferTooLarge`, `AnnouncementListFull`.
    pub fn offer(
        &mut self,
        terms: &OfferTerms,
        (token, cap): (&Pubkey, u64),
        rent_payer: &Pubkey,
        now: i64,
    ) -> Check<u64> {
        let fits = (1..=cap).contains(&terms.token_shares) && terms.index_shares > 0;
        require(fits, IndexError::InvalidOffer)?;
        let most = self.offer_most()?;
        require(terms.index_shares <= most, IndexError::OfferTooLarge)?;
        let mut content = Sha256::new();
        content.update(b"offer");
        content.update(token);
        content.update(terms.token_shares.to_le_bytes());
        content.update(terms.index_shares.to_le_bytes());
        let notice = self.terms.notice_seconds;
        let (nonce, acceptable_from) =
            self.announce(OFFER, content.finalize().into(), notice, now)?;
        let offer = Offer {
            token: *token,
            rent_payer: *rent_payer,
            token_shares: terms.token_shares,
            index_shares: terms.index_shares,
            cap,
            offered_at: now,
            acceptable_from,
        };
        self.offers.insert(nonce, offer);
        Ok(nonce)
    }

    /// Refuses while a held person was harvested more than an hour ago. Errors:
    /// `NotHarvested`.
    pub(crate) fn require_harvested(&self, now: i64) -> Check {
        let mut people = self
            .held()
            .filter(|(_, slot)| slot.kind == SlotKind::Personal);
        let late = people.any(|(_, slot)| slot.harvested_at < now - HARVEST_AGE);
        require(!late, IndexError::NotHarvested)
    }

    /// A new member. Errors: `TooManyNewMembers`.
    pub(crate) fn admit(
        &mut self,
        (member, rent_payer): (&Pubkey, &Pubkey),
        subject: Option<[u8; 32]>,
        now: i64,
    ) -> Check<Membership> {
        let lately = self.admitted.iter().filter(|at| *at + ADMISSION > now);
        require(lately.count() < MOST_NEW, IndexError::TooManyNewMembers)?;
        self.admitted.push(now);
        self.members += 1;
        self.claimants += 1;
        self.memberships += 1;
        Ok(Membership {
            status: MembershipStatus::Active,
            ending: Ending::None,
            ends_at: 0,
            member: *member,
            successor: None,
            subject,
            rent_payer: *rent_payer,
            token_shares: 0,
            index_shares: 0,
            locked: 0,
            joined_at: now,
            checkpoints: std::array::from_fn(|place| self.books[place].index),
            owed: [0; CASH],
        })
    }

    /// A deal is made: half of the index shares, or an atom more, is locked.
    pub(crate) fn accept(
        &mut self,
        mine: &mut Membership,
        nonce: u64,
        (who, gives): (&Pubkey, u64),
        now: i64,
    ) -> Check<u64> {
        mine.require(MembershipStatus::Active)?;
        require(mine.member == *who, IndexError::NotMember)?;
        require(mine.ends_at == 0, IndexError::MembershipEnding)?;
        let offer = self.offers[&nonce].clone();
        self.dilute(offer.index_shares, now)?;
        self.end_notice(nonce);
        self.offers.remove(&nonce);
        let slot = self.slot_of(&offer.token)?;
        self.slot_mut(slot)?.receive(gives, now)?;
        let locked = offer.index_shares.div_ceil(2);
        mine.locked += locked;
        mine.token_shares = sum(mine.token_shares, gives)?;
        mine.index_shares = sum(mine.index_shares, offer.index_shares)?;
        Ok(locked)
    }

    /// Somebody announces the end. Errors: `WrongMembershipStatus`, `MembershipEnding`,
    /// `SlotHeld`.
    pub(crate) fn end_membership(
        &self,
        mine: &mut Membership,
        token: &Pubkey,
        (who, owner): (&Pubkey, &Pubkey),
        now: i64,
    ) -> Check {
        mine.require(MembershipStatus::Active)?;
        let party = self.require_admissions(who).is_ok() || [mine.member, *owner].contains(who);
        let ending = if party { Ending::Notice } else { Ending::Empty };
        let given = mine.ending == Ending::Notice || mine.ending == ending;
        require(!given, IndexError::MembershipEnding)?;
        require(party || !self.holds(token), IndexError::SlotHeld)?;
        mine.ending = ending;
        mine.ends_at = self.after_notice(now);
        Ok(())
    }

    /// The slot is not empty any more. Errors: `WrongMembershipStatus`, `NotEnding`,
    /// `SlotEmpty`.
    pub(crate) fn keep_membership(&self, mine: &mut Membership, token: &Pubkey) -> Check {
        mine.require(MembershipStatus::Active)?;
        require(mine.ending == Ending::Empty, IndexError::NotEnding)?;
        require(self.holds(token), IndexError::SlotEmpty)?;
        (mine.ending, mine.ends_at) = (Ending::None, 0);
        Ok(())
    }

    /// It ends. Errors: `WrongMembershipStatus`, `NotEnding`, `NoticePending`, `SlotHeld`.
    pub(crate) fn apply_end(&mut self, mine: &mut Membership, token: &Pubkey, now: i64) -> Check {
        mine.require(MembershipStatus::Active)?;
        require(mine.ending != Ending::None, IndexError::NotEnding)?;
        require(now >= mine.ends_at, IndexError::NoticePending)?;
        let empty = mine.ending == Ending::Notice || !self.holds(token);
        require(empty, IndexError::SlotHeld)?;
        mine.settle(&self.books);
        mine.status = MembershipStatus::Ended;
        (mine.successor, mine.subject) = (None, None);
        self.members -= 1;
        Ok(())
    }

    /// The token's owner is the member from now on. Errors: `WrongMembershipStatus`,
    /// `NoSuccessor`, `NoticePending`, `EqualShareOwed`.
    pub(crate) fn take_over_membership(
        &self,
        mine: &mut Membership,
        owner: &Pubkey,
        now: i64,
    ) -> Check<Pubkey> {
        mine.require(MembershipStatus::Active)?;
        let announced = mine.successor.filter(|(key, _)| key == owner);
        let (_, from) = announced.ok_or(IndexError::NoSuccessor)?;
        require(now >= from, IndexError::NoticePending)?;
        mine.settle(&self.books);
        mine.require_paid()?;
        mine.successor = None;
        Ok(std::mem::replace(&mut mine.member, *owner))
    }

    /// Whole atoms that a member is owed by a book are paid; a fraction stays. Errors:
    /// `NothingToCollect`.
    pub fn pay_member(&mut self, membership: &mut Membership, slot: u8) -> Check<u64> {
        let place = self.slot(slot)?.place().ok_or(IndexError::NotACoin)?;
        membership.settle(&self.books);
        let owed = &mut membership.owed[place];
        let atoms = (*owed >> 64) as u64;
        require(atoms > 0, IndexError::NothingToCollect)?;
        *owed -= u128::from(atoms) << 64;
        self.books[place].owed -= atoms;
        Ok(atoms)
    }

    /// A membership that ended is forgotten. Errors: `WrongMembershipStatus`,
    /// `EqualShareOwed`, `SharesLocked`.
    pub fn forget(&mut self, membership: &Membership) -> Check {
        membership.require(MembershipStatus::Ended)?;
        membership.require_paid()?;
        require(membership.locked == 0, IndexError::SharesLocked)?;
        self.claimants -= 1;
        Ok(())
    }
}

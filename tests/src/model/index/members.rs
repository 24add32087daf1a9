//! Memberships: how somebody without cash comes in, and what members share equally.

use {
    super::*,
    upside_sdk::index::{MembershipStatus, OfferTerms},
};

/// A person's terms with an index.
#[derive(Clone, Debug, PartialEq)]
pub struct Membership {
    /// Where it stands.
    pub status: MembershipStatus,
    /// Who accepted; nobody before.
    pub member: Option<Pubkey>,
    /// Who paid its rent.
    pub rent_payer: Pubkey,
    /// What the person gives.
    pub token_shares: u64,
    /// What the person gets.
    pub index_shares: u64,
    /// The token's supply at the offer.
    pub token_supply: u64,
    /// When it was offered.
    pub offered_at: i64,
    /// From when it can be accepted.
    pub acceptable_from: i64,
    /// Until when.
    pub expires_at: i64,
    /// The books' indexes at the last settlement.
    pub checkpoints: [u128; CASH],
    /// Owed by each book, in 2^-64 atoms.
    pub owed: [u128; CASH],
}

impl Membership {
    /// Errors: `WrongMembershipStatus`.
    pub(crate) fn require(&self, status: MembershipStatus) -> Check {
        require(self.status == status, IndexError::WrongMembershipStatus)
    }

    /// A member earns what each book's index rose by.
    pub fn settle(&mut self, books: &[Book; CASH]) {
        if self.status != MembershipStatus::Accepted {
            return;
        }
        for (place, book) in books.iter().enumerate() {
            self.owed[place] += book.index.wrapping_sub(self.checkpoints[place]);
            self.checkpoints[place] = book.index;
        }
    }
}

impl Index {
    /// Most shares for one membership.
    pub fn offer_cap(&self) -> Check<u64> {
        floor(self.effective()?, self.terms.offer_cap_bps.into(), 10_000)
    }

    /// Shares minted for members on the day of `now` and the 30 before it. Where the
    /// clock stepped back, the last such day counts for it.
    fn diluted(&self, now: i64) -> Check<u64> {
        let today = ((now / DAY) as u64).max(self.dilution_day);
        let within = self.dilution.range((today + 1).saturating_sub(WINDOW)..);
        narrow(within.map(|(_, shares)| u128::from(*shares)).sum())
    }

    /// Most shares for members within the window: a part of the others' shares.
    fn window_cap(&self, now: i64) -> Check<u64> {
        let others = self.effective()?.saturating_sub(self.diluted(now)?);
        floor(others, self.terms.window_cap_bps.into(), 10_000)
    }

    /// Shares that may still be minted for members.
    pub fn room(&self, now: i64) -> Check<u64> {
        Ok(self.window_cap(now)?.saturating_sub(self.diluted(now)?))
    }

    /// Mints for a member. Errors: `DilutionCapReached`.
    fn dilute(&mut self, shares: u64, now: i64) -> Check {
        let after = u128::from(self.diluted(now)?) + u128::from(shares);
        let fits = after <= u128::from(self.window_cap(now)?);
        require(fits, IndexError::DilutionCapReached)?;
        self.dilution_day = self.dilution_day.max((now / DAY) as u64);
        let first = (self.dilution_day + 1).saturating_sub(WINDOW);
        self.dilution.retain(|day, _| *day >= first);
        *self.dilution.entry(self.dilution_day).or_default() += shares;
        self.mint(shares, 0)
    }

    /// Whether an offer is not too large. Comes after [`Index::accrue`]. Errors:
    /// `NotAConstituent`, `OfferTooLarge`.
    pub fn may_offer(&mut self, token: &Pubkey, terms: &OfferTerms) -> Check {
        self.slot_of(token)?;
        let fits = terms.index_shares <= self.offer_cap()?;
        require(fits, IndexError::OfferTooLarge)
    }

    /// An offer, which waits out the notice. Errors: `InvalidOffer`.
    pub fn offer(
        &self,
        terms: &OfferTerms,
        rent_payer: &Pubkey,
        token_supply: u64,
        now: i64,
    ) -> Check<Membership> {
        let acceptable_from = self.after_notice(now);
        let fits = terms.token_shares > 0
            && terms.index_shares > 0
            && token_supply > 0
            && terms.expires_at > acceptable_from;
        require(fits, IndexError::InvalidOffer)?;
        Ok(Membership {
            status: MembershipStatus::Offered,
            member: None,
            rent_payer: *rent_payer,
            token_shares: terms.token_shares,
            index_shares: terms.index_shares,
            token_supply,
            offered_at: now,
            acceptable_from,
            expires_at: terms.expires_at,
            checkpoints: [0; CASH],
            owed: [0; CASH],
        })
    }

    /// The person comes in.
    pub fn admit(
        &mut self,
        membership: &mut Membership,
        slot: u8,
        member: &Pubkey,
        token_supply: u64,
        now: i64,
    ) -> Check {
        membership.require(MembershipStatus::Offered)?;
        let open = (membership.acceptable_from..=membership.expires_at).contains(&now);
        require(open, IndexError::OfferNotOpen)?;
        let grown = token_supply > membership.token_supply;
        require(!grown, IndexError::TokenDiluted)?;
        let fits = membership.index_shares <= self.offer_cap()?;
        require(fits, IndexError::OfferTooLarge)?;
        self.dilute(membership.index_shares, now)?;
        self.slot_mut(slot)?.receive(membership.token_shares, now)?;
        self.members += 1;
        self.claimants += 1;
        self.memberships += 1;
        membership.status = MembershipStatus::Accepted;
        membership.member = Some(*member);
        membership.checkpoints = std::array::from_fn(|place| self.books[place].index);
        Ok(())
    }

    /// A member leaves: what is owed stays owed.
    pub fn part_with(&mut self, membership: &mut Membership) -> Check {
        membership.require(MembershipStatus::Accepted)?;
        membership.settle(&self.books);
        membership.status = MembershipStatus::Left;
        self.members -= 1;
        Ok(())
    }

    /// Whole atoms that a member is owed by a book are paid; a fraction stays. Errors:
    /// `NothingToCollect`.
    pub fn pay_member(&mut self, membership: &mut Membership, slot: u8) -> Check<u64> {
        let place = usize::from(self.slot(slot)?.book);
        membership.settle(&self.books);
        let owed = &mut membership.owed[place];
        let atoms = (*owed >> 64) as u64;
        require(atoms > 0, IndexError::NothingToCollect)?;
        *owed -= u128::from(atoms) << 64;
        self.books[place].owed -= atoms;
        Ok(atoms)
    }

    /// The membership of somebody who left and is owed no whole atom ends. Errors:
    /// `WrongMembershipStatus`.
    pub fn forget(&mut self, membership: &Membership) -> Check {
        membership.require(MembershipStatus::Left)?;
        let paid = membership.owed.iter().all(|owed| owed >> 64 == 0);
        require(paid, IndexError::WrongMembershipStatus)?;
        self.claimants -= 1;
        Ok(())
    }
}

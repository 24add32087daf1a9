use {
    super::{Index, MAX_CASH, VERSION, add, byte_enum, sub, terms::bps},
    crate::error::{IndexError, Outcome, require},
    anchor_lang::prelude::*,
    personal_token::state::Wide,
    upside_math::{Bps, Dilution, Rounding, Shares, accrued, mul_div, payable},
};

byte_enum! {
    /// Where a membership stands.
    MembershipStatus, InvariantBroken,
    /// The curator offers.
    Offered = 0,
    /// The person is in.
    Accepted = 1,
    /// The person left; what is owed stays claimable.
    Left = 2,
}

/// An offer as an instruction carries it.
#[derive(AnchorSerialize, AnchorDeserialize, Clone, Copy, Debug, PartialEq, Eq)]
pub struct OfferTerms {
    /// Share atoms of the personal token that the person gives.
    pub token_shares: u64,
    /// Share atoms of the index that the person gets for them.
    pub index_shares: u64,
    /// Last second of the offer, unix time.
    pub expires_at: i64,
}

/// A person's terms with an index.
#[account(zero_copy)]
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Membership {
    /// Layout version.
    pub version: u8,
    /// Bump of this account's address.
    pub bump: u8,
    /// A [`MembershipStatus`].
    pub status: u8,
    pub(crate) padding: [u8; 5],
    /// The index.
    pub index: Pubkey,
    /// The personal token.
    pub token: Pubkey,
    /// Who accepted and is paid: the token's owner at that time; zero before.
    pub member: Pubkey,
    /// Who paid this account's rent and gets it back.
    pub rent_payer: Pubkey,
    /// Share atoms of the personal token that were given.
    pub token_shares: u64,
    /// Share atoms of the index for them.
    pub index_shares: u64,
    /// The token's supply when the offer was made: with more, the offer is void.
    pub token_supply: u64,
    /// When the offer was made, unix seconds.
    pub offered_at: i64,
    /// First second in which it can be accepted, unix time.
    pub acceptable_from: i64,
    /// Last second in which it can be accepted, unix time.
    pub expires_at: i64,
    /// The equal share's indexes when this membership was last settled, Q64.64.
    pub checkpoints: [Wide; MAX_CASH],
    /// Owed of each cash constituent, in Q64.64 atoms.
    pub owed: [Wide; MAX_CASH],
    pub(crate) reserved: [u64; 8],
}

impl Membership {
    /// Fills a new account. Errors: `InvalidOffer`.
    pub(crate) fn offer(
        &mut self,
        terms: &OfferTerms,
        keys: [&Pubkey; 3],
        token_supply: u64,
        now: i64,
        acceptable_from: i64,
    ) -> Outcome<()> {
        let fits = terms.token_shares > 0
            && terms.index_shares > 0
            && token_supply > 0
            && terms.expires_at > acceptable_from;
        require(fits, IndexError::InvalidOffer)?;
        let [index, token, rent_payer] = keys;
        self.version = VERSION;
        self.status = MembershipStatus::Offered as u8;
        self.index = *index;
        self.token = *token;
        self.rent_payer = *rent_payer;
        self.token_shares = terms.token_shares;
        self.index_shares = terms.index_shares;
        self.token_supply = token_supply;
        self.offered_at = now;
        self.acceptable_from = acceptable_from;
        self.expires_at = terms.expires_at;
        Ok(())
    }

    /// Where it stands.
    pub fn status(&self) -> Outcome<MembershipStatus> {
        self.status.try_into()
    }

    /// Errors: `WrongMembershipStatus`.
    pub fn require(&self, status: MembershipStatus) -> Outcome<()> {
        require(self.status()? == status, IndexError::WrongMembershipStatus)
    }

    /// Brings what is owed up to the index's books. Who left earns nothing more.
    pub fn settle(&mut self, index: &Index) -> Outcome<()> {
        if self.status()? != MembershipStatus::Accepted {
            return Ok(());
        }
        let mine = self.owed.iter_mut().zip(&mut self.checkpoints);
        for ((owed, checkpoint), book) in mine.zip(&index.cash) {
            let earned = accrued(Shares(1), book.index.unsigned(), checkpoint.unsigned())?;
            let sum = owed.unsigned().checked_add(earned);
            *owed = sum.ok_or(IndexError::Overflow)?.into();
            *checkpoint = book.index;
        }
        Ok(())
    }

    /// Whole atoms owed at a cash place since the last settlement.
    pub fn owed(&self, place: u8) -> Outcome<u64> {
        let owed = self.owed.get(usize::from(place));
        let owed = owed.ok_or(IndexError::InvariantBroken)?;
        Ok(payable(owed.unsigned()).0.0)
    }

    /// Takes the whole atoms owed; the fraction stays. Errors: `NothingToCollect`.
    pub(crate) fn take_owed(&mut self, place: u8) -> Outcome<u64> {
        let owed = self.owed.get_mut(usize::from(place));
        let owed = owed.ok_or(IndexError::InvariantBroken)?;
        let (atoms, fraction) = payable(owed.unsigned());
        require(!atoms.is_zero(), IndexError::NothingToCollect)?;
        *owed = fraction.into();
        Ok(atoms.0)
    }

    /// Whether all whole atoms that were owed are paid.
    pub fn is_paid(&self) -> bool {
        let mut owed = self.owed.iter();
        owed.all(|owed| payable(owed.unsigned()).0.is_zero())
    }
}

impl Index {
    fn dilutions(&self) -> Dilution {
        Dilution {
            day: self.dilution_day,
            minted: self.dilution,
        }
    }

    /// Most share atoms for one membership now. MUST follow `accrue`.
    pub fn offer_cap(&self) -> Outcome<u64> {
        part(self.effective_supply()?, bps(self.terms.offer_cap_bps)?)
    }

    /// Share atoms that may still be minted for members now. MUST follow `accrue`.
    pub fn dilution_room(&self, now: i64) -> Outcome<u64> {
        let within = self.dilutions().within(now)?;
        let most = part(self.undiluted(within)?, bps(self.terms.window_cap_bps)?)?;
        Ok(most.saturating_sub(within))
    }

    /// What the cap of 30 days is a part of: the supply without what was minted for
    /// members in that time, or each mint would make room for another one.
    fn undiluted(&self, within: u64) -> Outcome<u64> {
        Ok(self.effective_supply()?.saturating_sub(within))
    }

    /// Mints for members, up to the cap of 30 days. Errors: `DilutionCapReached`.
    fn dilute(&mut self, shares: u64, now: i64) -> Outcome<()> {
        let cap = bps(self.terms.window_cap_bps)?;
        let dilutions = self.dilutions();
        let supply = self.undiluted(dilutions.within(now)?)?;
        let after = dilutions.mint(now, shares, supply, cap);
        let after = after.map_err(|_| IndexError::DilutionCapReached)?;
        self.dilution_day = after.day;
        self.dilution = after.minted;
        self.mint(shares, 0)
    }

    /// The person comes in. MUST follow `accrue`. Errors: `WrongMembershipStatus`,
    /// `OfferNotOpen`, `TokenDiluted`, `OfferTooLarge`, `DilutionCapReached`.
    pub(crate) fn admit(
        &mut self,
        membership: &mut Membership,
        member: &Pubkey,
        token_supply: u64,
        now: i64,
    ) -> Outcome<()> {
        membership.require(MembershipStatus::Offered)?;
        let open = membership.acceptable_from <= now && now <= membership.expires_at;
        require(open, IndexError::OfferNotOpen)?;
        let same = token_supply <= membership.token_supply;
        require(same, IndexError::TokenDiluted)?;
        let fits = membership.index_shares <= self.offer_cap()?;
        require(fits, IndexError::OfferTooLarge)?;

        self.dilute(membership.index_shares, now)?;
        let slot = self.slot_of(&membership.token)?;
        self.constituent_mut(slot)?
            .receive(membership.token_shares, now)?;
        self.members = add(self.members, 1)?;
        self.claimants = add(self.claimants, 1)?;
        self.memberships = add(self.memberships, 1)?;
        membership.status = MembershipStatus::Accepted as u8;
        membership.member = *member;
        membership.checkpoints = self.checkpoints();
        Ok(())
    }

    /// The person leaves: earns nothing more, keeps what is owed.
    pub(crate) fn part_with(&mut self, membership: &mut Membership) -> Outcome<()> {
        membership.require(MembershipStatus::Accepted)?;
        membership.settle(self)?;
        membership.status = MembershipStatus::Left as u8;
        self.members = sub(self.members, 1, IndexError::InvariantBroken)?;
        Ok(())
    }

    /// Nothing is owed to somebody who left: the account can be closed. Errors:
    /// `WrongMembershipStatus`, also while something is owed.
    pub(crate) fn forget(&mut self, membership: &Membership) -> Outcome<()> {
        membership.require(MembershipStatus::Left)?;
        require(membership.is_paid(), IndexError::WrongMembershipStatus)?;
        self.claimants = sub(self.claimants, 1, IndexError::InvariantBroken)?;
        Ok(())
    }
}

fn part(supply: u64, rate: Bps) -> Outcome<u64> {
    let (rate, whole) = (u64::from(rate.get()), u64::from(Bps::ONE.get()));
    Ok(mul_div(supply, rate, whole, Rounding::Down)?)
}

const _: () = assert!(core::mem::size_of::<Membership>() == 8 + 128 + 48 + 128 + 64);

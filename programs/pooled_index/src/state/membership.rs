use {
    super::{MAX_COINS, Offer, PooledIndex, VERSION, add, sub},
    crate::error::{IndexError, ProgramResult, require},
    anchor_lang::prelude::*,
    personal_token::state::PodU128,
    upside_math::{Shares, accrued, payable},
    upside_support::Byte,
};

/// New members within [`ADMISSION_SECONDS`] at most.
pub const MAX_NEW_MEMBERS: usize = 3;
/// Seconds within which an index takes at most [`MAX_NEW_MEMBERS`] new members.
pub const ADMISSION_SECONDS: i64 = 30 * 86_400;

upside_support::byte_enum! {
    /// Where a membership stands.
    MembershipStatus, IndexError::InvariantBroken,
    /// The person is a member and earns.
    Active = 0,
    /// It ended: what is owed, and what is locked, is collected.
    Ended = 1,
}

upside_support::byte_enum! {
    /// Why a membership ends.
    Ending, IndexError::InvariantBroken,
    /// It does not.
    None = 0,
    /// The curator, who admits members, the member, or who owns the token now gave notice.
    Notice = 1,
    /// The index holds nothing of the person.
    Empty = 2,
}

/// A person's part in an index: shares of the token were given for shares of the index.
#[account(zero_copy)]
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Membership {
    /// Layout version.
    pub version: u8,
    /// Bump of this account's address.
    pub bump: u8,
    /// Whether it runs.
    pub status: Byte<MembershipStatus>,
    /// Why it will end.
    pub ending: Byte<Ending>,
    pub(crate) padding: [u8; 4],
    /// The index.
    pub index: Pubkey,
    /// The personal token.
    pub token: Pubkey,
    /// Who is paid: who owned the token when it was accepted or taken over.
    pub member: Pubkey,
    /// The account that keeps the member's human from a second membership; zero if none.
    pub subject: Pubkey,
    /// Who announced to take it over; zero for nobody.
    pub successor: Pubkey,
    /// Who paid this account's rent and gets it back.
    pub rent_payer: Pubkey,
    /// Share atoms of the personal token given, in all deals.
    pub token_shares: u64,
    /// Index share atoms for them, locked ones among them.
    pub index_shares: u64,
    /// Those that are locked until the membership ended, in the index's own account.
    pub locked: u64,
    /// When the person became a member, unix seconds.
    pub joined_at: i64,
    /// When it ends, unix seconds; 0 if nobody announced an end.
    pub ends_at: i64,
    /// When the successor may take it over, unix seconds; 0 for nobody.
    pub successor_at: i64,
    /// The equal share's indexes when this membership was last settled, Q64.64.
    pub checkpoints: [PodU128; MAX_COINS],
    /// Owed of each coin, in Q64.64 atoms.
    pub owed: [PodU128; MAX_COINS],
    pub(crate) reserved: [u64; 8],
}

/// Keeps a human from a second membership in the same index. Its address is made from what
/// the attestations about that human have in common.
#[account(zero_copy)]
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Subject {
    /// Layout version.
    pub version: u8,
    /// Bump of this account's address.
    pub bump: u8,
    pub(crate) padding: [u8; 6],
    /// The index.
    pub index: Pubkey,
    /// The membership.
    pub membership: Pubkey,
    /// Who paid this account's rent and gets it back.
    pub rent_payer: Pubkey,
    pub(crate) reserved: [u64; 2],
}

impl Subject {
    /// Fills a new account.
    pub(crate) fn open(
        &mut self,
        index: &Pubkey,
        membership: &Pubkey,
        rent_payer: &Pubkey,
        bump: u8,
    ) {
        self.version = VERSION;
        self.bump = bump;
        self.index = *index;
        self.membership = *membership;
        self.rent_payer = *rent_payer;
    }
}

impl Membership {
    /// Names the account that keeps the new member's human from a second membership.
    pub(crate) fn set_subject(&mut self, subject: &Pubkey) {
        self.subject = *subject;
    }

    /// Where it stands.
    pub fn status(&self) -> ProgramResult<MembershipStatus> {
        self.status.get()
    }

    /// Errors: `WrongMembershipStatus`.
    pub fn require(&self, status: MembershipStatus) -> ProgramResult<()> {
        require(self.status()? == status, IndexError::WrongMembershipStatus)
    }

    /// Why it ends.
    pub fn ending(&self) -> ProgramResult<Ending> {
        self.ending.get()
    }

    /// Brings what is owed up to the index's books. What ended earns nothing more.
    pub fn settle(&mut self, index: &PooledIndex) -> ProgramResult<()> {
        if self.status()? != MembershipStatus::Active {
            return Ok(());
        }
        let mine = self.owed.iter_mut().zip(&mut self.checkpoints);
        for ((owed, checkpoint), book) in mine.zip(&index.coins) {
            let earned = accrued(Shares(1), book.index.unsigned(), checkpoint.unsigned())?;
            let sum = owed.unsigned().checked_add(earned);
            *owed = sum.ok_or(IndexError::Overflow)?.into();
            *checkpoint = book.index;
        }
        Ok(())
    }

    /// Whole atoms owed in a coin since the last settlement.
    pub fn owed(&self, place: u8) -> ProgramResult<u64> {
        let owed = self.owed.get(usize::from(place));
        let owed = owed.ok_or(IndexError::InvariantBroken)?;
        Ok(payable(owed.unsigned()).0.0)
    }

    /// Takes the whole atoms owed; the fraction stays. Errors: `NothingToCollect`.
    pub(crate) fn take_owed(&mut self, place: u8) -> ProgramResult<u64> {
        let owed = self.owed.get_mut(usize::from(place));
        let owed = owed.ok_or(IndexError::InvariantBroken)?;
        let (atoms, fraction) = payable(owed.unsigned());
        require(!atoms.is_zero(), IndexError::NothingToCollect)?;
        *owed = fraction.into();
        Ok(atoms.0)
    }

    /// Errors: `EqualShareOwed` while whole atoms are owed.
    pub(crate) fn require_paid(&self) -> ProgramResult<()> {
        let mut owed = self.owed.iter();
        let paid = owed.all(|owed| payable(owed.unsigned()).0.is_zero());
        require(paid, IndexError::EqualShareOwed)
    }
}

impl PooledIndex {
    /// A new person comes in; fills a new account. The keys are index, token, member, the
    /// account of the member's human, and who paid the rent. Errors: `TooManyNewMembers`.
    pub(crate) fn admit(
        &mut self,
        membership: &mut Membership,
        keys: [&Pubkey; 5],
        bump: u8,
        now: i64,
    ) -> ProgramResult<()> {
        let oldest = self.admitted.iter_mut().min();
        let oldest = oldest.ok_or(IndexError::InvariantBroken)?;
        let free = *oldest == 0 || now >= oldest.saturating_add(ADMISSION_SECONDS);
        require(free, IndexError::TooManyNewMembers)?;
        *oldest = now;
        let [index, token, member, subject, rent_payer] = keys;
        membership.version = VERSION;
        membership.bump = bump;
        membership.status = MembershipStatus::Active.into();
        membership.index = *index;
        membership.token = *token;
        membership.member = *member;
        membership.subject = *subject;
        membership.rent_payer = *rent_payer;
        membership.joined_at = now;
        membership.checkpoints = self.checkpoints();
        self.members = add(self.members, 1)?;
        self.claimants = add(self.claimants, 1)?;
        self.memberships = add(self.memberships, 1)?;
        Ok(())
    }

    /// Books a deal: a half of the index shares, rounded down, goes to the member, the rest
    /// is locked. Returns that half. MUST follow [`Self::deal`]. Errors: `NotMember`,
    /// `WrongMembershipStatus`, `MembershipEnding`, `DilutionCapReached`.
    pub(crate) fn accept(
        &mut self,
        membership: &mut Membership,
        offer: &Offer,
        (member, gives): (&Pubkey, u64),
        now: i64,
    ) -> ProgramResult<u64> {
        membership.require(MembershipStatus::Active)?;
        let own = membership.member == *member;
        require(own, IndexError::NotMember)?;
        require(membership.ends_at == 0, IndexError::MembershipEnding)?;

        self.dilute(offer.index_shares, now)?;
        self.end_announcement(offer.nonce)?;
        let slot = self.slot_of(&membership.token)?;
        self.constituent_mut(slot)?.receive(gives, now)?;
        let free = offer.index_shares / 2;
        let locked = sub(offer.index_shares, free, IndexError::InvariantBroken)?;
        self.members_locked = add(self.members_locked, locked)?;
        membership.locked = add(membership.locked, locked)?;
        membership.token_shares = add(membership.token_shares, gives)?;
        membership.index_shares = add(membership.index_shares, offer.index_shares)?;
        Ok(free)
    }

    /// Announces the end: the index's side, the member, or `owner`, who owns the token now,
    /// with a notice that stands; anybody while the index holds nothing of the person.
    /// Returns when it ends, unix seconds. Errors: `WrongMembershipStatus`,
    /// `MembershipEnding`, `SlotHeld`.
    pub(crate) fn end_membership(
        &self,
        membership: &mut Membership,
        signer: &Pubkey,
        owner: &Pubkey,
        now: i64,
    ) -> ProgramResult<i64> {
        membership.require(MembershipStatus::Active)?;
        let notice = self.require_admissions(signer).is_ok()
            || membership.member == *signer
            || owner == signer;
        let ending = if notice {
            Ending::Notice
        } else {
            Ending::Empty
        };
        // Notice that was given stands: else one side could keep the other's from running.
        let given = membership.ending()?;
        let open = given == Ending::None || (given == Ending::Empty && notice);
        require(open, IndexError::MembershipEnding)?;
        let empty = notice || !self.holds(&membership.token);
        require(empty, IndexError::SlotHeld)?;
        membership.ending = ending.into();
        membership.ends_at = self.after_notice(now)?;
        Ok(membership.ends_at)
    }

    /// Whether the index holds shares of this person, or tickets for them.
    fn holds(&self, token: &Pubkey) -> bool {
        self.held().any(|(_, slot)| slot.has(token))
    }

    /// Takes back the end of a membership whose slot was empty and is not any more. Errors:
    /// `NotEnding`, also if notice was given; `SlotEmpty`.
    pub(crate) fn keep_membership(&self, membership: &mut Membership) -> ProgramResult<()> {
        membership.require(MembershipStatus::Active)?;
        let empty = membership.ending()? == Ending::Empty;
        require(empty, IndexError::NotEnding)?;
        require(self.holds(&membership.token), IndexError::SlotEmpty)?;
        membership.ending = Ending::None.into();
        membership.ends_at = 0;
        Ok(())
    }

    /// The membership ends: it earns nothing more. Errors: `WrongMembershipStatus`,
    /// `NotEnding`, `NoticePending`, `SlotHeld` if it ends because the slot was empty, and it
    /// no longer is.
    pub(crate) fn apply_end(&mut self, membership: &mut Membership, now: i64) -> ProgramResult<()> {
        membership.require(MembershipStatus::Active)?;
        let ending = membership.ending()?;
        require(ending != Ending::None, IndexError::NotEnding)?;
        require(now >= membership.ends_at, IndexError::NoticePending)?;
        let empty = ending != Ending::Empty || !self.holds(&membership.token);
        require(empty, IndexError::SlotHeld)?;
        membership.settle(self)?;
        membership.status = MembershipStatus::Ended.into();
        membership.successor = Pubkey::default();
        membership.successor_at = 0;
        membership.subject = Pubkey::default();
        self.members = sub(self.members, 1, IndexError::InvariantBroken)?;
        Ok(())
    }

    /// Who owns the token now announces to take the membership over. Returns from when on,
    /// unix seconds. Errors: `WrongMembershipStatus`, `NotTokenOwner`, `MemberAlready`.
    pub(crate) fn take_over_membership(
        &self,
        membership: &mut Membership,
        signer: &Pubkey,
        owner: &Pubkey,
        now: i64,
    ) -> ProgramResult<i64> {
        membership.require(MembershipStatus::Active)?;
        require(owner == signer, IndexError::NotTokenOwner)?;
        require(membership.member != *signer, IndexError::MemberAlready)?;
        membership.successor = *signer;
        membership.successor_at = self.after_notice(now)?;
        Ok(membership.successor_at)
    }

    /// The successor becomes the member, with what is locked. What the other earned MUST be
    /// paid. Errors: `WrongMembershipStatus`, `NoSuccessor`, `NoticePending`,
    /// `EqualShareOwed`. Returns who was the member.
    pub(crate) fn apply_take_over(
        &self,
        membership: &mut Membership,
        owner: &Pubkey,
        now: i64,
    ) -> ProgramResult<Pubkey> {
        membership.require(MembershipStatus::Active)?;
        let announced = membership.successor_at != 0 && membership.successor == *owner;
        require(announced, IndexError::NoSuccessor)?;
        require(now >= membership.successor_at, IndexError::NoticePending)?;
        membership.settle(self)?;
        membership.require_paid()?;
        let previous = membership.member;
        membership.member = *owner;
        membership.successor = Pubkey::default();
        membership.successor_at = 0;
        Ok(previous)
    }

    /// Unlocks the shares of a membership that ended. Errors: `WrongMembershipStatus`,
    /// `NothingToCollect`.
    pub(crate) fn unlock_members(&mut self, membership: &mut Membership) -> ProgramResult<u64> {
        membership.require(MembershipStatus::Ended)?;
        let shares = membership.locked;
        require(shares > 0, IndexError::NothingToCollect)?;
        membership.locked = 0;
        self.members_locked = sub(self.members_locked, shares, IndexError::InvariantBroken)?;
        Ok(shares)
    }

    /// Nothing is owed to, nor locked for, somebody whose membership ended: the account can
    /// be closed. Errors: `WrongMembershipStatus`, `EqualShareOwed`, `SharesLocked`.
    pub(crate) fn forget(&mut self, membership: &Membership) -> ProgramResult<()> {
        membership.require(MembershipStatus::Ended)?;
        membership.require_paid()?;
        require(membership.locked == 0, IndexError::SharesLocked)?;
        self.claimants = sub(self.claimants, 1, IndexError::InvariantBroken)?;
        Ok(())
    }
}

const _: () =
    assert!(core::mem::size_of::<Membership>() == 8 + 6 * 32 + 6 * 8 + 2 * MAX_COINS * 16 + 64);
const _: () = assert!(core::mem::size_of::<Subject>() == 8 + 96 + 16);

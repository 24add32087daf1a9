use {
    super::{
        AnnouncementPlace, Coin, Constituent, FeeRecipient, IndexParameters, IndexTerms,
        LOCKED_SHARES, MAX_ANNOUNCEMENTS, MAX_COINS, MAX_CONSTITUENTS, MAX_NEW_MEMBERS,
        MAX_RECIPIENTS, MAX_VETOED, SlotKind, VERSION, Vetoed, add,
    },
    crate::{
        error::{IndexError, ProgramResult, require},
        events::Header,
    },
    anchor_lang::prelude::*,
    upside_math::PERIODS,
    upside_support::{Byte, text},
};

upside_support::byte_enum! {
    /// Where an index stands.
    IndexStatus, IndexError::InvariantBroken,
    /// The curator puts its first composition together.
    Seeding = 0,
    /// Open for contributions.
    Active = 1,
    /// For good only redemptions, harvests and claims.
    WindDown = 2,
}

/// A pool of personal tokens and cash with shares of its own.
#[account(zero_copy)]
#[derive(Debug, PartialEq, Eq)]
pub struct PooledIndex {
    /// Layout version.
    pub version: u8,
    /// Bump of this account's address.
    pub bump: u8,
    /// Bump of the share mint's address.
    pub mint_bump: u8,
    /// Where the index stands.
    pub status: Byte<IndexStatus>,
    /// Number of the last slot in use plus one: all from here on are free.
    pub slots: u8,
    pub(crate) padding: [u8; 3],
    /// What was promised for good.
    pub terms: IndexTerms,
    /// What the curator may raise with notice, and lower at any time.
    pub parameters: IndexParameters,
    /// Name, UTF-8, zero-padded.
    pub name: [u8; 32],
    /// Symbol, UTF-8, zero-padded.
    pub symbol: [u8; 16],
    /// Who created the index; part of its address.
    pub creator: Pubkey,
    /// Who runs it; zero for nobody.
    pub curator: Pubkey,
    /// Who may accept to run it; zero where nobody was proposed.
    pub pending_curator: Pubkey,
    /// Who may tighten or stop what was announced, besides the curator; zero for nobody.
    pub launcher: Pubkey,
    /// Who may offer and end memberships, besides the curator; zero for nobody.
    pub admissions: Pubkey,
    /// Who may pause, besides the curator; zero for nobody.
    pub guardian: Pubkey,
    /// Who receives fee shares; their portions add up to 10,000.
    pub recipients: [FeeRecipient; MAX_RECIPIENTS],
    /// The share mint.
    pub mint: Pubkey,
    /// The creator's number of this index; part of its address.
    pub number: u64,
    /// Share atoms in existence: the mint's supply when last seen.
    pub supply: u64,
    /// Fee share atoms that were not minted yet; they count like those in existence.
    pub pending_fee_shares: u64,
    /// Rest of the last accrual of the management fee.
    pub fee_carry: u64,
    /// When the management fee was last accrued, unix seconds.
    pub accrued_at: i64,
    /// Shares that counted at the end of an earlier second, so that nothing that happens
    /// within one transaction makes a part of them larger.
    pub settled: u64,
    /// In which second that was noted, unix seconds.
    pub settled_at: i64,
    /// Share atoms in locks of holders.
    pub locked: u64,
    /// Candidacies ever opened.
    pub candidacies: u64,
    /// New money is paused up to this second, unix time; 0 where it never was.
    pub paused_until: i64,
    /// Nobody may pause before this second, unix time.
    pub pausable_from: i64,
    /// Members who earn the equal share.
    pub members: u64,
    /// Memberships that earn or have something to collect.
    pub claimants: u64,
    /// Memberships ever accepted.
    pub memberships: u64,
    /// Slots ever wrapped.
    pub wraps: u64,
    /// Events ever emitted.
    pub sequence: u64,
    /// Share atoms that are locked for members until their memberships ended.
    pub members_locked: u64,
    /// When the last new members came in, unix seconds, in any order.
    pub admitted: [i64; MAX_NEW_MEMBERS],
    /// The current period of 31 days in which shares were minted for members: its number
    /// since 1970.
    pub diluted_period: u64,
    /// What members took of the whole in each of the last periods, in parts of 10^12, at
    /// the place `period % 13`.
    pub diluted: [u64; PERIODS],
    /// The mints in which dividends are collected, and what members are owed of each.
    pub coins: [Coin; MAX_COINS],
    /// Announcements ever made.
    pub announcements_made: u64,
    /// The open announcements.
    pub announcements: [AnnouncementPlace; MAX_ANNOUNCEMENTS],
    /// What holders vetoed lately.
    pub vetoed: [Vetoed; MAX_VETOED],
    /// The slots.
    pub constituents: [Constituent; MAX_CONSTITUENTS],
    pub(crate) reserved: [u64; 32],
}

/// What an index is created with.
pub(crate) struct NewIndex<'a> {
    /// Its creator and first curator.
    pub creator: &'a Pubkey,
    /// The creator's number of it.
    pub number: u64,
    /// Bump of the index's address.
    pub bump: u8,
    /// The share mint, which is made afterwards.
    pub mint: &'a Pubkey,
    /// Name, 1 to 32 bytes.
    pub name: &'a str,
    /// Symbol, 1 to 16 bytes.
    pub symbol: &'a str,
    /// The promises, for good.
    pub terms: &'a IndexTerms,
    /// The first fees.
    pub parameters: &'a IndexParameters,
    /// Who may tighten or stop what was announced, besides the curator; zero for nobody.
    pub launcher: &'a Pubkey,
    /// Who may offer and end memberships, besides the curator; zero for nobody.
    pub admissions: &'a Pubkey,
    /// Who may pause, besides the curator; zero for nobody.
    pub guardian: &'a Pubkey,
    /// Who receives fee shares.
    pub recipients: &'a [FeeRecipient; MAX_RECIPIENTS],
}

impl PooledIndex {
    /// Fills a new account. Errors: `InvalidText`.
    pub(crate) fn create(&mut self, new: &NewIndex) -> ProgramResult<()> {
        self.version = VERSION;
        self.bump = new.bump;
        self.terms = *new.terms;
        self.parameters = *new.parameters;
        text::write(&mut self.name, new.name)?;
        text::write(&mut self.symbol, new.symbol)?;
        self.creator = *new.creator;
        self.curator = *new.creator;
        self.launcher = *new.launcher;
        self.admissions = *new.admissions;
        self.guardian = *new.guardian;
        self.recipients = *new.recipients;
        self.mint = *new.mint;
        self.number = new.number;
        Ok(())
    }

    /// Notes the share mint's bump: the mint was made.
    pub(crate) fn note_mint(&mut self, bump: u8) {
        self.mint_bump = bump;
    }

    /// Starts an event: slot and gapless sequence number.
    pub(crate) fn header(&mut self, key: &Pubkey, clock: &Clock) -> ProgramResult<Header> {
        self.sequence = add(self.sequence, 1)?;
        Ok(Header {
            index: *key,
            slot: clock.slot,
            sequence: self.sequence,
        })
    }

    /// Where the index stands.
    pub fn status(&self) -> ProgramResult<IndexStatus> {
        self.status.get()
    }

    /// Refuses but while contributions are taken. Errors: `NotActive`, `Paused`.
    pub fn require_running(&self, now: i64) -> ProgramResult<()> {
        self.require_active()?;
        require(!self.is_paused(now), IndexError::Paused)
    }

    /// Whether new money is paused now.
    pub fn is_paused(&self, now: i64) -> bool {
        now < self.paused_until
    }

    /// Errors: `NotActive`.
    pub fn require_active(&self) -> ProgramResult<()> {
        require(self.status()? == IndexStatus::Active, IndexError::NotActive)
    }

    /// Errors: `NotLaunched`.
    pub fn require_launched(&self) -> ProgramResult<()> {
        require(
            self.status()? != IndexStatus::Seeding,
            IndexError::NotLaunched,
        )
    }

    /// The slot with this number. Errors: `NotAConstituent`.
    pub fn slot(&self, slot: u8) -> ProgramResult<&Constituent> {
        let constituent = self.constituents.get(usize::from(slot));
        constituent.ok_or(IndexError::NotAConstituent)
    }

    /// The constituent in a slot. Errors: `NotAConstituent`, also for a free slot.
    pub fn constituent(&self, slot: u8) -> ProgramResult<&Constituent> {
        let constituent = self.slot(slot)?;
        require(
            constituent.kind()? != SlotKind::Free,
            IndexError::NotAConstituent,
        )?;
        Ok(constituent)
    }

    pub(crate) fn constituent_mut(&mut self, slot: u8) -> ProgramResult<&mut Constituent> {
        self.constituent(slot)?;
        let constituent = self.constituents.get_mut(usize::from(slot));
        constituent.ok_or(IndexError::NotAConstituent)
    }

    /// Slot of a personal token or a mint of cash. Errors: `NotAConstituent`.
    pub fn slot_of(&self, key: &Pubkey) -> ProgramResult<u8> {
        let place = self
            .used()
            .iter()
            .position(|slot| slot.kind != SlotKind::Free && slot.key == *key);
        let place = place.ok_or(IndexError::NotAConstituent)?;
        u8::try_from(place).map_err(|_| IndexError::NotAConstituent)
    }

    /// The slots up to the last one in use.
    pub fn used(&self) -> &[Constituent] {
        let used = self.constituents.get(..usize::from(self.slots));
        used.unwrap_or(&self.constituents)
    }

    pub(crate) fn used_mut(&mut self) -> &mut [Constituent] {
        let most = self.constituents.len();
        let used = usize::from(self.slots).min(most);
        self.constituents.get_mut(..used).unwrap_or_default()
    }

    /// The slots that hold something, with their numbers.
    pub fn held(&self) -> impl Iterator<Item = (u8, &Constituent)> {
        (0u8..)
            .zip(self.used())
            .filter(|(_, constituent)| constituent.is_held())
    }

    /// Atoms that the custody of a slot must hold, of everybody.
    pub fn booked(&self, slot: u8) -> ProgramResult<u64> {
        let constituent = self.constituent(slot)?;
        let booked = constituent.booked()?;
        match constituent.coin_place() {
            Ok(place) if !constituent.is_wrapped() => {
                let book = self.book(place)?;
                add(add(booked, book.owed)?, book.pots)
            }
            _ => Ok(booked),
        }
    }

    /// Share atoms that the index's own account of its shares must hold: those locked for
    /// good, those in locks of holders, and those of members.
    pub fn own_shares(&self) -> ProgramResult<u64> {
        add(add(LOCKED_SHARES, self.locked)?, self.members_locked)
    }

    /// Share atoms that the index's atoms belong to: those in existence and the fee
    /// shares to be minted.
    pub fn effective_supply(&self) -> ProgramResult<u64> {
        add(self.supply, self.pending_fee_shares)
    }
}

const _: () = assert!(core::mem::size_of::<PooledIndex>() == INDEX_SPACE);
const INDEX_SPACE: usize = 8
    + 72
    + 8
    + 48
    + 7 * 32
    + MAX_RECIPIENTS * 40
    + 19 * 8
    + MAX_ANNOUNCEMENTS * 72
    + MAX_VETOED * 48
    + MAX_NEW_MEMBERS * 8
    + PERIODS * 8
    + MAX_COINS * 64
    + MAX_CONSTITUENTS * 120
    + 32 * 8;

use {
    super::{
        Amounts, CashBook, Constituent, Kind, MAX_AUCTIONS, MAX_CASH, MAX_CONSTITUENTS, Parameters,
        Terms, add, byte_enum,
    },
    crate::{
        error::{IndexError, Outcome, require},
        events::Header,
    },
    anchor_lang::prelude::*,
    upside_math::WINDOW_DAYS,
};

byte_enum! {
    /// Where an index stands.
    Status, InvariantBroken,
    /// The curator puts its first composition together.
    Seeding = 0,
    /// Open for contributions.
    Active = 1,
    /// For good only redemptions, harvests and claims.
    WindDown = 2,
}

/// An open auction, as the index knows it.
#[zero_copy]
#[derive(Debug, Default, PartialEq, Eq)]
pub struct TradeRef {
    /// The auction's number.
    pub number: u64,
    /// Slot that is sold.
    pub sell: u8,
    /// Slot that is bought.
    pub buy: u8,
    /// 1 while the auction is open.
    pub used: u8,
    pub(crate) padding: [u8; 5],
}

/// A pool of personal tokens and cash with shares of its own.
#[account(zero_copy)]
#[derive(Debug, PartialEq, Eq)]
pub struct Index {
    /// Layout version.
    pub version: u8,
    /// Bump of this account's address.
    pub bump: u8,
    /// Bump of the share mint's address.
    pub mint_bump: u8,
    /// A [`Status`].
    pub status: u8,
    /// 1 while new money is paused.
    pub paused: u8,
    pub(crate) padding: [u8; 3],
    /// What was promised for good.
    pub terms: Terms,
    /// What the curator may change with notice.
    pub parameters: Parameters,
    /// The parameters that were proposed.
    pub pending_parameters: Parameters,
    /// When they may be applied, unix seconds; 0 where none were proposed.
    pub parameters_at: i64,
    /// When the proposed weights may be applied, unix seconds; 0 where none were.
    pub weights_at: i64,
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
    /// Who may pause besides the curator; zero for nobody.
    pub guardian: Pubkey,
    /// Whose token account receives fee shares.
    pub fee_recipient: Pubkey,
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
    /// Members who earn the equal share.
    pub members: u64,
    /// Memberships that earn or have something to claim.
    pub claimants: u64,
    /// Memberships ever accepted.
    pub memberships: u64,
    /// Auctions ever opened.
    pub auctions_opened: u64,
    /// Events ever emitted.
    pub sequence: u64,
    /// Day of the last dilution, in days since 1970.
    pub dilution_day: u64,
    /// Share atoms minted for members, by day.
    pub dilution: [u64; WINDOW_DAYS],
    /// What members are owed of each cash constituent.
    pub cash: [CashBook; MAX_CASH],
    /// The open auctions.
    pub auctions: [TradeRef; MAX_AUCTIONS],
    /// The slots.
    pub constituents: [Constituent; MAX_CONSTITUENTS],
    pub(crate) reserved: [u64; 32],
}

impl Index {
    /// Starts an event: slot and gapless sequence number.
    pub(crate) fn header(&mut self, key: &Pubkey, clock: &Clock) -> Outcome<Header> {
        self.sequence = add(self.sequence, 1)?;
        Ok(Header {
            index: *key,
            slot: clock.slot,
            sequence: self.sequence,
        })
    }

    /// Where the index stands.
    pub fn status(&self) -> Outcome<Status> {
        self.status.try_into()
    }

    /// Refuses but while contributions are taken. Errors: `NotActive`, `Paused`.
    pub fn require_running(&self) -> Outcome<()> {
        self.require_active()?;
        require(self.paused == 0, IndexError::Paused)
    }

    /// Errors: `NotActive`.
    pub fn require_active(&self) -> Outcome<()> {
        require(self.status()? == Status::Active, IndexError::NotActive)
    }

    /// Errors: `NotLaunched`.
    pub fn require_launched(&self) -> Outcome<()> {
        require(self.status()? != Status::Seeding, IndexError::NotLaunched)
    }

    /// Errors: `NotCurator`.
    pub fn require_curator(&self, signer: &Pubkey) -> Outcome<()> {
        let named = self.curator != Pubkey::default();
        require(named && self.curator == *signer, IndexError::NotCurator)
    }

    /// The slot with this number. Errors: `NotAConstituent`.
    pub fn slot(&self, slot: u8) -> Outcome<&Constituent> {
        let constituent = self.constituents.get(usize::from(slot));
        constituent.ok_or(IndexError::NotAConstituent)
    }

    /// The constituent in a slot. Errors: `NotAConstituent`, also for a free slot.
    pub fn constituent(&self, slot: u8) -> Outcome<&Constituent> {
        let constituent = self.slot(slot)?;
        require(
            constituent.kind()? != Kind::Free,
            IndexError::NotAConstituent,
        )?;
        Ok(constituent)
    }

    pub(crate) fn constituent_mut(&mut self, slot: u8) -> Outcome<&mut Constituent> {
        self.constituent(slot)?;
        let constituent = self.constituents.get_mut(usize::from(slot));
        constituent.ok_or(IndexError::NotAConstituent)
    }

    /// Slot of a personal token or a mint of cash. Errors: `NotAConstituent`.
    pub fn slot_of(&self, key: &Pubkey) -> Outcome<u8> {
        let place = self
            .constituents
            .iter()
            .position(|slot| slot.kind != Kind::Free as u8 && slot.key == *key);
        let place = place.ok_or(IndexError::NotAConstituent)?;
        u8::try_from(place).map_err(|_| IndexError::NotAConstituent)
    }

    /// The slots that hold something, with their numbers.
    pub fn held(&self) -> impl Iterator<Item = (u8, &Constituent)> {
        (0u8..)
            .zip(&self.constituents)
            .filter(|(_, constituent)| constituent.is_held())
    }

    /// Atoms that the custody of a slot must hold, of everybody.
    pub fn booked(&self, slot: u8) -> Outcome<u64> {
        let constituent = self.constituent(slot)?;
        let booked = constituent.booked()?;
        if constituent.kind()? == Kind::Cash {
            return add(booked, self.book(constituent.cash)?.owed);
        }
        Ok(booked)
    }

    /// Share atoms that the index's atoms belong to: those in existence and the fee
    /// shares to be minted.
    pub fn effective_supply(&self) -> Outcome<u64> {
        add(self.supply, self.pending_fee_shares)
    }

    /// Spreads one bound for each held constituent over the slots. Errors: `WrongBounds`.
    pub fn by_slot(&self, bounds: &[u64]) -> Outcome<Amounts> {
        let mut amounts = [0; MAX_CONSTITUENTS];
        let mut bounds = bounds.iter();
        for (amount, constituent) in amounts.iter_mut().zip(&self.constituents) {
            if constituent.is_held() {
                *amount = *bounds.next().ok_or(IndexError::WrongBounds)?;
            }
        }
        require(bounds.next().is_none(), IndexError::WrongBounds)?;
        Ok(amounts)
    }

    /// Refuses where a held constituent was not harvested lately.
    pub fn require_fresh(&self, now: i64) -> Outcome<()> {
        let age = self.parameters.max_harvest_age;
        let fresh = self.held().all(|(_, held)| held.is_fresh(now, age));
        require(fresh, IndexError::NotHarvested)
    }
}

const _: () = assert!(core::mem::size_of::<Index>() == INDEX_SPACE);
const INDEX_SPACE: usize = 8
    + 3 * 16
    + 16
    + 48
    + 6 * 32
    + 11 * 8
    + WINDOW_DAYS * 8
    + MAX_CASH * 40
    + MAX_AUCTIONS * 16
    + MAX_CONSTITUENTS * 112
    + 32 * 8;

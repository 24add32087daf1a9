//! What a poll changes.

mod check;

pub(crate) use check::About;

use {
    super::{AuctionTerms, TokenStatus, TokenTerms},
    crate::error::{ProgramResult, TokenError},
    anchor_lang::prelude::*,
};

/// What a poll changes. Nothing else about a token can be put to a poll.
///
/// New kinds are added at the end: a kind's number is its place.
#[derive(AnchorSerialize, AnchorDeserialize, Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// Most share atoms that may exist or be on offer: up. The owner lowers it alone.
    SupplyCap(u64),
    /// Part of the supply that may be created in a year, in basis points.
    Room(u16),
    /// Cash-out tax in basis points. The owner lowers it alone.
    CashOutTax(u16),
    /// Royalty in basis points. The owner lowers it alone.
    Royalty(u16),
    /// Part of payouts that goes to the reserve, in basis points.
    ReserveShare(u16),
    /// Seconds over which later payouts stream.
    Drip(u32),
    /// A revenue claim's terms.
    RevenueTerms {
        /// The claim's number.
        claim: u64,
        /// Part of gross revenue, in basis points.
        share_bps: u16,
        /// Most that will ever be paid, in its mint's atoms: above what was paid.
        total: u64,
        /// First second after the claim, unix time: in the future.
        ends_at: i64,
    },
    /// Ends a revenue claim: nothing is due on it any more. The claim's number.
    RevenueEnd(u64),
    /// Accepts another attester, whose word may then count against holders.
    AcceptAttester(Pubkey),
    /// New shares need not bring their part of the asset at this place while it cannot
    /// move. It must have been noted as immovable.
    Exempt(u8),
    /// Part of the eligible shares that passes a poll against holders, in basis points.
    Threshold(u16),
    /// Seconds that changes are announced ahead.
    Notice(u32),
    /// Seconds without the owner's sign of life before an executor may act.
    Inactivity(u32),
    /// The most that losses may lower the cumulative result below zero, in quote atoms.
    LossLimit(u64),
    /// Ends the dispute of a claim that a poll disputed. The claim's number.
    ResolveClaim(u64),
    /// Cumulative result that stays with the owner, in quote atoms: it only falls.
    Floor(u64),
    /// Removes an attester at once.
    RemoveAttester(Pubkey),
    /// Disputes a claim: it counts as declared. The claim's number.
    DisputeClaim(u64),
    /// Winds the token up, for good.
    Dissolve,
    /// Announces an auction of a claim's custody at a value that holders set: it starts at
    /// twice that value and falls to half of it. No accepted attester may hold a fresh
    /// signature of a higher one.
    Auction {
        /// The claim's number.
        claim: u64,
        /// Units on offer, in atoms of the equity's mint.
        units: u64,
        /// What they are worth together, in quote atoms.
        value: u64,
        /// Seconds over which the price falls: 7 to 90 days.
        seconds: u32,
    },
    /// Books what the vault of the asset at this place holds beyond its books into the
    /// reserve: all that is there when the poll is applied. The owner books it alone.
    BookSurplus(u8),
}

/// Whom a change is against, and so what passes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChangeClass {
    /// It may take something from holders: the threshold of the larger eligible supply,
    /// fewer than a tenth of it against, then the notice.
    AgainstHolders,
    /// It takes nothing from them: two thirds of what was eligible when it was put and a
    /// tenth of the supply then, at once.
    ForHolders,
    /// It takes something from the owner: as above, and a quarter of the supply.
    AgainstOwner,
}

/// The numbers of a change.
#[zero_copy]
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// The value; of revenue terms the total; of an auction the value of its units. Of a
    /// state, such as a dispute, 1 if it holds.
    pub value: u64,
    /// Revenue terms: first second after the claim, unix time.
    pub ends_at: i64,
    /// Auction: units on offer, in atoms of the equity's mint.
    pub units: u64,
    /// Auction: seconds over which the price falls.
    pub seconds: u32,
    /// Revenue terms: part of gross revenue, in basis points.
    pub share_bps: u16,
    pub(crate) padding: [u8; 2],
}

fn figure(value: u64) -> Figures {
    Figures {
        value,
        ..Figures::default()
    }
}

impl Change {
    /// The place in this list.
    pub fn kind(&self) -> u8 {
        match self {
            Change::SupplyCap(_) => 0,
            Change::Room(_) => 1,
            Change::CashOutTax(_) => 2,
            Change::Royalty(_) => 3,
            Change::ReserveShare(_) => 4,
            Change::Drip(_) => 5,
            Change::RevenueTerms { .. } => 6,
            Change::RevenueEnd(_) => 7,
            Change::AcceptAttester(_) => 8,
            Change::Exempt(_) => 9,
            Change::Threshold(_) => 10,
            Change::Notice(_) => 11,
            Change::Inactivity(_) => 12,
            Change::LossLimit(_) => 13,
            Change::ResolveClaim(_) => 14,
            Change::Floor(_) => 15,
            Change::RemoveAttester(_) => 16,
            Change::DisputeClaim(_) => 17,
            Change::Dissolve => 18,
            Change::Auction { .. } => 19,
            Change::BookSurplus(_) => 20,
        }
    }

    /// The change that an account says: its kind, figures, claim and subject.
    pub(in crate::state) fn of(
        kind: u8,
        after: &Figures,
        claim: u64,
        subject: Pubkey,
    ) -> ProgramResult<Self> {
        let broken = TokenError::InvariantBroken;
        let value = after.value;
        let bps = || u16::try_from(value).map_err(|_| broken);
        let seconds = || u32::try_from(value).map_err(|_| broken);
        // An asset's place stands where a claim's number does.
        let place = || u8::try_from(claim).map_err(|_| broken);
        Ok(match kind {
            0 => Change::SupplyCap(value),
            1 => Change::Room(bps()?),
            2 => Change::CashOutTax(bps()?),
            3 => Change::Royalty(bps()?),
            4 => Change::ReserveShare(bps()?),
            5 => Change::Drip(seconds()?),
            6 => Change::RevenueTerms {
                claim,
                share_bps: after.share_bps,
                total: value,
                ends_at: after.ends_at,
            },
            7 => Change::RevenueEnd(claim),
            8 => Change::AcceptAttester(subject),
            9 => Change::Exempt(place()?),
            10 => Change::Threshold(bps()?),
            11 => Change::Notice(seconds()?),
            12 => Change::Inactivity(seconds()?),
            13 => Change::LossLimit(value),
            14 => Change::ResolveClaim(claim),
            15 => Change::Floor(value),
            16 => Change::RemoveAttester(subject),
            17 => Change::DisputeClaim(claim),
            18 => Change::Dissolve,
            19 => Change::Auction {
                claim,
                units: after.units,
                value,
                seconds: after.seconds,
            },
            20 => Change::BookSurplus(place()?),
            _ => return Err(broken),
        })
    }

    /// Number of the claim that it is about.
    pub fn claim(&self) -> Option<u64> {
        match self {
            Change::RevenueTerms { claim, .. }
            | Change::Auction { claim, .. }
            | Change::RevenueEnd(claim)
            | Change::ResolveClaim(claim)
            | Change::DisputeClaim(claim) => Some(*claim),
            _ => None,
        }
    }

    /// The attester that it is about.
    pub fn attester(&self) -> Option<Pubkey> {
        match self {
            Change::AcceptAttester(key) | Change::RemoveAttester(key) => Some(*key),
            _ => None,
        }
    }

    /// Place of the asset that it is about.
    pub fn asset(&self) -> Option<u8> {
        match self {
            Change::Exempt(place) | Change::BookSurplus(place) => Some(*place),
            _ => None,
        }
    }

    /// Whether the token's list of attesters is read for it.
    pub fn needs_attesters(&self) -> bool {
        self.attester().is_some() || matches!(self, Change::Auction { .. })
    }

    /// Place of the asset whose surplus it books.
    pub fn surplus(&self) -> Option<u8> {
        match self {
            Change::BookSurplus(place) => Some(*place),
            _ => None,
        }
    }

    /// The auction that it announces: it starts at twice the value and falls to half of it,
    /// rounded up. Errors: `InvalidAuction` for a value that cannot be doubled.
    pub fn auction(&self) -> ProgramResult<Option<AuctionTerms>> {
        let Change::Auction {
            units,
            value,
            seconds,
            ..
        } = *self
        else {
            return Ok(None);
        };
        let start = value.checked_mul(2).ok_or(TokenError::InvalidAuction)?;
        Ok(Some(AuctionTerms {
            units,
            start,
            end: value.div_ceil(2),
            seconds,
        }))
    }

    /// Number of the claim, or place of the asset, that it is about; else 0.
    pub(in crate::state) fn place(&self) -> u64 {
        let asset = self.asset().map(u64::from);
        asset.or(self.claim()).unwrap_or(0)
    }

    /// The numbers that it sets.
    pub fn figures(&self) -> Figures {
        match *self {
            Change::SupplyCap(value) | Change::Floor(value) | Change::LossLimit(value) => {
                figure(value)
            }
            Change::Room(bps)
            | Change::CashOutTax(bps)
            | Change::Royalty(bps)
            | Change::ReserveShare(bps)
            | Change::Threshold(bps) => figure(bps.into()),
            Change::Drip(seconds) | Change::Notice(seconds) | Change::Inactivity(seconds) => {
                figure(seconds.into())
            }
            Change::RevenueTerms {
                share_bps,
                total,
                ends_at,
                ..
            } => Figures {
                value: total,
                ends_at,
                share_bps,
                ..Figures::default()
            },
            Change::Auction {
                units,
                value,
                seconds,
                ..
            } => Figures {
                value,
                units,
                seconds,
                ..Figures::default()
            },
            Change::AcceptAttester(_)
            | Change::Exempt(_)
            | Change::DisputeClaim(_)
            | Change::BookSurplus(_) => figure(1),
            Change::RemoveAttester(_) | Change::ResolveClaim(_) => figure(0),
            Change::RevenueEnd(_) => figure(1),
            Change::Dissolve => figure(TokenStatus::WindDown as u64),
        }
    }

    /// Whom it is against, seen from the terms in force.
    pub fn class(&self, terms: &TokenTerms) -> ChangeClass {
        match self {
            Change::CashOutTax(bps) if *bps < terms.cash_out_tax_bps => ChangeClass::ForHolders,
            Change::Royalty(bps) if *bps < terms.royalty_bps => ChangeClass::ForHolders,
            Change::RemoveAttester(_) | Change::DisputeClaim(_) | Change::BookSurplus(_) => {
                ChangeClass::ForHolders
            }
            Change::Floor(_) | Change::Dissolve => ChangeClass::AgainstOwner,
            _ => ChangeClass::AgainstHolders,
        }
    }

    /// Whether the owner makes this change alone, at once.
    pub fn is_owners(&self, terms: &TokenTerms) -> bool {
        match self {
            Change::SupplyCap(cap) => *cap < terms.supply_cap,
            Change::CashOutTax(_) | Change::Royalty(_) => {
                self.class(terms) == ChangeClass::ForHolders
            }
            Change::Floor(_) | Change::BookSurplus(_) => true,
            _ => false,
        }
    }
}

const _: () = assert!(core::mem::size_of::<Figures>() == 32);

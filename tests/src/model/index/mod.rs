//! A pooled index as the design states it: who owns which part of what, in plain
//! numbers. Nothing here calls the programs' code; names of errors are the index
//! program's.
//!
//! What an index computes and books is in files of that name. A call as a whole, with
//! people's shares and cash that move, is in [`compose`], [`pool`], [`carts`],
//! [`join`], [`market`] and [`rule`].

pub mod auctions;
pub mod baskets;
pub mod books;
pub mod carts;
pub mod compose;
pub mod curate;
pub mod custody;
pub mod join;
pub mod market;
pub mod members;
pub mod pool;
pub mod price;
pub mod rule;
pub mod shares;
pub mod trades;

use {
    super::Place,
    std::collections::BTreeMap,
    upside_sdk::{
        Pubkey,
        event::Field,
        index::{IndexError, Kind, ParametersArgs, Status, TermsArgs, find_index},
    },
};

/// Version of every account's layout.
pub const VERSION: u8 = 1;
/// Slots of an index.
pub const SLOTS: usize = 64;
/// Slots that may be cash.
pub const CASH: usize = 4;
/// Auctions open at a time.
pub const TRADES: usize = 8;
/// Share atoms that nobody ever has, from the launch on.
pub const LOCKED: u64 = 1_000_000;
/// Days whose dilution counts together: today and the 30 before.
pub const WINDOW: u64 = 31;
/// Events that an index remembers: more than one transaction tells.
pub const REMEMBERED: usize = 16;
/// Seconds of a day.
pub const DAY: i64 = 86_400;

/// What a rule says: a result, or why not.
pub type Check<T = ()> = Result<T, IndexError>;
/// Atoms by slot.
pub type Amounts = [u64; SLOTS];

/// `Ok` where the rule holds.
pub(crate) fn require(holds: bool, error: IndexError) -> Check {
    if holds { Ok(()) } else { Err(error) }
}

/// A number as accounts hold it. Errors: `Overflow`.
pub(crate) fn narrow(number: u128) -> Check<u64> {
    u64::try_from(number).map_err(|_| IndexError::Overflow)
}

/// Both together. Errors: `Overflow`.
pub(crate) fn sum(a: u64, b: u64) -> Check<u64> {
    narrow(u128::from(a) + u128::from(b))
}

/// `floor(number * part / whole)`. Errors: `Overflow`; `MathDomain` of nothing.
pub(crate) fn floor(number: u64, part: u64, whole: u64) -> Check<u64> {
    require(whole > 0, IndexError::MathDomain)?;
    narrow(u128::from(number) * u128::from(part) / u128::from(whole))
}

/// `ceil(number * part / whole)`. Errors: `Overflow`; `MathDomain` of nothing.
pub(crate) fn ceil(number: u64, part: u64, whole: u64) -> Check<u64> {
    require(whole > 0, IndexError::MathDomain)?;
    narrow((u128::from(number) * u128::from(part)).div_ceil(u128::from(whole)))
}

/// An event: its name and what it says.
#[derive(Clone, Debug, PartialEq)]
pub struct Told {
    /// Name.
    pub name: &'static str,
    /// Its number, from 1 without gaps.
    pub sequence: u64,
    /// Fields in their order.
    pub fields: Vec<(&'static str, Field)>,
}

/// Tells an event with these fields.
macro_rules! tell {
    ($index:expr, $name:ident { $($field:ident $(: $value:expr)?),* $(,)? }) => {{
        let fields = vec![$(
            (stringify!($field), $crate::model::index::field!($field $(, $value)?).into()),
        )*];
        $index.tell(stringify!($name), fields);
    }};
}
pub(crate) use tell;

/// A field's value: a variable of its name, or an expression.
macro_rules! field {
    ($field:ident) => {
        $field
    };
    ($field:ident, $value:expr) => {
        $value
    };
}
pub(crate) use field;

/// One constituent.
#[derive(Clone, Debug, PartialEq)]
pub struct Slot {
    /// A person's token, or a mint of cash.
    pub key: Pubkey,
    /// Which of both; never free.
    pub kind: Kind,
    /// Atoms that back shares.
    pub counter: u64,
    /// Atoms in baskets.
    pub pending: u64,
    /// Target in atoms per whole share of the index.
    pub weight: u64,
    /// The announced one.
    pub pending_weight: u64,
    /// When nothing was left to harvest, unix seconds.
    pub harvested_at: i64,
    /// Decimals of cash, else zero.
    pub decimals: u8,
    /// Place of its book of the equal share, for cash.
    pub book: u8,
}

/// What members are owed of one cash constituent.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Book {
    /// The slot, as long as it is in use; kept afterwards.
    pub slot: u8,
    /// Whether a slot uses it.
    pub used: bool,
    /// Atoms per member since the beginning, in 2^-64.
    pub index: u128,
    /// Set aside and in no member's part yet, in 2^-64 atoms.
    pub carry: u64,
    /// Atoms set aside and not yet paid.
    pub owed: u64,
}

/// An open auction as the list has it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Trade {
    /// The auction.
    pub number: u64,
    /// The slot that is sold.
    pub sell: u8,
    /// The slot that is bought.
    pub buy: u8,
}

/// An index.
#[derive(Clone, Debug, PartialEq)]
pub struct Index {
    /// Who created it.
    pub creator: Pubkey,
    /// The creator's number of it.
    pub number: u64,
    /// Name.
    pub name: String,
    /// Symbol.
    pub symbol: String,
    /// Where it stands.
    pub status: Status,
    /// Whether new money is stopped.
    pub paused: bool,
    /// What was promised for good.
    pub terms: TermsArgs,
    /// What holds now.
    pub parameters: ParametersArgs,
    /// What was announced last.
    pub announced: ParametersArgs,
    /// When that may be applied; 0 where nothing waits.
    pub parameters_at: i64,
    /// When announced weights may be applied; 0 where none wait.
    pub weights_at: i64,
    /// Who runs it.
    pub curator: Option<Pubkey>,
    /// Who may take over.
    pub pending_curator: Option<Pubkey>,
    /// Who may pause too.
    pub guardian: Option<Pubkey>,
    /// Who gets fee shares.
    pub fee_recipient: Pubkey,
    /// Share atoms in existence, when it was last looked at: people may burn theirs.
    pub supply: u64,
    /// Fee shares to be minted.
    pub pending_fee: u64,
    /// Rest of the management fee, in 1 / (10^4 * year) share atoms.
    pub fee_carry: u64,
    /// Until when the management fee is charged.
    pub accrued_at: i64,
    /// Who earns the equal share.
    pub members: u64,
    /// Who earns it or has some to claim.
    pub claimants: u64,
    /// Memberships ever accepted.
    pub memberships: u64,
    /// Auctions ever opened.
    pub auctions_opened: u64,
    /// Events so far.
    pub sequence: u64,
    /// The last of them.
    pub told: Vec<Told>,
    /// Day of the last dilution.
    pub dilution_day: u64,
    /// Shares minted for members, by day since 1970, of the window before that day.
    pub dilution: BTreeMap<u64, u64>,
    /// Books of the equal share.
    pub books: [Book; CASH],
    /// Open auctions, at their places.
    pub trades: [Option<Trade>; TRADES],
    /// The slots.
    pub slots: [Option<Slot>; SLOTS],
    /// Open baskets, by wallet and nonce.
    pub baskets: BTreeMap<(Pubkey, u64), baskets::Basket>,
    /// Memberships, by the person's token.
    pub people: BTreeMap<Pubkey, members::Membership>,
    /// Open auctions, by number.
    pub auctions: BTreeMap<u64, auctions::Auction>,
}

impl Index {
    /// The index's address.
    pub fn address(&self) -> Pubkey {
        find_index(&self.creator, self.number).0
    }

    /// Every account that belongs to the index alone.
    pub fn places(&self, key: &Pubkey) -> Vec<Place> {
        let mut places = vec![Place::Index(*key)];
        let people = self.people.keys();
        places.extend(people.map(|token| Place::Membership(*key, *token)));
        let baskets = self.baskets.keys();
        places.extend(baskets.map(|(wallet, nonce)| Place::Basket(*key, *wallet, *nonce)));
        let auctions = self.auctions.keys();
        places.extend(auctions.map(|number| Place::Auction(*key, *number)));
        places
    }

    /// One more event.
    pub(crate) fn tell(&mut self, name: &'static str, fields: Vec<(&'static str, Field)>) {
        self.sequence += 1;
        if self.told.len() == REMEMBERED {
            self.told.remove(0);
        }
        self.told.push(Told {
            name,
            sequence: self.sequence,
            fields,
        });
    }

    /// A redemption, at once or to a basket.
    pub(crate) fn tell_redeemed(
        &mut self,
        wallet: &Pubkey,
        burned: u64,
        what: &shares::Redemption,
        basket: Pubkey,
    ) {
        tell!(
            self,
            SharesRedeemed {
                wallet: *wallet,
                burned,
                fee: what.fee,
                supply: self.supply,
                pending_fee_shares: self.pending_fee,
                basket,
            }
        );
    }

    /// Errors: `NotActive`.
    pub(crate) fn require_active(&self) -> Check {
        require(self.status == Status::Active, IndexError::NotActive)
    }

    /// New money is welcome. Errors: `NotActive`, `Paused`.
    pub(crate) fn require_running(&self) -> Check {
        self.require_active()?;
        require(!self.paused, IndexError::Paused)
    }

    /// Errors: `NotCurator`.
    pub(crate) fn require_curator(&self, who: &Pubkey) -> Check {
        require(self.curator.as_ref() == Some(who), IndexError::NotCurator)
    }

    /// What is in a slot. Errors: `NotAConstituent`.
    pub fn slot(&self, slot: u8) -> Check<&Slot> {
        let place = self.slots.get(usize::from(slot));
        place
            .and_then(Option::as_ref)
            .ok_or(IndexError::NotAConstituent)
    }

    pub(crate) fn slot_mut(&mut self, slot: u8) -> Check<&mut Slot> {
        let place = self.slots.get_mut(usize::from(slot));
        place
            .and_then(Option::as_mut)
            .ok_or(IndexError::NotAConstituent)
    }

    /// Slots in use, with their numbers.
    pub fn used(&self) -> impl Iterator<Item = (u8, &Slot)> {
        let all = (0u8..).zip(&self.slots);
        all.filter_map(|(number, slot)| Some((number, slot.as_ref()?)))
    }

    /// Slots with something that backs shares.
    pub fn held(&self) -> impl Iterator<Item = (u8, &Slot)> {
        self.used().filter(|(_, slot)| slot.counter > 0)
    }

    /// The slot of a person or of a mint. Errors: `NotAConstituent`.
    pub fn slot_of(&self, key: &Pubkey) -> Check<u8> {
        let mut all = self.used();
        let found = all.find(|(_, slot)| slot.key == *key);
        found
            .map(|(number, _)| number)
            .ok_or(IndexError::NotAConstituent)
    }

    /// Atoms that custody must hold of a slot: behind shares, in baskets, and for cash
    /// what members are owed.
    pub fn booked(&self, slot: u8) -> Check<u64> {
        let constituent = self.slot(slot)?;
        let booked = sum(constituent.counter, constituent.pending)?;
        match constituent.kind {
            Kind::Cash => sum(booked, self.books[usize::from(constituent.book)].owed),
            Kind::Free | Kind::Personal => Ok(booked),
        }
    }

    /// Shares that exist and fee shares to come: all share in the index.
    pub fn effective(&self) -> Check<u64> {
        sum(self.supply, self.pending_fee)
    }

    /// When what is announced now takes effect.
    pub(crate) fn after_notice(&self, now: i64) -> i64 {
        now + i64::from(self.terms.notice_seconds)
    }
}

impl Slot {
    /// Atoms that come to back shares. A slot that was empty has nothing to harvest.
    pub(crate) fn receive(&mut self, atoms: u64, now: i64) -> Check {
        if self.counter == 0 && atoms > 0 {
            self.harvested_at = self.harvested_at.max(now);
        }
        self.counter = sum(self.counter, atoms)?;
        Ok(())
    }
}

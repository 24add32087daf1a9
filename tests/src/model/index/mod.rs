//! A pooled index as the design states it: who owns which part of what, in plain
//! numbers. Nothing here calls the programs' code; names of errors are the index
//! program's.
//!
//! What an index computes and books is in files of that name. A call as a whole, with
//! people's shares and cash that move, is in [`compose`], [`pool`], [`basket_calls`],
//! [`join`], [`auction_calls`] and [`rule`].

pub use crate::pooled_index::{
    announcement::actions, announcement::model as notices, basket::basket_calls,
    basket::model as baskets, constituent::custody, constituent::due, constituent::model as books,
    constituent::slot, index::compose, index::curator_calls as rule, index::model as curate,
    lock::calls as votes, lock::model as locks, membership::calls as join,
    membership::model as members, rebalance::auction_calls, rebalance::model as rebalance,
    rebalance::orders, rebalance::price, share::calls as pool, share::model as shares,
    wrap::model as wraps, wrap::unwraps, wrap::wound_up,
};
pub use slot::{Book, Slot};

pub(crate) use {
    super::Place,
    std::collections::BTreeMap,
    upside_sdk::{
        Pubkey,
        event::Field,
        index::{
            IndexError, IndexStatus, ParametersInput, RecipientArgs, SlotKind, TermsInput,
            find_index,
        },
    },
};

/// Version of every account's layout.
pub const VERSION: u8 = 1;
/// Slots of an index.
pub const SLOTS: usize = 64;
/// Places on the list of coins.
pub const CASH: usize = 8;
/// Share atoms that nobody ever has, from the launch on.
pub const LOCKED: u64 = 1_000_000;
/// Events that an index remembers: more than one transaction tells.
pub const REMEMBERED: usize = 48;
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
pub struct ReportedEvent {
    /// Name.
    pub name: &'static str,
    /// Its number, from 1 without gaps.
    pub sequence: u64,
    /// Fields in their order.
    pub fields: Vec<(&'static str, Field)>,
}

/// Tells an event with these fields.
macro_rules! report {
    ($index:expr, $name:ident { $($field:ident $(: $value:expr)?),* $(,)? }) => {{
        let fields = vec![$(
            (stringify!($field), $crate::model::index::field!($field $(, $value)?).into()),
        )*];
        $index.report(stringify!($name), fields);
    }};
}
pub(crate) use report;

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

/// An index.
#[derive(Clone, Debug, PartialEq)]
pub struct PooledIndex {
    /// Who created it.
    pub creator: Pubkey,
    /// The creator's number of it.
    pub number: u64,
    /// Name.
    pub name: String,
    /// Symbol.
    pub symbol: String,
    /// Address of the file that wallets read.
    pub uri: String,
    /// Where it stands.
    pub status: IndexStatus,
    /// Until when new money is stopped; 0 if it never was.
    pub paused_until: i64,
    /// From when on it may be stopped again.
    pub pausable_from: i64,
    /// What was promised for good.
    pub terms: TermsInput,
    /// What holds now.
    pub parameters: ParametersInput,
    /// Who runs it.
    pub curator: Option<Pubkey>,
    /// Who may take over.
    pub pending_curator: Option<Pubkey>,
    /// Who may tighten and stop too.
    pub launcher: Option<Pubkey>,
    /// Who may offer and end memberships too.
    pub admissions: Option<Pubkey>,
    /// Who may pause too.
    pub guardian: Option<Pubkey>,
    /// Who gets fee shares.
    pub recipients: Vec<RecipientArgs>,
    /// Share atoms in existence, when it was last looked at: people may burn theirs.
    pub supply: u64,
    /// Fee shares to be minted.
    pub pending_fee: u64,
    /// Rest of the management fee, in 1 / (10^4 * year) share atoms.
    pub fee_carry: u64,
    /// Until when the management fee is charged.
    pub accrued_at: i64,
    /// Shares that counted at the end of an earlier second.
    pub settled: u64,
    /// In which second that was noted.
    pub settled_at: i64,
    /// Who earns the equal share.
    pub members: u64,
    /// Who earns it or has some to claim.
    pub claimants: u64,
    /// Memberships ever accepted.
    pub memberships: u64,
    /// Events so far.
    pub sequence: u64,
    /// The last of them.
    pub reported: Vec<ReportedEvent>,
    /// Period of 31 days since 1970 of the last mint for members.
    pub diluted_period: u64,
    /// Parts of the whole that members took, by period.
    pub diluted: BTreeMap<u64, u64>,
    /// When new members came in, all that ever did.
    pub admitted: Vec<i64>,
    /// Offers by number; also those that fell, until they are closed.
    pub offers: BTreeMap<u64, members::Offer>,
    /// Books of the equal share.
    pub books: [Book; CASH],
    /// Announcements ever made.
    pub notices_made: u64,
    /// Open announcements, at their places.
    pub notices: [Option<notices::Notice>; notices::NOTICES],
    /// Vetoed contents.
    pub vetoed: [notices::Vetoed; notices::REMEMBERED_VETOES],
    /// Announced actions by number; also of announcements that fell, until they are
    /// closed.
    pub announced: BTreeMap<u64, actions::Announced>,
    /// Locks by wallet.
    pub locks: BTreeMap<Pubkey, locks::Lock>,
    /// Candidacies ever opened.
    pub candidacies: u64,
    /// Who would be curator, with the number of the candidacy.
    pub candidates: BTreeMap<Pubkey, u64>,
    /// The slots.
    pub slots: [Option<Slot>; SLOTS],
    /// Open baskets, by wallet and nonce.
    pub baskets: BTreeMap<(Pubkey, u64), baskets::Basket>,
    /// Memberships, by the person's token.
    pub people: BTreeMap<Pubkey, members::Membership>,
    /// Slots ever wrapped.
    pub wraps: u64,
    /// Wrappers by number.
    pub wrappers: BTreeMap<u64, wraps::Wrapper>,
    /// The rebalance, once one was drafted.
    pub rebalance: Option<rebalance::Rebalance>,
}

impl PooledIndex {
    /// The index's address.
    pub fn address(&self) -> Pubkey {
        find_index(&self.creator, self.number).0
    }

    /// Every account that belongs to the index alone.
    pub fn places(&self, key: &Pubkey) -> Vec<Place> {
        let mut places = vec![Place::Index(*key)];
        let people = self.people.keys();
        places.extend(people.map(|token| Place::Membership(*key, *token)));
        places.extend(self.offers.keys().map(|nonce| Place::Offer(*key, *nonce)));
        let subjects = self.people.values().filter_map(|mine| mine.subject);
        places.extend(subjects.map(|subject| Place::Subject(*key, subject)));
        let baskets = self.baskets.keys();
        places.extend(baskets.map(|(wallet, nonce)| Place::Basket(*key, *wallet, *nonce)));
        let announced = self.announced.keys();
        places.extend(announced.map(|nonce| Place::Announcement(*key, *nonce)));
        places.extend(self.locks.keys().map(|wallet| Place::Lock(*key, *wallet)));
        let candidates = self.candidates.keys();
        places.extend(candidates.map(|who| Place::Candidacy(*key, *who)));
        let wrappers = self.wrappers.keys();
        places.extend(wrappers.map(|number| Place::Wrapper(*key, *number)));
        if self.rebalance.is_some() {
            places.push(Place::Rebalance(*key));
        }
        places
    }

    /// One more event.
    pub(crate) fn report(&mut self, name: &'static str, fields: Vec<(&'static str, Field)>) {
        self.sequence += 1;
        if self.reported.len() == REMEMBERED {
            self.reported.remove(0);
        }
        self.reported.push(ReportedEvent {
            name,
            sequence: self.sequence,
            fields,
        });
    }

    /// A redemption, at once or to a basket.
    pub(crate) fn report_redeemed(
        &mut self,
        wallet: &Pubkey,
        burned: u64,
        what: &shares::Redemption,
        basket: Pubkey,
    ) {
        report!(
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
        require(self.status == IndexStatus::Active, IndexError::NotActive)
    }

    /// New money is welcome. Errors: `NotActive`, `Paused`.
    pub(crate) fn require_running(&self, now: i64) -> Check {
        self.require_active()?;
        require(now >= self.paused_until, IndexError::Paused)
    }

    /// Errors: `NotCurator`.
    pub(crate) fn require_curator(&self, who: &Pubkey) -> Check {
        require(self.curator.as_ref() == Some(who), IndexError::NotCurator)
    }

    /// Errors: `NotLauncher`.
    pub(crate) fn require_launcher(&self, who: &Pubkey) -> Check {
        let may = [&self.curator, &self.launcher];
        let may = may.iter().any(|key| key.as_ref() == Some(who));
        require(may, IndexError::NotLauncher)
    }

    /// Whether dividends in this mint are collected.
    pub(crate) fn is_coin(&self, slot: &Slot) -> bool {
        slot.place()
            .is_some_and(|place| self.books[place].used == 1)
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
        let own = sum(constituent.counter, constituent.pending)?;
        if constituent.wraps.is_some() {
            return Ok(own);
        }
        let booked = sum(own, constituent.behind)?;
        match constituent.place() {
            Some(place) => sum(sum(booked, self.books[place].owed)?, self.books[place].pots),
            None => Ok(booked),
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

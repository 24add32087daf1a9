//! A rebalance: one draft of orders, sealed as one announcement, traded on one clock.

use {
    super::{
        AnnouncementKind, Constituent, MAX_CONSTITUENTS, PooledIndex, SlotKind, VERSION,
        trading::References,
    },
    crate::error::{IndexError, ProgramResult, require},
    anchor_lang::prelude::*,
    personal_token::state::PodU128,
    solana_sha256_hasher::hash,
    upside_math::decay,
    upside_support::Byte,
};

/// Shortest and longest time that a rebalance takes bids, in seconds.
pub const REBALANCE_DURATION: (u32, u32) = (6 * 3_600, 7 * 86_400);
/// Notice of a rebalance that may sell more than a quarter of a slot, in seconds.
pub const LONG_NOTICE: u32 = 30 * 86_400;
/// Most orders that one instruction adds: as many events fit the log.
pub const MAX_ORDERS_ADDED: usize = 16;
/// Bytes of one order in what is hashed.
const HASHED: usize = 32 + 1 + 8 + 16 + 16;

upside_support::byte_enum! {
    /// Where a rebalance stands. What is sealed here may have been vetoed: only the
    /// index knows whether its announcement stands.
    RebalanceStatus, IndexError::InvariantBroken,
    /// It is over, or was never opened.
    Ended = 0,
    /// The curator adds orders.
    Drafting = 1,
    /// It is announced and changes no more, but for tighter prices.
    Sealed = 2,
}

/// Which way a slot is traded.
#[derive(AnchorSerialize, AnchorDeserialize, Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The index sells of it, at a value that falls from the high to the low.
    Sell,
    /// The index buys of it, at a value that rises from the low to the high.
    Buy,
}

upside_support::byte_enum! {
    /// Which way a slot is traded, if it is.
    OrderSide, IndexError::InvariantBroken,
    /// It is not.
    None = 0,
    /// The index sells of it.
    Sell = 1,
    /// The index buys of it.
    Buy = 2,
}

impl From<Side> for OrderSide {
    fn from(side: Side) -> Self {
        match side {
            Side::Sell => OrderSide::Sell,
            Side::Buy => OrderSide::Buy,
        }
    }
}

/// An order as an instruction carries it.
#[derive(AnchorSerialize, AnchorDeserialize, Clone, Copy, Debug, PartialEq, Eq)]
pub struct OrderInput {
    /// The slot.
    pub slot: u8,
    /// Which way it is traded.
    pub side: Side,
    /// Atoms that the index shall hold per whole index share afterwards.
    pub target: u64,
    /// Lowest value of one atom, Q64.64, in a unit that all orders share; above zero.
    pub low: u128,
    /// Highest value of one atom in the same unit, at most twice the lowest.
    pub high: u128,
    /// Of a person: share atoms in existence for which these values were found; the
    /// mint's supply now counts instead where that is better for the index. 0 of a mint.
    pub supply: u64,
}

/// What one slot is traded for, and how much of it was traded lately.
#[zero_copy]
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Order {
    /// The constituent that stood in the slot when the order was added.
    pub key: Pubkey,
    /// Atoms per whole index share that the slot is traded towards.
    pub target: u64,
    /// Atoms that may still be traded.
    pub left: u64,
    /// Share atoms of the person that its values are for; 0 of a mint.
    pub supply: u64,
    /// Lowest value of one atom, Q64.64.
    pub low: PodU128,
    /// Highest value of one atom, Q64.64.
    pub high: PodU128,
    /// Binary logarithm of the ratio of both in 2^-64; 0 also of a ratio of two.
    pub decay: u64,
    /// First bytes of the key of what was traded, wrapped or not: what is said of it below
    /// is forgotten only when something else stands in the slot.
    pub known: u64,
    /// The most atoms per share that was seen in the present period, which ends 30 days
    /// after the last trade.
    pub reference: u64,
    /// When the slot was traded last, unix seconds; 0 for never.
    pub traded_at: i64,
    /// The most atoms per share that was seen in the present year.
    pub year_reference: u64,
    /// The same of the year before.
    pub year_before: u64,
    /// When the present year began, with a trade, unix seconds; 0 for never.
    pub year_at: i64,
    /// Which way the slot is traded.
    pub side: Byte<OrderSide>,
    pub(crate) padding: [u8; 7],
}

/// The one rebalance of an index: a draft, what is announced, or what is over. The
/// account is used again for the next.
#[account(zero_copy)]
#[derive(Debug, PartialEq, Eq)]
pub struct Rebalance {
    /// Layout version.
    pub version: u8,
    /// Bump of this account's address.
    pub bump: u8,
    /// Where the rebalance stands.
    pub status: Byte<RebalanceStatus>,
    /// 1 if it waits 30 days, so that it may sell more than a quarter of a slot.
    pub long_notice: u8,
    /// 1 if it was sealed for a majority's yes, without which large orders do not trade.
    pub by_majority: u8,
    pub(crate) padding: [u8; 3],
    /// The index.
    pub index: Pubkey,
    /// Number of its announcement.
    pub nonce: u64,
    /// First second in which it is traded, unix time.
    pub starts_at: i64,
    /// Last second in which it is traded, unix time.
    pub ends_at: i64,
    /// Hash of what was sealed.
    pub content: [u8; 32],
    /// Orders by slot.
    pub orders: [Order; MAX_CONSTITUENTS],
    pub(crate) reserved: [u64; 2],
}

/// How a draft is sealed.
#[derive(AnchorSerialize, AnchorDeserialize, Clone, Copy, Debug, PartialEq, Eq)]
pub struct SealArgs {
    /// The draft's hash that the curator saw: another draft is refused.
    pub content: [u8; 32],
    /// Seconds for which it is traded: 6 hours to 7 days.
    pub duration: u32,
    /// Whether it waits 30 days, and may sell more than a quarter of a slot.
    pub long_notice: bool,
    /// Whether orders beyond the limits wait for a majority's yes, rather than being
    /// refused now.
    pub by_majority: bool,
}

impl Order {
    /// Refuses what cannot be an order of this constituent. Errors: `InvalidOrder`.
    fn check(args: &OrderInput, constituent: &Constituent, supply: u64) -> ProgramResult<()> {
        let person = constituent.kind()? == SlotKind::Personal;
        let fits = args.low > 0
            && args.low <= args.high
            && args.high.checked_sub(args.low) <= Some(args.low)
            && person == (args.supply > 0)
            && person == (supply > 0);
        require(fits, IndexError::InvalidOrder)
    }

    /// The order of a slot for the constituent in it. What was traded before is
    /// remembered as long as the slot has the same constituent, wrapped or not.
    fn place(
        &mut self,
        args: &OrderInput,
        constituent: &Constituent,
        mint_supply: u64,
    ) -> ProgramResult<()> {
        Self::check(args, constituent, mint_supply)?;
        if self.known != constituent.identity() {
            *self = Order {
                known: constituent.identity(),
                ..Order::default()
            };
        }
        self.key = constituent.key;
        self.side = OrderSide::from(args.side).into();
        self.target = args.target;
        self.left = 0;
        // Printed before a price was found for fewer, burned before one for more: either
        // counts as if it happened afterwards.
        self.supply = match args.side {
            Side::Sell => args.supply.max(mint_supply),
            Side::Buy => args.supply.min(mint_supply),
        };
        self.set_values(args.low, args.high)
    }

    fn set_values(&mut self, low: u128, high: u128) -> ProgramResult<()> {
        self.decay = PodU128::from(decay(high, low)?).low;
        self.low = low.into();
        self.high = high.into();
        Ok(())
    }

    /// Which way the slot is traded; `None` without an order.
    pub fn side(&self) -> Option<Side> {
        match self.side.get() {
            Ok(OrderSide::Sell) => Some(Side::Sell),
            Ok(OrderSide::Buy) => Some(Side::Buy),
            Ok(OrderSide::None) | Err(_) => None,
        }
    }

    /// Binary logarithm of the ratio of high and low, Q64.64.
    pub fn decay(&self) -> u128 {
        let (low, high) = (self.low.unsigned(), self.high.unsigned());
        match low.checked_mul(2) == Some(high) {
            true => 1 << 64,
            false => u128::from(self.decay),
        }
    }

    /// Refuses the other side, and a slot in which another constituent stands since.
    /// Errors: `NotForTrade`, `OrderStale`.
    pub(crate) fn require(&self, side: Side, constituent: &Constituent) -> ProgramResult<()> {
        require(self.side() == Some(side), IndexError::NotForTrade)?;
        require(self.key == constituent.key, IndexError::OrderStale)
    }

    /// The launcher or the curator makes the value better for the index: raises the low
    /// of what is sold, lowers the high of what is bought. Errors: `NotForTrade`,
    /// `NotTighter`.
    fn tighten(&mut self, value: u128) -> ProgramResult<()> {
        let (low, high) = (self.low.unsigned(), self.high.unsigned());
        match self.side().ok_or(IndexError::NotForTrade)? {
            Side::Sell => {
                require(low < value && value <= high, IndexError::NotTighter)?;
                self.set_values(value, high)
            }
            Side::Buy => {
                require(low <= value && value < high, IndexError::NotTighter)?;
                self.set_values(low, value)
            }
        }
    }

    fn write_content(&self, bytes: &mut Vec<u8>) {
        if self.side != OrderSide::None {
            bytes.extend_from_slice(self.key.as_ref());
            bytes.push(self.side.raw());
            bytes.extend_from_slice(&self.target.to_le_bytes());
            bytes.extend_from_slice(&self.low.unsigned().to_le_bytes());
            bytes.extend_from_slice(&self.high.unsigned().to_le_bytes());
        }
    }
}

impl Rebalance {
    /// Fills a new account.
    pub(crate) fn create(&mut self, index: &Pubkey, bump: u8) {
        self.version = VERSION;
        self.index = *index;
        self.bump = bump;
    }

    /// Where it stands.
    pub fn status(&self) -> ProgramResult<RebalanceStatus> {
        self.status.get()
    }

    /// Whether it is announced, or traded, and may not be replaced.
    pub fn is_running(&self, index: &PooledIndex, now: i64) -> ProgramResult<bool> {
        Ok(self.status()? == RebalanceStatus::Sealed
            && index.announcement(self.nonce).is_ok()
            && index.require_active().is_ok()
            && now <= self.ends_at)
    }

    /// Starts a draft in place of what was here, and frees the place of an announcement
    /// that is over. Errors: `NotActive`, `RebalanceRunning`.
    pub(crate) fn open(&mut self, index: &mut PooledIndex, now: i64) -> ProgramResult<()> {
        index.require_active()?;
        let running = self.is_running(index, now)?;
        require(!running, IndexError::RebalanceRunning)?;
        self.free_place(index)?;
        for order in &mut self.orders {
            order.side = OrderSide::None.into();
            order.left = 0;
        }
        self.content = [0; 32];
        self.nonce = 0;
        self.starts_at = 0;
        self.ends_at = 0;
        self.status = RebalanceStatus::Drafting.into();
        Ok(())
    }

    fn free_place(&self, index: &mut PooledIndex) -> ProgramResult<()> {
        let sealed = self.status()? == RebalanceStatus::Sealed;
        if sealed && index.announcement(self.nonce).is_ok() {
            index.end_announcement(self.nonce)?;
        }
        Ok(())
    }

    /// Errors: `NoDraft`.
    fn require_draft(&self) -> ProgramResult<()> {
        let drafting = self.status()? == RebalanceStatus::Drafting;
        require(drafting, IndexError::NoDraft)
    }

    /// Adds an order to the draft, in place of an earlier one of the same slot;
    /// `mint_supply` are the share atoms of a person, 0 of a mint. Errors: `NoDraft`,
    /// `NotAConstituent`, `InvalidOrder`.
    pub(crate) fn add(
        &mut self,
        index: &PooledIndex,
        args: &OrderInput,
        mint_supply: u64,
    ) -> ProgramResult<&Order> {
        self.require_draft()?;
        let constituent = index.constituent(args.slot)?;
        let order = self.order_mut(args.slot)?;
        order.place(args, constituent, mint_supply)?;
        Ok(order)
    }

    /// The order of a slot.
    pub fn order(&self, slot: u8) -> ProgramResult<&Order> {
        let order = self.orders.get(usize::from(slot));
        order.ok_or(IndexError::NotAConstituent)
    }

    pub(crate) fn order_mut(&mut self, slot: u8) -> ProgramResult<&mut Order> {
        let order = self.orders.get_mut(usize::from(slot));
        order.ok_or(IndexError::NotAConstituent)
    }

    /// The slots that are traded, with their numbers.
    pub fn traded(&self) -> impl Iterator<Item = (u8, &Order)> {
        (0u8..)
            .zip(&self.orders)
            .filter(|(_, order)| order.side != OrderSide::None)
    }

    /// SHA-256 of all orders by slot, without noted supplies and counts: key, side,
    /// target, low, high.
    pub fn hash(&self) -> [u8; 32] {
        let mut bytes = Vec::with_capacity(HASHED.saturating_mul(self.traded().count()));
        for (_, order) in self.traded() {
            order.write_content(&mut bytes);
        }
        hash(&bytes).to_bytes()
    }

    /// Announces the draft. Lots are what each slot holds beyond, or lacks to, its target
    /// now. MUST follow `accrue`. Errors: `NotActive`, `NoDraft`, `DraftChanged`,
    /// `InvalidDuration`, `OrderStale`, `TurnoverTooLarge`, `NothingToTrade`,
    /// `AnnouncementListFull`.
    pub(crate) fn seal(
        &mut self,
        index: &mut PooledIndex,
        args: &SealArgs,
        now: i64,
    ) -> ProgramResult<()> {
        index.require_active()?;
        self.require_draft()?;
        let content = self.hash();
        require(content == args.content, IndexError::DraftChanged)?;
        let (shortest, longest) = REBALANCE_DURATION;
        let fits = (shortest..=longest).contains(&args.duration);
        require(fits, IndexError::InvalidDuration)?;

        let mut notice = index.terms.notice_seconds;
        if args.long_notice {
            notice = notice.max(LONG_NOTICE);
        }
        let kind = AnnouncementKind::Rebalance;
        let (nonce, effective_at) = index.announce(kind, content, notice, now)?;
        self.note_lots(index, args, effective_at)?;
        let ends_at = effective_at.checked_add(i64::from(args.duration));
        self.ends_at = ends_at.ok_or(IndexError::Overflow)?;
        self.starts_at = effective_at;
        self.nonce = nonce;
        self.content = content;
        self.long_notice = u8::from(args.long_notice);
        self.by_majority = u8::from(args.by_majority);
        self.status = RebalanceStatus::Sealed.into();
        Ok(())
    }

    fn note_lots(
        &mut self,
        index: &PooledIndex,
        args: &SealArgs,
        starts_at: i64,
    ) -> ProgramResult<()> {
        let (mut sells, mut buys) = (false, false);
        for (slot, order) in (0u8..).zip(&mut self.orders) {
            let Some(side) = order.side() else { continue };
            order.require(side, index.constituent(slot)?)?;
            match side {
                Side::Sell => {
                    order.left = index.surplus(slot, order.target)?;
                    sells |= order.left > 0;
                    let held = index.held_per_share(slot)?;
                    let most = References::of(order, held, starts_at);
                    let floor = most.floor(args.long_notice, args.by_majority)?;
                    require(order.target >= floor, IndexError::TurnoverTooLarge)?;
                }
                Side::Buy => {
                    order.left = index.deficit(slot, order.target)?;
                    buys |= order.left > 0;
                }
            }
        }
        require(sells && buys, IndexError::NothingToTrade)
    }

    /// Refuses another announcement, and one that does not stand. Errors: `NotAnnounced`,
    /// `NotActive`.
    pub(crate) fn require_announced(&self, index: &PooledIndex, nonce: u64) -> ProgramResult<()> {
        index.require_active()?;
        let sealed = self.status()? == RebalanceStatus::Sealed;
        require(sealed && self.nonce == nonce, IndexError::NotAnnounced)?;
        index.announcement(nonce).map(|_| ())
    }

    /// Makes one order tighter. Errors: `NotActive`, `NotAnnounced`, `RebalanceOver`,
    /// `NotForTrade`, `NotTighter`.
    pub(crate) fn tighten(
        &mut self,
        index: &PooledIndex,
        nonce: u64,
        slot: u8,
        value: u128,
        now: i64,
    ) -> ProgramResult<&Order> {
        self.require_announced(index, nonce)?;
        require(now <= self.ends_at, IndexError::RebalanceOver)?;
        let order = self.order_mut(slot)?;
        order.tighten(value)?;
        Ok(order)
    }

    /// Ends it: whoever may launch (`launches`) at any time, anybody once it is over,
    /// vetoed, or the index wound down. Errors: `NotAnnounced`, `RebalanceNotOver`.
    pub(crate) fn end(
        &mut self,
        index: &mut PooledIndex,
        launches: bool,
        now: i64,
    ) -> ProgramResult<()> {
        let sealed = self.status()? == RebalanceStatus::Sealed;
        require(sealed, IndexError::NotAnnounced)?;
        let over = !self.is_running(index, now)?;
        require(over || launches, IndexError::RebalanceNotOver)?;
        self.free_place(index)?;
        self.status = RebalanceStatus::Ended.into();
        Ok(())
    }
}

const _: () = assert!(core::mem::size_of::<Order>() == 152);
const _: () =
    assert!(core::mem::size_of::<Rebalance>() == 8 + 32 + 24 + 32 + MAX_CONSTITUENTS * 152 + 16);
// One call creates at most 10,240 bytes.
const _: () = assert!(core::mem::size_of::<Rebalance>() + 8 <= 10_240);

//! One draft of orders, announced as a whole, traded on one clock.

use {
    crate::model::index::{
        notices::REBALANCE,
        orders::{self, Between, Order},
        *,
    },
    sha2::{Digest, Sha256},
    upside_sdk::index::{OrderInput, RebalanceStatus, SealArgs, Side, Trade},
};

/// The rebalance of an index.
#[derive(Clone, Debug, PartialEq)]
pub struct Rebalance {
    /// Where it stands; what is announced may have been vetoed.
    pub status: RebalanceStatus,
    /// Number of its announcement.
    pub nonce: u64,
    /// First second of trades.
    pub starts_at: i64,
    /// Last second of trades.
    pub ends_at: i64,
    /// Whether it waits 30 days.
    pub long_notice: bool,
    /// Whether large orders wait for a majority.
    pub by_majority: bool,
    /// Hash of what was announced.
    pub content: [u8; 32],
    /// Orders by slot.
    pub orders: [Order; SLOTS],
}

impl Rebalance {
    fn new() -> Rebalance {
        Rebalance {
            status: RebalanceStatus::Ended,
            nonce: 0,
            starts_at: 0,
            ends_at: 0,
            long_notice: false,
            by_majority: false,
            content: [0; 32],
            orders: std::array::from_fn(|_| Order::default()),
        }
    }

    /// Orders with a side, by slot.
    pub fn traded(&self) -> impl Iterator<Item = (u8, &Order)> {
        let all = (0u8..).zip(&self.orders);
        all.filter(|(_, order)| order.side.is_some())
    }

    /// SHA-256 of every order's key, side, target, low and high.
    pub fn hash(&self) -> [u8; 32] {
        let mut hash = Sha256::new();
        for (_, order) in self.traded() {
            hash.update(order.key);
            hash.update([if order.side == Some(Side::Sell) { 1 } else { 2 }]);
            hash.update(order.target.to_le_bytes());
            hash.update(order.low.to_le_bytes());
            hash.update(order.high.to_le_bytes());
        }
        hash.finalize().into()
    }

    /// The order of a slot. Errors: `NotAConstituent`.
    pub fn order(&self, slot: u8) -> Check<&Order> {
        let order = self.orders.get(usize::from(slot));
        order.ok_or(IndexError::NotAConstituent)
    }
}

impl PooledIndex {
    /// Whether what was announced stands and is not over.
    pub fn is_running(&self, rebalance: &Rebalance, now: i64) -> bool {
        rebalance.status == RebalanceStatus::Sealed
            && self.notice(rebalance.nonce).is_ok()
            && self.status == IndexStatus::Active
            && now <= rebalance.ends_at
    }

    fn drafted(&mut self) -> Check<&mut Rebalance> {
        let found = self.rebalance.as_mut();
        let draft = found.filter(|it| it.status == RebalanceStatus::Drafting);
        draft.ok_or(IndexError::NoDraft)
    }

    /// The curator begins a draft. Errors: `NotCurator`, `NotActive`, `RebalanceRunning`.
    pub fn open_rebalance(&mut self, who: &Pubkey, now: i64) -> Check {
        self.require_curator(who)?;
        self.require_active()?;
        let mut it = self.rebalance.take().unwrap_or_else(Rebalance::new);
        require(!self.is_running(&it, now), IndexError::RebalanceRunning)?;
        if it.status == RebalanceStatus::Sealed {
            self.end_notice(it.nonce);
        }
        for order in &mut it.orders {
            (order.side, order.left) = (None, 0);
        }
        (it.nonce, it.starts_at, it.ends_at) = (0, 0, 0);
        it.content = [0; 32];
        it.status = RebalanceStatus::Drafting;
        self.rebalance = Some(it);
        Ok(())
    }

    /// An order more; `supply` is the share mint's of a person. Errors: `NoDraft`,
    /// `NotAConstituent`, `InvalidOrder`.
    pub fn add_order(&mut self, args: &OrderInput, supply: u64) -> Check<Order> {
        self.drafted()?;
        let slot = self.slot(args.slot)?.clone();
        let order = &mut self.drafted()?.orders[usize::from(args.slot)];
        order.place(args, &slot, supply)?;
        Ok(order.clone())
    }

    /// Atoms per whole share in a slot, rounded up.
    pub fn held_per_share(&self, slot: u8) -> Check<u64> {
        ceil(self.slot(slot)?.counter, 1_000_000_000, self.effective()?)
    }

    /// Atoms beyond what a target asks for.
    pub fn surplus(&self, slot: u8, target: u64) -> Check<u64> {
        let least = ceil(target, self.effective()?, 1_000_000_000)?;
        Ok(self.slot(slot)?.counter.saturating_sub(least))
    }

    /// Atoms that a target allows still to come.
    pub fn deficit(&self, slot: u8, target: u64) -> Check<u64> {
        let most = floor(target, self.effective()?, 1_000_000_000)?;
        Ok(most.saturating_sub(self.slot(slot)?.counter))
    }

    /// The curator announces the draft. Comes after [`PooledIndex::accrue`]. Errors:
    /// `NotActive`, `NoDraft`, `DraftChanged`, `InvalidDuration`, `AnnouncementListFull`,
    /// `OrderStale`, `TurnoverTooLarge`, `NothingToTrade`.
    pub fn seal_rebalance(&mut self, args: &SealArgs, now: i64) -> Check {
        self.require_active()?;
        let mut it = self.drafted()?.clone();
        let content = it.hash();
        require(content == args.content, IndexError::DraftChanged)?;
        let lasts = (6 * 3_600..=7 * 86_400).contains(&args.duration);
        require(lasts, IndexError::InvalidDuration)?;
        let mut notice = self.terms.notice_seconds;
        if args.long_notice {
            notice = notice.max(30 * 86_400);
        }
        let (nonce, starts_at) = self.announce(REBALANCE, content, notice, now)?;
        let (mut sells, mut buys) = (false, false);
        for (slot, order) in (0u8..).zip(&mut it.orders) {
            let Some(side) = order.side else { continue };
            order.require(side, self.slot(slot)?)?;
            if side == Side::Buy {
                order.left = self.deficit(slot, order.target)?;
                buys |= order.left > 0;
                continue;
            }
            order.left = self.surplus(slot, order.target)?;
            sells |= order.left > 0;
            let allowed = (args.long_notice, args.by_majority);
            let floor = order.floor(self.held_per_share(slot)?, allowed, starts_at);
            require(order.target >= floor, IndexError::TurnoverTooLarge)?;
        }
        require(sells && buys, IndexError::NothingToTrade)?;
        it.status = RebalanceStatus::Sealed;
        (it.nonce, it.starts_at, it.content) = (nonce, starts_at, content);
        it.ends_at = starts_at + i64::from(args.duration);
        (it.long_notice, it.by_majority) = (args.long_notice, args.by_majority);
        self.rebalance = Some(it);
        Ok(())
    }

    fn announced(&self, nonce: u64) -> Check<&Rebalance> {
        self.require_active()?;
        let it = self.rebalance.as_ref();
        let it = it.filter(|it| it.status == RebalanceStatus::Sealed && it.nonce == nonce);
        let it = it.ok_or(IndexError::NotAnnounced)?;
        self.notice(nonce)?;
        Ok(it)
    }

    /// The launcher or the curator makes an order better for the index. Errors:
    /// `NotActive`, `NotAnnounced`, `RebalanceOver`, `NotForTrade`, `NotTighter`.
    pub fn tighten(&mut self, nonce: u64, slot: u8, value: u128, now: i64) -> Check<Order> {
        let it = self.announced(nonce)?;
        require(now <= it.ends_at, IndexError::RebalanceOver)?;
        let mut order = it.order(slot)?.clone();
        let tighter = order.low <= value && value <= order.high;
        match order.side.ok_or(IndexError::NotForTrade)? {
            Side::Sell => {
                require(tighter && value > order.low, IndexError::NotTighter)?;
                order.low = value;
            }
            Side::Buy => {
                require(tighter && value < order.high, IndexError::NotTighter)?;
                order.high = value;
            }
        }
        if let Some(it) = &mut self.rebalance {
            it.orders[usize::from(slot)] = order.clone();
        }
        Ok(order)
    }

    /// Errors: `NotAnnounced`, `RebalanceNotOver`.
    pub fn end_rebalance(&mut self, nonce: u64, launches: bool, now: i64) -> Check {
        let it = self.rebalance.clone();
        let it = it.filter(|it| it.nonce == nonce && it.status == RebalanceStatus::Sealed);
        let it = it.ok_or(IndexError::NotAnnounced)?;
        let over = !self.is_running(&it, now);
        require(over || launches, IndexError::RebalanceNotOver)?;
        self.end_notice(nonce);
        if let Some(it) = &mut self.rebalance {
            it.status = RebalanceStatus::Ended;
        }
        Ok(())
    }

    /// The least and the most that a trade may cost now. Comes after [`PooledIndex::accrue`].
    /// Errors: `NotActive`, `NotAnnounced`, `NoticePending`, `RebalanceOver`, `Vetoed`,
    /// `NotForTrade`, `OrderStale`, `ZeroAmount`.
    pub fn trade_cost(&self, trade: &Trade, now: i64) -> Check<(u64, u64)> {
        let it = self.announced(trade.nonce)?;
        require(now >= it.starts_at, IndexError::NoticePending)?;
        require(now <= it.ends_at, IndexError::RebalanceOver)?;
        require(!self.is_vetoed(trade.nonce)?, IndexError::Vetoed)?;
        let (sold, bought) = (it.order(trade.sell)?, it.order(trade.buy)?);
        sold.require(Side::Sell, self.slot(trade.sell)?)?;
        bought.require(Side::Buy, self.slot(trade.buy)?)?;
        require(trade.take > 0, IndexError::ZeroAmount)?;
        let (elapsed, duration) = (now - it.starts_at, it.ends_at - it.starts_at);
        let value = |order: &Order, supply| -> Check<Between> {
            order.value(elapsed as u64, duration as u64, supply)
        };
        let sell = value(sold, trade.sold_supply)?;
        let buy = value(bought, trade.bought_supply)?;
        let least = orders::cost(trade.take, sell.0, buy.1)?;
        let most = orders::cost(trade.take, sell.1, buy.0)?;
        Ok((least.max(trade.redeemable), most.max(trade.redeemable)))
    }

    /// A trade at a cost that is known. Errors: `LotShort`, `BeyondTarget`.
    pub fn require_trade(&self, trade: &Trade, cost: u64, now: i64) -> Check {
        let it = self.announced(trade.nonce)?;
        let (sold, bought) = (it.order(trade.sell)?, it.order(trade.buy)?);
        let left = trade.take <= sold.left && cost <= bought.left;
        require(left, IndexError::LotShort)?;
        let majority = self.is_supported(trade.nonce)?;
        let held = self.held_per_share(trade.sell)?;
        let floor = sold.floor(held, (it.long_notice, majority), now);
        let within = trade.take <= self.surplus(trade.sell, sold.target.max(floor))?
            && cost <= self.deficit(trade.buy, bought.target)?;
        require(within, IndexError::BeyondTarget)
    }

    /// Books a trade; returns what is left of both lots.
    pub fn trade(&mut self, trade: &Trade, cost: u64, now: i64) -> Check<(u64, u64)> {
        let (held, had) = (
            self.held_per_share(trade.sell)?,
            self.held_per_share(trade.buy)?,
        );
        self.slot_mut(trade.sell)?.counter -= trade.take;
        self.slot_mut(trade.buy)?.receive(cost, now)?;
        let has = self.held_per_share(trade.buy)?;
        let it = self.rebalance.as_mut().ok_or(IndexError::NotAnnounced)?;
        let sold = &mut it.orders[usize::from(trade.sell)];
        sold.note(held, now);
        sold.left -= trade.take;
        let sold = sold.left;
        let bought = &mut it.orders[usize::from(trade.buy)];
        bought.note(had.max(has), now);
        bought.left -= cost;
        Ok((sold, bought.left))
    }
}

//! Calls on rebalances.

use {
    crate::model::index::{PooledIndex, baskets::Basket, rebalance::Rebalance, report},
    crate::model::{Model, Predicted, Reason, money::cash_out, require},
    upside_sdk::{
        Pubkey,
        index::{
            BasketKind, BidArgs, IndexError, OrderInput, SealArgs, Side, SlotKind, Trade,
            find_basket,
        },
    },
};

/// A number of 128 bits as events have it.
fn halves(number: u128) -> [u64; 2] {
    [number as u64, (number >> 64) as u64]
}

fn found(it: &PooledIndex) -> Predicted<&Rebalance> {
    it.rebalance.as_ref().ok_or(Reason::Missing.into())
}

impl Model {
    /// The curator begins a draft.
    ///
    /// # Errors
    /// Those of [`crate::model::index::PooledIndex::open_rebalance`].
    pub fn open_rebalance(&mut self, index: &Pubkey, who: &Pubkey) -> Predicted {
        self.at(index, |model, it| {
            it.open_rebalance(who, model.now)?;
            report!(it, RebalanceOpened { by: *who });
            Ok(())
        })
    }

    /// The curator adds orders.
    ///
    /// # Errors
    /// `NotCurator`, `LengthMismatch`, those of [`crate::model::index::PooledIndex::add_order`].
    pub fn add_orders(&mut self, index: &Pubkey, who: &Pubkey, orders: &[OrderInput]) -> Predicted {
        self.at(index, |model, it| {
            found(it)?;
            it.require_curator(who)?;
            let fits = (1..=16).contains(&orders.len());
            require(fits, IndexError::LengthMismatch)?;
            for args in orders {
                let slot = it.slot(args.slot)?.clone();
                let supply = match slot.kind {
                    SlotKind::Personal => model.mints[&model.token(&slot.key)?.mint].supply,
                    SlotKind::Free | SlotKind::Mint => 0,
                };
                let order = it.add_order(args, supply)?;
                report!(
                    it,
                    OrderAdded {
                        place: u64::from(args.slot),
                        key: order.key,
                        side: if args.side == Side::Sell { 1u64 } else { 2 },
                        target: order.target,
                        low: halves(order.low),
                        high: halves(order.high),
                        supply: order.supply,
                    }
                );
            }
            Ok(())
        })
    }

    /// The curator announces the draft.
    ///
    /// # Errors
    /// `NotCurator`, those of [`crate::model::index::PooledIndex::seal_rebalance`].
    pub fn seal_rebalance(&mut self, index: &Pubkey, who: &Pubkey, args: &SealArgs) -> Predicted {
        self.at(index, |model, it| {
            found(it)?;
            it.require_curator(who)?;
            it.accrue(model.minted(it), model.now)?;
            it.seal_rebalance(args, model.now)?;
            let sealed = found(it)?.clone();
            report!(
                it,
                RebalanceSealed {
                    nonce: sealed.nonce,
                    content: sealed.content,
                    orders: sealed.traded().count() as u64,
                    starts_at: sealed.starts_at,
                    ends_at: sealed.ends_at,
                    long_notice: u64::from(sealed.long_notice),
                    by_majority: u64::from(sealed.by_majority),
                }
            );
            Ok(())
        })
    }

    /// The launcher or the curator makes an order better for the index.
    ///
    /// # Errors
    /// `NotLauncher`, those of [`crate::model::index::PooledIndex::tighten`].
    pub fn tighten_order(
        &mut self,
        index: &Pubkey,
        who: &Pubkey,
        nonce: u64,
        slot: u8,
        value: u128,
    ) -> Predicted {
        self.at(index, |model, it| {
            found(it)?;
            it.require_launcher(who)?;
            let order = it.tighten(nonce, slot, value, model.now)?;
            report!(
                it,
                OrderTightened {
                    nonce,
                    by: *who,
                    place: u64::from(slot),
                    low: halves(order.low),
                    high: halves(order.high),
                }
            );
            Ok(())
        })
    }

    /// The launcher or the curator at any time, anybody once it is over.
    ///
    /// # Errors
    /// Those of [`crate::model::index::PooledIndex::end_rebalance`].
    pub fn end_rebalance(&mut self, index: &Pubkey, who: &Pubkey, nonce: u64) -> Predicted {
        self.at(index, |model, it| {
            found(it)?;
            let launches = it.require_launcher(who).is_ok();
            it.end_rebalance(nonce, launches, model.now)?;
            report!(it, RebalanceEnded { nonce, by: *who });
            Ok(())
        })
    }

    /// Nothing is on its way that would change what the index may do with a person's
    /// shares, or how many there may be.
    pub(crate) fn is_settled(&self, token: &Pubkey, index: &Pubkey) -> Predicted<bool> {
        let it = self.token(token)?;
        let marked = self.holder(token, index)?.pending_venue;
        let marked = marked.is_some_and(|(_, at)| it.owner_since == 0 || at > it.owner_since);
        let mut open = it.open_polls.iter().flatten();
        let passed = open.any(|number| {
            let poll = &self.polls[&(*token, *number)];
            poll.against_holders && poll.passed_at != 0
        });
        Ok(it.pending_policy.is_none() && !marked && !passed)
    }

    /// What redeeming shares of a person pays of an asset.
    fn redeemable(&self, token: &Pubkey, shares: u64, asset: &Pubkey) -> Predicted<u64> {
        let it = self.token(token)?;
        let Ok(place) = it.place_of(asset) else {
            return Ok(0);
        };
        if shares == 0 || shares > it.supply {
            return Ok(0);
        }
        let tax = if it.wound_up {
            0
        } else {
            it.terms.cash_out_tax_bps
        };
        Ok(cash_out(it.assets[place].reserve, shares, it.supply, tax))
    }

    /// What the accounts of a pair say.
    ///
    /// # Errors
    /// `NotAConstituent`, `PersonUnsettled`.
    pub fn trade_of(&self, it: &PooledIndex, args: &BidArgs) -> Predicted<Trade> {
        let mut trade = Trade {
            nonce: args.nonce,
            sell: args.sell,
            buy: args.buy,
            take: args.take,
            sold_supply: 0,
            bought_supply: 0,
            redeemable: 0,
        };
        let (bought, sold) = (it.slot(args.buy)?, it.slot(args.sell)?);
        if bought.kind == SlotKind::Personal {
            let settled = self.is_settled(&bought.key, &it.address())?;
            require(settled, IndexError::PersonUnsettled)?;
            trade.bought_supply = self.token(&bought.key)?.supply;
        }
        if sold.kind == SlotKind::Personal {
            trade.sold_supply = self.token(&sold.key)?.supply;
            trade.redeemable = self.redeemable(&sold.key, args.take, &bought.key)?;
        }
        Ok(trade)
    }

    /// A wallet trades; `keep` where what it takes stays in a basket.
    ///
    /// # Errors
    /// `DeadlinePassed`, `AlreadyExists`, `Slippage`, `DividendsDue`, those of
    /// [`Model::trade_of`], [`crate::model::index::PooledIndex::trade_cost`], [`crate::model::index::PooledIndex::require_trade`]
    /// and of each movement, and `Uncertain` where the price is not known to the atom.
    pub fn trade_pair(
        &mut self,
        index: &Pubkey,
        wallet: &Pubkey,
        args: &BidArgs,
        keep: bool,
    ) -> Predicted {
        self.at(index, |model, it| {
            found(it)?;
            require(model.now <= args.deadline, IndexError::DeadlinePassed)?;
            it.slot(args.buy)?;
            model.prove(it, args.buy, wallet)?;
            it.slot(args.sell)?;
            if !keep {
                model.prove(it, args.sell, wallet)?;
            }
            let trade = model.trade_of(it, args)?;
            let place = (*wallet, args.basket_number);
            let known = keep && it.baskets.contains_key(&place);
            require(!known, IndexError::AlreadyExists)?;
            it.accrue(model.minted(it), model.now)?;
            let (cost, most) = it.trade_cost(&trade, model.now)?;
            require(cost == most, "Uncertain")?;
            it.require_trade(&trade, cost, model.now)?;
            require(cost <= args.most, IndexError::Slippage)?;
            let (sell_left, buy_left) = it.trade(&trade, cost, model.now)?;
            let mut basket = Pubkey::default();
            if keep {
                basket = find_basket(index, wallet, args.basket_number).0;
                let slot = it.slot_mut(args.sell)?;
                slot.pending = crate::model::index::sum(slot.pending, args.take)?;
                let mut kept = Basket::new(BasketKind::Payout, 0, args.deadline);
                kept.amounts[usize::from(args.sell)] = args.take;
                it.baskets.insert(place, kept);
            }
            report!(
                it,
                RebalanceTraded {
                    nonce: args.nonce,
                    wallet: *wallet,
                    sell: u64::from(args.sell),
                    buy: u64::from(args.buy),
                    sold: args.take,
                    bought: cost,
                    sell_left,
                    buy_left,
                    basket,
                }
            );
            model.bring_in(it, args.buy, wallet, cost)?;
            model.require_emptied_clean(it, args.sell)?;
            if keep {
                return Ok(());
            }
            model.pay_out(it, args.sell, wallet, args.take)
        })
    }

    /// A person's slot that is empty has nothing due in a coin.
    fn require_emptied_clean(&self, it: &PooledIndex, slot: u8) -> Predicted {
        let person = it.slot(slot)?;
        if person.kind != SlotKind::Personal || person.counter > 0 {
            return Ok(());
        }
        for (_, coin) in it.used().filter(|(_, slot)| slot.kind == SlotKind::Mint) {
            let listed = it.is_coin(coin) && self.token(&person.key)?.place_of(&coin.key).is_ok();
            if listed {
                let due = self.dividend(&person.key, &it.address(), &coin.key)?;
                require(due == 0, IndexError::DividendsDue)?;
            }
        }
        Ok(())
    }
}

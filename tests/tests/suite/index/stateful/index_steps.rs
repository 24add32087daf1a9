//! What shareholders and the curator do.

use {
    super::*,
    upside_sdk::{
        error::CoreError,
        index::{
            Action, BasketKind, MAX_CONSTITUENTS, ParametersInput, Rebalance, SealArgs, Side,
            find_rebalance, rebalance,
        },
    },
    upside_tests::{catalogue::index as catalogue, world::NEVER},
};

fn refused<T>(quoted: &Result<T, CoreError>) -> bool {
    quoted.is_err()
}

impl Run {
    /// The pool with everything harvested that is due, and the harvests.
    fn fresh(&mut self) -> (Pool, Vec<Instruction>) {
        let pool = self.pool.pool();
        let (found, instructions) = harvests(&pool, &quote::harvestable(&pool).unwrap());
        (pool.harvested(&found).unwrap(), instructions)
    }

    /// Shares that somebody can pay for.
    fn shares_for(&mut self, pool: &Pool, name: &str) -> Option<u64> {
        let mut have = [0; MAX_CONSTITUENTS];
        for (slot, atoms) in wealth(&mut self.pool, &key(name)) {
            have[usize::from(slot)] = atoms;
        }
        let most = quote::shares_for(pool, &have).ok()?;
        Some(self.dice.amount(most))
    }

    fn running(&self) -> bool {
        let now = self.pool.world.now();
        self.state.index.require_running(now).is_ok()
    }

    pub(super) fn contribute(&mut self) -> Option<Act> {
        let name = self.actor();
        let (pool, mut instructions) = if self.dice.percent(30) {
            self.fresh()
        } else {
            (self.pool.pool(), Vec::new())
        };
        let shares = self.shares_for(&pool, name)?;
        let must = self.running() && !refused(&quote::contribution(&pool, shares));
        instructions.push(self.pool.contribute_ix(name, shares));
        let what = format!("{name} contributes for {shares}");
        Some(Act::new(what, instructions, &[name]).must(must))
    }

    pub(super) fn redeem(&mut self) -> Option<Act> {
        let name = self.actor();
        let had = self.pool.shares(name);
        if had == 0 {
            return None;
        }
        let stale = self.dice.percent(30);
        let (pool, mut instructions) = if stale {
            (self.pool.pool(), Vec::new())
        } else {
            self.fresh()
        };
        let shares = self.dice.amount(had);
        let must = !refused(&quote::redemption(&pool, shares));
        let args = self.pool.redeem_args(shares);
        instructions.push(ix::redeem(&pool.index, &key(name), args).unwrap());
        let what = format!("{name} redeems {shares} of {had}, stale {stale}");
        Some(Act::new(what, instructions, &[name]).must(must))
    }

    pub(super) fn redeem_to_basket(&mut self) -> Option<Act> {
        let name = self.actor();
        let had = self.pool.shares(name);
        if had == 0 {
            return None;
        }
        let shares = self.dice.amount(had);
        let pool = self.pool.pool();
        let must = !refused(&quote::redemption(&pool, shares));
        let args = self.pool.redeem_args(shares);
        self.nonce += 1;
        let redeem = ix::redeem_to_basket(&pool.index, &key(name), self.nonce, args);
        self.baskets.push((name, self.nonce));
        let what = format!("{name} redeems {shares} to basket {}", self.nonce);
        Some(Act::new(what, vec![redeem], &[name]).must(must))
    }

    pub(super) fn open_basket(&mut self) -> Option<Act> {
        let name = self.actor();
        let pool = self.pool.pool();
        let shares = self.shares_for(&pool, name)?;
        let seconds = self.dice.below(7 * 86_400) as i64;
        let deadline = self.pool.world.now() + seconds;
        self.nonce += 1;
        let open = ix::open_basket(&pool.index.key, &key(name), self.nonce, shares, deadline);
        self.baskets.push((name, self.nonce));
        let what = format!("{name} opens basket {} for {shares}", self.nonce);
        Some(Act::new(what, vec![open], &[name]).must(self.running()))
    }

    fn any_basket(&mut self, kind: BasketKind) -> Option<(&'static str, u64)> {
        let open = self.baskets.clone();
        let mut fitting = open
            .into_iter()
            .filter(|(name, nonce)| self.pool.basket(name, *nonce).data.kind == kind as u8);
        let all: Vec<_> = fitting.by_ref().collect();
        let place = self.dice.below(all.len() as u64) as usize;
        all.get(place).copied()
    }

    pub(super) fn deposit(&mut self) -> Option<Act> {
        let (name, nonce) = self.any_basket(BasketKind::Contribution)?;
        let basket = self.pool.basket(name, nonce).data;
        let pool = self.pool.pool();
        let has = wealth(&mut self.pool, &key(name));
        // Mostly what is missing, at times anything.
        let whole = self.dice.percent(70);
        let mut amounts: Vec<(u8, u64)> = Vec::new();
        if whole {
            for (slot, atoms) in quote::basket(&pool, &basket, basket.shares).ok()?.amounts {
                if basket.amounts[usize::from(slot)] == 0 {
                    amounts.push((slot, (atoms + atoms / 50).min(has[&slot])));
                }
            }
        } else {
            let slot = self.dice.below(u64::from(self.cash()) + 1) as u8;
            if basket.amounts[usize::from(slot)] > 0
                || !pool.index.data.constituents[usize::from(slot)].is_held()
            {
                return None;
            }
            amounts.push((slot, self.dice.amount(has[&slot])));
        }
        amounts.retain(|(slot, atoms)| *atoms > 0 && *atoms <= has[slot]);
        if amounts.is_empty() {
            return None;
        }
        let what = format!("{name} puts {amounts:?} into basket {nonce}");
        let deposit = ix::deposit(&pool.index, &key(name), nonce, amounts).unwrap();
        Some(Act::new(what, vec![deposit], &[name]).must(self.running()))
    }

    pub(super) fn finish_basket(&mut self) -> Option<Act> {
        let (name, nonce) = self.any_basket(BasketKind::Contribution)?;
        let basket = self.pool.basket(name, nonce).data;
        let pool = self.pool.pool();
        let mut instructions = Vec::new();
        let most = quote::shares_for(&pool, &basket.amounts).unwrap_or(0);
        let own = most < basket.shares || self.dice.percent(50);
        let mut shares = basket.shares;
        if own && self.dice.percent(90) {
            shares = most;
        }
        if shares == 0 {
            return None;
        }
        let authority = if own { key(name) } else { self.pool.payer() };
        let finish = ix::finish_basket(&pool.index, &key(name), nonce, &authority, shares);
        instructions.push(finish);
        let signers: &[&str] = if own { &[name] } else { &[] };
        let what = format!("basket {nonce} of {name} is finished for {shares}, by them {own}");
        Some(Act::new(what, instructions, signers))
    }

    pub(super) fn cancel_basket(&mut self) -> Option<Act> {
        let (name, nonce) = self.any_basket(BasketKind::Contribution)?;
        let own = self.dice.percent(60);
        let authority = if own { key(name) } else { self.pool.payer() };
        let cancel = ix::cancel_basket(&self.pool.index, &key(name), nonce, &authority);
        let signers: &[&str] = if own { &[name] } else { &[] };
        let what = format!("basket {nonce} of {name} is cancelled, by them {own}");
        Some(Act::new(what, vec![cancel], signers).must(own))
    }

    pub(super) fn withdraw_basket(&mut self) -> Option<Act> {
        let (name, nonce) = self.any_basket(BasketKind::Payout)?;
        let basket = self.pool.basket(name, nonce).data;
        let slots =
            (0..MAX_CONSTITUENTS as u8).filter(|slot| basket.amounts[usize::from(*slot)] > 0);
        let mut slots: Vec<u8> = slots.collect();
        if slots.is_empty() {
            return None;
        }
        if self.dice.percent(50) {
            slots.truncate(1);
        }
        let what = format!("{slots:?} of basket {nonce} are paid to {name}");
        let index = self.pool.index();
        let withdraw = ix::withdraw_basket(&index, &key(name), nonce, slots).unwrap();
        Some(Act::new(what, vec![withdraw], &[]).must(true))
    }

    pub(super) fn close_basket(&mut self) -> Option<Act> {
        let (name, nonce) = self.any_basket(BasketKind::Payout)?;
        let empty = self.pool.basket(name, nonce).data.is_empty();
        let close = ix::close_basket(&self.pool.index, &key(name), nonce);
        Some(Act::new(format!("basket {nonce} is closed"), vec![close], &[]).must(empty))
    }

    pub(super) fn harvest(&mut self) -> Option<Act> {
        let slot = self.dice.below(self.pool.people.len() as u64) as u8;
        let (_, instructions) = harvests(&self.pool.pool(), &[slot]);
        Some(Act::new(format!("harvest of slot {slot}"), instructions, &[]).must(true))
    }

    pub(super) fn collect_fees(&mut self) -> Option<Act> {
        let collect = ix::collect_fees(&self.pool.index());
        Some(Act::new("fees are collected".into(), vec![collect], &[]))
    }

    pub(super) fn pause(&mut self) -> Option<Act> {
        let (index, now) = (self.pool.index(), self.pool.world.now());
        if index.data.is_paused(now) {
            let unpause = ix::unpause(&index);
            return Some(Act::new("unpause".into(), vec![unpause], &["curator"]).must(true));
        }
        if self.dice.percent(60) {
            return None;
        }
        let pause = ix::pause(&index, &key("guardian"));
        let may = now >= index.data.pausable_from;
        Some(Act::new("pause".into(), vec![pause], &["guardian"]).must(may))
    }

    pub(super) fn announce_fees(&mut self) -> Option<Act> {
        let fees = ParametersInput {
            management_fee_bps: self.dice.below(501) as u16,
            entry_fee_bps: self.dice.below(301) as u16,
            exit_fee_bps: self.dice.below(101) as u16,
        };
        let what = format!("{fees:?} are announced");
        let actions = vec![Action::SetFees(fees)];
        let announce = ix::announce(&self.pool.index(), &self.pool.payer(), actions);
        Some(Act::new(what, vec![announce], &["curator"]))
    }

    pub(super) fn apply_fees(&mut self) -> Option<Act> {
        let places = self.state.index.announcements;
        let place = places.iter().find(|place| place.kind == 1)?;
        self.wait_for(place.effective_at);
        let announcement = self.pool.announcement(place.nonce);
        let apply = ix::apply_announcement(&self.pool.index(), &announcement);
        Some(Act::new("fees are applied".into(), vec![apply], &[]))
    }

    /// A draft and its announcement, in one transaction.
    pub(super) fn seal_rebalance(&mut self) -> Option<Act> {
        let index = self.pool.index();
        let slots = u64::from(self.cash()) + 1;
        let (from, to) = (self.dice.below(slots) as u8, self.dice.below(slots) as u8);
        if from == to {
            return None;
        }
        let held = |slot| index.data.held_per_share(slot).unwrap_or(0);
        let (has, had) = (held(from), held(to));
        let fifth = self.dice.below(has / 5 + 1);
        let more = self.dice.within(ONE, 100 * ONE);
        let mut order = |slot, side, target| {
            let mut order = catalogue::order(&mut self.pool, slot, side, target);
            order.low = u128::from(self.dice.within(1, 1 << 8)) << 57;
            order.high = order.low + order.low * u128::from(self.dice.below(101)) / 100;
            order
        };
        let orders = vec![
            order(from, Side::Sell, has - fifth),
            order(to, Side::Buy, had + more),
        ];
        let args = SealArgs {
            content: rebalance::content(&index.data, &orders).ok()?,
            duration: self.dice.within(86_400, 5 * 86_400) as u32,
            long_notice: false,
            by_majority: false,
        };
        let what = format!("{orders:?} are sealed");
        let calls = vec![
            ix::open_rebalance(&index, &self.pool.payer()),
            ix::add_orders(&index, orders).ok()?,
            ix::seal_rebalance(&index, args),
        ];
        Some(Act::new(what, calls, &["curator"]))
    }

    /// The rebalance, once there is one.
    fn rebalance(&mut self) -> Option<Rebalance> {
        let key = find_rebalance(&self.pool.index).0;
        self.pool.world.engine.account(&key)?;
        let found = self.pool.rebalance().data;
        (found.nonce > 0).then_some(found)
    }

    pub(super) fn bid(&mut self) -> Option<Act> {
        let found = self.rebalance()?;
        self.wait_for(found.starts_at);
        let name = self.actor();
        let (sold, bought) = rebalance::sides(&found);
        let (sell, buy) = (*sold.first()?, *bought.first()?);
        let most = self.dice.amount(HAS / 10);
        let pool = self.pool.pool();
        let quote = rebalance::largest(&pool, &found, sell, buy, most).ok()?;
        let bid = ix::bid(&pool.index, &key(name), quote.args(u64::MAX, NEVER)).ok()?;
        let what = format!("{name} bids {quote:?}");
        Some(Act::new(what, vec![bid], &[name]).moves())
    }

    pub(super) fn end_rebalance(&mut self) -> Option<Act> {
        let found = self.rebalance()?;
        let name = if self.dice.percent(40) {
            "curator"
        } else {
            self.actor()
        };
        let end = ix::end_rebalance(&self.pool.index, &key(name), found.nonce);
        let what = format!("{name} ends the rebalance");
        Some(Act::new(what, vec![end], &[name]))
    }

    pub(super) fn burn(&mut self) -> Option<Act> {
        let name = self.actor();
        let had = self.pool.shares(name);
        let shares = self.dice.amount(had / 10);
        if had < shares {
            return None;
        }
        let burn = burn_ix(&mut self.pool, name, shares);
        self.burns(shares);
        Some(Act::new(format!("{name} burns {shares}"), vec![burn], &[name]).must(true))
    }

    pub(super) fn sync(&mut self) -> Option<Act> {
        let slot = self.dice.below(u64::from(self.cash()) + 1) as u8;
        let sync = ix::sync_custody(&self.pool.index(), slot).unwrap();
        Some(Act::new(format!("sync of slot {slot}"), vec![sync], &[]))
    }

    pub(super) fn wind_down(&mut self) -> Option<Act> {
        if self.dice.percent(60) {
            return None;
        }
        let wind_down = ix::wind_down(&self.pool.index());
        Some(Act::new("wind-down".into(), vec![wind_down], &["curator"]))
    }
}

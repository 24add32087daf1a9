//! What shareholders and the curator do.

use {
    super::*,
    upside_sdk::{
        error::SdkError,
        index::{AuctionTerms, BasketKind, BidArgs, MAX_CONSTITUENTS, ParametersArgs},
    },
    upside_tests::world::NEVER,
};

fn refused<T>(quoted: &Result<T, SdkError>) -> bool {
    quoted.is_err()
}

impl Run {
    /// The pool with stale slots harvested, and the harvests.
    fn fresh(&mut self) -> (Pool, Vec<Instruction>) {
        let pool = self.pool.pool();
        let (found, instructions) = harvests(&pool, &quote::stale(&pool));
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
        self.state.index.require_running().is_ok()
    }

    pub(super) fn contribute(&mut self) -> Option<Act> {
        let name = self.actor();
        let (pool, mut instructions) = self.fresh();
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
        let mut args = self.pool.redeem_args(shares);
        args.allow_stale = stale;
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
        let mut args = self.pool.redeem_args(shares);
        args.allow_stale = true;
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
        let seconds = self.dice.below(40 * 86_400) as i64;
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
        let (pool, _) = self.fresh();
        let has = wealth(&mut self.pool, &key(name));
        // Mostly what is missing, at times anything.
        let whole = self.dice.percent(70);
        let mut amounts: Vec<(u8, u64)> = Vec::new();
        if whole {
            for (slot, atoms) in quote::contribution(&pool, basket.shares).ok()?.amounts {
                let missing = atoms.saturating_sub(basket.amounts[usize::from(slot)]);
                amounts.push((slot, missing.min(has[&slot])));
            }
        } else {
            let slot = self.dice.below(u64::from(self.cash()) + 1) as u8;
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
        let (pool, mut instructions) = self.fresh();
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
        let index = self.pool.index();
        if index.data.paused == 1 {
            let unpause = ix::unpause(&index);
            return Some(Act::new("unpause".into(), vec![unpause], &["curator"]).must(true));
        }
        if self.dice.percent(60) {
            return None;
        }
        let pause = ix::pause(&index, &key("guardian"));
        Some(Act::new("pause".into(), vec![pause], &["guardian"]).must(true))
    }

    pub(super) fn propose_parameters(&mut self) -> Option<Act> {
        let args = ParametersArgs {
            management_fee_bps: self.dice.below(501) as u16,
            entry_fee_bps: self.dice.below(301) as u16,
            exit_fee_bps: self.dice.below(101) as u16,
            max_harvest_age: self.dice.within(60, 7 * 86_400) as u32,
        };
        let what = format!("{args:?} are proposed");
        let propose = ix::propose_parameters(&self.pool.index(), args);
        Some(Act::new(what, vec![propose], &["curator"]))
    }

    pub(super) fn apply_parameters(&mut self) -> Option<Act> {
        if self.state.index.parameters_at == 0 {
            return None;
        }
        self.wait_for(self.state.index.parameters_at);
        let apply = ix::apply_parameters(&self.pool.index());
        Some(Act::new("parameters are applied".into(), vec![apply], &[]))
    }

    pub(super) fn propose_weights(&mut self) -> Option<Act> {
        let slots = u64::from(self.cash()) + 1;
        let (from, to) = (self.dice.below(slots) as u8, self.dice.below(slots) as u8);
        if from == to {
            return None;
        }
        let weights = vec![
            (from, self.dice.below(ONE)),
            (to, self.dice.within(ONE, 100 * ONE)),
        ];
        let what = format!("weights {weights:?} are proposed");
        let propose = ix::propose_weights(&self.pool.index(), weights);
        Some(Act::new(what, vec![propose], &["curator"]))
    }

    pub(super) fn apply_weights(&mut self) -> Option<Act> {
        if self.state.index.weights_at == 0 {
            return None;
        }
        self.wait_for(self.state.index.weights_at);
        let apply = ix::apply_weights(&self.pool.index(), &key("bob"));
        Some(Act::new(
            "weights are applied".into(),
            vec![apply],
            &["bob"],
        ))
    }

    pub(super) fn open_auction(&mut self) -> Option<Act> {
        let index = self.pool.index();
        let slots = self.cash() + 1;
        let over = |slot: &u8| {
            let target = index.data.target(*slot).unwrap_or(u64::MAX);
            index.data.constituents[usize::from(*slot)].counter > target
        };
        let sell: Vec<u8> = (0..slots).filter(over).collect();
        let buy: Vec<u8> = (0..slots).filter(|slot| !over(slot)).collect();
        let sell = *sell.get(self.dice.below(sell.len() as u64) as usize)?;
        let buy = *buy.get(self.dice.below(buy.len() as u64) as usize)?;
        let held = &index.data.constituents[usize::from(sell)];
        let start_price = u128::from(self.dice.within(1, 1 << 20)) << 50;
        let terms = AuctionTerms {
            sell_slot: sell,
            buy_slot: buy,
            sell_atoms: self
                .dice
                .amount(held.counter - index.data.target(sell).ok()?),
            start_price,
            end_price: start_price >> self.dice.below(10),
            starts_in: DAY as u32,
            duration: self.dice.within(86_400, 5 * 86_400) as u32,
        };
        let what = format!("{terms:?}");
        let open = ix::open_auction(&index, &self.pool.payer(), terms);
        Some(Act::new(what, vec![open], &["curator"]))
    }

    fn any_auction(&mut self) -> Option<u64> {
        let open: Vec<u64> = self.state.index.trades().map(|open| open.number).collect();
        open.get(self.dice.below(open.len() as u64) as usize)
            .copied()
    }

    pub(super) fn bid(&mut self) -> Option<Act> {
        let number = self.any_auction()?;
        let auction = self.pool.auction(number);
        self.wait_for(auction.data.starts_at);
        let name = self.actor();
        let sell_atoms = self.dice.amount(auction.data.sell_left);
        let args = BidArgs {
            sell_atoms,
            most: u64::MAX,
            deadline: NEVER,
        };
        let bid = ix::bid(&self.pool.index(), &auction, &key(name), args).unwrap();
        let what = format!("{name} bids for {sell_atoms} in auction {number}");
        Some(Act::new(what, vec![bid], &[name]).moves())
    }

    pub(super) fn close_auction(&mut self) -> Option<Act> {
        let number = self.any_auction()?;
        let auction = self.pool.auction(number);
        let name = if self.dice.percent(40) {
            "curator"
        } else {
            self.actor()
        };
        let close = ix::close_auction(&auction, &key(name));
        Some(Act::new(
            format!("{name} closes auction {number}"),
            vec![close],
            &[name],
        ))
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

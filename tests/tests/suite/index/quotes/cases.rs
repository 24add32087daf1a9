//! What is quoted and done.

use {
    super::{super::support::*, Bench},
    upside_sdk::index::{IndexError, Side, instruction as ix, quote, rebalance},
    upside_tests::{cases::index as cases, pool::HAS, world::DAY},
};

impl Bench {
    pub(super) fn contribute(&mut self) {
        let name = self.actor();
        let (pool, mut instructions) = self.ahead();
        let Some(shares) = self.shares_for(&pool, name) else {
            return;
        };
        let quoted = quote::contribution(&pool, shares);
        let supply = quote::effective_supply(&pool).unwrap();
        let (before, had) = (wealth(&mut self.pool, &key(name)), self.pool.shares(name));
        instructions.push(self.pool.contribute_ix(name, shares));
        let sent = self.pool.send_all(&instructions, &[name]);
        if let Some(quoted) = self.run("contribution", quoted, sent) {
            self.moved(name, &before, &quoted.amounts, false);
            assert_eq!(self.pool.shares(name), had + quoted.minted);
            assert_eq!(quoted.minted + quoted.fee, shares);
            let after = self.pool.index().data;
            assert_eq!(after.supply + after.pending_fee_shares, supply + shares);
        }
    }

    pub(super) fn redeem(&mut self) {
        let name = self.actor();
        let had = self.pool.shares(name);
        if had == 0 {
            return;
        }
        let (pool, mut instructions) = self.ahead();
        let shares = self.rng.amount(had);
        let quoted = quote::redemption(&pool, shares);
        let supply = quote::effective_supply(&pool).unwrap();
        let before = wealth(&mut self.pool, &key(name));
        instructions.push(self.pool.redeem_ix(name, shares));
        let sent = self.pool.send_all(&instructions, &[name]);
        if let Some(quoted) = self.run("redemption", quoted, sent) {
            self.moved(name, &before, &quoted.amounts, true);
            assert_eq!(self.pool.shares(name), had - shares);
            let after = self.pool.index().data;
            let effective = after.supply + after.pending_fee_shares;
            assert_eq!(effective, supply - shares + quoted.fee);
        }
    }

    pub(super) fn redeem_to_basket(&mut self) {
        let name = self.actor();
        let had = self.pool.shares(name);
        if had == 0 {
            return;
        }
        let (pool, mut instructions) = self.ahead();
        let shares = self.rng.amount(had);
        let quoted = quote::redemption(&pool, shares);
        let (index, args) = (self.pool.index(), self.pool.redeem_args(shares));
        self.nonce += 1;
        let (wallet, nonce) = (key(name), self.nonce);
        instructions.push(ix::redeem_to_basket(&index, &wallet, nonce, args));
        let sent = self.pool.send_all(&instructions, &[name]);
        let Some(quoted) = self.run("redemption to a basket", quoted, sent) else {
            return;
        };
        let basket = self.pool.basket(name, nonce).data;
        for (slot, atoms) in &quoted.amounts {
            assert_eq!(basket.amounts[usize::from(*slot)], *atoms);
        }
        let slots = quoted.amounts.iter().filter(|(_, atoms)| *atoms > 0);
        let slots: Vec<u8> = slots.map(|(slot, _)| *slot).collect();
        let before = wealth(&mut self.pool, &wallet);
        let withdraw = ix::withdraw_basket(&index, &wallet, nonce, slots).unwrap();
        let close = ix::close_basket(&index.key, &wallet, nonce);
        self.pool.send_all(&[withdraw, close], &[]).succeeded();
        self.moved(name, &before, &quoted.amounts, true);
    }

    pub(super) fn finish_basket(&mut self) {
        let name = self.actor();
        let (pool, mut instructions) = self.ahead();
        let Some(shares) = self.shares_for(&pool, name) else {
            return;
        };
        let quoted = quote::contribution(&pool, shares);
        let (index, wallet) = (self.pool.index(), key(name));
        self.nonce += 1;
        let nonce = self.nonce;
        let mut deposits = Vec::new();
        if let Ok(quoted) = &quoted {
            for (slot, atoms) in &quoted.amounts {
                let more = if self.rng.percent(30) { 7 } else { 0 };
                let has = wealth(&mut self.pool, &wallet)[slot];
                deposits.push((*slot, (atoms + more).min(has)));
            }
        }
        let deadline = self.pool.world.now() + DAY;
        let open = ix::open_basket(&index.key, &wallet, nonce, shares, deadline);
        self.pool.send(&open, &[name]).succeeded();
        if !deposits.is_empty() {
            let deposit = ix::deposit(&index, &wallet, nonce, deposits.clone()).unwrap();
            self.pool.send(&deposit, &[name]).succeeded();
        }
        let had = self.pool.shares(name);
        let anybody = self.pool.payer();
        instructions.push(ix::finish_basket(&index, &wallet, nonce, &anybody, shares));
        let sent = self.pool.send_all(&instructions, &[]);
        let Some(quoted) = self.run("basket", quoted, sent) else {
            return;
        };
        assert_eq!(self.pool.shares(name), had + quoted.minted);
        let left: Vec<(u8, u64)> = deposits
            .iter()
            .zip(&quoted.amounts)
            .map(|((slot, given), (_, used))| (*slot, given - used))
            .filter(|(_, atoms)| *atoms > 0)
            .collect();
        if !left.is_empty() {
            let before = wealth(&mut self.pool, &wallet);
            let slots = left.iter().map(|(slot, _)| *slot).collect();
            let withdraw = ix::withdraw_basket(&index, &wallet, nonce, slots).unwrap();
            self.pool.send(&withdraw, &[]).succeeded();
            self.moved(name, &before, &left, true);
        }
    }

    pub(super) fn harvest(&mut self) {
        let pool = self.pool.pool();
        let slots: Vec<u8> = pool.persons.keys().copied().collect();
        let slot = slots[self.rng.below(slots.len() as u64) as usize];
        let (found, instructions) = harvests(&pool, &[slot]);
        let expected = pool.harvested(&found).unwrap().index.data;
        let sent = self.pool.send_all(&instructions, &[]);
        self.run("harvest", Ok(()), sent);
        let after = self.pool.index().data;
        assert_eq!(after.coins, expected.coins);
        assert_eq!(after.constituents, expected.constituents);
    }

    pub(super) fn claim(&mut self) {
        let names = self.pool.people.clone();
        let name = &names[self.rng.below(names.len().div_ceil(2) as u64) as usize];
        let membership = self.pool.membership(name);
        let quoted = quote::equal_share(&self.pool.pool(), &membership.data).unwrap();
        for (slot, atoms) in quoted {
            let index = self.pool.index();
            let claim = ix::collect_equal_share(&index, &membership, slot).unwrap();
            let before = wealth(&mut self.pool, &key(name));
            let sent = self.pool.send(&claim, &[]);
            let nothing = IndexError::NothingToCollect;
            let quoted = if atoms > 0 {
                Ok(())
            } else {
                Err(nothing.into())
            };
            if self.run("equal share", quoted, sent).is_some() {
                self.moved(name, &before, &[(slot, atoms)], true);
            }
        }
    }

    /// A rebalance of two slots, and several bids in it.
    pub(super) fn rebalance(&mut self) {
        let index = self.pool.index();
        let held: Vec<u8> = index.data.held().map(|(slot, _)| slot).collect();
        let sell = held[self.rng.below(held.len() as u64) as usize];
        let buy = held[self.rng.below(held.len() as u64) as usize];
        if sell == buy {
            return;
        }
        let mut order = |slot, side, target| {
            let mut order = cases::order(&mut self.pool, slot, side, target);
            order.low = u128::from(self.rng.within(1, 1 << 8)) << 57;
            order.high = order.low + order.low * u128::from(self.rng.below(101)) / 100;
            order
        };
        let has = index.data.held_per_share(sell).unwrap();
        let orders = [
            order(sell, Side::Sell, has - has / 5),
            order(buy, Side::Buy, HAS / 1_000),
        ];
        cases::draft(&mut self.pool, &orders);
        let args = cases::seal_args(&mut self.pool);
        let seal = ix::seal_rebalance(&self.pool.index(), args);
        if self.pool.send(&seal, &["curator"]).error.is_some() {
            return;
        }
        let rebalance = self.pool.rebalance().data;
        let wait = rebalance.starts_at - self.pool.world.now();
        self.pool.world.pass(wait);
        for _ in 0..3 {
            let elapsed = self.rng.below(30_000);
            self.pool.world.pass(elapsed as i64);
            self.bid(sell, buy);
        }
        let end = ix::end_rebalance(&index.key, &key("curator"), rebalance.nonce);
        self.pool.send(&end, &["curator"]).succeeded();
    }

    fn bid(&mut self, sell: u8, buy: u8) {
        let name = self.actor();
        let rebalance = self.pool.rebalance().data;
        let left = rebalance.order(sell).unwrap().left;
        if left == 0 {
            return;
        }
        let take = self.rng.amount(left);
        let quoted = rebalance::bid(&self.pool.pool(), &rebalance, sell, buy, take);
        let before = wealth(&mut self.pool, &key(name));
        if quoted.as_ref().is_ok_and(|quote| quote.cost > before[&buy]) {
            return;
        }
        let args = cases::bid_args(&mut self.pool, sell, buy, take);
        let bid = ix::bid(&self.pool.index(), &key(name), args).unwrap();
        let sent = self.pool.send(&bid, &[name]);
        if let Some(quote) = self.run("bid", quoted, sent) {
            let after = wealth(&mut self.pool, &key(name));
            assert_eq!(after[&buy], before[&buy] - quote.cost);
            assert_eq!(after[&sell], before[&sell] + take);
        }
    }
}

//! Standing orders on dividends.

use {
    crate::model::{Checks, Model, Predicted, Reason, require, round::RoundStatus},
    num_bigint::BigUint,
    upside_sdk::{Pubkey, TokenError, address::find_round, state::Order},
};

/// Longest life of a standing order, in seconds.
const LONGEST: i64 = 365 * 86_400;

/// What a holder ordered.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct StandingOrder {
    /// What is done.
    pub order: Order,
    /// Last second, unix time.
    pub ends_at: i64,
}

impl Model {
    fn order(&self, token: &Pubkey, wallet: &Pubkey) -> Predicted<StandingOrder> {
        let order = self.orders.get(&(*token, *wallet)).copied();
        order.ok_or(Reason::Missing.into())
    }

    /// A holder orders something, in place of what it ordered before.
    ///
    /// # Errors
    /// `Missing`, `WoundUp`, `InvalidExpiry`, `OrderVoid`, `ZeroAmount`.
    pub fn set_order(
        &mut self,
        token: &Pubkey,
        wallet: &Pubkey,
        order: Order,
        ends_at: i64,
    ) -> Predicted {
        let now = self.now;
        self.holder(token, wallet)?;
        let it = self.token_mut(token)?;
        let in_time = now < ends_at && ends_at <= now + LONGEST;
        let mut checks = Checks::new();
        checks
            .require(!it.wound_up, TokenError::WoundUp)
            .require(in_time, TokenError::InvalidExpiry);
        match order {
            Order::PayOwner { owner } => {
                checks.require(owner == it.owner, TokenError::OrderVoid);
            }
            Order::BuyInRound { max_price, .. } => {
                checks.require(max_price > 0, TokenError::ZeroAmount);
            }
        }
        checks.end()?;
        it.report();
        let place = (*token, *wallet);
        self.orders.insert(place, StandingOrder { order, ends_at });
        Ok(())
    }

    /// An order ends: by its wallet at any time, by anybody once nothing comes of it.
    ///
    /// # Errors
    /// `Missing`, `OrderNotOver`.
    pub fn cancel_order(&mut self, token: &Pubkey, wallet: &Pubkey, by: &Pubkey) -> Predicted {
        let order = self.order(token, wallet)?;
        let over = self.now > order.ends_at || self.token(token)?.wound_up;
        require(over || by == wallet, TokenError::OrderNotOver)?;
        self.orders.remove(&(*token, *wallet));
        self.token_mut(token)?.report();
        Ok(())
    }

    /// Dividends are left to who owned the token when it was ordered.
    ///
    /// # Errors
    /// `Missing`, `OrderVoid`, and those of collecting dividends.
    pub fn pay_by_order(&mut self, token: &Pubkey, wallet: &Pubkey) -> Predicted {
        let order = self.order(token, wallet)?;
        self.holder(token, wallet)?;
        let it = self.token(token)?;
        let (owner, quote) = (it.owner, it.assets[0].mint);
        let alive = !it.wound_up && self.now <= order.ends_at;
        let meant = order.order == Order::PayOwner { owner };
        Checks::new()
            .require(alive && meant, TokenError::OrderVoid)
            .all(self.require_account(&owner, &quote))
            .end()?;
        self.pay_dividend(token, wallet, &owner, &quote)
    }

    /// Dividends buy shares in a round that sells at once; `by` pays the rent of what is
    /// made.
    ///
    /// # Errors
    /// `Missing`, `OrderVoid`, `RoundEscrows`, `RoundNeedsApproval`, `SupplyAboveSigned`,
    /// `TermsChanged`, `OwnerCannotContribute`, and those of a contribution.
    pub fn buy_by_order(
        &mut self,
        (token, number): (&Pubkey, u64),
        wallet: &Pubkey,
        by: &Pubkey,
    ) -> Predicted {
        let now = self.now;
        let standing = self.order(token, wallet)?;
        let round = self.round(token, number)?;
        self.holder(token, wallet)?;
        self.observe_supply(token)?;
        let it = self.token(token)?;
        let (owner, quote) = (it.owner, it.assets[0].mint);
        let mut checks = Checks::new();
        checks
            .require(*wallet != owner, TokenError::OwnerCannotContribute)
            .all(it.require_running())
            .require(!it.wound_up, TokenError::OrderVoid)
            .require(now <= standing.ends_at, TokenError::OrderVoid)
            .require(!round.escrows(), TokenError::RoundEscrows)
            .require(!round.terms.by_approval, TokenError::RoundNeedsApproval)
            .all(self.require_account(&owner, &quote));
        let mut dearest = 0;
        match standing.order {
            Order::PayOwner { .. } => {
                checks.require(false, TokenError::OrderVoid);
            }
            Order::BuyInRound {
                round,
                max_price,
                max_supply,
                terms_version,
            } => {
                let same = it.terms_version == terms_version;
                checks
                    .require(round == find_round(token, number).0, TokenError::OrderVoid)
                    .require(it.supply <= max_supply, TokenError::SupplyAboveSigned)
                    .require(same, TokenError::TermsChanged);
                dearest = max_price;
            }
        }
        checks.end()?;

        self.touch(token, wallet)?;
        let owed = self.holder(token, wallet)?.payable(0);
        let in_time = round.terms.opens_at <= now && now < round.terms.closes_at;
        let open = round.status == RoundStatus::Open && in_time;
        let enough = owed >= round.terms.min_contribution;
        Checks::new()
            .require(open, TokenError::RoundNotOpen)
            .require(owed > 0, TokenError::ZeroAmount)
            .require(enough, TokenError::ContributionTooSmall)
            .end()?;
        let bought = round.purchase(owed);
        let left = round.offered() - round.sold();
        require(left > 0, TokenError::RoundSoldOut)?;
        require(bought.shares > 0, TokenError::AmountTooSmall)?;
        // Together they cost no more than as many shares at the highest price, rounded up.
        let most = BigUint::from(bought.shares) * dearest + 999_999u32;
        let cheap = BigUint::from(bought.charge) <= most / 1_000_000u32;
        require(cheap, TokenError::OrderVoid)?;
        let earnings = &mut self.holder_mut(token, wallet)?.earnings;
        earnings[0].owed -= u128::from(bought.charge) << 64;
        let it = self.token_mut(token)?;
        it.quote().payouts -= bought.charge;
        it.report();
        if round.records() {
            self.record((token, number, wallet), by, &bought)?;
        }
        self.sell_at_once((token, number), wallet, token, &bought)
    }
}

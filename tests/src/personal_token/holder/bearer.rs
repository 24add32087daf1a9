//! Shares that leave the register for wallets and come back.

use {
    crate::model::{Checks, Model, Predicted, number::carried, require},
    upside_sdk::{Pubkey, TokenError},
};

impl Model {
    /// Registered shares become tokens in the wallet, up to the bearer cap.
    ///
    /// # Errors
    /// `Missing`, `ZeroAmount`, `WrongTokenAccount`, `InsufficientShares`,
    /// `BearerCapExceeded`.
    pub fn withdraw(&mut self, token: &Pubkey, wallet: &Pubkey, shares: u64) -> Predicted {
        let mint = self.token(token)?.mint;
        self.holder(token, wallet)?;
        Checks::new()
            .require(shares > 0, TokenError::ZeroAmount)
            .all(self.require_account(wallet, &mint))
            .end()?;
        self.touch(token, wallet)?;
        let holder = self.holder_mut(token, wallet)?;
        let cost = holder.give(shares)?;
        holder.withdrawn += shares;
        holder.withdrawn_cost = holder.withdrawn_cost.saturating_add(cost);
        self.last_left(token)?;
        let inside = self.in_custody(token);
        let it = self.token_mut(token)?;
        let outside = it.supply - inside;
        require(
            outside <= it.terms.bearer_cap,
            TokenError::BearerCapExceeded,
        )?;
        it.report();
        self.pay(token, wallet, &mint, shares)
    }

    /// Tokens in the wallet come back, to wait for a day with those that wait already.
    /// Only what this holder withdrew before carries a cost.
    ///
    /// # Errors
    /// `Missing`, `ZeroAmount`, `WrongTokenAccount`, `InsufficientFunds`,
    /// `InsufficientShares`.
    pub fn deposit(&mut self, token: &Pubkey, wallet: &Pubkey, shares: u64) -> Predicted {
        let mint = self.token(token)?.mint;
        self.holder(token, wallet)?;
        let has = self.balance(wallet, &mint);
        let outside = self.token(token)?.supply - self.in_custody(token);
        Checks::new()
            .require(shares > 0, TokenError::ZeroAmount)
            .all(self.require_account(wallet, &mint))
            .require(shares <= has, "InsufficientFunds")
            .require(shares <= outside, TokenError::InsufficientShares)
            .end()?;
        self.touch(token, wallet)?;
        let now = self.token(token)?.changed_at;
        let holder = self.holder_mut(token, wallet)?;
        if holder.shares == 0 && holder.warm == 0 && holder.withdrawn == 0 {
            holder.royalty_bps = holder.royalty_now;
        }
        let back = shares.min(holder.withdrawn);
        let cost = carried(holder.withdrawn_cost, back, holder.withdrawn);
        holder.withdrawn -= back;
        holder.withdrawn_cost -= cost;
        holder.warm += shares;
        holder.warm_cost = holder.warm_cost.saturating_add(cost);
        holder.warm_at = now + 86_400;
        self.token_mut(token)?.report();
        self.pay(wallet, token, &mint, shares)
    }
}

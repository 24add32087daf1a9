//! Shares that leave the register for wallets and come back.

use {
    super::{Checks, Model, Predicted, number::carried, require},
    upside_sdk::{Pubkey, TokenError},
};

impl Model {
    /// Registered shares become tokens in the wallet, up to the bearer cap.
    ///
    /// # Errors
    /// `Missing`, `ZeroAmount`, `WrongTokenAccount`, `InsufficientShares`,
    /// `BearerCapExceeded`.
    pub fn withdraw(&mut self, token: &Pubkey, wallet: &Pubkey, shares: u64) -> Predicted {
        let (mint, free) = (self.token(token)?.mint, self.holder(token, wallet)?.free());
        Checks::new()
            .require(shares > 0, TokenError::ZeroAmount)
            .all(self.require_account(wallet, &mint))
            .require(shares <= free, TokenError::InsufficientShares)
            .end()?;
        self.touch(token, wallet)?;
        let holder = self.holder_mut(token, wallet)?;
        let cost = holder.give(shares)?;
        holder.withdrawn += shares;
        holder.withdrawn_cost = holder.withdrawn_cost.saturating_add(cost);
        let registered = self.registered(token);
        let it = self.token_mut(token)?;
        let outside = it.supply - registered;
        require(
            outside <= it.terms.bearer_cap,
            TokenError::BearerCapExceeded,
        )?;
        it.tell();
        self.pay(token, wallet, &mint, shares)
    }

    /// Tokens in the wallet become registered shares again. Only what this holder
    /// withdrew before carries a cost.
    ///
    /// # Errors
    /// `Missing`, `ZeroAmount`, `WrongTokenAccount`, `InsufficientFunds`,
    /// `InsufficientShares`.
    pub fn deposit(&mut self, token: &Pubkey, wallet: &Pubkey, shares: u64) -> Predicted {
        let mint = self.token(token)?.mint;
        self.holder(token, wallet)?;
        let has = self.balance(wallet, &mint);
        let outside = self.token(token)?.supply - self.registered(token);
        Checks::new()
            .require(shares > 0, TokenError::ZeroAmount)
            .all(self.require_account(wallet, &mint))
            .require(shares <= has, "InsufficientFunds")
            .require(shares <= outside, TokenError::InsufficientShares)
            .end()?;
        self.touch(token, wallet)?;
        let holder = self.holder_mut(token, wallet)?;
        let back = shares.min(holder.withdrawn);
        let cost = carried(holder.withdrawn_cost, back, holder.withdrawn);
        holder.withdrawn -= back;
        holder.withdrawn_cost -= cost;
        holder.take(shares, cost)?;
        self.token_mut(token)?.tell();
        self.pay(wallet, token, &mint, shares)
    }
}

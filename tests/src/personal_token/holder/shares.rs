//! New shares and shares that change hands.

use {
    crate::model::{Checks, Model, Predicted, Reason},
    upside_sdk::{Pubkey, TokenError},
};

impl Model {
    /// Takes the mint's supply over: bearers may have burned their own.
    ///
    /// # Errors
    /// `Missing`.
    pub fn observe_supply(&mut self, token: &Pubkey) -> Predicted {
        let mint = self.token(token)?.mint;
        let supply = self.mints[&mint].supply;
        self.token_mut(token)?.supply = supply;
        Ok(())
    }

    /// Registered shares are burned for nothing.
    ///
    /// # Errors
    /// `Missing`, `InsufficientShares`.
    pub fn burn_registered(&mut self, token: &Pubkey, wallet: &Pubkey, shares: u64) -> Predicted {
        self.observe_supply(token)?;
        self.touch(token, wallet)?;
        self.holder_mut(token, wallet)?.give(shares)?;
        let it = self.token_mut(token)?;
        it.supply -= shares;
        let mint = it.mint;
        self.burn(token, &mint, shares)
    }

    /// The owner registers new shares, paid elsewhere with `paid` quote atoms.
    ///
    /// # Errors
    /// `ZeroAmount`, `NotOwner`, `WoundUp`, `Paused`, `RoundEscrowing`, `EndowmentShort`,
    /// `Missing`, and those of room.
    pub fn issue(
        &mut self,
        token: &Pubkey,
        signer: &Pubkey,
        wallet: &Pubkey,
        shares: u64,
        paid: u64,
    ) -> Predicted {
        let now = self.now;
        self.holder(token, wallet)?;
        let it = self.token_mut(token)?;
        Checks::new()
            .require(shares > 0, TokenError::ZeroAmount)
            .all(it.signed_by(signer, now))
            .all(it.require_running())
            .end()?;
        it.report();
        self.observe_supply(token)?;
        self.require_no_escrow(token)?;
        self.require_room(token, shares)?;
        self.release(token)?;
        let parts = self.parts(token, shares)?;
        self.report_brought(token, &parts)?;
        self.register_new(token, wallet, (shares, paid), &parts)
    }

    /// Registered shares move with their part of the cost. `approved` tells whether the
    /// owner's approval of the two wallets is passed along.
    ///
    /// # Errors
    /// `ZeroAmount`, `SameAccount`, `NotHolder`, `TransferClosed`, `InsufficientShares`,
    /// those of an approval, `Missing`.
    pub fn transfer_shares(
        &mut self,
        token: &Pubkey,
        signer: &Pubkey,
        from: &Pubkey,
        to: &Pubkey,
        shares: u64,
        approved: bool,
    ) -> Predicted {
        self.token(token)?;
        let mut holders = [from, to].into_iter();
        let opened = holders.all(|wallet| self.holder(token, wallet).is_ok());
        Checks::new()
            .require(shares > 0, TokenError::ZeroAmount)
            .require(from != to, TokenError::SameAccount)
            .require(opened, Reason::Missing)
            .require(signer == from, TokenError::NotHolder)
            .end()?;
        let policy = self.pass_policy(token, from, to, shares, approved);
        let moved = self.move_shares(token, from, to, shares);
        self.token_mut(token)?.report();
        Checks::new().all(policy).all(moved).end()
    }

    /// Registered shares change hands, with their part of the cost.
    ///
    /// # Errors
    /// `InsufficientShares`, `Missing`, `Overflow`.
    pub fn move_shares(
        &mut self,
        token: &Pubkey,
        from: &Pubkey,
        to: &Pubkey,
        shares: u64,
    ) -> Predicted {
        self.move_shares_at(token, from, to, shares, None)
    }

    /// Likewise, with the cost named.
    ///
    /// # Errors
    /// Those of [`Model::move_shares`], `CostTooHigh`.
    pub fn move_shares_at(
        &mut self,
        token: &Pubkey,
        from: &Pubkey,
        to: &Pubkey,
        shares: u64,
        cost: Option<u64>,
    ) -> Predicted {
        self.touch(token, from)?;
        self.settle(token, to)?;
        let giver = self.holder_mut(token, from)?;
        let (cost, rate) = (giver.give_at(shares, cost)?, giver.royalty_bps);
        let taker = self.holder_mut(token, to)?;
        taker.meet(rate, shares);
        taker.take(shares, cost)
    }
}

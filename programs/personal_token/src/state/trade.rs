//! What both ways of selling share: what a payment is to its seller, and the royalty.

use {
    super::{Holder, PersonalToken, Status, add, sub},
    crate::error::{Outcome, TokenError},
    upside_math::{Atoms, Bps, RateHistory, Royalty, Shares, merged_rate, royalty},
};

/// What one sale of shares does: computed before anything changes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Trade {
    /// Share atoms from the seller to the buyer.
    pub shares: u64,
    /// Quote atoms that the buyer pays.
    pub payment: u64,
    /// Quote atoms of the payment that bring back what the seller ever paid.
    pub recovered: u64,
    /// Quote atoms of the payment that are royalty: the owner's.
    pub royalty: u64,
    /// What the seller has paid ahead by rounding after it, in 1/10^4 quote atoms.
    pub ahead: u16,
}

impl Trade {
    /// Quote atoms that the seller receives.
    pub fn proceeds(&self) -> Outcome<u64> {
        sub(self.payment, self.royalty, TokenError::InvariantBroken)
    }

    /// Leaves the royalty with the seller.
    pub(crate) fn without_royalty(self, seller: &Holder) -> Self {
        Trade {
            royalty: 0,
            ahead: seller.royalty_ahead,
            ..self
        }
    }
}

impl PersonalToken {
    fn royalty_history(&self) -> RateHistory {
        RateHistory {
            epoch: self.royalty_epoch,
            lowest: self.royalty_lowest,
        }
    }

    fn set_royalty_history(&mut self, history: RateHistory) {
        self.royalty_epoch = history.epoch;
        self.royalty_lowest = history.lowest;
    }

    /// Starts the royalty's history.
    pub(crate) fn start_royalty(&mut self) -> Outcome<()> {
        self.set_royalty_history(RateHistory::new(Bps::new(self.terms.royalty_bps)?));
        Ok(())
    }

    /// Notes that the royalty's rate was `before` until now. Whoever holds shares keeps the
    /// lowest rate since.
    pub(crate) fn note_royalty(&mut self, before: u16) -> Outcome<()> {
        let mut history = self.royalty_history();
        history.note(Bps::new(before)?, Bps::new(self.terms.royalty_bps)?)?;
        self.set_royalty_history(history);
        Ok(())
    }

    /// The part of `seller`'s profit that is royalty now: the lowest rate that held while
    /// they held. None of the owner's, and none in a wind-down.
    pub fn royalty_rate(&self, seller: &Holder) -> Outcome<Bps> {
        if seller.wallet == self.owner || self.status()? == Status::WindDown {
            return Ok(Bps::ZERO);
        }
        self.lowest_royalty(seller)
    }

    fn lowest_royalty(&self, holder: &Holder) -> Outcome<Bps> {
        let since = self.royalty_history().since(holder.royalty_epoch)?;
        Ok(since.min(Bps::new(holder.royalty_bps)?))
    }

    /// What selling `shares` for `payment` does. Royalty is of what the seller receives
    /// beyond everything that they ever paid.
    pub fn trade(&self, seller: &Holder, shares: u64, payment: Atoms) -> Outcome<Trade> {
        let Royalty {
            recovered,
            owed,
            ahead,
            ..
        } = royalty(
            payment,
            Atoms(seller.cost),
            self.royalty_rate(seller)?,
            seller.royalty_ahead,
        )?;
        Ok(Trade {
            shares,
            payment: payment.0,
            recovered: recovered.0,
            royalty: owed.0,
            ahead,
        })
    }
}

impl Holder {
    /// Follows the lowest rate since these shares were last looked at.
    pub(crate) fn follow_royalty(&mut self, token: &PersonalToken) -> Outcome<()> {
        if self.royalty_epoch != token.royalty_epoch || self.royalty_bps > token.terms.royalty_bps {
            self.royalty_bps = token.lowest_royalty(self)?.get();
            self.royalty_epoch = token.royalty_epoch;
        }
        Ok(())
    }

    /// Whether it holds no shares, neither here nor in its wallet: what comes in starts at
    /// the present rate.
    pub(crate) fn holds_nothing(&self) -> bool {
        self.shares == 0 && self.warm == 0 && self.withdrawn == 0
    }

    /// Shares that are about to come in were held at `rate`: a lower one comes along, by
    /// their weight. MUST run before `receive`.
    pub(crate) fn merge_royalty(&mut self, rate: u16, shares: u64) -> Outcome<()> {
        let held = self.shares.saturating_add(self.warm);
        let held = held.saturating_add(self.withdrawn);
        let mine = Bps::new(self.royalty_bps)?;
        let merged = merged_rate(mine, Shares(held), Bps::new(rate)?, Shares(shares))?;
        self.royalty_bps = merged.get();
        Ok(())
    }

    /// Gives up free shares in a trade.
    pub(crate) fn sell(&mut self, trade: &Trade) -> Outcome<()> {
        self.require_free(trade.shares)?;
        self.shares = sub(self.shares, trade.shares, TokenError::InsufficientShares)?;
        self.cost = sub(self.cost, trade.recovered, TokenError::InvariantBroken)?;
        // A statistic: at the end of u64 it stays there, and shares still move.
        self.proceeds = self.proceeds.saturating_add(trade.proceeds()?);
        self.royalty_ahead = trade.ahead;
        Ok(())
    }

    /// This holder account after a trade of free shares. Errors: `InsufficientShares`.
    pub fn after(mut self, trade: &Trade) -> Outcome<Self> {
        self.sell(trade)?;
        Ok(self)
    }

    /// Counts an open bid of this wallet's.
    pub(crate) fn count_bid(&mut self) -> Outcome<()> {
        self.bids = self.bids.checked_add(1).ok_or(TokenError::Overflow)?;
        Ok(())
    }

    /// Counts a bid that ended.
    pub(crate) fn forget_bid(&mut self) -> Outcome<()> {
        let left = self.bids.checked_sub(1);
        self.bids = left.ok_or(TokenError::InvariantBroken)?;
        Ok(())
    }
}

impl PersonalToken {
    /// Money that waits for sellers.
    pub(crate) fn hold_bid(&mut self, escrow: u64) -> Outcome<()> {
        let quote = self.quote_mut();
        quote.bids = add(quote.bids, escrow)?;
        quote.booked()?;
        Ok(())
    }

    /// Money of bids that leaves the vault or becomes the owner's.
    pub(crate) fn free_bid(&mut self, amount: u64) -> Outcome<()> {
        let quote = self.quote_mut();
        quote.bids = sub(quote.bids, amount, TokenError::InvariantBroken)?;
        Ok(())
    }

    /// Royalty that the quote vault received for the owner.
    pub(crate) fn book_royalty(&mut self, amount: u64) -> Outcome<()> {
        let quote = self.quote_mut();
        quote.endowment = add(quote.endowment, amount)?;
        Ok(())
    }
}

//! What both ways of selling share: what a payment is to its seller, and the royalty.

use {
    super::{Holder, PersonalToken, TokenStatus, add, sub},
    crate::error::{ProgramResult, TokenError},
    anchor_lang::prelude::*,
    upside_math::{Atoms, Bps, RateHistory, Royalty, Shares, merged_rate, royalty},
};

/// Shares that change hands for a payment, before anything of it is royalty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deal {
    /// Share atoms from the seller to the buyer.
    pub shares: u64,
    /// Quote atoms that the buyer pays.
    pub payment: Atoms,
    /// Whether the shares are locked, as those of a sale.
    pub locked: bool,
}

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
    pub fn proceeds(&self) -> ProgramResult<u64> {
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

/// The royalty when shares came into being that nobody has registered yet: those of a round
/// or of a grant. Whoever registers them keeps the lowest rate since.
#[zero_copy]
#[derive(Debug, Default, PartialEq, Eq)]
pub struct RoyaltyMark {
    /// How often the royalty had been raised.
    pub epoch: u32,
    /// The rate in basis points.
    pub bps: u16,
    pub(crate) padding: [u8; 2],
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
    pub(crate) fn start_royalty(&mut self) -> ProgramResult<()> {
        self.set_royalty_history(RateHistory::new(Bps::new(self.terms.royalty_bps)?));
        Ok(())
    }

    /// Notes that the royalty's rate was `before` until now. Whoever holds shares keeps the
    /// lowest rate since.
    pub(crate) fn note_royalty(&mut self, before: u16) -> ProgramResult<()> {
        let mut history = self.royalty_history();
        history.note(Bps::new(before)?, Bps::new(self.terms.royalty_bps)?)?;
        self.set_royalty_history(history);
        Ok(())
    }

    /// The part of `seller`'s profit that is royalty now: the lowest rate that held while
    /// they held. None of the owner's, and none in a wind-down.
    pub fn royalty_rate(&self, seller: &Holder) -> ProgramResult<Bps> {
        if seller.wallet == self.owner || self.status()? == TokenStatus::WindDown {
            return Ok(Bps::ZERO);
        }
        self.lowest_royalty(seller)
    }

    fn lowest_royalty(&self, holder: &Holder) -> ProgramResult<Bps> {
        self.lowest_since(holder.royalty_epoch, holder.royalty_bps)
    }

    fn lowest_since(&self, epoch: u32, bps: u16) -> ProgramResult<Bps> {
        let since = self.royalty_history().since(epoch)?;
        Ok(since.min(Bps::new(bps)?))
    }

    /// The royalty of now, for shares that are registered later.
    pub(crate) fn royalty_mark(&self) -> RoyaltyMark {
        RoyaltyMark {
            epoch: self.royalty_epoch,
            bps: self.terms.royalty_bps,
            padding: [0; 2],
        }
    }

    /// The lowest royalty since a mark.
    pub fn royalty_since(&self, mark: &RoyaltyMark) -> ProgramResult<Bps> {
        self.lowest_since(mark.epoch, mark.bps)
    }

    /// What a deal does. Royalty is of what the seller receives beyond everything that they
    /// ever paid: what has warmed MUST be registered, see [`Holder::warmed`].
    pub fn trade(&self, seller: &Holder, deal: &Deal) -> ProgramResult<Trade> {
        let Royalty {
            recovered,
            owed,
            ahead,
            ..
        } = royalty(
            deal.payment,
            Atoms(seller.cost),
            self.royalty_rate(seller)?,
            seller.royalty_ahead,
        )?;
        Ok(Trade {
            shares: deal.shares,
            payment: deal.payment.0,
            recovered: recovered.0,
            royalty: owed.0,
            ahead,
        })
    }

    /// Moves the shares of a deal, and books its royalty unless that stays with the seller.
    /// The seller is settled first: the cost of shares that have warmed counts, whoever
    /// registers them. MUST run after [`Self::release`]. Errors: `InsufficientShares`.
    pub(crate) fn settle_trade(
        &mut self,
        seller: &mut Holder,
        buyer: &mut Holder,
        deal: &Deal,
        royalty: bool,
    ) -> ProgramResult<Trade> {
        self.settle(seller)?;
        let mut trade = self.trade(seller, deal)?;
        if !royalty {
            trade = trade.without_royalty(seller);
        }
        self.change(seller, |seller| {
            if deal.locked {
                seller.unlock(trade.shares)?;
            }
            seller.sell(&trade)
        })?;
        self.change(buyer, |buyer| buyer.receive(trade.shares, trade.payment))?;
        self.book_royalty(trade.royalty)?;
        self.invariant()?;
        Ok(trade)
    }
}

impl Holder {
    /// Follows the lowest rate since these shares were last looked at.
    pub(crate) fn follow_royalty(&mut self, token: &PersonalToken) -> ProgramResult<()> {
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
    pub(crate) fn merge_royalty(&mut self, rate: u16, shares: u64) -> ProgramResult<()> {
        let held = self.shares.saturating_add(self.warm);
        let held = held.saturating_add(self.withdrawn);
        let mine = Bps::new(self.royalty_bps)?;
        let merged = merged_rate(mine, Shares(held), Bps::new(rate)?, Shares(shares))?;
        self.royalty_bps = merged.get();
        Ok(())
    }

    /// Gives up free shares in a trade.
    pub(crate) fn sell(&mut self, trade: &Trade) -> ProgramResult<()> {
        self.require_free(trade.shares)?;
        self.shares = sub(self.shares, trade.shares, TokenError::InsufficientShares)?;
        self.cost = sub(self.cost, trade.recovered, TokenError::InvariantBroken)?;
        // A statistic: at the end of u64 it stays there, and shares still move.
        self.proceeds = self.proceeds.saturating_add(trade.proceeds()?);
        self.royalty_ahead = trade.ahead;
        Ok(())
    }

    /// This holder account after a trade of free shares. Errors: `InsufficientShares`.
    pub fn after(mut self, trade: &Trade) -> ProgramResult<Self> {
        self.sell(trade)?;
        Ok(self)
    }

    /// Counts an open bid of this wallet's.
    pub(crate) fn count_bid(&mut self) -> ProgramResult<()> {
        self.bids = self.bids.checked_add(1).ok_or(TokenError::Overflow)?;
        Ok(())
    }

    /// Counts a bid that ended.
    pub(crate) fn forget_bid(&mut self) -> ProgramResult<()> {
        let left = self.bids.checked_sub(1);
        self.bids = left.ok_or(TokenError::InvariantBroken)?;
        Ok(())
    }
}

impl PersonalToken {
    /// Money that waits for sellers.
    pub(crate) fn hold_bid(&mut self, escrow: u64) -> ProgramResult<()> {
        let quote = self.quote_mut();
        quote.bids = add(quote.bids, escrow)?;
        quote.booked()?;
        Ok(())
    }

    /// Money of bids that leaves the vault or becomes the owner's.
    pub(crate) fn free_bid(&mut self, amount: u64) -> ProgramResult<()> {
        let quote = self.quote_mut();
        quote.bids = sub(quote.bids, amount, TokenError::InvariantBroken)?;
        Ok(())
    }

    /// Royalty that the quote vault received for the owner.
    fn book_royalty(&mut self, amount: u64) -> ProgramResult<()> {
        let quote = self.quote_mut();
        quote.endowment = add(quote.endowment, amount)?;
        Ok(())
    }
}

//! Auctions as the index sees them: which pairs are open, and how far they may go.

use {
    super::{Auction, AuctionTerms, Index, TradeRef, add},
    crate::error::{IndexError, Outcome, require},
    upside_math::{Rounding, target_atoms},
};

impl Index {
    /// The open auctions.
    pub fn trades(&self) -> impl Iterator<Item = &TradeRef> {
        self.auctions.iter().filter(|open| open.used == 1)
    }

    /// Atoms that a slot should hold by its weight and the effective supply, rounded up.
    pub fn target(&self, slot: u8) -> Outcome<u64> {
        let weight = self.constituent(slot)?.weight;
        Ok(target_atoms(
            weight,
            self.effective_supply()?,
            Rounding::Up,
        )?)
    }

    /// Opens an auction and returns its number. MUST follow `accrue`. Errors:
    /// `InvalidAuction`, `BeyondTarget`, `PairInAuction`, `AuctionListFull`.
    pub(crate) fn open_trade(&mut self, terms: &AuctionTerms) -> Outcome<u64> {
        let (sell, buy) = (terms.sell_slot, terms.buy_slot);
        terms.validate(self.terms.notice_seconds)?;
        let most = self
            .constituent(sell)?
            .counter
            .saturating_sub(self.target(sell)?);
        let lacks = self.constituent(buy)?.counter < self.target(buy)?;
        require(terms.sell_atoms <= most && lacks, IndexError::BeyondTarget)?;
        let taken = self.trades().any(|open| {
            (open.sell == sell && open.buy == buy) || (open.sell == buy && open.buy == sell)
        });
        require(!taken, IndexError::PairInAuction)?;

        let number = self.auctions_opened;
        let free = self.auctions.iter_mut().find(|place| place.used == 0);
        *free.ok_or(IndexError::AuctionListFull)? = TradeRef {
            number,
            sell,
            buy,
            used: 1,
            padding: [0; 5],
        };
        self.auctions_opened = add(number, 1)?;
        Ok(number)
    }

    /// Takes an auction off the list.
    pub(crate) fn close_trade(&mut self, number: u64) -> Outcome<()> {
        let mut places = self.auctions.iter_mut();
        let place = places.find(|open| open.used == 1 && open.number == number);
        *place.ok_or(IndexError::InvariantBroken)? = TradeRef::default();
        Ok(())
    }

    /// Books a bid: `sell` atoms leave, `cost` atoms come. Neither constituent may pass
    /// its target. MUST follow `accrue`. Errors: `BeyondTarget`.
    pub(crate) fn trade(
        &mut self,
        auction: &mut Auction,
        sell: u64,
        cost: u64,
        now: i64,
    ) -> Outcome<()> {
        let (seller, buyer) = (auction.sell_slot, auction.buy_slot);
        let (least, most) = (self.target(seller)?, self.target(buyer)?);
        auction.sell(sell)?;
        let sold = self.constituent_mut(seller)?;
        require(sell <= sold.counter, IndexError::BeyondTarget)?;
        sold.release(sell)?;
        require(sold.counter >= least, IndexError::BeyondTarget)?;
        let bought = self.constituent_mut(buyer)?;
        bought.receive(cost, now)?;
        require(bought.counter <= most, IndexError::BeyondTarget)
    }
}

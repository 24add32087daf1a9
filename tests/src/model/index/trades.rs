//! Auctions as the index sees them: which pairs are open, and how far they may go.

use {
    super::{auctions::Auction, *},
    upside_sdk::index::{AuctionTerms, Status},
};

impl Index {
    /// The open auctions.
    pub fn open_trades(&self) -> impl Iterator<Item = &Trade> {
        self.trades.iter().flatten()
    }

    /// Atoms that a slot should hold: its weight for each whole share, rounded up.
    pub fn target(&self, slot: u8) -> Check<u64> {
        ceil(self.slot(slot)?.weight, self.effective()?, 1_000_000_000)
    }

    /// Opens an auction of what is above its target for what is below. Comes after
    /// [`Index::accrue`]. Errors: `InvalidAuction`, `BeyondTarget`, `PairInAuction`, `AuctionListFull`.
    pub fn open_auction(
        &mut self,
        terms: &AuctionTerms,
        rent_payer: &Pubkey,
        now: i64,
    ) -> Check<u64> {
        super::auctions::valid(terms, self.terms.notice_seconds)?;
        let (sell, buy) = (terms.sell_slot, terms.buy_slot);
        let above = self.slot(sell)?.counter.saturating_sub(self.target(sell)?);
        let lacks = self.slot(buy)?.counter < self.target(buy)?;
        let fits = terms.sell_atoms <= above && lacks;
        require(fits, IndexError::BeyondTarget)?;
        let pair = |t: &Trade| [t.sell, t.buy].contains(&sell) && [t.sell, t.buy].contains(&buy);
        require(!self.open_trades().any(pair), IndexError::PairInAuction)?;
        let free = self.trades.iter().position(Option::is_none);
        let free = free.ok_or(IndexError::AuctionListFull)?;
        let number = self.auctions_opened;
        self.trades[free] = Some(Trade { number, sell, buy });
        self.auctions_opened += 1;
        let auction = Auction::new(terms, rent_payer, now);
        self.auctions.insert(number, auction);
        Ok(number)
    }

    /// The curator closes an auction at any time, anybody one that is over. Errors:
    /// `AuctionNotOver`.
    pub fn close_auction(&mut self, who: &Pubkey, number: u64, now: i64) -> Check {
        let auction = self.auctions.get(&number).ok_or(IndexError::WrongAccount)?;
        let over = auction.is_over(now) || self.status == Status::WindDown;
        let may = over || self.require_curator(who).is_ok();
        require(may, IndexError::AuctionNotOver)?;
        self.auctions.remove(&number);
        for place in &mut self.trades {
            if place.is_some_and(|trade| trade.number == number) {
                *place = None;
            }
        }
        Ok(())
    }

    /// A bid for `sell` atoms that costs `cost`; neither slot may pass its target.
    /// Comes after [`Index::accrue`]. Errors: `BeyondTarget`.
    pub fn trade(&mut self, number: u64, sell: u64, cost: u64, now: i64) -> Check {
        let auction = self.auctions.get_mut(&number);
        let auction = auction.ok_or(IndexError::WrongAccount)?;
        auction.left -= sell;
        let (seller, buyer) = (auction.sell, auction.buy);
        let (least, most) = (self.target(seller)?, self.target(buyer)?);
        let sold = self.slot_mut(seller)?;
        let left = sold.counter.checked_sub(sell);
        let left = left.ok_or(IndexError::BeyondTarget)?;
        require(left >= least, IndexError::BeyondTarget)?;
        sold.counter = left;
        let bought = self.slot_mut(buyer)?;
        bought.receive(cost, now)?;
        require(bought.counter <= most, IndexError::BeyondTarget)
    }
}

//! Calls on auctions.

use {
    super::{
        super::{Model, Predicted, Reason, require},
        tell,
    },
    upside_sdk::{
        Pubkey,
        index::{AuctionTerms, BidArgs, IndexError},
    },
};

impl Model {
    /// The curator opens an auction.
    ///
    /// # Errors
    /// `NotCurator`, `NotActive`, `Paused`, those of [`super::Index::open_auction`].
    pub fn open_auction(
        &mut self,
        index: &Pubkey,
        who: &Pubkey,
        terms: &AuctionTerms,
    ) -> Predicted {
        let payer = self.payer;
        self.at(index, |model, it| {
            it.require_curator(who)?;
            it.require_running()?;
            it.accrue(model.minted(it), model.now)?;
            let number = it.open_auction(terms, &payer, model.now)?;
            let auction = it.auctions[&number].clone();
            tell!(
                it,
                AuctionOpened {
                    number,
                    sell: u64::from(terms.sell_slot),
                    buy: u64::from(terms.buy_slot),
                    sell_atoms: terms.sell_atoms,
                    starts_at: auction.starts_at,
                    ends_at: auction.ends_at,
                }
            );
            Ok(())
        })
    }

    /// A wallet bids.
    ///
    /// # Errors
    /// `DeadlinePassed`, `NotActive`, `Paused`, `Slippage`, those of
    /// [`super::auctions::Auction::cost`] and [`super::Index::trade`], and `Uncertain`
    /// where the price is not known to the atom.
    pub fn bid(
        &mut self,
        index: &Pubkey,
        wallet: &Pubkey,
        number: u64,
        args: &BidArgs,
    ) -> Predicted {
        self.at(index, |model, it| {
            let auction = it.auctions.get(&number).ok_or(Reason::Missing)?.clone();
            require(model.now <= args.deadline, IndexError::DeadlinePassed)?;
            it.require_running()?;
            it.accrue(model.minted(it), model.now)?;
            let (cost, most) = auction.cost(args.sell_atoms, model.now)?;
            require(cost == most, "Uncertain")?;
            require(cost <= args.most, IndexError::Slippage)?;
            it.trade(number, args.sell_atoms, cost, model.now)?;
            tell!(
                it,
                AuctionTraded {
                    number,
                    wallet: *wallet,
                    sold: args.sell_atoms,
                    bought: cost,
                    sell_left: it.auctions[&number].left,
                }
            );
            model.prove(it, auction.buy, wallet)?;
            model.prove(it, auction.sell, wallet)?;
            model.bring_in(it, auction.buy, wallet, cost)?;
            model.pay_out(it, auction.sell, wallet, args.sell_atoms)
        })
    }

    /// The curator closes an auction at any time, anybody one that is over.
    ///
    /// # Errors
    /// `AuctionNotOver`.
    pub fn close_auction(&mut self, index: &Pubkey, who: &Pubkey, number: u64) -> Predicted {
        self.at(index, |model, it| {
            let unsold = it.auctions.get(&number).ok_or(Reason::Missing)?.left;
            it.close_auction(who, number, model.now)?;
            tell!(it, AuctionClosed { number, unsold });
            Ok(())
        })
    }
}

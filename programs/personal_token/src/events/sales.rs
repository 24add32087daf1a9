//! Sales between holders, and bids.

use {super::Header, anchor_lang::prelude::*};

upside_support::event_types! {
    /// Shares were offered for a price.
    SaleOpened {
        /// Whose shares.
        seller: Pubkey,
        /// Who alone may buy; zero for anybody.
        buyer: Pubkey,
        /// The seller's number for it.
        number: u64,
        /// Share atoms offered.
        shares: u64,
        /// Quote atoms per whole share.
        price: u64,
        /// Last second in which anybody can buy, unix time.
        expires_at: i64,
    }
    /// A sale ended with shares unsold.
    SaleCancelled {
        /// Whose shares.
        seller: Pubkey,
        /// Who ended it.
        by: Pubkey,
        /// The seller's number for it.
        number: u64,
        /// Share atoms unsold.
        shares: u64,
        /// Share atoms of the seller still locked in other sales.
        locked: u64,
    }
    /// Shares of a sale were bought.
    SharesSold {
        /// Whose shares.
        seller: Pubkey,
        /// Who bought.
        buyer: Pubkey,
        /// The seller's number for the sale.
        number: u64,
        /// Share atoms bought.
        shares: u64,
        /// Quote atoms that the buyer paid, with the royalty.
        paid: u64,
        /// Quote atoms of them that bring back what the seller ever paid.
        recovered: u64,
        /// Quote atoms of them that are the owner's.
        royalty: u64,
        /// Share atoms that the sale still offers.
        left: u64,
        /// The seller's registered shares after it.
        seller_shares: u64,
        /// The buyer's registered shares after it.
        buyer_shares: u64,
    }
    /// Money was put up for shares.
    BidOpened {
        /// Who buys.
        bidder: Pubkey,
        /// Who alone may sell; zero for anybody.
        seller: Pubkey,
        /// The bidder's number for it.
        number: u64,
        /// Share atoms wanted.
        shares: u64,
        /// Quote atoms per whole share.
        price: u64,
        /// Last second in which anybody can sell, unix time.
        expires_at: i64,
        /// Quote atoms that wait for sellers.
        escrow: u64,
    }
    /// A bid ended with shares not bought.
    BidCancelled {
        /// Who bought.
        bidder: Pubkey,
        /// Who ended it.
        by: Pubkey,
        /// The bidder's number for it.
        number: u64,
        /// Share atoms not bought.
        shares: u64,
        /// Quote atoms that went back.
        refunded: u64,
    }
    /// Shares were sold into a bid.
    BidFilled {
        /// Who bought.
        bidder: Pubkey,
        /// Whose shares.
        seller: Pubkey,
        /// The bidder's number for the bid.
        number: u64,
        /// Share atoms sold.
        shares: u64,
        /// Quote atoms that the bid paid, with the royalty.
        paid: u64,
        /// Quote atoms of them that bring back what the seller ever paid.
        recovered: u64,
        /// Quote atoms of them that are the owner's.
        royalty: u64,
        /// Share atoms that the bid still wants.
        left: u64,
        /// Quote atoms that still wait for sellers.
        escrow: u64,
        /// The seller's registered shares after it.
        seller_shares: u64,
        /// The bidder's registered shares after it.
        bidder_shares: u64,
    }
}

//! Sales between holders.

use {super::Header, anchor_lang::prelude::*};

upside_program::event_types! {
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
        /// Part of the seller's profit that goes to the owner, in basis points.
        royalty_bps: u64,
        /// Share atoms locked for it beside those offered.
        royalty_locked: u64,
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
        /// Quote atoms paid to the seller.
        paid: u64,
        /// What the shares cost the seller, in quote atoms.
        cost: u64,
        /// Share atoms from the seller to the owner.
        royalty: u64,
        /// Share atoms that the sale still offers.
        left: u64,
        /// The seller's registered shares after it.
        seller_shares: u64,
        /// The buyer's registered shares after it.
        buyer_shares: u64,
    }
}

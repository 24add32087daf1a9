//! Trades towards the weights.

use {super::Header, anchor_lang::prelude::*};

upside_program::event_types! {
    /// An auction was opened.
    AuctionOpened {
        /// Its number.
        number: u64,
        /// Slot that is sold.
        sell: u64,
        /// Slot that is bought.
        buy: u64,
        /// Atoms for sale.
        sell_atoms: u64,
        /// First second, unix time.
        starts_at: i64,
        /// Last second, unix time.
        ends_at: i64,
    }
    /// Somebody bought in an auction.
    AuctionTraded {
        /// Its number.
        number: u64,
        /// Who.
        wallet: Pubkey,
        /// Atoms that left the index.
        sold: u64,
        /// Atoms that came in.
        bought: u64,
        /// Atoms that are still for sale.
        sell_left: u64,
    }
    /// An auction was closed.
    AuctionClosed {
        /// Its number.
        number: u64,
        /// Atoms that were not sold.
        unsold: u64,
    }
}

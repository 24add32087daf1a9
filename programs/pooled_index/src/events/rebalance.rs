//! Rebalances: what is drafted, announced, made tighter, traded and ended.

use {super::Header, anchor_lang::prelude::*};

upside_support::event_types! {
    /// The curator began a draft.
    RebalanceOpened {
        /// Who.
        by: Pubkey,
    }
    /// An order was added to the draft, in place of an earlier one of its slot.
    OrderAdded {
        /// The slot.
        place: u64,
        /// The personal token or mint that stands in it.
        key: Pubkey,
        /// 1 if the slot is sold, 2 if it is bought.
        side: u64,
        /// Atoms that the index shall hold per whole index share.
        target: u64,
        /// Lowest value of one atom, Q64.64: fraction and whole.
        low: [u64; 2],
        /// Highest value of one atom, Q64.64: fraction and whole.
        high: [u64; 2],
        /// Share atoms of the person that the values are for; 0 of a mint.
        supply: u64,
    }
    /// The draft was announced.
    RebalanceSealed {
        /// Number of the announcement.
        nonce: u64,
        /// Hash of its orders.
        content: [u8; 32],
        /// How many there are.
        orders: u64,
        /// First second in which they are traded, unix time.
        starts_at: i64,
        /// Last second in which they are traded, unix time.
        ends_at: i64,
        /// 1 if it waits 30 days.
        long_notice: u64,
        /// 1 if large orders wait for a majority's yes.
        by_majority: u64,
    }
    /// The value of an order was made better for the index.
    OrderTightened {
        /// Number of the announcement.
        nonce: u64,
        /// Who.
        by: Pubkey,
        /// The slot.
        place: u64,
        /// Lowest value of one atom now, Q64.64: fraction and whole.
        low: [u64; 2],
        /// Highest value of one atom now, Q64.64: fraction and whole.
        high: [u64; 2],
    }
    /// Somebody traded with the index.
    RebalanceTraded {
        /// Number of the announcement.
        nonce: u64,
        /// Who.
        wallet: Pubkey,
        /// Slot that was sold.
        sell: u64,
        /// Slot that was bought.
        buy: u64,
        /// Atoms that left the index.
        sold: u64,
        /// Atoms that came in.
        bought: u64,
        /// Atoms of the slot sold that are still for sale.
        sell_left: u64,
        /// Atoms of the slot bought that are still wanted.
        buy_left: u64,
        /// Basket that keeps what was sold for the wallet; zero if it was paid out.
        basket: Pubkey,
    }
    /// A rebalance was ended: stopped, over, or vetoed before.
    RebalanceEnded {
        /// Number of the announcement.
        nonce: u64,
        /// Who signed.
        by: Pubkey,
    }
}

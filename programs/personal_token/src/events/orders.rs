//! Standing orders.

use {super::Header, anchor_lang::prelude::*};

upside_support::event_types! {
    /// A holder said what becomes of their dividends, in place of what they said before.
    OrderSet {
        /// Whose dividends.
        wallet: Pubkey,
        /// 1 if it buys shares in a round, 0 if it pays the owner.
        buys: u64,
        /// The owner's key, or the round.
        to: Pubkey,
        /// Quote atoms per whole share at most; 0 if it pays the owner.
        max_price: u64,
        /// Most share atoms that exist before it; 0 if it pays the owner.
        max_supply: u64,
        /// The terms under which it holds; 0 if it pays the owner.
        terms_version: u64,
        /// Last second in which it is executed, unix time.
        ends_at: i64,
    }
    /// Dividends went where their holder's order says. What was bought with them is told
    /// by the [`Contributed`](super::Contributed) that follows.
    OrderExecuted {
        /// Whose dividends.
        wallet: Pubkey,
        /// The owner's key, or the round.
        to: Pubkey,
        /// Quote atoms.
        amount: u64,
        /// Quote atoms that the vault still owes to all holders.
        payouts: u64,
    }
    /// A standing order ended.
    OrderEnded {
        /// Whose dividends.
        wallet: Pubkey,
        /// Who ended it.
        by: Pubkey,
    }
}

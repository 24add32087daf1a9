//! What the owner sells, and passes.

use {super::Header, anchor_lang::prelude::*};

upside_support::event_types! {
    /// Something was offered.
    ProductOpened {
        /// The product's number.
        product: u64,
        /// What it asks: 0 a payment, 1 shares held, 2 shares burned.
        kind: u64,
        /// The owner's own rank among products.
        tier: u64,
        /// The payout mint of a payment; zero otherwise.
        mint: Pubkey,
        /// Atoms of that mint, or share atoms.
        price: u64,
        /// Units of a pass.
        units: u64,
        /// Seconds that a pass lives; 0 for no end.
        lifetime: u64,
        /// Most passes that are ever given; 0 for no bound.
        max_passes: u64,
        /// 1 where a revenue claim takes its part.
        linked: u64,
        /// That claim's number.
        claim: u64,
    }
    /// A product gives no more passes.
    ProductClosed {
        /// The product's number.
        product: u64,
        /// Passes that it gave, renewals among them.
        sold: u64,
        /// Passes in existence, which go on.
        passes: u64,
    }
    /// A pass was bought, taken or extended.
    PassBought {
        /// The product's number.
        product: u64,
        /// Whose pass it is.
        wallet: Pubkey,
        /// Atoms paid.
        paid: u64,
        /// Atoms of it to the linked claim.
        to_claim: u64,
        /// Share atoms burned.
        burned: u64,
        /// Share atoms that it locks.
        locked: u64,
        /// Units of the pass after it.
        units: u64,
        /// Last second in which it is good, unix time; 0 for no end.
        expires_at: i64,
        /// Passes ever given of the product after it.
        sold: u64,
        /// Supply after it.
        supply: u64,
    }
    /// Units of a pass were used up.
    PassUsed {
        /// The product's number.
        product: u64,
        /// Whose pass it is.
        wallet: Pubkey,
        /// Who took them: the point of sale or the owner.
        by: Pubkey,
        /// Units used up.
        used: u64,
        /// Units left.
        units: u64,
    }
    /// A pass that was over was closed.
    PassClosed {
        /// The product's number.
        product: u64,
        /// Whose pass it was.
        wallet: Pubkey,
        /// Units that lapsed.
        units: u64,
        /// Passes in existence after it.
        passes: u64,
    }
}

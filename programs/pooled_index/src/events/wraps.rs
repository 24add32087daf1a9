//! What cannot move, the tickets for it, and persons that were wound up.

use {super::Header, anchor_lang::prelude::*};

upside_support::event_types! {
    /// It was noted whether the state shows that a slot cannot move.
    SlotNoted {
        /// The slot.
        place: u64,
        /// What stands in it.
        key: Pubkey,
        /// Since when it was noted to be stuck, unix seconds; 0 if it moves.
        since: i64,
    }
    /// Tickets took the place of a slot.
    SlotWrapped {
        /// The slot.
        place: u64,
        /// The personal token or the mint that is wrapped.
        key: Pubkey,
        /// The mint of tickets.
        mint: Pubkey,
        /// Number of this wrap among those of the index.
        number: u64,
        /// Tickets minted: no more are ever minted.
        tickets: u64,
        /// What was due to the index by then, by place of the coin.
        before: [u64; 8],
    }
    /// Dividends of a wrapped person were collected.
    WrappedHarvested {
        /// The slot.
        place: u64,
        /// The personal token.
        token: Pubkey,
        /// The payout mint.
        mint: Pubkey,
        /// Atoms collected.
        amount: u64,
        /// Atoms of them set aside for members.
        to_members: u64,
        /// Atoms of them that belong to the tickets.
        to_pot: u64,
    }
    /// Somebody burned tickets for what they stand for.
    TicketsUnwrapped {
        /// The slot.
        place: u64,
        /// The mint of tickets.
        mint: Pubkey,
        /// Who.
        wallet: Pubkey,
        /// Tickets burned.
        tickets: u64,
        /// Atoms of what is wrapped.
        atoms: u64,
        /// Atoms of each coin, by place.
        pots: [u64; 8],
        /// Tickets that are left.
        left: u64,
    }
    /// A slot is itself again.
    SlotUnwrapped {
        /// The slot.
        place: u64,
        /// The personal token or the mint that stands in it again.
        key: Pubkey,
        /// The mint of tickets.
        mint: Pubkey,
        /// Tickets of the index that were burned.
        tickets: u64,
        /// What they were worth of it, in atoms.
        atoms: u64,
        /// What they were worth of each pot, by place of the coin.
        pots: [u64; 8],
        /// Tickets outside.
        left: u64,
    }
    /// The wrapper of tickets of which none is left was closed.
    WrapperClosed {
        /// The slot.
        place: u64,
        /// The mint of tickets.
        mint: Pubkey,
        /// Atoms that burned tickets left behind, to be synced.
        atoms: u64,
        /// What they left of each pot to the index, by place of the coin.
        pots: [u64; 8],
    }
    /// The index's shares of a person in wind-down were redeemed.
    WoundUpRedeemed {
        /// The slot.
        place: u64,
        /// The personal token.
        token: Pubkey,
        /// Share atoms burned.
        shares: u64,
        /// Atoms paid of each asset, in the order of its list.
        paid: [u64; 8],
    }
    /// The index's part of a wound-up person's custody was collected.
    WoundUpCollected {
        /// The personal token.
        token: Pubkey,
        /// Number of the claim.
        claim: u64,
        /// Slot of the mint.
        place: u64,
        /// Units collected.
        units: u64,
    }
}

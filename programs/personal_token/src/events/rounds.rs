//! Rounds and contributions.

use {super::Header, anchor_lang::prelude::*};

upside_support::event_types! {
    /// A round was opened.
    RoundOpened {
        /// The round's number.
        round: u64,
        /// Share atoms for sale, by stage.
        shares: [u64; 4],
        /// Quote atoms per whole share, by stage.
        prices: [u64; 4],
        /// Quote atoms below which it fails; 0 for a round that sells at once.
        min_raise: u64,
        /// Quote atoms that one backer may put in.
        backer_cap: u64,
        /// Part of the proceeds that goes to the reserve, in basis points.
        reserve_bps: u64,
        /// Most of a payment that may go into what new shares bring, in basis points.
        most_part_bps: u64,
        /// First second of the round, unix time.
        opens_at: i64,
        /// First second after the round, unix time.
        closes_at: i64,
        /// Atoms of each asset that it locks in the endowment.
        locked: [u64; 8],
    }
    /// The owner moved a round's end.
    RoundExtended {
        /// The round's number.
        round: u64,
        /// First second after the round before, unix time.
        before: i64,
        /// First second after the round now, unix time.
        closes_at: i64,
    }
    /// The owner ended a round that escrows: everybody is refunded.
    RoundCancelled {
        /// The round's number.
        round: u64,
        /// Quote atoms to refund.
        raised: u64,
    }
    /// A backer contributed.
    Contributed {
        /// The round's number.
        round: u64,
        /// Who contributed.
        wallet: Pubkey,
        /// Quote atoms charged.
        paid: u64,
        /// Share atoms bought.
        shares: u64,
        /// Quote atoms of the charge that went to the reserve, 0 in escrow.
        to_reserve: u64,
        /// Quote atoms of the charge that went into what still streams, 0 in escrow.
        to_stream: u64,
        /// Quote atoms that the round has raised after it.
        raised: u64,
        /// Supply after it.
        supply: u64,
    }
    /// A backer took a contribution back before the close.
    ContributionLeft {
        /// The round's number.
        round: u64,
        /// Who left.
        wallet: Pubkey,
        /// Quote atoms paid back.
        paid: u64,
        /// Quote atoms that the round has raised after it.
        raised: u64,
    }
    /// A round was closed.
    RoundClosed {
        /// The round's number.
        round: u64,
        /// Its status after it.
        status: u64,
        /// Share atoms sold.
        sold: u64,
        /// Quote atoms raised.
        raised: u64,
        /// Quote atoms of the raise and the endowment to the reserve.
        to_reserve: u64,
        /// Quote atoms of both into what still streams.
        to_stream: u64,
        /// Quote atoms of both that wait for the owner.
        to_owner: u64,
        /// Quote atoms that the endowment added.
        from_endowment: u64,
        /// Supply after it.
        supply: u64,
    }
    /// A contribution became registered shares.
    ContributionCollected {
        /// The round's number.
        round: u64,
        /// Whose contribution.
        wallet: Pubkey,
        /// Share atoms registered.
        shares: u64,
        /// Share atoms of the round still uncollected.
        uncollected: u64,
    }
    /// A contribution to a failed round was paid back.
    ContributionRefunded {
        /// The round's number.
        round: u64,
        /// Whose contribution.
        wallet: Pubkey,
        /// Quote atoms paid back.
        paid: u64,
        /// Quote atoms in escrow after it.
        escrow: u64,
    }
    /// The owner's part of a round's proceeds was paid.
    RoundSettled {
        /// The round's number.
        round: u64,
        /// Quote atoms to the owner.
        to_owner: u64,
        /// Quote atoms in escrow after it.
        escrow: u64,
    }
}

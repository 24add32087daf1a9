//! Rounds and contributions.

use {super::Header, anchor_lang::prelude::*};

upside_program::event_types! {
    /// A round was opened.
    RoundOpened {
        /// The round's number.
        round: u64,
        /// Share atoms for sale.
        shares: u64,
        /// Quote atoms below which it fails.
        min_raise: u64,
        /// First second of the round, unix time.
        opens_at: i64,
        /// First second after the round, unix time.
        closes_at: i64,
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
        /// Supply after it.
        supply: u64,
    }
    /// A contribution became registered shares.
    ContributionClaimed {
        /// The round's number.
        round: u64,
        /// Whose contribution.
        wallet: Pubkey,
        /// Share atoms registered.
        shares: u64,
        /// Share atoms of the round still unclaimed.
        unclaimed: u64,
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
    /// A round's proceeds went to reserve and owner.
    RoundSettled {
        /// The round's number.
        round: u64,
        /// Quote atoms to the reserve.
        to_reserve: u64,
        /// Quote atoms to the owner.
        to_owner: u64,
        /// Quote reserve after it.
        reserve: u64,
    }
}

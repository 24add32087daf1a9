//! Assets, payouts and redemptions.

use {super::Header, anchor_lang::prelude::*};

upside_support::event_types! {
    /// A mint was listed.
    AssetAdded {
        /// The mint.
        mint: Pubkey,
        /// 1 where it has a payout stream.
        payout: u64,
        /// 1 if its issuer can seize it, or change how it moves or is counted.
        seizable: u64,
        /// 1 if its issuer can freeze the vault.
        freezable: u64,
        /// 1 if its issuer can pause all transfers.
        pausable: u64,
        /// From when on its stream takes payments, unix seconds; 0 for at once.
        payouts_from: i64,
    }
    /// Somebody gave to the reserve.
    ReserveDeposited {
        /// The mint.
        mint: Pubkey,
        /// Who gave.
        from: Pubkey,
        /// Atoms given.
        amount: u64,
        /// Reserve after it.
        reserve: u64,
    }
    /// Somebody added to the owner's endowment.
    EndowmentDeposited {
        /// The mint.
        mint: Pubkey,
        /// Who paid.
        from: Pubkey,
        /// Atoms added.
        amount: u64,
        /// Endowment after it.
        endowment: u64,
    }
    /// The owner took from the endowment.
    EndowmentWithdrawn {
        /// The mint.
        mint: Pubkey,
        /// Atoms taken.
        amount: u64,
        /// Endowment after it.
        endowment: u64,
    }
    /// The endowment brought what new shares must bring.
    AssetsBrought {
        /// Share atoms created.
        shares: u64,
        /// Atoms into the reserve, by the place of the asset.
        to_reserve: [u64; 8],
        /// Atoms into what still streams, by the place of the asset.
        to_stream: [u64; 8],
    }
    /// It was noted whether the state shows that an asset cannot move.
    ImmovabilityNoted {
        /// The mint.
        mint: Pubkey,
        /// Since when it cannot, unix seconds; 0 if it can.
        since: i64,
    }
    /// What a vault holds beyond its books was booked into the reserve.
    SurplusBooked {
        /// The mint.
        mint: Pubkey,
        /// Atoms found.
        found: u64,
        /// Reserve after it.
        reserve: u64,
    }
    /// What a vault lacks was taken out of its books.
    LossBooked {
        /// The mint.
        mint: Pubkey,
        /// Atoms that the endowment lost.
        from_endowment: u64,
        /// Atoms that the reserve lost.
        from_reserve: u64,
        /// Reserve after it.
        reserve: u64,
    }
    /// The last registered share left: what still streamed went to the reserve.
    StreamEnded {
        /// The payout mint.
        mint: Pubkey,
        /// Atoms that had not been released.
        amount: u64,
        /// Reserve after it.
        reserve: u64,
    }
    /// A dividend was paid out.
    DividendCollected {
        /// To whom.
        wallet: Pubkey,
        /// The payout mint.
        mint: Pubkey,
        /// Atoms paid.
        amount: u64,
        /// Atoms that the stream still owes to all.
        payouts: u64,
    }
    /// Shares were burned against the reserve.
    SharesRedeemed {
        /// Whose shares.
        wallet: Pubkey,
        /// Share atoms burned.
        shares: u64,
        /// 1 for bearer tokens.
        bearer: u64,
        /// Share atoms of them that were warming.
        warm: u64,
        /// Atoms paid by asset, in the order of the list.
        paid: [u64; 8],
        /// Bits of the assets that the holder went without.
        forgone: u64,
        /// 1 if it reached shares that passes lock: the passes ended.
        passes_ended: u64,
        /// Supply after it.
        supply: u64,
    }
    /// In a wind-down, shares were redeemed for a receipt.
    ReceiptGiven {
        /// Whose shares.
        wallet: Pubkey,
        /// The wallet's number for the receipt.
        number: u64,
        /// Share atoms burned.
        shares: u64,
        /// Estates of which it takes its part.
        estates: u64,
    }
    /// A wind-down shares the custody of a claim out.
    EstateOpened {
        /// The claim's number.
        claim: u64,
        /// The estate's number.
        estate: u64,
        /// The mint.
        mint: Pubkey,
        /// Atoms of it.
        units: u64,
        /// Share atoms that share it.
        shares: u64,
    }
    /// A receipt took its part of an estate.
    EstateCollected {
        /// The claim's number.
        claim: u64,
        /// To whom it was paid.
        wallet: Pubkey,
        /// The receipt's number.
        number: u64,
        /// The receipt's share atoms.
        shares: u64,
        /// Atoms paid.
        units: u64,
        /// Atoms left.
        held: u64,
    }
    /// A year after a wind-down began, the endowment became reserve.
    EndowmentJoined {
        /// The mint.
        mint: Pubkey,
        /// Atoms that joined.
        amount: u64,
        /// Reserve after it.
        reserve: u64,
    }
}

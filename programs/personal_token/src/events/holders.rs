//! Who has shares, and how they move.

use {super::Header, anchor_lang::prelude::*};

upside_support::event_types! {
    /// A holder account was opened.
    HolderOpened {
        /// Whose it is.
        wallet: Pubkey,
        /// Holder accounts after it.
        holders: u64,
    }
    /// An empty holder account was closed.
    HolderClosed {
        /// Whose it was.
        wallet: Pubkey,
        /// Holder accounts after it.
        holders: u64,
    }
    /// It was announced that a holder becomes a venue, or no longer is one. The mark that
    /// it has cancels what was announced.
    VenueAnnounced {
        /// Whose holder account.
        wallet: Pubkey,
        /// The mark that it has.
        venue: u64,
        /// 1 if it will be a venue.
        open: u64,
        /// From when on it may be applied, unix seconds.
        effective_at: i64,
    }
    /// A holder became a venue, or no longer is one.
    VenueChanged {
        /// Whose holder account.
        wallet: Pubkey,
        /// 1 for a venue; 2 for one that was a venue, and still gives out freely.
        venue: u64,
    }
    /// A transfer was approved.
    TransferApproved {
        /// Who may send.
        from: Pubkey,
        /// Who may receive.
        to: Pubkey,
        /// At most so many share atoms.
        shares: u64,
        /// Last second of the approval, unix time.
        expires_at: i64,
    }
    /// An approval was revoked.
    ApprovalRevoked {
        /// Who could have sent.
        from: Pubkey,
        /// Who could have received.
        to: Pubkey,
    }
    /// The owner registered new shares to a holder.
    SharesIssued {
        /// To whom.
        wallet: Pubkey,
        /// Share atoms issued.
        shares: u64,
        /// Quote atoms paid elsewhere; 0 for a gift.
        paid: u64,
        /// The holder's share atoms after it.
        holder_shares: u64,
        /// Supply after it.
        supply: u64,
    }
    /// Registered shares moved between holders.
    SharesTransferred {
        /// Wallet of the sender.
        from: Pubkey,
        /// Wallet of the receiver.
        to: Pubkey,
        /// Share atoms moved.
        shares: u64,
        /// Quote atoms of cost that moved along.
        cost: u64,
        /// Share atoms of the sender after it.
        from_shares: u64,
        /// Share atoms of the receiver after it.
        to_shares: u64,
    }
    /// Registered shares became bearer tokens.
    SharesWithdrawn {
        /// Whose shares.
        wallet: Pubkey,
        /// Share atoms withdrawn.
        shares: u64,
        /// The holder's share atoms after it.
        holder_shares: u64,
        /// Share atoms outside after it.
        bearer: u64,
    }
    /// Bearer tokens came back, to warm for a day.
    SharesDeposited {
        /// Whose shares.
        wallet: Pubkey,
        /// Share atoms deposited.
        shares: u64,
        /// The holder's share atoms that warm after it.
        warm: u64,
        /// From when on they are registered, unix seconds.
        warm_at: i64,
        /// Share atoms outside after it.
        bearer: u64,
    }
    /// Deposited shares had waited out their day: they earn and vote from now on.
    SharesWarmed {
        /// Whose shares.
        wallet: Pubkey,
        /// Share atoms registered.
        shares: u64,
        /// The holder's share atoms after it.
        holder_shares: u64,
    }
    /// Bearer tokens that were sent to the register unasked were burned, and
    /// tokens that bearers burned were booked.
    ShareCustodySynced {
        /// Share atoms burned.
        burned: u64,
        /// Supply after it.
        supply: u64,
    }
}

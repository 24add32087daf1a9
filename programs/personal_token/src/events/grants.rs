//! Shares that vest.

use {
    super::Header,
    crate::state::{MAX_ASSETS, MAX_STREAMS},
    anchor_lang::prelude::*,
};

upside_support::event_types! {
    /// The owner offered shares that vest over time.
    GrantOffered {
        /// The grant's number.
        grant: u64,
        /// The owner's own number for it; 0 for none.
        reference: u64,
        /// Who may accept.
        beneficiary: Pubkey,
        /// Share atoms offered.
        shares: u64,
        /// When vesting starts, unix seconds.
        start: i64,
        /// Seconds after it before which nothing vests.
        cliff_seconds: u64,
        /// Seconds after it at which all has vested.
        duration_seconds: u64,
        /// 1 if the owner may revoke what has not vested.
        revocable: u64,
        /// Last second in which it can be accepted, unix time.
        expires_at: i64,
        /// Atoms of each asset, by place, that it locks in the endowment.
        locked: [u64; MAX_ASSETS],
        /// Share atoms on offer after it.
        offered: u64,
    }
    /// The beneficiary accepted: the shares exist.
    GrantAccepted {
        /// The grant's number.
        grant: u64,
        /// Who accepted.
        beneficiary: Pubkey,
        /// Share atoms created.
        shares: u64,
        /// Share atoms on offer after it.
        offered: u64,
        /// Supply after it.
        supply: u64,
    }
    /// An offer ended without being accepted.
    GrantCancelled {
        /// The grant's number.
        grant: u64,
        /// Who could have accepted.
        beneficiary: Pubkey,
        /// Who ended it: the owner, the beneficiary, or anybody after its end.
        by: Pubkey,
        /// Share atoms that were offered.
        shares: u64,
        /// Share atoms on offer after it.
        offered: u64,
    }
    /// Vested shares went to the beneficiary, with what they had earned.
    GrantCollected {
        /// The grant's number.
        grant: u64,
        /// To whom.
        beneficiary: Pubkey,
        /// Share atoms collected.
        shares: u64,
        /// Payout atoms that they had earned, by stream, rounded down.
        earned: [u64; MAX_STREAMS],
        /// Share atoms that the grant still holds.
        held: u64,
        /// The beneficiary's registered shares after it.
        holder_shares: u64,
    }
    /// What had not vested was taken back and burned.
    GrantRevoked {
        /// The grant's number.
        grant: u64,
        /// Whose.
        beneficiary: Pubkey,
        /// Who revoked: the owner, in a wind-down anybody.
        by: Pubkey,
        /// Share atoms burned.
        burned: u64,
        /// Share atoms that had vested.
        vested: u64,
        /// Atoms of each asset, by place, that went from the reserve to the endowment.
        returned: [u64; MAX_ASSETS],
        /// Payout atoms that the burned shares had earned, by stream, rounded down: they
        /// stream again.
        earned: [u64; MAX_STREAMS],
        /// Supply after it.
        supply: u64,
    }
    /// An empty grant's account was closed.
    GrantClosed {
        /// The grant's number.
        grant: u64,
        /// Whose it was.
        beneficiary: Pubkey,
    }
}

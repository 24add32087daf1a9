//! Memberships of people whose tokens are held.

use {super::Header, anchor_lang::prelude::*};

upside_program::event_types! {
    /// A membership was offered.
    MembershipOffered {
        /// The personal token.
        token: Pubkey,
        /// Its share atoms to be given.
        token_shares: u64,
        /// Index share atoms for them.
        index_shares: u64,
        /// First second in which it can be accepted, unix time.
        acceptable_from: i64,
        /// Last second in which it can be accepted, unix time.
        expires_at: i64,
    }
    /// An offer was withdrawn or had expired.
    OfferWithdrawn {
        /// The personal token.
        token: Pubkey,
    }
    /// A person came in.
    MembershipAccepted {
        /// The personal token.
        token: Pubkey,
        /// Who.
        member: Pubkey,
        /// Share atoms of the token given.
        token_shares: u64,
        /// Index share atoms minted.
        index_shares: u64,
        /// Index share atoms in existence after it.
        supply: u64,
        /// Members after it.
        members: u64,
    }
    /// A member was paid of the equal share.
    EqualShareClaimed {
        /// The personal token of the membership.
        token: Pubkey,
        /// Who was paid.
        member: Pubkey,
        /// Slot of the cash constituent.
        place: u64,
        /// Atoms paid.
        amount: u64,
        /// Atoms owed to all members of this constituent after it.
        owed: u64,
    }
    /// A member left.
    MembershipLeft {
        /// The personal token.
        token: Pubkey,
        /// Who.
        member: Pubkey,
        /// Members after it.
        members: u64,
    }
    /// A membership of somebody who left was closed.
    MembershipClosed {
        /// The personal token.
        token: Pubkey,
    }
}

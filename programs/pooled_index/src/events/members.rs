//! Memberships of people whose tokens are held.

use {super::Header, anchor_lang::prelude::*};

upside_support::event_types! {
    /// A deal was offered to a person.
    MembershipOffered {
        /// The personal token.
        token: Pubkey,
        /// Number of its announcement.
        nonce: u64,
        /// Share atoms of the token to be given, at the cap of now.
        token_shares: u64,
        /// Index share atoms for them.
        index_shares: u64,
        /// The token's cap.
        cap: u64,
        /// First second in which it can be accepted, unix time.
        acceptable_from: i64,
    }
    /// An offer was cancelled, or had lapsed or fallen.
    OfferCancelled {
        /// The personal token.
        token: Pubkey,
        /// Number of its announcement.
        nonce: u64,
        /// Who cancelled it.
        by: Pubkey,
        /// 0 if it was taken back, 1 if it was vetoed, 2 if it had lapsed, 3 if it fell with
        /// its curator or the index.
        cause: u64,
    }
    /// A person accepted a deal, and is a member.
    MembershipAccepted {
        /// The personal token.
        token: Pubkey,
        /// Who.
        member: Pubkey,
        /// Number of the offer's announcement.
        nonce: u64,
        /// Share atoms of the token given.
        token_shares: u64,
        /// Index share atoms minted, locked ones among them.
        index_shares: u64,
        /// Index share atoms locked for the member after it.
        locked: u64,
        /// Index share atoms in existence after it.
        supply: u64,
        /// Members after it.
        members: u64,
    }
    /// A member was paid of the equal share.
    EqualShareCollected {
        /// The personal token of the membership.
        token: Pubkey,
        /// Who was paid.
        member: Pubkey,
        /// Slot of the coin.
        place: u64,
        /// Atoms paid.
        amount: u64,
        /// Atoms owed to all members of this coin after it.
        owed: u64,
    }
    /// The end of a membership was announced.
    MembershipEnds {
        /// The personal token.
        token: Pubkey,
        /// Who.
        member: Pubkey,
        /// Who announced it.
        by: Pubkey,
        /// 1 if it ends because the index holds nothing of the person.
        empty: u64,
        /// When, unix seconds.
        ends_at: i64,
    }
    /// The announced end fell: the index holds something of the person again.
    MembershipKept {
        /// The personal token.
        token: Pubkey,
    }
    /// A membership ended.
    MembershipEnded {
        /// The personal token.
        token: Pubkey,
        /// Who.
        member: Pubkey,
        /// Members after it.
        members: u64,
    }
    /// Who owns the token now announced to take the membership over.
    TakeOverAnnounced {
        /// The personal token.
        token: Pubkey,
        /// Who is the member.
        member: Pubkey,
        /// Who will be.
        successor: Pubkey,
        /// From when on, unix seconds.
        effective_at: i64,
    }
    /// The token's owner took the membership over.
    MembershipTakenOver {
        /// The personal token.
        token: Pubkey,
        /// Who was the member.
        previous: Pubkey,
        /// Who is.
        member: Pubkey,
        /// Index share atoms locked for the member.
        locked: u64,
    }
    /// A member whose membership ended was paid what was locked.
    LockedCollected {
        /// The personal token of the membership.
        token: Pubkey,
        /// Who was paid.
        member: Pubkey,
        /// Index share atoms.
        shares: u64,
        /// Index share atoms locked for other members after it.
        members_locked: u64,
    }
    /// A membership that ended, and of which nothing was left, was closed.
    MembershipClosed {
        /// The personal token.
        token: Pubkey,
    }
    /// The index answered against a poll on a person's cap or yearly room.
    PollOpposed {
        /// The personal token.
        token: Pubkey,
        /// Number of the poll.
        poll: u64,
    }
}

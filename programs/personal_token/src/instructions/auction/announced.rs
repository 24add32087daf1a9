use {
    crate::{
        events::{AuctionAnnounced, Header},
        state::Claim,
    },
    anchor_lang::prelude::*,
};

/// The event of the auction that a claim now has.
pub(crate) fn announced(header: Header, claim: &Claim) -> AuctionAnnounced {
    let auction = &claim.auction;
    AuctionAnnounced {
        header,
        claim: claim.number,
        auction: auction.number,
        units: auction.units,
        start: auction.start,
        end: auction.end,
        noted: auction.noted,
        starts_at: auction.starts_at,
        ends_at: auction.ends_at,
        poll: auction.poll,
    }
}

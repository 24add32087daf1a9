//! Auctions of custody.

use crate::personal_token::claim::cases::*;
use {
    crate::cases::*,
    upside_sdk::state::{AuctionBuyArgs, AuctionTerms},
};

pub(crate) fn auction_terms() -> AuctionTerms {
    AuctionTerms {
        units: 500 * ONE,
        start: 2_000 * ONE,
        end: 500 * ONE,
        seconds: 7 * 86_400,
    }
}

pub(crate) fn announce_auction() -> Case {
    let mut w = with_attested_equity();
    let (token, list) = (w.token(), w.attesters());
    let claim = find_claim(&w.token, 0).0;
    let announce = ix::announce_auction(&token, &claim, list.as_ref(), auction_terms());
    by(w, announce, &["founder"])
}

/// The same with an auction that has run for half of its time.
pub fn with_auction() -> World {
    let Case {
        world: mut w,
        instruction,
        ..
    } = announce_auction();
    w.send(&instruction, &[&person("founder")]).ok();
    w.pass(7 * DAY + 7 * DAY / 2);
    w
}

pub(crate) fn cancel_auction() -> Case {
    let mut w = with_auction();
    let cancel = ix::cancel_auction(&w.claim(0), &key("founder"));
    by(w, cancel, &["founder"])
}

pub(crate) fn buy_at_auction() -> Case {
    let mut w = with_auction();
    let args = AuctionBuyArgs {
        auction: 1,
        units: 200 * ONE,
        max_payment: 500 * ONE,
        deadline: NEVER,
    };
    let (token, claim, list) = (w.token(), w.claim(0), w.attesters());
    let buyer = key("carol");
    let buy = ix::buy_at_auction(&token, &claim, &buyer, &TOKEN_PROGRAM, list.as_ref(), args);
    by(w, buy, &["carol"])
}

//! Layouts are for good: sizes, and where each field lies.

use {
    core::mem::{offset_of, size_of},
    upside_sdk::state::{
        Approval, Asset, Bid, Claim, Contribution, Grant, Holder, Identity, Pass, PayoutStream,
        PersonalToken, Poll, PollMark, PollSlot, Product, Round, Sale, StandingOrder, TokenTerms,
    },
};

#[test]
fn sizes_of_version_1() {
    assert_eq!(size_of::<PersonalToken>(), 2_416);
    assert_eq!(size_of::<TokenTerms>(), 64);
    assert_eq!(size_of::<PayoutStream>(), 64);
    assert_eq!(size_of::<Asset>(), 128);
    assert_eq!(size_of::<Holder>(), 544);
    assert_eq!(size_of::<Round>(), 424);
    assert_eq!(size_of::<Contribution>(), 176);
    assert_eq!(size_of::<Claim>(), 704);
    assert_eq!(size_of::<Approval>(), 168);
    assert_eq!(size_of::<Sale>(), 240);
    assert_eq!(size_of::<Bid>(), 248);
    assert_eq!(size_of::<StandingOrder>(), 200);
    assert_eq!(size_of::<Grant>(), 344);
    assert_eq!(size_of::<Product>(), 464);
    assert_eq!(size_of::<Pass>(), 232);
    assert_eq!(size_of::<Identity>(), 280);
    assert_eq!(size_of::<Poll>(), 368);
    assert_eq!(size_of::<PollSlot>(), 64);
    assert_eq!(size_of::<PollMark>(), 32);
}

#[test]
fn fields_of_version_1() {
    assert_eq!(offset_of!(PersonalToken, version), 0);
    assert_eq!(offset_of!(PersonalToken, terms), 8);
    assert_eq!(offset_of!(PersonalToken, creator), 72);
    assert_eq!(offset_of!(PersonalToken, owner), 104);
    assert_eq!(offset_of!(PersonalToken, mint), 232);
    assert_eq!(offset_of!(PersonalToken, supply), 360);
    assert_eq!(offset_of!(PersonalToken, streams), 616);
    assert_eq!(offset_of!(PersonalToken, assets), 872);
    assert_eq!(offset_of!(PersonalToken, status), 1_896);
    assert_eq!(offset_of!(PersonalToken, policy_at), 1_904);
    assert_eq!(offset_of!(PersonalToken, executor), 1_976);
    assert_eq!(offset_of!(Holder, shares), 8);
    assert_eq!(offset_of!(Holder, token), 88);
    assert_eq!(offset_of!(Holder, wallet), 120);
    assert_eq!(offset_of!(Holder, streams), 184);
    assert_eq!(offset_of!(Holder, bids), 312);
    assert_eq!(offset_of!(Bid, token), 8);
    assert_eq!(offset_of!(Bid, number), 136);
    assert_eq!(offset_of!(Round, token), 16);
    assert_eq!(offset_of!(Sale, token), 8);
    assert_eq!(offset_of!(Sale, number), 136);
    assert_eq!(offset_of!(Grant, token), 8);
    assert_eq!(offset_of!(Grant, number), 104);
    assert_eq!(offset_of!(Contribution, round), 8);
    assert_eq!(offset_of!(Claim, token), 24);
    assert_eq!(offset_of!(Product, token), 16);
    assert_eq!(offset_of!(Product, price), 144);
    assert_eq!(offset_of!(Pass, product), 40);
    assert_eq!(offset_of!(Pass, wallet), 72);
    assert_eq!(offset_of!(Pass, units), 136);
    assert_eq!(offset_of!(Claim, auction), 576);
}

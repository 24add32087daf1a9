//! The index's layouts are for good: sizes, and where each field lies.

use {
    core::mem::{offset_of, size_of},
    upside_sdk::{
        Pubkey,
        anchor::Discriminator,
        index::{
            Announcement, AnnouncementPlace, Basket, Candidacy, Coin, Constituent, IndexParameters,
            IndexTerms, Lock, Membership, Offer, Order, PooledIndex, Rebalance, StoredAction,
            Subject, VoteMark, Wrapper,
        },
    },
    upside_tests::{
        cases::index::{announced, backed, basket, joined, offered, sealed},
        pool::PoolWorld,
    },
};

#[test]
fn sizes_of_version_1() {
    assert_eq!(size_of::<PooledIndex>(), 10_064);
    assert_eq!(size_of::<Basket>(), 2_752);
    assert_eq!((size_of::<Membership>(), size_of::<Subject>()), (568, 120));
    assert_eq!(size_of::<Offer>(), 184);
    assert_eq!((size_of::<Lock>(), size_of::<VoteMark>()), (344, 24));
    assert_eq!(size_of::<Candidacy>(), 152);
    assert_eq!(size_of::<Announcement>(), 1_784);
    assert_eq!(size_of::<StoredAction>(), 208);
    assert_eq!(size_of::<AnnouncementPlace>(), 72);
    assert_eq!(size_of::<Wrapper>(), 360);
    assert_eq!((size_of::<Rebalance>(), size_of::<Order>()), (9_840, 152));
    assert_eq!((size_of::<Constituent>(), size_of::<Coin>()), (120, 64));
    assert_eq!(
        (size_of::<IndexTerms>(), size_of::<IndexParameters>()),
        (72, 8)
    );
}

#[test]
fn fields_of_an_index_of_version_1() {
    assert_eq!(offset_of!(PooledIndex, version), 0);
    assert_eq!(offset_of!(PooledIndex, status), 3);
    assert_eq!(offset_of!(PooledIndex, terms), 8);
    assert_eq!(offset_of!(PooledIndex, parameters), 80);
    assert_eq!(offset_of!(PooledIndex, name), 88);
    assert_eq!(offset_of!(PooledIndex, symbol), 120);
    assert_eq!(offset_of!(PooledIndex, creator), 136);
    assert_eq!(offset_of!(PooledIndex, curator), 168);
    assert_eq!(offset_of!(PooledIndex, guardian), 296);
    assert_eq!(offset_of!(PooledIndex, recipients), 328);
    assert_eq!(offset_of!(PooledIndex, mint), 488);
    assert_eq!(offset_of!(PooledIndex, supply), 528);
    assert_eq!(offset_of!(PooledIndex, settled), 560);
    assert_eq!(offset_of!(PooledIndex, locked), 576);
    assert_eq!(offset_of!(PooledIndex, paused_until), 592);
    assert_eq!(offset_of!(PooledIndex, members), 608);
    assert_eq!(offset_of!(PooledIndex, sequence), 640);
    assert_eq!(offset_of!(PooledIndex, members_locked), 648);
    assert_eq!(offset_of!(PooledIndex, admitted), 656);
    assert_eq!(offset_of!(PooledIndex, diluted), 688);
    assert_eq!(offset_of!(PooledIndex, coins), 792);
    assert_eq!(offset_of!(PooledIndex, announcements_made), 1_304);
    assert_eq!(offset_of!(PooledIndex, announcements), 1_312);
    assert_eq!(offset_of!(PooledIndex, vetoed), 1_744);
    assert_eq!(offset_of!(PooledIndex, constituents), 2_128);
    assert_eq!(offset_of!(AnnouncementPlace, effective_at), 24);
    assert_eq!(offset_of!(AnnouncementPlace, content), 32);
    assert_eq!(offset_of!(AnnouncementPlace, kind), 68);
    assert_eq!(offset_of!(IndexTerms, notice_seconds), 4);
    assert_eq!(offset_of!(IndexTerms, credential), 8);
    assert_eq!(offset_of!(Constituent, custody), 32);
    assert_eq!(offset_of!(Constituent, counter), 64);
    assert_eq!(offset_of!(Constituent, stands_for), 88);
    assert_eq!(offset_of!(Constituent, kind), 104);
    assert_eq!(offset_of!(Coin, owed), 24);
    assert_eq!(offset_of!(Coin, listing), 48);
}

#[test]
fn fields_of_what_belongs_to_an_index_of_version_1() {
    assert_eq!(offset_of!(Basket, entry_fee_bps), 4);
    assert_eq!(offset_of!(Basket, index), 8);
    assert_eq!(offset_of!(Basket, nonce), 104);
    assert_eq!(offset_of!(Basket, deadline), 120);
    assert_eq!(offset_of!(Basket, amounts), 128);
    assert_eq!(offset_of!(Basket, costs), 640);
    assert_eq!(offset_of!(Basket, notes), 1_152);
    assert_eq!(offset_of!(Membership, token), 40);
    assert_eq!(offset_of!(Membership, member), 72);
    assert_eq!(offset_of!(Membership, subject), 104);
    assert_eq!(offset_of!(Membership, token_shares), 200);
    assert_eq!(offset_of!(Membership, locked), 216);
    assert_eq!(offset_of!(Membership, ends_at), 232);
    assert_eq!(offset_of!(Membership, checkpoints), 248);
    assert_eq!(offset_of!(Membership, owed), 376);
    assert_eq!(offset_of!(Subject, membership), 40);
    assert_eq!(offset_of!(Offer, token), 40);
    assert_eq!(offset_of!(Offer, nonce), 104);
    assert_eq!(offset_of!(Offer, cap), 128);
    assert_eq!(offset_of!(Offer, acceptable_from), 144);
    assert_eq!(offset_of!(Lock, wallet), 40);
    assert_eq!(offset_of!(Lock, shares), 104);
    assert_eq!(offset_of!(Lock, since), 112);
    assert_eq!(offset_of!(Lock, marks), 168);
    assert_eq!(offset_of!(Candidacy, candidate), 40);
    assert_eq!(offset_of!(Candidacy, support), 112);
    assert_eq!(offset_of!(Announcement, nonce), 72);
    assert_eq!(offset_of!(Announcement, actions), 88);
    assert_eq!(offset_of!(StoredAction, key), 8);
    assert_eq!(offset_of!(Wrapper, mint), 40);
    assert_eq!(offset_of!(Wrapper, number), 168);
    assert_eq!(offset_of!(Wrapper, pots), 200);
    assert_eq!(offset_of!(Rebalance, index), 8);
    assert_eq!(offset_of!(Rebalance, nonce), 40);
    assert_eq!(offset_of!(Rebalance, starts_at), 48);
    assert_eq!(offset_of!(Rebalance, orders), 96);
    assert_eq!(offset_of!(Order, left), 40);
    assert_eq!(offset_of!(Order, low), 56);
    assert_eq!(offset_of!(Order, reference), 104);
}

/// A number in an account's bytes, at its place after the discriminator.
fn long(data: &[u8], at: usize) -> u64 {
    u64::from_le_bytes(data[8 + at..16 + at].try_into().unwrap())
}

/// An account's bytes, of this type.
fn bytes<T: Discriminator>(pool: &mut PoolWorld, key: &Pubkey) -> Vec<u8> {
    let account = pool.world.engine.account(key).unwrap();
    assert_eq!(account.data[..8], *T::DISCRIMINATOR);
    assert_eq!(account.data.len(), 8 + size_of::<T>());
    account.data
}

/// What the chain has at the places where old readers look.
#[test]
fn bytes_of_version_1() {
    let mut pool = joined();
    let key = pool.index;
    let (data, index) = (bytes::<PooledIndex>(&mut pool, &key), pool.index().data);
    assert_eq!(data[8..12], [1, index.bump, index.mint_bump, 1]);
    assert_eq!(data[8 + 88..8 + 107], *b"Makers of the futur");
    assert_eq!(data[8 + 488..8 + 520], index.mint.to_bytes());
    assert_eq!(long(&data, 528), index.supply);
    assert_eq!(long(&data, 640), index.sequence);
    assert_eq!(long(&data, 648), index.members_locked);
    assert_eq!(long(&data, 2_128 + 64), index.constituents[0].counter);
    let membership = pool.membership("p0");
    let data = bytes::<Membership>(&mut pool, &membership.key);
    assert_eq!(data[8..11], [1, membership.data.bump, 0]);
    assert_eq!(long(&data, 200), membership.data.token_shares);
    assert_eq!(long(&data, 216), membership.data.locked);
    let subject = pool.subject("p0").unwrap();
    let data = bytes::<Subject>(&mut pool, &subject.key);
    assert_eq!(data[8..10], [1, subject.data.bump]);
    assert_eq!(data[8 + 40..8 + 72], membership.key.to_bytes());

    let mut pool = offered();
    let offer = pool.offered("p0");
    let data = bytes::<Offer>(&mut pool, &offer.key);
    assert_eq!(data[8..10], [1, offer.data.bump]);
    assert_eq!(long(&data, 128), offer.data.cap);

    let mut pool = basket(5);
    let basket = pool.basket("bob", 0);
    let data = bytes::<Basket>(&mut pool, &basket.key);
    assert_eq!(data[8..11], [1, basket.data.bump, 0]);
    assert_eq!(long(&data, 128 + 16), basket.data.amounts[2]);

    let mut pool = sealed(false);
    let rebalance = pool.rebalance();
    let data = bytes::<Rebalance>(&mut pool, &rebalance.key);
    assert_eq!(data[8..11], [1, rebalance.data.bump, 2]);
    assert_eq!(long(&data, 96 + 40), rebalance.data.orders[0].left);
}

#[test]
fn bytes_of_votes_of_version_1() {
    let mut pool = backed();
    let lock = pool.lock("carol");
    let data = bytes::<Lock>(&mut pool, &lock.key);
    assert_eq!(data[8..10], [1, lock.data.bump]);
    assert_eq!(long(&data, 104), lock.data.shares);
    let candidacy = pool.candidacy("dave");
    let data = bytes::<Candidacy>(&mut pool, &candidacy.key);
    assert_eq!(data[8..10], [1, candidacy.data.bump]);
    assert_eq!(long(&data, 112), lock.data.backing);

    let (mut pool, nonce) = announced();
    let announcement = pool.announcement(nonce);
    let data = bytes::<Announcement>(&mut pool, &announcement.key);
    assert_eq!(data[8..11], [1, announcement.data.bump, 6]);
    assert_eq!(long(&data, 72), nonce);
    // The first of its actions: new fees.
    assert_eq!(data[8 + 88], announcement.data.actions[0].kind.raw());
    let fees = announcement.data.actions[0].fees.management_fee_bps;
    assert_eq!(data[8 + 88 + 40..8 + 88 + 42], fees.to_le_bytes());
}

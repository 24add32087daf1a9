//! The index's layouts are for good: sizes, and where each field lies.

use {
    core::mem::{offset_of, size_of},
    upside_sdk::{
        anchor::Discriminator,
        index::{
            Auction, Basket, CashBook, Constituent, Index, Membership, Parameters, Terms, TradeRef,
        },
    },
    upside_tests::catalogue::index::{auctioned, basket, joined},
};

#[test]
fn sizes_of_version_1() {
    assert_eq!(size_of::<Index>(), 8_360);
    assert_eq!(size_of::<Basket>(), 704);
    assert_eq!(size_of::<Membership>(), 376);
    assert_eq!(size_of::<Auction>(), 216);
    assert_eq!(size_of::<Constituent>(), 112);
    assert_eq!(size_of::<CashBook>(), 40);
    assert_eq!(size_of::<TradeRef>(), 16);
    assert_eq!((size_of::<Terms>(), size_of::<Parameters>()), (16, 16));
}

#[test]
fn fields_of_version_1() {
    assert_eq!(offset_of!(Index, version), 0);
    assert_eq!(offset_of!(Index, status), 3);
    assert_eq!(offset_of!(Index, paused), 4);
    assert_eq!(offset_of!(Index, terms), 8);
    assert_eq!(offset_of!(Index, parameters), 24);
    assert_eq!(offset_of!(Index, pending_parameters), 40);
    assert_eq!(offset_of!(Index, parameters_at), 56);
    assert_eq!(offset_of!(Index, weights_at), 64);
    assert_eq!(offset_of!(Index, name), 72);
    assert_eq!(offset_of!(Index, symbol), 104);
    assert_eq!(offset_of!(Index, creator), 120);
    assert_eq!(offset_of!(Index, curator), 152);
    assert_eq!(offset_of!(Index, mint), 280);
    assert_eq!(offset_of!(Index, supply), 320);
    assert_eq!(offset_of!(Index, sequence), 384);
    assert_eq!(offset_of!(Index, dilution), 400);
    assert_eq!(offset_of!(Constituent, custody), 32);
    assert_eq!(offset_of!(Constituent, counter), 64);
    assert_eq!(offset_of!(Constituent, weight), 80);
    assert_eq!(offset_of!(Constituent, kind), 104);
    assert_eq!(offset_of!(Basket, index), 8);
    assert_eq!(offset_of!(Basket, nonce), 104);
    assert_eq!(offset_of!(Basket, deadline), 120);
    assert_eq!(offset_of!(Basket, amounts), 128);
    assert_eq!(offset_of!(Membership, token), 40);
    assert_eq!(offset_of!(Membership, member), 72);
    assert_eq!(offset_of!(Membership, token_shares), 136);
    assert_eq!(offset_of!(Membership, checkpoints), 184);
    assert_eq!(offset_of!(Membership, owed), 248);
    assert_eq!(offset_of!(Auction, index), 8);
    assert_eq!(offset_of!(Auction, number), 72);
    assert_eq!(offset_of!(Auction, start_price), 88);
    assert_eq!(offset_of!(Auction, starts_at), 136);
}

/// What the chain has at the places where old readers look.
#[test]
fn bytes_of_version_1() {
    let long =
        |data: &[u8], at: usize| u64::from_le_bytes(data[8 + at..16 + at].try_into().unwrap());
    let mut pool = joined();
    let account = pool.world.engine.account(&pool.index).unwrap();
    let index = pool.index().data;
    assert_eq!(account.data.len(), 8 + size_of::<Index>());
    assert_eq!(account.data[..8], *Index::DISCRIMINATOR);
    assert_eq!(account.data[8..13], [1, index.bump, index.mint_bump, 1, 0]);
    assert_eq!(account.data[8 + 72..8 + 91], *b"Makers of the futur");
    assert_eq!(account.data[8 + 280..8 + 312], index.mint.to_bytes());
    assert_eq!(long(&account.data, 320), index.supply);
    assert_eq!(long(&account.data, 384), index.sequence);
    let slots = offset_of!(Index, constituents);
    assert_eq!(slots, 8_360 - 256 - 64 * 112);
    assert_eq!(
        long(&account.data, slots + 64),
        index.constituents[0].counter
    );
    let membership = pool.membership("p0");
    let account = pool.world.engine.account(&membership.key).unwrap();
    assert_eq!(account.data[..8], *Membership::DISCRIMINATOR);
    assert_eq!(account.data[8..11], [1, membership.data.bump, 1]);
    assert_eq!(long(&account.data, 136), membership.data.token_shares);

    let mut pool = basket(5);
    let basket = pool.basket("bob", 0);
    let account = pool.world.engine.account(&basket.key).unwrap();
    assert_eq!(account.data[..8], *Basket::DISCRIMINATOR);
    assert_eq!(account.data[8..11], [1, basket.data.bump, 0]);
    assert_eq!(long(&account.data, 128 + 16), basket.data.amounts[2]);

    let mut pool = auctioned(false);
    let auction = pool.auction(0);
    let account = pool.world.engine.account(&auction.key).unwrap();
    assert_eq!(account.data[..8], *Auction::DISCRIMINATOR);
    assert_eq!(account.data[8..12], [1, auction.data.bump, 2, 0]);
    assert_eq!(long(&account.data, 80), auction.data.sell_left);
}

//! Worlds with many holders, claims and rounds: accounts written beside those that there
//! are, with counters that add up.

use {
    core::mem::offset_of,
    solana_account::Account,
    upside_sdk::{
        Pubkey,
        address::{find_claim, find_holder, find_round},
        state::{Claim, Holder, PersonalToken, Round},
    },
    upside_tests::world::{ONE, World},
};

/// Bytes of a discriminator, before an account's fields.
const HEAD: usize = 8;
/// Where a mint has its supply, and a token account its amount.
const MINT_SUPPLY: usize = 36;
const AMOUNT: usize = 64;

fn add(data: &mut [u8], place: usize, more: u64) {
    let field = data[place..].first_chunk_mut::<8>().expect("eight bytes");
    *field = (u64::from_le_bytes(*field) + more).to_le_bytes();
}

fn put(data: &mut [u8], field: usize, bytes: &[u8]) {
    data[HEAD + field..][..bytes.len()].copy_from_slice(bytes);
}

fn change(world: &mut World, key: &Pubkey, change: impl FnOnce(&mut [u8])) {
    let mut account = world.engine.account(key).expect("the account exists");
    change(&mut account.data);
    world.engine.set_account(*key, account);
}

/// What the token, its mint and its register say when there are `more` holders of one
/// whole share each.
pub fn count_holders(world: &mut World, more: u64) {
    let token = world.token();
    let shares = more * ONE;
    change(world, &token.key, |data| {
        for field in [
            offset_of!(PersonalToken, supply),
            offset_of!(PersonalToken, registered),
        ] {
            add(data, HEAD + field, shares);
        }
        add(data, HEAD + offset_of!(PersonalToken, holders), more);
    });
    change(world, &token.data.mint, |data| {
        add(data, MINT_SUPPLY, shares)
    });
    change(world, &token.data.share_custody, |data| {
        add(data, AMOUNT, shares)
    });
}

/// The nth wallet of many holders.
fn wallet(place: u64) -> Pubkey {
    let mut key = [7; 32];
    key[..8].copy_from_slice(&place.to_le_bytes());
    Pubkey::new_from_array(key)
}

/// Makes it `count` holders altogether.
pub fn holders(world: &mut World, count: u64) {
    let token = world.token();
    let more = count - token.data.holders;
    let bob = world.holder("bob").key;
    let model = world.engine.account(&bob).expect("bob holds shares");
    for place in 0..more {
        let wallet = wallet(place);
        let (key, bump) = find_holder(&token.key, &wallet);
        let mut holder = model.clone();
        put(
            &mut holder.data,
            offset_of!(Holder, wallet),
            wallet.as_ref(),
        );
        put(&mut holder.data, offset_of!(Holder, bump), &[bump]);
        put(
            &mut holder.data,
            offset_of!(Holder, shares),
            &ONE.to_le_bytes(),
        );
        world.engine.set_account(key, holder);
    }
    count_holders(world, more);
}

/// Copies of an account, of other numbers.
fn numbered(
    world: &mut World,
    model: Account,
    numbers: core::ops::Range<u64>,
    find: fn(&Pubkey, u64) -> (Pubkey, u8),
    (number, bump): (usize, usize),
) {
    let token = world.token;
    for place in numbers {
        let (key, found) = find(&token, place);
        let mut account = model.clone();
        put(&mut account.data, number, &place.to_le_bytes());
        put(&mut account.data, bump, &[found]);
        world.engine.set_account(key, account);
    }
}

/// Makes it `count` claims altogether, copies of the first.
pub fn claims(world: &mut World, count: u64) {
    let token = world.token();
    let first = find_claim(&token.key, 0).0;
    let model = world.engine.account(&first).expect("a claim");
    let fields = (offset_of!(Claim, number), offset_of!(Claim, bump));
    numbered(world, model, token.data.claims..count, find_claim, fields);
    let more = count - token.data.claims;
    change(world, &token.key, |data| {
        add(data, HEAD + offset_of!(PersonalToken, claims), more);
    });
}

/// Makes it `count` rounds altogether, copies of the first, which must be closed.
pub fn rounds(world: &mut World, count: u64) {
    let token = world.token();
    let first = find_round(&token.key, 0).0;
    let model = world.engine.account(&first).expect("a round");
    let fields = (offset_of!(Round, number), offset_of!(Round, bump));
    numbered(world, model, token.data.rounds..count, find_round, fields);
    let more = count - token.data.rounds;
    change(world, &token.key, |data| {
        add(data, HEAD + offset_of!(PersonalToken, rounds), more);
    });
}

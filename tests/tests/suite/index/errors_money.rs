//! Contributing, redeeming, harvesting: what is refused, and what each event says.

use {
    super::{
        errors_support::{done, refused},
        support::*,
    },
    upside_sdk::{
        address::{TOKEN_PROGRAM, find_associated},
        event::IndexEvent,
        index::{
            ContributeArgs, CreateIndexArgs, IndexError, RedeemArgs, SlotAtoms, find_index,
            instruction as ix,
        },
        instruction as token_ix,
    },
    upside_tests::{
        cases::index::{CASH_SLOT, joined, launched},
        pool::{CASH, INDEX_ONE, LAUNCHED, index_args, seeded, token_of, unbounded},
        world::{DAY, NEVER, ONE},
    },
};

#[test]
fn contributions_are_refused_for_their_reasons() {
    let mut pool = launched();
    let index = pool.index();
    let good = ContributeArgs {
        shares: INDEX_ONE,
        least_shares: 990_000_000,
        most: unbounded(&index.data),
        deadline: NEVER,
    };
    let bound = |slot, atoms| SlotAtoms { slot, atoms };
    let some = |slots: &[u8]| slots.iter().map(|slot| bound(*slot, u64::MAX)).collect();
    let with = |args| ix::contribute(&index, &key("bob"), args).unwrap();
    let now = pool.world.now();
    for (args, error) in [
        (
            ContributeArgs {
                shares: 0,
                ..good.clone()
            },
            IndexError::ZeroAmount,
        ),
        // One atom less the entry fee, which rounds up, is nothing.
        (
            ContributeArgs {
                shares: 1,
                ..good.clone()
            },
            IndexError::AmountTooSmall,
        ),
        (
            ContributeArgs {
                shares: u64::MAX,
                ..good.clone()
            },
            IndexError::Overflow,
        ),
        (
            ContributeArgs {
                least_shares: 990_000_001,
                ..good.clone()
            },
            IndexError::Slippage,
        ),
        (
            ContributeArgs {
                most: vec![
                    bound(0, seeded(0) / 1_000 - 1),
                    bound(1, u64::MAX),
                    bound(2, u64::MAX),
                ],
                ..good.clone()
            },
            IndexError::Slippage,
        ),
        (
            ContributeArgs {
                deadline: now - 1,
                ..good.clone()
            },
            IndexError::DeadlinePassed,
        ),
    ] {
        refused(&mut pool, &with(args), &["bob"], error);
    }
    // Each slot that costs something is named, in order.
    for slots in [
        vec![],
        vec![0, 1],
        vec![1, 2],
        vec![0, 2],
        vec![2, 1, 0],
        vec![0, 2, 1],
    ] {
        let mut call = with(good.clone());
        call.data = ix::contribute(
            &index,
            &key("bob"),
            ContributeArgs {
                most: some(&slots),
                ..good.clone()
            },
        )
        .unwrap()
        .data;
        refused(&mut pool, &call, &["bob"], IndexError::SlotNotNamed);
    }
    let mut call = with(good.clone());
    // The same constituent twice: its accounts stand where the next one's should.
    for place in 0..3 {
        call.accounts[9 + place] = call.accounts[6 + place].clone();
    }
    refused(&mut pool, &call, &["bob"], IndexError::WrongAccount);
    let mut call = with(good.clone());
    call.accounts.truncate(12);
    refused(&mut pool, &call, &["bob"], IndexError::MissingAccounts);
    let mut call = with(good.clone());
    call.accounts.push(call.accounts[6].clone());
    refused(&mut pool, &call, &["bob"], IndexError::ExtraAccounts);
    let mut call = with(good.clone());
    call.accounts[12].pubkey = key("another mint");
    refused(&mut pool, &call, &["bob"], IndexError::WrongMint);
    let mut call = with(good.clone());
    let quote = pool.world.quote;
    call.accounts[13].pubkey = find_associated(&key("carol"), &quote, &TOKEN_PROGRAM).0;
    refused(&mut pool, &call, &["bob"], IndexError::WrongTokenAccount);
    pool.world.pass(3_601);
    let IndexEvent::SharesBought(event) = done(&mut pool, &with(good), &["bob"]) else {
        panic!("another event")
    };
    assert_eq!((event.wallet, event.minted), (key("bob"), 990_000_000));
    assert_eq!(
        (event.fee, event.supply),
        (10_000_000, LAUNCHED + 990_000_000)
    );
}

#[test]
fn redemptions_are_refused_for_their_reasons() {
    let mut pool = launched();
    let index = pool.index();
    let good = pool.redeem_args(INDEX_ONE);
    let with = |args| ix::redeem(&index, &key("curator"), args).unwrap();
    let now = pool.world.now();
    let bound = |slot, atoms| SlotAtoms { slot, atoms };
    let least = vec![bound(1, 1), bound(0, seeded(0) / 1_000 + 1)];
    for (args, error) in [
        (
            RedeemArgs {
                shares: 0,
                ..good.clone()
            },
            IndexError::ZeroAmount,
        ),
        (
            RedeemArgs {
                shares: LAUNCHED + 1,
                ..good.clone()
            },
            IndexError::InsufficientShares,
        ),
        (
            RedeemArgs {
                shares: 1,
                ..good.clone()
            },
            IndexError::AmountTooSmall,
        ),
        (
            RedeemArgs {
                least,
                ..good.clone()
            },
            IndexError::Slippage,
        ),
        (
            RedeemArgs {
                least: vec![bound(64, 0)],
                ..good.clone()
            },
            IndexError::NotAConstituent,
        ),
        // A slot that is free pays nothing.
        (
            RedeemArgs {
                least: vec![bound(63, 1)],
                ..good.clone()
            },
            IndexError::Slippage,
        ),
        (
            RedeemArgs {
                deadline: now - 1,
                ..good.clone()
            },
            IndexError::DeadlinePassed,
        ),
    ] {
        refused(&mut pool, &with(args), &["curator"], error);
    }
    let mut call = with(good.clone());
    call.accounts[4].pubkey = TOKEN_PROGRAM;
    refused(
        &mut pool,
        &call,
        &["curator"],
        IndexError::WrongTokenProgram,
    );
    pool.world.pass(3_601);
    let cash = pool.cash("curator");
    let call = with(good);
    let IndexEvent::SharesRedeemed(event) = done(&mut pool, &call, &["curator"]) else {
        panic!("another event")
    };
    assert_eq!((event.burned, event.fee), (INDEX_ONE, 5_000_000));
    assert!(pool.cash("curator") - cash <= CASH / 1_000 * 995 / 1_000);
}

#[test]
fn an_emptied_index_takes_nothing() {
    let mut pool = launched();
    // Its issuers could seize everything that an index of cash alone holds.
    let mut index = pool.world.engine.account(&pool.index).unwrap();
    let mut data = pool.index().data;
    for slot in &mut data.constituents {
        slot.counter = 0;
    }
    index.data[8..].copy_from_slice(bytemuck::bytes_of(&data));
    pool.world.engine.set_account(pool.index, index);
    let contribute = pool.contribute_ix("bob", INDEX_ONE);
    refused(&mut pool, &contribute, &["bob"], IndexError::EmptyIndex);
}

#[test]
fn a_harvest_claims_for_the_right_slot_only() {
    let mut pool = joined();
    pool.pay_revenue("p1", 10_000 * ONE);
    pool.world.pass(DAY);
    let before = pool.index().data;
    let harvest = pool.harvest_ixs(1).remove(0);
    let mut other = harvest.clone();
    other.data[8] = 0;
    refused(&mut pool, &other, &[], IndexError::WrongAccount);
    other.data[8] = CASH_SLOT;
    refused(&mut pool, &other, &[], IndexError::WrongKind);
    other.data[8] = 9;
    refused(&mut pool, &other, &[], IndexError::NotAConstituent);
    let mut bare = harvest.clone();
    bare.accounts[4] = bare.accounts[7].clone();
    bare.accounts[4].pubkey = upside_sdk::index::PROGRAM_ID;
    refused(&mut pool, &bare, &[], IndexError::MissingAccounts);
    let none = ix::harvest(&pool.index(), 1, &pool.token("p1"), None).unwrap();
    refused(&mut pool, &none, &[], IndexError::NothingToCollect);
    let IndexEvent::Harvested(event) = done(&mut pool, &harvest, &[]) else {
        panic!("another event")
    };
    let after = pool.index().data;
    assert_eq!(
        (event.token, event.mint),
        (token_of("p1"), pool.world.quote)
    );
    assert_eq!(
        (event.to_members, event.complete),
        (event.amount / 10 / 10, 1)
    );
    assert_eq!(
        after.constituents[2].counter - before.constituents[2].counter,
        event.amount - event.to_members
    );
    assert_eq!(after.coins[0].owed - before.coins[0].owed, event.to_members);
    assert_eq!(after.constituents[1].harvested_at, pool.world.now());
}

#[test]
fn accounts_of_another_index_are_refused() {
    let mut pool = joined();
    let other = CreateIndexArgs {
        number: 9,
        ..index_args()
    };
    let create = ix::create_index(&pool.payer(), &key("curator"), other);
    pool.send(&create, &["curator"]).succeeded();
    let mut end = ix::end_membership(&pool.membership("p0"), &key("p0"));
    end.accounts[1].pubkey = find_index(&key("curator"), 9).0;
    refused(&mut pool, &end, &["p0"], IndexError::WrongIndex);
    let same = token_ix::transfer_shares(
        &token_of("p0"),
        &key("bob"),
        &key("bob"),
        upside_sdk::Shares(1),
        None,
    );
    pool.send(&same, &["bob"])
        .refused(upside_sdk::TokenError::SameAccount);
}

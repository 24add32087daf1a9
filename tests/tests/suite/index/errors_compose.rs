//! Creating, composing, launching, contributing, redeeming, harvesting: what is
//! refused, and what each event says.

use {
    super::{
        errors_support::{done, refused},
        support::*,
    },
    solana_program::instruction::Instruction,
    upside_sdk::{
        Pubkey,
        address::{TOKEN_2022_PROGRAM, TOKEN_PROGRAM},
        event::IndexEvent,
        index::{
            CreateIndexArgs, IndexError, LOCKED_SHARES, TermsInput, find_index, instruction as ix,
        },
        state::{Admission, TransferPolicy},
    },
    upside_tests::{
        cases::index::{CASH_SLOT, composed, launched},
        engine::Engine,
        pool::{INDEX_ONE, LAUNCHED, PoolWorld, index_args, token_of},
        world::{ONE, mint_bytes},
    },
};

#[test]
fn impossible_indexes_are_not_created() {
    let mut pool = PoolWorld::seeding(Engine::lite(), 0, |_| {});
    let good = CreateIndexArgs {
        number: 1,
        ..index_args()
    };
    pool.index = find_index(&key("curator"), 1).0;
    let payer = pool.payer();
    let create = |args| ix::create_index(&payer, &key("curator"), args);
    let terms = good.terms;
    for bad in [
        TermsInput {
            equal_share_bps: 2_501,
            ..terms
        },
        TermsInput {
            dilution_bps: 1_001,
            ..terms
        },
        // An issuer and a schema are named where an equal share is paid, and only there.
        TermsInput {
            credential: Pubkey::default(),
            ..terms
        },
        TermsInput {
            schema: Pubkey::default(),
            ..terms
        },
        TermsInput {
            equal_share_bps: 0,
            ..terms
        },
        TermsInput {
            notice_seconds: 3 * 86_400 - 1,
            ..terms
        },
        TermsInput {
            notice_seconds: 30 * 86_400 + 1,
            ..terms
        },
    ] {
        let call = create(CreateIndexArgs {
            terms: bad,
            ..good.clone()
        });
        refused(&mut pool, &call, &["curator"], IndexError::InvalidTerms);
    }
    for name in ["", "tab\t", "a name of more than thirty-two bytes"] {
        let call = create(CreateIndexArgs {
            name: name.into(),
            ..good.clone()
        });
        refused(&mut pool, &call, &["curator"], IndexError::InvalidText);
    }
    let nobody = CreateIndexArgs {
        recipients: Vec::new(),
        ..good.clone()
    };
    refused(
        &mut pool,
        &create(nobody),
        &["curator"],
        IndexError::InvalidRecipients,
    );
    let IndexEvent::IndexCreated(event) = done(&mut pool, &create(good.clone()), &["curator"])
    else {
        panic!("another event")
    };
    assert_eq!((event.creator, event.number), (key("curator"), 1));
    assert_eq!(event.mint, pool.index().data.mint);
    refused(
        &mut pool,
        &create(good),
        &["curator"],
        IndexError::AlreadyExists,
    );
}

fn cash_ix(pool: &mut PoolWorld, mint: Pubkey, authority: Option<Pubkey>) -> Instruction {
    let program = pool.world.engine.account(&mint).unwrap().owner;
    ix::add_mint(
        &pool.index(),
        &pool.payer(),
        &mint,
        &program,
        authority,
        true,
    )
}

#[test]
fn shares_of_indexes_and_persons_are_no_cash() {
    let mut pool = launched();
    let (own, index) = (pool.index().data.mint, pool.index);
    let call = cash_ix(&mut pool, own, Some(index));
    refused(&mut pool, &call, &["curator"], IndexError::CircularMint);
    let (persons, token) = (pool.token("p0").data.mint, token_of("p0"));
    let call = cash_ix(&mut pool, persons, Some(token));
    refused(&mut pool, &call, &["curator"], IndexError::CircularMint);
    // The authority cannot be hidden or told wrong.
    for authority in [None, Some(key("mint authority"))] {
        let call = cash_ix(&mut pool, own, authority);
        refused(&mut pool, &call, &["curator"], IndexError::WrongAccount);
    }
    // Another index's shares are none either.
    let other = CreateIndexArgs {
        number: 5,
        ..index_args()
    };
    let create = ix::create_index(&pool.payer(), &key("bob"), other);
    pool.send(&create, &["bob"]).succeeded();
    let other = find_index(&key("bob"), 5).0;
    let mint = upside_sdk::index::find_shares(&other).0;
    let call = cash_ix(&mut pool, mint, Some(other));
    refused(&mut pool, &call, &["curator"], IndexError::CircularMint);
}

#[test]
fn mints_that_are_no_money_are_refused() {
    let mut pool = launched();
    let mint = key("a strange mint");
    let authority = Some(key("mint authority"));
    let mut fees = mint_bytes(5);
    fees.resize(165, 0);
    fees.extend_from_slice(&[1, 1, 0, 108, 0]);
    fees.extend_from_slice(&[0; 108]);
    pool.world.add_mint(mint, TOKEN_2022_PROGRAM, fees);
    let call = cash_ix(&mut pool, mint, authority);
    refused(&mut pool, &call, &["curator"], IndexError::UnsupportedMint);
    pool.world.add_mint(mint, TOKEN_PROGRAM, vec![0; 82]);
    let call = cash_ix(&mut pool, mint, authority);
    refused(&mut pool, &call, &["curator"], IndexError::WrongMint);
    pool.world.add_mint(mint, TOKEN_PROGRAM, mint_bytes(5));
    let mut call = cash_ix(&mut pool, mint, authority);
    call.accounts[6].pubkey = TOKEN_2022_PROGRAM;
    refused(
        &mut pool,
        &call,
        &["curator"],
        IndexError::WrongTokenProgram,
    );
    let quote = pool.world.quote;
    let call = cash_ix(&mut pool, quote, authority);
    refused(
        &mut pool,
        &call,
        &["curator"],
        IndexError::AlreadyConstituent,
    );
    // Later coins are announced.
    let mut pool = composed();
    for number in 0..8 {
        let mint = key(&format!("cash {number}"));
        pool.world.add_mint(mint, TOKEN_PROGRAM, mint_bytes(5));
        let call = cash_ix(&mut pool, mint, authority);
        if number == 7 {
            refused(&mut pool, &call, &["curator"], IndexError::CoinListFull);
        } else {
            let IndexEvent::ConstituentAdded(event) = done(&mut pool, &call, &["curator"]) else {
                panic!("another event")
            };
            assert_eq!((event.key, event.place, event.kind), (mint, 3 + number, 2));
        }
    }
}

#[test]
fn persons_come_once_and_must_let_the_index_send() {
    let mut pool = launched();
    let payer = pool.payer();
    let again = ix::add_personal(&pool.index(), &payer, &token_of("p0"));
    refused(
        &mut pool,
        &again,
        &["curator"],
        IndexError::AlreadyConstituent,
    );
    pool.add_person("shy", |args| args.admission = Admission::Approved);
    // The token's program says so itself: admission needs the owner's signature.
    let add = ix::add_personal(&pool.index(), &payer, &token_of("shy"));
    pool.send(&add, &["curator"])
        .refused(upside_sdk::TokenError::NotAdmitted);
    pool.add_person("closed", |args| {
        args.transfer_policy = TransferPolicy::Approved
    });
    let add = ix::add_personal(&pool.index(), &payer, &token_of("closed"));
    refused(&mut pool, &add, &["curator"], IndexError::NotTransferable);
    let mut add = ix::add_personal(&pool.index(), &payer, &token_of("shy"));
    add.accounts[4].pubkey = upside_sdk::address::find_holder(&token_of("shy"), &key("bob")).0;
    refused(&mut pool, &add, &["curator"], IndexError::WrongHolder);
    pool.add_person("p2", |_| {});
    let add = ix::add_personal(&pool.index(), &payer, &token_of("p2"));
    let IndexEvent::ConstituentAdded(event) = done(&mut pool, &add, &["curator"]) else {
        panic!("another event")
    };
    assert_eq!((event.key, event.place, event.kind), (token_of("p2"), 3, 1));
    let remove = ix::remove_constituent(&pool.index(), 3);
    let IndexEvent::ConstituentRemoved(event) = done(&mut pool, &remove, &["curator"]) else {
        panic!("another event")
    };
    assert_eq!((event.key, event.place), (token_of("p2"), 3));
    refused(
        &mut pool,
        &remove,
        &["curator"],
        IndexError::NotAConstituent,
    );
    let held = ix::remove_constituent(&pool.index(), 0);
    refused(&mut pool, &held, &["curator"], IndexError::ConstituentInUse);
}

#[test]
fn sixty_four_constituents_are_the_most() {
    let mut pool = PoolWorld::seeding(Engine::lite(), 65, |_| {});
    let payer = pool.payer();
    for place in 0..65 {
        let add = ix::add_personal(&pool.index(), &payer, &token_of(&format!("p{place}")));
        if place == 64 {
            refused(
                &mut pool,
                &add,
                &["curator"],
                IndexError::ConstituentListFull,
            );
        } else {
            pool.send(&add, &["curator"]).succeeded();
        }
    }
}

#[test]
fn a_seed_goes_in_and_out_before_the_launch() {
    let mut pool = composed();
    let seed = |pool: &mut PoolWorld, slot, amount| ix::seed(&pool.index(), slot, amount).unwrap();
    let zero = seed(&mut pool, 0, 0);
    refused(&mut pool, &zero, &["curator"], IndexError::ZeroAmount);
    let call = seed(&mut pool, 1, 9 * ONE);
    let IndexEvent::Seeded(event) = done(&mut pool, &call, &["curator"]) else {
        panic!("another event")
    };
    assert_eq!(
        (event.place, event.amount, event.counter),
        (1, 9 * ONE, 9 * ONE)
    );
    let unseed = ix::unseed(&pool.index(), 1, 9 * ONE + 1).unwrap();
    refused(
        &mut pool,
        &unseed,
        &["curator"],
        IndexError::InsufficientShares,
    );
    let has = pool.has("p1", "curator");
    let unseed = ix::unseed(&pool.index(), 1, 4 * ONE).unwrap();
    let IndexEvent::Unseeded(event) = done(&mut pool, &unseed, &["curator"]) else {
        panic!("another event")
    };
    assert_eq!((event.amount, event.counter), (4 * ONE, 5 * ONE));
    assert_eq!(pool.has("p1", "curator"), has + 4 * ONE);

    let launch = |pool: &mut PoolWorld, shares| ix::launch(&pool.index(), &pool.payer(), shares);
    let call = launch(&mut pool, LAUNCHED);
    refused(&mut pool, &call, &["curator"], IndexError::NothingSeeded);
    let contribute = pool.contribute_ix("bob", INDEX_ONE);
    refused(&mut pool, &contribute, &["bob"], IndexError::NotActive);
    let redeem = pool.redeem_ix("bob", INDEX_ONE);
    refused(&mut pool, &redeem, &["bob"], IndexError::NotLaunched);
    pool.seed(0, ONE);
    pool.seed(CASH_SLOT, ONE);
    for shares in [0, LOCKED_SHARES] {
        let call = launch(&mut pool, shares);
        refused(&mut pool, &call, &["curator"], IndexError::TooFewShares);
    }
    let call = launch(&mut pool, LOCKED_SHARES + 1);
    let IndexEvent::IndexLaunched(event) = done(&mut pool, &call, &["curator"]) else {
        panic!("another event")
    };
    assert_eq!(
        (event.supply, event.locked),
        (LOCKED_SHARES + 1, LOCKED_SHARES)
    );
    assert_eq!(pool.shares("curator"), 1);
    refused(&mut pool, &call, &["curator"], IndexError::NotSeeding);
    let late = seed(&mut pool, 0, ONE);
    refused(&mut pool, &late, &["curator"], IndexError::NotSeeding);
}

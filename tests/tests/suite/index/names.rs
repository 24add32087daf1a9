//! What wallets see of an index's shares, and that nobody's reserve holds them.

use {
    super::{
        errors_support::{done, refused},
        support::*,
    },
    upside_sdk::{
        TokenError,
        address::{TOKEN_2022_PROGRAM, TOKEN_PROGRAM},
        event::IndexEvent,
        fetch,
        index::{IndexError, instruction as ix},
        instruction as token_ix,
        state::Account,
    },
    upside_tests::{
        cases::index::{launched, wound_down},
        pool::{INDEX_ONE, PoolWorld, index_args, token_of},
        terms::token_args,
    },
};

/// Numbers of a Token-2022 mint's extensions.
fn extensions(data: &[u8]) -> Vec<u16> {
    let (mut rest, mut numbers) = (&data[166..], Vec::new());
    while rest.len() >= 4 {
        let length = usize::from(u16::from_le_bytes([rest[2], rest[3]]));
        numbers.push(u16::from_le_bytes([rest[0], rest[1]]));
        rest = &rest[4 + length..];
    }
    numbers
}

#[test]
fn shares_have_a_name_and_nobody_can_touch_them() {
    let mut pool = launched();
    let index = pool.index();
    let mint = pool.world.engine.account(&index.data.mint).unwrap();
    assert_eq!(mint.owner, TOKEN_2022_PROGRAM);
    let name = fetch::metadata(&mint.data).unwrap();
    let args = index_args();
    assert_eq!(
        [name.name, name.symbol, name.uri],
        [args.name, args.symbol, args.uri]
    );
    assert_eq!(mint.data[44], 9, "decimals");
    assert_eq!(mint.data[4..36], index.key.to_bytes(), "the index mints");
    assert_eq!(mint.data[46..82], [0; 36], "nobody freezes");
    // Metadata pointer and metadata: no hook, no delegate, no fee.
    assert_eq!(extensions(&mint.data), [18, 19]);
    // The pointer is for good: it has no authority, and names the mint.
    let at = 166 + 4;
    assert_eq!(mint.data[at..at + 32], [0; 32]);
    assert_eq!(mint.data[at + 32..at + 64], index.data.mint.to_bytes());
}

#[test]
fn the_curator_says_where_the_file_is() {
    let mut pool = launched();
    let uri = |pool: &mut PoolWorld| pool.pool().uri;
    let set = |pool: &mut PoolWorld, uri: &str| ix::set_uri(&pool.index(), &pool.payer(), uri);
    let long = format!("https://makers.example/{}", "x".repeat(177));
    for text in [long.as_str(), "ipfs://makers", ""] {
        let call = set(&mut pool, text);
        let IndexEvent::UriChanged(event) = done(&mut pool, &call, &["curator"]) else {
            panic!("another event")
        };
        assert_eq!(upside_sdk::state::text::read(&event.uri), text);
        assert_eq!(uri(&mut pool), text);
    }
    for text in [format!("{long}x"), "https://makers\n".into()] {
        let call = set(&mut pool, &text);
        refused(&mut pool, &call, &["curator"], IndexError::InvalidText);
    }
    let mut astray = set(&mut pool, "https://mallory.example");
    astray.accounts[1].pubkey = key("bob");
    refused(&mut pool, &astray, &["bob"], IndexError::NotCurator);
    let mut astray = set(&mut pool, "https://mallory.example");
    astray.accounts[3].pubkey = pool.token("p0").data.mint;
    refused(&mut pool, &astray, &["curator"], IndexError::WrongAccount);
    let mut astray = set(&mut pool, "https://mallory.example");
    astray.accounts[4].pubkey = TOKEN_PROGRAM;
    refused(
        &mut pool,
        &astray,
        &["curator"],
        IndexError::WrongTokenProgram,
    );
    // In a wind-down the file can still say so.
    let mut pool = wound_down();
    let call = set(&mut pool, "https://makers.example/ended.json");
    pool.send(&call, &["curator"]).succeeded();
}

#[test]
fn texts_that_wallets_could_not_show_make_no_index() {
    let mut pool = launched();
    for uri in ["\u{202e}nosj", "x".repeat(201).as_str()] {
        let args = upside_sdk::index::CreateIndexArgs {
            number: 9,
            uri: uri.into(),
            ..index_args()
        };
        let create = ix::create_index(&pool.payer(), &key("curator"), args);
        refused(&mut pool, &create, &["curator"], IndexError::InvalidText);
    }
}

/// An index holds a person, and the person's reserve would hold the index: each would be
/// worth what the other is.
#[test]
fn shares_of_an_index_back_nobody() {
    let mut pool = launched();
    pool.contribute("bob", INDEX_ONE);
    let index: Account<_> = pool.index();
    let shares = index.data.mint;
    let token = pool.token("p0");
    let list = |payout| {
        let by = Some(index.key);
        token_ix::add_asset(&token, &key("p0"), &shares, &TOKEN_2022_PROGRAM, by, payout)
    };
    for payout in [false, true] {
        pool.send(&list(payout), &["p0"])
            .refused(TokenError::CircularMint);
    }
    // Nor is a person's money shares of an index, or of a person.
    let persons = (pool.token("p1").data.mint, token_of("p1"));
    for (mint, by) in [(shares, index.key), persons] {
        let create = token_ix::create_token(
            &pool.payer(),
            &key("mallory"),
            &mint,
            &TOKEN_2022_PROGRAM,
            Some(by),
            token_args(),
        );
        pool.send(&create, &["mallory"])
            .refused(TokenError::CircularMint);
    }
}

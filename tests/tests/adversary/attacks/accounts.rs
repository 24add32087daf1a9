//! Accounts and mints that are not what they seem.

use {
    super::{
        Attack, THOUSAND,
        backing::{backed_world, one_stage},
        key, landed, must, refused,
    },
    solana_program::instruction::{AccountMeta, Instruction},
    upside_sdk::{
        Pubkey,
        address::{TOKEN_2022_PROGRAM, TOKEN_PROGRAM, TokenAddresses, find_associated},
        instruction as ix,
        state::{Account, PROGRAM_ID, PersonalToken},
    },
    upside_tests::{
        cases::redeem_args,
        terms::token_args,
        world::{ONE, World, minter},
    },
};

/// F41. A multisig account of the token program where proceeds go.
#[test]
fn a_multisig_is_no_token_account() {
    for (reserve_bps, name) in [(10_000, "nothing to it"), (0, "all to it")] {
        let mut w = super::backing::token_with(|_| {});
        let terms = one_stage(&w, 100 * THOUSAND, ONE, 0, reserve_bps);
        let round = w.open_round(terms);
        w.contribute(round, "bob", THOUSAND);
        w.open_holder("mallory");
        let mut data = vec![0; 355];
        data[..32].copy_from_slice(w.quote.as_ref());
        data[32..64].copy_from_slice(key("founder").as_ref());
        data[108] = 1;
        data[165] = 2;
        let fake = key("fake multisig");
        w.put(fake, TOKEN_PROGRAM, data);
        let mut attack = Attack::by(&["founder", "mallory"], "a multisig as a token account");
        let mut buy = w.contribute_ix(round, "mallory", 10 * ONE);
        let real = find_associated(&key("founder"), &w.quote, &TOKEN_PROGRAM).0;
        for meta in buy.accounts.iter_mut().filter(|it| it.pubkey == real) {
            meta.pubkey = fake;
        }
        attack.withstood(&mut w, |a, w| {
            let got = a.send(w, &format!("as proceeds of a contribution, {name}"), &[buy]);
            assert!(got.is_some(), "{got:?}");
        });
    }
}

/// F46. A wallet that is assigned to a program can still be neither robbed nor kept in.
#[test]
fn an_assigned_wallet_keeps_and_redeems() {
    let mut w = backed_world(0);
    let mut data = 1u32.to_le_bytes().to_vec();
    data.extend_from_slice(PROGRAM_ID.as_ref());
    let assign = Instruction {
        program_id: Pubkey::default(),
        accounts: vec![AccountMeta::new(key("mallory"), true)],
        data,
    };
    w.issue("mallory", 10 * THOUSAND);
    let mut attack = Attack::by(&["mallory"], "a wallet assigned to the program");
    let burn = ix::redeem(&w.token(), &key("mallory"), redeem_args(4 * THOUSAND)).unwrap();
    attack.withstood(&mut w, |a, w| {
        landed(a.send(w, "assign and redeem", &[assign, burn.clone()]));
        landed(a.send(w, "redeem again", &[burn]));
    });
}

/// F48. Two persons list each other's shares, so that both look backed.
#[test]
fn shares_of_a_person_back_nobody() {
    let mut w = backed_world(0);
    let mut args = token_args();
    args.symbol = "EVE".into();
    let (payer, quote) = (key("payer"), w.quote);
    let create = ix::create_token(
        &payer,
        &key("mallory"),
        &quote,
        &TOKEN_PROGRAM,
        minter(),
        args,
    );
    must(&mut w, &create, &["mallory"]);
    let other = TokenAddresses::of_creator(&key("mallory"));
    let theirs: Account<PersonalToken> = w.get(&other.token);
    let mut attack = Attack::by(&["founder", "mallory"], "list each other's shares");
    let list = |of: &Account<PersonalToken>, what: &Account<PersonalToken>| {
        let (mint, by) = (what.data.mint, Some(what.key));
        ix::add_asset(of, &payer, &mint, &TOKEN_2022_PROGRAM, by, false)
    };
    let ours = w.token();
    attack.withstood(&mut w, |a, w| {
        for (what, of, listed) in [
            ("their shares here", &ours, &theirs),
            ("ours there", &theirs, &ours),
            ("ours here", &ours, &ours),
        ] {
            refused(a.send(w, what, &[list(of, listed)]), "CircularMint");
        }
    });
}

/// F24. The framework's own instructions are not in the program.
#[test]
fn the_framework_has_no_instructions_of_its_own() {
    let mut w = backed_world(0);
    let mut attack = Attack::by(&["mallory"], "the framework's own instructions");
    let data = vec![
        0x40, 0xf4, 0xbc, 0x78, 0xa7, 0xe9, 0x69, 0x0a, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    ];
    let call = Instruction {
        program_id: PROGRAM_ID,
        accounts: vec![],
        data,
    };
    attack.withstood(&mut w, |a, w| {
        refused(
            a.send(w, "create an IDL account", &[call]),
            "InstructionFallbackNotFound",
        );
    });
}

/// F20. Nothing of a round goes to anybody unpaid: there are no pledges.
#[test]
fn a_round_gives_no_shares_away() {
    let mut w = super::backing::token_with(|_| {});
    w.open_holder("mallory");
    let terms = one_stage(&w, 100 * THOUSAND, ONE, 50 * THOUSAND, 10_000);
    let round = w.open_round(terms);
    w.contribute(round, "bob", 100 * THOUSAND);
    let mut attack = Attack::by(&["founder", "mallory"], "take a part of a round unpaid");
    let place = upside_sdk::address::find_round(&w.token, round).0;
    let close = ix::close_round(&w.token(), &place, &key("founder"));
    let settle = ix::settle_round(&w.token(), &place);
    w.pass(upside_tests::world::DAY);
    attack.withstood(&mut w, |a, w: &mut World| {
        landed(a.send(w, "close and settle", &[close, settle]));
    });
    assert_eq!(
        w.token().data.supply,
        100 * THOUSAND,
        "what was paid for, no more"
    );
}

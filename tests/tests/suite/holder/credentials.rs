//! Admission by a credential of the Solana Attestation Service.

use {
    solana_signer::Signer,
    upside_sdk::{
        Pubkey, TokenError,
        address::{SYSTEM_PROGRAM, TOKEN_PROGRAM},
        event::TokenEvent,
        instruction as ix,
        state::{ATTESTATION_SERVICE, Admission, Credential},
    },
    upside_tests::{
        credential::{Attested, by_credential},
        engine::{Engine, Outcome},
        people::person,
        terms::token_args,
        world::{DAY, START, World},
    },
};

fn key(name: &str) -> Pubkey {
    person(name).pubkey()
}

fn world() -> World {
    World::with(by_credential)
}

fn opens(w: &mut World, name: &str) -> Outcome {
    let (token, payer) = (w.token(), w.payer.pubkey());
    let open = ix::open_holder_by_credential(&token, &payer, &key(name));
    w.send(&open, &[&person(name)])
}

#[test]
fn a_wallet_with_the_credential_opens_its_own() {
    let mut w = world();
    opens(&mut w, "bob").refused(TokenError::CredentialRequired);
    Attested::on(&key("bob")).put(&mut w);
    let events = opens(&mut w, "bob").ok();
    let TokenEvent::HolderOpened(opened) = &events[0] else {
        panic!("{events:?}")
    };
    assert_eq!((opened.wallet, opened.holders), (key("bob"), 2));
    assert_eq!(w.holder("bob").data.rent_payer, w.payer.pubkey());
    opens(&mut w, "bob").refused(TokenError::AlreadyExists);
    // What was admitted stays: an exit is never closed.
    w.issue("bob", 5);
}

#[test]
fn nobody_else_gets_in_by_it() {
    let mut w = world();
    Attested::on(&key("bob")).put(&mut w);
    let bob = person("bob");
    // By the plain instruction the policy admits nobody but by owner and registrar.
    let payer = w.payer.pubkey();
    let plain = ix::open_holder(&w.token, &payer, &key("bob"), &key("bob"));
    w.send(&plain, &[&bob]).refused(TokenError::NotAdmitted);
    // Bob's credential admits bob and not carol, whoever signs.
    let token = w.token();
    let mut borrowed = ix::open_holder_by_credential(&token, &payer, &key("carol"));
    borrowed.accounts[6].pubkey = Attested::on(&key("bob")).address();
    w.send(&borrowed, &[&person("carol")])
        .refused(TokenError::WrongCredential);
    let mut pushed = ix::open_holder_by_credential(&token, &payer, &key("bob"));
    pushed.accounts[1].pubkey = key("mallory");
    w.send(&pushed, &[&person("mallory")])
        .refused(TokenError::NotAdmitted);
    // The registrar still admits anybody.
    let open = ix::open_holder(&w.token, &payer, &key("registrar"), &key("carol"));
    w.send(&open, &[&person("registrar")]).ok();

    // Under another policy a credential admits nobody.
    let mut w = World::with(|args| args.admission = Admission::Approved);
    Attested::on(&key("bob")).put(&mut w);
    opens(&mut w, "bob").refused(TokenError::NotAdmitted);
}

#[test]
fn a_credential_that_has_expired_admits_nobody() {
    let mut w = world();
    let until = |expiry| Attested {
        expiry,
        ..Attested::on(&key("bob"))
    };
    for past in [START - 1, i64::MIN, -1, 1] {
        until(past).put(&mut w);
        opens(&mut w, "bob").refused(TokenError::CredentialExpired);
    }
    // The last second is one of them.
    until(START).put(&mut w);
    opens(&mut w.fork(), "bob").ok();
    w.pass(1);
    opens(&mut w, "bob").refused(TokenError::CredentialExpired);
    until(START + DAY).put(&mut w);
    opens(&mut w, "bob").ok();
}

#[test]
fn a_forged_credential_is_refused() {
    let good = Attested::on(&key("bob"));
    let at = good.address();
    let attempt = |owner: Pubkey, bytes: Vec<u8>| {
        let mut w = world();
        w.put(at, owner, bytes);
        opens(&mut w, "bob")
    };
    attempt(ATTESTATION_SERVICE, good.bytes()).ok();
    // The owner is what nobody can forge.
    for owner in [SYSTEM_PROGRAM, TOKEN_PROGRAM, upside_sdk::state::PROGRAM_ID] {
        attempt(owner, good.bytes()).refused(TokenError::CredentialRequired);
    }
    let wrong = |change: &dyn Fn(&mut Attested)| {
        let mut other = good.clone();
        change(&mut other);
        attempt(ATTESTATION_SERVICE, other.bytes()).refused(TokenError::WrongCredential);
    };
    wrong(&|a| a.credential = key("another credential"));
    wrong(&|a| a.schema = key("another schema"));
    wrong(&|a| a.nonce = key("carol"));
    for kind in [0, 1, 3, 255] {
        wrong(&|a| a.kind = kind);
    }
    // Cut short anywhere, or with a length that lies.
    let bytes = good.bytes();
    for length in [0, 1, 32, 97, 100, 101, 120, bytes.len() - 1] {
        attempt(ATTESTATION_SERVICE, bytes[..length].to_vec()).refused(TokenError::WrongCredential);
    }
    let mut lying = bytes.clone();
    lying[97..101].copy_from_slice(&u32::MAX.to_le_bytes());
    attempt(ATTESTATION_SERVICE, lying).refused(TokenError::WrongCredential);
}

#[test]
fn a_credential_at_another_address_is_refused() {
    let mut w = world();
    let good = Attested::on(&key("bob"));
    let elsewhere = key("elsewhere");
    w.put(elsewhere, ATTESTATION_SERVICE, good.bytes());
    let (token, payer) = (w.token(), w.payer.pubkey());
    let mut open = ix::open_holder_by_credential(&token, &payer, &key("bob"));
    open.accounts[6].pubkey = elsewhere;
    w.send(&open, &[&person("bob")])
        .refused(TokenError::WrongCredential);
}

#[test]
fn revoking_closes_the_account_and_the_door() {
    let mut w = world();
    let good = Attested::on(&key("bob"));
    good.put(&mut w);
    w.put(good.address(), SYSTEM_PROGRAM, Vec::new());
    opens(&mut w, "bob").refused(TokenError::CredentialRequired);
}

#[test]
fn a_policy_by_credential_names_one_and_no_other_does() {
    let attempt = |admission: u8, credential: bool, schema: bool| {
        let mut w = World::empty(Engine::lite());
        let mut args = token_args();
        args.admission = admission.try_into().unwrap();
        let named = |name, asked| if asked { key(name) } else { Pubkey::default() };
        args.credential = named("credential", credential);
        args.schema = named("schema", schema);
        let create = w.create_token(args);
        w.send(&create, &[&person("founder")])
    };
    attempt(2, true, true).ok();
    for (credential, schema) in [(false, false), (true, false), (false, true)] {
        attempt(2, credential, schema).refused(TokenError::InvalidPolicy);
    }
    for admission in [0, 1] {
        attempt(admission, true, true).refused(TokenError::InvalidPolicy);
        attempt(admission, true, false).refused(TokenError::InvalidPolicy);
        attempt(admission, false, false).ok();
    }
}

#[test]
fn the_reader_takes_every_length_of_data() {
    for length in [0, 1, 200, 5_000] {
        let attested = Attested {
            data: vec![7; length],
            expiry: -5,
            ..Attested::on(&key("bob"))
        };
        let read = Credential::read(&attested.bytes()).unwrap();
        assert_eq!((read.nonce, read.expiry), (key("bob"), -5));
        assert_eq!(read.signer, key("issuer's signer"));
        // What the service may append one day is passed over.
        let longer = [attested.bytes(), vec![1, 2, 3]].concat();
        assert_eq!(Credential::read(&longer), Some(read));
    }
}

//! IdentityAttestations for the creator of a token.

use {
    solana_program::instruction::Instruction,
    solana_signer::Signer,
    upside_sdk::{
        Pubkey, TokenError,
        address::find_identity,
        event::TokenEvent,
        instruction as ix,
        state::{Account, Identity, IdentityAttestation},
    },
    upside_tests::{
        cases::{attested, identity_attestation},
        people::person,
        world::{DAY, START, World},
    },
};

fn key(name: &str) -> Pubkey {
    person(name).pubkey()
}

fn signed(w: &mut World, name: &str) -> Account<Identity> {
    w.get(&find_identity(&w.token.clone(), &key(name)).0)
}

fn attest(w: &World, name: &str, change: impl FnOnce(&mut IdentityAttestation)) -> Instruction {
    let mut identity_attestation = identity_attestation(w);
    change(&mut identity_attestation);
    ix::attest_identity(
        &w.token,
        &w.payer.pubkey(),
        &key(name),
        identity_attestation,
    )
}

#[test]
fn an_identity_attestation_names_whom_by_whom_and_until_when() {
    let mut w = attested();
    let first = signed(&mut w, "ann").data;
    assert_eq!((first.token, first.attester), (w.token, key("ann")));
    assert_eq!((first.subject, first.document), ([5; 32], [6; 32]));
    assert_eq!(first.signed_at, w.now());
    assert!(!first.is_expired(first.expires_at) && first.is_expired(first.expires_at + 1));
    // Signed again it is renewed, and the rent stays whose it was.
    w.pass(DAY);
    let again = attest(&w, "ann", |identity_attestation| {
        identity_attestation.subject = [7; 32]
    });
    let outcome = w.send(&again, &[&person("ann")]).succeeded();
    let events: Vec<TokenEvent> = outcome.events();
    let [TokenEvent::IdentityAttested(event)] = &events[..] else {
        panic!("{events:?}")
    };
    assert_eq!((event.owner, event.attester), (key("founder"), key("ann")));
    assert_eq!(event.subject, [7; 32]);
    assert_eq!(event.expires_at, w.now() + 30 * DAY);
    let second = signed(&mut w, "ann");
    assert_eq!(second.data.rent_payer, first.rent_payer);
    assert_eq!(second.data.signed_at, first.signed_at + DAY);
    let before = w.engine.account(&first.rent_payer).unwrap().lamports;
    let rent = w.engine.account(&second.key).unwrap().lamports;
    w.send(
        &ix::revoke_identity(&second, &key("ann")),
        &[&person("ann")],
    )
    .ok();
    assert!(w.engine.account(&second.key).is_none());
    let after = w.engine.account(&first.rent_payer).unwrap().lamports;
    assert!(after > before && after <= before + rent);
}

#[test]
fn identity_attestations_are_refused_for_their_reasons() {
    let mut w = attested();
    let own = attest(&w, "founder", |_| {});
    w.send(&own, &[&person("founder")])
        .refused(TokenError::InvalidAttester);
    let nobody = attest(&w, "ann", |identity_attestation| {
        identity_attestation.subject = [0; 32]
    });
    w.send(&nobody, &[&person("ann")])
        .refused(TokenError::InvalidSubject);
    for expires_at in [0, START, START + 3 * 365 * DAY, i64::MAX] {
        let never = attest(&w, "ann", |identity_attestation| {
            identity_attestation.expires_at = expires_at
        });
        w.send(&never, &[&person("ann")])
            .refused(TokenError::InvalidExpiry);
    }
    let other = attest(&w, "ann", |identity_attestation| {
        identity_attestation.owner = key("bob")
    });
    w.send(&other, &[&person("ann")])
        .refused(TokenError::NotOwner);
    let foreign = ix::revoke_identity(&signed(&mut w, "ann"), &key("mallory"));
    w.send(&foreign, &[&person("mallory")])
        .refused(TokenError::NotAttester);
    // Once it has expired, anybody clears it away.
    w.pass(30 * DAY);
    w.send(&foreign, &[&person("mallory")])
        .refused(TokenError::NotAttester);
    w.pass(1);
    w.send(&foreign, &[&person("mallory")]).ok();
}

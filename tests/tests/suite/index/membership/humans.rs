//! Where an equal share is paid, members show who they are, and each is one human.

use super::*;

/// An acceptance that shows another attestation, with the account for its human.
fn showing(pool: &PoolWorld, accept: &Instruction, shown: &Attested) -> Instruction {
    let mut call = accept.clone();
    let subject = upside_sdk::index::subject_of(&shown.bytes());
    let places = call.accounts.len();
    call.accounts[places - 4].pubkey = shown.address();
    if let Ok(subject) = subject {
        let index = pool.index;
        call.accounts[places - 3].pubkey = upside_sdk::index::find_subject(&index, &subject).0;
    }
    call
}

/// p0 is offered a deal whose notice is over.
fn acceptable() -> (PoolWorld, Instruction) {
    let mut pool = offered();
    notice(&mut pool);
    let accept = pool.accept_ix("p0");
    (pool, accept)
}

/// The acceptance of a person who shows that they are this human.
fn accept_as(pool: &mut PoolWorld, name: &str, human: &str) -> Instruction {
    let subject = attest_as(pool, name, human);
    let (payer, index) = (pool.payer(), pool.index());
    let (token, offer) = (pool.token(name), pool.offered(name));
    ix::accept_membership(&index, &payer, &token, &offer, Some(&subject), ANY)
}

/// Two people are offered a deal whose notice is over.
fn two() -> PoolWorld {
    let mut pool = launched();
    for name in ["p0", "p1"] {
        pool.open_shares(name);
        pool.offer(name, 1_000 * ONE, 10 * INDEX_ONE);
    }
    notice(&mut pool);
    pool
}

#[test]
fn a_new_member_shows_an_attestation_of_the_terms_issuer() {
    let (mut pool, accept) = acceptable();
    let own = Attested::on(&key("p0"));
    // None is named.
    let mut bare = accept.clone();
    let places = bare.accounts.len();
    for place in [places - 4, places - 3] {
        bare.accounts[place].pubkey = upside_sdk::index::PROGRAM_ID;
        bare.accounts[place].is_writable = false;
    }
    refused(&mut pool, &bare, &["p0"], IndexError::CredentialRequired);
    // It was revoked: the account is closed.
    let mut revoked = pool.fork();
    revoked
        .world
        .engine
        .set_account(own.address(), solana_account::Account::default());
    refused(
        &mut revoked,
        &accept,
        &["p0"],
        IndexError::CredentialRequired,
    );
    // Anybody could make an account of theirs say so.
    let mut forged = pool.fork();
    forged.world.put(own.address(), key("mallory"), own.bytes());
    refused(
        &mut forged,
        &accept,
        &["p0"],
        IndexError::CredentialRequired,
    );
    for other in [
        Attested {
            schema: key("another schema"),
            ..own.clone()
        },
        Attested {
            credential: key("another issuer"),
            ..own.clone()
        },
        Attested::on(&key("p1")),
    ] {
        other.put(&mut pool.world);
        let call = showing(&pool, &accept, &other);
        refused(&mut pool, &call, &["p0"], IndexError::WrongCredential);
    }
    // Nor does a good one lie elsewhere, or is no attestation.
    let mut lying = pool.fork();
    let service = upside_sdk::state::ATTESTATION_SERVICE;
    lying.world.put(key("elsewhere"), service, own.bytes());
    let mut call = accept.clone();
    call.accounts[places - 4].pubkey = key("elsewhere");
    refused(&mut lying, &call, &["p0"], IndexError::WrongCredential);
    let schema = Attested {
        kind: 1,
        ..own.clone()
    };
    schema.put(&mut lying.world);
    refused(&mut lying, &accept, &["p0"], IndexError::WrongCredential);
    own.put(&mut pool.world);
    done(&mut pool, &accept, &["p0"]);
}

#[test]
fn an_attestation_names_a_human_and_has_not_expired() {
    let (mut pool, accept) = acceptable();
    let own = Attested::on(&key("p0"));
    for data in [
        Vec::new(),
        vec![1, 0, 0],
        statement(b""),
        vec![9, 0, 0, 0, 1],
    ] {
        let nameless = Attested {
            data,
            ..own.clone()
        };
        nameless.put(&mut pool.world);
        refused(&mut pool, &accept, &["p0"], IndexError::WrongCredential);
    }
    let now = pool.world.now();
    let until = |expiry| Attested {
        expiry,
        ..own.clone()
    };
    until(now - 1).put(&mut pool.world);
    refused(&mut pool, &accept, &["p0"], IndexError::CredentialExpired);
    // Its last second is a good one.
    until(now).put(&mut pool.world);
    done(&mut pool, &accept, &["p0"]);
}

#[test]
fn one_human_is_one_member() {
    let mut pool = two();
    let first = accept_as(&mut pool, "p0", "ada");
    done(&mut pool, &first, &["p0"]);
    let kept = pool.subject("p0").expect("an equal share is paid");
    let membership = pool.membership("p0").key;
    assert_eq!(
        (kept.data.index, kept.data.membership),
        (pool.index, membership)
    );
    assert_eq!(kept.data.rent_payer, pool.payer());
    let second = accept_as(&mut pool, "p1", "ada");
    refused(&mut pool, &second, &["p1"], IndexError::SubjectTaken);
    // The account that keeps the human is made from what is attested and nothing else.
    let mut elsewhere = second.clone();
    let place = elsewhere.accounts.len() - 3;
    elsewhere.accounts[place].pubkey = key("an empty address");
    refused(&mut pool, &elsewhere, &["p1"], IndexError::WrongAccount);
    let other = accept_as(&mut pool, "p1", "grace");
    done(&mut pool.fork(), &other, &["p1"]);
    // Once the one membership has ended the human may have another.
    pool.end("p0");
    assert!(pool.subject("p0").is_none());
    assert!(pool.world.engine.account(&kept.key).is_none());
    pool.harvest_all();
    let again = accept_as(&mut pool, "p1", "ada");
    done(&mut pool, &again, &["p1"]);
}

#[test]
fn the_end_of_a_membership_frees_its_human_and_no_other() {
    let mut pool = two();
    for (name, human) in [("p0", "ada"), ("p1", "grace")] {
        let accept = accept_as(&mut pool, name, human);
        done(&mut pool, &accept, &[name]);
    }
    let end = ix::end_membership(&pool.membership("p0"), &key("p0"));
    pool.send(&end, &["p0"]).succeeded();
    pool.world.pass(7 * DAY);
    let membership = pool.membership("p0");
    let bare = ix::apply_end(&membership, None);
    refused(&mut pool, &bare, &[], IndexError::MissingAccounts);
    let other = pool.subject("p1");
    let theft = ix::apply_end(&membership, other.as_ref());
    refused(&mut pool, &theft, &[], IndexError::WrongAccount);
    let apply = pool.apply_end_ix("p0");
    // Its rent goes to who paid it.
    let mut theft = apply.clone();
    theft.accounts[3].pubkey = key("mallory");
    refused(&mut pool, &theft, &[], IndexError::WrongAccount);
    done(&mut pool, &apply, &[]);
    assert!(pool.subject("p1").is_some());
}

#[test]
fn without_an_equal_share_nobody_shows_anything() {
    let mut pool = plain_index(2);
    for name in ["p0", "p1"] {
        pool.open_shares(name);
        pool.offer(name, 1_000 * ONE, 10 * INDEX_ONE);
    }
    notice(&mut pool);
    for name in ["p0", "p1"] {
        let accept = pool.accept_ix(name);
        done(&mut pool, &accept, &[name]);
        assert!(pool.subject(name).is_none());
    }
    pool.pay_revenue("p0", 10_000 * ONE);
    pool.world.pass(8 * DAY);
    pool.harvest_all();
    assert_eq!(pool.index().data.coins[0].owed, 0);
    pool.end("p0");
}

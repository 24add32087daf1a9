//! A member sold the token: who owns it now takes the membership over.

use {super::*, upside_tests::payee::pays_another};

fn announce_ix(pool: &mut PoolWorld) -> Instruction {
    ix::take_over_membership(&pool.membership("p0"), &pool.token("p0"))
}

/// The application of a take-over by the token's owner of now, who is this human.
fn apply_ix(pool: &mut PoolWorld, subject: &[u8; 32]) -> Instruction {
    let kept = pool.subject("p0");
    let same = upside_sdk::index::find_subject(&pool.index, subject).0;
    let previous = kept.filter(|kept| kept.key != same);
    let (index, payer) = (pool.index(), pool.payer());
    let (membership, token) = (pool.membership("p0"), pool.token("p0"));
    let subject = Some(subject);
    ix::apply_take_over(
        &index,
        &payer,
        &membership,
        &token,
        subject,
        previous.as_ref(),
    )
}

/// p0 sold the token to bob, who announced to take the membership over a notice ago.
fn announced() -> PoolWorld {
    let mut pool = sold();
    let announce = announce_ix(&mut pool);
    pool.send(&announce, &["bob"]).succeeded();
    pool.world.pass(7 * DAY);
    pool
}

#[test]
fn the_tokens_owner_takes_the_membership_over_with_what_is_locked() {
    let mut pool = sold();
    let (announce, now) = (announce_ix(&mut pool), pool.world.now());
    let mut theft = announce.clone();
    theft.accounts[0].pubkey = key("p0");
    refused(&mut pool, &theft, &["p0"], IndexError::NotTokenOwner);
    let subject = pool.attest("bob");
    let apply = apply_ix(&mut pool, &subject);
    refused(&mut pool, &apply, &[], IndexError::NoSuccessor);
    let IndexEvent::TakeOverAnnounced(event) = done(&mut pool, &announce, &["bob"]) else {
        panic!("another event")
    };
    assert_eq!((event.member, event.successor), (key("p0"), key("bob")));
    assert_eq!(event.effective_at, now + 7 * DAY);
    pool.world.pass(7 * DAY - 1);
    refused(&mut pool, &apply, &[], IndexError::NoticePending);
    pool.world.pass(1);
    let before = pool.membership("p0").data;
    let IndexEvent::MembershipTakenOver(event) = done(&mut pool, &apply, &[]) else {
        panic!("another event")
    };
    assert_eq!((event.previous, event.member), (key("p0"), key("bob")));
    assert_eq!((event.token, event.locked), (token_of("p0"), before.locked));
    let after = pool.membership("p0").data;
    assert_eq!((after.member, after.successor_at), (key("bob"), 0));
    assert_eq!(after.joined_at, before.joined_at);
    // One human went, another came, in the account of its own.
    assert!(pool.world.engine.account(&before.subject).is_none());
    let kept = pool.subject("p0").unwrap();
    assert_eq!(kept.data.membership, pool.membership("p0").key);
    refused(&mut pool, &apply, &[], IndexError::NoSuccessor);
    refused(&mut pool, &announce, &["bob"], IndexError::MemberAlready);
    // Whoever sold is nobody here any more, and whoever bought is the member.
    let end = ix::end_membership(&pool.membership("p0"), &key("p0"));
    refused(&mut pool, &end, &["p0"], IndexError::SlotHeld);
    let end = ix::end_membership(&pool.membership("p0"), &key("bob"));
    done(&mut pool, &end, &["bob"]);
    pool.world.pass(7 * DAY);
    let apply = pool.apply_end_ix("p0");
    done(&mut pool, &apply, &[]);
    pool.open_shares("bob");
    let collect = ix::collect_locked(&pool.index(), &pool.membership("p0"));
    done(&mut pool, &collect, &[]);
    assert_eq!(pool.shares("bob"), 5 * INDEX_ONE);
}

#[test]
fn who_was_the_member_is_paid_first() {
    let mut pool = announced();
    pool.pay_revenue("p1", 10_000 * ONE);
    pool.world.pass(8 * DAY);
    pool.harvest_all();
    let subject = pool.attest("bob");
    let apply = apply_ix(&mut pool, &subject);
    refused(&mut pool, &apply, &[], IndexError::EqualShareOwed);
    let claim = ix::collect_equal_share(&pool.index(), &pool.membership("p0"), CASH_SLOT).unwrap();
    let had = pool.cash("p0");
    pool.send_all(&[claim, apply], &[]).succeeded();
    assert!(pool.cash("p0") > had);
    assert_eq!(pool.membership("p0").data.owed(0), Ok(0));
}

/// A former member cannot keep the successor out by what they do with their account.
#[test]
fn a_member_who_gives_their_account_away_keeps_no_successor_out() {
    let mut pool = announced();
    pool.pay_revenue("p1", 10_000 * ONE);
    pool.world.pass(8 * DAY);
    pool.harvest_all();
    let collect =
        ix::collect_equal_share(&pool.index(), &pool.membership("p0"), CASH_SLOT).unwrap();
    let quote = pool.world.quote;
    let errors = [IndexError::WrongTokenAccount, IndexError::WrongAccount];
    let paid = pays_another(&mut pool.world, &collect, &[], ("p0", &quote), errors, true);
    assert!(paid > 0);
    let subject = pool.attest("bob");
    let apply = apply_ix(&mut pool, &subject);
    done(&mut pool, &apply, &[]);
    assert_eq!(pool.membership("p0").data.member, key("bob"));
}

#[test]
fn a_token_that_was_sold_on_has_another_successor() {
    let mut pool = announced();
    sell(&mut pool, "p0", "bob", "carol");
    let subject = pool.attest("carol");
    let apply = apply_ix(&mut pool, &subject);
    refused(&mut pool, &apply, &[], IndexError::NoSuccessor);
    let announce = announce_ix(&mut pool);
    done(&mut pool, &announce, &["carol"]);
    refused(&mut pool, &apply, &[], IndexError::NoticePending);
    pool.world.pass(7 * DAY);
    done(&mut pool, &apply, &[]);
    assert_eq!(pool.membership("p0").data.member, key("carol"));
    // Sold back before it is applied, nobody takes it over.
    let mut pool = announced();
    sell(&mut pool, "p0", "bob", "p0");
    let subject = pool.attest("p0");
    let apply = apply_ix(&mut pool, &subject);
    refused(&mut pool, &apply, &[], IndexError::NoSuccessor);
    let announce = announce_ix(&mut pool);
    refused(&mut pool, &announce, &["p0"], IndexError::MemberAlready);
}

#[test]
fn the_new_member_shows_one_human_too() {
    let mut pool = announced();
    let subject = pool.attest("bob");
    let apply = apply_ix(&mut pool, &subject);
    let bob = Attested::on(&key("bob"));
    let expired = Attested {
        expiry: pool.world.now() - 1,
        ..bob.clone()
    };
    expired.put(&mut pool.world);
    refused(&mut pool, &apply, &[], IndexError::CredentialExpired);
    let mut bare = apply.clone();
    bare.accounts[4].pubkey = upside_sdk::index::PROGRAM_ID;
    refused(&mut pool, &bare, &[], IndexError::CredentialRequired);
    bob.put(&mut pool.world);
    // Whoever left is freed in the same instruction, and nobody else is.
    let mut kept = apply.clone();
    for place in [6, 7] {
        kept.accounts[place].pubkey = upside_sdk::index::PROGRAM_ID;
        kept.accounts[place].is_writable = false;
    }
    refused(&mut pool, &kept, &[], IndexError::MissingAccounts);
    let mut theft = apply.clone();
    theft.accounts[7].pubkey = key("mallory");
    refused(&mut pool, &theft, &[], IndexError::WrongAccount);
    done(&mut pool, &apply, &[]);
}

#[test]
fn a_human_who_is_a_member_takes_no_second_membership_over() {
    let mut pool = announced();
    pool.open_shares("p1");
    pool.offer("p1", 1_000 * ONE, 10 * INDEX_ONE);
    pool.world.pass(7 * DAY);
    pool.harvest_all();
    let ada = attest_as(&mut pool, "p1", "ada");
    let (index, payer) = (pool.index(), pool.payer());
    let (token, offer) = (pool.token("p1"), pool.offered("p1"));
    let accept = ix::accept_membership(&index, &payer, &token, &offer, Some(&ada), ANY);
    done(&mut pool, &accept, &["p1"]);
    let same = attest_as(&mut pool, "bob", "ada");
    assert_eq!(same, ada);
    let apply = apply_ix(&mut pool, &same);
    refused(&mut pool, &apply, &[], IndexError::SubjectTaken);
}

/// A person who moves to another wallet stays the human that they are.
#[test]
fn the_same_human_in_another_wallet_keeps_the_account() {
    let mut pool = launched();
    pool.open_shares("p0");
    pool.offer("p0", 1_000 * ONE, 10 * INDEX_ONE);
    notice(&mut pool);
    let ada = attest_as(&mut pool, "p0", "ada");
    let (index, payer) = (pool.index(), pool.payer());
    let (token, offer) = (pool.token("p0"), pool.offered("p0"));
    let accept = ix::accept_membership(&index, &payer, &token, &offer, Some(&ada), ANY);
    done(&mut pool, &accept, &["p0"]);
    let kept = pool.subject("p0").unwrap();
    sell(&mut pool, "p0", "p0", "bob");
    let announce = announce_ix(&mut pool);
    done(&mut pool, &announce, &["bob"]);
    pool.world.pass(7 * DAY);
    attest_as(&mut pool, "bob", "ada");
    let apply = apply_ix(&mut pool, &ada);
    done(&mut pool, &apply, &[]);
    assert_eq!(pool.subject("p0").unwrap().key, kept.key);
}

#[test]
fn notice_goes_on_through_a_take_over() {
    let mut pool = sold();
    let end = ix::end_membership(&pool.membership("p0"), &key("curator"));
    let announce = announce_ix(&mut pool);
    pool.send_all(&[end, announce], &["curator", "bob"])
        .succeeded();
    pool.world.pass(7 * DAY);
    let subject = pool.attest("bob");
    let apply = apply_ix(&mut pool, &subject);
    done(&mut pool, &apply, &[]);
    assert_eq!(pool.membership("p0").data.ending(), Ok(Ending::Notice));
    let apply = pool.apply_end_ix("p0");
    done(&mut pool, &apply, &[]);
    // Nobody takes over what has ended.
    let mut pool = announced();
    let end = ix::end_membership(&pool.membership("p0"), &key("curator"));
    pool.send(&end, &["curator"]).succeeded();
    pool.world.pass(7 * DAY);
    let apply = pool.apply_end_ix("p0");
    pool.send(&apply, &[]).succeeded();
    let subject = pool.attest("bob");
    let apply = apply_ix(&mut pool, &subject);
    refused(&mut pool, &apply, &[], IndexError::WrongMembershipStatus);
}

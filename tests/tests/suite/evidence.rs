//! What third parties say of claims, and what becomes of claims beside exits.

use {
    solana_keypair::Keypair,
    solana_program::instruction::Instruction,
    solana_signer::Signer,
    upside_sdk::{
        Pubkey, TokenError,
        address::{find_attestation, find_attesters, find_claim},
        event::TokenEvent,
        inspect::{Class, Sources},
        instruction as ix,
        state::{
            Account, Attestation, Attesters, Claim, ClaimStatus, RevenueReport, Statement,
            Transformation,
        },
    },
    upside_tests::{
        catalogue::with_paper,
        people::person,
        terms::{equity_terms, revenue_terms},
        world::{DAY, ONE, START, World},
    },
};

fn key(name: &str) -> Pubkey {
    person(name).pubkey()
}

fn add(world: &mut World, name: &str) {
    let add = ix::add_attester(&world.token(), &world.payer.pubkey(), &key(name));
    world.send(&add, &[&person("founder")]).ok();
}

/// A world with equity on paper and three attesters, of whom two are enough.
fn attested() -> World {
    let mut world = with_paper();
    for name in ["ann", "abe", "amy"] {
        add(&mut world, name);
    }
    let two = ix::set_attester_threshold(&world.token(), 2);
    world.send(&two, &[&person("founder")]).ok();
    world
}

fn statement(world: &World) -> Statement {
    Statement {
        value: 5_000 * ONE,
        document: [9; 32],
        expires_at: world.now() + 30 * DAY,
    }
}

fn attest(world: &mut World, name: &str, change: impl FnOnce(&mut Statement)) -> Instruction {
    let mut statement = statement(world);
    change(&mut statement);
    let claim = world.claim(0);
    ix::attest_claim(&claim, &world.payer.pubkey(), &key(name), statement)
}

fn sign(world: &mut World, name: &str) {
    let attest = attest(world, name, |_| {});
    world.send(&attest, &[&person(name)]).ok();
}

fn attestation(world: &mut World, name: &str) -> Account<Attestation> {
    let claim = find_claim(&world.token, 0).0;
    world.get(&find_attestation(&claim, &key(name)).0)
}

fn list(world: &mut World) -> Account<Attesters> {
    let key = find_attesters(&world.token).0;
    world.get(&key)
}

/// The class that the look-through gives the first claim.
fn class(world: &mut World, signed: &[&str]) -> Class {
    let attestations = signed.iter().map(|name| attestation(world, name)).collect();
    let (token, claim) = (world.token(), world.claim(0));
    let sources = Sources {
        token: &token,
        mint: None,
        clock: world.engine.clock(),
        holders: Vec::new(),
        rounds: Vec::new(),
        claims: vec![claim.clone()],
        attesters: Some(list(world).data),
        attestations,
        polls: Vec::new(),
        vaults: Vec::new(),
        immovable: Vec::new(),
        naming: None,
        decimals: Vec::new(),
    };
    sources.class(&claim).unwrap()
}

#[test]
fn enough_fresh_signatures_make_a_claim_attested_and_time_makes_it_stale() {
    let mut world = attested();
    assert_eq!(class(&mut world, &[]), Class::Declared);
    sign(&mut world, "ann");
    assert_eq!(class(&mut world, &["ann"]), Class::Declared);
    world.pass(10 * DAY);
    sign(&mut world, "abe");
    assert_eq!(class(&mut world, &["ann", "abe"]), Class::Attested);
    // Ann's expires first.
    world.pass(25 * DAY);
    assert_eq!(class(&mut world, &["ann", "abe"]), Class::Stale);
    // She signs again: the same account is renewed.
    sign(&mut world, "ann");
    assert_eq!(class(&mut world, &["ann", "abe"]), Class::Attested);
    let signed = attestation(&mut world, "ann").data;
    assert_eq!(signed.signed_at, world.now());
    assert_eq!(signed.value, 5_000 * ONE);

    // A dispute takes the class away, until who disputed ends it.
    let claim = world.claim(0);
    let dispute = ix::dispute_claim(&claim, &key("amy"), [4; 32]);
    let events = world.send(&dispute, &[&person("amy")]).ok();
    assert!(matches!(events[0], TokenEvent::ClaimDisputed(_)));
    assert_eq!(class(&mut world, &["ann", "abe"]), Class::Declared);
    world
        .send(&dispute, &[&person("amy")])
        .refused(TokenError::AlreadyDisputed);
    let resolve = |world: &mut World, by: &str| {
        let claim = world.claim(0);
        let resolve = ix::resolve_dispute(&claim, &key(by));
        world.send(&resolve, &[&person(by)])
    };
    for other in ["ann", "founder", "mallory"] {
        resolve(&mut world, other).refused(TokenError::NotAttester);
    }
    resolve(&mut world, "amy").ok();
    assert_eq!(class(&mut world, &["ann", "abe"]), Class::Attested);
    resolve(&mut world, "amy").refused(TokenError::NotDisputed);

    // Who revokes closes the account, and the rent is back.
    let signed = attestation(&mut world, "abe");
    let revoke = ix::revoke_attestation(&signed);
    world.send(&revoke, &[&person("abe")]).ok();
    assert!(world.engine.account(&signed.key).is_none());
    assert_eq!(class(&mut world, &["ann"]), Class::Declared);
}

#[test]
fn attestations_are_refused_for_their_reasons() {
    let mut world = attested();
    let stranger = attest(&mut world, "mallory", |_| {});
    world
        .send(&stranger, &[&person("mallory")])
        .refused(TokenError::NotAttester);
    let ann = person("ann");
    let other = attest(&mut world, "ann", |s| s.document = [8; 32]);
    world
        .send(&other, &[&ann])
        .refused(TokenError::DocumentMismatch);
    for expires_at in [0, START, START + 3 * 365 * DAY, i64::MAX] {
        let never = attest(&mut world, "ann", |s| s.expires_at = expires_at);
        world
            .send(&never, &[&ann])
            .refused(TokenError::InvalidExpiry);
    }
    let dispute = ix::dispute_claim(&world.claim(0), &key("mallory"), [0; 32]);
    world
        .send(&dispute, &[&person("mallory")])
        .refused(TokenError::NotAttester);
    sign(&mut world, "ann");
    let mut foreign = ix::revoke_attestation(&attestation(&mut world, "ann"));
    foreign.accounts[0].pubkey = key("mallory");
    world
        .send(&foreign, &[&person("mallory")])
        .refused(TokenError::NotAttester);
}

#[test]
fn attesters_come_at_once_and_leave_with_notice() {
    let mut world = attested();
    let founder = person("founder");
    let payer = world.payer.pubkey();
    let again = ix::add_attester(&world.token(), &payer, &key("ann"));
    world
        .send(&again, &[&founder])
        .refused(TokenError::AlreadyAttester);
    for nobody in [Pubkey::default(), key("founder")] {
        let add = ix::add_attester(&world.token(), &payer, &nobody);
        world
            .send(&add, &[&founder])
            .refused(TokenError::InvalidAttester);
    }
    let anybody = person("mallory");
    let remove = ix::remove_attester(&world.token, &key("mallory"), &key("ann"));
    world
        .send(&remove, &[&anybody])
        .refused(TokenError::NothingToApply);
    let announce = ix::announce_attester_removal(&world.token(), &key("ann"));
    world.send(&announce, &[&founder]).ok();
    world
        .send(&remove, &[&anybody])
        .refused(TokenError::NoticePending);
    world.pass(7 * DAY);
    world.send(&remove, &[&anybody]).ok();
    assert!(!list(&mut world).data.contains(&key("ann")));
    world
        .send(&remove, &[&anybody])
        .refused(TokenError::NotAttester);
    world
        .send(&announce, &[&founder])
        .refused(TokenError::NotAttester);

    // A lower threshold waits, a higher one does not.
    let set = |world: &mut World, threshold| {
        let set = ix::set_attester_threshold(&world.token(), threshold);
        world.send(&set, &[&person("founder")])
    };
    for threshold in [0, 17] {
        set(&mut world, threshold).refused(TokenError::InvalidThreshold);
    }
    let apply = ix::apply_attester_threshold(&world.token, &key("mallory"));
    world
        .send(&apply, &[&anybody])
        .refused(TokenError::NothingToApply);
    set(&mut world, 1).ok();
    assert_eq!(list(&mut world).data.threshold, 2);
    world
        .send(&apply, &[&anybody])
        .refused(TokenError::NoticePending);
    set(&mut world, 3).ok();
    assert_eq!(list(&mut world).data.threshold, 3);
    world
        .send(&apply, &[&anybody])
        .refused(TokenError::NothingToApply);
    set(&mut world, 1).ok();
    world.pass(7 * DAY);
    world.send(&apply, &[&anybody]).ok();
    assert_eq!(list(&mut world).data.threshold, 1);

    for place in list(&mut world).data.count()..16 {
        add(&mut world, &format!("attester {place}"));
    }
    let full = ix::add_attester(&world.token(), &payer, &key("one more"));
    world
        .send(&full, &[&founder])
        .refused(TokenError::AttesterListFull);
}

#[test]
fn the_owner_ends_a_dispute_of_somebody_who_is_no_attester_any_more() {
    let mut world = attested();
    let founder = person("founder");
    let dispute = ix::dispute_claim(&world.claim(0), &key("amy"), [4; 32]);
    world.send(&dispute, &[&person("amy")]).ok();
    let announce = ix::announce_attester_removal(&world.token(), &key("amy"));
    world.send(&announce, &[&founder]).ok();
    world.pass(7 * DAY);
    let remove = ix::remove_attester(&world.token, &key("founder"), &key("amy"));
    world.send(&remove, &[&founder]).ok();
    let resolve = ix::resolve_dispute(&world.claim(0), &key("founder"));
    world.send(&resolve, &[&founder]).ok();
    assert_eq!(world.claim(0).data.disputed, 0);
}

fn into(units: u64) -> Transformation {
    Transformation {
        units,
        name: "Analytical Engines Holding".into(),
        unit_label: "common".into(),
        uri: "https://ada.example/merger.pdf".into(),
        document: [10; 32],
    }
}

fn by_owner(world: &mut World, instruction: &Instruction) -> upside_tests::engine::Outcome {
    let founder: Keypair = person("founder");
    world.send(instruction, &[&founder])
}

#[test]
fn a_transformed_claim_carries_its_cost_and_has_to_be_attested_anew() {
    let mut world = attested();
    sign(&mut world, "ann");
    sign(&mut world, "abe");
    assert_eq!(class(&mut world, &["ann", "abe"]), Class::Attested);
    let before = world.claim(0).data;
    let split = ix::transform_claim(&world.claim(0), &key("founder"), into(10_000));
    by_owner(&mut world, &split).ok();
    let after = world.claim(0).data;
    assert_eq!((after.cost, after.held().unwrap()), (before.cost, 10_000));
    assert_eq!(after.transforms, 1);
    assert_eq!(class(&mut world, &["ann", "abe"]), Class::Declared);
    // The same document is no new evidence; no units are no transformation.
    by_owner(&mut world, &split).refused(TokenError::InvalidClaim);
    let mut none = into(0);
    none.document = [11; 32];
    let none = ix::transform_claim(&world.claim(0), &key("founder"), none);
    by_owner(&mut world, &none).refused(TokenError::InvalidClaim);
    let theirs = ix::transform_claim(&world.claim(0), &key("mallory"), into(5));
    world
        .send(&theirs, &[&person("mallory")])
        .refused(TokenError::NotOwner);
}

#[test]
fn what_is_written_off_is_a_loss() {
    let mut world = attested();
    let result = world.token().data.result.signed();
    let off = |world: &mut World, units| {
        let off = ix::write_off_claim(&world.claim(0), &key("founder"), units);
        by_owner(world, &off)
    };
    off(&mut world, 0).refused(TokenError::ZeroAmount);
    off(&mut world, 1_001).refused(TokenError::UnitsExceedHeld);
    off(&mut world, 400).ok();
    let claim = world.claim(0).data;
    assert_eq!((claim.held().unwrap(), claim.cost), (600, 600 * ONE));
    let loss = i128::from(400 * ONE);
    assert_eq!(world.token().data.result.signed(), result - loss);
    off(&mut world, 600).ok();
    let status = world.claim(0).data.status().unwrap();
    assert_eq!(status, ClaimStatus::WrittenOff);
    off(&mut world, 1).refused(TokenError::ClaimNotOpen);
    // Nobody signs what is over.
    let late = attest(&mut world, "ann", |_| {});
    world
        .send(&late, &[&person("ann")])
        .refused(TokenError::ClaimNotOpen);
    // Of revenue, the whole claim, and without a loss.
    let number = world.declare(revenue_terms(world.quote));
    let before = world.token().data.result;
    let revenue = world.claim(number);
    let off = ix::write_off_claim(&revenue, &key("founder"), 0);
    by_owner(&mut world, &off).ok();
    assert_eq!(world.token().data.result, before);
    let closed: Claim = world.claim(number).data;
    assert!(!closed.is_open().unwrap());
}

#[test]
fn reports_book_what_is_due_and_payments_take_it_off() {
    let mut world = with_paper();
    let number = world.declare(revenue_terms(world.quote));
    let report = |world: &mut World, by: &str, period, gross| {
        let report = RevenueReport {
            period,
            gross,
            evidence: [5; 32],
        };
        let report = ix::report_revenue(&world.claim(number), &key(by), report);
        world.send(&report, &[&person(by)])
    };
    // Ten percent, rounded up.
    let events = report(&mut world, "founder", 202_701, 1_000 * ONE + 1).ok();
    let TokenEvent::RevenueReported(event) = &events[0] else {
        panic!("{events:?}")
    };
    assert_eq!((event.due, event.overdue), (100 * ONE + 1, 100 * ONE + 1));
    world.pay_more(number, 60 * ONE);
    assert_eq!(world.claim(number).data.overdue(), 40 * ONE + 1);
    for period in [202_701, 202_612, 202_700, 202_713] {
        report(&mut world, "founder", period, ONE).refused(TokenError::InvalidPeriod);
    }
    report(&mut world, "mallory", 202_702, ONE).refused(TokenError::NotPayer);
    // Never more than the claim's total.
    report(&mut world, "founder", 202_702, u64::MAX / 2).ok();
    assert_eq!(world.claim(number).data.due, 1_000_000 * ONE);
    let paper = world.declare(equity_terms());
    let wrong = RevenueReport {
        period: 202_703,
        gross: 1,
        evidence: [0; 32],
    };
    let wrong = ix::report_revenue(&world.claim(paper), &key("founder"), wrong);
    by_owner(&mut world, &wrong).refused(TokenError::WrongClaimKind);
}

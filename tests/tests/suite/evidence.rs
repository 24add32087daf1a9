//! What third parties say of claims, and what becomes of claims beside exits.

use {
    solana_keypair::Keypair,
    solana_program::instruction::Instruction,
    solana_signer::Signer,
    upside_sdk::{
        Pubkey, TokenError,
        address::{find_attestation, find_attesters, find_claim},
        event::TokenEvent,
        inspect::{EvidenceClass, Scales, Sources},
        instruction as ix,
        state::{
            Account, Attestation, Attesters, ClaimStatus, Origin, RevenueReport, Statement,
            Transformation,
        },
    },
    upside_tests::{
        cases::with_attester,
        engine::Outcome,
        people::person,
        terms::{equity_terms, revenue_terms},
        world::{DAY, ONE, START, World},
    },
};

fn key(name: &str) -> Pubkey {
    person(name).pubkey()
}

/// A world with equity on paper and three attesters, of whom two are enough.
fn attested() -> World {
    let mut world = World::new();
    world.accept(&["ann", "abe"]);
    world.accept(&["amy"]);
    let two = ix::set_attester_threshold(&world.token, &key("founder"), 2);
    by_owner(&mut world, &two).ok();
    world.issue("bob", 100 * ONE);
    world.declare(equity_terms());
    world
}

fn statement(world: &mut World) -> Statement {
    let claim = world.claim(0).data;
    Statement {
        terms: claim.terms,
        document: [9; 32],
        units: 1_000,
        value: 5_000 * ONE,
        cost: 900 * ONE,
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

/// The class that the look-through gives the first claim, and what it comes to.
fn class(world: &mut World, signed: &[&str]) -> (EvidenceClass, u64) {
    let attestations = signed.iter().map(|name| attestation(world, name)).collect();
    let (token, claim) = (world.token(), world.claim(0));
    let sources = Sources {
        token: &token,
        mint: None,
        clock: world.engine.clock(),
        holders: Vec::new(),
        rounds: Vec::new(),
        contributions: Vec::new(),
        claims: vec![claim.clone()],
        attesters: Some(list(world).data),
        attestations,
        polls: Vec::new(),
        vaults: Vec::new(),
        immovable: Vec::new(),
        naming: None,
        decimals: Vec::new(),
        scales: Scales::default(),
    };
    sources.class(&claim).unwrap()
}

fn by_owner(world: &mut World, instruction: &Instruction) -> Outcome {
    let founder: Keypair = person("founder");
    world.send(instruction, &[&founder])
}

const DECLARED: (EvidenceClass, u64) = (EvidenceClass::Declared, 8_000 * ONE);

#[test]
fn enough_fresh_signatures_make_a_claim_attested_and_time_makes_it_stale() {
    let mut world = attested();
    assert_eq!(class(&mut world, &[]), DECLARED);
    sign(&mut world, "ann");
    assert_eq!(class(&mut world, &["ann"]), DECLARED);
    world.pass(10 * DAY);
    let lower = attest(&mut world, "abe", |s| s.value = 4_000 * ONE);
    world.send(&lower, &[&person("abe")]).ok();
    // The lowest of the values, and never more than the owner says.
    let attested = (EvidenceClass::Attested, 4_000 * ONE);
    assert_eq!(class(&mut world, &["ann", "abe"]), attested);
    let high = attest(&mut world, "abe", |s| s.value = 90_000 * ONE);
    world.send(&high, &[&person("abe")]).ok();
    let again = attest(&mut world, "ann", |s| s.value = 90_000 * ONE);
    world.send(&again, &[&person("ann")]).ok();
    assert_eq!(
        class(&mut world, &["ann", "abe"]),
        (EvidenceClass::Attested, DECLARED.1)
    );
    // Strangers may say what they want.
    let stranger = attest(&mut world, "mallory", |s| s.value = 1);
    world.send(&stranger, &[&person("mallory")]).ok();
    let three = ["ann", "abe", "mallory"];
    assert_eq!(
        class(&mut world, &three),
        (EvidenceClass::Attested, DECLARED.1)
    );
    assert_eq!(class(&mut world, &["ann", "mallory"]), DECLARED);

    world.pass(31 * DAY);
    assert_eq!(class(&mut world, &["ann", "abe"]).0, EvidenceClass::Stale);
    sign(&mut world, "ann");
    sign(&mut world, "abe");
    assert_eq!(
        class(&mut world, &["ann", "abe"]),
        (EvidenceClass::Attested, 5_000 * ONE)
    );
    let signed = attestation(&mut world, "ann").data;
    assert_eq!(signed.signed_at, world.now());
    // It had lapsed: so its cost begins anew.
    assert_eq!(signed.cost_at, world.now());
}

#[test]
fn each_attester_disputes_for_itself() {
    let mut world = attested();
    sign(&mut world, "ann");
    sign(&mut world, "abe");
    let signed = ["ann", "abe"];
    let dispute = |world: &mut World, by: &str| {
        let dispute = ix::dispute_claim(&world.claim(0), &key(by), [4; 32]);
        world.send(&dispute, &[&person(by)])
    };
    let resolve = |world: &mut World, by: &str| {
        let resolve = ix::resolve_dispute(&world.claim(0), &key(by));
        world.send(&resolve, &[&person(by)])
    };
    resolve(&mut world, "amy").refused(TokenError::NotDisputed);
    let events = dispute(&mut world, "amy").ok();
    assert!(matches!(events[0], TokenEvent::ClaimDisputed(_)));
    assert_eq!(class(&mut world, &signed), DECLARED);
    dispute(&mut world, "amy").refused(TokenError::AlreadyDisputed);
    dispute(&mut world, "mallory").refused(TokenError::NotAttester);
    for other in ["ann", "founder", "mallory"] {
        resolve(&mut world, other).refused(TokenError::NotAttester);
    }
    // A friend's dispute is no shield against another's.
    dispute(&mut world, "abe").ok();
    resolve(&mut world, "amy").ok();
    assert_eq!(class(&mut world, &signed), DECLARED);
    resolve(&mut world, "abe").ok();
    assert_eq!(class(&mut world, &signed).0, EvidenceClass::Attested);
    // A dispute closes no way of money: exits and payments go on.
    dispute(&mut world, "amy").ok();
    let args = upside_sdk::state::ExitArgs {
        units: 1,
        received: ONE,
    };
    let exit = world.exit_ix(0, "founder", args);
    by_owner(&mut world, &exit).ok();
}

#[test]
fn who_revokes_closes_the_account() {
    let mut world = attested();
    sign(&mut world, "ann");
    let signed = attestation(&mut world, "ann");
    let foreign = ix::revoke_attestation(&signed, &key("mallory"));
    world
        .send(&foreign, &[&person("mallory")])
        .refused(TokenError::NotAttester);
    let revoke = ix::revoke_attestation(&signed, &key("ann"));
    world.send(&revoke, &[&person("ann")]).ok();
    assert!(world.engine.account(&signed.key).is_none());
    // Of a claim that is over anybody returns the rent to who paid it, its account closed or
    // not.
    sign(&mut world, "ann");
    sign(&mut world, "abe");
    let list = world.attesters();
    let off = ix::write_off_claim(&world.claim(0), &key("founder"), list.as_ref(), 1_000);
    let ann = attestation(&mut world, "ann");
    let abe = attestation(&mut world, "abe");
    let close = |world: &mut World, signed: &Account<Attestation>| {
        let close = ix::revoke_attestation(signed, &key("mallory"));
        world.send(&close, &[&person("mallory")])
    };
    close(&mut world, &ann).refused(TokenError::NotAttester);
    by_owner(&mut world, &off).ok();
    close(&mut world, &ann).ok();
    let over = ix::close_claim(&world.claim(0), &key("founder"));
    by_owner(&mut world, &over).ok();
    let events = close(&mut world, &abe).ok();
    assert!(matches!(&events[0], TokenEvent::AttestationRevoked(e) if e.claim == 0));
}

#[test]
fn attestations_are_refused_for_their_reasons() {
    let mut world = attested();
    let ann = person("ann");
    type Change = fn(&mut Statement);
    let changes: [(Change, TokenError); 8] = [
        (|s| s.document = [8; 32], TokenError::DocumentMismatch),
        (|s| s.terms = [8; 32], TokenError::TermsMismatch),
        (|s| s.units = 1_001, TokenError::UnitsExceedHeld),
        (|s| s.units = 0, TokenError::InvalidStatement),
        (|s| s.expires_at = 0, TokenError::InvalidExpiry),
        (|s| s.expires_at = START, TokenError::InvalidExpiry),
        (
            |s| s.expires_at = START + 3 * 365 * DAY,
            TokenError::InvalidExpiry,
        ),
        (|s| s.expires_at = i64::MAX, TokenError::InvalidExpiry),
    ];
    for (change, expected) in changes {
        let wrong = attest(&mut world, "ann", change);
        world.send(&wrong, &[&ann]).refused(expected);
    }
    // The owner attests nothing.
    let own = attest(&mut world, "founder", |_| {});
    by_owner(&mut world, &own).refused(TokenError::InvalidAttester);
    // Of revenue there are neither units nor cost.
    let number = world.declare(revenue_terms(world.quote));
    let claim = world.claim(number);
    for (units, cost) in [(1, 0), (0, 1)] {
        let wrong = Statement {
            terms: claim.data.terms,
            document: claim.data.document,
            units,
            cost,
            ..statement(&mut world)
        };
        let wrong = ix::attest_claim(&claim, &world.payer.pubkey(), &key("ann"), wrong);
        let error = if units > 0 {
            TokenError::UnitsExceedHeld
        } else {
            TokenError::InvalidStatement
        };
        world.send(&wrong, &[&ann]).refused(error);
    }
    world.attest(number, "ann", 7 * ONE, 0);
}

#[test]
fn attesters_are_chosen_before_anybody_else_holds_shares() {
    let mut world = World::new();
    let payer = world.payer.pubkey();
    let add = |world: &mut World, keys: &[Pubkey]| {
        let add = ix::add_attesters(&world.token, &key("founder"), &payer, keys);
        by_owner(world, &add)
    };
    // An empty list, which a poll may fill, is anybody's to make, once.
    add(&mut world, &[]).ok();
    add(&mut world, &[]).refused(TokenError::InvalidAttester);
    for nobody in [Pubkey::default(), key("founder")] {
        add(&mut world, &[nobody]).refused(TokenError::InvalidAttester);
    }
    let events = add(&mut world, &[key("ann"), key("abe")]).ok();
    assert_eq!(events.len(), 2);
    add(&mut world, &[key("ann")]).refused(TokenError::AlreadyAttester);
    assert_eq!(list(&mut world).data.origin(0).unwrap(), Origin::Owner);
    // The owner's own shares are no obstacle, and what was wrong is put right.
    world.issue("founder", 10 * ONE);
    let remove = ix::remove_attester(&world.token, &key("founder"), &key("abe"));
    by_owner(&mut world, &remove).ok();
    by_owner(&mut world, &remove).refused(TokenError::NotAttester);
    let more: Vec<_> = (0..7).map(|n| key(&format!("attester {n}"))).collect();
    add(&mut world, &more).ok();
    add(&mut world, &[key("one more")]).refused(TokenError::AttesterListFull);
    let set = |world: &mut World, threshold| {
        let set = ix::set_attester_threshold(&world.token, &key("founder"), threshold);
        by_owner(world, &set)
    };
    for threshold in [0, 9] {
        set(&mut world, threshold).refused(TokenError::InvalidThreshold);
    }
    set(&mut world, 8).ok();
    set(&mut world, 2).ok();
    // From the first offer on it is up to holders, but for more signatures.
    let round = world.open_round(upside_tests::terms::round_terms());
    let remove = ix::remove_attester(&world.token, &key("founder"), &key("ann"));
    by_owner(&mut world, &remove).refused(TokenError::NotAlone);
    world.contribute(round, "bob", 50 * ONE);
    let close = ix::close_round(&world.token(), &world.round(round).key, &key("founder"));
    by_owner(&mut world, &close).ok();
    by_owner(&mut world, &remove).refused(TokenError::NotAlone);
    add(&mut world, &[key("one more")]).refused(TokenError::NotAlone);
    set(&mut world, 1).refused(TokenError::PollRequired);
    set(&mut world, 3).ok();
    assert_eq!(list(&mut world).data.threshold, 3);
}

#[test]
fn a_seat_is_handed_over_after_a_notice() {
    let mut world = attested();
    sign(&mut world, "ann");
    sign(&mut world, "abe");
    sign(&mut world, "eve");
    let name = |world: &mut World, by: &str, to: Pubkey| {
        let name = ix::name_successor(&world.token, &key(by), &to);
        world.send(&name, &[&person(by)])
    };
    let take = |world: &mut World, from: &str, by: &str| {
        let take = ix::take_seat(&world.token, &key(from), &key(by));
        world.send(&take, &[&person(by)])
    };
    name(&mut world, "mallory", key("eve")).refused(TokenError::NotAttester);
    name(&mut world, "ann", key("founder")).refused(TokenError::InvalidAttester);
    name(&mut world, "ann", key("abe")).refused(TokenError::AlreadyAttester);
    take(&mut world, "ann", "eve").refused(TokenError::NotSuccessor);
    name(&mut world, "ann", key("eve")).ok();
    take(&mut world, "ann", "eve").refused(TokenError::NoticePending);
    name(&mut world, "ann", Pubkey::default()).ok();
    world.pass(8 * DAY);
    take(&mut world, "ann", "eve").refused(TokenError::NotSuccessor);
    name(&mut world, "ann", key("eve")).ok();
    world.pass(7 * DAY);
    take(&mut world, "mallory", "eve").refused(TokenError::NotAttester);
    take(&mut world, "ann", "eve").ok();
    let data = list(&mut world).data;
    assert_eq!(data.origin(0).unwrap(), Origin::Successor);
    assert_eq!((data.keys[0], data.since[0]), (key("eve"), world.now()));
    // What ann signed counts no more, and what eve signed before her seat never does.
    assert_eq!(class(&mut world, &["ann", "abe", "eve"]), DECLARED);
    world.pass(1);
    sign(&mut world, "eve");
    assert_eq!(
        class(&mut world, &["ann", "abe", "eve"]).0,
        EvidenceClass::Attested
    );
}

fn into(units: u64) -> Transformation {
    Transformation {
        units,
        decimals: 2,
        value: 8_000 * ONE,
        name: "Analytical Engines Holding".into(),
        unit_label: "common".into(),
        uri: "https://ada.example/merger.pdf".into(),
        document: [10; 32],
    }
}

#[test]
fn a_transformed_claim_carries_its_cost_and_has_to_be_attested_anew() {
    let mut world = attested();
    sign(&mut world, "ann");
    sign(&mut world, "abe");
    assert_eq!(
        class(&mut world, &["ann", "abe"]).0,
        EvidenceClass::Attested
    );
    let before = world.claim(0).data;
    let split = ix::transform_claim(&world.claim(0), &key("founder"), into(10_000));
    by_owner(&mut world, &split).ok();
    let after = world.claim(0).data;
    assert_eq!((after.cost, after.held().unwrap()), (before.cost, 10_000));
    assert_eq!((after.transforms, after.decimals), (1, 2));
    assert_ne!(after.terms, before.terms);
    assert_eq!(
        class(&mut world, &["ann", "abe"]),
        (EvidenceClass::Stale, 5_000 * ONE)
    );
    // Back to what it was before: the old signatures do not come back.
    let mut back = into(1_000);
    back.decimals = 0;
    back.name = "Analytical Engines Ltd".into();
    back.unit_label = "shares".into();
    back.uri = "https://ada.example/cap-table.pdf".into();
    back.document = [9; 32];
    let back = ix::transform_claim(&world.claim(0), &key("founder"), back);
    by_owner(&mut world, &back).ok();
    assert_eq!(class(&mut world, &["ann", "abe"]).0, EvidenceClass::Stale);
    // The same document is no new evidence; no units are no transformation.
    by_owner(&mut world, &back).refused(TokenError::InvalidClaim);
    for change in [
        into(0),
        Transformation {
            decimals: 10,
            ..into(5)
        },
    ] {
        let none = ix::transform_claim(&world.claim(0), &key("founder"), change);
        by_owner(&mut world, &none).refused(TokenError::InvalidClaim);
    }
    let theirs = ix::transform_claim(&world.claim(0), &key("mallory"), into(5));
    world
        .send(&theirs, &[&person("mallory")])
        .refused(TokenError::NotOwner);
}

#[test]
fn what_was_never_attested_is_written_off_without_a_loss() {
    let mut world = with_attester();
    let off = |world: &mut World, units| {
        let list = world.attesters();
        let off = ix::write_off_claim(&world.claim(0), &key("founder"), list.as_ref(), units);
        by_owner(world, &off)
    };
    off(&mut world, 0).refused(TokenError::ZeroAmount);
    off(&mut world, 1_001).refused(TokenError::UnitsExceedHeld);
    off(&mut world, 400).ok();
    let claim = world.claim(0).data;
    assert_eq!((claim.held().unwrap(), claim.cost), (600, 600 * ONE));
    assert_eq!(claim.value, 4_800 * ONE);
    assert_eq!(world.token().data.result.signed(), 0);
    off(&mut world, 600).ok();
    let status = world.claim(0).data.status().unwrap();
    assert_eq!(status, ClaimStatus::WrittenOff);
    off(&mut world, 1).refused(TokenError::ClaimNotOpen);
    // Nobody signs what is over.
    let late = attest(&mut world, "ann", |s| s.units = 0);
    world
        .send(&late, &[&person("ann")])
        .refused(TokenError::ClaimNotOpen);
    // Nobody gives up what is owed to holders.
    let number = world.declare(revenue_terms(world.quote));
    let (claim, list) = (world.claim(number), world.attesters());
    let off = ix::write_off_claim(&claim, &key("founder"), list.as_ref(), 0);
    by_owner(&mut world, &off).refused(TokenError::WrongClaimKind);
    let close = ix::close_claim(&claim, &key("founder"));
    by_owner(&mut world, &close).refused(TokenError::ClaimNotClosed);
}

fn report(world: &mut World, number: u64, by: &str, period: u32, gross: u64) -> Outcome {
    let report = RevenueReport {
        period,
        gross,
        evidence: [5; 32],
    };
    let report = ix::report_revenue(&world.claim(number), &key(by), report);
    world.send(&report, &[&person(by)])
}

/// The first second of a month.
fn first_of(period: u64) -> i64 {
    upside_tests::model::claim::start_of((period / 100, period % 100))
}

#[test]
fn months_are_reported_when_they_are_over_and_in_order() {
    let mut world = with_attester();
    let number = world.declare(revenue_terms(world.quote));
    let wait_for = |world: &mut World, period| {
        let now = world.now();
        world.pass(first_of(period) - now);
    };
    // Not while it lasts, not another, and no such month.
    report(&mut world, number, "founder", 202_701, ONE).refused(TokenError::MonthNotOver);
    wait_for(&mut world, 202_702);
    for period in [202_612, 202_702, 202_703, 202_700, 202_713, 0] {
        report(&mut world, number, "founder", period, ONE).refused(TokenError::InvalidPeriod);
    }
    report(&mut world, number, "mallory", 202_701, ONE).refused(TokenError::NotPayer);
    assert_eq!(
        world
            .claim(number)
            .data
            .missing_months(world.now())
            .unwrap(),
        1
    );
    // Ten percent, rounded up; due at the end of the next month.
    let events = report(&mut world, number, "founder", 202_701, 1_000 * ONE + 1).ok();
    let TokenEvent::RevenueReported(event) = &events[0] else {
        panic!("{events:?}")
    };
    assert_eq!((event.due, event.unpaid), (100 * ONE + 1, 100 * ONE + 1));
    assert_eq!(event.due_at, first_of(202_703));
    let overdue = |world: &mut World| {
        let now = world.now();
        world.claim(number).data.overdue(now).unwrap()
    };
    assert_eq!(overdue(&mut world), 0);
    world.pay_more(number, 60 * ONE);
    wait_for(&mut world, 202_703);
    assert_eq!(overdue(&mut world), 40 * ONE + 1);
    // Once more, it corrects: both numbers stay.
    let events = report(&mut world, number, "founder", 202_701, 1_200 * ONE).ok();
    let TokenEvent::RevenueReported(event) = &events[0] else {
        panic!("{events:?}")
    };
    assert_eq!((event.first, event.gross), (1_000 * ONE + 1, 1_200 * ONE));
    assert_eq!((event.corrections, event.due), (1, 120 * ONE));
    let claim = world.claim(number).data;
    assert_eq!(claim.reported_gross, 1_000 * ONE + 1);
    assert_eq!(claim.corrected_gross, 1_200 * ONE);
    assert_eq!(overdue(&mut world), 60 * ONE);
    // The next month begins anew; the one before is corrected no more.
    report(&mut world, number, "founder", 202_702, 10 * ONE).ok();
    assert_eq!(world.claim(number).data.corrections, 0);
    report(&mut world, number, "founder", 202_701, ONE).refused(TokenError::InvalidPeriod);
    // Of February's nothing is due before April.
    assert_eq!(overdue(&mut world), 60 * ONE);
    assert_eq!(world.claim(number).data.unpaid(), 61 * ONE);
    // Never more than the claim's total.
    wait_for(&mut world, 202_704);
    report(&mut world, number, "founder", 202_703, u64::MAX / 2).ok();
    assert_eq!(world.claim(number).data.due, 1_000_000 * ONE);
    let paper = world.declare(equity_terms());
    report(&mut world, paper, "founder", 202_703, 1).refused(TokenError::WrongClaimKind);
    wait_for(&mut world, 202_801);
    assert_eq!(
        world
            .claim(number)
            .data
            .missing_months(world.now())
            .unwrap(),
        9
    );
}

#[test]
fn a_debtor_waits_for_the_end_in_vain() {
    let mut world = World::new();
    world.issue("bob", 100 * ONE);
    let mut terms = revenue_terms(world.quote);
    if let upside_sdk::state::ClaimTerms::RevenueShare { ends_at, .. } = &mut terms {
        *ends_at = first_of(202_703) + 5 * DAY;
    }
    let number = world.declare(terms);
    let now = world.now();
    world.pass(first_of(202_705) - now);
    let pay = |world: &mut World, amount| {
        let (token, claim) = (world.token(), world.claim(number));
        let pay = ix::pay_revenue(&token, &claim, &key("carol"), upside_sdk::Atoms(amount));
        world.send(&pay.unwrap(), &[&person("carol")])
    };
    let close = ix::close_claim(&world.claim(number), &key("founder"));
    by_owner(&mut world, &close).refused(TokenError::ClaimNotClosed);
    pay(&mut world, ONE).refused(TokenError::ClaimEnded);
    for period in [202_701, 202_702, 202_703] {
        report(&mut world, number, "founder", period, 100 * ONE).ok();
    }
    // Nothing of later months.
    report(&mut world, number, "founder", 202_704, ONE).refused(TokenError::InvalidPeriod);
    by_owner(&mut world, &close).refused(TokenError::ClaimNotClosed);
    pay(&mut world, 30 * ONE + 1).refused(TokenError::ClaimEnded);
    pay(&mut world, 30 * ONE).ok();
    assert_eq!(
        world
            .claim(number)
            .data
            .missing_months(world.now())
            .unwrap(),
        0
    );
    by_owner(&mut world, &close).ok();
}

//! Grants: shares for help that vest over time.

use {
    solana_signer::Signer,
    upside_sdk::{
        Pubkey, Shares, TokenError,
        address::{find_grant, find_holder},
        event::TokenEvent,
        instruction as ix,
        state::{Account, Grant, GrantTerms, Holder},
    },
    upside_tests::{
        catalogue::{grant_terms, grant_to_bob, with_grant},
        engine::Outcome,
        people::person,
        world::{DAY, ONE, World},
    },
};

fn key(name: &str) -> Pubkey {
    person(name).pubkey()
}

fn own_holder(world: &mut World, grant: &Account<Grant>) -> Account<Holder> {
    world.get(&find_holder(&world.token, &grant.key).0)
}

fn claim(world: &mut World, grant: &Account<Grant>) -> Outcome {
    world.send(&ix::claim_grant(grant), &[])
}

fn revoke(world: &mut World, grant: &Account<Grant>) -> Outcome {
    let revoke = ix::revoke_grant(&world.token(), grant);
    world.send(&revoke, &[&person("founder")])
}

fn dividend(world: &mut World, grant: &Account<Grant>) -> Outcome {
    let quote = world.quote;
    let claim = ix::claim_grant_dividend(&world.token(), grant, &quote).unwrap();
    world.send(&claim, &[])
}

fn close(world: &mut World, grant: &Account<Grant>) -> Outcome {
    let holder = own_holder(world, grant);
    world.send(&ix::close_grant(grant, &holder), &[])
}

#[test]
fn a_grant_counts_earns_and_vests() {
    let mut world = World::new();
    world.open_holder("bob");
    world.issue("carol", 100 * ONE);
    let terms = grant_terms(&world);
    let payer = world.payer.pubkey();
    let make = ix::make_grant(&world.token(), &payer, &key("bob"), terms);
    let events = world
        .send(&make, &[&person("founder"), &person("bob")])
        .ok();
    let [TokenEvent::GrantMade(event)] = &events[..] else {
        panic!("{events:?}")
    };
    assert_eq!((event.grant, event.beneficiary), (0, key("bob")));
    assert_eq!((event.shares, event.supply), (100 * ONE, 200 * ONE));
    let token = world.token().data;
    assert_eq!((token.supply, token.registered), (200 * ONE, 200 * ONE));
    assert_eq!((token.grants, token.holders), (1, 4));
    let grant: Account<Grant> = world.get(&find_grant(&world.token, 0).0);
    assert_eq!(grant.data.beneficiary, key("bob"));

    // Nothing before the cliff, then what has passed of the whole.
    world.pass(10 * DAY - 1);
    claim(&mut world, &grant).refused(TokenError::NothingToClaim);
    world.pass(1);
    let events = claim(&mut world, &grant).ok();
    let [TokenEvent::GrantClaimed(event)] = &events[..] else {
        panic!("{events:?}")
    };
    assert_eq!((event.shares, event.unvested), (10 * ONE, 90 * ONE));
    assert_eq!(event.holder_shares, 10 * ONE);
    claim(&mut world, &grant).refused(TokenError::NothingToClaim);
    let bob = world.holder("bob").data;
    assert_eq!((bob.shares, bob.cost), (10 * ONE, 0));

    // All shares earn from the start: 90 of 200 are the grant's.
    world.pay_revenue(1_000 * ONE);
    world.pass(8 * DAY);
    let before = world.cash("bob");
    let events = dividend(&mut world, &grant).ok();
    let [TokenEvent::GrantDividendClaimed(event)] = &events[..] else {
        panic!("{events:?}")
    };
    let paid = world.cash("bob") - before;
    assert_eq!((event.amount, event.beneficiary), (paid, key("bob")));
    assert!((360 * ONE - 2..=360 * ONE).contains(&paid), "{paid}");
    dividend(&mut world, &grant).refused(TokenError::NothingToClaim);

    close(&mut world, &grant).refused(TokenError::GrantNotEmpty);
    world.pass(200 * DAY);
    revoke(&mut world, &grant).refused(TokenError::GrantVested);
    claim(&mut world, &grant).ok();
    assert_eq!(world.holder("bob").data.shares, 100 * ONE);
    let accounts = [grant.key, find_holder(&world.token, &grant.key).0];
    let rent: u64 = accounts
        .iter()
        .map(|key| world.engine.account(key).unwrap().lamports)
        .sum();
    let had = world.engine.account(&payer).unwrap().lamports;
    close(&mut world, &grant).ok();
    // One signature's fee.
    let has = world.engine.account(&payer).unwrap().lamports;
    assert_eq!(has + 5_000, had + rent);
    assert!(
        accounts
            .iter()
            .all(|key| world.engine.account(key).is_none())
    );
    assert_eq!(world.token().data.holders, 3);
    world.check_books(&["founder", "bob", "carol"]);
    // The number is used up: the next grant is another one.
    let next = grant_to_bob(&mut world, |_| {});
    assert_eq!(next.data.number, 1);
}

#[test]
fn what_vested_stays_when_the_rest_is_revoked() {
    let (mut world, grant) = with_grant();
    claim(&mut world, &grant).ok();
    world.pass(10 * DAY);
    let supply = world.token().data.supply;
    let events = revoke(&mut world, &grant).ok();
    let [TokenEvent::GrantRevoked(event)] = &events[..] else {
        panic!("{events:?}")
    };
    assert_eq!((event.burned, event.vested), (60 * ONE, 40 * ONE));
    assert_eq!(event.supply, supply - 60 * ONE);
    let token = world.token().data;
    assert_eq!((token.supply, token.registered), (40 * ONE, 40 * ONE));
    assert_eq!(world.balance(&token.register), 40 * ONE);
    revoke(&mut world, &grant).refused(TokenError::GrantVested);
    // No further vesting, and no less.
    world.pass(100 * DAY);
    claim(&mut world, &grant).ok();
    assert_eq!(world.holder("bob").data.shares, 40 * ONE);
    let after: Account<Grant> = world.get(&grant.key);
    assert_eq!(
        (after.data.shares, after.data.claimed),
        (40 * ONE, 40 * ONE)
    );
    close(&mut world, &grant).ok();
    world.check_books(&["founder", "bob"]);
}

#[test]
fn before_the_cliff_all_of_it_can_be_revoked() {
    let mut world = World::new();
    let grant = grant_to_bob(&mut world, |_| {});
    world.pass(10 * DAY - 1);
    revoke(&mut world, &grant).ok();
    assert_eq!(world.token().data.supply, 0);
    // Bob never opened a holder account: there is nothing for it.
    close(&mut world, &grant).ok();
}

#[test]
fn impossible_grants_are_refused() {
    let mut world = World::with(|args| args.terms.supply_cap = 150 * ONE);
    let attempt = |world: &mut World, change: &dyn Fn(&mut GrantTerms)| {
        let mut terms = grant_terms(world);
        change(&mut terms);
        let make = ix::make_grant(&world.token(), &world.payer.pubkey(), &key("bob"), terms);
        world.send(&make, &[&person("founder"), &person("bob")])
    };
    attempt(&mut world, &|terms| terms.shares = 0).refused(TokenError::ZeroAmount);
    attempt(&mut world, &|terms| terms.shares = 151 * ONE).refused(TokenError::SupplyCapExceeded);
    let now = world.now();
    let bad: [&dyn Fn(&mut GrantTerms); 6] = [
        &|terms| terms.duration_seconds = 0,
        &|terms| terms.duration_seconds = u32::MAX,
        &|terms| terms.cliff_seconds = terms.duration_seconds + 1,
        &|terms| terms.start = i64::MIN,
        &|terms| terms.start = i64::MAX,
        &|terms| terms.start = now + 11 * 365 * DAY,
    ];
    for change in bad {
        attempt(&mut world, change).refused(TokenError::InvalidGrant);
    }
    let pause = ix::pause(&world.token(), &key("founder"));
    world.send(&pause, &[&person("founder")]).ok();
    attempt(&mut world, &|_| {}).refused(TokenError::Paused);
    let unpause = ix::unpause(&world.token());
    world.send(&unpause, &[&person("founder")]).ok();
    attempt(&mut world, &|_| {}).ok();
    attempt(&mut world, &|_| {}).refused(TokenError::SupplyCapExceeded);
    // Nobody but the owner grants.
    let mut theirs = {
        let terms = grant_terms(&world);
        ix::make_grant(&world.token(), &world.payer.pubkey(), &key("bob"), terms)
    };
    theirs.accounts[1].pubkey = key("mallory");
    world
        .send(&theirs, &[&person("mallory"), &person("bob")])
        .refused(TokenError::NotOwner);
}

#[test]
fn a_grant_for_good_cannot_be_revoked() {
    let mut world = World::new();
    let grant = grant_to_bob(&mut world, |terms| terms.revocable = false);
    revoke(&mut world, &grant).refused(TokenError::GrantNotRevocable);
    let mut theirs = ix::revoke_grant(&world.token(), &grant);
    theirs.accounts[0].pubkey = key("mallory");
    world
        .send(&theirs, &[&person("mallory")])
        .refused(TokenError::NotOwner);
}

/// What others send to a grant's account goes to its beneficiary, and keeps nobody from
/// closing it.
#[test]
fn gifts_to_a_grant_are_its_beneficiarys() {
    let (mut world, grant) = with_grant();
    world.issue("carol", 5 * ONE);
    let send = ix::transfer_shares(&world.token, &key("carol"), &grant.key, Shares(ONE), None);
    world.send(&send, &[&person("carol")]).ok();
    claim(&mut world, &grant).ok();
    assert_eq!(world.holder("bob").data.shares, 31 * ONE);
    assert_eq!(own_holder(&mut world, &grant).data.shares, 70 * ONE);
    world.send(&send, &[&person("carol")]).ok();
    revoke(&mut world, &grant).ok();
    claim(&mut world, &grant).ok();
    assert_eq!(world.holder("bob").data.shares, 32 * ONE);
    close(&mut world, &grant).ok();
    world.check_books(&["founder", "bob", "carol"]);
}

/// The owner or the registrar may open any wallet's holder account, a coming grant's
/// too, and send shares there: neither stops or spoils the grant.
#[test]
fn a_holder_account_opened_before_is_no_obstacle() {
    let mut world = World::new();
    world.issue("carol", 5 * ONE);
    let coming = find_grant(&world.token, 0).0;
    let payer = world.payer.pubkey();
    let open = ix::open_holder(&world.token, &payer, &key("registrar"), &coming);
    world.send(&open, &[&person("registrar")]).ok();
    let send = ix::transfer_shares(&world.token, &key("carol"), &coming, Shares(ONE), None);
    world.send(&send, &[&person("carol")]).ok();
    let grant = grant_to_bob(&mut world, |_| {});
    world.open_holder("bob");
    world.pass(50 * DAY);
    claim(&mut world, &grant).ok();
    assert_eq!(world.holder("bob").data.shares, 51 * ONE);
    world.check_books(&["founder", "bob", "carol"]);
}

#[test]
fn claims_go_to_the_beneficiary_alone() {
    let (mut world, grant) = with_grant();
    world.open_holder("carol");
    let mut wrong = ix::claim_grant(&grant);
    wrong.accounts[3].pubkey = find_holder(&world.token, &key("carol")).0;
    world.send(&wrong, &[]).refused(TokenError::NotHolder);
    wrong.accounts[3].pubkey = wrong.accounts[2].pubkey;
    world.send(&wrong, &[]).refused(TokenError::SameAccount);
    // Another holder's account is not the grant's, whoever asks.
    world.issue("carol", 5 * ONE);
    let mut wrong = ix::claim_grant(&grant);
    wrong.accounts[2].pubkey = find_holder(&world.token, &key("carol")).0;
    world.send(&wrong, &[]).refused(TokenError::WrongAccount);
    world.pay_revenue(1_000 * ONE);
    world.pass(DAY);
    let quote = world.quote;
    let mut wrong = ix::claim_grant_dividend(&world.token(), &grant, &quote).unwrap();
    wrong.accounts[3].pubkey = world.give_quote(&key("carol"), 0);
    world.send(&wrong, &[]).refused(TokenError::WrongAccount);
    let mut wrong = ix::claim_grant_dividend(&world.token(), &grant, &quote).unwrap();
    wrong.accounts[2].pubkey = find_holder(&world.token, &key("carol")).0;
    world.send(&wrong, &[]).refused(TokenError::WrongAccount);
    // The rent goes to who paid it.
    world.pass(100 * DAY);
    claim(&mut world, &grant).ok();
    let holder = own_holder(&mut world, &grant);
    let mut wrong = ix::close_grant(&grant, &holder);
    wrong.accounts[3].pubkey = key("mallory");
    world.send(&wrong, &[]).refused(TokenError::WrongAccount);
    // What its shares earned is not lost with it.
    close(&mut world, &grant).refused(TokenError::GrantNotEmpty);
    dividend(&mut world, &grant).ok();
    close(&mut world, &grant).ok();
}

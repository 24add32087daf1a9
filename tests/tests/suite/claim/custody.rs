//! Custody is custody: what is in a claim's vault leaves in kind, or by an auction for all.

use {
    solana_program::instruction::Instruction,
    solana_signer::Signer,
    upside_sdk::{
        Atoms, Pubkey, TokenError,
        address::{TOKEN_PROGRAM, find_associated, find_claim},
        event::TokenEvent,
        instruction as ix, quote,
        state::{AuctionBuyArgs, AuctionTerms, ClaimStatus},
    },
    upside_tests::{
        cases::{with_attested_equity, with_auction, with_equity},
        payee::pays_another,
        people::person,
        world::{DAY, NEVER, ONE, World, token_account_bytes},
    },
};

fn key(name: &str) -> Pubkey {
    person(name).pubkey()
}

/// All 1,000 units, attested to be worth 2,000.
fn terms() -> AuctionTerms {
    AuctionTerms {
        units: 1_000 * ONE,
        start: 4_000 * ONE,
        end: 1_000 * ONE,
        seconds: 7 * 86_400,
    }
}

fn announce(world: &mut World, terms: AuctionTerms) -> Instruction {
    let (token, list) = (world.token(), world.attesters());
    let claim = find_claim(&world.token, 0).0;
    ix::announce_auction(&token, &claim, list.as_ref(), terms)
}

fn buy(world: &mut World, by: &str, auction: u64, units: u64, max_payment: u64) -> Instruction {
    let args = AuctionBuyArgs {
        auction,
        units,
        max_payment,
        deadline: NEVER,
    };
    let (token, claim, list) = (world.token(), world.claim(0), world.attesters());
    let list = list.as_ref();
    ix::buy_at_auction(&token, &claim, &key(by), &TOKEN_PROGRAM, list, args)
}

fn founder(world: &mut World, instruction: &Instruction) -> upside_tests::engine::Outcome {
    world.send(instruction, &[&person("founder")])
}

#[test]
fn auctions_are_refused_for_their_reasons() {
    let mut world = with_attested_equity();
    let wrong = |world: &mut World, change: fn(&mut AuctionTerms), expected| {
        let mut terms = terms();
        change(&mut terms);
        let announce = announce(world, terms);
        founder(world, &announce).refused(expected);
    };
    wrong(&mut world, |t| t.units = 0, TokenError::InvalidAuction);
    wrong(&mut world, |t| t.end = 0, TokenError::InvalidAuction);
    wrong(
        &mut world,
        |t| t.end = t.start + 1,
        TokenError::InvalidAuction,
    );
    wrong(
        &mut world,
        |t| t.seconds = 604_799,
        TokenError::InvalidAuction,
    );
    wrong(
        &mut world,
        |t| t.seconds = 91 * 86_400,
        TokenError::InvalidAuction,
    );
    wrong(&mut world, |t| t.units += 1, TokenError::UnitsExceedHeld);
    wrong(&mut world, |t| t.start -= 1, TokenError::AuctionTooCheap);
    wrong(&mut world, |t| t.end -= 1, TokenError::AuctionTooCheap);
    // The highest of the values counts, for the unit; a part of the units costs its part.
    let mut part = terms();
    part.units = 500 * ONE;
    (part.start, part.end) = (2_000 * ONE - 1, 500 * ONE);
    let cheap = announce(&mut world, part);
    founder(&mut world, &cheap).refused(TokenError::AuctionTooCheap);
    let right = announce(&mut world, terms());
    let mut theirs = right.clone();
    theirs.accounts[0].pubkey = key("mallory");
    world
        .send(&theirs, &[&person("mallory")])
        .refused(TokenError::NotOwner);
    founder(&mut world, &right).ok();
    founder(&mut world, &right).refused(TokenError::AuctionOpen);
    let cancel = ix::cancel_auction(&world.claim(0), &key("founder"));
    founder(&mut world, &cancel).ok();
    founder(&mut world, &cancel).refused(TokenError::AuctionNotOpen);
    // Without fresh accepted values only a poll decides.
    world.pass(301 * DAY);
    founder(&mut world, &right).refused(TokenError::NotAttested);
    let mut bare = with_equity();
    let none = announce(&mut bare, terms());
    founder(&mut bare, &none).refused(TokenError::NotAttested);
    // What the owner brings in later was not signed.
    let mut world = with_attested_equity();
    let mint = world.claim(0).data.mint;
    let claim = world.claim(0).key;
    let more = ix::deposit_equity(&world.token(), &claim, &mint, &TOKEN_PROGRAM, 1, Atoms(0));
    founder(&mut world, &more).ok();
    let late = announce(&mut world, terms());
    founder(&mut world, &late).refused(TokenError::NotAttested);
}

#[test]
fn anybody_buys_any_part_at_the_price_of_the_moment() {
    let mut world = with_auction();
    // Half of the time: 1,250 for 500 units.
    let (token, claim) = (world.token().data, world.claim(0));
    let said = world.evidence(0);
    let now = world.now();
    let (payment, exit) = quote::auction(&token, &claim, &said, 200 * ONE, now).unwrap();
    assert_eq!(payment.0, 500 * ONE);
    // Of the cost of 500 accepted attesters have said 400: 80 of these units.
    assert_eq!(exit.cost.0, 80 * ONE);
    let (had, vault, owner) = (world.cash("carol"), world.vault(), world.cash("founder"));
    let cheap = buy(&mut world, "carol", 1, 200 * ONE, 500 * ONE - 1);
    world
        .send(&cheap, &[&person("carol")])
        .refused(TokenError::Slippage);
    let right = buy(&mut world, "carol", 1, 200 * ONE, 500 * ONE);
    let events = world.send(&right, &[&person("carol")]).ok();
    assert!(matches!(&events[0], TokenEvent::ClaimExited(e) if e.proceeds == 500 * ONE));
    assert!(matches!(&events[1], TokenEvent::AuctionBought(e) if e.left == 300 * ONE));
    assert_eq!(had - world.cash("carol"), 500 * ONE);
    assert_eq!(world.vault() - vault, 420 * ONE);
    assert_eq!(world.cash("founder") - owner, 80 * ONE);
    let mint = world.claim(0).data.mint;
    let account = find_associated(&key("carol"), &mint, &TOKEN_PROGRAM).0;
    assert!(world.balance(&account) >= 200 * ONE);
    // Not more than is left, not another's number, not nothing, not after the end.
    for (number, units, expected) in [
        (1, 300 * ONE + 1, TokenError::UnitsExceedHeld),
        (2, ONE, TokenError::AuctionNotOpen),
        (1, 0, TokenError::ZeroAmount),
    ] {
        let wrong = buy(&mut world, "carol", number, units, u64::MAX);
        world.send(&wrong, &[&person("carol")]).refused(expected);
    }
    // The owner may buy as anybody: half of what was attested comes in at least.
    world.pass(7 * DAY / 2 - 1);
    let last = buy(&mut world, "carol", 1, ONE, u64::MAX);
    world.send(&last, &[&person("carol")]).ok();
    world.pass(1);
    let late = buy(&mut world, "carol", 1, ONE, u64::MAX);
    world
        .send(&late, &[&person("carol")])
        .refused(TokenError::AuctionNotOpen);
    // What is unsold is in custody as before, and may be released or offered again.
    assert_eq!(world.claim(0).data.held().unwrap(), 799 * ONE);
    let claim = world.claim(0);
    let release = ix::release_equity(&world.token(), &claim, 799 * ONE).unwrap();
    founder(&mut world, &release).ok();
    assert_eq!(world.claim(0).data.status().unwrap(), ClaimStatus::Closed);
    world.check_books(&["founder", "bob"]);
}

/// What is on offer stays on offer until its auction is over, or cancelled in everybody's
/// sight.
#[test]
fn nothing_is_released_from_under_an_auction() {
    let mut world = with_attested_equity();
    let half = AuctionTerms {
        units: 500 * ONE,
        start: 2_000 * ONE,
        end: 500 * ONE,
        seconds: 7 * 86_400,
    };
    let announce = announce(&mut world, half);
    founder(&mut world, &announce).ok();
    let release = |world: &mut World| {
        let claim = world.claim(0);
        let release = ix::release_equity(&world.token(), &claim, 1).unwrap();
        founder(world, &release)
    };
    release(&mut world).refused(TokenError::AuctionOpen);
    world.pass(7 * DAY);
    release(&mut world).refused(TokenError::AuctionOpen);
    let mut cancelled = world.fork();
    let cancel = ix::cancel_auction(&cancelled.claim(0), &key("founder"));
    founder(&mut cancelled, &cancel).ok();
    release(&mut cancelled).ok();
    let mut wound_up = world.fork();
    wound_up.wind_up();
    release(&mut wound_up).ok();
    world.pass(7 * DAY);
    release(&mut world).ok();
}

#[test]
fn an_auction_waits_for_the_notice_and_ends_with_the_token() {
    let mut world = with_attested_equity();
    let right = announce(&mut world, terms());
    founder(&mut world, &right).ok();
    let early = buy(&mut world, "carol", 1, ONE, u64::MAX);
    world
        .send(&early, &[&person("carol")])
        .refused(TokenError::AuctionNotOpen);
    world.pass(7 * DAY);
    let start = buy(&mut world, "carol", 1, 1, u64::MAX);
    world.send(&start, &[&person("carol")]).ok();
    let mut late = buy(&mut world, "carol", 1, ONE, u64::MAX);
    late.data[8 + 24..].copy_from_slice(&(world.now() - 1).to_le_bytes());
    world
        .send(&late, &[&person("carol")])
        .refused(TokenError::DeadlinePassed);
    world.wind_up();
    let after = buy(&mut world, "carol", 1, ONE, u64::MAX);
    world
        .send(&after, &[&person("carol")])
        .refused(TokenError::WoundUp);
}

#[test]
fn an_owner_who_gives_their_account_away_holds_up_no_auction() {
    let mut world = with_attested_equity();
    let right = announce(&mut world, terms());
    founder(&mut world, &right).ok();
    world.pass(7 * DAY);
    let quote = world.quote;
    let pay = buy(&mut world, "carol", 1, ONE, u64::MAX);
    let errors = [TokenError::WrongTokenAccount, TokenError::WrongAccount];
    let to = ("founder", &quote);
    pays_another(&mut world, &pay, &[&person("carol")], to, errors, false);
}

#[test]
fn what_arrives_unasked_raises_units_and_nothing_else() {
    let mut world = with_attested_equity();
    let claim = world.claim(0);
    let sync = ix::sync_claim(&claim, &TOKEN_PROGRAM);
    world.send(&sync, &[]).refused(TokenError::NothingToSync);
    let before = world.evidence(0);
    world.give(&claim.key, &claim.data.mint, 1_001 * ONE);
    let events = world.send(&sync, &[]).ok();
    assert!(matches!(&events[0], TokenEvent::ClaimSynced(e) if e.found == ONE && e.lost == 0));
    let after = world.claim(0).data;
    assert_eq!(after.held().unwrap(), 1_001 * ONE);
    assert_eq!((after.cost, after.found), (claim.data.cost, ONE));
    // Nobody's dust makes a signature stale, and more units are worth no more.
    assert_eq!(after.terms, claim.data.terms);
    assert_eq!(world.evidence(0).lowest, before.lowest);
    // What the issuer took leaves, with its part of the cost and without a loss.
    world.give(&claim.key, &claim.data.mint, 500 * ONE);
    let events = world.send(&sync, &[]).ok();
    assert!(matches!(&events[0], TokenEvent::ClaimSynced(e) if e.lost == 501 * ONE));
    assert_eq!(world.claim(0).data.held().unwrap(), 500 * ONE);
    assert_eq!(world.token().data.result.signed(), 0);
    // Another's account is none of the claim's.
    let mut foreign = sync.clone();
    let mint = claim.data.mint;
    foreign.accounts[2].pubkey = world.give(&key("mallory"), &mint, 7);
    world
        .send(&foreign, &[])
        .refused(TokenError::WrongTokenAccount);
    // A claim that was sold out opens again for what arrives, if it is no trifle.
    let claim = world.claim(0);
    let release = ix::release_equity(&world.token(), &claim, 500 * ONE).unwrap();
    founder(&mut world, &release).ok();
    assert_eq!(world.claim(0).data.status().unwrap(), ClaimStatus::Closed);
    world.give(&claim.key, &claim.data.mint, 100_100);
    world.send(&sync, &[]).refused(TokenError::NothingToSync);
    world.give(&claim.key, &claim.data.mint, 100_101);
    world.send(&sync, &[]).ok();
    assert!(world.claim(0).data.is_open().unwrap());
    let paper = world.declare(upside_tests::terms::equity_terms());
    let wrong = ix::sync_claim(&world.claim(paper), &TOKEN_PROGRAM);
    let _ = world.send(&wrong, &[]);
}

/// A stranger sends an atom to the vault of a claim that is over, or its owner closes the
/// claim with another account in the vault's place.
#[test]
fn a_gift_keeps_no_claim_open_and_no_vault_is_left_behind() {
    let mut world = with_equity();
    let claim = world.claim(0);
    let release = ix::release_equity(&world.token(), &claim, 1_000 * ONE).unwrap();
    founder(&mut world, &release).ok();
    let mint = claim.data.mint;
    let vault = world.give(&claim.key, &mint, 1);
    let (by, program) = (key("founder"), TOKEN_PROGRAM);
    founder(&mut world, &ix::close_claim(&claim, &by)).refused(TokenError::NotOver);
    let close = ix::close_claim_of(&claim, &by, &program, Some(&by));
    // An empty account that the claim owns too.
    let mut other = close.clone();
    other.accounts[4].pubkey = person("another account").pubkey();
    let bytes = token_account_bytes(&mint, &claim.key, 0);
    world.put(other.accounts[4].pubkey, program, bytes);
    founder(&mut world, &other).refused(TokenError::WrongAccount);
    let mut to_mallory = close.clone();
    to_mallory.accounts[6].pubkey = world.give(&key("mallory"), &mint, 0);
    founder(&mut world, &to_mallory).refused(TokenError::WrongTokenAccount);
    // More than a ten-thousandth is the holders': anybody books it, and the claim goes on.
    world.give(&claim.key, &mint, ONE);
    founder(&mut world, &close).refused(TokenError::NotOver);
    let mut open = world.fork();
    let sync = ix::sync_claim(&claim, &program);
    open.send(&sync, &[]).ok();
    founder(&mut open, &close).refused(TokenError::ClaimNotClosed);

    world.give(&claim.key, &mint, 100_000);
    let own = world.give(&by, &mint, 5);
    let rent = world.engine.account(&vault).unwrap().lamports;
    let payer = claim.data.rent_payer;
    let rent = rent + world.engine.account(&claim.key).unwrap().lamports;
    let had = world.engine.account(&payer).unwrap().lamports;
    let events = founder(&mut world, &close).ok();
    assert!(matches!(&events[..], [TokenEvent::ClaimAccountClosed(e)] if e.left == 100_000));
    assert_eq!(world.balance(&own), 100_005);
    for account in [claim.key, vault] {
        assert!(world.engine.account(&account).is_none());
    }
    // Two signatures' fee.
    let has = world.engine.account(&payer).unwrap().lamports;
    assert_eq!(has + 10_000, had + rent);
}

#[test]
fn tokens_leave_custody_in_no_other_way() {
    let mut world = with_equity();
    let claim = world.claim(0);
    let args = upside_sdk::state::ExitArgs {
        units: ONE,
        received: ONE,
    };
    let exit = world.exit_ix(0, "founder", args);
    founder(&mut world, &exit).refused(TokenError::WrongClaimKind);
    let off = ix::write_off_claim(&claim, &key("founder"), None, ONE);
    founder(&mut world, &off).refused(TokenError::WrongClaimKind);
    let close = ix::close_claim(&claim, &key("founder"));
    founder(&mut world, &close).refused(TokenError::ClaimNotClosed);
}

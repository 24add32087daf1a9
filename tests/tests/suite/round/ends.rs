//! How rounds end: their last day, extensions, cancelling, rounds that are not covered,
//! a wind-down.

use {
    solana_signer::Signer,
    upside_sdk::{
        Atoms, Pubkey, Shares, TokenError,
        address::{TOKEN_PROGRAM, find_associated, find_round},
        event::TokenEvent,
        instruction as ix,
        state::{COVER_TIME, MAX_EXTENSION, RoundStatus, RoundTerms, StageTerms},
    },
    upside_tests::{
        cases::{escrowed, redeem_args},
        engine::Outcome,
        people::person,
        terms::{escrow_terms, round_terms},
        world::{DAY, ONE, START, World},
    },
};

fn key(name: &str) -> Pubkey {
    person(name).pubkey()
}

fn leave(world: &mut World, name: &str) -> Outcome {
    let contribution = world.contribution(0, name);
    let leave = ix::leave_round(&world.token(), &contribution);
    world.send(&leave, &[&person(name)])
}

fn close(world: &mut World, by: &str) -> Outcome {
    let round = find_round(&world.token, 0).0;
    let close = ix::close_round(&world.token(), &round, &key(by));
    world.send(&close, &[&person(by)])
}

fn extend(world: &mut World, closes_at: i64) -> Outcome {
    let round = find_round(&world.token, 0).0;
    let extend = ix::extend_round(&world.token(), &round, closes_at);
    world.send(&extend, &[&person("founder")])
}

fn cancel(world: &mut World) -> Outcome {
    let round = find_round(&world.token, 0).0;
    let cancel = ix::cancel_round(&world.token(), &round);
    world.send(&cancel, &[&person("founder")])
}

fn refund(world: &mut World, name: &str) -> u64 {
    let cash = world.cash(name);
    let contribution = world.contribution(0, name);
    let refund = ix::refund_contribution(&world.token(), &contribution);
    world.send(&refund, &[]).ok();
    world.cash(name) - cash
}

fn status(world: &mut World) -> RoundStatus {
    world.round(0).data.status().unwrap()
}

fn endow(world: &mut World, mint: &Pubkey, atoms: u64) {
    let (token, founder) = (world.token(), person("founder"));
    let add = ix::deposit_endowment(&token, &founder.pubkey(), mint, Atoms(atoms)).unwrap();
    world.send(&add, &[&founder]).ok();
}

/// When the round of `escrowed` closes.
const CLOSES: i64 = START + 10 * DAY;

#[test]
fn impossible_times_and_falling_stages_are_refused() {
    let refused = |change: &dyn Fn(&mut RoundTerms), error| {
        let mut world = World::new();
        let mut terms = escrow_terms();
        change(&mut terms);
        let open = ix::open_round(&world.token(), &world.payer.pubkey(), terms);
        world.send(&open, &[&person("founder")]).refused(error);
    };
    let time = TokenError::InvalidRoundTime;
    refused(&|terms| terms.closes_at = terms.opens_at, time);
    refused(&|terms| terms.closes_at = START, time);
    refused(&|terms| terms.closes_at = START + 365 * DAY + 1, time);
    refused(&|terms| terms.opens_at = START + 365 * DAY + 1, time);
    refused(
        &|terms| {
            terms.opens_at = START + 365 * DAY + 1;
            terms.closes_at = START + 366 * DAY;
        },
        time,
    );
    let falling = TokenError::FallingStages;
    refused(
        &|terms| terms.stages[1].price = terms.stages[0].price,
        falling,
    );
    refused(&|terms| terms.stages[1].price = 1, falling);
    let invalid = TokenError::InvalidRound;
    refused(&|terms| terms.most_part_bps = 0, invalid);
    refused(&|terms| terms.most_part_bps = 10_001, invalid);
}

#[test]
fn on_the_last_day_nobody_leaves_and_nothing_is_extended() {
    let mut world = escrowed();
    world.pass(9 * DAY - 1);
    let mut early = world.fork();
    leave(&mut early, "bob").ok();
    world.pass(1);
    leave(&mut world, "bob").refused(TokenError::RoundCooling);
    extend(&mut world, CLOSES + DAY).refused(TokenError::RoundCooling);
    world.pass(DAY);
    leave(&mut world, "bob").refused(TokenError::RoundNotOpen);
    extend(&mut world, CLOSES + DAY).refused(TokenError::RoundNotOpen);
    close(&mut world, "mallory").ok();
    assert_eq!(status(&mut world), RoundStatus::Succeeded);
}

#[test]
fn an_end_is_moved_once_and_backers_can_leave_again() {
    let mut world = escrowed();
    for until in [CLOSES, CLOSES - 1, CLOSES + MAX_EXTENSION + 1] {
        extend(&mut world, until).refused(TokenError::InvalidRoundTime);
    }
    let mut stranger = world.token();
    stranger.data.owner = key("mallory");
    let round = find_round(&world.token, 0).0;
    for call in [
        ix::extend_round(&stranger, &round, CLOSES + 1),
        ix::cancel_round(&stranger, &round),
    ] {
        world
            .send(&call, &[&person("mallory")])
            .refused(TokenError::NotOwner);
    }
    let events = extend(&mut world, CLOSES + MAX_EXTENSION).ok();
    let [TokenEvent::RoundExtended(said)] = &events[..] else {
        panic!("{events:?}")
    };
    assert_eq!(
        (said.before, said.closes_at),
        (CLOSES, CLOSES + MAX_EXTENSION)
    );
    extend(&mut world, CLOSES + MAX_EXTENSION + 1).refused(TokenError::RoundExtended);
    world.pass(10 * DAY);
    close(&mut world, "mallory").refused(TokenError::RoundNotOver);
    leave(&mut world, "bob").ok();
    // What is left misses the minimum.
    world.pass(90 * DAY);
    close(&mut world, "mallory").ok();
    assert_eq!(status(&mut world), RoundStatus::Failed);
    assert_eq!(refund(&mut world, "carol"), 3_000 * ONE);
}

#[test]
fn sold_out_for_a_day_without_a_break_is_over() {
    let mut world = escrowed();
    world.open_holder("mallory");
    world.contribute(0, "mallory", 20_000 * ONE);
    let round = world.round(0).data;
    assert_eq!(round.sold_out_at, world.now());
    assert_eq!(round.ends_at(), world.now() + DAY);
    world.pass(DAY - 1);
    close(&mut world, "bob").refused(TokenError::RoundNotOver);
    // Somebody leaves: the day begins anew.
    leave(&mut world, "carol").ok();
    assert_eq!(world.round(0).data.sold_out_at, 0);
    world.pass(1);
    close(&mut world, "bob").refused(TokenError::RoundNotOver);
    world.contribute(0, "carol", 3_000 * ONE);
    world.pass(DAY);
    extend(&mut world, CLOSES + DAY).refused(TokenError::RoundNotOpen);
    close(&mut world, "bob").ok();
    assert_eq!(status(&mut world), RoundStatus::Succeeded);
    world.check_books(&["founder", "bob", "carol", "mallory"]);
}

/// A backer who leaves after the day would open the round again, and could do so whenever
/// somebody is about to close it.
#[test]
fn nobody_leaves_a_round_that_sold_out_a_day_ago() {
    let mut world = escrowed();
    world.open_holder("mallory");
    world.contribute(0, "mallory", 20_000 * ONE);
    world.pass(DAY - 1);
    // In its last second everybody may.
    leave(&mut world.fork(), "mallory").ok();
    world.pass(1);
    assert!(world.now() < world.round(0).data.cools_at());
    leave(&mut world, "mallory").refused(TokenError::RoundNotOpen);
    close(&mut world, "bob").ok();
    assert_eq!(status(&mut world), RoundStatus::Succeeded);
}

#[test]
fn the_owner_cancels_and_everybody_is_refunded() {
    let mut world = escrowed();
    let events = cancel(&mut world).ok();
    let [TokenEvent::RoundCancelled(said)] = &events[..] else {
        panic!("{events:?}")
    };
    assert_eq!((said.round, said.raised), (0, 15_000 * ONE));
    let token = world.token().data;
    assert_eq!(
        (token.offered, token.open_rounds, token.escrow_round),
        (0, 0, 0)
    );
    cancel(&mut world).refused(TokenError::RoundAlreadyClosed);
    assert_eq!(refund(&mut world, "bob"), 12_000 * ONE);
    assert_eq!(refund(&mut world, "carol"), 3_000 * ONE);
    world.check_books(&["founder", "bob", "carol"]);

    let mut world = World::new();
    world.open_round(round_terms());
    cancel(&mut world).refused(TokenError::RoundDoesNotEscrow);
}

/// Two stages that are dear enough for what backs the founder's 100 shares: 10 in quote
/// and 3 of another mint each.
fn backed_escrow(most_part_bps: u16) -> (World, Pubkey) {
    let mut world = World::new();
    world.issue("founder", 100 * ONE);
    let mint = world.list("another mint", false);
    let token = world.token();
    let give = ix::deposit_reserve(&token, &key("founder"), &mint, Atoms(300 * ONE)).unwrap();
    world.send(&give, &[&person("founder")]).ok();
    world.give_reserve(1_000 * ONE);
    endow(&mut world, &mint, 60 * ONE);
    let mut terms = RoundTerms {
        min_raise: 100 * ONE,
        reserve_bps: 0,
        most_part_bps,
        ..escrow_terms()
    };
    terms.stages[0] = StageTerms {
        shares: 10 * ONE,
        price: 20 * ONE,
    };
    terms.stages[1] = StageTerms {
        shares: 10 * ONE,
        price: 30 * ONE,
    };
    world.open_round(terms);
    world.contribute(0, "bob", 200 * ONE);
    (world, mint)
}

#[test]
fn a_close_books_the_reserves_part_whatever_the_owner_can_receive() {
    let (mut world, _) = backed_escrow(10_000);
    world.pass(10 * DAY);
    // The owner's account is frozen: the close does not wait for it.
    let account = find_associated(&key("founder"), &world.quote, &TOKEN_PROGRAM).0;
    let mut frozen = world.engine.account(&account).unwrap();
    frozen.data[108] = 2;
    world.engine.set_account(account, frozen.clone());
    let events = close(&mut world, "mallory").ok();
    let [
        TokenEvent::AssetsBrought(brought),
        TokenEvent::RoundClosed(said),
    ] = &events[..]
    else {
        panic!("{events:?}")
    };
    assert_eq!(brought.to_reserve[..2], [0, 30 * ONE]);
    assert_eq!((said.to_reserve, said.to_owner), (100 * ONE, 100 * ONE));
    assert_eq!((said.to_stream, said.from_endowment), (0, 0));
    let quote = *world.token().data.quote();
    assert_eq!((quote.reserve, quote.escrow), (1_100 * ONE, 100 * ONE));
    let contribution = world.contribution(0, "bob");
    let collect = ix::collect_contribution(&world.token, &contribution);
    world.send(&collect, &[]).ok();
    let settle = ix::settle_round(&world.token(), &find_round(&world.token, 0).0);
    world
        .send(&settle, &[])
        .named_failure("a frozen account of the owner");
    frozen.data[108] = 1;
    world.engine.set_account(account, frozen);
    let cash = world.cash("founder");
    world.send(&settle, &[]).ok();
    assert_eq!(world.cash("founder") - cash, 100 * ONE);
    world.check_books(&["founder", "bob"]);
}

#[test]
fn the_endowment_covers_what_exceeds_the_most_part() {
    // Ten a share of twenty are half; a gift meanwhile makes it more.
    let (mut world, _) = backed_escrow(5_000);
    world.give_reserve(100 * ONE);
    world.pass(10 * DAY);
    close(&mut world, "mallory").refused(TokenError::EndowmentShort);
    world.endow(10 * ONE - 1);
    close(&mut world, "mallory").refused(TokenError::EndowmentShort);
    world.endow(1);
    let events = close(&mut world, "mallory").ok();
    let Some(TokenEvent::RoundClosed(said)) = events.last() else {
        panic!("{events:?}")
    };
    assert_eq!((said.to_reserve, said.to_owner), (110 * ONE, 100 * ONE));
    assert_eq!(said.from_endowment, 10 * ONE);
    assert_eq!(world.token().data.quote().endowment, 0);
    world.check_books(&["founder", "bob"]);
}

#[test]
fn what_is_not_covered_a_week_after_the_end_fails() {
    let (mut world, mint) = backed_escrow(10_000);
    // The owner gives more of the other mint than the round locked for.
    let token = world.token();
    let give = ix::deposit_reserve(&token, &key("founder"), &mint, Atoms(900 * ONE)).unwrap();
    world.send(&give, &[&person("founder")]).ok();
    world.pass(10 * DAY);
    close(&mut world, "mallory").refused(TokenError::EndowmentShort);
    let mut covered = world.fork();
    world.pass(COVER_TIME - 1);
    close(&mut world, "mallory").refused(TokenError::EndowmentShort);
    world.pass(1);
    close(&mut world, "mallory").ok();
    assert_eq!(status(&mut world), RoundStatus::Failed);
    let asset = world.token().data.assets[1];
    assert_eq!((asset.endowment, asset.locked), (60 * ONE, 0));
    assert_eq!(refund(&mut world, "bob"), 200 * ONE);
    world.check_books(&["founder", "bob"]);
    // In time it is covered by anybody.
    endow(&mut covered, &mint, 60 * ONE);
    close(&mut covered, "mallory").ok();
    assert_eq!(status(&mut covered), RoundStatus::Succeeded);
    assert_eq!(covered.token().data.assets[1].reserve, 1_320 * ONE);
}

/// The owner and a second wallet once made a part that left 64 bits, so that a round
/// could never be closed, and its backers' money was held.
#[test]
fn a_part_beyond_all_numbers_does_not_hold_the_backers_money() {
    let mut world = World::new();
    world.issue("mallory", 1);
    world.open_round(escrow_terms());
    world.contribute(0, "bob", 15_000 * ONE);
    world.pass(9 * DAY);
    // Nobody can leave any more: 900,000 come in for the one share atom, for a while.
    world.give_reserve(900_000 * ONE);
    world.pass(DAY);
    close(&mut world, "bob").refused(TokenError::Overflow);
    world.pass(COVER_TIME);
    close(&mut world, "bob").ok();
    assert_eq!(status(&mut world), RoundStatus::Failed);
    assert_eq!(refund(&mut world, "bob"), 15_000 * ONE);
    world.check_books(&["founder", "bob", "mallory"]);
}

/// The same with a reserve that nobody owns at the end.
#[test]
fn a_reserve_that_nobody_owns_fails_the_round_a_week_later() {
    let (mut world, _) = backed_escrow(10_000);
    let args = upside_sdk::state::RedeemArgs {
        forgone: 2,
        ..redeem_args(100 * ONE)
    };
    let redeem = ix::redeem(&world.token(), &key("founder"), args).unwrap();
    world.send(&redeem, &[&person("founder")]).ok();
    world.pass(10 * DAY);
    close(&mut world, "bob").refused(TokenError::IssueFirst);
    let issue = ix::issue(&world.token(), &key("founder"), Shares(1), Atoms(0));
    world
        .send(&issue, &[&person("founder")])
        .refused(TokenError::RoundEscrowing);
    world.pass(COVER_TIME);
    close(&mut world, "bob").ok();
    assert_eq!(refund(&mut world, "bob"), 200 * ONE);
}

#[test]
fn in_a_wind_down_a_round_refunds() {
    let mut world = World::with(|args| args.terms.inactivity_seconds = 90 * 86_400);
    world.issue("founder", 800_000 * ONE);
    world.open_round(RoundTerms {
        closes_at: START + 365 * DAY,
        ..escrow_terms()
    });
    world.contribute(0, "bob", 12_000 * ONE);
    let executor = person("executor");
    let set = ix::set_executor(&world.token(), &executor.pubkey());
    world.send(&set, &[&person("founder")]).ok();
    world.pass(91 * DAY);
    close(&mut world, "bob").refused(TokenError::RoundNotOver);
    let up = ix::wind_up_by_executor(&world.token, &executor.pubkey());
    world.send(&up, &[&executor]).ok();
    close(&mut world, "bob").ok();
    assert_eq!(status(&mut world), RoundStatus::Failed);
    assert_eq!(refund(&mut world, "bob"), 12_000 * ONE);
    assert_eq!(world.token().data.supply, 800_000 * ONE);
    world.check_books(&["founder", "bob"]);
}

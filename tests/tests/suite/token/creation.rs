//! New shares come in fully backed: cap, launch, yearly room, and what they bring.

use {
    solana_signer::Signer,
    upside_sdk::{
        Atoms, Pubkey, Shares, TokenError,
        address::{find_associated, find_round},
        event::TokenEvent,
        instruction as ix,
        state::{ContributeArgs, PersonalToken, RoundTerms, StageTerms},
    },
    upside_tests::{
        cases::redeem_args,
        engine::Outcome,
        people::person,
        terms::{escrow_terms, round_terms},
        world::{DAY, NEVER, ONE, World},
    },
};

fn key(name: &str) -> Pubkey {
    person(name).pubkey()
}

/// The owner issues, without endowing what is missing.
fn issue(world: &mut World, name: &str, shares: u64) -> Outcome {
    let issue = ix::issue(&world.token(), &key(name), Shares(shares), Atoms(0));
    world.send(&issue, &[&person("founder")])
}

/// One stage of `shares` at `price` quote atoms a share, sold at once.
fn one_stage(world: &World, shares: u64, price: u64) -> RoundTerms {
    let mut stages = [StageTerms::default(); 4];
    stages[0] = StageTerms { shares, price };
    RoundTerms {
        stages,
        opens_at: world.now(),
        closes_at: world.now() + 10 * DAY,
        min_contribution: ONE,
        ..round_terms()
    }
}

fn open(world: &mut World, terms: RoundTerms) -> Outcome {
    let open = ix::open_round(&world.token(), &world.payer.pubkey(), terms);
    world.send(&open, &[&person("founder")])
}

fn close(world: &mut World, round: u64, by: &str) -> Outcome {
    let round = find_round(&world.token, round).0;
    let close = ix::close_round(&world.token(), &round, &key(by));
    world.send(&close, &[&person(by)])
}

fn endow(world: &mut World, mint: &Pubkey, atoms: u64) {
    let (token, founder) = (world.token(), person("founder"));
    let add = ix::deposit_endowment(&token, &founder.pubkey(), mint, Atoms(atoms)).unwrap();
    world.send(&add, &[&founder]).ok();
}

fn give(world: &mut World, mint: &Pubkey, atoms: u64) {
    let (token, founder) = (world.token(), person("founder"));
    let give = ix::deposit_reserve(&token, &founder.pubkey(), mint, Atoms(atoms)).unwrap();
    world.send(&give, &[&founder]).ok();
}

/// Reserve and supply of the asset at a place.
fn backing(token: &PersonalToken, place: usize) -> (u128, u128) {
    (token.assets[place].reserve.into(), token.supply.into())
}

/// Bob has 100 shares; 1,000 in quote and 300 of another mint are in the reserve.
fn backed() -> (World, Pubkey) {
    let mut world = World::with(|args| args.terms.reserve_bps = 0);
    world.issue("bob", 100 * ONE);
    let mint = world.list("another mint", false);
    world.give_reserve(1_000 * ONE);
    give(&mut world, &mint, 300 * ONE);
    world.open_holder("carol");
    (world, mint)
}

#[test]
fn issued_shares_bring_their_part_of_everything() {
    let (mut world, mint) = backed();
    world.pay_revenue(700 * ONE);
    world.pass(7 * DAY / 2);
    // 10 of 100 shares: 100 and 35 in quote, 30 of the other mint, each from the owner.
    issue(&mut world, "carol", 10 * ONE).refused(TokenError::EndowmentShort);
    world.endow(135 * ONE);
    issue(&mut world, "carol", 10 * ONE).refused(TokenError::EndowmentShort);
    endow(&mut world, &mint, 30 * ONE - 1);
    issue(&mut world, "carol", 10 * ONE).refused(TokenError::EndowmentShort);
    endow(&mut world, &mint, 1);
    let before = world.token().data;
    let bob = world.holder("bob").data;
    let (owed, streams) = before.dividend(&bob, 0, world.now()).unwrap();
    let events = issue(&mut world, "carol", 10 * ONE).ok();
    let [
        TokenEvent::AssetsBrought(brought),
        TokenEvent::SharesIssued(_),
    ] = &events[..]
    else {
        panic!("{events:?}")
    };
    assert_eq!(brought.shares, 10 * ONE);
    assert_eq!(brought.to_reserve[..2], [100 * ONE, 30 * ONE]);
    assert_eq!(brought.to_stream[..2], [35 * ONE, 0]);
    let after = world.token().data;
    for place in 0..2 {
        let ((held, all), (more, grown)) = (backing(&before, place), backing(&after, place));
        assert!(held * grown <= more * all, "asset {place}");
        assert_eq!(after.assets[place].endowment, 0);
    }
    // Bob has what he had, and his part of what still streams; the window stays.
    assert_eq!(after.streams[0].end, before.streams[0].end);
    let (owed_after, streams_after) = after.dividend(&bob, 0, world.now()).unwrap();
    assert_eq!(owed_after, owed);
    assert_eq!(streams.0 * 110, streams_after.0 * 100);
    world.check_books(&["founder", "bob", "carol"]);
    // Whoever came in and leaves at once takes no more than was brought.
    let cash = world.cash("carol");
    let redeem = ix::redeem(&world.token(), &key("carol"), redeem_args(10 * ONE)).unwrap();
    world.send(&redeem, &[&person("carol")]).ok();
    assert!(world.cash("carol") - cash <= 100 * ONE);
}

#[test]
fn the_launch_is_free_and_then_a_year_has_its_room() {
    let mut world = World::with(|args| {
        args.terms.supply_cap = 160 * ONE;
        args.terms.launch_shares = 100 * ONE;
        args.terms.room_bps = 2_500;
    });
    world.open_holder("bob");
    issue(&mut world, "bob", 100 * ONE + 1).refused(TokenError::YearlyRoomExceeded);
    issue(&mut world, "bob", 160 * ONE + 1).refused(TokenError::SupplyCapExceeded);
    issue(&mut world, "bob", 100 * ONE).ok();
    issue(&mut world, "bob", 25 * ONE + 1).refused(TokenError::YearlyRoomExceeded);
    // A quarter of 100, in steps over a year.
    for _ in 0..5 {
        issue(&mut world, "bob", 5 * ONE).ok();
        world.pass(73 * DAY);
    }
    issue(&mut world, "bob", 1).refused(TokenError::YearlyRoomExceeded);
    // Then the first of them is forgotten: a quarter of 105 in all, of which 20 are used.
    world.pass(40 * DAY);
    issue(&mut world, "bob", 6_250_001).refused(TokenError::YearlyRoomExceeded);
    issue(&mut world, "bob", 6_250_000).ok();
    // Redeeming gives the cap back, not the room.
    world.give_reserve(ONE);
    let redeem = ix::redeem(&world.token(), &key("bob"), redeem_args(20 * ONE)).unwrap();
    world.send(&redeem, &[&person("bob")]).ok();
    issue(&mut world, "bob", 1).refused(TokenError::YearlyRoomExceeded);
    let token = world.token().data;
    assert_eq!(token.created, 131_250_000);
    assert_eq!(token.supply, 111_250_000);
    // Years later there is room again, and the cap bounds it.
    world.pass(800 * DAY);
    issue(&mut world, "bob", 48_750_001).refused(TokenError::SupplyCapExceeded);
    let room = world.token().data.creatable(world.now()).unwrap();
    assert_eq!(room, 111_250_000 / 4);
}

#[test]
fn offers_keep_room_and_give_it_back() {
    let mut world = World::with(|args| {
        args.terms.supply_cap = 200 * ONE;
        args.terms.launch_shares = 100 * ONE;
    });
    world.issue("bob", 100 * ONE);
    let terms = one_stage(&world, 20 * ONE, ONE);
    open(&mut world, terms).ok();
    issue(&mut world, "bob", 5 * ONE + 1).refused(TokenError::YearlyRoomExceeded);
    let second = one_stage(&world, 6 * ONE, ONE);
    open(&mut world, second).refused(TokenError::YearlyRoomExceeded);
    world.contribute(0, "carol", 8 * ONE);
    close(&mut world, 0, "founder").ok();
    // 12 of 20 were not sold: 17 of 25 are free.
    let token = world.token().data;
    assert_eq!((token.offered, token.open_rounds), (0, 0));
    assert_eq!(token.creatable(world.now()), Ok(17 * ONE));
}

#[test]
fn a_round_that_escrows_is_alone() {
    let mut world = World::new();
    world.issue("bob", 800_000 * ONE);
    open(&mut world, round_terms()).ok();
    open(&mut world, escrow_terms()).refused(TokenError::RoundsOpen);
    close(&mut world, 0, "founder").ok();
    open(&mut world, escrow_terms()).ok();
    assert_eq!(world.token().data.escrow_round, 2);
    open(&mut world, escrow_terms()).refused(TokenError::RoundEscrowing);
    open(&mut world, round_terms()).refused(TokenError::RoundEscrowing);
    issue(&mut world, "bob", 1).refused(TokenError::RoundEscrowing);
    let cancel = ix::cancel_round(&world.token(), &find_round(&world.token, 1).0);
    world.send(&cancel, &[&person("founder")]).ok();
    assert_eq!(world.token().data.escrow_round, 0);
    issue(&mut world, "bob", 1).ok();
}

#[test]
fn a_payment_brings_its_part_before_the_owner_gets_anything() {
    let (mut world, mint) = backed();
    // Ten back each share: nine for it are too few, ten and a bit are not.
    let cheap = one_stage(&world, 20 * ONE, 10 * ONE - 1);
    open(&mut world, cheap).refused(TokenError::PaymentBelowBacking);
    let half = RoundTerms {
        most_part_bps: 4_999,
        ..one_stage(&world, 20 * ONE, 20 * ONE)
    };
    open(&mut world, half).refused(TokenError::PaymentBelowBacking);
    // Of the other mint the endowment locks the part: 60 for 20 of 100 shares.
    let terms = one_stage(&world, 20 * ONE, 20 * ONE);
    open(&mut world, terms).refused(TokenError::EndowmentShort);
    endow(&mut world, &mint, 70 * ONE);
    open(&mut world, terms).ok();
    assert_eq!(world.round(0).data.locked[..2], [0, 60 * ONE]);
    let take = |world: &mut World, atoms| {
        let take = ix::withdraw_endowment(&world.token(), &mint, Atoms(atoms)).unwrap();
        world.send(&take, &[&person("founder")])
    };
    take(&mut world, 10 * ONE + 1).refused(TokenError::EndowmentLocked);
    take(&mut world, 10 * ONE).ok();

    // 100 buy 5 shares: 50 is their part, 30 % are promised: the larger, not the sum.
    let owner = world.cash("founder");
    let events = world.contribute(0, "carol", 100 * ONE);
    let [
        TokenEvent::AssetsBrought(brought),
        TokenEvent::Contributed(said),
    ] = &events[..]
    else {
        panic!("{events:?}")
    };
    assert_eq!(brought.to_reserve[..2], [0, 15 * ONE]);
    assert_eq!((said.to_reserve, said.to_stream), (50 * ONE, 0));
    assert_eq!(world.cash("founder") - owner, 50 * ONE);
    assert_eq!(world.round(0).data.locked[1], 45 * ONE);
    assert_eq!(world.token().data.assets[1].locked, 45 * ONE);
    // Somebody gives so much that the price no longer covers the part.
    world.give_reserve(2_000 * ONE);
    let late = world.contribute_ix(0, "carol", 100 * ONE);
    world
        .send(&late, &[&person("carol")])
        .refused(TokenError::PaymentBelowBacking);
    close(&mut world, 0, "founder").ok();
    assert_eq!(world.token().data.assets[1].locked, 0);
    world.check_books(&["founder", "bob", "carol"]);
}

#[test]
fn what_streams_is_brought_by_a_payment_too() {
    let (mut world, mint) = backed();
    endow(&mut world, &mint, 60 * ONE);
    let terms = RoundTerms {
        reserve_bps: 10_000,
        ..one_stage(&world, 20 * ONE, 20 * ONE)
    };
    open(&mut world, terms).ok();
    world.pay_revenue(700 * ONE);
    // 5 of 100 shares bring 35 into the stream, the rest is the reserve's by promise.
    let events = world.contribute(0, "carol", 100 * ONE);
    let Some(TokenEvent::Contributed(said)) = events.last() else {
        panic!("{events:?}")
    };
    assert_eq!((said.to_reserve, said.to_stream), (65 * ONE, 35 * ONE));
    let (token, bob) = (world.token().data, world.holder("bob").data);
    let streams = token.streams[0].remaining;
    assert_eq!(streams, 735 * ONE);
    assert_eq!(streams / 105 * 100, 700 * ONE, "bob's part is what it was");
    assert_eq!(bob.shares, 100 * ONE);
    world.check_books(&["founder", "bob", "carol"]);
}

#[test]
fn a_contribution_lands_only_under_what_was_signed() {
    let mut world = World::new();
    world.issue("bob", 100 * ONE);
    open(&mut world, round_terms()).ok();
    world.open_holder("carol");
    let (token, round) = (world.token(), world.round(0));
    let args = |max_supply, terms_version| ContributeArgs {
        max_payment: ONE,
        min_shares: 0,
        max_supply,
        terms_version,
        deadline: NEVER,
    };
    let carol = person("carol");
    for (args, error) in [
        (args(100 * ONE - 1, 0), TokenError::SupplyAboveSigned),
        (args(100 * ONE, 1), TokenError::TermsChanged),
    ] {
        let back = ix::contribute(&token, &round, &carol.pubkey(), None, args);
        world.send(&back, &[&carol]).refused(error);
    }
    let back = ix::contribute(&token, &round, &carol.pubkey(), None, args(100 * ONE, 0));
    world.send(&back, &[&carol]).ok();
    world
        .send(&back, &[&carol])
        .refused(TokenError::SupplyAboveSigned);
}

#[test]
fn what_an_emptied_reserve_still_holds_is_for_whom_the_owner_issues_to() {
    let (mut world, _) = backed();
    let terms = one_stage(&world, 20 * ONE, 20 * ONE);
    // Bob leaves, without what he has no use for.
    let args = upside_sdk::state::RedeemArgs {
        forgone: 2,
        ..redeem_args(100 * ONE)
    };
    let redeem = ix::redeem(&world.token(), &key("bob"), args).unwrap();
    world.send(&redeem, &[&person("bob")]).ok();
    assert_eq!(backing(&world.token().data, 1), (300_000_000, 0));
    open(&mut world, terms).refused(TokenError::IssueFirst);
    issue(&mut world, "carol", ONE).ok();
    assert_eq!(backing(&world.token().data, 1), (300_000_000, 1_000_000));
}

#[test]
fn gifts_while_no_share_exists_are_the_owners_and_block_no_round() {
    let mut world = World::new();
    let quote = world.quote;
    let bob = person("bob");
    let give = ix::deposit_reserve(&world.token(), &bob.pubkey(), &quote, Atoms(7 * ONE)).unwrap();
    world.send(&give, &[&bob]).ok();
    let token = world.token;
    world.give(&token, &quote, 9 * ONE);
    let surplus = ix::book_surplus(&world.token(), &key("founder"), &quote).unwrap();
    world.send(&surplus, &[&person("founder")]).ok();
    let asset = *world.token().data.quote();
    assert_eq!((asset.reserve, asset.endowment), (0, 9 * ONE));
    open(&mut world, round_terms()).ok();
    world.contribute(0, "carol", 5 * ONE);
    let cash = world.cash("founder");
    let take = ix::withdraw_endowment(&world.token(), &quote, Atoms(9 * ONE)).unwrap();
    world.send(&take, &[&person("founder")]).ok();
    assert_eq!(world.cash("founder") - cash, 9 * ONE);
    world.check_books(&["founder", "bob", "carol"]);
}

#[test]
fn strangers_block_no_round_with_what_they_send() {
    let (mut world, mint) = backed();
    let (quote, carol, founder) = (world.quote, person("carol"), person("founder"));
    // The quote mint from anybody, other mints from the owner.
    let give = |world: &mut World, mint| {
        let give = ix::deposit_reserve(&world.token(), &carol.pubkey(), mint, Atoms(ONE));
        give.unwrap()
    };
    let ours = give(&mut world, &quote);
    world.send(&ours, &[&carol]).ok();
    let other = give(&mut world, &mint);
    world
        .send(&other, &[&carol])
        .refused(TokenError::OwnerOnlyAsset);
    // What is in a vault unasked is booked by the owner, in a wind-down by anybody.
    let vault = world.token().data.assets[1].vault;
    let token = world.token;
    world.give(&token, &mint, 310 * ONE);
    assert_eq!(world.balance(&vault), 310 * ONE);
    let book = |world: &mut World, by: &str| {
        let book = ix::book_surplus(&world.token(), &key(by), &mint).unwrap();
        world.send(&book, &[&person(by)])
    };
    book(&mut world, "carol").refused(TokenError::NotOwner);
    let mut wound = world.fork();
    wound.wind_up();
    book(&mut wound, "carol").ok();
    assert_eq!(wound.token().data.assets[1].reserve, 310 * ONE);
    book(&mut world, "founder").ok();
    book(&mut world, "founder").refused(TokenError::NothingToSync);
    assert_eq!(world.token().data.assets[1].reserve, 310 * ONE);
    let zero = ix::withdraw_endowment(&world.token(), &mint, Atoms(0)).unwrap();
    world
        .send(&zero, &[&founder])
        .refused(TokenError::ZeroAmount);
}

#[test]
fn what_an_issuer_takes_is_the_owners_loss_first() {
    let (mut world, mint) = backed();
    endow(&mut world, &mint, 100 * ONE);
    let terms = one_stage(&world, 20 * ONE, 20 * ONE);
    open(&mut world, terms).ok();
    let token = world.token;
    let asset = |world: &mut World| {
        let asset = world.token().data.assets[1];
        (asset.endowment, asset.locked, asset.reserve)
    };
    assert_eq!(asset(&mut world), (100 * ONE, 60 * ONE, 300 * ONE));
    let seized = |world: &mut World, left: u64| {
        world.give(&token, &mint, left);
        // The owner gets nothing out of a vault that lacks something.
        let take = ix::withdraw_endowment(&world.token(), &mint, Atoms(1)).unwrap();
        world
            .send(&take, &[&person("founder")])
            .refused(TokenError::VaultShort);
        let book = ix::book_loss(&world.token(), &mint).unwrap();
        let events = world.send(&book, &[]).ok();
        world.send(&book, &[]).refused(TokenError::NothingToSync);
        let [TokenEvent::LossBooked(said)] = &events[..] else {
            panic!("{events:?}")
        };
        (said.from_endowment, said.from_reserve)
    };
    // 400 are booked: what is free of the endowment, what is locked, then the reserve.
    assert_eq!(seized(&mut world, 370 * ONE), (30 * ONE, 0));
    assert_eq!(asset(&mut world), (70 * ONE, 60 * ONE, 300 * ONE));
    assert_eq!(seized(&mut world, 340 * ONE), (30 * ONE, 0));
    assert_eq!(asset(&mut world), (40 * ONE, 40 * ONE, 300 * ONE));
    let short = world.contribute_ix(0, "carol", 400 * ONE);
    world
        .send(&short, &[&person("carol")])
        .refused(TokenError::EndowmentShort);
    assert_eq!(seized(&mut world, 250 * ONE), (40 * ONE, 50 * ONE));
    assert_eq!(asset(&mut world), (0, 0, 250 * ONE));
    // Once the owner endows it again, the round goes on.
    endow(&mut world, &mint, 50 * ONE);
    world.contribute(0, "carol", 400 * ONE);
    close(&mut world, 0, "founder").ok();
    assert_eq!(asset(&mut world), (0, 0, 300 * ONE));
    world.check_books(&["founder", "bob", "carol"]);
}

/// Freezes or thaws the token's vault of a mint.
fn freeze(world: &mut World, mint: &Pubkey, frozen: bool) {
    let vault = find_associated(&world.token, mint, &upside_sdk::address::TOKEN_PROGRAM).0;
    let mut account = world.engine.account(&vault).expect("the vault exists");
    account.data[108] = if frozen { 2 } else { 1 };
    world.engine.set_account(vault, account);
}

#[test]
fn what_cannot_move_is_brought_unless_holders_exempted_it() {
    let (mut world, mint) = backed();
    let note = |world: &mut World| {
        let note = ix::note_immovable(&world.token(), &mint).unwrap();
        world.send(&note, &[])
    };
    note(&mut world).refused(TokenError::NothingToChange);
    freeze(&mut world, &mint, true);
    note(&mut world).ok();
    note(&mut world).refused(TokenError::NothingToChange);
    world.endow(100 * ONE);
    let exempting = |world: &mut World| {
        let token = world.token();
        let issue = ix::issue(&token, &key("carol"), Shares(10 * ONE), Atoms(0));
        let issue = ix::exempting(&token, issue, &[1]);
        world.send(&issue, &[&person("founder")])
    };
    let exempted = |world: &mut World| {
        let (key, mut account) = (world.token, world.token().data);
        account.exempt = 2;
        let mut bytes = world.engine.account(&key).expect("the token exists");
        bytes.data[8..].copy_from_slice(bytemuck::bytes_of(&account));
        world.engine.set_account(key, bytes);
    };
    // Without the word of holders nothing is exempted, however long it cannot move.
    world.pass(8 * DAY);
    exempting(&mut world).refused(TokenError::EndowmentShort);
    exempted(&mut world);
    let mut early = world.fork();
    // Only those whose accounts are there are exempted.
    issue(&mut world, "carol", 10 * ONE).refused(TokenError::EndowmentShort);
    let events = exempting(&mut world).ok();
    let [TokenEvent::AssetsBrought(brought), _] = &events[..] else {
        panic!("{events:?}")
    };
    assert_eq!(brought.to_reserve[..2], [100 * ONE, 0]);
    // It stays in everybody's reserve.
    assert_eq!(world.token().data.assets[1].reserve, 300 * ONE);
    // Only while it cannot move, and only a notice after that was noted.
    freeze(&mut early, &mint, false);
    exempting(&mut early).refused(TokenError::EndowmentShort);
    note(&mut early).ok();
    freeze(&mut early, &mint, true);
    exempting(&mut early).refused(TokenError::EndowmentShort);
    note(&mut early).ok();
    early.pass(7 * DAY - 1);
    exempting(&mut early).refused(TokenError::EndowmentShort);
    early.pass(1);
    exempting(&mut early).ok();
}

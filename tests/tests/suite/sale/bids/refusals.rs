//! Bids: what is refused.

use {
    super::*,
    upside_sdk::address::{TOKEN_PROGRAM, find_associated},
    upside_tests::{
        cases::{approval, approve},
        world::START,
    },
};

#[test]
fn terms_that_make_no_bid_are_refused() {
    let mut world = with_royalty(0);
    let attempt = |world: &mut World, change: &dyn Fn(&mut BidTerms)| {
        let mut terms = bid_terms(world);
        change(&mut terms);
        let payer = world.payer.pubkey();
        let open = ix::open_bid(&world.token(), &payer, &key("carol"), terms);
        world.send(&open, &[&person("carol")])
    };
    attempt(&mut world, &|terms| terms.shares = 0).refused(TokenError::ZeroAmount);
    attempt(&mut world, &|terms| terms.price = 0).refused(TokenError::ZeroAmount);
    // What all of it costs rounds to nothing, or leaves the range.
    attempt(&mut world, &|terms| {
        (terms.shares, terms.price) = (999_999, 1)
    })
    .refused(TokenError::AmountTooSmall);
    attempt(&mut world, &|terms| terms.price = u64::MAX).refused(TokenError::Overflow);
    for time in [0, START, START + 3 * 365 * DAY, i64::MAX] {
        attempt(&mut world, &|terms| terms.expires_at = time).refused(TokenError::InvalidExpiry);
    }
    // More than the bidder has.
    attempt(&mut world, &|terms| terms.price = ONE * ONE).named_failure("no money");
    attempt(&mut world, &|_| {}).ok();
    attempt(&mut world, &|_| {}).refused(TokenError::AlreadyExists);
    // Without a holder account, or with somebody else's, nobody bids.
    world.give_quote(&key("mallory"), 1_000 * ONE);
    let (payer, terms) = (world.payer.pubkey(), bid_terms(&world));
    let mut foreign = ix::open_bid(&world.token(), &payer, &key("mallory"), terms);
    world
        .send(&foreign, &[&person("mallory")])
        .named_failure("no holder account");
    foreign.accounts[3].pubkey = find_holder(&world.token, &key("bob")).0;
    world
        .send(&foreign, &[&person("mallory")])
        .refused(TokenError::NotHolder);
}

#[test]
fn a_sale_into_a_bid_is_refused_for_its_reasons() {
    let mut world = with_royalty(0);
    let bid = bid(&mut world, |terms| terms.seller = key("bob"));
    let args = FillBidArgs {
        shares: 40 * ONE,
        min_proceeds: 77 * ONE,
        deadline: world.now(),
    };
    let attempt = |world: &mut World, who: &str, args: FillBidArgs| {
        let fill = ix::fill_bid(&world.token(), &bid, &key(who), None, args);
        world.send(&fill, &[&person(who)])
    };
    let with = |change: &dyn Fn(&mut FillBidArgs)| {
        let mut args = args;
        change(&mut args);
        args
    };
    attempt(&mut world, "bob", with(&|a| a.shares = 0)).refused(TokenError::ZeroAmount);
    attempt(&mut world, "bob", with(&|a| a.shares += 1)).refused(TokenError::BidExceeded);
    // The least is of what the seller receives, after royalty.
    attempt(&mut world, "bob", with(&|a| a.min_proceeds += 1)).refused(TokenError::Slippage);
    attempt(&mut world, "bob", with(&|a| a.deadline -= 1)).refused(TokenError::DeadlinePassed);
    attempt(&mut world, "carol", args).refused(TokenError::SameAccount);
    world.issue("mallory", 100 * ONE);
    world.give_quote(&key("mallory"), 0);
    attempt(&mut world, "mallory", args).refused(TokenError::NotSeller);

    // Nobody's account but the seller's takes the payment.
    let mut fill = ix::fill_bid(&world.token(), &bid, &key("bob"), None, args);
    let right = fill.accounts[5].pubkey;
    let mallorys = find_associated(&key("mallory"), &world.quote, &TOKEN_PROGRAM).0;
    for wrong in [fill.accounts[6].pubkey, mallorys] {
        fill.accounts[5].pubkey = wrong;
        world
            .send(&fill, &[&person("bob")])
            .refused(TokenError::WrongTokenAccount);
    }
    fill.accounts[5].pubkey = right;
    // Nor does anybody but the bidder get the shares.
    fill.accounts[3].pubkey = find_holder(&world.token, &key("mallory")).0;
    world
        .send(&fill, &[&person("bob")])
        .refused(TokenError::WrongAccount);
    attempt(&mut world, "bob", args).ok();
}

#[test]
fn only_free_shares_are_sold() {
    let mut world = with_royalty(0);
    let bid = bid(&mut world, |_| {});
    upside_tests::cases::offer(&mut world, |terms| terms.shares = 70 * ONE);
    fill(&mut world, &bid, 30 * ONE + 1).refused(TokenError::InsufficientShares);
    fill(&mut world, &bid, 30 * ONE).ok();
}

#[test]
fn a_price_that_rounds_to_nothing_sells_nothing() {
    let mut world = with_royalty(0);
    let bid = bid(&mut world, |terms| (terms.shares, terms.price) = (ONE, 3));
    fill(&mut world, &bid, 333_333).refused(TokenError::AmountTooSmall);
    fill(&mut world, &bid, 333_334).ok();
}

#[test]
fn the_transfer_policy_holds_for_bids() {
    let mut world = with_royalty(2);
    let open = bid(&mut world, |terms| terms.expires_at += 30 * DAY);
    fill(&mut world, &open, ONE).refused(TokenError::TransferClosed);
    // Only announced while others hold shares.
    let venue = ix::set_venue(&world.token(), &key("carol"), true);
    world.send(&venue, &[&person("founder")]).ok();
    fill(&mut world, &open, ONE).refused(TokenError::TransferClosed);
    world.pass(7 * DAY);
    let venue = ix::apply_venue(&world.token, &key("carol"));
    world.send(&venue, &[]).ok();
    fill(&mut world, &open, ONE).ok();

    let mut world = with_royalty(1);
    let open = bid(&mut world, |_| {});
    fill(&mut world, &open, ONE).refused(TokenError::ApprovalRequired);
    let approve = approve(&mut world, 5 * ONE);
    world.send(&approve, &[&person("founder")]).ok();
    let approval = approval(&mut world);
    let attempt = |world: &mut World, shares| {
        let args = FillBidArgs {
            shares,
            min_proceeds: 0,
            deadline: NEVER,
        };
        let fill = ix::fill_bid(&world.token(), &open, &key("bob"), Some(&approval), args);
        world.send(&fill, &[&person("bob")])
    };
    attempt(&mut world, 5 * ONE + 1).refused(TokenError::ApprovalExceeded);
    attempt(&mut world, 5 * ONE).ok();
    // Used up.
    assert!(world.engine.account(&approval.key).is_none());
    attempt(&mut world, ONE).refused(upside_sdk::error::Refusal::of_code(3007));
}

/// Who ends somebody else's bid cannot say where the money goes; its bidder can.
#[test]
fn what_comes_back_goes_to_the_bidder() {
    let mut world = with_royalty(0);
    let bid = bid(&mut world, |_| {});
    world.pass(8 * DAY);
    let mut theirs = ix::cancel_bid(&world.token(), &bid, &key("bob"));
    let right = theirs.accounts[4].pubkey;
    let bobs = find_associated(&key("bob"), &world.quote, &TOKEN_PROGRAM).0;
    // Another account of hers, which she may not want to use.
    let other = Pubkey::new_unique();
    let account = world.engine.account(&right).unwrap();
    world.put(other, account.owner, account.data);
    theirs.accounts[4].pubkey = bobs;
    world
        .send(&theirs, &[&person("bob")])
        .refused(TokenError::WrongTokenAccount);
    theirs.accounts[4].pubkey = other;
    world
        .send(&theirs, &[&person("bob")])
        .refused(TokenError::WrongAccount);
    let mut own = ix::cancel_bid(&world.token(), &bid, &key("carol"));
    own.accounts[4].pubkey = other;
    world.send(&own, &[&person("carol")]).ok();
}

//! Holders, issuing, transfers, bearer tokens, redemption.

use {
    solana_signer::Signer,
    upside_sdk::{
        Atoms, Shares, TokenError,
        address::find_holder,
        instruction as ix,
        state::{Admission, ApproveTransferArgs, RedeemArgs},
    },
    upside_tests::{
        cases::{self, redeem_args, with_bearer, with_reserve},
        people::person,
        terms::round_terms,
        world::{DAY, ONE, World},
    },
};

fn key(name: &str) -> upside_sdk::Pubkey {
    person(name).pubkey()
}

#[test]
fn admission_is_the_owners() {
    let mut world = World::with(|args| args.admission = Admission::Approved);
    let payer = world.payer.pubkey();
    let alone = ix::open_holder(&world.token, &payer, &key("bob"), &key("bob"));
    world
        .send(&alone, &[&person("bob")])
        .refused(TokenError::NotAdmitted);
    let stranger = ix::open_holder(&world.token, &payer, &key("carol"), &key("bob"));
    world
        .send(&stranger, &[&person("carol")])
        .refused(TokenError::NotAdmitted);
    for (who, wallet) in [("registrar", "bob"), ("founder", "carol")] {
        let open = ix::open_holder(&world.token, &payer, &key(who), &key(wallet));
        world.send(&open, &[&person(who)]).ok();
    }
    assert_eq!(world.token().data.holders, 3);
    let again = ix::open_holder(&world.token, &payer, &key("founder"), &key("bob"));
    world
        .send(&again, &[&person("founder")])
        .refused(TokenError::AlreadyExists);
}

#[test]
fn a_sender_names_the_cost_that_goes_along() {
    let mut world = World::new();
    world.open_round(round_terms());
    for name in ["bob", "carol"] {
        world.contribute(0, name, 100 * ONE);
    }
    let has = |world: &mut World, name: &str| {
        let data = world.holder(name).data;
        (data.shares, data.cost)
    };
    let (shares, cost) = has(&mut world, "bob");
    let token = world.token;
    let send = |count: u64, cost: Option<u64>| {
        let cost = cost.map(Atoms);
        ix::transfer_shares_at(
            &token,
            &key("bob"),
            &key("carol"),
            Shares(count),
            cost,
            None,
        )
    };
    world
        .send(&send(1, Some(cost + 1)), &[&person("bob")])
        .refused(TokenError::CostTooHigh);
    let (all, had) = has(&mut world, "carol");
    world.send(&send(ONE, Some(3)), &[&person("bob")]).ok();
    assert_eq!(has(&mut world, "bob"), (shares - ONE, cost - 3));
    assert_eq!(has(&mut world, "carol"), (all + ONE, had + 3));
    // Of all shares all of it goes, whatever is named.
    world
        .send(&send(shares - ONE, Some(0)), &[&person("bob")])
        .ok();
    assert_eq!(has(&mut world, "bob"), (0, 0));
    assert_eq!(has(&mut world, "carol"), (all + shares, had + cost));
}

#[test]
fn nobody_opens_a_holder_for_somebody_else_under_open_admission() {
    let mut world = World::new();
    let payer = world.payer.pubkey();
    let open = ix::open_holder(&world.token, &payer, &key("mallory"), &key("bob"));
    world
        .send(&open, &[&person("mallory")])
        .refused(TokenError::NotAdmitted);
}

#[test]
fn the_supply_cap_holds() {
    let mut world = World::with(|args| {
        args.terms.supply_cap = 100 * ONE;
        args.terms.launch_shares = 100 * ONE;
    });
    world.open_holder("bob");
    let founder = person("founder");
    let issue =
        |w: &mut World, shares| ix::issue(&w.token(), &key("bob"), Shares(shares), Atoms(7));
    for shares in [100 * ONE + 1, u64::MAX] {
        let too_many = issue(&mut world, shares);
        let outcome = world.send(&too_many, &[&founder]);
        assert!(outcome.error.is_some());
    }
    let too_many = issue(&mut world, 100 * ONE + 1);
    world
        .send(&too_many, &[&founder])
        .refused(TokenError::SupplyCapExceeded);
    let overflow = issue(&mut world, u64::MAX);
    world.issue("bob", 1);
    world
        .send(&overflow, &[&founder])
        .refused(TokenError::Overflow);
    let none = issue(&mut world, 0);
    world
        .send(&none, &[&founder])
        .refused(TokenError::ZeroAmount);
    let all = issue(&mut world, 100 * ONE - 1);
    world.send(&all, &[&founder]).ok();
    assert_eq!(world.holder("bob").data.cost, 7);
    world.check_books(&["founder", "bob"]);
}

#[test]
fn transfers_move_shares_and_their_cost() {
    let mut world = World::new();
    world.open_holder("bob");
    world.open_holder("carol");
    let issue = ix::issue(&world.token(), &key("bob"), Shares(3 * ONE), Atoms(100));
    world.send(&issue, &[&person("founder")]).ok();
    let send = |shares| {
        ix::transfer_shares(
            &world_token(),
            &key("bob"),
            &key("carol"),
            Shares(shares),
            None,
        )
    };
    fn world_token() -> upside_sdk::Pubkey {
        upside_sdk::address::find_token(&person("founder").pubkey()).0
    }
    world.send(&send(ONE), &[&person("bob")]).ok();
    let (bob, carol) = (world.holder("bob").data, world.holder("carol").data);
    assert_eq!((bob.shares, bob.cost), (2 * ONE, 67));
    assert_eq!((carol.shares, carol.cost), (ONE, 33));
    world
        .send(&send(0), &[&person("bob")])
        .refused(TokenError::ZeroAmount);
    world
        .send(&send(2 * ONE + 1), &[&person("bob")])
        .refused(TokenError::InsufficientShares);
    let oneself = ix::transfer_shares(&world.token, &key("bob"), &key("bob"), Shares(1), None);
    world
        .send(&oneself, &[&person("bob")])
        .refused(TokenError::SameAccount);
    let mut theft = send(ONE);
    theft.accounts[0].pubkey = key("mallory");
    world
        .send(&theft, &[&person("mallory")])
        .refused(TokenError::NotHolder);
    world.send(&send(2 * ONE), &[&person("bob")]).ok();
    assert_eq!(world.holder("bob").data.cost, 0);
    world.check_books(&["founder", "bob", "carol"]);
}

fn policy(transfer_policy: u8) -> World {
    let mut world = World::with(|args| args.transfer_policy = transfer_policy.try_into().unwrap());
    world.issue("bob", 10 * ONE);
    world.open_holder("carol");
    world
}

#[test]
fn closed_transfers_are_closed_but_for_venues() {
    let mut world = policy(2);
    let token = world.token;
    let send = ix::transfer_shares(&token, &key("bob"), &key("carol"), Shares(ONE), None);
    world
        .send(&send, &[&person("bob")])
        .refused(TokenError::TransferClosed);
    world.mark_venue(&key("carol"), true);
    world.send(&send, &[&person("bob")]).ok();
}

#[test]
fn an_approval_is_for_one_transfer_between_two_wallets() {
    let mut world = policy(1);
    let (token, payer) = (world.token(), world.payer.pubkey());
    let founder = person("founder");
    let bare = ix::transfer_shares(&token.key, &key("bob"), &key("carol"), Shares(ONE), None);
    world
        .send(&bare, &[&person("bob")])
        .refused(TokenError::ApprovalRequired);

    let expires_at = world.now() + DAY;
    let approve = |from, to, shares, expires_at| {
        ix::approve_transfer(
            &token,
            &payer,
            ApproveTransferArgs {
                from,
                to,
                shares,
                expires_at,
            },
        )
    };
    let (bob, carol) = (key("bob"), key("carol"));
    world
        .send(&approve(bob, carol, 0, expires_at), &[&founder])
        .refused(TokenError::ZeroAmount);
    world
        .send(&approve(bob, bob, 1, expires_at), &[&founder])
        .refused(TokenError::SameAccount);
    let past = world.now();
    world
        .send(&approve(bob, carol, 1, past), &[&founder])
        .refused(TokenError::ApprovalExpired);
    world
        .send(&approve(bob, carol, 5 * ONE, expires_at), &[&founder])
        .ok();

    let approval = cases::approval(&mut world);
    let send =
        |shares| ix::transfer_shares(&token.key, &bob, &carol, Shares(shares), Some(&approval));
    world
        .send(&send(5 * ONE + 1), &[&person("bob")])
        .refused(TokenError::ApprovalExceeded);
    let mut elsewhere = send(ONE);
    world.open_holder("mallory");
    elsewhere.accounts[3].pubkey = find_holder(&token.key, &key("mallory")).0;
    world
        .send(&elsewhere, &[&person("bob")])
        .refused(TokenError::ApprovalRequired);
    world.send(&send(ONE), &[&person("bob")]).ok();
    // Used up: the account is gone, and its rent went back.
    let replay = world.send(&send(ONE), &[&person("bob")]);
    replay.named_failure("a used approval");

    world
        .send(&approve(bob, carol, ONE, expires_at), &[&founder])
        .ok();
    world.pass(2 * DAY);
    world
        .send(&send(ONE), &[&person("bob")])
        .refused(TokenError::ApprovalExpired);
}

#[test]
fn the_bearer_cap_bounds_withdrawals_only() {
    let mut world = with_bearer();
    let (bob, founder) = (person("bob"), person("founder"));
    assert_eq!(
        (world.bearer("bob"), world.token().data.bearer().unwrap()),
        (40 * ONE, 40 * ONE)
    );
    let cap = ix::set_bearer_cap(&world.token(), Shares(30 * ONE));
    world.send(&cap, &[&founder]).ok();
    let withdraw = |w: &mut World, n| ix::withdraw(&w.token(), &key("bob"), Shares(n));
    let more = withdraw(&mut world, 1);
    world
        .send(&more, &[&bob])
        .refused(TokenError::BearerCapExceeded);
    let zero = withdraw(&mut world, 0);
    world.send(&zero, &[&bob]).refused(TokenError::ZeroAmount);
    let deposit = ix::deposit(&world.token(), &key("bob"), Shares(40 * ONE));
    world.send(&deposit, &[&bob]).ok();
    world
        .send(&deposit, &[&bob])
        .refused(TokenError::InsufficientShares);
    let back = withdraw(&mut world, 30 * ONE);
    world.pass(DAY);
    world.send(&back, &[&bob]).ok();
    world.check_books(&["founder", "bob", "carol"]);
}

#[test]
fn the_cost_of_shares_survives_a_trip_through_the_wallet() {
    let mut world = World::new();
    world.open_holder("bob");
    let issue = ix::issue(&world.token(), &key("bob"), Shares(10 * ONE), Atoms(1_000));
    world.send(&issue, &[&person("founder")]).ok();
    world.open_bearer("bob");
    let bob = person("bob");
    for shares in [3 * ONE, ONE] {
        let withdraw = ix::withdraw(&world.token(), &key("bob"), Shares(shares));
        world.send(&withdraw, &[&bob]).ok();
    }
    assert_eq!(world.holder("bob").data.cost, 600);
    let deposit = ix::deposit(&world.token(), &key("bob"), Shares(4 * ONE));
    world.send(&deposit, &[&bob]).ok();
    let holder = world.holder("bob").data;
    assert_eq!(
        (holder.cost, holder.warm_cost, holder.withdrawn_cost),
        (600, 400, 0)
    );
    world.pass(DAY);
    let warm = ix::warm_up(&world.token, &key("bob"));
    world.send(&warm, &[]).ok();
    let holder = world.holder("bob").data;
    assert_eq!((holder.cost, holder.warm_cost), (1_000, 0));
}

#[test]
fn redemption_keeps_its_limits() {
    let mut world = with_reserve(1);
    let bob = person("bob");
    let token = world.token();
    let redeem = |args| ix::redeem(&token, &key("bob"), args).unwrap();
    world
        .send(&redeem(redeem_args(0)), &[&bob])
        .refused(TokenError::ZeroAmount);
    world
        .send(&redeem(redeem_args(61 * ONE)), &[&bob])
        .refused(TokenError::InsufficientShares);
    let late = RedeemArgs {
        deadline: world.now() - 1,
        ..redeem_args(ONE)
    };
    world
        .send(&redeem(late), &[&bob])
        .refused(TokenError::DeadlinePassed);
    let quoted =
        upside_sdk::quote::redemption(&token.data, Shares(100 * ONE), Shares(ONE), 0).unwrap();
    let mut greedy = RedeemArgs {
        min_out: quoted,
        ..redeem_args(ONE)
    };
    greedy.min_out[1] += 1;
    world
        .send(&redeem(greedy), &[&bob])
        .refused(TokenError::Slippage);
    let unlisted = RedeemArgs {
        min_out: [0, 0, 1, 0, 0, 0, 0, 0],
        ..redeem_args(ONE)
    };
    world
        .send(&redeem(unlisted), &[&bob])
        .refused(TokenError::Slippage);
    // Too few, too many, in another order, forgoing what is not listed.
    let mut missing = redeem(redeem_args(ONE));
    missing.accounts.truncate(missing.accounts.len() - 3);
    world
        .send(&missing, &[&bob])
        .refused(TokenError::AssetAccountsMismatch);
    let mut more = redeem(redeem_args(ONE));
    let extra = more.accounts[more.accounts.len() - 3..].to_vec();
    more.accounts.extend(extra);
    world
        .send(&more, &[&bob])
        .refused(TokenError::AssetAccountsMismatch);
    let mut swapped = redeem(redeem_args(ONE));
    let at = swapped.accounts.len() - 6;
    swapped.accounts[at..].rotate_left(3);
    world
        .send(&swapped, &[&bob])
        .refused(TokenError::AssetAccountsMismatch);
    let nonsense = RedeemArgs {
        forgone: 4,
        ..redeem_args(ONE)
    };
    world
        .send(&redeem(nonsense), &[&bob])
        .refused(TokenError::AssetAccountsMismatch);
    let nothing = RedeemArgs {
        forgone: 3,
        ..redeem_args(ONE)
    };
    world
        .send(&redeem(nothing), &[&bob])
        .refused(TokenError::NothingToRedeem);

    let before = world.cash("bob");
    let exact = RedeemArgs {
        min_out: quoted,
        ..redeem_args(ONE)
    };
    world.send(&redeem(exact), &[&bob]).ok();
    assert_eq!(
        world.cash("bob") - before,
        quoted[0],
        "the quote is the chain's to the atom"
    );
    world.check_books(&["founder", "bob", "carol"]);
}

#[test]
fn forgoing_leaves_the_part_to_the_others() {
    let mut world = with_reserve(1);
    let before = world.token().data.assets[1].reserve;
    let args = RedeemArgs {
        forgone: 2,
        ..redeem_args(60 * ONE)
    };
    let redeem = ix::redeem(&world.token(), &key("bob"), args).unwrap();
    world.send(&redeem, &[&person("bob")]).ok();
    assert_eq!(world.token().data.assets[1].reserve, before);
    // The last holder gets all that is left.
    let redeem = ix::redeem(&world.token(), &key("carol"), redeem_args(40 * ONE)).unwrap();
    world.send(&redeem, &[&person("carol")]).ok();
    let token = world.token().data;
    assert_eq!(
        (
            token.supply,
            token.assets[0].reserve,
            token.assets[1].reserve
        ),
        (0, 0, 0)
    );
}

#[test]
fn bearers_redeem_without_being_holders() {
    let mut world = with_bearer();
    world.give_reserve(1_000 * ONE);
    let dust = ix::redeem_bearer(&world.token(), &key("bob"), redeem_args(41 * ONE)).unwrap();
    world
        .send(&dust, &[&person("bob")])
        .refused(TokenError::InsufficientShares);
    let all = ix::redeem_bearer(&world.token(), &key("bob"), redeem_args(40 * ONE)).unwrap();
    world.send(&all, &[&person("bob")]).ok();
    assert_eq!(world.token().data.supply, 60 * ONE);
    world.check_books(&["founder", "bob", "carol"]);
}

//! The comparison itself: it notices every byte of every type of account, beside bumps
//! and what layouts keep free.

#![allow(
    clippy::single_range_in_vec_init,
    reason = "ranges of bytes, of which there may be one"
)]

use {
    core::mem::offset_of,
    std::ops::Range,
    upside_sdk::{
        Pubkey, TokenError,
        address::{
            TOKEN_PROGRAM, find_approval, find_associated, find_claim, find_contribution,
            find_holder, find_round,
        },
        instruction as ix,
        state::{
            ApproveTransferArgs, Asset, ContributeArgs, Holder, HolderStream, PayoutStream,
            PersonalToken, Round, TokenTerms,
        },
    },
    upside_tests::oracle::{
        run::{Run, Step},
        steps::people,
    },
    upside_tests::{
        model::compare::Comparer,
        pool::token_of,
        terms::{escrow_terms, revenue_terms},
        world::{DAY, NEVER, ONE},
    },
};

/// Changes every byte of an account in turn, from `start` to `end` before its end.
/// Nobody must notice those in `free`, counted from `start`, and only those.
fn notices(run: &mut Run, key: Pubkey, (start, end): (usize, usize), free: &[Range<usize>]) {
    run.finished = true;
    let account = run.pool.world.engine.account(&key).expect("it exists");
    let mut comparer = Comparer::default();
    let mut ignored = Vec::new();
    for place in start..account.data.len() - end {
        let mut changed = account.clone();
        changed.data[place] ^= 1;
        let engine = &mut run.pool.world.engine;
        engine.set_account(key, changed);
        if comparer.some(&run.model, engine, &[key]).is_ok() {
            ignored.push(place - start);
        }
    }
    let free: Vec<usize> = free.iter().cloned().flatten().collect();
    assert_eq!(ignored, free);
}

/// The same past an account's discriminator, up to its reserved words.
pub fn notices_all(run: &mut Run, key: Pubkey, reserved: usize, free: &[Range<usize>]) {
    notices(run, key, (8, reserved * 8), free);
}

pub fn begin() -> (Run, Pubkey) {
    (Run::base().fork(1), token_of("p0"))
}

#[test]
fn tokens() {
    let (mut run, token) = begin();
    let terms = offset_of!(PersonalToken, terms) + offset_of!(TokenTerms, room_bps);
    let mut free = vec![1..3, terms + 2..terms + 4];
    for place in 0..4 {
        let stream = offset_of!(PersonalToken, streams) + place * size_of::<PayoutStream>();
        let asset = stream + offset_of!(PayoutStream, asset);
        free.push(asset + 1..asset + 8);
    }
    for place in 0..8 {
        let asset = offset_of!(PersonalToken, assets) + place * size_of::<Asset>();
        // Where nothing is listed, everything is compared.
        if place < run.model.tokens[&token].assets.len() {
            let stream = asset + offset_of!(Asset, stream);
            free.push(stream + 1..stream + 6);
        }
    }
    let policy = offset_of!(PersonalToken, pending_transfer_policy);
    free.push(policy + 3..policy + 6);
    let lowest = offset_of!(PersonalToken, royalty_lowest);
    free.push(lowest - 4..lowest);
    notices_all(&mut run, token, 8, &free);
}

#[test]
fn holders() {
    let (mut run, token) = begin();
    let holder = find_holder(&token, &run.key("bob")).0;
    let born = offset_of!(Holder, born);
    notices_all(&mut run, holder, 4, &[1..2, 4..8, born - 4..born]);
}

#[test]
fn approvals() {
    let (mut run, token) = begin();
    let (owner, payer) = (run.key("p0"), run.pool.payer());
    let args = ApproveTransferArgs {
        from: run.key("bob"),
        to: run.key("carol"),
        shares: ONE,
        expires_at: run.now() + DAY,
    };
    let approve = ix::approve_transfer(&run.token("p0"), &payer, args);
    run.must(Step::new("an approval", approve, &["p0"], move |model| {
        model.approve_transfer(&token, &owner, &args)
    }));
    let approval = find_approval(&token, &args.from, &args.to).0;
    notices_all(&mut run, approval, 2, &[1..8]);
}

#[test]
fn rounds_and_contributions() {
    let (mut run, token) = begin();
    let (owner, bob, payer) = (run.key("p0"), run.key("bob"), run.pool.payer());
    let number = run.model.tokens[&token].rounds;
    let open = ix::open_round(&run.token("p0"), &payer, escrow_terms());
    run.must(Step::new("a round", open, &["p0"], move |model| {
        model.open_round(&token, &owner, &escrow_terms())
    }));
    let args = ContributeArgs {
        max_payment: 10 * ONE,
        min_shares: 0,
        max_supply: u64::MAX,
        terms_version: 0,
        deadline: NEVER,
    };
    let round = run.pool.world.get(&find_round(&token, number).0);
    let back = ix::contribute(&run.token("p0"), &round, &bob, None, args);
    run.must(Step::new("a contribution", back, &["bob"], move |model| {
        model.contribute((&token, number), &bob, None, true, &args)
    }));
    let most = offset_of!(Round, most_part_bps);
    let free = [1..2, most + 3..most + 8];
    notices_all(&mut run, round.key, 3, &free);
    let contribution = find_contribution(&round.key, &bob).0;
    notices_all(&mut run, contribution, 4, &[1..8]);
}

#[test]
fn claims() {
    let (mut run, token) = begin();
    let (owner, payer) = (run.key("p0"), run.pool.payer());
    let number = run.model.tokens[&token].claims;
    let terms = revenue_terms(run.pool.world.quote);
    let declare = ix::declare_claim(&run.token("p0"), &payer, terms.clone());
    run.must(Step::new("a claim", declare, &["p0"], move |model| {
        model.declare_claim(&token, &owner, &terms)
    }));
    notices_all(&mut run, find_claim(&token, number).0, 5, &[1..2, 11..16]);
}

#[test]
fn token_accounts_and_mints() {
    let (mut run, token) = begin();
    let quote = run.pool.world.quote;
    let wallet = find_associated(&run.key("bob"), &quote, &TOKEN_PROGRAM).0;
    notices(&mut run, wallet, (0, 0), &[]);
    let vault = find_associated(&token, &quote, &TOKEN_PROGRAM).0;
    notices(&mut run, vault, (0, 0), &[]);
    // Of a share mint everything up to its extensions but the byte that says that it is
    // initialized: no token program would take it.
    let mint = run.model.share_mint(&token);
    let length = run.pool.world.engine.account(&mint).unwrap().data.len();
    notices(&mut run, mint, (0, length - 82), &[45..46]);
}

#[test]
#[should_panic(expected = "streams[3].owed: the chain says 1, the model 0")]
fn the_message_names_the_field() {
    let (mut run, token) = begin();
    let holder = find_holder(&token, &run.key("carol")).0;
    let stream = 8 + offset_of!(Holder, streams) + 3 * size_of::<HolderStream>();
    let mut bytes = run.pool.world.engine.account(&holder).unwrap();
    bytes.data[stream + offset_of!(HolderStream, owed)] ^= 1;
    run.pool.world.put(holder, bytes.owner, bytes.data);
    run.finished = true;
    run.compare_all();
}

#[test]
#[should_panic(expected = "the model knows of no such account")]
fn an_account_from_nowhere() {
    let (mut run, token) = begin();
    let (bob, treasury) = (run.key("bob"), run.key("treasury"));
    let known = run
        .pool
        .world
        .engine
        .account(&find_holder(&token, &bob).0)
        .unwrap();
    let place = find_holder(&token, &treasury).0;
    run.pool.world.put(place, known.owner, known.data);
    run.finished = true;
    let step = people::admit(&mut run, "p0", "treasury", treasury);
    run.send(Step {
        predict: Box::new(|_| Err(TokenError::AlreadyExists.into())),
        ..step
    });
}

#[test]
#[should_panic(expected = "exists: the chain says false, the model true")]
fn an_account_that_is_gone() {
    let (mut run, token) = begin();
    let holder = find_holder(&token, &run.key("carol")).0;
    run.pool
        .world
        .engine
        .set_account(holder, Default::default());
    run.finished = true;
    run.compare_all();
}

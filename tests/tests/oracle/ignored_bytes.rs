//! Bytes that the comparison does not look at: bumps and what layouts keep free, and no
//! others, in accounts of markets and governance.

use {
    upside_sdk::{
        Pubkey,
        address::{
            find_attestation, find_attesters, find_bid, find_claim, find_grant, find_identity,
            find_pass, find_poll, find_product, find_sale,
        },
        instruction as ix,
        state::{
            self, BidTerms, Change, GrantOffer, GrantTerms, IdentityAttestation, PassInput,
            PassPrice, ProductTerms, SaleTerms, Statement,
        },
    },
    upside_tests::oracle::{
        run::{Run, Step},
        steps::ids,
    },
    upside_tests::{
        model::compare::Comparer,
        pool::token_of,
        world::{DAY, NEVER, ONE},
    },
};

/// Changes every byte of an account in turn. Those that nobody noticed must be these
/// and the last `reserved` ones; places are counted past the discriminator.
fn check(run: &mut Run, key: Pubkey, free: &[(usize, usize)], reserved: usize) {
    run.finished = true;
    let account = run.pool.world.engine.account(&key).expect("it exists");
    let (start, end) = (8, account.data.len() - reserved);
    let mut comparer = Comparer::default();
    let mut ignored = Vec::new();
    for place in start..end {
        let mut changed = account.clone();
        changed.data[place] ^= 1;
        run.pool.world.engine.set_account(key, changed);
        let engine = &mut run.pool.world.engine;
        if comparer.some(&run.model, engine, &[key]).is_ok() {
            ignored.push(place - start);
        }
    }
    let free: Vec<usize> = free.iter().flat_map(|(from, to)| *from..*to).collect();
    assert_eq!(ignored, free);
}

fn begin() -> (Run, Pubkey) {
    (Run::base().fork(1), token_of("p0"))
}

#[test]
fn sales() {
    let (mut run, token) = begin();
    let (bob, payer) = (run.key("bob"), run.pool.payer());
    let terms = SaleTerms {
        number: 7,
        shares: ONE,
        price: 3 * ONE,
        buyer: run.key("carol"),
        expires_at: run.now() + DAY,
    };
    let open = ix::open_sale(&token, &payer, &bob, terms);
    run.must(Step::new("a sale", open, &["bob"], move |model| {
        model.open_sale(&token, &bob, &terms)
    }));
    let sale = find_sale(&token, &bob, 7).0;
    check(&mut run, sale, &[(1, 8)], 64);
}

#[test]
fn bids() {
    let (mut run, key) = begin();
    let (bob, payer) = (run.key("bob"), run.pool.payer());
    let terms = BidTerms {
        number: 7,
        shares: ONE,
        price: 3 * ONE,
        seller: run.key("carol"),
        expires_at: run.now() + DAY,
    };
    let open = ix::open_bid(&run.token("p0"), &payer, &bob, terms);
    run.must(Step::new("a bid", open, &["bob"], move |model| {
        model.open_bid(&key, &bob, &terms)
    }));
    let bid = find_bid(&key, &bob, 7).0;
    check(&mut run, bid, &[(1, 8)], 64);
}

#[test]
fn grants() {
    let (mut run, _) = begin();
    let (owner, bob, payer) = (run.key("p0"), run.key("bob"), run.pool.payer());
    let terms = GrantTerms {
        shares: ONE,
        start: run.now(),
        cliff_seconds: 5,
        duration_seconds: 50,
        revocable: true,
    };
    let token = run.token("p0");
    let offer = GrantOffer {
        beneficiary: bob,
        terms,
        expires_at: run.now() + 9,
        reference: 5,
    };
    let make = ix::offer_grant(&token, &payer, 0, offer);
    run.must(Step::new("a grant", make, &["p0"], move |model| {
        model.offer_grant(&token.key, &owner, 0, &offer)
    }));
    let grant = find_grant(&token_of("p0"), 0).0;
    check(&mut run, grant, &[(1, 2), (4, 8)], 32);
}

#[test]
fn products_and_passes() {
    let (mut run, token) = begin();
    let (owner, bob, payer) = (run.key("p0"), run.key("bob"), run.pool.payer());
    let terms = ProductTerms {
        name: "An hour".into(),
        uri: String::new(),
        tier: 2,
        asks: PassPrice::Hold { shares: ONE },
        units: 5,
        lifetime: 1_000,
        max_passes: 3,
        claim_number: None,
        point_of_sale: run.key("carol"),
    };
    let open = ix::open_product(&run.token("p0"), &payer, terms.clone());
    run.must(Step::new("a product", open, &["p0"], move |model| {
        model.open_product(&token, &owner, &terms)
    }));
    let args = PassInput {
        max_price: 0,
        deadline: NEVER,
    };
    let product = ids::product(&run, "p0", 0);
    let get = ix::buy_pass(&run.token("p0"), &product, &payer, &bob, args).unwrap();
    run.must(Step::new("a pass", get, &["bob"], move |model| {
        model.collect_pass(&token, 0, &bob)
    }));
    let key = find_product(&token, 0).0;
    check(&mut run, find_pass(&key, &bob).0, &[(1, 2), (3, 8)], 64);
    // Texts end with the first zero.
    let name = core::mem::offset_of!(state::Product, name);
    let uri = core::mem::offset_of!(state::Product, uri);
    check(
        &mut run,
        key,
        &[(1, 2), (6, 8), (name + 8, name + 64), (uri + 1, uri + 128)],
        64,
    );
}

#[test]
fn attesters_and_attestations() {
    let (mut run, token) = begin();
    let (bob, payer) = (run.key("bob"), run.pool.payer());
    let known = run.model.claims[&(token, 0)].clone();
    let statement = Statement {
        terms: known.terms(&token, 0),
        document: known.document,
        units: 0,
        value: ONE,
        cost: 0,
        expires_at: run.now() + DAY,
    };
    let attest = ix::attest_claim(&ids::claim(&run, "p0", 0), &payer, &bob, statement);
    run.must(Step::new("a statement", attest, &["bob"], move |model| {
        model.attest_claim(&token, 0, &bob, &statement)
    }));
    let claim = find_claim(&token, 0).0;
    let attestation = find_attestation(&claim, &bob).0;
    check(&mut run, attestation, &[(1, 8)], 64);
    check(&mut run, find_attesters(&token).0, &[(1, 2), (3, 8)], 64);
}

#[test]
fn identities() {
    let (mut run, token) = begin();
    let (bob, payer) = (run.key("bob"), run.pool.payer());
    let identity_attestation = IdentityAttestation {
        owner: run.model.tokens[&token].owner,
        subject: [1; 32],
        document: [2; 32],
        expires_at: run.now() + DAY,
    };
    let attest = ix::attest_identity(&token, &payer, &bob, identity_attestation);
    run.must(Step::new("a word", attest, &["bob"], move |model| {
        model.attest_identity(&token, &bob, &identity_attestation)
    }));
    check(&mut run, find_identity(&token, &bob).0, &[(1, 8)], 64);
}

#[test]
fn polls() {
    let (mut run, token) = begin();
    let (owner, payer) = (run.key("p0"), run.pool.payer());
    let change = Change::ReserveShare(5_000);
    let put = ix::put_poll(&run.token("p0"), &payer, &owner, change, [5; 32]);
    run.must(Step::new("a poll", put, &["p0"], move |model| {
        model.put_poll(&token, &owner, &change, [5; 32])
    }));
    // Beside the bump: padding of the head, of both figures and of the notice.
    let head = core::mem::offset_of!(state::Poll, before);
    let after = core::mem::offset_of!(state::Poll, after);
    let notice = core::mem::offset_of!(state::Poll, notice_seconds);
    let padding = [
        (1, 2),
        (5, 8),
        (head + 30, head + 32),
        (after + 30, after + 32),
        (notice + 4, notice + 8),
    ];
    check(&mut run, find_poll(&token, 0).0, &padding, 48);
}

//! One valid call of every instruction, with the world in which it succeeds: what
//! the sweeps vary and the benchmark measures.

use {
    crate::{
        people::person,
        world::{
            DAY, NEVER, ONE, World, equity_terms, escrow_terms, revenue_terms, round_terms,
            token_args, tokenized_terms,
        },
    },
    solana_program::instruction::Instruction,
    solana_signer::Signer,
    upside_sdk::{
        Atoms, Pubkey, Shares,
        address::{TOKEN_PROGRAM, find_claim, find_round},
        instruction as ix,
        state::{
            ApproveTransferArgs, ContributeArgs, ExitArgs, MAX_ASSETS, MetadataArgs, RedeemArgs,
            RoundTerms, Vote,
        },
    },
};

/// A valid call.
pub struct Case {
    /// Its world, just before it.
    pub world: World,
    /// The call.
    pub instruction: Instruction,
    /// Who signs beside the payer.
    pub signers: Vec<&'static str>,
}

/// Makes a world and the call in it.
pub type Make = fn() -> Case;

/// Every instruction: its name, with what makes a call special behind a colon.
pub const CASES: &[(&str, Make)] = &[
    ("create_token", create_token),
    ("update_metadata", update_metadata),
    ("set_roles", || {
        owner(|w| ix::set_roles(&w.token(), &key("carol"), &key("bob")))
    }),
    ("set_pledge", || {
        owner(|w| ix::set_pledge(&w.token(), &key("bob"), 1_000))
    }),
    ("set_bearer_cap", || {
        owner(|w| ix::set_bearer_cap(&w.token(), Shares(5 * ONE)))
    }),
    ("propose_owner", || {
        owner(|w| ix::propose_owner(&w.token(), &key("bob")))
    }),
    ("accept_ownership", accept_ownership),
    ("pause", || {
        owner(|w| ix::pause(&w.token(), &key("founder")))
    }),
    ("pause: guardian", pause_guardian),
    ("unpause", unpause),
    ("open_holder", open_holder),
    ("open_holder: registrar", open_holder_registrar),
    ("set_venue", || {
        owner(|w| {
            w.open_holder("bob");
            ix::set_venue(&w.token(), &key("bob"), true)
        })
    }),
    ("issue", || {
        owner(|w| {
            w.open_holder("bob");
            ix::issue(&w.token(), &key("bob"), Shares(ONE), Atoms(5))
        })
    }),
    ("transfer_shares", transfer),
    ("transfer_shares: streams", transfer_streams),
    ("transfer_shares: approval", transfer_approved),
    ("approve_transfer", || owner(|w| approve(w, 5 * ONE))),
    ("approve_transfer: again", approve_again),
    ("revoke_approval", revoke_approval),
    ("withdraw", withdraw),
    ("deposit", deposit),
    ("open_round", || {
        owner(|w| ix::open_round(&w.token(), &payer(w), escrow_terms()))
    }),
    ("contribute", || contribute(round_terms())),
    ("contribute: cap per backer", || {
        contribute(RoundTerms {
            backer_cap: 5_000 * ONE,
            ..round_terms()
        })
    }),
    ("contribute: approval", contribute_approved),
    ("contribute_escrowed", || contribute(escrow_terms())),
    ("contribute_escrowed: again", contribute_again),
    ("leave_round", leave_round),
    ("close_round: at once", || close(round_terms())),
    ("close_round: success", || close(escrow_terms())),
    ("close_round: failure", || {
        close(RoundTerms {
            min_raise: 29_000 * ONE,
            ..escrow_terms()
        })
    }),
    ("claim_contribution", claim_contribution),
    ("refund_contribution", refund_contribution),
    ("settle_round", settle_round),
    ("list_asset", list_asset),
    ("deposit_reserve", deposit_reserve),
    ("sync_reserve", sync_reserve),
    ("sync_register", sync_register),
    ("declare_claim: equity", || {
        owner(|w| ix::declare_claim(&w.token(), &payer(w), equity_terms()))
    }),
    ("declare_claim: revenue", || {
        owner(|w| ix::declare_claim(&w.token(), &payer(w), revenue_terms(w.quote)))
    }),
    ("deposit_equity", deposit_equity),
    ("release_equity", release_equity),
    ("exit_claim", exit_claim),
    ("sell_equity", sell_equity),
    ("pay_revenue", pay_revenue),
    ("vote", vote),
    ("claim_dividend", claim_dividend),
    ("redeem: 1 asset", || redeem(0)),
    ("redeem: 2 assets", || redeem(1)),
    ("redeem: 8 assets", || redeem(7)),
    ("redeem_bearer", redeem_bearer),
];

fn key(name: &str) -> Pubkey {
    person(name).pubkey()
}

fn payer(world: &World) -> Pubkey {
    world.payer.pubkey()
}

fn owner(call: impl FnOnce(&mut World) -> Instruction) -> Case {
    let mut world = World::new();
    let instruction = call(&mut world);
    Case {
        world,
        instruction,
        signers: vec!["founder"],
    }
}

fn by(world: World, instruction: Instruction, signers: &[&'static str]) -> Case {
    Case {
        world,
        instruction,
        signers: signers.to_vec(),
    }
}

fn create_token() -> Case {
    let world = World::empty(crate::engine::Engine::lite());
    let instruction = world.create_token(token_args());
    by(world, instruction, &["founder"])
}

fn update_metadata() -> Case {
    owner(|w| {
        let args = MetadataArgs {
            name: Some("Ada, Countess of Lovelace".into()),
            uri: Some("https://ada.example/a/much/longer/place/token.json".into()),
            ..MetadataArgs::default()
        };
        ix::update_metadata(&w.token(), &payer(w), args)
    })
}

fn accept_ownership() -> Case {
    let mut w = World::new();
    w.issue("founder", 7 * ONE);
    w.issue("bob", 3 * ONE);
    let propose = ix::propose_owner(&w.token(), &key("bob"));
    w.send(&propose, &[&person("founder")]).ok();
    let accept = ix::accept_ownership(&w.token(), &key("bob"));
    by(w, accept, &["bob"])
}

fn pause_guardian() -> Case {
    let mut w = World::new();
    let pause = ix::pause(&w.token(), &key("guardian"));
    by(w, pause, &["guardian"])
}

fn unpause() -> Case {
    owner(|w| {
        let pause = ix::pause(&w.token(), &key("founder"));
        w.send(&pause, &[&person("founder")]).ok();
        ix::unpause(&w.token())
    })
}

fn open_holder() -> Case {
    let w = World::new();
    let open = ix::open_holder(&w.token, &payer(&w), &key("bob"), &key("bob"));
    by(w, open, &["bob"])
}

fn open_holder_registrar() -> Case {
    let w = World::with(|args| args.admission = 1);
    let open = ix::open_holder(&w.token, &payer(&w), &key("registrar"), &key("bob"));
    by(w, open, &["registrar"])
}

fn two_holders(policy: u8) -> World {
    let mut w = World::with(|args| args.transfer_policy = policy);
    w.issue("bob", 100 * ONE);
    w.open_holder("carol");
    w
}

fn transfer() -> Case {
    let w = two_holders(0);
    let send = ix::transfer_shares(&w.token, &key("bob"), &key("carol"), Shares(ONE), None);
    by(w, send, &["bob"])
}

fn transfer_streams() -> Case {
    let mut w = two_holders(0);
    w.pay_revenue(1_000 * ONE);
    w.pass(DAY);
    let send = ix::transfer_shares(&w.token, &key("bob"), &key("carol"), Shares(ONE), None);
    by(w, send, &["bob"])
}

fn approve(w: &mut World, shares: u64) -> Instruction {
    let (from, to) = (key("bob"), key("carol"));
    let args = ApproveTransferArgs {
        from,
        to,
        shares,
        expires_at: w.now() + DAY,
    };
    ix::approve_transfer(&w.token(), &payer(w), args)
}

fn approved(policy: u8) -> World {
    let mut w = two_holders(policy);
    let approve = approve(&mut w, 5 * ONE);
    w.send(&approve, &[&person("founder")]).ok();
    w
}

/// The approval of a transfer from bob to carol.
pub fn approval(w: &mut World) -> upside_sdk::state::Account<upside_sdk::state::Approval> {
    let address = upside_sdk::address::find_approval(&w.token, &key("bob"), &key("carol")).0;
    w.get(&address)
}

fn transfer_approved() -> Case {
    let mut w = approved(1);
    let approval = approval(&mut w);
    let (from, to) = (key("bob"), key("carol"));
    let send = ix::transfer_shares(&w.token, &from, &to, Shares(ONE), Some(&approval));
    by(w, send, &["bob"])
}

fn approve_again() -> Case {
    let mut w = approved(1);
    let again = approve(&mut w, 7 * ONE);
    by(w, again, &["founder"])
}

fn revoke_approval() -> Case {
    let mut w = approved(1);
    let approval = approval(&mut w);
    let revoke = ix::revoke_approval(&w.token(), &approval);
    by(w, revoke, &["founder"])
}

fn withdraw() -> Case {
    let mut w = two_holders(0);
    w.open_bearer("bob");
    let withdraw = ix::withdraw(&w.token(), &key("bob"), Shares(40 * ONE));
    by(w, withdraw, &["bob"])
}

/// A world in which bob has 60 shares registered and 40 in his wallet.
pub fn with_bearer() -> World {
    let Case {
        mut world,
        instruction,
        ..
    } = withdraw();
    world.send(&instruction, &[&person("bob")]).ok();
    world
}

fn deposit() -> Case {
    let mut w = with_bearer();
    let deposit = ix::deposit(&w.token(), &key("bob"), Shares(10 * ONE));
    by(w, deposit, &["bob"])
}

fn contribute(terms: RoundTerms) -> Case {
    let mut w = World::new();
    w.open_round(terms);
    w.open_holder("bob");
    let contribute = w.contribute_ix(0, "bob", 5_000 * ONE);
    by(w, contribute, &["bob"])
}

fn contribute_approved() -> Case {
    let mut w = World::new();
    w.open_round(RoundTerms {
        by_approval: true,
        ..round_terms()
    });
    w.open_holder("bob");
    let args = ContributeArgs {
        payment: 500 * ONE,
        min_shares: 1,
        deadline: NEVER,
    };
    let (token, round) = (w.token(), w.round(0));
    let approver = key("registrar");
    let contribute = ix::contribute(&token, &round, &key("bob"), Some(&approver), args);
    by(w, contribute, &["bob", "registrar"])
}

fn contribute_again() -> Case {
    let mut w = escrowed();
    let again = w.contribute_ix(0, "bob", 500 * ONE);
    by(w, again, &["bob"])
}

/// A world in which bob put 12,000 and carol 3,000 into a round's escrow.
pub fn escrowed() -> World {
    let mut w = World::new();
    w.issue("founder", 800_000 * ONE);
    w.open_round(escrow_terms());
    w.contribute(0, "bob", 12_000 * ONE);
    w.contribute(0, "carol", 3_000 * ONE);
    w
}

fn leave_round() -> Case {
    let mut w = escrowed();
    let contribution = w.contribution(0, "bob");
    let leave = ix::leave_round(&w.token(), &contribution);
    by(w, leave, &["bob"])
}

fn close_ix(w: &mut World) -> Instruction {
    let round = find_round(&w.token, 0).0;
    ix::close_round(&w.token(), &round, &key("mallory"))
}

fn close(terms: RoundTerms) -> Case {
    let mut w = World::new();
    w.open_round(terms);
    w.contribute(0, "bob", 12_000 * ONE);
    w.pass(11 * DAY);
    let close = close_ix(&mut w);
    by(w, close, &["mallory"])
}

/// A world in which the round of `escrowed` is closed: with success.
pub fn succeeded() -> World {
    let mut w = escrowed();
    w.pass(11 * DAY);
    let close = close_ix(&mut w);
    w.send(&close, &[&person("mallory")]).ok();
    w
}

/// A world in which bob's round failed.
pub fn failed() -> World {
    let Case {
        mut world,
        instruction,
        ..
    } = close(RoundTerms {
        min_raise: 29_000 * ONE,
        ..escrow_terms()
    });
    world.send(&instruction, &[&person("mallory")]).ok();
    world
}

fn claim_contribution() -> Case {
    let mut w = succeeded();
    let contribution = w.contribution(0, "bob");
    let claim = ix::claim_contribution(&w.token, &contribution);
    by(w, claim, &[])
}

fn refund_contribution() -> Case {
    let mut w = failed();
    let contribution = w.contribution(0, "bob");
    let refund = ix::refund_contribution(&w.token(), &contribution);
    by(w, refund, &[])
}

fn settle_round() -> Case {
    let mut w = succeeded();
    let round = find_round(&w.token, 0).0;
    let settle = ix::settle_round(&w.token(), &round);
    by(w, settle, &[])
}

fn list_asset() -> Case {
    owner(|w| {
        let mint = key("another mint");
        w.add_mint(mint, TOKEN_PROGRAM, crate::world::mint_bytes(5));
        ix::list_asset(&w.token(), &payer(w), &mint, &TOKEN_PROGRAM, true)
    })
}

fn deposit_reserve() -> Case {
    owner(|w| {
        let mint = w.list("another mint", false);
        ix::deposit_reserve(&w.token(), &key("founder"), &mint, Atoms(50 * ONE)).unwrap()
    })
}

fn sync_reserve() -> Case {
    let mut w = World::new();
    w.give_reserve(100 * ONE);
    let (token, quote) = (w.token, w.quote);
    w.give(&token, &quote, 150 * ONE);
    let sync = ix::sync_reserve(&w.token(), &quote).unwrap();
    by(w, sync, &[])
}

fn sync_register() -> Case {
    let mut w = with_bearer();
    let stray = crate::world::token_2022_transfer(&mut w, "bob", ONE);
    w.send(&stray, &[&person("bob")]).ok();
    let sync = ix::sync_register(&w.token());
    by(w, sync, &[])
}

fn deposit_equity_ix(w: &mut World, mint: &Pubkey) -> Instruction {
    let claim = find_claim(&w.token, 0).0;
    ix::deposit_equity(
        &w.token(),
        &claim,
        mint,
        &TOKEN_PROGRAM,
        1_000 * ONE,
        Atoms(500 * ONE),
    )
}

fn deposit_equity() -> Case {
    owner(|w| {
        let mint = w.list("equity mint", false);
        w.declare(tokenized_terms());
        deposit_equity_ix(w, &mint)
    })
}

/// A world with 1,000 units of tokenized equity in custody that cost 500.
pub fn with_equity() -> World {
    let Case {
        mut world,
        instruction,
        ..
    } = deposit_equity();
    world.send(&instruction, &[&person("founder")]).ok();
    world.issue("bob", 100 * ONE);
    world
}

fn release_equity() -> Case {
    let mut w = with_equity();
    let claim = w.claim(0);
    let release = ix::release_equity(&w.token(), &claim, 300 * ONE).unwrap();
    by(w, release, &["founder"])
}

fn sell_equity() -> Case {
    let mut w = with_equity();
    let (token, claim) = (w.token(), w.claim(0));
    let args = ExitArgs {
        units: 400 * ONE,
        proceeds: 900 * ONE,
    };
    let sale = ix::Sale {
        buyer: key("carol"),
        token_program: TOKEN_PROGRAM,
        args,
    };
    by(
        w,
        ix::sell_equity(&token, &claim, &sale),
        &["founder", "carol"],
    )
}

/// A world with equity on paper and two voting holders.
pub fn with_paper() -> World {
    let mut w = World::new();
    w.issue("bob", 100 * ONE);
    w.issue("carol", 50 * ONE);
    w.declare(equity_terms());
    w
}

fn exit_claim() -> Case {
    let mut w = with_paper();
    let claim = find_claim(&w.token, 0).0;
    let args = ExitArgs {
        units: 400,
        proceeds: 2_000 * ONE,
    };
    let exit = ix::exit_claim(&w.token(), &claim, &key("carol"), args);
    by(w, exit, &["founder", "carol"])
}

fn pay_revenue() -> Case {
    let mut w = World::new();
    w.issue("bob", 100 * ONE);
    let claim = w.pay_revenue(10 * ONE);
    let (token, claim) = (w.token(), w.claim(claim));
    let pay = ix::pay_revenue(&token, &claim, &key("carol"), Atoms(100 * ONE)).unwrap();
    by(w, pay, &["carol"])
}

fn vote() -> Case {
    let w = two_holders(0);
    let vote = ix::cast_vote(&w.token, &key("bob"), Vote::Reinvest);
    by(w, vote, &["bob"])
}

/// A world in which half of 1,000 has streamed to bob and carol.
pub fn streaming() -> World {
    let mut w = World::with(|args| args.terms.reserve_bps = 0);
    w.issue("bob", 60 * ONE);
    w.issue("carol", 40 * ONE);
    w.pay_revenue(1_000 * ONE);
    w.pass(7 * DAY / 2);
    w
}

fn claim_dividend() -> Case {
    let mut w = streaming();
    let quote = w.quote;
    let claim = ix::claim_dividend(&w.token(), &key("bob"), &quote).unwrap();
    by(w, claim, &["bob"])
}

/// Arguments of a redemption without limits.
pub fn redeem_args(shares: u64) -> RedeemArgs {
    RedeemArgs {
        shares,
        min_out: [0; MAX_ASSETS],
        forgone: 0,
        deadline: NEVER,
    }
}

/// A world with a reserve in the quote mint and in `more` others.
pub fn with_reserve(more: usize) -> World {
    let mut w = World::new();
    w.issue("bob", 60 * ONE);
    w.issue("carol", 40 * ONE);
    w.give_reserve(1_000 * ONE);
    let names = [
        "mint 1", "mint 2", "mint 3", "mint 4", "mint 5", "mint 6", "mint 7",
    ];
    for name in names.iter().take(more) {
        let mint = w.list(name, false);
        let give =
            ix::deposit_reserve(&w.token(), &key("founder"), &mint, Atoms(500 * ONE)).unwrap();
        w.send(&give, &[&person("founder")]).ok();
    }
    w
}

fn redeem(more: usize) -> Case {
    let mut w = with_reserve(more);
    let redeem = ix::redeem(&w.token(), &key("bob"), redeem_args(10 * ONE)).unwrap();
    by(w, redeem, &["bob"])
}

fn redeem_bearer() -> Case {
    let mut w = with_bearer();
    w.give_reserve(1_000 * ONE);
    let redeem = ix::redeem_bearer(&w.token(), &key("bob"), redeem_args(10 * ONE)).unwrap();
    by(w, redeem, &["bob"])
}

//! What holders, backers and owners do with a token, and a token with which all of it can
//! be done.

use {
    solana_keypair::Keypair,
    solana_program::instruction::Instruction,
    solana_signer::Signer,
    upside_sdk::{
        Atoms, Pubkey, Shares,
        address::find_round,
        instruction as ix,
        state::{Answer, Change, ContributeArgs, ExitArgs, RoundTerms},
    },
    upside_tests::{
        cases::redeem_args,
        people::person,
        terms::{equity_terms, revenue_terms, round_terms},
        world::{DAY, NEVER, ONE, START, World},
    },
};

/// Something that can be done.
pub struct Call {
    pub name: &'static str,
    /// Whether it makes an account, whose address the program has to find: a try is about
    /// 1,500 units, and how many it takes is chance.
    pub finds: bool,
    signers: &'static [&'static str],
    make: fn(&mut World) -> Instruction,
}

impl Call {
    pub fn make(&self, world: &mut World) -> (Instruction, Vec<Keypair>) {
        let signers = self.signers.iter().map(|name| person(name)).collect();
        ((self.make)(world), signers)
    }
}

fn key(name: &str) -> Pubkey {
    person(name).pubkey()
}

const fn call(
    name: &'static str,
    signers: &'static [&'static str],
    make: fn(&mut World) -> Instruction,
) -> Call {
    Call {
        name,
        finds: false,
        signers,
        make,
    }
}

const fn finding(
    name: &'static str,
    signers: &'static [&'static str],
    make: fn(&mut World) -> Instruction,
) -> Call {
    Call {
        finds: true,
        ..call(name, signers, make)
    }
}

/// The claim on revenue, and the one on equity.
const REVENUE: u64 = 0;
const EQUITY: u64 = 1;
/// The round that is open.
const OPEN: u64 = 1;

/// Names of mints that are listed beside the quote mint.
const MINTS: [&str; 7] = [
    "mint 1", "mint 2", "mint 3", "mint 4", "mint 5", "mint 6", "mint 7",
];

/// A token of which bob and carol hold shares, registered and not, with so many streams
/// that pay out and so many assets in its reserve, a round that was closed, one that is
/// open, and a claim of each kind.
pub fn world(streams: usize, assets: usize) -> World {
    let mut world = World::with(|args| args.terms.reserve_bps = 2_000);
    let names = MINTS.iter().take(assets - 1).enumerate();
    let others: Vec<_> = names
        .map(|(place, name)| world.list(name, place + 1 < streams))
        .collect();
    world.issue("bob", 600_000 * ONE);
    world.issue("carol", 400_000 * ONE);
    world.pay_revenue(1_000 * ONE);
    world.declare(equity_terms());
    world.give_reserve(1_000 * ONE);
    let founder = person("founder");
    for (place, mint) in others.into_iter().enumerate() {
        let pays = place + 1 < streams;
        let token = world.token();
        let give = ix::deposit_reserve(&token, &key("founder"), &mint, Atoms(500 * ONE));
        world.send(&give.expect("listed"), &[&founder]).ok();
        if pays {
            let claim = world.declare(revenue_terms(mint));
            world.pay_more(claim, 1_000 * ONE);
        }
    }
    for deposit in world.endow_for(500_000 * ONE) {
        world.send(&deposit, &[&founder]).ok();
    }
    world.open_round(RoundTerms {
        closes_at: START + DAY,
        ..round_terms()
    });
    world.pass(7 * DAY / 2);
    let first = find_round(&world.token, 0).0;
    let close = ix::close_round(&world.token(), &first, &key("mallory"));
    world.send(&close, &[&person("mallory")]).ok();
    assert_eq!(world.open_round(round_terms()), OPEN);
    world.open_bearer("bob");
    let withdraw = ix::withdraw(&world.token(), &key("bob"), Shares(10 * ONE));
    world.send(&withdraw, &[&person("bob")]).ok();
    world.ask(Change::Drip(2 * 86_400)).ok();
    world
}

/// Calls in the order of the tables.
pub const CALLS: [Call; 14] = [
    call("issue", &["founder"], |w| {
        ix::issue(&w.token(), &key("bob"), Shares(ONE), Atoms(5))
    }),
    call("transfer_shares", &["bob"], |w| {
        ix::transfer_shares(&w.token, &key("bob"), &key("carol"), Shares(ONE), None)
    }),
    call("withdraw", &["bob"], |w| {
        ix::withdraw(&w.token(), &key("bob"), Shares(ONE))
    }),
    call("deposit", &["bob"], |w| {
        ix::deposit(&w.token(), &key("bob"), Shares(ONE))
    }),
    call("answer_poll", &["bob"], |w| {
        ix::answer_poll(&w.last_poll(), &key("bob"), Answer::For)
    }),
    call("contribute", &["bob"], |w| {
        let (token, round) = (w.token(), w.round(OPEN));
        let args = ContributeArgs {
            max_payment: 10 * ONE,
            min_shares: 0,
            max_supply: u64::MAX,
            terms_version: token.data.terms_version,
            deadline: NEVER,
        };
        ix::contribute(&token, &round, &key("bob"), None, args)
    }),
    call("pay_revenue", &["carol"], |w| {
        let claim = w.claim(REVENUE);
        let pay = ix::pay_revenue(&w.token(), &claim, &key("carol"), Atoms(100 * ONE));
        pay.expect("a listed mint")
    }),
    call("exit_claim", &["founder", "carol"], |w| {
        let args = ExitArgs {
            units: 400,
            received: 2_000 * ONE,
        };
        w.exit_ix(EQUITY, "carol", args)
    }),
    call("collect_dividend", &["bob"], |w| {
        let quote = w.quote;
        ix::collect_dividend(&w.token(), &key("bob"), &quote).expect("a payout mint")
    }),
    call("redeem", &["bob"], |w| {
        ix::redeem(&w.token(), &key("bob"), redeem_args(ONE)).expect("listed assets")
    }),
    call("redeem_bearer", &["bob"], |w| {
        ix::redeem_bearer(&w.token(), &key("bob"), redeem_args(ONE)).expect("listed assets")
    }),
    finding("open_holder", &["mallory"], |w| {
        let payer = w.payer.pubkey();
        ix::open_holder(&w.token, &payer, &key("mallory"), &key("mallory"))
    }),
    finding("declare_claim", &["founder"], |w| {
        let payer = w.payer.pubkey();
        ix::declare_claim(&w.token(), &payer, revenue_terms(w.quote))
    }),
    finding("open_round", &["founder"], |w| {
        let payer = w.payer.pubkey();
        ix::open_round(&w.token(), &payer, round_terms())
    }),
];

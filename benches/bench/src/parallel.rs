//! Which transactions of a block lock the same accounts.

use {
    crate::{Section, grouped},
    solana_keypair::Keypair,
    solana_message::Message,
    solana_program::instruction::Instruction,
    solana_signer::Signer,
    solana_transaction::Transaction,
    std::{
        collections::{BTreeSet, HashMap, HashSet},
        fmt::Write as _,
    },
    upside_sdk::{
        Pubkey, Shares, address::find_round, index::find_index, instruction as ix,
        state::ContributeArgs,
    },
    upside_tests::{
        cases::redeem_args,
        engine::Engine,
        people::person,
        pool::{PoolWorld, token_of},
        terms::round_terms,
        world::{NEVER, ONE, World},
    },
};

/// A transaction that was run.
struct Ran {
    token: usize,
    units: u64,
    written: BTreeSet<Pubkey>,
    read: BTreeSet<Pubkey>,
}

impl Ran {
    /// Whether these two cannot run at the same time.
    fn conflicts(&self, other: &Ran) -> bool {
        let touches = |keys: &BTreeSet<Pubkey>, other: &Ran| {
            !keys.is_disjoint(&other.written) || !keys.is_disjoint(&other.read)
        };
        touches(&self.written, other) || !self.read.is_disjoint(&other.written)
    }
}

fn empty() -> PoolWorld {
    let world = World::empty(Engine::lite());
    PoolWorld {
        index: find_index(&person("curator").pubkey(), 0).0,
        world,
        people: Vec::new(),
    }
}

/// A person with a token whose dividends stream and whose round is open.
fn open(pool: &mut PoolWorld, name: &str) -> Pubkey {
    pool.add_person(name, |args| args.terms.reserve_bps = 2_000);
    pool.open_holder(name, "early");
    pool.issue(name, "early", 1_000 * ONE);
    pool.pay_revenue(name, 100 * ONE);
    let token = pool.token(name);
    let open = ix::open_round(&token, &pool.payer(), round_terms());
    pool.send(&open, &[name]).succeeded();
    find_round(&token.key, 0).0
}

/// Runs a call that its signer pays for.
fn run(pool: &mut PoolWorld, token: usize, call: Instruction, signer: &Keypair) -> Ran {
    let message = Message::new(&[call], Some(&signer.pubkey()));
    let keys = message.account_keys.iter().enumerate();
    let (written, read): (Vec<_>, Vec<_>) = keys.partition(|(place, _)| {
        message.is_maybe_writable_with_reserved_addresses(*place, None::<&HashSet<Pubkey>>)
    });
    let set = |keys: Vec<(usize, &Pubkey)>| keys.into_iter().map(|(_, key)| *key).collect();
    let (written, read) = (set(written), set(read));
    let Engine::Lite(svm) = &mut pool.world.engine else {
        panic!("the benchmark runs on LiteSVM");
    };
    let transaction = Transaction::new(&[signer], message, svm.latest_blockhash());
    let meta = svm.send_transaction(transaction).expect("a valid call");
    Ran {
        token,
        units: meta.compute_units_consumed,
        written,
        read,
    }
}

/// Five operations on a token by wallets that do nothing else: a gift, one back, a
/// dividend, a redemption, a contribution.
fn operate(pool: &mut PoolWorld, at: usize, name: &str, round: &Pubkey, group: usize) -> Vec<Ran> {
    let [holder, friend, backer] =
        ["holder", "friend", "backer"].map(|role| person(&format!("{role} {group} of {name}")));
    let quote = pool.world.quote;
    for wallet in [&holder, &friend, &backer] {
        let key = wallet.pubkey();
        pool.world.engine.fund(key);
        pool.world.give(&key, &quote, 1_000 * ONE);
        let owner = person(name);
        let open = ix::open_holder(&token_of(name), &pool.payer(), &owner.pubkey(), &key);
        pool.send(&open, &[name]).succeeded();
    }
    let (key, shares) = (token_of(name), 100 * ONE);
    pool.world.give(&person(name).pubkey(), &quote, 1_000 * ONE);
    let token = pool.token(name);
    for deposit in pool.world.endow_token_for(&token, shares) {
        pool.send(&deposit, &[name]).succeeded();
    }
    let issue = ix::issue(
        &pool.token(name),
        &holder.pubkey(),
        Shares(shares),
        upside_sdk::Atoms(0),
    );
    pool.send(&issue, &[name]).succeeded();
    pool.world.pass(60);

    let token = pool.token(name);
    let (from, to) = (holder.pubkey(), friend.pubkey());
    let args = ContributeArgs {
        max_payment: 10 * ONE,
        min_shares: 0,
        max_supply: u64::MAX,
        terms_version: token.data.terms_version,
        deadline: NEVER,
    };
    let round = pool.world.get(round);
    let calls = [
        (
            ix::transfer_shares(&key, &from, &to, Shares(ONE), None),
            &holder,
        ),
        (
            ix::transfer_shares(&key, &to, &from, Shares(1), None),
            &friend,
        ),
        (
            ix::collect_dividend(&token, &from, &quote).expect("a payout mint"),
            &holder,
        ),
        (
            ix::redeem(&token, &from, redeem_args(ONE)).expect("listed assets"),
            &holder,
        ),
        (
            ix::contribute(&token, &round, &backer.pubkey(), None, args),
            &backer,
        ),
    ];
    let run = |(call, signer)| run(pool, at, call, signer);
    calls.map(run).into()
}

/// A block of operations: so many groups of five on each of so many tokens.
fn block(tokens: usize, groups: usize) -> Vec<Ran> {
    let mut pool = empty();
    let mut ran = Vec::new();
    for token in 0..tokens {
        let name = format!("person {token}");
        let round = open(&mut pool, &name);
        for group in 0..groups {
            ran.extend(operate(&mut pool, token, &name, &round, group));
        }
    }
    ran
}

/// Accounts that transactions of two tokens lock, one of them for writing.
fn shared(ran: &[Ran]) -> usize {
    let mut users: HashMap<Pubkey, (BTreeSet<usize>, bool)> = HashMap::new();
    for one in ran {
        for (keys, writes) in [(&one.written, true), (&one.read, false)] {
            for key in keys {
                let entry = users.entry(*key).or_default();
                entry.0.insert(one.token);
                entry.1 |= writes;
            }
        }
    }
    let used = users.values();
    used.filter(|(tokens, written)| tokens.len() > 1 && *written)
        .count()
}

/// The longest row of transactions each of which waits for the one before it, and the
/// compute units of the costliest such row.
fn longest(ran: &[Ran]) -> (usize, u64) {
    let mut ends: Vec<(usize, u64)> = Vec::new();
    for (place, one) in ran.iter().enumerate() {
        let before = ran[..place].iter().zip(&ends);
        let waits = before
            .filter(|(other, _)| one.conflicts(other))
            .map(|(_, end)| *end);
        let (length, units) = waits.fold((0, 0), |a, b| (a.0.max(b.0), a.1.max(b.1)));
        ends.push((length + 1, units + one.units));
    }
    ends.into_iter()
        .fold((0, 0), |a, b| (a.0.max(b.0), a.1.max(b.1)))
}

pub fn section() -> Section {
    let mut text = String::from(
        "A block of gifts, dividends, redemptions and contributions by different\n\
         wallets, run one after the other, with the locks of the compiled messages. *Shared*:\n\
         accounts that transactions of two tokens lock, one of them for writing. *Chain*: the\n\
         longest row of transactions each of which waits for the one before it.\n\n\
         | block | units | transactions | shared | chain | its units |\n\
         | --- | ---: | ---: | ---: | ---: | ---: |\n",
    );
    let mut rows = Vec::new();
    for (name, tokens, groups) in [("200 tokens", 200, 1), ("one token", 1, 200)] {
        let ran = block(tokens, groups);
        let (units, shared) = (ran.iter().map(|one| one.units).sum(), shared(&ran));
        assert_eq!(shared, 0, "unrelated tokens wait for each other");
        let (chain, waiting) = longest(&ran);
        let _ = writeln!(
            text,
            "| {name} | {} | {} | {shared} | {} | {} |",
            grouped(units),
            grouped(ran.len() as u64),
            grouped(chain as u64),
            grouped(waiting),
        );
        rows.push((name.into(), units));
    }
    Section {
        heading: "Parallelism",
        text,
        rows,
    }
}

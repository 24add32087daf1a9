//! Who is there at the beginning: wallets with money, and two people with tokens of
//! rich terms.

use {
    super::{bearer, claims, evidence},
    crate::oracle::run::{Run, Step, WALLETS},
    crate::{
        credential::{Attested, statement},
        pool::token_of,
        terms::{revenue_terms, token_args},
        world::{DAY, ONE, mint_bytes, minter},
    },
    sha2::{Digest, Sha256},
    upside_sdk::{
        Atoms, Pubkey, Shares,
        address::{TOKEN_2022_PROGRAM, TOKEN_PROGRAM},
        instruction as ix,
        state::{CreateTokenArgs, TermsInput},
    },
};

/// Shares that each holder has of both people at the beginning.
const HAS: u64 = 100_000 * ONE;

/// Who may create a token later on.
pub const STRANGERS: [&str; 2] = ["s0", "s1"];

/// Cash of everybody at the beginning.
pub const CASH: u64 = 1_000_000 * ONE;

/// Terms with some of everything.
pub fn rich_args(run: &mut Run, name: &str) -> CreateTokenArgs {
    CreateTokenArgs {
        name: format!("Person {name}"),
        terms: TermsInput {
            supply_cap: 5_000_000 * ONE,
            launch_shares: 2_000_000 * ONE,
            room_bps: 2_500,
            bearer_cap: 400_000 * ONE,
            floor: 500 * ONE,
            loss_limit: 300 * ONE,
            cash_out_tax_bps: 1_000,
            royalty_bps: 800,
            reserve_bps: 2_000,
            poll_threshold_bps: 5_001,
            drip_seconds: 7 * 86_400,
            notice_seconds: DAY as u32,
            inactivity_seconds: 90 * 86_400,
        },
        guardian: run.key("guardian"),
        registrar: run.key("registrar"),
        ..token_args()
    }
}

/// The instruction that creates somebody's token.
pub fn create(run: &mut Run, name: &str, args: CreateTokenArgs) -> Step {
    let (creator, payer, quote) = (run.key(name), run.pool.payer(), run.pool.world.quote);
    let create = ix::create_token(
        &payer,
        &creator,
        &quote,
        &TOKEN_PROGRAM,
        minter(),
        args.clone(),
    );
    Step::new(
        format!("{name} creates a token"),
        create,
        &[name],
        move |model| model.create_token(&creator, &quote, &args),
    )
}

/// Somebody admits a wallet of any kind.
pub fn admit(run: &mut Run, person: &str, authority: &str, wallet: Pubkey) -> Step {
    let (token, payer, by) = (token_of(person), run.pool.payer(), run.key(authority));
    let open = ix::open_holder(&token, &payer, &by, &wallet);
    let who = run.name(&wallet).unwrap_or(wallet.to_string());
    let what = format!("{authority} opens {who}'s holder account of {person}");
    Step::new(what, open, &[authority], move |model| {
        model.open_holder(&token, &by, &wallet)
    })
}

/// The owner registers new shares.
pub fn issue(run: &mut Run, person: &str, wallet: &str, shares: u64, paid: u64) -> Step {
    let (token, key) = (run.token(person), run.key(wallet));
    let owner = run.owner_of(person);
    let issue = ix::issue(&token, &key, Shares(shares), Atoms(paid));
    let what = format!("{owner} issues {shares} of {person} to {wallet} for {paid}");
    Step::new(what, issue, &[&owner], move |model| {
        model.issue(&token.key, &token.data.owner, &key, shares, paid)
    })
}

/// Everybody and two tokens.
pub fn setup(run: &mut Run) {
    let quote = run.pool.world.quote;
    for name in WALLETS.iter().copied().chain(["executor", "registrar"]) {
        run.give(name, quote, CASH);
    }
    for name in ["founder", "mallory"] {
        run.give(name, quote, CASH);
    }
    for name in ["p0", "p1"] {
        run.give(name, quote, CASH);
        let args = rich_args(run, name);
        let step = create(run, name, args);
        run.must(step);
    }
    for name in STRANGERS {
        run.give(name, quote, CASH);
    }
    foreign_mints(run);
    credentials(run);
    for person in ["p0", "p1"] {
        let step = evidence::name(run, person, &["attester a", "attester b"]);
        run.must(step);
    }
    for person in ["p0", "p1"] {
        for holder in ["curator", "bob", "carol", person] {
            let wallet = run.key(holder);
            let step = admit(run, person, holder, wallet);
            run.must(step);
            let step = issue(run, person, holder, HAS, 4_999_999_999);
            run.must(step);
            if holder != person {
                let step = bearer::open(run, person, holder);
                run.must(step);
            }
        }
    }
    for person in ["p0", "p1"] {
        let step = lists(run, person, "m1");
        run.must(step);
        let step = gives(run, person, "curator", 2_000 * ONE);
        run.must(step);
        let step = shares_revenue(run, person);
        run.must(step);
        let step = pays(run, person, "carol", 10_000 * ONE);
        run.must(step);
        let step = endows(run, person, 20_000 * ONE);
        run.must(step);
    }
}

/// The owner lists a payout mint.
fn lists(run: &mut Run, person: &str, mint: &str) -> Step {
    let (token, payer, mint) = (run.token(person), run.pool.payer(), run.key(mint));
    let (owner, name) = (token.data.owner, run.owner_of(person));
    let list = ix::add_asset(&token, &payer, &mint, &TOKEN_PROGRAM, minter(), true);
    Step::new(
        format!("{name} lists {mint}"),
        list,
        &[&name],
        move |model| model.add_asset(&token.key, &owner, &mint, true),
    )
}

/// Somebody gives quote to the reserve.
fn gives(run: &mut Run, person: &str, giver: &str, atoms: u64) -> Step {
    let (token, wallet, quote) = (run.token(person), run.key(giver), run.pool.world.quote);
    let give = ix::deposit_reserve(&token, &wallet, &quote, Atoms(atoms)).expect("it is listed");
    Step::new(
        format!("{giver} gives {atoms}"),
        give,
        &[giver],
        move |model| model.deposit_reserve(&token.key, &wallet, &quote, atoms),
    )
}

/// The owner endows what new shares will bring.
fn endows(run: &mut Run, person: &str, atoms: u64) -> Step {
    let (token, wallet, quote) = (run.token(person), run.key(person), run.pool.world.quote);
    let give = ix::deposit_endowment(&token, &wallet, &quote, Atoms(atoms)).expect("it is listed");
    Step::new(
        format!("{person} endows {atoms}"),
        give,
        &[person],
        move |model| model.deposit_endowment(&token.key, &wallet, &quote, atoms),
    )
}

/// The owner sells a tenth of revenue in quote.
pub fn shares_revenue(run: &mut Run, person: &str) -> Step {
    let (token, payer) = (run.token(person), run.pool.payer());
    let (owner, name) = (token.data.owner, run.owner_of(person));
    let terms = revenue_terms(run.pool.world.quote);
    let declare = ix::declare_claim(&token, &payer, terms.clone());
    Step::new(
        format!("{name} shares revenue"),
        declare,
        &[&name],
        move |model| model.declare_claim(&token.key, &owner, &terms),
    )
}

/// Somebody pays revenue on the person's first claim.
pub fn pays(run: &mut Run, person: &str, payer: &str, atoms: u64) -> Step {
    let (token, wallet) = (run.token(person), run.key(payer));
    let claim = claims::account(run, &token.key, 0);
    let pay = ix::pay_revenue(&token, &claim, &wallet, Atoms(atoms)).expect("it is listed");
    Step::new(
        format!("{payer} pays {atoms}"),
        pay,
        &[payer],
        move |model| model.pay_revenue(&token.key, 0, &wallet, atoms),
    )
}

/// Mints that tokens may list: some of classic SPL Token, one that its issuer can seize;
/// and one that takes fees.
pub const MINTS: [&str; 6] = ["m0", "m1", "m2", "m3", "seizable mint", "fee mint"];

/// Token-2022's numbers of extensions.
const TRANSFER_FEE: (u16, usize) = (1, 108);
const PERMANENT_DELEGATE: (u16, usize) = (12, 32);

fn foreign_mints(run: &mut Run) {
    for name in MINTS {
        let (mint, issuer) = (run.key(name), run.key("issuer"));
        let mut bytes = mint_bytes(u64::MAX);
        let extension = match name {
            "seizable mint" => Some(PERMANENT_DELEGATE),
            "fee mint" => Some(TRANSFER_FEE),
            _ => None,
        };
        let mut program = TOKEN_PROGRAM;
        if let Some((number, length)) = extension {
            program = TOKEN_2022_PROGRAM;
            // Its issuer freezes, too.
            bytes[46] = 1;
            bytes[50..82].copy_from_slice(issuer.as_ref());
            bytes.resize(165, 0);
            bytes.push(1);
            bytes.extend_from_slice(&number.to_le_bytes());
            bytes.extend_from_slice(&(length as u16).to_le_bytes());
            let mut value = vec![0; length];
            value[..32].copy_from_slice(issuer.as_ref());
            bytes.extend_from_slice(&value);
        }
        run.pool.world.add_mint(mint, program, bytes);
        run.know_mint(mint, program, extension == Some(PERMANENT_DELEGATE));
        for holder in ["curator", "bob", "carol", "p0", "p1"] {
            // Of one of them so much that sums need all 64 bits.
            let atoms = if name == "m1" { u64::MAX / 8 } else { CASH };
            run.give(holder, mint, atoms);
        }
    }
}

/// Whom the issuer of credentials knows: the wallet, its human, days for which that holds, 0
/// for no end. The curator's is the human of a person, Dave was known once.
const KNOWN: [(&str, &str, i64); 6] = [
    ("bob", "bob", 0),
    ("carol", "carol", 5),
    ("dave", "dave", -1),
    ("curator", "p0", 0),
    ("p0", "p0", 0),
    ("p1", "p1", 300),
];

fn credentials(run: &mut Run) {
    let now = run.now();
    for (name, human, days) in KNOWN {
        let wallet = run.key(name);
        let expiry = if days == 0 { 0 } else { now + days * DAY };
        let attested = Attested {
            data: statement(human.as_bytes()),
            expiry,
            ..Attested::on(&wallet)
        };
        attested.put(&mut run.pool.world);
        let place = (attested.credential, attested.schema, wallet);
        run.model.credentials.insert(place, expiry);
        let subject = Sha256::digest(human.as_bytes());
        run.model.subjects.insert(wallet, subject.into());
    }
}

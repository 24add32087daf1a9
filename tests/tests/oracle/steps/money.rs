//! The reserve, dividends, redemption, and money that comes unasked.

use {
    super::{
        bearer::{self, owners},
        holders::{free, holder_of},
        people::MINTS,
    },
    crate::{
        Weighted,
        run::{Run, Step, resigned},
    },
    upside_sdk::{Atoms, Pubkey, instruction as ix, state::RedeemArgs},
    upside_tests::{
        pool::token_of,
        world::{NEVER, ONE},
    },
};

pub const STEPS: &[Weighted] = &[
    (3, list),
    (4, deposit_reserve),
    (2, donate),
    (1, seize),
    (3, sync_reserve),
    (8, claim_dividend),
    (7, redeem),
    (4, redeem_bearer),
];

/// A listed mint.
pub fn listed(run: &mut Run, person: &str) -> Pubkey {
    let assets = &run.model.tokens[&token_of(person)].assets;
    let mints: Vec<Pubkey> = assets.iter().map(|asset| asset.mint).collect();
    run.dice.one(&mints).expect("the quote mint is listed")
}

fn list(run: &mut Run) -> Option<Step> {
    let person = run.somebody();
    let other = run.somebody();
    let mint = match run.dice.below(MINTS.len() as u64 + 1) {
        0 => run.model.share_mint(&token_of(&other)),
        place => run.key(MINTS[place as usize - 1]),
    };
    let bad = mint == run.key("fee mint");
    let owner = run.owner_of(&person);
    let signer = run.mostly(&owner);
    let (token, payer, by) = (run.token(&person), run.pool.payer(), run.key(&signer));
    let (program, payout) = (run.model.mints[&mint].program, run.dice.percent(50));
    let list = ix::list_asset(&token, &payer, &mint, &program, payout);
    let list = resigned(list, &token.data.owner, &by);
    let what = format!("{signer} lists {mint} for {person}, payout: {payout}");
    Some(Step::new(what, list, &[&signer], move |model| {
        upside_tests::model::require(!bad, upside_sdk::TokenError::UnsupportedMint)?;
        model.list_asset(&token.key, &by, &mint, payout)
    }))
}

fn deposit_reserve(run: &mut Run) -> Option<Step> {
    let person = run.somebody();
    let mint = listed(run, &person);
    let (token, giver) = (run.token(&person), run.anybody());
    let wallet = run.key(&giver);
    let has = run.model.balance(&wallet, &mint);
    let most = if run.dice.percent(20) {
        has
    } else {
        5_000 * ONE
    };
    let amount = run.dice.rash(most);
    let give = ix::deposit_reserve(&token, &wallet, &mint, Atoms(amount)).ok()?;
    let what = format!("{giver} gives {amount} of {mint} to {person}'s reserve");
    Some(Step::new(what, give, &[&giver], move |model| {
        model.deposit_reserve(&token.key, &wallet, &mint, amount)
    }))
}

fn donate(run: &mut Run) -> Option<Step> {
    let person = run.somebody();
    let mint = listed(run, &person);
    let with = owners(run, &mint, 1);
    let from = run.dice.one(&with)?;
    let has = run.key(&from);
    let atoms = run
        .dice
        .amount(run.model.balance(&has, &mint).min(100 * ONE));
    Some(bearer::send(run, &from, &token_of(&person), &mint, atoms))
}

/// The issuer of the seizable mint burns what a vault has.
fn seize(run: &mut Run) -> Option<Step> {
    let mint = run.key("seizable mint");
    let vaults: Vec<_> = run
        .model
        .accounts
        .iter()
        .filter(|((owner, of), atoms)| *of == mint && **atoms > 0 && run.model.is_programs(owner))
        .map(|((owner, _), atoms)| (*owner, *atoms))
        .collect();
    let (vault, has) = run.dice.one(&vaults)?;
    let atoms = run.dice.amount(has);
    Some(bearer::burn(run, "issuer", &vault, &mint, atoms))
}

fn sync_reserve(run: &mut Run) -> Option<Step> {
    let person = run.somebody();
    let key = token_of(&person);
    let off: Vec<Pubkey> = run.model.tokens[&key]
        .assets
        .iter()
        .filter(|it| run.model.balance(&key, &it.mint) != it.reserve + it.escrow + it.payouts)
        .map(|asset| asset.mint)
        .collect();
    let mint = match run.dice.one(&off) {
        Some(mint) => mint,
        None if run.dice.percent(10) => listed(run, &person),
        None => return None,
    };
    let token = run.token(&person);
    let owner = run.owner_of(&person);
    let by = run.key(&owner);
    let sync = ix::book_surplus(&token, &by, &mint).ok()?;
    let what = format!("{person}'s reserve of {mint} is synced");
    Some(Step::new(what, sync, &[&owner], move |model| {
        model.sync_reserve(&key, &mint)
    }))
}

fn claim_dividend(run: &mut Run) -> Option<Step> {
    // Where something is on its way, mostly; then mostly some time later.
    let pays: Vec<(Pubkey, Pubkey)> = run
        .model
        .tokens
        .iter()
        .flat_map(|(key, token)| token.assets.iter().map(move |asset| (*key, asset)))
        .filter(|(_, asset)| asset.payouts > 0)
        .map(|(key, asset)| (key, asset.mint))
        .collect();
    let (person, mint) = match run.dice.one(&pays).filter(|_| run.dice.percent(90)) {
        Some((key, mint)) => (run.name(&run.model.tokens[&key].creator)?, mint),
        None if run.dice.percent(20) => {
            let person = run.somebody();
            let mint = listed(run, &person);
            (person, mint)
        }
        None => return None,
    };
    if run.dice.percent(50) {
        let later = run.now() + run.dice.below(100_000) as i64;
        run.pass_until(later);
    }
    let holder = holder_of(run, &person);
    let (token, wallet) = (run.token(&person), run.key(&holder));
    let claim = ix::claim_dividend(&token, &wallet, &mint).ok()?;
    let what = format!("{holder} claims a dividend of {person} in {mint}");
    Some(Step::new(what, claim, &[&holder], move |model| {
        model.claim_dividend(&token.key, &wallet, &mint)
    }))
}

fn redeem_args(run: &mut Run, person: &str, wallet: &Pubkey, shares: u64) -> RedeemArgs {
    let assets = run.model.tokens[&token_of(person)].assets.clone();
    let mut min_out = [0; 8];
    if run.dice.percent(5) {
        min_out[run.dice.below(assets.len() as u64) as usize] = run.dice.rash(100 * ONE);
    }
    // Mostly without what the wallet has no account for.
    let mut forgone = 0;
    for (place, asset) in assets.iter().enumerate() {
        let known = run.model.accounts.contains_key(&(*wallet, asset.mint));
        if !known && run.dice.percent(97) {
            forgone |= 1 << place;
        }
    }
    RedeemArgs {
        shares,
        min_out,
        forgone: match run.dice.below(20) {
            0 => run.dice.below(256) as u8,
            1 => run.dice.below(1 << assets.len()) as u8,
            _ => forgone,
        },
        deadline: if run.dice.percent(3) {
            run.now() - 1
        } else {
            NEVER
        },
    }
}

/// A person with a reserve, mostly.
fn reserved(run: &mut Run) -> Option<String> {
    let full = |name: &String| {
        let assets = &run.model.tokens[&token_of(name)].assets;
        assets.iter().any(|asset| asset.reserve > 0)
    };
    let full: Vec<String> = run
        .pool
        .people
        .iter()
        .filter(|name| full(name))
        .cloned()
        .collect();
    let some = run.dice.one(&full);
    if run.dice.percent(10) {
        Some(run.somebody())
    } else {
        some
    }
}

fn redeem(run: &mut Run) -> Option<Step> {
    let person = reserved(run)?;
    let holder = holder_of(run, &person);
    let has = free(run, &person, &holder);
    let shares = run.dice.rash(has);
    let (token, wallet) = (run.token(&person), run.key(&holder));
    let args = redeem_args(run, &person, &wallet, shares);
    let redeem = ix::redeem(&token, &wallet, args).ok()?;
    let what = format!("{holder} redeems {person}: {args:?}");
    Some(Step::new(what, redeem, &[&holder], move |model| {
        model.redeem(&token.key, &wallet, &args)
    }))
}

fn redeem_bearer(run: &mut Run) -> Option<Step> {
    let person = reserved(run)?;
    let mint = run.model.share_mint(&token_of(&person));
    let with = owners(run, &mint, 1);
    let (with, any) = (run.dice.one(&with), run.anybody());
    let holder = match with {
        Some(with) => with,
        None if run.dice.percent(10) => any,
        None => return None,
    };
    let (token, wallet) = (run.token(&person), run.key(&holder));
    let has = run.model.balance(&wallet, &mint);
    let shares = run.dice.rash(has);
    let args = redeem_args(run, &person, &wallet, shares);
    let redeem = ix::redeem_bearer(&token, &wallet, args).ok()?;
    let what = format!("{holder} redeems bearer tokens of {person}: {args:?}");
    Some(Step::new(what, redeem, &[&holder], move |model| {
        model.redeem_bearer(&token.key, &wallet, &args)
    }))
}

//! The reserve, dividends, redemption, and money that comes unasked.

use crate::personal_token::dividend::steps::*;
use {
    crate::oracle::steps::{
        bearer::{self, owners},
        holders::{free, holder_of},
        ids,
        people::MINTS,
    },
    crate::oracle::{
        Weighted,
        run::{Run, Step, resigned},
    },
    crate::{
        pool::token_of,
        world::{NEVER, ONE},
    },
    solana_program::instruction::{AccountMeta, Instruction},
    upside_sdk::{
        Atoms, Pubkey,
        address::{find_associated, find_holder},
        instruction as ix,
        state::{Holder, RedeemArgs},
    },
};

pub const STEPS: &[Weighted] = &[
    (3, list),
    (4, deposit_reserve),
    (3, deposit_endowment),
    (2, withdraw_endowment),
    (2, note_immovable),
    (2, donate),
    (1, seize),
    (3, book_surplus),
    (2, book_loss),
    (8, collect_dividend),
    (7, redeem),
    (4, redeem_bearer),
];

/// A listed mint.
pub fn listed(run: &mut Run, person: &str) -> Pubkey {
    let assets = &run.model.tokens[&token_of(person)].assets;
    let mints: Vec<Pubkey> = assets.iter().map(|asset| asset.mint).collect();
    run.rng.one(&mints).expect("the quote mint is listed")
}

pub(crate) fn list(run: &mut Run) -> Option<Step> {
    let person = run.somebody();
    let other = run.somebody();
    let mint = match run.rng.below(MINTS.len() as u64 + 1) {
        0 => run.model.share_mint(&token_of(&other)),
        place => run.key(MINTS[place as usize - 1]),
    };
    let bad = mint == run.key("fee mint");
    let owner = run.owner_of(&person);
    let signer = run.mostly(&owner);
    let (token, payer, by) = (run.token(&person), run.pool.payer(), run.key(&signer));
    let (program, payout) = (run.model.mints[&mint].program, run.rng.percent(50));
    let authority = match run.rng.below(10) {
        0 => None,
        _ => run.pool.world.mint_authority(&mint),
    };
    let named = authority == run.pool.world.mint_authority(&mint);
    let list = ix::add_asset(&token, &payer, &mint, &program, authority, payout);
    let list = resigned(list, &token.data.owner, &by);
    let what = format!("{signer} lists {mint} for {person}, payout: {payout}");
    Some(Step::new(what, list, &[&signer], move |model| {
        crate::model::require(!bad, upside_sdk::TokenError::UnsupportedMint)?;
        crate::model::require(named, upside_sdk::TokenError::WrongAccount)?;
        model.add_asset(&token.key, &by, &mint, payout)
    }))
}

pub(crate) fn deposit_reserve(run: &mut Run) -> Option<Step> {
    let person = run.somebody();
    let mint = listed(run, &person);
    // Other mints than the quote are the owner's to give.
    let giver = if run.rng.percent(50) {
        run.owner_of(&person)
    } else {
        run.anybody()
    };
    let (token, wallet) = (run.token(&person), run.key(&giver));
    let has = run.model.balance(&wallet, &mint);
    let most = if run.rng.percent(20) {
        has
    } else {
        5_000 * ONE
    };
    let amount = run.rng.rash(most);
    let give = ix::deposit_reserve(&token, &wallet, &mint, Atoms(amount)).ok()?;
    let what = format!("{giver} gives {amount} of {mint} to {person}'s reserve");
    Some(Step::new(what, give, &[&giver], move |model| {
        model.deposit_reserve(&token.key, &wallet, &mint, amount)
    }))
}

pub(crate) fn deposit_endowment(run: &mut Run) -> Option<Step> {
    let person = run.somebody();
    let mint = listed(run, &person);
    let giver = if run.rng.percent(60) {
        run.owner_of(&person)
    } else {
        run.anybody()
    };
    let (token, wallet) = (run.token(&person), run.key(&giver));
    let has = run.model.balance(&wallet, &mint);
    let most = if run.rng.percent(30) {
        has
    } else {
        5_000 * ONE
    };
    let amount = run.rng.rash(most);
    let give = ix::deposit_endowment(&token, &wallet, &mint, Atoms(amount)).ok()?;
    let what = format!("{giver} endows {person} with {amount} of {mint}");
    Some(Step::new(what, give, &[&giver], move |model| {
        model.deposit_endowment(&token.key, &wallet, &mint, amount)
    }))
}

pub(crate) fn withdraw_endowment(run: &mut Run) -> Option<Step> {
    let person = run.somebody();
    let endowed = run.model.tokens[&token_of(&person)].assets.iter();
    let endowed: Vec<(Pubkey, u64)> = endowed
        .filter(|asset| asset.endowment > 0)
        .map(|asset| (asset.mint, asset.endowment - asset.locked))
        .collect();
    let (mint, most) = match run.rng.one(&endowed) {
        Some(endowed) => endowed,
        None if run.rng.percent(10) => (listed(run, &person), ONE),
        None => return None,
    };
    let owner = run.owner_of(&person);
    let signer = run.mostly(&owner);
    let (mut token, by) = (run.token(&person), run.key(&signer));
    token.data.owner = by;
    let amount = run.rng.rash(most);
    let take = ix::withdraw_endowment(&token, &mint, Atoms(amount)).ok()?;
    let what = format!("{signer} takes {amount} of {mint} out of {person}'s endowment");
    Some(Step::new(what, take, &[&signer], move |model| {
        model.withdraw_endowment(&token.key, &by, &mint, amount)
    }))
}

/// Freezes or thaws what an owner has of the seizable mint, as its issuer.
pub(crate) fn freeze(run: &mut Run, owner: &Pubkey, frozen: bool) -> Instruction {
    let (mint, issuer) = (run.key("seizable mint"), run.key("issuer"));
    let program = run.model.mints[&mint].program;
    Instruction {
        program_id: program,
        accounts: vec![
            AccountMeta::new(find_associated(owner, &mint, &program).0, false),
            AccountMeta::new_readonly(mint, false),
            AccountMeta::new_readonly(issuer, true),
        ],
        data: vec![if frozen { 10 } else { 11 }],
    }
}

/// Somebody notes whether an asset moves; mostly while its issuer froze the vault.
pub(crate) fn note_immovable(run: &mut Run) -> Option<Step> {
    let (person, seizable) = (run.somebody(), run.key("seizable mint"));
    let key = token_of(&person);
    let known = run.model.tokens[&key].place_of(&seizable).is_ok();
    let immovable = known && run.rng.percent(60);
    let mint = if known {
        seizable
    } else {
        listed(run, &person)
    };
    let token = run.token(&person);
    let note = ix::note_immovable(&token, &mint).ok()?;
    let what = format!("{person}'s {mint} is noted, immovable: {immovable}");
    let mut step = Step::new(what, note, &[], move |model| {
        model.note_immovable(&key, &mint, immovable)
    });
    if immovable {
        step.instructions.insert(0, freeze(run, &key, true));
        step.instructions.push(freeze(run, &key, false));
        step.signers.push("issuer".into());
    }
    Some(step)
}

pub(crate) fn donate(run: &mut Run) -> Option<Step> {
    let person = run.somebody();
    let mint = listed(run, &person);
    let with = owners(run, &mint, 1);
    let from = run.rng.one(&with)?;
    // A vault that was closed takes nothing.
    let vault = (token_of(&person), mint);
    run.model.accounts.get(&vault)?;
    let has = run.key(&from);
    let atoms = run
        .rng
        .amount(run.model.balance(&has, &mint).min(100 * ONE));
    Some(bearer::send(run, &from, &token_of(&person), &mint, atoms))
}

/// The issuer of the seizable mint burns what a vault has.
pub(crate) fn seize(run: &mut Run) -> Option<Step> {
    let mint = run.key("seizable mint");
    let vaults: Vec<_> = run
        .model
        .accounts
        .iter()
        .filter(|((owner, of), atoms)| *of == mint && **atoms > 0 && run.model.is_programs(owner))
        .map(|((owner, _), atoms)| (*owner, *atoms))
        .collect();
    let (vault, has) = run.rng.one(&vaults)?;
    let atoms = run.rng.amount(has);
    Some(bearer::burn(run, "issuer", &vault, &mint, atoms))
}

/// A mint of a person whose vault does not hold what its books say, mostly: more where
/// `above`, else less.
pub(crate) fn off(run: &mut Run, person: &str, above: bool) -> Option<Pubkey> {
    let key = token_of(person);
    let off: Vec<Pubkey> = run.model.tokens[&key]
        .assets
        .iter()
        .filter(|it| {
            let has = run.model.balance(&key, &it.mint);
            has != it.booked() && (has > it.booked()) == above
        })
        .map(|asset| asset.mint)
        .collect();
    match run.rng.one(&off) {
        Some(mint) => Some(mint),
        None if run.rng.percent(10) => Some(listed(run, person)),
        None => None,
    }
}

pub(crate) fn book_surplus(run: &mut Run) -> Option<Step> {
    let person = run.somebody();
    let mint = off(run, &person, true)?;
    let owner = run.owner_of(&person);
    let signer = run.mostly(&owner);
    let (token, by) = (run.token(&person), run.key(&signer));
    let book = ix::book_surplus(&token, &by, &mint).ok()?;
    let what = format!("{signer} books the surplus of {person}'s {mint}");
    Some(Step::new(what, book, &[&signer], move |model| {
        model.book_surplus(&token.key, &by, &mint)
    }))
}

pub(crate) fn book_loss(run: &mut Run) -> Option<Step> {
    let person = run.somebody();
    let mint = off(run, &person, false)?;
    let token = run.token(&person);
    let book = ix::book_loss(&token, &mint).ok()?;
    let what = format!("{person}'s loss of {mint} is booked");
    Some(Step::new(what, book, &[], move |model| {
        model.book_loss(&token.key, &mint)
    }))
}

pub(crate) fn redeem_args(run: &mut Run, person: &str, wallet: &Pubkey, shares: u64) -> RedeemArgs {
    let assets = run.model.tokens[&token_of(person)].assets.clone();
    let mut min_out = [0; 8];
    if run.rng.percent(5) {
        min_out[run.rng.below(assets.len() as u64) as usize] = run.rng.rash(100 * ONE);
    }
    // Mostly without what the wallet has no account for.
    let mut forgone = 0;
    for (place, asset) in assets.iter().enumerate() {
        let known = run.model.accounts.contains_key(&(*wallet, asset.mint));
        if !known && run.rng.percent(97) {
            forgone |= 1 << place;
        }
    }
    RedeemArgs {
        shares,
        min_out,
        forgone: match run.rng.below(20) {
            0 => run.rng.below(256) as u8,
            1 => run.rng.below(1 << assets.len()) as u8,
            _ => forgone,
        },
        deadline: if run.rng.percent(3) {
            run.now() - 1
        } else {
            NEVER
        },
    }
}

/// A person with a reserve, mostly.
pub(crate) fn reserved(run: &mut Run) -> Option<String> {
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
    let some = run.rng.one(&full);
    if run.rng.percent(10) {
        Some(run.somebody())
    } else {
        some
    }
}

pub(crate) fn redeem(run: &mut Run) -> Option<Step> {
    let person = reserved(run)?;
    let holder = holder_of(run, &person);
    let has = free(run, &person, &holder);
    let shares = run.rng.rash(has);
    let (token, wallet) = (run.token(&person), run.key(&holder));
    let args = redeem_args(run, &person, &wallet, shares);
    let receipt = (token.data.estates > 0) != run.rng.percent(3);
    let what = format!("{holder} redeems {person}, for a receipt: {receipt}: {args:?}");
    let redeem = match receipt {
        true => {
            let mut holder = ids::blank::<Holder>(find_holder(&token.key, &wallet).0);
            holder.data.wallet = wallet;
            let known = run.model.holders.get(&(token.key, wallet));
            holder.data.receipts = known.map_or(0, |known| known.receipts);
            ix::redeem_for_receipt(&token, &holder, &run.pool.payer(), args).ok()?
        }
        false => ix::redeem(&token, &wallet, args).ok()?,
    };
    Some(Step::new(what, redeem, &[&holder], move |model| {
        model.redeem(&token.key, &wallet, &args, receipt)
    }))
}

pub(crate) fn redeem_bearer(run: &mut Run) -> Option<Step> {
    let person = reserved(run)?;
    let mint = run.model.share_mint(&token_of(&person));
    let with = owners(run, &mint, 1);
    let (with, any) = (run.rng.one(&with), run.anybody());
    let holder = match with {
        Some(with) => with,
        None if run.rng.percent(10) => any,
        None => return None,
    };
    let (token, wallet) = (run.token(&person), run.key(&holder));
    let has = run.model.balance(&wallet, &mint);
    let shares = run.rng.rash(has);
    let args = redeem_args(run, &person, &wallet, shares);
    let redeem = ix::redeem_bearer(&token, &wallet, args).ok()?;
    let what = format!("{holder} redeems bearer tokens of {person}: {args:?}");
    Some(Step::new(what, redeem, &[&holder], move |model| {
        model.redeem_bearer(&token.key, &wallet, &args)
    }))
}

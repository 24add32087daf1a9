//! Bearer tokens: out, back, and what wallets do with them past the program.

use {
    crate::oracle::steps::holders::{free, holder_of},
    crate::oracle::{
        Weighted,
        run::{Run, Step},
    },
    crate::pool::token_of,
    solana_program::instruction::{AccountMeta, Instruction},
    upside_sdk::{
        Pubkey, Shares,
        address::{TOKEN_2022_PROGRAM, find_associated},
        instruction as ix,
    },
};

pub const STEPS: &[Weighted] = &[
    (5, withdraw),
    (6, deposit),
    (3, warm_up),
    (2, send_bearer),
    (1, burn_bearer),
    (3, sync_share_custody),
    (1, open_somebodys),
];

/// A wallet's account of a person's share mint.
pub fn open(run: &mut Run, person: &str, name: &str) -> Step {
    let (mint, wallet) = (run.model.share_mint(&token_of(person)), run.key(name));
    let create = ix::create_associated(&run.pool.payer(), &wallet, &mint, &TOKEN_2022_PROGRAM);
    let what = format!("{name} can have bearer tokens of {person}");
    Step::new(what, create, &[], move |model| {
        model.open_account(&wallet, &mint);
        Ok(())
    })
}

fn open_somebodys(run: &mut Run) -> Option<Step> {
    let (person, name) = (run.somebody(), run.anybody());
    Some(open(run, &person, &name))
}

/// Moves atoms of any mint from a wallet to any owner's account, past the programs.
pub fn send(run: &mut Run, from: &str, to: &Pubkey, mint: &Pubkey, atoms: u64) -> Step {
    let (wallet, to, mint) = (run.key(from), *to, *mint);
    let known = &run.model.mints[&mint];
    let account = |owner: &Pubkey| find_associated(owner, &mint, &known.program).0;
    let mut data = vec![12];
    data.extend_from_slice(&atoms.to_le_bytes());
    data.push(known.decimals);
    let send = Instruction {
        program_id: known.program,
        accounts: vec![
            AccountMeta::new(account(&wallet), false),
            AccountMeta::new_readonly(mint, false),
            AccountMeta::new(account(&to), false),
            AccountMeta::new_readonly(wallet, true),
        ],
        data,
    };
    let what = format!("{from} sends {atoms} of mint {mint} to {to}");
    Step::new(what, send, &[from], move |model| {
        model.pay(&wallet, &to, &mint, atoms)
    })
}

/// Burns atoms in any owner's account, past the programs.
pub fn burn(run: &mut Run, signer: &str, owner: &Pubkey, mint: &Pubkey, atoms: u64) -> Step {
    let (by, owner, mint) = (run.key(signer), *owner, *mint);
    let program = run.model.mints[&mint].program;
    let mut data = vec![8];
    data.extend_from_slice(&atoms.to_le_bytes());
    let burn = Instruction {
        program_id: program,
        accounts: vec![
            AccountMeta::new(find_associated(&owner, &mint, &program).0, false),
            AccountMeta::new(mint, false),
            AccountMeta::new_readonly(by, true),
        ],
        data,
    };
    let what = format!("{signer} burns {atoms} of mint {mint} of {owner}");
    Step::new(what, burn, &[signer], move |model| {
        model.burn(&owner, &mint, atoms)
    })
}

/// Names of wallets with an account of a mint.
pub fn owners(run: &Run, mint: &Pubkey, least: u64) -> Vec<String> {
    let accounts = run.model.accounts.iter();
    accounts
        .filter(|((_, of), atoms)| of == mint && **atoms >= least)
        .filter_map(|((owner, _), _)| run.name(owner))
        .collect()
}

fn withdraw(run: &mut Run) -> Option<Step> {
    let person = run.somebody();
    let holder = holder_of(run, &person);
    let has = free(run, &person, &holder);
    let shares = run.rng.rash(has);
    let (token, wallet) = (run.token(&person), run.key(&holder));
    let withdraw = ix::withdraw(&token, &wallet, Shares(shares));
    let what = format!("{holder} withdraws {shares} of {person}");
    Some(Step::new(what, withdraw, &[&holder], move |model| {
        model.withdraw(&token.key, &wallet, shares)
    }))
}

fn deposit(run: &mut Run) -> Option<Step> {
    let person = run.somebody();
    let mint = run.model.share_mint(&token_of(&person));
    let with = owners(run, &mint, 1);
    let holder = match run.rng.one(&with) {
        Some(with) => with,
        None if run.rng.percent(10) => holder_of(run, &person),
        None => return None,
    };
    let (token, wallet) = (run.token(&person), run.key(&holder));
    let has = run.model.balance(&wallet, &mint);
    let shares = run.rng.rash(has);
    let deposit = ix::deposit(&token, &wallet, Shares(shares));
    let what = format!("{holder} deposits {shares} of {person}");
    Some(Step::new(what, deposit, &[&holder], move |model| {
        model.deposit(&token.key, &wallet, shares)
    }))
}

fn warm_up(run: &mut Run) -> Option<Step> {
    let person = run.somebody();
    let (token, now) = (token_of(&person), run.now());
    let all = run.model.holders_of(&token);
    let waiting = all.filter(|(_, holder)| holder.warm > 0);
    let waiting = waiting.map(|(wallet, holder)| (*wallet, holder.warm_at));
    let waiting: Vec<(Pubkey, i64)> = waiting.collect();
    let (wallet, warm_at) = run.rng.one(&waiting)?;
    if warm_at > now && run.rng.percent(70) {
        run.pass_until(warm_at);
    }
    let warm = ix::warm_up(&token, &wallet);
    let what = format!("shares of {person} that {wallet} deposited have warmed");
    Some(Step::new(what, warm, &[], move |model| {
        model.warm_up(&token, &wallet)
    }))
}

fn send_bearer(run: &mut Run) -> Option<Step> {
    let person = run.somebody();
    let mint = run.model.share_mint(&token_of(&person));
    let with = owners(run, &mint, 1);
    let from = run.rng.one(&with)?;
    let wallet = run.key(&from);
    // To other wallets, and unasked to the register and to vaults.
    let others: Vec<Pubkey> = run
        .model
        .accounts
        .keys()
        .filter(|(owner, of)| *of == mint && *owner != wallet)
        .map(|(owner, _)| *owner)
        .collect();
    let to = run.rng.one(&others)?;
    let atoms = run.rng.amount(run.model.balance(&wallet, &mint));
    Some(send(run, &from, &to, &mint, atoms))
}

fn burn_bearer(run: &mut Run) -> Option<Step> {
    let person = run.somebody();
    let mint = run.model.share_mint(&token_of(&person));
    let with = owners(run, &mint, 1);
    let from = run.rng.one(&with)?;
    let wallet = run.key(&from);
    let atoms = run.rng.amount(run.model.balance(&wallet, &mint));
    Some(burn(run, &from, &wallet, &mint, atoms))
}

fn sync_share_custody(run: &mut Run) -> Option<Step> {
    let off = |name: &String| {
        let (key, model) = (token_of(name), &run.model);
        let it = &model.tokens[&key];
        let unasked = model.balance(&key, &it.mint) > model.in_custody(&key);
        unasked || model.mints[&it.mint].supply != it.supply
    };
    let off: Vec<String> = run
        .pool
        .people
        .iter()
        .filter(|name| off(name))
        .cloned()
        .collect();
    let person = match run.rng.one(&off) {
        Some(person) => person,
        None if run.rng.percent(10) => run.somebody(),
        None => return None,
    };
    let token = run.token(&person);
    let sync = ix::sync_share_custody(&token);
    let what = format!("{person}'s register is synced");
    Some(Step::new(what, sync, &[], move |model| {
        model.sync_share_custody(&token.key)
    }))
}

//! What moves past the program: index shares between wallets, burned ones, gifts to
//! custody.

use {
    crate::oracle::Weighted,
    crate::oracle::steps::index::*,
    solana_program::instruction::AccountMeta,
    upside_sdk::{
        Shares,
        address::{TOKEN_2022_PROGRAM, find_associated},
    },
};

pub const STEPS: &[Weighted] = &[
    (2, open),
    (2, send),
    (1, burn),
    (2, give_cash),
    (2, give_shares),
];

/// A plain instruction of a token program with an amount.
fn plain(
    program_id: Pubkey,
    number: u8,
    accounts: [Pubkey; 2],
    owner: Pubkey,
    amount: u64,
) -> Instruction {
    let mut data = vec![number];
    data.extend_from_slice(&amount.to_le_bytes());
    let [first, second] = accounts;
    Instruction {
        program_id,
        accounts: vec![
            AccountMeta::new(first, false),
            AccountMeta::new(second, false),
            AccountMeta::new_readonly(owner, true),
        ],
        data,
    }
}

fn account(owner: &Pubkey, mint: &Pubkey) -> Pubkey {
    find_associated(owner, mint, &TOKEN_2022_PROGRAM).0
}

fn open(run: &mut Run) -> Option<Step> {
    let (index, name) = (any(run), run.anybody());
    Some(open_shares(run, &index.key, &name))
}

fn send(run: &mut Run) -> Option<Step> {
    let index = any(run);
    let (from, had) = shareholder(run, &index.key);
    let (to, mint) = (actor(run), find_shares(&index.key).0);
    let (a, b) = (run.key(&from), run.key(&to));
    let there = |key: &Pubkey| run.model.accounts.contains_key(&(*key, mint));
    if a == b || !there(&a) || !there(&b) {
        return None;
    }
    let shares = run.rng.rash(had);
    let send = plain(
        TOKEN_2022_PROGRAM,
        3,
        [account(&a, &mint), account(&b, &mint)],
        a,
        shares,
    );
    let what = format!("{from} sends {to} {shares} shares of the index");
    Some(Step::new(what, send, &[&from], move |model| {
        model.pay(&a, &b, &mint, shares)
    }))
}

fn burn(run: &mut Run) -> Option<Step> {
    let index = any(run);
    let (name, had) = shareholder(run, &index.key);
    let (wallet, mint) = (run.key(&name), find_shares(&index.key).0);
    if had == 0 {
        return None;
    }
    let shares = run.rng.amount(had / 10);
    let burn = plain(
        TOKEN_2022_PROGRAM,
        8,
        [account(&wallet, &mint), mint],
        wallet,
        shares,
    );
    let what = format!("{name} burns {shares} shares of the index");
    Some(Step::new(what, burn, &[&name], move |model| {
        model.burn(&wallet, &mint, shares)
    }))
}

fn give_cash(run: &mut Run) -> Option<Step> {
    let (index, name) = (any(run), actor(run));
    let cash = rules_of(run, &index).used();
    let cash = cash.filter(|(_, slot)| slot.kind == SlotKind::Mint);
    let cash: Vec<Pubkey> = cash.map(|(_, slot)| slot.key).collect();
    let (mint, wallet) = (run.rng.one(&cash)?, run.key(&name));
    let has = run.model.balance(&wallet, &mint);
    if has == 0 {
        return None;
    }
    let atoms = run.rng.amount(has / 20);
    let program = run.model.mints[&mint].program;
    let account = |owner| find_associated(owner, &mint, &program).0;
    let accounts = [account(&wallet), account(&index.key)];
    let give = plain(program, 3, accounts, wallet, atoms);
    let what = format!("{name} gives {atoms} to the custody of the index");
    Some(Step::new(what, give, &[&name], move |model| {
        model.pay(&wallet, &index.key, &mint, atoms)
    }))
}

fn give_shares(run: &mut Run) -> Option<Step> {
    let (index, name) = (any(run), actor(run));
    let people = rules_of(run, &index).used();
    let people = people.filter(|(_, slot)| slot.kind == SlotKind::Personal);
    let people: Vec<rules::Slot> = people.map(|(_, slot)| slot.clone()).collect();
    let (slot, wallet) = (run.rng.one(&people)?, run.key(&name));
    let has = wealth(&run.model, &slot, &wallet);
    if has == 0 {
        return None;
    }
    let shares = run.rng.amount(has / 20);
    let (token, to) = (slot.key, index.key);
    let give = token_ix::transfer_shares(&token, &wallet, &to, Shares(shares), None);
    let what = format!("{name} gives {shares} of {token} to the index's holder");
    Some(Step::new(what, give, &[&name], move |model| {
        model.transfer_shares(&token, &wallet, &wallet, &to, shares, false)
    }))
}

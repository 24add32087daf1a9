//! What several suites of the index need: chance, wealth, harvests, a second cash.

use {
    solana_program::instruction::{AccountMeta, Instruction},
    solana_signer::Signer,
    std::collections::BTreeMap,
    upside_sdk::{
        Atoms, Pubkey,
        address::{TOKEN_2022_PROGRAM, TOKEN_PROGRAM, find_claim},
        index::{
            fetch::Pool,
            instruction::{self as ix, place_of, share_account},
            quote::{self, Harvest},
        },
        instruction as token_ix,
        state::ClaimTerms,
    },
    upside_tests::{
        people::person,
        pool::{ACTORS, PoolWorld, token_of},
        terms::revenue_terms,
        world::{ONE, mint_bytes, minter},
    },
};

/// The key of a person.
pub fn key(name: &str) -> Pubkey {
    person(name).pubkey()
}

pub use upside_tests::rng::Rng;

/// Lamports of an account.
pub fn lamports(pool: &mut PoolWorld, key: &Pubkey) -> u64 {
    let account = pool.world.engine.account(key);
    account.map_or(0, |account| account.lamports)
}

/// What a wallet has of each constituent, by slot.
pub fn wealth(pool: &mut PoolWorld, wallet: &Pubkey) -> BTreeMap<u8, u64> {
    let index = pool.index();
    let mut has = BTreeMap::new();
    for (slot, constituent) in (0u8..).zip(&index.data.constituents) {
        if constituent.kind.raw() == 0 {
            continue;
        }
        let place = place_of(constituent, wallet);
        let amount = if constituent.kind.raw() == 1 {
            let account = pool.world.engine.account(&place);
            account.map_or(0, |_| {
                pool.world
                    .get::<upside_sdk::state::Holder>(&place)
                    .data
                    .shares
            })
        } else {
            pool.world.balance(&place)
        };
        has.insert(slot, amount);
    }
    has
}

/// The harvests of these slots and the instructions that make them.
pub fn harvests(pool: &Pool, slots: &[u8]) -> (Vec<Harvest>, Vec<Instruction>) {
    let (mut all, mut instructions) = (Vec::new(), Vec::new());
    for slot in slots {
        let token = &pool.person(*slot).unwrap().token;
        let found = quote::harvests(pool, *slot).unwrap();
        let last = found.len() - 1;
        for (place, harvest) in found.into_iter().enumerate() {
            // Only the last may be empty: it notes that nothing is left.
            if harvest.amount.0 == 0 && place < last {
                continue;
            }
            let payout = harvest.coin_slot.map(|cash| {
                let mint = pool.index.data.constituents[usize::from(cash)].key;
                token.data.asset_of(&mint).unwrap()
            });
            instructions.push(ix::harvest(&pool.index, *slot, token, payout).unwrap());
            all.push(harvest);
        }
    }
    (all, instructions)
}

/// Burns index shares past the program.
pub fn burn_ix(pool: &mut PoolWorld, name: &str, shares: u64) -> Instruction {
    let index = pool.index();
    let mut data = vec![8];
    data.extend_from_slice(&shares.to_le_bytes());
    Instruction {
        program_id: TOKEN_2022_PROGRAM,
        accounts: vec![
            AccountMeta::new(share_account(&index.data, &key(name)), false),
            AccountMeta::new(index.data.mint, false),
            AccountMeta::new_readonly(key(name), true),
        ],
        data,
    }
}

/// Moves index shares between two token accounts.
pub fn send_shares(from: Pubkey, to: Pubkey, owner: &str, amount: u64) -> Instruction {
    let mut call = send_atoms(from, to, owner, amount);
    call.program_id = TOKEN_2022_PROGRAM;
    call
}

/// Moves atoms of a classic mint between two token accounts.
pub fn send_atoms(from: Pubkey, to: Pubkey, owner: &str, amount: u64) -> Instruction {
    let mut data = vec![3];
    data.extend_from_slice(&amount.to_le_bytes());
    Instruction {
        program_id: TOKEN_PROGRAM,
        accounts: vec![
            AccountMeta::new(from, false),
            AccountMeta::new(to, false),
            AccountMeta::new_readonly(key(owner), true),
        ],
        data,
    }
}

/// A second mint of cash, of which every actor and person has a million, listed as a
/// payout mint of everybody's token.
pub fn second_cash(pool: &mut PoolWorld) -> Pubkey {
    let mint = key("coin");
    pool.world
        .add_mint(mint, TOKEN_PROGRAM, mint_bytes(u64::MAX));
    let people = pool.people.clone();
    let names = ACTORS.iter().copied().chain(["treasury"]);
    for name in names.chain(people.iter().map(String::as_str)) {
        pool.world.give(&key(name), &mint, 1_000_000 * ONE);
    }
    for name in &people {
        let token = pool.token(name);
        let list =
            token_ix::add_asset(&token, &pool.payer(), &mint, &TOKEN_PROGRAM, minter(), true);
        pool.send(&list, &[name]).succeeded();
    }
    mint
}

/// Adds cash to the index.
pub fn add_mint(pool: &mut PoolWorld, mint: &Pubkey) {
    let authority = Some(key("mint authority"));
    let add = ix::add_mint(
        &pool.index(),
        &pool.payer(),
        mint,
        &TOKEN_PROGRAM,
        authority,
        true,
    );
    pool.send(&add, &["curator"]).succeeded();
}

/// A person declares a claim on revenue in a mint; returns its number.
pub fn declare(pool: &mut PoolWorld, name: &str, mint: &Pubkey) -> u64 {
    let token = pool.token(name);
    let mut terms = revenue_terms(*mint);
    if let ClaimTerms::RevenueShare { payer, total, .. } = &mut terms {
        *payer = key(name);
        *total = u64::MAX;
    }
    let declare = token_ix::declare_claim(&token, &pool.payer(), terms);
    pool.send(&declare, &[name]).succeeded();
    token.data.claims
}

/// The instruction by which a person pays on a claim.
pub fn pay_ix(pool: &mut PoolWorld, name: &str, claim: u64, amount: u64) -> Instruction {
    let token = pool.token(name);
    let claim = pool.world.get(&find_claim(&token_of(name), claim).0);
    token_ix::pay_revenue(&token, &claim, &key(name), Atoms(amount)).unwrap()
}

//! What can be done with indexes.

pub use crate::pooled_index::{
    basket::steps as baskets, constituent::steps as income, index::curator_steps as govern,
    index::steps as compose, lock::steps as votes, membership::deal_steps as deals,
    membership::steps as members, rebalance::steps as rebalances, share::donations,
    share::steps as shares, wrap::steps as wraps, wrap::wound_up_steps as wound_up,
};
pub mod setup;

pub(crate) use {
    crate::oracle::run::{Predict, Run, Step},
    crate::{
        model::{Model, Predicted, index as rules},
        world::NEVER,
    },
    solana_program::instruction::Instruction,
    upside_sdk::{
        Pubkey,
        address::TOKEN_2022_PROGRAM,
        index::{
            PooledIndex, SlotKind, find_shares,
            instruction::{self as ix},
        },
        instruction as token_ix,
        state::{Account, PersonalToken},
    },
};

/// Who deals with indexes.
pub const ACTORS: [&str; 4] = ["curator", "bob", "carol", "dave"];

/// One of the indexes, mostly the first.
pub fn any(run: &mut Run) -> Account<PooledIndex> {
    let keys: Vec<Pubkey> = run.model.indexes.keys().copied().collect();
    let main = run.pool.index;
    let key = match run.rng.one(&keys) {
        Some(key) if run.rng.percent(25) => key,
        _ => main,
    };
    run.pool.world.get(&key)
}

/// The index in the model.
pub fn rules_of<'a>(run: &'a Run, index: &Account<PooledIndex>) -> &'a rules::PooledIndex {
    &run.model.indexes[&index.key]
}

/// One of those who deal with indexes.
pub fn actor(run: &mut Run) -> String {
    run.rng.pick(&ACTORS).to_string()
}

/// Mostly the right one, more often than elsewhere somebody else.
pub fn or_other(run: &mut Run, right: Option<String>) -> String {
    match right {
        Some(right) if run.rng.percent(85) => right,
        _ => actor(run),
    }
}

/// Somebody who signs as curator, mostly the curator; the index names them.
pub fn curator(run: &mut Run, index: &mut Account<PooledIndex>) -> String {
    let real = run.name(&index.data.curator);
    let name = or_other(run, real);
    index.data.curator = run.key(&name);
    name
}

/// Somebody with shares of the index, and how many.
pub fn shareholder(run: &mut Run, index: &Pubkey) -> (String, u64) {
    let mint = find_shares(index).0;
    let owners = run.model.accounts.iter();
    let owners = owners.filter(|((owner, of), atoms)| *of == mint && **atoms > 0 && owner != index);
    let owners: Vec<(Pubkey, u64)> = owners.map(|((owner, _), atoms)| (*owner, *atoms)).collect();
    let found = run.rng.one(&owners);
    let found = found.and_then(|(owner, atoms)| Some((run.name(&owner)?, atoms)));
    match found {
        Some(found) if !run.rng.percent(4) => found,
        _ => {
            let name = actor(run);
            let key = run.key(&name);
            let has = run.model.balance(&key, &mint);
            (name, has)
        }
    }
}

/// What a wallet can give of a slot.
pub fn wealth(model: &Model, slot: &rules::Slot, wallet: &Pubkey) -> u64 {
    match slot.kind {
        SlotKind::Mint => model.balance(wallet, &slot.key),
        SlotKind::Free | SlotKind::Personal => {
            let holder = model.holders.get(&(slot.key, *wallet));
            holder.map_or(0, |holder| holder.free())
        }
    }
}

/// Atoms due by place of the coin.
pub type Dues = [u64; rules::CASH];

/// Most shares for which a wallet, or what `has` tells of each slot, suffices.
pub fn affordable(
    index: &rules::PooledIndex,
    dues: &Dues,
    has: impl Fn(u8, &rules::Slot) -> u64,
) -> u64 {
    let Ok(supply) = index.effective() else {
        return 0;
    };
    let most = index.used().filter_map(|(number, slot)| {
        let due = slot.place().map_or(0, |place| dues[place]);
        let backing = u128::from(slot.counter) + u128::from(due);
        let shares = u128::from(has(number, slot)) * u128::from(supply);
        let shares = shares.checked_div(backing)?;
        Some(u64::try_from(shares).unwrap_or(u64::MAX))
    });
    most.min().unwrap_or(0)
}

/// A deadline, now and then one that is over.
pub fn deadline(run: &mut Run) -> i64 {
    if run.rng.percent(3) {
        run.model.now - 1
    } else {
        NEVER
    }
}

/// Calls that go together, and what they do.
#[derive(Default)]
pub struct Calls {
    /// The instructions.
    pub instructions: Vec<Instruction>,
    rules: Vec<Predict>,
}

impl Calls {
    /// One more call.
    pub fn push(
        &mut self,
        instruction: Instruction,
        rule: impl Fn(&mut Model) -> Predicted + 'static,
    ) {
        self.instructions.push(instruction);
        self.rules.push(Box::new(rule));
    }

    /// All of them in one transaction.
    pub fn step(self, what: String, signers: &[&str]) -> Step {
        let rules = self.rules;
        Step {
            what,
            instructions: self.instructions,
            signers: signers.iter().map(|name| (*name).to_string()).collect(),
            predict: Box::new(move |model| rules.iter().try_for_each(|rule| rule(model))),
        }
    }
}

/// The harvest of a slot in one cash mint, or in none.
pub fn harvest(
    run: &mut Run,
    index: &Account<PooledIndex>,
    slot: u8,
    mint: Option<Pubkey>,
) -> (Instruction, impl Fn(&mut Model) -> Predicted + use<>) {
    let token: Account<PersonalToken> = run
        .pool
        .world
        .get(&index.data.constituents[usize::from(slot)].key);
    let payout = mint.map(|mint| token.data.asset_of(&mint).expect("a listed mint"));
    let harvest = ix::harvest(index, slot, &token, payout).expect("a person's slot");
    let key = index.key;
    let rule = move |model: &mut Model| model.harvest(&key, slot, mint.as_ref());
    (harvest, rule)
}

/// Coins of the index that the person in a slot pays out in, and how much is collectable.
pub fn dividends(model: &Model, index: &Pubkey, slot: u8) -> Vec<(Pubkey, u64)> {
    let it = &model.indexes[index];
    let Ok(person) = it.slot(slot) else {
        return Vec::new();
    };
    let coins = it.used();
    let coins = coins.filter(|(_, slot)| slot.place().is_some_and(|place| it.is_collected(place)));
    let listed = coins.filter_map(|(_, cash)| {
        model.token(&person.key).ok()?.place_of(&cash.key).ok()?;
        let owed = model.dividend(&person.key, index, &cash.key).ok()?;
        Some((cash.key, owed))
    });
    listed.collect()
}

/// Harvests of everybody who owes something, at times.
pub fn harvests(run: &mut Run, index: &Account<PooledIndex>, percent: u64) -> Calls {
    let mut calls = Calls::default();
    if !run.rng.percent(percent) {
        return calls;
    }
    let held = rules_of(run, index).held();
    let people = held.filter(|(_, slot)| slot.kind == SlotKind::Personal);
    let people: Vec<u8> = people.map(|(slot, _)| slot).collect();
    for slot in people {
        for (mint, atoms) in dividends(&run.model, &index.key, slot) {
            if atoms > 0 {
                let (instruction, rule) = harvest(run, index, slot, Some(mint));
                calls.push(instruction, rule);
            }
        }
    }
    calls
}

/// Where these calls lead, as far as they are not refused: the index, and what is due.
pub fn then(run: &Run, index: &Account<PooledIndex>, calls: &Calls) -> (rules::PooledIndex, Dues) {
    let mut model = run.model.clone();
    for rule in &calls.rules {
        let _ = model.attempt(|model| rule(model));
    }
    let it = model.accrued(&index.key);
    let dues = model.dues(&it).unwrap_or_default();
    (it, dues)
}

/// Makes a wallet's account of an index's shares.
pub fn open_shares(run: &mut Run, index: &Pubkey, name: &str) -> Step {
    let (payer, wallet, mint) = (run.pool.payer(), run.key(name), find_shares(index).0);
    let create = token_ix::create_associated(&payer, &wallet, &mint, &TOKEN_2022_PROGRAM);
    let what = format!("{name} opens an account of the shares of {index}");
    Step::new(what, create, &[], move |model| {
        model.open_account(&wallet, &mint);
        Ok(())
    })
}

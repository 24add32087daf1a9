//! A token with random terms, holders who will do nothing, and a coalition that will.

use {
    crate::chance,
    solana_keypair::Keypair,
    solana_program::instruction::{AccountMeta, Instruction},
    solana_signer::Signer,
    std::{
        cell::RefCell,
        collections::{BTreeSet, HashMap},
    },
    upside_sdk::{
        Pubkey, Shares,
        address::{TOKEN_2022_PROGRAM, TOKEN_PROGRAM},
        instruction as ix,
        state::{Account, CreateTokenArgs, PersonalToken, RoundTerms, StageTerms, TermsArgs},
    },
    upside_tests::{
        dice::Dice,
        engine::{Engine, Outcome},
        invariant::{Facts, Least},
        people::person,
        terms::token_args,
        world::{DAY, ONE, World, mint_bytes},
    },
};

/// Holders who do nothing once the scene is set.
pub const PASSIVE: [&str; 4] = ["bob", "carol", "dan", "erin"];
/// Everybody who may act.
pub const ACTORS: [&str; 8] = [
    "founder",
    "mallory",
    "mia",
    "sam",
    "executor",
    "notary",
    "guardian",
    "registrar",
];
/// What attackers borrow, in quote atoms.
const BORROWED: u64 = 1_000_000_000 * ONE;

/// Who plots together, and who acts honestly between their transactions.
pub struct Coalition {
    /// In words.
    pub title: &'static str,
    /// Who signs the plot.
    pub plot: &'static [&'static str],
    /// Who else acts, in transactions of their own.
    pub honest: &'static [&'static str],
}

/// All coalitions.
pub const COALITIONS: &[Coalition] = &[
    Coalition {
        title: "owner and second wallets",
        plot: &["founder", "mallory", "mia"],
        honest: &[],
    },
    Coalition {
        title: "owner with friends in every role",
        plot: &["founder", "mallory", "guardian", "registrar", "executor"],
        honest: &["sam"],
    },
    Coalition {
        title: "stranger with borrowed money",
        plot: &["sam", "mallory"],
        honest: &["founder"],
    },
    Coalition {
        title: "executor and friend",
        plot: &["executor", "mallory"],
        honest: &[],
    },
    Coalition {
        title: "owner and attester",
        plot: &["founder", "notary", "mallory"],
        honest: &["sam"],
    },
    Coalition {
        title: "everybody but the victims",
        plot: &ACTORS,
        honest: &[],
    },
];

/// One instruction and who signs it.
#[derive(Clone)]
pub struct Call {
    /// In words.
    pub what: String,
    /// The instruction.
    pub instruction: Instruction,
    /// Names of its signers.
    pub signers: Vec<&'static str>,
}

/// A transaction after a while.
#[derive(Clone, Default)]
pub struct Step {
    /// Seconds that pass before it.
    pub seconds: i64,
    /// Its instructions; none where time only passes.
    pub calls: Vec<Call>,
}

/// Where a sequence is.
pub struct Scene {
    /// The chain.
    pub world: World,
    /// What it says.
    pub facts: Facts,
    /// Chance.
    pub dice: Dice,
    /// What landed lately.
    pub seen: Vec<Call>,
    /// What accounts held since before open polls were put.
    pub least: Least,
    /// Shares ever created, by when they had been.
    pub created: Vec<(i64, u64)>,
    /// Who acts now.
    pub group: &'static [&'static str],
}

thread_local! {
    static KEYS: RefCell<HashMap<&'static str, Keypair>> = RefCell::default();
    static BASE: World = base();
}

/// A name's keypair.
pub fn keypair(name: &'static str) -> Keypair {
    KEYS.with_borrow_mut(|keys| {
        keys.entry(name)
            .or_insert_with(|| person(name))
            .insecure_clone()
    })
}

/// A name's key.
pub fn key(name: &'static str) -> Pubkey {
    keypair(name).pubkey()
}

/// The chain with everybody's money, without a token.
fn base() -> World {
    let Engine::Lite(svm) = Engine::lite() else {
        unreachable!("it is LiteSVM")
    };
    let mut world = World::empty(Engine::Lite(svm.with_transaction_history(0)));
    for name in PASSIVE {
        world.engine.fund(key(name));
        world.give_quote(&key(name), 1_000_000 * ONE);
    }
    for name in ACTORS {
        world.engine.fund(key(name));
        world.give_quote(&key(name), BORROWED);
    }
    let late = person("late coin").pubkey();
    world.add_mint(late, TOKEN_PROGRAM, mint_bytes(u64::MAX));
    for name in PASSIVE.into_iter().chain(ACTORS) {
        world.give(&key(name), &late, 1_000_000 * ONE);
    }
    world
}

/// Random terms, often at the ends of what is allowed.
fn args(dice: &mut Dice) -> CreateTokenArgs {
    let mut args = token_args();
    args.terms = TermsArgs {
        supply_cap: dice
            .one(&[2_000_000 * ONE, 10_000_000 * ONE, u64::MAX / 4])
            .unwrap(),
        launch_shares: dice
            .one(&[0, 700_000 * ONE, 1_000_000 * ONE, 2_000_000 * ONE])
            .unwrap(),
        room_bps: dice.one(&[0, 1, 2_500, 10_000]).unwrap(),
        bearer_cap: dice.one(&[0, u64::MAX, 100_000 * ONE]).unwrap(),
        floor: dice.one(&[0, 0, 500 * ONE]).unwrap(),
        cash_out_tax_bps: dice.one(&[0, 0, 1, 1_000, 5_000]).unwrap(),
        royalty_bps: dice.one(&[0, 1_000, 5_000]).unwrap(),
        reserve_bps: dice.one(&[0, 1, 2_000, 5_000, 10_000]).unwrap(),
        drip_seconds: dice.one(&[86_400, 7 * 86_400, 30 * 86_400]).unwrap(),
        notice_seconds: dice.one(&[86_400, 7 * 86_400]).unwrap(),
        inactivity_seconds: 90 * 86_400,
        ..TermsArgs::default()
    };
    args.guardian = key("guardian");
    args.registrar = key("registrar");
    args
}

/// A round of one or two stages, its price around what the reserve holds for each share.
pub fn round_terms(dice: &mut Dice, facts: &Facts, now: i64, escrow: bool) -> RoundTerms {
    let mut stages = [StageTerms::default(); 4];
    let shares = chance::edge(dice, 500_000 * ONE, &[]).max(1);
    let (reserve, supply) = (facts.token.quote().reserve, facts.supply().max(1));
    let backing = u128::from(reserve) * 1_000_000 / u128::from(supply);
    let backing = u64::try_from(backing)
        .unwrap_or(u64::MAX / 16)
        .min(u64::MAX / 16);
    let prices = [
        1,
        ONE / 100,
        ONE,
        backing.max(1),
        backing + 1,
        backing * 2 + ONE,
        backing * 2 + ONE,
        backing * 10 + ONE,
    ];
    let price = dice.one(&prices).unwrap();
    stages[0] = StageTerms { shares, price };
    if dice.percent(30) {
        stages[1] = StageTerms {
            shares: shares / 2 + 1,
            price: price * 2,
        };
    }
    let most = stages
        .iter()
        .map(|it| u128::from(it.shares) * u128::from(it.price) / 1_000_000);
    let most = u64::try_from(most.sum::<u128>()).unwrap_or(u64::MAX);
    RoundTerms {
        stages,
        min_raise: if escrow { (most / 2).max(1) } else { 0 },
        backer_cap: u64::MAX,
        min_contribution: (price * 2).div_ceil(ONE).max(1),
        opens_at: now,
        closes_at: now + dice.one(&[3_600, 3 * DAY, 100 * DAY]).unwrap(),
        reserve_bps: dice.one(&[0, 1, 3_000, 10_000]).unwrap(),
        most_part_bps: dice.one(&[10_000, 10_000, 5_000, 1]).unwrap(),
        by_approval: false,
    }
}

impl Scene {
    /// Sets a scene: what holders have is theirs from then on.
    pub fn set(seed: u64, group: &'static [&'static str]) -> Scene {
        let mut dice = Dice(seed);
        let mut world = BASE.with(World::fork);
        world.pass((seed % 1_000) as i64);
        let create = world.create_token(args(&mut dice));
        world.send(&create, &[&keypair("founder")]).ok();
        let token = world.token;
        let facts = Facts::read(&mut world.engine, &token).expect("a token");
        let mut scene = Scene {
            world,
            facts,
            dice,
            seen: Vec::new(),
            least: Least::default(),
            created: Vec::new(),
            group,
        };
        scene.people();
        scene.holdings();
        scene.refresh();
        scene
    }

    /// A copy that goes its own way by other chances.
    pub fn fork(&self, seed: u64) -> Scene {
        Scene {
            world: self.world.fork(),
            facts: self.facts.clone(),
            dice: Dice(seed),
            seen: self.seen.clone(),
            least: self.least.clone(),
            created: self.created.clone(),
            group: self.group,
        }
    }

    /// Accounts of everybody.
    fn people(&mut self) {
        let (token, payer) = (self.world.token, self.world.payer.pubkey());
        let mint = self.facts.token.mint;
        for name in PASSIVE.into_iter().chain(ACTORS) {
            let wallet = key(name);
            let bearer = ix::create_associated(&payer, &wallet, &mint, &TOKEN_2022_PROGRAM);
            self.world.send(&bearer, &[]).ok();
            // One of them has no holder account yet.
            if name != "sam" {
                let open = ix::open_holder(&token, &payer, &wallet, &wallet);
                self.world.send(&open, &[&keypair(name)]).ok();
            }
        }
    }

    /// What everybody has when it begins: rounds, grants, bearer shares, assets,
    /// revenue. What the terms refuse is left out.
    fn holdings(&mut self) {
        let coin = person("coin").pubkey();
        if self.dice.percent(60) {
            let payout = self.dice.percent(60);
            let bytes = mint_bytes(u64::MAX);
            self.world.add_mint(coin, TOKEN_PROGRAM, bytes);
            for name in PASSIVE.into_iter().chain(ACTORS) {
                self.world.give(&key(name), &coin, 1_000_000 * ONE);
            }
            let (token, payer) = (self.world.token(), self.world.payer.pubkey());
            let list = ix::list_asset(&token, &payer, &coin, &TOKEN_PROGRAM, payout);
            self.world.send(&list, &[&keypair("founder")]).ok();
        }
        crate::setup::claims(self);
        crate::setup::backers(self);
        crate::setup::markets(self);
        crate::setup::money(self);
    }

    /// Remembers a call that landed; the first ones are forgotten.
    pub fn remember(&mut self, call: &Call) {
        if self.seen.len() >= 24 {
            self.seen.remove(0);
        }
        self.seen.push(call.clone());
    }

    /// Reads the chain again.
    pub fn refresh(&mut self) {
        let token = self.world.token;
        self.facts = Facts::read(&mut self.world.engine, &token).expect("a token");
        self.created
            .push((self.facts.now, self.facts.token.created));
    }

    /// Shares that had been created at unix second `at`.
    pub fn created_at(&self, at: i64) -> u64 {
        let earlier = self.created.iter().take_while(|(when, _)| *when <= at);
        earlier.last().map_or(0, |(_, created)| *created)
    }

    /// The token, for builders.
    pub fn token(&self) -> Account<PersonalToken> {
        Account {
            key: self.facts.key,
            data: self.facts.token,
        }
    }

    /// Who pays rents.
    pub fn payer(&self) -> Pubkey {
        self.world.payer.pubkey()
    }

    /// One of those who act now, mostly with a holder account.
    pub fn actor(&mut self) -> &'static str {
        let known = |name: &&'static str| self.facts.holders.contains_key(&key(name));
        let holders: Vec<&'static str> = self.group.iter().copied().filter(known).collect();
        let some = self.dice.one(&holders).filter(|_| self.dice.percent(90));
        some.unwrap_or_else(|| self.dice.one(self.group).expect("somebody acts"))
    }

    /// One of those who act now, mostly with free registered shares.
    pub fn shareholder(&mut self) -> &'static str {
        let able = |name: &&'static str| self.free(name) > 0;
        let able: Vec<&'static str> = self.group.iter().copied().filter(able).collect();
        let some = self.dice.one(&able).filter(|_| self.dice.percent(95));
        some.unwrap_or_else(|| self.actor())
    }

    /// One of those who act now, mostly with bearer shares.
    pub fn bearer_holder(&mut self) -> &'static str {
        let able = |name: &&'static str| self.bearer(name) > 0;
        let able: Vec<&'static str> = self.group.iter().copied().filter(able).collect();
        self.dice.one(&able).unwrap_or_else(|| self.actor())
    }

    /// Any wallet with a name.
    pub fn anybody(&mut self) -> &'static str {
        let place = self.dice.below((ACTORS.len() + PASSIVE.len()) as u64) as usize;
        ACTORS
            .get(place)
            .copied()
            .unwrap_or_else(|| PASSIVE[place - ACTORS.len()])
    }

    /// The token's owner where they act now; now and then somebody else.
    pub fn owner(&mut self) -> Option<&'static str> {
        if self.dice.percent(4) {
            return Some(self.actor());
        }
        let owner = self.facts.token.owner;
        self.group.iter().copied().find(|name| key(name) == owner)
    }

    /// A name of the group by its key.
    pub fn named(&self, wallet: &Pubkey) -> Option<&'static str> {
        self.group.iter().copied().find(|name| key(name) == *wallet)
    }

    /// Sends instructions by names.
    pub fn send(&mut self, calls: &[Call]) -> Outcome {
        send(&mut self.world, calls)
    }

    /// Registered shares of a name.
    pub fn shares(&self, name: &'static str) -> u64 {
        self.facts.holders.get(&key(name)).map_or(0, |it| it.shares)
    }

    /// Free registered shares of a name.
    pub fn free(&self, name: &'static str) -> u64 {
        let holder = self.facts.holders.get(&key(name));
        holder.and_then(|it| it.free().ok()).unwrap_or(0)
    }

    /// Registered and warming shares of a name that redeem now.
    pub fn redeemable(&self, name: &'static str) -> u64 {
        let holder = self.facts.holders.get(&key(name));
        holder.and_then(|it| it.redeemable().ok()).unwrap_or(0)
    }

    /// Bearer shares of a name.
    pub fn bearer(&self, name: &'static str) -> u64 {
        self.facts.balance(&key(name), &self.facts.token.mint)
    }

    /// Quote atoms of a name.
    pub fn cash(&self, name: &'static str) -> u64 {
        self.facts.balance(&key(name), &self.world.quote)
    }

    /// A listed asset's mint.
    pub fn mint(&mut self) -> Pubkey {
        let count = u64::from(self.facts.token.asset_count);
        let place = self.dice.below(count) as usize;
        self.facts.token.assets[place].mint
    }

    /// Shares that the endowment can bring the parts of now.
    pub fn affordable(&self) -> u64 {
        let token = &self.facts.token;
        let mut most = token.creatable(self.facts.now).unwrap_or(0);
        for asset in token.listed().unwrap_or_default() {
            let free = u128::from(asset.unlocked().unwrap_or(0));
            if asset.reserve > 0 {
                let covered = free * u128::from(token.supply) / u128::from(asset.reserve);
                most = most.min(u64::try_from(covered).unwrap_or(u64::MAX));
            }
        }
        most
    }

    /// Shares around what the rules may bound: what there is, what is free, what the cap
    /// leaves.
    pub fn share_amount(&mut self, most: u64) -> u64 {
        let token = &self.facts.token;
        let room = token
            .terms
            .supply_cap
            .saturating_sub(token.supply + token.offered);
        chance::edge(&mut self.dice, most, &[token.supply, room])
    }
}

/// Sends a transaction.
pub fn send(world: &mut World, calls: &[Call]) -> Outcome {
    let names: BTreeSet<&'static str> = calls.iter().flat_map(|it| &it.signers).copied().collect();
    let keys: Vec<Keypair> = names.into_iter().map(keypair).collect();
    let keys: Vec<&Keypair> = keys.iter().collect();
    let instructions: Vec<Instruction> = calls.iter().map(|it| it.instruction.clone()).collect();
    world.send_all(&instructions, &keys)
}

/// A call by names. Who is named and not asked to sign takes the place of a signer who is
/// not named: so a call can be signed by the wrong one.
pub fn call(
    what: impl Into<String>,
    mut instruction: Instruction,
    signers: &[&'static str],
) -> Option<Call> {
    let keys: Vec<Pubkey> = signers.iter().map(|name| key(name)).collect();
    let payer = person("payer").pubkey();
    for wrong in &keys {
        let metas = &mut instruction.accounts;
        if metas.iter().any(|it| it.is_signer && it.pubkey == *wrong) {
            continue;
        }
        let other = |it: &&mut AccountMeta| {
            it.is_signer && it.pubkey != payer && !keys.contains(&it.pubkey)
        };
        metas.iter_mut().find(other)?.pubkey = *wrong;
    }
    Some(Call {
        what: what.into(),
        instruction,
        signers: signers.to_vec(),
    })
}

/// Share atoms as the SDK takes them.
pub fn shares(atoms: u64) -> Shares {
    Shares(atoms)
}

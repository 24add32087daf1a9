//! A sequence: what happened so far, and the next step on chain and in the model.

use {
    super::{SETUPS, Weighted, choose::subjects, execute::Tally},
    crate::oracle::events::EventChecker,
    crate::{
        engine::Engine,
        model::{Mint, Model, Predicted, compare::Comparer, place::Place},
        people::person,
        pool::{PoolWorld, token_of},
        rng::Rng,
        world::{NEVER, START, World, token_account_bytes},
    },
    solana_program::instruction::Instruction,
    solana_signer::Signer,
    std::collections::{BTreeMap, HashMap},
    upside_sdk::{
        Pubkey,
        address::{TOKEN_2022_PROGRAM, TOKEN_PROGRAM, find_associated},
        index::find_index,
        state::{Account, PersonalToken},
    },
};

/// What the model says of a step.
pub type Predict = Box<dyn Fn(&mut Model) -> Predicted>;

/// One transaction and what becomes of it.
pub struct Step {
    /// In words.
    pub what: String,
    /// Its instructions.
    pub instructions: Vec<Instruction>,
    /// Names of those who sign.
    pub signers: Vec<String>,
    /// What it does to the model.
    pub predict: Predict,
}

impl Step {
    /// A step of one instruction.
    pub fn new(
        what: impl Into<String>,
        instruction: Instruction,
        signers: &[&str],
        predict: impl Fn(&mut Model) -> Predicted + 'static,
    ) -> Step {
        Step {
            what: what.into(),
            instructions: vec![instruction],
            signers: signers.iter().map(|name| (*name).to_string()).collect(),
            predict: Box::new(predict),
        }
    }

    /// A step that sends nothing.
    pub fn nothing(what: impl Into<String>) -> Step {
        Step {
            what: what.into(),
            instructions: Vec::new(),
            signers: Vec::new(),
            predict: Box::new(|_| Ok(())),
        }
    }
}

/// The instruction, signed by somebody else than it asks for.
pub fn resigned(mut instruction: Instruction, right: &Pubkey, by: &Pubkey) -> Instruction {
    let metas = instruction.accounts.iter_mut();
    for meta in metas.filter(|meta| meta.is_signer && meta.pubkey == *right) {
        meta.pubkey = *by;
    }
    instruction
}

/// Wallets that act, without the people.
pub const WALLETS: [&str; 6] = ["curator", "bob", "carol", "dave", "treasury", "guardian"];

/// A sequence.
pub struct Run {
    /// The chain.
    pub pool: PoolWorld,
    /// What must be on it.
    pub model: Model,
    /// Chance.
    pub rng: Rng,
    /// Where chance began.
    pub seed: u64,
    /// What happened.
    pub steps: Vec<String>,
    /// What may happen.
    pub subjects: Vec<Weighted>,
    /// Whether the sequence ended well.
    pub finished: bool,
    /// Beyond this no time passes, unix seconds.
    pub latest: i64,
    /// What became of what was sent.
    pub tally: Tally,
    pub(crate) comparer: Comparer,
    keys: HashMap<String, Pubkey>,
    pub(crate) names: BTreeMap<Pubkey, String>,
    pub(crate) event_checker: EventChecker,
}

impl Drop for Run {
    fn drop(&mut self) {
        if std::thread::panicking() && !self.finished {
            eprintln!("seed {}:\n  {}", self.seed, self.steps.join("\n  "));
        }
    }
}

impl Run {
    /// A chain without any token: wallets with money, and the model of it.
    pub(crate) fn empty(start: i64) -> Run {
        let world = World::empty_at(Engine::lite(), start);
        let (quote, payer) = (world.quote, person("payer").pubkey());
        let pool = PoolWorld {
            index: find_index(&person("curator").pubkey(), 0).0,
            world,
            people: Vec::new(),
        };
        let mut run = Run {
            pool,
            model: Model::default(),
            rng: Rng(0),
            seed: 0,
            steps: Vec::new(),
            subjects: subjects(0),
            finished: false,
            latest: NEVER,
            tally: Tally::default(),
            comparer: Comparer::default(),
            keys: HashMap::new(),
            names: BTreeMap::new(),
            event_checker: EventChecker::default(),
        };
        run.model.now = run.pool.world.now();
        run.model.slot = run.pool.world.engine.clock().slot;
        run.model.payer = payer;
        run.know_mint(quote, TOKEN_PROGRAM, false);
        run
    }

    /// What every sequence begins with.
    pub fn base() -> Run {
        Run::base_at(START)
    }

    /// The same at a time of its own, unix seconds.
    pub fn base_at(start: i64) -> Run {
        let mut run = Run::empty(start);
        for setup in SETUPS {
            setup(&mut run);
        }
        run.compare_all();
        run.finished = true;
        run
    }

    /// A sequence of its own that begins here.
    pub fn fork(&self, seed: u64) -> Run {
        let mut run = Run {
            pool: self.pool.fork(),
            model: self.model.clone(),
            rng: Rng(seed),
            seed,
            steps: Vec::new(),
            subjects: subjects(seed),
            finished: false,
            latest: self.latest,
            tally: Tally::default(),
            comparer: self.comparer.clone(),
            keys: self.keys.clone(),
            names: self.names.clone(),
            event_checker: self.event_checker.clone(),
        };
        // No two sequences begin at the same second.
        run.pass((seed % 1_000) as i64);
        run
    }

    /// Goes on by other chances, on the same chain.
    pub fn reseed(&mut self, seed: u64) {
        (self.rng, self.seed, self.subjects) = (Rng(seed), seed, subjects(seed));
        self.steps.clear();
        self.finished = false;
    }

    /// The key of a name.
    pub fn key(&mut self, name: &str) -> Pubkey {
        if let Some(key) = self.keys.get(name) {
            return *key;
        }
        let key = person(name).pubkey();
        self.keys.insert(name.to_string(), key);
        self.names.insert(key, name.to_string());
        key
    }

    /// The name of a key that [`Run::key`] made.
    pub fn name(&self, key: &Pubkey) -> Option<String> {
        self.names.get(key).cloned()
    }

    /// Every key that has a name.
    pub fn names(&self) -> impl Iterator<Item = &Pubkey> {
        self.names.keys()
    }

    /// Makes a mint of 6 decimals known to the model; it must be on the chain. Issuers of
    /// Token-2022's freeze here, those of classic SPL Token do not.
    pub fn know_mint(&mut self, mint: Pubkey, program: Pubkey, seizable: bool) {
        let known = Mint {
            program,
            decimals: 6,
            seizable,
            freezable: program == TOKEN_2022_PROGRAM,
            supply: u64::MAX,
        };
        self.model.mints.insert(mint, known);
    }

    /// Gives a wallet a funded account of a mint that the model knows, on chain and in
    /// the model.
    pub fn give(&mut self, name: &str, mint: Pubkey, atoms: u64) {
        let key = self.key(name);
        self.pool.world.engine.fund(key);
        self.set_balance(key, mint, atoms);
    }

    /// Says what an owner has of a mint that the model knows, on chain and in the model.
    pub fn set_balance(&mut self, owner: Pubkey, mint: Pubkey, atoms: u64) {
        let program = self.model.mints[&mint].program;
        let account = find_associated(&owner, &mint, &program).0;
        let bytes = token_account_bytes(&mint, &owner, atoms);
        self.pool.world.put(account, program, bytes);
        self.model.accounts.insert((owner, mint), atoms);
    }

    /// Lets time pass, on chain and in the model.
    pub fn pass(&mut self, seconds: i64) {
        self.pool
            .world
            .pass(seconds.min(self.latest - self.model.now));
        self.model.now = self.pool.world.now();
    }

    /// Lets time pass until `at`, if it is ahead.
    pub fn pass_until(&mut self, at: i64) {
        let seconds = at.saturating_sub(self.model.now);
        if seconds > 0 {
            self.steps.push(format!("{seconds} seconds pass"));
            self.pass(seconds);
        }
    }

    /// Lets time pass until `at`, now and then only to the second before it.
    pub fn pass_mostly_until(&mut self, at: i64) {
        let early = !self.rng.percent(85);
        self.pass_until(at - i64::from(early));
    }

    /// The time.
    pub fn now(&self) -> i64 {
        self.model.now
    }

    /// A person's name, one of those with a token.
    pub fn somebody(&mut self) -> String {
        // Half of the sequences are mostly about one person.
        if self.seed % 2 == 1 && self.rng.percent(80) {
            return self.pool.people[0].clone();
        }
        self.rng
            .one(&self.pool.people)
            .expect("somebody has a token")
    }

    /// Anybody: a wallet or a person.
    pub fn anybody(&mut self) -> String {
        let place = self
            .rng
            .below((WALLETS.len() + self.pool.people.len()) as u64) as usize;
        match WALLETS.get(place) {
            Some(name) => (*name).to_string(),
            None => self.pool.people[place - WALLETS.len()].clone(),
        }
    }

    /// Mostly the right one, now and then anybody.
    pub fn mostly(&mut self, name: &str) -> String {
        if self.rng.percent(95) {
            return name.to_string();
        }
        self.anybody()
    }

    /// The name of the token's owner.
    pub fn owner_of(&mut self, person: &str) -> String {
        let owner = self.model.tokens[&token_of(person)].owner;
        self.name(&owner).expect("owners have names")
    }

    /// A person's token on the chain, for builders of instructions.
    pub fn token(&mut self, person: &str) -> Account<PersonalToken> {
        self.pool.token(person)
    }

    /// Who manages a token's claims, mostly: the owner, or in a wind-down its executor.
    pub fn manager_of(&mut self, person: &str) -> String {
        let token = &self.model.tokens[&token_of(person)];
        let (wound_up, executor) = (token.wound_up, token.executor);
        let owner = self.owner_of(person);
        if wound_up && self.rng.percent(50) {
            return self.name(&executor).unwrap_or(owner);
        }
        self.mostly(&owner)
    }

    /// How many numbers were compared so far.
    pub fn compared(&self) -> u64 {
        self.comparer.compared
    }

    /// Compares every account.
    #[track_caller]
    pub fn compare_all(&mut self) {
        let engine = &mut self.pool.world.engine;
        if let Err(wrong) = self.comparer.all(&self.model, engine) {
            panic!("{wrong}");
        }
    }

    /// The address of an account.
    #[allow(dead_code, reason = "for tests that tamper")]
    pub fn address(&self, place: Place) -> Pubkey {
        place.address()
    }
}

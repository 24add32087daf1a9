//! How a world with an index begins: people with tokens, an index of them, what it holds
//! first.

use {
    super::{ACTORS, HAS, PoolWorld, index_args, token_of},
    crate::{
        engine::Engine,
        people::person,
        terms::token_args,
        world::{ONE, World, minter},
    },
    solana_signer::Signer,
    upside_sdk::{
        Atoms, Shares,
        address::{TOKEN_2022_PROGRAM, TOKEN_PROGRAM},
        index::{CreateIndexArgs, LOCKED_SHARES, find_index, instruction as ix},
        instruction as token_ix,
        state::CreateTokenArgs,
    },
};

impl PoolWorld {
    /// An index that was created and holds nothing yet; `count` people with tokens, of
    /// whom every actor has shares.
    pub fn seeding(
        engine: Engine,
        count: usize,
        change: impl FnOnce(&mut CreateIndexArgs),
    ) -> PoolWorld {
        let mut world = World::empty(engine);
        for name in ACTORS.iter().chain(&["treasury", "guardian"]) {
            let wallet = person(name).pubkey();
            world.engine.fund(wallet);
            world.give_quote(&wallet, 1_000_000 * ONE);
        }
        let mut args = index_args();
        change(&mut args);
        let curator = person("curator");
        let index = find_index(&curator.pubkey(), args.number).0;
        let mut pool = PoolWorld {
            world,
            index,
            people: Vec::new(),
        };
        for place in 0..count {
            pool.add_person(&format!("p{place}"), |_| {});
        }
        let create = ix::create_index(&pool.payer(), &curator.pubkey(), args);
        pool.send(&create, &["curator"]).succeeded();
        for name in ACTORS.iter().chain(&["treasury"]) {
            pool.open_shares(name);
        }
        pool
    }

    /// A person with a token, of which every actor and the person have [`HAS`] shares.
    pub fn add_person(&mut self, name: &str, change: impl FnOnce(&mut CreateTokenArgs)) {
        let owner = person(name);
        self.world.engine.fund(owner.pubkey());
        let quote = self.world.quote;
        self.world.give(&owner.pubkey(), &quote, 1_000_000 * ONE);
        let mut args = token_args();
        args.name = format!("Person {name}");
        args.terms.reserve_bps = 0;
        change(&mut args);
        let create = token_ix::create_token(
            &self.payer(),
            &owner.pubkey(),
            &quote,
            &TOKEN_PROGRAM,
            minter(),
            args,
        );
        self.send(&create, &[name]).succeeded();
        self.people.push(name.to_string());
        for holder in ACTORS.iter().copied().chain([name]) {
            self.open_holder(name, holder);
            self.issue(name, holder, HAS);
        }
    }

    /// Opens a wallet's holder account of a person's token; the owner admits it.
    pub fn open_holder(&mut self, name: &str, holder: &str) {
        let (owner, wallet) = (person(name).pubkey(), person(holder).pubkey());
        let open = token_ix::open_holder(&token_of(name), &self.payer(), &owner, &wallet);
        self.send(&open, &[name]).succeeded();
    }

    /// Issues shares of a person's token.
    pub fn issue(&mut self, name: &str, holder: &str, shares: u64) {
        let token = self.token(name);
        let wallet = person(holder).pubkey();
        let mut all = self.world.endow_token_for(&token, shares);
        all.push(token_ix::issue(&token, &wallet, Shares(shares), Atoms(0)));
        self.world.send_all(&all, &[&person(name)]).succeeded();
    }

    /// Makes a wallet's account of the index's shares.
    pub fn open_shares(&mut self, name: &str) {
        let mint = self.index().data.mint;
        let (payer, wallet) = (self.payer(), person(name).pubkey());
        let create = token_ix::create_associated(&payer, &wallet, &mint, &TOKEN_2022_PROGRAM);
        self.send(&create, &[]).succeeded();
    }

    /// Adds everybody, and cash last.
    pub fn add_everybody(&mut self) {
        let (payer, quote) = (self.payer(), self.world.quote);
        for name in self.people.clone() {
            let add = ix::add_personal(&self.index(), &payer, &token_of(&name));
            self.send(&add, &["curator"]).succeeded();
        }
        let authority = Some(person("mint authority").pubkey());
        let add = ix::add_mint(
            &self.index(),
            &payer,
            &quote,
            &TOKEN_PROGRAM,
            authority,
            true,
        );
        self.send(&add, &["curator"]).succeeded();
    }

    /// Seeds a slot.
    pub fn seed(&mut self, slot: u8, amount: u64) {
        let seed = ix::seed(&self.index(), slot, amount).unwrap();
        self.send(&seed, &["curator"]).succeeded();
    }

    /// Launches the index.
    pub fn launch(&mut self, shares: u64) {
        let launch = ix::launch(&self.index(), &self.payer(), shares);
        self.send(&launch, &["curator"]).succeeded();
        assert!(shares > LOCKED_SHARES);
    }
}

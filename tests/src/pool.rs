//! A chain with an index over several people's tokens.

use {
    crate::{
        engine::{Engine, Outcome},
        people::person,
        terms::token_args,
        world::{DAY, NEVER, ONE, World},
    },
    solana_keypair::Keypair,
    solana_program::instruction::Instruction,
    solana_signer::Signer,
    std::collections::BTreeMap,
    upside_sdk::{
        Atoms, Pubkey, Shares,
        address::{TOKEN_PROGRAM, TokenAddresses, find_associated, find_holder},
        fetch as sdk_fetch,
        index::{
            Auction, Basket, ContributeArgs, CreateIndexArgs, Index, Kind, LOCKED_SHARES,
            Membership, OfferTerms, ParametersArgs, RedeemArgs, TermsArgs,
            fetch::{Person, Pool},
            find_auction, find_basket, find_index, find_membership,
            instruction::{self as ix, share_account},
            quote,
        },
        instruction as token_ix,
        state::{Account, CreateTokenArgs, Holder, PersonalToken},
    },
};

/// One whole share of an index: it has 9 decimals.
pub const INDEX_ONE: u64 = 1_000_000_000;
/// Shares of an index at its launch.
pub const LAUNCHED: u64 = 1_000 * INDEX_ONE;
/// Shares of each person that each actor begins with.
pub const HAS: u64 = 100_000 * ONE;
/// Who has shares of everybody and cash.
pub const ACTORS: [&str; 3] = ["curator", "bob", "carol"];

/// A world with an index.
pub struct PoolWorld {
    /// The chain.
    pub world: World,
    /// The index.
    pub index: Pubkey,
    /// Names of the people in it, in the order of their slots.
    pub people: Vec<String>,
}

/// Terms of an index with some of everything.
pub fn index_args() -> CreateIndexArgs {
    CreateIndexArgs {
        number: 0,
        name: "Makers of the future".into(),
        symbol: "MAKERS".into(),
        terms: TermsArgs {
            equal_share_bps: 1_000,
            offer_cap_bps: 500,
            window_cap_bps: 800,
            notice_seconds: 7 * 86_400,
        },
        parameters: ParametersArgs {
            management_fee_bps: 200,
            entry_fee_bps: 100,
            exit_fee_bps: 50,
            max_harvest_age: 3_600,
        },
        guardian: person("guardian").pubkey(),
        fee_recipient: person("treasury").pubkey(),
    }
}

/// The token of a person.
pub fn token_of(name: &str) -> Pubkey {
    TokenAddresses::of_creator(&person(name).pubkey()).token
}

/// What the index holds of the person at `place` at its launch.
pub fn seeded(place: usize) -> u64 {
    (place as u64 + 1) * 1_000 * ONE
}

/// Cash that the index holds at its launch.
pub const CASH: u64 = 5_000 * ONE;

impl PoolWorld {
    /// A person's token makes a wallet's holder account a venue, or no longer: announced,
    /// and applied after the notice.
    pub fn mark_venue(&mut self, name: &str, wallet: &Pubkey, open: bool) {
        let token = self.token(name);
        let set = token_ix::set_venue(&token, wallet, open);
        self.send(&set, &[name]).succeeded();
        let holder = find_holder(&token.key, wallet).0;
        let announced = self.world.get::<Holder>(&holder).data.venue_announced_at;
        if announced != 0 {
            self.world.pass(i64::from(token.data.terms.notice_seconds));
            let apply = token_ix::apply_venue(&token.key, wallet);
            self.send(&apply, &[]).succeeded();
        }
    }

    /// A launched index over `count` people and cash, on LiteSVM.
    pub fn new(count: usize) -> PoolWorld {
        PoolWorld::with(count, |_| {})
    }

    /// The same with arguments that `change` sets.
    pub fn with(count: usize, change: impl FnOnce(&mut CreateIndexArgs)) -> PoolWorld {
        PoolWorld::on(Engine::lite(), count, change)
    }

    /// The same on an engine.
    pub fn on(
        engine: Engine,
        count: usize,
        change: impl FnOnce(&mut CreateIndexArgs),
    ) -> PoolWorld {
        let mut pool = PoolWorld::seeding(engine, count, change);
        pool.add_everybody();
        for slot in 0..pool.people.len() {
            pool.seed(slot as u8, seeded(slot));
        }
        pool.seed(pool.people.len() as u8, CASH);
        pool.launch(LAUNCHED);
        pool
    }

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

    /// A copy that goes its own way, on LiteSVM.
    pub fn fork(&self) -> PoolWorld {
        PoolWorld {
            world: self.world.fork(),
            index: self.index,
            people: self.people.clone(),
        }
    }

    /// The address that pays fees and rents.
    pub fn payer(&self) -> Pubkey {
        self.world.payer.pubkey()
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
        let create =
            token_ix::create_token(&self.payer(), &owner.pubkey(), &quote, &TOKEN_PROGRAM, args);
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
        let create = token_ix::create_associated(&payer, &wallet, &mint, &TOKEN_PROGRAM);
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
        let add = ix::add_cash(&self.index(), &payer, &quote, &TOKEN_PROGRAM, authority);
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

    /// Runs one instruction, signed by people.
    pub fn send(&mut self, instruction: &Instruction, signers: &[&str]) -> Outcome {
        self.send_all(std::slice::from_ref(instruction), signers)
    }

    /// Runs several in one transaction.
    pub fn send_all(&mut self, instructions: &[Instruction], signers: &[&str]) -> Outcome {
        let keys: Vec<Keypair> = signers.iter().map(|name| person(name)).collect();
        let keys: Vec<&Keypair> = keys.iter().collect();
        self.world.send_all(instructions, &keys)
    }

    /// The index.
    pub fn index(&mut self) -> Account<Index> {
        let key = self.index;
        self.world.get(&key)
    }

    /// A person's token.
    pub fn token(&mut self, name: &str) -> Account<PersonalToken> {
        self.world.get(&token_of(name))
    }

    /// A wallet's holder account of a person's token.
    pub fn holder(&mut self, name: &str, wallet: &Pubkey) -> Account<Holder> {
        let key = find_holder(&token_of(name), wallet).0;
        self.world.get(&key)
    }

    /// A person's membership.
    pub fn membership(&mut self, name: &str) -> Account<Membership> {
        let key = find_membership(&self.index, &token_of(name)).0;
        self.world.get(&key)
    }

    /// A wallet's basket.
    pub fn basket(&mut self, name: &str, nonce: u64) -> Account<Basket> {
        let key = find_basket(&self.index, &person(name).pubkey(), nonce).0;
        self.world.get(&key)
    }

    /// An auction.
    pub fn auction(&mut self, number: u64) -> Account<Auction> {
        let key = find_auction(&self.index, number).0;
        self.world.get(&key)
    }

    /// Index share atoms of a person.
    pub fn shares(&mut self, name: &str) -> u64 {
        let index = self.index();
        let account = share_account(&index.data, &person(name).pubkey());
        self.world.balance(&account)
    }

    /// Share atoms of a person's token that a wallet has registered.
    pub fn has(&mut self, name: &str, wallet: &str) -> u64 {
        let wallet = person(wallet).pubkey();
        self.holder(name, &wallet).data.shares
    }

    /// Everything that quotes need, as `fetch::pool` reads it.
    pub fn pool(&mut self) -> Pool {
        let index = self.index();
        let mint = self.world.engine.account(&index.data.mint).unwrap();
        let mint_supply = u64::from_le_bytes(mint.data[36..44].try_into().unwrap());
        let mut persons = BTreeMap::new();
        for (slot, constituent) in (0u8..).zip(&index.data.constituents) {
            if constituent.kind == Kind::Personal as u8 {
                let person = Person {
                    token: self.world.get(&constituent.key),
                    custody: self.world.get(&constituent.custody),
                };
                persons.insert(slot, person);
            }
        }
        Pool {
            index,
            mint_supply,
            clock: self.world.engine.clock(),
            persons,
        }
    }

    /// A contribution without bounds.
    pub fn contribute_ix(&mut self, name: &str, shares: u64) -> Instruction {
        let index = self.index();
        let args = ContributeArgs {
            shares,
            most: vec![u64::MAX; index.data.held().count()],
            deadline: NEVER,
        };
        ix::contribute(&index, &person(name).pubkey(), args).unwrap()
    }

    /// A redemption without bounds.
    pub fn redeem_ix(&mut self, name: &str, shares: u64) -> Instruction {
        let index = self.index();
        ix::redeem(&index, &person(name).pubkey(), self.redeem_args(shares)).unwrap()
    }

    /// Arguments of a redemption without bounds.
    pub fn redeem_args(&mut self, shares: u64) -> RedeemArgs {
        RedeemArgs {
            shares,
            least: vec![0; self.index().data.held().count()],
            allow_stale: false,
            deadline: NEVER,
        }
    }

    /// Contributes.
    pub fn contribute(&mut self, name: &str, shares: u64) {
        let contribute = self.contribute_ix(name, shares);
        self.send(&contribute, &[name]).succeeded();
    }

    /// Redeems.
    pub fn redeem(&mut self, name: &str, shares: u64) {
        let redeem = self.redeem_ix(name, shares);
        self.send(&redeem, &[name]).succeeded();
    }

    /// The harvests of a slot.
    pub fn harvest_ixs(&mut self, slot: u8) -> Vec<Instruction> {
        let pool = self.pool();
        let token = pool.person(slot).unwrap().token.clone();
        let found = quote::harvests(&pool, slot).unwrap();
        found
            .iter()
            .map(|harvest| {
                let cash = harvest.cash_slot;
                let mint = cash.map(|cash| pool.index.data.constituent(cash).unwrap().key);
                let payout = mint.map(|mint| token.data.asset_of(&mint).unwrap());
                ix::harvest(&pool.index, slot, &token, payout).unwrap()
            })
            .collect()
    }

    /// Harvests everybody.
    pub fn harvest_all(&mut self) {
        for slot in self.pool().persons.into_keys() {
            let harvests = self.harvest_ixs(slot);
            self.send_all(&harvests, &[]).succeeded();
        }
    }

    /// A person pays revenue to the holders of their token.
    pub fn pay_revenue(&mut self, name: &str, amount: u64) {
        let token = self.token(name);
        let number = token.data.claims;
        let mut terms = crate::terms::revenue_terms(self.world.quote);
        if let upside_sdk::state::ClaimTerms::RevenueShare { payer, .. } = &mut terms {
            *payer = person(name).pubkey();
        }
        let declare = token_ix::declare_claim(&token, &self.payer(), terms);
        self.send(&declare, &[name]).succeeded();
        let claim = upside_sdk::address::find_claim(&token.key, number).0;
        let claim = self.world.get(&claim);
        let token = self.token(name);
        let wallet = person(name).pubkey();
        let pay = token_ix::pay_revenue(&token, &claim, &wallet, Atoms(amount)).unwrap();
        self.send(&pay, &[name]).succeeded();
    }

    /// Offers a person a membership.
    pub fn offer(&mut self, name: &str, token_shares: u64, index_shares: u64) {
        let terms = OfferTerms {
            token_shares,
            index_shares,
            expires_at: self.world.now() + 30 * DAY,
        };
        let offer = ix::offer_membership(&self.index(), &self.payer(), &token_of(name), terms);
        self.send(&offer, &["curator"]).succeeded();
    }

    /// A person accepts; the notice must be over.
    pub fn accept(&mut self, name: &str) {
        let accept = ix::accept_membership(&self.index(), &self.token(name));
        self.send(&accept, &[name]).succeeded();
    }

    /// Makes a person a member with 1,000 of their shares for 10 of the index.
    pub fn join(&mut self, name: &str) {
        self.open_shares(name);
        self.offer(name, 1_000 * ONE, 10 * INDEX_ONE);
        self.world.pass(8 * DAY);
        self.accept(name);
    }

    /// The books add up: each custody holds what its slot's books say, and the supply
    /// is what the mint has.
    #[track_caller]
    pub fn check_books(&mut self) {
        let index = self.index();
        for (slot, constituent) in (0u8..).zip(&index.data.constituents) {
            let held = match constituent.kind().unwrap() {
                Kind::Free => continue,
                Kind::Personal => self.world.get::<Holder>(&constituent.custody).data.shares,
                Kind::Cash => self.world.balance(&constituent.custody),
            };
            let booked = index.data.booked(slot).unwrap();
            assert!(held >= booked, "slot {slot}: holds {held}, books {booked}");
        }
        let mint = self.world.engine.account(&index.data.mint).unwrap();
        let minted = sdk_fetch::mint_info(&sdk_fetch::Raw {
            key: index.data.mint,
            owner: mint.owner,
            data: mint.data,
            lamports: 0,
        });
        assert!(minted.unwrap().supply <= index.data.supply);
    }

    /// A wallet's cash.
    pub fn cash(&mut self, name: &str) -> u64 {
        let quote = self.world.quote;
        let account = find_associated(&person(name).pubkey(), &quote, &TOKEN_PROGRAM).0;
        self.world.balance(&account)
    }
}

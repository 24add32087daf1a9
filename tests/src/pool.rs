//! A chain with an index over several people's tokens.

mod setup;

use {
    crate::{
        engine::{Engine, Outcome},
        people::person,
        world::{NEVER, ONE, World},
    },
    solana_keypair::Keypair,
    solana_program::instruction::Instruction,
    solana_signer::Signer,
    std::collections::BTreeMap,
    upside_sdk::{
        Atoms, Pubkey,
        address::{TOKEN_PROGRAM, TokenAddresses, find_associated, find_holder},
        fetch as sdk_fetch,
        index::{
            Basket, ContributeArgs, CreateIndexArgs, IndexStatus, Membership, ParametersInput,
            PooledIndex, Rebalance, RedeemArgs, SlotAtoms, SlotKind, TermsInput,
            fetch::{Person, Pool},
            find_basket, find_membership, find_rebalance,
            instruction::{self as ix, share_account},
            quote,
        },
        instruction as token_ix,
        state::{Account, Holder, PersonalToken},
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
        uri: "https://makers.example/index.json".into(),
        terms: TermsInput {
            equal_share_bps: 1_000,
            dilution_bps: 800,
            notice_seconds: 7 * 86_400,
            credential: person("credential").pubkey(),
            schema: person("schema").pubkey(),
        },
        parameters: ParametersInput {
            management_fee_bps: 200,
            entry_fee_bps: 100,
            exit_fee_bps: 50,
        },
        recipients: crate::votes::recipients(&[("treasury", 10_000)]),
        launcher: person("launcher").pubkey(),
        admissions: person("admissions").pubkey(),
        guardian: person("guardian").pubkey(),
    }
}

/// Bounds of a contribution that takes whatever it costs: of every slot that is held, or is
/// a coin.
pub fn unbounded(index: &PooledIndex) -> Vec<SlotAtoms> {
    let slots = (0u8..).zip(&index.constituents);
    slots
        .filter(|(_, slot)| slot.is_held() || slot.coin > 0)
        .map(|(slot, _)| SlotAtoms {
            slot,
            atoms: u64::MAX,
        })
        .collect()
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
    pub fn index(&mut self) -> Account<PooledIndex> {
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

    /// The rebalance.
    pub fn rebalance(&mut self) -> Account<Rebalance> {
        let key = find_rebalance(&self.index).0;
        self.world.get(&key)
    }

    /// Changes what the index's account says, as no instruction would.
    pub fn edit(&mut self, change: impl FnOnce(&mut PooledIndex)) {
        let mut index = self.index();
        change(&mut index.data);
        let mut account = self.world.engine.account(&index.key).unwrap();
        account.data[8..].copy_from_slice(bytemuck::bytes_of(&index.data));
        self.world.engine.set_account(index.key, account);
    }

    /// Makes all of the supply support an announcement, as locks would.
    pub fn support_by_force(&mut self, nonce: u64) {
        self.edit(|index| {
            let mut places = index.announcements.iter_mut();
            let place = places.find(|place| place.nonce == nonce);
            place.expect("it is announced").support = index.supply;
        });
    }

    /// Makes the books say that this much of a slot backs shares.
    pub fn set_counter(&mut self, slot: u8, atoms: u64) {
        self.edit(|index| index.constituents[usize::from(slot)].counter = atoms);
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
            if constituent.kind == SlotKind::Personal {
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
            uri: sdk_fetch::metadata(&mint.data).unwrap().uri,
            clock: self.world.engine.clock(),
            persons,
        }
    }

    /// A contribution without bounds.
    pub fn contribute_ix(&mut self, name: &str, shares: u64) -> Instruction {
        let index = self.index();
        let args = ContributeArgs {
            shares,
            least_shares: 0,
            most: unbounded(&index.data),
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
    pub fn redeem_args(&self, shares: u64) -> RedeemArgs {
        RedeemArgs {
            shares,
            least: Vec::new(),
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
                let cash = harvest.coin_slot;
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

    /// The books add up: each custody holds what its slot's books say, and the supply
    /// is what the mint has.
    #[track_caller]
    pub fn check_books(&mut self) {
        let index = self.index();
        for (slot, constituent) in (0u8..).zip(&index.data.constituents) {
            let held = match constituent.kind().unwrap() {
                SlotKind::Free => continue,
                SlotKind::Personal => self.world.get::<Holder>(&constituent.custody).data.shares,
                SlotKind::Mint => self.world.balance(&constituent.custody),
            };
            let booked = index.data.booked(slot).unwrap();
            assert!(held >= booked, "slot {slot}: holds {held}, books {booked}");
        }
        let own = share_account(&index.data, &index.key);
        if index.data.status != IndexStatus::Seeding {
            let own = self.world.balance(&own);
            assert_eq!(own, index.data.own_shares().unwrap(), "locked shares");
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

//! A token with random terms, holders who will do nothing, and a coalition that will.

use {
    crate::{
        cast::{ACTORS, BASE, PASSIVE, key, keypair},
        chance,
        draft::Call,
        random_terms,
        search::Stage,
    },
    solana_signer::Signer,
    upside_sdk::{
        Pubkey,
        address::{TOKEN_2022_PROGRAM, TOKEN_PROGRAM},
        anchor::{Owner, ZeroCopy},
        instruction as ix,
        state::{Account, PROGRAM_ID, PersonalToken, decode},
    },
    upside_tests::{
        invariant::{Facts, Least},
        people::person,
        rng::Rng,
        world::{ONE, World, mint_bytes, minter},
    },
};

/// Where a sequence is.
pub struct Scene {
    /// The chain.
    pub world: World,
    /// What it says.
    pub facts: Facts,
    /// Chance.
    pub rng: Rng,
    /// What landed lately.
    pub seen: Vec<Call>,
    /// What accounts held since before open polls were put.
    pub least: Least,
    /// Shares ever created, by when they had been.
    pub created: Vec<(i64, u64)>,
    /// Shares that were free of room when it began.
    pub launch: u64,
    /// Who acts now.
    pub group: &'static [&'static str],
    /// What undoes a rule of the program after each transaction; `None` in earnest.
    pub mutation: Option<Mutation>,
}

/// Takes a rule out: changes what a transaction left, given what was before.
pub type Mutation = fn(&mut World, &Facts, &Facts);
impl Scene {
    /// Sets a scene: what holders have is theirs from then on.
    pub fn begin(seed: u64, group: &'static [&'static str]) -> Scene {
        let mut rng = Rng(seed);
        let mut world = BASE.with(World::fork);
        world.pass((seed % 1_000) as i64);
        let create = world.create_token(random_terms::args(&mut rng));
        world.send(&create, &[&keypair("founder")]).ok();
        let token = world.token;
        let facts = Facts::read(&mut world.engine, &token).expect("a token");
        let launch = facts.token.terms.launch_shares;
        let mut scene = Scene {
            world,
            facts,
            rng,
            seen: Vec::new(),
            least: Least::default(),
            created: Vec::new(),
            launch,
            group,
            mutation: None,
        };
        scene.people();
        scene.holdings();
        scene.refresh();
        scene
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
        if self.rng.percent(60) {
            let payout = self.rng.percent(60);
            let bytes = mint_bytes(u64::MAX);
            self.world.add_mint(coin, TOKEN_PROGRAM, bytes);
            for name in PASSIVE.into_iter().chain(ACTORS) {
                self.world.give(&key(name), &coin, 1_000_000 * ONE);
            }
            let (token, payer) = (self.world.token(), self.world.payer.pubkey());
            let list = ix::add_asset(&token, &payer, &coin, &TOKEN_PROGRAM, minter(), payout);
            self.world.send(&list, &[&keypair("founder")]).ok();
        }
        crate::setup::claims(self);
        crate::setup::backers(self);
        crate::setup::markets(self);
        crate::setup::money(self);
        crate::setup::orders(self);
        crate::setup::endings(self);
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
        let some = self.rng.one(&holders).filter(|_| self.rng.percent(90));
        some.unwrap_or_else(|| self.rng.one(self.group).expect("somebody acts"))
    }

    /// One of those who act now, mostly with free registered shares.
    pub fn shareholder(&mut self) -> &'static str {
        let able = |name: &&'static str| self.free(name) > 0;
        let able: Vec<&'static str> = self.group.iter().copied().filter(able).collect();
        let some = self.rng.one(&able).filter(|_| self.rng.percent(95));
        some.unwrap_or_else(|| self.actor())
    }

    /// One of those who act now, mostly with bearer shares.
    pub fn bearer_holder(&mut self) -> &'static str {
        let able = |name: &&'static str| self.bearer(name) > 0;
        let able: Vec<&'static str> = self.group.iter().copied().filter(able).collect();
        self.rng.one(&able).unwrap_or_else(|| self.actor())
    }

    /// Any wallet with a name.
    pub fn anybody(&mut self) -> &'static str {
        let place = self.rng.below((ACTORS.len() + PASSIVE.len()) as u64) as usize;
        ACTORS
            .get(place)
            .copied()
            .unwrap_or_else(|| PASSIVE[place - ACTORS.len()])
    }

    /// The token's owner where they act now; now and then somebody else.
    pub fn owner(&mut self) -> Option<&'static str> {
        if self.rng.percent(4) {
            return Some(self.actor());
        }
        let owner = self.facts.token.owner;
        self.group.iter().copied().find(|name| key(name) == owner)
    }

    /// A name of the group by its key.
    pub fn named(&self, wallet: &Pubkey) -> Option<&'static str> {
        self.group.iter().copied().find(|name| key(name) == *wallet)
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

    /// Some account of a type that facts do not hold.
    pub fn some_account<T: ZeroCopy + Owner>(&mut self) -> Option<Account<T>> {
        let own = self.world.engine.owned_by(&PROGRAM_ID);
        let decoded = own
            .iter()
            .filter_map(|(key, it)| decode::<T>(key, &it.owner, &it.data).ok());
        let mut found: Vec<Account<T>> = decoded.collect();
        let place = self.rng.below(found.len().max(1) as u64) as usize;
        (place < found.len()).then(|| found.swap_remove(place))
    }

    /// A listed asset's mint.
    pub fn mint(&mut self) -> Pubkey {
        let count = u64::from(self.facts.token.asset_count);
        let place = self.rng.below(count) as usize;
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
        chance::edge(&mut self.rng, most, &[token.supply, room])
    }
}

//! A chain with a clock, people, mints and one token.

mod actions;

use {
    crate::{
        engine::{Engine, Outcome},
        people::person,
        rpc,
        terms::token_args,
    },
    solana_account::Account as Bytes,
    solana_keypair::Keypair,
    solana_program::instruction::Instruction,
    solana_signer::Signer,
    upside_sdk::{
        Pubkey,
        address::{
            TOKEN_2022_PROGRAM, TOKEN_PROGRAM, TokenAddresses, bearer_account, find_associated,
            find_claim, find_contribution, find_grant, find_holder, find_round,
        },
        fetch, instruction as ix,
        state::{
            Account, Claim, Contribution, CreateTokenArgs, Grant, Holder, PersonalToken, Round,
            decode,
        },
    },
};

/// When every world begins, unix time.
pub const START: i64 = 1_800_000_000;
/// A day in seconds.
pub const DAY: i64 = 86_400;
/// One whole unit of a quote currency or of shares: both have 6 decimals.
pub const ONE: u64 = 1_000_000;
/// A time that never comes.
pub const NEVER: i64 = i64::MAX;

/// A chain and who lives on it.
pub struct World {
    /// The runtime.
    pub engine: Engine,
    /// Pays all fees and rents.
    pub payer: Keypair,
    /// Creator and owner of the token.
    pub founder: Keypair,
    /// The token's address.
    pub token: Pubkey,
    /// The quote mint.
    pub quote: Pubkey,
    now: i64,
}

/// Who may mint what [`mint_bytes`] makes.
pub fn minter() -> Option<Pubkey> {
    Some(person("mint authority").pubkey())
}

/// A mint's bytes: classic SPL Token, 6 decimals.
pub fn mint_bytes(supply: u64) -> Vec<u8> {
    let mut data = vec![0; 82];
    data[0..4].copy_from_slice(&1u32.to_le_bytes());
    data[4..36].copy_from_slice(minter().unwrap().as_ref());
    data[36..44].copy_from_slice(&supply.to_le_bytes());
    data[44] = 6;
    data[45] = 1;
    data
}

/// A token account's bytes, without extensions.
pub fn token_account_bytes(mint: &Pubkey, owner: &Pubkey, amount: u64) -> Vec<u8> {
    let mut data = vec![0; 165];
    data[..32].copy_from_slice(mint.as_ref());
    data[32..64].copy_from_slice(owner.as_ref());
    data[64..72].copy_from_slice(&amount.to_le_bytes());
    data[108] = 1;
    data
}

impl World {
    /// A chain without any token.
    pub fn empty(engine: Engine) -> World {
        World::empty_at(engine, START)
    }

    /// The same that begins at a time of its own, unix seconds.
    pub fn empty_at(engine: Engine, now: i64) -> World {
        let payer = person("payer");
        let founder = person("founder");
        let quote = person("quote mint").pubkey();
        let token = TokenAddresses::of_creator(&founder.pubkey()).token;
        let mut world = World {
            engine,
            payer,
            founder,
            token,
            quote,
            now,
        };
        world.engine.set_time(now);
        world.engine.fund(world.payer.pubkey());
        world.add_mint(quote, TOKEN_PROGRAM, mint_bytes(u64::MAX));
        for name in ["founder", "bob", "carol", "mallory"] {
            world.engine.fund(person(name).pubkey());
            world.give_quote(&person(name).pubkey(), 1_000_000 * ONE);
        }
        world
    }

    /// A chain with the founder's token of default terms, on LiteSVM.
    pub fn new() -> World {
        World::with(|_| {})
    }

    /// A chain with a token whose terms `change` sets, on LiteSVM.
    pub fn with(change: impl FnOnce(&mut CreateTokenArgs)) -> World {
        World::on(Engine::lite(), change)
    }

    /// A chain on an engine, with a token whose terms `change` sets.
    pub fn on(engine: Engine, change: impl FnOnce(&mut CreateTokenArgs)) -> World {
        let mut world = World::empty(engine);
        let mut args = token_args();
        change(&mut args);
        let create = world.create_token(args);
        let founder = person("founder");
        world.send(&create, &[&founder]).ok();
        world.open_holder("founder");
        world
    }

    /// A copy that goes its own way, on LiteSVM.
    pub fn fork(&self) -> World {
        World {
            engine: self.engine.fork(),
            payer: self.payer.insecure_clone(),
            founder: self.founder.insecure_clone(),
            token: self.token,
            quote: self.quote,
            now: self.now,
        }
    }

    /// Who may mint a mint, as its bytes say.
    pub fn mint_authority(&mut self, mint: &Pubkey) -> Option<Pubkey> {
        let data = self.engine.account(mint)?.data;
        let key = data.get(4..36)?.try_into().ok()?;
        data.starts_with(&[1]).then(|| Pubkey::new_from_array(key))
    }

    /// The instruction that creates the founder's token.
    pub fn create_token(&self, args: CreateTokenArgs) -> Instruction {
        let (payer, founder) = (self.payer.pubkey(), self.founder.pubkey());
        let quote = &self.quote;
        ix::create_token(&payer, &founder, quote, &TOKEN_PROGRAM, minter(), args)
    }

    /// Runs one instruction.
    pub fn send(&mut self, instruction: &Instruction, signers: &[&Keypair]) -> Outcome {
        self.send_all(std::slice::from_ref(instruction), signers)
    }

    /// Runs several instructions in one transaction.
    pub fn send_all(&mut self, instructions: &[Instruction], signers: &[&Keypair]) -> Outcome {
        let payer = self.payer.insecure_clone();
        let sent = self.engine.send(instructions, &payer, signers);
        self.now = sent.at.map_or(self.now, |at| at.time);
        sent
    }

    /// Whether a transaction of these instructions can be sent; LiteSVM takes any.
    pub fn fits(&self, instructions: &[Instruction]) -> bool {
        match self.engine {
            Engine::Rpc(_) => rpc::fits(instructions, &self.payer.pubkey()),
            _ => true,
        }
    }

    /// Lets time pass.
    pub fn pass(&mut self, seconds: i64) {
        self.now = self.engine.pass_until(self.now + seconds);
    }

    /// The time, unix seconds.
    pub fn now(&self) -> i64 {
        self.now
    }

    /// Sets an account with enough lamports for its rent.
    pub fn put(&mut self, key: Pubkey, owner: Pubkey, data: Vec<u8>) {
        let account = Bytes {
            lamports: 1_000_000_000,
            data,
            owner,
            executable: false,
            rent_epoch: u64::MAX,
        };
        self.engine.set_account(key, account);
    }

    /// Makes a mint from bytes.
    pub fn add_mint(&mut self, key: Pubkey, program: Pubkey, data: Vec<u8>) {
        self.put(key, program, data);
    }

    /// Sets a wallet's associated account of a classic mint.
    pub fn give(&mut self, wallet: &Pubkey, mint: &Pubkey, amount: u64) -> Pubkey {
        let key = find_associated(wallet, mint, &TOKEN_PROGRAM).0;
        self.put(
            key,
            TOKEN_PROGRAM,
            token_account_bytes(mint, wallet, amount),
        );
        key
    }

    /// Sets a wallet's quote balance.
    pub fn give_quote(&mut self, wallet: &Pubkey, amount: u64) -> Pubkey {
        let quote = self.quote;
        self.give(wallet, &quote, amount)
    }

    /// Balance of a token account.
    pub fn balance(&mut self, account: &Pubkey) -> u64 {
        self.engine
            .account(account)
            .and_then(|a| fetch::token_amount(&a.data))
            .unwrap_or(0)
    }

    /// A wallet's quote balance.
    pub fn cash(&mut self, name: &str) -> u64 {
        let account = find_associated(&person(name).pubkey(), &self.quote, &TOKEN_PROGRAM).0;
        self.balance(&account)
    }

    /// Balance of the quote vault.
    pub fn vault(&mut self) -> u64 {
        let vault = self.token().data.quote().vault;
        self.balance(&vault)
    }

    /// Decodes one of the program's accounts.
    #[track_caller]
    pub fn get<T: upside_sdk::anchor::ZeroCopy + upside_sdk::anchor::Owner>(
        &mut self,
        key: &Pubkey,
    ) -> Account<T> {
        let account = self.engine.account(key).expect("the account exists");
        decode(key, &account.owner, &account.data).expect("the account decodes")
    }

    /// The token.
    pub fn token(&mut self) -> Account<PersonalToken> {
        let key = self.token;
        self.get(&key)
    }

    /// A person's holder account.
    pub fn holder(&mut self, name: &str) -> Account<Holder> {
        let key = find_holder(&self.token, &person(name).pubkey()).0;
        self.get(&key)
    }

    /// A round.
    pub fn round(&mut self, number: u64) -> Account<Round> {
        let key = find_round(&self.token, number).0;
        self.get(&key)
    }

    /// A person's contribution to a round.
    pub fn contribution(&mut self, round: u64, name: &str) -> Account<Contribution> {
        let round = find_round(&self.token, round).0;
        self.get(&find_contribution(&round, &person(name).pubkey()).0)
    }

    /// A claim.
    pub fn claim(&mut self, number: u64) -> Account<Claim> {
        let key = find_claim(&self.token, number).0;
        self.get(&key)
    }

    /// Bearer tokens of a person.
    pub fn bearer(&mut self, name: &str) -> u64 {
        let account = bearer_account(&self.token, &person(name).pubkey());
        self.balance(&account)
    }

    /// The books add up: every vault holds what its counters say, the register
    /// holds what holders and uncollected rounds have, tallies are what holders answered.
    #[track_caller]
    pub fn check_books(&mut self, people: &[&str]) {
        let token = self.token();
        let data = &token.data;
        for asset in data.listed().unwrap() {
            let held = self.balance(&asset.vault);
            assert!(
                held >= asset.booked().unwrap(),
                "a vault holds less than its books"
            );
        }
        let share_custody = self.balance(&data.share_custody);
        assert!(share_custody >= data.in_custody().unwrap());
        let minted = self.engine.account(&data.mint).unwrap().data;
        let minted = u64::from_le_bytes(minted[36..44].try_into().unwrap());
        assert!(minted <= data.supply);
        let mut warming = 0;
        let mut held = 0;
        let mut answered = [(0, 0); upside_sdk::state::POLLS];
        for name in people {
            let key = find_holder(&self.token, &person(name).pubkey()).0;
            if self.engine.account(&key).is_some() {
                let holder = self.holder(name).data;
                held += holder.shares;
                warming += holder.warm;
                let marks = holder.marks.iter().zip(&data.polls);
                for ((mark, slot), sums) in marks.zip(&mut answered) {
                    if slot.seq != 0 && mark.seq == slot.seq {
                        assert!(mark.weight <= holder.shares, "no more than it holds");
                        sums.0 += mark.in_favor;
                        sums.1 += mark.against;
                    }
                }
            }
        }
        for number in 0..data.grants {
            let grant = find_grant(&self.token, number).0;
            if self.engine.account(&grant).is_some() {
                held += self.get::<Grant>(&grant).data.held().unwrap();
            }
        }
        let mut uncollected = 0;
        for number in 0..data.rounds {
            let round = find_round(&self.token, number).0;
            if self.engine.account(&round).is_some() {
                uncollected += self.round(number).data.uncollected;
            }
        }
        assert_eq!(held + uncollected, data.registered, "who earns");
        assert_eq!(warming, data.warming, "who waits");
        let tallies = data.polls.map(|slot| (slot.in_favor, slot.against));
        assert_eq!(answered, tallies, "the tallies");
        let owner = find_holder(&self.token, &data.owner).0;
        let owned = match self.engine.account(&owner) {
            Some(_) => self.get::<Holder>(&owner).data.shares,
            None => 0,
        };
        assert_eq!(data.owner_shares, owned, "the owner's shares");
    }
}

impl Default for World {
    fn default() -> Self {
        World::new()
    }
}

/// A plain Token-2022 transfer of bearer tokens from a person to the register,
/// past the program.
pub fn token_2022_transfer(world: &mut World, from: &str, shares: u64) -> Instruction {
    let token = world.token();
    let wallet = person(from).pubkey();
    let mut data = vec![12];
    data.extend_from_slice(&shares.to_le_bytes());
    data.push(6);
    let meta = solana_program::instruction::AccountMeta::new;
    let read = solana_program::instruction::AccountMeta::new_readonly;
    Instruction {
        program_id: TOKEN_2022_PROGRAM,
        accounts: vec![
            meta(bearer_account(&token.key, &wallet), false),
            read(token.data.mint, false),
            meta(token.data.share_custody, false),
            read(wallet, true),
        ],
        data,
    }
}

//! Plans and look-through of indexes, on the embedded chain through the ordinary client.

mod disclosure;
mod identity;
mod ledger;
mod logs;
mod lookthrough;
mod members;
mod planning;
mod plans;
mod votes;
mod watching;
mod zaps;

use {
    solana_account::Account as Bytes,
    solana_keypair::Keypair,
    solana_program::instruction::Instruction,
    solana_signer::Signer,
    std::time::Duration,
    upside_localnet::{ClockMode, EmbeddedChain, Options},
    upside_sdk::{
        Pubkey, RpcClient, Shares,
        action::{self, Step},
        fetch as tokens,
        index::{
            CreateIndexArgs, ParametersInput, RecipientArgs, TermsInput,
            action::{self as plan, Piece},
            fetch::{self, Pool},
        },
        instruction as ix,
        state::{
            Account, Admission, CreateTokenArgs, PersonalToken, RoundTerms, StageTerms,
            TermsInput as Promises, TransferPolicy,
        },
        transaction::{Landed, SendOptions, send_and_confirm},
    },
};

pub const ONE: u64 = 1_000_000;
pub const INDEX_ONE: u64 = 1_000_000_000;
pub const DAY: i64 = 86_400;

pub type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

/// A chain with people, their tokens and an index.
pub struct World {
    pub chain: EmbeddedChain,
    pub client: RpcClient,
    pub curator: Keypair,
    pub currency: Pubkey,
    pub people: Vec<Keypair>,
    pub index: Pubkey,
}

/// The key of somebody, the same in every run.
pub fn key(kind: u8, number: usize) -> Keypair {
    let mut seed = [kind; 32];
    seed[..8].copy_from_slice(&(number as u64).to_le_bytes());
    Keypair::new_from_array(seed)
}

impl World {
    /// People with tokens of which the curator has 10,000 shares each, and a currency.
    pub async fn new(count: usize) -> Result<World> {
        let options = Options {
            clock: ClockMode::Manual,
            ..Options::default()
        };
        let chain = EmbeddedChain::in_memory(&upside_sdk::programs(), options)?;
        let client = chain.client();
        let curator = key(1, 0);
        let currency = key(2, 0).pubkey();
        chain.create_mint(&currency, 6, &curator.pubkey())?;
        let mut world = World {
            chain,
            client,
            curator,
            currency,
            people: Vec::new(),
            index: Pubkey::default(),
        };
        let curator = world.curator.insecure_clone();
        world.fund(&curator)?;
        for number in 0..count {
            world.add_person(number).await?;
        }
        Ok(world)
    }

    /// The same with a launched index of all of them and cash.
    pub async fn launched(count: usize) -> Result<World> {
        let mut world = World::new(count).await?;
        world.create().await?;
        let index = fetch::index(&world.client, &world.index).await?;
        let mut pieces = Vec::new();
        for (place, person) in world.people.iter().enumerate() {
            let amount = (place as u64 + 1) * 10 * ONE;
            pieces.push(Piece {
                key: token_of(person),
                amount,
            });
        }
        pieces.push(Piece {
            key: world.currency,
            amount: 1_000 * ONE,
        });
        let curator = world.curator.pubkey();
        let shares = 1_000 * INDEX_ONE;
        let launch =
            plan::seed_and_launch(&world.client, &index, &curator, &pieces, shares).await?;
        world.send(&launch.steps, &[&world.curator]).await?;
        Ok(world)
    }

    async fn create(&mut self) -> Result<()> {
        let args = CreateIndexArgs {
            number: 0,
            name: "Makers".into(),
            symbol: "MAKERS".into(),
            uri: String::new(),
            terms: TermsInput {
                equal_share_bps: 1_000,
                dilution_bps: 1_000,
                notice_seconds: 7 * 86_400,
                credential: key(5, 0).pubkey(),
                schema: key(5, 1).pubkey(),
            },
            parameters: ParametersInput {
                management_fee_bps: 100,
                entry_fee_bps: 50,
                exit_fee_bps: 50,
            },
            recipients: vec![RecipientArgs {
                key: self.curator.pubkey(),
                portion_bps: 10_000,
            }],
            launcher: Pubkey::default(),
            admissions: Pubkey::default(),
            guardian: Pubkey::default(),
        };
        let curator = self.curator.pubkey();
        let plan = plan::create(&self.client, &curator, &curator, args).await?;
        self.index = plan.quote;
        self.send(&plan.steps, &[&self.curator]).await?;
        Ok(())
    }

    pub fn fund(&self, wallet: &Keypair) -> Result<()> {
        self.chain.airdrop(&wallet.pubkey(), 1_000 * INDEX_ONE)?;
        self.chain
            .mint_to(&self.currency, &wallet.pubkey(), 1_000_000 * ONE)?;
        Ok(())
    }

    async fn add_person(&mut self, number: usize) -> Result<()> {
        let person = key(3, number);
        self.fund(&person)?;
        let args = CreateTokenArgs {
            name: format!("Person {number}"),
            symbol: format!("P{number}"),
            uri: String::new(),
            terms: Promises::default(),
            admission: Admission::Open,
            transfer_policy: TransferPolicy::Free,
            guardian: Pubkey::default(),
            registrar: Pubkey::default(),
            credential: Pubkey::default(),
            schema: Pubkey::default(),
        };
        let owner = person.pubkey();
        let plan = action::create_token(&self.client, &owner, &owner, &self.currency, args).await?;
        self.send(&plan.steps, &[&person]).await?;
        let token = tokens::token(&self.client, &plan.quote.token).await?;
        let curator = self.curator.pubkey();
        let open = ix::open_holder(&token.key, &curator, &curator, &curator);
        let issue = ix::issue(&token, &curator, Shares(10_000 * ONE), upside_sdk::Atoms(0));
        self.run(vec![open, issue], &[&self.curator, &person])
            .await?;
        self.people.push(person);
        Ok(())
    }

    /// Opens a round of a person's that sells at once, 100,000 shares at 0.5.
    pub async fn open_round(&self, person: &Keypair) -> Result<()> {
        let token = self.token(person).await?;
        let mut terms = RoundTerms {
            backer_cap: u64::MAX,
            min_contribution: 1,
            opens_at: self.chain.now(),
            closes_at: self.chain.now() + 300 * DAY,
            most_part_bps: 10_000,
            ..RoundTerms::default()
        };
        terms.stages[0] = StageTerms {
            shares: 100_000 * ONE,
            price: ONE / 2,
        };
        let open = ix::open_round(&token, &person.pubkey(), terms);
        self.run(vec![open], &[person]).await?;
        Ok(())
    }

    pub async fn token(&self, person: &Keypair) -> Result<Account<PersonalToken>> {
        Ok(tokens::token(&self.client, &token_of(person)).await?)
    }

    pub async fn pool(&self) -> Result<Pool> {
        Ok(fetch::pool(&self.client, &self.index).await?)
    }

    /// Sends a plan's steps, paid by the first signer.
    pub async fn send(&self, steps: &[Step], signers: &[&Keypair]) -> Result<Vec<Landed>> {
        let options = SendOptions {
            poll: Duration::from_millis(1),
            ..SendOptions::default()
        };
        let payer = signers.first().ok_or("somebody pays")?.pubkey();
        let mut landed = Vec::new();
        for step in steps {
            let request = step.request(&payer, signers.to_vec());
            landed.push(send_and_confirm(&self.client, &request, &options).await?);
        }
        Ok(landed)
    }

    pub async fn run(&self, instructions: Vec<Instruction>, signers: &[&Keypair]) -> Result<()> {
        let step = Step::new("run", instructions);
        self.send(&[step], signers).await?;
        Ok(())
    }

    /// Index share atoms of a wallet.
    pub async fn shares(&self, wallet: &Keypair) -> Result<u64> {
        let pool = self.pool().await?;
        let account =
            upside_sdk::index::instruction::share_account(&pool.index.data, &wallet.pubkey());
        Ok(tokens::balance(&self.client, &account).await?)
    }

    pub fn deadline(&self) -> i64 {
        self.chain.now() + 600
    }

    /// Writes an account of a program, for sizes that would take long to reach.
    pub fn put(&self, accounts: Vec<(Pubkey, Bytes)>) -> Result<()> {
        Ok(self.chain.set_accounts(accounts)?)
    }
}

/// The token of a person.
pub fn token_of(person: &Keypair) -> Pubkey {
    upside_sdk::address::TokenAddresses::of_creator(&person.pubkey()).token
}

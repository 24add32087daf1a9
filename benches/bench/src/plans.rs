//! How many transactions the SDK's plans take, on the embedded chain: for whoever has no
//! lookup table yet.

use {
    crate::Section,
    solana_keypair::Keypair,
    solana_program::instruction::Instruction,
    solana_signer::Signer,
    std::{collections::BTreeMap, error::Error, fmt::Write as _, time::Duration},
    upside_localnet::{ClockMode, EmbeddedChain, Options},
    upside_sdk::{
        Atoms, Pubkey, RpcClient, Shares,
        action::{self, Step},
        address::{TokenAddresses, find_claim},
        fetch as tokens,
        index::{
            action::{
                self as plan, Contribute, HOLDER, LOOKUP_TABLE, Piece, Redeem, Unzap, Zap, made,
            },
            fetch::{self, Pool},
        },
        instruction as ix,
        state::{ClaimTerms, RoundTerms, StageTerms},
        transaction::{SendOptions, send_and_confirm},
    },
    upside_tests::{
        people::person,
        pool::{INDEX_ONE, index_args},
        terms::{revenue_terms, token_args},
        world::{DAY, ONE},
    },
};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// People beside the cash.
const PEOPLE: [usize; 4] = [5, 12, 30, 63];
/// Shares that are contributed for, redeemed and zapped.
const SHARES: u64 = 10 * INDEX_ONE;

/// A chain with an index of people who all have an open round and a reserve.
struct World {
    chain: EmbeddedChain,
    client: RpcClient,
    currency: Pubkey,
    index: Pubkey,
    people: Vec<String>,
}

impl World {
    async fn new(count: usize) -> Result<World> {
        let options = Options {
            clock: ClockMode::Manual,
            ..Options::default()
        };
        let chain = EmbeddedChain::in_memory(&upside_sdk::programs(), options)?;
        let client = chain.client();
        let currency = person("currency").pubkey();
        chain.create_mint(&currency, 6, &person("mint authority").pubkey())?;
        let mut world = World {
            chain,
            client,
            currency,
            index: Pubkey::default(),
            people: (0..count).map(|number| format!("p{number}")).collect(),
        };
        for name in ["curator", "backer"] {
            world.fund(name)?;
        }
        for name in world.people.clone() {
            world.fund(&name)?;
            world.open(&name).await?;
        }
        world.launch().await?;
        Ok(world)
    }

    fn fund(&self, name: &str) -> Result<()> {
        let wallet = person(name).pubkey();
        self.chain.airdrop(&wallet, 1_000_000_000_000)?;
        self.chain
            .mint_to(&self.currency, &wallet, 1_000_000 * ONE)?;
        Ok(())
    }

    /// A person's token, of which the curator has shares, with a reserve and a round.
    async fn open(&self, name: &str) -> Result<()> {
        let owner = person(name).pubkey();
        let mut args = token_args();
        args.symbol = name.to_uppercase();
        args.terms.reserve_bps = 0;
        let plan = action::create_token(&self.client, &owner, &owner, &self.currency, args).await?;
        self.send(&plan.steps, &[name]).await?;
        let token = tokens::token(&self.client, &plan.quote.token).await?;
        let curator = person("curator").pubkey();
        let open = ix::open_holder(&token.key, &curator, &curator, &curator);
        let issue = ix::issue(&token, &curator, Shares(10_000 * ONE), Atoms(0));
        self.run(vec![open, issue], &["curator", name]).await?;
        let give = ix::deposit_reserve(&token, &owner, &self.currency, Atoms(1_000 * ONE))?;
        let now = self.chain.now();
        let mut terms = RoundTerms {
            backer_cap: u64::MAX,
            min_contribution: 1,
            opens_at: now,
            closes_at: now + 300 * DAY,
            most_part_bps: 10_000,
            ..RoundTerms::default()
        };
        terms.stages[0] = StageTerms {
            shares: 100_000 * ONE,
            price: ONE / 2,
        };
        let token = tokens::token(&self.client, &token.key).await?;
        let open = ix::open_round(&token, &owner, terms);
        self.run(vec![give, open], &[name]).await
    }

    async fn launch(&mut self) -> Result<()> {
        let curator = person("curator").pubkey();
        let create = plan::create(&self.client, &curator, &curator, index_args()).await?;
        self.index = create.quote;
        self.send(&create.steps, &["curator"]).await?;
        let index = fetch::index(&self.client, &self.index).await?;
        let mut pieces: Vec<Piece> = self
            .people
            .iter()
            .map(|name| Piece {
                key: TokenAddresses::of_creator(&person(name).pubkey()).token,
                amount: 100 * ONE,
            })
            .collect();
        pieces.push(Piece {
            key: self.currency,
            amount: 1_000 * ONE,
        });
        let shares = 1_000 * INDEX_ONE;
        let launch = plan::seed_and_launch(&self.client, &index, &curator, &pieces, shares).await?;
        self.send(&launch.steps, &["curator"]).await?;
        // Whoever comes next makes a table of their own.
        let tables = upside_sdk::lookup_table::owned_by(&self.client, &curator).await?;
        let close = |key: &Pubkey| {
            let [deactivate, close] = upside_sdk::lookup_table::closing(key, &curator);
            (deactivate, close)
        };
        let (first, second): (Vec<_>, Vec<_>) = tables.iter().map(|it| close(&it.key)).unzip();
        if !first.is_empty() {
            self.run(first, &["curator"]).await?;
            self.chain.advance(600)?;
            self.run(second, &["curator"]).await?;
        }
        Ok(())
    }

    /// Everybody pays revenue, which has streamed for a while.
    async fn pay_dividends(&self) -> Result<()> {
        for name in &self.people {
            let owner = person(name).pubkey();
            let key = TokenAddresses::of_creator(&owner).token;
            let token = tokens::token(&self.client, &key).await?;
            let number = token.data.claims;
            let mut terms = revenue_terms(self.currency);
            if let ClaimTerms::RevenueShare { payer, .. } = &mut terms {
                *payer = owner;
            }
            let declare = ix::declare_claim(&token, &owner, terms);
            self.run(vec![declare], &[name]).await?;
            let claim = find_claim(&key, number).0;
            let claim = tokens::account(&self.client, &claim, "claim").await?;
            let token = tokens::token(&self.client, &key).await?;
            let pay = ix::pay_revenue(&token, &claim, &owner, Atoms(100 * ONE))?;
            self.run(vec![pay], &[name]).await?;
        }
        self.chain.advance(10 * DAY)?;
        Ok(())
    }

    async fn run(&self, instructions: Vec<Instruction>, signers: &[&str]) -> Result<()> {
        self.send(&[Step::new("run", instructions)], signers).await
    }

    async fn send(&self, steps: &[Step], signers: &[&str]) -> Result<()> {
        let options = SendOptions {
            poll: Duration::from_millis(1),
            ..SendOptions::default()
        };
        let keys: Vec<Keypair> = signers.iter().map(|name| person(name)).collect();
        let payer = keys.first().ok_or("somebody pays")?.pubkey();
        for step in steps {
            let request = step.request(&payer, keys.iter().collect());
            send_and_confirm(&self.client, &request, &options).await?;
        }
        Ok(())
    }

    async fn pool(&self) -> Result<Pool> {
        Ok(fetch::pool(&self.client, &self.index).await?)
    }

    fn deadline(&self) -> i64 {
        self.chain.now() + 600
    }

    fn redeem(&self, name: &str, shares: u64) -> Redeem {
        Redeem {
            wallet: person(name).pubkey(),
            shares,
            slippage_bps: 10,
            deadline: self.deadline(),
            leave_dues: false,
        }
    }
}

/// What a plan takes: all of its transactions, and those of them that make a table.
fn taken(steps: &[Step]) -> (usize, usize) {
    let tables = steps
        .iter()
        .filter(|step| step.label == "make a lookup table");
    (steps.len(), tables.count())
}

/// What every way takes with so many people.
async fn measure(count: usize) -> Result<Vec<(&'static str, (usize, usize))>> {
    let world = World::new(count).await?;
    let mut all = Vec::new();
    let request = Contribute {
        wallet: person("curator").pubkey(),
        shares: SHARES,
        slippage_bps: 10,
        deadline: world.deadline(),
    };
    let contribute = plan::contribute(&world.client, &world.pool().await?, &request).await?;
    all.push(("contribute", taken(&contribute.steps)));
    let request = world.redeem("curator", SHARES);
    let redeem = plan::redeem(&world.client, &world.pool().await?, &request).await?;
    all.push(("redeem", taken(&redeem.steps)));

    let request = Zap {
        wallet: person("backer").pubkey(),
        mint: world.currency,
        budget: 10_000 * ONE,
        shares: Some(SHARES),
        least_shares: 0,
        most: BTreeMap::new(),
        skip: false,
        slippage_bps: 10,
        deadline: world.deadline(),
    };
    let zap = plan::zap(&world.client, &world.pool().await?, &request).await?;
    all.push(("zap in, with no account yet", taken(&zap.steps)));
    world.send(&zap.steps, &["backer"]).await?;
    let backer = person("backer").pubkey();
    let holders = made(&zap.quote.rents, HOLDER);
    let tables = made(&zap.quote.rents, LOOKUP_TABLE);
    let request = Unzap {
        redeem: world.redeem("backer", zap.quote.contribution.minted),
        mint: world.currency,
        least: 0,
    };
    let unzap = plan::unzap(&world.client, &world.pool().await?, &request).await?;
    all.push(("zap out", taken(&unzap.steps)));
    world.send(&unzap.steps, &["backer"]).await?;
    let tidy = plan::tidy(&world.client, &backer, &holders, &tables).await?;
    all.push(("close what was opened", taken(&tidy.steps)));

    world.pay_dividends().await?;
    let request = Contribute {
        wallet: person("curator").pubkey(),
        shares: SHARES,
        slippage_bps: 10,
        deadline: world.deadline(),
    };
    let contribute = plan::contribute(&world.client, &world.pool().await?, &request).await?;
    all.push(("contribute, dividends due", taken(&contribute.steps)));
    let request = world.redeem("curator", SHARES);
    let redeem = plan::redeem(&world.client, &world.pool().await?, &request).await?;
    all.push(("redeem, dividends due", taken(&redeem.steps)));
    all.sort_by_key(|(what, _)| {
        let order = ["contribute", "redeem", "zap in", "zap out", "close"];
        order.iter().position(|start| what.starts_with(start))
    });
    Ok(all)
}

pub fn section() -> Section {
    let mut text = String::from(
        "How many transactions the SDK's plans take, for a wallet that has no lookup table\n\
         yet. Those that make one are in the first figure and alone in the second. Every\n\
         index holds one cash beside the people. Before entries paid for what is due, and\n\
         before tables held what is used most, 63 people took 19 to 29 to contribute, 7 to\n\
         15 to redeem, 39 to zap in; there was no zap out through bids.\n\n\
         | what | transactions | make a table |\n\
         | --- | ---: | ---: |\n",
    );
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    let mut rows = Vec::new();
    for people in PEOPLE {
        let measured = runtime.block_on(measure(people)).expect("plans land");
        for (what, (all, tables)) in measured {
            let name = format!("{what}: {people} people");
            let _ = writeln!(text, "| {name} | {all} | {tables} |");
            rows.push((name, all as u64));
        }
    }
    Section {
        heading: "Plans by size",
        text,
        rows,
    }
}

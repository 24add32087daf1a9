//! `upside index`: many people and cash behind one share.

mod auction;
mod basket;
mod bid;
mod compose;
mod contribute;
mod create;
mod curator;
mod equal_share;
mod fees;
mod harvest;
mod holdings;
mod list;
mod member;
mod offer;
mod parameters;
mod pause;
mod redeem;
mod seed;
mod show;
mod sync;
mod weights;
mod zap;

use {
    crate::{
        context::Context,
        error::Result,
        report::Slots,
        values::{IndexQuery, When},
    },
    upside_sdk::{
        Pubkey,
        address::TOKEN_PROGRAM,
        index::{self, fetch::Pool, instruction::share_account},
        instruction::create_associated,
    },
};

/// Pools of people: create, contribute, rise together, redeem
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// Create an index; you are its curator
    Create(Box<create::Args>),
    /// Add a person's token or a mint of cash, as curator
    Add(compose::AddArgs),
    /// Free a slot that holds nothing, as curator
    Remove(compose::RemoveArgs),
    /// Put the first composition together and launch, as curator
    Seed(seed::Args),
    /// Show an index: terms, roles, what it holds, members, auctions, what is announced
    Show(show::Args),
    /// List all indexes of the chain
    List(list::Args),
    /// Give of everything it holds for new shares
    Contribute(contribute::Args),
    /// Burn shares for their part of everything it holds
    Redeem(redeem::Args),
    /// Contributions and redemptions under way over several transactions
    #[command(subcommand)]
    Basket(basket::Command),
    /// Turn cash into shares: buy every person from their open round, and contribute
    Zap(zap::Args),
    /// Claim the dividends that people owe the index; anyone may
    Harvest(harvest::Args),
    /// How people come in with shares of themselves
    #[command(subcommand)]
    Member(member::Command),
    /// What is split equally among members
    #[command(subcommand)]
    EqualShare(equal_share::Command),
    /// What the index should hold, under notice
    #[command(subcommand)]
    Weights(weights::Command),
    /// Fees and the age of harvests, under notice
    #[command(subcommand)]
    Parameters(parameters::Command),
    /// Trades towards the weights, at a falling price
    #[command(subcommand)]
    Auction(auction::Command),
    /// Fees in shares: show, collect
    #[command(subcommand)]
    Fees(fees::Command),
    /// Who runs the index: hand over, name roles, leave
    #[command(subcommand)]
    Curator(curator::Command),
    /// Stop new money; redemptions, harvests and claims go on
    Pause(pause::PauseArgs),
    /// Take new money again, as curator
    Unpause(pause::UnpauseArgs),
    /// End an index for good: only redemptions, harvests and claims go on, as curator
    WindDown(pause::WindDownArgs),
    /// Book what custody holds beyond the books, or lacks; anyone may
    Sync(sync::Args),
}

pub async fn run(command: Command, ctx: &Context) -> Result<()> {
    let out = &ctx.output;
    match command {
        Command::Create(args) => out.show(&create::run(*args, ctx).await?),
        Command::Add(args) => out.show(&compose::add(&args, ctx).await?),
        Command::Remove(args) => out.show(&compose::remove(&args, ctx).await?),
        Command::Seed(args) => out.show(&seed::run(&args, ctx).await?),
        Command::Show(args) => out.show(&show::run(&args, ctx).await?),
        Command::List(args) => out.show(&list::run(&args, ctx).await?),
        Command::Contribute(args) => out.show(&contribute::run(&args, ctx).await?),
        Command::Redeem(args) => out.show(&redeem::run(&args, ctx).await?),
        Command::Basket(command) => basket::run(command, ctx).await,
        Command::Zap(args) => out.show(&zap::run(&args, ctx).await?),
        Command::Harvest(args) => out.show(&harvest::run(&args, ctx).await?),
        Command::Member(command) => member::run(command, ctx).await,
        Command::EqualShare(command) => equal_share::run(command, ctx).await,
        Command::Weights(command) => weights::run(command, ctx).await,
        Command::Parameters(command) => parameters::run(command, ctx).await,
        Command::Auction(command) => auction::run(command, ctx).await,
        Command::Fees(command) => fees::run(command, ctx).await,
        Command::Curator(command) => curator::run(command, ctx).await,
        Command::Pause(args) => out.show(&pause::pause(&args, ctx).await?),
        Command::Unpause(args) => out.show(&pause::unpause(&args, ctx).await?),
        Command::WindDown(args) => out.show(&pause::wind_down(&args, ctx).await?),
        Command::Sync(args) => out.show(&sync::run(&args, ctx).await?),
    }
}

/// What the commands of an index work on.
pub struct Found {
    /// The index with everything that quotes need.
    pub pool: Pool,
    /// What its slots are called.
    pub slots: Slots,
    /// Its symbol.
    pub symbol: String,
}

impl Found {
    /// Fetches the index that a person means.
    pub async fn of(query: &IndexQuery, ctx: &Context) -> Result<Self> {
        let pool = ctx.pool(query).await?;
        let slots = Slots::of(&pool, &ctx.client).await?;
        let symbol = index::symbol(&pool.index.data).to_string();
        Ok(Found {
            pool,
            slots,
            symbol,
        })
    }

    /// Its address, as text.
    pub fn key(&self) -> String {
        self.pool.index.key.to_string()
    }

    /// By the chain's clock.
    pub fn at(&self, when: When) -> i64 {
        when.at(self.pool.clock.unix_timestamp)
    }

    /// What a wallet holds of its shares, in atoms.
    pub async fn shares(&self, wallet: &Pubkey, ctx: &Context) -> Result<u64> {
        let account = share_account(&self.pool.index.data, wallet);
        Ok(upside_sdk::fetch::balance(&ctx.client, &account).await?)
    }

    /// What makes a wallet's account of its shares where it is missing.
    pub async fn share_account(
        &self,
        wallet: &Pubkey,
        ctx: &Context,
    ) -> Result<Option<solana_program::instruction::Instruction>> {
        let index = &self.pool.index.data;
        let account = share_account(index, wallet);
        let found = upside_sdk::fetch::raw(&ctx.client, &[account]).await?;
        if found.iter().any(Option::is_some) {
            return Ok(None);
        }
        let payer = ctx.keys.payer()?;
        let make = create_associated(&payer, wallet, &index.mint, &TOKEN_PROGRAM);
        Ok(Some(make))
    }
}

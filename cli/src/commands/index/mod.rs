//! `upside index`: many people and cash behind one share.

mod announce;
mod announcements;
mod basket;
mod candidate;
mod compose;
mod contribute;
mod create;
mod curator;
mod equal_share;
mod fees;
mod harvest;
mod list;
mod lock;
mod member;
mod metadata;
mod offer;
mod oppose;
mod pause;
mod plan;
mod rebalance;
mod redeem;
mod rent;
mod roles;
mod seed;
mod show;
mod sync;
mod unzap;
mod update;
mod vote;
mod watch;
mod wound_up;
mod wrap;
mod zap;

use crate::{context::Context, error::Result};

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
    /// Show an index: terms, roles, what it holds, members, the rebalance, what is announced
    Show(show::Args),
    /// List all indexes of the chain
    List(list::Args),
    /// Write the file that wallets read: picture, description, links; or check one
    Metadata(Box<metadata::Args>),
    /// Name the address of that file, as curator
    Update(update::Args),
    /// Give of everything it holds for new shares
    Contribute(contribute::Args),
    /// Burn shares for their part of everything it holds
    Redeem(redeem::Args),
    /// Contributions and redemptions under way over several transactions
    #[command(subcommand)]
    Basket(basket::Command),
    /// Turn cash into shares: buy every person where it is cheapest, and contribute
    Zap(Box<zap::Args>),
    /// Turn shares into cash: redeem them, and sell or redeem what comes
    Unzap(Box<unzap::Args>),
    /// Collect the dividends that people owe the index; anyone may
    Harvest(harvest::Args),
    /// How people come in with shares of themselves
    #[command(subcommand)]
    Member(member::Command),
    /// Answer against a poll on a person's cap or yearly room, for the index; anyone may
    Oppose(oppose::Args),
    /// What is split equally among members
    #[command(subcommand)]
    EqualShare(equal_share::Command),
    /// Plan rebalances to target percentages, and announce the first, as curator
    Plan(Box<plan::Args>),
    /// Print what happens to an index and what time brings, until stopped
    Watch(watch::Args),
    /// Sell of some, buy of others, announced as a whole
    #[command(subcommand)]
    Rebalance(rebalance::Command),
    /// Announce changes, as curator: fees, recipients, roles, coins
    Announce(Box<announce::Args>),
    /// List what is announced: what it does, from when, what is locked against it
    Announcements(announcements::ListArgs),
    /// Apply an announcement after its notice; anyone may
    Apply(announcements::ApplyArgs),
    /// Cancel an announcement, as curator or launcher; anyone may what was vetoed or expired
    Cancel(announcements::CancelArgs),
    /// Lock shares, so that they count against announcements and for candidates
    Lock(lock::LockArgs),
    /// Take locked shares back; they count nowhere from then on
    Unlock(lock::UnlockArgs),
    /// List what is locked, since when, and where it counts
    Locks(lock::ListArgs),
    /// Count your locked shares against an announcement, a rebalance or an offer
    Veto(vote::VetoArgs),
    /// Count your locked shares for an announcement that needs a majority's yes
    Support(vote::SupportArgs),
    /// Cancel whatever locks against it hold enough; anyone may
    CountVeto(announcements::CountArgs),
    /// Replace the curator: stand, back somebody, take over
    #[command(subcommand)]
    Candidate(candidate::Command),
    /// Fees in shares: show, collect, lower
    #[command(subcommand)]
    Fees(fees::Command),
    /// Who may do what: show, take a role from somebody
    #[command(subcommand)]
    Roles(roles::Command),
    /// Who runs the index: take over, leave
    #[command(subcommand)]
    Curator(curator::Command),
    /// Stop new money for 14 days; redemptions, harvests and claims go on
    Pause(pause::PauseArgs),
    /// Take new money again, as curator
    Unpause(pause::UnpauseArgs),
    /// End an index for good: only redemptions, harvests and claims go on, as curator
    WindDown(pause::WindDownArgs),
    /// Book what custody holds beyond the books, or lacks; anyone may
    Sync(sync::Args),
    /// Tickets for what cannot move
    #[command(subcommand)]
    Wrap(wrap::Command),
    /// Redeem the index's shares of a person who was wound up; anyone may
    RedeemWoundUp(wound_up::RedeemArgs),
    /// Take the index's parts of what a wound-up person's claims hold in kind; anyone may
    CollectWoundUp(wound_up::CollectArgs),
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
        Command::Metadata(args) => out.show(&metadata::run(*args, ctx).await?),
        Command::Update(args) => out.show(&update::run(args, ctx).await?),
        Command::Contribute(args) => out.show(&contribute::run(&args, ctx).await?),
        Command::Redeem(args) => out.show(&redeem::run(&args, ctx).await?),
        Command::Basket(command) => basket::run(command, ctx).await,
        Command::Unzap(args) => out.show(&unzap::run(&args, ctx).await?),
        Command::Zap(args) => out.show(&zap::run(&args, ctx).await?),
        Command::Harvest(args) => out.show(&harvest::run(&args, ctx).await?),
        Command::Member(command) => member::run(command, ctx).await,
        Command::Oppose(args) => out.show(&oppose::run(&args, ctx).await?),
        Command::EqualShare(command) => equal_share::run(command, ctx).await,
        Command::Plan(args) => out.show(&plan::run(&args, ctx).await?),
        Command::Watch(args) => watch::run(&args, ctx).await,
        Command::Rebalance(command) => rebalance::run(command, ctx).await,
        Command::Announce(args) => out.show(&announce::run(&args, ctx).await?),
        Command::Announcements(args) => out.show(&announcements::list(&args, ctx).await?),
        Command::Apply(args) => out.show(&announcements::apply(&args, ctx).await?),
        Command::Cancel(args) => out.show(&announcements::cancel(&args, ctx).await?),
        Command::Lock(args) => out.show(&lock::lock(&args, ctx).await?),
        Command::Unlock(args) => out.show(&lock::unlock(&args, ctx).await?),
        Command::Locks(args) => out.show(&lock::list(&args, ctx).await?),
        Command::Veto(args) => out.show(&vote::veto(&args, ctx).await?),
        Command::Support(args) => out.show(&vote::support(&args, ctx).await?),
        Command::CountVeto(args) => out.show(&announcements::count(&args, ctx).await?),
        Command::Candidate(command) => candidate::run(command, ctx).await,
        Command::Roles(command) => roles::run(command, ctx).await,
        Command::Fees(command) => fees::run(command, ctx).await,
        Command::Curator(command) => curator::run(command, ctx).await,
        Command::Pause(args) => out.show(&pause::pause(&args, ctx).await?),
        Command::Unpause(args) => out.show(&pause::unpause(&args, ctx).await?),
        Command::WindDown(args) => out.show(&pause::wind_down(&args, ctx).await?),
        Command::Sync(args) => out.show(&sync::run(&args, ctx).await?),
        Command::Wrap(command) => wrap::run(command, ctx).await,
        Command::RedeemWoundUp(args) => out.show(&wound_up::redeem(&args, ctx).await?),
        Command::CollectWoundUp(args) => out.show(&wound_up::collect(&args, ctx).await?),
    }
}

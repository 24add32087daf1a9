//! `upside index member`: how people come in with shares of themselves.

use {
    super::{Found, offer},
    crate::{
        context::Context,
        done::{Done, Outcome},
        error::{CliError, Result},
        send::Report,
        style::grouped,
        values::{IndexQuery, TokenQuery},
    },
    serde::Serialize,
    upside_math::SHARE_DECIMALS,
    upside_sdk::{
        Pubkey,
        action::Plan,
        event::IndexEvent,
        fetch as tokens,
        index::{INDEX_SHARE_DECIMALS, Membership, action, fetch, instruction},
        inspect::Amount,
        state::Account,
    },
};

/// How people come in with shares of themselves
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// Offer a person shares of the index for shares of theirs, as curator
    Offer(offer::OfferArgs),
    /// Withdraw an offer, as curator; after its expiry anyone may
    Withdraw(offer::WithdrawArgs),
    /// Accept an offer, as the token's owner
    Accept(AcceptArgs),
    /// Leave; what is owed stays claimable
    Leave(LeaveArgs),
    /// Close the membership of somebody who left and was paid; anyone may
    Close(CloseArgs),
}

/// Accept an offer, as the token's owner
///
/// Your shares go to the index, its new shares to your wallet, and from then on you have
/// an equal share of what everybody's dividends bring.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  upside -k eve.json index member accept MAKERS EVE")]
pub struct AcceptArgs {
    #[command(flatten)]
    which: Which,
}

/// Leave; what is owed stays claimable
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  upside -k eve.json index member leave MAKERS EVE")]
pub struct LeaveArgs {
    #[command(flatten)]
    which: Which,
}

/// Close the membership of somebody who left and was paid; anyone may
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  upside index member close MAKERS EVE")]
pub struct CloseArgs {
    #[command(flatten)]
    which: Which,
}

#[derive(Debug, clap::Args)]
struct Which {
    /// The index
    index: IndexQuery,
    /// The person's token
    token: TokenQuery,
}

/// A membership that changed.
#[derive(Debug, Serialize)]
pub struct Changed {
    index: String,
    symbol: String,
    token: String,
    name: String,
    member: String,
    change: &'static str,
    token_shares: Amount,
    index_shares: Amount,
}

impl Outcome for Changed {
    fn title(&self) -> String {
        let (name, symbol) = (&self.name, &self.symbol);
        match self.change {
            "accepted" => format!("{name} comes into {symbol}"),
            "left" => format!("{name} leaves {symbol}"),
            _ => format!("Close the membership of {name} in {symbol}"),
        }
    }

    fn rows(&self) -> Vec<(&str, String)> {
        let mut rows = Vec::new();
        if self.change == "accepted" {
            let gives = format!("{} shares of {}", grouped(&self.token_shares), self.name);
            let gets = format!("{} shares of {}", grouped(&self.index_shares), self.symbol);
            rows.extend([("gives", gives), ("gets", gets)]);
        }
        if self.change == "left" {
            let claim = format!(
                "`upside index equal-share claim {} {}`",
                self.symbol, self.name
            );
            rows.push(("next", format!("{claim} for what is owed")));
        }
        rows.push(("member", self.member.clone()));
        rows
    }
}

pub async fn run(command: Command, ctx: &Context) -> Result<()> {
    let out = &ctx.output;
    match command {
        Command::Offer(args) => out.show(&offer::offer(&args, ctx).await?),
        Command::Withdraw(args) => out.show(&offer::withdraw(&args, ctx).await?),
        Command::Accept(args) => out.show(&accept(&args.which, ctx).await?),
        Command::Leave(args) => out.show(&leave(&args.which, ctx).await?),
        Command::Close(args) => out.show(&close(&args.which, ctx).await?),
    }
}

/// A membership with the index around it.
struct Joined {
    found: Found,
    membership: Account<Membership>,
    name: String,
}

impl Which {
    /// The membership of a token, which may be no constituent any more.
    async fn joined(&self, ctx: &Context) -> Result<Joined> {
        let found = Found::of(&self.index, ctx).await?;
        let (key, name) = match found.slots.find(&self.token) {
            Ok(slot) => (slot.key, slot.name.clone()),
            Err(_) => {
                let token = ctx.token(&self.token).await?;
                (token.key, ctx.symbol(&token).await?)
            }
        };
        let index = found.pool.index.key;
        Ok(Joined {
            membership: fetch::membership(&ctx.client, &index, &key).await?,
            found,
            name,
        })
    }
}

impl Joined {
    fn changed(&self, change: &'static str, member: &Pubkey, report: &Report) -> Changed {
        let data = &self.membership.data;
        let landed = report.index_events().find_map(|event| match event {
            IndexEvent::MembershipAccepted(event) => Some((event.token_shares, event.index_shares)),
            _ => None,
        });
        let (gave, got) = landed.unwrap_or((data.token_shares, data.index_shares));
        Changed {
            index: self.found.key(),
            symbol: self.found.symbol.clone(),
            token: data.token.to_string(),
            name: self.name.clone(),
            member: member.to_string(),
            change,
            token_shares: Amount::new(gave, SHARE_DECIMALS),
            index_shares: Amount::new(got, INDEX_SHARE_DECIMALS),
        }
    }
}

async fn accept(which: &Which, ctx: &Context) -> Result<Done<Changed>> {
    let joined = which.joined(ctx).await?;
    let token = tokens::token(&ctx.client, &joined.membership.data.token).await?;
    let owner = token.data.owner;
    let needs = joined.membership.data.token_shares;
    let has = tokens::holder(&ctx.client, &token.key, &owner).await?;
    let has = has.map_or(0, |holder| holder.data.free().unwrap_or(0));
    let pool = &joined.found.pool;
    let plan = action::accept_membership(&ctx.client, pool, &token, &joined.membership).await?;
    if has < needs {
        let (has, needs) = (
            Amount::new(has, SHARE_DECIMALS),
            Amount::new(needs, SHARE_DECIMALS),
        );
        return Err(CliError::usage(
            format!(
                "{owner} has {} registered shares of {} and is to give {}",
                has.amount, joined.name, needs.amount
            ),
            format!(
                "issue them first: `upside token issue {} {owner} SHARES`",
                joined.name
            ),
        ));
    }
    let report = ctx.send(&plan.steps).await?;
    Ok(Done::new(
        joined.changed("accepted", &owner, &report),
        report,
    ))
}

async fn leave(which: &Which, ctx: &Context) -> Result<Done<Changed>> {
    let joined = which.joined(ctx).await?;
    let leave = instruction::leave_membership(&joined.membership);
    let report = ctx.send(&Plan::single("leave", vec![leave]).steps).await?;
    let member = joined.membership.data.member;
    Ok(Done::new(joined.changed("left", &member, &report), report))
}

async fn close(which: &Which, ctx: &Context) -> Result<Done<Changed>> {
    let joined = which.joined(ctx).await?;
    let close = instruction::close_membership(&joined.membership);
    let steps = Plan::single("close the membership", vec![close]).steps;
    let report = ctx.send(&steps).await?;
    let member = joined.membership.data.member;
    Ok(Done::new(
        joined.changed("closed", &member, &report),
        report,
    ))
}

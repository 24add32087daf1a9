//! `upside index member`: how people come in with shares of themselves, and leave.

use {
    super::offer,
    crate::{
        context::Context,
        error::Result,
        select::member::{MemberSelector, SelectedMembership},
        send::completed::{Done, Outcome},
        values::stamp,
    },
    serde::Serialize,
    upside_math::SHARE_DECIMALS,
    upside_sdk::{
        action::{Plan, Step},
        error::SdkError,
        event::IndexEvent,
        fetch as tokens,
        index::{INDEX_SHARE_DECIMALS, action, instruction},
        inspect::Amount,
    },
    upside_view::style::grouped,
};

/// How people come in with shares of themselves, and leave
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// Offer a person shares of the index for shares of theirs, as curator or admissions
    Offer(offer::OfferArgs),
    /// Cancel an offer, as curator, launcher or admissions; anyone may if it was vetoed or
    /// lapsed
    Cancel(offer::CancelArgs),
    /// Accept an offer, as the token's owner
    Accept(offer::AcceptArgs),
    /// Announce the end of a membership: the curator, admissions, the member or the token's
    /// owner
    End(EndArgs),
    /// Take back an end that was announced because the slot was empty; anyone may
    Keep(KeepArgs),
    /// End a membership whose notice is over, and pay what is owed and locked; anyone may
    ApplyEnd(ApplyEndArgs),
    /// Announce to take a membership over, as the token's new owner
    TakeOver(TakeOverArgs),
    /// Become the member, after the notice, as the token's new owner
    ApplyTakeOver(ApplyTakeOverArgs),
}

/// Announce the end of a membership: the curator, admissions, the member or the token's owner
///
/// It ends a notice later, with `upside index member apply-end`. Until then the member has
/// an equal share. The index keeps the shares of the person, the member those of the index.
/// Anyone may announce it while the index holds nothing of the person.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside index member end MAKERS EVE                  as curator
  upside -k eve.json index member end MAKERS EVE      as the member")]
pub struct EndArgs {
    #[command(flatten)]
    which: MemberSelector,
}

/// Take back an end that was announced because the slot was empty; anyone may
///
/// The index has to hold something of the person again.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  upside index member keep MAKERS EVE")]
pub struct KeepArgs {
    #[command(flatten)]
    which: MemberSelector,
}

/// End a membership whose notice is over, and pay what is owed and locked; anyone may
///
/// Pays the member the equal share that is owed and the shares that were locked, and closes
/// the membership's account, whose rent goes back to who paid it.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  upside index member apply-end MAKERS EVE")]
pub struct ApplyEndArgs {
    #[command(flatten)]
    which: MemberSelector,
}

/// Announce to take a membership over, as the token's new owner
///
/// From the end of the notice on `upside index member apply-take-over` makes you the member,
/// with what is locked. What the member before has earned until then is paid to them.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  upside -k frank.json index member take-over MAKERS EVE")]
pub struct TakeOverArgs {
    #[command(flatten)]
    which: MemberSelector,
}

/// Become the member, after the notice, as the token's new owner
///
/// Where the index pays an equal share you need the attestation that its terms name.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  upside index member apply-take-over MAKERS EVE")]
pub struct ApplyTakeOverArgs {
    #[command(flatten)]
    which: MemberSelector,
}

/// A membership that changed.
#[derive(Debug, Serialize)]
pub struct Changed {
    index: String,
    symbol: String,
    token: String,
    name: String,
    /// Who is the member after it.
    member: String,
    /// `ending`, `kept`, `ended`, `take_over_announced` or `taken_over`.
    change: &'static str,
    /// Shares of the person given, in all deals.
    token_shares: Amount,
    /// Shares of the index for them, in all deals.
    index_shares: Amount,
    /// Those that were locked until now, or still are.
    locked: Amount,
    /// From when on the next step can be done, unix seconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    effective_at: Option<i64>,
}

impl Outcome for Changed {
    fn title(&self) -> String {
        let (name, symbol) = (&self.name, &self.symbol);
        match self.change {
            "ending" => format!("Announce the end of the membership of {name} in {symbol}"),
            "kept" => format!("{name} stays in {symbol}"),
            "ended" => format!("End the membership of {name} in {symbol}"),
            "take_over_announced" => format!("Announce to take over {name} in {symbol}"),
            _ => format!("Take over the membership of {name} in {symbol}"),
        }
    }

    fn rows(&self) -> Vec<(&str, String)> {
        let mut rows = Vec::new();
        let locked = grouped(&self.locked);
        match self.change {
            "ended" => rows.push(("unlocked", format!("{locked} shares of {}", self.symbol))),
            _ => rows.push(("locked", format!("{locked} shares of {}", self.symbol))),
        }
        rows.push(("member", self.member.clone()));
        if let Some(at) = self.effective_at {
            let (symbol, name) = (&self.symbol, &self.name);
            let command = if self.change == "ending" {
                format!("`upside index member apply-end {symbol} {name}`")
            } else {
                format!("`upside index member apply-take-over {symbol} {name}`")
            };
            rows.push(("next", format!("{command} from {} on", stamp(at))));
        }
        rows
    }
}

pub async fn run(command: Command, ctx: &Context) -> Result<()> {
    let out = &ctx.output;
    match command {
        Command::Offer(args) => out.show(&offer::offer(&args, ctx).await?),
        Command::Cancel(args) => out.show(&offer::cancel(&args, ctx).await?),
        Command::Accept(args) => out.show(&offer::accept(&args, ctx).await?),
        Command::End(args) => out.show(&end(&args.which, ctx).await?),
        Command::Keep(args) => out.show(&keep(&args.which, ctx).await?),
        Command::ApplyEnd(args) => out.show(&apply_end(&args.which, ctx).await?),
        Command::TakeOver(args) => out.show(&take_over(&args.which, ctx).await?),
        Command::ApplyTakeOver(args) => out.show(&apply_take_over(&args.which, ctx).await?),
    }
}

impl SelectedMembership {
    /// Sends steps, and describes the change.
    async fn send(
        &self,
        steps: &[Step],
        change: &'static str,
        ctx: &Context,
    ) -> Result<Done<Changed>> {
        let report = ctx.send(steps).await?;
        let data = &self.membership.data;
        let mut member = data.member;
        let mut effective_at = match change {
            "ending" | "take_over_announced" => Some(self.after_notice()?),
            _ => None,
        };
        for event in report.index_events() {
            match event {
                IndexEvent::MembershipEnds(event) => effective_at = Some(event.ends_at),
                IndexEvent::TakeOverAnnounced(event) => effective_at = Some(event.effective_at),
                IndexEvent::MembershipTakenOver(event) => member = event.member,
                _ => {}
            }
        }
        let changed = Changed {
            index: self.index.key(),
            symbol: self.index.symbol.clone(),
            token: data.token.to_string(),
            name: self.name.clone(),
            member: member.to_string(),
            change,
            token_shares: Amount::new(data.token_shares, SHARE_DECIMALS),
            index_shares: Amount::new(data.index_shares, INDEX_SHARE_DECIMALS),
            locked: Amount::new(data.locked, INDEX_SHARE_DECIMALS),
            effective_at,
        };
        Ok(Done::new(changed, report))
    }

    fn after_notice(&self) -> Result<i64> {
        let (index, now) = (&self.index.pool.index, self.index.pool.clock.unix_timestamp);
        Ok(index.data.after_notice(now).map_err(SdkError::from)?)
    }
}

async fn end(which: &MemberSelector, ctx: &Context) -> Result<Done<Changed>> {
    let me = ctx.keys.me()?;
    let selected = which.membership(ctx).await?;
    let end = instruction::end_membership(&selected.membership, &me);
    let steps = Plan::single("announce the end", vec![end]).steps;
    selected.send(&steps, "ending", ctx).await
}

async fn keep(which: &MemberSelector, ctx: &Context) -> Result<Done<Changed>> {
    let selected = which.membership(ctx).await?;
    let keep = instruction::keep_membership(&selected.membership);
    let steps = Plan::single("keep the membership", vec![keep]).steps;
    selected.send(&steps, "kept", ctx).await
}

async fn apply_end(which: &MemberSelector, ctx: &Context) -> Result<Done<Changed>> {
    let payer = ctx.keys.payer()?;
    let selected = which.membership(ctx).await?;
    let (pool, membership) = (&selected.index.pool, &selected.membership);
    let plan = action::finish_membership(&ctx.client, pool, membership, &payer).await?;
    selected.send(&plan.steps, "ended", ctx).await
}

async fn take_over(which: &MemberSelector, ctx: &Context) -> Result<Done<Changed>> {
    let selected = which.membership(ctx).await?;
    let token = tokens::token(&ctx.client, &selected.membership.data.token).await?;
    let announce = instruction::take_over_membership(&selected.membership, &token);
    let steps = Plan::single("announce to take over", vec![announce]).steps;
    selected.send(&steps, "take_over_announced", ctx).await
}

async fn apply_take_over(which: &MemberSelector, ctx: &Context) -> Result<Done<Changed>> {
    let payer = ctx.keys.payer()?;
    let selected = which.membership(ctx).await?;
    let token = tokens::token(&ctx.client, &selected.membership.data.token).await?;
    let (pool, membership) = (&selected.index.pool, &selected.membership);
    let plan = action::apply_take_over(&ctx.client, pool, membership, &token, &payer).await?;
    selected.send(&plan.steps, "taken_over", ctx).await
}

//! `upside index redeem-wound-up` and `collect-wound-up`: what becomes of the index's shares
//! of a person who was wound up.

use {
    crate::{
        context::Context,
        error::Result,
        select::index::SelectedIndex,
        send::completed::{Done, Outcome},
        values::{IndexQuery, TokenQuery},
        views,
    },
    serde::Serialize,
    upside_sdk::{action::EstatePart, error::SdkError, index::action},
    upside_view::text::SlotAmount,
};

/// Redeem the index's shares of a person who was wound up; anyone may
///
/// Only once everything has come in: every claim is over or shared out, what has not vested
/// of grants was revoked, and nothing waits in an endowment. What is paid backs the index's
/// shares; each mint that is paid needs a slot.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  upside index redeem-wound-up MAKERS ADA

What claims hold in kind is shared out first (`upside token wind-down share-out ADA`), and
comes by `upside index collect-wound-up MAKERS ADA`.")]
pub struct RedeemArgs {
    /// The index
    index: IndexQuery,
    /// The person's token
    token: TokenQuery,
}

/// Take the index's parts of what a wound-up person's claims hold in kind; anyone may
///
/// After `redeem-wound-up`. Each goes into the slot of its mint, which the curator adds if it
/// is missing.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  upside index collect-wound-up MAKERS ADA")]
pub struct CollectArgs {
    /// The index
    index: IndexQuery,
    /// The person's token
    token: TokenQuery,
}

/// What the shares were redeemed for.
#[derive(Debug, Serialize)]
pub struct Redeemed {
    index: String,
    symbol: String,
    shares: SlotAmount,
    paid: Vec<SlotAmount>,
}

impl Outcome for Redeemed {
    fn title(&self) -> String {
        format!("Redeem {} of {}", self.shares.text(), self.symbol)
    }

    fn rows(&self) -> Vec<(&str, String)> {
        let paid = self.paid.iter();
        paid.map(|amount| ("paid", amount.text())).collect()
    }
}

pub async fn redeem(args: &RedeemArgs, ctx: &Context) -> Result<Done<Redeemed>> {
    let found = SelectedIndex::of(&args.index, ctx).await?;
    let slot = views::find(&found.slots, &args.token)?.number;
    let payer = ctx.keys.payer()?;
    let plan = action::redeem_wound_up(&ctx.client, &found.pool, &payer, slot).await?;
    let index = &found.pool.index.data;
    let paid = plan.quote.iter().filter_map(|(mint, atoms)| {
        let place = index.slot_of(mint).ok()?;
        Some(found.slots.amount(place, *atoms))
    });
    let shares = index.slot(slot).map_or(0, |slot| slot.counter);
    let redeemed = Redeemed {
        index: found.key(),
        symbol: found.symbol.clone(),
        shares: found.slots.amount(slot, shares),
        paid: paid.collect(),
    };
    let report = ctx.send(&plan.steps).await?;
    Ok(Done::new(redeemed, report))
}

/// Parts that were collected.
#[derive(Debug, Serialize)]
pub struct Collected {
    index: String,
    symbol: String,
    token: String,
    name: String,
    parts: Vec<Part>,
}

/// The index's part of one claim.
#[derive(Debug, Serialize)]
pub struct Part {
    /// The claim's number.
    claim: u64,
    /// What came.
    #[serde(flatten)]
    got: SlotAmount,
}

impl Outcome for Collected {
    fn title(&self) -> String {
        format!("Collect what {} shares out for {}", self.name, self.symbol)
    }

    fn rows(&self) -> Vec<(&str, String)> {
        let text = |part: &Part| format!("{} of claim {}", part.got.text(), part.claim);
        let parts = self.parts.iter();
        parts.map(|part| ("got", text(part))).collect()
    }
}

pub async fn collect(args: &CollectArgs, ctx: &Context) -> Result<Done<Collected>> {
    let found = SelectedIndex::of(&args.index, ctx).await?;
    let token = ctx.token(&args.token).await?;
    let plan = action::collect_wound_up(&ctx.client, &found.pool, &token).await?;
    let index = &found.pool.index.data;
    let part = |part: &EstatePart| {
        let slot = index.slot_of(&part.mint).map_err(SdkError::from)?;
        Ok(Part {
            claim: part.claim,
            got: found.slots.amount(slot, part.units.0),
        })
    };
    let collected = Collected {
        index: found.key(),
        symbol: found.symbol.clone(),
        token: token.key.to_string(),
        name: ctx.symbol(&token).await?,
        parts: plan.quote.iter().map(part).collect::<Result<_>>()?,
    };
    let report = ctx.send(&plan.steps).await?;
    Ok(Done::new(collected, report))
}

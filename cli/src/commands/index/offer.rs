//! Offers of memberships: made and cancelled by the index, accepted by a token's owner.

use {
    crate::{
        context::Context,
        error::{CliError, Result},
        select::{index::SelectedIndex, member::MemberSelector},
        send::completed::{Done, Outcome},
        values::{Decimal, IndexQuery, TokenQuery, When, stamp},
        views,
    },
    serde::Serialize,
    upside_math::SHARE_DECIMALS,
    upside_sdk::{
        IndexError, Pubkey,
        action::Plan,
        error::SdkError,
        event::IndexEvent,
        fetch as tokens,
        index::{
            EXPIRY, INDEX_SHARE_DECIMALS, Offer, OfferTerms, action, fetch, inspect::IndexIntent,
            instruction,
        },
        inspect::Amount,
        state::Account,
    },
    upside_view::{style::grouped, text::IndexBefore},
};

/// Offer a person shares of the index for shares of theirs, as curator or admissions
///
/// The offer waits out the notice, in which holders can veto it or redeem, and lapses 14
/// days after it. The deal is in parts of what can exist of the person: if their cap rises
/// before they accept, they give more. Their token has to be a constituent: `upside index
/// add` makes it one.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  upside index member offer MAKERS EVE --gives 1000 --gets 20")]
pub struct OfferArgs {
    /// The index
    index: IndexQuery,
    /// The person's token
    token: TokenQuery,
    /// Shares of the person for the index, at the cap of now
    #[arg(long, value_name = "SHARES")]
    gives: Decimal,
    /// Shares of the index for the person; half of them stay locked until the membership
    /// has ended
    #[arg(long, value_name = "SHARES")]
    gets: Decimal,
}

/// Cancel an offer, as curator, launcher or admissions; anyone may if it was vetoed or lapsed
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside index member cancel MAKERS EVE            the only offer to them
  upside index member cancel MAKERS EVE 3")]
pub struct CancelArgs {
    #[command(flatten)]
    which: MemberSelector,
    /// Number of the offer [default: the only one to this person]
    number: Option<u64>,
}

/// Accept an offer, as the token's owner
///
/// Your shares go to the index. Half of its new shares come to your wallet at once, the
/// others when your membership has ended. From the next harvest on you have an equal share
/// of what everybody's dividends bring. Shows what moves and asks before it sends; what you
/// give cannot become more afterwards.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside -k eve.json index member accept MAKERS EVE
  upside -k eve.json index member accept MAKERS EVE --dry-run   what it moves")]
pub struct AcceptArgs {
    #[command(flatten)]
    which: MemberSelector,
    /// Number of the offer [default: the only one to you]
    number: Option<u64>,
    /// Until when it may land: a span from now, or a point in time [default: 2m, or 14d for
    /// what is signed elsewhere]
    #[arg(long, value_name = "TIME")]
    deadline: Option<When>,
}

/// An offer made or cancelled.
#[derive(Debug, Serialize)]
pub struct Offered {
    index: String,
    symbol: String,
    token: String,
    name: String,
    /// Number of its announcement.
    nonce: u64,
    /// What the person gives, at the cap of the offer.
    token_shares: Amount,
    /// What the person gets, locked shares among them.
    index_shares: Amount,
    /// The person's cap when it was offered.
    cap: Amount,
    acceptable_from: i64,
    expires_at: i64,
    cancelled: bool,
}

impl Outcome for Offered {
    fn title(&self) -> String {
        if self.cancelled {
            return format!("Cancel the offer to {} by {}", self.name, self.symbol);
        }
        format!("Offer {} a membership in {}", self.name, self.symbol)
    }

    fn rows(&self) -> Vec<(&str, String)> {
        let gives = format!("{} shares of {}", grouped(&self.token_shares), self.name);
        let gets = format!("{} shares of {}", grouped(&self.index_shares), self.symbol);
        let mut rows = vec![
            ("number", self.nonce.to_string()),
            ("gives", gives),
            ("gets", gets),
        ];
        if !self.cancelled {
            let cap = grouped(&self.cap);
            let part = format!("at a cap of {cap}; more if the cap rises before");
            rows.insert(2, ("", part));
            let (from, until) = (stamp(self.acceptable_from), stamp(self.expires_at));
            rows.push(("accepted", format!("from {from} until {until}")));
            let accept = format!("`upside index member accept {} {}`", self.symbol, self.name);
            rows.push(("next", format!("{accept} by the owner of {}", self.name)));
        }
        rows
    }
}

/// An offer accepted.
#[derive(Debug, Serialize)]
pub struct Accepted {
    index: String,
    symbol: String,
    token: String,
    name: String,
    member: String,
    /// Number of the offer's announcement.
    nonce: u64,
    /// Shares of the person that the index gets.
    gives: Amount,
    /// Shares of the index that come at once.
    gets: Amount,
    /// Shares of the index that come when the membership has ended.
    locked: Amount,
    /// What all these shares stand for, and what others can do to it.
    preview: IndexBefore,
}

impl Outcome for Accepted {
    fn title(&self) -> String {
        format!("{} comes into {}", self.name, self.symbol)
    }

    fn rows(&self) -> Vec<(&str, String)> {
        let of_index = |shares| format!("{} shares of {}", grouped(shares), self.symbol);
        let locked = of_index(&self.locked);
        let mut rows = vec![
            ("offer", self.nonce.to_string()),
            (
                "gives",
                format!("{} shares of {}", grouped(&self.gives), self.name),
            ),
            ("gets", of_index(&self.gets)),
            ("locked", format!("{locked} until the membership has ended")),
        ];
        rows.extend(self.preview.rows());
        rows.push(("member", self.member.clone()));
        rows
    }

    fn before(&self) -> String {
        self.preview.text()
    }
}

impl Offered {
    fn of(found: &SelectedIndex, name: &str, offer: &Offer) -> Self {
        Offered {
            index: found.key(),
            symbol: found.symbol.clone(),
            token: offer.token.to_string(),
            name: name.to_string(),
            nonce: offer.nonce,
            token_shares: Amount::new(offer.token_shares, SHARE_DECIMALS),
            index_shares: Amount::new(offer.index_shares, INDEX_SHARE_DECIMALS),
            cap: Amount::new(offer.cap, SHARE_DECIMALS),
            acceptable_from: offer.acceptable_from,
            expires_at: offer.acceptable_from.saturating_add(EXPIRY),
            cancelled: false,
        }
    }
}

pub async fn offer(args: &OfferArgs, ctx: &Context) -> Result<Done<Offered>> {
    let found = SelectedIndex::of(&args.index, ctx).await?;
    let slot = views::find(&found.slots, &args.token)?;
    if !slot.personal {
        return Err(SdkError::from(IndexError::WrongKind).into());
    }
    let terms = OfferTerms {
        token_shares: args.gives.shares()?.0,
        index_shares: args.gets.atoms(INDEX_SHARE_DECIMALS)?,
    };
    let index = &found.pool.index;
    let now = found.pool.clock.unix_timestamp;
    let mut offer = Offer::default();
    offer.token = slot.key;
    offer.nonce = index.data.announcements_made.saturating_add(1);
    offer.token_shares = terms.token_shares;
    offer.index_shares = terms.index_shares;
    offer.cap = found.pool.person(slot.number)?.token.data.terms.supply_cap;
    offer.acceptable_from = index.data.after_notice(now).map_err(SdkError::from)?;
    let me = ctx.keys.me()?;
    let make = instruction::offer_membership(index, &ctx.keys.payer()?, &me, &slot.key, terms);
    let steps = Plan::single("offer a membership", vec![make]).steps;
    let report = ctx.send(&steps).await?;
    let landed = report.index_events().find_map(|event| match event {
        IndexEvent::MembershipOffered(event) => {
            Some((event.nonce, event.cap, event.acceptable_from))
        }
        _ => None,
    });
    if let Some((nonce, cap, from)) = landed {
        (offer.nonce, offer.cap, offer.acceptable_from) = (nonce, cap, from);
    }
    Ok(Done::new(Offered::of(&found, &slot.name, &offer), report))
}

pub async fn cancel(args: &CancelArgs, ctx: &Context) -> Result<Done<Offered>> {
    let me = ctx.keys.me()?;
    let (found, token, name) = args.which.person(ctx).await?;
    let offer = the_offer(&found, &token, &name, args.number, ctx).await?;
    let cancel = instruction::cancel_offer(&found.pool.index, &offer, &me);
    let steps = Plan::single("cancel the offer", vec![cancel]).steps;
    let mut offered = Offered::of(&found, &name, &offer.data);
    offered.cancelled = true;
    let report = ctx.send_shown(&offered, &steps).await?;
    Ok(Done::new(offered, report))
}

/// The offer with this number, or the only one to this person.
async fn the_offer(
    found: &SelectedIndex,
    token: &Pubkey,
    name: &str,
    number: Option<u64>,
    ctx: &Context,
) -> Result<Account<Offer>> {
    let mut offers = fetch::offers(&ctx.client, &found.pool.index.key).await?;
    let fits = |offer: &Offer| offer.token == *token && number.is_none_or(|n| n == offer.nonce);
    offers.retain(|offer| fits(&offer.data));
    match offers.len() {
        0 => Err(SdkError::NotFound {
            what: "offer",
            query: number.map_or_else(|| name.to_string(), |number| format!("{name} {number}")),
        }
        .into()),
        1 => Ok(offers.remove(0)),
        _ => {
            let numbers = offers.iter().map(|offer| offer.data.nonce.to_string());
            let numbers: Vec<String> = numbers.collect();
            Err(CliError::usage(
                format!("{name} has several offers by {}", found.symbol),
                format!("name one of {}", numbers.join(", ")),
            ))
        }
    }
}

pub async fn accept(args: &AcceptArgs, ctx: &Context) -> Result<Done<Accepted>> {
    let (found, key, name) = args.which.person(ctx).await?;
    let offer = the_offer(&found, &key, &name, args.number, ctx).await?;
    let token = tokens::token(&ctx.client, &key).await?;
    let (pool, owner) = (&found.pool, token.data.owner);
    let deadline = ctx.deadline(args.deadline, 2).await?;
    let plan = action::accept_membership(&ctx.client, pool, &token, &offer, deadline).await?;
    let quote = &plan.quote;
    let has = tokens::holder(&ctx.client, &token.key, &owner).await?;
    let has = has.map_or(0, |holder| holder.data.free().unwrap_or(0));
    if has < quote.gives {
        let amount = |atoms| Amount::new(atoms, SHARE_DECIMALS).to_string();
        let (has, needs) = (amount(has), amount(quote.gives));
        return Err(CliError::usage(
            format!("{owner} has {has} free registered shares of {name} and is to give {needs}"),
            format!("issue them first: `upside token issue {name} {owner} SHARES`"),
        ));
    }
    let shares = |atoms| Amount::new(atoms, INDEX_SHARE_DECIMALS);
    let slot = pool.index.data.slot_of(&key).map_err(SdkError::from)?;
    let intent = IndexIntent::Accept { slot, quote };
    let accepted = Accepted {
        index: found.key(),
        symbol: found.symbol.clone(),
        token: key.to_string(),
        name,
        member: owner.to_string(),
        nonce: offer.data.nonce,
        gives: Amount::new(quote.gives, SHARE_DECIMALS),
        gets: shares(quote.free),
        locked: shares(quote.locked),
        preview: views::index_preview(pool, &owner, intent, &ctx.client).await?,
    };
    if ctx.binds() {
        ctx.ask(&accepted.question(), "Give these shares?")?;
    }
    let report = ctx.send(&plan.steps).await?;
    Ok(Done::new(accepted, report))
}

use {
    super::Found,
    crate::{
        context::Context,
        done::{Done, Outcome},
        error::Result,
        style::grouped,
        values::{Decimal, IndexQuery, TokenQuery, When, stamp},
    },
    serde::Serialize,
    upside_math::SHARE_DECIMALS,
    upside_sdk::{
        IndexError,
        action::Plan,
        error::SdkError,
        fetch as tokens,
        index::{INDEX_SHARE_DECIMALS, OfferTerms, fetch, instruction},
        inspect::Amount,
    },
};

/// Offer a person shares of the index for shares of theirs, as curator
///
/// The offer waits out the notice period, in which holders can redeem. The person's token
/// has to be a constituent: `upside index add` makes it one.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  upside index member offer MAKERS EVE --gives 1000 --gets 20 --expires 30d")]
pub struct OfferArgs {
    /// The index
    index: IndexQuery,
    /// The person's token
    token: TokenQuery,
    /// Shares of the person for the index
    #[arg(long, value_name = "SHARES")]
    gives: Decimal,
    /// Shares of the index for the person
    #[arg(long, value_name = "SHARES")]
    gets: Decimal,
    /// Until when it can be accepted: a span from now, or a point in time
    #[arg(long, value_name = "TIME", default_value = "30d")]
    expires: When,
}

/// Withdraw an offer, as curator; after its expiry anyone may
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  upside index member withdraw MAKERS EVE")]
pub struct WithdrawArgs {
    /// The index
    index: IndexQuery,
    /// The person's token
    token: TokenQuery,
}

/// An offer made or withdrawn.
#[derive(Debug, Serialize)]
pub struct Offered {
    index: String,
    symbol: String,
    token: String,
    name: String,
    token_shares: Amount,
    index_shares: Amount,
    acceptable_from: i64,
    expires_at: i64,
    withdrawn: bool,
}

impl Outcome for Offered {
    fn title(&self) -> String {
        if self.withdrawn {
            return format!("Withdraw the offer to {} by {}", self.name, self.symbol);
        }
        format!("Offer {} a membership in {}", self.name, self.symbol)
    }

    fn rows(&self) -> Vec<(&str, String)> {
        let mut rows = vec![
            (
                "gives",
                format!("{} shares of {}", grouped(&self.token_shares), self.name),
            ),
            (
                "gets",
                format!("{} shares of {}", grouped(&self.index_shares), self.symbol),
            ),
        ];
        if !self.withdrawn {
            let (from, until) = (stamp(self.acceptable_from), stamp(self.expires_at));
            rows.push(("accepted", format!("from {from} until {until}")));
            let accept = format!("`upside index member accept {} {}`", self.symbol, self.name);
            rows.push(("next", format!("{accept} by the owner of {}", self.name)));
        }
        rows
    }
}

pub async fn offer(args: &OfferArgs, ctx: &Context) -> Result<Done<Offered>> {
    let found = Found::of(&args.index, ctx).await?;
    let slot = found.slots.find(&args.token)?;
    if !slot.personal {
        return Err(SdkError::from(IndexError::WrongKind).into());
    }
    let terms = OfferTerms {
        token_shares: args.gives.shares()?.0,
        index_shares: args.gets.atoms(INDEX_SHARE_DECIMALS)?,
        expires_at: found.at(args.expires),
    };
    let index = &found.pool.index;
    let key = upside_sdk::index::find_membership(&index.key, &slot.key).0;
    let exists = tokens::raw(&ctx.client, &[key]).await?;
    if exists.iter().any(Option::is_some) {
        return Err(SdkError::from(IndexError::AlreadyExists).into());
    }
    let now = found.pool.clock.unix_timestamp;
    let from = index.data.after_notice(now).map_err(SdkError::from)?;
    let offer = instruction::offer_membership(index, &ctx.keys.payer()?, &slot.key, terms);
    let steps = Plan::single("offer a membership", vec![offer]).steps;
    let report = ctx.send(&steps).await?;
    let offered = Offered {
        index: found.key(),
        symbol: found.symbol.clone(),
        token: slot.key.to_string(),
        name: slot.name.clone(),
        token_shares: Amount::new(terms.token_shares, SHARE_DECIMALS),
        index_shares: Amount::new(terms.index_shares, INDEX_SHARE_DECIMALS),
        acceptable_from: from,
        expires_at: terms.expires_at,
        withdrawn: false,
    };
    Ok(Done::new(offered, report))
}

pub async fn withdraw(args: &WithdrawArgs, ctx: &Context) -> Result<Done<Offered>> {
    let me = ctx.keys.me()?;
    let found = Found::of(&args.index, ctx).await?;
    let slot = found.slots.find(&args.token)?;
    let membership = fetch::membership(&ctx.client, &found.pool.index.key, &slot.key).await?;
    let withdraw = instruction::withdraw_offer(&membership, &me);
    let steps = Plan::single("withdraw the offer", vec![withdraw]).steps;
    let report = ctx.send(&steps).await?;
    let data = &membership.data;
    let offered = Offered {
        index: found.key(),
        symbol: found.symbol.clone(),
        token: slot.key.to_string(),
        name: slot.name.clone(),
        token_shares: Amount::new(data.token_shares, SHARE_DECIMALS),
        index_shares: Amount::new(data.index_shares, INDEX_SHARE_DECIMALS),
        acceptable_from: data.acceptable_from,
        expires_at: data.expires_at,
        withdrawn: true,
    };
    Ok(Done::new(offered, report))
}

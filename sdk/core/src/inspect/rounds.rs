//! Rounds: what they offer and what they raised, and from how many wallets.

use {
    super::{
        build::Sources,
        concentration::{Part, largest},
    },
    crate::report::{Amount, Base58, Percent},
    crate::{
        error::CoreError,
        state::{Account, Round, RoundStatus},
    },
    anchor_lang::prelude::Pubkey,
    serde::Serialize,
    serde_with::serde_as,
};

/// How far a round is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum RoundPhase {
    /// It opens later.
    Upcoming,
    /// It sells.
    Open,
    /// Its time is over, or everything is sold: anybody may close it.
    Over,
    /// It reached its minimum: shares can be collected, and its owner paid.
    Succeeded,
    /// It did not: contributions are refunded.
    Failed,
    /// Its owner was paid.
    Settled,
}

/// A stage of a round.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct StageReport {
    /// Shares for sale.
    pub shares: Amount,
    /// Shares sold.
    pub sold: Amount,
    /// Price of a whole share.
    pub price: Amount,
}

/// A round.
#[serde_as]
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RoundReport {
    /// Its number.
    pub number: u64,
    /// Its address.
    #[serde_as(as = "Base58")]
    pub address: Pubkey,
    /// How far it is.
    pub status: RoundPhase,
    /// Its stages.
    pub stages: Vec<StageReport>,
    /// Raised so far.
    pub raised: Amount,
    /// Below which it fails; none for a round that sells at once.
    pub min_raise: Option<Amount>,
    /// Most that one backer may put in; none for no cap.
    pub backer_cap: Option<Amount>,
    /// Smallest contribution.
    pub min_contribution: Amount,
    /// Percent of the proceeds that goes to the reserve.
    pub reserve: Percent,
    /// Whether contributions need approval.
    pub by_approval: bool,
    /// First second, unix time.
    pub opens_at: i64,
    /// First second after it, unix time.
    pub closes_at: i64,
    /// Contributions made.
    pub contributions: u64,
    /// From whom; `None` if they were not read, or are not kept by wallet.
    pub contributors: Option<Contributors>,
    /// Shares sold and not yet collected.
    pub uncollected: Amount,
}

/// From how many wallets a round's money came. It proves how much came in, not from whom:
/// several wallets may be one person's, the owner's too.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Contributors {
    /// Wallets.
    pub wallets: usize,
    /// The largest.
    pub largest: Vec<Part>,
}

fn contributors(round: &Account<Round>, from: &Sources) -> Option<Contributors> {
    let of_round = from.contributions.iter().map(|one| &one.data);
    let of_round: Vec<_> = of_round.filter(|one| one.round == round.key).collect();
    if of_round.is_empty() && round.data.contributions > 0 {
        return None;
    }
    let paid = of_round.iter().map(|one| (one.wallet, one.paid));
    let decimals = from.token.data.quote().decimals;
    let (largest, _) = largest(paid.collect(), round.data.raised, decimals);
    Some(Contributors {
        wallets: of_round.len(),
        largest,
    })
}

/// The report of one round.
///
/// # Errors
/// `Refused` where the round does not decode.
pub(super) fn round_report(
    round: &Account<Round>,
    from: &Sources,
) -> Result<RoundReport, CoreError> {
    let (data, now) = (&round.data, from.clock.unix_timestamp);
    let decimals = from.token.data.quote().decimals;
    let stages = data
        .stage_shares
        .iter()
        .zip(&data.sold)
        .zip(&data.stage_prices);
    let stages = stages
        .take(usize::from(data.stage_count))
        .map(|((offered, sold), price)| {
            let price = Amount::new(*price, decimals);
            StageReport {
                shares: Amount::shares(*offered),
                sold: Amount::shares(*sold),
                price,
            }
        });
    Ok(RoundReport {
        number: data.number,
        address: round.key,
        status: match data.status()? {
            RoundStatus::Open if now < data.opens_at => RoundPhase::Upcoming,
            RoundStatus::Open if now >= data.ends_at() => RoundPhase::Over,
            RoundStatus::Open => RoundPhase::Open,
            RoundStatus::Succeeded => RoundPhase::Succeeded,
            RoundStatus::Failed => RoundPhase::Failed,
            RoundStatus::Settled => RoundPhase::Settled,
        },
        stages: stages.collect(),
        raised: Amount::new(data.raised, decimals),
        min_raise: data
            .escrows()
            .then(|| Amount::new(data.min_raise, decimals)),
        backer_cap: (data.backer_cap != u64::MAX).then(|| Amount::new(data.backer_cap, decimals)),
        min_contribution: Amount::new(data.min_contribution, decimals),
        reserve: Percent::of_bps(data.reserve_bps),
        by_approval: data.by_approval == 1,
        opens_at: data.opens_at,
        closes_at: data.closes_at,
        contributions: data.contributions,
        contributors: contributors(round, from),
        uncollected: Amount::shares(data.uncollected),
    })
}

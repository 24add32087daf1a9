//! Open polls: what they would change, where they stand, and whether they can pass at all.

use {
    super::{
        build::Sources,
        poll_change::{ChangeKind, PollDecimals, PollFigures},
    },
    crate::report::{Amount, Base58, Hash, Percent, Unit, named, names},
    crate::{
        address::find_grant,
        error::CoreError,
        state::{
            Account, Change, ChangeClass, DISSOLUTION_PLACE, Holder, OWNER_PLACE, PersonalToken,
            Poll, PollStatus, Venue,
        },
    },
    anchor_lang::prelude::Pubkey,
    personal_token::error::TokenError,
    serde::Serialize,
    serde_with::serde_as,
    std::collections::BTreeSet,
};

/// Grants whose addresses are looked for among holders.
const MOST_GRANTS: u64 = 1_000;

/// Who answers polls, and whether any can pass.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Voice {
    /// Shares that count: all but the owner's registered ones.
    pub eligible: Amount,
    /// Of these, registered to wallets that can answer. The others are outside, uncollected,
    /// unvested, or in pools and indexes: they count and say nothing.
    pub answering: Amount,
    /// Shares that a poll against holders takes now.
    pub needed: Amount,
    /// Whether no poll passes, because too few shares can answer.
    pub silent: bool,
}

/// A poll and where it stands.
#[serde_as]
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PollReport {
    /// Its number.
    pub number: u64,
    /// Its address.
    #[serde_as(as = "Base58")]
    pub address: Pubkey,
    /// How far it is.
    pub status: PollPhase,
    /// Whom it is against.
    #[serde(serialize_with = "names::ChangeClassName::serialize")]
    #[cfg_attr(feature = "schema", schemars(with = "names::ChangeClassName"))]
    pub class: ChangeClass,
    /// Which of a token's three places it takes.
    pub place: PollPlace,
    /// Who put it.
    #[serde_as(as = "Base58")]
    pub put_by: Pubkey,
    /// What it changes.
    pub changes: ChangeKind,
    /// The claim that it is about.
    pub claim: Option<u64>,
    /// The attester that it is about.
    #[serde_as(as = "Option<Base58>")]
    pub attester: Option<Pubkey>,
    /// The mint of the asset that it is about, or whose surplus it books.
    #[serde_as(as = "Option<Base58>")]
    pub asset: Option<Pubkey>,
    /// What it was before.
    pub before: PollFigures,
    /// What it is after.
    pub after: PollFigures,
    /// SHA-256 of what it says in full; `None` if it names no document.
    pub document: Option<Hash>,
    /// The tally; none once it is over.
    pub tally: Option<PollTally>,
    /// When it was put, unix seconds.
    pub put_at: i64,
    /// Last second in which it may be applied, unix time.
    pub lapses_at: i64,
    /// When it was applied, unix seconds.
    pub applied_at: Option<i64>,
}

/// A live tally.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PollTally {
    /// Shares that approve.
    pub in_favor: Amount,
    /// Shares that object.
    pub against: Amount,
    /// Shares that count: of when it was put, and against holders the larger of then and now.
    pub eligible: Amount,
    /// Shares that it takes.
    pub needed: Amount,
    /// Shares whose objection stops it; none if objections do not.
    pub objection: Option<Amount>,
    /// Percent of the eligible shares that approve.
    pub part: Percent,
    /// Percent of them that it takes.
    pub threshold: Percent,
    /// Whether it passes at the time of the reading.
    pub passed: bool,
    /// Whether enough object.
    pub objected: bool,
    /// First second in which it may be applied, unix time, if it stays passed.
    pub effective_at: Option<i64>,
    /// Whether it may be applied at the time of the reading.
    pub applicable: bool,
}

/// How far a poll is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum PollPhase {
    /// It can be answered, and applied if it passes.
    Open,
    /// Its time is over.
    Lapsed,
    /// Another took its place.
    Void,
    /// It was applied.
    Applied,
}

/// Which of a token's three places a poll takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum PollPlace {
    /// Of polls that wind the token up.
    Dissolution,
    /// Of the owner's.
    Owner,
    /// Of those that holders put.
    Holders,
}

/// `ceil(whole * bps / 10,000)`.
fn part_of(whole: u64, bps: u16) -> u64 {
    let part = (u128::from(whole) * u128::from(bps)).div_ceil(10_000);
    u64::try_from(part).unwrap_or(u64::MAX)
}

/// The tally of an open poll at unix time `now`.
fn tally(token: &PersonalToken, poll: &Poll, now: i64) -> Result<Option<PollTally>, CoreError> {
    let Some(slot) = poll.slot(token) else {
        return Ok(None);
    };
    let against_holders = slot.against_holders == 1;
    let mut eligible = slot.eligible;
    let (needed, threshold) = if against_holders {
        eligible = eligible.max(token.eligible()?);
        let threshold = slot.threshold_bps.max(token.terms.poll_threshold_bps);
        (part_of(eligible, threshold), Percent::of_bps(threshold))
    } else {
        let thirds = u64::try_from((u128::from(eligible) * 2).div_ceil(3)).unwrap_or(u64::MAX);
        let of_supply = part_of(poll.supply, poll.supply_part()?.get());
        let needed = thirds.max(of_supply);
        (needed, Percent::of(needed, eligible))
    };
    let verdict = poll.require_passed(token);
    let effective_at = match poll.effective_at(token)? {
        0 => None,
        at => Some(at),
    };
    let alone = token.is_owners_alone(token.owner_shares);
    Ok(Some(PollTally {
        in_favor: Amount::shares(slot.in_favor),
        against: Amount::shares(slot.against),
        eligible: Amount::shares(eligible),
        needed: Amount::shares(needed),
        objection: against_holders.then(|| Amount::shares(eligible.div_ceil(10))),
        part: Percent::of(slot.in_favor, eligible),
        threshold,
        passed: verdict.is_ok(),
        objected: verdict == Err(TokenError::PollObjected),
        effective_at,
        applicable: poll.require_applicable(token, alone, now).is_ok(),
    }))
}

/// The report of one poll at unix time `now`.
///
/// # Errors
/// `Refused` if the accounts do not decode.
pub fn poll_report(
    token: &PersonalToken,
    poll: &Account<Poll>,
    decimals: PollDecimals,
    now: i64,
) -> Result<PollReport, CoreError> {
    let data = &poll.data;
    let change = data.change()?;
    let applied = data.status()? == PollStatus::Applied;
    let tally = tally(token, data, now)?;
    let class = match (&change, data.is_against_holders(token)) {
        (_, Ok(true)) => ChangeClass::AgainstHolders,
        (Change::Floor(_) | Change::Dissolve, _) => ChangeClass::AgainstOwner,
        (_, Ok(false)) => ChangeClass::ForHolders,
        // Over: as it was when it was put.
        (Change::CashOutTax(_) | Change::Royalty(_), Err(_)) => {
            if data.after.value < data.before.value {
                ChangeClass::ForHolders
            } else {
                ChangeClass::AgainstHolders
            }
        }
        _ => change.class(&token.terms),
    };
    let asset = change
        .asset()
        .and_then(|place| token.asset(place.into()).ok());
    Ok(PollReport {
        number: data.number,
        address: poll.key,
        status: match (&tally, applied) {
            (_, true) => PollPhase::Applied,
            (None, false) => PollPhase::Void,
            (Some(_), false) if now > data.lapses_at => PollPhase::Lapsed,
            (Some(_), false) => PollPhase::Open,
        },
        class,
        place: match data.place {
            DISSOLUTION_PLACE => PollPlace::Dissolution,
            OWNER_PLACE => PollPlace::Owner,
            _ => PollPlace::Holders,
        },
        put_by: data.put_by,
        changes: ChangeKind::of(&change),
        claim: change.claim(),
        attester: change.attester().as_ref().and_then(named),
        asset: asset.map(|asset| asset.mint),
        before: PollFigures::of(&change, &data.before, decimals),
        after: PollFigures::of(&change, &data.after, decimals),
        document: Hash::named(&data.document),
        tally: if applied { None } else { tally },
        put_at: data.put_at,
        lapses_at: data.lapses_at,
        applied_at: applied.then_some(data.applied_at),
    })
}

impl Sources<'_> {
    /// Decimals of the numbers in a poll.
    fn decimals_of(&self, change: &Change) -> PollDecimals {
        let token = &self.token.data;
        let about = change.claim().and_then(|number| {
            let mut claims = self.claims.iter();
            claims.find(|claim| claim.data.number == number)
        });
        let unit = |mint, decimals| Unit {
            decimals,
            scale: self.scales.get(mint),
        };
        let units = about.map_or(Unit::default(), |claim| {
            unit(&claim.data.mint, self.unit_decimals(&claim.data))
        });
        // What custody is sold for is in the quote mint.
        let paid = about.filter(|_| !matches!(change, Change::Auction { .. }));
        let place = paid.and_then(|claim| token.asset_of(&claim.data.mint).ok());
        let asset = place.and_then(|place| token.asset(place).ok());
        let paid = asset.unwrap_or(token.quote());
        PollDecimals {
            amounts: unit(&paid.mint, paid.decimals),
            units,
        }
    }

    /// Open polls, by place.
    pub(super) fn polls(&self) -> Result<Vec<PollReport>, CoreError> {
        let now = self.clock.unix_timestamp;
        let polls = self.polls.iter().map(|poll| {
            let decimals = self.decimals_of(&poll.data.change()?);
            poll_report(&self.token.data, poll, decimals, now)
        });
        polls.collect()
    }

    /// Who can answer polls; `None` if the holders were not read.
    pub(super) fn voice(&self) -> Result<Option<Voice>, CoreError> {
        let token = &self.token.data;
        if self.holders.is_empty() && token.holders > 0 {
            return Ok(None);
        }
        let eligible = token.eligible()?;
        // Nobody has a key of a grant's address.
        let keyless = |holder: &Account<Holder>| !holder.data.wallet.is_on_curve();
        let grants: BTreeSet<Pubkey> = match self.holders.iter().any(keyless) {
            true => (0..token.grants.min(MOST_GRANTS))
                .map(|number| find_grant(&self.token.key, number).0)
                .collect(),
            false => BTreeSet::new(),
        };
        let answering = self.holders.iter().filter(|holder| {
            let holder = &holder.data;
            let owns = holder.wallet == token.owner;
            !owns && holder.venue == Venue::None && !grants.contains(&holder.wallet)
        });
        let answering = answering.fold(0u64, |sum, holder| sum.saturating_add(holder.data.shares));
        let needed = part_of(eligible, token.terms.poll_threshold_bps);
        Ok(Some(Voice {
            eligible: Amount::shares(eligible),
            answering: Amount::shares(answering),
            needed: Amount::shares(needed),
            silent: eligible > 0 && answering < needed,
        }))
    }
}

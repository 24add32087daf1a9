//! Open polls: what they would change, where they stand, and whether they can pass at all.

use {
    super::{
        build::{Sources, named, percent, shares},
        report::Amount,
    },
    crate::{
        address::find_grant,
        amount,
        error::CoreError,
        hex::hex,
        state::{
            Account, Change, ChangeClass, DISSOLUTION_PLACE, Figures, Holder, OWNER_PLACE,
            PersonalToken, Poll, PollStatus, TokenStatus, Venue,
        },
    },
    anchor_lang::prelude::Pubkey,
    personal_token::error::TokenError,
    serde::Serialize,
    std::collections::BTreeSet,
    upside_math::SHARE_DECIMALS,
};

/// Grants whose addresses are looked for among holders.
const MOST_GRANTS: u64 = 1_000;

/// Who answers polls, and whether any can pass.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
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
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PollReport {
    /// Its number.
    pub number: u64,
    /// Its address.
    pub address: String,
    /// `open`, `lapsed`, `void` or `applied`.
    pub status: &'static str,
    /// `against_holders`, `for_holders` or `against_owner`.
    pub class: &'static str,
    /// `dissolution`, `owner` or `holders`.
    pub place: &'static str,
    /// Who put it.
    pub put_by: String,
    /// What it changes.
    pub changes: &'static str,
    /// The claim that it is about.
    pub claim: Option<u64>,
    /// The attester that it is about.
    pub attester: Option<String>,
    /// The mint of the asset that it is about, or whose surplus it books.
    pub asset: Option<String>,
    /// What it was before.
    pub before: String,
    /// What it is after.
    pub after: String,
    /// SHA-256 of what it says in full, hexadecimal.
    pub document: String,
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
    pub part: String,
    /// Percent of them that it takes.
    pub threshold: String,
    /// Whether it passes at the time of the reading.
    pub passed: bool,
    /// Whether enough object.
    pub objected: bool,
    /// First second in which it may be applied, unix time, if it stays passed.
    pub effective_at: Option<i64>,
    /// Whether it may be applied at the time of the reading.
    pub applicable: bool,
}

/// As reports name what a poll changes.
pub fn change_name(change: &Change) -> &'static str {
    match change {
        Change::SupplyCap(_) => "supply cap",
        Change::Room(_) => "yearly room",
        Change::CashOutTax(_) => "cash-out tax",
        Change::Royalty(_) => "royalty",
        Change::ReserveShare(_) => "reserve share",
        Change::Drip(_) => "drip",
        Change::RevenueTerms { .. } => "revenue claim",
        Change::RevenueEnd(_) => "end of a revenue claim",
        Change::AcceptAttester(_) => "accepted attester",
        Change::Exempt(_) => "exempted asset",
        Change::Threshold(_) => "poll threshold",
        Change::Notice(_) => "notice",
        Change::Inactivity(_) => "inactivity",
        Change::LossLimit(_) => "loss limit",
        Change::ResolveClaim(_) => "end of a dispute",
        Change::Floor(_) => "floor",
        Change::RemoveAttester(_) => "removed attester",
        Change::DisputeClaim(_) => "disputed claim",
        Change::Dissolve => "status",
        Change::Auction { .. } => "auction of custody",
        Change::BookSurplus(_) => "surplus of a vault",
    }
}

/// As reports name a class of changes.
pub fn class_name(class: ChangeClass) -> &'static str {
    match class {
        ChangeClass::AgainstHolders => "against_holders",
        ChangeClass::ForHolders => "for_holders",
        ChangeClass::AgainstOwner => "against_owner",
    }
}

fn days(seconds: u64) -> String {
    const DAY: u64 = 86_400;
    match (seconds / DAY, seconds % DAY) {
        (days, 0) => format!("{days} d"),
        (0, seconds) => format!("{seconds} s"),
        (days, seconds) => format!("{days} d {seconds} s"),
    }
}

fn either(value: u64, yes: &str, no: &str) -> String {
    (if value == 1 { yes } else { no }).to_string()
}

/// Decimals of the numbers in a poll.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PollDecimals {
    /// Of its amounts: the quote mint's, or of revenue terms those of the claim's mint.
    pub amounts: u8,
    /// Of the units of an auction: those of the equity's mint.
    pub units: u8,
}

/// What an auction at this value asks, or what attesters say if nothing is on offer.
fn auction(figures: &Figures, decimals: PollDecimals) -> String {
    let amount = |atoms| Amount::new(atoms, decimals.amounts).amount;
    if figures.units == 0 {
        return match figures.value {
            0 => "no fresh accepted value".to_string(),
            value => format!("attested at {}", amount(value)),
        };
    }
    format!(
        "{} tokens for {}, falling to {} over {}",
        amount::print(figures.units, decimals.units),
        amount(figures.value.saturating_mul(2)),
        amount(figures.value.div_ceil(2)),
        days(figures.seconds.into())
    )
}

/// A change's numbers for people.
pub fn figures(change: &Change, figures: &Figures, places: PollDecimals) -> String {
    let (value, decimals) = (figures.value, places.amounts);
    let part = |bps: u64| {
        let bps = u16::try_from(bps).unwrap_or(u16::MAX);
        format!("{} %", percent(bps))
    };
    match change {
        Change::SupplyCap(_) => Amount::new(value, SHARE_DECIMALS).amount,
        Change::Floor(_) | Change::LossLimit(_) => Amount::new(value, decimals).amount,
        Change::Room(_)
        | Change::CashOutTax(_)
        | Change::Royalty(_)
        | Change::ReserveShare(_)
        | Change::Threshold(_) => part(value),
        Change::Drip(_) | Change::Notice(_) | Change::Inactivity(_) => days(value),
        Change::RevenueTerms { .. } => format!(
            "{} of gross up to {} until @{}",
            part(figures.share_bps.into()),
            Amount::new(value, decimals).amount,
            figures.ends_at
        ),
        Change::Auction { .. } => auction(figures, places),
        Change::BookSurplus(_) => either(value, "in the reserve", "in the vault, nobody's"),
        Change::RevenueEnd(_) => either(value, "ended", "due"),
        Change::AcceptAttester(_) | Change::RemoveAttester(_) => {
            either(value, "accepted", "not accepted")
        }
        Change::Exempt(_) => either(value, "exempted", "brought by new shares"),
        Change::ResolveClaim(_) | Change::DisputeClaim(_) => {
            either(value, "disputed", "not disputed")
        }
        Change::Dissolve if value == TokenStatus::WindDown as u64 => "wind-down".to_string(),
        Change::Dissolve => "active".to_string(),
    }
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
        (part_of(eligible, threshold), percent(threshold))
    } else {
        let thirds = u64::try_from((u128::from(eligible) * 2).div_ceil(3)).unwrap_or(u64::MAX);
        let of_supply = part_of(poll.supply, poll.supply_part()?.get());
        let needed = thirds.max(of_supply);
        let bps = (u128::from(needed) * 10_000).checked_div(eligible.into());
        let bps = u16::try_from(bps.unwrap_or(0)).unwrap_or(u16::MAX);
        (needed, percent(bps))
    };
    let verdict = poll.require_passed(token);
    let part = u128::from(slot.in_favor) * 10_000;
    let part = part.checked_div(eligible.into()).unwrap_or(0);
    let effective_at = match poll.effective_at(token)? {
        0 => None,
        at => Some(at),
    };
    let alone = token.is_owners_alone(token.owner_shares);
    Ok(Some(PollTally {
        in_favor: shares(slot.in_favor),
        against: shares(slot.against),
        eligible: shares(eligible),
        needed: shares(needed),
        objection: against_holders.then(|| shares(eligible.div_ceil(10))),
        part: percent(u16::try_from(part).unwrap_or(u16::MAX)),
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
        address: poll.key.to_string(),
        status: match (&tally, applied) {
            (_, true) => "applied",
            (None, false) => "void",
            (Some(_), false) if now > data.lapses_at => "lapsed",
            (Some(_), false) => "open",
        },
        class: class_name(class),
        place: match data.place {
            DISSOLUTION_PLACE => "dissolution",
            OWNER_PLACE => "owner",
            _ => "holders",
        },
        put_by: data.put_by.to_string(),
        changes: change_name(&change),
        claim: change.claim(),
        attester: change.attester().as_ref().and_then(named),
        asset: asset.map(|asset| asset.mint.to_string()),
        before: figures(&change, &data.before, decimals),
        after: figures(&change, &data.after, decimals),
        document: hex(&data.document),
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
        let units = about.map_or(0, |claim| self.unit_decimals(&claim.data));
        // What custody is sold for is in the quote mint.
        let paid = about.filter(|_| !matches!(change, Change::Auction { .. }));
        let place = paid.and_then(|claim| token.asset_of(&claim.data.mint).ok());
        let asset = place.and_then(|place| token.asset(place).ok());
        PollDecimals {
            amounts: asset.unwrap_or(token.quote()).decimals,
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
            eligible: shares(eligible),
            answering: shares(answering),
            needed: shares(needed),
            silent: eligible > 0 && answering < needed,
        }))
    }
}

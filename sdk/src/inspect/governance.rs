//! How a token is governed: what was announced, what is voted on, who ends it.

use {
    super::{
        build::{Sources, named, percent, shares},
        report::Amount,
    },
    crate::{
        error::SdkError,
        hex::hex,
        state::{
            Account, Admission, Amendment, AmendmentStatus, Change, Figures, Holder, PersonalToken,
            Policy, Status, TransferPolicy,
        },
    },
    serde::Serialize,
    upside_math::SHARE_DECIMALS,
};

/// Status, announcements, the open amendment, the executor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct GovernanceReport {
    /// `active` or `wind_down`.
    pub status: &'static str,
    /// Policies that were announced.
    pub announced: Option<AnnouncedPolicy>,
    /// The amendment on which holders vote.
    pub amendment: Option<AmendmentReport>,
    /// Amendments ever proposed.
    pub amendments: u64,
    /// Who may wind the token up.
    pub executor: Option<String>,
    /// First second in which the executor may, unix time, unless the owner signs before.
    pub executor_from: i64,
}

/// Policies under notice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AnnouncedPolicy {
    /// `open`, `approved` or `credential`.
    pub admission: &'static str,
    /// `free`, `approved` or `closed`.
    pub transfer_policy: &'static str,
    /// The credential that will admit.
    pub credential: Option<String>,
    /// Its schema.
    pub schema: Option<String>,
    /// From when on they may be applied, unix seconds.
    pub effective_at: i64,
}

/// A change of terms and where its vote stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AmendmentReport {
    /// Its number.
    pub number: u64,
    /// Its address.
    pub address: String,
    /// `open` or `applied`.
    pub status: &'static str,
    /// What it changes.
    pub changes: &'static str,
    /// Revenue terms: the claim.
    pub claim: Option<u64>,
    /// What it was before.
    pub before: String,
    /// What it is after.
    pub after: String,
    /// SHA-256 of what it says in full, hexadecimal.
    pub document: String,
    /// The vote; none once it was applied.
    pub tally: Option<TallyReport>,
    /// When it was proposed, unix seconds.
    pub proposed_at: i64,
    /// From when on it may be applied, unix seconds.
    pub effective_at: i64,
    /// Last second in which it may be, unix time.
    pub expires_at: i64,
    /// When it was applied, unix seconds.
    pub applied_at: Option<i64>,
}

/// A live tally.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TallyReport {
    /// Shares that approve.
    pub approving: Amount,
    /// Shares that may vote: registered, and not the owner's.
    pub eligible: Amount,
    /// Percent of those that approve.
    pub part: String,
    /// Percent that it takes.
    pub threshold: String,
    /// Whether they are enough.
    pub passed: bool,
    /// Whether it may be applied at the time of the reading.
    pub applicable: bool,
    /// Whether it has expired.
    pub expired: bool,
}

/// As reports name an admission policy.
pub fn admission_name(admission: Admission) -> &'static str {
    match admission {
        Admission::Open => "open",
        Admission::Approved => "approved",
        Admission::Credential => "credential",
    }
}

/// As reports name a transfer policy.
pub fn transfer_policy_name(policy: TransferPolicy) -> &'static str {
    match policy {
        TransferPolicy::Free => "free",
        TransferPolicy::Approved => "approved",
        TransferPolicy::Closed => "closed",
    }
}

/// As reports name what an amendment changes.
pub fn change_name(change: &Change) -> &'static str {
    match change {
        Change::SupplyCap(_) => "supply cap",
        Change::Floor(_) => "floor",
        Change::CashOutTax(_) => "cash-out tax",
        Change::Royalty(_) => "royalty",
        Change::ReserveShare(_) => "reserve share",
        Change::Drip(_) => "drip",
        Change::RevenueTerms { .. } => "revenue claim",
        Change::Threshold(_) => "amendment threshold",
        Change::Notice(_) => "notice",
        Change::Inactivity(_) => "inactivity",
        Change::Dissolve => "status",
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

/// A change's numbers for people. Quote and revenue amounts are in `decimals`.
pub fn figures(change: &Change, figures: &Figures, decimals: u8) -> String {
    let value = figures.value;
    let part = |bps: u64| {
        let bps = u16::try_from(bps).unwrap_or(u16::MAX);
        format!("{} %", percent(bps))
    };
    match change {
        Change::SupplyCap(_) if value == u64::MAX => "none".to_string(),
        Change::SupplyCap(_) => Amount::new(value, SHARE_DECIMALS).amount,
        Change::Floor(_) => Amount::new(value, decimals).amount,
        Change::CashOutTax(_)
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
        Change::Dissolve if value == Status::WindDown as u64 => "wind-down".to_string(),
        Change::Dissolve => "active".to_string(),
    }
}

fn announced(policy: &Policy, effective_at: i64) -> Result<AnnouncedPolicy, SdkError> {
    Ok(AnnouncedPolicy {
        admission: admission_name(policy.admission.try_into()?),
        transfer_policy: transfer_policy_name(policy.transfer_policy.try_into()?),
        credential: named(&policy.credential),
        schema: named(&policy.schema),
        effective_at,
    })
}

/// The vote on the open amendment at unix time `now`. `owner_shares` are those of the
/// owner's holder account.
fn tally(
    token: &PersonalToken,
    amendment: &Amendment,
    owner_shares: u64,
    now: i64,
) -> Result<TallyReport, SdkError> {
    let eligible = token.eligible()?;
    let part = u128::from(token.approving) * 10_000;
    let part = part.checked_div(eligible.into()).unwrap_or(0);
    let (passed, expired) = (token.has_passed()?, now > amendment.expires_at);
    let alone = token.is_owners_alone(owner_shares);
    let due = alone || (passed && now >= amendment.effective_at);
    Ok(TallyReport {
        approving: shares(token.approving),
        eligible: shares(eligible),
        part: percent(u16::try_from(part).unwrap_or(u16::MAX)),
        threshold: percent(token.terms.amendment_threshold_bps),
        passed,
        applicable: due && !expired && token.require_active().is_ok(),
        expired,
    })
}

/// The report of one amendment. `decimals` are those of the amounts in it: the quote
/// mint's, or for revenue terms the claim's mint's.
///
/// # Errors
/// `Refused` where the accounts do not decode.
pub fn amendment_report(
    token: &PersonalToken,
    amendment: &Account<Amendment>,
    owner_shares: u64,
    decimals: u8,
    now: i64,
) -> Result<AmendmentReport, SdkError> {
    let data = &amendment.data;
    let change = data.change()?;
    let open = data.status()? == AmendmentStatus::Open;
    let tally = open.then(|| tally(token, data, owner_shares, now));
    Ok(AmendmentReport {
        number: data.number,
        address: amendment.key.to_string(),
        status: if open { "open" } else { "applied" },
        changes: change_name(&change),
        claim: change.claim(),
        before: figures(&change, &data.before, decimals),
        after: figures(&change, &data.after, decimals),
        document: hex(&data.document),
        tally: tally.transpose()?,
        proposed_at: data.proposed_at,
        effective_at: data.effective_at,
        expires_at: data.expires_at,
        applied_at: (!open).then_some(data.applied_at),
    })
}

impl Sources<'_> {
    /// Decimals of the amounts in an amendment.
    fn decimals_of(&self, change: &Change) -> u8 {
        let token = &self.token.data;
        let about = change.claim().and_then(|number| {
            let mut claims = self.claims.iter();
            claims.find(|claim| claim.data.number == number)
        });
        let place = about.and_then(|claim| token.asset_of(&claim.data.mint).ok());
        let asset = place.and_then(|place| token.asset(place).ok());
        asset.unwrap_or(token.quote()).decimals
    }

    /// How the token is governed.
    pub(super) fn governance(&self) -> Result<GovernanceReport, SdkError> {
        let (token, now) = (&self.token.data, self.clock.unix_timestamp);
        let owner = |holder: &&Account<Holder>| holder.data.wallet == token.owner;
        let owner_shares = self.holders.iter().find(owner);
        let owner_shares = owner_shares.map_or(0, |holder| holder.data.shares);
        let amendment = self.amendment.as_ref().map(|amendment| {
            let change = amendment.data.change()?;
            let decimals = self.decimals_of(&change);
            amendment_report(token, amendment, owner_shares, decimals, now)
        });
        let policy = token.pending_policy();
        Ok(GovernanceReport {
            status: match token.status()? {
                Status::Active => "active",
                Status::WindDown => "wind_down",
            },
            announced: policy
                .map(|(policy, at)| announced(&policy, at))
                .transpose()?,
            amendment: amendment.transpose()?,
            amendments: token.amendments,
            executor: named(&token.executor),
            executor_from: token.executor_from()?,
        })
    }
}

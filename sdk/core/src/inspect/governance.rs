//! How a token is governed: what was announced, what is asked, who ends it.

use {
    super::{
        build::{Sources, named},
        polls::{PollReport, Voice},
    },
    crate::{
        error::CoreError,
        state::{Admission, Policy, TokenStatus, TransferPolicy},
    },
    serde::Serialize,
};

/// Status, announcements, open polls, the executor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct GovernanceReport {
    /// `active` or `wind_down`.
    pub status: &'static str,
    /// Policies that were announced.
    pub announced: Option<AnnouncedPolicy>,
    /// Open polls, by place.
    pub polls: Vec<PollReport>,
    /// Polls ever put.
    pub polls_put: u64,
    /// Who can answer them; `None` if the holders were not read.
    pub voice: Option<Voice>,
    /// How often the terms have changed.
    pub terms_version: u64,
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

fn announced(policy: &Policy, effective_at: i64) -> AnnouncedPolicy {
    AnnouncedPolicy {
        admission: admission_name(policy.admission),
        transfer_policy: transfer_policy_name(policy.transfer_policy),
        credential: named(&policy.credential),
        schema: named(&policy.schema),
        effective_at,
    }
}

impl Sources<'_> {
    /// How the token is governed.
    pub(super) fn governance(&self) -> Result<GovernanceReport, CoreError> {
        let token = &self.token.data;
        let policy = token.pending_policy()?;
        Ok(GovernanceReport {
            status: match token.status()? {
                TokenStatus::Active => "active",
                TokenStatus::WindDown => "wind_down",
            },
            announced: policy.map(|(policy, at)| announced(&policy, at)),
            polls: self.polls()?,
            polls_put: token.poll_seq,
            voice: self.voice()?,
            terms_version: token.terms_version,
            executor: named(&token.executor),
            executor_from: token.executor_from()?,
        })
    }
}

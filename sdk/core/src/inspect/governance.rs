//! How a token is governed: what was announced, what is asked, who ends it.

use {
    super::{
        build::Sources,
        polls::{PollReport, Voice},
    },
    crate::report::{Base58, named, names},
    crate::{
        error::CoreError,
        state::{Admission, Policy, TokenStatus, TransferPolicy},
    },
    anchor_lang::prelude::Pubkey,
    serde::Serialize,
    serde_with::serde_as,
};

/// Status, announcements, open polls, the executor.
#[serde_as]
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct GovernanceReport {
    /// Whether it lives or was wound up.
    #[serde(serialize_with = "names::TokenStatusName::serialize")]
    #[cfg_attr(feature = "schema", schemars(with = "names::TokenStatusName"))]
    pub status: TokenStatus,
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
    #[serde_as(as = "Option<Base58>")]
    pub executor: Option<Pubkey>,
    /// First second in which the executor may, unix time, unless the owner signs before.
    pub executor_from: i64,
}

/// Policies under notice.
#[serde_as]
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AnnouncedPolicy {
    /// Who may hold.
    #[serde(serialize_with = "names::AdmissionName::serialize")]
    #[cfg_attr(feature = "schema", schemars(with = "names::AdmissionName"))]
    pub admission: Admission,
    /// How registered shares move.
    #[serde(serialize_with = "names::TransferPolicyName::serialize")]
    #[cfg_attr(feature = "schema", schemars(with = "names::TransferPolicyName"))]
    pub transfer_policy: TransferPolicy,
    /// The credential that will admit.
    #[serde_as(as = "Option<Base58>")]
    pub credential: Option<Pubkey>,
    /// Its schema.
    #[serde_as(as = "Option<Base58>")]
    pub schema: Option<Pubkey>,
    /// From when on they may be applied, unix seconds.
    pub effective_at: i64,
}

fn announced(policy: &Policy, effective_at: i64) -> AnnouncedPolicy {
    AnnouncedPolicy {
        admission: policy.admission,
        transfer_policy: policy.transfer_policy,
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
            status: token.status()?,
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

//! Look-through: one token as a tree that follows every share down to each claim
//! and each atom, with evidence and age.
//!
//! Backing is never one number. What a vault holds is *liquid*; what the owner
//! says is *declared*; third parties make it *attested*, time makes that *stale*.

mod backing;
mod build;
mod claims;
mod concentration;
mod disclosure;
mod evidence;
mod governance;
mod polls;
mod powers;
mod preview;
mod report;
mod rounds;
mod shares;

pub use {
    backing::{Tallies, Tally},
    build::{Sources, build},
    claims::{AttestationReport, AttesterReport, AuctionReport, ClaimReport, RevenueReportLine},
    concentration::{Concentration, Part},
    disclosure::{
        Announced, AssetRisk, AttesterFacts, Dilution, Disclosure, OwnerIdentity, Roles, TermFacts,
    },
    evidence::Class,
    governance::{AnnouncedPolicy, GovernanceReport, admission_name, transfer_policy_name},
    polls::{
        PollDecimals, PollReport, PollTally, Voice, change_name, class_name, figures, poll_report,
    },
    powers::{Act, Power, When, Who},
    preview::{Intent, Preview, Stake, build_preview, stake},
    report::{
        Amount, AnnouncedName, AssetReport, Backing, FormerNameReport, MintAmount, StreamReport,
        TokenReport,
    },
    rounds::{Contributors, RoundReport, StageReport},
    shares::{HolderReport, Supply, TermsReport},
};

pub(crate) use shares::percent_of;

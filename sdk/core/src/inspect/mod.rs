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
mod poll_change;
mod polls;
mod powers;
mod preview;
mod report;
mod rescale;
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
    evidence::EvidenceClass,
    governance::{AnnouncedPolicy, GovernanceReport},
    poll_change::{ChangeKind, PollDecimals, PollFigures},
    polls::{PollPhase, PollPlace, PollReport, PollTally, Voice, poll_report},
    powers::{Act, Power, When, Who},
    preview::{Intent, Preview, Stake, build_preview, stake},
    report::{
        AnnouncedName, AssetReport, Backing, BackingClass, FormerNameReport, StreamReport,
        TokenReport,
    },
    rounds::{Contributors, RoundPhase, RoundReport, StageReport},
    shares::{HolderReport, Supply, TermsReport},
};

pub(crate) use rescale::told;

pub use crate::report::{Amount, Hash, MintAmount, Percent, Price, Rescale, Scale, Scales, Unit};

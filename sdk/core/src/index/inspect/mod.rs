//! Look-through through both levels: share of the index, person, claim, atom.

mod announcement;
mod below;
mod build;
mod disclosure;
mod exits;
mod gather;
mod membership;
mod powers;
mod preview;
mod rebalance;
mod report;
mod rescale;
mod slots;
mod takes;
mod voice;

pub use {
    announcement::action,
    below::Below,
    build::build,
    disclosure::{IndexDisclosure, IndexRoles, disclosure},
    exits::SlotState,
    gather::{Reading, below},
    powers::{IndexAct, IndexPower, IndexWhen, IndexWho},
    preview::{
        IndexIntent, IndexPreview, IndexStake, SlotPart, build_launch_preview, build_preview,
    },
    report::{
        ActionReport, AnnouncedKind, AnnouncementPhase, AnnouncementReport, ConstituentKind,
        ConstituentReport, IndexReport, MembershipPhase, MembershipReport, OfferReport,
        OrderReport, ParametersReport, RebalancePhase, RebalanceReport, RecipientReport,
        SupplyReport, TermsReport,
    },
    slots::{Performance, PersonFacts, QuotePerformance, SlotFacts},
    takes::MostTaken,
    voice::IndexVoice,
};

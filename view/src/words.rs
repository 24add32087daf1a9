//! What the programs' and the reports' enums are called. One word for one thing, in text,
//! pages and sentences.

use {
    crate::{
        style::{grouped, span},
        time::stamp,
    },
    upside_core::{
        index::{
            IndexStatus, OrderSide, Role,
            inspect::{
                AnnouncedKind, AnnouncementPhase, ConstituentKind, MembershipPhase, RebalancePhase,
            },
        },
        inspect::{
            BackingClass, ChangeKind, EvidenceClass, PollFigures, PollPhase, PollPlace, RoundPhase,
        },
        raw::Immovable,
        report::Scale,
        state::{
            Admission, ChangeClass, ClaimKind, ClaimStatus, Origin, TokenStatus, TransferPolicy,
        },
    },
};

/// Something that has a word.
pub trait Word {
    /// The word.
    fn word(&self) -> &'static str;
}

macro_rules! words {
    ($($name:ty { $($variant:ident => $word:literal),+ $(,)? })+) => {$(
        impl Word for $name {
            fn word(&self) -> &'static str {
                match self {
                    $(<$name>::$variant => $word),+
                }
            }
        }
    )+};
}

words! {
    Admission { Open => "open", Approved => "approved", Credential => "credential" }
    TransferPolicy { Free => "free", Approved => "approved", Closed => "closed" }
    TokenStatus { Active => "active", WindDown => "wind-down" }
    Origin { Owner => "owner", Poll => "poll", Successor => "successor" }
    Immovable { Frozen => "frozen", Paused => "paused" }
    ClaimKind {
        TokenizedEquity => "tokenized equity",
        Equity => "equity on paper",
        RevenueShare => "revenue share",
    }
    ClaimStatus {
        Declared => "declared",
        ExitedInPart => "exited in part",
        Closed => "closed",
        WrittenOff => "written off",
        SharedOut => "shared out",
    }
    EvidenceClass {
        Liquid => "liquid",
        Attested => "attested",
        Stale => "stale",
        Declared => "declared",
    }
    BackingClass {
        Liquid => "liquid",
        Immovable => "immovable",
        Custody => "custody",
        Attested => "attested",
        Stale => "stale",
        Declared => "declared",
    }
    RoundPhase {
        Upcoming => "upcoming",
        Open => "open",
        Over => "over",
        Succeeded => "succeeded",
        Failed => "failed",
        Settled => "settled",
    }
    PollPhase { Open => "open", Lapsed => "lapsed", Void => "void", Applied => "applied" }
    PollPlace { Dissolution => "dissolution", Owner => "owner", Holders => "holders" }
    ChangeClass {
        AgainstHolders => "against holders",
        ForHolders => "for holders",
        AgainstOwner => "against the owner",
    }
    ChangeKind {
        SupplyCap => "supply cap",
        Room => "yearly room",
        CashOutTax => "cash-out tax",
        Royalty => "royalty",
        ReserveShare => "reserve share",
        Drip => "drip",
        RevenueTerms => "revenue claim",
        RevenueEnd => "end of a revenue claim",
        AcceptAttester => "accepted attester",
        Exempt => "exempted asset",
        Threshold => "poll threshold",
        Notice => "notice",
        Inactivity => "inactivity",
        LossLimit => "loss limit",
        ResolveClaim => "end of a dispute",
        Floor => "floor",
        RemoveAttester => "removed attester",
        DisputeClaim => "disputed claim",
        Dissolve => "status",
        Auction => "auction of custody",
        BookSurplus => "surplus of a vault",
    }
    ConstituentKind { Personal => "personal", Cash => "cash" }
    IndexStatus { Seeding => "seeding", Active => "active", WindDown => "wind-down" }
    Role {
        PendingCurator => "proposed curator",
        Launcher => "launcher",
        Admissions => "admissions",
        Guardian => "guardian",
    }
    OrderSide { None => "nothing", Sell => "sell", Buy => "buy" }
    AnnouncedKind { Actions => "actions", Rebalance => "rebalance", Offer => "offer" }
    AnnouncementPhase {
        Waiting => "waiting",
        Effective => "effective",
        Expired => "expired",
        Vetoed => "vetoed",
    }
    MembershipPhase { Active => "active", Ending => "ending", Ended => "ended" }
    RebalancePhase { Draft => "draft", Announced => "announced", Open => "open", Over => "over" }
}

/// What a class of backing is.
pub fn backing_note(class: BackingClass) -> &'static str {
    match class {
        BackingClass::Liquid => "in the reserve: what redeeming pays from",
        BackingClass::Immovable => "frozen, paused or behind tickets: not paid now",
        BackingClass::Custody => "tokenized equity held by claims",
        BackingClass::Attested => "third parties signed lately",
        BackingClass::Stale => "their signatures expired",
        BackingClass::Declared => "the owner's word: cost, or most to come",
    }
}

/// What an issuer can do with an asset, and why it is stuck now.
pub fn risks(
    seizable: bool,
    freezable: bool,
    pausable: bool,
    immovable: Option<Immovable>,
) -> Vec<&'static str> {
    let can = [
        (seizable, "seizable"),
        (freezable, "freezable"),
        (pausable, "pausable"),
    ];
    let can = can.into_iter().filter(|(can, _)| *can);
    let can = can.map(|(_, word)| word);
    can.chain(immovable.map(|why| why.word())).collect()
}

/// That wallets show a mint's amounts multiplied, as is done here.
pub fn multiplied(by: Scale) -> String {
    format!("shown \u{d7}{by}")
}

/// A month of reports, which accounts count as 202601: `2026-01`.
pub fn month(period: u64) -> String {
    format!("{}-{:02}", period / 100, period % 100)
}

/// The numbers of a poll.
pub fn figures(figures: &PollFigures) -> String {
    let either = |is: bool, yes: &str, no: &str| (if is { yes } else { no }).to_string();
    match figures {
        PollFigures::Amount(amount) => grouped(amount),
        PollFigures::Percent { percent } => format!("{percent} %"),
        PollFigures::Span { seconds } => span(i64::try_from(*seconds).unwrap_or(i64::MAX)),
        PollFigures::Revenue {
            share,
            total,
            ends_at,
        } => format!(
            "{share} % of gross up to {} until {}",
            grouped(total),
            stamp(*ends_at)
        ),
        PollFigures::Auction {
            units,
            start,
            end,
            seconds,
        } => format!(
            "{} tokens for {}, falling to {} over {}",
            grouped(units),
            grouped(start),
            grouped(end),
            span((*seconds).into())
        ),
        PollFigures::Attested { value: None } => "no fresh accepted value".to_string(),
        PollFigures::Attested { value: Some(value) } => format!("attested at {}", grouped(value)),
        PollFigures::Ended { ended } => either(*ended, "ended", "due"),
        PollFigures::Accepted { accepted } => either(*accepted, "accepted", "not accepted"),
        PollFigures::Exempt { exempt } => either(*exempt, "exempted", "brought by new shares"),
        PollFigures::Disputed { disputed } => either(*disputed, "disputed", "not disputed"),
        PollFigures::Booked { booked } => {
            either(*booked, "in the reserve", "in the vault, nobody's")
        }
        PollFigures::Status { status } => status.word().to_string(),
    }
}

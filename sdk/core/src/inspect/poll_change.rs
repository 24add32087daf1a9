//! What polls change, and the numbers before and after.

use {
    crate::{
        report::{Amount, Percent, Unit, names},
        state::{Change, Figures, TokenStatus},
    },
    serde::Serialize,
};

/// What a poll changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ChangeKind {
    /// How many shares may exist.
    SupplyCap,
    /// How many may be created in a year beyond the launch.
    Room,
    /// What redeeming a part leaves to the others.
    CashOutTax,
    /// The owner's part of a seller's profit.
    Royalty,
    /// The part of payouts that goes to the reserve.
    ReserveShare,
    /// Over how long payouts stream.
    Drip,
    /// The terms of a revenue claim.
    RevenueTerms,
    /// It ends a revenue claim.
    RevenueEnd,
    /// It accepts an attester.
    AcceptAttester,
    /// It exempts an asset from what new shares bring.
    Exempt,
    /// What passes a poll against holders.
    Threshold,
    /// How long changes are announced ahead.
    Notice,
    /// How long the owner is silent before the executor may act.
    Inactivity,
    /// How far losses are carried forward.
    LossLimit,
    /// It ends a dispute of a claim.
    ResolveClaim,
    /// What of exits stays with the owner.
    Floor,
    /// It removes an attester.
    RemoveAttester,
    /// It disputes a claim.
    DisputeClaim,
    /// It winds the token up.
    Dissolve,
    /// It sells custody by auction.
    Auction,
    /// It books what arrived in a vault unasked into the reserve.
    BookSurplus,
}

impl ChangeKind {
    /// Of a change.
    pub fn of(change: &Change) -> Self {
        match change {
            Change::SupplyCap(_) => ChangeKind::SupplyCap,
            Change::Room(_) => ChangeKind::Room,
            Change::CashOutTax(_) => ChangeKind::CashOutTax,
            Change::Royalty(_) => ChangeKind::Royalty,
            Change::ReserveShare(_) => ChangeKind::ReserveShare,
            Change::Drip(_) => ChangeKind::Drip,
            Change::RevenueTerms { .. } => ChangeKind::RevenueTerms,
            Change::RevenueEnd(_) => ChangeKind::RevenueEnd,
            Change::AcceptAttester(_) => ChangeKind::AcceptAttester,
            Change::Exempt(_) => ChangeKind::Exempt,
            Change::Threshold(_) => ChangeKind::Threshold,
            Change::Notice(_) => ChangeKind::Notice,
            Change::Inactivity(_) => ChangeKind::Inactivity,
            Change::LossLimit(_) => ChangeKind::LossLimit,
            Change::ResolveClaim(_) => ChangeKind::ResolveClaim,
            Change::Floor(_) => ChangeKind::Floor,
            Change::RemoveAttester(_) => ChangeKind::RemoveAttester,
            Change::DisputeClaim(_) => ChangeKind::DisputeClaim,
            Change::Dissolve => ChangeKind::Dissolve,
            Change::Auction { .. } => ChangeKind::Auction,
            Change::BookSurplus(_) => ChangeKind::BookSurplus,
        }
    }
}

/// The numbers of a change, before or after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "figure", rename_all = "snake_case")]
pub enum PollFigures {
    /// Shares, or money.
    Amount(Amount),
    /// A percentage.
    Percent {
        /// The percentage.
        percent: Percent,
    },
    /// A span of time.
    Span {
        /// Its seconds.
        seconds: u64,
    },
    /// The terms of a revenue claim.
    Revenue {
        /// Percent of gross.
        share: Percent,
        /// Most that will be paid.
        total: Amount,
        /// Its end, unix seconds.
        ends_at: i64,
    },
    /// What an auction asks.
    Auction {
        /// Units of equity on offer.
        units: Amount,
        /// Their price at the start.
        start: Amount,
        /// Their price at the end.
        end: Amount,
        /// Seconds between the two.
        seconds: u32,
    },
    /// Before an auction: what attesters hold the units to be worth.
    Attested {
        /// The value; `None` without a fresh accepted one.
        value: Option<Amount>,
    },
    /// Whether the revenue claim is ended.
    Ended {
        /// If it is.
        ended: bool,
    },
    /// Whether the attester is accepted.
    Accepted {
        /// If it is.
        accepted: bool,
    },
    /// Whether the asset is exempt.
    Exempt {
        /// If it is.
        exempt: bool,
    },
    /// Whether the claim is disputed.
    Disputed {
        /// If it is.
        disputed: bool,
    },
    /// Whether the surplus is in the reserve.
    Booked {
        /// If it is.
        booked: bool,
    },
    /// Whether the token is wound up.
    Status {
        /// Its status.
        #[serde(serialize_with = "names::TokenStatusName::serialize")]
        #[cfg_attr(feature = "schema", schemars(with = "names::TokenStatusName"))]
        status: TokenStatus,
    },
}

/// Decimals of the numbers in a poll.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PollDecimals {
    /// Of its amounts: the quote mint's, or of revenue terms those of the claim's mint.
    pub amounts: Unit,
    /// Of the units of an auction: those of the equity's mint.
    pub units: Unit,
}

fn percent(bps: u64) -> PollFigures {
    let bps = u16::try_from(bps).unwrap_or(u16::MAX);
    PollFigures::Percent {
        percent: Percent::of_bps(bps),
    }
}

fn auction(figures: &Figures, decimals: PollDecimals) -> PollFigures {
    let amount = |atoms| Amount::new(atoms, decimals.amounts);
    if figures.units == 0 {
        let value = (figures.value > 0).then(|| amount(figures.value));
        return PollFigures::Attested { value };
    }
    PollFigures::Auction {
        units: Amount::new(figures.units, decimals.units),
        start: amount(figures.value.saturating_mul(2)),
        end: amount(figures.value.div_ceil(2)),
        seconds: figures.seconds,
    }
}

impl PollFigures {
    /// The numbers of a change.
    pub fn of(change: &Change, figures: &Figures, decimals: PollDecimals) -> Self {
        let value = figures.value;
        let is = value == 1;
        let amount = Amount::new(value, decimals.amounts);
        match change {
            Change::SupplyCap(_) => PollFigures::Amount(Amount::shares(value)),
            Change::Floor(_) | Change::LossLimit(_) => PollFigures::Amount(amount),
            Change::Room(_)
            | Change::CashOutTax(_)
            | Change::Royalty(_)
            | Change::ReserveShare(_)
            | Change::Threshold(_) => percent(value),
            Change::Drip(_) | Change::Notice(_) | Change::Inactivity(_) => {
                PollFigures::Span { seconds: value }
            }
            Change::RevenueTerms { .. } => PollFigures::Revenue {
                share: Percent::of_bps(figures.share_bps),
                total: amount,
                ends_at: figures.ends_at,
            },
            Change::Auction { .. } => auction(figures, decimals),
            Change::BookSurplus(_) => PollFigures::Booked { booked: is },
            Change::RevenueEnd(_) => PollFigures::Ended { ended: is },
            Change::AcceptAttester(_) | Change::RemoveAttester(_) => {
                PollFigures::Accepted { accepted: is }
            }
            Change::Exempt(_) => PollFigures::Exempt { exempt: is },
            Change::ResolveClaim(_) | Change::DisputeClaim(_) => {
                PollFigures::Disputed { disputed: is }
            }
            Change::Dissolve => PollFigures::Status {
                status: if value == TokenStatus::WindDown as u64 {
                    TokenStatus::WindDown
                } else {
                    TokenStatus::Active
                },
            },
        }
    }
}

//! What a plan's prices, parts and notes are called.

use {
    serde::Serialize,
    upside_math::SHARE_DECIMALS,
    upside_sdk::{
        amount,
        index::{
            plan::{Note, Source},
            rebalance::PRICE_DECIMALS,
        },
    },
};

/// What to look at, for programs and for people.
#[derive(Clone, Debug, Serialize)]
pub struct NoteLine {
    /// What it is.
    pub note: &'static str,
    /// The same in a sentence.
    pub text: String,
}

impl NoteLine {
    /// A note on a constituent of this name.
    pub fn of(note: Note, name: &str) -> Self {
        let (note, text) = match note {
            Note::Unpriced => (
                "unpriced",
                format!(
                    "has no price: it stays as it is, and percentages count without it; give \
                     --price {name}=PRICE"
                ),
            ),
            Note::TooSmall => (
                "too_small",
                "is so near to its target that it is not traded".to_string(),
            ),
            Note::Spread => (
                "spread",
                "takes several rebalances: at most a quarter of a slot is sold in 30 days"
                    .to_string(),
            ),
            Note::YearlyLimit => (
                "yearly_limit",
                "is not reached: at most half of it is sold in a year, more with --by-majority"
                    .to_string(),
            ),
            Note::NoCounterpart => (
                "no_counterpart",
                "is not reached: what is traded against it does not suffice".to_string(),
            ),
            Note::FarApart => (
                "far_apart",
                format!(
                    "is asked for at more than twice what is paid, and its prices end before \
                     they meet; give --price {name}=PRICE to decide"
                ),
            ),
            Note::NothingAsked => (
                "nothing_asked",
                "is bought, and nobody asks for it now".to_string(),
            ),
            Note::NothingPaid => (
                "nothing_paid",
                "is sold, and nobody pays for it now".to_string(),
            ),
            Note::Thin { depth } => (
                "thin",
                format!(
                    "is traded, and others trade only {} of it at such prices now",
                    amount::Grouped(amount::print(depth, SHARE_DECIMALS))
                ),
            ),
            Note::Unsettled => (
                "unsettled",
                "is not bought as long as a change of its policy, its mark or its cap is pending"
                    .to_string(),
            ),
            Note::Stuck => (
                "stuck",
                "was noted as stuck: what is traded of it waits until it moves".to_string(),
            ),
            Note::ReserveUnpriced => (
                "reserve_unpriced",
                "has a reserve of assets without a price, which count as nothing here; give \
                 --price MINT=PRICE"
                    .to_string(),
            ),
        };
        NoteLine { note, text }
    }
}

/// Who says what something is worth.
pub fn source(source: Source) -> &'static str {
    match source {
        Source::Currency => "currency",
        Source::Curator => "curator",
        Source::Reserve => "reserve",
        Source::Bids => "bids",
        Source::Sales => "sales",
        Source::Round => "round",
    }
}

/// A price of one whole unit.
pub fn price(billionths: u64) -> String {
    amount::print(billionths, PRICE_DECIMALS)
}

/// A value in the currency, to a millionth.
pub fn value(billionths: u128) -> String {
    let millionths = billionths.saturating_add(500) / 1_000;
    amount::print_wide(millionths, 6)
}

/// Basis points as a percentage.
pub fn percent(bps: u16) -> String {
    amount::print(bps.into(), 2)
}

#[cfg(test)]
mod tests {
    use {super::*, std::collections::BTreeSet};

    #[test]
    fn every_note_has_a_name_of_its_own_and_a_sentence() {
        let notes = [
            Note::Unpriced,
            Note::TooSmall,
            Note::Spread,
            Note::YearlyLimit,
            Note::NoCounterpart,
            Note::FarApart,
            Note::NothingAsked,
            Note::NothingPaid,
            Note::Thin { depth: 1_500_000 },
            Note::Unsettled,
            Note::Stuck,
            Note::ReserveUnpriced,
        ];
        let lines: Vec<_> = notes.map(|note| NoteLine::of(note, "ADA")).into();
        let names: BTreeSet<_> = lines.iter().map(|line| line.note).collect();
        assert_eq!(names.len(), notes.len());
        assert!(lines.iter().all(|line| line.text.contains(' ')));
        assert!(lines[8].text.contains("1.5 of it"), "{}", lines[8].text);
    }

    #[test]
    fn values_and_parts_are_written_as_people_write_them() {
        assert_eq!(value(1_015_000_000_000), "1015");
        assert_eq!(value(1_234_567_890), "1.234568");
        assert_eq!(percent(2_550), "25.5");
        assert_eq!(price(475_000_000), "0.475");
    }
}

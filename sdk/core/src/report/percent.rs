use {
    serde::{Serialize, Serializer},
    std::fmt,
    upside_math::Bps,
};

/// Millionths in a basis point.
const IN_A_POINT: u64 = 100;
/// Decimals of a percentage.
const DECIMALS: u8 = 4;

/// A percentage, exact to four decimals. Prints as `12.5`, and is that string in JSON.
/// Inside it counts millionths of the whole.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Percent(u64);

impl Percent {
    /// Of basis points.
    pub fn of_bps(bps: u16) -> Self {
        Percent(u64::from(bps) * IN_A_POINT)
    }

    /// `part` of `whole`, rounded down; zero if the whole is.
    pub fn of(part: u64, whole: u64) -> Self {
        let whole_in_millionths = u128::from(Bps::ONE.get()) * u128::from(IN_A_POINT);
        let part = (u128::from(part) * whole_in_millionths).checked_div(whole.into());
        // Only a part of more than 10^13 wholes does not fit.
        Percent(u64::try_from(part.unwrap_or(0)).unwrap_or(u64::MAX))
    }

    /// Of millionths of the whole.
    pub fn of_millionths(millionths: u64) -> Self {
        Percent(millionths)
    }

    /// In millionths of the whole.
    pub fn millionths(self) -> u64 {
        self.0
    }

    /// Whether it is nothing.
    pub fn is_zero(self) -> bool {
        self.0 == 0
    }
}

impl fmt::Display for Percent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&crate::amount::print(self.0, DECIMALS))
    }
}

impl Serialize for Percent {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Percent {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Percent".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "description": "A percentage with up to four decimals.",
            "type": "string",
            "pattern": "^[0-9]+(\\.[0-9]{1,4})?$"
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_exact_to_four_decimals_and_round_down() {
        assert_eq!(Percent::of(1, 3).to_string(), "33.3333");
        assert_eq!(Percent::of(2, 3).to_string(), "66.6666");
        assert_eq!(Percent::of(1_000, 10_000_000).to_string(), "0.01");
        assert_eq!(Percent::of(u64::MAX, u64::MAX).to_string(), "100");
        assert_eq!(Percent::of(5, 0), Percent::default());
        assert_eq!(Percent::of(u64::MAX, 1).0, u64::MAX);
        assert_eq!(Percent::of_bps(1_250).to_string(), "12.5");
    }
}

//! How a mint's issuer has its amounts shown: Token-2022's scaled UI amounts.
//!
//! The chain counts atoms. Wallets multiply them by a number that the issuer sets, for
//! splits, dividends and interest. It is a binary fraction, so what is shown is exact.

use {
    super::{Amount, MintAmount},
    crate::{amount::AmountError, mint, raw::Raw},
    anchor_lang::prelude::Pubkey,
    std::{collections::BTreeMap, fmt},
};

/// What a mint's amounts are multiplied by where people see them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scale {
    /// An odd number, times
    odd: u64,
    /// two to this power.
    power: i16,
}

impl Scale {
    /// Of a mint whose amounts are shown as they are.
    pub const ONE: Scale = Scale { odd: 1, power: 0 };

    /// Of a multiplier as the mint has it; `None` if it is not above zero and finite.
    pub fn of_multiplier(multiplier: f64) -> Option<Self> {
        const FRACTION_BITS: u32 = 52;
        if !multiplier.is_finite() || multiplier <= 0.0 {
            return None;
        }
        let bits = multiplier.to_bits();
        let exponent = i16::try_from(bits >> FRACTION_BITS).ok()?;
        let fraction = bits & ((1 << FRACTION_BITS) - 1);
        // Numbers below the smallest normal one have no leading bit.
        let (whole, power) = match exponent {
            0 => (fraction, -1074),
            _ => (fraction | 1 << FRACTION_BITS, exponent.checked_sub(1075)?),
        };
        let zeros = whole.trailing_zeros();
        Some(Scale {
            odd: whole.checked_shr(zeros)?,
            power: power.checked_add(i16::try_from(zeros).ok()?)?,
        })
    }

    /// Whether amounts are shown as they are.
    pub fn is_one(&self) -> bool {
        *self == Scale::ONE
    }

    /// The atoms that wallets show instead of these, rounded down; `None` beyond 127 bits.
    pub fn shown(&self, atoms: i128) -> Option<i128> {
        let product = atoms.unsigned_abs().checked_mul(self.odd.into())?;
        let shown = match u32::try_from(self.power) {
            Ok(power) => product.checked_mul(two_to(power)?)?,
            Err(_) => match two_to(self.power.unsigned_abs().into()) {
                Some(divisor) => product / divisor,
                None => 0,
            },
        };
        let shown = i128::try_from(shown).ok()?;
        Some(if atoms < 0 { -shown } else { shown })
    }

    fn atoms(&self, shown: u64) -> Option<u64> {
        let (mut above, mut below) = (u128::from(shown), u128::from(self.odd));
        let factor = two_to(self.power.unsigned_abs().into())?;
        let scaled = if self.power < 0 {
            &mut above
        } else {
            &mut below
        };
        *scaled = scaled.checked_mul(factor)?;
        let half = below / 2;
        u64::try_from(above.checked_add(half)?.checked_div(below)?).ok()
    }
}

/// How amounts of a mint are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Unit {
    /// Decimals of a whole unit.
    pub decimals: u8,
    /// What wallets multiply amounts by.
    pub scale: Scale,
}

impl Unit {
    /// The atoms of an amount in whole units as wallets show them, to the nearest.
    ///
    /// # Errors
    /// `AmountError`; `TooLarge` beyond 64 bits of atoms.
    pub fn parse(&self, text: &str) -> Result<u64, AmountError> {
        let shown = crate::amount::parse(text, self.decimals)?;
        let atoms = self.scale.atoms(shown);
        atoms.ok_or_else(|| AmountError::TooLarge(text.to_string()))
    }
}

/// Of a mint whose amounts are shown as they are.
impl From<u8> for Unit {
    fn from(decimals: u8) -> Self {
        Unit {
            decimals,
            scale: Scale::ONE,
        }
    }
}

fn two_to(power: u32) -> Option<u128> {
    1u128.checked_shl(power)
}

impl Default for Scale {
    fn default() -> Self {
        Scale::ONE
    }
}

/// The multiplier, such as `10` or `1.005`.
impl fmt::Display for Scale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // For the eye alone: an odd number of 53 bits is exact, and so is its product.
        #[allow(clippy::cast_precision_loss)]
        let multiplier = self.odd as f64 * f64::from(self.power).exp2();
        write!(f, "{multiplier}")
    }
}

impl serde::Serialize for Scale {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Scale {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Scale".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "description": "What wallets multiply amounts of a mint by, as a decimal string.",
            "type": "string",
            "pattern": "^[0-9]+(\\.[0-9]+)?$"
        })
    }
}

/// The scales of mints whose amounts are not shown as they are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scales(BTreeMap<Pubkey, Scale>);

impl Scales {
    /// Of mints as the cluster has them, at its time in unix seconds.
    pub fn of<'a>(mints: impl IntoIterator<Item = &'a Raw>, now: i64) -> Self {
        let scaled = mints.into_iter().filter_map(|raw| {
            let scale = mint::scale(raw, now);
            (!scale.is_one()).then_some((raw.key, scale))
        });
        Scales(scaled.collect())
    }

    /// Adds those of other mints, or what has changed since.
    pub fn extend(&mut self, others: Scales) {
        self.0.extend(others.0);
    }

    /// Of one mint.
    pub fn get(&self, mint: &Pubkey) -> Scale {
        self.0.get(mint).copied().unwrap_or_default()
    }

    /// Whether all amounts are shown as they are.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// What holds amounts that are shown as the issuers of their mints have it.
pub trait Rescale {
    /// Gives every amount the scale of its mint.
    fn rescale(&mut self, scales: &Scales);
}

impl Rescale for MintAmount {
    fn rescale(&mut self, scales: &Scales) {
        self.amount.scale = scales.get(&self.mint);
    }
}

impl<T: Rescale> Rescale for [T] {
    fn rescale(&mut self, scales: &Scales) {
        self.iter_mut().for_each(|one| one.rescale(scales));
    }
}

impl<T: Rescale> Rescale for Vec<T> {
    fn rescale(&mut self, scales: &Scales) {
        self.as_mut_slice().rescale(scales);
    }
}

/// Gives amounts of one mint its scale.
pub(crate) fn rescale_all<'a>(scale: Scale, amounts: impl IntoIterator<Item = &'a mut Amount>) {
    amounts.into_iter().for_each(|amount| amount.scale = scale);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scale(multiplier: f64) -> Scale {
        Scale::of_multiplier(multiplier).unwrap()
    }

    #[test]
    fn amounts_are_shown_and_typed_as_wallets_show_them() {
        for (multiplier, atoms, shown) in [
            (10.0, 500, 5_000),
            (0.5, 501, 250),
            (1.0, 7, 7),
            // A little more than 1.005, as 64 bits have it.
            (1.005, 1_000_000, 1_004_999),
            (0.1, 1_000, 100),
            (f64::MIN_POSITIVE, u64::MAX, 0),
        ] {
            let scale = scale(multiplier);
            assert_eq!(scale.shown(atoms.into()), Some(shown), "{multiplier}");
            assert_eq!(scale.shown(-i128::from(atoms)), Some(-shown));
            assert_eq!(scale.to_string(), multiplier.to_string());
        }
        assert_eq!(scale(f64::MAX).shown(1), None);
        let parse = |multiplier, text, decimals| {
            let scale = scale(multiplier);
            Unit { decimals, scale }.parse(text)
        };
        assert_eq!(parse(10.0, "1", 8), Ok(10_000_000));
        assert_eq!(parse(0.25, "1", 0), Ok(4));
        assert_eq!(parse(4.0, "6", 0), Ok(2));
        assert!(parse(f64::MIN_POSITIVE, "1", 8).is_err());
        for none in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            assert_eq!(Scale::of_multiplier(none), None);
        }
    }

    proptest::proptest! {
        /// What is shown of an amount is taken for the same amount, where one atom shows.
        #[test]
        fn what_is_shown_can_be_typed(multiplier in 2.0..1e6f64, atoms in 0..u64::MAX >> 24) {
            let scale = scale(multiplier);
            let shown = u64::try_from(scale.shown(atoms.into()).unwrap()).unwrap();
            proptest::prop_assert_eq!(scale.atoms(shown), Some(atoms));
        }
    }
}

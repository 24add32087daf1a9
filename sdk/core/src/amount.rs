//! Amounts as people write them: whole units with decimals, exact.

use std::fmt;

/// Why a text is no amount.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AmountError {
    /// Something else than digits, one point, and `_` between digits.
    #[error("{0:?} is no amount: write digits and at most one point, such as 1250.5")]
    Malformed(String),
    /// More decimals than the mint has.
    #[error("{text:?} has more than {decimals} decimals: the smallest unit is {smallest}")]
    TooPrecise {
        /// What was written.
        text: String,
        /// What the mint has.
        decimals: u8,
        /// One atom.
        smallest: String,
    },
    /// Beyond 64 bits of atoms.
    #[error("{0:?} is more than a token account can hold")]
    TooLarge(String),
}

/// Atoms of an amount in whole units: `"1_250.5"` with 6 decimals is 1,250,500,000.
///
/// # Errors
/// [`AmountError`]; nothing is rounded.
///
/// ```
/// use upside_core::amount;
/// assert_eq!(amount::parse("1_250.5", 6), Ok(1_250_500_000));
/// assert!(amount::parse("0.0000001", 6).is_err());
/// ```
pub fn parse(text: &str, decimals: u8) -> Result<u64, AmountError> {
    let malformed = || AmountError::Malformed(text.to_string());
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let no_digits = whole.is_empty() && fraction.is_empty();
    let stray = whole.starts_with('_') || whole.ends_with('_') || whole.contains("__");
    if no_digits || stray || (text.ends_with('.')) {
        return Err(malformed());
    }
    let whole: String = whole.chars().filter(|c| *c != '_').collect();
    if !whole
        .chars()
        .chain(fraction.chars())
        .all(|c| c.is_ascii_digit())
    {
        return Err(malformed());
    }
    let fraction = fraction.trim_end_matches('0');
    let places = usize::from(decimals);
    if fraction.len() > places {
        let smallest = print(1, decimals);
        return Err(AmountError::TooPrecise {
            text: text.to_string(),
            decimals,
            smallest,
        });
    }
    let digits = format!("{whole}{fraction:0<places$}");
    let digits = digits.trim_start_matches('0');
    if digits.is_empty() {
        return Ok(0);
    }
    digits
        .parse()
        .map_err(|_| AmountError::TooLarge(text.to_string()))
}

/// An amount in whole units, without needless zeros and without grouping.
///
/// ```
/// assert_eq!(upside_core::amount::print(1_250_500_000, 6), "1250.5");
/// ```
pub fn print(atoms: u64, decimals: u8) -> String {
    print_wide(u128::from(atoms), decimals)
}

/// As [`print`], for sums.
pub fn print_wide(atoms: u128, decimals: u8) -> String {
    let places = usize::from(decimals);
    let digits = format!("{atoms:0>width$}", width = places + 1);
    let (whole, fraction) = digits.split_at(digits.len() - places);
    let fraction = fraction.trim_end_matches('0');
    if fraction.is_empty() {
        whole.to_string()
    } else {
        format!("{whole}.{fraction}")
    }
}

/// As [`print`], for results that may be losses.
pub fn print_signed(atoms: i128, decimals: u8) -> String {
    let sign = if atoms < 0 { "-" } else { "" };
    format!("{sign}{}", print_wide(atoms.unsigned_abs(), decimals))
}

/// An amount grouped by thousands, for people: `1,250.5`.
pub struct Grouped(pub String);

impl fmt::Display for Grouped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (sign, rest) = self
            .0
            .strip_prefix('-')
            .map_or(("", &*self.0), |rest| ("-", rest));
        let (whole, fraction) = rest
            .split_once('.')
            .map_or((rest, None), |(w, f)| (w, Some(f)));
        let mut text = String::from(sign);
        for (place, digit) in whole.chars().enumerate() {
            if place > 0 && (whole.len() - place).is_multiple_of(3) {
                text.push(',');
            }
            text.push(digit);
        }
        if let Some(fraction) = fraction {
            text.push('.');
            text.push_str(fraction);
        }
        f.pad(&text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_it_prints() {
        for decimals in [0, 6, 9, 18] {
            for atoms in [0, 1, 9, 10, 999_999, 1_000_000, 1_000_001, u64::MAX] {
                assert_eq!(parse(&print(atoms, decimals), decimals), Ok(atoms));
            }
        }
    }

    #[test]
    fn refuses_what_is_no_amount() {
        for text in [
            "", ".", "-1", "+1", "1e3", "1,5", "1.2.3", "_1", "1_", "1__0", "1.", " 1", "0x10", "١",
        ] {
            assert!(
                matches!(parse(text, 6), Err(AmountError::Malformed(_))),
                "{text:?}"
            );
        }
        assert!(matches!(
            parse("0.0000001", 6),
            Err(AmountError::TooPrecise { .. })
        ));
        assert_eq!(parse("0.1000000", 1), Ok(1));
        assert!(matches!(
            parse("18446744073709551616", 0),
            Err(AmountError::TooLarge(_))
        ));
        assert!(matches!(
            parse("18446744073710", 6),
            Err(AmountError::TooLarge(_))
        ));
        assert_eq!(parse(".5", 6), Ok(500_000));
    }

    #[test]
    fn groups_thousands() {
        assert_eq!(Grouped("1234567.25".into()).to_string(), "1,234,567.25");
        assert_eq!(Grouped("-999".into()).to_string(), "-999");
        assert_eq!(Grouped("1000".into()).to_string(), "1,000");
    }
}

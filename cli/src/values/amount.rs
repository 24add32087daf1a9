use {
    crate::error::{CliError, Result},
    std::{fmt, str::FromStr},
    upside_math::SHARE_DECIMALS,
    upside_sdk::{
        Bps, Shares,
        amount::{self, AmountError},
        index::rebalance::PRICE_DECIMALS,
        inspect::Unit,
    },
};

/// An amount in whole units whose decimals are not known yet: the mint has them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decimal(String);

impl FromStr for Decimal {
    type Err = AmountError;

    fn from_str(text: &str) -> Result<Self, AmountError> {
        match amount::parse(text, 0) {
            Err(error @ AmountError::Malformed(_)) => Err(error),
            // Both depend on the decimals.
            Ok(_) | Err(_) => Ok(Decimal(text.to_string())),
        }
    }
}

impl Decimal {
    /// Atoms of a mint with these decimals, or whose unit is known.
    pub fn atoms(&self, unit: impl Into<Unit>) -> Result<u64> {
        unit.into().parse(&self.0).map_err(CliError::from)
    }

    /// How many decimals it is written with.
    pub fn decimals(&self) -> u8 {
        let fraction = self.0.split_once('.').map_or("", |(_, fraction)| fraction);
        let digits = fraction.bytes().filter(u8::is_ascii_digit).count();
        u8::try_from(digits).unwrap_or(u8::MAX)
    }

    /// As [`atoms`](Self::atoms), of shares.
    pub fn shares(&self) -> Result<Shares> {
        self.atoms(SHARE_DECIMALS).map(Shares)
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A number of things that have no parts: `1_000` as amounts are written, and no fraction.
pub fn whole(text: &str) -> Result<u64, String> {
    match amount::parse(text, 0) {
        Ok(number) => Ok(number),
        Err(AmountError::TooPrecise { .. }) => Err(format!(
            "{text:?} has a fraction, and these have no parts: write 1_000"
        )),
        Err(error) => Err(error.to_string()),
    }
}

/// An amount, or all that there is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Quantity {
    /// `ALL` or `max`.
    All,
    /// So much.
    Exactly(Decimal),
}

impl FromStr for Quantity {
    type Err = AmountError;

    fn from_str(text: &str) -> Result<Self, AmountError> {
        if text.eq_ignore_ascii_case("all") || text.eq_ignore_ascii_case("max") {
            return Ok(Quantity::All);
        }
        text.parse().map(Quantity::Exactly)
    }
}

impl Quantity {
    /// Atoms; `all` where everything is meant.
    pub fn atoms(&self, unit: impl Into<Unit>, all: u64) -> Result<u64> {
        match self {
            Quantity::All => Ok(all),
            Quantity::Exactly(decimal) => decimal.atoms(unit),
        }
    }

    /// As [`atoms`](Self::atoms), of shares.
    pub fn shares(&self, all: u64) -> Result<Shares> {
        self.atoms(SHARE_DECIMALS, all).map(Shares)
    }
}

/// A part of a hundred with at most two decimals: `10`, `2.5` or `2.5%`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Percent(Bps);

impl FromStr for Percent {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let number = text.strip_suffix('%').unwrap_or(text).trim_end();
        let bps = amount::parse(number, 2)
            .map_err(|_| format!("{text:?} is no percentage: write 10, 2.5 or 2.5%"))?;
        u16::try_from(bps)
            .ok()
            .and_then(|bps| Bps::new(bps).ok())
            .map(Percent)
            .ok_or_else(|| format!("{text:?} is more than 100%"))
    }
}

impl Percent {
    /// In basis points.
    pub fn bps(self) -> u16 {
        self.0.get()
    }
}

/// Price of one whole unit, with at most nine decimals, in billionths.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnitPrice(pub u64);

impl FromStr for UnitPrice {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let price = amount::parse(text, PRICE_DECIMALS).map_err(|error| error.to_string())?;
        if price == 0 {
            return Err("a price is above zero".to_string());
        }
        Ok(UnitPrice(price))
    }
}

/// A price stage of a round: `SHARES@PRICE`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StageArg {
    /// Whole shares for sale.
    pub shares: Decimal,
    /// Price of a whole share in the quote currency.
    pub price: Decimal,
}

impl FromStr for StageArg {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (shares, price) = text.split_once('@').ok_or_else(|| {
            format!("{text:?} is no stage: write SHARES@PRICE, such as 100000@0.10")
        })?;
        let part = |text: &str| text.parse().map_err(|error: AmountError| error.to_string());
        Ok(StageArg {
            shares: part(shares)?,
            price: part(price)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_decimal_waits_for_its_decimals() {
        let amount: Decimal = "1_000.25".parse().unwrap();
        assert_eq!(amount.atoms(6).unwrap(), 1_000_250_000);
        assert!(amount.atoms(1).is_err());
        assert!("-1".parse::<Decimal>().is_err());
        assert!("1e3".parse::<Decimal>().is_err());
        assert!(
            "18446744073709551615"
                .parse::<Decimal>()
                .unwrap()
                .atoms(6)
                .is_err()
        );
    }

    #[test]
    fn things_without_parts_are_whole_numbers() {
        assert_eq!(whole("1_000"), Ok(1_000));
        assert_eq!(whole("7"), Ok(7));
        assert!(whole("33.3").unwrap_err().contains("no parts"));
        for text in ["", "-1", "1e3", "many", "18446744073709551616"] {
            let error = whole(text).unwrap_err();
            assert!(!error.contains("invalid digit"), "{error}");
        }
    }

    #[test]
    fn all_is_a_quantity() {
        for text in ["ALL", "all", "max", "MAX"] {
            assert_eq!(text.parse::<Quantity>().unwrap().atoms(6, 7).unwrap(), 7);
        }
        assert_eq!(
            "2".parse::<Quantity>().unwrap().atoms(6, 7).unwrap(),
            2_000_000
        );
        assert!("most".parse::<Quantity>().is_err());
    }

    #[test]
    fn percentages_have_two_decimals() {
        let bps = |text: &str| text.parse::<Percent>().map(Percent::bps);
        assert_eq!(bps("10"), Ok(1_000));
        assert_eq!(bps("2.5%"), Ok(250));
        assert_eq!(bps("0.01 %"), Ok(1));
        assert_eq!(bps("100"), Ok(10_000));
        for text in ["100.01", "0.001", "ten", "", "%", "-1"] {
            assert!(bps(text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn a_price_has_nine_decimals() {
        assert_eq!("1".parse::<UnitPrice>(), Ok(UnitPrice(1_000_000_000)));
        assert_eq!("0.000000001".parse::<UnitPrice>(), Ok(UnitPrice(1)));
        for text in ["0", "-1", "1e3", "0.0000000001"] {
            assert!(text.parse::<UnitPrice>().is_err(), "{text:?}");
        }
    }

    #[test]
    fn a_stage_is_shares_at_a_price() {
        let stage: StageArg = "100_000@0.10".parse().unwrap();
        assert_eq!(stage.shares.shares().unwrap(), Shares(100_000_000_000));
        assert_eq!(stage.price.atoms(6).unwrap(), 100_000);
        for text in ["1000", "@1", "1@", "1@2@3", "a@1"] {
            assert!(text.parse::<StageArg>().is_err(), "{text:?}");
        }
    }
}

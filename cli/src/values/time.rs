use {
    crate::error::CliError,
    jiff::{
        Timestamp,
        civil::{Date, DateTime},
        tz::TimeZone,
    },
    std::str::FromStr,
    upside_view::time::stamp,
};

const DAY: i64 = 86_400;
/// A year of the Gregorian calendar on average.
const YEAR: i64 = 31_556_952;
/// Furthest date that is taken for one.
const CENTURY: i64 = 36_525 * DAY;
/// The first moment that is taken for a mistake whatever it is for: the year 2200.
const LATEST: i64 = 7_258_118_400;
/// Suffixes of spans of time, in seconds. The longest come first.
const UNITS: [(&str, i64); 7] = [
    ("mo", 30 * DAY),
    ("s", 1),
    ("m", 60),
    ("h", 3_600),
    ("d", DAY),
    ("w", 7 * DAY),
    ("y", 365 * DAY),
];

/// A point in time: a span from now (`30d`), a date in UTC (`2027-01-31`,
/// `2027-01-31T18:00:00Z`), or unix seconds (`@1801440000`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// Seconds from now, by the chain's clock.
    In(i64),
    /// Unix seconds.
    At(i64),
}

impl When {
    /// Unix seconds, if the chain's clock shows `now`.
    pub fn at(self, now: i64) -> i64 {
        match self {
            When::In(seconds) => now.saturating_add(seconds),
            When::At(time) => time,
        }
    }
}

/// A span of the past.
#[derive(Clone, Copy, Debug, clap::Args)]
pub struct Between {
    /// Only from this time on; a span such as 30d is that long ago
    #[arg(long, value_name = "TIME")]
    since: Option<When>,
    /// Only up to this time; a span such as 30d is that long ago
    #[arg(long, value_name = "TIME")]
    until: Option<When>,
}

impl Between {
    /// The first and the last second, if the chain's clock shows `now`. Errors: `Usage`.
    pub fn at(&self, now: i64) -> Result<(Option<i64>, Option<i64>), CliError> {
        let since = self.since.map(|when| when.ago(now));
        let until = self.until.map(|when| when.ago(now));
        if since.zip(until).is_some_and(|(since, until)| since > until) {
            return Err(CliError::usage(
                "--since is later than --until",
                "spans count back from now: --since 30d --until 7d",
            ));
        }
        Ok((since, until))
    }
}

impl When {
    /// Unix seconds of the past: spans count back from `now`.
    pub fn ago(self, now: i64) -> i64 {
        match self {
            When::In(seconds) => now.saturating_sub(seconds),
            When::At(time) => time,
        }
    }

    /// Unix seconds within a century of `now`: milliseconds are no date.
    pub fn within_a_century(self, now: i64) -> Result<i64, CliError> {
        let time = self.at(now);
        if time.saturating_sub(now) <= CENTURY {
            return Ok(time);
        }
        Err(CliError::usage(
            format!("{} is more than a century ahead", stamp(time)),
            "give a date, a span such as 30d, or @UNIX_SECONDS, which are not milliseconds",
        ))
    }
}

impl FromStr for When {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if text == "now" {
            return Ok(When::In(0));
        }
        if let Some(seconds) = text.strip_prefix('@') {
            let seconds: i64 = seconds.parse().map_err(|_| bad(text))?;
            return sane(text, seconds).map(When::At);
        }
        if let Ok(seconds) = duration(text) {
            if seconds > CENTURY {
                return Err(format!("{text:?} is more than a century"));
            }
            return Ok(When::In(seconds));
        }
        let time = date(text).ok_or_else(|| bad(text))?;
        sane(text, time).map(When::At)
    }
}

fn bad(text: &str) -> String {
    format!(
        "{text:?} is no time: write 30d, 12h, 2027-01-31, 2027-01-31T18:00:00Z or @UNIX_SECONDS"
    )
}

/// A point in time that somebody may mean. Milliseconds are none, nor what is before 1970.
fn sane(text: &str, time: i64) -> Result<i64, String> {
    if (0..LATEST).contains(&time) {
        return Ok(time);
    }
    let shown = match Timestamp::from_second(time) {
        Ok(time) => time.strftime("%Y-%m-%d").to_string(),
        Err(_) => format!("about the year {}", 1_970 + time / YEAR),
    };
    let (seconds, finer) = (
        time / 1_000,
        ["milliseconds", "microseconds", "nanoseconds"],
    );
    let mut at = seconds;
    for unit in finer {
        // From 2001 on: ten digits.
        if (1_000_000_000..LATEST).contains(&at) {
            return Err(format!(
                "{text:?} is {shown}: it looks like {unit}, of which unix seconds are @{at} ({})",
                stamp(at)
            ));
        }
        at /= 1_000;
    }
    Err(format!(
        "{text:?} is {shown}, and times are from 1970 to 2199"
    ))
}

/// Seconds of a span such as `90s`, `12h`, `7d` or `1d12h`.
pub fn duration(text: &str) -> Result<i64, String> {
    let bad = || {
        format!(
            "{text:?} is no span of time: write 90s, 15m, 12h, 7d, 2w, 6mo (of 30 days), 4y (of 365) or 1d12h"
        )
    };
    let mut rest = text;
    let mut total = 0i64;
    while !rest.is_empty() {
        let end = rest.find(|c: char| !c.is_ascii_digit()).ok_or_else(bad)?;
        let (number, tail) = rest.split_at(end);
        let (unit, seconds) = UNITS
            .iter()
            .find(|(name, _)| tail.starts_with(name))
            .ok_or_else(bad)?;
        let number: i64 = number.parse().map_err(|_| bad())?;
        let part = number.checked_mul(*seconds).ok_or_else(bad)?;
        total = total.checked_add(part).ok_or_else(bad)?;
        rest = tail.get(unit.len()..).ok_or_else(bad)?;
    }
    if text.is_empty() {
        Err(bad())
    } else {
        Ok(total)
    }
}

/// As [`duration`], as programs count seconds.
pub fn seconds(text: &str) -> Result<u32, String> {
    let seconds = duration(text)?;
    u32::try_from(seconds).map_err(|_| format!("{text:?} is too long"))
}

/// Unix seconds of `YYYY-MM-DD` or `YYYY-MM-DDTHH:MM[:SS][Z]`, in UTC.
fn date(text: &str) -> Option<i64> {
    let plain = text.strip_suffix('Z').unwrap_or(text).replace(' ', "T");
    let time = ["%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M"];
    let mut time = time.iter().map(|format| DateTime::strptime(format, &plain));
    let time = match plain.contains('T') {
        true => time.find_map(Result::ok)?,
        false => Date::strptime("%Y-%m-%d", &plain).ok()?.into(),
    };
    let time = time.to_zoned(TimeZone::UTC).ok()?;
    Some(time.timestamp().as_second())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_spans_dates_and_unix_seconds() {
        assert_eq!("30d".parse(), Ok(When::In(30 * DAY)));
        assert_eq!("1d12h".parse(), Ok(When::In(36 * 3_600)));
        assert_eq!("now".parse(), Ok(When::In(0)));
        assert_eq!("4y".parse(), Ok(When::In(1_460 * DAY)));
        assert_eq!("1y6mo".parse(), Ok(When::In(545 * DAY)));
        assert_eq!("90m".parse(), Ok(When::In(5_400)));
        assert_eq!("@1801440000".parse(), Ok(When::At(1_801_440_000)));
        assert_eq!("1970-01-02".parse(), Ok(When::At(DAY)));
        assert_eq!("2027-01-31T18:00:00Z".parse(), Ok(When::At(1_801_418_400)));
        assert_eq!("2024-02-29 00:01".parse(), Ok(When::At(1_709_164_860)));
        for text in [
            "",
            "30",
            "d",
            "3x",
            "2027-13-01",
            "2027-02-29",
            "2027-1",
            "2027-01-9223372036854775807",
            "2027-9223372036854775807-01",
            "-1d",
            "@",
            "1d2",
        ] {
            assert!(text.parse::<When>().is_err(), "{text:?}");
        }
        assert!(duration("9223372036854775807w").is_err());
    }

    /// Whoever hands milliseconds on, or a nine too many, is told what was understood.
    #[test]
    fn a_time_that_nobody_means_is_refused() {
        let refused = |text: &str| text.parse::<When>().unwrap_err();
        let error = refused("@1801418400000");
        for words in [
            "about the year 59054",
            "milliseconds",
            "@1801418400",
            "2027-01-31 18:00 UTC",
        ] {
            assert!(error.contains(words), "{error}");
        }
        assert!(refused("@1801418400000000").contains("microseconds"));
        assert!(refused("@1801418400000000000").contains("nanoseconds"));
        assert!(refused("@9223372036854775807").contains("the year 292277026596"));
        for text in [
            "2200-01-01",
            "9999-12-31",
            "@7258118400",
            "36526d",
            "101y",
            "@-1",
        ] {
            refused(text);
        }
        for text in ["2199-12-31", "@7258118399", "100y", "@0"] {
            assert!(text.parse::<When>().is_ok(), "{text}");
        }
    }

    #[test]
    fn spans_count_from_now() {
        assert_eq!(When::In(5).at(10), 15);
        assert_eq!(When::At(5).at(10), 5);
    }
}

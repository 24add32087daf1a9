//! Points in time for people and for files.

use jiff::{Timestamp, tz::TimeZone};

/// A point in time in UTC: `2027-01-31 18:00 UTC`. Beyond the year 9999 as `@UNIX_SECONDS`.
pub fn stamp(time: i64) -> String {
    in_utc(time, "%Y-%m-%d %H:%M UTC")
}

/// A point in time as ISO 8601: `2027-01-31T18:00:00Z`. The first ten letters are the day.
/// Beyond the year 9999 as `@UNIX_SECONDS`.
pub fn iso(time: i64) -> String {
    in_utc(time, "%Y-%m-%dT%H:%M:%SZ")
}

fn in_utc(time: i64, format: &str) -> String {
    match Timestamp::from_second(time) {
        Ok(time) => time.to_zoned(TimeZone::UTC).strftime(format).to_string(),
        Err(_) => format!("@{time}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_in_utc() {
        assert_eq!(stamp(1_801_418_400), "2027-01-31 18:00 UTC");
        assert_eq!(iso(1_801_418_405), "2027-01-31T18:00:05Z");
        assert_eq!(stamp(0), "1970-01-01 00:00 UTC");
        assert_eq!(stamp(i64::MAX), format!("@{}", i64::MAX));
    }
}

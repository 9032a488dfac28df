//! Times: UTC, RFC 3339 with milliseconds, such as `2026-11-22T11:14:30.469Z`.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, NaiveDate, NaiveTime, SecondsFormat, Utc};
use serde::{Deserialize, Serialize, Serializer};

/// A moment, in UTC.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(value_type = String, format = DateTime))]
#[serde(try_from = "String")]
pub struct Timestamp(pub DateTime<Utc>);

/// A text that is no moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("must be a date such as 2026-11-22 or a time such as 2026-11-22T11:14:30Z")]
pub struct InvalidTime;

impl FromStr for Timestamp {
    type Err = InvalidTime;

    /// Takes RFC 3339 with any offset, or a date alone, which is its first moment in UTC.
    fn from_str(text: &str) -> Result<Self, InvalidTime> {
        if let Ok(time) = DateTime::parse_from_rfc3339(text) {
            return Ok(Self(time.to_utc()));
        }
        let date: NaiveDate = text.parse().map_err(|_| InvalidTime)?;
        Ok(Self(date.and_time(NaiveTime::MIN).and_utc()))
    }
}

impl TryFrom<String> for Timestamp {
    type Error = InvalidTime;

    fn try_from(text: String) -> Result<Self, InvalidTime> {
        text.parse()
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.to_rfc3339_opts(SecondsFormat::Millis, true))
    }
}

impl fmt::Debug for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// The end of a date range. A date alone stands for its last moment, so that the day belongs to the range.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(value_type = String, example = "2026-11-22"))]
#[serde(try_from = "String")]
pub struct RangeEnd(pub Timestamp);

impl FromStr for RangeEnd {
    type Err = InvalidTime;

    fn from_str(text: &str) -> Result<Self, InvalidTime> {
        if let Ok(date) = text.parse::<NaiveDate>() {
            let last = date.and_hms_milli_opt(23, 59, 59, 999).ok_or(InvalidTime)?;
            return Ok(Self(Timestamp(last.and_utc())));
        }
        text.parse().map(Self)
    }
}

impl TryFrom<String> for RangeEnd {
    type Error = InvalidTime;

    fn try_from(text: String) -> Result<Self, InvalidTime> {
        text.parse()
    }
}

/// A range of moments, both ends included; an absent end is open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DateRange {
    /// The first moment.
    pub from: Option<Timestamp>,
    /// The last moment.
    pub to: Option<RangeEnd>,
}

impl DateRange {
    /// Whether the moment lies within.
    pub fn contains(&self, moment: Timestamp) -> bool {
        self.from.is_none_or(|from| from <= moment) && self.to.is_none_or(|to| moment <= to.0)
    }

    /// Whether no end is set.
    pub fn is_open(&self) -> bool {
        self.from.is_none() && self.to.is_none()
    }

    /// Whether the range ends before it begins.
    pub fn is_reversed(&self) -> bool {
        matches!((self.from, self.to), (Some(from), Some(to)) if to.0 < from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn time(text: &str) -> Timestamp {
        text.parse().expect("a time")
    }

    #[test]
    fn prints_milliseconds_and_z() {
        assert_eq!(time("2026-11-22T12:14:30+01:00").to_string(), "2026-11-22T11:14:30.000Z");
        assert_eq!(time("2026-11-22").to_string(), "2026-11-22T00:00:00.000Z");
        assert!("22.11.2026".parse::<Timestamp>().is_err() && "2026-13-01".parse::<Timestamp>().is_err());
    }

    #[test]
    fn the_last_day_belongs_to_the_range() {
        let range = DateRange { from: "2026-11-01".parse().ok(), to: "2026-11-22".parse().ok() };
        assert!(range.contains(time("2026-11-22T23:59:59.999Z")) && range.contains(time("2026-11-01")));
        assert!(!range.contains(time("2026-11-23")) && !range.contains(time("2026-10-31T23:59:59.999Z")));
        assert!(!range.is_reversed());
        assert!(DateRange { from: "2026-11-23".parse().ok(), to: "2026-11-22".parse().ok() }.is_reversed());
    }
}

//! Checked texts and small values of requests: a value that exists is valid.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Why a value was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct InvalidValue(pub(crate) &'static str);

macro_rules! checked_text {
    ($($(#[$doc:meta])* $name:ident, $check:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(value_type = String))]
        #[serde(try_from = "String")]
        pub struct $name(String);

        impl $name {
            /// The value as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = InvalidValue;

            fn try_from(text: String) -> Result<Self, InvalidValue> {
                $check(&text)?;
                Ok(Self(text))
            }
        }

        impl FromStr for $name {
            type Err = InvalidValue;

            fn from_str(text: &str) -> Result<Self, InvalidValue> {
                Self::try_from(text.to_owned())
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    )*};
}

checked_text! {
    /// A language tag such as `en` or `de-DE` (BCP 47: letters, digits and hyphens).
    Locale, check_locale;
    /// An e-mail address: one `@`, a name before it, a domain with a dot behind it, no white space.
    Email, check_email;
    /// An absolute `http` or `https` URL of at most 2,048 bytes.
    WebUrl, check_web_url;
    /// The path that product links start with, such as `/products`: lower-case letters, digits, hyphens and slashes.
    BasePath, check_base_path;
}

fn check_locale(text: &str) -> Result<(), InvalidValue> {
    let parts_ok =
        text.split('-').all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric()));
    let language = text.split('-').next().unwrap_or_default();
    if text.len() <= 35 && parts_ok && language.len() >= 2 && language.bytes().all(|b| b.is_ascii_alphabetic()) {
        Ok(())
    } else {
        Err(InvalidValue("must be a language tag such as en or de-DE"))
    }
}

fn check_email(text: &str) -> Result<(), InvalidValue> {
    let refused = Err(InvalidValue("must be an e-mail address"));
    let Some((name, domain)) = text.rsplit_once('@') else { return refused };
    let domain_ok = domain.contains('.')
        && domain.split('.').all(|label| !label.is_empty() && !label.starts_with('-') && !label.ends_with('-'))
        && domain.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-'));
    let name_ok = !name.is_empty()
        && name.len() <= 64
        && !name.chars().any(|c| c.is_whitespace() || c.is_control() || matches!(c, '@' | '<' | '>' | ',' | ';' | '"'));
    if text.len() <= 254 && name_ok && domain_ok { Ok(()) } else { refused }
}

fn check_web_url(text: &str) -> Result<(), InvalidValue> {
    let lower = text.get(..8).unwrap_or(text).to_ascii_lowercase();
    let rest = if lower.starts_with("https://") {
        text.get(8..)
    } else if lower.starts_with("http://") {
        text.get(7..)
    } else {
        None
    };
    let host_ok = rest.is_some_and(|rest| rest.starts_with(|c: char| c.is_alphanumeric() || c == '['));
    let clean = !text.chars().any(|c| c.is_whitespace() || c.is_control() || c == '\\');
    if host_ok && clean && text.len() <= 2048 {
        Ok(())
    } else {
        Err(InvalidValue("must be an absolute http or https URL"))
    }
}

fn check_base_path(text: &str) -> Result<(), InvalidValue> {
    let segments_ok = text.strip_prefix('/').is_some_and(|rest| {
        !rest.is_empty()
            && rest.split('/').all(|segment| {
                !segment.is_empty()
                    && segment.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
            })
    });
    if segments_ok && text.len() <= 256 { Ok(()) } else { Err(InvalidValue("must be a safe path such as /products")) }
}

/// How many pieces of an item: 1 to 1,000,000.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(value_type = u32, minimum = 1, maximum = 1_000_000))]
#[serde(try_from = "i64")]
pub struct Quantity(u32);

impl Quantity {
    /// One piece.
    pub const ONE: Self = Self(1);

    /// Takes a number from 1 to 1,000,000.
    pub fn new(pieces: u32) -> Result<Self, InvalidValue> {
        match pieces {
            0 => Err(InvalidValue("must be at least 1")),
            1..=1_000_000 => Ok(Self(pieces)),
            _ => Err(InvalidValue("must be at most 1000000")),
        }
    }

    /// The number of pieces.
    pub fn get(self) -> u32 {
        self.0
    }
}

impl TryFrom<i64> for Quantity {
    type Error = InvalidValue;

    fn try_from(pieces: i64) -> Result<Self, InvalidValue> {
        Self::new(u32::try_from(pieces.clamp(0, i64::from(u32::MAX))).unwrap_or(u32::MAX))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken<T: FromStr>(texts: &[&str]) -> Vec<bool> {
        texts.iter().map(|text| text.parse::<T>().is_ok()).collect()
    }

    #[test]
    fn good_values_are_taken() {
        assert!(taken::<Locale>(&["en", "de-DE", "zh-Hant-TW"]).iter().all(|ok| *ok));
        assert!(taken::<Email>(&["jane@example.com", "j.d+x@sub.example.co"]).iter().all(|ok| *ok));
        assert!(taken::<WebUrl>(&["https://example.com/back?a=1#b", "http://127.0.0.1:3000/x"]).iter().all(|ok| *ok));
        assert!(taken::<BasePath>(&["/products", "/de/produkte-2"]).iter().all(|ok| *ok));
    }

    #[test]
    fn bad_values_are_refused() {
        assert!(!taken::<Locale>(&["", "e", "en_US", "1n", "en-", "en;q=1", "toolonglanguage"]).contains(&true));
        assert!(
            !taken::<Email>(&["", "jane", "@example.com", "a b@example.com", "a@b", "a@@b.c", "a@b..c", "a@-b.c"])
                .contains(&true)
        );
        assert!(
            !taken::<WebUrl>(&["", "javascript:alert(1)", "//example.com", "/x", "https://", "https://a b", "ftp://x"])
                .contains(&true)
        );
        assert!(
            !taken::<BasePath>(&["", "/", "products", "//host", "/a/", "/A", "javascript:x", "/a?b"]).contains(&true)
        );
    }

    #[test]
    fn quantities_are_from_one_to_a_million() {
        let read = |json: &str| serde_json::from_str::<Quantity>(json).map(Quantity::get).map_err(|e| e.to_string());
        assert_eq!(read("3"), Ok(3));
        assert!(read("0").is_err_and(|e| e.starts_with("must be at least 1")));
        assert!(read("-2").is_err_and(|e| e.starts_with("must be at least 1")));
        assert!(read("99999999999").is_err_and(|e| e.starts_with("must be at most 1000000")));
        assert!(read("1.5").is_err() && read("\"2\"").is_err());
    }
}

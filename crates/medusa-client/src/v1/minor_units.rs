//! Amounts as Medusa 1 sends them: whole numbers of the currency's smallest unit.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::amount::Amount;

/// An amount in minor units: `1950` is 19.50 EUR, 1950 JPY and 1.950 KWD.
///
/// How many digits are behind the point is the currency's business (ISO 4217: 2 for EUR, 0 for JPY, 3 for KWD), so
/// major units are had only by naming that exponent. Nothing else turns one into the other.
///
/// Only whole numbers are read; a fraction is a decoding error.
///
/// ```
/// use o2s_medusa_client::v1::MinorUnits;
///
/// let price: MinorUnits = serde_json::from_str("1950")?;
/// assert_eq!(price.to_major(2), Some("19.50".parse()?));
/// assert_eq!(MinorUnits::from_major("19.5".parse()?, 2), Some(price));
/// assert_eq!(MinorUnits::from_major("19.505".parse()?, 2), None);
/// assert!(serde_json::from_str::<MinorUnits>("19.5").is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// ```compile_fail,E0308
/// use o2s_medusa_client::{Amount, v1::MinorUnits};
///
/// let price: Amount = MinorUnits(1950);
/// ```
///
/// ```compile_fail,E0277
/// use o2s_medusa_client::{Amount, v1::MinorUnits};
///
/// let price: Amount = MinorUnits(1950).into();
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct MinorUnits(pub i64);

impl MinorUnits {
    /// In major units of a currency with this many digits behind the point; `None` above 28, which no currency has.
    pub fn to_major(self, exponent: u32) -> Option<Decimal> {
        Decimal::try_from_i128_with_scale(self.0.into(), exponent).ok()
    }

    /// From major units of a currency with this many digits behind the point; `None` where that would need rounding or
    /// does not fit.
    pub fn from_major(amount: Decimal, exponent: u32) -> Option<Self> {
        let amount = amount.normalize();
        let zeros = exponent.checked_sub(amount.scale())?;
        let minor = amount.mantissa().checked_mul(10_i128.checked_pow(zeros)?)?;
        i64::try_from(minor).ok().map(Self)
    }
}

/// A part of an amount in minor units, with a fraction where it has one.
// Medusa: a fixed discount is spread over the lines of a cart in proportion, and the parts are not rounded:
// `357.4975173783515`. Everything else is whole.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(transparent)]
pub struct MinorShare(Amount);

impl MinorShare {
    /// In minor units.
    pub fn value(self) -> Decimal {
        self.0.value()
    }

    /// In major units of a currency with this many digits behind the point; `None` where that needs more than 28 digits
    /// behind the point.
    pub fn to_major(self, exponent: u32) -> Option<Decimal> {
        let mut value = self.value();
        value.set_scale(value.scale().checked_add(exponent)?).ok()?;
        Some(value)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that fails to parse should stop there")]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn decimal(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn the_exponent_decides() {
        for (exponent, major) in [(0, "1950"), (2, "19.50"), (3, "1.950"), (28, "0.0000000000000000000000001950")] {
            assert_eq!(MinorUnits(1950).to_major(exponent), Some(decimal(major)));
            assert_eq!(MinorUnits::from_major(decimal(major), exponent), Some(MinorUnits(1950)));
        }
        assert_eq!(MinorUnits(1950).to_major(29), None);
        assert_eq!(MinorUnits(-5).to_major(2), Some(decimal("-0.05")));
    }

    #[test]
    fn what_would_be_rounded_or_does_not_fit_is_refused() {
        for (amount, exponent) in [
            ("0.5", 0),
            ("19.505", 2),
            ("92233720368547758.08", 2),
            ("9223372036854775808", 0),
            ("79228162514264337593543950335", 28),
            ("1", 40),
        ] {
            assert_eq!(MinorUnits::from_major(decimal(amount), exponent), None, "{amount} by {exponent}");
        }
        assert_eq!(MinorUnits::from_major(decimal("-92233720368547758.08"), 2), Some(MinorUnits(i64::MIN)));
        assert_eq!(MinorUnits::from_major(decimal("19.5000"), 2), Some(MinorUnits(1950)));
    }

    #[test]
    fn only_whole_numbers_are_read() {
        for text in ["19.5", "1950.0", "1e3", "\"1950\"", "9223372036854775808", "true", "null"] {
            assert!(serde_json::from_str::<MinorUnits>(text).is_err(), "{text}");
        }
        assert_eq!(serde_json::from_str::<MinorUnits>("-1950").unwrap(), MinorUnits(-1950));
        assert_eq!(serde_json::to_string(&MinorUnits(1950)).unwrap(), "1950");
    }

    #[test]
    fn a_share_keeps_its_fraction() {
        let share: MinorShare = serde_json::from_str("357.4975173783515").unwrap();
        assert_eq!(share.value(), decimal("357.4975173783515"));
        assert_eq!(share.to_major(2), Some(decimal("3.574975173783515")));
        assert_eq!(share.to_major(16), None);
        assert_eq!(share.to_major(u32::MAX), None);
        let whole: MinorShare = serde_json::from_str("390").unwrap();
        assert_eq!(whole.to_major(2), Some(decimal("3.90")));
    }

    proptest! {
        #[test]
        fn there_and_back_again(minor: i64, exponent in 0..=28_u32) {
            let major = MinorUnits(minor).to_major(exponent).unwrap();
            prop_assert_eq!(MinorUnits::from_major(major, exponent), Some(MinorUnits(minor)));
        }

        /// `from_major` answers the same amount or nothing.
        #[test]
        fn nothing_is_ever_rounded(mantissa: i64, scale in 0..=28_u32, exponent in 0..=28_u32) {
            let major = Decimal::try_from_i128_with_scale(mantissa.into(), scale).unwrap();
            if let Some(minor) = MinorUnits::from_major(major, exponent) {
                prop_assert_eq!(minor.to_major(exponent), Some(major));
            } else {
                // A hundredth of a mill, say, or more than 63 bits of them.
                let fits = i128::from(mantissa).checked_mul(10_i128.pow(exponent.saturating_sub(scale)));
                let divisor = 10_i128.pow(scale.saturating_sub(exponent));
                prop_assert!(fits.is_none_or(|minor| minor % divisor != 0 || i64::try_from(minor / divisor).is_err()));
            }
        }

        #[test]
        fn json_is_the_integer(minor: i64) {
            let text = serde_json::to_string(&MinorUnits(minor)).unwrap();
            prop_assert_eq!(&text, &minor.to_string());
            prop_assert_eq!(serde_json::from_str::<MinorUnits>(&text).unwrap(), MinorUnits(minor));
        }
    }
}

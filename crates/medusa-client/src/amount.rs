//! Exact decimals from and to JSON text.

use std::fmt;

use rust_decimal::Decimal;
use serde::de::Error as _;
use serde::ser::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::value::RawValue;

/// An amount of money (or any other decimal) exactly as the backend wrote it.
///
/// Medusa sends amounts as JSON numbers in major units, unrounded (`107.04645`). `Amount` reads the
/// number's own digits, so no binary fraction ever comes between: `0.1` is one tenth. It also reads
/// a string of digits and Medusa's `raw_*` twins (`{"value": "107.04645", "precision": 20}`).
/// A number that `Decimal` cannot hold exactly is a decoding error, never a rounded value.
///
/// It is written as a JSON number in its shortest form: `19.9`, `1000`, `0`.
///
/// Reading and writing work with `serde_json` on text (`from_slice`, `from_str`, `to_vec`), also
/// inside structs and lists. They do not work inside `#[serde(flatten)]`, untagged or internally
/// tagged enums, or from a `serde_json::Value`: all of these have lost the digits already.
///
/// ```
/// use o2s_medusa_client::Amount;
///
/// let amount: Amount = serde_json::from_str("19.990")?;
/// assert_eq!(amount.to_string(), "19.99");
/// assert_eq!(serde_json::to_string(&amount)?, "19.99");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Amount(pub Decimal);

impl Amount {
    /// The decimal value.
    pub fn value(self) -> Decimal {
        self.0
    }

    /// The value as a whole number that fits `u32`, such as a quantity; `None` for fractions,
    /// negative or larger numbers.
    pub fn to_u32(self) -> Option<u32> {
        if self.0.fract().is_zero() { u32::try_from(self.0).ok() } else { None }
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.normalize())
    }
}

impl fmt::Debug for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Amount({self})")
    }
}

impl From<Decimal> for Amount {
    fn from(value: Decimal) -> Self {
        Self(value)
    }
}

impl From<Amount> for Decimal {
    fn from(amount: Amount) -> Self {
        amount.0
    }
}

impl<'de> Deserialize<'de> for Amount {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <&RawValue>::deserialize(deserializer)?.get();
        let parsed = match text.as_bytes().first() {
            Some(b'"') => {
                let digits: String = serde_json::from_str(text).map_err(D::Error::custom)?;
                parse(&digits)
            }
            Some(b'{') => {
                let raw: RawTwin = serde_json::from_str(text).map_err(D::Error::custom)?;
                return Ok(raw.value);
            }
            _ => parse(text),
        };
        parsed.map(Self).map_err(D::Error::custom)
    }
}

/// Medusa's `raw_*` object; its precision is a setting of the backend, not a property of the value.
#[derive(Deserialize)]
struct RawTwin {
    value: Amount,
}

impl Serialize for Amount {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        RawValue::from_string(self.to_string()).map_err(S::Error::custom)?.serialize(serializer)
    }
}

/// Why a text is not an amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
enum ParseError {
    #[error("not a decimal number")]
    Syntax,
    #[error("a number outside the range or precision of a decimal (28 digits)")]
    OutOfRange,
}

/// Reads a number in JSON's grammar without rounding.
fn parse(text: &str) -> Result<Decimal, ParseError> {
    let (negative, unsigned) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, parse_exponent(exponent)?),
        None => (unsigned, 0),
    };
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, fraction)) if !fraction.is_empty() => (whole, fraction),
        Some(_) => return Err(ParseError::Syntax),
        None => (mantissa, ""),
    };
    let all_digits = whole.bytes().chain(fraction.bytes());
    if whole.is_empty() || !all_digits.clone().all(|byte| byte.is_ascii_digit()) {
        return Err(ParseError::Syntax);
    }

    let mut mantissa: i128 = 0;
    // Zeros are held back until a digit follows, so that `1.50000…0` does not run out of range.
    let mut zeros: u32 = 0;
    for digit in all_digits.map(|byte| i128::from(byte - b'0')) {
        if digit == 0 {
            zeros = zeros.checked_add(1).ok_or(ParseError::OutOfRange)?;
            continue;
        }
        mantissa = shift(mantissa, zeros)?;
        mantissa = shift(mantissa, 1)?.checked_add(digit).ok_or(ParseError::OutOfRange)?;
        zeros = 0;
    }
    if mantissa == 0 {
        return Ok(Decimal::ZERO);
    }

    let fraction = i64::try_from(fraction.len()).map_err(|_| ParseError::OutOfRange)?;
    let scale = fraction
        .checked_sub(i64::from(zeros))
        .and_then(|scale| scale.checked_sub(exponent))
        .ok_or(ParseError::OutOfRange)?;
    let (mantissa, scale) = if scale < 0 {
        let missing = u32::try_from(scale.unsigned_abs()).map_err(|_| ParseError::OutOfRange)?;
        (shift(mantissa, missing)?, 0)
    } else {
        let scale = u32::try_from(scale).map_err(|_| ParseError::OutOfRange)?;
        (mantissa, scale)
    };
    let signed = if negative { -mantissa } else { mantissa };
    Decimal::try_from_i128_with_scale(signed, scale).map_err(|_| ParseError::OutOfRange)
}

fn parse_exponent(text: &str) -> Result<i64, ParseError> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(ParseError::Syntax);
    }
    // What does not fit is far outside any decimal, and the sign does not save it.
    text.parse().map_err(|_| ParseError::OutOfRange)
}

/// `mantissa` times ten to the power of `places`.
fn shift(mantissa: i128, places: u32) -> Result<i128, ParseError> {
    if mantissa == 0 {
        return Ok(0);
    }
    10_i128.checked_pow(places).and_then(|factor| mantissa.checked_mul(factor)).ok_or(ParseError::OutOfRange)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that fails to parse should stop there")]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<String, serde_json::Error> {
        serde_json::from_str::<Amount>(text).map(|amount| amount.to_string())
    }

    #[test]
    fn reads_the_digits_that_were_sent() {
        for (text, expected) in [
            ("0", "0"),
            ("-0", "0"),
            ("0.0", "0"),
            ("0e99999", "0"),
            ("19.99", "19.99"),
            ("19.990", "19.99"),
            ("1000", "1000"),
            ("107.04645", "107.04645"),
            ("0.1", "0.1"),
            ("-12.5", "-12.5"),
            ("1e-7", "0.0000001"),
            ("1E+3", "1000"),
            ("1.25e1", "12.5"),
            ("1.5000000000000000000000000000000000000000", "1.5"),
            ("79228162514264337593543950335", "79228162514264337593543950335"),
            ("0.0000000000000000000000000001", "0.0000000000000000000000000001"),
            ("\"19.99\"", "19.99"),
            (r#"{"value":"107.04645","precision":20}"#, "107.04645"),
            (r#"{"value":4.99}"#, "4.99"),
        ] {
            assert_eq!(read(text).unwrap(), expected, "{text}");
        }
    }

    #[test]
    fn refuses_what_it_cannot_hold_exactly() {
        for text in [
            "79228162514264337593543950336",
            "1e29",
            "1e-29",
            "1e99999999999999999999",
            "1e-99999999999999999999",
            "0.00000000000000000000000000001",
            "1.00000000000000000000000000000001",
            "\"\"",
            "\"1,5\"",
            "\"+1\"",
            "\".5\"",
            "\"5.\"",
            "\"1e\"",
            "\" 1\"",
            "\"NaN\"",
            "true",
            "null",
            "[]",
            "{}",
        ] {
            assert!(read(text).is_err(), "{text} was read as {:?}", read(text));
        }
    }

    #[test]
    fn is_found_inside_structs_lists_and_options() {
        #[derive(Deserialize)]
        struct Line {
            price: Amount,
            was: Option<Amount>,
            steps: Vec<Amount>,
        }
        let line: Line = serde_json::from_str(r#"{"price": 9.995 ,"was":null,"steps":[1,2.50]}"#).unwrap();
        assert_eq!(line.price.to_string(), "9.995");
        assert_eq!(line.was, None);
        assert_eq!(serde_json::to_string(&line.steps).unwrap(), "[1,2.5]");
    }

    #[test]
    fn quantities_are_whole() {
        assert_eq!(Amount(Decimal::new(30, 1)).to_u32(), Some(3));
        assert_eq!(Amount(Decimal::new(35, 1)).to_u32(), None);
        assert_eq!(Amount(Decimal::new(-3, 0)).to_u32(), None);
    }

    /// A million amounts up to a trillion, with 0 to 4 decimals, from text to text. What must come
    /// out is worked out on whole numbers, without `Decimal`.
    #[test]
    fn a_million_amounts_survive_the_round_trip() {
        // A full-period generator (Knuth's constants): the same million values on every run.
        let mut state: u64 = 42;
        for _ in 0..1_000_000 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let places = usize::try_from((state >> 33) % 5).unwrap();
            let whole = (state >> 20) % 1_000_000_000_000;
            let fraction = format!("{:04}", (state >> 7) % 10_000);
            let text = format!("{whole}.{}", &fraction[..places]);
            let shortest = text.trim_end_matches('0').trim_end_matches('.');
            let shortest = if places == 0 { text.trim_end_matches('.') } else { shortest };
            let sent = if places == 0 { shortest } else { &text };
            assert_eq!(Amount(parse(sent).unwrap()).to_string(), shortest, "{sent}");
        }
    }
}

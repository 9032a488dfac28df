//! Money: exact decimal amounts in major units with an ISO 4217 currency.

use std::fmt;
use std::str::FromStr;

use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Deserialize, Serialize, Serializer};
use serde_json::value::RawValue;

/// An ISO 4217 currency code in upper case, such as `EUR`.
///
/// Parsing (and decoding a request) takes the codes of the ISO 4217 list in any case.
/// A backend may know more: any three letters are taken from it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(value_type = String, example = "EUR"))]
#[serde(try_from = "String")]
pub struct Currency([u8; 3]);

/// A text that is no currency code.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("must be an ISO 4217 currency code such as EUR")]
pub struct InvalidCurrency;

impl Currency {
    /// The euro.
    pub const EUR: Self = Self(*b"EUR");
    /// The US dollar.
    pub const USD: Self = Self(*b"USD");
    /// The Polish złoty.
    pub const PLN: Self = Self(*b"PLN");

    /// Takes the code that a backend sent: any three ASCII letters, in any case.
    pub fn from_backend(code: &str) -> Result<Self, InvalidCurrency> {
        let bytes: [u8; 3] = code.as_bytes().try_into().map_err(|_| InvalidCurrency)?;
        if !bytes.iter().all(u8::is_ascii_alphabetic) {
            return Err(InvalidCurrency);
        }
        Ok(Self(bytes.map(|b| b.to_ascii_uppercase())))
    }

    /// The code in upper case.
    pub fn as_str(&self) -> &str {
        // Only ASCII letters are ever stored.
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// How many decimals the currency has: 2 for EUR, 0 for JPY, 3 for KWD; 2 where ISO 4217 says nothing.
    pub fn exponent(&self) -> u32 {
        iso_currency::Currency::from_code(self.as_str()).and_then(iso_currency::Currency::exponent).map_or(2, u32::from)
    }

    /// Rounds an amount to the currency's decimals, halves away from zero (the rule of invoices).
    pub fn round(&self, amount: Decimal) -> Decimal {
        amount.round_dp_with_strategy(self.exponent(), RoundingStrategy::MidpointAwayFromZero)
    }
}

impl FromStr for Currency {
    type Err = InvalidCurrency;

    fn from_str(text: &str) -> Result<Self, InvalidCurrency> {
        let currency = Self::from_backend(text)?;
        match iso_currency::Currency::from_code(currency.as_str()) {
            Some(_) => Ok(currency),
            None => Err(InvalidCurrency),
        }
    }
}

impl TryFrom<String> for Currency {
    type Error = InvalidCurrency;

    fn try_from(text: String) -> Result<Self, InvalidCurrency> {
        text.parse()
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for Currency {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// An amount of money in major units: `19.99` EUR is nineteen euros and ninety-nine cents.
///
/// Amounts are exactly what the backend said: not rounded, no float arithmetic. In JSON the value is a
/// number with the shortest digits (`19.99`, `1000`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Price {
    /// The amount in major units.
    #[serde(serialize_with = "serialize_decimal")]
    #[cfg_attr(feature = "openapi", schema(example = 19.99))]
    pub value: Decimal,
    /// The currency of the amount.
    pub currency: Currency,
    /// A label of the period that the price is for, such as `month`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub period: Option<String>,
}

impl Price {
    /// A price without a period.
    pub fn new(value: Decimal, currency: Currency) -> Self {
        Self { value, currency, period: None }
    }
}

impl fmt::Display for Price {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.value.normalize(), self.currency)
    }
}

/// Writes a decimal as a JSON number with its own, shortest digits.
pub(crate) fn serialize_decimal<S: Serializer>(value: &Decimal, serializer: S) -> Result<S::Ok, S::Error> {
    let digits = value.normalize().to_string();
    RawValue::from_string(digits).map_err(serde::ser::Error::custom)?.serialize(serializer)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn json(value: &str) -> String {
        let price = Price::new(value.parse().expect("a decimal"), Currency::EUR);
        serde_json::to_string(&price).expect("serialises")
    }

    #[test]
    fn prints_the_shortest_digits() {
        assert_eq!(json("1000.00"), r#"{"value":1000,"currency":"EUR"}"#);
        assert_eq!(json("19.990"), r#"{"value":19.99,"currency":"EUR"}"#);
        assert_eq!(json("107.04645"), r#"{"value":107.04645,"currency":"EUR"}"#);
        assert_eq!(json("-0.0"), r#"{"value":0,"currency":"EUR"}"#);
    }

    #[test]
    fn knows_the_decimals_of_a_currency() {
        let exponent = |code: &str| code.parse::<Currency>().expect("a currency").exponent();
        assert_eq!([exponent("EUR"), exponent("jpy"), exponent("KWD"), exponent("CLF")], [2, 0, 3, 4]);
        let half: Decimal = "0.125".parse().expect("a decimal");
        assert_eq!(Currency::EUR.round(half).to_string(), "0.13");
        assert_eq!(Currency::EUR.round(-half).to_string(), "-0.13");
    }

    #[test]
    fn requests_name_listed_currencies_and_backends_may_name_others() {
        for text in ["", "EU", "EURO", "12A", "XQZ", "€€"] {
            assert!(text.parse::<Currency>().is_err(), "{text:?} was taken");
        }
        assert_eq!(Currency::from_backend("xqz").map(|c| c.to_string()), Ok("XQZ".to_owned()));
        assert!(Currency::from_backend("€").is_err());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4096))]
        #[test]
        fn text_survives_the_round_trip(minor in -1_000_000_000_000_i64..=1_000_000_000_000, scale in 0_u32..=4) {
            let value = Decimal::new(minor, scale);
            let text = serde_json::to_string(&Price::new(value, Currency::USD)).expect("serialises");
            let digits = text.trim_start_matches(r#"{"value":"#).trim_end_matches(r#","currency":"USD"}"#);
            prop_assert_eq!(digits.parse::<Decimal>().expect("a decimal"), value);
            prop_assert!(!digits.contains('.') || !digits.ends_with('0'));
        }
    }

    /// The project's promise on money: a million amounts up to 10^12 with 0 to 4 decimals keep their text.
    #[test]
    fn a_million_amounts_keep_their_text() {
        let mut state = 0x9E37_79B9_7F4A_7C15_u64;
        let mut json = Vec::new();
        for _ in 0..1_000_000 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let scale = u32::try_from(state % 5).expect("below five");
            let units = i64::try_from((state >> 8) % 10_u64.pow(12 + scale)).expect("fits");
            let value = Decimal::new(units, scale);
            json.clear();
            serialize_decimal(&value, &mut serde_json::Serializer::new(&mut json)).expect("serialises");
            let digits = std::str::from_utf8(&json).expect("text");
            let back: Decimal = digits.parse().expect("a decimal");
            assert_eq!(back, value);
            assert_eq!(back.to_string(), digits);
        }
    }
}

//! Medusa 1's amounts, which are whole numbers of the currency's smallest unit, as the contract's.

use o2s_framework_core::error::Result;
use o2s_framework_core::money::{Currency, Price};
use o2s_medusa_client::v1::MinorUnits;
use rust_decimal::Decimal;

use crate::error::incomplete;

/// An amount in major units.
pub(super) fn major(amount: Option<MinorUnits>, currency: Currency) -> Option<Decimal> {
    amount?.to_major(currency.exponent())
}

/// An amount that must be there. A missing one is the backend's fault, never 0.
pub(super) fn price(amount: Option<MinorUnits>, currency: Currency, what: &'static str) -> Result<Price> {
    optional_price(amount, currency).ok_or_else(|| incomplete(what))
}

/// An amount that may be absent.
pub(super) fn optional_price(amount: Option<MinorUnits>, currency: Currency) -> Option<Price> {
    major(amount, currency).map(|amount| Price::new(amount, currency))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_currency_decides_how_much_a_number_is() {
        for (currency, shown) in [("EUR", "19.5 EUR"), ("JPY", "1950 JPY"), ("KWD", "1.95 KWD")] {
            let currency: Currency = currency.parse().expect("a currency");
            let price = price(Some(MinorUnits(1950)), currency, "total").expect("a price");
            assert_eq!(price.to_string(), shown);
        }
        assert_eq!(price(None, Currency::EUR, "total").expect_err("no price").code(), "backend.unreadable");
    }
}

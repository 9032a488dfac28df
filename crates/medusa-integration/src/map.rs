//! Between Medusa's words and the contract's: what every module needs.

use o2s_framework_core::address::Address;
use o2s_framework_core::customers::AddressChanges;
use o2s_framework_core::error::Result;
use o2s_framework_core::metadata::Metadata;
use o2s_framework_core::money::{Currency, Price};
use o2s_framework_core::text::Email;
use o2s_framework_core::time::Timestamp;
use o2s_medusa_client::Amount;
use o2s_medusa_client::types::{Address as WireAddress, Metadata as WireMetadata};
use rust_decimal::Decimal;

use crate::error::incomplete;

/// An amount that must be there. A missing one is the backend's fault, never 0.
pub(crate) fn price(amount: Option<&Amount>, currency: Currency, what: &'static str) -> Result<Price> {
    amount.map(|amount| Price::new(amount.value(), currency)).ok_or_else(|| incomplete(what))
}

/// An amount that may be absent.
pub(crate) fn optional_price(amount: Option<&Amount>, currency: Currency) -> Option<Price> {
    amount.map(|amount| Price::new(amount.value(), currency))
}

/// What the discounts of a line, an order or a cart take off before tax: the difference between its parts (subtotal,
/// shipping, tax) and its total, so that they add up to the last digit.
// Medusa: discounts are worked out with binary fractions: 5 EUR off say `discount_subtotal: 5.000000000000001` and
// `discount_total: 5.95, discount_tax_total: 0.9500000000000001`.
pub(crate) fn discount(
    parts: &[Option<Decimal>],
    total: Option<Decimal>,
    currency: Currency,
    what: &'static str,
) -> Result<Price> {
    let mut sum = Decimal::ZERO;
    for part in parts {
        sum = part.and_then(|part| sum.checked_add(part)).ok_or_else(|| incomplete(what))?;
    }
    let value = total.and_then(|total| sum.checked_sub(total)).ok_or_else(|| incomplete(what))?;
    Ok(Price::new(value, currency))
}

/// The currency of a cart, an order or a price.
pub(crate) fn currency(code: Option<&str>) -> Result<Currency> {
    code.and_then(|code| Currency::from_backend(code).ok()).ok_or_else(|| incomplete("currency_code"))
}

/// A moment that must be there.
pub(crate) fn timestamp(text: Option<&str>, what: &'static str) -> Result<Timestamp> {
    text.and_then(|text| text.parse().ok()).ok_or_else(|| incomplete(what))
}

/// An id of Medusa's. One that we could not send back is an answer that cannot be read.
pub(crate) fn id<T: TryFrom<String>>(text: &str, what: &'static str) -> Result<T> {
    T::try_from(text.to_owned()).map_err(|_| incomplete(what))
}

/// A whole number of pieces that may be left out.
pub(crate) fn pieces(amount: Option<&Amount>) -> u64 {
    amount.and_then(|amount| amount.to_u32()).map_or(0, u64::from)
}

/// A whole number of pieces.
pub(crate) fn quantity(amount: Option<&Amount>) -> Result<u64> {
    amount.and_then(|amount| amount.to_u32()).map(u64::from).ok_or_else(|| incomplete("quantity"))
}

/// Metadata as the contract shows it; none where there is none.
pub(crate) fn metadata(members: Option<&WireMetadata>) -> Option<Metadata> {
    members.map(Metadata::from_map)
}

/// A text that says something.
pub(crate) fn text(value: Option<&String>) -> Option<String> {
    value.filter(|text| !text.trim().is_empty()).cloned()
}

/// A member of metadata that is a text.
pub(crate) fn text_member(metadata: Option<&WireMetadata>, key: &str) -> Option<String> {
    metadata?.get(key)?.as_str().filter(|text| !text.is_empty()).map(str::to_owned)
}

/// An address, or none where Medusa holds but a placeholder.
// Medusa: a cart of a region with one country gets a shipping address that is nothing but that country.
pub(crate) fn address(wire: &WireAddress) -> Option<Address> {
    let is_blank = |part: &Option<String>| part.as_ref().is_none_or(String::is_empty);
    if is_blank(&wire.address_1) && is_blank(&wire.city) && wire.last_name.is_none() {
        return None;
    }
    Some(address_parts(wire))
}

/// The parts of an address, whatever is there.
pub(crate) fn address_parts(wire: &WireAddress) -> Address {
    let metadata = wire.metadata.as_ref();
    Address {
        first_name: text(wire.first_name.as_ref()),
        last_name: text(wire.last_name.as_ref()),
        company_name: text(wire.company.as_ref()),
        tax_id: text_member(metadata, "taxId"),
        country: wire.country_code.as_deref().unwrap_or_default().to_uppercase(),
        district: text_member(metadata, "district"),
        region: text(wire.province.as_ref()),
        street_name: wire.address_1.clone().unwrap_or_default(),
        street_number: text(wire.address_2.as_ref()).map(|number| number.trim().to_owned()),
        apartment: text_member(metadata, "apartment"),
        city: wire.city.clone().unwrap_or_default(),
        postal_code: wire.postal_code.clone().unwrap_or_default(),
        email: text_member(metadata, "email").and_then(|email| email.parse().ok()),
        phone: text(wire.phone.as_ref()),
    }
}

/// What of an address has no field of its own in Medusa.
pub(crate) fn address_metadata(address: &Address) -> WireMetadata {
    members([
        ("taxId", trimmed(address.tax_id.as_ref())),
        ("apartment", trimmed(address.apartment.as_ref())),
        ("district", trimmed(address.district.as_ref())),
        ("email", address.email.as_ref().map(Email::to_string)),
    ])
}

/// What a change of an address says of that; an empty text removes a part.
pub(crate) fn changed_address_metadata(changes: &AddressChanges) -> WireMetadata {
    members([
        ("taxId", trimmed(changes.tax_id.as_ref())),
        ("apartment", trimmed(changes.apartment.as_ref())),
        ("district", trimmed(changes.district.as_ref())),
        ("email", changes.email.as_ref().map(Email::to_string)),
    ])
}

/// Members of metadata, as far as they are there.
pub(crate) fn members<const N: usize>(parts: [(&str, Option<String>); N]) -> WireMetadata {
    parts.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?.into()))).collect()
}

/// A text without the blanks around it.
pub(crate) fn trimmed(value: Option<&String>) -> Option<String> {
    value.map(|text| text.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn discounts_are_what_makes_the_parts_add_up() {
        let amount = |text: &str| text.parse::<Decimal>().ok();
        let (lines, shipping, tax, total) = (amount("279.97"), amount("4.99"), amount("53.1924"), amount("333.1524"));
        let parts = [lines, shipping, tax];
        let price = discount(&parts, total, Currency::EUR, "order.total").expect("a price");
        assert_eq!(price.to_string(), "5 EUR");
        assert!(discount(&[lines, None], total, Currency::EUR, "order.total").is_err());
        assert!(discount(&parts, None, Currency::EUR, "order.total").is_err());
    }
}

//! What several areas of the APIs share.

use serde::{Deserialize, Deserializer, Serialize};

use crate::endpoint::Query;

/// Free-form data that a shop attaches to its objects.
pub type Metadata = serde_json::Map<String, serde_json::Value>;

/// Reads `null` as the empty value, for lists that a backend may leave out either way.
pub(crate) fn null_as_default<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de> + Default,
{
    Option::deserialize(deserializer).map(Option::unwrap_or_default)
}

/// Which part of a list to answer, and in which order.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Page<'a> {
    /// At most this many entries; Medusa's default is 50 (20 on some lists). 0 answers the count only.
    pub limit: Option<u32>,
    /// Skip this many entries.
    pub offset: Option<u32>,
    /// One field name to sort by, with `-` in front for descending. Without it the order is not
    /// defined, and pages may overlap.
    pub order: Option<&'a str>,
}

impl Page<'_> {
    pub(crate) fn write(&self, query: &mut Query) {
        query.set_number("limit", self.limit);
        query.set_number("offset", self.offset);
        query.set_some("order", self.order);
    }
}

/// For whom prices are calculated. Without `region_id` or `cart_id` there are no calculated prices,
/// and asking for them is a 400.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PriceContext<'a> {
    /// The region, which decides the currency.
    pub region_id: Option<&'a str>,
    /// Lower-case ISO 3166 country; needed for amounts with tax.
    pub country_code: Option<&'a str>,
    /// ISO 3166-2 province, for taxes that depend on it.
    pub province: Option<&'a str>,
    /// A cart whose region and address are taken.
    pub cart_id: Option<&'a str>,
}

impl PriceContext<'_> {
    pub(crate) fn write(&self, query: &mut Query) {
        query.set_some("region_id", self.region_id);
        query.set_some("country_code", self.country_code);
        query.set_some("province", self.province);
        query.set_some("cart_id", self.cart_id);
    }
}

/// The answer to a deletion.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Deleted<P> {
    /// The id of what was deleted.
    // Medusa: deleting an address answers the customer's id here.
    pub id: Option<String>,
    /// Whether it was deleted. Also `true` for a line item that never was.
    #[serde(default)]
    pub deleted: bool,
    /// What it belonged to, as it is now: the cart of a line item, the customer of an address.
    pub parent: Option<P>,
}

/// A postal address on a cart or an order.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
pub struct Address {
    /// The id of this copy; carts and orders do not share addresses with the customer.
    pub id: Option<String>,
    /// Given name.
    pub first_name: Option<String>,
    /// Family name.
    pub last_name: Option<String>,
    /// Company.
    pub company: Option<String>,
    /// First line, commonly the street.
    pub address_1: Option<String>,
    /// Second line.
    pub address_2: Option<String>,
    /// Town.
    pub city: Option<String>,
    /// Postal code.
    pub postal_code: Option<String>,
    /// Lower-case ISO 3166 country.
    pub country_code: Option<String>,
    /// Province or state.
    pub province: Option<String>,
    /// Telephone number.
    pub phone: Option<String>,
    /// Free-form data; there only when the whole address was asked for (`*shipping_address`).
    pub metadata: Option<Metadata>,
}

/// A postal address to be put on a cart. What is `None` is not sent.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct AddressInput {
    /// Given name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_name: Option<String>,
    /// Family name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_name: Option<String>,
    /// Company.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub company: Option<String>,
    /// First line, commonly the street.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address_1: Option<String>,
    /// Second line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address_2: Option<String>,
    /// Town.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub city: Option<String>,
    /// Postal code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub postal_code: Option<String>,
    /// Lower-case ISO 3166 country; one outside the cart's region is a 400.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country_code: Option<String>,
    /// Province or state.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub province: Option<String>,
    /// Telephone number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// Free-form data.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Metadata>,
}

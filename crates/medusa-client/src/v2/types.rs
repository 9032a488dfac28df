//! What several areas of the APIs share.

use serde::Deserialize;

use crate::endpoint::Query;

pub use crate::types::{Address, AddressInput, Metadata};
pub(crate) use crate::types::{null_as_default, without_gone};

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

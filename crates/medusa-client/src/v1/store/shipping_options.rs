//! Ways of shipping.

use http::Method;
use serde::Deserialize;

use super::StoreEndpoint;
use super::regions::{Region, TaxRate};
use crate::endpoint::{Endpoint, Query, Repeat};
use crate::v1::minor_units::MinorUnits;
use crate::v1::types::{Metadata, null_as_default};

/// A way of shipping.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct ShippingOption {
    /// The id, `so_…`.
    pub id: String,
    /// The name.
    pub name: Option<String>,
    /// The region's id.
    pub region_id: Option<String>,
    /// The region; there when asked for.
    pub region: Option<Region>,
    /// The id of the kind of goods that it is for; a cart has one method for each.
    pub profile_id: Option<String>,
    /// That kind of goods.
    pub profile: Option<ShippingProfile>,
    /// The fulfilment provider.
    pub provider_id: Option<String>,
    /// How the price is found.
    pub price_type: Option<PriceType>,
    /// The price before tax; `None` where it is calculated for a cart.
    pub amount: Option<MinorUnits>,
    /// The price with tax.
    pub price_incl_tax: Option<MinorUnits>,
    /// The tax in `price_incl_tax`.
    pub tax_amount: Option<MinorUnits>,
    /// The taxes.
    #[serde(default, deserialize_with = "null_as_default")]
    pub tax_rates: Vec<TaxRate>,
    /// Whether `amount` includes tax.
    pub includes_tax: Option<bool>,
    /// Whether it is for sending back.
    pub is_return: Option<bool>,
    /// Whether only the shop may choose it.
    pub admin_only: Option<bool>,
    /// When it can be chosen. Options for a cart come as far as they are met.
    #[serde(default, deserialize_with = "null_as_default")]
    pub requirements: Vec<ShippingRequirement>,
    /// The provider's data.
    pub data: Option<Metadata>,
    /// Free-form data.
    pub metadata: Option<Metadata>,
}

/// How the price of a shipping option is found.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PriceType {
    /// Set by the shop.
    FlatRate,
    /// Asked from the fulfilment provider for the cart at hand.
    Calculated,
    /// A way that this crate does not know.
    #[serde(untagged)]
    Unknown(String),
}

/// What a cart must have for an option.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct ShippingRequirement {
    /// The id, `sor_…`.
    pub id: Option<String>,
    /// What is compared.
    #[serde(rename = "type")]
    pub requirement_type: Option<ShippingRequirementType>,
    /// With what.
    pub amount: Option<MinorUnits>,
}

/// What is compared to tell whether an option can be chosen.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ShippingRequirementType {
    /// The subtotal must be this or more.
    MinSubtotal,
    /// The subtotal must be this or less.
    MaxSubtotal,
    /// Something that this crate does not know.
    #[serde(untagged)]
    Unknown(String),
}

/// A kind of goods that are shipped together.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct ShippingProfile {
    /// The id, `sp_…`.
    pub id: String,
    /// The name.
    pub name: Option<String>,
    /// Which kind.
    #[serde(rename = "type")]
    pub profile_type: Option<ShippingProfileType>,
    /// Free-form data.
    pub metadata: Option<Metadata>,
}

/// Which goods are shipped together.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ShippingProfileType {
    /// Goods as usual.
    Default,
    /// Gift cards.
    GiftCard,
    /// What the shop says.
    Custom,
    /// A kind that this crate does not know.
    #[serde(untagged)]
    Unknown(String),
}

/// `GET /store/shipping-options`: what there is, without regard to a cart.
// Medusa: neither `fields` and `expand` nor paging.
#[derive(Debug, Clone, Copy, Default)]
pub struct ListShippingOptions<'a> {
    /// Only options of this region.
    pub region_id: Option<&'a str>,
    /// Only options for sending back, or only those for sending out.
    pub is_return: Option<bool>,
    /// Only options for the kinds of goods that these products are.
    // Medusa 1.20 answers none at all as soon as a product is given.
    pub product_ids: &'a [&'a str],
}

/// Shipping options.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct ShippingOptionList {
    /// The options.
    pub shipping_options: Vec<ShippingOption>,
}

impl Endpoint for ListShippingOptions<'_> {
    const METHOD: Method = Method::GET;
    const ROUTE: &'static str = "/store/shipping-options";
    const REPEAT: Repeat = Repeat::Harmless;
    type Response = ShippingOptionList;

    fn query(&self, query: &mut Query) {
        query.set_some("region_id", self.region_id);
        query.set_bool("is_return", self.is_return);
        if !self.product_ids.is_empty() {
            query.set("product_ids", &self.product_ids.join(","));
        }
    }
}

impl StoreEndpoint for ListShippingOptions<'_> {}

/// `GET /store/shipping-options/{cart_id}`: the options for a cart, as its region, contents and subtotal allow.
// Medusa: a cart that is unknown is a 500.
#[derive(Debug, Clone, Copy, Default)]
pub struct ListCartShippingOptions<'a> {
    /// The cart's id.
    pub cart_id: &'a str,
}

impl Endpoint for ListCartShippingOptions<'_> {
    const METHOD: Method = Method::GET;
    const ROUTE: &'static str = "/store/shipping-options/{cart_id}";
    const REPEAT: Repeat = Repeat::Harmless;
    type Response = ShippingOptionList;

    fn path_values(&self) -> Vec<&str> {
        vec![self.cart_id]
    }
}

impl StoreEndpoint for ListCartShippingOptions<'_> {}

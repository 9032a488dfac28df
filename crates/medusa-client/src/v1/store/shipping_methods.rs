//! The shipping methods of carts and orders.

use bytes::Bytes;
use http::Method;
use serde::{Deserialize, Serialize};

use super::StoreEndpoint;
use super::carts::CartAnswer;
use super::line_items::TaxLine;
use super::shipping_options::ShippingOption;
use crate::endpoint::{Endpoint, Repeat, json_body};
use crate::v1::minor_units::MinorUnits;
use crate::v1::types::{Metadata, null_as_default};

/// A chosen way of shipping.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct ShippingMethod {
    /// The id, `sm_…`.
    pub id: Option<String>,
    /// The option that it was made from.
    pub shipping_option_id: Option<String>,
    /// That option, with its name.
    pub shipping_option: Option<ShippingOption>,
    /// The price before tax.
    pub price: Option<MinorUnits>,
    /// Whether `price` includes tax.
    pub includes_tax: Option<bool>,
    /// The provider's data.
    pub data: Option<Metadata>,
    /// The cart that it is or was for.
    pub cart_id: Option<String>,
    /// The order that it is for.
    pub order_id: Option<String>,
    /// The return that it is for.
    pub return_id: Option<String>,
    /// The swap that it is for.
    pub swap_id: Option<String>,
    /// The claim that it is for.
    pub claim_order_id: Option<String>,
    /// What it costs after discounts, with tax.
    pub total: Option<MinorUnits>,
    /// After discounts, before tax.
    pub subtotal: Option<MinorUnits>,
    /// Tax.
    pub tax_total: Option<MinorUnits>,
    /// With tax, before discounts.
    pub original_total: Option<MinorUnits>,
    /// Tax before discounts.
    pub original_tax_total: Option<MinorUnits>,
    /// The taxes.
    #[serde(default, deserialize_with = "null_as_default")]
    pub tax_lines: Vec<TaxLine>,
}

/// A shipping option to be chosen.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct ShippingMethodInput {
    /// The option; 404 when it is unknown, 400 when the cart's region does not have it.
    pub option_id: String,
    /// Data for the provider, such as a pick-up point.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub data: Option<Metadata>,
}

/// `POST /store/carts/{id}/shipping-methods`: chooses a shipping option. It replaces the method of the same shipping
/// profile. Payment sessions get the new total.
#[derive(Debug, Clone, Default)]
pub struct AddShippingMethod<'a> {
    /// The cart's id.
    pub cart_id: &'a str,
    /// What is chosen.
    pub body: ShippingMethodInput,
}

impl Endpoint for AddShippingMethod<'_> {
    const METHOD: Method = Method::POST;
    const ROUTE: &'static str = "/store/carts/{id}/shipping-methods";
    const REPEAT: Repeat = Repeat::Harmless;
    type Response = CartAnswer;

    fn path_values(&self) -> Vec<&str> {
        vec![self.cart_id]
    }

    fn body(&self) -> Result<Option<Bytes>, serde_json::Error> {
        json_body(&self.body)
    }
}

impl StoreEndpoint for AddShippingMethod<'_> {}

//! The shipping methods of carts and orders.

use bytes::Bytes;
use http::Method;
use serde::{Deserialize, Serialize};

use super::StoreEndpoint;
use super::carts::CartAnswer;
use super::line_items::{Adjustment, TaxLine};
use crate::amount::Amount;
use crate::endpoint::{Endpoint, Query, Repeat, json_body};
use crate::v2::types::{Metadata, null_as_default};

/// A chosen way of shipping.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct ShippingMethod {
    /// The id; there when asked for.
    pub id: Option<String>,
    /// The name.
    pub name: Option<String>,
    /// The description.
    pub description: Option<String>,
    /// The price before discounts, in major units; with or without tax as the flag says.
    pub amount: Option<Amount>,
    /// Whether `amount` includes tax.
    pub is_tax_inclusive: Option<bool>,
    /// The option it was made from.
    pub shipping_option_id: Option<String>,
    /// The provider's data.
    pub data: Option<Metadata>,
    /// What it costs after discounts, with tax.
    pub total: Option<Amount>,
    /// Before discounts and tax.
    pub subtotal: Option<Amount>,
    /// Tax.
    pub tax_total: Option<Amount>,
    /// Discounts, with the tax they save.
    pub discount_total: Option<Amount>,
    /// The discounts.
    #[serde(default, deserialize_with = "null_as_default")]
    pub adjustments: Vec<Adjustment>,
    /// The taxes.
    #[serde(default, deserialize_with = "null_as_default")]
    pub tax_lines: Vec<TaxLine>,
}

/// A shipping option to be chosen.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct ShippingMethodInput {
    /// The option.
    pub option_id: String,
    /// Data for the provider, such as a pick-up point.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub data: Option<Metadata>,
}

/// `POST /store/carts/{id}/shipping-methods`: chooses a shipping option. It replaces the method of
/// the same shipping profile. The cart's payment sessions are dropped, since the total changes.
#[derive(Debug, Clone, Default)]
pub struct AddShippingMethod<'a> {
    /// The cart's id.
    pub cart_id: &'a str,
    /// The fields to answer.
    pub fields: Option<&'a str>,
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

    fn query(&self, query: &mut Query) {
        query.set_some("fields", self.fields);
    }

    fn body(&self) -> Result<Option<Bytes>, serde_json::Error> {
        json_body(&self.body)
    }
}

impl StoreEndpoint for AddShippingMethod<'_> {}

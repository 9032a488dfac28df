//! Ways of shipping a cart.

use http::Method;
use serde::{Deserialize, Serialize};

use super::StoreEndpoint;
use super::products::CalculatedPrice;
use crate::amount::Amount;
use crate::endpoint::{Endpoint, Query, Repeat, json_body};
use crate::v2::types::Metadata;

/// A way of shipping.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct ShippingOption {
    /// The id, `so_…`.
    pub id: String,
    /// The name.
    pub name: Option<String>,
    /// Whether the price is fixed or must be calculated, see [`CalculateShippingOption`].
    pub price_type: Option<PriceType>,
    /// The price in the cart's currency, in major units; `None` until it is calculated.
    pub amount: Option<Amount>,
    /// Whether `amount` includes tax.
    pub is_tax_inclusive: Option<bool>,
    /// How `amount` came about, with the currency.
    pub calculated_price: Option<CalculatedPrice>,
    /// Whether its stock location lacks something that is in the cart.
    pub insufficient_inventory: Option<bool>,
    /// The kind of shipping, with a description.
    #[serde(rename = "type")]
    pub option_type: Option<ShippingOptionType>,
    /// Which goods it is for; a cart has one method for each profile.
    pub shipping_profile_id: Option<String>,
    /// The fulfilment provider.
    pub provider_id: Option<String>,
    /// The provider's data.
    pub data: Option<Metadata>,
}

/// How the price of a shipping option is found.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PriceType {
    /// Set by the shop.
    Flat,
    /// Asked from the fulfilment provider for the cart at hand.
    Calculated,
    /// A way that this crate does not know.
    #[serde(untagged)]
    Unknown(String),
}

/// The kind of a shipping option.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct ShippingOptionType {
    /// The name.
    pub label: Option<String>,
    /// The description.
    pub description: Option<String>,
    /// The shop's word for it, such as `express`.
    pub code: Option<String>,
}

/// `GET /store/shipping-options`: the options for a cart, as its address and contents allow.
// Medusa: `fields`, `limit` and `offset` have no effect here, so they are not offered.
#[derive(Debug, Clone, Copy, Default)]
pub struct ListShippingOptions<'a> {
    /// The cart; one that is an order by now will do.
    pub cart_id: &'a str,
    /// Only options for the way back; only those for the way to the customer if not.
    pub is_return: bool,
}

/// The options for a cart.
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
        query.set("cart_id", self.cart_id);
        query.set_bool("is_return", self.is_return.then_some(true));
    }
}

impl StoreEndpoint for ListShippingOptions<'_> {}

/// `POST /store/shipping-options/{id}/calculate`: the price of a calculated option for a cart.
/// Changes nothing. A flat option or an unknown cart is answered with 500.
#[derive(Debug, Clone, Default)]
pub struct CalculateShippingOption<'a> {
    /// The option's id.
    pub id: &'a str,
    /// The fields to answer.
    pub fields: Option<&'a str>,
    /// For which cart.
    pub body: ShippingCalculation,
}

/// What a shipping price is calculated for.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct ShippingCalculation {
    /// The cart.
    pub cart_id: String,
    /// Data for the provider, such as a pick-up point.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub data: Option<Metadata>,
}

/// A shipping option with its price.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct ShippingOptionAnswer {
    /// The option.
    pub shipping_option: ShippingOption,
}

impl Endpoint for CalculateShippingOption<'_> {
    const METHOD: Method = Method::POST;
    const ROUTE: &'static str = "/store/shipping-options/{id}/calculate";
    const REPEAT: Repeat = Repeat::Harmless;
    type Response = ShippingOptionAnswer;

    fn path_values(&self) -> Vec<&str> {
        vec![self.id]
    }

    fn query(&self, query: &mut Query) {
        query.set_some("fields", self.fields);
    }

    fn body(&self) -> Result<Option<bytes::Bytes>, serde_json::Error> {
        json_body(&self.body)
    }
}

impl StoreEndpoint for CalculateShippingOption<'_> {}

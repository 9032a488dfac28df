//! The lines of carts and orders, and the endpoints that change those of a cart.

use bytes::Bytes;
use http::Method;
use serde::{Deserialize, Serialize};

use super::carts::CartAnswer;
use super::variants::Variant;
use super::{KeyedEndpoint, StoreEndpoint};
use crate::amount::Amount;
use crate::endpoint::{Endpoint, Repeat, json_body};
use crate::v1::minor_units::{MinorShare, MinorUnits};
use crate::v1::types::{Metadata, null_as_default};

/// A line of a cart or an order. Its words are those at the time of adding.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct LineItem {
    /// The id, `item_…`; an order's line has the id that it had in the cart.
    pub id: String,
    /// The product's name.
    pub title: Option<String>,
    /// The variant's name.
    pub description: Option<String>,
    /// The address of the small image.
    pub thumbnail: Option<String>,
    /// How many.
    pub quantity: Option<u32>,
    /// The price of one.
    pub unit_price: Option<MinorUnits>,
    /// Whether `unit_price` includes tax.
    pub includes_tax: Option<bool>,
    /// The variant's id; `None` once the variant is gone.
    pub variant_id: Option<String>,
    /// The variant.
    pub variant: Option<Variant>,
    /// The product's id; there when the shop's server keeps it with the line.
    pub product_id: Option<String>,
    /// The cart that it is or was in.
    pub cart_id: Option<String>,
    /// The order that it belongs to.
    pub order_id: Option<String>,
    /// The swap that it was exchanged for.
    pub swap_id: Option<String>,
    /// The claim that it makes good for.
    pub claim_order_id: Option<String>,
    /// The edit of an order that it belongs to.
    pub order_edit_id: Option<String>,
    /// The line of the order that this one stands for in an edit.
    pub original_item_id: Option<String>,
    /// Whether it is something that comes back.
    pub is_return: Option<bool>,
    /// Whether it is a gift card.
    pub is_giftcard: Option<bool>,
    /// Whether an equal line grows instead of a second one being made.
    pub should_merge: Option<bool>,
    /// Whether discounts apply to it.
    pub allow_discounts: Option<bool>,
    /// Whether a shipping method for its kind of goods was chosen.
    pub has_shipping: Option<bool>,

    /// Before discounts and tax.
    pub subtotal: Option<MinorUnits>,
    /// Discounts before tax, rounded.
    pub discount_total: Option<MinorUnits>,
    /// Tax.
    pub tax_total: Option<MinorUnits>,
    /// After discounts, with tax.
    pub total: Option<MinorUnits>,
    /// With tax, before discounts.
    pub original_total: Option<MinorUnits>,
    /// Tax before discounts.
    pub original_tax_total: Option<MinorUnits>,
    /// What gift cards pay.
    pub gift_card_total: Option<MinorUnits>,
    /// What could still be paid back (orders).
    pub refundable: Option<MinorUnits>,
    /// The discounts of this line.
    #[serde(default, deserialize_with = "null_as_default")]
    pub adjustments: Vec<Adjustment>,
    /// The taxes of this line.
    #[serde(default, deserialize_with = "null_as_default")]
    pub tax_lines: Vec<TaxLine>,

    /// How many were packed (orders).
    pub fulfilled_quantity: Option<u32>,
    /// How many were shipped (orders).
    pub shipped_quantity: Option<u32>,
    /// How many came back (orders).
    pub returned_quantity: Option<u32>,
    /// Creation, RFC 3339.
    pub created_at: Option<String>,
    /// Last change, RFC 3339.
    pub updated_at: Option<String>,
    /// Free-form data.
    pub metadata: Option<Metadata>,
}

/// A discount of a line.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Adjustment {
    /// The id, `lia_…`.
    pub id: Option<String>,
    /// The line.
    pub item_id: Option<String>,
    /// What it is, such as `discount`.
    pub description: Option<String>,
    /// The discount's id.
    pub discount_id: Option<String>,
    /// How much is taken off, before tax.
    pub amount: Option<MinorShare>,
    /// Free-form data.
    pub metadata: Option<Metadata>,
}

/// A tax of a line or a shipping method.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct TaxLine {
    /// The rate in percent.
    pub rate: Option<Amount>,
    /// The name.
    pub name: Option<String>,
    /// The shop's word for it.
    pub code: Option<String>,
}

/// A line to be added to a cart.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct LineItemInput {
    /// The variant; one that is unknown, or not in the cart's sales channel, is a 400.
    pub variant_id: String,
    /// How many; at least 1. More than there is in stock is a 400 `insufficient_inventory`.
    pub quantity: u32,
    /// Free-form data. Lines with different data stay apart.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Metadata>,
}

/// `POST /store/carts/{id}/line-items`: adds to a cart. An equal line that is there grows. Payment sessions get the new
/// total.
// Medusa: a completed cart is a 404 with the message `null`.
#[derive(Debug, Clone, Default)]
pub struct AddLineItem<'a> {
    /// The cart's id.
    pub cart_id: &'a str,
    /// What to add.
    pub body: LineItemInput,
}

impl Endpoint for AddLineItem<'_> {
    const METHOD: Method = Method::POST;
    const ROUTE: &'static str = "/store/carts/{id}/line-items";
    const REPEAT: Repeat = Repeat::Harmful;
    type Response = CartAnswer;

    fn path_values(&self) -> Vec<&str> {
        vec![self.cart_id]
    }

    fn body(&self) -> Result<Option<Bytes>, serde_json::Error> {
        json_body(&self.body)
    }
}

impl StoreEndpoint for AddLineItem<'_> {}
impl KeyedEndpoint for AddLineItem<'_> {}

/// What changes in a line.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct LineItemUpdate {
    /// How many there shall be; 0 removes the line.
    pub quantity: u32,
    /// Free-form data to merge into what is there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Metadata>,
}

/// `POST /store/carts/{id}/line-items/{line_id}`: sets a line of a cart.
// Medusa: a line that is not there is a 400.
#[derive(Debug, Clone, Default)]
pub struct UpdateLineItem<'a> {
    /// The cart's id.
    pub cart_id: &'a str,
    /// The line's id.
    pub line_id: &'a str,
    /// What changes.
    pub body: LineItemUpdate,
}

impl Endpoint for UpdateLineItem<'_> {
    const METHOD: Method = Method::POST;
    const ROUTE: &'static str = "/store/carts/{id}/line-items/{line_id}";
    const REPEAT: Repeat = Repeat::Harmless;
    type Response = CartAnswer;

    fn path_values(&self) -> Vec<&str> {
        vec![self.cart_id, self.line_id]
    }

    fn body(&self) -> Result<Option<Bytes>, serde_json::Error> {
        json_body(&self.body)
    }
}

impl StoreEndpoint for UpdateLineItem<'_> {}

/// `DELETE /store/carts/{id}/line-items/{line_id}`: removes a line.
// Medusa: a line that is not there is removed as well, with 200.
#[derive(Debug, Clone, Copy, Default)]
pub struct DeleteLineItem<'a> {
    /// The cart's id.
    pub cart_id: &'a str,
    /// The line's id.
    pub line_id: &'a str,
}

impl Endpoint for DeleteLineItem<'_> {
    const METHOD: Method = Method::DELETE;
    const ROUTE: &'static str = "/store/carts/{id}/line-items/{line_id}";
    const REPEAT: Repeat = Repeat::Harmless;
    type Response = CartAnswer;

    fn path_values(&self) -> Vec<&str> {
        vec![self.cart_id, self.line_id]
    }
}

impl StoreEndpoint for DeleteLineItem<'_> {}

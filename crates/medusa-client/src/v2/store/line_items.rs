//! The lines of carts and orders, and the endpoints that change those of a cart.

use bytes::Bytes;
use http::Method;
use serde::{Deserialize, Serialize};

use super::StoreEndpoint;
use super::carts::{Cart, CartAnswer};
use crate::amount::Amount;
use crate::endpoint::{Endpoint, Query, Repeat, json_body};
use crate::v2::types::{Deleted, Metadata, null_as_default};

/// A line of a cart or an order. The product's and variant's words are those at the time of adding.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct LineItem {
    /// The id: `cali_…` in a cart, `ordli_…` in an order.
    pub id: String,
    /// The name of the line, commonly the product's.
    pub title: Option<String>,
    /// A second name, commonly the variant's.
    pub subtitle: Option<String>,
    /// The address of the small image.
    pub thumbnail: Option<String>,
    /// How many. In orders it is there only with totals or `detail`.
    pub quantity: Option<Amount>,
    /// The price of one, in major units.
    pub unit_price: Option<Amount>,
    /// The price of one before a price list lowered it.
    pub compare_at_unit_price: Option<Amount>,
    /// Whether `unit_price` includes tax.
    pub is_tax_inclusive: Option<bool>,
    /// Whether promotions apply to it.
    pub is_discountable: Option<bool>,
    /// Whether it is a gift card.
    pub is_giftcard: Option<bool>,
    /// Whether it is shipped.
    pub requires_shipping: Option<bool>,
    /// Free-form data.
    pub metadata: Option<Metadata>,
    /// The product's id; `None` once the product is gone.
    pub product_id: Option<String>,
    /// The product's name.
    pub product_title: Option<String>,
    /// The product's second name.
    pub product_subtitle: Option<String>,
    /// The product's description.
    pub product_description: Option<String>,
    /// The product's handle.
    pub product_handle: Option<String>,
    /// The name of the product's type.
    pub product_type: Option<String>,
    /// The id of the product's type.
    pub product_type_id: Option<String>,
    /// The name of the product's collection.
    pub product_collection: Option<String>,
    /// The variant's id.
    pub variant_id: Option<String>,
    /// The variant's name.
    pub variant_title: Option<String>,
    /// The variant's SKU.
    pub variant_sku: Option<String>,
    /// The variant's barcode.
    pub variant_barcode: Option<String>,
    /// Creation, RFC 3339.
    pub created_at: Option<String>,
    /// Last change, RFC 3339.
    pub updated_at: Option<String>,

    /// What the line costs after discounts, with tax. Answered only with the cart's own `total`.
    pub total: Option<Amount>,
    /// Before discounts and tax.
    pub subtotal: Option<Amount>,
    /// Tax.
    pub tax_total: Option<Amount>,
    /// Discounts, with the tax they save.
    pub discount_total: Option<Amount>,
    /// Discounts before tax.
    pub discount_subtotal: Option<Amount>,
    /// The tax that discounts save.
    pub discount_tax_total: Option<Amount>,
    /// What it would cost without discounts.
    pub original_total: Option<Amount>,
    /// What could still be paid back (orders).
    pub refundable_total: Option<Amount>,

    /// The discounts of this line.
    #[serde(default, deserialize_with = "null_as_default")]
    pub adjustments: Vec<Adjustment>,
    /// The taxes of this line.
    #[serde(default, deserialize_with = "null_as_default")]
    pub tax_lines: Vec<TaxLine>,
    /// How far it has been fulfilled (orders).
    pub detail: Option<LineItemDetail>,
}

/// A discount of a line or a shipping method.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Adjustment {
    /// The promotion's code.
    pub code: Option<String>,
    /// The promotion's id.
    pub promotion_id: Option<String>,
    /// How much is taken off, in major units; with or without tax as the flag says.
    pub amount: Option<Amount>,
    /// Whether `amount` includes tax.
    pub is_tax_inclusive: Option<bool>,
}

/// A tax of a line or a shipping method.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct TaxLine {
    /// The shop's word for the tax.
    pub code: Option<String>,
    /// The name.
    pub description: Option<String>,
    /// The rate in percent.
    pub rate: Option<Amount>,
}

/// How far a line of an order has been fulfilled.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct LineItemDetail {
    /// How many were ordered.
    pub quantity: Option<Amount>,
    /// How many were packed.
    pub fulfilled_quantity: Option<Amount>,
    /// How many were shipped.
    pub shipped_quantity: Option<Amount>,
    /// How many arrived.
    pub delivered_quantity: Option<Amount>,
    /// How many are to be sent back.
    pub return_requested_quantity: Option<Amount>,
    /// How many were sent back and arrived.
    pub return_received_quantity: Option<Amount>,
    /// How many were sent back and arrived damaged, beside those received.
    pub return_dismissed_quantity: Option<Amount>,
}

/// A line to be added to a cart.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct LineItemInput {
    /// The variant.
    pub variant_id: String,
    /// How many; at least 1.
    pub quantity: u32,
    /// Free-form data. Lines with different data stay apart.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Metadata>,
}

/// `POST /store/carts/{id}/line-items`: adds to a cart. An equal line that is there grows.
#[derive(Debug, Clone, Default)]
pub struct AddLineItem<'a> {
    /// The cart's id.
    pub cart_id: &'a str,
    /// The fields to answer.
    pub fields: Option<&'a str>,
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

    fn query(&self, query: &mut Query) {
        query.set_some("fields", self.fields);
    }

    fn body(&self) -> Result<Option<Bytes>, serde_json::Error> {
        json_body(&self.body)
    }
}

impl StoreEndpoint for AddLineItem<'_> {}

/// What changes in a line.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct LineItemUpdate {
    /// How many there shall be; 0 removes the line.
    pub quantity: u32,
    /// Free-form data.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Metadata>,
}

/// `POST /store/carts/{id}/line-items/{line_id}`: sets a line of a cart.
#[derive(Debug, Clone, Default)]
pub struct UpdateLineItem<'a> {
    /// The cart's id.
    pub cart_id: &'a str,
    /// The line's id.
    pub line_id: &'a str,
    /// The fields to answer.
    pub fields: Option<&'a str>,
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

    fn query(&self, query: &mut Query) {
        query.set_some("fields", self.fields);
    }

    fn body(&self) -> Result<Option<Bytes>, serde_json::Error> {
        json_body(&self.body)
    }
}

impl StoreEndpoint for UpdateLineItem<'_> {}

/// `DELETE /store/carts/{id}/line-items/{line_id}`: removes a line; the cart is in `parent`.
// Medusa: a line that is not there is removed as well, with 200.
#[derive(Debug, Clone, Copy, Default)]
pub struct DeleteLineItem<'a> {
    /// The cart's id.
    pub cart_id: &'a str,
    /// The line's id.
    pub line_id: &'a str,
    /// The fields of the cart to answer.
    pub fields: Option<&'a str>,
}

impl Endpoint for DeleteLineItem<'_> {
    const METHOD: Method = Method::DELETE;
    const ROUTE: &'static str = "/store/carts/{id}/line-items/{line_id}";
    const REPEAT: Repeat = Repeat::Harmless;
    type Response = Deleted<Cart>;

    fn path_values(&self) -> Vec<&str> {
        vec![self.cart_id, self.line_id]
    }

    fn query(&self, query: &mut Query) {
        query.set_some("fields", self.fields);
    }
}

impl StoreEndpoint for DeleteLineItem<'_> {}

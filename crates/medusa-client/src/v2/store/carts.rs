//! Carts: create, read, update, hand over to a customer.
//!
//! Every write answers the whole cart in the shape of `fields`, so that no read is needed after it.
//! Medusa locks a cart while it changes: two writes to one cart at the same time make one of them
//! wait up to 2 s and then fail with 500. Send them one after the other.

use bytes::Bytes;
use http::Method;
use serde::{Deserialize, Serialize};

use super::StoreEndpoint;
use super::customers::Customer;
use super::line_items::{LineItem, LineItemInput};
use super::payments::PaymentCollection;
use super::promotions::Promotion;
use super::regions::Region;
use super::shipping_methods::ShippingMethod;
use crate::amount::Amount;
use crate::endpoint::{Endpoint, Query, Repeat, json_body};
use crate::v2::types::{Address, AddressInput, Metadata, null_as_default, without_gone};

/// A cart. Amounts are in major units of the cart's currency and not rounded.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Cart {
    /// The id, `cart_…`.
    pub id: String,
    /// Lower-case ISO 4217 currency.
    pub currency_code: Option<String>,
    /// The e-mail address of whoever buys.
    pub email: Option<String>,
    /// The locale that was given when it was created; not checked by Medusa.
    pub locale: Option<String>,
    /// The region's id.
    pub region_id: Option<String>,
    /// The sales channel's id.
    pub sales_channel_id: Option<String>,
    /// The customer's id; there only when something of the customer was asked for.
    pub customer_id: Option<String>,
    /// Creation, RFC 3339.
    pub created_at: Option<String>,
    /// Last change, RFC 3339; line items and promotions do not move it.
    pub updated_at: Option<String>,
    /// When it became an order, RFC 3339.
    pub completed_at: Option<String>,
    /// Free-form data.
    pub metadata: Option<Metadata>,

    /// What is to be paid.
    pub total: Option<Amount>,
    /// Items and shipping before discounts and tax.
    pub subtotal: Option<Amount>,
    /// Tax on items and shipping; 0 until there is a shipping address.
    pub tax_total: Option<Amount>,
    /// Discounts, with the tax they save.
    pub discount_total: Option<Amount>,
    /// Discounts before tax.
    pub discount_subtotal: Option<Amount>,
    /// The tax that discounts save.
    pub discount_tax_total: Option<Amount>,
    /// What would be paid without discounts.
    pub original_total: Option<Amount>,
    /// Items after discounts, with tax.
    pub item_total: Option<Amount>,
    /// Items before discounts and tax.
    pub item_subtotal: Option<Amount>,
    /// Tax on items.
    pub item_tax_total: Option<Amount>,
    /// Discounts on items, with tax.
    pub item_discount_total: Option<Amount>,
    /// Shipping after discounts, with tax.
    pub shipping_total: Option<Amount>,
    /// Shipping before discounts and tax.
    pub shipping_subtotal: Option<Amount>,
    /// Tax on shipping.
    pub shipping_tax_total: Option<Amount>,
    /// Discounts on shipping, with tax.
    pub shipping_discount_total: Option<Amount>,
    /// Credit that is taken off the total.
    pub credit_line_total: Option<Amount>,

    /// What is in it.
    #[serde(default, deserialize_with = "null_as_default")]
    pub items: Vec<LineItem>,
    /// How it is shipped.
    #[serde(default, deserialize_with = "null_as_default")]
    pub shipping_methods: Vec<ShippingMethod>,
    /// The promotions that apply; those that the shop has deleted are left out.
    #[serde(default, deserialize_with = "without_gone")]
    pub promotions: Vec<Promotion>,
    /// Where it goes.
    pub shipping_address: Option<Address>,
    /// To whom the bill goes.
    pub billing_address: Option<Address>,
    /// The customer. With `*customer` it says whether there is an account.
    pub customer: Option<Customer>,
    /// The region.
    pub region: Option<Region>,
    /// How it is paid.
    // Medusa: any change of the total deletes the payment sessions in it; the collection stays.
    pub payment_collection: Option<PaymentCollection>,
}

/// The answer of all endpoints that change or read a cart.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct CartAnswer {
    /// The cart.
    pub cart: Cart,
}

/// What a new cart begins with.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct NewCart {
    /// The region. Without one Medusa takes whichever comes first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub region_id: Option<String>,
    /// The region's currency, lower-case.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub currency_code: Option<String>,
    /// The sales channel; without one that of the publishable key.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sales_channel_id: Option<String>,
    /// The e-mail address of whoever buys.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// The locale to keep with the cart.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub locale: Option<String>,
    /// Where it goes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shipping_address: Option<AddressInput>,
    /// To whom the bill goes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub billing_address: Option<AddressInput>,
    /// What is in it from the beginning.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub items: Vec<LineItemInput>,
    /// Promotion codes to apply.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub promo_codes: Vec<String>,
    /// Free-form data.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Metadata>,
}

/// `POST /store/carts`: a new cart; with a customer's token it is the customer's.
#[derive(Debug, Clone, Default)]
pub struct CreateCart<'a> {
    /// The fields to answer.
    pub fields: Option<&'a str>,
    /// What it begins with.
    pub body: NewCart,
}

impl Endpoint for CreateCart<'_> {
    const METHOD: Method = Method::POST;
    const ROUTE: &'static str = "/store/carts";
    const REPEAT: Repeat = Repeat::Harmful;
    type Response = CartAnswer;

    fn query(&self, query: &mut Query) {
        query.set_some("fields", self.fields);
    }

    fn body(&self) -> Result<Option<Bytes>, serde_json::Error> {
        json_body(&self.body)
    }
}

impl StoreEndpoint for CreateCart<'_> {}

/// `GET /store/carts/{id}`: a cart, for whoever knows its id. 404 when it is unknown.
#[derive(Debug, Clone, Copy, Default)]
pub struct GetCart<'a> {
    /// The cart's id.
    pub id: &'a str,
    /// The fields to answer.
    pub fields: Option<&'a str>,
}

impl Endpoint for GetCart<'_> {
    const METHOD: Method = Method::GET;
    const ROUTE: &'static str = "/store/carts/{id}";
    const REPEAT: Repeat = Repeat::Harmless;
    type Response = CartAnswer;

    fn path_values(&self) -> Vec<&str> {
        vec![self.id]
    }

    fn query(&self, query: &mut Query) {
        query.set_some("fields", self.fields);
    }
}

impl StoreEndpoint for GetCart<'_> {}

/// What changes in a cart. What is `None` is not sent and stays.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct CartUpdate {
    /// Another region; prices change to its currency.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub region_id: Option<String>,
    /// The e-mail address; for a guest this makes a customer without an account.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// The locale to keep with the cart.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub locale: Option<String>,
    /// The whole shipping address; it replaces the one that is there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shipping_address: Option<AddressInput>,
    /// The whole billing address; it replaces the one that is there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub billing_address: Option<AddressInput>,
    /// All promotion codes that shall apply; an empty list removes those that are there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub promo_codes: Option<Vec<String>>,
    /// Free-form data to merge into what is there; an empty string removes a key.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Metadata>,
}

/// `POST /store/carts/{id}`: changes a cart.
#[derive(Debug, Clone, Default)]
pub struct UpdateCart<'a> {
    /// The cart's id.
    pub id: &'a str,
    /// The fields to answer.
    pub fields: Option<&'a str>,
    /// What changes.
    pub body: CartUpdate,
}

impl Endpoint for UpdateCart<'_> {
    const METHOD: Method = Method::POST;
    const ROUTE: &'static str = "/store/carts/{id}";
    const REPEAT: Repeat = Repeat::Harmless;
    type Response = CartAnswer;

    fn path_values(&self) -> Vec<&str> {
        vec![self.id]
    }

    fn query(&self, query: &mut Query) {
        query.set_some("fields", self.fields);
    }

    fn body(&self) -> Result<Option<Bytes>, serde_json::Error> {
        json_body(&self.body)
    }
}

impl StoreEndpoint for UpdateCart<'_> {}

/// `POST /store/carts/{id}/customer`: makes a cart the signed-in customer's and sets its e-mail
/// address to the customer's. Needs a token.
// Medusa: a cart of another registered customer changes hands as well.
#[derive(Debug, Clone, Copy, Default)]
pub struct TransferCart<'a> {
    /// The cart's id.
    pub id: &'a str,
    /// The fields to answer.
    pub fields: Option<&'a str>,
}

impl Endpoint for TransferCart<'_> {
    const METHOD: Method = Method::POST;
    const ROUTE: &'static str = "/store/carts/{id}/customer";
    const REPEAT: Repeat = Repeat::Harmless;
    type Response = CartAnswer;

    fn path_values(&self) -> Vec<&str> {
        vec![self.id]
    }

    fn query(&self, query: &mut Query) {
        query.set_some("fields", self.fields);
    }
}

impl StoreEndpoint for TransferCart<'_> {}

/// `POST /store/carts/{id}/taxes`: calculates taxes where the region does not do so by itself.
#[derive(Debug, Clone, Copy, Default)]
pub struct CalculateTaxes<'a> {
    /// The cart's id.
    pub id: &'a str,
    /// The fields to answer.
    pub fields: Option<&'a str>,
}

impl Endpoint for CalculateTaxes<'_> {
    const METHOD: Method = Method::POST;
    const ROUTE: &'static str = "/store/carts/{id}/taxes";
    const REPEAT: Repeat = Repeat::Harmless;
    type Response = CartAnswer;

    fn path_values(&self) -> Vec<&str> {
        vec![self.id]
    }

    fn query(&self, query: &mut Query) {
        query.set_some("fields", self.fields);
    }
}

impl StoreEndpoint for CalculateTaxes<'_> {}

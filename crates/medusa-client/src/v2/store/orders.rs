//! Orders.

use http::Method;
use serde::Deserialize;

use super::StoreEndpoint;
use super::customers::Customer;
use super::line_items::LineItem;
use super::payments::PaymentCollection;
use super::promotions::Promotion;
use super::shipping_methods::ShippingMethod;
use crate::amount::Amount;
use crate::endpoint::{Endpoint, Query, Repeat};
use crate::v2::types::{Address, Metadata, Page, null_as_default};

/// An order. Amounts are in major units of its currency and not rounded.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Order {
    /// The id, `order_…`.
    pub id: String,
    /// The number for people.
    pub display_id: Option<u64>,
    /// The shop's own number for people.
    pub custom_display_id: Option<String>,
    /// How far it is.
    pub status: Option<OrderStatus>,
    /// How far its payment is; not in the answer of completing a cart.
    pub payment_status: Option<OrderPaymentStatus>,
    /// How far its fulfilment is; not in the answer of completing a cart.
    pub fulfillment_status: Option<OrderFulfillmentStatus>,
    /// Lower-case ISO 4217 currency.
    pub currency_code: Option<String>,
    /// The e-mail address of whoever bought; an order may have none.
    pub email: Option<String>,
    /// The region's id.
    pub region_id: Option<String>,
    /// The customer's id.
    pub customer_id: Option<String>,
    /// The sales channel's id.
    pub sales_channel_id: Option<String>,
    /// When it was placed, RFC 3339.
    pub created_at: Option<String>,
    /// Last change, RFC 3339.
    pub updated_at: Option<String>,
    /// Free-form data; only [`ListOrders`] answers it.
    pub metadata: Option<Metadata>,

    /// What is to be paid.
    pub total: Option<Amount>,
    /// Items and shipping before discounts and tax.
    pub subtotal: Option<Amount>,
    /// Tax on items and shipping.
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

    /// What was bought. The order list answers all of each line, whatever was asked for.
    #[serde(default, deserialize_with = "null_as_default")]
    pub items: Vec<LineItem>,
    /// How it is shipped.
    #[serde(default, deserialize_with = "null_as_default")]
    pub shipping_methods: Vec<ShippingMethod>,
    /// The promotions that applied.
    #[serde(default, deserialize_with = "null_as_default")]
    pub promotions: Vec<Promotion>,
    /// What was sent.
    #[serde(default, deserialize_with = "null_as_default")]
    pub fulfillments: Vec<Fulfillment>,
    /// How it is paid.
    #[serde(default, deserialize_with = "null_as_default")]
    pub payment_collections: Vec<PaymentCollection>,
    /// Where it goes.
    pub shipping_address: Option<Address>,
    /// To whom the bill goes.
    pub billing_address: Option<Address>,
    /// The customer: id and e-mail address.
    pub customer: Option<Customer>,
    /// The cart that it was; there when `cart.id` was asked for.
    pub cart: Option<OrderCart>,
}

/// The cart that an order was.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct OrderCart {
    /// The cart's id.
    pub id: String,
}

/// A parcel or another way of handing over.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Fulfillment {
    /// The id, `ful_…`.
    pub id: String,
    /// When it was made, RFC 3339.
    pub created_at: Option<String>,
    /// When it was packed, RFC 3339.
    pub packed_at: Option<String>,
    /// When it was shipped, RFC 3339.
    pub shipped_at: Option<String>,
    /// When it arrived, RFC 3339.
    pub delivered_at: Option<String>,
    /// When it was given up, RFC 3339.
    pub canceled_at: Option<String>,
    /// The provider's data.
    pub data: Option<Metadata>,
}

/// How far an order is.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OrderStatus {
    /// Placed.
    Pending,
    /// Done.
    Completed,
    /// Not placed yet.
    Draft,
    /// Put away.
    Archived,
    /// Given up.
    Canceled,
    /// Somebody has to do something.
    RequiresAction,
    /// A state that this crate does not know.
    #[serde(untagged)]
    Unknown(String),
}

/// How far the payment of an order is.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OrderPaymentStatus {
    /// Nothing was authorised.
    NotPaid,
    /// The customer has to do something.
    Awaiting,
    /// All was authorised.
    Authorized,
    /// A part was authorised.
    PartiallyAuthorized,
    /// All was captured.
    Captured,
    /// A part was captured.
    PartiallyCaptured,
    /// All was paid back.
    Refunded,
    /// A part was paid back.
    PartiallyRefunded,
    /// It was given up.
    Canceled,
    /// Somebody has to do something.
    RequiresAction,
    /// A state that this crate does not know.
    #[serde(untagged)]
    Unknown(String),
}

/// How far the fulfilment of an order is.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OrderFulfillmentStatus {
    /// Nothing was packed.
    NotFulfilled,
    /// A part was packed.
    PartiallyFulfilled,
    /// All was packed.
    Fulfilled,
    /// A part was shipped.
    PartiallyShipped,
    /// All was shipped.
    Shipped,
    /// A part arrived.
    PartiallyDelivered,
    /// All arrived.
    Delivered,
    /// It was given up.
    Canceled,
    /// A state that this crate does not know.
    #[serde(untagged)]
    Unknown(String),
}

/// `GET /store/orders`: the signed-in customer's orders. Needs a token.
// Medusa: a list can be filtered by id and status only. An unknown status is a 500, sorting by
// totals or by payment or fulfilment status too.
#[derive(Debug, Clone, Copy, Default)]
pub struct ListOrders<'a> {
    /// The fields to answer.
    pub fields: Option<&'a str>,
    /// Which part of the list. `order` may be `created_at`, `updated_at`, `display_id`, `id`,
    /// `status`, `email` or `currency_code`.
    pub page: Page<'a>,
    /// Only these orders; those of others are left out without an error.
    pub ids: &'a [&'a str],
    /// Only orders in these states, in Medusa's spelling.
    pub statuses: &'a [&'a str],
}

/// A page of orders.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct OrderList {
    /// The orders.
    pub orders: Vec<Order>,
    /// How many match in all.
    pub count: u64,
}

impl Endpoint for ListOrders<'_> {
    const METHOD: Method = Method::GET;
    const ROUTE: &'static str = "/store/orders";
    const REPEAT: Repeat = Repeat::Harmless;
    type Response = OrderList;

    fn query(&self, query: &mut Query) {
        query.set_some("fields", self.fields);
        self.page.write(query);
        query.set_list("id", self.ids);
        query.set_list("status", self.statuses);
    }
}

impl StoreEndpoint for ListOrders<'_> {}

/// `GET /store/orders/{id}`: an order, for whoever knows its id. 404 when it is unknown.
// Medusa: orders of registered customers are answered without a token too.
#[derive(Debug, Clone, Copy, Default)]
pub struct GetOrder<'a> {
    /// The order's id.
    pub id: &'a str,
    /// The fields to answer; `metadata` cannot be had here.
    pub fields: Option<&'a str>,
}

/// One order.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct OrderAnswer {
    /// The order.
    pub order: Order,
}

impl Endpoint for GetOrder<'_> {
    const METHOD: Method = Method::GET;
    const ROUTE: &'static str = "/store/orders/{id}";
    const REPEAT: Repeat = Repeat::Harmless;
    type Response = OrderAnswer;

    fn path_values(&self) -> Vec<&str> {
        vec![self.id]
    }

    fn query(&self, query: &mut Query) {
        query.set_some("fields", self.fields);
    }
}

impl StoreEndpoint for GetOrder<'_> {}

//! Exchanging things: some lines of an order are sent back, others sent instead. A swap has a cart of its own, with
//! which the difference is paid.

use bytes::Bytes;
use http::Method;
use serde::{Deserialize, Serialize};

use super::carts::Cart;
use super::line_items::LineItem;
use super::orders::{Fulfillment, Order};
use super::payment_sessions::Payment;
use super::returns::{Return, ReturnItemInput};
use super::shipping_methods::ShippingMethod;
use super::{KeyedEndpoint, StoreEndpoint};
use crate::endpoint::{Endpoint, Repeat, json_body};
use crate::v1::minor_units::MinorUnits;
use crate::v1::types::{Address, Metadata, null_as_default};

/// An exchange.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Swap {
    /// The id, `swap_…`.
    pub id: String,
    /// How far sending the other lines is.
    pub fulfillment_status: Option<SwapFulfillmentStatus>,
    /// How far the payment of the difference is.
    pub payment_status: Option<SwapPaymentStatus>,
    /// The order's id.
    pub order_id: Option<String>,
    /// The order.
    pub order: Option<Box<Order>>,
    /// What is sent instead.
    #[serde(default, deserialize_with = "null_as_default")]
    pub additional_items: Vec<LineItem>,
    /// What is sent back.
    pub return_order: Option<Return>,
    /// How much more the other lines cost; negative when they cost less. `None` until the cart is completed.
    pub difference_due: Option<MinorUnits>,
    /// The id of the cart that pays the difference.
    pub cart_id: Option<String>,
    /// That cart.
    pub cart: Option<Box<Cart>>,
    /// The payment of the difference.
    pub payment: Option<Payment>,
    /// Parcels and other ways of handing over.
    #[serde(default, deserialize_with = "null_as_default")]
    pub fulfillments: Vec<Fulfillment>,
    /// The id of the address where the other lines go.
    pub shipping_address_id: Option<String>,
    /// Where the other lines go.
    pub shipping_address: Option<Address>,
    /// How the other lines are shipped.
    #[serde(default, deserialize_with = "null_as_default")]
    pub shipping_methods: Vec<ShippingMethod>,
    /// Whether the other lines may be sold without stock.
    pub allow_backorder: Option<bool>,
    /// When its cart was completed, RFC 3339.
    pub confirmed_at: Option<String>,
    /// When it was given up, RFC 3339.
    pub canceled_at: Option<String>,
    /// Creation, RFC 3339.
    pub created_at: Option<String>,
    /// Last change, RFC 3339.
    pub updated_at: Option<String>,
    /// Free-form data.
    pub metadata: Option<Metadata>,
}

/// How far sending the other lines is.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SwapFulfillmentStatus {
    /// Nothing was packed.
    NotFulfilled,
    /// All was packed.
    Fulfilled,
    /// All was shipped.
    Shipped,
    /// A part was shipped.
    PartiallyShipped,
    /// It was given up.
    Canceled,
    /// Somebody has to do something.
    RequiresAction,
    /// A state that this crate does not know.
    #[serde(untagged)]
    Unknown(String),
}

/// How far the payment of the difference is.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SwapPaymentStatus {
    /// Nothing was paid.
    NotPaid,
    /// Authorised, not captured.
    Awaiting,
    /// Captured.
    Captured,
    /// There was nothing to pay.
    Confirmed,
    /// It was given up.
    Canceled,
    /// The difference was paid back.
    DifferenceRefunded,
    /// A part was paid back.
    PartiallyRefunded,
    /// All was paid back.
    Refunded,
    /// Somebody has to do something.
    RequiresAction,
    /// A state that this crate does not know.
    #[serde(untagged)]
    Unknown(String),
}

/// What shall be exchanged.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct NewSwap {
    /// The order; 400 `not_allowed` until it is paid and shipped.
    pub order_id: String,
    /// What is sent back.
    pub return_items: Vec<ReturnItemInput>,
    /// What is sent instead.
    pub additional_items: Vec<AdditionalItem>,
    /// How it is sent back: a shipping option with `is_return`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub return_shipping_option: Option<String>,
}

/// Something that is sent instead.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct AdditionalItem {
    /// The variant.
    pub variant_id: String,
    /// How many; at least 1.
    pub quantity: u32,
}

/// One swap.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct SwapAnswer {
    /// The swap.
    pub swap: Swap,
}

/// `POST /store/swaps`: asks to exchange lines of an order. Its `cart_id` is completed like any cart. Whoever knows the
/// ids may do so, signed in or not.
// Medusa: without the inventory module the cart cannot be completed: the server waits for a lock of its own until the
// database gives up, and answers 500. A swap that the shop makes with `allow_backorder` can be.
#[derive(Debug, Clone, Default)]
pub struct CreateSwap {
    /// What shall be exchanged.
    pub body: NewSwap,
}

impl Endpoint for CreateSwap {
    const METHOD: Method = Method::POST;
    const ROUTE: &'static str = "/store/swaps";
    const REPEAT: Repeat = Repeat::Harmful;
    type Response = SwapAnswer;

    fn body(&self) -> Result<Option<Bytes>, serde_json::Error> {
        json_body(&self.body)
    }
}

impl StoreEndpoint for CreateSwap {}
impl KeyedEndpoint for CreateSwap {}

/// `GET /store/swaps/{cart_id}`: the swap of a cart, for whoever knows the cart's id. 404 when there is none.
#[derive(Debug, Clone, Copy, Default)]
pub struct GetSwapOfCart<'a> {
    /// The cart's id.
    pub cart_id: &'a str,
}

impl Endpoint for GetSwapOfCart<'_> {
    const METHOD: Method = Method::GET;
    const ROUTE: &'static str = "/store/swaps/{cart_id}";
    const REPEAT: Repeat = Repeat::Harmless;
    type Response = SwapAnswer;

    fn path_values(&self) -> Vec<&str> {
        vec![self.cart_id]
    }
}

impl StoreEndpoint for GetSwapOfCart<'_> {}

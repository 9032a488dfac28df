//! Sending things back.

use bytes::Bytes;
use http::Method;
use serde::{Deserialize, Serialize};

use super::return_reasons::ReturnReason;
use super::shipping_methods::ShippingMethod;
use super::{KeyedEndpoint, StoreEndpoint};
use crate::endpoint::{Endpoint, Repeat, json_body};
use crate::v1::minor_units::MinorUnits;
use crate::v1::types::{Metadata, null_as_default};

/// Something that is sent back. To see how far it is, ask [`ListOrders`](super::orders::ListOrders) for `returns`.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Return {
    /// The id, `ret_…`.
    pub id: String,
    /// How far it is.
    pub status: Option<ReturnStatus>,
    /// The order, unless it belongs to a swap or a claim.
    pub order_id: Option<String>,
    /// The swap that it belongs to.
    pub swap_id: Option<String>,
    /// The claim that it belongs to.
    pub claim_order_id: Option<String>,
    /// What is sent back.
    #[serde(default, deserialize_with = "null_as_default")]
    pub items: Vec<ReturnItem>,
    /// How it is sent; there when asked for, and in swaps.
    pub shipping_method: Option<ShippingMethod>,
    /// The fulfilment provider's data.
    pub shipping_data: Option<Metadata>,
    /// How much will be paid back: the items less the shipping.
    pub refund_amount: Option<MinorUnits>,
    /// When it arrived, RFC 3339.
    pub received_at: Option<String>,
    /// Creation, RFC 3339.
    pub created_at: Option<String>,
    /// Last change, RFC 3339.
    pub updated_at: Option<String>,
    /// Free-form data.
    pub metadata: Option<Metadata>,
}

/// How far a return is.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReturnStatus {
    /// Asked for.
    Requested,
    /// It arrived.
    Received,
    /// Somebody has to do something.
    RequiresAction,
    /// It was given up.
    Canceled,
    /// A state that this crate does not know.
    #[serde(untagged)]
    Unknown(String),
}

/// How much of a line is sent back.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct ReturnItem {
    /// The line of the order.
    pub item_id: Option<String>,
    /// How many.
    pub quantity: Option<u32>,
    /// Whether it was asked for, or came unasked.
    pub is_requested: Option<bool>,
    /// How many were asked for.
    pub requested_quantity: Option<u32>,
    /// How many arrived.
    pub received_quantity: Option<u32>,
    /// The id of the reason.
    pub reason_id: Option<String>,
    /// The reason.
    pub reason: Option<ReturnReason>,
    /// More about it.
    pub note: Option<String>,
    /// Free-form data.
    pub metadata: Option<Metadata>,
}

/// What shall be sent back.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct NewReturn {
    /// The order; 404 when it is unknown.
    pub order_id: String,
    /// The lines; at least one.
    pub items: Vec<ReturnItemInput>,
    /// How it is sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub return_shipping: Option<ReturnShipping>,
}

/// How much of a line shall be sent back.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ReturnItemInput {
    /// The line of the order.
    pub item_id: String,
    /// How many; at least 1. More than there are left is a 400 `not_allowed`.
    pub quantity: u32,
    /// The reason. One that has reasons below it is a 400.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason_id: Option<String>,
    /// More about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// How something is sent back.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ReturnShipping {
    /// A shipping option with `is_return`.
    pub option_id: String,
}

/// `POST /store/returns`: asks to send back lines of an order. Whoever knows the ids may do so, signed in or not.
// Medusa: also for an order that was not shipped yet.
#[derive(Debug, Clone, Default)]
pub struct CreateReturn {
    /// What shall be sent back.
    pub body: NewReturn,
}

/// One return.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct ReturnAnswer {
    /// The return, with items and reasons.
    #[serde(rename = "return")]
    pub return_order: Return,
}

impl Endpoint for CreateReturn {
    const METHOD: Method = Method::POST;
    const ROUTE: &'static str = "/store/returns";
    const REPEAT: Repeat = Repeat::Harmful;
    type Response = ReturnAnswer;

    fn body(&self) -> Result<Option<Bytes>, serde_json::Error> {
        json_body(&self.body)
    }
}

impl StoreEndpoint for CreateReturn {}
impl KeyedEndpoint for CreateReturn {}

//! Goods that are sent back. The Store API asks for returns; only the Admin API reads them.

use bytes::Bytes;
use http::Method;
use serde::{Deserialize, Serialize};

use super::StoreEndpoint;
use super::return_reasons::ReturnReason;
use super::shipping_methods::ShippingMethod;
use crate::amount::Amount;
use crate::endpoint::{Endpoint, Repeat, json_body};
use crate::v2::types::null_as_default;

/// A return. Amounts are in major units of the order's currency.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Return {
    /// The id, `return_…`.
    pub id: String,
    /// The order that the goods are of.
    pub order_id: Option<String>,
    /// How far it is.
    pub status: Option<ReturnStatus>,
    /// What is paid back; `None` until the shop has said so.
    pub refund_amount: Option<Amount>,
    /// When it was asked for, RFC 3339.
    pub created_at: Option<String>,
    /// Last change, RFC 3339.
    pub updated_at: Option<String>,
    /// What is sent back.
    #[serde(default, deserialize_with = "null_as_default")]
    pub items: Vec<ReturnItem>,
    /// How it is sent back.
    #[serde(default, deserialize_with = "null_as_default")]
    pub shipping_methods: Vec<ShippingMethod>,
}

/// Pieces of a line that are sent back.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct ReturnItem {
    /// The line of the order.
    pub item_id: Option<String>,
    /// How many pieces.
    pub quantity: Option<Amount>,
    /// How many of them arrived.
    pub received_quantity: Option<Amount>,
    /// How many of them arrived damaged, beside those received.
    pub damaged_quantity: Option<Amount>,
    /// Why.
    pub reason: Option<ReturnReason>,
    /// What the customer says.
    pub note: Option<String>,
}

/// How far a return is.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReturnStatus {
    /// Not asked for yet.
    Open,
    /// Asked for.
    Requested,
    /// All of it arrived.
    Received,
    /// A part of it arrived.
    PartiallyReceived,
    /// Given up.
    Canceled,
    /// A state that this crate does not know.
    #[serde(untagged)]
    Unknown(String),
}

/// `POST /store/returns`: asks to send goods back, for whoever knows the order's id. The pieces must have been packed; more
/// than there are is a 400.
// Medusa: the route takes a price for the shipping and word that the goods have arrived, from anybody. Neither can be said
// here. `fields` has no effect.
#[derive(Debug, Clone, Default)]
pub struct CreateReturn {
    /// What is sent back, and how.
    pub body: NewReturn,
}

/// A return to ask for.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct NewReturn {
    /// The order.
    pub order_id: String,
    /// The pieces.
    pub items: Vec<NewReturnItem>,
    /// How they are sent.
    pub return_shipping: ReturnShipping,
}

/// Pieces to send back.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct NewReturnItem {
    /// The line of the order.
    pub id: String,
    /// How many pieces.
    pub quantity: u32,
    /// Why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason_id: Option<String>,
    /// What the customer says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// How goods are sent back.
// Medusa: an unknown option is a 500, and one for the way to the customer is taken.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct ReturnShipping {
    /// The shipping option.
    pub option_id: String,
}

/// The return that was asked for.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct ReturnAnswer {
    /// The return.
    #[serde(rename = "return")]
    pub requested: Return,
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

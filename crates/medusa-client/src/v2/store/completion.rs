//! Turning a cart into an order.

use http::Method;
use serde::Deserialize;

use super::StoreEndpoint;
use super::carts::Cart;
use super::orders::Order;
use crate::endpoint::{Endpoint, Query, Repeat};

/// `POST /store/carts/{id}/complete`: places the order. Completing a cart again answers the same
/// order, also when both requests run at the same time: this is how an unknown outcome is settled.
#[derive(Debug, Clone, Copy, Default)]
pub struct CompleteCart<'a> {
    /// The cart's id.
    pub cart_id: &'a str,
    /// The fields of the *order* to answer.
    // Medusa: `version`, `payment_status`, `fulfillment_status` and `metadata` never come here.
    pub fields: Option<&'a str>,
}

/// What completing a cart came to.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct CompletionAnswer {
    /// Which of `order` and `cart` is there.
    #[serde(rename = "type")]
    pub outcome: CompletionOutcome,
    /// The order.
    pub order: Option<Order>,
    /// The cart, when it could not be completed.
    pub cart: Option<Cart>,
    /// Why it could not be completed.
    pub error: Option<CompletionError>,
}

/// Whether there is an order.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CompletionOutcome {
    /// There is an order.
    Order,
    /// The cart is still a cart, for instance because the payment needs another step.
    Cart,
    /// An outcome that this crate does not know.
    #[serde(untagged)]
    Unknown(String),
}

/// Why a cart could not be completed.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct CompletionError {
    /// What happened, in words.
    pub message: Option<String>,
    /// The name of the error.
    pub name: Option<String>,
    /// The kind of error, such as `payment_requires_more_error` or `payment_authorization_error`.
    #[serde(rename = "type")]
    pub error_type: Option<String>,
}

impl Endpoint for CompleteCart<'_> {
    const METHOD: Method = Method::POST;
    const ROUTE: &'static str = "/store/carts/{id}/complete";
    const REPEAT: Repeat = Repeat::Harmless;
    type Response = CompletionAnswer;

    fn path_values(&self) -> Vec<&str> {
        vec![self.cart_id]
    }

    fn query(&self, query: &mut Query) {
        query.set_some("fields", self.fields);
    }
}

impl StoreEndpoint for CompleteCart<'_> {}

//! Turning a cart into an order.

use http::Method;
use serde::Deserialize;

use super::carts::Cart;
use super::orders::Order;
use super::payment_sessions::PaymentSessionStatus;
use super::swaps::Swap;
use super::{KeyedEndpoint, StoreEndpoint};
use crate::answer::Answer;
use crate::endpoint::{Endpoint, Repeat};
use crate::error::ErrorKind;
use crate::transport::HttpResponse;

/// `POST /store/carts/{id}/complete`: authorises the payment and places the order.
///
/// Completing a cart again answers the same order: this is how an unknown outcome is settled. Do it without a key. A key
/// brings back what was answered then, also when that was "the payment needs another step".
///
/// Refused with 409 `insufficient_inventory` when stock is gone, in one message for each line; with 400 when it has no
/// items or no payment session. Of two that run at the same moment one is answered the order and the other 422
/// `duplicate_error`; the latter is answered the order when it asks again.
#[derive(Debug, Clone, Copy, Default)]
pub struct CompleteCart<'a> {
    /// The cart's id.
    pub cart_id: &'a str,
}

/// What completing a cart came to.
#[derive(Debug, Clone, PartialEq)]
pub enum Completion {
    /// There is an order.
    Order(Box<Order>),
    /// The cart is still a cart: the customer has to do something about the payment first.
    Cart {
        /// The cart, with payment sessions, but neither items nor totals.
        cart: Box<Cart>,
        /// What the payment waits for.
        payment_status: Option<PaymentSessionStatus>,
    },
    /// The cart was that of a swap, which is settled.
    Swap(Box<Swap>),
    /// An outcome that this crate does not know, by its name.
    Unknown(String),
}

impl Answer for Completion {
    /// In two steps: which type `data` has is told beside it, commonly behind it.
    fn read(response: &HttpResponse) -> Result<Self, ErrorKind> {
        #[derive(Deserialize)]
        struct Outcome {
            #[serde(rename = "type")]
            outcome: String,
            payment_status: Option<PaymentSessionStatus>,
        }
        #[derive(Deserialize)]
        struct Data<T> {
            data: T,
        }
        let Outcome { outcome, payment_status } = Answer::read(response)?;
        match outcome.as_str() {
            "order" => Data::read(response).map(|Data { data }| Self::Order(data)),
            "cart" => Data::read(response).map(|Data { data: cart }| Self::Cart { cart, payment_status }),
            "swap" => Data::read(response).map(|Data { data }| Self::Swap(data)),
            _ => Ok(Self::Unknown(outcome)),
        }
    }
}

impl Endpoint for CompleteCart<'_> {
    const METHOD: Method = Method::POST;
    const ROUTE: &'static str = "/store/carts/{id}/complete";
    const REPEAT: Repeat = Repeat::Harmless;
    type Response = Completion;

    fn path_values(&self) -> Vec<&str> {
        vec![self.cart_id]
    }
}

impl StoreEndpoint for CompleteCart<'_> {}
impl KeyedEndpoint for CompleteCart<'_> {}

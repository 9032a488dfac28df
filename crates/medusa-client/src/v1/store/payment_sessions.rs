//! Paying for a cart: one session for each payment provider of its region, of which one is chosen.
//!
//! [`CreatePaymentSessions`] makes them all; [`SelectPaymentSession`] chooses one, unless there is only one; completing
//! the cart authorises it. A session follows the cart: its amount is the total of the moment.

use bytes::Bytes;
use http::Method;
use serde::{Deserialize, Serialize};

use super::carts::CartAnswer;
use super::{KeyedEndpoint, StoreEndpoint};
use crate::endpoint::{Endpoint, Repeat, json_body};
use crate::v1::minor_units::MinorUnits;
use crate::v1::types::Metadata;

/// An attempt at paying with one provider.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct PaymentSession {
    /// The id, `ps_…`.
    pub id: String,
    /// The cart; `None` in a payment collection.
    pub cart_id: Option<String>,
    /// The provider, such as `manual` or `stripe`.
    pub provider_id: Option<String>,
    /// Whether it is the chosen one.
    pub is_selected: Option<bool>,
    /// Whether the provider knows of it; one that was not chosen yet may be a mere offer.
    pub is_initiated: Option<bool>,
    /// How far it is.
    pub status: Option<PaymentSessionStatus>,
    /// What the provider wants the front end to know, such as `client_secret` or a redirect.
    pub data: Option<Metadata>,
    /// How much.
    pub amount: Option<MinorUnits>,
    /// When it was authorised, RFC 3339.
    pub payment_authorized_at: Option<String>,
    /// Creation, RFC 3339.
    pub created_at: Option<String>,
    /// Last change, RFC 3339.
    pub updated_at: Option<String>,
}

/// How far a payment session is.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PaymentSessionStatus {
    /// Begun.
    Pending,
    /// The customer has to do something.
    RequiresMore,
    /// Authorised.
    Authorized,
    /// It failed.
    Error,
    /// It was given up.
    Canceled,
    /// A state that this crate does not know.
    #[serde(untagged)]
    Unknown(String),
}

/// A payment that a provider accepted.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Payment {
    /// The id, `pay_…`.
    pub id: String,
    /// The cart that it pays.
    pub cart_id: Option<String>,
    /// The order that it pays.
    pub order_id: Option<String>,
    /// The swap that it pays.
    pub swap_id: Option<String>,
    /// How much.
    pub amount: Option<MinorUnits>,
    /// Lower-case ISO 4217 currency.
    pub currency_code: Option<String>,
    /// How much of it was paid back.
    pub amount_refunded: Option<MinorUnits>,
    /// The provider.
    pub provider_id: Option<String>,
    /// The provider's data.
    pub data: Option<Metadata>,
    /// When it was captured, RFC 3339.
    pub captured_at: Option<String>,
    /// When it was given up, RFC 3339.
    pub canceled_at: Option<String>,
    /// Creation, RFC 3339.
    pub created_at: Option<String>,
    /// Last change, RFC 3339.
    pub updated_at: Option<String>,
    /// Free-form data.
    pub metadata: Option<Metadata>,
}

/// `POST /store/carts/{id}/payment-sessions`: a session for each provider of the cart's region. Where there is one
/// provider only, its session is chosen. Sessions that are there get the total of the cart.
#[derive(Debug, Clone, Copy, Default)]
pub struct CreatePaymentSessions<'a> {
    /// The cart's id.
    pub cart_id: &'a str,
}

impl Endpoint for CreatePaymentSessions<'_> {
    const METHOD: Method = Method::POST;
    const ROUTE: &'static str = "/store/carts/{id}/payment-sessions";
    // Medusa: a second time keeps the sessions that are there.
    const REPEAT: Repeat = Repeat::Harmless;
    type Response = CartAnswer;

    fn path_values(&self) -> Vec<&str> {
        vec![self.cart_id]
    }
}

impl StoreEndpoint for CreatePaymentSessions<'_> {}
impl KeyedEndpoint for CreatePaymentSessions<'_> {}

/// Which provider to pay with.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ProviderChoice {
    /// The provider; one that the region does not have is a 400.
    pub provider_id: String,
}

/// `POST /store/carts/{id}/payment-session`: chooses the session to pay with.
#[derive(Debug, Clone, Default)]
pub struct SelectPaymentSession<'a> {
    /// The cart's id.
    pub cart_id: &'a str,
    /// The provider.
    pub body: ProviderChoice,
}

impl Endpoint for SelectPaymentSession<'_> {
    const METHOD: Method = Method::POST;
    const ROUTE: &'static str = "/store/carts/{id}/payment-session";
    const REPEAT: Repeat = Repeat::Harmless;
    type Response = CartAnswer;

    fn path_values(&self) -> Vec<&str> {
        vec![self.cart_id]
    }

    fn body(&self) -> Result<Option<Bytes>, serde_json::Error> {
        json_body(&self.body)
    }
}

impl StoreEndpoint for SelectPaymentSession<'_> {}

/// What to hand to the provider.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct PaymentSessionUpdate {
    /// The provider's data.
    pub data: Metadata,
}

/// `POST /store/carts/{id}/payment-sessions/{provider_id}`: hands data to the provider of a session.
#[derive(Debug, Clone, Default)]
pub struct UpdatePaymentSession<'a> {
    /// The cart's id.
    pub cart_id: &'a str,
    /// The provider.
    pub provider_id: &'a str,
    /// The data.
    pub body: PaymentSessionUpdate,
}

impl Endpoint for UpdatePaymentSession<'_> {
    const METHOD: Method = Method::POST;
    const ROUTE: &'static str = "/store/carts/{id}/payment-sessions/{provider_id}";
    const REPEAT: Repeat = Repeat::Harmless;
    type Response = CartAnswer;

    fn path_values(&self) -> Vec<&str> {
        vec![self.cart_id, self.provider_id]
    }

    fn body(&self) -> Result<Option<Bytes>, serde_json::Error> {
        json_body(&self.body)
    }
}

impl StoreEndpoint for UpdatePaymentSession<'_> {}

/// `DELETE /store/carts/{id}/payment-sessions/{provider_id}`: drops a session, at the provider as well.
// Medusa: a session that is not there is dropped as well, with 200.
#[derive(Debug, Clone, Copy, Default)]
pub struct DeletePaymentSession<'a> {
    /// The cart's id.
    pub cart_id: &'a str,
    /// The provider.
    pub provider_id: &'a str,
}

impl Endpoint for DeletePaymentSession<'_> {
    const METHOD: Method = Method::DELETE;
    const ROUTE: &'static str = "/store/carts/{id}/payment-sessions/{provider_id}";
    const REPEAT: Repeat = Repeat::Harmless;
    type Response = CartAnswer;

    fn path_values(&self) -> Vec<&str> {
        vec![self.cart_id, self.provider_id]
    }
}

impl StoreEndpoint for DeletePaymentSession<'_> {}

/// `POST /store/carts/{id}/payment-sessions/{provider_id}/refresh`: drops a session and makes another of the same
/// provider, which is not chosen.
#[derive(Debug, Clone, Copy, Default)]
pub struct RefreshPaymentSession<'a> {
    /// The cart's id.
    pub cart_id: &'a str,
    /// The provider.
    pub provider_id: &'a str,
}

impl Endpoint for RefreshPaymentSession<'_> {
    const METHOD: Method = Method::POST;
    const ROUTE: &'static str = "/store/carts/{id}/payment-sessions/{provider_id}/refresh";
    // A second time drops the session that the first one made.
    const REPEAT: Repeat = Repeat::Harmful;
    type Response = CartAnswer;

    fn path_values(&self) -> Vec<&str> {
        vec![self.cart_id, self.provider_id]
    }
}

impl StoreEndpoint for RefreshPaymentSession<'_> {}

//! Payment collections and sessions.
//!
//! A cart has one collection; its sessions are the attempts at paying. No endpoint reads, changes or
//! deletes a session alone: it is read with the cart, replaced by creating another, and dropped by
//! Medusa when the cart's total changes.

use bytes::Bytes;
use http::Method;
use serde::{Deserialize, Serialize};

use super::StoreEndpoint;
use crate::amount::Amount;
use crate::endpoint::{Endpoint, Query, Repeat, json_body};
use crate::v2::types::{Metadata, Page, null_as_default};

/// What is to be paid for one cart or order, and how.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct PaymentCollection {
    /// The id, `pay_col_…`.
    pub id: String,
    /// Lower-case ISO 4217 currency.
    pub currency_code: Option<String>,
    /// How much, in major units.
    pub amount: Option<Amount>,
    /// How far it is.
    pub status: Option<PaymentCollectionStatus>,
    /// The attempts at paying.
    #[serde(default, deserialize_with = "null_as_default")]
    pub payment_sessions: Vec<PaymentSession>,
    /// The payments (orders; there when asked for).
    #[serde(default, deserialize_with = "null_as_default")]
    pub payments: Vec<Payment>,
}

/// How far a payment collection is.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PaymentCollectionStatus {
    /// Nothing was authorised.
    NotPaid,
    /// The customer has to do something.
    Awaiting,
    /// All was authorised.
    Authorized,
    /// A part was authorised.
    PartiallyAuthorized,
    /// A part was captured.
    PartiallyCaptured,
    /// All was captured.
    Completed,
    /// It was given up.
    Canceled,
    /// It failed.
    Failed,
    /// A state that this crate does not know.
    #[serde(untagged)]
    Unknown(String),
}

/// An attempt at paying with one provider.
///
/// `context` is left out on purpose: it holds the customer with all addresses. Ask for the fields of
/// a session one by one.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct PaymentSession {
    /// The id, `payses_…`.
    pub id: String,
    /// How much, in major units.
    pub amount: Option<Amount>,
    /// Lower-case ISO 4217 currency.
    pub currency_code: Option<String>,
    /// The provider, such as `pp_system_default` or `pp_stripe_stripe`.
    pub provider_id: Option<String>,
    /// How far it is.
    pub status: Option<PaymentSessionStatus>,
    /// What the provider wants the front end to know, such as `client_secret` or a redirect.
    pub data: Option<Metadata>,
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
    /// Captured.
    Captured,
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
    /// How much, in major units.
    pub amount: Option<Amount>,
    /// Lower-case ISO 4217 currency.
    pub currency_code: Option<String>,
    /// The provider.
    pub provider_id: Option<String>,
    /// When it was captured, RFC 3339.
    pub captured_at: Option<String>,
    /// When it was given up, RFC 3339.
    pub canceled_at: Option<String>,
}

/// A payment provider.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct PaymentProvider {
    /// The id, such as `pp_system_default`.
    pub id: String,
    /// Whether it can be used.
    pub is_enabled: Option<bool>,
}

/// `GET /store/payment-providers`: the providers of a region.
#[derive(Debug, Clone, Copy, Default)]
pub struct ListPaymentProviders<'a> {
    /// The region; without one Medusa answers 400.
    pub region_id: &'a str,
    /// The fields to answer.
    pub fields: Option<&'a str>,
    /// Which part of the list; the default limit is 20 here.
    pub page: Page<'a>,
}

/// A page of providers.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct PaymentProviderList {
    /// The providers.
    pub payment_providers: Vec<PaymentProvider>,
    /// How many there are in all.
    pub count: u64,
}

impl Endpoint for ListPaymentProviders<'_> {
    const METHOD: Method = Method::GET;
    const ROUTE: &'static str = "/store/payment-providers";
    const REPEAT: Repeat = Repeat::Harmless;
    type Response = PaymentProviderList;

    fn query(&self, query: &mut Query) {
        query.set("region_id", self.region_id);
        query.set_some("fields", self.fields);
        self.page.write(query);
    }
}

impl StoreEndpoint for ListPaymentProviders<'_> {}

/// For which cart a collection is made.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct NewPaymentCollection {
    /// The cart.
    pub cart_id: String,
}

/// `POST /store/payment-collections`: the collection of a cart, made if there is none.
// Medusa: two of these for one cart at the same moment make one of them a 500.
#[derive(Debug, Clone, Default)]
pub struct CreatePaymentCollection<'a> {
    /// The fields to answer.
    pub fields: Option<&'a str>,
    /// For which cart.
    pub body: NewPaymentCollection,
}

/// A payment collection.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct PaymentCollectionAnswer {
    /// The collection.
    pub payment_collection: PaymentCollection,
}

impl Endpoint for CreatePaymentCollection<'_> {
    const METHOD: Method = Method::POST;
    const ROUTE: &'static str = "/store/payment-collections";
    const REPEAT: Repeat = Repeat::Harmless;
    type Response = PaymentCollectionAnswer;

    fn query(&self, query: &mut Query) {
        query.set_some("fields", self.fields);
    }

    fn body(&self) -> Result<Option<Bytes>, serde_json::Error> {
        json_body(&self.body)
    }
}

impl StoreEndpoint for CreatePaymentCollection<'_> {}

/// How to pay.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct NewPaymentSession {
    /// The provider.
    pub provider_id: String,
    /// Data for the provider, such as addresses to return to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub data: Option<Metadata>,
}

/// `POST /store/payment-collections/{id}/payment-sessions`: begins paying. A session that is there
/// is deleted, at the provider as well. With a token the provider learns who the customer is.
#[derive(Debug, Clone, Default)]
pub struct CreatePaymentSession<'a> {
    /// The collection's id.
    pub payment_collection_id: &'a str,
    /// The fields of the *collection* to answer.
    pub fields: Option<&'a str>,
    /// How to pay.
    pub body: NewPaymentSession,
}

impl Endpoint for CreatePaymentSession<'_> {
    const METHOD: Method = Method::POST;
    const ROUTE: &'static str = "/store/payment-collections/{id}/payment-sessions";
    const REPEAT: Repeat = Repeat::Harmful;
    type Response = PaymentCollectionAnswer;

    fn path_values(&self) -> Vec<&str> {
        vec![self.payment_collection_id]
    }

    fn query(&self, query: &mut Query) {
        query.set_some("fields", self.fields);
    }

    fn body(&self) -> Result<Option<Bytes>, serde_json::Error> {
        json_body(&self.body)
    }
}

impl StoreEndpoint for CreatePaymentSession<'_> {}

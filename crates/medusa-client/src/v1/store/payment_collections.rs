//! Payment collections: how the difference of an [order edit](super::order_edits) is paid. Carts are paid by
//! [payment sessions](super::payment_sessions) of their own.

use bytes::Bytes;
use http::Method;
use serde::{Deserialize, Serialize};

use super::StoreEndpoint;
use super::payment_sessions::{Payment, PaymentSession, ProviderChoice};
use super::regions::{Currency, Region};
use crate::endpoint::{Endpoint, Query, Repeat, json_body};
use crate::v1::minor_units::MinorUnits;
use crate::v1::types::{Metadata, Selection, null_as_default};

/// What is to be paid, and how.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct PaymentCollection {
    /// The id, `paycol_…`.
    pub id: String,
    /// What is paid.
    #[serde(rename = "type")]
    pub collection_type: Option<PaymentCollectionType>,
    /// How far it is.
    pub status: Option<PaymentCollectionStatus>,
    /// The description.
    pub description: Option<String>,
    /// How much.
    pub amount: Option<MinorUnits>,
    /// How much of it was authorised.
    pub authorized_amount: Option<MinorUnits>,
    /// The region's id.
    pub region_id: Option<String>,
    /// The region.
    pub region: Option<Region>,
    /// Lower-case ISO 4217 currency.
    pub currency_code: Option<String>,
    /// The currency; there when asked for.
    pub currency: Option<Currency>,
    /// The attempts at paying, together the whole amount.
    #[serde(default, deserialize_with = "null_as_default")]
    pub payment_sessions: Vec<PaymentSession>,
    /// The payments.
    #[serde(default, deserialize_with = "null_as_default")]
    pub payments: Vec<Payment>,
    /// Who made it.
    pub created_by: Option<String>,
    /// Creation, RFC 3339.
    pub created_at: Option<String>,
    /// Last change, RFC 3339.
    pub updated_at: Option<String>,
    /// Free-form data.
    pub metadata: Option<Metadata>,
}

/// What a payment collection pays.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PaymentCollectionType {
    /// The difference that an edit of an order makes.
    OrderEdit,
    /// Something that this crate does not know.
    #[serde(untagged)]
    Unknown(String),
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
    /// It was given up.
    Canceled,
    /// A state that this crate does not know.
    #[serde(untagged)]
    Unknown(String),
}

/// One payment collection.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct PaymentCollectionAnswer {
    /// The collection.
    pub payment_collection: PaymentCollection,
}

/// One payment session.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct PaymentSessionAnswer {
    /// The session.
    pub payment_session: PaymentSession,
}

/// `GET /store/payment-collections/{id}`: a collection, for whoever knows its id. 404 when it is unknown.
#[derive(Debug, Clone, Copy, Default)]
pub struct GetPaymentCollection<'a> {
    /// The collection's id.
    pub id: &'a str,
    /// What to answer. Payments have to be asked for.
    pub select: Selection<'a>,
}

impl Endpoint for GetPaymentCollection<'_> {
    const METHOD: Method = Method::GET;
    const ROUTE: &'static str = "/store/payment-collections/{id}";
    const REPEAT: Repeat = Repeat::Harmless;
    type Response = PaymentCollectionAnswer;

    fn path_values(&self) -> Vec<&str> {
        vec![self.id]
    }

    fn query(&self, query: &mut Query) {
        self.select.write(query);
    }
}

impl StoreEndpoint for GetPaymentCollection<'_> {}

/// `POST /store/payment-collections/{id}/sessions`: one session for the whole amount. Sessions of other providers are
/// dropped.
#[derive(Debug, Clone, Default)]
pub struct SetSession<'a> {
    /// The collection's id.
    pub payment_collection_id: &'a str,
    /// The provider.
    pub body: ProviderChoice,
}

impl Endpoint for SetSession<'_> {
    const METHOD: Method = Method::POST;
    const ROUTE: &'static str = "/store/payment-collections/{id}/sessions";
    // Medusa: a session of the provider that is there is kept.
    const REPEAT: Repeat = Repeat::Harmless;
    type Response = PaymentCollectionAnswer;

    fn path_values(&self) -> Vec<&str> {
        vec![self.payment_collection_id]
    }

    fn body(&self) -> Result<Option<Bytes>, serde_json::Error> {
        json_body(&self.body)
    }
}

impl StoreEndpoint for SetSession<'_> {}

/// All sessions that a collection shall have.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct SessionBatch {
    /// The sessions; together they are the amount of the collection.
    pub sessions: Vec<SessionInput>,
}

/// A session that a collection shall have.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct SessionInput {
    /// The provider.
    pub provider_id: String,
    /// How much.
    pub amount: MinorUnits,
    /// A session that is there and shall be changed; without one another is made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub session_id: Option<String>,
}

/// `POST /store/payment-collections/{id}/sessions/batch`: several sessions, to pay in parts. Sessions that are not named
/// are dropped.
// Medusa: parts that do not come to the amount are a 500 `unexpected_state`.
#[derive(Debug, Clone, Default)]
pub struct SetSessions<'a> {
    /// The collection's id.
    pub payment_collection_id: &'a str,
    /// The sessions.
    pub body: SessionBatch,
}

impl Endpoint for SetSessions<'_> {
    const METHOD: Method = Method::POST;
    const ROUTE: &'static str = "/store/payment-collections/{id}/sessions/batch";
    // A second time drops the sessions that the first one made.
    const REPEAT: Repeat = Repeat::Harmful;
    type Response = PaymentCollectionAnswer;

    fn path_values(&self) -> Vec<&str> {
        vec![self.payment_collection_id]
    }

    fn body(&self) -> Result<Option<Bytes>, serde_json::Error> {
        json_body(&self.body)
    }
}

impl StoreEndpoint for SetSessions<'_> {}

/// Which sessions to authorise.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct SessionIds {
    /// The sessions.
    pub session_ids: Vec<String>,
}

/// `POST /store/payment-collections/{id}/sessions/batch/authorize`: authorises several sessions. Those that need another
/// step say so in their status.
#[derive(Debug, Clone, Default)]
pub struct AuthorizeSessions<'a> {
    /// The collection's id.
    pub payment_collection_id: &'a str,
    /// The sessions.
    pub body: SessionIds,
}

impl Endpoint for AuthorizeSessions<'_> {
    const METHOD: Method = Method::POST;
    const ROUTE: &'static str = "/store/payment-collections/{id}/sessions/batch/authorize";
    // Medusa: one that is authorised stays so.
    const REPEAT: Repeat = Repeat::Harmless;
    type Response = PaymentCollectionAnswer;

    fn path_values(&self) -> Vec<&str> {
        vec![self.payment_collection_id]
    }

    fn body(&self) -> Result<Option<Bytes>, serde_json::Error> {
        json_body(&self.body)
    }
}

impl StoreEndpoint for AuthorizeSessions<'_> {}

/// `POST /store/payment-collections/{id}/sessions/{session_id}`: drops a session and makes another of the same provider.
#[derive(Debug, Clone, Copy, Default)]
pub struct RefreshSession<'a> {
    /// The collection's id.
    pub payment_collection_id: &'a str,
    /// The session's id.
    pub session_id: &'a str,
}

impl Endpoint for RefreshSession<'_> {
    const METHOD: Method = Method::POST;
    const ROUTE: &'static str = "/store/payment-collections/{id}/sessions/{session_id}";
    // A second time finds the session gone.
    const REPEAT: Repeat = Repeat::Harmful;
    type Response = PaymentSessionAnswer;

    fn path_values(&self) -> Vec<&str> {
        vec![self.payment_collection_id, self.session_id]
    }
}

impl StoreEndpoint for RefreshSession<'_> {}

/// `POST /store/payment-collections/{id}/sessions/{session_id}/authorize`: authorises a session; 422
/// `payment_authorization_error` when it needs another step.
#[derive(Debug, Clone, Copy, Default)]
pub struct AuthorizeSession<'a> {
    /// The collection's id.
    pub payment_collection_id: &'a str,
    /// The session's id.
    pub session_id: &'a str,
}

impl Endpoint for AuthorizeSession<'_> {
    const METHOD: Method = Method::POST;
    const ROUTE: &'static str = "/store/payment-collections/{id}/sessions/{session_id}/authorize";
    // Medusa: one that is authorised stays so.
    const REPEAT: Repeat = Repeat::Harmless;
    type Response = PaymentSessionAnswer;

    fn path_values(&self) -> Vec<&str> {
        vec![self.payment_collection_id, self.session_id]
    }
}

impl StoreEndpoint for AuthorizeSession<'_> {}

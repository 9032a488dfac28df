//! Orders that change hands.

use bytes::Bytes;
use http::Method;
use serde::Serialize;

use super::StoreEndpoint;
use super::orders::OrderAnswer;
use crate::endpoint::{Endpoint, Query, Repeat, json_body};

/// `POST /store/orders/{id}/transfer/request`: asks for an order to become the signed-in customer's. The shop mails a token
/// to the order's address. Needs a token of the customer's.
// Medusa: any order can be asked for. A second request is a 400, and while one is open the order takes no other change.
#[derive(Debug, Clone, Copy, Default)]
pub struct RequestTransfer<'a> {
    /// The order's id.
    pub id: &'a str,
    /// The fields to answer.
    pub fields: Option<&'a str>,
}

impl Endpoint for RequestTransfer<'_> {
    const METHOD: Method = Method::POST;
    const ROUTE: &'static str = "/store/orders/{id}/transfer/request";
    const REPEAT: Repeat = Repeat::Harmful;
    type Response = OrderAnswer;

    fn path_values(&self) -> Vec<&str> {
        vec![self.id]
    }

    fn query(&self, query: &mut Query) {
        query.set_some("fields", self.fields);
    }

    fn body(&self) -> Result<Option<Bytes>, serde_json::Error> {
        json_body(&serde_json::Map::new())
    }
}

impl StoreEndpoint for RequestTransfer<'_> {}

/// `POST /store/orders/{id}/transfer/accept`: hands an order over to the customer who asked for it, by the token that was
/// mailed. 400 for a token that is not of an open request for this order.
// Medusa: whoever has the token may accept, signed in or not. The order goes to whoever asked.
#[derive(Clone, Default)]
pub struct AcceptTransfer<'a> {
    /// The order's id.
    pub id: &'a str,
    /// The fields to answer.
    pub fields: Option<&'a str>,
    /// The token from the mail.
    pub token: &'a str,
}

/// Leaves the token out.
impl std::fmt::Debug for AcceptTransfer<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("AcceptTransfer").field("id", &self.id).finish_non_exhaustive()
    }
}

#[derive(Serialize)]
struct Proof<'a> {
    token: &'a str,
}

impl Endpoint for AcceptTransfer<'_> {
    const METHOD: Method = Method::POST;
    const ROUTE: &'static str = "/store/orders/{id}/transfer/accept";
    const REPEAT: Repeat = Repeat::Harmful;
    type Response = OrderAnswer;

    fn path_values(&self) -> Vec<&str> {
        vec![self.id]
    }

    fn query(&self, query: &mut Query) {
        query.set_some("fields", self.fields);
    }

    fn body(&self) -> Result<Option<Bytes>, serde_json::Error> {
        json_body(&Proof { token: self.token })
    }
}

impl StoreEndpoint for AcceptTransfer<'_> {}

/// `POST /store/orders/{id}/transfer/cancel`: takes back the signed-in customer's own request for an order. 400 where none
/// is open, or another customer's.
#[derive(Debug, Clone, Copy, Default)]
pub struct CancelTransfer<'a> {
    /// The order's id.
    pub id: &'a str,
    /// The fields to answer.
    pub fields: Option<&'a str>,
}

impl Endpoint for CancelTransfer<'_> {
    const METHOD: Method = Method::POST;
    const ROUTE: &'static str = "/store/orders/{id}/transfer/cancel";
    const REPEAT: Repeat = Repeat::Harmful;
    type Response = OrderAnswer;

    fn path_values(&self) -> Vec<&str> {
        vec![self.id]
    }

    fn query(&self, query: &mut Query) {
        query.set_some("fields", self.fields);
    }

    fn body(&self) -> Result<Option<Bytes>, serde_json::Error> {
        json_body(&serde_json::Map::new())
    }
}

impl StoreEndpoint for CancelTransfer<'_> {}

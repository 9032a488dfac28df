//! Changes of orders that wait to be finished.

use http::Method;
use serde::Deserialize;

use super::AdminEndpoint;
use crate::endpoint::{Endpoint, Query, Repeat};
use crate::v2::types::null_as_default;

/// `GET /admin/orders/{id}/changes`: the open requests for an order; empty for an unknown one. The tokens that prove them
/// are not read.
#[derive(Debug, Clone, Copy, Default)]
pub struct ListOpenTransfers<'a> {
    /// The order's id.
    pub order_id: &'a str,
}

/// Requests for an order.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct TransferList {
    /// The requests.
    pub order_changes: Vec<Transfer>,
}

/// A request for an order.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Transfer {
    /// The id, `ordch_…`.
    pub id: String,
    /// What it would do.
    #[serde(default, deserialize_with = "null_as_default")]
    pub actions: Vec<TransferAction>,
}

/// What a request for an order would do.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct TransferAction {
    /// `TRANSFER_CUSTOMER`.
    pub action: Option<String>,
    /// The customer whom the order would go to.
    pub reference_id: Option<String>,
}

impl Endpoint for ListOpenTransfers<'_> {
    const METHOD: Method = Method::GET;
    const ROUTE: &'static str = "/admin/orders/{id}/changes";
    const REPEAT: Repeat = Repeat::Harmless;
    type Response = TransferList;

    fn path_values(&self) -> Vec<&str> {
        vec![self.order_id]
    }

    fn query(&self, query: &mut Query) {
        query.set("status", "requested");
        query.set("change_type", "transfer");
        query.set("fields", "id,actions.action,actions.reference_id");
    }
}

impl AdminEndpoint for ListOpenTransfers<'_> {}

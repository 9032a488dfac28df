//! Returns as the shop sees them: the Store API does not read them.

use http::Method;
use serde::Deserialize;

use super::AdminEndpoint;
use crate::endpoint::{Endpoint, Query, Repeat};
use crate::v2::store::returns::Return;
use crate::v2::types::Page;

/// `GET /admin/returns`: the returns of an order, whoever's it is.
#[derive(Debug, Clone, Copy, Default)]
pub struct ListReturns<'a> {
    /// The order. Must not be empty.
    // Medusa: without an order everybody's returns are listed.
    pub order_id: &'a str,
    /// The fields to answer; the default has neither items nor shipping.
    pub fields: Option<&'a str>,
    /// Which part of the list; 15 if not said.
    pub page: Page<'a>,
}

/// A page of returns.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct ReturnList {
    /// The returns.
    pub returns: Vec<Return>,
    /// How many match in all.
    pub count: u64,
}

impl Endpoint for ListReturns<'_> {
    const METHOD: Method = Method::GET;
    const ROUTE: &'static str = "/admin/returns";
    const REPEAT: Repeat = Repeat::Harmless;
    type Response = ReturnList;

    fn query(&self, query: &mut Query) {
        query.set("order_id", self.order_id);
        query.set_some("fields", self.fields);
        self.page.write(query);
    }
}

impl AdminEndpoint for ListReturns<'_> {}

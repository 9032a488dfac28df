//! Why goods are sent back.

use http::Method;
use serde::Deserialize;

use super::StoreEndpoint;
use crate::endpoint::{Endpoint, Query, Repeat};
use crate::v2::types::Page;

/// A reason that a return may give.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct ReturnReason {
    /// The id, `rr_…`.
    pub id: String,
    /// The shop's word for it, such as `wrong_size`.
    pub value: Option<String>,
    /// The words to show.
    pub label: Option<String>,
    /// More words.
    pub description: Option<String>,
    /// The reason that it is a kind of.
    pub parent_return_reason_id: Option<String>,
}

/// `GET /store/return-reasons`: the reasons. There are no filters.
#[derive(Debug, Clone, Copy, Default)]
pub struct ListReturnReasons<'a> {
    /// The fields to answer; the default adds parents and children.
    pub fields: Option<&'a str>,
    /// Which part of the list; 20 if not said.
    pub page: Page<'a>,
}

/// A page of reasons.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct ReturnReasonList {
    /// The reasons.
    pub return_reasons: Vec<ReturnReason>,
    /// How many there are.
    pub count: u64,
}

impl Endpoint for ListReturnReasons<'_> {
    const METHOD: Method = Method::GET;
    const ROUTE: &'static str = "/store/return-reasons";
    const REPEAT: Repeat = Repeat::Harmless;
    type Response = ReturnReasonList;

    fn query(&self, query: &mut Query) {
        query.set_some("fields", self.fields);
        self.page.write(query);
    }
}

impl StoreEndpoint for ListReturnReasons<'_> {}

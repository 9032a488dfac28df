//! Why something is sent back.

use http::Method;
use serde::Deserialize;

use super::StoreEndpoint;
use crate::endpoint::{Endpoint, Repeat};
use crate::v1::types::{Metadata, null_as_default};

/// A reason to send something back.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct ReturnReason {
    /// The id, `rr_…`.
    pub id: String,
    /// The shop's word for it.
    pub value: Option<String>,
    /// The name for people.
    pub label: Option<String>,
    /// The description.
    pub description: Option<String>,
    /// The id of the reason above.
    pub parent_return_reason_id: Option<String>,
    /// The reason above.
    pub parent_return_reason: Option<Box<ReturnReason>>,
    /// The reasons below. A return can name only reasons that have none.
    #[serde(default, deserialize_with = "null_as_default")]
    pub return_reason_children: Vec<ReturnReason>,
    /// Free-form data; of reasons below and of returned items.
    pub metadata: Option<Metadata>,
}

/// `GET /store/return-reasons`: the topmost reasons, with those below them.
#[derive(Debug, Clone, Copy, Default)]
pub struct ListReturnReasons;

/// All reasons.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct ReturnReasonList {
    /// The reasons.
    pub return_reasons: Vec<ReturnReason>,
}

impl Endpoint for ListReturnReasons {
    const METHOD: Method = Method::GET;
    const ROUTE: &'static str = "/store/return-reasons";
    const REPEAT: Repeat = Repeat::Harmless;
    type Response = ReturnReasonList;
}

impl StoreEndpoint for ListReturnReasons {}

/// `GET /store/return-reasons/{id}`: one reason, 404 when it is unknown.
#[derive(Debug, Clone, Copy, Default)]
pub struct GetReturnReason<'a> {
    /// The reason's id.
    pub id: &'a str,
}

/// One reason.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct ReturnReasonAnswer {
    /// The reason.
    pub return_reason: ReturnReason,
}

impl Endpoint for GetReturnReason<'_> {
    const METHOD: Method = Method::GET;
    const ROUTE: &'static str = "/store/return-reasons/{id}";
    const REPEAT: Repeat = Repeat::Harmless;
    type Response = ReturnReasonAnswer;

    fn path_values(&self) -> Vec<&str> {
        vec![self.id]
    }
}

impl StoreEndpoint for GetReturnReason<'_> {}

//! Changes that the shop proposes to an order after it was placed. The buyer confirms or declines them, and pays the
//! difference through a [payment collection](super::payment_collections).

use bytes::Bytes;
use http::Method;
use serde::{Deserialize, Serialize};

use super::StoreEndpoint;
use super::line_items::LineItem;
use super::payment_collections::PaymentCollection;
use crate::endpoint::{Endpoint, Query, Repeat, json_body};
use crate::v1::minor_units::MinorUnits;
use crate::v1::types::{Selection, null_as_default};

/// A proposed change of an order.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct OrderEdit {
    /// The id, `oe_…`.
    pub id: String,
    /// The order.
    pub order_id: Option<String>,
    /// How far it is.
    pub status: Option<OrderEditStatus>,
    /// What changes.
    #[serde(default, deserialize_with = "null_as_default")]
    pub changes: Vec<OrderEditChange>,
    /// The lines of the order as they would be.
    #[serde(default, deserialize_with = "null_as_default")]
    pub items: Vec<LineItem>,
    /// The id of the collection that pays the difference; `None` when nothing is due.
    pub payment_collection_id: Option<String>,
    /// That collection.
    pub payment_collection: Option<PaymentCollection>,

    /// What the order would come to.
    pub total: Option<MinorUnits>,
    /// Items before discounts and tax.
    pub subtotal: Option<MinorUnits>,
    /// Discounts before tax.
    pub discount_total: Option<MinorUnits>,
    /// Shipping before tax.
    pub shipping_total: Option<MinorUnits>,
    /// Tax.
    pub tax_total: Option<MinorUnits>,
    /// What gift cards pay.
    pub gift_card_total: Option<MinorUnits>,
    /// The tax that gift cards pay.
    pub gift_card_tax_total: Option<MinorUnits>,
    /// How much more than the order it comes to; negative when it is less.
    pub difference_due: Option<MinorUnits>,

    /// Who asked for it.
    pub requested_by: Option<String>,
    /// When it was asked for, RFC 3339.
    pub requested_at: Option<String>,
    /// When it was confirmed, RFC 3339.
    pub confirmed_at: Option<String>,
    /// Who declined it.
    pub declined_by: Option<String>,
    /// Why it was declined.
    pub declined_reason: Option<String>,
    /// When it was declined, RFC 3339.
    pub declined_at: Option<String>,
    /// When it was given up, RFC 3339.
    pub canceled_at: Option<String>,
    /// Creation, RFC 3339.
    pub created_at: Option<String>,
}

/// How far an edit is.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OrderEditStatus {
    /// The shop works on it.
    Created,
    /// The buyer is asked.
    Requested,
    /// It was confirmed; the order is changed.
    Confirmed,
    /// It was declined.
    Declined,
    /// It was given up.
    Canceled,
    /// A state that this crate does not know.
    #[serde(untagged)]
    Unknown(String),
}

/// One change.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct OrderEditChange {
    /// The id, `oic_…`.
    pub id: Option<String>,
    /// What is done.
    #[serde(rename = "type")]
    pub change_type: Option<OrderEditChangeType>,
    /// The id of the line that is added or put in place.
    pub line_item_id: Option<String>,
    /// The line that is added or put in place.
    pub line_item: Option<LineItem>,
    /// The id of the line that goes away or is changed.
    pub original_line_item_id: Option<String>,
    /// The line that goes away or is changed.
    pub original_line_item: Option<LineItem>,
    /// Creation, RFC 3339.
    pub created_at: Option<String>,
}

/// What is done to a line.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OrderEditChangeType {
    /// It is added.
    ItemAdd,
    /// It goes away.
    ItemRemove,
    /// Its quantity changes.
    ItemUpdate,
    /// Something that this crate does not know.
    #[serde(untagged)]
    Unknown(String),
}

/// One edit.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct OrderEditAnswer {
    /// The edit.
    pub order_edit: OrderEdit,
}

/// `GET /store/order-edits/{id}`: an edit, for whoever knows its id. 404 when it is unknown.
#[derive(Debug, Clone, Copy, Default)]
pub struct GetOrderEdit<'a> {
    /// The edit's id.
    pub id: &'a str,
    /// What to answer. Status and totals are always there, and cannot be named.
    pub select: Selection<'a>,
}

impl Endpoint for GetOrderEdit<'_> {
    const METHOD: Method = Method::GET;
    const ROUTE: &'static str = "/store/order-edits/{id}";
    const REPEAT: Repeat = Repeat::Harmless;
    type Response = OrderEditAnswer;

    fn path_values(&self) -> Vec<&str> {
        vec![self.id]
    }

    fn query(&self, query: &mut Query) {
        self.select.write(query);
    }
}

impl StoreEndpoint for GetOrderEdit<'_> {}

/// `POST /store/order-edits/{id}/complete`: confirms an edit, which changes the order; 400 `not_allowed` while a
/// difference is not authorised.
#[derive(Debug, Clone, Copy, Default)]
pub struct CompleteOrderEdit<'a> {
    /// The edit's id.
    pub id: &'a str,
}

impl Endpoint for CompleteOrderEdit<'_> {
    const METHOD: Method = Method::POST;
    const ROUTE: &'static str = "/store/order-edits/{id}/complete";
    // Medusa: one that is confirmed stays so.
    const REPEAT: Repeat = Repeat::Harmless;
    type Response = OrderEditAnswer;

    fn path_values(&self) -> Vec<&str> {
        vec![self.id]
    }
}

impl StoreEndpoint for CompleteOrderEdit<'_> {}

/// Why an edit is declined.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct OrderEditDecline {
    /// The reason, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub declined_reason: Option<String>,
}

/// `POST /store/order-edits/{id}/decline`: declines an edit.
#[derive(Debug, Clone, Default)]
pub struct DeclineOrderEdit<'a> {
    /// The edit's id.
    pub id: &'a str,
    /// Why.
    pub body: OrderEditDecline,
}

impl Endpoint for DeclineOrderEdit<'_> {
    const METHOD: Method = Method::POST;
    const ROUTE: &'static str = "/store/order-edits/{id}/decline";
    // Medusa: one that is declined stays so.
    const REPEAT: Repeat = Repeat::Harmless;
    type Response = OrderEditAnswer;

    fn path_values(&self) -> Vec<&str> {
        vec![self.id]
    }

    fn body(&self) -> Result<Option<Bytes>, serde_json::Error> {
        json_body(&self.body)
    }
}

impl StoreEndpoint for DeclineOrderEdit<'_> {}

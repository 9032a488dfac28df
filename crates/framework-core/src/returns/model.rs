use serde::Serialize;

use crate::carts::Lines;
use crate::ids::{LineItemId, OrderId, ReturnId, ReturnReasonId};
use crate::money::Price;
use crate::orders::ShippingMethod;
use crate::time::Timestamp;

/// Why something is sent back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ReturnReason {
    /// The reason's id.
    pub id: ReturnReasonId,
    /// The shop's own name for it, such as `wrong_size`.
    pub value: String,
    /// What to show.
    pub label: String,
    /// More words, where the shop has them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The reason that this one is a kind of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parent_id: Option<ReturnReasonId>,
}

/// A request to send goods of an order back. Amounts are in the order's currency, major units.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Return {
    /// The return's id.
    pub id: ReturnId,
    /// The order that the goods are of.
    pub order_id: OrderId,
    /// How far it is.
    pub status: ReturnStatus,
    /// When it was requested.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
    /// What goes back.
    pub items: Lines<ReturnItem>,
    /// What is, or will be, given back; absent while the shop has not worked it out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refund_total: Option<Price>,
    /// How the goods go back.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shipping_method: Option<ShippingMethod>,
}

/// Pieces of a line that go back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ReturnItem {
    /// The line of the order.
    pub line_item_id: LineItemId,
    /// How many pieces.
    pub quantity: u64,
    /// How many of them the shop has received.
    pub received_quantity: u64,
    /// Why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<ReturnReason>,
    /// What the customer says of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// How far a return is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ReturnStatus {
    /// Asked for; nothing has come back yet.
    Requested,
    /// Some of it has come back.
    PartiallyReceived,
    /// All of it has come back.
    Received,
    /// Waits for somebody.
    RequiresAction,
    /// Called off.
    Cancelled,
    /// The backend says something that this list does not have.
    Unknown,
}

/// What of an order goes back, came back, and still can.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct OrderReturns {
    /// The order.
    pub order_id: OrderId,
    /// Its lines.
    pub items: Lines<ReturnableItem>,
    /// Each request by itself, newest first; absent where the backend tells of pieces alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub returns: Option<Vec<Return>>,
}

/// A line of an order, counted for returns.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ReturnableItem {
    /// The line.
    pub line_item_id: LineItemId,
    /// How many pieces were bought.
    pub quantity: u64,
    /// How many pieces can be sent back now: they were sent to the customer, and no return has them.
    pub returnable_quantity: u64,
    /// How many pieces are asked to go back and have not arrived; absent where the backend does not tell.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub requested_quantity: Option<u64>,
    /// How many pieces the shop has received back.
    pub received_quantity: u64,
}

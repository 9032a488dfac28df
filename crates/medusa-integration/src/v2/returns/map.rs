//! Medusa's returns as the contract's.

use o2s_framework_core::carts::Lines;
use o2s_framework_core::error::Result;
use o2s_framework_core::money::Currency;
use o2s_framework_core::orders::ShippingMethod;
use o2s_framework_core::returns::{CreateReturn, Return, ReturnItem, ReturnStatus, ReturnableItem};
use o2s_medusa_client::v2::store::line_items::LineItem;
use o2s_medusa_client::v2::store::orders::Order as WireOrder;
use o2s_medusa_client::v2::store::returns::{
    NewReturn, NewReturnItem, Return as WireReturn, ReturnItem as WireItem, ReturnShipping, ReturnStatus as WireStatus,
};
use o2s_medusa_client::v2::store::shipping_methods::ShippingMethod as WireMethod;

use crate::error::incomplete;
use crate::map;
use crate::v2::directory::map::return_reason;

/// What is asked of an order whose goods go back.
// Medusa: `*items.detail` is stripped from a list of orders and from a read alike; its members have to be named.
pub(super) const RETURN_FIELDS: &str = "id,customer_id,currency_code,cart.id,items.id,items.requires_shipping,\
items.detail.quantity,items.detail.fulfilled_quantity,items.detail.return_requested_quantity,\
items.detail.return_received_quantity,items.detail.return_dismissed_quantity";

/// A return for Medusa.
pub(super) fn new_return(order_id: &str, request: &CreateReturn, option: &ShippingMethod) -> NewReturn {
    let items = request.items.iter().map(|item| NewReturnItem {
        id: item.line_item_id.to_string(),
        quantity: item.quantity.get(),
        reason_id: item.reason_id.as_ref().map(ToString::to_string),
        note: item.note.clone(),
    });
    NewReturn {
        order_id: order_id.to_owned(),
        items: items.collect(),
        return_shipping: ReturnShipping { option_id: option.id.clone() },
    }
}

/// The lines of an order, counted for returns.
// Medusa: after changes at the same moment a line may come several times, each time with other counts. The least that can
// be sent back is what holds.
pub(super) fn lines(wire: &WireOrder) -> Result<Vec<ReturnableItem>> {
    let mut lines: Vec<ReturnableItem> = Vec::with_capacity(wire.items.len());
    for told in wire.items.iter().map(line) {
        let told = told?;
        match lines.iter_mut().find(|line| line.line_item_id == told.line_item_id) {
            Some(line) => {
                line.returnable_quantity = line.returnable_quantity.min(told.returnable_quantity);
                line.requested_quantity = line.requested_quantity.max(told.requested_quantity);
                line.received_quantity = line.received_quantity.max(told.received_quantity);
            }
            None => lines.push(told),
        }
    }
    Ok(lines)
}

fn line(wire: &LineItem) -> Result<ReturnableItem> {
    let detail = wire.detail.as_ref().ok_or_else(|| incomplete("order.items.detail"))?;
    let requested = map::pieces(detail.return_requested_quantity.as_ref());
    // Medusa: what came back damaged is counted apart from what was received.
    let received = map::pieces(detail.return_received_quantity.as_ref())
        .saturating_add(map::pieces(detail.return_dismissed_quantity.as_ref()));
    let sent = map::pieces(detail.fulfilled_quantity.as_ref());
    // Medusa: what is not shipped is fulfilled as well, and the server would take it back.
    let returnable = if wire.requires_shipping == Some(false) { 0 } else { sent };
    Ok(ReturnableItem {
        line_item_id: map::id(&wire.id, "order.items.id")?,
        quantity: map::quantity(detail.quantity.as_ref())?,
        returnable_quantity: returnable.saturating_sub(requested).saturating_sub(received),
        requested_quantity: Some(requested),
        received_quantity: received,
    })
}

/// A return.
pub(super) fn requested(wire: &WireReturn, currency: Currency) -> Result<Return> {
    Ok(Return {
        id: map::id(&wire.id, "return.id")?,
        order_id: map::id(wire.order_id.as_deref().unwrap_or_default(), "return.order_id")?,
        status: status(wire.status.as_ref()),
        created_at: map::timestamp(wire.created_at.as_deref(), "return.created_at")?,
        updated_at: map::timestamp(wire.updated_at.as_deref(), "return.updated_at")?,
        items: Lines::new(wire.items.iter().map(item).collect::<Result<_>>()?),
        refund_total: map::optional_price(wire.refund_amount.as_ref(), currency),
        shipping_method: wire.shipping_methods.first().map(|method| shipping_method(method, currency)),
    })
}

fn item(wire: &WireItem) -> Result<ReturnItem> {
    let received =
        map::pieces(wire.received_quantity.as_ref()).saturating_add(map::pieces(wire.damaged_quantity.as_ref()));
    Ok(ReturnItem {
        line_item_id: map::id(wire.item_id.as_deref().unwrap_or_default(), "return.items.item_id")?,
        quantity: map::quantity(wire.quantity.as_ref())?,
        received_quantity: received,
        reason: wire.reason.as_ref().map(return_reason).transpose()?,
        note: map::text(wire.note.as_ref()),
    })
}

/// How the goods go back, by its option, so that a front end finds it among the options.
fn shipping_method(wire: &WireMethod, currency: Currency) -> ShippingMethod {
    ShippingMethod {
        id: wire.shipping_option_id.clone().or_else(|| wire.id.clone()).unwrap_or_default(),
        name: wire.name.clone().unwrap_or_default(),
        description: map::text(wire.description.as_ref()),
        total: map::optional_price(wire.amount.as_ref(), currency),
        subtotal: map::optional_price(wire.amount.as_ref(), currency),
    }
}

fn status(wire: Option<&WireStatus>) -> ReturnStatus {
    match wire {
        Some(WireStatus::Open | WireStatus::Requested) => ReturnStatus::Requested,
        Some(WireStatus::Received) => ReturnStatus::Received,
        Some(WireStatus::PartiallyReceived) => ReturnStatus::PartiallyReceived,
        Some(WireStatus::Canceled) => ReturnStatus::Cancelled,
        Some(WireStatus::Unknown(_)) | None => ReturnStatus::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    #[test]
    fn a_line_that_comes_twice_is_one_with_the_least_left() {
        let row = |requested: u32, received: u32| -> Value {
            json!({"id": "ordli_1", "detail": {"quantity": 3, "fulfilled_quantity": 3,
                "return_requested_quantity": requested, "return_received_quantity": received}})
        };
        let order = json!({"id": "order_1", "items": [row(1, 0), row(2, 1), row(1, 0)]});
        let order: WireOrder = serde_json::from_str(&order.to_string()).expect("an order");
        let lines = lines(&order).expect("lines");
        let told: Vec<_> = lines
            .iter()
            .map(|line| (line.quantity, line.returnable_quantity, line.requested_quantity, line.received_quantity))
            .collect();
        assert_eq!(told, [(3, 0, Some(2), 1)]);
    }
}

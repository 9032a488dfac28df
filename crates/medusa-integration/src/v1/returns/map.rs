//! Medusa's returns as the contract's.

use std::collections::HashMap;

use o2s_framework_core::carts::Lines;
use o2s_framework_core::error::Result;
use o2s_framework_core::money::Currency;
use o2s_framework_core::orders::ShippingMethod;
use o2s_framework_core::returns::{CreateReturn, Return, ReturnItem, ReturnStatus, ReturnableItem};
use o2s_medusa_client::v1::MinorUnits;
use o2s_medusa_client::v1::store::line_items::LineItem;
use o2s_medusa_client::v1::store::orders::Order as WireOrder;
use o2s_medusa_client::v1::store::returns::{
    NewReturn, Return as WireReturn, ReturnItem as WireItem, ReturnItemInput, ReturnShipping,
    ReturnStatus as WireStatus,
};
use o2s_medusa_client::v1::store::shipping_methods::ShippingMethod as WireMethod;
use rust_decimal::prelude::ToPrimitive;
use rust_decimal::{Decimal, RoundingStrategy};

use crate::error::incomplete;
use crate::map;
use crate::v1::carts::map::method;
use crate::v1::directory::map::return_reason;
use crate::v1::money::optional_price;

/// A return for Medusa.
pub(super) fn new_return(order_id: &str, request: &CreateReturn, option: Option<&ShippingMethod>) -> NewReturn {
    let items = request.items.iter().map(|item| ReturnItemInput {
        item_id: item.line_item_id.to_string(),
        quantity: item.quantity.get(),
        reason_id: item.reason_id.as_ref().map(ToString::to_string),
        note: item.note.clone(),
    });
    NewReturn {
        order_id: order_id.to_owned(),
        items: items.collect(),
        return_shipping: option.map(|option| ReturnShipping { option_id: option.id.clone() }),
    }
}

/// The lines of an order, counted for returns.
pub(super) fn lines(wire: &WireOrder, is_own: bool) -> Result<Vec<ReturnableItem>> {
    let requested = is_own.then(|| requested_pieces(wire));
    wire.items.iter().map(|item| line(item, requested.as_ref())).collect()
}

/// How many pieces of each line are asked to go back and have not arrived.
fn requested_pieces(wire: &WireOrder) -> HashMap<&str, u64> {
    let mut pieces: HashMap<&str, u64> = HashMap::new();
    let of_swaps = wire.swaps.iter().filter_map(|swap| swap.return_order.as_ref());
    let waiting = wire.returns.iter().chain(of_swaps);
    let waiting = waiting.filter(|back| matches!(back.status, Some(WireStatus::Requested)));
    for item in waiting.flat_map(|back| &back.items) {
        let Some(id) = &item.item_id else { continue };
        let count = pieces.entry(id).or_default();
        *count = count.saturating_add(item.quantity.map_or(0, u64::from));
    }
    pieces
}

// Medusa: it would take back what was never sent, and as often as it is asked until it has received it.
fn line(wire: &LineItem, requested: Option<&HashMap<&str, u64>>) -> Result<ReturnableItem> {
    let received = u64::from(wire.returned_quantity.unwrap_or(0));
    let sent = u64::from(wire.shipped_quantity.unwrap_or(0));
    let requested = requested.map(|pieces| pieces.get(wire.id.as_str()).copied().unwrap_or(0));
    Ok(ReturnableItem {
        line_item_id: map::id(&wire.id, "order.items.id")?,
        quantity: wire.quantity.map(u64::from).ok_or_else(|| incomplete("order.items.quantity"))?,
        returnable_quantity: sent.saturating_sub(requested.unwrap_or(0)).saturating_sub(received),
        requested_quantity: requested,
        received_quantity: received,
    })
}

/// The requests of an order, the newest first.
pub(super) fn requests(wire: &WireOrder) -> Result<Vec<Return>> {
    let currency = map::currency(wire.currency_code.as_deref())?;
    let mut returns: Vec<Return> =
        wire.returns.iter().map(|back| requested(back, &wire.id, currency, None)).collect::<Result<_>>()?;
    returns.sort_by(|a, b| (b.created_at, &b.id).cmp(&(a.created_at, &a.id)));
    Ok(returns)
}

/// A return, sent by this option where it does not say itself how.
pub(super) fn requested(
    wire: &WireReturn,
    order_id: &str,
    currency: Currency,
    option: Option<&ShippingMethod>,
) -> Result<Return> {
    let created_at = map::timestamp(wire.created_at.as_deref(), "return.created_at")?;
    let told = wire.shipping_method.as_ref().map(|method| shipping_method(method, currency));
    Ok(Return {
        id: map::id(&wire.id, "return.id")?,
        order_id: map::id(wire.order_id.as_deref().unwrap_or(order_id), "return.order_id")?,
        status: status(wire.status.as_ref()),
        created_at,
        updated_at: wire.updated_at.as_ref().and_then(|time| time.parse().ok()).unwrap_or(created_at),
        items: Lines::new(wire.items.iter().map(item).collect::<Result<_>>()?),
        refund_total: optional_price(wire.refund_amount, currency),
        shipping_method: told.or_else(|| option.cloned()),
    })
}

fn item(wire: &WireItem) -> Result<ReturnItem> {
    Ok(ReturnItem {
        line_item_id: map::id(wire.item_id.as_deref().unwrap_or_default(), "return.items.item_id")?,
        quantity: wire.quantity.map(u64::from).ok_or_else(|| incomplete("return.items.quantity"))?,
        received_quantity: u64::from(wire.received_quantity.unwrap_or(0)),
        reason: wire.reason.as_ref().map(return_reason).transpose()?,
        note: map::text(wire.note.as_ref()),
    })
}

/// How the goods go back, by its option, so that a front end finds it among the options.
fn shipping_method(wire: &WireMethod, currency: Currency) -> ShippingMethod {
    ShippingMethod {
        id: wire.shipping_option_id.clone().or_else(|| wire.id.clone()).unwrap_or_default(),
        total: optional_price(with_tax(wire), currency),
        ..method(wire, currency)
    }
}

/// What the way back costs with tax.
// Medusa: a return tells the rates, and no total. Each tax is rounded to whole units.
fn with_tax(wire: &WireMethod) -> Option<MinorUnits> {
    let price = wire.price?;
    if wire.includes_tax == Some(true) {
        return Some(price);
    }
    let mut total = price.0;
    for rate in wire.tax_lines.iter().filter_map(|line| line.rate.as_ref()) {
        let tax = Decimal::from(price.0).checked_mul(rate.value())?.checked_div(Decimal::ONE_HUNDRED)?;
        total = total.checked_add(tax.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero).to_i64()?)?;
    }
    Some(MinorUnits(total))
}

fn status(wire: Option<&WireStatus>) -> ReturnStatus {
    match wire {
        Some(WireStatus::Requested) => ReturnStatus::Requested,
        Some(WireStatus::Received) => ReturnStatus::Received,
        Some(WireStatus::RequiresAction) => ReturnStatus::RequiresAction,
        Some(WireStatus::Canceled) => ReturnStatus::Cancelled,
        Some(WireStatus::Unknown(_)) | None => ReturnStatus::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    #[test]
    fn what_is_asked_for_counts_where_it_is_told() {
        let order = json!({
            "id": "order_1", "currency_code": "eur",
            "items": [{"id": "item_1", "quantity": 5, "shipped_quantity": 4, "returned_quantity": 1}],
            "returns": [
                {"id": "ret_1", "status": "received", "items": [{"item_id": "item_1", "quantity": 1}]},
                {"id": "ret_2", "status": "requested", "items": [{"item_id": "item_1", "quantity": 2}]},
                {"id": "ret_3", "status": "canceled", "items": [{"item_id": "item_1", "quantity": 1}]},
            ],
        });
        let order: WireOrder = serde_json::from_str(&order.to_string()).expect("an order");
        let counts = |is_own| {
            let line = lines(&order, is_own).expect("lines").remove(0);
            (line.quantity, line.returnable_quantity, line.requested_quantity, line.received_quantity)
        };
        assert_eq!(counts(true), (5, 1, Some(2), 1));
        assert_eq!(counts(false), (5, 3, None, 1));
    }

    #[test]
    fn the_way_back_costs_its_price_and_its_taxes() {
        let total = |method: Value| {
            let method: WireMethod = serde_json::from_str(&method.to_string()).expect("a method");
            shipping_method(&method, Currency::EUR).total.map(|total| total.to_string())
        };
        let taxed = json!({"price": 333, "tax_lines": [{"rate": 19}, {"rate": 5.5}]});
        assert_eq!(total(taxed).as_deref(), Some("4.14 EUR"));
        assert_eq!(total(json!({"price": 300})).as_deref(), Some("3 EUR"));
        assert_eq!(total(json!({"tax_lines": [{"rate": 19}]})), None);
    }
}

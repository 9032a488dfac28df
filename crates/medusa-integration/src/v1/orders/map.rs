//! Medusa's orders as the contract's.

use std::collections::HashMap;

use o2s_framework_core::carts::Lines;
use o2s_framework_core::error::Result;
use o2s_framework_core::ids::DisplayId;
use o2s_framework_core::money::Currency;
use o2s_framework_core::orders::{Order, OrderItem, OrderStatus, PaymentStatus, Unit};
use o2s_framework_core::time::Timestamp;
use o2s_medusa_client::v1::MinorUnits;
use o2s_medusa_client::v1::store::carts::Cart as WireCart;
use o2s_medusa_client::v1::store::line_items::LineItem;
use o2s_medusa_client::v1::store::orders::{
    Order as WireOrder, OrderFulfillmentStatus as WireFulfillment, OrderPaymentStatus as WirePayment,
    OrderStatus as WireStatus,
};
use o2s_medusa_client::v1::store::products::Product as WireProduct;

use crate::carts::NOTES;
use crate::carts::access::SeenOwner;
use crate::catalogue::ProductTypes;
use crate::error::incomplete;
use crate::map;
use crate::v1::carts::map::{KnownCart, method};
use crate::v1::money::{major, optional_price, price};
use crate::v1::products::line::{line_product, product_of};

/// Whose an order is.
pub(super) fn owner(wire: &WireOrder) -> SeenOwner {
    match (&wire.customer_id, &wire.customer) {
        (None, _) => SeenOwner::Nobody,
        (Some(id), Some(customer)) if *id == customer.id => SeenOwner::customer(id, customer.has_account),
        (Some(_), _) => SeenOwner::Unknown,
    }
}

/// An order of a customer's list.
pub(super) fn own_order(wire: &WireOrder, types: &ProductTypes) -> Result<Order> {
    order(wire, None, types)
}

/// The order that a cart has just become.
// Medusa: the answer lacks the billing address, the names of shipping methods, the products of lines and the customer.
pub(crate) fn placed_order(mut wire: WireOrder, cart: &KnownCart) -> Result<Order> {
    wire.billing_address.clone_from(&cart.wire.billing_address);
    wire.shipping_methods.clone_from(&cart.wire.shipping_methods);
    let order = order(&wire, Some(&cart.wire), &cart.types)?;
    Ok(match &cart.owner {
        SeenOwner::Account(id) => Order { customer_id: Some(id.clone()), ..order },
        SeenOwner::Nobody | SeenOwner::Guest | SeenOwner::Unknown => order,
    })
}

/// An order, with the comment and the products that the cart tells which it was.
pub(super) fn order(wire: &WireOrder, cart: Option<&WireCart>, types: &ProductTypes) -> Result<Order> {
    let currency = map::currency(wire.currency_code.as_deref())?;
    let products: HashMap<&str, &WireProduct> = cart
        .iter()
        .flat_map(|cart| &cart.items)
        .filter_map(|line| Some((line.id.as_str(), product_of(line)?)))
        .collect();
    let mut lines: Vec<&LineItem> = wire.items.iter().collect();
    // Medusa: lines come in no order; an order should show them as they were added.
    lines.sort_by(|a, b| (&a.created_at, &a.id).cmp(&(&b.created_at, &b.id)));
    let items = lines.into_iter().map(|line| {
        let product = product_of(line).or_else(|| products.get(line.id.as_str()).copied());
        item(line, product, types, currency)
    });
    let created_at = map::timestamp(wire.created_at.as_deref(), "order.created_at")?;
    let tax = wire.tax_total.or(Some(MinorUnits(0)));
    let amount = |amount: Option<MinorUnits>| major(amount, currency);
    Ok(Order {
        id: map::id(&wire.id, "order.id")?,
        display_id: wire.display_id.and_then(|number| DisplayId::new(number.to_string()).ok()),
        customer_id: match owner(wire) {
            SeenOwner::Account(id) => Some(id),
            SeenOwner::Nobody | SeenOwner::Guest | SeenOwner::Unknown => None,
        },
        created_at,
        updated_at: updated_at(wire).unwrap_or(created_at),
        payment_due_date: None,
        total: price(wire.total, currency, "order.total")?,
        subtotal: Some(price(wire.subtotal, currency, "order.subtotal")?),
        shipping_total: Some(price(wire.shipping_total, currency, "order.shipping_total")?),
        shipping_subtotal: Some(price(wire.shipping_total, currency, "order.shipping_total")?),
        discount_total: Some(map::discount(
            &[amount(wire.subtotal), amount(wire.shipping_total), amount(tax)],
            amount(wire.total),
            currency,
            "order.total",
        )?),
        tax: Some(price(tax, currency, "order.tax_total")?),
        currency,
        payment_status: payment_status(wire.payment_status.as_ref()),
        status: status(wire),
        items: Lines::new(items.collect::<Result<_>>()?),
        shipping_address: wire.shipping_address.as_ref().and_then(map::address),
        billing_address: wire.billing_address.as_ref().and_then(map::address),
        shipping_methods: wire.shipping_methods.iter().map(|wire| method(wire, currency)).collect(),
        purchase_order_number: None,
        customer_comment: cart.and_then(|cart| map::text_member(cart.context.as_ref(), NOTES)),
        documents: None,
        email: wire.email.as_deref().and_then(|email| email.parse().ok()),
    })
}

/// When an order was changed last, or when the last thing happened to it that the answer tells.
// Medusa: the time of the last change is told in the customer's own list alone.
fn updated_at(wire: &WireOrder) -> Option<Timestamp> {
    let payments =
        wire.payments.iter().flat_map(|payment| [&payment.updated_at, &payment.captured_at, &payment.canceled_at]);
    let parcels =
        wire.fulfillments.iter().flat_map(|parcel| [&parcel.created_at, &parcel.shipped_at, &parcel.canceled_at]);
    let happened = payments.chain(parcels).chain([&wire.created_at, &wire.canceled_at]);
    let latest = happened.filter_map(|time| time.as_ref()?.parse().ok()).max();
    wire.updated_at.as_ref().and_then(|time| time.parse().ok()).or(latest)
}

fn item(line: &LineItem, product: Option<&WireProduct>, types: &ProductTypes, currency: Currency) -> Result<OrderItem> {
    let product = line_product(line, product, types, currency)?;
    let amount = |amount: Option<MinorUnits>| major(amount, currency);
    let parts = [amount(line.subtotal), amount(line.tax_total.or(Some(MinorUnits(0))))];
    Ok(OrderItem {
        id: map::id(&line.id, "item.id")?,
        product_id: product.id.clone(),
        quantity: line.quantity.map(u64::from).ok_or_else(|| incomplete("item.quantity"))?,
        price: price(line.unit_price, currency, "item.unit_price")?,
        total: optional_price(line.total, currency),
        subtotal: optional_price(line.subtotal, currency),
        discount_total: map::discount(&parts, amount(line.total), currency, "item.total").ok(),
        unit: Some(Unit::Pcs),
        currency,
        product,
    })
}

/// How far an order is.
// Medusa: an order that was sent is still `pending`; only its fulfilment says so.
fn status(wire: &WireOrder) -> OrderStatus {
    match &wire.status {
        Some(WireStatus::Pending) => match &wire.fulfillment_status {
            // What came back had been sent.
            Some(
                WireFulfillment::Shipped
                | WireFulfillment::PartiallyShipped
                | WireFulfillment::Returned
                | WireFulfillment::PartiallyReturned,
            ) => OrderStatus::Shipped,
            Some(
                WireFulfillment::NotFulfilled
                | WireFulfillment::PartiallyFulfilled
                | WireFulfillment::Fulfilled
                | WireFulfillment::Canceled
                | WireFulfillment::RequiresAction
                | WireFulfillment::Unknown(_),
            )
            | None => OrderStatus::Pending,
        },
        Some(WireStatus::Completed) => OrderStatus::Completed,
        Some(WireStatus::Archived) => OrderStatus::Archived,
        Some(WireStatus::Canceled) => OrderStatus::Cancelled,
        Some(WireStatus::RequiresAction) => OrderStatus::RequiresAction,
        Some(WireStatus::Unknown(_)) | None => OrderStatus::Unknown,
    }
}

/// How far the payment of an order is.
fn payment_status(wire: Option<&WirePayment>) -> PaymentStatus {
    match wire {
        Some(WirePayment::NotPaid) => PaymentStatus::NotPaid,
        Some(WirePayment::Awaiting) => PaymentStatus::Pending,
        Some(WirePayment::Captured) => PaymentStatus::Captured,
        Some(WirePayment::PartiallyRefunded) => PaymentStatus::PartiallyRefunded,
        Some(WirePayment::Refunded) => PaymentStatus::Refunded,
        Some(WirePayment::Canceled) => PaymentStatus::Failed,
        Some(WirePayment::RequiresAction) => PaymentStatus::RequiresAction,
        Some(WirePayment::Unknown(_)) | None => PaymentStatus::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn types() -> ProductTypes {
        ProductTypes { virtual_: Vec::new(), physical: None }
    }

    fn wire(changes: Value) -> WireOrder {
        let mut order = json!({
            "id": "order_1", "display_id": 7, "status": "pending", "fulfillment_status": "not_fulfilled",
            "payment_status": "awaiting", "customer_id": "cus_1", "customer": {"id": "cus_1", "has_account": true},
            "currency_code": "eur", "email": "jane@example.com", "created_at": "2026-11-22T11:14:10.110Z",
            "subtotal": 3998, "shipping_total": 499, "tax_total": 854, "total": 5351,
            "items": [{"id": "item_1", "title": "Claw Hammer", "quantity": 2, "unit_price": 1999, "subtotal": 3998,
                       "tax_total": 760, "total": 4758, "variant_id": "variant_1",
                       "variant": {"id": "variant_1", "sku": "HAMMER-1", "product_id": "prod_1"}}],
        });
        if let (Value::Object(order), Value::Object(changes)) = (&mut order, changes) {
            order.extend(changes);
        }
        serde_json::from_str(&order.to_string()).expect("an order")
    }

    fn shown(changes: Value) -> Order {
        order(&wire(changes), None, &types()).expect("an order that can be read")
    }

    #[test]
    fn an_order_is_shown_in_major_units() {
        let order = shown(json!({}));
        assert_eq!((order.id.as_str(), order.total.to_string()), ("order_1", "53.51 EUR".to_owned()));
        assert_eq!(order.display_id.map(|id| id.to_string()).as_deref(), Some("7"));
        assert_eq!(order.discount_total.map(|price| price.to_string()).as_deref(), Some("0 EUR"));
        assert_eq!(order.items.data[0].product.link, "/prod_1/hammer-1");
        let yen = shown(json!({"currency_code": "jpy"}));
        assert_eq!(yen.total.to_string(), "5351 JPY");
    }

    #[test]
    fn the_cart_that_it_was_tells_comment_and_products() {
        let cart = json!({"id": "cart_1", "context": {"notes": "Ring twice"}, "items": [
            {"id": "item_1", "variant": {"id": "variant_1", "product": {"id": "prod_1", "handle": "claw-hammer"}}},
        ]});
        let cart: WireCart = serde_json::from_str(&cart.to_string()).expect("a cart");
        let order = order(&wire(json!({})), Some(&cart), &types()).expect("an order");
        assert_eq!(order.customer_comment.as_deref(), Some("Ring twice"));
        assert_eq!(order.items.data[0].product.link, "/claw-hammer/hammer-1");
    }

    #[test]
    fn the_answer_says_whose_an_order_is() {
        let jane = json!({"id": "cus_1", "has_account": false});
        assert_eq!(owner(&wire(json!({ "customer": jane }))), SeenOwner::Guest);
        assert_eq!(shown(json!({ "customer": jane })).customer_id, None, "a guest has no account to name");
        assert!(shown(json!({})).customer_id.is_some());
        // Nothing is granted by what is missing.
        for missing in
            [json!({"customer": null}), json!({"customer": {"id": "cus_1"}}), json!({"customer_id": "cus_2"})]
        {
            assert_eq!(owner(&wire(missing.clone())), SeenOwner::Unknown, "{missing}");
        }
    }

    #[test]
    fn an_order_that_was_sent_says_so() {
        let status = |status: &str, parcel: &str| shown(json!({"status": status, "fulfillment_status": parcel})).status;
        for sent in ["shipped", "partially_shipped", "returned", "partially_returned"] {
            assert_eq!(status("pending", sent), OrderStatus::Shipped, "{sent}");
        }
        assert_eq!(status("pending", "fulfilled"), OrderStatus::Pending);
        assert_eq!(status("canceled", "shipped"), OrderStatus::Cancelled);
        assert_eq!(status("something_new", "shipped"), OrderStatus::Unknown);
    }

    #[test]
    fn the_last_thing_that_happened_is_the_last_change() {
        let at = |changes: Value| shown(changes).updated_at.to_string();
        assert_eq!(at(json!({})), "2026-11-22T11:14:10.110Z");
        let sent = json!({"fulfillments": [{"id": "f", "created_at": "2026-11-23T08:00:00.000Z", "shipped_at": "2026-11-24T08:00:00.000Z"}]});
        assert_eq!(at(sent), "2026-11-24T08:00:00.000Z");
        let told = json!({"updated_at": "2026-11-25T08:00:00.000Z", "canceled_at": "2026-11-26T08:00:00.000Z"});
        assert_eq!(at(told), "2026-11-25T08:00:00.000Z");
    }
}

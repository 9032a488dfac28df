//! Medusa's orders as the contract's.

use o2s_framework_core::carts::Lines;
use o2s_framework_core::error::Result;
use o2s_framework_core::ids::{CustomerId, DisplayId, OrderId};
use o2s_framework_core::money::Currency;
use o2s_framework_core::orders::{Order, OrderItem, OrderStatus, PaymentStatus, ShippingMethod, Unit};
use o2s_framework_core::ownership::Owner;
use o2s_medusa_client::Amount;
use o2s_medusa_client::v2::store::carts::Cart as WireCart;
use o2s_medusa_client::v2::store::line_items::LineItem;
use o2s_medusa_client::v2::store::orders::{
    Order as WireOrder, OrderFulfillmentStatus as WireFulfillment, OrderPaymentStatus as WirePayment,
    OrderStatus as WireStatus,
};
use o2s_medusa_client::v2::store::payments::PaymentCollectionStatus as WireCollection;
use o2s_medusa_client::v2::store::shipping_methods::ShippingMethod as WireShippingMethod;

use super::access::{OpenOrder, SeenAs};
use crate::carts::NOTES;
use crate::error::incomplete;
use crate::map;
use crate::v2::carts::owner::is_guests;
use crate::v2::products::line::line_product;

/// What is asked of an order: read alone, listed, or as the answer of completing a cart.
// Medusa: each of the three drops without an error what it does not have. A list answers lines in full whatever is
// asked, and only a list answers metadata; only the answer of completing has no payment and fulfilment status.
pub(crate) const ORDER_FIELDS: &str = "id,display_id,custom_display_id,status,payment_status,fulfillment_status,customer_id,email,currency_code,\
metadata,created_at,updated_at,total,item_subtotal,shipping_subtotal,tax_total,\
items.id,items.title,items.thumbnail,items.quantity,items.unit_price,items.requires_shipping,\
items.product_id,items.product_title,items.product_subtitle,items.product_description,items.product_handle,\
items.product_type,items.variant_id,items.variant_sku,items.created_at,items.total,items.subtotal,items.tax_total,\
*shipping_methods,*shipping_address,*billing_address,cart.id,payment_collections.id,payment_collections.status";

/// What is asked of the cart that an order was: whose it is, and the notes.
pub(super) const OWNER_FIELDS: &str = "id,email,metadata,*customer";

/// An order as its viewer may see it.
pub(super) fn open_order(open: &OpenOrder) -> Result<Order> {
    let mut order = order(&open.wire)?;
    let SeenAs::Guests(cart) = &open.seen_as else { return Ok(order) };
    if cart.as_ref().is_some_and(|cart| is_guests(cart)) {
        // Whose account a guest's e-mail address belongs to is not the guest's to know.
        order.customer_id = None;
    }
    if order.customer_comment.is_none() {
        let metadata = cart.as_ref().and_then(|cart| cart.metadata.as_ref());
        order.customer_comment = map::text_member(metadata, NOTES);
    }
    Ok(order)
}

/// The customer of an order.
pub(super) fn customer_id(wire: &WireOrder) -> Result<Option<CustomerId>> {
    map::text(wire.customer_id.as_ref()).map(|id| map::id(&id, "order.customer_id")).transpose()
}

/// The number that people know an order by: the shop's own, else Medusa's.
fn display_id(wire: &WireOrder) -> Option<DisplayId> {
    let number = map::text(wire.custom_display_id.as_ref()).or_else(|| wire.display_id.map(|id| id.to_string()))?;
    DisplayId::new(number).ok()
}

/// An order.
pub(crate) fn order(wire: &WireOrder) -> Result<Order> {
    let id: OrderId = map::id(&wire.id, "order.id")?;
    let currency = map::currency(wire.currency_code.as_deref())?;
    let subtotal = wire.item_subtotal.as_ref();
    let shipping = wire.shipping_subtotal.as_ref();
    let tax = wire.tax_total.as_ref();
    let mut lines: Vec<&LineItem> = wire.items.iter().collect();
    // Medusa: lines come in no order; an order should show them as they were added.
    lines.sort_by(|a, b| (&a.created_at, &a.id).cmp(&(&b.created_at, &b.id)));
    Ok(Order {
        id,
        display_id: display_id(wire),
        customer_id: customer_id(wire)?,
        created_at: map::timestamp(wire.created_at.as_deref(), "order.created_at")?,
        updated_at: map::timestamp(wire.updated_at.as_deref(), "order.updated_at")?,
        payment_due_date: None,
        total: map::price(wire.total.as_ref(), currency, "order.total")?,
        subtotal: Some(map::price(subtotal, currency, "order.item_subtotal")?),
        shipping_total: Some(map::price(shipping, currency, "order.shipping_subtotal")?),
        shipping_subtotal: Some(map::price(shipping, currency, "order.shipping_subtotal")?),
        discount_total: Some(map::discount(
            &[subtotal, shipping, tax].map(|part| part.map(|part| part.value())),
            wire.total.map(Amount::value),
            currency,
            "order.total",
        )?),
        tax: Some(map::price(tax, currency, "order.tax_total")?),
        currency,
        payment_status: payment_status(wire),
        status: status(wire),
        items: Lines::new(lines.into_iter().map(|line| item(line, currency)).collect::<Result<_>>()?),
        shipping_address: wire.shipping_address.as_ref().and_then(map::address),
        billing_address: wire.billing_address.as_ref().and_then(map::address),
        shipping_methods: shipping_methods(&wire.shipping_methods, currency)?,
        purchase_order_number: None,
        customer_comment: map::text_member(wire.metadata.as_ref(), NOTES),
        documents: None,
        email: wire.email.as_deref().and_then(|email| email.parse().ok()),
    })
}

fn item(line: &LineItem, currency: Currency) -> Result<OrderItem> {
    let product = line_product(line, currency)?;
    let (total, subtotal, tax) = (line.total.as_ref(), line.subtotal.as_ref(), line.tax_total.as_ref());
    Ok(OrderItem {
        id: map::id(&line.id, "item.id")?,
        product_id: product.id.clone(),
        quantity: map::quantity(line.quantity.as_ref())?,
        price: map::price(line.unit_price.as_ref(), currency, "item.unit_price")?,
        total: map::optional_price(total, currency),
        subtotal: map::optional_price(subtotal, currency),
        discount_total: map::discount(
            &[subtotal, tax].map(|part| part.map(|part| part.value())),
            total.map(|total| total.value()),
            currency,
            "item.total",
        )
        .ok(),
        unit: Some(Unit::Pcs),
        currency,
        product,
    })
}

fn shipping_methods(wire: &[WireShippingMethod], currency: Currency) -> Result<Vec<ShippingMethod>> {
    let methods = wire.iter().map(|method| {
        Ok(ShippingMethod {
            id: method.id.clone().ok_or_else(|| incomplete("shipping_method.id"))?,
            name: method.name.clone().unwrap_or_default(),
            description: map::text(method.description.as_ref()),
            total: map::optional_price(method.total.as_ref(), currency),
            subtotal: map::optional_price(method.subtotal.as_ref(), currency),
        })
    });
    methods.collect()
}

/// How far an order is.
// Medusa: an order that was sent is still `pending`; only its fulfilment says so.
pub(super) fn status(wire: &WireOrder) -> OrderStatus {
    match &wire.status {
        Some(WireStatus::Pending) => match &wire.fulfillment_status {
            Some(
                WireFulfillment::Shipped
                | WireFulfillment::PartiallyShipped
                | WireFulfillment::Delivered
                | WireFulfillment::PartiallyDelivered,
            ) => OrderStatus::Shipped,
            Some(
                WireFulfillment::NotFulfilled
                | WireFulfillment::PartiallyFulfilled
                | WireFulfillment::Fulfilled
                | WireFulfillment::Canceled
                | WireFulfillment::Unknown(_),
            )
            | None => OrderStatus::Pending,
        },
        Some(WireStatus::Completed) => OrderStatus::Completed,
        Some(WireStatus::Archived) => OrderStatus::Archived,
        Some(WireStatus::Canceled) => OrderStatus::Cancelled,
        Some(WireStatus::RequiresAction) => OrderStatus::RequiresAction,
        Some(WireStatus::Draft | WireStatus::Unknown(_)) | None => OrderStatus::Unknown,
    }
}

/// How far the payment of an order is.
pub(super) fn payment_status(wire: &WireOrder) -> PaymentStatus {
    match &wire.payment_status {
        Some(WirePayment::NotPaid) => PaymentStatus::NotPaid,
        Some(
            WirePayment::Awaiting
            | WirePayment::Authorized
            | WirePayment::PartiallyAuthorized
            | WirePayment::PartiallyCaptured,
        ) => PaymentStatus::Pending,
        Some(WirePayment::Captured) => PaymentStatus::Captured,
        Some(WirePayment::Refunded) => PaymentStatus::Refunded,
        Some(WirePayment::PartiallyRefunded) => PaymentStatus::PartiallyRefunded,
        Some(WirePayment::RequiresAction) => PaymentStatus::RequiresAction,
        Some(WirePayment::Canceled) => PaymentStatus::Failed,
        Some(WirePayment::Unknown(_)) => PaymentStatus::Unknown,
        None => collected(wire),
    }
}

/// How far the payment is as the payment collection says.
// Medusa: the answer of completing a cart has no payment status, but the collection.
fn collected(wire: &WireOrder) -> PaymentStatus {
    let Some(collection) = wire.payment_collections.last() else { return PaymentStatus::Unknown };
    match &collection.status {
        Some(WireCollection::NotPaid) => PaymentStatus::NotPaid,
        Some(
            WireCollection::Awaiting
            | WireCollection::Authorized
            | WireCollection::PartiallyAuthorized
            | WireCollection::PartiallyCaptured,
        ) => PaymentStatus::Pending,
        Some(WireCollection::Completed) => PaymentStatus::Captured,
        Some(WireCollection::Canceled | WireCollection::Failed) => PaymentStatus::Failed,
        Some(WireCollection::Unknown(_)) | None => PaymentStatus::Unknown,
    }
}

/// Whose an order is: the cart that it was says whether its customer has an account.
// Medusa: the order itself does not say, and it may have been handed to another customer since.
pub(super) fn owner<'a>(customer: Option<&'a CustomerId>, cart: Option<&WireCart>) -> Owner<'a> {
    let Some(id) = customer else { return Owner::Nobody };
    let shopper = cart.and_then(|cart| cart.customer.as_ref()).filter(|shopper| shopper.id == id.as_str());
    match shopper.and_then(|shopper| shopper.has_account) {
        // A guest placed it with the address of an account: for whoever knows its id it is a guest's.
        Some(true) if cart.is_some_and(is_guests) => Owner::Guest,
        Some(true) => Owner::Account(id),
        Some(false) => Owner::Guest,
        None => Owner::Unknown,
    }
}

#[cfg(test)]
mod tests;

//! What must hold of every answer, and how refusals are checked.

use std::collections::BTreeSet;
use std::future::Future;

use o2s_framework_core::carts::Cart;
use o2s_framework_core::error::{Error, ErrorKind, Result};
use o2s_framework_core::money::{Currency, Price};
use o2s_framework_core::orders::Order;
use rust_decimal::Decimal;

/// The answer of a call that must succeed.
pub(crate) async fn done<T>(what: &str, call: impl Future<Output = Result<T>>) -> T {
    match call.await {
        Ok(answer) => answer,
        Err(error) => panic!("{what} failed: {error}"),
    }
}

/// The error of a call that must be refused with this kind and code.
pub(crate) async fn refused<T>(
    what: &str,
    call: impl Future<Output = Result<T>>,
    kind: ErrorKind,
    code: &str,
) -> Error {
    match call.await {
        Ok(_) => panic!("{what} was done; it should be refused with {code}"),
        Err(error) => {
            assert_eq!((error.kind(), error.code()), (kind, code), "{what} was refused in another way: {error}");
            assert!(!error.message().trim().is_empty(), "{what} was refused without a word");
            error
        }
    }
}

/// The error of a call that must be refused because of what it asks for.
pub(crate) async fn invalid<T>(what: &str, call: impl Future<Output = Result<T>>, code: &str) -> Error {
    refused(what, call, ErrorKind::Invalid, code).await
}

/// The error of a call on something that does not exist, or that the caller may not know to exist.
pub(crate) async fn not_found<T>(what: &str, call: impl Future<Output = Result<T>>, code: &str) -> Error {
    refused(what, call, ErrorKind::NotFound, code).await
}

/// The error of a call that collides with the state of things.
pub(crate) async fn conflict<T>(what: &str, call: impl Future<Output = Result<T>>, code: &str) -> Error {
    refused(what, call, ErrorKind::Conflict, code).await
}

/// The error of a call that needs a customer and came without a token.
pub(crate) async fn needs_sign_in<T>(what: &str, call: impl Future<Output = Result<T>>) -> Error {
    refused(what, call, ErrorKind::Unauthenticated, "auth.required").await
}

/// The amount of a price that must be there.
pub(crate) fn amount(price: Option<&Price>, what: &str) -> Decimal {
    price.unwrap_or_else(|| panic!("{what} is absent")).value
}

/// Checks that two amounts are the same money.
pub(crate) fn same_money(currency: Currency, actual: Decimal, expected: Decimal, what: &str) {
    assert_eq!(currency.round(actual).normalize(), currency.round(expected).normalize(), "{what}");
}

/// What holds of every cart, whatever was done to it before.
pub(crate) fn sound(cart: Cart) -> Cart {
    let name = &cart.id;
    let subtotal = amount(cart.subtotal.as_ref(), "the cart's subtotal");
    let discount = amount(cart.discount_total.as_ref(), "the cart's discount total");
    let shipping = amount(cart.shipping_total.as_ref(), "the cart's shipping total");
    let tax = amount(cart.tax_total.as_ref(), "the cart's tax total");
    let parts = [subtotal, discount, shipping, tax, cart.total.value];
    assert!(parts.iter().all(|part| *part >= Decimal::ZERO), "cart {name} has an amount below zero: {parts:?}");
    assert_eq!(
        cart.total.value.normalize(),
        (subtotal - discount + shipping + tax).normalize(),
        "total of cart {name} is not subtotal {subtotal} - discount {discount} + shipping {shipping} + tax {tax}"
    );

    let lines = &cart.items.data;
    assert_eq!(cart.items.total, lines.len() as u64, "cart {name} miscounts its lines");
    let ids: BTreeSet<_> = lines.iter().map(|line| &line.id).collect();
    assert_eq!(ids.len(), lines.len(), "cart {name} has two lines of one id");
    let mut sum = Decimal::ZERO;
    for line in lines {
        assert!(line.quantity > 0, "cart {name} has an empty line");
        assert!(!line.sku.is_empty() && !line.product.name.is_empty(), "cart {name} has a line without sku or name");
        assert!(line.product.variant_id.is_some(), "a line of cart {name} does not tell its variant");
        let of_line = amount(line.subtotal.as_ref(), "a line's subtotal");
        assert_eq!(
            of_line.normalize(),
            (line.price.value * Decimal::from(line.quantity)).normalize(),
            "a line of cart {name} is not price times quantity"
        );
        assert_eq!(
            (line.currency, line.price.currency, line.total.currency),
            (cart.currency, cart.currency, cart.currency)
        );
        sum += of_line;
    }
    assert_eq!(subtotal.normalize(), sum.normalize(), "subtotal of cart {name} is not the sum of its lines");

    let prices = [&cart.subtotal, &cart.discount_total, &cart.shipping_total, &cart.tax_total];
    assert!(prices.into_iter().flatten().chain([&cart.total]).all(|price| price.currency == cart.currency));
    assert!(cart.promotions.as_ref().is_none_or(|promotions| !promotions.is_empty()), "an empty list of promotions");
    assert_eq!(
        cart.payment_method.is_some(),
        cart.payment_session_id.is_some(),
        "cart {name} must have both payment method and session, or neither"
    );
    assert!(cart.updated_at >= cart.created_at, "cart {name} was changed before it was made");
    assert!(cart.region_id.is_some(), "cart {name} does not tell its region");
    cart
}

/// What holds of every order.
pub(crate) fn sound_order(order: Order) -> Order {
    let name = &order.id;
    let subtotal = amount(order.subtotal.as_ref(), "the order's subtotal");
    let discount = amount(order.discount_total.as_ref(), "the order's discount total");
    let shipping = amount(order.shipping_total.as_ref(), "the order's shipping total");
    let tax = amount(order.tax.as_ref(), "the order's tax");
    assert_eq!(
        order.total.value.normalize(),
        (subtotal - discount + shipping + tax).normalize(),
        "total of order {name} is not subtotal {subtotal} - discount {discount} + shipping {shipping} + tax {tax}"
    );
    let sum: Decimal = order.items.data.iter().map(|line| amount(line.subtotal.as_ref(), "a line's subtotal")).sum();
    if order.items.total == order.items.data.len() as u64 {
        assert_eq!(subtotal.normalize(), sum.normalize(), "subtotal of order {name} is not the sum of its lines");
    }
    for line in &order.items.data {
        assert!(line.quantity > 0 && !line.product.name.is_empty(), "order {name} has a line of nothing");
        assert_eq!((line.currency, line.price.currency), (order.currency, order.currency));
        assert_eq!(line.product_id, line.product.id, "a line of order {name} names two products");
    }
    assert_eq!(order.total.currency, order.currency);
    assert!(order.updated_at >= order.created_at, "order {name} was changed before it was placed");
    order
}

/// What of a cart a refused write must not change: all but the time of the last change.
pub(crate) fn unchanged(before: &Cart, after: &Cart) {
    let after = Cart { updated_at: before.updated_at, ..after.clone() };
    assert_eq!(&after, before, "the cart changed");
}

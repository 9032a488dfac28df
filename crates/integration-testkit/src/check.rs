//! What must hold of every answer, and how refusals are checked.

use std::collections::BTreeSet;
use std::future::Future;

use o2s_framework_core::carts::Cart;
use o2s_framework_core::error::{Error, ErrorKind, Result};
use o2s_framework_core::money::{Currency, Price};
use o2s_framework_core::orders::Order;
use rust_decimal::Decimal;
use serde_json::{Map, Value};

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

/// What of a cart a refused write must not change: all but the times that follow the cart's use.
pub(crate) fn unchanged(before: &Cart, after: &Cart) {
    let same = Cart { updated_at: before.updated_at, expires_at: before.expires_at, ..after.clone() };
    assert!(same == *before, "cart {} changed: {}", before.id, changes(before, &same));
}

/// The parts of two carts that are not the same.
fn changes(before: &Cart, after: &Cart) -> String {
    let parts = |cart| match serde_json::to_value(cart) {
        Ok(Value::Object(parts)) => parts,
        other => panic!("a cart is no object: {other:?}"),
    };
    let (before, after) = (parts(before), parts(after));
    let names: BTreeSet<_> = before.keys().chain(after.keys()).collect();
    let part = |parts: &Map<String, Value>, name| parts.get(name).map_or("nothing".to_owned(), Value::to_string);
    let changed = names.into_iter().filter(|name| before.get(*name) != after.get(*name));
    let told = changed.map(|name| format!("{name} was {} and is {}", part(&before, name), part(&after, name)));
    told.collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests {
    use o2s_framework_core::carts::{CartItem, Lines};
    use o2s_framework_core::products::{Product, ProductType};

    use super::*;
    use crate::shopping::id;

    fn price(value: &str) -> Price {
        Price::new(id(value), Currency::EUR)
    }

    fn product() -> Product {
        Product {
            id: id("prod_1"),
            sku: "SKU-1".to_owned(),
            variant_id: Some(id("variant_1")),
            name: "Hammer".to_owned(),
            description: String::new(),
            short_description: None,
            subtitle: None,
            location: None,
            image: None,
            images: None,
            price: None,
            link: String::new(),
            kind: ProductType::Physical,
            category: String::new(),
            tags: Vec::new(),
            attributes: None,
            option_groups: None,
            variants: None,
        }
    }

    /// Two pieces at 10 with 2 off, 5 for shipping, 4.37 of tax.
    fn cart() -> Cart {
        let line = CartItem {
            id: id("line_1"),
            sku: "SKU-1".to_owned(),
            quantity: 2,
            price: price("10"),
            subtotal: Some(price("20")),
            discount_total: Some(price("2")),
            total: price("21.42"),
            unit: None,
            currency: Currency::EUR,
            product: product(),
            metadata: None,
        };
        Cart {
            id: id("cart_1"),
            customer_id: None,
            name: None,
            created_at: id("2026-11-22"),
            updated_at: id("2026-11-22"),
            expires_at: None,
            region_id: Some(id("reg_1")),
            currency: Currency::EUR,
            items: Lines::new(vec![line]),
            subtotal: Some(price("20")),
            discount_total: Some(price("2")),
            tax_total: Some(price("4.37")),
            shipping_total: Some(price("5")),
            total: price("27.37"),
            shipping_address: None,
            billing_address: None,
            shipping_method: None,
            payment_method: None,
            promotions: None,
            metadata: None,
            notes: None,
            email: None,
            payment_session_id: None,
        }
    }

    #[test]
    fn a_sound_cart_is_taken() {
        unchanged(&cart(), &sound(cart()));
    }

    #[test]
    #[should_panic(expected = "total of cart cart_1 is not")]
    fn a_total_that_does_not_add_up_is_not() {
        sound(Cart { total: price("27.38"), ..cart() });
    }

    #[test]
    #[should_panic(expected = "is not price times quantity")]
    fn a_line_that_does_not_add_up_is_not() {
        let mut cart = cart();
        cart.items.data[0].quantity = 3;
        sound(cart);
    }

    #[test]
    #[should_panic(expected = "both payment method and session, or neither")]
    fn half_a_payment_is_not() {
        sound(Cart { payment_session_id: Some(id("payses_1")), ..cart() });
    }

    #[test]
    #[should_panic(expected = "notes was nothing and is \"new\"")]
    fn a_change_is_told() {
        unchanged(&cart(), &Cart { notes: Some("new".to_owned()), ..cart() });
    }
}

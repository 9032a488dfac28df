//! Who may touch what: the table of [`o2s_framework_core::ownership`] in front of every operation.

use o2s_framework_core::carts::{AddCartItem, Cart};
use o2s_framework_core::context::RequestContext;
use o2s_framework_core::error::{ErrorKind, Result};
use o2s_framework_core::orders::ListOrders;
use o2s_framework_core::support::Module;

use crate::Scenario;
use crate::check::{done, sound, unchanged};
use crate::customers;
use crate::probe::{Targets, call};
use crate::shopping::{id, pieces};
use crate::subject::Subject;

const CART: &[&str] = &["carts.add_item", "carts.get_cart", "checkout.set_payment", "checkout.list_shipping_options"];
const ORDER: &[&str] = &["orders.get_order", "checkout.place_order", "carts.add_item"];
const ADDRESS: &[&str] = &["customers.get_address", "customers.create_address"];

pub(crate) fn scenarios() -> Vec<Scenario> {
    vec![
        Scenario::new("ownership::a_customers_cart_is_hidden_from_guests", CART, cart_hidden_from_guests).signed_in(),
        Scenario::new("ownership::a_customers_cart_is_hidden_from_other_customers", CART, cart_hidden_from_others)
            .signed_in(),
        Scenario::new("ownership::a_customers_cart_is_open_to_the_customer", CART, cart_open_to_owner).signed_in(),
        Scenario::new("ownership::a_guests_cart_is_open_to_whoever_knows_its_id", CART, guest_cart_open),
        Scenario::new(
            "ownership::a_cart_started_before_signing_in_can_be_gone_on_with",
            SIGNED_IN,
            cart_before_sign_in,
        )
        .signed_in(),
        Scenario::new("ownership::a_customers_order_is_hidden_from_guests", ORDER, order_hidden_from_guests)
            .signed_in(),
        Scenario::new("ownership::a_customers_order_is_hidden_from_other_customers", ORDER, order_hidden_from_others)
            .signed_in(),
        Scenario::new("ownership::a_guests_order_is_open_to_whoever_knows_its_id", ORDER, guest_order_open).signed_in(),
        Scenario::new("ownership::a_placed_cart_stays_hidden", ORDER, placed_cart_hidden).signed_in(),
        Scenario::new("ownership::a_bad_token_is_never_a_guest", &["carts.add_item"], bad_token_everywhere).signed_in(),
        Scenario::new("ownership::a_bad_token_opens_no_cart", CART, bad_token_on_carts).signed_in(),
        Scenario::new("ownership::a_bad_token_opens_no_order", ORDER, bad_token_on_orders).signed_in(),
        Scenario::new("ownership::a_bad_token_opens_no_address", ADDRESS, bad_token_on_addresses).signed_in(),
        Scenario::new("ownership::a_bad_token_writes_nothing", CART, bad_token_writes_nothing).signed_in(),
    ]
}

const SIGNED_IN: &[&str] = &["carts.add_item", "checkout.place_order", "orders.list_orders"];

/// The operations on a cart, in an order in which each can be done after the ones before it.
const ON_CART: &[(Module, &str)] = &[
    (Module::Carts, "get_cart"),
    (Module::Carts, "prepare_checkout"),
    (Module::Checkout, "list_shipping_options"),
    (Module::Checkout, "get_summary"),
    (Module::Payments, "get_session"),
    (Module::Carts, "update_cart"),
    (Module::Carts, "add_item"),
    (Module::Carts, "update_item"),
    (Module::Carts, "apply_promotion"),
    (Module::Carts, "remove_promotion"),
    (Module::Carts, "update_addresses"),
    (Module::Checkout, "set_addresses"),
    (Module::Carts, "add_shipping_method"),
    (Module::Checkout, "set_shipping_method"),
    (Module::Payments, "create_session"),
    (Module::Checkout, "set_payment"),
    (Module::Payments, "update_session"),
    (Module::Payments, "cancel_session"),
    (Module::Checkout, "place_order"),
    (Module::Checkout, "complete_checkout"),
    (Module::Carts, "remove_item"),
    (Module::Carts, "delete_cart"),
];

/// Those of the operations that the shop can do.
fn possible<'a>(s: &Subject, operations: &'a [(Module, &'a str)]) -> Vec<(Module, &'a str)> {
    operations.iter().copied().filter(|(module, name)| s.can(&[&format!("{module}.{name}")])).collect()
}

/// A cart of the caller that could be placed, with all that operations on it need.
async fn cart_of(s: &Subject, cx: &RequestContext) -> (Cart, Targets) {
    let cart = s.ready_cart(cx, &s.facts.payment.plain).await;
    let targets = Targets {
        cart: cart.id.clone(),
        line: cart.items.data[0].id.clone(),
        session: cart.payment_session_id.clone().unwrap_or_else(|| panic!("no payment session")),
        shipping_option: s.facts.shipping.express.id.clone(),
        ..Targets::unknown(&s.facts)
    };
    (cart, targets)
}

/// Every operation on the cart answers as if it did not exist.
async fn hidden(s: &Subject, owner: &RequestContext, visitor: &RequestContext, who: &str) {
    let (cart, targets) = cart_of(s, owner).await;
    for (module, name) in possible(s, ON_CART) {
        let code = if name.ends_with("_session") && name != "create_session" {
            "payment.session_not_found"
        } else {
            "cart.not_found"
        };
        match call(&s.modules, visitor, module, name, &targets).await {
            Ok(()) => panic!("{module}.{name} was done by {who}"),
            Err(error) => assert_eq!(
                (error.kind(), error.code()),
                (ErrorKind::NotFound, code),
                "{module}.{name} by {who}: {error}"
            ),
        }
    }
    unchanged(&cart, &s.cart(owner, &cart.id).await);
}

async fn cart_hidden_from_guests(s: Subject) {
    hidden(&s, &s.jane(), &s.guest(), "a guest").await;
}

async fn cart_hidden_from_others(s: Subject) {
    hidden(&s, &s.jane(), &s.john(), "another customer").await;
}

/// An answer that is not about who asks: done, or refused for a reason of the cart's own.
fn not_hidden(result: &Result<()>, what: &str) {
    if let Err(error) = result {
        let about_caller = error.kind() == ErrorKind::Unauthenticated || error.code() == "cart.not_found";
        assert!(!about_caller, "{what} is refused because of who asks: {error}");
    }
}

async fn open(s: &Subject, owner: &RequestContext, visitor: &RequestContext, who: &str) {
    let (_, targets) = cart_of(s, owner).await;
    for (module, name) in possible(s, ON_CART) {
        let result = call(&s.modules, visitor, module, name, &targets).await;
        not_hidden(&result, &format!("{module}.{name} by {who}"));
    }
}

async fn cart_open_to_owner(s: Subject) {
    open(&s, &s.jane(), &s.jane(), "the owner").await;
}

async fn guest_cart_open(s: Subject) {
    open(&s, &s.guest(), &s.guest(), "a guest").await;
}

async fn cart_before_sign_in(s: Subject) {
    let (guest, jane) = (s.guest(), s.jane());
    let cart = s.cart_of(&guest, &s.facts.variants.plain, 1).await;
    let read = s.cart(&jane, &cart.id).await;
    assert_eq!(read.items, cart.items);
    s.add(&jane, &cart, &s.facts.variants.other, 1).await;
    let cart = s.made_ready(&jane, &cart, &s.facts.payment.plain).await;
    let order = s.place(&jane, &cart.id).await.order;
    let request = ListOrders { id: Some(order.id), ..ListOrders::default() };
    let listed = done("listing orders", s.modules.orders.list_orders(&jane, &request)).await;
    assert_eq!(listed.total, 1, "an order that a customer places is the customer's");
}

/// Reading the order answers as if it did not exist.
async fn order_hidden(s: &Subject, visitor: &RequestContext, who: &str) {
    let order = s.order_of(&s.jane(), 1).await.order.id;
    let targets = Targets { order, ..Targets::unknown(&s.facts) };
    match call(&s.modules, visitor, Module::Orders, "get_order", &targets).await {
        Ok(()) => panic!("the order was read by {who}"),
        Err(error) => {
            assert_eq!((error.kind(), error.code()), (ErrorKind::NotFound, "order.not_found"), "by {who}: {error}");
        }
    }
    done("the owner's order", call(&s.modules, &s.jane(), Module::Orders, "get_order", &targets)).await;
}

async fn order_hidden_from_guests(s: Subject) {
    order_hidden(&s, &s.guest(), "a guest").await;
}

async fn order_hidden_from_others(s: Subject) {
    order_hidden(&s, &s.john(), "another customer").await;
}

async fn guest_order_open(s: Subject) {
    let order = s.order_of(&s.guest(), 1).await.order.id;
    let targets = Targets { order, ..Targets::unknown(&s.facts) };
    for (cx, who) in [(s.guest(), "a guest"), (s.jane(), "a customer")] {
        done(who, call(&s.modules, &cx, Module::Orders, "get_order", &targets)).await;
    }
}

async fn placed_cart_hidden(s: Subject) {
    let (jane, john, guest) = (s.jane(), s.john(), s.guest());
    let cart = s.ready_cart(&jane, &s.facts.payment.plain).await;
    s.place(&jane, &cart.id).await;
    let targets = Targets { cart: cart.id, ..Targets::unknown(&s.facts) };
    for (cx, who) in [(john, "another customer"), (guest, "a guest")] {
        for (module, name) in
            [(Module::Checkout, "place_order"), (Module::Carts, "get_cart"), (Module::Carts, "add_item")]
        {
            match call(&s.modules, &cx, module, name, &targets).await {
                Ok(()) => panic!("{module}.{name} of a placed cart was done by {who}"),
                Err(error) => assert_eq!(error.code(), "cart.not_found", "{module}.{name} by {who}: {error}"),
            }
        }
    }
}

/// Each operation, called with each kind of bad token, asks to sign in again.
async fn bad_token(s: &Subject, operations: &[(Module, &str)], targets: &Targets) {
    for (module, name) in possible(s, operations) {
        for (token, cx) in s.impostors() {
            match call(&s.modules, &cx, module, name, targets).await {
                Ok(()) => panic!("{module}.{name} was done with {token}"),
                Err(error) => assert_eq!(
                    (error.kind(), error.code()),
                    (ErrorKind::Unauthenticated, "auth.invalid_token"),
                    "{module}.{name} with {token}: {error}"
                ),
            }
        }
    }
}

async fn bad_token_everywhere(s: Subject) {
    let rows: Vec<_> = s.modules.support().into_iter().map(|(module, name, _)| (module, name)).collect();
    bad_token(&s, &rows, &Targets::unknown(&s.facts)).await;
}

async fn bad_token_on_carts(s: Subject) {
    for owner in [s.guest(), s.jane()] {
        let (cart, targets) = cart_of(&s, &owner).await;
        bad_token(&s, ON_CART, &targets).await;
        unchanged(&cart, &s.cart(&owner, &cart.id).await);
    }
}

async fn bad_token_on_orders(s: Subject) {
    for owner in [s.guest(), s.jane()] {
        let order = s.order_of(&owner, 1).await.order.id;
        let targets = Targets { order, ..Targets::unknown(&s.facts) };
        bad_token(&s, &[(Module::Orders, "get_order"), (Module::Orders, "list_orders")], &targets).await;
    }
}

async fn bad_token_on_addresses(s: Subject) {
    let jane = s.jane();
    let saved = customers::save(&s, &jane, &s.facts.home.country).await;
    let targets = Targets { address: saved.id.clone(), ..Targets::unknown(&s.facts) };
    let operations = [
        (Module::Customers, "list_addresses"),
        (Module::Customers, "get_address"),
        (Module::Customers, "create_address"),
        (Module::Customers, "update_address"),
        (Module::Customers, "set_default_address"),
        (Module::Customers, "delete_address"),
    ];
    bad_token(&s, &operations, &targets).await;
    let left = done("reading the address", s.modules.customers.get_address(&jane, &saved.id)).await;
    assert_eq!(left, saved, "the address changed");
}

async fn bad_token_writes_nothing(s: Subject) {
    let guest = s.guest();
    let cart = s.cart_of(&guest, &s.facts.variants.plain, 1).await;
    let variant = s.facts.variants.plain.variant_id.clone();
    for (token, cx) in s.impostors() {
        for request in [
            AddCartItem::to_cart(cart.id.clone(), variant.clone(), pieces(1)),
            AddCartItem::to_new_cart(s.facts.home.currency, variant.clone(), pieces(1)),
            AddCartItem::to_cart(id("cart_01NONE"), variant.clone(), pieces(1)),
        ] {
            let error = s.modules.carts.add_item(&cx, &request).await.err();
            let code = error.map(|error| error.code());
            assert_eq!(code, Some("auth.invalid_token"), "adding with {token}");
        }
    }
    unchanged(&cart, &sound(s.cart(&guest, &cart.id).await));
}

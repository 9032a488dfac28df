//! Placing orders: one cart becomes one order.

use futures_util::future::join_all;
use o2s_framework_core::carts::{ApplyPromotion, UpdateCart, UpdateCartAddresses};
use o2s_framework_core::checkout::{CompleteCheckout, PlaceOrder, PlacedOrder};
use o2s_framework_core::context::RequestContext;
use o2s_framework_core::error::{Error, ErrorKind, Result};
use o2s_framework_core::ids::CartId;
use o2s_framework_core::orders::{GetOrder, ListOrders, Order, OrderStatus, PaymentStatus};
use o2s_framework_core::payments::UpdateSession;
use serde_json::json;

use crate::Scenario;
use crate::check::{conflict, done, invalid, not_found, refused, sound_order, unchanged};
use crate::customers;
use crate::shopping::{RETURN_URL, address, email, id, leads_back, limit, metadata, whole_checkout};
use crate::subject::Subject;

const PLACE: &[&str] = &["checkout.place_order", "checkout.set_payment", "carts.add_item"];
const PLACE_READ: &[&str] = &["checkout.place_order", "orders.get_order", "checkout.set_payment", "carts.add_item"];
const PLACE_EMPTY: &[&str] = &["checkout.place_order", "carts.create_cart"];
const MOVE: &[&str] = &["checkout.place_order", "carts.update_cart", "checkout.set_payment", "carts.add_item"];
const APPROVED: &[&str] =
    &["checkout.place_order", "payments.update_session", "checkout.set_payment", "carts.add_item"];
const COMPLETE: &[&str] = &["checkout.complete_checkout", "carts.add_item", "carts.get_cart"];
const COMPLETE_SAVED: &[&str] = &["checkout.complete_checkout", "carts.add_item", "customers.create_address"];
const COMPLETE_EMPTY: &[&str] = &["checkout.complete_checkout", "carts.create_cart", "carts.get_cart"];

pub(crate) fn scenarios() -> Vec<Scenario> {
    vec![
        Scenario::new("placing::a_guests_cart_becomes_an_order", PLACE_READ, guest_order),
        Scenario::new("placing::a_customers_cart_becomes_the_customers_order", PLACE_READ, customer_order).signed_in(),
        Scenario::new("placing::the_order_keeps_what_the_cart_had", PLACE, keeps),
        Scenario::new("placing::placing_again_gives_the_same_order", PLACE, again),
        Scenario::new("placing::five_at_once_give_one_order", PLACE, five_at_once).signed_in(),
        Scenario::new("placing::a_cart_that_has_moved_needs_an_address_there", MOVE, moved),
        Scenario::new("placing::what_is_missing_is_named_in_order", PLACE, missing),
        Scenario::new("placing::an_empty_cart_is_not_placed", PLACE_EMPTY, empty),
        Scenario::new("placing::an_unknown_cart_is_not_found", &["checkout.place_order"], unknown),
        Scenario::new("placing::a_guest_needs_an_email_address", PLACE, email_needed),
        Scenario::new("placing::the_email_address_may_come_with_the_order", PLACE, email_given),
        Scenario::new("placing::a_customer_needs_no_email_address", PLACE, email_of_customer).signed_in(),
        Scenario::new("placing::a_redirect_is_an_action_of_the_customer", PLACE, redirect),
        Scenario::new("placing::after_the_redirect_the_order_is_placed", APPROVED, approved),
        Scenario::new("placing::a_refused_payment_is_told", PLACE, failing),
        Scenario::new("placing::after_a_refused_payment_another_is_taken", PLACE, failing_then_plain),
        Scenario::new("placing::what_was_sold_meanwhile_is_out_of_stock", PLACE, sold_meanwhile).taking_stock(),
        Scenario::new("placing::virtual_goods_need_shipping_or_not", PLACE, virtual_goods),
        Scenario::new("placing::promotions_reduce_the_order", PROMOTED, promoted),
        Scenario::new("placing::a_whole_checkout_in_one_call", COMPLETE, whole),
        Scenario::new("placing::a_whole_checkout_with_saved_addresses", COMPLETE_SAVED, whole_saved).signed_in(),
        Scenario::new("placing::a_whole_checkout_uses_what_the_cart_has", COMPLETE, whole_by_cart),
        Scenario::new("placing::a_whole_checkout_is_checked_before_the_first_write", COMPLETE, whole_checked),
        Scenario::new("placing::a_whole_checkout_needs_shipping", COMPLETE, whole_unshipped),
        Scenario::new("placing::a_whole_checkout_of_an_empty_cart_is_refused", COMPLETE_EMPTY, whole_empty),
        Scenario::new("placing::a_whole_checkout_by_redirect_tells_where_to_go", COMPLETE, whole_redirect),
        Scenario::new("placing::a_whole_checkout_twice_is_one_order", COMPLETE, whole_twice),
        Scenario::new("placing::a_whole_checkout_of_an_unknown_cart_is_not_found", COMPLETE, whole_unknown),
    ]
}

const PROMOTED: &[&str] = &["checkout.place_order", "carts.apply_promotion", "carts.add_item"];

async fn read(s: &Subject, cx: &RequestContext, order: &Order) -> Order {
    let request = GetOrder::default();
    sound_order(done("reading the order", s.modules.orders.get_order(cx, &order.id, &request)).await)
}

async fn try_to_place(s: &Subject, cx: &RequestContext, cart: &CartId) -> Result<PlacedOrder> {
    s.modules.checkout.place_order(cx, cart, &PlaceOrder::default()).await
}

/// The answer of placing and the order as it is read later tell the same.
fn same_order(placed: &Order, read: &Order) {
    assert_eq!((&placed.id, &placed.total, &placed.email), (&read.id, &read.total, &read.email));
    assert_eq!((placed.status, placed.payment_status), (read.status, read.payment_status), "the statuses");
    assert_eq!((&placed.customer_id, placed.created_at), (&read.customer_id, read.created_at));
    assert_eq!((&placed.shipping_address, &placed.items.total), (&read.shipping_address, &read.items.total));
}

async fn guest_order(s: Subject) {
    let guest = s.guest();
    let placed = s.order_of(&guest, 2).await;
    assert_eq!(placed.payment_redirect_url, None);
    let order = placed.order;
    assert_eq!((order.status, order.email.as_ref()), (OrderStatus::Pending, Some(&email())));
    assert_ne!(order.payment_status, PaymentStatus::Unknown, "the payment status");
    same_order(&order, &read(&s, &guest, &order).await);
}

async fn customer_order(s: Subject) {
    let jane = s.jane();
    let cart = s.ready_cart(&jane, &s.facts.payment.plain).await;
    let order = s.place(&jane, &cart.id).await.order;
    assert_eq!(order.customer_id, cart.customer_id, "whose order it is");
    same_order(&order, &read(&s, &jane, &order).await);
}

async fn keeps(s: Subject) {
    let (guest, facts) = (s.guest(), &s.facts);
    let cart = s.cart_of(&guest, &facts.variants.plain, 2).await;
    let cart = s.add(&guest, &cart, &facts.variants.other, 1).await;
    let request = UpdateCartAddresses { notes: Some("Ring twice".to_owned()), ..UpdateCartAddresses::default() };
    done("leaving a note", s.modules.checkout.set_addresses(&guest, &cart.id, &request)).await;
    let cart = s.made_ready(&guest, &cart, &facts.payment.plain).await;
    let order = s.place(&guest, &cart.id).await.order;
    assert_eq!((&order.total, &order.subtotal, order.currency), (&cart.total, &cart.subtotal, cart.currency));
    assert_eq!((&order.shipping_total, &order.tax), (&cart.shipping_total, &cart.tax_total));
    assert_eq!(order.discount_total, cart.discount_total);
    assert_eq!((&order.shipping_address, &order.billing_address), (&cart.shipping_address, &cart.billing_address));
    assert_eq!(order.customer_comment.as_deref(), Some("Ring twice"), "the note");
    assert_eq!(order.shipping_methods.len(), 1);
    assert_eq!(order.shipping_methods[0].name, facts.shipping.standard.name);
    let lines = |names: Vec<(String, u64)>| {
        let mut names = names;
        names.sort();
        names
    };
    assert_eq!(
        lines(order.items.data.iter().map(|line| (line.product.sku.clone(), line.quantity)).collect()),
        lines(cart.items.data.iter().map(|line| (line.sku.clone(), line.quantity)).collect()),
    );
    for line in &order.items.data {
        assert!([&facts.variants.plain.product_id, &facts.variants.other.product_id].contains(&&line.product_id));
        assert!(line.product.variant_id.is_some() && line.total.is_some());
    }
}

async fn again(s: Subject) {
    let guest = s.guest();
    let cart = s.ready_cart(&guest, &s.facts.payment.plain).await;
    let first = s.place(&guest, &cart.id).await;
    let second = s.place(&guest, &cart.id).await;
    same_order(&first.order, &second.order);
    let request = PlaceOrder { email: Some(email()) };
    let third = done("placing again", s.modules.checkout.place_order(&guest, &cart.id, &request)).await;
    assert_eq!(third.order.id, first.order.id);
}

async fn moved(s: Subject) {
    let guest = s.guest();
    let cart = s.ready_cart(&guest, &s.facts.payment.plain).await;
    let abroad = UpdateCart { region_id: Some(s.facts.abroad.id.clone()), ..UpdateCart::default() };
    let moved = done("moving a cart", s.modules.carts.update_cart(&guest, &cart.id, &abroad)).await;
    let country = moved.shipping_address.map(|address| address.country).unwrap_or_default();
    assert!(country.is_empty() || country == s.facts.home.country, "the address is in {country} now");
    let request = PlaceOrder::default();
    let call = s.modules.checkout.place_order(&guest, &cart.id, &request);
    invalid("an order to a country that the region does not serve", call, "checkout.incomplete").await;
}

async fn five_at_once(s: Subject) {
    let jane = s.jane();
    let cart = s.ready_cart(&jane, &s.facts.payment.plain).await;
    let placed = join_all((0..5).map(|_| s.place(&jane, &cart.id))).await;
    let first = &placed[0].order;
    assert!(placed.iter().all(|placed| placed.order.id == first.id), "one cart became several orders");
    if s.can(&["orders.list_orders"]) {
        let request = ListOrders { date_from: Some(first.created_at), limit: limit(1000), ..ListOrders::default() };
        let listed = done("listing orders", s.modules.orders.list_orders(&jane, &request)).await;
        assert_eq!(listed.data.iter().filter(|order| order.total == first.total).count(), 1, "several orders");
    }
}

async fn incomplete(s: &Subject, cx: &RequestContext, cart: &CartId, what: [&str; 2]) {
    let error = invalid("placing too early", try_to_place(s, cx, cart), "checkout.incomplete").await;
    let message = error.message().to_lowercase();
    assert!(what.iter().all(|word| message.contains(word)), "it does not name the {what:?}: {error}");
}

async fn missing(s: Subject) {
    let (guest, facts) = (s.guest(), &s.facts);
    let cart = s.cart_of(&guest, &facts.variants.plain, 1).await;
    incomplete(&s, &guest, &cart.id, ["shipping", "address"]).await;
    s.addressed(&guest, &cart, &facts.home).await;
    incomplete(&s, &guest, &cart.id, ["shipping", "method"]).await;
    s.shipped(&guest, &cart.id, &facts.shipping.standard).await;
    incomplete(&s, &guest, &cart.id, ["payment", ""]).await;
    s.paid_by(&guest, &cart.id, &facts.payment.plain).await;
    s.place(&guest, &cart.id).await;
}

async fn empty(s: Subject) {
    let guest = s.guest();
    let cart = s.empty_cart(&guest).await;
    invalid("placing an empty cart", try_to_place(&s, &guest, &cart.id), "cart.empty").await;
}

async fn unknown(s: Subject) {
    let (guest, cart) = (s.guest(), id("cart_01NONE"));
    not_found("placing an unknown cart", try_to_place(&s, &guest, &cart), "cart.not_found").await;
}

/// The cart of a caller who gave no e-mail address, but for that ready to be placed.
async fn without_email(s: &Subject, cx: &RequestContext) -> CartId {
    let cart = s.cart_of(cx, &s.facts.variants.plain, 1).await;
    let request = UpdateCartAddresses {
        shipping_address: Some(address(&s.facts.home.country)),
        ..UpdateCartAddresses::default()
    };
    done("setting the address", s.modules.checkout.set_addresses(cx, &cart.id, &request)).await;
    s.shipped(cx, &cart.id, &s.facts.shipping.standard).await;
    s.paid_by(cx, &cart.id, &s.facts.payment.plain).await;
    cart.id
}

async fn email_needed(s: Subject) {
    let guest = s.guest();
    let cart = without_email(&s, &guest).await;
    let before = s.cart(&guest, &cart).await;
    invalid("a guest without e-mail", try_to_place(&s, &guest, &cart), "checkout.email_required").await;
    unchanged(&before, &s.cart(&guest, &cart).await);
}

async fn email_given(s: Subject) {
    let guest = s.guest();
    let cart = without_email(&s, &guest).await;
    let request = PlaceOrder { email: Some(email()) };
    let placed = done("placing with e-mail", s.modules.checkout.place_order(&guest, &cart, &request)).await;
    assert_eq!(sound_order(placed.order).email, Some(email()));
}

async fn email_of_customer(s: Subject) {
    let jane = s.jane();
    let cart = without_email(&s, &jane).await;
    let placed = s.place(&jane, &cart).await;
    assert!(placed.order.email.is_some(), "the confirmation goes nowhere");
}

fn tells_where_to_go(error: &Error) {
    let action = error.payment_action().unwrap_or_else(|| panic!("it does not tell what to do: {error}"));
    let url = action.redirect_url.as_deref().unwrap_or_else(|| panic!("nowhere to go: {error}"));
    leads_back(url, &[RETURN_URL]);
    assert!(action.client_secret.as_ref().is_some_and(|secret| !secret.is_empty()), "no secret for the browser");
    let shown = format!("{error} {error:?}");
    assert!(
        !action.client_secret.as_ref().is_some_and(|secret| shown.contains(secret.as_str())),
        "the secret is shown"
    );
}

async fn needs_action<T>(what: &str, call: impl Future<Output = Result<T>>) {
    tells_where_to_go(&refused(what, call, ErrorKind::PaymentRequired, "payment.action_required").await);
}

async fn redirect(s: Subject) {
    let guest = s.guest();
    let cart = s.ready_cart(&guest, &s.facts.payment.redirect).await;
    needs_action("placing before the customer has paid", try_to_place(&s, &guest, &cart.id)).await;
    let left = s.cart(&guest, &cart.id).await;
    assert_eq!((left.items, left.total), (cart.items.clone(), cart.total.clone()), "the cart changed");
    needs_action("placing again", try_to_place(&s, &guest, &cart.id)).await;
}

async fn approved(s: Subject) {
    let guest = s.guest();
    let cart = s.ready_cart(&guest, &s.facts.payment.redirect).await;
    needs_action("placing before the customer has paid", try_to_place(&s, &guest, &cart.id)).await;
    let session = s.cart(&guest, &cart.id).await.payment_session_id;
    let session = session.unwrap_or_else(|| panic!("the session is gone"));
    let request = UpdateSession { metadata: Some(metadata(&json!({ "approved": true }))), ..UpdateSession::default() };
    done("coming back", s.modules.payments.update_session(&guest, &session, &request)).await;
    let order = s.place(&guest, &cart.id).await.order;
    assert_eq!(order.total, cart.total);
}

async fn failing(s: Subject) {
    let guest = s.guest();
    let cart = s.ready_cart(&guest, &s.facts.payment.failing).await;
    let call = try_to_place(&s, &guest, &cart.id);
    let error = refused("a refused payment", call, ErrorKind::PaymentRequired, "payment.failed").await;
    assert!(error.payment_action().is_none(), "there is nothing the customer can do with this payment");
    let left = s.cart(&guest, &cart.id).await;
    assert_eq!((left.items, left.total), (cart.items, cart.total), "the cart changed");
}

async fn failing_then_plain(s: Subject) {
    let (guest, facts) = (s.guest(), &s.facts.payment);
    let cart = s.ready_cart(&guest, &facts.failing).await;
    let call = try_to_place(&s, &guest, &cart.id);
    refused("a refused payment", call, ErrorKind::PaymentRequired, "payment.failed").await;
    s.paid_by(&guest, &cart.id, &facts.plain).await;
    assert_eq!(s.place(&guest, &cart.id).await.order.total, cart.total);
}

async fn sold_meanwhile(s: Subject) {
    let (guest, facts) = (s.guest(), &s.facts);
    let fact = &facts.variants.last_pieces;
    let first = s.ready_cart_of(&guest, fact, 2, &facts.payment.plain).await;
    let second = s.ready_cart_of(&guest, fact, 2, &facts.payment.plain).await;
    s.place(&guest, &first.id).await;
    let call = try_to_place(&s, &guest, &second.id);
    conflict("placing what was sold meanwhile", call, "cart.out_of_stock").await;
    let left = s.cart(&guest, &second.id).await;
    assert_eq!(left.items, second.items, "the cart changed");
    s.set_quantity(&guest, &second, 1).await;
    s.paid_by(&guest, &second.id, &facts.payment.plain).await;
    s.place(&guest, &second.id).await;
}

async fn virtual_goods(s: Subject) {
    let (guest, facts) = (s.guest(), &s.facts);
    let cart = s.cart_of(&guest, &facts.variants.service, 1).await;
    s.addressed(&guest, &cart, &facts.home).await;
    s.paid_by(&guest, &cart.id, &facts.payment.plain).await;
    if facts.virtual_goods_ship {
        incomplete(&s, &guest, &cart.id, ["shipping", "method"]).await;
    } else {
        let order = s.place(&guest, &cart.id).await.order;
        assert!(order.shipping_total.is_some_and(|price| price.value.is_zero()), "what is not shipped costs shipping");
    }
}

async fn promoted(s: Subject) {
    let (guest, facts) = (s.guest(), &s.facts);
    let cart = s.cart_of(&guest, &facts.variants.plain, 3).await;
    let request = ApplyPromotion { code: facts.promotions.percent.code.clone(), locale: None };
    done("applying a promotion", s.modules.carts.apply_promotion(&guest, &cart.id, &request)).await;
    let cart = s.made_ready(&guest, &cart, &facts.payment.plain).await;
    let order = s.place(&guest, &cart.id).await.order;
    assert_eq!((&order.discount_total, &order.total), (&cart.discount_total, &cart.total));
    assert!(order.discount_total.is_some_and(|discount| !discount.value.is_zero()), "no discount");
}

async fn complete(s: &Subject, cx: &RequestContext, cart: &CartId, request: &CompleteCheckout) -> Order {
    let placed = done("the whole checkout", s.modules.checkout.complete_checkout(cx, cart, request)).await;
    assert_eq!(placed.payment_redirect_url, None);
    sound_order(placed.order)
}

/// A cart, and a whole checkout of it with the standard shipping option.
async fn cart_and_checkout(s: &Subject, cx: &RequestContext) -> (CartId, CompleteCheckout) {
    let cart = s.cart_of(cx, &s.facts.variants.plain, 1).await.id;
    let option = s.facts.shipping.standard.id.clone();
    let request = whole_checkout(&s.facts.payment.plain, &s.facts.home.country);
    (cart, CompleteCheckout { shipping_method_id: Some(option), ..request })
}

async fn whole(s: Subject) {
    let guest = s.guest();
    let (cart, request) = cart_and_checkout(&s, &guest).await;
    let request = CompleteCheckout { notes: Some("Leave it with Bo".to_owned()), ..request };
    let order = complete(&s, &guest, &cart, &request).await;
    assert_eq!((&order.shipping_address, &order.email), (&request.shipping_address, &request.email));
    assert_eq!(order.billing_address, request.shipping_address, "one address is used for both");
    assert_eq!(order.customer_comment, request.notes);
    assert_eq!(order.shipping_methods.len(), 1);
}

async fn whole_saved(s: Subject) {
    let jane = s.jane();
    let saved = customers::save(&s, &jane, &s.facts.home.country).await;
    let (cart, request) = cart_and_checkout(&s, &jane).await;
    let request =
        CompleteCheckout { shipping_address: None, shipping_address_id: Some(saved.id), email: None, ..request };
    let order = complete(&s, &jane, &cart, &request).await;
    assert_eq!(order.shipping_address, Some(saved.address));
}

async fn whole_by_cart(s: Subject) {
    let (guest, facts) = (s.guest(), &s.facts);
    let cart = s.ready_cart(&guest, &facts.payment.failing).await;
    let request = CompleteCheckout {
        shipping_address: None,
        email: None,
        ..whole_checkout(&facts.payment.plain, &facts.home.country)
    };
    let order = complete(&s, &guest, &cart.id, &request).await;
    assert_eq!((order.shipping_address, order.email, order.total), (cart.shipping_address, cart.email, cart.total));
}

async fn whole_checked(s: Subject) {
    let guest = s.guest();
    let (cart, good) = cart_and_checkout(&s, &guest).await;
    let before = s.cart(&guest, &cart).await;
    let foreign = Some(address(&s.facts.abroad.country));
    for (request, code, what) in [
        (CompleteCheckout { shipping_address: foreign, ..good.clone() }, "address.country_not_in_region", "country"),
        (CompleteCheckout { shipping_address: None, ..good.clone() }, "checkout.incomplete", "no address"),
        (CompleteCheckout { email: None, ..good.clone() }, "checkout.email_required", "no e-mail"),
        (
            CompleteCheckout { payment_provider_id: id("pp_none"), ..good.clone() },
            "payment.provider_invalid",
            "provider",
        ),
        (
            CompleteCheckout { shipping_method_id: Some(id("so_none")), ..good.clone() },
            "shipping_option.invalid",
            "option",
        ),
    ] {
        let call = s.modules.checkout.complete_checkout(&guest, &cart, &request);
        invalid(&format!("a whole checkout with a bad {what}"), call, code).await;
        unchanged(&before, &s.cart(&guest, &cart).await);
    }
    complete(&s, &guest, &cart, &good).await;
}

async fn whole_unshipped(s: Subject) {
    let guest = s.guest();
    let (cart, request) = cart_and_checkout(&s, &guest).await;
    let before = s.cart(&guest, &cart).await;
    let request = CompleteCheckout { shipping_method_id: None, ..request };
    let call = s.modules.checkout.complete_checkout(&guest, &cart, &request);
    let error = invalid("a whole checkout without shipping", call, "checkout.incomplete").await;
    assert!(error.message().to_lowercase().contains("shipping method"), "{error}");
    unchanged(&before, &s.cart(&guest, &cart).await);
}

async fn whole_empty(s: Subject) {
    let guest = s.guest();
    let cart = s.empty_cart(&guest).await;
    let request = CompleteCheckout {
        shipping_method_id: Some(id("so_1")),
        ..whole_checkout(&s.facts.payment.plain, &s.facts.home.country)
    };
    let call = s.modules.checkout.complete_checkout(&guest, &cart.id, &request);
    invalid("a whole checkout of nothing", call, "cart.empty").await;
    unchanged(&cart, &s.cart(&guest, &cart.id).await);
}

async fn whole_redirect(s: Subject) {
    let guest = s.guest();
    let (cart, request) = cart_and_checkout(&s, &guest).await;
    let request = CompleteCheckout { payment_provider_id: s.facts.payment.redirect.clone(), ..request };
    let call = s.modules.checkout.complete_checkout(&guest, &cart, &request);
    needs_action("a whole checkout by redirect", call).await;
}

async fn whole_twice(s: Subject) {
    let guest = s.guest();
    let (cart, request) = cart_and_checkout(&s, &guest).await;
    let first = complete(&s, &guest, &cart, &request).await;
    let second = complete(&s, &guest, &cart, &request).await;
    same_order(&first, &second);
}

async fn whole_unknown(s: Subject) {
    let (guest, cart) = (s.guest(), id("cart_01NONE"));
    let request = CompleteCheckout {
        shipping_method_id: Some(id("so_1")),
        ..whole_checkout(&s.facts.payment.plain, &s.facts.home.country)
    };
    let call = s.modules.checkout.complete_checkout(&guest, &cart, &request);
    not_found("a whole checkout of an unknown cart", call, "cart.not_found").await;
}

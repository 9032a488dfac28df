//! Orders of guests: found again by what their customers remember, and made their accounts' own.

use o2s_framework_core::checkout::PlaceOrder;
use o2s_framework_core::context::RequestContext;
use o2s_framework_core::ids::OrderId;
use o2s_framework_core::orders::{ConfirmClaim, GetOrder, ListOrders, LookUpOrder, Order};

use crate::Scenario;
use crate::check::{conflict, done, invalid, needs_sign_in, not_found, sound_order};
use crate::shopping::{claim, id};
use crate::subject::Subject;

const NUMBER: &[&str] = &["orders.get_order", "checkout.place_order", "carts.add_item"];
const LOOK_UP: &[&str] = &["orders.look_up_order", "orders.get_order", "checkout.place_order", "carts.add_item"];
const CLAIM: &[&str] = &[
    "orders.request_claim",
    "orders.confirm_claim",
    "orders.get_order",
    "orders.list_orders",
    "checkout.place_order",
    "carts.add_item",
];

pub(crate) fn scenarios() -> Vec<Scenario> {
    vec![
        Scenario::new("claims::an_order_has_a_number", NUMBER, has_number),
        Scenario::new("claims::a_guests_order_is_found_by_what_the_guest_knows", LOOK_UP, found).signed_in(),
        Scenario::new("claims::an_order_is_not_found_by_half_of_it", LOOK_UP, half_known),
        Scenario::new("claims::a_customers_order_is_found_by_the_customer_alone", LOOK_UP, customers_order).signed_in(),
        Scenario::new("claims::a_look_up_without_a_postal_code_is_refused", LOOK_UP, no_postal_code),
        Scenario::new("claims::a_guests_order_becomes_the_customers", CLAIM, becomes_own).signed_in(),
        Scenario::new("claims::a_claimed_order_is_not_seen_through_its_cart", CLAIM, not_through_cart).signed_in(),
        Scenario::new("claims::a_claim_needs_a_customer", CLAIM, needs_customer),
        Scenario::new("claims::an_order_of_ones_own_is_not_claimed", CLAIM, own_order).signed_in(),
        Scenario::new("claims::an_order_of_somebody_else_is_not_claimed", CLAIM, order_of_another).signed_in(),
        Scenario::new("claims::a_wrong_token_proves_nothing", CLAIM, wrong_tokens).signed_in(),
        Scenario::new("claims::a_token_of_another_customer_proves_nothing", CLAIM, of_another).signed_in(),
        Scenario::new("claims::a_lost_token_is_asked_for_again", CLAIM, asked_again).signed_in(),
        Scenario::new("claims::a_token_is_used_once", CLAIM, used_once).signed_in(),
        Scenario::new("claims::a_token_is_of_one_order", CLAIM, of_one_order).signed_in(),
    ]
}

/// What the guest of an order knows of it.
fn known(order: &Order) -> LookUpOrder {
    let address = order.shipping_address.as_ref().unwrap_or_else(|| panic!("{} goes nowhere", order.id));
    LookUpOrder {
        display_id: order.display_id.clone().unwrap_or_else(|| panic!("{} has no number", order.id)),
        email: order.email.clone().unwrap_or_else(|| panic!("{} has no e-mail address", order.id)),
        postal_code: address.postal_code.clone(),
        locale: None,
    }
}

async fn look_up(s: &Subject, cx: &RequestContext, request: &LookUpOrder) -> Order {
    sound_order(done("looking an order up", s.modules.orders.look_up_order(cx, request)).await)
}

async fn has_number(s: Subject) {
    let guest = s.guest();
    let (first, second) = (s.order_of(&guest, 1).await.order, s.order_of(&guest, 1).await.order);
    let read = done("reading", s.modules.orders.get_order(&guest, &first.id, &GetOrder::default())).await;
    assert!(first.display_id.is_some() && read.display_id == first.display_id, "the number of {}", first.id);
    assert_ne!(first.display_id, second.display_id, "two orders have one number");
}

async fn found(s: Subject) {
    let order = s.order_of(&s.guest(), 2).await.order;
    for cx in [s.guest(), s.jane()] {
        let found = look_up(&s, &cx, &known(&order)).await;
        assert_eq!((&found.id, &found.items, found.total.clone()), (&order.id, &order.items, order.total.clone()));
    }
}

async fn half_known(s: Subject) {
    let guest = s.guest();
    let order = s.order_of(&guest, 1).await.order;
    let right = known(&order);
    for wrong in [
        LookUpOrder { display_id: id("999999999"), ..right.clone() },
        LookUpOrder { display_id: id("one"), ..right.clone() },
        LookUpOrder { email: id("somebody@shopper.example"), ..right.clone() },
        LookUpOrder { postal_code: "99999".to_owned(), ..right.clone() },
    ] {
        not_found("a wrong look-up", s.modules.orders.look_up_order(&guest, &wrong), "order.not_found").await;
    }
    look_up(&s, &guest, &right).await;
}

async fn customers_order(s: Subject) {
    let jane = s.jane();
    let order = s.order_of(&jane, 1).await.order;
    let request = known(&order);
    for cx in [s.guest(), s.john()] {
        not_found("the order of a customer", s.modules.orders.look_up_order(&cx, &request), "order.not_found").await;
    }
    assert_eq!(look_up(&s, &jane, &request).await.id, order.id);
}

async fn no_postal_code(s: Subject) {
    let guest = s.guest();
    let order = s.order_of(&guest, 1).await.order;
    let request = LookUpOrder { postal_code: " ".to_owned(), ..known(&order) };
    invalid("no postal code", s.modules.orders.look_up_order(&guest, &request), "request.invalid").await;
}

/// A guest's order that Jane has asked for, with the token that was mailed.
async fn asked_for(s: &Subject) -> (Order, String) {
    let order = s.order_of(&s.guest(), 1).await.order;
    done("claiming an order", s.modules.orders.request_claim(&s.jane(), &order.id)).await;
    let token = s.people().claim_token(&order.id, &s.tokens.jane).await;
    (order, token)
}

async fn confirm(s: &Subject, cx: &RequestContext, id: &OrderId, token: &str) -> Order {
    let request = ConfirmClaim { token: claim(token) };
    sound_order(done("proving a claim", s.modules.orders.confirm_claim(cx, id, &request)).await)
}

async fn not_confirmed(s: &Subject, cx: &RequestContext, id: &OrderId, token: &str, what: &str) {
    let request = ConfirmClaim { token: claim(token) };
    invalid(what, s.modules.orders.confirm_claim(cx, id, &request), "order.claim_invalid").await;
}

async fn listed(s: &Subject, cx: &RequestContext, id: &OrderId) -> bool {
    let request = ListOrders { id: Some(id.clone()), ..ListOrders::default() };
    done("listing orders", s.modules.orders.list_orders(cx, &request)).await.total == 1
}

async fn becomes_own(s: Subject) {
    let (jane, request) = (s.jane(), GetOrder::default());
    let (order, token) = asked_for(&s).await;
    done("still a guest's", s.modules.orders.get_order(&s.guest(), &order.id, &request)).await;
    assert!(!listed(&s, &jane, &order.id).await, "the order was handed over without proof");

    let claimed = confirm(&s, &jane, &order.id, &token).await;
    assert_eq!((&claimed.id, claimed.customer_id.is_some()), (&order.id, true));
    assert!(listed(&s, &jane, &order.id).await, "a claimed order is not in the list");
    let read = done("one's own order", s.modules.orders.get_order(&jane, &order.id, &request)).await;
    assert_eq!(read.customer_id, claimed.customer_id);
    for cx in [s.guest(), s.john()] {
        let call = s.modules.orders.get_order(&cx, &order.id, &request);
        not_found("an order that was claimed", call, "order.not_found").await;
    }
}

async fn not_through_cart(s: Subject) {
    let (guest, jane) = (s.guest(), s.jane());
    let cart = s.ready_cart(&guest, &s.facts.payment.plain).await;
    let order = s.place(&guest, &cart.id).await.order;
    done("claiming an order", s.modules.orders.request_claim(&jane, &order.id)).await;
    let token = s.people().claim_token(&order.id, &s.tokens.jane).await;
    confirm(&s, &jane, &order.id, &token).await;
    for cx in [guest, s.john()] {
        let request = PlaceOrder::default();
        let again = s.modules.checkout.place_order(&cx, &cart.id, &request);
        not_found("placing the order again that was claimed", again, "cart.not_found").await;
    }
}

async fn needs_customer(s: Subject) {
    let guest = s.guest();
    let order = s.order_of(&guest, 1).await.order.id;
    needs_sign_in("a claim of a guest", s.modules.orders.request_claim(&guest, &order)).await;
    let request = ConfirmClaim { token: claim("whatever") };
    needs_sign_in("a proof of a guest", s.modules.orders.confirm_claim(&guest, &order, &request)).await;
}

async fn own_order(s: Subject) {
    let jane = s.jane();
    let order = s.order_of(&jane, 1).await.order.id;
    conflict("claiming one's own", s.modules.orders.request_claim(&jane, &order), "order.already_claimed").await;
}

async fn order_of_another(s: Subject) {
    let (john, jane) = (s.john(), s.jane());
    let order = s.order_of(&jane, 1).await.order.id;
    for id in [&order, &id("order_01NONE")] {
        not_found("claiming another's", s.modules.orders.request_claim(&john, id), "order.not_found").await;
        not_confirmed(&s, &john, id, "no-such-token", "a proof for another's order").await;
    }
    assert!(!listed(&s, &john, &order).await);
}

async fn wrong_tokens(s: Subject) {
    let (jane, guest) = (s.jane(), s.guest());
    let (order, token) = asked_for(&s).await;
    for wrong in ["no-such-token", &token.chars().rev().collect::<String>(), "a.b.c"] {
        not_confirmed(&s, &jane, &order.id, wrong, "a wrong token").await;
    }
    done("still a guest's", s.modules.orders.get_order(&guest, &order.id, &GetOrder::default())).await;
    confirm(&s, &jane, &order.id, &token).await;
}

async fn of_another(s: Subject) {
    let john = s.john();
    let (order, token) = asked_for(&s).await;
    not_confirmed(&s, &john, &order.id, &token, "a token of another customer").await;
    assert!(!listed(&s, &john, &order.id).await, "the order went to who did not ask for it");
    done("still a guest's", s.modules.orders.get_order(&s.guest(), &order.id, &GetOrder::default())).await;
    confirm(&s, &s.jane(), &order.id, &token).await;
}

async fn asked_again(s: Subject) {
    let (jane, guest) = (s.jane(), s.guest());
    let (order, _) = asked_for(&s).await;
    done("claiming again", s.modules.orders.request_claim(&jane, &order.id)).await;
    let token = s.people().claim_token(&order.id, &s.tokens.jane).await;
    done("still a guest's", s.modules.orders.get_order(&guest, &order.id, &GetOrder::default())).await;
    confirm(&s, &jane, &order.id, &token).await;
}

async fn used_once(s: Subject) {
    let jane = s.jane();
    let (order, token) = asked_for(&s).await;
    confirm(&s, &jane, &order.id, &token).await;
    not_confirmed(&s, &s.john(), &order.id, &token, "a token of a claim that is settled").await;
    assert!(listed(&s, &jane, &order.id).await && !listed(&s, &s.john(), &order.id).await);
}

async fn of_one_order(s: Subject) {
    let (jane, guest) = (s.jane(), s.guest());
    let (order, token) = asked_for(&s).await;
    let other = s.order_of(&guest, 1).await.order;
    not_confirmed(&s, &jane, &other.id, &token, "a token of another order").await;
    for id in [&order.id, &other.id] {
        done("still a guest's", s.modules.orders.get_order(&guest, id, &GetOrder::default())).await;
    }
}

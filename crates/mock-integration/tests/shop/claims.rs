//! Orders of guests: found again, and made a customer's.

use std::time::Duration;

use o2s_framework_core::checkout::PlaceOrder;
use o2s_framework_core::context::RequestContext;
use o2s_framework_core::error::Result;
use o2s_framework_core::ids::OrderId;
use o2s_framework_core::orders::{ClaimToken, ConfirmClaim, GetOrder, ListOrders, LookUpOrder, Order};
use o2s_mock_integration::{Mock, MockConfig};

use crate::{Desk, HOUR, code, guest, open};

fn remembered(display_id: &str, email: &str, postal_code: &str) -> LookUpOrder {
    LookUpOrder {
        display_id: display_id.parse().unwrap(),
        email: email.parse().unwrap(),
        postal_code: postal_code.to_owned(),
        locale: None,
    }
}

fn number(order: &Order) -> &str {
    order.display_id.as_ref().unwrap().as_str()
}

async fn confirm(desk: &Desk, cx: &RequestContext, id: &OrderId, token: ClaimToken) -> Result<Order> {
    desk.modules.orders.confirm_claim(cx, id, &ConfirmClaim { token }).await
}

#[tokio::test]
async fn orders_are_numbered_one_after_the_other() {
    let desk = open();
    let everything = ListOrders { limit: o2s_framework_core::paging::Limit::new(1000).ok(), ..ListOrders::default() };
    let mut numbers = Vec::new();
    for customer in ["jane", "john", "lyon"] {
        let orders = desk.modules.orders.list_orders(&desk.signed_in(customer), &everything).await.unwrap().data;
        let of_customer: Vec<u64> = orders.iter().map(|order| number(order).parse().unwrap()).collect();
        assert!(of_customer.is_sorted_by(|newer, older| newer > older), "the list is newest first");
        numbers.extend(of_customer);
    }
    numbers.sort_unstable();
    numbers.dedup();
    assert_eq!((numbers.len(), numbers[0]), (45, 1001), "no number is there twice");
    let (first, second) = (desk.guest_order().await, desk.guest_order().await);
    // The guest's past order has one of the first 46.
    assert_eq!((number(&first), number(&second)), ("1047", "1048"));
}

#[tokio::test]
async fn a_guest_finds_an_order_by_what_is_on_the_confirmation() {
    let desk = open();
    let orders = &desk.modules.orders;
    let order = desk.guest_order().await;
    let (number, email) = (number(&order), order.email.as_ref().unwrap().as_str());
    let shouted = email.to_uppercase();
    for request in [remembered(number, email, "12345"), remembered(number, &shouted, " 12 345 ")] {
        assert_eq!(orders.look_up_order(&guest(), &request).await.unwrap(), order);
    }
    assert_eq!(
        orders.look_up_order(&desk.signed_in("jane"), &remembered(number, email, "12345")).await.unwrap(),
        order
    );
    let wrong = [
        remembered("1001", email, "12345"),
        remembered("9999", email, "12345"),
        remembered(number, "eve@muster.example", "12345"),
        remembered(number, email, "12346"),
    ];
    for request in wrong {
        let refused = orders.look_up_order(&guest(), &request).await.unwrap_err();
        assert_eq!(refused.code(), "order.not_found");
        let told = "There is no order with this number, e-mail address and postal code";
        assert_eq!(refused.message(), told, "whatever is wrong");
    }
    let blank = remembered(number, email, "  ");
    assert_eq!(code(orders.look_up_order(&guest(), &blank).await), "request.invalid");
    let good = remembered(number, email, "12345");
    assert_eq!(code(orders.look_up_order(&Desk::forged(), &good).await), "auth.invalid_token");
    let german = LookUpOrder { locale: "de".parse().ok(), ..good };
    let german = orders.look_up_order(&guest(), &german).await.unwrap();
    assert_ne!(german.items.data[0].product.name, order.items.data[0].product.name);
}

#[tokio::test]
async fn a_customers_order_is_found_by_the_customer_alone() {
    let desk = open();
    let lyon = desk.signed_in("lyon");
    let order = desk.modules.orders.list_orders(&lyon, &ListOrders::default()).await.unwrap().data.remove(0);
    // The postal code is 80-831.
    let request = remembered(number(&order), "lyon@kowalczyk.example", "80-831");
    assert_eq!(desk.modules.orders.look_up_order(&lyon, &request).await.unwrap(), order);
    for cx in [guest(), desk.signed_in("jane")] {
        assert_eq!(code(desk.modules.orders.look_up_order(&cx, &request).await), "order.not_found");
    }
}

#[tokio::test]
async fn a_claimed_order_is_the_customers_and_nobody_elses() {
    let desk = open();
    let (jane, john) = (desk.signed_in("jane"), desk.signed_in("john"));
    let orders = &desk.modules.orders;
    let id = &desk.facts.guest_order;
    let listed = async || orders.list_orders(&jane, &ListOrders::default()).await.unwrap().total;
    let before = listed().await;
    orders.request_claim(&jane, id).await.unwrap();
    orders.request_claim(&jane, id).await.unwrap();
    assert_eq!(orders.get_order(&guest(), id, &GetOrder::default()).await.unwrap().customer_id, None, "not yet");

    let token = || desk.mock.mint_claim_token(id, "jane", HOUR).unwrap();
    let claimed = confirm(&desk, &jane, id, token()).await.unwrap();
    assert_eq!(claimed.customer_id, Some("cus_jane".parse().unwrap()));
    assert_eq!(orders.get_order(&jane, id, &GetOrder::default()).await.unwrap(), claimed);
    assert_eq!(listed().await, before + 1);
    for cx in [guest(), john.clone()] {
        assert_eq!(code(orders.get_order(&cx, id, &GetOrder::default()).await), "order.not_found");
        let request = remembered(number(&claimed), "jane@brandt-bau.example", "10119");
        assert_eq!(code(orders.look_up_order(&cx, &request).await), "order.not_found");
    }
    assert_eq!(code(orders.request_claim(&john, id).await), "order.not_found");
    assert_eq!(code(confirm(&desk, &john, id, token()).await), "order.claim_invalid");
    assert_eq!(code(orders.request_claim(&jane, id).await), "order.already_claimed");
    assert_eq!(code(confirm(&desk, &jane, id, token()).await), "order.claim_invalid", "it is used up");
}

#[tokio::test]
async fn the_cart_of_a_claimed_order_shows_it_to_nobody_else() {
    let desk = open();
    let jane = desk.signed_in("jane");
    let cart = desk.payable_cart(&guest()).await.id;
    let place = async |cx: &RequestContext| {
        desk.modules.checkout.place_order(cx, &cart, &PlaceOrder::default()).await.map(|placed| placed.order)
    };
    let order = place(&guest()).await.unwrap();
    desk.modules.orders.request_claim(&jane, &order.id).await.unwrap();
    let token = desk.mock.mint_claim_token(&order.id, "jane", HOUR).unwrap();
    confirm(&desk, &jane, &order.id, token).await.unwrap();
    assert_eq!(place(&jane).await.unwrap().id, order.id);
    assert_eq!(code(place(&guest()).await), "cart.not_found");
}

#[tokio::test]
async fn a_claim_needs_the_token_that_was_asked_for() {
    let desk = open();
    let (jane, john) = (desk.signed_in("jane"), desk.signed_in("john"));
    let orders = &desk.modules.orders;
    let (id, other) = (desk.guest_order().await.id, desk.guest_order().await.id);
    let mint =
        |order: &OrderId, customer: &str, lifetime| desk.mock.mint_claim_token(order, customer, lifetime).unwrap();
    let good = mint(&id, "jane", HOUR);
    assert_eq!(code(confirm(&desk, &jane, &id, good.clone()).await), "order.claim_invalid", "nobody has asked for it");
    orders.request_claim(&john, &id).await.unwrap();
    assert_eq!(code(confirm(&desk, &jane, &id, good.clone()).await), "order.claim_invalid", "John has asked for it");

    orders.request_claim(&jane, &id).await.unwrap();
    let elsewhere = Mock::new(&MockConfig { jwt_secret: "another secret".into(), ..MockConfig::default() });
    let customers_token = desk.mock.mint_token("jane", HOUR).unwrap();
    let bad = [
        ClaimToken::try_from("garbage".to_owned()).unwrap(),
        ClaimToken::try_from(customers_token.expose().to_owned()).unwrap(),
        mint(&id, "jane", Duration::ZERO),
        mint(&other, "jane", HOUR),
        mint(&id, "john", HOUR),
        elsewhere.mint_claim_token(&id, "jane", HOUR).unwrap(),
    ];
    for (index, token) in bad.into_iter().enumerate() {
        assert_eq!(code(confirm(&desk, &jane, &id, token).await), "order.claim_invalid", "token {index}");
    }
    assert_eq!(code(confirm(&desk, &john, &id, good.clone()).await), "order.claim_invalid", "it is Jane's");
    assert!(confirm(&desk, &jane, &id, good).await.is_ok(), "what was refused has changed nothing");
}

#[tokio::test]
async fn claims_are_for_signed_in_customers_and_orders_that_are_there() {
    let desk = open();
    let orders = &desk.modules.orders;
    let (id, unknown): (OrderId, OrderId) = (desk.facts.guest_order.clone(), "order_none".parse().unwrap());
    let token = || desk.mock.mint_claim_token(&id, "jane", HOUR).unwrap();
    for (cx, expected) in [(guest(), "auth.required"), (Desk::forged(), "auth.invalid_token")] {
        assert_eq!(code(orders.request_claim(&cx, &id).await), expected);
        assert_eq!(code(confirm(&desk, &cx, &id, token()).await), expected);
    }
    let jane = desk.signed_in("jane");
    let of_john = "order_john-001".parse().unwrap();
    for hidden in [unknown, of_john] {
        assert_eq!(code(orders.request_claim(&jane, &hidden).await), "order.not_found");
        assert_eq!(code(confirm(&desk, &jane, &hidden, token()).await), "order.claim_invalid");
    }
    let own = "order_jane-001".parse().unwrap();
    assert_eq!(code(orders.request_claim(&jane, &own).await), "order.already_claimed");
    assert!(desk.mock.mint_claim_token(&own, "mallory", HOUR).is_err());
}

use o2s_framework_core::carts::{AddShippingMethod, ApplyPromotion, UpdateCart, UpdateCartItem};
use o2s_framework_core::checkout::{CompleteCheckout, PlaceOrder};
use o2s_framework_core::context::RequestContext;
use o2s_framework_core::error::Result;
use o2s_framework_core::orders::GetOrder;
use o2s_framework_core::payments::{CreateSession, UpdateSession};
use o2s_mock_integration::{Mock, MockConfig};

use crate::{Desk, HOUR, code, guest, open, quantity, ship_to};

/// Tries every operation on a cart and its payment session; the outcome of each, by name.
async fn try_everything(desk: &Desk, owner: &RequestContext, cx: &RequestContext) -> Vec<(&'static str, Result<()>)> {
    let (carts, checkout, payments) = (&desk.modules.carts, &desk.modules.checkout, &desk.modules.payments);
    let cart = desk.payable_cart(owner).await;
    let (id, line, session) = (&cart.id, &cart.items.data[0].id, cart.payment_session_id.as_ref().unwrap());
    let more = UpdateCartItem { quantity: Some(quantity(3)), ..UpdateCartItem::default() };
    let promotion = ApplyPromotion { code: "SAVE10".parse().unwrap(), locale: None };
    let option = AddShippingMethod { shipping_option_id: desk.facts.standard_shipping.clone(), locale: None };
    let notes = UpdateCart { notes: Some("x".to_owned()), ..UpdateCart::default() };
    let payment = Desk::payment(&desk.facts.providers.invoice);
    let new_session = CreateSession {
        cart_id: id.clone(),
        provider_id: payment.provider_id.clone(),
        return_url: payment.return_url.clone(),
        cancel_url: None,
        metadata: None,
    };
    let elsewhere = UpdateSession { return_url: "https://evil.example".parse().ok(), ..UpdateSession::default() };
    let one_shot: CompleteCheckout = serde_json::from_value(serde_json::json!({
        "paymentProviderId": payment.provider_id, "returnUrl": payment.return_url,
    }))
    .unwrap();
    let second = desk.filled_cart(owner).await;
    vec![
        ("get_session", payments.get_session(cx, session).await.map(drop)),
        ("update_session", payments.update_session(cx, session, &elsewhere).await.map(drop)),
        ("cancel_session", payments.cancel_session(cx, session).await),
        ("create_session", payments.create_session(cx, &new_session).await.map(drop)),
        ("get_cart", carts.get_cart(cx, id).await.map(drop)),
        ("update_cart", carts.update_cart(cx, id, &notes).await.map(drop)),
        ("update_item", carts.update_item(cx, id, line, &more).await.map(drop)),
        ("apply_promotion", carts.apply_promotion(cx, id, &promotion).await.map(drop)),
        ("remove_promotion", carts.remove_promotion(cx, id, &promotion.code).await.map(drop)),
        ("prepare_checkout", carts.prepare_checkout(cx, id).await.map(drop)),
        ("update_addresses", carts.update_addresses(cx, id, &ship_to("DE")).await.map(drop)),
        ("add_shipping_method", carts.add_shipping_method(cx, id, &option).await.map(drop)),
        ("set_addresses", checkout.set_addresses(cx, id, &ship_to("DE")).await.map(drop)),
        ("list_shipping_options", checkout.list_shipping_options(cx, id).await.map(drop)),
        ("set_shipping_method", checkout.set_shipping_method(cx, id, &desk.standard_shipping()).await.map(drop)),
        ("set_payment", checkout.set_payment(cx, id, &payment).await.map(drop)),
        ("get_summary", checkout.get_summary(cx, id).await.map(drop)),
        ("place_order", checkout.place_order(cx, id, &PlaceOrder::default()).await.map(drop)),
        ("complete_checkout", checkout.complete_checkout(cx, id, &one_shot).await.map(drop)),
        ("add_item", desk.add(cx, &second.id, &desk.facts.variants.plain, 1).await.map(drop)),
        ("remove_item", carts.remove_item(cx, &second.id, &second.items.data[0].id).await.map(drop)),
        ("delete_cart", carts.delete_cart(cx, &second.id).await),
    ]
}

fn all_allowed(outcomes: Vec<(&'static str, Result<()>)>) {
    for (operation, outcome) in outcomes {
        assert!(outcome.is_ok(), "{operation}: {outcome:?}");
    }
}

fn all_refused(outcomes: Vec<(&'static str, Result<()>)>, expected: &str, expected_of_session: &str) {
    for (operation, outcome) in outcomes {
        let of_session = matches!(operation, "get_session" | "update_session" | "cancel_session");
        assert_eq!(code(outcome), if of_session { expected_of_session } else { expected }, "{operation}");
    }
}

#[tokio::test]
async fn a_guest_s_cart_is_open_to_whoever_knows_its_id() {
    let desk = open();
    all_allowed(try_everything(&desk, &guest(), &guest()).await);
    all_allowed(try_everything(&desk, &guest(), &desk.signed_in("jane")).await);
    all_refused(try_everything(&desk, &guest(), &Desk::forged()).await, "auth.invalid_token", "auth.invalid_token");
}

#[tokio::test]
async fn a_customer_s_cart_is_open_to_the_customer_alone() {
    let desk = open();
    let jane = desk.signed_in("jane");
    all_allowed(try_everything(&desk, &jane, &jane).await);
    for stranger in [guest(), desk.signed_in("john")] {
        let outcomes = try_everything(&desk, &jane, &stranger).await;
        all_refused(outcomes, "cart.not_found", "payment.session_not_found");
    }
    all_refused(try_everything(&desk, &jane, &Desk::forged()).await, "auth.invalid_token", "auth.invalid_token");
}

#[tokio::test]
async fn a_guest_s_order_is_open_to_whoever_knows_its_id() {
    let desk = open();
    let cart = desk.payable_cart(&guest()).await;
    let order = desk.modules.checkout.place_order(&guest(), &cart.id, &PlaceOrder::default()).await.unwrap().order;
    for cx in [guest(), desk.signed_in("jane")] {
        assert_eq!(desk.modules.orders.get_order(&cx, &order.id, &GetOrder::default()).await.unwrap(), order);
    }
    let bad = desk.modules.orders.get_order(&Desk::forged(), &order.id, &GetOrder::default()).await;
    assert_eq!(code(bad), "auth.invalid_token");
}

#[tokio::test]
async fn tokens_end_and_other_shops_tokens_are_not_taken() {
    let desk = open();
    let mock = &desk.mock;
    let elsewhere = Mock::new(&MockConfig { jwt_secret: "another secret".into(), ..MockConfig::default() });
    let tokens =
        [mock.mint_token("jane", std::time::Duration::ZERO).unwrap(), elsewhere.mint_token("jane", HOUR).unwrap()];
    for token in tokens {
        let cx = guest().with_token(token);
        assert_eq!(code(desk.modules.carts.get_current_cart(&cx).await), "auth.invalid_token");
    }
    let unknown = mock.mint_token("mallory", HOUR).unwrap_err();
    assert_eq!(unknown.to_string(), "the shop has no customer mallory: it knows jane, john, lyon");
    assert!(!format!("{mock:?}").contains("secret\""), "the secret is shown");
}

use o2s_framework_core::carts::UpdateCart;
use o2s_framework_core::checkout::{PlaceOrder, SetPayment};
use o2s_framework_core::error::ErrorKind;
use o2s_framework_core::ids::{CartId, PaymentProviderId};
use o2s_framework_core::payments::{CreateSession, ListProviders, PaymentSession, PaymentSessionStatus, UpdateSession};

use crate::{Desk, code, guest, open};

fn session_for(cart: &CartId, provider: &PaymentProviderId) -> CreateSession {
    let SetPayment { provider_id, return_url, cancel_url, metadata } = Desk::payment(provider);
    CreateSession { cart_id: cart.clone(), provider_id, return_url, cancel_url, metadata }
}

fn saying(json: &str) -> UpdateSession {
    UpdateSession { metadata: serde_json::from_str(json).ok(), ..UpdateSession::default() }
}

async fn start(desk: &Desk, cart: &CartId, provider: &PaymentProviderId) -> PaymentSession {
    desk.modules.payments.create_session(&guest(), &session_for(cart, provider)).await.unwrap()
}

#[tokio::test]
async fn every_region_has_providers_and_one_redirects() {
    let desk = open();
    for region in &desk.facts.regions {
        let request = ListProviders { region_id: region.id.clone(), locale: "de".parse().ok() };
        let providers = desk.modules.payments.list_providers(&guest(), &request).await.unwrap();
        assert_eq!(providers.total, 4);
        assert_eq!(providers.data[0].name, "Rechnung");
        let redirects: Vec<_> = providers.data.iter().filter(|p| p.requires_redirect).map(|p| &p.id).collect();
        assert_eq!(redirects, [&desk.facts.providers.redirect]);
    }
    let nowhere = ListProviders { region_id: "reg_none".parse().unwrap(), locale: None };
    assert_eq!(code(desk.modules.payments.list_providers(&guest(), &nowhere).await), "region.not_found");
}

#[tokio::test]
async fn a_session_belongs_to_its_cart_and_takes_the_place_of_an_earlier_one() {
    let desk = open();
    let payments = &desk.modules.payments;
    let cart = desk.shippable_cart(&guest()).await;
    let first = start(&desk, &cart.id, &desk.facts.providers.invoice).await;
    assert_eq!((first.status, &first.cart_id), (PaymentSessionStatus::Authorized, &cart.id));
    assert!(first.expires_at.is_some() && first.client_secret.is_none() && first.redirect_url.is_none());
    assert_eq!(payments.get_session(&guest(), &first.id).await.unwrap(), first);
    let second = start(&desk, &cart.id, &desk.facts.providers.card).await;
    assert!(second.client_secret.is_some());
    assert_eq!(code(payments.get_session(&guest(), &first.id).await), "payment.session_not_found");
    let shown = desk.modules.carts.get_cart(&guest(), &cart.id).await.unwrap();
    assert_eq!(shown.payment_session_id.as_ref(), Some(&second.id));
    assert_eq!(shown.payment_method.unwrap().id, desk.facts.providers.card);
    assert_eq!((shown.metadata, shown.total), (cart.metadata, cart.total), "paying changes nothing else");

    payments.cancel_session(&guest(), &second.id).await.unwrap();
    assert_eq!(code(payments.get_session(&guest(), &second.id).await), "payment.session_not_found");
    assert_eq!(code(payments.cancel_session(&guest(), &second.id).await), "payment.session_not_found");
    assert_eq!(desk.modules.carts.get_cart(&guest(), &cart.id).await.unwrap().payment_method, None);
    let unknown = session_for(&cart.id, &"pay_none".parse().unwrap());
    assert_eq!(code(payments.create_session(&guest(), &unknown).await), "payment.provider_invalid");
    let nowhere = session_for(&"cart_none".parse().unwrap(), &desk.facts.providers.card);
    assert_eq!(code(payments.create_session(&guest(), &nowhere).await), "cart.not_found");
}

#[tokio::test]
async fn a_session_goes_when_the_total_changes_and_only_then() {
    let desk = open();
    let cart = desk.payable_cart(&guest()).await;
    let session = cart.payment_session_id.clone().unwrap();
    let notes = UpdateCart { notes: Some("Ring twice".to_owned()), ..UpdateCart::default() };
    let same_total = desk.modules.carts.update_cart(&guest(), &cart.id, &notes).await.unwrap();
    assert_eq!(same_total.payment_session_id, Some(session.clone()));
    let more = desk.add(&guest(), &cart.id, &desk.facts.variants.other, 1).await.unwrap();
    assert_eq!((more.payment_session_id, more.payment_method), (None, None));
    assert_eq!(code(desk.modules.payments.get_session(&guest(), &session).await), "payment.session_not_found");
    let placed = desk.modules.checkout.place_order(&guest(), &cart.id, &PlaceOrder::default()).await;
    assert_eq!(code(placed), "checkout.incomplete");
}

#[tokio::test]
async fn a_redirect_waits_for_the_customer() {
    let desk = open();
    let (payments, checkout) = (&desk.modules.payments, &desk.modules.checkout);
    let cart = desk.shippable_cart(&guest()).await;
    let session = start(&desk, &cart.id, &desk.facts.providers.redirect).await;
    assert_eq!(session.status, PaymentSessionStatus::Pending);
    let url = session.redirect_url.clone().unwrap();
    assert!(url.ends_with("?returnUrl=https%3A%2F%2Ffront%2Eexample%2Fback%3Fa%3D1%26b%3D2"), "{url}");

    let error = checkout.place_order(&guest(), &cart.id, &PlaceOrder::default()).await.unwrap_err();
    assert_eq!((error.kind(), error.code()), (ErrorKind::PaymentRequired, "payment.action_required"));
    let action = error.payment_action().unwrap();
    assert_eq!((&action.redirect_url, &action.client_secret), (&session.redirect_url, &session.client_secret));
    assert!(action.client_secret.is_some());

    assert_eq!(
        code(payments.update_session(&guest(), &session.id, &UpdateSession::default()).await),
        "request.invalid"
    );
    let approved = payments.update_session(&guest(), &session.id, &saying(r#"{"approved":true}"#)).await.unwrap();
    assert_eq!(approved.status, PaymentSessionStatus::Authorized);
    checkout.place_order(&guest(), &cart.id, &PlaceOrder::default()).await.unwrap();
    assert!(payments.get_session(&guest(), &session.id).await.is_ok(), "the session of an order can be looked at");
}

#[tokio::test]
async fn the_one_shot_checkout_goes_on_after_the_customer_s_yes() {
    use o2s_framework_core::checkout::CompleteCheckout;
    let desk = open();
    let cart = desk.shippable_cart(&guest()).await;
    let payment = Desk::payment(&desk.facts.providers.redirect);
    let request: CompleteCheckout = serde_json::from_value(serde_json::json!({
        "paymentProviderId": payment.provider_id, "returnUrl": payment.return_url, "notes": "By the gate",
    }))
    .unwrap();
    for _ in 0..2 {
        let waiting = desk.modules.checkout.complete_checkout(&guest(), &cart.id, &request).await;
        assert_eq!(code(waiting), "payment.action_required");
    }
    let waiting = desk.modules.carts.get_cart(&guest(), &cart.id).await.unwrap();
    let session = waiting.payment_session_id.unwrap();
    assert_eq!(waiting.notes.as_deref(), Some("By the gate"), "what was given stays for the way back");
    desk.modules.payments.update_session(&guest(), &session, &saying(r#"{"approved":true}"#)).await.unwrap();
    desk.modules.checkout.complete_checkout(&guest(), &cart.id, &request).await.unwrap();
}

#[tokio::test]
async fn a_customer_who_gives_up_has_to_choose_again() {
    let desk = open();
    let cart = desk.shippable_cart(&guest()).await;
    let session = start(&desk, &cart.id, &desk.facts.providers.redirect).await;
    let given_up =
        desk.modules.payments.update_session(&guest(), &session.id, &saying(r#"{"approved":false}"#)).await.unwrap();
    assert_eq!(given_up.status, PaymentSessionStatus::Failed);
    let refused = desk.modules.checkout.place_order(&guest(), &cart.id, &PlaceOrder::default()).await;
    assert_eq!(code(refused), "payment.failed");
    start(&desk, &cart.id, &desk.facts.providers.invoice).await;
    desk.modules.checkout.place_order(&guest(), &cart.id, &PlaceOrder::default()).await.unwrap();
}

#[tokio::test]
async fn a_card_agrees_at_once_or_asks_back() {
    let desk = open();
    let cart = desk.shippable_cart(&guest()).await;
    let asking = CreateSession {
        metadata: serde_json::from_str(r#"{"requiresAction":true}"#).ok(),
        ..session_for(&cart.id, &desk.facts.providers.card)
    };
    let session = desk.modules.payments.create_session(&guest(), &asking).await.unwrap();
    let error = desk.modules.checkout.place_order(&guest(), &cart.id, &PlaceOrder::default()).await.unwrap_err();
    let action = error.payment_action().unwrap();
    assert_eq!((&action.redirect_url, &action.client_secret), (&None, &session.client_secret));
    assert!(!format!("{error:?}{session:?}").contains(session.client_secret.as_deref().unwrap()));

    let at_once = start(&desk, &cart.id, &desk.facts.providers.card).await;
    assert_eq!(at_once.status, PaymentSessionStatus::Authorized);
    desk.modules.checkout.place_order(&guest(), &cart.id, &PlaceOrder::default()).await.unwrap();
}

#[tokio::test]
async fn a_refused_payment_leaves_cart_and_stock_alone() {
    let desk = open();
    let cart = desk.shippable_cart(&guest()).await;
    let session = start(&desk, &cart.id, &desk.facts.providers.broken).await;
    assert_eq!(session.status, PaymentSessionStatus::Pending);
    let error = desk.modules.checkout.place_order(&guest(), &cart.id, &PlaceOrder::default()).await.unwrap_err();
    assert_eq!((error.kind(), error.code()), (ErrorKind::PaymentRequired, "payment.failed"));
    assert!(error.payment_action().is_none());
    let after = desk.modules.payments.get_session(&guest(), &session.id).await.unwrap();
    assert_eq!(after.status, PaymentSessionStatus::Failed);
    desk.add(&guest(), &cart.id, &desk.facts.variants.plain, 1).await.expect("the cart is still open");
}

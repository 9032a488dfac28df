//! Payment providers and sessions.

use o2s_framework_core::ids::PaymentSessionId;
use o2s_framework_core::payments::{CreateSession, ListProviders, PaymentSession, PaymentSessionStatus, UpdateSession};
use serde_json::json;

use crate::Scenario;
use crate::check::{done, invalid, not_found, unchanged};
use crate::shopping::{CANCEL_URL, RETURN_URL, id, leads_back, member, metadata, session};
use crate::subject::Subject;

const PROVIDERS: &[&str] = &["payments.list_providers"];
const CREATE: &[&str] = &["payments.create_session", "carts.add_item", "carts.get_cart"];
const GET: &[&str] = &["payments.get_session", "payments.create_session", "carts.add_item"];
const UPDATE: &[&str] = &["payments.update_session", "payments.create_session", "carts.add_item"];
const CANCEL: &[&str] = &["payments.cancel_session", "payments.create_session", "carts.add_item"];

pub(crate) fn scenarios() -> Vec<Scenario> {
    vec![
        Scenario::new("payments::providers_of_a_region", PROVIDERS, providers),
        Scenario::new("payments::providers_of_an_unknown_region_are_not_found", PROVIDERS, providers_unknown),
        Scenario::new("payments::a_session_is_started", CREATE, started),
        Scenario::new("payments::metadata_and_ways_back_reach_the_provider", CREATE, told),
        Scenario::new("payments::an_unknown_provider_is_refused", CREATE, provider_unknown),
        Scenario::new("payments::an_unknown_cart_is_not_found", CREATE, cart_unknown),
        Scenario::new("payments::a_session_is_read", GET, read),
        Scenario::new("payments::an_unknown_session_is_not_found", GET, unknown),
        Scenario::new("payments::hostile_ids_are_refused_before_any_call", &[], hostile_ids),
        Scenario::new("payments::a_change_keeps_the_rest", UPDATE, changed),
        Scenario::new("payments::an_empty_change_is_refused", UPDATE, empty_change),
        Scenario::new("payments::an_unknown_session_cannot_be_changed", UPDATE, update_unknown),
        Scenario::new("payments::a_cancelled_session_is_gone", CANCEL, cancelled),
        Scenario::new("payments::an_unknown_session_cannot_be_cancelled", CANCEL, cancel_unknown),
    ]
}

async fn start(s: &Subject, request: &CreateSession) -> PaymentSession {
    done("starting a payment", s.modules.payments.create_session(&s.guest(), request)).await
}

async fn providers(s: Subject) {
    for region in [&s.facts.home, &s.facts.abroad] {
        let request = ListProviders { region_id: region.id.clone(), locale: None };
        let page = done("listing providers", s.modules.payments.list_providers(&s.guest(), &request)).await;
        assert_eq!(page.total, page.data.len() as u64);
        let facts = &s.facts.payment;
        for wanted in [&facts.plain, &facts.redirect, &facts.failing] {
            let provider = page.data.iter().find(|provider| provider.id == *wanted);
            let provider = provider.unwrap_or_else(|| panic!("{wanted} is not in region {}", region.id));
            assert!(provider.is_enabled && !provider.name.is_empty() && !provider.kind.is_empty(), "{provider:?}");
            assert_eq!(provider.requires_redirect, *wanted == facts.redirect, "whether {wanted} redirects");
        }
    }
}

async fn providers_unknown(s: Subject) {
    let (guest, request) = (s.guest(), ListProviders { region_id: id("reg_none"), locale: None });
    let call = s.modules.payments.list_providers(&guest, &request);
    not_found("providers of an unknown region", call, "region.not_found").await;
}

async fn started(s: Subject) {
    let (guest, provider) = (s.guest(), &s.facts.payment.plain);
    let cart = s.cart_of(&guest, &s.facts.variants.plain, 1).await;
    let started = start(&s, &session(&cart.id, provider)).await;
    assert_eq!((&started.cart_id, &started.provider_id), (&cart.id, provider));
    assert!(matches!(started.status, PaymentSessionStatus::Pending | PaymentSessionStatus::Authorized));
    let paid = s.cart(&guest, &cart.id).await;
    assert_eq!(paid.payment_session_id, Some(started.id));
    assert_eq!(paid.payment_method.map(|method| method.id).as_ref(), Some(provider));
    assert_eq!(paid.total, cart.total);
}

async fn told(s: Subject) {
    let cart = s.cart_of(&s.guest(), &s.facts.variants.plain, 1).await;
    let request = CreateSession {
        cancel_url: Some(id(CANCEL_URL)),
        metadata: Some(metadata(&json!({ "orderReference": "R-7" }))),
        ..session(&cart.id, &s.facts.payment.redirect)
    };
    let started = start(&s, &request).await;
    assert_eq!(member(started.metadata.as_ref(), "orderReference"), Some(json!("R-7")), "metadata is lost");
    let url = started.redirect_url.unwrap_or_else(|| panic!("nowhere to go"));
    leads_back(&url, &[RETURN_URL, CANCEL_URL]);
    let again = start(&s, &request).await;
    let (shown, secret) = (format!("{again:?}"), again.client_secret.unwrap_or_else(|| panic!("no client secret")));
    assert!(!shown.contains(&secret) && !shown.contains("given"), "secrets in Debug: {shown}");
}

async fn provider_unknown(s: Subject) {
    let guest = s.guest();
    let cart = s.cart_of(&guest, &s.facts.variants.plain, 1).await;
    let request = session(&cart.id, &id("pp_none"));
    let call = s.modules.payments.create_session(&guest, &request);
    invalid("an unknown provider", call, "payment.provider_invalid").await;
    unchanged(&cart, &s.cart(&guest, &cart.id).await);
}

async fn cart_unknown(s: Subject) {
    let (guest, request) = (s.guest(), session(&id("cart_01NONE"), &s.facts.payment.plain));
    let call = s.modules.payments.create_session(&guest, &request);
    not_found("a payment of an unknown cart", call, "cart.not_found").await;
}

async fn read(s: Subject) {
    let guest = s.guest();
    let cart = s.cart_of(&guest, &s.facts.variants.plain, 1).await;
    for provider in [&s.facts.payment.plain, &s.facts.payment.redirect] {
        let started = start(&s, &session(&cart.id, provider)).await;
        let read = done("reading a session", s.modules.payments.get_session(&guest, &started.id)).await;
        assert_eq!((&read.id, &read.cart_id, &read.provider_id), (&started.id, &cart.id, provider));
        assert_eq!((read.status, &read.redirect_url), (started.status, &started.redirect_url));
        assert_eq!(read.client_secret, started.client_secret);
    }
}

async fn unknown(s: Subject) {
    let guest = s.guest();
    for name in ["payses_01NONE", "cart_01NONE~payses_01NONE", "no such session & more"] {
        let name = id(name);
        let call = s.modules.payments.get_session(&guest, &name);
        not_found("an unknown session", call, "payment.session_not_found").await;
    }
}

async fn hostile_ids(s: Subject) {
    let before = s.upstream_calls();
    for text in ["", "..", "payses/1", "../../admin/payments", "a?b", "a#b", "a%2Fb", "a;b", "a\\b", "a\rb"] {
        assert!(text.parse::<PaymentSessionId>().is_err(), "{text:?} is taken as a session id");
    }
    assert_eq!(s.upstream_calls(), before);
}

async fn changed(s: Subject) {
    let guest = s.guest();
    let cart = s.cart_of(&guest, &s.facts.variants.plain, 1).await;
    let request = CreateSession {
        metadata: Some(metadata(&json!({ "keep": "kept", "change": "a" }))),
        ..session(&cart.id, &s.facts.payment.redirect)
    };
    let started = start(&s, &request).await;
    let request = UpdateSession {
        cancel_url: Some(id(CANCEL_URL)),
        metadata: Some(metadata(&json!({ "change": "b" }))),
        ..UpdateSession::default()
    };
    let updated = done("changing a session", s.modules.payments.update_session(&guest, &started.id, &request)).await;
    assert_eq!((&updated.cart_id, &updated.provider_id), (&started.cart_id, &started.provider_id));
    assert_eq!(member(updated.metadata.as_ref(), "keep"), Some(json!("kept")), "a member that was not named is lost");
    assert_eq!(member(updated.metadata.as_ref(), "change"), Some(json!("b")));
    let url = updated.redirect_url.unwrap_or_else(|| panic!("nowhere to go"));
    leads_back(&url, &[RETURN_URL, CANCEL_URL]);
    let paid = s.cart(&guest, &cart.id).await;
    assert_eq!(paid.payment_session_id.as_ref(), Some(&updated.id), "the cart's session is another one");
    let read = done("reading it", s.modules.payments.get_session(&guest, &updated.id)).await;
    assert_eq!(member(read.metadata.as_ref(), "change"), Some(json!("b")));
}

async fn empty_change(s: Subject) {
    let guest = s.guest();
    let cart = s.cart_of(&guest, &s.facts.variants.plain, 1).await;
    let started = start(&s, &session(&cart.id, &s.facts.payment.plain)).await;
    let request = UpdateSession::default();
    let call = s.modules.payments.update_session(&guest, &started.id, &request);
    invalid("a change of nothing", call, "request.invalid").await;
}

async fn update_unknown(s: Subject) {
    let (guest, nothing) = (s.guest(), id("payses_01NONE"));
    let request = UpdateSession { metadata: Some(metadata(&json!({ "a": 1 }))), ..UpdateSession::default() };
    let call = s.modules.payments.update_session(&guest, &nothing, &request);
    not_found("changing an unknown session", call, "payment.session_not_found").await;
}

async fn cancelled(s: Subject) {
    let guest = s.guest();
    let cart = s.cart_of(&guest, &s.facts.variants.plain, 1).await;
    let started = start(&s, &session(&cart.id, &s.facts.payment.plain)).await;
    done("calling a session off", s.modules.payments.cancel_session(&guest, &started.id)).await;
    let call = s.modules.payments.get_session(&guest, &started.id);
    not_found("a session called off", call, "payment.session_not_found").await;
    let left = s.cart(&guest, &cart.id).await;
    assert_eq!((left.payment_method, left.payment_session_id), (None, None));
    assert_eq!((left.items, left.total), (cart.items, cart.total));
}

async fn cancel_unknown(s: Subject) {
    let (guest, nothing) = (s.guest(), id("payses_01NONE"));
    let call = s.modules.payments.cancel_session(&guest, &nothing);
    not_found("calling off an unknown session", call, "payment.session_not_found").await;
}

//! What is logged of a request, and what is not.

use std::io::{self, Write};
use std::sync::{Arc, Mutex};

use o2s_api_harmonizer::config::{Log, LogFormat, LogLevel};
use serde_json::{Value, json};
use tracing::instrument::WithSubscriber as _;

use crate::client::Api;

/// Keeps what is logged.
#[derive(Clone, Default)]
struct Kept(Arc<Mutex<Vec<u8>>>);

impl Write for Kept {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

async fn logged(format: LogFormat, level: LogLevel, of: impl Future<Output = ()>) -> String {
    let kept = Kept::default();
    let writer = kept.clone();
    let subscriber = o2s_api_harmonizer::subscriber(Log { level, format }, move || writer.clone());
    of.with_subscriber(tracing::Dispatch::new(subscriber)).await;
    let bytes = kept.0.lock().unwrap().clone();
    String::from_utf8(bytes).unwrap()
}

#[tokio::test]
async fn nothing_personal_or_secret_is_logged() {
    let api = Api::open();
    let token = api.token("jane");
    let cart = api.cart_to_pay().await;
    let log = logged(LogFormat::Text, LogLevel::Trace, async {
        let stranger = api.get(format!("/carts/{cart}")).header("authorization", "Bearer hidden.token");
        stranger.send().await;
        api.get(format!("/carts/{cart}x")).send().await;
        api.get(format!("/carts/{cart}")).header("authorization", format!("Bearer {token}")).send().await;
        api.get("/orders?id=order_hidden&customerId=hidden")
            .header("authorization", "Bearer hidden.token")
            .send()
            .await;
        api.patch(format!("/carts/{cart}")).json(&json!({"email": "hidden@example.com"})).send().await;
        api.patch(format!("/carts/{cart}")).json(&json!({"email": "hidden@", "notes": 1})).send().await;
        let known = json!({"displayId": "1", "email": "hidden@example.com", "postalCode": "hidden"});
        api.post("/orders/lookup").json(&known).send().await;
        api.post("/orders/lookup").json(&json!({"displayId": "hidden/", "email": "hidden@"})).send().await;
        let confirm = format!("/orders/{}/claim/confirm", api.facts.guest_order);
        for body in [json!({"token": "hidden"}), json!({"token": "hidden".repeat(1000)}), json!({"token": ["hidden"]})]
        {
            api.post(&confirm).signed_in("jane").json(&body).send().await;
        }
        let returned = json!({"items": [{"lineItemId": "line_guest-001-1", "quantity": 1, "note": "hidden"}]});
        api.post(format!("/orders/{}/returns", api.facts.guest_order)).json(&returned).send().await;
    })
    .await;
    assert!(log.contains("/carts/{id}") && log.contains("request_id=\"wire-test\""), "{log}");
    for secret in
        [token.as_str(), "hidden", "Torstra", "guest@example.com", cart.as_str(), api.facts.guest_order.as_str()]
    {
        assert!(!log.contains(secret), "{secret} was logged: {log}");
    }
}

#[tokio::test]
async fn a_request_is_one_line_for_programs() {
    let api = Api::open();
    let log = logged(LogFormat::Json, LogLevel::Info, async {
        api.get("/products/claw-hammer?locale=de").send().await;
    })
    .await;
    assert_eq!(log.lines().count(), 1, "{log}");
    let line: Value = serde_json::from_str(&log).unwrap();
    assert_eq!(line["method"], "GET");
    assert_eq!(line["route"], "/products/{id}");
    assert_eq!(line["status"], 200);
    assert_eq!(line["request_id"], "wire-test");
    assert!(line["ms"].is_number() && line.get("span").is_none(), "{log}");
}

#[tokio::test]
async fn why_a_request_was_refused_is_told_on_demand() {
    let api = Api::open();
    let of = async || {
        api.get("/carts/cart_unknown").send().await;
    };
    assert!(!logged(LogFormat::Text, LogLevel::Info, of()).await.contains("cart.not_found"));
    let log = logged(LogFormat::Text, LogLevel::Debug, of()).await;
    assert!(log.contains("cart.not_found") && log.contains("carts.get_cart"), "{log}");
    let of = async {
        api.patch("/carts/cart_unknown").json(&json!({"email": "hidden@", "regionId": 1})).send().await;
        api.patch("/carts/cart_unknown").json(&json!({"hidden@example.com": 1})).send().await;
        api.get("/products").header("x-locale", "tlh").send().await;
    };
    let log = logged(LogFormat::Text, LogLevel::Debug, of).await;
    assert!(log.contains("fields=\"email regionId\"") && log.contains("fields=\"x-locale\""), "{log}");
    assert!(!log.contains("hidden"), "{log}");
}

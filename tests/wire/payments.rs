use serde_json::json;

use crate::client::{Api, Story};

#[tokio::test]
async fn providers() {
    let api = Api::open();
    let mut story = Story::new();
    story.tell("of a region", api.get("/payments/providers?regionId=reg_eu&locale=de")).await;
    story.tell("of an unknown region", api.get("/payments/providers?regionId=reg_moon")).await;
    story.tell("of no region", api.get("/payments/providers?region=reg_eu")).await;
    story.is("payments_providers");
}

#[tokio::test]
async fn a_session_lives() {
    let api = Api::open();
    let cart = api.cart_to_pay().await;
    let back = "https://shop.example/back";
    let mut story = Story::new();
    let new = json!({"cartId": cart, "providerId": "pay_redirect", "returnUrl": back, "metadata": {"campaign": "x"}});
    let id = story.tell("made", api.post("/payments/sessions").json(&new)).await.id();
    let path = format!("/payments/sessions/{id}");
    story.tell("read", api.get(&path)).await;
    story.tell("changed", api.patch(&path).json(&json!({"returnUrl": "https://shop.example/elsewhere"}))).await;
    story.tell("nothing to change", api.patch(&path).json(&json!({}))).await;
    story.tell("called off", api.delete(&path)).await;
    story.tell("gone", api.get(&path)).await;
    story.tell("gone for a change", api.patch(&path).json(&json!({"returnUrl": back}))).await;
    story.tell("gone for good", api.delete(&path)).await;
    let unknown = json!({"cartId": "cart_unknown", "providerId": "pay_invoice", "returnUrl": back});
    story.tell("for an unknown cart", api.post("/payments/sessions").json(&unknown)).await;
    let wrong = json!({"cartId": cart, "providerId": "../x", "returnUrl": "//evil.example"});
    story.tell("all that is wrong at once", api.post("/payments/sessions").json(&wrong)).await;
    story.is("payments_session");
}

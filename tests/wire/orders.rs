use axum::http::StatusCode;
use serde_json::json;

use crate::client::{Api, Story};

#[tokio::test]
async fn list_orders() {
    let api = Api::open();
    let mut story = Story::new();
    story.tell("the newest", api.get("/orders?limit=1").signed_in("jane")).await;
    let filtered = "/orders?status=completed&paymentStatus=Captured&sort=total_DESC&limit=1";
    story.tell("filtered in any case, sorted", api.get(filtered).signed_in("jane")).await;
    story.tell("none in that time", api.get("/orders?dateFrom=2100-01-01").signed_in("jane")).await;
    story.tell("as nobody", api.get("/orders")).await;
    let wrong = "/orders?status=done&dateFrom=yesterday&limit=5000&page=1";
    story.tell("all that is wrong at once", api.get(wrong).signed_in("jane")).await;
    let reversed = "/orders?dateFrom=2026-02-01&dateTo=2026-01-01";
    story.tell("ends before it begins", api.get(reversed).signed_in("jane")).await;
    story.is("orders_list");
}

#[tokio::test]
async fn get_order() {
    let api = Api::open();
    let jane = api.facts.customers.iter().find(|customer| customer.name == "jane").unwrap();
    let path = format!("/orders/{}", jane.order);
    let mut story = Story::new();
    story.tell("the owner", api.get(&path).signed_in("jane")).await;
    story.tell("one line of it", api.get(format!("{path}?limit=1&sort=name_DESC")).signed_in("jane")).await;
    story.tell("somebody else", api.get(&path).signed_in("john")).await;
    story.tell("nobody", api.get(&path)).await;
    story.tell("unknown", api.get("/orders/order_unknown")).await;
    story.tell("an order that is none", api.get(format!("{path}?sort=weight_ASC"))).await;
    story.is("orders_get");
}

#[tokio::test]
async fn look_up_order() {
    let api = Api::open();
    let path = "/orders/lookup";
    let guest = api.get(format!("/orders/{}", api.facts.guest_order)).send().await.json();
    let known = |email: &str, postal_code: &str| json!({"displayId": guest["displayId"], "email": email, "postalCode": postal_code});
    let mut story = Story::new();
    story.tell("a guest's order", api.post(path).json(&known("Jane@Brandt-Bau.example", "10 119"))).await;
    story.tell("with another postal code", api.post(path).json(&known("jane@brandt-bau.example", "10118"))).await;
    let own = json!({"displayId": "1043", "email": "jane@brandt-bau.example", "postalCode": "10119"});
    let own_number = api.get("/orders?limit=1").signed_in("jane").send().await.json()["data"][0]["displayId"].clone();
    assert_eq!(own_number, own["displayId"], "Jane's newest order is the shop's");
    story.tell("a customer's order, as nobody", api.post(path).json(&own)).await;
    assert_eq!(api.post(path).signed_in("jane").json(&own).send().await.status, StatusCode::OK);
    let wrong = json!({"displayId": "#1", "email": "jane", "postalCode": " ", "name": "Brandt"});
    story.tell("all that is wrong at once", api.post(path).json(&wrong)).await;
    story.tell("nothing at all", api.post(path).json(&json!({}))).await;
    story.tell("no body", api.post(path)).await;
    let good = known("jane@brandt-bau.example", "10119");
    story.tell("a token that is none", api.post(path).header("authorization", "Bearer x.y.z").json(&good)).await;
    story.is("orders_lookup");
}

#[tokio::test]
async fn looking_up_and_getting_do_not_stand_in_each_others_way() {
    let api = Api::open();
    assert_eq!(api.post("/Orders/Lookup/").json(&json!({})).send().await.code(), "request.invalid");
    assert_eq!(api.get("/orders/lookup").send().await.json()["message"], "Cannot GET /orders/lookup");
    assert_eq!(api.get("/orders/lookups").send().await.code(), "order.not_found");
    assert_eq!(api.post("/orders/lookups").json(&json!({})).send().await.code(), "route.not_found");
}

#[tokio::test]
async fn an_order_is_claimed() {
    let api = Api::open();
    let order = &api.facts.guest_order;
    let (claim, confirm) = (format!("/orders/{order}/claim"), format!("/orders/{order}/claim/confirm"));
    let token = json!({"token": api.claim_token(order, "jane")});
    let mut story = Story::new();
    story.tell("as nobody", api.post(&claim)).await;
    story.tell("an unknown order", api.post("/orders/order_unknown/claim").signed_in("jane")).await;
    story.tell("confirmed before it was asked for", api.post(&confirm).signed_in("jane").json(&token)).await;
    story.tell("asked for", api.post(&claim).signed_in("jane")).await;
    story.tell("a parameter that is none", api.post(format!("{claim}?email=x")).signed_in("jane")).await;
    story.tell("confirmed as nobody", api.post(&confirm).json(&token)).await;
    story.tell("confirmed by somebody else", api.post(&confirm).signed_in("john").json(&token)).await;
    let wrong = json!({"token": "", "orderId": "order_1"});
    story.tell("confirmed with all wrong", api.post(&confirm).signed_in("jane").json(&wrong)).await;
    story.tell("confirmed", api.post(&confirm).signed_in("jane").json(&token)).await;
    story.tell("confirmed again", api.post(&confirm).signed_in("jane").json(&token)).await;
    story.tell("asked for again", api.post(&claim).signed_in("jane")).await;
    story.tell("asked for by somebody else", api.post(&claim).signed_in("john")).await;
    story.tell("read as nobody", api.get(format!("/orders/{order}"))).await;
    story.is("orders_claim");
}

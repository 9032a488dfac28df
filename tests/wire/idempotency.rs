use axum::http::StatusCode;
use futures_util::future::join_all;
use serde_json::{Value, json};

use crate::client::{Answer, Api, Call};

fn add<'a>(api: &'a Api, key: &str, quantity: u32) -> Call<'a> {
    let body = json!({"sku": api.facts.variants.plain.sku, "quantity": quantity, "currency": "EUR"});
    api.post("/carts/items").header("idempotency-key", key).json(&body)
}

fn replayed(answer: &Answer) -> bool {
    answer.header("idempotency-replayed") == Some("true")
}

#[tokio::test]
async fn a_repeated_request_gets_the_first_answer() {
    let api = Api::open();
    let first = add(&api, "key-1", 1).send().await;
    let again = add(&api, "key-1", 1).send().await;
    assert_eq!((first.status, again.status), (StatusCode::CREATED, StatusCode::CREATED));
    assert_eq!(first.text(), again.text());
    assert!(!replayed(&first) && replayed(&again));
    assert_eq!(again.header("content-type"), first.header("content-type"));
    let other = add(&api, "key-2", 1).send().await;
    assert_ne!(other.id(), first.id());
}

#[tokio::test]
async fn another_body_under_the_same_key_is_refused() {
    let api = Api::open();
    add(&api, "key-1", 1).send().await;
    let other = add(&api, "key-1", 2).send().await;
    assert_eq!(other.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(other.code(), "request.idempotency_key_reused");
}

#[tokio::test]
async fn another_language_or_currency_under_the_same_key_is_refused() {
    let api = Api::open();
    add(&api, "key-1", 1).header("x-currency", "EUR").send().await;
    for (name, value) in [("x-currency", "USD"), ("x-locale", "de")] {
        let other = add(&api, "key-1", 1).header(name, value).send().await;
        assert_eq!(other.code(), "request.idempotency_key_reused", "{name}");
    }
}

#[tokio::test]
async fn a_key_counts_for_one_caller_and_one_path() {
    let api = Api::open();
    let body = json!({"currency": "EUR"});
    let make = || api.post("/carts").header("idempotency-key", "key-1").json(&body);
    let of_nobody = make().send().await.id();
    let of_jane = make().signed_in("jane").send().await.id();
    assert_ne!(of_nobody, of_jane);
    let elsewhere = api.post("/carts/").header("idempotency-key", "key-1").json(&body).send().await;
    assert_eq!(elsewhere.id(), of_nobody, "another spelling of the path is the same path");
}

#[tokio::test]
async fn what_was_refused_may_be_tried_again() {
    let api = Api::open();
    assert_eq!(add(&api, "key-1", 0).send().await.status, StatusCode::BAD_REQUEST);
    assert_eq!(add(&api, "key-1", 1).send().await.status, StatusCode::CREATED);
}

#[tokio::test]
async fn repetitions_at_the_same_time_are_one_request() {
    let api = Api::open();
    let answers = join_all((0..8).map(|_| add(&api, "key-1", 1).send())).await;
    let ids: std::collections::BTreeSet<String> = answers.iter().map(Answer::id).collect();
    assert_eq!(ids.len(), 1);
    assert_eq!(answers.iter().filter(|answer| !replayed(answer)).count(), 1);
    let quantity = answers[0].json()["items"]["data"][0]["quantity"].clone();
    assert_eq!(quantity, Value::from(1));
}

#[tokio::test]
async fn a_key_that_is_none_is_refused() {
    let api = Api::open();
    let answer = add(&api, "a b", 1).send().await;
    assert_eq!((answer.status, answer.code()), (StatusCode::BAD_REQUEST, "request.invalid".to_owned()));
}

//! Idempotency keys: made by the server, bound to one call.

use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use http::{HeaderMap, HeaderValue, StatusCode};
use o2s_medusa_client::testing::ReplayTransport;
use o2s_medusa_client::transport::{HttpRequest, HttpResponse, Transport, TransportError};
use o2s_medusa_client::v1::store::carts::CalculateTaxes;
use o2s_medusa_client::v1::store::completion::{CompleteCart, Completion};
use o2s_medusa_client::v1::store::line_items::{AddLineItem, LineItemInput};
use o2s_medusa_client::v1::store::payment_sessions::CreatePaymentSessions;
use o2s_medusa_client::v1::{Caller, IdempotencyKey};
use o2s_medusa_client::{Error, ErrorKind};
use serde_json::json;

use crate::shop::{client, context, metadata, recording};

const CART: &str = "cart_01M81FD4KT9X5DJRG6SDG95FH8";
const COMPLETE: CompleteCart<'static> = CompleteCart { cart_id: "cart_01M8CVF48478W39QP87493PHC4" };

/// Passes on to recordings, and keeps the headers that were sent.
#[derive(Debug)]
struct Listener {
    inner: ReplayTransport,
    sent: Mutex<Vec<HeaderMap>>,
}

impl Listener {
    fn new(recordings: &[&str]) -> Arc<Self> {
        let inner = ReplayTransport::new(recordings.iter().map(|name| recording(name)).collect());
        Arc::new(Self { inner, sent: Mutex::default() })
    }

    /// The keys that were sent, one for each request.
    fn keys(&self) -> Vec<Option<String>> {
        let sent = self.sent.lock().unwrap();
        let key = |headers: &HeaderMap| {
            let value = headers.get("idempotency-key")?;
            assert!(value.is_sensitive());
            Some(value.to_str().unwrap().to_owned())
        };
        sent.iter().map(key).collect()
    }
}

#[async_trait]
impl Transport for Listener {
    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, TransportError> {
        self.sent.lock().unwrap().push(request.headers.clone());
        self.inner.send(request).await
    }
}

fn refused(error: &Error) -> bool {
    matches!(error.kind(), ErrorKind::InvalidRequest { .. }) && error.attempts() == 0
}

fn two_shirts() -> AddLineItem<'static> {
    AddLineItem {
        cart_id: CART,
        body: LineItemInput {
            variant_id: "variant_01M81FD205VV4B67YAEZFVD8V6".to_owned(),
            quantity: 2,
            metadata: Some(metadata(&json!({"engraving": "AL"}))),
        },
    }
}

#[tokio::test]
async fn an_answer_is_had_again_with_its_key() {
    let listener = Listener::new(&["carts-complete", "carts-complete-replayed"]);
    let store = client(listener.clone());
    let first = store.call_keyed(&context(), Caller::Guest, &COMPLETE).await.unwrap();
    let key = first.key.clone().unwrap();
    let again = store.replay(&context(), Caller::Guest, &COMPLETE, &key).await.unwrap();
    assert_eq!(again, first, "the same order under the same key");
    assert!(matches!(again.answer, Completion::Order(_)));
    assert_eq!(listener.keys(), [None, Some("key-2".to_owned())]);
}

#[tokio::test]
async fn a_key_of_another_call_is_refused_without_sending_it() {
    let listener = Listener::new(&["carts-complete", "line-items-add"]);
    let store = client(listener.clone());
    let (cx, guest) = (context(), Caller::Guest);
    let completed = store.call_keyed(&cx, guest, &COMPLETE).await.unwrap().key.unwrap();
    let added = store.call_keyed(&cx, guest, &two_shirts()).await.unwrap().key.unwrap();

    let another_cart = CompleteCart { cart_id: CART };
    let error = store.replay(&cx, guest, &another_cart, &completed).await.unwrap_err();
    assert!(refused(&error), "{error:?}");
    let another_endpoint = CalculateTaxes { id: COMPLETE.cart_id };
    assert!(refused(&store.replay(&cx, guest, &another_endpoint, &completed).await.unwrap_err()));
    let mut three = two_shirts();
    three.body.quantity = 3;
    assert!(refused(&store.replay(&cx, guest, &three, &added).await.unwrap_err()));
    let mut elsewhere = two_shirts();
    elsewhere.cart_id = COMPLETE.cart_id;
    assert!(refused(&store.replay(&cx, guest, &elsewhere, &added).await.unwrap_err()));

    assert_eq!(listener.keys(), [None, None], "nothing more was sent");
}

#[tokio::test]
async fn a_forgotten_key_shows_in_the_key_of_the_answer() {
    let first = recording("line-items-add");
    let mut again = first.clone();
    again.response.headers.insert("idempotency-key".to_owned(), "key-9".to_owned());
    let store = client(Arc::new(ReplayTransport::new(vec![first, again])));
    let key = store.call_keyed(&context(), Caller::Guest, &two_shirts()).await.unwrap().key;
    let answer = store.replay(&context(), Caller::Guest, &two_shirts(), key.as_ref().unwrap()).await.unwrap();
    assert_ne!(answer.key, key, "the call was carried out once more");
}

#[tokio::test]
async fn an_answer_without_a_key_has_none() {
    let mut exchange = recording("payment-sessions-create");
    exchange.response.headers.remove("idempotency-key").unwrap();
    let store = client(Arc::new(ReplayTransport::new(vec![exchange])));
    let answer = store.call_keyed(&context(), Caller::Guest, &CreatePaymentSessions { cart_id: CART }).await.unwrap();
    assert!(answer.key.is_none());
}

#[tokio::test]
async fn a_key_does_not_show_itself() {
    let store = client(Listener::new(&["carts-complete"]));
    let key: IdempotencyKey = store.call_keyed(&context(), Caller::Guest, &COMPLETE).await.unwrap().key.unwrap();
    let shown = format!("{key:?}");
    assert_eq!(shown, "IdempotencyKey { .. }");
}

/// Answers these one after the other, and keeps the keys that were sent.
#[derive(Debug, Default)]
struct Script {
    answers: Mutex<Vec<HttpResponse>>,
    keys: Mutex<Vec<Option<HeaderValue>>>,
}

#[async_trait]
impl Transport for Script {
    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, TransportError> {
        self.keys.lock().unwrap().push(request.headers.get("idempotency-key").cloned());
        Ok(self.answers.lock().unwrap().remove(0))
    }
}

fn answer(status: u16, key: Option<&'static str>, body: &'static str) -> HttpResponse {
    let mut headers = HeaderMap::new();
    if let Some(key) = key {
        headers.insert("idempotency-key", HeaderValue::from_static(key));
    }
    HttpResponse { status: StatusCode::from_u16(status).unwrap(), headers, body: body.into() }
}

const DONE: &str = r#"{"cart":{"id":"cart_1"}}"#;
const GAVE_WAY: &str = r#"{"code":"invalid_state_error","type":"conflict","message":"The request conflicted"}"#;

/// Adding a line may not be repeated; but what gave way to another request goes on under its key, or begins anew where
/// there is none yet.
#[tokio::test(start_paused = true)]
async fn what_gave_way_to_another_request_goes_on() {
    let table = [
        (vec![answer(409, Some("key-1"), GAVE_WAY), answer(200, Some("key-1"), DONE)], vec![None, Some("key-1")]),
        (
            vec![
                answer(409, None, "Failed to create idempotency key"),
                answer(409, Some("key-2"), GAVE_WAY),
                answer(200, None, DONE),
            ],
            vec![None, None, Some("key-2")],
        ),
    ];
    for (answers, expected) in table {
        let script = Arc::new(Script { answers: Mutex::new(answers), ..Script::default() });
        let added = client(script.clone()).call(&context(), Caller::Guest, &two_shirts()).await.unwrap();
        assert_eq!(added.cart.id, "cart_1");
        let keys = script.keys.lock().unwrap();
        let keys: Vec<_> = keys.iter().map(|key| key.as_ref().map(|key| key.to_str().unwrap())).collect();
        assert_eq!(keys, expected);
    }
}

/// A refusal that is kept under a key stays a refusal.
#[tokio::test(start_paused = true)]
async fn a_refusal_with_a_key_is_not_asked_again() {
    let out_of_stock = r#"{"errors":[{"code":"insufficient_inventory","type":"not_allowed","message":"none left"}]}"#;
    let answers = Mutex::new(vec![answer(409, Some("key-1"), out_of_stock)]);
    let script = Arc::new(Script { answers, ..Script::default() });
    let error = client(script.clone()).call(&context(), Caller::Guest, &COMPLETE).await.unwrap_err();
    assert_eq!((error.api_code(), error.attempts()), (Some("insufficient_inventory"), 1));
}

//! Who calls: guests, tokens, sessions.

use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use http::header::{AUTHORIZATION, COOKIE};
use http::{HeaderMap, StatusCode};
use o2s_medusa_client::transport::{HttpRequest, HttpResponse, Transport, TransportError};
use o2s_medusa_client::v1::store::auth::{CreateToken, EmailExists, GetSession, Login, Logout};
use o2s_medusa_client::v1::store::carts::{CreateCart, GetCart};
use o2s_medusa_client::v1::store::customers::GetMe;
use o2s_medusa_client::v1::types::{Done, EmailPassword};
use o2s_medusa_client::v1::{Caller, StoreClient};
use o2s_medusa_client::{Backend, CustomerToken, PublishableKey, RetryPolicy, SessionCookie};

use crate::shop::{as_customer, as_guest, client, context, in_session, shop};

fn ada() -> EmailPassword {
    EmailPassword { email: "ada@lab.test".to_owned(), password: "any".to_owned().into() }
}

#[tokio::test]
async fn a_login_answers_the_customer_and_a_session_that_calls() {
    let store = shop(&["auth-login", "auth-get-session", "auth-logout"]);
    let signed_in = store.call(&context(), Caller::Guest, &Login { body: ada() }).await.unwrap();
    assert_eq!(signed_in.customer.email.as_deref(), Some("ada@lab.test"));
    assert_eq!(signed_in.customer.shipping_addresses[0].city.as_deref(), Some("Berlin"));
    let session = signed_in.session.unwrap();
    assert_eq!(session.expose(), "connect.sid=s%3Asession-1");

    let me = store.call(&context(), Caller::Session(&session), &GetSession).await.unwrap().customer;
    assert_eq!(me.id, signed_in.customer.id);
    assert_eq!(store.call(&context(), Caller::Session(&session), &Logout).await.unwrap(), Done);
}

#[tokio::test]
async fn a_session_is_read_and_ended() {
    let me = in_session("auth-get-session", &GetSession).await.unwrap().customer;
    assert_eq!(me.first_name.as_deref(), Some("Ada"));
    assert_eq!(me.has_account, Some(true));
    assert_eq!(in_session("auth-logout", &Logout).await.unwrap(), Done);
}

#[tokio::test]
async fn a_token_is_read() {
    let answer = as_guest("auth-token", &CreateToken { body: ada() }).await.unwrap();
    assert_eq!(answer.access_token.expose(), "token-1");
}

#[tokio::test]
async fn tokens_and_sessions_are_the_same_customer() {
    let by_token = as_customer("customers-me", &GetMe).await.unwrap().customer;
    let by_session = in_session("customers-me-cookie", &GetMe).await.unwrap().customer;
    assert_eq!(by_token, by_session);
}

#[tokio::test]
async fn an_address_has_an_account_or_not() {
    assert!(as_guest("auth-email-exists", &EmailExists { email: "ada@lab.test" }).await.unwrap().exists);
    assert!(!as_guest("auth-email-unknown", &EmailExists { email: "nobody@lab.test" }).await.unwrap().exists);
}

/// Answers every request with the same cart and, as Medusa does, with a cookie; keeps the headers.
#[derive(Debug, Default)]
struct Baker {
    seen: Mutex<Vec<HeaderMap>>,
}

#[async_trait]
impl Transport for Baker {
    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, TransportError> {
        self.seen.lock().unwrap().push(request.headers);
        let mut headers = HeaderMap::new();
        headers.insert("content-type", "application/json".parse().unwrap());
        headers.insert("set-cookie", "connect.sid=s%3Abaked; Path=/; HttpOnly".parse().unwrap());
        Ok(HttpResponse { status: StatusCode::OK, headers, body: r#"{"cart":{"id":"cart_1"}}"#.into() })
    }
}

#[tokio::test]
async fn a_guest_sends_no_cookie_whatever_the_server_sets() {
    let baker = Arc::new(Baker::default());
    let store = client(baker.clone());
    let read = GetCart { id: "cart_1", ..Default::default() };
    let token = CustomerToken::new("token-1").unwrap();
    let session = SessionCookie::new("connect.sid=s%3Asession-1").unwrap();
    store.call(&context(), Caller::Guest, &CreateCart::default()).await.unwrap();
    store.call(&context(), Caller::Guest, &read).await.unwrap();
    store.call(&context(), Caller::Token(&token), &read).await.unwrap();
    store.call(&context(), Caller::Session(&session), &read).await.unwrap();

    let seen = baker.seen.lock().unwrap();
    let sent = |index: usize| {
        let text = |name| seen[index].get(name).map(|value| value.to_str().unwrap());
        (text(AUTHORIZATION), text(COOKIE))
    };
    assert_eq!(sent(0), (None, None));
    assert_eq!(sent(1), (None, None));
    assert_eq!(sent(2), (Some("Bearer token-1"), None));
    assert_eq!(sent(3), (None, Some("connect.sid=s%3Asession-1")));
    assert!(seen[3][COOKIE].is_sensitive() && seen[2][AUTHORIZATION].is_sensitive());
}

#[tokio::test]
async fn the_publishable_key_is_sent_where_there_is_one() {
    for key in [None, Some("pk_test")] {
        let baker = Arc::new(Baker::default());
        let backend = Backend::new(baker.clone(), RetryPolicy::default());
        let store = StoreClient::new(backend, key.map(|key| PublishableKey::new(key).unwrap()));
        store.call(&context(), Caller::Guest, &CreateCart::default()).await.unwrap();
        let seen = baker.seen.lock().unwrap();
        let sent = seen[0].get("x-publishable-api-key").map(|value| value.to_str().unwrap());
        assert_eq!(sent, key);
    }
}

#[tokio::test]
async fn a_login_without_a_cookie_has_no_session() {
    let mut exchange = crate::shop::recording("auth-login");
    exchange.response.headers.remove("set-cookie").unwrap();
    let replay = o2s_medusa_client::testing::ReplayTransport::new(vec![exchange]);
    let answer = client(Arc::new(replay)).call(&context(), Caller::Guest, &Login { body: ada() }).await.unwrap();
    assert!(answer.session.is_none());
}

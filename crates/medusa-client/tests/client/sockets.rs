//! The real transport against a server of a few lines, over real sockets.

use std::sync::Arc;
use std::time::{Duration, Instant};

use http::StatusCode;
use o2s_medusa_client::transport::{HttpConfig, HttpTransport, SetupError};
use o2s_medusa_client::v2::StoreClient;
use o2s_medusa_client::v2::store::carts::{CreateCart, GetCart};
use o2s_medusa_client::v2::store::products::ListProducts;
use o2s_medusa_client::v2::types::Page;
use o2s_medusa_client::{Backend, CallContext, CustomerToken, Error, ErrorKind, PublishableKey, RetryPolicy};
use tokio::net::TcpListener;

use crate::server::{Reply, Server, cart, json};

fn store(url: &str, config: &HttpConfig, policy: RetryPolicy) -> StoreClient {
    let transport = HttpTransport::new(url, config).unwrap();
    let backend = Backend::new(Arc::new(transport), policy);
    StoreClient::new(backend, PublishableKey::new("pk_test").unwrap())
}

fn once() -> RetryPolicy {
    RetryPolicy { max_attempts: 1, ..RetryPolicy::default() }
}

const READ: GetCart<'static> = GetCart { id: "cart_1", fields: Some("id") };

async fn read(store: &StoreClient) -> Result<String, Error> {
    let context = CallContext::within(Duration::from_secs(5));
    store.call(&context, None, &READ).await.map(|answer| answer.cart.id)
}

#[tokio::test]
async fn requests_carry_what_they_should() {
    let server = Server::start(vec![cart("200 OK")]).await;
    let store = store(&format!("{}/below/", server.url()), &HttpConfig::default(), once());
    let context = CallContext {
        request_id: Some("request-1"),
        locale: Some("de-DE"),
        ..CallContext::within(Duration::from_secs(5))
    };
    let token = CustomerToken::new("token-1").unwrap();
    store.call(&context, Some(&token), &READ).await.unwrap();
    store.call(&context, None, &CreateCart::default()).await.unwrap();

    let requests = server.requests();
    let (read, write) = (requests[0].to_lowercase(), requests[1].to_lowercase());
    assert!(read.starts_with("get /below/store/carts/cart_1?fields=id http/1.1\r\n"), "{read}");
    for line in [
        "accept: application/json",
        "authorization: bearer token-1",
        "x-publishable-api-key: pk_test",
        "x-request-id: request-1",
        "x-medusa-locale: de-de",
        "user-agent: o2s-medusa-client/",
    ] {
        assert!(read.contains(&format!("\r\n{line}")), "{line} is missing in {read}");
    }
    assert!(!read.contains("content-type"), "{read}");
    assert!(!read.contains("accept-encoding"), "{read}");
    assert!(!write.contains("authorization"), "{write}");
    assert!(write.contains("\r\ncontent-type: application/json\r\n"), "{write}");
    assert!(write.ends_with("\r\n\r\n{}"), "{write}");
}

#[tokio::test]
async fn connections_are_used_again() {
    let server = Server::start(vec![cart("200 OK")]).await;
    let store = store(&server.url(), &HttpConfig::default(), once());
    for _ in 0..5 {
        assert_eq!(read(&store).await.unwrap(), "cart_1");
    }
    assert_eq!(server.connections(), 1);
}

#[tokio::test]
async fn a_connection_that_the_backend_closed_is_no_error() {
    let Reply::Keep(text) = cart("200 OK") else { unreachable!() };
    let server = Server::start(vec![Reply::Close(text)]).await;
    let store = store(&server.url(), &HttpConfig::default(), RetryPolicy::default());
    for _ in 0..5 {
        assert_eq!(read(&store).await.unwrap(), "cart_1");
    }
}

#[tokio::test]
async fn redirects_are_not_followed() {
    let elsewhere = Server::start(vec![cart("200 OK")]).await;
    let redirect = format!(
        "HTTP/1.1 307 Temporary Redirect\r\nlocation: {}/store/carts/cart_1\r\ncontent-length: 0\r\n\r\n",
        elsewhere.url()
    );
    let server = Server::start(vec![Reply::Keep(redirect)]).await;
    let error = read(&store(&server.url(), &HttpConfig::default(), once())).await.unwrap_err();
    assert_eq!(error.status(), Some(StatusCode::TEMPORARY_REDIRECT));
    assert_eq!(elsewhere.connections(), 0);
}

#[tokio::test]
async fn bodies_are_capped_with_and_without_a_length() {
    let config = HttpConfig { max_response_bytes: 100, ..HttpConfig::default() };
    let long = "x".repeat(101);
    let announced = format!("HTTP/1.1 200 OK\r\ncontent-length: 101\r\n\r\n{long}");
    let chunked = format!("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n65\r\n{long}\r\n0\r\n\r\n");
    for text in [announced, chunked] {
        let server = Server::start(vec![Reply::Keep(text)]).await;
        let store = store(&server.url(), &config, RetryPolicy::default());
        let error = read(&store).await.unwrap_err();
        assert_eq!(error.kind(), &ErrorKind::TooLarge { limit: 100 });
        assert_eq!(error.attempts(), 1, "the same answer would come again");
    }
}

#[tokio::test]
async fn an_answer_that_ends_early_is_an_interruption() {
    let half = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 500\r\n\r\n{\"cart\":".to_owned();
    let server = Server::start(vec![Reply::Close(half.clone()), cart("200 OK")]).await;
    let again = store(&server.url(), &HttpConfig::default(), RetryPolicy::default());
    assert_eq!(read(&again).await.unwrap(), "cart_1", "a read is repeated");

    let server = Server::start(vec![Reply::Close(half)]).await;
    let write = store(&server.url(), &HttpConfig::default(), RetryPolicy::default());
    let context = CallContext::within(Duration::from_secs(5));
    let error = write.call(&context, None, &CreateCart::default()).await.unwrap_err();
    assert_eq!(error.kind(), &ErrorKind::Interrupted);
    assert!(error.may_have_acted());
    assert_eq!(server.requests().len(), 1, "a harmful write is not");
}

#[tokio::test]
async fn a_silent_backend_is_left_at_the_deadline() {
    let server = Server::start(vec![Reply::Silence]).await;
    let store = store(&server.url(), &HttpConfig::default(), once());
    let begin = Instant::now();
    let context = CallContext::within(Duration::from_millis(150));
    let error = store.call(&context, None, &READ).await.unwrap_err();
    assert_eq!(error.kind(), &ErrorKind::Timeout);
    assert!(begin.elapsed() < Duration::from_secs(3), "{:?}", begin.elapsed());
}

#[tokio::test]
async fn a_body_that_never_ends_is_left_at_the_deadline() {
    let begin_of_body = "HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n{".to_owned();
    let server = Server::start(vec![Reply::Keep(begin_of_body)]).await;
    let store = store(&server.url(), &HttpConfig::default(), once());
    let context = CallContext::within(Duration::from_millis(150));
    let error = store.call(&context, None, &READ).await.unwrap_err();
    assert_eq!(error.kind(), &ErrorKind::Timeout);
}

#[tokio::test]
async fn a_closed_port_means_that_nothing_was_sent() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let store = store(&format!("http://{address}"), &HttpConfig::default(), RetryPolicy::default());
    let context = CallContext::within(Duration::from_secs(5));
    let error = store.call(&context, None, &CreateCart::default()).await.unwrap_err();
    assert_eq!(error.kind(), &ErrorKind::Connect);
    assert!(!error.may_have_acted());
    assert_eq!(error.attempts(), 3);
    assert!(std::error::Error::source(&error).is_some());
}

/// The name ends in `.invalid`, which no name server answers.
#[tokio::test]
async fn an_unknown_host_means_that_nothing_was_sent() {
    let store = store("http://medusa.invalid", &HttpConfig::default(), once());
    let error = read(&store).await.unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Connect), "{error:?}");
}

#[tokio::test]
async fn a_failed_handshake_means_that_nothing_was_sent() {
    let server = Server::start(vec![Reply::Close("not TLS at all".to_owned())]).await;
    let url = server.url().replace("http://", "https://");
    let transport = match HttpTransport::new(&url, &HttpConfig::default()) {
        Ok(transport) => transport,
        // A machine without certificates says so when the transport is made.
        Err(error) => {
            assert!(matches!(error, SetupError::Tls(_)), "{error:?}");
            return;
        }
    };
    let backend = Backend::new(Arc::new(transport), once());
    let store = StoreClient::new(backend, PublishableKey::new("pk_test").unwrap());
    let context = CallContext::within(Duration::from_millis(800));
    let error = store.call(&context, None, &CreateCart::default()).await.unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Connect | ErrorKind::Timeout), "{error:?}");
    assert_eq!(server.requests().len(), 0);
}

#[tokio::test]
async fn medusa_s_proxies_may_answer_in_their_own_words() {
    let page = "<html><body>502 Bad Gateway</body></html>";
    let text =
        format!("HTTP/1.1 502 Bad Gateway\r\ncontent-type: text/html\r\ncontent-length: {}\r\n\r\n{page}", page.len());
    let server = Server::start(vec![Reply::Keep(text)]).await;
    let error = read(&store(&server.url(), &HttpConfig::default(), once())).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "GET /store/carts/{id}: the answer 502 is not Medusa's: <html><body>502 Bad Gateway</body></html>"
    );
    assert!(error.is_transient());
}

#[tokio::test]
async fn an_answer_of_another_shape_says_where() {
    let server = Server::start(vec![json(
        "200 OK",
        r#"{"products":[{"id":"prod_1","variants":[{"id":"v1","weight":"heavy jane@example.com"}]}],"count":1}"#,
    )])
    .await;
    let store = store(&server.url(), &HttpConfig::default(), once());
    let list = ListProducts { page: Page { limit: Some(1), ..Default::default() }, ..Default::default() };
    let context = CallContext::within(Duration::from_secs(5));
    let error = store.call(&context, None, &list).await.unwrap_err();
    let ErrorKind::Decode { path, .. } = error.kind() else { panic!("{error:?}") };
    assert_eq!(path, "products[0].variants[0].weight");
    assert!(!format!("{error} {error:?} {:?}", error.kind()).contains("jane@"), "{error:?}");
}

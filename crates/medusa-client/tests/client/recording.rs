//! Recordings: made without secrets, kept in files, replayed.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use http::{HeaderMap, StatusCode};
use o2s_medusa_client::testing::{Exchange, RecordingTransport, ReplayTransport};
use o2s_medusa_client::transport::{HttpRequest, HttpResponse, Transport, TransportError};
use o2s_medusa_client::v2::auth::{EmailPassword, Login};
use o2s_medusa_client::v2::store::carts::{CartUpdate, GetCart, UpdateCart};
use o2s_medusa_client::v2::store::customers::GetMe;
use o2s_medusa_client::v2::store::orders::ListOrders;
use o2s_medusa_client::v2::{AuthClient, StoreClient};
use o2s_medusa_client::{Backend, CallContext, CustomerToken, Error, PublishableKey, RetryPolicy};

const JWT: &str = "eyJhbGciOiJIUzI1NiJ9.eyJhY3Rvcl9pZCI6ImN1c18xIn0.c2lnbmF0dXJl";

/// Logs in with a token, and gives a cart whose total grows with every read.
#[derive(Debug, Default)]
struct Shop {
    reads: std::sync::atomic::AtomicU32,
}

#[async_trait]
impl Transport for Shop {
    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, TransportError> {
        let body = match request.route {
            "/auth/customer/emailpass" => format!(r#"{{"token":"{JWT}"}}"#),
            "/store/customers/me" => r#"{"customer":{"id":"cus_1","email":"jane@example.com"}}"#.to_owned(),
            _ => {
                let reads = self.reads.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
                format!(r#"{{"cart":{{"id":"cart_1","total":1{reads}.10}}}}"#)
            }
        };
        let mut headers = HeaderMap::new();
        headers.insert("content-type", "application/json; charset=utf-8".parse().unwrap());
        headers.insert("set-cookie", "sid=s3cret".parse().unwrap());
        Ok(HttpResponse { status: StatusCode::OK, headers, body: body.into() })
    }
}

fn clients(transport: Arc<dyn Transport>) -> (AuthClient, StoreClient) {
    let backend = Backend::new(transport, RetryPolicy::default());
    let key = PublishableKey::new("pk_0123456789").unwrap();
    (AuthClient::new(backend.clone()), StoreClient::new(backend, key))
}

fn context() -> CallContext<'static> {
    CallContext::within(Duration::from_secs(5))
}

/// Logs in, asks who it is, asks with an address in the path, reads a cart, changes it, reads it again;
/// answers what it saw.
async fn visit(transport: Arc<dyn Transport>) -> Result<Vec<String>, Error> {
    let (auth, store) = clients(transport);
    let body = EmailPassword { email: "jane@example.com".to_owned(), password: "Jane-pass-1".to_owned().into() };
    let token = auth.call(&context(), None, &Login { body }).await?.token;
    let me = store.call(&context(), token.as_ref(), &GetMe { fields: Some("id,email") }).await?;
    store.call(&context(), None, &GetCart { id: "jane@example.com", fields: None }).await?;
    let read = GetCart { id: "cart_1", fields: Some("id,total") };
    let first = store.call(&context(), None, &read).await?.cart.total;
    let body = CartUpdate { email: Some("jane@example.com".to_owned()), ..Default::default() };
    store.call(&context(), None, &UpdateCart { id: "cart_1", fields: None, body }).await?;
    let second = store.call(&context(), None, &read).await?.cart.total;
    Ok(vec![me.customer.id, format!("{first:?}"), format!("{second:?}")])
}

#[tokio::test]
async fn a_recording_holds_no_secrets_and_replays() {
    let recorder =
        Arc::new(RecordingTransport::new(Arc::new(Shop::default())).hiding("jane@example.com", "jane@shop.test"));
    let seen = visit(recorder.clone()).await.unwrap();
    assert_eq!(recorder.sent(), 6);
    let exchanges = recorder.take();
    assert_eq!(recorder.sent(), 0);
    assert!(recorder.exchanges().is_empty());

    let folder = tempfile::tempdir().unwrap();
    Exchange::save_all(&exchanges, folder.path()).unwrap();
    let mut files: Vec<_> = std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let names: Vec<_> = files.iter().map(|path| path.file_name().unwrap().to_str().unwrap()).collect();
    assert_eq!(
        names,
        [
            "001-post-auth-customer-emailpass.json",
            "002-get-store-customers-me.json",
            "003-get-store-carts.json",
            "004-get-store-carts.json",
            "005-post-store-carts.json",
            "006-get-store-carts.json",
        ]
    );
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        for secret in [JWT, "Jane-pass-1", "pk_0123456789", "s3cret", "jane@example.com", "jane%40example.com"] {
            assert!(!text.contains(secret), "{} holds {secret}", file.display());
        }
    }

    let saved = Exchange::load_all(folder.path()).unwrap();
    // The e-mail address was hidden, so the replayed visitor has to give the name for it.
    let replay = Arc::new(ReplayTransport::new(saved));
    let error = visit(replay.clone()).await.unwrap_err();
    assert!(format!("{:?}", error.kind()).contains("no recording answers POST /auth/customer/emailpass"), "{error:?}");

    let recorder = Arc::new(RecordingTransport::new(Arc::new(Shop::default())));
    visit(recorder.clone()).await.unwrap();
    let replay = Arc::new(ReplayTransport::new(recorder.take()));
    assert_eq!(visit(replay.clone()).await.unwrap(), seen, "digits and order are as recorded");
    assert_eq!(replay.unused(), Vec::<String>::new());
}

#[tokio::test]
async fn a_token_of_another_day_stands_for_one_that_was_recorded() {
    let exchange = |caller: &str, id: &str| -> Exchange {
        let path = "/store/customers/me?fields=id";
        let answer = format!(r#"{{"customer":{{"id":"{id}"}}}}"#);
        let text = format!(
            r#"{{"request":{{"method":"GET","path":"{path}","caller":"{caller}"}},"response":{{"status":200,"body":{answer}}}}}"#
        );
        serde_json::from_str(&text).unwrap()
    };
    let recorded =
        [("admin", "nobody"), ("token-1", "jane"), ("token-2", "john"), ("token-1", "jane"), ("token-3", "mary")];
    let replay = ReplayTransport::new(recorded.map(|(caller, id)| exchange(caller, id)).into());
    let (_, store) = clients(Arc::new(replay));
    let who = async |token: &str| {
        let token = CustomerToken::new(token).unwrap();
        let answer = store.call(&context(), Some(&token), &GetMe { fields: Some("id") }).await;
        answer.map(|answer| answer.customer.id).unwrap_or_default()
    };
    assert_eq!(who("another-of-jane").await, "jane", "never the admin's");
    assert_eq!(who("another-of-john").await, "john");
    assert_eq!(who("another-of-john").await, "", "not what is left of Jane's");
    assert_eq!(who("token-3").await, "mary");
    assert_eq!(who("another-of-jane").await, "jane");
}

#[tokio::test]
async fn a_request_without_recording_is_named_with_the_nearest() {
    let recorder = Arc::new(RecordingTransport::new(Arc::new(Shop::default())));
    let (_, store) = clients(recorder.clone());
    store.call(&context(), None, &GetCart { id: "cart_1", fields: Some("id") }).await.unwrap();
    let replay = Arc::new(ReplayTransport::new(recorder.take()));
    let (_, store) = clients(replay.clone());

    let said = |error: Error| format!("{:?}", error.kind());
    let other = GetCart { id: "cart_1", fields: Some("id,total") };
    let error = said(store.call(&context(), None, &other).await.unwrap_err());
    assert!(error.contains("no recording answers GET /store/carts/cart_1?fields=id,total;"), "{error}");
    assert!(error.contains("the nearest is GET /store/carts/cart_1?fields=id\""), "{error}");
    assert_eq!(replay.unused(), ["GET /store/carts/cart_1?fields=id"]);

    let same = GetCart { id: "cart_1", fields: Some("id") };
    store.call(&context(), None, &same).await.unwrap();
    let error = said(store.call(&context(), None, &same).await.unwrap_err());
    assert!(error.contains("its 1 recorded answers are used up"), "{error}");

    let (_, store) = clients(Arc::new(ReplayTransport::new(Vec::new())));
    let error = said(store.call(&context(), None, &ListOrders::default()).await.unwrap_err());
    assert!(error.contains("there are no recordings"), "{error}");
}

#[test]
fn files_that_are_no_recordings_are_named() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("broken.json"), "{}").unwrap();
    let error = ReplayTransport::load(folder.path()).unwrap_err().to_string();
    assert!(error.ends_with("broken.json is not a recorded exchange"), "{error}");
    let error = Exchange::load_all(&folder.path().join("nowhere")).unwrap_err().to_string();
    assert!(error.starts_with("cannot read or write "), "{error}");
}

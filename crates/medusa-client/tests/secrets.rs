//! Keys, tokens and passwords appear in no log, no error and no Debug output.
//!
//! Alone in its program: with other tests beside it, whether a span is recorded would depend on which
//! thread comes to it first.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test that does not get what it needs should stop there"
)]

#[path = "client/server.rs"]
#[allow(dead_code, reason = "shared with the other tests, which use more of it")]
mod server;

use std::fmt::Write as _;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use o2s_medusa_client::v1;
use o2s_medusa_client::v2::auth::{EmailPassword, Login};
use o2s_medusa_client::v2::store::carts::GetCart;
use o2s_medusa_client::v2::{AdminClient, AuthClient, StoreClient, admin};
use o2s_medusa_client::{AdminKey, Backend, CallContext, CustomerToken, PublishableKey, SessionCookie};
use tracing_subscriber::fmt::format::FmtSpan;

use server::{Reply, Server, cart, json};

const SECRETS: [&str; 7] =
    ["pk_5ecret", "t0ken.5ecret", "sk_5ecret", "pa55word", "c2tfNWVjcmV0", "se55ion", "1dempotency"];

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl std::io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// What Medusa 1's own secrets show of themselves.
async fn medusa_1(context: &CallContext<'_>, token: &CustomerToken) -> String {
    use v1::store::auth::{CreateToken, Login};
    use v1::store::completion::CompleteCart;
    use v1::store::customers::{CreateCustomer, CustomerUpdate, GetMe, NewCustomer, UpdateMe};
    use v1::store::orders::ConfirmClaim;
    use v1::store::passwords::{NewPassword, ResetPassword};

    let answer = |head: &str, body: &str| {
        let length = body.len();
        Reply::Keep(format!(
            "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n{head}content-length: {length}\r\n\r\n{body}"
        ))
    };
    let customer = r#"{"customer":{"id":"cus_private"}}"#;
    let server = Server::start(vec![
        answer("set-cookie: connect.sid=s%3Ase55ion; Path=/; HttpOnly\r\n", customer),
        answer("", r#"{"access_token":"t0ken.5ecret-0123456789"}"#),
        answer("idempotency-key: 1dempotency\r\n", r#"{"type":"order","data":{"id":"order_private"}}"#),
        json("401 Unauthorized", r#"{"message":"no: connect.sid=s%3Ase55ion0123456789"}"#),
    ])
    .await;
    let store =
        v1::StoreClient::new(Backend::at(&server.url()).unwrap(), Some(PublishableKey::new("pk_5ecret").unwrap()));
    let (guest, by_token) = (v1::Caller::Guest, v1::Caller::Token(token));
    let who = EmailPassword { email: "jane@example.com".to_owned(), password: "pa55word".to_owned().into() };

    let login = Login { body: who.clone() };
    let signed_in = store.call(context, guest, &login).await.unwrap();
    let made = CreateToken { body: who };
    let token = store.call(context, guest, &made).await.unwrap();
    let complete = CompleteCart { cart_id: "cart_private" };
    let keyed = store.call_keyed(context, by_token, &complete).await.unwrap();
    assert!(keyed.key.is_some());
    let session: &SessionCookie = signed_in.session.as_ref().unwrap();
    let by_session = v1::Caller::Session(session);
    let refused = store.call(context, by_session, &GetMe).await.unwrap_err();
    let other = CompleteCart { cart_id: "cart_other" };
    let other_call = store.replay(context, guest, &other, keyed.key.as_ref().unwrap()).await.unwrap_err();

    let password = || "pa55word".to_owned().into();
    let (email, first_name, last_name, phone) = ("jane@example.com".to_owned(), None, None, None);
    let create = CreateCustomer { body: NewCustomer { email, password: password(), first_name, last_name, phone } };
    let change = UpdateMe { body: CustomerUpdate { password: Some(password()), ..Default::default() } };
    let (email, secret) = ("jane@example.com".to_owned(), "t0ken.5ecret");
    let reset = ResetPassword { body: NewPassword { email, token: secret.to_owned().into(), password: password() } };
    let confirm = ConfirmClaim { token: secret.to_owned().into() };
    format!(
        "{store:?} {login:?} {signed_in:?} {made:?} {token:?} {keyed:?} {by_token:?} {by_session:?} {refused} {refused:?} \
         {other_call} {other_call:?} {create:?} {change:?} {reset:?} {confirm:?}"
    )
}

#[tokio::test]
async fn nothing_shows_a_secret() {
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_span_events(FmtSpan::FULL)
        .with_ansi(false)
        .with_writer(move || writer.clone())
        .finish();
    let _guard = tracing::subscriber::set_default(subscriber);

    let refusal = "{\"type\":\"not_allowed\",\"message\":\"no: t0ken.5ecret-0123456789\"}";
    let refusal = json("400 Bad Request", refusal);
    let server = Server::start(vec![cart("200 OK"), cart("503 Busy"), refusal]).await;
    let backend = Backend::at(&server.url()).unwrap();
    let store = StoreClient::new(backend.clone(), PublishableKey::new("pk_5ecret").unwrap());
    let admin = AdminClient::new(backend.clone(), AdminKey::new("sk_5ecret").unwrap());
    let auth = AuthClient::new(backend);
    let token = CustomerToken::new("t0ken.5ecret-0123456789").unwrap();
    let login =
        Login { body: EmailPassword { email: "jane@example.com".to_owned(), password: "pa55word".to_owned().into() } };
    let context = CallContext::within(Duration::from_secs(5));
    let read = GetCart { id: "cart_private", fields: Some("id") };
    let customer = admin::customers::GetCustomer { id: "cus_private", fields: None };

    let mut shown = format!("{store:?} {admin:?} {auth:?} {token:?} {login:?}");
    store.call(&context, Some(&token), &read).await.unwrap();
    for error in [
        store.call(&context, Some(&token), &read).await.map(|_| ()).unwrap_err(),
        admin.call(&context, &customer).await.map(|_| ()).unwrap_err(),
        auth.call(&context, None, &login).await.map(|_| ()).unwrap_err(),
    ] {
        let _ = write!(shown, "{error} {error:?}");
        let mut source = std::error::Error::source(&error);
        while let Some(error) = source {
            let _ = write!(shown, "{error} {error:?}");
            source = error.source();
        }
    }

    shown += &medusa_1(&context, &token).await;

    let log = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    assert!(log.contains("url.template=\"/store/carts/{id}\""), "{log}");
    assert!(log.contains("http.response.status_code=400"), "{log}");
    for secret in SECRETS {
        assert!(!shown.contains(secret), "{secret} in {shown}");
        assert!(!log.contains(secret), "{secret} in {log}");
    }
    for line in log.lines().filter(|line| line.contains("medusa.call")) {
        for private in ["cart_private", "cus_private", "jane@example.com"] {
            assert!(!line.contains(private), "{private} in {line}");
        }
    }
}

//! A shop that gives recorded answers.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use o2s_medusa_client::testing::{Exchange, ReplayTransport};
use o2s_medusa_client::transport::Transport;
use o2s_medusa_client::v1::store::StoreEndpoint;
use o2s_medusa_client::v1::types::{AddressInput, Metadata};
use o2s_medusa_client::v1::{Caller, MinorUnits, StoreClient};
use o2s_medusa_client::{Backend, CallContext, CustomerToken, Result, RetryPolicy, SessionCookie};

/// Where the recordings are.
pub(crate) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/recordings/v1")
}

/// One recording.
pub(crate) fn recording(name: &str) -> Exchange {
    let path = folder().join(format!("{name}.json"));
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// A client of a shop that gives these answers, each of them once.
pub(crate) fn shop(recordings: &[&str]) -> StoreClient {
    client(Arc::new(ReplayTransport::new(recordings.iter().map(|name| recording(name)).collect())))
}

/// A client over a transport.
pub(crate) fn client(transport: Arc<dyn Transport>) -> StoreClient {
    StoreClient::new(Backend::new(transport, RetryPolicy::default()), None)
}

pub(crate) fn context() -> CallContext<'static> {
    CallContext::within(Duration::from_secs(5))
}

pub(crate) async fn as_guest<E: StoreEndpoint>(recording: &str, endpoint: &E) -> Result<E::Response> {
    shop(&[recording]).call(&context(), Caller::Guest, endpoint).await
}

pub(crate) async fn as_customer<E: StoreEndpoint>(recording: &str, endpoint: &E) -> Result<E::Response> {
    let token = CustomerToken::new("token-1").unwrap();
    shop(&[recording]).call(&context(), Caller::Token(&token), endpoint).await
}

pub(crate) async fn in_session<E: StoreEndpoint>(recording: &str, endpoint: &E) -> Result<E::Response> {
    let session = SessionCookie::new("connect.sid=s%3Asession-1").unwrap();
    shop(&[recording]).call(&context(), Caller::Session(&session), endpoint).await
}

/// A field that holds this many minor units.
#[allow(clippy::unnecessary_wraps, reason = "it is compared with fields that may be absent")]
pub(crate) fn minor(units: i64) -> Option<MinorUnits> {
    Some(MinorUnits(units))
}

pub(crate) fn metadata(value: &serde_json::Value) -> Metadata {
    value.as_object().unwrap().clone()
}

/// The address that the recordings were made with.
pub(crate) fn linden(extra: &serde_json::Value) -> AddressInput {
    let text = |text: &str| Some(text.to_owned());
    AddressInput {
        first_name: text("Grace"),
        last_name: text("Hopper"),
        company: text("Navy"),
        address_1: text("Unter den Linden 1"),
        address_2: text("2. OG"),
        city: text("Berlin"),
        country_code: text("de"),
        province: text("BE"),
        postal_code: text("10117"),
        phone: text("+49301234567"),
        metadata: Some(metadata(extra)),
    }
}

//! What the people of a Medusa shop do: by its Admin API, and by its mails.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::Context;
use async_trait::async_trait;
use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Method};
use o2s_framework_core::context::CustomerToken;
use o2s_framework_core::ids::{OrderId, ReturnId};
use o2s_integration_testkit::BackOffice;
use o2s_medusa_client::testing::RecordingTransport;
use o2s_medusa_client::transport::{HttpRequest, Transport};
use serde_json::{Value, json};

/// Who handles the goods of a shop.
#[async_trait]
pub trait Warehouse: fmt::Debug + Send + Sync {
    /// Sends everything of an order to its customer.
    async fn send(&self, order: &str) -> anyhow::Result<()>;

    /// Takes everything of a return in.
    async fn receive(&self, order: &str, goods: &str) -> anyhow::Result<()>;
}

/// The people of a shop. Their mails are read through the transport of the test, so that a recording has them; what they
/// do with goods is not recorded, and a recorded shop has no warehouse.
#[derive(Debug)]
pub struct People {
    pub(crate) mails: Arc<RecordingTransport>,
    pub(crate) warehouse: Option<Arc<dyn Warehouse>>,
}

#[async_trait]
impl BackOffice for People {
    async fn send(&self, order: &OrderId) {
        if let Some(warehouse) = &self.warehouse {
            warehouse.send(order.as_str()).await.unwrap_or_else(|error| panic!("sending {order}: {error:#}"));
        }
    }

    async fn receive(&self, order: &OrderId, goods: &ReturnId) {
        if let Some(warehouse) = &self.warehouse {
            let received = warehouse.receive(order.as_str(), goods.as_str()).await;
            received.unwrap_or_else(|error| panic!("receiving {goods}: {error:#}"));
        }
    }

    async fn claim_token(&self, order: &OrderId, _: &CustomerToken) -> String {
        let path = format!("/test/mailbox?order_id={order}");
        let mail = call(&*self.mails, Method::GET, &path, None, HeaderMap::new()).await;
        let mail = mail.unwrap_or_else(|error| panic!("the mail about {order}: {error:#}"));
        mail["token"].as_str().unwrap_or_else(|| panic!("no token in {mail}")).to_owned()
    }
}

/// The Admin API of a running Medusa, as a person with this credential uses it.
#[derive(Debug)]
pub(crate) struct Admin {
    pub(crate) transport: Arc<dyn Transport>,
    pub(crate) credential: (HeaderName, HeaderValue),
}

impl Admin {
    pub(crate) async fn get(&self, path: &str) -> anyhow::Result<Value> {
        self.call(Method::GET, path, None).await
    }

    pub(crate) async fn post(&self, path: &str, body: &Value) -> anyhow::Result<Value> {
        self.call(Method::POST, path, Some(body)).await
    }

    async fn call(&self, method: Method, path: &str, body: Option<&Value>) -> anyhow::Result<Value> {
        let headers = HeaderMap::from_iter([self.credential.clone()]);
        call(&*self.transport, method, path, body, headers).await
    }
}

async fn call(
    transport: &dyn Transport,
    method: Method,
    path: &str,
    body: Option<&Value>,
    mut headers: HeaderMap,
) -> anyhow::Result<Value> {
    headers.insert(http::header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    let request = HttpRequest {
        method: method.clone(),
        route: "what a test does",
        target: path.to_owned(),
        headers,
        body: body.map(|body| Bytes::from(body.to_string())),
        deadline: Instant::now() + Duration::from_secs(30),
    };
    let answer = transport.send(request).await?;
    let text = String::from_utf8_lossy(&answer.body);
    anyhow::ensure!(answer.status.is_success(), "{method} {path}: {} {text}", answer.status);
    serde_json::from_str(&text).with_context(|| format!("{method} {path}: {text}"))
}

/// The lines of an order or a return, with how many pieces of each.
pub(crate) fn lines(items: &Value, id: &str, id_there: &str) -> anyhow::Result<Value> {
    let items = items.as_array().context("no lines")?;
    Ok(items.iter().map(|item| json!({ id_there: item[id], "quantity": item["quantity"] })).collect())
}

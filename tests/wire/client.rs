//! A client that talks to the router without a socket, and the story that a test tells with it.

use std::fmt::Write as _;
use std::sync::LazyLock;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE};
use axum::http::{HeaderMap, Request, StatusCode};
use http_body_util::BodyExt as _;
use o2s_api_harmonizer::{Settings, router};
use o2s_framework_core::ids::OrderId;
use o2s_mock_integration::{Facts, Mock, MockConfig};
use serde_json::Value;
use tower::ServiceExt as _;

/// The API over a shop of its own, in which ids are the same in every run.
pub(crate) struct Api {
    router: Router,
    shop: Mock,
    pub(crate) facts: Facts,
}

impl Api {
    pub(crate) fn open() -> Self {
        Self::with(&Settings::default())
    }

    pub(crate) fn with(settings: &Settings) -> Self {
        let shop = Mock::new(&MockConfig { deterministic_ids: true, ..MockConfig::default() });
        let facts = shop.facts();
        Self { router: router(shop.modules(), settings), shop, facts }
    }

    /// The token that the shop would mail to a demo customer who asks for an order.
    pub(crate) fn claim_token(&self, order: &OrderId, customer: &str) -> String {
        self.shop.mint_claim_token(order, customer, Duration::from_secs(60)).unwrap().expose().to_owned()
    }

    /// A good token of a demo customer.
    pub(crate) fn token(&self, customer: &str) -> String {
        self.shop.mint_token(customer, Duration::from_secs(60)).unwrap().expose().to_owned()
    }

    pub(crate) fn get(&self, path: impl Into<String>) -> Call<'_> {
        self.call("GET", path)
    }

    pub(crate) fn post(&self, path: impl Into<String>) -> Call<'_> {
        self.call("POST", path)
    }

    pub(crate) fn patch(&self, path: impl Into<String>) -> Call<'_> {
        self.call("PATCH", path)
    }

    pub(crate) fn delete(&self, path: impl Into<String>) -> Call<'_> {
        self.call("DELETE", path)
    }

    pub(crate) fn call(&self, method: &'static str, path: impl Into<String>) -> Call<'_> {
        Call { api: self, method, path: path.into(), headers: Vec::new(), body: Vec::new(), as_whom: None }
    }

    /// A cart with pieces of a variant, in euros.
    pub(crate) async fn cart_with(&self, variant: &str, quantity: u32) -> String {
        let body = serde_json::json!({"variantId": variant, "quantity": quantity, "currency": "EUR"});
        self.post("/carts/items").json(&body).send().await.id()
    }

    /// A cart with a hammer, an address and a shipping method: ready to be paid.
    pub(crate) async fn cart_to_pay(&self) -> String {
        let cart = self.cart_with(self.facts.variants.plain.variant_id.as_str(), 1).await;
        let addresses = serde_json::json!({"shippingAddress": address(), "email": "guest@example.com"});
        let set = self.post(format!("/checkout/{cart}/addresses")).json(&addresses).send().await;
        assert_eq!(set.status, StatusCode::CREATED, "{}", set.text());
        let option = serde_json::json!({"shippingOptionId": self.facts.standard_shipping});
        let set = self.post(format!("/checkout/{cart}/shipping-method")).json(&option).send().await;
        assert_eq!(set.status, StatusCode::CREATED, "{}", set.text());
        cart
    }
}

/// An address in Germany.
pub(crate) fn address() -> Value {
    serde_json::json!({
        "firstName": "Ada", "lastName": "Guest", "streetName": "Torstraße", "streetNumber": "1",
        "postalCode": "10119", "city": "Berlin", "country": "DE"
    })
}

/// A request in the making.
pub(crate) struct Call<'a> {
    api: &'a Api,
    method: &'static str,
    path: String,
    headers: Vec<(&'static str, String)>,
    body: Vec<u8>,
    as_whom: Option<&'static str>,
}

impl Call<'_> {
    pub(crate) fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// With a good token of a demo customer.
    pub(crate) fn signed_in(mut self, customer: &'static str) -> Self {
        self.as_whom = Some(customer);
        let token = self.api.token(customer);
        self.header(AUTHORIZATION.as_str(), format!("Bearer {token}"))
    }

    pub(crate) fn json(mut self, body: &Value) -> Self {
        self.body = serde_json::to_vec(body).unwrap();
        self.header(CONTENT_TYPE.as_str(), "application/json")
    }

    pub(crate) fn text(mut self, content_type: &'static str, body: impl Into<String>) -> Self {
        self.body = body.into().into_bytes();
        self.header(CONTENT_TYPE.as_str(), content_type)
    }

    pub(crate) async fn send(self) -> Answer {
        let mut request = Request::builder().method(self.method).uri(&self.path).header("x-request-id", "wire-test");
        for (name, value) in &self.headers {
            request = request.header(*name, value);
        }
        let request = request.body(Body::from(self.body)).unwrap();
        let response = self.api.router.clone().oneshot(request).await.unwrap();
        let (head, body) = response.into_parts();
        let body = body.collect().await.unwrap().to_bytes().to_vec();
        Answer { status: head.status, headers: head.headers, body }
    }
}

/// What came back.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {:?}", self.text()))
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The id in the body.
    pub(crate) fn id(&self) -> String {
        self.json()["id"].as_str().unwrap_or_else(|| panic!("no id: {}", self.text())).to_owned()
    }

    /// The stable code of an error.
    pub(crate) fn code(&self) -> String {
        self.json()["code"].as_str().unwrap_or_else(|| panic!("no code: {}", self.text())).to_owned()
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }
}

/// The headers that a story shows, where an answer has them.
const SHOWN: [&str; 5] = ["content-type", "x-locale", "x-currency", "www-authenticate", "retry-after"];

/// Requests and answers, one after the other, to be compared with those of the last time.
pub(crate) struct Story(String);

impl Story {
    pub(crate) fn new() -> Self {
        Self(String::new())
    }

    /// Sends a request and tells it with its answer.
    pub(crate) async fn tell(&mut self, what: &str, call: Call<'_>) -> Answer {
        let Self(text) = self;
        let _ = writeln!(text, "# {what}\n{} {}", call.method, call.path);
        if let Some(customer) = call.as_whom {
            let _ = writeln!(text, "(signed in as {customer})");
        }
        for (name, value) in call.headers.iter().filter(|(name, _)| !["authorization", "content-type"].contains(name)) {
            let _ = writeln!(text, "{name}: {value}");
        }
        if !call.body.is_empty() {
            let _ = writeln!(text, "{}", String::from_utf8_lossy(&call.body));
        }
        let answer = call.send().await;
        let _ = writeln!(text, "\n{}", answer.status);
        for name in SHOWN {
            if let Some(value) = answer.header(name) {
                let _ = writeln!(text, "{name}: {value}");
            }
        }
        if answer.body.is_empty() {
            text.push_str("(no body)\n");
        } else if let Ok(value) = serde_json::from_slice::<Value>(&answer.body) {
            let _ = writeln!(text, "{}", serde_json::to_string_pretty(&value).unwrap());
        } else {
            let _ = writeln!(text, "{}", answer.text());
        }
        text.push('\n');
        answer
    }

    /// Compares the story with its snapshot.
    pub(crate) fn is(self, name: &str) {
        static SETTINGS: LazyLock<insta::Settings> = LazyLock::new(|| {
            let mut settings = insta::Settings::new();
            settings.set_prepend_module_to_snapshot(false);
            settings.set_omit_expression(true);
            // The shop's past is counted back from now.
            settings.add_filter(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", "[time]");
            // Tokens end, so they are never the same.
            settings.add_filter(r"eyJ[\w-]+\.[\w-]+\.[\w-]+", "[token]");
            settings
        });
        SETTINGS.bind(|| insta::assert_snapshot!(name, self.0));
    }
}

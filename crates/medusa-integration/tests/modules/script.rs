//! A shop that answers from a script.

use std::fmt;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use http::{HeaderMap, StatusCode};
use o2s_framework_core::context::{CustomerToken, RequestContext};
use o2s_medusa_client::transport::{HttpRequest, HttpResponse, Transport, TransportError, TransportErrorKind};
use o2s_medusa_integration::{Medusa, MedusaConfig};
use serde_json::{Value, json};
use url::Url;

/// A call that the shop got.
#[derive(Clone, Debug)]
pub(crate) struct Call {
    /// Method and path, such as `GET /store/products`.
    pub(crate) what: String,
    query: Vec<(String, String)>,
    /// The bearer token.
    pub(crate) token: Option<String>,
    /// The language asked for.
    pub(crate) locale: Option<String>,
    /// The body; null where there is none.
    pub(crate) body: Value,
}

impl Call {
    /// The values of a parameter, whether it is written as one or as a list.
    pub(crate) fn values(&self, name: &str) -> Vec<&str> {
        let list = format!("{name}[");
        let named = self.query.iter().filter(|(key, _)| key == name || key.starts_with(&list));
        named.map(|(_, value)| value.as_str()).collect()
    }

    /// The value of a parameter.
    pub(crate) fn value(&self, name: &str) -> Option<&str> {
        self.values(name).first().copied()
    }

    /// A parameter as a number.
    pub(crate) fn number(&self, name: &str) -> usize {
        self.value(name).and_then(|value| value.parse().ok()).expect(name)
    }

    fn of(request: &HttpRequest) -> Self {
        let url = Url::parse(&format!("http://shop{}", request.target)).expect("a target");
        let header = |name: &str| request.headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
        Self {
            what: format!("{} {}", request.method, url.path()),
            query: url.query_pairs().into_owned().collect(),
            token: header("authorization").map(|value| value.trim_start_matches("Bearer ").to_owned()),
            locale: header("x-medusa-locale"),
            body: request.body.as_deref().map_or(Value::Null, |body| serde_json::from_slice(body).expect("JSON")),
        }
    }

    /// Whether it asks for what the integration keeps: regions, categories, types, how many products have one.
    fn is_directory(&self) -> bool {
        let looked_up = ["GET /store/regions", "GET /store/product-categories", "GET /store/product-types"];
        looked_up.contains(&self.what.as_str())
            || (self.what == "GET /store/products" && self.value("fields") == Some("id"))
    }
}

/// What the shop does with a call.
pub(crate) enum Answer {
    /// It answers.
    Json(u16, Value),
    /// It acts, and its answer is lost.
    Lost,
}

/// 200 with this.
pub(crate) fn ok(body: Value) -> Answer {
    Answer::Json(200, body)
}

/// Medusa's 404.
pub(crate) fn missing(what: &str) -> Answer {
    Answer::Json(404, json!({ "type": "not_found", "message": format!("{what} was not found") }))
}

type Script = Box<dyn Fn(&Call) -> Option<Answer> + Send + Sync>;

/// The shop: a transport that keeps the calls.
pub(crate) struct Shop {
    script: Script,
    calls: Mutex<Vec<Call>>,
}

impl fmt::Debug for Shop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Shop")
    }
}

impl Shop {
    /// A shop with a region for EUR and one for USD, the customers jane and john (their tokens are their names), and
    /// what the script answers.
    pub(crate) fn new(script: impl Fn(&Call) -> Option<Answer> + Send + Sync + 'static) -> Arc<Self> {
        Arc::new(Self { script: Box::new(script), calls: Mutex::default() })
    }

    /// A shop that is never called.
    pub(crate) fn closed() -> Arc<Self> {
        Self::new(|_| None)
    }

    /// The integration over this shop.
    pub(crate) fn medusa(self: &Arc<Self>) -> Medusa {
        self.configured(|_| {})
    }

    /// The integration over this shop, with settings of its own.
    pub(crate) fn configured(self: &Arc<Self>, change: impl FnOnce(&mut MedusaConfig)) -> Medusa {
        let mut config = MedusaConfig::new("http://shop", "pk_test");
        change(&mut config);
        Medusa::with_transport(&config, Arc::clone(self) as Arc<dyn Transport>).expect("a configuration")
    }

    /// The calls so far, but for those that look up what is kept.
    pub(crate) fn calls(&self) -> Vec<Call> {
        self.calls.lock().unwrap().iter().filter(|call| !call.is_directory()).cloned().collect()
    }

    /// Methods and paths of the calls so far.
    pub(crate) fn called(&self) -> Vec<String> {
        self.calls().into_iter().map(|call| call.what).collect()
    }

    /// Methods and paths of all calls so far.
    pub(crate) fn everything_called(&self) -> Vec<String> {
        self.calls.lock().unwrap().iter().map(|call| call.what.clone()).collect()
    }

    pub(crate) fn answer(&self, call: &Call) -> Option<Answer> {
        if let Some(answer) = (self.script)(call) {
            return Some(answer);
        }
        match (call.what.as_str(), call.token.as_deref()) {
            ("GET /store/regions", _) => {
                let region = |name: &str, currency: &str, country: &str| {
                    let countries = json!([{ "iso_2": country }]);
                    json!({ "id": name, "currency_code": currency, "countries": countries })
                };
                let mut regions = vec![region("reg_eu", "eur", "de"), region("reg_us", "usd", "us")];
                regions.retain(|region| call.value("currency_code").is_none_or(|code| region["currency_code"] == code));
                Some(ok(json!({ "count": regions.len(), "offset": 0, "limit": 100, "regions": regions })))
            }
            ("GET /store/customers/me", Some(name @ ("jane" | "john"))) => {
                Some(ok(json!({ "customer": { "id": format!("cus_{name}") } })))
            }
            ("GET /store/customers/me", _) => Some(Answer::Json(401, json!({ "message": "Unauthorized" }))),
            _ => None,
        }
    }
}

#[async_trait]
impl Transport for Shop {
    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, TransportError> {
        let call = Call::of(&request);
        self.calls.lock().unwrap().push(call.clone());
        // Others get their turn, as they would while bytes travel.
        tokio::task::yield_now().await;
        match self.answer(&call) {
            Some(Answer::Json(status, body)) => Ok(HttpResponse {
                status: StatusCode::from_u16(status).expect("a status"),
                headers: HeaderMap::from_iter([(http::header::CONTENT_TYPE, "application/json".parse().unwrap())]),
                body: serde_json::to_vec(&body).expect("JSON").into(),
            }),
            Some(Answer::Lost) => Err(TransportError::new(TransportErrorKind::Interrupted, None)),
            None => Err(TransportError::new(
                TransportErrorKind::Rejected,
                Some(format!("the script has no answer to {call:?}").into()),
            )),
        }
    }
}

/// A guest.
pub(crate) fn guest() -> RequestContext {
    RequestContext::guest("r-1", Duration::from_secs(10))
}

/// Whoever has this token.
pub(crate) fn holder(token: &str) -> RequestContext {
    guest().with_token(CustomerToken::new(token))
}

//! A request and its answer as they are kept in files.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{fs, io};

use bytes::Bytes;
use http::header::{AUTHORIZATION, CONTENT_TYPE, COOKIE, RETRY_AFTER};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_json::value::RawValue;

use super::recording::Scrubber;
use crate::retry::IDEMPOTENCY_KEY;
use crate::transport::{HttpRequest, HttpResponse};

/// One request and its answer, without secrets.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Exchange {
    /// What was asked.
    pub request: RecordedRequest,
    /// What was answered.
    pub response: RecordedResponse,
}

/// What was asked.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct RecordedRequest {
    /// The method.
    pub method: String,
    /// Path and query, encoded, as they were sent.
    pub path: String,
    /// Who asked: the name that stands for a token, `admin`, `session` (a cookie), or nobody.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub caller: Option<String>,
    /// The JSON body, digit for digit, but with passwords masked.
    #[serde(default)]
    pub body: Option<Box<RawValue>>,
}

/// What was answered.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct RecordedResponse {
    /// The status.
    pub status: u16,
    /// The headers that matter to a client.
    #[serde(default)]
    pub headers: BTreeMap<String, String>,
    /// The body: JSON digit for digit; any other text as a JSON string.
    #[serde(default)]
    pub body: Option<Box<RawValue>>,
}

/// A file of recordings that cannot be read or written.
#[derive(Debug, thiserror::Error)]
pub enum ExchangeFileError {
    /// The file system said no.
    #[error("cannot read or write {}", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What it said.
        #[source]
        source: io::Error,
    },
    /// The file does not hold an exchange.
    #[error("{} is not a recorded exchange", path.display())]
    Json {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: serde_json::Error,
    },
}

/// The value that stands for a password.
const MASKED: &str = "masked";

impl RecordedRequest {
    pub(super) fn of(request: &HttpRequest, scrubber: &mut Scrubber) -> Self {
        let body = request.body.as_ref().and_then(|body| {
            let mut value: Value = serde_json::from_slice(body).ok()?;
            mask_passwords(&mut value);
            RawValue::from_string(scrubber.scrub_body(&value.to_string())).ok()
        });
        Self {
            method: request.method.to_string(),
            path: scrubber.scrub(&request.target),
            caller: caller(&request.headers).map(|caller| scrubber.scrub(&caller)),
            body,
        }
    }

    /// Path, and the query's decoded pairs in order.
    pub(super) fn path_and_query(&self) -> (&str, Vec<(String, String)>) {
        let (path, query) = self.path.split_once('?').unwrap_or((&self.path, ""));
        let mut pairs: Vec<(String, String)> = url::form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        pairs.sort();
        (path, pairs)
    }

    /// The body without regard to spacing and the order of keys.
    pub(super) fn body_value(&self) -> Option<Value> {
        let mut value = serde_json::from_str(self.body.as_ref()?.get()).ok()?;
        mask_passwords(&mut value);
        Some(value)
    }
}

/// The caller of a request with any Basic credential.
pub(super) const ADMIN: &str = "admin";

/// Who a request comes from: the token, [`ADMIN`], or `session` for any cookie.
fn caller(headers: &HeaderMap) -> Option<String> {
    let Some(value) = headers.get(AUTHORIZATION) else {
        return headers.contains_key(COOKIE).then(|| "session".to_owned());
    };
    Some(match value.to_str().ok()?.strip_prefix("Bearer ") {
        Some(token) => token.to_owned(),
        None => ADMIN.to_owned(),
    })
}

fn mask_passwords(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                if name == "password" {
                    *value = Value::from(MASKED);
                } else {
                    mask_passwords(value);
                }
            }
        }
        Value::Array(values) => values.iter_mut().for_each(mask_passwords),
        _ => {}
    }
}

/// The headers of an answer that a client looks at, except cookies.
const KEPT_HEADERS: [HeaderName; 3] = [CONTENT_TYPE, RETRY_AFTER, IDEMPOTENCY_KEY];

impl RecordedResponse {
    pub(super) fn of(response: &HttpResponse, scrubber: &mut Scrubber) -> Self {
        // A key is as secret as the answer, and gets a name like tokens.
        if let Some(key) = response.headers.get(IDEMPOTENCY_KEY).and_then(|key| key.to_str().ok()) {
            scrubber.hide_key(key);
        }
        let text = scrubber.scrub_body(&String::from_utf8_lossy(&response.body));
        let body = if text.is_empty() {
            None
        } else {
            RawValue::from_string(text.clone()).or_else(|_| RawValue::from_string(Value::from(text).to_string())).ok()
        };
        let headers = KEPT_HEADERS
            .iter()
            .filter_map(|name| {
                let value = response.headers.get(name)?.to_str().ok()?;
                Some((name.as_str().to_owned(), scrubber.scrub(value)))
            })
            .collect();
        Self { status: response.status.as_u16(), headers, body }
    }

    /// The answer, as a transport gives it. `None` when the status is not one.
    pub(super) fn to_response(&self) -> Option<HttpResponse> {
        let headers: HeaderMap = self
            .headers
            .iter()
            .filter_map(|(name, value)| {
                let name = HeaderName::from_bytes(name.as_bytes()).ok()?;
                Some((name, HeaderValue::from_str(value).ok()?))
            })
            .collect();
        let is_json = headers.get(CONTENT_TYPE).is_some_and(|value| value.as_bytes().starts_with(b"application/json"));
        let body = match &self.body {
            None => Bytes::new(),
            Some(raw) => match serde_json::from_str::<String>(raw.get()) {
                Ok(text) if !is_json => Bytes::from(text),
                _ => Bytes::from(raw.get().to_owned()),
            },
        };
        Some(HttpResponse { status: StatusCode::from_u16(self.status).ok()?, headers, body })
    }
}

impl Exchange {
    /// Reads all `.json` files of a folder, in the order of their names.
    pub fn load_all(folder: &Path) -> Result<Vec<Self>, ExchangeFileError> {
        let io_error = |path: &Path| {
            let path = path.to_owned();
            move |source| ExchangeFileError::Io { path, source }
        };
        let mut paths = Vec::new();
        for entry in fs::read_dir(folder).map_err(io_error(folder))? {
            let path = entry.map_err(io_error(folder))?.path();
            if path.extension().is_some_and(|extension| extension == "json") {
                paths.push(path);
            }
        }
        paths.sort();
        paths
            .into_iter()
            .map(|path| {
                let text = fs::read_to_string(&path).map_err(io_error(&path))?;
                serde_json::from_str(&text).map_err(|source| ExchangeFileError::Json { path, source })
            })
            .collect()
    }

    /// Writes exchanges into a folder, one file each, named by number, method and path:
    /// `001-get-store-products.json`. The folder is made when it is not there; files of other names
    /// in it stay.
    pub fn save_all(exchanges: &[Self], folder: &Path) -> Result<(), ExchangeFileError> {
        fs::create_dir_all(folder).map_err(|source| ExchangeFileError::Io { path: folder.to_owned(), source })?;
        for (index, exchange) in exchanges.iter().enumerate() {
            let number = index.saturating_add(1);
            let path = folder.join(format!("{number:03}-{}.json", exchange.slug()));
            let text = serde_json::to_string_pretty(exchange)
                .map_err(|source| ExchangeFileError::Json { path: path.clone(), source })?;
            fs::write(&path, text + "\n").map_err(|source| ExchangeFileError::Io { path, source })?;
        }
        Ok(())
    }

    /// Method and path as a file name, without ids and query.
    fn slug(&self) -> String {
        let path = self.request.path.split('?').next().unwrap_or_default();
        let words = path.split('/').filter(|segment| {
            !segment.is_empty() && !segment.contains(|c: char| !(c.is_ascii_lowercase() || c == '-'))
        });
        std::iter::once(self.request.method.to_lowercase().as_str()).chain(words).collect::<Vec<_>>().join("-")
    }
}

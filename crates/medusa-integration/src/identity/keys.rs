//! The keys that an identity provider publishes (JWKS, RFC 7517), kept here so that most tokens cost no call.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::header::ACCEPT;
use http::{HeaderMap, HeaderValue, Method};
use jsonwebtoken::DecodingKey;
use o2s_framework_core::error::{Error, ErrorKind, Result};
use o2s_medusa_client::transport::{HttpRequest, Transport};
use serde_json::Value;
use tokio::sync::Mutex;

use crate::config::TokenAlgorithm;

/// How long fetched keys are used: a key that the provider has withdrawn is taken for no longer.
const FRESH: Duration = Duration::from_secs(600);

/// The least time between two fetches, so that tokens with invented key ids cannot make us flood the provider.
const PAUSE: Duration = Duration::from_secs(60);

/// How long the provider may take to answer.
const PATIENCE: Duration = Duration::from_secs(5);

/// The shortest RSA modulus that is taken, in bytes: 2048 bits, as RFC 7518 asks.
const LEAST_RSA_BYTES: usize = 256;

/// A provider's signing keys of one algorithm, by key id.
pub(super) struct PublishedKeys {
    transport: Arc<dyn Transport>,
    target: String,
    algorithm: TokenAlgorithm,
    known: RwLock<Known>,
    /// Held by the one who fetches; says when that was last tried.
    last_try: Mutex<Option<Instant>>,
}

#[derive(Clone, Default)]
struct Known {
    keys: Arc<HashMap<String, Arc<DecodingKey>>>,
    since: Option<Instant>,
}

impl Known {
    fn is_fresh(&self, now: Instant) -> bool {
        self.since.is_some_and(|since| now.saturating_duration_since(since) < FRESH)
    }

    /// The key of this id; a token without an id is taken where there is one key only.
    fn key(&self, id: Option<&str>) -> Option<Arc<DecodingKey>> {
        match id {
            Some(id) => self.keys.get(id).cloned(),
            None if self.keys.len() == 1 => self.keys.values().next().cloned(),
            None => None,
        }
    }
}

impl fmt::Debug for PublishedKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PublishedKeys").field("algorithm", &self.algorithm).finish_non_exhaustive()
    }
}

impl PublishedKeys {
    /// Keys behind a transport that leads to the provider; `target` is path and query of their address.
    pub(super) fn new(transport: Arc<dyn Transport>, target: String, algorithm: TokenAlgorithm) -> Self {
        Self { transport, target, algorithm, known: RwLock::default(), last_try: Mutex::default() }
    }

    /// The key that a token names. 401 where the provider has no such key; 503 where its keys cannot be had.
    pub(super) async fn find(&self, id: Option<&str>) -> Result<Arc<DecodingKey>> {
        let known = self.known();
        if known.is_fresh(Instant::now())
            && let Some(key) = known.key(id)
        {
            return Ok(key);
        }
        let mut last_try = self.last_try.lock().await;
        // Somebody else may have fetched them while we waited.
        let known = self.known();
        let now = Instant::now();
        if known.is_fresh(now)
            && let Some(key) = known.key(id)
        {
            return Ok(key);
        }
        if last_try.is_none_or(|at| now.saturating_duration_since(at) >= PAUSE) {
            *last_try = Some(now);
            match self.fetch().await {
                Ok(keys) => {
                    let known = Known { keys: Arc::new(keys), since: Some(Instant::now()) };
                    *self.known.write().unwrap_or_else(PoisonError::into_inner) = known;
                }
                Err(reason) => tracing::warn!(reason, "the identity provider's keys cannot be fetched"),
            }
        }
        let known = self.known();
        if !known.is_fresh(Instant::now()) {
            return Err(Error::new(
                ErrorKind::Unavailable,
                "backend.unavailable",
                "The identity provider's keys cannot be had at the moment",
            )
            .with_retry_after(PAUSE));
        }
        known.key(id).ok_or_else(Error::invalid_token)
    }

    fn known(&self) -> Known {
        self.known.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    async fn fetch(&self) -> Result<HashMap<String, Arc<DecodingKey>>, String> {
        let now = Instant::now();
        let request = HttpRequest {
            method: Method::GET,
            route: "identity provider's keys",
            target: self.target.clone(),
            headers: HeaderMap::from_iter([(ACCEPT, HeaderValue::from_static("application/json"))]),
            body: None,
            deadline: now.checked_add(PATIENCE).unwrap_or(now),
        };
        let response = self.transport.send(request).await.map_err(|error| error.to_string())?;
        if !response.status.is_success() {
            return Err(format!("it answered {}", response.status));
        }
        let document: Value =
            serde_json::from_slice(&response.body).map_err(|error| format!("its answer is not JSON: {error}"))?;
        let keys = document.get("keys").and_then(Value::as_array).ok_or("its answer has no list of keys")?;
        let keys: HashMap<_, _> = keys.iter().filter_map(|key| signing_key(key, self.algorithm)).collect();
        if keys.is_empty() {
            return Err(format!("none of its keys is for {:?}", self.algorithm));
        }
        Ok(keys)
    }
}

/// A published key with its id, if it is a public key that signatures of this algorithm are checked with. Secrets
/// (`oct`) are never taken.
fn signing_key(key: &Value, algorithm: TokenAlgorithm) -> Option<(String, Arc<DecodingKey>)> {
    let member = |name: &str| key.get(name).and_then(Value::as_str);
    let wanted = match algorithm {
        TokenAlgorithm::Hs256 => return None,
        TokenAlgorithm::Rs256 => "RS256",
        TokenAlgorithm::Es256 => "ES256",
    };
    if member("use").is_some_and(|use_| use_ != "sig") || member("alg").is_some_and(|alg| alg != wanted) {
        return None;
    }
    let decoding = match (algorithm, member("kty")?) {
        (TokenAlgorithm::Rs256, "RSA") => {
            let modulus = URL_SAFE_NO_PAD.decode(member("n")?).ok()?;
            let exponent = URL_SAFE_NO_PAD.decode(member("e")?).ok()?;
            (modulus.len() >= LEAST_RSA_BYTES).then(|| DecodingKey::from_rsa_raw_components(&modulus, &exponent))?
        }
        (TokenAlgorithm::Es256, "EC") if member("crv") == Some("P-256") => {
            DecodingKey::from_ec_components(member("x")?, member("y")?).ok()?
        }
        _ => return None,
    };
    Some((member("kid").unwrap_or_default().to_owned(), Arc::new(decoding)))
}

//! Who calls: as Medusa says of the token that it is shown, or as the identity provider's token says that is exchanged
//! for one of Medusa's.

mod exchange;
mod keys;
mod provider;

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use moka::future::Cache;
use o2s_framework_core::context::RequestContext;
use o2s_framework_core::error::{Error, Result};
use o2s_framework_core::identity::Identify;
use o2s_framework_core::ids::CustomerId;
use o2s_framework_core::ownership::Visitor;
use o2s_medusa_client::transport::{HttpConfig, HttpTransport, Transport};
use o2s_medusa_client::v2::StoreClient;
use o2s_medusa_client::{Backend, CustomerToken};
use sha2::{Digest, Sha256};
use url::Url;

use crate::config::{ConfigError, IdentityConfig, MedusaConfig, TokenAlgorithm};
use exchange::{Exchange, Parts};
use keys::PublishedKeys;
use provider::Provider;

/// A caller whose token, if any, Medusa took.
#[derive(Clone, Debug)]
pub(crate) struct Identity {
    customer: Option<(CustomerId, CustomerToken)>,
}

impl Identity {
    /// As the ownership rule sees the caller.
    pub(crate) fn visitor(&self) -> Visitor<'_> {
        self.customer_id().map_or(Visitor::Anonymous, Visitor::Customer)
    }

    /// The customer, if it is one.
    pub(crate) fn customer_id(&self) -> Option<&CustomerId> {
        self.customer.as_ref().map(|(id, _)| id)
    }

    /// The token for calls on behalf of the caller.
    pub(crate) fn token(&self) -> Option<&CustomerToken> {
        self.customer.as_ref().map(|(_, token)| token)
    }

    /// The customer and the token, or 401 for a guest.
    pub(crate) fn require_customer(&self) -> Result<(&CustomerId, &CustomerToken)> {
        self.customer.as_ref().map(|(id, token)| (id, token)).ok_or_else(Error::sign_in_required)
    }
}

/// Establishes callers, by the configured mode.
pub(crate) enum Identities {
    /// The token goes to Medusa as it is.
    Forward(Forward),
    /// The token is an identity provider's, and exchanged here.
    Exchange(Box<Exchange>),
}

impl Identities {
    /// Tokens go to Medusa as they are.
    pub(crate) fn forward(config: &MedusaConfig, shop: Arc<dyn KnowsCustomers>) -> Result<Self, ConfigError> {
        if config.identity.is_plain() {
            Ok(Self::Forward(Forward::new(shop, config.identity_ttl())))
        } else {
            Err(ConfigError::of("identity.mode", "is forward, which takes no other keys"))
        }
    }

    /// Tokens are an identity provider's, and exchanged for Medusa's own. `provider` leads to the provider's keys; without
    /// one it is made from the configured address.
    pub(crate) fn exchange(
        config: &MedusaConfig,
        store: StoreClient,
        backend: Backend,
        provider: Option<Arc<dyn Transport>>,
    ) -> Result<Self, ConfigError> {
        let identity = &config.identity;
        let published = published_keys(identity, provider)?;
        let required = |key| ConfigError::of(key, "is required in mode exchange");
        let needed = |key: &str| required(format!("identity.{key}"));
        if identity.jwks_url.is_some() {
            // One provider signs for many: a token for somebody else must not open this shop.
            identity.issuer.as_ref().ok_or_else(|| needed("issuer"))?;
            identity.audience.as_ref().ok_or_else(|| needed("audience"))?;
        }
        let secret = identity.medusa_jwt_secret.as_ref().ok_or_else(|| needed("medusa_jwt_secret"))?;
        let parts = Parts {
            provider: Provider::new(identity, published).map_err(needed)?,
            issuer: identity.issuer.clone().unwrap_or_default(),
            store,
            backend,
            admin_key: config.admin_key.as_ref().ok_or_else(|| required("admin_key".to_owned()))?,
            secret,
            login_secret: identity.login_secret.as_ref().unwrap_or(secret),
            lifetime: identity.token_lifetime()?,
            existing: identity.existing_accounts,
        };
        Ok(Self::Exchange(Box::new(Exchange::new(parts)?)))
    }

    /// The token of the caller for calls to Medusa whose routes check it themselves. 401 `auth.invalid_token` for what
    /// can be no token; in mode exchange, for every token that does not hold.
    pub(crate) async fn token(&self, cx: &RequestContext) -> Result<Option<CustomerToken>> {
        let Some(token) = client_token(cx)? else { return Ok(None) };
        match self {
            Self::Forward(_) => Ok(Some(token)),
            Self::Exchange(exchange) => Ok(Some(Box::pin(exchange.exchange(cx, &token)).await?.token)),
        }
    }

    /// As [`Self::token`], with 401 `auth.required` for a guest.
    pub(crate) async fn required_token(&self, cx: &RequestContext) -> Result<CustomerToken> {
        self.token(cx).await?.ok_or_else(Error::sign_in_required)
    }

    /// Establishes the caller. 401 `auth.invalid_token` for a token that does not hold: it is never taken for a guest's.
    pub(crate) async fn establish(&self, cx: &RequestContext) -> Result<Identity> {
        let Some(token) = client_token(cx)? else { return Ok(Identity { customer: None }) };
        let customer = match self {
            Self::Forward(forward) => (forward.customer(cx, &token).await?, token),
            Self::Exchange(exchange) => {
                let exchanged = Box::pin(exchange.exchange(cx, &token)).await?;
                (exchanged.customer, exchanged.token)
            }
        };
        Ok(Identity { customer: Some(customer) })
    }

    /// Establishes the caller, and does side by side what does not depend on it. A bad token is told before anything
    /// about the work; one that can be told without asking Medusa, before the work begins.
    pub(crate) async fn establish_beside<T>(
        &self,
        cx: &RequestContext,
        work: impl Future<Output = T>,
    ) -> Result<(Identity, T)> {
        self.token(cx).await?;
        let (identity, done) = tokio::join!(self.establish(cx), work);
        Ok((identity?, done))
    }
}

/// For other modules over the same shop.
#[async_trait]
impl Identify for Identities {
    async fn require_customer(&self, cx: &RequestContext) -> Result<CustomerId> {
        let identity = self.establish(cx).await?;
        identity.require_customer().map(|(id, _)| id.clone())
    }
}

/// The identity provider's keys, where the configuration says that it publishes them.
fn published_keys(
    config: &IdentityConfig,
    provider: Option<Arc<dyn Transport>>,
) -> Result<Option<PublishedKeys>, ConfigError> {
    let (Some(address), Some(algorithm)) = (&config.jwks_url, config.algorithm) else { return Ok(None) };
    let refuse = |reason: &str| ConfigError::of("identity.jwks_url", reason);
    if algorithm == TokenAlgorithm::Hs256 {
        return Err(refuse("is not for HS256: leave it out, or choose RS256 or ES256"));
    }
    let url = Url::parse(address).map_err(|error| refuse(&error.to_string()))?;
    let local = url.host_str().is_some_and(|host| matches!(host, "localhost" | "127.0.0.1" | "[::1]"));
    if url.scheme() != "https" && !local {
        return Err(refuse("must begin with https://: who can change the keys can be anybody"));
    }
    let target = url[url::Position::BeforePath..url::Position::AfterQuery].to_owned();
    let transport = match provider {
        Some(transport) => transport,
        None => Arc::new(HttpTransport::new(&url.origin().ascii_serialization(), &HttpConfig::default())?),
    };
    Ok(Some(PublishedKeys::new(transport, target, algorithm)))
}

/// A shop that tells whose a token is.
#[async_trait]
pub(crate) trait KnowsCustomers: Send + Sync {
    /// The customer whose token it is. 401 `auth.invalid_token` for one that the shop does not take.
    async fn customer_of(&self, cx: &RequestContext, token: &CustomerToken) -> Result<CustomerId>;
}

/// Asks Medusa who a token belongs to, and remembers the answer for a short time under the token's hash.
pub(crate) struct Forward {
    shop: Arc<dyn KnowsCustomers>,
    known: Cache<[u8; 32], Known>,
}

#[derive(Clone)]
struct Known {
    customer: CustomerId,
    expires: Option<DateTime<Utc>>,
}

impl Forward {
    fn new(shop: Arc<dyn KnowsCustomers>, ttl: Duration) -> Self {
        Self { shop, known: Cache::builder().max_capacity(50_000).time_to_live(ttl).build() }
    }

    async fn customer(&self, cx: &RequestContext, token: &CustomerToken) -> Result<CustomerId> {
        let text = token.expose();
        let key: [u8; 32] = Sha256::digest(text.as_bytes()).into();

        if let Some(known) = self.known.get(&key).await {
            if known.expires.is_none_or(|expires| Utc::now() < expires) {
                return Ok(known.customer);
            }
            self.known.invalidate(&key).await;
        }
        let customer = self.shop.customer_of(cx, token).await?;
        self.known.insert(key, Known { customer: customer.clone(), expires: expiry(text) }).await;
        Ok(customer)
    }
}

/// The token that the request shows, if any. 401 for what can be no token: empty, too long, not for a header.
fn client_token(cx: &RequestContext) -> Result<Option<CustomerToken>> {
    cx.token().map(|token| CustomerToken::new(token.expose())).transpose().map_err(|_| Error::invalid_token())
}

/// When a JWT says that it ends. Not verified: it only ever shortens how long an answer of Medusa is remembered.
fn expiry(token: &str) -> Option<DateTime<Utc>> {
    let claims = token.split('.').nth(1)?;
    let claims = URL_SAFE_NO_PAD.decode(claims).ok()?;
    let claims: serde_json::Value = serde_json::from_slice(&claims).ok()?;
    DateTime::from_timestamp(claims.get("exp")?.as_i64()?, 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_when_a_token_ends() {
        let token = format!("x.{}.y", URL_SAFE_NO_PAD.encode(r#"{"exp":1793491200}"#));
        assert_eq!(expiry(&token).map(|at| at.to_rfc3339()), Some("2026-11-01T00:00:00+00:00".to_owned()));
        assert_eq!(expiry("opaque"), None);
        assert_eq!(expiry("a.!!.c"), None);
    }
}

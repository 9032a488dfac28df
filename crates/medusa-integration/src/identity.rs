//! Who calls, as Medusa says.

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
use o2s_medusa_client::CustomerToken;
use o2s_medusa_client::v2::StoreClient;
use o2s_medusa_client::v2::store::customers::GetMe;
use sha2::{Digest, Sha256};

use crate::error::backend;

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

/// Asks Medusa who a token belongs to, and remembers the answer for a short time under the token's hash.
pub(crate) struct Identities {
    store: StoreClient,
    known: Cache<[u8; 32], Known>,
}

#[derive(Clone)]
struct Known {
    customer: CustomerId,
    expires: Option<DateTime<Utc>>,
}

impl Identities {
    pub(crate) fn new(store: StoreClient, ttl: Duration) -> Self {
        Self { store, known: Cache::builder().max_capacity(50_000).time_to_live(ttl).build() }
    }

    /// Establishes the caller. 401 `auth.invalid_token` for a token that Medusa refuses: it is never taken for a guest's.
    // Medusa: a bad token is ignored on routes that are open to guests; only `customers/me` tells.
    pub(crate) async fn establish(&self, cx: &RequestContext) -> Result<Identity> {
        let Some(token) = client_token(cx)? else { return Ok(Identity { customer: None }) };
        let text = token.expose();
        let key: [u8; 32] = Sha256::digest(text.as_bytes()).into();

        if let Some(known) = self.known.get(&key).await {
            if known.expires.is_none_or(|expires| Utc::now() < expires) {
                return Ok(Identity { customer: Some((known.customer, token)) });
            }
            self.known.invalidate(&key).await;
        }
        let call = crate::v2::call_context(cx);
        let me = self.store.call(&call, Some(&token), &GetMe { fields: Some("id") }).await.map_err(backend)?;
        let customer = CustomerId::new(me.customer.id).map_err(|_| Error::invalid_token())?;
        self.known.insert(key, Known { customer: customer.clone(), expires: expiry(text) }).await;
        Ok(Identity { customer: Some((customer, token)) })
    }
}

/// For other modules over the same shop.
#[async_trait]
impl Identify for crate::v2::Shop {
    async fn require_customer(&self, cx: &RequestContext) -> Result<CustomerId> {
        let identity = self.identities.establish(cx).await?;
        identity.require_customer().map(|(id, _)| id.clone())
    }
}

/// The token that the request shows, if any, for calls whose routes check it themselves. 401 for what can be no token.
pub(crate) fn client_token(cx: &RequestContext) -> Result<Option<CustomerToken>> {
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

//! The identity provider: which of its tokens hold, and whom they are of.

use std::sync::Arc;

use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, decode_header};
use o2s_framework_core::error::{Error, ErrorKind, Result};
use secrecy::ExposeSecret;
use serde_json::Value;

use super::keys::PublishedKeys;
use crate::config::{EmailVerified, IdentityConfig, TokenAlgorithm};

/// How far the provider's clock may be from ours, in seconds.
const LEEWAY: u64 = 30;

/// The longest `sub` (`OpenID` Connect Core: 255 characters) and the longest e-mail address (RFC 5321: 254).
const MAX_SUBJECT: usize = 255;
const MAX_EMAIL: usize = 254;

/// Whom a token of the provider is of. The e-mail address is verified.
#[derive(Clone, PartialEq, Eq)]
#[cfg_attr(test, derive(Debug))]
pub(super) struct Person {
    pub(super) subject: String,
    pub(super) email: String,
    pub(super) first_name: Option<String>,
    pub(super) last_name: Option<String>,
}

/// Checks tokens of one provider. The algorithm is the configuration's to choose, never the token's.
pub(super) struct Provider {
    algorithm: Algorithm,
    keys: Keys,
    rules: Validation,
    email: EmailVerified,
}

enum Keys {
    Secret(Arc<DecodingKey>),
    Published(PublishedKeys),
}

impl Provider {
    /// `published` are the provider's keys, for the algorithms that need them. The error names the key of the
    /// configuration that is missing.
    pub(super) fn new(config: &IdentityConfig, published: Option<PublishedKeys>) -> Result<Self, &'static str> {
        let (algorithm, keys) = match config.algorithm.ok_or("algorithm")? {
            TokenAlgorithm::Hs256 => {
                let secret = config.secret.as_ref().ok_or("secret")?.expose_secret();
                (Algorithm::HS256, Keys::Secret(Arc::new(DecodingKey::from_secret(secret.as_bytes()))))
            }
            TokenAlgorithm::Rs256 => (Algorithm::RS256, Keys::Published(published.ok_or("jwks_url")?)),
            TokenAlgorithm::Es256 => (Algorithm::ES256, Keys::Published(published.ok_or("jwks_url")?)),
        };
        let mut rules = Validation::new(algorithm);
        rules.leeway = LEEWAY;
        rules.validate_nbf = true;
        let mut required = vec!["exp", "sub"];
        if let Some(issuer) = &config.issuer {
            rules.set_issuer(&[issuer]);
            required.push("iss");
        }
        match &config.audience {
            Some(audience) => {
                rules.set_audience(&[audience]);
                required.push("aud");
            }
            None => rules.validate_aud = false,
        }
        rules.set_required_spec_claims(&required);
        Ok(Self { algorithm, keys, rules, email: config.email_verified })
    }

    /// Whom the token is of. 401 `auth.invalid_token` for one that does not hold or whose e-mail address is not
    /// verified; 503 where the provider's keys are needed and cannot be had.
    pub(super) async fn verify(&self, token: &str) -> Result<Person> {
        let header = decode_header(token).map_err(|_| Error::invalid_token())?;
        // Before a key is looked for: what the header names must not make us fetch anything.
        if header.alg != self.algorithm || header.crit.is_some() {
            return Err(Error::invalid_token());
        }
        let key = match &self.keys {
            Keys::Secret(key) => Arc::clone(key),
            Keys::Published(keys) => keys.find(header.kid.as_deref()).await?,
        };
        let claims = decode::<Value>(token, &key, &self.rules).map_err(|_| Error::invalid_token())?.claims;
        self.person(&claims)
    }

    fn person(&self, claims: &Value) -> Result<Person> {
        let text = |name: &str| claims.get(name).and_then(Value::as_str).map(str::trim).filter(|text| !text.is_empty());
        let subject = text("sub").filter(|text| text.len() <= MAX_SUBJECT).ok_or_else(Error::invalid_token)?;
        let email = text("email").filter(|text| is_email(text)).ok_or_else(|| unverified("has no e-mail address"))?;
        let verified = match claims.get("email_verified") {
            Some(Value::Bool(verified)) => *verified,
            // Some providers send it as text.
            Some(Value::String(text)) => text == "true",
            None => self.email == EmailVerified::Assumed,
            Some(_) => false,
        };
        if !verified {
            return Err(unverified("has an e-mail address that its identity provider has not verified"));
        }
        let (first_name, last_name) = match (text("given_name"), text("family_name"), text("name")) {
            (None, None, Some(name)) => match name.split_once(char::is_whitespace) {
                Some((first, last)) => (Some(first), Some(last.trim_start())),
                None => (Some(name), None),
            },
            (first, last, _) => (first, last),
        };
        Ok(Person {
            subject: subject.to_owned(),
            email: email.to_lowercase(),
            first_name: first_name.map(str::to_owned),
            last_name: last_name.map(str::to_owned),
        })
    }
}

fn unverified(why: &str) -> Error {
    Error::new(ErrorKind::Unauthenticated, "auth.invalid_token", format!("The account {why}: it cannot sign in here"))
}

/// Enough of an address to look a customer up by; the provider has verified the rest.
fn is_email(text: &str) -> bool {
    text.len() <= MAX_EMAIL
        && !text.chars().any(|c| c.is_control() || c.is_whitespace())
        && text.split_once('@').is_some_and(|(name, host)| !name.is_empty() && !host.is_empty() && !host.contains('@'))
}

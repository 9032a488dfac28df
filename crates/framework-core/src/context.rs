//! Facts about a request, passed to every operation.

use std::fmt;
use std::time::{Duration, Instant};

use secrecy::{ExposeSecret, SecretString};

use crate::error::{Error, Result};
use crate::ids::RegionId;
use crate::money::Currency;
use crate::text::Locale;

/// Who calls, as the request says. Nothing is established yet: an integration asks its backend.
#[derive(Clone, Debug, Default)]
pub enum Caller {
    /// Nobody signed in.
    #[default]
    Guest,
    /// Somebody who shows a token.
    Customer(CustomerToken),
}

/// A customer's bearer token, without the word `Bearer`. Never shown, wiped when dropped.
#[derive(Clone)]
pub struct CustomerToken(SecretString);

impl CustomerToken {
    /// Takes the token from a request.
    pub fn new(token: impl Into<String>) -> Self {
        Self(SecretString::from(token.into()))
    }

    /// The token itself, to be sent to the backend and nowhere else.
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }
}

impl fmt::Debug for CustomerToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CustomerToken")
    }
}

/// Facts about a request. What the caller wants is in the request types.
#[derive(Clone, Debug)]
pub struct RequestContext {
    /// Names the request in logs, in error bodies and towards the backend.
    pub request_id: String,
    /// Who calls.
    pub caller: Caller,
    /// The language of the answer.
    pub locale: Option<Locale>,
    /// The currency that prices are wanted in.
    pub currency: Option<Currency>,
    /// The region that prices are wanted for; stronger than the currency.
    pub region: Option<RegionId>,
    /// When the caller stops waiting. Nothing runs on for longer, but writes that must not be cut.
    pub deadline: Instant,
    /// The key under which a repeated write is the same write.
    pub idempotency_key: Option<String>,
}

impl RequestContext {
    /// The context of a guest who waits for `timeout`.
    pub fn guest(request_id: impl Into<String>, timeout: Duration) -> Self {
        let now = Instant::now();
        Self {
            request_id: request_id.into(),
            caller: Caller::Guest,
            locale: None,
            currency: None,
            region: None,
            deadline: now.checked_add(timeout).unwrap_or(now),
            idempotency_key: None,
        }
    }

    /// The same context with a customer's token.
    #[must_use]
    pub fn with_token(mut self, token: CustomerToken) -> Self {
        self.caller = Caller::Customer(token);
        self
    }

    /// The same context with a language, unless none is given.
    #[must_use]
    pub fn with_locale(mut self, locale: Option<Locale>) -> Self {
        if locale.is_some() {
            self.locale = locale;
        }
        self
    }

    /// The token of the caller, if there is one.
    pub fn token(&self) -> Option<&CustomerToken> {
        match &self.caller {
            Caller::Guest => None,
            Caller::Customer(token) => Some(token),
        }
    }

    /// The token of the caller, or 401 `auth.required`.
    pub fn require_token(&self) -> Result<&CustomerToken> {
        self.token().ok_or_else(Error::sign_in_required)
    }

    /// How much of the caller's patience is left; zero when the deadline has passed.
    pub fn time_left(&self) -> Duration {
        self.deadline.saturating_duration_since(Instant::now())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_never_shown() {
        let cx = RequestContext::guest("r-1", Duration::from_secs(1)).with_token(CustomerToken::new("hush"));
        assert!(!format!("{cx:?}").contains("hush"));
        assert_eq!(cx.token().map(CustomerToken::expose), Some("hush"));
    }
}

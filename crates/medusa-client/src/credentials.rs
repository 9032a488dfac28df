//! Keys and tokens, one type for each, so that none can stand in for another.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::header::SET_COOKIE;
use http::{HeaderMap, HeaderName, HeaderValue};
use secrecy::{ExposeSecret, SecretString};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};

use crate::transport::SetupError;

/// The longest credential that is accepted, in bytes. Node refuses a request head of 16 kB.
const MAX_BYTES: usize = 8 * 1024;

/// The publishable API key (`pk_…`) that names the sales channels of a shop.
/// Sent as `x-publishable-api-key` with every Store call.
#[derive(Debug, Clone)]
pub struct PublishableKey(SecretString);

/// A customer's bearer token, as the login answers it.
#[derive(Debug, Clone)]
pub struct CustomerToken(SecretString);

/// A secret API key (`sk_…`) of the Admin API. It opens the whole shop: only
/// [`AdminClient`](crate::v2::admin::AdminClient) takes it.
#[derive(Debug, Clone)]
pub struct AdminKey(SecretString);

/// The cookie of a customer's session with Medusa 1 (`connect.sid=s%3A…`), as signing in answers it. Medusa keeps the
/// session for ten hours unless the shop says otherwise, and until
/// [`Logout`](crate::v1::store::auth::Logout).
#[derive(Debug, Clone)]
pub struct SessionCookie(SecretString);

impl PublishableKey {
    /// The header that carries it.
    pub(crate) const HEADER: HeaderName = HeaderName::from_static("x-publishable-api-key");

    /// Takes a key; an error when it is empty, longer than 8 KiB, or cannot be sent in a header.
    pub fn new(key: impl Into<String>) -> Result<Self, SetupError> {
        checked("publishable key", key.into()).map(Self)
    }

    pub(crate) fn header(&self) -> Option<HeaderValue> {
        sensitive(self.0.expose_secret())
    }
}

impl CustomerToken {
    /// Takes a token, without the word `Bearer`; an error when it is empty, longer than 8 KiB,
    /// or cannot be sent in a header.
    pub fn new(token: impl Into<String>) -> Result<Self, SetupError> {
        checked("customer token", token.into()).map(Self)
    }

    /// The token itself, to hand it to whom it belongs.
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }

    pub(crate) fn header(&self) -> Option<HeaderValue> {
        sensitive(&format!("Bearer {}", self.0.expose_secret()))
    }
}

impl<'de> Deserialize<'de> for CustomerToken {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::new(String::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

impl SessionCookie {
    /// Takes a cookie as a browser sends it, `name=value`; an error when it is not one, longer than 8 KiB, or cannot be
    /// sent in a header.
    pub fn new(cookie: impl Into<String>) -> Result<Self, SetupError> {
        let cookie = cookie.into();
        let is_pair = cookie.split_once('=').is_some_and(|(name, value)| !name.is_empty() && !value.is_empty());
        // What separates cookies would let one text be several of them.
        if !is_pair || cookie.contains([';', ',', '"', '\\']) {
            return Err(SetupError::Credential { name: "session cookie", reason: "it is not one name=value" });
        }
        checked("session cookie", cookie).map(Self)
    }

    /// The cookie itself, `name=value`, to hand it to whom it belongs.
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }

    /// The session's cookie among those that an answer sets.
    // Medusa: a shop may give it another name (`session_options.name`); Express begins a signed value with `s:`.
    pub(crate) fn set_by(headers: &HeaderMap) -> Option<Self> {
        headers.get_all(SET_COOKIE).iter().find_map(|header| {
            let cookie = header.to_str().ok()?.split(';').next()?.trim();
            let (_, value) = cookie.split_once('=')?;
            value.starts_with("s%3A").then(|| Self::new(cookie).ok()).flatten()
        })
    }

    pub(crate) fn header(&self) -> Option<HeaderValue> {
        sensitive(self.0.expose_secret())
    }
}

impl AdminKey {
    /// Takes a key; an error when it is empty, longer than 8 KiB, or cannot be sent in a header.
    pub fn new(key: impl Into<String>) -> Result<Self, SetupError> {
        checked("admin key", key.into()).map(Self)
    }

    // Medusa: a secret key is accepted as Basic only; as Bearer it is a 401.
    pub(crate) fn header(&self) -> Option<HeaderValue> {
        let encoded = STANDARD.encode(format!("{}:", self.0.expose_secret()));
        sensitive(&format!("Basic {encoded}"))
    }
}

fn checked(name: &'static str, value: String) -> Result<SecretString, SetupError> {
    let reason = if value.is_empty() {
        "it is empty"
    } else if value.len() > MAX_BYTES {
        "it is longer than 8 KiB"
    } else if !value.bytes().all(|byte| byte.is_ascii_graphic()) {
        "it holds a blank or another character that cannot be sent in a header"
    } else {
        return Ok(SecretString::from(value));
    };
    Err(SetupError::Credential { name, reason })
}

fn sensitive(value: &str) -> Option<HeaderValue> {
    let mut header = HeaderValue::from_str(value).ok()?;
    header.set_sensitive(true);
    Some(header)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot make its credential should stop there")]
mod tests {
    use super::*;

    #[test]
    fn credentials_do_not_show_themselves() {
        let publishable = PublishableKey::new("pk_secret").unwrap();
        let token = CustomerToken::new("token.secret").unwrap();
        let admin = AdminKey::new("sk_secret").unwrap();
        let session = SessionCookie::new("connect.sid=s%3Asecret").unwrap();
        let shown = format!(
            "{publishable:?} {token:?} {admin:?} {session:?} {:?} {:?} {:?} {:?}",
            publishable.header(),
            token.header(),
            admin.header(),
            session.header()
        );
        assert!(!shown.contains("secret\""), "{shown}");
        assert!(!shown.contains("pk_") && !shown.contains("s%3A"), "{shown}");
        assert!(!shown.contains("c2tfc2VjcmV0"), "{shown}");
    }

    #[test]
    fn an_admin_key_is_sent_as_user_name_of_basic_authentication() {
        let header = AdminKey::new("sk_secret").unwrap().header().unwrap();
        assert_eq!(header.to_str().unwrap(), "Basic c2tfc2VjcmV0Og==");
    }

    #[test]
    fn what_cannot_be_a_header_is_refused_without_being_shown() {
        for value in ["", "two words", "line\nbreak", "schlüssel", &"x".repeat(9000)] {
            let error = CustomerToken::new(value).unwrap_err().to_string();
            assert!(error.starts_with("the customer token cannot be used: it "), "{error}");
            assert!(value.is_empty() || !error.contains(value), "{error}");
        }
        for value in ["sid", "=secret", "sid=", "sid=a;b=secret", "sid=a, b=secret", "sid=a b", "sid=\"secret\""] {
            let error = SessionCookie::new(value).unwrap_err().to_string();
            assert!(error.starts_with("the session cookie cannot be used: it "), "{error}");
            assert!(!error.contains("secret"), "{error}");
        }
    }

    #[test]
    fn a_session_is_found_among_the_cookies_of_an_answer() {
        let read = |cookies: &[&str]| {
            let mut headers = HeaderMap::new();
            for cookie in cookies {
                headers.append(SET_COOKIE, cookie.parse().unwrap());
            }
            SessionCookie::set_by(&headers).map(|cookie| cookie.expose().to_owned())
        };
        assert_eq!(
            read(&["lb=node-2; Path=/", "connect.sid=s%3Aone.two%2B; Path=/; HttpOnly"]).as_deref(),
            Some("connect.sid=s%3Aone.two%2B")
        );
        assert_eq!(read(&["shop=s%3Aone"]).as_deref(), Some("shop=s%3Aone"));
        assert_eq!(read(&["connect.sid=; Path=/"]), None);
        assert_eq!(read(&[]), None);
    }
}

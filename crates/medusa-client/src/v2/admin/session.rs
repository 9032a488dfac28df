//! Admin users: signed in with e-mail address and password, and again before the token ends.

use std::fmt;
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use bytes::Bytes;
use http::{HeaderValue, Method};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use tokio::sync::Mutex;

use crate::backend::{Backend, CallContext};
use crate::endpoint::{Endpoint, Repeat, json_body};
use crate::error::Result;

/// How long a token is used that does not say when it ends. Medusa's own default is a day.
const UNTOLD_LIFE: Duration = Duration::from_secs(10 * 60);

/// An admin user's e-mail address and password.
#[derive(Clone)]
pub struct AdminUser {
    /// The e-mail address.
    pub email: String,
    /// The password.
    pub password: SecretString,
}

impl fmt::Debug for AdminUser {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AdminUser").finish_non_exhaustive()
    }
}

/// A signed-in admin user.
#[derive(Debug)]
pub(super) struct Session {
    user: AdminUser,
    token: Mutex<Option<Held>>,
}

#[derive(Debug, Clone)]
struct Held {
    token: SecretString,
    renew_at: Instant,
}

/// The token of one call.
pub(super) struct Bearer(SecretString);

impl Bearer {
    pub(super) fn header(&self) -> Option<HeaderValue> {
        let mut header = HeaderValue::from_str(&format!("Bearer {}", self.0.expose_secret())).ok()?;
        header.set_sensitive(true);
        Some(header)
    }
}

impl Session {
    pub(super) fn new(user: AdminUser) -> Self {
        Self { user, token: Mutex::new(None) }
    }

    /// A token that is good for a while yet. Whoever comes first signs in; the others wait for that one login.
    pub(super) async fn bearer(&self, backend: &Backend, context: &CallContext<'_>) -> Result<Bearer> {
        let mut held = self.token.lock().await;
        if let Some(held) = held.as_ref().filter(|held| crate::backend::now() < held.renew_at) {
            return Ok(Bearer(held.token.clone()));
        }
        let answer = Box::pin(backend.call(context, Vec::new(), &LoginUser { user: &self.user })).await?;
        let now = crate::backend::now();
        let life = life(answer.token.expose_secret(), chrono::Utc::now().timestamp()).unwrap_or(UNTOLD_LIFE);
        // A tenth is kept in reserve for calls on their way and for clocks that differ.
        let renew_at = now.checked_add(life.mul_f64(0.9)).unwrap_or(now);
        *held = Some(Held { token: answer.token.clone(), renew_at });
        Ok(Bearer(answer.token))
    }

    /// Gives up a token that was refused, unless there is a newer one already.
    pub(super) async fn forget(&self, refused: &Bearer) {
        let mut held = self.token.lock().await;
        if held.as_ref().is_some_and(|held| held.token.expose_secret() == refused.0.expose_secret()) {
            *held = None;
        }
    }
}

/// How long a JWT is good from `now` (seconds of the epoch). Not verified: it decides only when to sign in again.
fn life(token: &str, now: i64) -> Option<Duration> {
    #[derive(Deserialize)]
    struct Claims {
        exp: i64,
    }
    let claims = URL_SAFE_NO_PAD.decode(token.split('.').nth(1)?).ok()?;
    let claims: Claims = serde_json::from_slice(&claims).ok()?;
    u64::try_from(claims.exp.saturating_sub(now)).ok().map(Duration::from_secs)
}

/// `POST /auth/user/emailpass`: signs an admin user in; 401 when e-mail address or password are wrong.
struct LoginUser<'a> {
    user: &'a AdminUser,
}

#[derive(Deserialize)]
struct LoginUserAnswer {
    token: SecretString,
}

impl Endpoint for LoginUser<'_> {
    const METHOD: Method = Method::POST;
    const ROUTE: &'static str = "/auth/user/emailpass";
    const REPEAT: Repeat = Repeat::Harmless;
    type Response = LoginUserAnswer;

    fn body(&self) -> std::result::Result<Option<Bytes>, serde_json::Error> {
        #[derive(Serialize)]
        struct Body<'a> {
            email: &'a str,
            password: &'a str,
        }
        json_body(&Body { email: &self.user.email, password: self.user.password.expose_secret() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_tells_how_long_it_is_good() {
        let token = format!("x.{}.y", URL_SAFE_NO_PAD.encode(r#"{"exp":1000}"#));
        assert_eq!(life(&token, 400), Some(Duration::from_secs(600)));
        assert_eq!(life(&token, 2000), None);
        assert_eq!(life("opaque", 0), None);
    }

    #[test]
    fn an_admin_user_does_not_show_itself() {
        let user = AdminUser { email: "a@shop.example".to_owned(), password: "hush-hush".into() };
        let shown = format!("{user:?} {:?}", Session::new(user.clone()));
        assert!(!shown.contains("hush-hush") && !shown.contains("a@shop"), "{shown}");
    }
}

//! A transport that keeps what passes through it.

use std::fmt::{self, Write as _};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;
use percent_encoding::utf8_percent_encode;

use super::exchange::{Exchange, RecordedRequest, RecordedResponse};
use crate::endpoint::SEGMENT;
use crate::transport::{HttpRequest, HttpResponse, Transport, TransportError};

/// Passes requests on to another transport and keeps each exchange that was answered, in the order
/// of the answers.
///
/// What is kept holds no secrets. Of the request's headers only the caller is kept. Every JSON web
/// token becomes `token-1`, `token-2`, … in the order of appearance, everywhere: in a login's answer
/// and in the requests that use it, so that a replay of the recording is consistent. Idempotency keys become `key-1`, … in
/// the same way. Cookies are left out. Passwords in request bodies are masked, and so is whatever is handed to
/// [`RecordingTransport::hiding`].
pub struct RecordingTransport {
    inner: Arc<dyn Transport>,
    kept: Mutex<Kept>,
}

#[derive(Default)]
struct Kept {
    exchanges: Vec<Exchange>,
    sent: usize,
    scrubber: Scrubber,
}

impl RecordingTransport {
    /// Records what passes to and from `inner`.
    pub fn new(inner: Arc<dyn Transport>) -> Self {
        Self { inner, kept: Mutex::default() }
    }

    /// Also replaces this text by this name wherever it appears, in paths too: a key, a host, an
    /// e-mail address.
    #[must_use]
    pub fn hiding(self, secret: &str, name: &str) -> Self {
        if !secret.is_empty() {
            let secrets = &mut self.kept().scrubber.secrets;
            secrets.push((secret.to_owned(), name.to_owned()));
            secrets.push((encode(secret), encode(name)));
        }
        self
    }

    /// Tokens in bodies keep their claims, for a recording of those who read them: `token-1.<claims>.` instead of
    /// `token-1`. Without its signature a token proves nothing.
    #[must_use]
    pub fn keeping_claims(self) -> Self {
        self.kept().scrubber.keep_claims = true;
        self
    }

    /// What was recorded so far.
    pub fn exchanges(&self) -> Vec<Exchange> {
        self.kept().exchanges.clone()
    }

    /// Takes what was recorded so far; recording begins anew, with the same names for tokens.
    pub fn take(&self) -> Vec<Exchange> {
        let mut kept = self.kept();
        kept.sent = 0;
        std::mem::take(&mut kept.exchanges)
    }

    /// How many requests were sent since the last [`RecordingTransport::take`], answered or not.
    pub fn sent(&self) -> usize {
        self.kept().sent
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for RecordingTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RecordingTransport")
            .field("inner", &self.inner)
            .field("exchanges", &self.kept().exchanges.len())
            .finish_non_exhaustive()
    }
}

#[async_trait]
impl Transport for RecordingTransport {
    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, TransportError> {
        let recorded = {
            let mut kept = self.kept();
            kept.sent = kept.sent.saturating_add(1);
            RecordedRequest::of(&request, &mut kept.scrubber)
        };
        let response = self.inner.send(request).await?;
        let mut kept = self.kept();
        let answer = RecordedResponse::of(&response, &mut kept.scrubber);
        kept.exchanges.push(Exchange { request: recorded, response: answer });
        Ok(response)
    }
}

/// As the text is written in a path or query.
fn encode(text: &str) -> String {
    utf8_percent_encode(text, SEGMENT).to_string()
}

/// Replaces secrets by names, the same secret always by the same name.
#[derive(Default)]
pub(super) struct Scrubber {
    secrets: Vec<(String, String)>,
    tokens: Vec<String>,
    keys: Vec<String>,
    keep_tokens: bool,
    keep_claims: bool,
}

impl Scrubber {
    /// Changes nothing: for requests that are compared with scrubbed ones, not kept.
    pub(super) fn keeping_tokens() -> Self {
        Self { keep_tokens: true, ..Self::default() }
    }

    /// From now on this idempotency key is `key-1`, `key-2`, … wherever it appears.
    pub(super) fn hide_key(&mut self, key: &str) {
        if !self.keys.iter().any(|known| known == key) {
            self.keys.push(key.to_owned());
        }
    }

    /// As [`Self::scrub`], for a body.
    pub(super) fn scrub_body(&mut self, body: &str) -> String {
        self.replace(body, self.keep_claims)
    }

    pub(super) fn scrub(&mut self, text: &str) -> String {
        self.replace(text, false)
    }

    fn replace(&mut self, text: &str, keep_claims: bool) -> String {
        let mut scrubbed = String::with_capacity(text.len());
        let mut rest = text;
        while let Some((before, token, after)) = find_token(rest).filter(|_| !self.keep_tokens) {
            scrubbed.push_str(before);
            let known = self.tokens.iter().position(|known| known == token);
            let index = known.unwrap_or_else(|| {
                self.tokens.push(token.to_owned());
                self.tokens.len().saturating_sub(1)
            });
            let _ = write!(scrubbed, "token-{}", index.saturating_add(1));
            if let Some(claims) = token.split('.').nth(1).filter(|_| keep_claims) {
                let _ = write!(scrubbed, ".{claims}.");
            }
            rest = after;
        }
        scrubbed.push_str(rest);
        for (secret, name) in &self.secrets {
            scrubbed = scrubbed.replace(secret, name);
        }
        for (number, key) in (1_usize..).zip(&self.keys) {
            scrubbed = scrubbed.replace(key, &format!("key-{number}"));
        }
        scrubbed
    }
}

/// The first JSON web token in a text: what is before it, the token, what is after it.
fn find_token(text: &str) -> Option<(&str, &str, &str)> {
    // `{"` in base64, with which both the header and the claims of every such token begin.
    const START: &str = "eyJ";
    let mut from = 0_usize;
    loop {
        let start = from.checked_add(text.get(from..)?.find(START)?)?;
        let candidate = text.get(start..)?;
        let end = candidate
            .find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.')))
            .unwrap_or(candidate.len());
        let token = candidate.get(..end)?;
        let mut parts = token.split('.').skip(1);
        // The signature of an unsecured one is empty (RFC 7515, appendix A.5).
        if let (Some(claims), Some(_), None) = (parts.next(), parts.next(), parts.next())
            && !claims.is_empty()
        {
            return Some((text.get(..start)?, token, candidate.get(end..)?));
        }
        from = start.checked_add(START.len())?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn idempotency_keys_get_names_that_stay() {
        let mut scrubber = Scrubber::default();
        scrubber.hide_key("ceee8d32-7551");
        scrubber.hide_key("0f7c03e6-5261");
        scrubber.hide_key("ceee8d32-7551");
        assert_eq!(scrubber.scrub("0f7c03e6-5261"), "key-2");
        assert_eq!(scrubber.scrub(r#"{"idempotency_key":"ceee8d32-7551"}"#), r#"{"idempotency_key":"key-1"}"#);
    }

    #[test]
    fn tokens_get_names_that_stay() {
        let mut scrubber = Scrubber::default();
        let one = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhIn0.c2lnMQ";
        let two = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJiIn0.c2ln_-";
        assert_eq!(
            scrubber.scrub(&format!(r#"{{"token":"{one}","other":"{two}"}}"#)),
            r#"{"token":"token-1","other":"token-2"}"#
        );
        assert_eq!(scrubber.scrub(two), "token-2");
        assert_eq!(scrubber.scrub("eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0."), "token-3");
        scrubber.keep_claims = true;
        assert_eq!(
            (scrubber.scrub(one), scrubber.scrub_body(one)),
            ("token-1".to_owned(), "token-1.eyJzdWIiOiJhIn0.".to_owned())
        );
        assert_eq!(scrubber.scrub("eyJ is not a token, eyJa.b neither"), "eyJ is not a token, eyJa.b neither");
    }
}

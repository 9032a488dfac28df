//! Facts about a request: its id, who calls, in which language and currency, and until when.

use std::sync::Arc;
use std::time::Instant;

use axum::extract::{FromRequestParts, MatchedPath, Request, State};
use axum::http::header::{AUTHORIZATION, CACHE_CONTROL, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS};
use axum::http::request::Parts;
use axum::http::{Extensions, HeaderMap, HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use o2s_framework_core::context::{Caller, CustomerToken, RequestContext};
use o2s_framework_core::error::{Error, Violation};
use tracing::Instrument;

use crate::app::App;
use crate::error::ApiError;
use crate::settings::Settings;

/// Names the request: taken from the client or made here, echoed, logged, sent upstream.
pub(crate) const X_REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
/// The language of the answer.
pub(crate) const X_LOCALE: HeaderName = HeaderName::from_static("x-locale");
/// The currency that prices are wanted in.
pub(crate) const X_CURRENCY: HeaderName = HeaderName::from_static("x-currency");
/// The time zone of the client: front ends send it, no commerce route needs it.
pub(crate) const X_CLIENT_TIMEZONE: HeaderName = HeaderName::from_static("x-client-timezone");
/// Under this key a repeated write is the same write.
pub(crate) const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");

/// The longest token taken, in bytes: far above any JWT, far below what would hurt.
const MAX_TOKEN_LENGTH: usize = 8192;

/// The longest id or key taken from a header, in bytes.
const MAX_KEY_LENGTH: usize = 128;

/// The id of a request.
#[derive(Clone, Debug)]
pub(crate) struct RequestId(Arc<str>);

impl RequestId {
    /// The id that the client gave, if it is one: it goes into logs and into headers towards the backend.
    fn from_client(headers: &HeaderMap) -> Option<Self> {
        let text = headers.get(X_REQUEST_ID)?.to_str().ok()?;
        is_plain_key(text).then(|| Self(text.into()))
    }

    fn made() -> Self {
        Self(uuid::Uuid::new_v4().to_string().into())
    }

    /// The id of the request that these extensions belong to.
    pub(crate) fn of(extensions: &Extensions) -> Self {
        extensions.get::<Self>().cloned().unwrap_or_else(Self::made)
    }

    /// The id as text.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    #[cfg(test)]
    pub(crate) fn given(text: &str) -> Self {
        Self(text.into())
    }
}

/// Letters, digits and a few marks, not too long: cannot break a log line or a header.
fn is_plain_key(text: &str) -> bool {
    (1..=MAX_KEY_LENGTH).contains(&text.len())
        && text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.' | b':' | b'/' | b'+' | b'='))
}

/// The outermost layer: gives the request its id and its span, writes the line in the access log, sets the headers
/// that every answer has.
pub(crate) async fn enter(mut request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let id = RequestId::from_client(request.headers()).unwrap_or_else(RequestId::made);
    request.extensions_mut().insert(id.clone());
    let method = request.method().clone();
    // The route's template, never the path: ids and query values stay out of the logs.
    let route = request.extensions().get::<MatchedPath>().cloned();
    let route = route.as_ref().map_or("-", MatchedPath::as_str);
    let span = tracing::info_span!("request", request_id = id.as_str(), %method, route);
    let mut response = next.run(request).instrument(span).await;
    let headers = response.headers_mut();
    if let Ok(value) = HeaderValue::from_str(id.as_str()) {
        headers.insert(X_REQUEST_ID, value);
    }
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(X_FRAME_OPTIONS, HeaderValue::from_static("SAMEORIGIN"));
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert("cross-origin-resource-policy", HeaderValue::from_static("same-origin"));
    let ms = begun.elapsed().as_secs_f64() * 1000.0;
    let ms = (ms * 1000.0).round() / 1000.0;
    tracing::info!(target: "o2s_access", %method, route, status = response.status().as_u16(), ms, request_id = id.as_str());
    response
}

/// Reads the context of an API request and echoes language and currency. What does not hold is refused here,
/// whatever the route.
pub(crate) async fn establish(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let id = RequestId::of(request.extensions());
    let context = match read(request.headers(), &id, &app.settings) {
        Ok(context) => context,
        Err(error) => return error.into_response(),
    };
    let echoed = [
        (X_LOCALE, context.locale.as_ref().map(|locale| HeaderValue::from_str(locale.as_str()))),
        (X_CURRENCY, context.currency.as_ref().map(|currency| HeaderValue::from_str(currency.as_str()))),
    ];
    request.extensions_mut().insert(Cx(context));
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in echoed {
        if let Some(Ok(value)) = value {
            headers.insert(name, value);
        }
    }
    // Answers differ by token, language and currency, and many are personal.
    headers.entry(CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

fn read(headers: &HeaderMap, id: &RequestId, settings: &Settings) -> Result<RequestContext, ApiError> {
    let locale = offered(headers, &X_LOCALE, &settings.locales).map_err(|list| {
        ApiError::unreadable(X_LOCALE.as_str(), format!("Unsupported locale. Supported locales are: {list}."))
    })?;
    let currency = offered(headers, &X_CURRENCY, &settings.currencies).map_err(|list| {
        ApiError::unreadable(X_CURRENCY.as_str(), format!("Unsupported currency. Supported currencies are: {list}."))
    })?;
    let mut context = RequestContext::guest(id.as_str(), settings.request_timeout);
    context.caller = caller(headers)?;
    context.locale = Some(locale.unwrap_or(&settings.default_locale).clone());
    let currency = currency.copied().unwrap_or(settings.default_currency);
    context.currency = Some(currency);
    // The default region goes with the default currency: a request for another currency is for another region.
    context.region = settings.default_region.clone().filter(|_| currency == settings.default_currency);
    context.idempotency_key = idempotency_key(headers)?;
    Ok(context)
}

/// The value of a header that must be one of a list, exactly as it stands there; the list where it is not.
/// An absent or empty header asks for nothing.
fn offered<'a, T: std::fmt::Display>(
    headers: &HeaderMap,
    name: &HeaderName,
    list: &'a [T],
) -> Result<Option<&'a T>, String> {
    let Some(value) = headers.get(name).filter(|value| !value.is_empty()) else { return Ok(None) };
    let found = list.iter().find(|known| value.as_bytes() == known.to_string().as_bytes());
    match found {
        Some(known) => Ok(Some(known)),
        None => Err(list.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")),
    }
}

/// Who calls. A token that is present but cannot be one is 401, never a silent guest; so are two of them.
fn caller(headers: &HeaderMap) -> Result<Caller, ApiError> {
    let mut values = headers.get_all(AUTHORIZATION).iter();
    let Some(value) = values.next() else { return Ok(Caller::Guest) };
    if values.next().is_some() {
        return Err(Error::invalid_token().into());
    }
    if value.is_empty() {
        return Ok(Caller::Guest);
    }
    let text = value.to_str().map_err(|_| Error::invalid_token())?.trim();
    // Front ends of this API may leave the scheme out.
    let token = match text.split_once(' ') {
        Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") => token.trim_start(),
        Some(_) => return Err(Error::invalid_token().into()),
        None => text,
    };
    let sound = (1..=MAX_TOKEN_LENGTH).contains(&token.len())
        && token.bytes().all(|b| b.is_ascii_graphic())
        && !token.eq_ignore_ascii_case("bearer");
    if sound { Ok(Caller::Customer(CustomerToken::new(token))) } else { Err(Error::invalid_token().into()) }
}

fn idempotency_key(headers: &HeaderMap) -> Result<Option<String>, ApiError> {
    let Some(value) = headers.get(IDEMPOTENCY_KEY) else { return Ok(None) };
    match value.to_str() {
        Ok(key) if is_plain_key(key) => Ok(Some(key.to_owned())),
        _ => Err(ApiError::violations(vec![Violation::new(
            IDEMPOTENCY_KEY.as_str(),
            "must be 1 to 128 letters, digits or any of - _ . : / + =",
        )])),
    }
}

/// The context of the request, for handlers.
#[derive(Clone, Debug)]
pub(crate) struct Cx(pub(crate) RequestContext);

impl<S: Sync> FromRequestParts<S> for Cx {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        parts.extensions.remove::<Self>().ok_or_else(|| ApiError::internal("a route without a request context"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs.iter().fold(HeaderMap::new(), |mut headers, (name, value)| {
            headers.append(*name, HeaderValue::from_static(value));
            headers
        })
    }

    fn token(pairs: &[(&'static str, &'static str)]) -> Result<Option<String>, ()> {
        match caller(&headers(pairs)) {
            Ok(Caller::Guest) => Ok(None),
            Ok(Caller::Customer(token)) => Ok(Some(token.expose().to_owned())),
            Err(_) => Err(()),
        }
    }

    #[test]
    fn a_token_comes_with_or_without_its_scheme() {
        assert_eq!(token(&[]), Ok(None));
        assert_eq!(token(&[("authorization", "")]), Ok(None));
        for value in ["Bearer a.b.c", "bearer a.b.c", "a.b.c", "Bearer  a.b.c "] {
            assert_eq!(token(&[("authorization", value)]), Ok(Some("a.b.c".to_owned())), "{value:?}");
        }
    }

    #[test]
    fn what_cannot_be_a_token_is_refused() {
        for value in ["Bearer", "Bearer ", "Basic YTpi", "Bearer a b", "Digest x=y", "\u{e4}"] {
            let mut headers = HeaderMap::new();
            headers.insert(AUTHORIZATION, HeaderValue::from_bytes(value.as_bytes()).unwrap());
            assert!(caller(&headers).is_err(), "{value:?} was taken");
        }
        assert_eq!(token(&[("authorization", "Bearer a"), ("authorization", "Bearer a")]), Err(()));
    }

    #[test]
    fn only_plain_request_ids_are_taken() {
        let taken = |value: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(X_REQUEST_ID, HeaderValue::from_str(value).unwrap());
            RequestId::from_client(&headers).is_some()
        };
        assert!(taken("abc-1_2.3:4/5+6="));
        assert!(!taken("a b") && !taken("") && !taken("a\"b") && !taken(&"x".repeat(129)));
    }
}

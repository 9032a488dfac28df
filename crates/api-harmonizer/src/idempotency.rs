//! `Idempotency-Key`: under the same key a repeated POST is the same request.
//!
//! The first answer that says something was done (2xx) is remembered and given again to the same caller on the same
//! path; what was refused or failed may be tried again. The same key with another body, language or currency is 422.
//! Repetitions that come while the first is still at work wait for it.

use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::header::HeaderName;
use axum::http::request::Parts;
use axum::http::response::Parts as AnswerParts;
use axum::http::{HeaderValue, Method};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use moka::future::Cache;
use o2s_framework_core::context::CustomerToken;
use o2s_framework_core::error::{Error, ErrorKind};
use o2s_framework_core::money::Currency;
use o2s_framework_core::text::Locale;
use sha2::{Digest, Sha256};

use crate::app::App;
use crate::context::{Cx, IDEMPOTENCY_KEY};
use crate::error::ApiError;
use crate::extract::read_body;

/// Says that an answer is that of an earlier request.
pub(crate) const REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");

/// How long an answer is remembered.
const LIFETIME: Duration = Duration::from_secs(60 * 60);

/// How many bytes of answers are remembered at most; the longest unused go first.
const MOST_BYTES: u64 = 32 * 1024 * 1024;

/// What an answer costs beside its body, in bytes, roughly.
const OVERHEAD: usize = 1024;

type Hash = [u8; 32];

/// An answer, and the hash of what it answers.
#[derive(Clone)]
struct Answer {
    asked: Hash,
    head: AnswerParts,
    body: Bytes,
}

impl Answer {
    async fn of(asked: Hash, response: Response) -> Self {
        let (head, body) = response.into_parts();
        match axum::body::to_bytes(body, usize::MAX).await {
            Ok(body) => Self { asked, head, body },
            Err(error) => {
                let failure = ApiError::internal(format!("an answer broke off: {error}")).into_response();
                Self { asked, head: failure.into_parts().0, body: Bytes::new() }
            }
        }
    }

    fn into_response(self) -> Response {
        Response::from_parts(self.head, Body::from(self.body))
    }
}

/// The answers that are remembered. Those being made are waited for.
pub(crate) struct Answers(Cache<Hash, Arc<Answer>>);

impl Answers {
    pub(crate) fn new() -> Self {
        let weight = |_: &Hash, answer: &Arc<Answer>| {
            u32::try_from(answer.body.len().saturating_add(OVERHEAD)).unwrap_or(u32::MAX)
        };
        Self(Cache::builder().max_capacity(MOST_BYTES).time_to_live(LIFETIME).weigher(weight).build())
    }
}

/// Answers a repeated POST with the first answer; lets everything else through.
pub(crate) async fn replay(State(app): State<App>, request: Request, next: Next) -> Response {
    let Some(scope) = scope(&request) else { return next.run(request).await };
    let (head, body) = request.into_parts();
    let body = match read_body(&head.headers, body, &app.settings).await {
        Ok(body) => body,
        Err(error) => return error.into_response(),
    };
    let asked = fingerprint(&head, &body);
    let request = Request::from_parts(head, Body::from(body));

    let mut is_first = false;
    let first = async {
        is_first = true;
        let answer = Answer::of(asked, next.run(request).await).await;
        // A refusal is not remembered, but it is the answer of all who have waited for it.
        if answer.head.status.is_success() { Ok(Arc::new(answer)) } else { Err(answer) }
    };
    let (Ok(answer) | Err(answer)) = app.answers.0.try_get_with(scope, first).await;
    if answer.asked != asked {
        return another_request().into_response();
    }
    let mut response = Answer::clone(&answer).into_response();
    if !is_first {
        response.headers_mut().insert(REPLAYED, HeaderValue::from_static("true"));
    }
    response
}

/// What is asked for: the body, and the language and currency of the answer.
fn fingerprint(head: &Parts, body: &[u8]) -> Hash {
    let context = head.extensions.get::<Cx>().map(|Cx(context)| context);
    let locale = context.and_then(|context| context.locale.as_ref()).map_or("", Locale::as_str);
    let currency = context.and_then(|context| context.currency.as_ref()).map_or("", Currency::as_str);
    hash(&[locale.as_bytes(), currency.as_bytes(), body])
}

/// A hash of all parts. Their lengths come first, so that no part can run into the next.
fn hash(parts: &[&[u8]]) -> Hash {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part.len().to_le_bytes());
        hash.update(part);
    }
    hash.finalize().into()
}

/// Where a key counts: one caller, one path with its query. None for requests without a key.
fn scope(request: &Request) -> Option<Hash> {
    if request.method() != Method::POST {
        return None;
    }
    let Cx(context) = request.extensions().get::<Cx>()?;
    let key = context.idempotency_key.as_ref()?;
    let token = context.token().map_or("", CustomerToken::expose);
    let (path, query) = (request.uri().path(), request.uri().query().unwrap_or_default());
    Some(hash(&[token.as_bytes(), path.as_bytes(), query.as_bytes(), key.as_bytes()]))
}

fn another_request() -> ApiError {
    let message =
        format!("{IDEMPOTENCY_KEY} was used for another request: take a new key for a new body, language or currency");
    Error::new(ErrorKind::Unprocessable, "request.idempotency_key_reused", message).into()
}

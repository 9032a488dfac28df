//! A transport that answers from recordings.

use std::fmt;
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;
use serde_json::Value;

use super::exchange::{Exchange, ExchangeFileError, RecordedRequest, RecordedResponse};
use super::recording::Scrubber;
use crate::transport::{HttpRequest, HttpResponse, Transport, TransportError, TransportErrorKind};

/// Answers requests from recorded exchanges, each of them once.
///
/// A recording answers a request of the same method, path, query (in any order), body (as JSON) and
/// caller. Requests that are the same get the answers in the order of the recording. A token that
/// does not appear in the recording stands for whichever token was used there. A request that
/// no recording answers is refused with an error that names it and the nearest recording.
pub struct ReplayTransport {
    entries: Mutex<Vec<Entry>>,
}

struct Entry {
    key: Key,
    request: RecordedRequest,
    response: RecordedResponse,
    used: bool,
}

/// What a request is recognised by.
#[derive(PartialEq)]
struct Key {
    method: String,
    path: String,
    query: Vec<(String, String)>,
    body: Option<Value>,
}

impl Key {
    fn of(request: &RecordedRequest) -> Self {
        let (path, query) = request.path_and_query();
        Self { method: request.method.clone(), path: path.to_owned(), query, body: request.body_value() }
    }

    /// How much two requests have in common; only for finding the nearest.
    fn likeness(&self, other: &Self) -> usize {
        let common = self.path.split('/').zip(other.path.split('/')).take_while(|(one, two)| one == two).count();
        [
            common.saturating_mul(4),
            usize::from(self.path == other.path).saturating_mul(8),
            usize::from(self.method == other.method).saturating_mul(3),
            usize::from(self.query == other.query).saturating_mul(2),
            usize::from(self.body == other.body),
        ]
        .iter()
        .sum()
    }
}

impl ReplayTransport {
    /// Answers from these exchanges.
    pub fn new(exchanges: Vec<Exchange>) -> Self {
        let entries = exchanges
            .into_iter()
            .map(|Exchange { request, response }| Entry { key: Key::of(&request), request, response, used: false })
            .collect();
        Self { entries: Mutex::new(entries) }
    }

    /// Answers from the files of a folder, see [`Exchange::load_all`].
    pub fn load(folder: &Path) -> Result<Self, ExchangeFileError> {
        Exchange::load_all(folder).map(Self::new)
    }

    /// Method and path of the recordings that nobody asked for, in their order.
    pub fn unused(&self) -> Vec<String> {
        self.entries().iter().filter(|entry| !entry.used).map(|entry| name(&entry.request)).collect()
    }

    fn entries(&self) -> MutexGuard<'_, Vec<Entry>> {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for ReplayTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReplayTransport").field("exchanges", &self.entries().len()).finish_non_exhaustive()
    }
}

fn name(request: &RecordedRequest) -> String {
    let body = request.body.as_ref().map(|body| format!(" with {}", body.get()));
    let caller = request.caller.as_ref().map(|caller| format!(" as {caller}"));
    format!("{} {}{}{}", request.method, request.path, body.unwrap_or_default(), caller.unwrap_or_default())
}

/// A request that no recording answers.
#[derive(Debug, thiserror::Error)]
#[error("no recording answers {asked}; {nearest}")]
struct NotRecorded {
    asked: String,
    nearest: String,
}

#[async_trait]
impl Transport for ReplayTransport {
    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, TransportError> {
        let refuse = |error: NotRecorded| TransportError::new(TransportErrorKind::Rejected, Some(error.into()));
        let asked = RecordedRequest::of(&request, &mut Scrubber::keeping_tokens());
        let key = Key::of(&asked);
        let mut entries = self.entries();
        let caller_is_known = entries.iter().any(|entry| entry.request.caller == asked.caller);
        let fits = |entry: &Entry| {
            let same_caller = if caller_is_known {
                entry.request.caller == asked.caller
            } else {
                entry.request.caller.is_some() == asked.caller.is_some()
            };
            entry.key == key && same_caller
        };
        if let Some(entry) = entries.iter_mut().find(|entry| !entry.used && fits(entry)) {
            entry.used = true;
            return entry.response.to_response().ok_or_else(|| {
                refuse(NotRecorded { asked: name(&asked), nearest: "its recording has no proper status".to_owned() })
            });
        }
        let times = entries.iter().filter(|entry| fits(entry)).count();
        let nearest = if times > 0 {
            format!("its {times} recorded answers are used up")
        } else {
            entries.iter().max_by_key(|entry| entry.key.likeness(&key)).map_or_else(
                || "there are no recordings".to_owned(),
                |entry| format!("the nearest is {}", name(&entry.request)),
            )
        };
        Err(refuse(NotRecorded { asked: name(&asked), nearest }))
    }
}

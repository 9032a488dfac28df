//! A transport that answers from recordings.

use std::collections::HashMap;
use std::fmt;
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;
use serde_json::Value;

use super::exchange::{ADMIN, Exchange, ExchangeFileError, RecordedRequest, RecordedResponse};
use super::recording::Scrubber;
use crate::transport::{HttpRequest, HttpResponse, Transport, TransportError, TransportErrorKind};

/// Answers requests from recorded exchanges, each of them once.
///
/// A recording answers a request of the same method, path, query (in any order), body (as JSON) and
/// caller. Requests that are the same get the answers in the order of the recording. A token that
/// does not appear in the recording stands for the token of the first request that it fits, and
/// from then on for that one alone. A request that no recording answers is refused with an error
/// that names it and the nearest recording.
pub struct ReplayTransport {
    recording: Mutex<Recording>,
}

struct Recording {
    entries: Vec<Entry>,
    /// Tokens that the recording does not know, with those that they stand for.
    stand_ins: HashMap<String, String>,
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
        Self { recording: Mutex::new(Recording { entries, stand_ins: HashMap::new() }) }
    }

    /// Answers from the files of a folder, see [`Exchange::load_all`].
    pub fn load(folder: &Path) -> Result<Self, ExchangeFileError> {
        Exchange::load_all(folder).map(Self::new)
    }

    /// Method and path of the recordings that nobody asked for, in their order.
    pub fn unused(&self) -> Vec<String> {
        self.recording().entries.iter().filter(|entry| !entry.used).map(|entry| name(&entry.request)).collect()
    }

    fn recording(&self) -> MutexGuard<'_, Recording> {
        self.recording.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for ReplayTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReplayTransport").field("exchanges", &self.recording().entries.len()).finish_non_exhaustive()
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
        let mut recording = self.recording();
        let Recording { entries, stand_ins } = &mut *recording;
        let caller = asked.caller.as_ref().map(|token| stand_ins.get(token).unwrap_or(token));
        let is_a_token = |caller: &&String| *caller != ADMIN;
        let is_known = caller
            .filter(is_a_token)
            .is_none_or(|token| entries.iter().any(|entry| entry.request.caller.as_ref() == Some(token)));
        let fits = |entry: &Entry| {
            let recorded = entry.request.caller.as_ref();
            let same_caller = if is_known {
                recorded == caller
            } else {
                recorded.filter(is_a_token).is_some_and(|token| !stand_ins.values().any(|taken| taken == token))
            };
            entry.key == key && same_caller
        };
        if let Some(entry) = entries.iter_mut().find(|entry| !entry.used && fits(entry)) {
            entry.used = true;
            if let (false, Some(token), Some(recorded)) = (is_known, &asked.caller, &entry.request.caller) {
                stand_ins.insert(token.clone(), recorded.clone());
            }
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
